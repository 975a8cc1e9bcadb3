"""A server on this machine that answers as the Department for Education's interface to its statistics does.

Source: https://api.education.gov.uk/statistics/docs/, version 1 of the interface.
"""

from __future__ import annotations

import gzip
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5

SLUG = "education-health-and-care-plans"
PUBLICATION = str(uuid5(NAMESPACE_URL, "publication"))

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        api, path = self.server, urlsplit(self.path).path
        api.asked.append(self.path)
        answers = api.instead.get(path, [])
        if answers:
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)
        elif path == "/v1/publications":
            self.page([{"id": PUBLICATION, "slug": SLUG, "title": "Plans", "summary": "", "lastPublished": "2026"}])
        elif path == f"/v1/publications/{PUBLICATION}/data-sets":
            self.page([{"id": id, "title": title, "summary": "", "status": "Published"} | more
                       for id, (title, more, _) in api.data_sets.items()])
        elif (parts := path.split("/"))[2] == "data-sets" and parts[3] in api.data_sets:
            versions = api.data_sets[parts[3]][2]
            if parts[4] == "versions":
                self.page([{key: value for key, value in version.items() if key != "csv"} for version in versions])
            else:
                number, = parse_qs(urlsplit(self.path).query)["dataSetVersion"]
                self.csv(next(version["csv"] for version in versions if version["version"] == number))
        else:
            self.answer(404, b'{"title": "Not Found"}', "application/problem+json")

    def page(self, items: list[dict[str, Any]]) -> None:
        """Answer with a page of a list, as small as asked for."""
        query = parse_qs(urlsplit(self.path).query)
        number, size = int(query["page"][0]), min(int(query["pageSize"][0]), self.server.page_size)
        body = {"paging": {"page": number, "pageSize": size, "totalResults": len(items),
                           "totalPages": max(1, -(-len(items) // size))},
                "results": items[size * (number - 1):size * number]}
        self.answer(200, json.dumps(body).encode(), "application/json; charset=utf-8")

    def csv(self, text: str) -> None:
        """Answer with a table, compressed like the department's."""
        self.answer(200, gzip.compress(text.encode(), 1), "text/csv", {"Content-Encoding": "gzip"})

    def answer(self, status: int, body: bytes, media_type: str, headers: dict[str, str] | None = None,
               length: int | None = None) -> None:
        """Send an answer. A `length` other than the body's makes it one that was cut off."""
        self.send_response(status)
        for name, value in {"Content-Type": media_type, "Content-Length": str(len(body) if length is None else length),
                            **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


class StatisticsApi(http.server.ThreadingHTTPServer):
    """The server. `instead` holds other answers for a path, of which the last is repeated; `asked` what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.data_sets: dict[str, tuple[str, dict[str, Any], list[dict[str, Any]]]] = {}
        self.instead: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.page_size = 20
        self.released = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def publish(self, title: str, file: str, csv: str, release: str = "2026", **more: Any) -> str:
        """Add a version to the data set with a title, which is new if there is none. Returns its id."""
        id = str(uuid5(NAMESPACE_URL, title))
        _, _, versions = self.data_sets.setdefault(id, (title, more, []))
        versions.insert(0, {
            "version": f"{len(versions) + 1}.0", "type": "Major", "status": "Published", "notes": "", "csv": csv,
            "published": f"{release[:4]}-{5 + len(versions):02}-25T08:30:00+00:00", "totalResults": csv.count("\n") - 1,
            "file": {"id": file}, "release": {"title": f"Reporting year {release}", "slug": release},
            "timePeriods": {"start": "2019", "end": str(int(release[:4]) - 1)},
            "geographicLevels": ["Local authority", "National", "Regional"], "filters": [], "indicators": []})
        return id


@contextmanager
def serve() -> Iterator[StatisticsApi]:
    """Run a server while the block runs."""
    api = StatisticsApi()
    threading.Thread(target=api.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield api
    finally:
        api.released.set()
        api.shutdown()
        api.server_close()
