"""An HTTP client that checks politely whether pages exist: one request at a time, with a pause for each host.

A link is dead only if its page is certainly gone. "Not now" and "not you" are no proof: such a link is reported as
asked in vain.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

MAX_ATTEMPTS = 3
MAX_REDIRECTS = 6
MAX_WAIT_SECONDS = 120.0
"""A site that asks to wait longer than this is not asked again in this run."""

UNKNOWN_HOST = "there is no site of that name any more"
NOT_LOOKED_UP = "its name could not be looked up"
GONE = {404: "the page is not there (404)", 410: "the page has been taken away (410)"}
REFUSED = {401: "it asks for a password (401)", 403: "it does not answer programs (403)",
           429: "it was asked too often (429)"}


@dataclass(frozen=True)
class Answer:
    """The result of checking an address, with the reason in plain words.

    `is_final` means that another attempt would change nothing; `wait` is the time in seconds that the site asks for.
    """

    state: Literal["there", "dead", "in vain"]
    why: str = ""
    is_final: bool = True
    wait: float = 0.0


@dataclass
class LinkChecker:
    """Checks addresses, with `agent` as its User-Agent.

    `pause` is the minimum time between two requests to a host; the wait between attempts grows from it. `clock` and
    `sleep` count in seconds, and are replaced in tests.
    """

    agent: str
    timeout: float = 20.0
    pause: float = 2.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    session: requests.Session = field(default_factory=requests.Session)
    last_request: dict[str, float] = field(default_factory=dict)

    def check(self, address: str) -> Answer:
        """Check an address, again if the error may be temporary. Raises nothing."""
        answer = Answer("in vain")
        for attempt in range(MAX_ATTEMPTS):
            answer = self._follow(address)
            wait = max(answer.wait, self.pause * 2 ** (attempt + 1))
            if answer.is_final or attempt == MAX_ATTEMPTS - 1 or wait > MAX_WAIT_SECONDS:
                break
            self.sleep(wait)
        return answer

    def _follow(self, address: str) -> Answer:
        for _ in range(MAX_REDIRECTS):
            try:
                response = self._request("HEAD", address)
                if response.status_code in (400, 403, 404, 405, 410, 501):
                    # Some sites answer only GET correctly: an error in reply to HEAD proves nothing.
                    response = self._request("GET", address)
            except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
                return _failed(error)
            if not response.is_redirect:
                return _answered(response)
            address = urljoin(address, response.headers["location"])
        return Answer("in vain", "it redirects without end")

    def _request(self, method: str, address: str) -> requests.Response:
        host = urlsplit(address).netloc
        if host in self.last_request:
            self.sleep(max(0.0, self.last_request[host] + self.pause - self.clock()))
        try:
            # Streamed and closed at once, so that no body is downloaded.
            with self.session.request(method, address, timeout=self.timeout, stream=True, allow_redirects=False,
                                      headers={"User-Agent": self.agent, "Accept": "*/*"}) as response:
                return response
        finally:
            self.last_request[host] = self.clock()


def round_robin(addresses: Iterable[str]) -> Iterator[str]:
    """Yield addresses so that hosts take turns, and the pause of one host is used for the others."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    for turn in zip_longest(*hosts.values()):
        yield from filter(None, turn)


def _answered(response: requests.Response) -> Answer:
    status = response.status_code
    if status < 400:
        return Answer("there")
    if status in GONE:
        return Answer("dead", GONE[status])
    why = REFUSED.get(status, f"the site has an error of its own ({status})" if status >= 500 else
                      f"it did not understand the request ({status})")
    return Answer("in vain", why, status < 500 and status != 429, _wait(response.headers.get("retry-after")))


def _wait(retry_after: str | None) -> float:
    """Return how many seconds a site asks to wait. Source: RFC 9110, section 10.2.3."""
    try:
        return max(0.0, urllib3.Retry().parse_retry_after(retry_after)) if retry_after else 0.0
    except urllib3.exceptions.InvalidHeader:
        return 0.0


def _failed(error: Exception) -> Answer:
    causes = list(_causes(error))
    lookup = next((cause for cause in causes if isinstance(cause, socket.gaierror)), None)
    if lookup:
        # A temporary failure of DNS is about this machine's connection, not about the site.
        if lookup.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            return Answer("dead", UNKNOWN_HOST, is_final=False)
        return Answer("in vain", NOT_LOOKED_UP, is_final=False)
    if isinstance(error, requests.exceptions.SSLError):
        return Answer("dead", "its certificate or its encryption is not valid, so browsers warn of it", is_final=False)
    if isinstance(error, requests.Timeout):
        return Answer("in vain", "it did not answer in time", is_final=False)
    if isinstance(error, (ValueError, urllib3.exceptions.LocationValueError)):
        return Answer("dead", "it is not a valid address")
    return Answer("in vain", "the connection failed", is_final=False)


def _causes(error: object) -> Iterator[object]:
    """Yield an error and its causes, which requests and urllib3 wrap in different ways."""
    seen: list[object] = []
    ahead = [error]
    while ahead:
        cause = ahead.pop()
        if isinstance(cause, BaseException) and cause not in seen:
            seen.append(cause)
            yield cause
            ahead += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
