"""What a search in plain text yields: the kind, where it stands there, and the value in one form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

ADDRESS = re.compile(r"(?:https?://|www\.|doi:)[^\s<>\"]+|\b10\.[0-9]{4,9}/[^\s<>\"]+", re.I)


MAY_HOLD_ADDRESS = re.compile(r"://|www\.|doi:|\b10\.")


class Found(NamedTuple):
    """One thing found in a plain text, from `start` to before `end`."""

    kind: str
    start: int
    end: int
    value: str


def web_addresses(text: str) -> list[tuple[int, int]]:
    """Return where web addresses and digital object identifiers stand: a long number in one is most often an id."""
    return [match.span() for match in ADDRESS.finditer(text)] if MAY_HOLD_ADDRESS.search(text) else []


def is_inside(place: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a place lies wholly in one of the spans."""
    return any(first <= place[0] and place[1] <= end for first, end in spans)


def is_beside(pattern: re.Pattern[str], text: str, start: int, end: int, before: int = 60, after: int = 0) -> bool:
    """Tell whether a pattern stands in the characters before or after a place."""
    return bool(pattern.search(text, max(0, start - before), start)
                or (after and pattern.search(text, end, end + after)))


def letters_and_digits(parts: Iterable[str]) -> str:
    """Return only the letters and digits of some texts, in capitals: the one form of a number."""
    return "".join(sign for part in parts for sign in part if sign.isalnum()).upper()
