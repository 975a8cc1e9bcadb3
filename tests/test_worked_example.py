"""README's example of a date that slips is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from macros.__main__ import main
from tests.conftest import AREAS, ROOT
from tests.pages import Pages, file, page

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = README[README.index("### A date slips"):README.index("## Write a post")]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", EXAMPLE, re.S)


@pytest.fixture
def area(tmp_path):
    """The fictional area as a repository whose main holds what is published."""
    folder = tmp_path / "area"
    shutil.copytree(AREAS["exampleshire"], folder)
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Published")):
        subprocess.run(["git", "-c", "user.name=Writer", "-c", "user.email=writer@exampleshire.example", *command],
                       cwd=folder, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})
    return folder


def against_main(area) -> int:
    return main(["check", "--area", str(area), "--against", "main", "--today", "2026-11-24"])


def test_moving_the_date_in_place_is_stopped_with_the_message_that_readme_shows(area, capsys):
    was, now = (line[1:] for line in blocks("diff")[0].splitlines())
    message = blocks("text")[0].strip()
    file = area / message.split(":")[0]
    file.write_text(file.read_text(encoding="utf-8").replace(was, now, 1), encoding="utf-8")
    assert against_main(area) == 1
    assert capsys.readouterr().out.splitlines()[0] == message


def test_the_right_way_passes_and_readers_see_both_dates_and_why(area):
    action = area / blocks("text")[0].split(":")[0]
    update = blocks("yaml")[0]
    action.write_text(action.read_text(encoding="utf-8") + update, encoding="utf-8")
    assert against_main(area) == 0
    site = Pages(area, "2026-11-24")
    said = re.sub(r"\s+", " ", page(site, "actions/a-025").get_text())
    quoted = re.findall(r"^> (.+?)(?=\n>\n|\n\n)", EXAMPLE, re.S | re.M)
    assert len(quoted) == 2
    for words in quoted:
        assert re.sub(r"\s*\n> ", " ", words) in said
    for made in (site.page("changes"), file(site, "feeds/changes.atom.xml"), file(site, "calendar.ics")):
        assert "A-025" in made


def test_the_correction_that_readme_shows_passes(area):
    file = area / blocks("text")[0].split(":")[0]
    correction = blocks("yaml")[1]
    was, now = (re.search(rf"{name}: (.+)", correction)[1] for name in ("was", "now"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"title: {was}", f"title: {now}") + correction, encoding="utf-8")
    assert against_main(area) == 0
    file.write_text(text.replace(f"title: {was}", f"title: {now}"), encoding="utf-8")
    assert against_main(area) == 1
