"""Asking other sites, politely, whether a page is there: one at a time for each host, with a pause, and little at once.

Only what certainly is gone is called dead. A site that answers "not now" or "not you" has been asked in vain.
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

TRIES = 3
MOST_HOPS = 6
LONGEST_WAIT = 120.0
"""A site that asks to be left alone for longer, in seconds, is left alone until the next time."""

UNKNOWN = "there is no site of that name any more"
NOT_LOOKED_UP = "its name could not be looked up"
GONE = {404: "the page is not there (404)", 410: "the page has been taken away (410)"}
REFUSED = {401: "it asks for a password (401)", 403: "it does not answer programs (403)",
           429: "it was asked too often (429)"}


@dataclass(frozen=True)
class Answer:
    """What became of asking for an address: it is `there`, `dead`, or was asked in vain; and why, in plain words.

    `is_final` tells that asking again would change nothing; `wait` is how long the site asks to be left alone.
    """

    state: Literal["there", "dead", "in vain"]
    why: str = ""
    is_final: bool = True
    wait: float = 0.0


@dataclass
class Asker:
    """Asks for addresses under the name `agent`. `clock` and `sleep` count in seconds; `pause` is what a host is given
    between two questions, and what grows between two tries."""

    agent: str
    timeout: float = 20.0
    pause: float = 2.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    session: requests.Session = field(default_factory=requests.Session)
    asked: dict[str, float] = field(default_factory=dict)

    def ask(self, address: str) -> Answer:
        """Ask for an address, more than once where the site has a difficulty that may pass. Raises nothing."""
        answer = Answer("in vain")
        for attempt in range(TRIES):
            answer = self._follow(address)
            wait = max(answer.wait, self.pause * 2 ** (attempt + 1))
            if answer.is_final or attempt == TRIES - 1 or wait > LONGEST_WAIT:
                break
            self.sleep(wait)
        return answer

    def _follow(self, address: str) -> Answer:
        for _ in range(MOST_HOPS):
            try:
                response = self._request("HEAD", address)
                if response.status_code in (400, 403, 404, 405, 410, 501):
                    # Some sites answer only to GET: what HEAD finds missing is asked for again.
                    response = self._request("GET", address)
            except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
                return _failed(error)
            if not response.is_redirect:
                return _answered(response)
            address = urljoin(address, response.headers["location"])
        return Answer("in vain", "it leads from page to page without an end")

    def _request(self, method: str, address: str) -> requests.Response:
        host = urlsplit(address).netloc
        if host in self.asked:
            self.sleep(max(0.0, self.asked[host] + self.pause - self.clock()))
        try:
            # Streamed and closed at once: of a page's body nothing is read.
            with self.session.request(method, address, timeout=self.timeout, stream=True, allow_redirects=False,
                                      headers={"User-Agent": self.agent, "Accept": "*/*"}) as response:
                return response
        finally:
            self.asked[host] = self.clock()


def in_turn(addresses: Iterable[str]) -> Iterator[str]:
    """Yield addresses so that hosts take turns, and each is left alone while others are asked."""
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
    why = REFUSED.get(status, f"it has a difficulty of its own ({status})" if status >= 500 else
                      f"it did not understand the question ({status})")
    return Answer("in vain", why, status < 500 and status != 429, _wait(response.headers.get("retry-after")))


def _wait(retry_after: str | None) -> float:
    """Return how long a site asks to be left alone. Source: RFC 9110, section 10.2.3."""
    try:
        return max(0.0, urllib3.Retry().parse_retry_after(retry_after)) if retry_after else 0.0
    except urllib3.exceptions.InvalidHeader:
        return 0.0


def _failed(error: Exception) -> Answer:
    causes = list(_causes(error))
    lookup = next((cause for cause in causes if isinstance(cause, socket.gaierror)), None)
    if lookup:
        # A name that cannot be looked up now says something of our own line, and nothing of the site.
        if lookup.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            return Answer("dead", UNKNOWN, is_final=False)
        return Answer("in vain", NOT_LOOKED_UP, is_final=False)
    if isinstance(error, requests.exceptions.SSLError):
        return Answer("dead", "its certificate or its encryption is not right, so browsers warn of it", is_final=False)
    if isinstance(error, requests.Timeout):
        return Answer("in vain", "it did not answer in time", is_final=False)
    if isinstance(error, (ValueError, urllib3.exceptions.LocationValueError)):
        return Answer("dead", "it is no address that can be opened")
    return Answer("in vain", "the connection failed", is_final=False)


def _causes(error: object) -> Iterator[object]:
    """Yield an error and what it wraps: requests and urllib3 each wrap in their own way."""
    seen: list[object] = []
    ahead = [error]
    while ahead:
        cause = ahead.pop()
        if isinstance(cause, BaseException) and cause not in seen:
            seen.append(cause)
            yield cause
            ahead += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
