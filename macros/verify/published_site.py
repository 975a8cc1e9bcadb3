"""Reads the files of a published site, from a folder or from the web."""

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

from ..time_limit import Result, TimeLimitError, within

TIMEOUT_SECONDS = 30
MAX_FILE_SECONDS = 120
"""How long the site may take for one file."""

MAX_RETRIES = 2
"""How often a request is repeated after an error that may be temporary."""

USER_AGENT = "board verify"
BAD_CERTIFICATE = "the certificate is not valid, so browsers warn readers"


class SiteError(Exception):
    """A file of the site cannot be read; the message says why. `is_unreachable` if the site itself did not respond."""

    def __init__(self, why: str, *, is_unreachable: bool = False) -> None:
        super().__init__(why)
        self.is_unreachable = is_unreachable


class SiteTooSlowError(SiteError):
    """The site has taken longer than all its files may take together."""


class PublishedSite(Protocol):
    """A published site."""

    def read(self, path: str, max_bytes: int) -> bytes:
        """Return the content of a file, cut one byte after `max_bytes`. Raises SiteError."""

    def unexpected_files(self, known: Set[str]) -> list[str]:
        """Return the files that are not among `known`, as far as the site can list its files."""

    def certificate_end(self) -> date | None:
        """Return the last day of the certificate; None if the site has none. Raises SiteError."""


@dataclass(frozen=True)
class SiteFolder:
    """A site in a folder, such as a downloaded one."""

    root: Path

    def read(self, path: str, max_bytes: int) -> bytes:
        """Return the content of a file."""
        try:
            with (self.root / path).open("rb") as file:
                return file.read(max_bytes + 1)
        except OSError as error:
            raise SiteError("is not on the site" if isinstance(error, (FileNotFoundError, NotADirectoryError)) else
                             f"cannot be read: {error.strerror}") from None

    def unexpected_files(self, known: Set[str]) -> list[str]:
        """Return the files of the folder that are not among `known`."""
        return sorted({file.relative_to(self.root).as_posix() for file in self.root.rglob("*") if file.is_file()}
                      - known)

    def certificate_end(self) -> None:
        """A folder has no certificate."""


@dataclass
class WebSite:
    """A site on the web, read politely: over one connection, with a `pause` in seconds before each request."""

    base: str
    pause: float = 0.1
    sleep: Callable[[float], object] = time.sleep
    session: requests.Session = field(default_factory=requests.Session)
    file_seconds: float = MAX_FILE_SECONDS
    total_seconds: float = 1200

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/") + "/"
        self.ends = time.monotonic() + self.total_seconds
        self._set_up()

    def _set_up(self) -> None:
        self.session.max_redirects = 3
        self.session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
        again = urllib3.Retry(MAX_RETRIES, backoff_factor=self.pause, status_forcelist=(429, 500, 502, 503, 504),
                              respect_retry_after_header=False, raise_on_status=False)
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, HTTPAdapter(pool_maxsize=1, max_retries=again))

    def read(self, path: str, max_bytes: int) -> bytes:
        """Return the content of a file as readers get it: a page is requested at the address of its folder."""
        self.sleep(self.pause)
        return self._in_time(lambda: self._read(path, max_bytes))

    def _in_time(self, call: Callable[[], Result]) -> Result:
        """Return the result of a call that asks the site. Raises SiteError if it takes too long."""
        left = self.ends - time.monotonic()
        try:
            return within(min(self.file_seconds, left), call)
        except TimeLimitError:
            # The call still waits with the old connection.
            self.session = requests.Session()
            self._set_up()
            if left <= self.file_seconds:
                raise SiteTooSlowError(f"took too long: all files together may take "
                                       f"{self.total_seconds:g} seconds", is_unreachable=True) from None
            raise SiteError(f"took longer than {self.file_seconds:g} seconds", is_unreachable=True) from None

    def _read(self, path: str, max_bytes: int) -> bytes:
        address = path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path
        try:
            with self.session.get(self.base + quote(address), timeout=TIMEOUT_SECONDS, stream=True) as response:
                if urlsplit(response.url).hostname != urlsplit(self.base).hostname:
                    raise SiteError("redirects to another site")
                if response.status_code >= 400:
                    raise SiteError("is not on the site (404)" if response.status_code == 404 else
                                     f"is refused by the site ({response.status_code})")
                return _body(response.raw, max_bytes + 1, decoded=not path.endswith(".gz"))
        except requests.exceptions.SSLError:
            raise SiteError(BAD_CERTIFICATE, is_unreachable=True) from None
        except requests.Timeout:
            raise SiteError("timed out", is_unreachable=True) from None
        except requests.TooManyRedirects:
            raise SiteError("redirects without end") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
            raise SiteError("cannot be loaded: the site does not answer", is_unreachable=True) from None

    def unexpected_files(self, known: Set[str]) -> list[str]:
        """Return nothing: a site on the web cannot be listed."""
        return []

    def certificate_end(self) -> date | None:
        """Return the last day of the site's certificate; None if the site does not use HTTPS."""
        return self._in_time(self._certificate_end)

    def _certificate_end(self) -> date | None:
        parts = urlsplit(self.base)
        if parts.scheme != "https" or not parts.hostname:
            return None
        trusted = self.session.merge_environment_settings(self.base, {}, None, None, None)["verify"]
        context = ssl.create_default_context(cafile=trusted if isinstance(trusted, str) else requests.certs.where())
        try:
            with socket.create_connection((parts.hostname, parts.port or 443), TIMEOUT_SECONDS) as connection, \
                    context.wrap_socket(connection, server_hostname=parts.hostname) as secure:
                certificate = secure.getpeercert() or {}
        except ssl.SSLError:
            raise SiteError(BAD_CERTIFICATE, is_unreachable=True) from None
        except OSError:
            raise SiteError("the certificate could not be read", is_unreachable=True) from None
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC).date()


def _body(raw: urllib3.BaseHTTPResponse, max_bytes: int, *, decoded: bool) -> bytes:
    parts, size = [], 0
    while size < max_bytes and (part := raw.read(max_bytes - size, decode_content=decoded)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)
