"""A published site is what is built here, can be read by programs, and does not run out: or each thing is named."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from macros import time_limit
from macros.__main__ import main
from tests.conftest import ROOT, TODAY
from tests.thorough import only_in_test_all

SMALL = ROOT / "tests/areas/small"
CERTIFICATE_DAYS = 90


@pytest.fixture
def published(small_site, tmp_path) -> Path:
    """A copy of the built site, to change."""
    return Path(shutil.copytree(small_site, tmp_path / "published"))


@pytest.fixture
def verify(small_site, capsys):
    """A function that verifies a place against the built site on a day."""
    def run(place: object, *more: str, today: str = TODAY.isoformat()) -> tuple[int, str, str]:
        code = main(["verify", str(place), "--built", str(small_site), "--today", today, "--pause", "0",
                     "--area", str(SMALL), *more])
        printed = capsys.readouterr()
        return code, printed.out, printed.err
    return run


class _Site(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        self.server.connections += 1
        super().setup()

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.hang_up_after is not None and len(self.server.asked) > self.server.hang_up_after:
            self.close_connection = True
            return
        if self.path in self.server.endless:
            self.send_response(200)
            self.wfile.write(b"X-Never: ") if self.server.endless[self.path] == "headers" else self.end_headers()
            self.server.is_in_endless_file.set()
            while not self.server.released.wait(0.02):  # each wait of a reader ends soon, and the whole never does
                self.wfile.write(b"x")
            return
        redirect = self.server.redirects.get(self.path)
        if self.path in self.server.refused:
            self.send_response(self.server.refused[self.path])
        elif redirect:
            self.send_response(302)
            self.send_header("Location", redirect)
        else:
            super().do_GET()
            return
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    connections = 0

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Site, directory=str(folder)))
        self.asked: list[str] = []
        self.redirects: dict[str, str] = {}
        self.refused: dict[str, int] = {}
        self.endless: dict[str, str] = {}
        self.is_in_endless_file = threading.Event()
        self.released = threading.Event()
        self.scheme = "http"
        self.hang_up_after: int | None = None

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # whoever does not trust a certificate hangs up

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/"


@pytest.fixture
def server(published, monkeypatch) -> Iterator[_Server]:
    """The copy of the site, served on this machine."""
    monkeypatch.setenv("no_proxy", "*")
    served = _Server(published)
    threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True).start()
    yield served
    served.released.set()
    served.shutdown()
    served.server_close()


@pytest.fixture
def encrypted(server, tmp_path, monkeypatch) -> tuple[_Server, datetime]:
    """The same with encryption, and when its certificate ends."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", str(CERTIFICATE_DAYS), "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.scheme = "https"
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    told = subprocess.run(["openssl", "x509", "-enddate", "-noout", "-in", certificate], check=True,
                          capture_output=True, text=True).stdout
    return server, datetime.fromtimestamp(ssl.cert_time_to_seconds(told.strip().split("=")[1]), UTC)


def swap(folder: Path, path: str, was: str, now: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert was in text
    (folder / path).write_text(text.replace(was, now, 1), encoding="utf-8")


def test_the_site_that_is_built_here_is_what_is_built_here(published, verify):
    code, out, _ = verify(published)
    files = sum(path.is_file() for path in published.rglob("*"))
    assert (code, out) == (0, f"{published} is the site built here for 24 November 2026: all {files} files are the "
                              "same, and programs can read them.\n")


@only_in_test_all
def test_without_a_built_site_it_is_built_for_the_day_that_the_site_names(published, capsys):
    code = main(["verify", str(published), "--area", str(SMALL), "--today", "2026-11-25"])
    assert code == 0, capsys.readouterr().out


def test_a_site_on_the_web_is_read_over_one_connection_and_each_page_as_readers_open_it(server, published, verify):
    code, out, _ = verify(server.address)
    assert code == 0 and out.startswith(f"{server.address} is the site built here"), out
    assert server.connections == 1
    assert {"/", "/actions/a-001/", "/404.html", "/sitemap.xml.gz"} <= set(server.asked)


def test_the_areas_own_address_is_verified_where_none_is_named(monkeypatch, capsys):
    code = main(["verify", "--area", str(SMALL), "--today", "2026-11-24", "--pause", "0"])
    assert code == 1 and capsys.readouterr().out.startswith("https://smallshire.example/")


def test_a_file_that_is_other_missing_or_added_is_named(published, verify):
    swap(published, "actions/a-001/index.html", "</p>", "!</p>")
    (published / "timeline/index.html").unlink()
    (published / "extra.html").write_text("added", encoding="utf-8")
    code, out, _ = verify(published)
    assert code == 1
    assert out.splitlines() == [
        "actions/a-001/index.html: differs from what this commit builds", "timeline/index.html: is not on the site",
        "extra.html: is on the site, but this commit does not build it",
        f"{published} is not as it should be: 3 things found."]


def test_the_list_of_parts_that_publishing_adds_is_no_stranger(published, verify):
    (published / "sbom.cdx.json").write_text("{}", encoding="utf-8")
    assert verify(published)[0] == 0


def test_of_many_files_only_the_first_are_named(published, verify):
    for page in sorted(published.rglob("index.html"))[:33]:
        page.write_text("other", encoding="utf-8")
    code, out, _ = verify(published)
    assert code == 1 and len(out.splitlines()) == 22
    assert "and 13 more about other files" in out and "33 things found" in out


@pytest.mark.parametrize("path, was, now, message", [
    ("calendar.ics", "END:VCALENDAR", "", "cannot be read by programs"),
    ("calendar.ics", "DTSTART;VALUE=DATE:2", "DTSTART;VALUE=DATE:x", "is not a valid calendar"),
    ("api/v1/actions.json", "{", "", "cannot be read by programs"),
    ("sitemap.xml", "</urlset>", "", "cannot be read by programs"),
])
def test_what_a_program_cannot_read_is_told(published, verify, path, was, now, message):
    swap(published, path, was, now)
    code, out, _ = verify(published)
    assert code == 1 and f"{path}: {message}" in out


@pytest.mark.parametrize("text, message", [
    ("<feed", "cannot be read"), ("<?xml version='1.0'?><!DOCTYPE feed [<!ENTITY a 'aaaa'>]><feed/>", "document type"),
    ("<!DOCTYPE feed><feed/>", "document type"),
    ("<feed xmlns='http://www.w3.org/2005/Atom'><id>a</id><title>a</title></feed>", "has no updated"),
    ("<feed xmlns='http://www.w3.org/2005/Atom'><id>a</id><title>a</title><updated>a</updated><entry/></feed>",
     "a part of it has no id"),
    ("<rss><channel/></rss>", "its channel has no title"), ("<a>" * 100_000, "cannot be read"),
])
def test_a_feed_that_no_reader_takes_is_told(published, verify, text, message):
    path = sorted((published / "feeds").rglob("*.xml"))[0]
    path.write_text(text, encoding="utf-8")
    code, out, err = verify(published)
    assert code == 1 and f"{path.relative_to(published)}: " in out and message in out and not err


@pytest.mark.parametrize("day, message", [
    ("2026-11-20T00:00:00Z", "expired on 20 November 2026"), ("soon", "cannot be read by programs"),
])
def test_a_contact_for_security_that_has_expired_is_told(published, verify, day, message):
    (published / ".well-known").mkdir(exist_ok=True)
    (published / ".well-known/security.txt").write_text(f"Contact: mailto:a@b.example\nExpires: {day}\n",
                                                        encoding="utf-8")
    built = published.parent / "built"
    shutil.copytree(published, built)
    code, out, _ = verify(published, "--built", str(built))
    assert code == 1 and f".well-known/security.txt: {message}" in out
    for folder in (published, built):
        (folder / ".well-known/security.txt").write_text("Contact: mailto:a@b.example\n", encoding="utf-8")
    assert "must say once when it expires" in verify(published, "--built", str(built))[1]


@pytest.mark.parametrize("today, code, message", [
    ("2026-11-24", 0, ""), ("2026-11-26", 0, ""),
    ("2026-11-27", 1, "The site was last built for 24 November 2026, 3 days ago."),
    ("2026-11-23", 1, "built for 24 November 2026, which is in the future"),
])
def test_a_site_that_nobody_has_built_for_more_than_two_days_is_told(published, verify, today, code, message):
    assert verify(published, today=today)[0] == code
    assert message in verify(published, today=today)[1]


@pytest.mark.parametrize("told", ["soon", None, 7, "0001-01-01", "9999-12-31"])
def test_a_day_that_makes_no_sense_is_told_and_nothing_is_built_for_it(published, capsys, told):
    index = published / "api/v1/index.json"
    index.write_text(json.dumps({"as_of": told}), encoding="utf-8")
    code = main(["verify", str(published), "--area", str(SMALL), "--today", "2026-11-24"])
    printed = capsys.readouterr()
    assert (code, printed.err) == (1, "") and printed.out
    for text in ("", "[", "[]", "[" * 100_000):
        index.write_text(text, encoding="utf-8")
        assert main(["verify", str(published), "--area", str(SMALL)]) == 1
        assert "does not say which day" in capsys.readouterr().out


def test_a_certificate_is_told_two_weeks_before_it_ends(encrypted, verify):
    server, end = encrypted
    near = verify(server.address, today=(end - timedelta(days=13)).date().isoformat())
    far = verify(server.address, today=(end - timedelta(days=14)).date().isoformat())
    assert near[0] == 1 and f"The certificate expires on {end.day} {end:%B} {end.year}" in near[1]
    assert "certificate" not in far[1]


def test_a_certificate_that_browsers_do_not_trust_is_told(encrypted, verify, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    code, out, err = verify(encrypted[0].address)
    assert (code, err) == (1, "") and "browsers warn readers" in out


def test_a_site_that_does_not_answer_is_told_in_one_line(server, verify):
    address = server.address
    server.shutdown()
    server.server_close()
    code, out, err = verify(address)
    assert (code, out, err) == (1, f"{address}: api/v1/index.json cannot be loaded: the site does not answer.\n", "")


def test_a_site_that_stops_answering_is_left_alone(server, verify):
    server.hang_up_after = 1
    code, out, _ = verify(server.address)
    assert code == 1 and "The site has stopped answering, so" in out
    assert len(set(server.asked)) == 4, "the index, and three files in vain"


@pytest.fixture
def hurried(server, monkeypatch) -> list[float]:
    """While the site sends the file without end, time is up at once, and not before. Returns how long waits may be."""
    waits: list[float] = []

    class Hurried(SimpleQueue):
        def get(self, block: bool = True, timeout: float | None = None) -> object:
            waits.append(timeout)
            while True:
                try:
                    return super().get(timeout=0.01)
                except Empty:
                    if server.is_in_endless_file.is_set():
                        raise

    monkeypatch.setattr(time_limit, "SimpleQueue", Hurried)
    return waits


@pytest.mark.parametrize("part", ["headers", "body"])
@pytest.mark.parametrize("path", ["/about/", "/api/v1/index.json"])
def test_a_site_that_never_ends_a_file_is_not_waited_for(server, verify, path, part, hurried):
    server.endless = {path: part}
    code, out, _ = verify(server.address, "--limit", "30")
    assert code == 1 and "took too long: all files together may take 30 seconds" in out
    assert server.asked[-1] == path and hurried and all(0 <= seconds <= 30 for seconds in hurried)
    assert "files could not be verified" in out or path == "/api/v1/index.json"


def test_a_page_that_is_refused_gone_or_leads_elsewhere_is_told(server, verify):
    server.refused = {"/timeline/": 403, "/glossary/": 404}
    server.redirects = {"/about/": "http://localhost:1/about/", "/briefing/": "/briefing/",
                        "/feedback/": "/elsewhere/"}
    _, out, _ = verify(server.address)
    for line in ("timeline/index.html: is refused by the site (403)", "glossary/index.html: is not on the site (404)",
                 "briefing/index.html: redirects without end", "feedback/index.html: is not on the site (404)"):
        assert line in out, out
    assert "about/index.html: " in out


def test_more_than_a_file_can_be_is_not_read(server, published, verify):
    (published / "timeline/index.html").write_bytes(b"x" * 5_000_000)
    code, out, _ = verify(server.address)
    assert code == 1 and "timeline/index.html: differs from what this commit builds" in out


def test_a_built_site_of_another_day_is_wrong_usage(published, verify, small_site, tmp_path):
    swap(published, "api/v1/index.json", "2026-11-24", "2026-11-23")
    code, out, err = verify(small_site, "--built", str(published))
    assert (code, out) == (2, "") and "Build it with --today 2026-11-24" in err
    (tmp_path / "empty").mkdir()
    code, _, err = verify(small_site, "--built", str(tmp_path / "empty"))
    assert code == 2 and "is not a built site" in err


def test_outside_an_area_there_is_nothing_to_compare_with(published, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["verify", str(published)]) == 2
    assert "name it with --area" in capsys.readouterr().err
    assert main(["verify"]) == 2


@pytest.mark.parametrize("place", ["https://", "http://[x", "https:///a"])
def test_what_is_no_address_is_wrong_usage(place, verify):
    code, out, err = verify(place)
    assert (code, out) == (2, "") and "is not the address of a site" in err


def test_records_that_do_not_build_are_told_and_nothing_is_said_of_the_site(published, tmp_path, capsys):
    area = Path(shutil.copytree(SMALL, tmp_path / "area"))
    (area / "data/area.yml").write_text("", encoding="utf-8")
    code = main(["verify", str(published), "--area", str(area), "--today", "2026-11-24"])
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "") and "do not build" in printed.err
    assert main(["verify", "--area", str(area)]) == 2
    assert "data/area.yml:1:" in capsys.readouterr().err
