"""Where a published site is read from: a folder, or an address, asked politely: over one connection, with a pause."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

SECONDS = 30
TRIES = 2
"""How often a file is asked for again where the site has a difficulty that may pass."""

AGENT = "board verify"
BAD_CERTIFICATE = "the certificate is not right, so browsers warn readers"


class PlaceError(Exception):
    """A file of the site that cannot be read; the message says why. `is_away` where the site itself did not answer."""

    def __init__(self, why: str, *, is_away: bool = False) -> None:
        super().__init__(why)
        self.is_away = is_away


class Place(Protocol):
    """A published site."""

    def read(self, path: str, most: int) -> bytes:
        """Return a file of the site, at most one byte more than `most`. Raises PlaceError."""

    def others(self, known: Set[str]) -> list[str]:
        """Return the files that are there besides those known, where the place can tell."""

    def certificate_end(self) -> date | None:
        """Return the last day of the certificate; None where the place has none. Raises PlaceError."""


@dataclass(frozen=True)
class Folder:
    """A site in a folder, such as one that was downloaded."""

    root: Path

    def read(self, path: str, most: int) -> bytes:
        """Return a file of the folder."""
        try:
            with (self.root / path).open("rb") as file:
                return file.read(most + 1)
        except OSError as error:
            raise PlaceError("is not on the site" if isinstance(error, (FileNotFoundError, NotADirectoryError)) else
                             f"cannot be read: {error.strerror}") from None

    def others(self, known: Set[str]) -> list[str]:
        """Return the folder's files besides those known."""
        return sorted({file.relative_to(self.root).as_posix() for file in self.root.rglob("*") if file.is_file()}
                      - known)

    def certificate_end(self) -> None:
        """A folder has no certificate."""


@dataclass
class Address:
    """A site on the web. `pause` is how many seconds the site is left alone between two questions."""

    base: str
    pause: float = 0.1
    sleep: Callable[[float], object] = time.sleep
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/") + "/"
        self.session.max_redirects = 3
        self.session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
        again = urllib3.Retry(TRIES, backoff_factor=self.pause, status_forcelist=(429, 500, 502, 503, 504),
                              respect_retry_after_header=False, raise_on_status=False)
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, HTTPAdapter(pool_maxsize=1, max_retries=again))

    def read(self, path: str, most: int) -> bytes:
        """Return a file as readers get it: a page at its folder's address."""
        self.sleep(self.pause)
        place = path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path
        try:
            with self.session.get(self.base + quote(place), timeout=SECONDS, stream=True) as answer:
                if urlsplit(answer.url).hostname != urlsplit(self.base).hostname:
                    raise PlaceError("leads to another site")
                if answer.status_code >= 400:
                    raise PlaceError("is not on the site (404)" if answer.status_code == 404 else
                                     f"is refused by the site ({answer.status_code})")
                return _body(answer.raw, most + 1, decoded=not path.endswith(".gz"))
        except requests.exceptions.SSLError:
            raise PlaceError(BAD_CERTIFICATE, is_away=True) from None
        except requests.Timeout:
            raise PlaceError("did not come in time", is_away=True) from None
        except requests.TooManyRedirects:
            raise PlaceError("leads from page to page without an end") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
            raise PlaceError("cannot be loaded: the site does not answer", is_away=True) from None

    def others(self, known: Set[str]) -> list[str]:
        """Of a site on the web nobody can tell."""
        return []

    def certificate_end(self) -> date | None:
        """Return the last day of the certificate that the site shows; None where it is not encrypted."""
        parts = urlsplit(self.base)
        if parts.scheme != "https" or not parts.hostname:
            return None
        trusted = self.session.merge_environment_settings(self.base, {}, None, None, None)["verify"]
        context = ssl.create_default_context(cafile=trusted if isinstance(trusted, str) else requests.certs.where())
        try:
            with socket.create_connection((parts.hostname, parts.port or 443), SECONDS) as line, \
                    context.wrap_socket(line, server_hostname=parts.hostname) as secure:
                shown = secure.getpeercert() or {}
        except ssl.SSLError:
            raise PlaceError(BAD_CERTIFICATE, is_away=True) from None
        except OSError:
            raise PlaceError("the certificate could not be looked at", is_away=True) from None
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC).date()


def _body(raw: urllib3.BaseHTTPResponse, most: int, *, decoded: bool) -> bytes:
    parts, size = [], 0
    while size < most and (part := raw.read(most - size, decode_content=decoded)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)
