"""`board links`: which links to other sites are dead, asked for politely, of a site on this machine."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros.__main__ import main
from macros.checks import check
from macros.links.external_links import external_links
from macros.links.link_checker import LinkChecker, round_robin
from tests.conftest import AREAS, ROOT, TODAY, checked

SMALL = ROOT / "tests/areas/small"
ACTION = "data/actions/a-001-list-late-plans.yml"
BIG = 50_000_000


class _Site(http.server.BaseHTTPRequestHandler):
    """Answers with the status in the path: /404, /503/2/200 for two times 503 and then 200, and others by name."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        site = self.server
        site.asked.append((self.command, self.path, self.headers["User-Agent"]))
        parts = urlsplit(self.path).path.strip("/").split("/")
        if parts[0].startswith("get-only-"):
            parts = [parts[0].removeprefix("get-only-") if self.command == "HEAD" else "200"]
        if parts[0] == "big":
            self.send_response(200 if self.command == "GET" else 405)
            self.send_header("Content-Length", str(BIG))
            self.end_headers()
            if self.command == "GET":
                self.pour()
            return
        if parts[0] == "silent":
            site.released.wait(20)
            return
        earlier = sum(path == self.path for _, path, _ in site.asked[:-1])
        status = int(parts[2] if len(parts) == 3 and earlier >= int(parts[1]) else parts[0])
        self.send_response(status)
        for name, value in site.headers.get(self.path, {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def pour(self) -> None:
        try:
            for _ in range(BIG // 10_000):
                self.wfile.write(b"x" * 10_000)
                self.server.poured += 10_000
        except OSError:
            pass

    def log_message(self, *arguments: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Site)
        self.asked: list[tuple[str, str, str]] = []
        self.headers: dict[str, dict[str, str]] = {}
        self.released = threading.Event()
        self.poured = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def site(monkeypatch) -> Iterator[_Server]:
    """A site on this machine that answers as its addresses say."""
    monkeypatch.setenv("no_proxy", "*")
    server = _Server()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()


class Clock:
    """A clock that moves only when someone sleeps; each sleep is kept."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def checker(clock) -> LinkChecker:
    return LinkChecker("Test link check", timeout=10, pause=2, clock=clock, sleep=clock.sleep)


@pytest.mark.parametrize("path, state, why", [
    ("200", "there", ""), ("204", "there", ""), ("get-only-405", "there", ""),
    ("get-only-404", "there", ""), ("get-only-403", "there", ""), ("get-only-501", "there", ""),
    ("404", "dead", "the page is not there (404)"), ("410", "dead", "the page has been taken away (410)"),
    ("401", "in vain", "it asks for a password (401)"), ("403", "in vain", "it does not answer programs (403)"),
    ("429", "in vain", "it was asked too often (429)"), ("500", "in vain", "the site has an error of its own (500)"),
    ("503", "in vain", "the site has an error of its own (503)"),
    ("418", "in vain", "it did not understand the request (418)"),
    ("503/2/200", "there", ""), ("500/1/404", "dead", "the page is not there (404)"),
])
def test_only_what_certainly_is_gone_is_called_dead(site, checker, path, state, why):
    answer = checker.check(f"{site.address}/{path}")
    assert (answer.state, answer.why) == (state, why)


def test_a_difficulty_that_passes_is_waited_for_longer_each_time(site, checker, clock):
    checker.check(f"{site.address}/503")
    assert [path for _, path, _ in site.asked] == ["/503"] * 3
    assert [seconds for seconds in clock.slept if seconds] == [4, 8]


def test_a_site_is_left_alone_for_as_long_as_it_asks(site, checker, clock):
    site.headers["/429/1/200"] = {"Retry-After": "37"}
    assert checker.check(f"{site.address}/429/1/200").state == "there"
    assert max(clock.slept) == 37


def test_a_site_that_asks_to_be_left_alone_for_an_hour_is_not_asked_again(site, checker, clock):
    site.headers["/503"] = {"Retry-After": "3600"}
    assert checker.check(f"{site.address}/503").state == "in vain"
    assert len(site.asked) == 1


def test_a_wait_that_makes_no_sense_is_none(site, checker):
    site.headers["/503/1/200"] = {"Retry-After": "soon"}
    assert checker.check(f"{site.address}/503/1/200").state == "there"


def test_a_host_is_given_a_pause_between_two_questions_and_others_are_asked_meanwhile(site, checker, clock):
    for _ in range(3):
        checker.check(f"{site.address}/200")
    assert clock.slept == [2, 2]
    hosts = ["https://a.example/1", "https://a.example/2", "https://a.example/3", "https://b.example/1"]
    assert list(round_robin(hosts)) == [hosts[0], hosts[3], hosts[1], hosts[2]]


def test_of_a_page_nothing_is_read(site, checker):
    assert checker.check(f"{site.address}/big").state == "there"
    site.shutdown()
    assert site.poured < BIG / 2


@pytest.mark.parametrize("to, state", [("/200", "there"), ("/404", "dead"), ("200", "there"), ("/301", "in vain"),
                                       ("ftp://files.example/", "dead")])
def test_a_page_that_has_moved_is_followed(site, checker, to, state):
    site.headers["/301"] = {"Location": to}
    answer = checker.check(f"{site.address}/301")
    assert answer.state == state
    assert len(site.asked) <= 6


def test_a_site_that_says_nothing_was_asked_in_vain(site, clock):
    checker = LinkChecker("Test", timeout=0.01, pause=0, clock=clock, sleep=clock.sleep)
    answer = checker.check(f"{site.address}/silent")
    assert (answer.state, answer.why) == ("in vain", "it did not answer in time")


def test_a_site_whose_encryption_is_not_right_is_dead(site, checker):
    answer = checker.check(f"https://127.0.0.1:{site.server_port}/")
    assert answer.state == "dead" and "certificate" in answer.why


@pytest.mark.parametrize("error, state", [(socket.EAI_NONAME, "dead"), (socket.EAI_AGAIN, "in vain")])
def test_a_name_that_is_not_known_is_told_from_one_that_cannot_be_looked_up_now(monkeypatch, checker, error, state):
    def look_up(*arguments: object, **more: object) -> None:
        raise socket.gaierror(error, "no")
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert checker.check("https://gone.example/page").state == state


@pytest.mark.parametrize("address", ["http://", "http://[", "https://exa mple/", "http://a:b/", "http://.example/"])
def test_what_is_no_address_is_told_without_a_traceback(monkeypatch, checker, address):
    def look_up(*arguments: object, **more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no")
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert checker.check(address).state == "dead"


def test_every_address_is_found_once_with_the_record_it_belongs_to():
    register = checked("exampleshire", TODAY)
    found = external_links(register)
    assert not any(address.startswith(register.area.site_url) for address in found), "the site's own are no links out"
    for address, places in found.items():
        for place in places:
            lines = (AREAS["exampleshire"] / place.path).read_text(encoding="utf-8").splitlines()
            assert address.split("/")[2] in lines[place.line - 1], place
            assert place.record != place.path, "each belongs to a record"
    records = {place.record for places in found.values() for place in places}
    assert {"A-001", "the area and its board"} <= records


@pytest.fixture
def area(tmp_path, site) -> Path:
    """An area that links to nothing but the site on this machine."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "area"))
    for file in folder.rglob("*"):
        if file.suffix in (".yml", ".md"):
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r"https?://[\w.-]+/?", f"{site.address}/200?", text), encoding="utf-8")
    settings = folder / "data/area.yml"
    settings.write_text(re.sub("site_url: .*", "site_url: https://smallshire.example/",
                               settings.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def links(area: Path, capsys, *more: str) -> tuple[int, str]:
    code = main(["links", "--area", str(area), "--today", "2026-11-24", "--pause", "0", *more])
    return code, capsys.readouterr().out


def test_where_all_is_there_the_command_exits_with_0(area, site, capsys):
    code, said = links(area, capsys)
    assert (code, said.splitlines()[-1].split(": ")[1]) == (0, "0 dead, 0 could not be checked.")
    assert all(method == "HEAD" for method, *_ in site.asked)
    paths = [path for _, path, _ in site.asked]
    assert len(paths) == len(set(paths)), "each is asked for once"


def test_the_site_is_told_who_asks(area, site, capsys):
    links(area, capsys)
    register, _ = check(area, TODAY)
    assert {agent for *_, agent in site.asked} == {
        f"{register.area.site_name} link check (+{register.area.repository_url or register.area.site_url})"}


def swap(area: Path, file: str, was: str, now: str) -> int:
    """Change a text in a file; return the line where the new one stands."""
    text = (area / file).read_text(encoding="utf-8")
    assert was in text
    (area / file).write_text(text.replace(was, now, 1), encoding="utf-8")
    return next(number for number, line in enumerate((area / file).read_text(encoding="utf-8").splitlines(), 1)
                if now.splitlines()[0] in line)


def test_dead_evidence_is_named_with_its_record_and_its_line(area, site, capsys):
    line = swap(area, ACTION, f"url: {site.address}/200?late-plans", f"url: {site.address}/404")
    code, said = links(area, capsys)
    assert code == 1
    assert (f"{ACTION}:{line}: {site.address}/404 is dead: the page is not there (404) (A-001); "
            "add an archived copy, and leave the address as it is\n") in said


def test_an_archived_copy_beside_a_dead_address_is_named(area, site, capsys):
    swap(area, ACTION, f"url: {site.address}/200?late-plans",
         f"url: {site.address}/410\n        archived: {site.address}/200?copy")
    code, said = links(area, capsys)
    assert code == 1 and "it has an archived copy" in said
    _, said = links(area, capsys, "--format", "markdown")
    assert f"Its archived copy is `{site.address}/200?copy`" in said
    found = json.loads(links(area, capsys, "--format", "json")[1])
    assert found["version"] == 1
    assert [(dead["address"], dead["places"][0]["archived"]) for dead in found["dead"]] == [
        (f"{site.address}/410", f"{site.address}/200?copy")]


def test_what_was_asked_in_vain_is_listed_apart_and_is_not_dead(area, site, capsys):
    swap(area, "docs/about.md", "Smallshire is invented.", f"[A page]({site.address}/403#part) of others.")
    code, said = links(area, capsys)
    assert code == 0
    assert f"docs/about.md:3: {site.address}/403 could not be checked: it does not answer programs (403)" in said
    _, said = links(area, capsys, "--format", "markdown")
    assert said.startswith("No link is dead.") and f"`{site.address}/403`" in said


def test_without_a_network_nothing_is_said_of_any_link(area, monkeypatch, capsys):
    def look_up(*arguments: object, **more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no")
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    code = main(["links", "--area", str(SMALL), "--pause", "0"])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "could be looked up or opened: is this machine connected?" in said.err


def test_an_area_that_cannot_be_read_is_told_without_a_traceback(area, capsys):
    (area / "data/area.yml").write_text("", encoding="utf-8")
    assert main(["links", "--area", str(area)]) == 2
    assert "data/area.yml:1:" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--timeout=soon", "--pause=-1", "--timeout=nan", "--pause=1e9"])
def test_seconds_that_are_none_are_wrong_usage(option):
    with pytest.raises(SystemExit) as stopped:
        main(["links", "--area", str(SMALL), option])
    assert stopped.value.code == 2


COPY = "archived: https://archive.example/copy"


def without_copies(area: Path, capsys, *more: str) -> str:
    assert main(["links", "--area", str(area), "--today", "2026-11-24", "--unarchived", *more]) == 0
    return capsys.readouterr().out


def test_evidence_and_sources_without_an_archived_copy_are_listed_and_nobody_is_asked(area, site, capsys):
    line = swap(area, ACTION, f"url: {site.address}/200?late-plans", f"url: {site.address}/200?no-copy")
    said = without_copies(area, capsys)
    assert f"{ACTION}:{line}: {site.address}/200?no-copy has no archived copy (A-001)\n" in said
    assert "no archived copy. Make one at" in said.splitlines()[-1]
    before = len(json.loads(without_copies(area, capsys, "--format", "json"))["unarchived"])
    swap(area, ACTION, f"url: {site.address}/200?no-copy", f"url: {site.address}/200?no-copy\n        {COPY}")
    assert "no-copy" not in without_copies(area, capsys)
    assert len(json.loads(without_copies(area, capsys, "--format", "json"))["unarchived"]) == before - 1
    assert not site.asked


def test_what_is_no_evidence_is_asked_for_no_copy(area, site, capsys):
    swap(area, "docs/about.md", "Smallshire is invented.", f"[A page]({site.address}/200?of-others) of others.")
    said = without_copies(area, capsys)
    assert "of-others" not in said and "open-government-licence" not in said


def test_the_weekly_report_counts_what_has_no_archived_copy(area, capsys):
    missing = len(json.loads(without_copies(area, capsys, "--format", "json"))["unarchived"])
    assert missing
    _, said = links(area, capsys, "--format", "markdown")
    assert re.search(rf"{missing} sources? ha(ve|s) no archived copy yet", said)
    assert json.loads(links(area, capsys, "--format", "json")[1])["unarchived"] == missing
    assert "no archived copy: `board links --unarchived` lists them" in links(area, capsys)[1]


def test_copies_are_listed_for_an_issue_without_making_links(area, site, capsys):
    said = without_copies(area, capsys, "--format", "markdown")
    assert said.startswith("These sources have no archived copy.") and f"`{site.address}/200?" in said
