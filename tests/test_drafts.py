"""A draft is nowhere on the site; a post that was taken down leaves a page that says why; and why it may be quiet."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from macros.__main__ import main
from macros.site.build import build
from tests.conftest import ROOT
from tests.pages import Pages

STEM = "2024-02-02-first-meeting"
DOWN = "kind: summary\ndraft: true\n"
WHY = "changed:\n  - date: 2026-11-24\n    what: It named a cost that was wrong.\n"


@pytest.fixture
def area(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: []\n", encoding="utf-8")
    (folder / f"docs/blog/posts/{STEM}").mkdir()
    Image.new("RGB", (4, 4)).save(folder / f"docs/blog/posts/{STEM}/image-1.png")
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Published")):
        subprocess.run(["git", "-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example", *command],
                       cwd=folder, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})
    return folder


def take_down(area: Path, lines: str) -> None:
    file = area / f"docs/blog/posts/{STEM}.md"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: summary\n", lines, 1), encoding="utf-8")


def check(area: Path, capsys) -> tuple[int, str]:
    code = main(["check", "--area", str(area), "--against", "main", "--today", "2026-11-24"])
    return code, capsys.readouterr().out


def test_a_post_that_is_taken_down_leaves_a_page_that_says_why_and_nothing_else(area, tmp_path, capsys):
    take_down(area, DOWN + WHY)
    assert check(area, capsys)[0] == 0
    assert build(area, tmp_path / "site", date(2026, 11, 24), "mkdocs") == 0
    page = (tmp_path / f"site/blog/{STEM}/index.html").read_text(encoding="utf-8")
    assert "This post has been taken down" in page and "It named a cost that was wrong." in page
    assert "The board spoke about late plans" not in page
    assert not list(tmp_path.glob("site/**/image-1.png")), "its pictures are gone with it"
    for name in ("feeds/blog.atom.xml", "api/v1/posts.json", "blog/index.html", "index.html", "sitemap.xml",
                 "meetings/2024-01-31/index.html", "timeline/index.html", "actions/a-001/index.html"):
        assert "The first meeting" not in (tmp_path / "site" / name).read_text(encoding="utf-8"), name
    changes = (tmp_path / "site/changes/index.html").read_text(encoding="utf-8")
    assert "The post of 2 February 2024" in changes and "It named a cost that was wrong." in changes


def test_a_published_post_does_not_become_a_draft_without_a_word(area, capsys):
    take_down(area, DOWN)
    code, said = check(area, capsys)
    assert code == 1
    assert f"docs/blog/posts/{STEM}.md:8: error[address-gone]" in said
    assert 'add to "changed:" the date, and why it was taken down' in said


def test_a_draft_that_was_never_published_can_go_without_a_trace(area, capsys):
    draft = area / "docs/blog/posts/2026-11-24-plans.md"
    draft.write_text("---\ndate: 2026-11-24\ntitle: Plans\ndescription: Plans.\nin_short: [Plans.]\nkind: post\n"
                     "draft: true\n---\n\nPlans.\n", encoding="utf-8")
    for command in (("add", "-A"), ("commit", "-q", "-m", "A draft")):
        subprocess.run(["git", "-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example", *command],
                       cwd=area, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})
    draft.unlink()
    assert check(area, capsys)[0] == 0


def test_before_an_election_the_site_says_why_it_is_quiet_and_not_after_and_posts_without_ids_show_their_meeting(
        tmp_path, area):
    """A chair's document knows nothing of ids. What its text links to is not shown twice."""
    file = area / "data/area.yml"
    file.write_text(file.read_text(encoding="utf-8") + "pre_election:\n  - first_day: 2026-11-02\n"
                    "    last_day: 2026-12-03\n    note: By-election\n", encoding="utf-8")
    quiet = "It may be quiet here until 3 December 2026"
    assert quiet in Pages(area, "2026-12-03").page("") and quiet not in Pages(area, "2026-12-04").page("")
    file = area / f"docs/blog/posts/{STEM}.md"
    front = file.read_text(encoding="utf-8").split("---\n", 2)[1]
    file.write_text(f"---\n{front}---\n\nWe spoke about late plans.\n\nOne promise is A-002.\n", encoding="utf-8")
    assert build(area, tmp_path / "site", date(2026, 12, 3), "mkdocs") == 0
    for page in ("index.html", "blog/index.html"):
        assert quiet in (tmp_path / "site" / page).read_text(encoding="utf-8")
    page = BeautifulSoup((tmp_path / f"site/blog/{STEM}/index.html").read_text(encoding="utf-8"), "lxml")
    decided, promised = (page.select_one(f"#post-{kind} + .b-block").get_text() for kind in ("decisions", "actions"))
    assert "late plans at every meeting" in decided
    assert "A-001" in promised and "A-002" not in promised
