"""The areas of England that official statistics name: councils that run education, regions, and England itself.

Source: the places in the Department for Education's releases on education, health and care plans of 2022 and 2025.
Councils that have since been replaced are among them, since their figures are.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .slices import Level, parse_row

FILE = Path(__file__).parent / "areas.csv"


@dataclass(frozen=True)
class Place:
    """An area, a region or England: its national code, the department's code (areas alone), name, and region's code."""

    code: str
    dfe: str
    name: str
    region: str

    @property
    def level(self) -> Level:
        """What kind of place it is."""
        return "area" if self.dfe else "region" if self.code.startswith("E12") else "country"


@lru_cache
def places() -> tuple[Place, ...]:
    """Return every place that official statistics name."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Place(**row) for row in csv.DictReader(file))


@lru_cache
def by_code() -> dict[str, Place]:
    """Return the places by their national code, and areas also by the department's code."""
    return {place.code: place for place in places()} | {place.dfe: place for place in places() if place.dfe}


@lru_cache
def _by_name() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for place in places():
        # A unitary council that has the name of the county council before it comes first by its code.
        found.setdefault(folded(place.name), place)
    return found


def place_named(name: str) -> Place | None:
    """Return the place with a name, whatever its capitals, hyphens and word order ("Bristol" is "Bristol, City of")."""
    return _by_name().get(folded(name))


def find_area(name: str) -> Place | None:
    """Return the area with a name, or None. A region with the name is no area."""
    place = place_named(name)
    return place if place and place.level == "area" else None


def folded(name: str) -> str:
    """Return a name as it is compared: without what lists of areas write in different ways."""
    words = name.casefold().replace("&", "and").replace("-", " ").replace(".", "").replace("’", "'")
    for ending in (", city of", ", county of"):
        words = words.removesuffix(ending)
    return " ".join(words.removeprefix("county ").split())


def without_places(text: str) -> str:
    """Return the text of an indicator's file with an empty line for each figure of a place that we know.

    What is left was typed by somebody, and is looked at for personal data like any other text.
    """
    return "\n".join("" if _is_of_known_place(line) else line for line in text.split("\n"))


def _is_of_known_place(line: str) -> bool:
    row = parse_row(line)
    place = by_code().get(row.code) if row else None
    return bool(row and place and place.name == row.name)
