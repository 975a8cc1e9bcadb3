"""Downloads from one site, with limits on time and size, and only as a whole: a file that was cut off is refused."""

from __future__ import annotations

import gzip
import io
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from ..time_limit import TimeLimitError, within
from .release import MAX_BYTES, MAX_TOTAL, FiguresError

MAX_ATTEMPTS = 3
MAX_REDIRECTS = 3
BACKOFF = 2.0
"""Seconds before a busy site is asked again, if it names no time. They double each time."""

BUSY = (429, 502, 503, 504)
"""Answers that say "not now"."""

THIS_MACHINE = ("127.0.0.1", "::1", "localhost")

LATER = "try again later"


@dataclass(frozen=True)
class Limits:
    """What one run may take.

    `silence` is how long the site may send nothing, `wait` the longest wait that it may ask for. `file_bytes` counts a
    file as it is without compression.
    """

    connect: float = 10
    silence: float = 60
    total: float = 900
    wait: float = 120
    file_bytes: int = MAX_BYTES
    total_bytes: int = MAX_TOTAL


def is_allowed(address: str) -> bool:
    """Return whether an address may be asked: by HTTPS, or on this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in THIS_MACHINE))


@dataclass
class Downloader:
    """Downloads from the site of `base`, one request at a time, with `agent` as its User-Agent.

    `clock` and `sleep` count in seconds, and are replaced in tests.
    """

    base: str
    agent: str
    limits: Limits = Limits()
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/")
        if not is_allowed(self.base):
            raise FiguresError(f'"{self.base}" is not an address that can be asked; begin it with https://')
        self.site = urlsplit(self.base).netloc
        self.session.headers.update({"User-Agent": self.agent, "Accept-Encoding": "gzip"})
        self.deadline = self.clock() + self.limits.total
        self.bytes_left = self.limits.total_bytes

    def get(self, path: str, media_type: str) -> bytes:
        """Return the content at a path below the base. Raises FiguresError if it is not there, or not whole."""
        for attempt in range(MAX_ATTEMPTS):
            try:
                with self._follow(f"{self.base}/{path}", media_type) as response:
                    if response.status_code not in BUSY:
                        return self._content(response, media_type)
                    wait = max(_retry_after(response), BACKOFF * 2 ** attempt)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                raise self._failed(error) from None
            if wait > self.limits.wait or self.clock() + wait > self.deadline:
                raise FiguresError(f"{self.site} is busy and asks to wait {wait:.0f} seconds; {LATER}")
            if attempt + 1 < MAX_ATTEMPTS:
                self.sleep(wait)
        raise FiguresError(f"{self.site} is busy ({response.status_code}) and was asked {MAX_ATTEMPTS} times; {LATER}")

    def _follow(self, address: str, media_type: str) -> requests.Response:
        for _ in range(MAX_REDIRECTS + 1):
            left = self.deadline - self.clock()
            if left <= 0:
                raise FiguresError(self._slow())
            timeout = min(self.limits.connect, left), min(self.limits.silence, left)
            try:
                response = within(left, partial(
                    self.session.get, address, headers={"Accept": media_type}, stream=True, allow_redirects=False,
                    timeout=timeout))
            except TimeLimitError:
                raise FiguresError(self._slow()) from None
            if not response.is_redirect:
                return response
            response.close()
            address = urljoin(address, response.headers["location"])
            if urlsplit(address).netloc != self.site or not is_allowed(address):
                raise FiguresError(f"{self.site} redirects to another site, {urlsplit(address).netloc}, which was not "
                                    "asked; report this to those who maintain the software")
        raise FiguresError(f"{self.site} redirects without end; {LATER}")

    def _content(self, response: requests.Response, media_type: str) -> bytes:
        status, found = response.status_code, response.headers.get("content-type", "").split(";")[0].strip().lower()
        where = urlsplit(response.url).path
        if status >= 400:
            raise FiguresError(f"{self.site} has no {where} ({status}); report this to those who maintain the software"
                                if status in (404, 410) else f"{self.site} refuses {where} ({status}); {LATER}")
        if found != media_type:
            raise FiguresError(f"{self.site} answers {where} with {found or 'no media type'} instead of {media_type}; "
                                f"{LATER}")
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding != "gzip" and not response.raw.chunked and "content-length" not in response.headers:
            raise FiguresError(f"{self.site} does not say how long {where} is, so a part could be missing; {LATER}")
        limit = min(self.limits.file_bytes, self.bytes_left)
        body = io.BufferedReader(_Body(response.raw, self))
        try:
            # The gzip module, unlike urllib3, notices that a file ends too early or was changed on its way.
            content = (gzip.GzipFile(fileobj=body) if encoding == "gzip" else body).read(limit + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile, urllib3.exceptions.ProtocolError):
            raise FiguresError(f"{self.site} sent only a part of {where}; {LATER}") from None
        if len(content) > limit:
            raise FiguresError(f"{where} of {self.site} is larger than {limit:,} bytes, which no file of figures is; "
                                "report this to those who maintain the software")
        self.bytes_left -= len(content)
        return content

    def check_time(self) -> None:
        """Raise FiguresError if the whole takes too long."""
        if self.clock() > self.deadline:
            raise FiguresError(self._slow())

    def _slow(self) -> str:
        return f"{self.site} took longer than {self.limits.total:.0f} seconds; {LATER}"

    def _failed(self, error: Exception) -> FiguresError:
        if isinstance(error, requests.exceptions.SSLError):
            return FiguresError(f"the certificate of {self.site} is not valid; {LATER}")
        if isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError)):
            return FiguresError(f"{self.site} did not answer in time; {LATER}")
        return FiguresError(f"{self.site} does not answer; check that this machine is connected")


class _Body(io.RawIOBase):
    """The body of a response as it comes over the wire. Reads what is there, so that the time can be checked."""

    def __init__(self, raw: urllib3.BaseHTTPResponse, downloader: Downloader) -> None:
        self.raw, self.downloader = raw, downloader

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.downloader.check_time()
        part = self.raw.read1(len(buffer), decode_content=False)
        buffer[:len(part)] = part
        return len(part)


def _retry_after(response: requests.Response) -> float:
    """Return how many seconds a site asks to wait. Source: RFC 9110, section 10.2.3."""
    try:
        return max(0.0, urllib3.Retry().parse_retry_after(response.headers.get("retry-after", "0")))
    except urllib3.exceptions.InvalidHeader:
        return 0.0
