"""Runs axe-core on pages, and remembers which pages had nothing wrong."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path

from playwright.sync_api import Page

from tests.conftest import ROOT

AXE = ROOT / "tests/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REMEMBERED = ROOT / ".cache/axe"


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page as it is now."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(options)", {
        "runOnly": RULES, "preload": False, "selectors": False, "resultTypes": ["violations"]})["violations"]
    return [f"{rule['id']}: {node['html'][:160]} ({node['failureSummary']})"
            for rule in found for node in rule["nodes"]]


def violations_at(page: Page, site: Path, address: str, **state: object) -> list[str]:
    """Open an address of a site in a fresh page, which may be that of the call before; return what axe finds wrong.

    The same page with the same stylesheet, scripts, axe, browser and `state` (width, colours) gives the same answer. So
    a page in which axe found nothing is not opened a second time.
    """
    file = site / address.strip("/")
    content = (file if file.suffix == ".html" else file / "index.html").read_bytes()
    browser = page.context.browser
    about = json.dumps([address, state, _assets(site), browser.version if browser else ""], sort_keys=True)
    clean = REMEMBERED / hashlib.sha256(content + about.encode()).hexdigest()
    if clean.exists():
        return []
    if page.evaluate("typeof axe === 'undefined'"):
        page.add_init_script(path=AXE)  # takes half as long as violations() for each page
    page.goto(f"{_origin(page)}/{address.lstrip('/')}")
    found = violations(page)
    if not found:
        REMEMBERED.mkdir(parents=True, exist_ok=True)
        clean.touch()
    return found


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


@functools.cache
def _assets(site: Path) -> str:
    """Return the digest of whatever else decides what axe sees: styles, scripts, pictures, axe and its rules."""
    digest = hashlib.sha256(AXE.read_bytes() + json.dumps(RULES).encode())
    for folder in (site / "assets", site / "files"):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()
