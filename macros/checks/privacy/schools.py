"""The names of schools as people say them, without "School" or "Academy" at their end, by postcode area.

schools.txt is made from a list of all schools:

    python -m macros.checks.privacy.schools FILE.csv

FILE is an extract of Get Information About Schools (Department for Education, Open Government Licence v3.0), with the
columns EstablishmentName, Postcode and EstablishmentStatus (name), or with name and postcode. The newest is at
https://get-information-schools.service.gov.uk/Downloads under "All establishment data".
"""

from __future__ import annotations

import csv
import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from .known_words import as_phrase, is_first_name, is_unknown

FILE = Path(__file__).with_name("schools.txt")
WIDTH = 118

GENERIC_WORDS = r"""
School | Academy | Academies | College | Nursery | Primary | Secondary | Infants?'? | Juniors?'? | First |
Middle | High | Upper | Lower | Grammar | Special | Preparatory | Prep | Preschool | Pre-Preparatory | Sixth |
Community | Foundation | Church of | C ?of ?E | CE | C\.E\. | C of | Church School | Catholic | Roman | RC |
R\.C\. | Methodist | Anglican | Voluntary | VA | VC | Aided | Controlled | Endowed | Parochial | Federation |
Pupil Referral | PRU | Free | Studio | UTC | Children's | Centre | Trust | Learning | Education | Alternative
| Comprehensive | Technology | Boys | Girls | for Girls | for Boys | All Through | All-Through | International
| Independent | Day | Hospital | Montessori | Jewish | Islamic | Muslim
"""
GENERIC = re.compile(
    rf"^The |,.*| ?\(.*| - .*| (?:{'|'.join(word.strip() for word in GENERIC_WORDS.split('|'))})\b.*", re.I)
"""What is left out of a school's official name: from the first such word on."""

HEAD = """\
# Names of schools without "School", "Academy" and the like, in lower case, by postcode area: those with a word that is
# in no other list here, or that is a first name. They are not asked about alone ("places at Larkmead and Fitzharrys"),
# but where the wording asks for a person ("Larkmead's mother").
#
# Source: Get Information About Schools, Department for Education (Open Government Licence v3.0), schools open in July
# 2025. Made by python -m macros.checks.privacy.schools.
"""


def short_name(name: str) -> str:
    """Return a school's name as people say it: "Rush Common" of "Rush Common Primary School"."""
    return " ".join(re.sub(r"\s+", " ", GENERIC.sub("", name.replace("’", "'"))).strip(" .'&-").split())


def is_asked_about(name: str) -> bool:
    """Return whether the check would ask about a school's short name. A first name alone is left to it."""
    words = name.split()
    if len(words) == 1:
        return is_unknown(name, frozenset()) and not is_first_name(name)
    return any(is_unknown(word, frozenset()) or is_first_name(word) for word in words)


def names_by_area(rows: Iterable[Mapping[str, str]]) -> dict[str, set[str]]:
    """Return the short names of the open schools in some rows of an extract, by the letters of their postcodes."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        name, postcode = (row.get(key) or row.get(other) or "" for key, other in (
            ("EstablishmentName", "name"), ("Postcode", "postcode")))
        area = re.match(r"[A-Za-z]{1,2}(?=[0-9])", postcode)
        short = short_name(name)
        if area and row.get("EstablishmentStatus (name)", "Open").startswith("Open") and is_asked_about(short):
            found[area[0].upper()].add(as_phrase(short))
    return found


def main(arguments: list[str]) -> int:
    """Write schools.txt from an extract."""
    with Path(arguments[0]).open(encoding="utf-8-sig", errors="replace", newline="") as file:
        found = names_by_area(csv.DictReader(file))
    lines = [textwrap.fill(f"{area}: {', '.join(sorted(names))}", WIDTH, break_long_words=False, break_on_hyphens=False)
             for area, names in sorted(found.items())]
    FILE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _areas() -> Iterator[tuple[str, str]]:
    text = "\n".join(line for line in FILE.read_text(encoding="utf-8").split("\n") if not line.startswith("#"))
    for part in re.split(r"^(?=[A-Z]{1,2}: )", text, flags=re.M)[1:]:
        area, _, names = part.partition(": ")
        yield area, names


@lru_cache(maxsize=8)
def schools_in(areas: frozenset[str]) -> frozenset[str]:
    """Return the short names of the schools in some postcode areas."""
    return frozenset(" ".join(name.split()) for area, names in _areas() if area in areas for name in names.split(","))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
