"""What an area may set in mkdocs.yml: it is added to the package's settings, or refused where it would do nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from mkdocs.__main__ import cli

from macros.__main__ import main
from tests.conftest import ROOT
from tests.thorough import only_in_test_all

PLAIN = ROOT / "macros/write/new_area/mkdocs.yml"
"""The settings that a new area begins with."""


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """An area with records and pages, and nothing else."""
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))


SETTINGS = """\
extra_css: [assets/mine.css]
extra_javascript: [assets/mine.js]
markdown_extensions: [nl2br]
nav:
  - Home: index.md
  - More:
      - Promises: actions/index.md
      - About us: about.md
  - The forum: https://forum.example/
copyright: Copyright &copy; 2026 <a href=https://x.example/>Us</a><script>alert(1)</script>
hooks: [hook.py]
"""


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an area that sets all that it may."""
    area = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path_factory.mktemp("configured") / "area"))
    (area / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (area / "hook.py").write_text(
        "def on_post_page(output, page, config):\n    return output + '<!-- seen -->'\n", encoding="utf-8")
    (area / "overrides/assets").mkdir(parents=True)
    for name in ("mine.css", "mine.js"):
        (area / "overrides/assets" / name).write_text("", encoding="utf-8")
    page = area / "docs/about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n~~~text\ncode\n~~~\n\n| a |\n| - |\n| b |\n\nOne\nTwo\n",
                    encoding="utf-8")
    site = area.parent / "site"
    assert main(["build", "--area", str(area), "--out", str(site), "--today", "2026-11-24"]) == 0
    return site


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")


@pytest.fixture
def mkdocs(area: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A function that runs MkDocs' own command line in the area."""
    def mkdocs(*arguments: str) -> Result:
        monkeypatch.chdir(area)
        return CliRunner().invoke(cli, arguments)
    return mkdocs


@only_in_test_all
def test_mkdocs_builds_an_area_by_itself_as_board_does(area, mkdocs, tmp_path):
    (area / "mkdocs.yml").write_text(
        PLAIN.read_text(encoding="utf-8").replace("board: {}", "board: {today: 2026-11-24}"), encoding="utf-8")
    site = tmp_path / "site"
    assert main(["build", "--area", str(area), "--out", str(site), "--today", "2026-11-24"]) == 0
    done = mkdocs("build", "--site-dir", str(tmp_path / "plain"))
    assert done.exit_code == 0, done.output
    pages = {file.relative_to(site) for file in site.rglob("*") if file.is_file()}
    assert {file.relative_to(tmp_path / "plain") for file in (tmp_path / "plain").rglob("*") if file.is_file()} == pages
    for page in pages:
        if page.suffix == ".html":
            assert (site / page).read_bytes() == (tmp_path / "plain" / page).read_bytes(), page


def test_mkdocs_by_itself_lists_what_is_wrong_with_the_records(area, mkdocs):
    (area / "mkdocs.yml").write_text(PLAIN.read_text(encoding="utf-8"), encoding="utf-8")
    action = next((area / "data/actions").glob("*.yml"))
    action.write_text(action.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    done = mkdocs("build")
    assert done.exit_code == 1
    assert f"data/actions/{action.name}:" in done.output and "unknown-key" in done.output
    assert "Traceback" not in done.output


def test_settings_without_the_plugin_for_macros_say_what_to_add(area, mkdocs):
    (area / "mkdocs.yml").write_text("site_name: Small\ntheme: {name: board}\nplugins: [board]\n", encoding="utf-8")
    done = mkdocs("build")
    assert done.exit_code == 1 and 'lists no plugin "macros"' in done.output


def test_styles_scripts_and_extensions_of_an_area_are_added_to_ours(configured):
    about = soup(configured / "about/index.html")
    assert [link["href"] for link in about.select("link[rel=stylesheet]")] == [
        "../assets/board.css", "../assets/mine.css"]
    assert [script["src"] for script in about.select("script[defer]")] == ["../assets/board.js", "../assets/mine.js"]
    assert about.select("table") and about.select("main br")


def test_a_style_that_is_not_there_stops_the_build(area, capsys):
    (area / "mkdocs.yml").write_text("extra_css: [assets/mine.css]\n", encoding="utf-8")
    assert main(["build", "--area", str(area), "--out", str(area / "site"), "--today", "2026-11-24"]) == 1
    assert "assets/mine.css" in capsys.readouterr().out


def test_the_menu_shows_the_pages_of_a_section_and_external_links(configured):
    items = soup(configured / "actions/index.html").select(".b-nav a")
    assert [(item.get_text(), item["href"]) for item in items] == [
        ("Home", "../"), ("Promises", "../actions/"), ("About us", "../about/"),
        ("The forum", "https://forum.example/")]
    assert [item.get("rel") for item in items] == [None, None, None, ["noopener"]]
    assert items[1]["aria-current"] == "page"


def test_the_copyright_is_shown_in_the_footer_and_cannot_run_anything(configured):
    footer = soup(configured / "index.html").select_one("footer")
    assert "Copyright © 2026 Us" in footer.get_text() and not footer.select("script")


def test_a_hook_sees_every_page(configured):
    unseen = {page.relative_to(configured).as_posix() for page in configured.rglob("*.html")
              if not page.read_text(encoding="utf-8").endswith("<!-- seen -->")}
    assert unseen == {"404.html"}, "MkDocs makes that one from a template"


def test_nothing_of_material_is_in_the_site(site):
    folders = {file.relative_to(site).as_posix() for file in (site / "assets").rglob("*") if file.is_file()}
    assert folders <= {"assets/board.css", "assets/board.js", "assets/first.js", "assets/results.js",
                       "assets/search.js", "assets/minisearch.js", "assets/favicon.svg", "assets/area.css"}


REFUSED = {
    "theme: {features: [navigation.tabs]}": "theme.features", "theme: {palette: {primary: teal}}": "theme.palette",
    "theme: {font: {text: Roboto}}": "theme.font", "theme: {logo: logo.svg}": "theme.logo",
    "theme: {icon: {logo: material/school}}": "theme.icon", "theme: {language: cy}": "theme.language",
    "theme: {direction: rtl}": "theme.direction", "theme: material": "material", "theme: {name: mkdocs}": "mkdocs",
    "extra: {social: []}": "extra.social", "extra: {analytics: {provider: google}}": "extra.analytics",
    "extra: {consent: {}}": "extra.consent", "extra: {version: {}}": "extra.version",
    "extra: {alternate: []}": "extra.alternate", "extra: {homepage: /}": "extra.homepage",
    "extra: {generator: false}": "extra.generator", "repo_url: https://x.example/": "repo_url",
    "repo_name: board": "repo_name", "edit_uri: edit/main/": "edit_uri",
    "edit_uri_template: x": "edit_uri_template", "site_url: https://x.example/": "site_url",
    "site_description: Ours": "site_description", "site_author: Us": "site_author", "docs_dir: pages": "docs_dir",
    "use_directory_urls: false": "use_directory_urls",
    **{f"plugins: [board, {name}]": name for name in (
        "search", "blog", "social", "tags", "offline", "meta", "privacy", "info", "projects", "typeset")},
    "plugins: {board: {}, material/blog: {}}": "blog", "plugins: [{tags: {}}]": "tags",
}


@pytest.mark.parametrize("setting", REFUSED)
def test_a_setting_that_would_do_nothing_is_refused_with_its_line(area, capsys, setting):
    (area / "mkdocs.yml").write_text(f"site_name: Small\n{setting}\n", encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 1
    printed = capsys.readouterr().out
    assert "mkdocs.yml:2: error[setting-without-effect]" in printed and f'"{REFUSED[setting]}"' in printed


def test_a_refused_plugin_stops_mkdocs_by_itself_with_the_same_words(area, mkdocs):
    (area / "mkdocs.yml").write_text(PLAIN.read_text(encoding="utf-8") + "  search: {}\n", encoding="utf-8")
    done = mkdocs("build")
    assert done.exit_code == 1 and "this site has a search of its own" in done.output


@pytest.mark.parametrize("setting", [
    "theme: {name: board, font: false, language: en}", "docs_dir: docs", "use_directory_urls: true",
    "extra: {own: yes}", "theme: board", "plugins: {board: {}, macros: {modules: [macros]}}", ""])
def test_settings_that_hold_anyway_are_accepted(area, capsys, setting):
    (area / "mkdocs.yml").write_text(f"site_name: Small\n{setting}\n", encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 0, capsys.readouterr().out
