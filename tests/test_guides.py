"""The guides: their examples are run, they are complete, and readers of the site do not meet them by accident."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from bs4 import BeautifulSoup
from lxml.html import document_fromstring
from pydantic import BaseModel

from macros.__main__ import main
from macros.cli import parser
from macros.records import Area, Source
from macros.records.area import Link
from macros.register import load
from tests.command import copied
from tests.conftest import AREAS, ROOT
from tests.thorough import sample

GUIDES = ROOT / "docs/guides"
WRITTEN = sorted(GUIDES.glob("*.md"))
DAY = date(2026, 11, 24)
TODAY = ("--today", DAY.isoformat())
PATH = re.compile(r"`((?:data|docs)/[\w./-]+\.(?:yml|md))`")


@dataclass(frozen=True)
class Step:
    """A code block of a guide, and the text between the previous block and it."""

    intro: str
    language: str
    text: str

    def apply(self, area: Path) -> None:
        """Edit the area as the text above the block says."""
        for deleted in re.findall(r"^\*\*First\*\* delete .+?" + PATH.pattern, self.intro, re.S | re.M):
            (area / deleted).unlink()
        file = area / PATH.findall(self.intro)[-1]
        before = file.read_text(encoding="utf-8") if file.exists() else None
        if self.language == "diff":
            lines = self.text.splitlines(keepends=True)
            old = "".join(line[1:] for line in lines if line[0] in " -")
            assert before.count(old) == 1, f"{file.name} holds these lines {before.count(old)} times: {old}"
            after = before.replace(old, "".join(line[1:] for line in lines if line[0] in " +"))
        elif "the new file" in self.intro:
            assert before is None, f"{file.name} already exists"
            after = self.text
        else:
            assert "at the end" in self.intro, f"the guide does not say where this goes: {self.text}"
            after = before + self.text
        file.write_text(after, encoding="utf-8")

    def run(self, area: Path) -> None:
        """Run the commands of `board`."""
        for command in self.text.replace("\\\n", " ").splitlines():
            program, *arguments = shlex.split(command)
            if program == "board":
                assert main([*arguments, "--area", str(area), *TODAY]) == 0, command


def sections(guide: Path) -> Iterator[Any]:
    """The sections of a guide that have code blocks, each as a test parameter."""
    for part in re.split(r"^(?=##+ )", guide.read_text(encoding="utf-8"), flags=re.M):
        pieces = re.split(r"^```(\w*)\n(.*?)^```\n", part, flags=re.S | re.M)
        steps = [Step(*pieces[at:at + 3]) for at in range(0, len(pieces) - 1, 3)]
        if steps:
            yield pytest.param(steps, id=f"{guide.stem}: {part.splitlines()[0].lstrip('# ')}")


ALL_SECTIONS = [section for guide in WRITTEN for section in sections(guide)]
EDITED = [section for section in ALL_SECTIONS
          if any(step.language in ("yaml", "diff") and PATH.search(step.intro) for step in section.values[0])]
TYPED = [section for section in ALL_SECTIONS
         if any(step.language == "sh" and "board " in step.text for step in section.values[0])]
BOTH = [section for section in TYPED if section in EDITED and "A new measure" not in str(section.values[0])]


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    folder = copied(AREAS["exampleshire"], tmp_path_factory.mktemp("guides") / "area")
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Published"),
                    ("checkout", "-q", "-b", "change"), ("repack", "-a", "-d", "-q")):
        subprocess.run(["git", "-c", "user.name=Writer", "-c", "user.email=writer@exampleshire.example", *command],
                       cwd=folder, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})
    return folder


@pytest.fixture
def area(repository, tmp_path):
    """The fictional area as a git repository whose main is published."""
    return copied(repository, tmp_path / "area")


def errors(area: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The errors of a check against main, as for a pull request."""
    main(["check", "--area", str(area), "--against", "main", *TODAY])
    return [line for line in capsys.readouterr().out.splitlines() if " error[" in line]


@pytest.mark.parametrize("steps", sample(EDITED, 12))
def test_edits_shown_in_a_guide_pass_or_give_the_message_that_it_shows(steps, area, capsys):
    for step in steps:
        if step.language in ("yaml", "diff"):
            step.apply(area)
    assert errors(area, capsys) == [line for step in steps if step.language == "text"
                                    for line in step.text.splitlines()]


@pytest.mark.parametrize("steps", sample(TYPED, 8))
def test_commands_in_a_guide_succeed_and_what_they_write_passes(steps, area, capsys):
    for step in steps:
        if step.language == "sh":
            step.run(area)
    capsys.readouterr()
    # Commands mark what a person still has to fill in.
    assert [line for line in errors(area, capsys) if "error[to-confirm]" not in line] == []


@pytest.mark.parametrize("steps", sample(BOTH, 6))
def test_the_browser_and_the_terminal_give_the_same_records(steps, tmp_path, capsys):
    """The layout of the files may differ, the records may not."""
    results = []
    for way, languages in (("typed in the browser", ("yaml", "diff")), ("in a terminal", ("sh",))):
        folder = copied(AREAS["exampleshire"], tmp_path / way)
        for step in steps:
            if step.language in languages:
                (step.run if step.language == "sh" else step.apply)(folder)
        register = load(folder, DAY)[0]
        results.append([getattr(register, kind) for kind in ("actions", "decisions", "meetings", "posts")])
    assert results[0] == results[1], capsys.readouterr()


def test_every_command_of_board_is_explained_in_the_readme_or_a_guide():
    commands = next(action for action in parser()._actions if getattr(action, "choices", None)).choices
    lines = [line for file in (ROOT / "README.md", *WRITTEN) for line in file.read_text(encoding="utf-8").splitlines()]
    for name in commands:
        assert any(re.search(rf"`board {name}\b[^`]*`.*\w+ \w+ \w+", line) for line in lines), name


def keys(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, bool]]:
    """Every key of a record, and whether it is optional. Keys of nested records are written as `board.name`."""
    for name, field in model.model_fields.items():
        yield above + name, not field.is_required()
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner not in (Source, Link):
                yield from keys(inner, f"{above}{name}.")


def test_the_set_up_guide_names_every_key_of_area_yml_and_says_which_are_optional():
    guide = (GUIDES / "set-up-another-area.md").read_text(encoding="utf-8")
    part = guide[guide.index("### Every key of"):guide.index("## 4.")]
    named = re.findall(r"^- `([\w.]+)`( \(optional\))?: ", part, re.M)
    assert {key: bool(optional) for key, optional in named} == dict(keys(Area))


def test_the_set_up_guide_names_the_checks_that_a_pull_request_needs():
    guide = (GUIDES / "set-up-another-area.md").read_text(encoding="utf-8")
    check = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    jobs = re.findall(r"^    name: (.+)$", check, re.M)
    assert jobs and all(f"**{job}**" in guide for job in jobs)
    for target in re.findall(r"\bmake ([a-z]+)\b", "".join(re.findall(r"`[^`]+`|^make .+$", guide, re.M))):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M), target


def test_every_form_that_a_guide_names_exists_and_its_drawing_shows_its_fields():
    files = [file.read_text(encoding="utf-8") for file in (ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml")]
    found = {form["name"]: form["body"] for form in map(yaml.safe_load, files)}
    text = "".join(guide.read_text(encoding="utf-8") for guide in WRITTEN)
    for name in re.findall(r"\*\*Form:\*\*\s+“([^”]+)”", text):
        assert name in found, name
    drawing = BeautifulSoup((GUIDES / "pictures/new-post-form.svg").read_text(encoding="utf-8"), "lxml")
    shown = " ".join(drawing.get_text(" ").split())
    for field in found["New post"]:
        assert field["attributes"].get("label", "") in shown, field


def test_every_picture_in_a_guide_is_small_and_has_a_description():
    used = set()
    for guide in WRITTEN:
        for words, name in re.findall(r"!\[([^\]]*)\]\((pictures/[^)]+)\)", guide.read_text(encoding="utf-8")):
            assert len(words.split()) > 4, f"{guide.name}: {name}"
            assert (GUIDES / name).stat().st_size < 100_000, name
            used.add((GUIDES / name).name)
    assert used == {file.name for file in (GUIDES / "pictures").iterdir()}


def test_guides_are_read_in_the_repository_and_linked_once_in_the_footer(sites):
    assert not (sites["real"] / "guides").exists()
    for file in sites["real"].rglob("*.html"):
        for link in document_fromstring(file.read_text(encoding="utf-8")).xpath("//a[contains(@href, 'guides')]"):
            assert link.text_content() in ("How this site is run", "How to check it"), (file, link)
            path = link.get("href").split("/main/")[1]
            assert (ROOT / path).exists(), "it leads to the guides of this repository"
    index = (GUIDES / "index.md").read_text(encoding="utf-8")
    assert all(f"({guide.name})" in index for guide in WRITTEN if guide.name != "index.md")


def test_the_guide_to_the_ledger_names_what_may_be_given_later():
    from macros.kinds import guarded
    from macros.records.base import Guard

    said = " ".join((GUIDES / "ledger.md").read_text(encoding="utf-8").split())
    assert all(f"`{key}`" in said.split("what may be given later:")[1].split(".")[0]
               for key in guarded("actions", Guard.SET_ONCE))


def test_a_page_cannot_link_to_a_guide(tmp_path, capsys):
    area = copied(AREAS["exampleshire"], tmp_path / "area")
    (area / "docs/guides").mkdir()
    (area / "docs/guides/more.md").write_text("---\ntitle: More\n---\n\nMore.\n", encoding="utf-8")
    with (area / "docs/about.md").open("a", encoding="utf-8") as file:
        file.write("\n[More](guides/more.md)\n")
    assert main(["check", "--area", str(area), *TODAY]) == 1
    assert "error[broken-link] the guides are not pages of the site" in capsys.readouterr().out
