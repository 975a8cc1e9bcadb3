"""Runs axe-core on pages, and remembers which pages had nothing wrong."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from lxml import html
from playwright.sync_api import Page

from tests.conftest import ROOT
from tests.thorough import ALL

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""The rules that depend on colours, for pages that axe sees in other colours too."""

REMEMBERED = ROOT / ".cache/axe"

RUN = """({ options, all }) => {
  const seen = new Set();
  for (const entry of all ? [] : document.querySelectorAll("main li, main tr")) {
    const kinds = [entry, ...entry.querySelectorAll("*")].map((one) => `${one.tagName} ${one.getAttribute("class")}`);
    if (kinds.every((kind) => seen.has(kind))) entry.remove();
    else kinds.forEach((kind) => seen.add(kind));
  }
  return axe.run(options);
}"""
"""Runs axe. In `make test`, entries of lists and tables go first that have no element unlike those of others."""


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """Return what axe finds wrong with a page as it is now. In `make test`, the page has lost entries of lists then."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, {"all": ALL, "options": {
        "runOnly": rules, "preload": False, "selectors": False, "resultTypes": ["violations"]}})["violations"]
    return [f"{rule['id']}: {node['html'][:160]} ({node['failureSummary']})"
            for rule in found for node in rule["nodes"]]


def file_at(site: Path, address: str) -> Path:
    """Return the file of a page of a site."""
    file = site / address.strip("/")
    return file if file.suffix == ".html" else file / "index.html"


def unlike(site: Path, addresses: Iterable[str]) -> list[str]:
    """Return those of the addresses whose pages have an element unlike those of the pages before, the richest first."""
    kinds = {address: {(element.tag, element.get("class"), *sorted({*element.attrib} - {"id"}))
                       for element in html.parse(file_at(site, address)).iter("*")} for address in addresses}
    seen: set[tuple[str | None, ...]] = set()
    found = []
    for address in sorted(kinds, key=lambda address: -len(kinds[address])):
        if kinds[address] - seen:
            found.append(address)
            seen |= kinds[address]
    return found


def violations_at(page: Page, site: Path, address: str, rules: list[str] = RULES, **state: object) -> list[str]:
    """Open an address of a site in a fresh page, which may be that of the call before; return what axe finds wrong.

    The same page with the same stylesheet, scripts, axe, browser and `state` (width, colours) gives the same answer. So
    a page in which axe found nothing is not opened a second time.
    """
    content = file_at(site, address).read_bytes()
    browser = page.context.browser
    about = json.dumps([address, rules, ALL, state, _assets(site), browser.version if browser else ""], sort_keys=True)
    clean = REMEMBERED / hashlib.sha256(content + about.encode()).hexdigest()
    if clean.exists():
        return []
    if page.evaluate("typeof axe === 'undefined'"):
        page.add_init_script(path=AXE)  # takes half as long as violations() for each page
    page.goto(f"{_origin(page)}/{address.lstrip('/')}")
    found = violations(page, rules)
    if not found:
        REMEMBERED.mkdir(parents=True, exist_ok=True)
        clean.touch()
    return found


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


@functools.cache
def _assets(site: Path) -> str:
    """Return the digest of whatever else decides what axe sees: styles, scripts, pictures, axe and how it runs."""
    digest = hashlib.sha256(AXE.read_bytes() + RUN.encode())
    for folder in (site / "assets", site / "files"):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()
