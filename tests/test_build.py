"""Building through the front door: the command, both generators, and what a failed build leaves behind."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.__main__ import main
from tests.conftest import AREAS, ROOT
from tests.thorough import only_in_test_all, sample

SMALL = ROOT / "tests/areas/small"


def board(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "macros", *arguments], cwd=cwd, capture_output=True, text=True,
                          check=False, env=os.environ | {"PYTHONPATH": str(ROOT)})


def digests(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.rglob("*")) if file.is_file()}


def small(folder: Path) -> Path:
    """A small area in a folder of its own, that a test may break."""
    return Path(shutil.copytree(SMALL, folder / "area"))


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return small(tmp_path)


def build(area: Path, out: Path, *more: str) -> int:
    return main(["build", "--area", str(area), "--out", str(out), "--today", "2026-11-24", *more])


@pytest.fixture
def out(small_site: Path, tmp_path: Path) -> Path:
    """A folder with the last good site."""
    return Path(shutil.copytree(small_site, tmp_path / "site"))


def test_a_build_says_where_the_site_is_and_what_to_do_next(on_another_day):
    site, said = on_another_day
    assert str(site) in said and "`board serve`" in said
    assert (site / "index.html").is_file()
    assert [path.name for path in site.parent.iterdir()] == ["site"], "the folder that was built in is gone"


def test_a_later_build_of_the_same_day_replaces_the_site_by_the_same_to_the_byte(area, out, small_site, capsys):
    (area / "Makefile").touch()
    (out / "left-over.html").write_text("old", encoding="utf-8")
    assert build(area, out) == 0
    assert "`make serve`" in capsys.readouterr().out, "it names the command of a Makefile"
    assert digests(out) == digests(small_site)
    assert sorted(path.name for path in out.parent.iterdir()) == ["area", "site"]


def test_a_record_with_a_problem_stops_the_build_and_leaves_the_last_good_site(area, out, capsys):
    before = digests(out)
    action = next((area / "data/actions").glob("*.yml"))
    action.write_text(action.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    assert build(area, out) == 1
    said = capsys.readouterr().out
    assert f"data/actions/{action.name}:" in said and "unknown-key" in said
    assert "The last good site is still in" in said
    assert digests(out) == before


def test_a_page_that_the_generator_refuses_leaves_the_last_good_site(area, out, capsys):
    """A link to a heading that is not there passes the records' checks; the generator's strictness finds it."""
    before = digests(out)
    page = area / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[gone](feedback.md#no-such-heading)\n", encoding="utf-8")
    assert build(area, out) == 1
    assert "no-such-heading" in capsys.readouterr().out
    assert digests(out) == before


@pytest.mark.parametrize("page, link", sample([
    ("docs/blog/posts/2024-02-02-first-meeting.md", "../../feedback.md#no-such-heading"),
    ("docs/blog/posts/2024-02-02-first-meeting.md", "../../actions/a-001.md#no-such-heading"),
    ("docs/blog/index.md", "../feedback.md#no-such-heading"),
    ("docs/about.md", "actions/a-001.md#no-such-heading"),
    ("docs/about.md", "blog/posts/2024-02-02-first-meeting.md#no-such-heading"),
], 2))
def test_a_link_to_a_heading_is_followed_between_pages_of_every_kind(area, tmp_path, capsys, page, link):
    file = area / page
    file.write_text(file.read_text(encoding="utf-8") + f"\n[gone]({link})\n", encoding="utf-8")
    assert build(area, tmp_path / "site") == 1
    assert "no-such-heading" in capsys.readouterr().out and not (tmp_path / "site").exists()


def test_what_the_generator_warns_of_in_a_post_stops_the_build(area, tmp_path, capsys):
    post = area / "docs/blog/posts/2024-02-02-first-meeting.md"
    post.write_text(post.read_text(encoding="utf-8") + "\n[The plan][plan]\n\n[plan]: nowhere.md\n", encoding="utf-8")
    assert build(area, tmp_path / "site") == 1
    assert "nowhere.md" in capsys.readouterr().out


@pytest.fixture(scope="module")
def on_another_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The site of the small area as on 25 November 2026, at the time that a release's source has, with a document; and
    what the command printed."""
    area = small(tmp_path_factory.mktemp("another"))
    (area / "docs/plan.csv").write_bytes(b"year\n2024\n")
    post = area / "docs/blog/posts/2024-02-02-first-meeting.md"
    post.write_text(post.read_text(encoding="utf-8") + "\n[The plan](../../plan.csv#row=2)\n", encoding="utf-8")
    site = area.parent / "elsewhere/site"
    with pytest.MonkeyPatch.context() as changed, contextlib.redirect_stdout(io.StringIO()) as said:
        changed.setenv("SOURCE_DATE_EPOCH", "86400")
        assert build(area, site, "--today", "2026-11-25") == 0
    return site, said.getvalue()


def test_a_link_to_a_page_of_a_document_is_no_link_to_a_heading(on_another_day):
    post = on_another_day[0] / "blog/2024-02-02-first-meeting/index.html"
    assert "plan.csv#row=2" in post.read_text(encoding="utf-8")


def test_the_day_is_an_input_and_stands_on_the_page(on_another_day):
    assert "25 November 2026" in (on_another_day[0] / "actions/index.html").read_text(encoding="utf-8")


def test_the_day_of_the_source_is_honoured(on_another_day):
    """SOURCE_DATE_EPOCH, as https://reproducible-builds.org/specs/source-date-epoch/ has it."""
    assert "1970-01-02" in (on_another_day[0] / "sitemap.xml").read_text(encoding="utf-8")


@only_in_test_all
def test_the_same_tree_builds_with_the_maintained_continuation_of_the_generator(sites, tmp_path):
    """ProperDocs gives the same pages, so that the site does not hang on one generator."""
    done = board("build", "--area", "tests/areas/exampleshire", "--out", str(tmp_path / "site"),
                 "--today", "2026-11-24", "--generator", "properdocs")
    assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = sites["exampleshire"], tmp_path / "site"
    pages = {file.relative_to(ours).as_posix() for file in ours.rglob("*.html")}
    assert {file.relative_to(theirs).as_posix() for file in theirs.rglob("*.html")} == pages
    for page in sorted(pages):
        assert (theirs / page).read_text(encoding="utf-8") == (ours / page).read_text(encoding="utf-8"), page


@only_in_test_all
def test_neither_folder_nor_time_zone_nor_clock_shows_in_a_build(tmp_path):
    """Whoever builds a commit gets the bytes that are published."""
    built = []
    for folder, zone in (("one", "Pacific/Auckland"), ("two/deeper", "America/Los_Angeles")):
        copy = tmp_path / folder / "project"
        copy.mkdir(parents=True)
        for part in ("data", "docs"):
            shutil.copytree(AREAS["exampleshire"] / part, copy / part)
        (copy / "mkdocs.yml").write_text(
            f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: []\n",
            encoding="utf-8")
        done = subprocess.run([sys.executable, "-m", "macros", "build", "--area", ".", "--today", "2026-11-24"],
                              cwd=copy, capture_output=True, text=True, check=False,
                              env=os.environ | {"PYTHONPATH": str(ROOT), "TZ": zone})
        assert done.returncode == 0, done.stdout + done.stderr
        built.append(digests(copy / "site"))
    assert built[0] == built[1]


def test_no_page_of_another_area_names_this_one(sites):
    names = re.compile(r"oxford|oxpcf|crocker|\bbob icb\b", re.IGNORECASE)
    for file in sites["exampleshire"].rglob("*"):
        if file.suffix in {".html", ".json", ".xml", ".txt", ".css", ".js"} and "stylesheets" not in file.parts:
            assert not names.search(file.read_text(encoding="utf-8")), file


def test_every_link_of_the_site_s_root_was_made_relative(sites):
    for name in AREAS:
        for page in sites[name].rglob("*.html"):
            assert "site:/" not in page.read_text(encoding="utf-8"), page


def test_no_macro_or_template_is_left_in_a_page(sites):
    for name in AREAS:
        for page in sites[name].rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            assert "{{" not in text and "{%" not in text, page


def test_no_template_is_published_as_it_stands(sites):
    for name in AREAS:
        for folder in ("digest", "macros", "pages", "partials"):
            assert not (sites[name] / folder).exists(), folder


def test_an_area_that_has_only_just_begun_builds(area, tmp_path):
    """No decision, meeting, measure, theme or post yet: its lists are there, and say that they are empty."""
    for folder in ("decisions", "meetings", "measures", "feedback", "actions"):
        shutil.rmtree(area / "data" / folder)
    (area / "data/topics.yml").unlink()
    shutil.rmtree(area / "docs/blog/posts")
    (area / "docs/blog/posts").mkdir()
    for page in ("about.md", "feedback.md"):
        (area / "docs" / page).write_text("# Page\n", encoding="utf-8")
    (area / "docs/index.md").write_text("# Home\n\n{{ home() }}\n", encoding="utf-8")
    assert build(area, tmp_path / "site") == 0
    for address in ("actions", "decisions", "meetings", "measures", "changes", "briefing", "open-data"):
        assert (tmp_path / "site" / address / "index.html").is_file(), address
