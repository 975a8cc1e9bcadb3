"""Untrusted input is published as text or not at all. Nothing runs, nothing is loaded, nothing breaks the page."""

from __future__ import annotations

import csv
import functools
import http.server
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
from bs4 import BeautifulSoup
from lxml import etree, html
from playwright.sync_api import Browser, BrowserContext, Request

from macros.__main__ import main
from tests.conftest import AREAS, NARROW, ROOT, made_once
from tests.thorough import ALL
from tests.untrusted_area import GROUPS, untrusted_area
from tests.untrusted_payloads import MARKDOWN, MARKUP, PAYLOADS, PLAIN, TEMPLATES

DAY = "2026-11-24"
BODIES = MARKUP + MARKDOWN + PLAIN
TEXTS = len(BODIES) if ALL else len(BODIES) // 8
"""Pages whose text is payloads: one on each, or in `make test` eight."""

UNCHECKED = """
import sys
from datetime import date
from pathlib import Path
import macros.site.file_writer
import macros.site.plugin
from macros.register import read
from macros.site.build import build_site
def unchecked(root, today, on_read):
    register, _ = read(root, today)
    on_read(register)
    return register, []
macros.site.plugin.check = unchecked
macros.site.plugin.scan_site = lambda register, site, finish: [*finish().values()][:0]
macros.site.file_writer.SiteScanner.problems = lambda scanner, path, content: []
build_site(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), "mkdocs")
"""
"""A build without any check: what is published has to be safe without them."""

LOOK = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const all = [...document.querySelectorAll("*")];
  const bad = [];
  if (window.hit !== undefined) bad.push("something ran");
  for (const id of ids.filter((id, place) => ids.indexOf(id) !== place)) bad.push(`the id ${id} is there twice`);
  // What board.js sets, for the foot of each printed sheet.
  document.documentElement.style.removeProperty("--b-printed-from");
  for (const element of all) for (const { name, value } of element.attributes)
    if (name.startsWith("on") || name === "style" && value) bad.push(`${element.tagName} has ${name}`);
  for (const link of document.querySelectorAll("a[href]"))
    if (!["http:", "https:", "mailto:", "webcal:"].includes(link.protocol)) bad.push(`a link to ${link.protocol}`);
  for (const tag of ["iframe", "object", "embed", "base", "style", "video", "audio", "math", "textarea", "dialog"])
    if (document.querySelector(tag)) bad.push(`there is <${tag}>`);
  for (const script of document.scripts)
    if (script.type === "application/ld+json") JSON.parse(script.textContent);
    else if (!script.src.startsWith(location.origin)) bad.push("there is a script");
  const parts = location.pathname.startsWith("/embed/") ? ["main"]
    : ["header nav", "main#content", "main section.b-say", "footer"];
  for (const part of parts)
    if (document.querySelectorAll(part).length !== 1) bad.push(`${part} is not there once`);
  if (document.documentElement.scrollWidth > innerWidth) bad.push(`it is ${document.documentElement.scrollWidth} wide`);
  return bad;
}"""
"""Returns what is wrong with an open page."""


def squeezed(text: str) -> str:
    return " ".join(text.split())


@functools.cache
def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")


@pytest.fixture(scope="module")
def area() -> Path:
    """An area with payloads in each field of text."""
    return made_once("untrusted", untrusted_area)


@pytest.fixture(scope="module")
def site(area) -> Path:
    """The area's site, built without any check, with the payloads as the text of further pages."""
    def make(folder: Path) -> None:
        whole = Path(shutil.copytree(area, folder / "area"))
        for number in range(TEXTS):
            # A block comes last: one that does not end may go on to the end of the page.
            forms = ("Before {} after", "- {}", "| a |\n| --- |\n| {} |", "{}")
            paragraphs = (form.replace("{}", payload) for form in forms for payload in BODIES[number::TEXTS])
            text = "\n\n".join(["# A page", *paragraphs, ""])
            (whole / f"docs/body-{number}.md").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", UNCHECKED, str(whole), str(folder / "site"), DAY], cwd=ROOT, check=False,
            capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]

    return made_once("untrusted-site", make) / "site"


@pytest.fixture(scope="module")
def address(site) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def watched(browser: Browser, address: str) -> tuple[BrowserContext, list[str]]:
    """A browser window on a phone, and a list of what happens in it that should not."""
    seen: list[str] = []
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, reduced_motion="reduce")

    def note(request: Request) -> None:
        if not request.url.startswith(address):
            seen.append(f"{request.url} was requested")

    context.on("request", note)
    context.on("dialog", lambda dialog: (seen.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    context.on("console", lambda message: message.type == "error" and seen.append(f"the console: {message.text}"))
    context.on("weberror", lambda error: seen.append(f"an error: {error.error}"))
    return context, seen


def redirects(file: Path) -> bool:
    """Return whether a page redirects to another by itself, so that it cannot be looked at."""
    return 'http-equiv="refresh"' in file.read_text(encoding="utf-8")


def kinds(site: Path) -> dict[str, list[str]]:
    """A few of the site's pages of each kind."""
    found: dict[str, list[str]] = {}
    for file in sorted(site.rglob("index.html")):
        path = file.parent.relative_to(site).as_posix()
        kind = re.sub(r"\d.*", "", path)
        if redirects(file):
            continue
        if len(found.setdefault(kind, [])) < max(GROUPS, TEXTS if kind == "body-" else 0):
            found[kind].append("/" if path == "." else f"/{path}/")
    return found


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60 <= len(MARKUP)


def test_fields_of_text_accept_any_words(area, capsys):
    """A field of text is published as text. Only marks of Markdown are refused, since readers would see them as typed,
    and due dates in words that may hide a date."""
    main(["check", "--area", str(area), "--today", DAY])
    assert set(re.findall(r"error\[([a-z-]+)\]", capsys.readouterr().out)) <= {"marks-in-a-record", "date-in-words"}


def test_on_no_page_does_anything_run_load_or_break_out(site, address, browser):
    """Every kind of page, on a phone: with payloads in each field of each record, and as the text of pages."""
    pages = kinds(site)
    assert len(pages) > 30 and len(pages["body-"]) == TEXTS
    context, seen = watched(browser, address)
    page = context.new_page()
    wrong = {}
    # The payloads are spread over the pages of a kind, so another page of each kind is looked at.
    chosen = [paths if ALL or kind == "body-" else [paths[number % len(paths)]]
              for number, (kind, paths) in enumerate(pages.items())]
    for path in (path for paths in chosen for path in paths):
        page.goto(address + path)
        bad = page.evaluate(LOOK) + seen
        seen.clear()
        if bad:
            wrong[path] = bad
    context.close()
    assert not wrong


def test_only_redirects_lead_on_by_themselves_and_to_a_page_of_the_site(site):
    found = [file for file in site.rglob("*.html") if redirects(file)]
    assert len(found) == GROUPS // 2
    for file in found:
        assert soup(file).select_one("meta[http-equiv=refresh]")["content"] == "0; url=../about/"


def test_payloads_are_shown_on_pages_as_text(site):
    for number in range(GROUPS):
        words = " ".join(PAYLOADS[number::GROUPS])
        page = soup(site / f"actions/a-{number + 1:03}/index.html")
        assert squeezed(words) in squeezed(page.select_one("h1").get_text())
        assert squeezed(words) in squeezed(page.title.get_text())
        for path in (f"decisions/d-{number + 1:03}", f"measures/measure-{number}", f"organisations/body-{number}",
                     f"priorities/p{number + 1}", f"findings/finding-{number}", f"plans/plan-{number}",
                     f"blog/2024-{number + 1:02}-28-post-{number}"):
            page = soup(site / path / "index.html")
            assert squeezed(words) in squeezed(page.select_one("main").get_text()), path


def test_open_data_holds_payloads_as_text(site):
    for file in site.rglob("*.json"):
        json.loads(file.read_text(encoding="utf-8"))
    actions = json.loads((site / "api/v1/actions.json").read_text(encoding="utf-8"))
    titles = {squeezed(action["title"]) for action in next(v for v in actions.values() if isinstance(v, list))}
    assert titles == {squeezed(" ".join(PAYLOADS[number::GROUPS])) for number in range(GROUPS)}


def test_no_cell_of_a_table_is_a_formula(site):
    for file in site.rglob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        assert len({len(row) for row in rows}) == 1, f"{file.name}: every row has as many cells as the first"
        for row in rows:
            for cell in row:
                assert not re.match(r"[=+@\t\r]|-(?![\d.]+\Z)", cell), (file.name, cell[:60])


def test_feeds_hold_payloads_as_text(site):
    feeds = sorted((site / "feeds").rglob("*.xml"))
    assert len(feeds) > 2 * GROUPS
    for file in feeds:
        ElementTree.parse(file)
    atom = "{http://www.w3.org/2005/Atom}"
    found = ElementTree.parse(site / "feeds/blog.atom.xml").getroot()
    titles = {squeezed(entry.findtext(f"{atom}title")) for entry in found.iter(f"{atom}entry")}
    assert titles == {squeezed(" ".join(PAYLOADS[number::GROUPS])) for number in range(GROUPS)}
    for entry in found.iter(f"{atom}entry"):
        # What a reader app takes for HTML holds no element, only text.
        assert not BeautifulSoup(entry.findtext(f"{atom}summary"), "html.parser").find(True)


def test_the_calendar_holds_payloads_as_text_and_not_as_events(site):
    calendar = icalendar.Calendar.from_ical((site / "calendar.ics").read_bytes())
    events = calendar.walk("VEVENT")
    # Meetings, dates of actions, answers to families, and two days of each forum, each with the day by which to ask.
    assert len(events) <= 7 * GROUPS
    assert not any("ATTACH" in event for event in events)
    assert all(str(event["URL"]).startswith("https://smallshire.example/") for event in events)


def test_every_page_has_a_policy_that_blocks_inline_scripts(sites, browser, served, tmp_path):
    """The last line of defence: if anything got through, the browser would not run or load it."""
    for name in AREAS:
        for file in sites[name].rglob("*.html"):
            head = file.read_text(encoding="utf-8")[:2000]
            assert head.index("Content-Security-Policy") < head.index("<link"), file
    context = browser.new_context()
    console: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: console.append(message.text))
    page.goto(served["exampleshire"] + "/about/")
    assert not console
    page.evaluate("""() => {
        document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hit = 1" }));
        document.body.append(Object.assign(document.createElement("img"), { src: "https://evil.example/seen.png" }));
        const box = document.createElement("div");
        box.innerHTML = "<img src=x onerror='window.hit = 1'><p style='position: fixed'>x</p>";
        document.body.append(box);
    }""")
    page.evaluate("""() => {
        const image = document.querySelector("img[src=x]");
        return image.complete || new Promise(done => image.addEventListener("error", () => done(true)));
    }""")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("getComputedStyle(document.querySelector('div > p[style]')).position") == "static"
    assert any("evil.example" in words for words in console)
    context.close()


def test_links_to_other_sites_give_them_no_access_and_nothing_is_loaded_from_them_or_runs_inside_a_page(sites):
    for name in AREAS:
        for file in sites[name].rglob("*.html"):
            for element in html.parse(file).iter(etree.Element):
                tag, given = element.tag, element.attrib
                if tag == "a" and given.get("href", "").startswith("http"):
                    assert "noopener" in given.get("rel", "").split(), (file, given)
                if "src" in given or given.get("rel") in ("stylesheet", "icon"):
                    assert "//" not in given.get("src", given.get("href")), (file, given)
                assert tag != "style" and not {*given} & {"style", "onclick"}, (file, tag, given)
                assert tag != "script" or {*given} & {"src", "type"}, (file, given)


REFUSED = {
    "link-target": ("[x](javascript:alert)", "[x](JaVaScRiPt:alert)", "[x](vbscript:x)", "[x](data:text/html,x)",
                    "[x](<java script:x>)", "<a href='java&#10;script:x'>x</a>", "<a href=' javascript:x'>x</a>",
                    "![A picture](https://evil.example/x.png)", "![A picture](data:image/svg+xml,x)",
                    "[x](//evil.example/)",
                    "[x](https://smallshire.example@evil.example/)", "[x](https://sm\u0430llshire.example/)",
                    "[x](https://\u0430\u0440\u0440\u04cf\u0435.com/)", "[x](https://smallsh\u0131re.example/)",
                    "[x](https://xn--smllshire-y4g.example/)",
                    "[smallshire.org](https://evil.example/)", "[x][y]\n\n[y]: javascript:x"),
    "raw-html": ("<script>x</script>", "<img src=x.png alt=x onerror=x>", "<b style='position:fixed'>x</b>",
                 "<svg onload=x></svg>", "<iframe src=x></iframe>", "<style>x</style>", "<form></form>",
                 "<p class='b-header'>x</p>", "<h2 id='search'>x</h2>", "A line\n{: onclick=x }",
                 "A line\n{: style=x }",
                 "<a href='about.md' target='_blank'>x</a>", "<math><mi>x</mi></math>", "<dialog open>x</dialog>"),
    "hidden-character": ("a\u202eb", "a\u2066b", "a\u200bb", "a\u200fb", "a\u00adb", "a&#8238;b", "a&zwnj;b",
                         "a" + "\u0301" * 9, "a\U000e0041b"),
    "macro": ("{{ ''.__class__ }}", "{% include 'data/area.yml' %}", "{{ action('A-001').x }}", "{% set a = 1 %}",
              "{{ 7 * 7 }}", "{{ action('A-001') | attr('x') }}", "{{ 'a' * 999999999 }}"),
    "unknown-macro": ("{{ config }}", "{{ range(999999999) }}", "{{ cycler() }}"),
}


@pytest.mark.parametrize(("code", "payload"), [(code, payload) for code, many in REFUSED.items() for payload in many])
def test_what_a_post_may_not_hold_is_refused_with_its_line(code, payload, tmp_path, capsys):
    area = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))
    (area / "docs/about.md").write_text(f"# A page\n\nFirst words.\n\n{payload}\n", encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", DAY]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(re.match(rf"docs/about\.md:[5-7]: error\[{code}\] .+; .+", line) for line in lines), lines


@pytest.mark.parametrize("payload", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "https://",
                                     "https://a@evil.example/", "https://sm\u0430llshire.example/",
                                     "https://a b/\u202e",
                                     "https://evil.example/\u200b", "https://[::1", "https://evil.example:99999/"])
def test_an_address_in_a_record_that_deceives_is_refused_with_its_line(payload, tmp_path, capsys):
    area = Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))
    (area / "data/events.yml").write_text(
        f'- date: 2023-11\n  text: Inspectors came.\n  source:\n    title: A letter\n    url: "{payload}"\n',
        encoding="utf-8")
    assert main(["check", "--area", str(area), "--today", DAY]) == 1
    assert re.match(r"data/events\.yml:5: error\[", capsys.readouterr().out)


@pytest.mark.parametrize("payload", TEMPLATES)
def test_a_title_is_text_whatever_it_contains(payload, site):
    number = PAYLOADS.index(payload) % GROUPS
    page = soup(site / f"blog/2024-{number + 1:02}-28-post-{number}/index.html")
    assert squeezed(payload) in squeezed(page.select_one("h1").get_text())
    assert squeezed(payload) in squeezed(page.select_one("meta[name=description]")["content"])
