"""What may be published although it looks personal: an area's own lists, and the exceptions of data/safety.yml."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ...problem import Problem
from ...register import Register


@dataclass(frozen=True)
class Allowlist:
    """What an area's lists allow: values by kind; names of people, names of several words, and words, in lower case and
    without accents. Hyphens in names are spaces. `schools` are allowed only where no wording makes a name a person's.

    It is immutable, so that findings can be cached by text and allowlist.
    """

    values: frozenset[tuple[str, str]] = frozenset()
    people: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()

    @cached_property
    def schools_by_word(self) -> dict[str, list[str]]:
        """The schools by each of their words."""
        found: dict[str, list[str]] = defaultdict(list)
        for school in self.schools:
            for word in school.split():
                found[word.removesuffix("'s")].append(school)
        return found

    def names_with(self, part: str) -> tuple[str, ...]:
        """Return the names of people, and those of several words, that hold a part of a word."""
        if part not in self._names_with:
            self._names_with[part] = tuple(name for name in (*self.people, *self.phrases) if part in name)
        return self._names_with[part]

    @cached_property
    def _names_with(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def last_names(self) -> frozenset[str]:
        """The last names of the people."""
        return frozenset(person.split()[-1] for person in self.people)


@lru_cache(maxsize=512)
def digest(kind: str, value: str) -> str:
    """Return the digest that an exception in data/safety.yml names a value by, as 32 hexadecimal digits.

    It is slow on purpose (scrypt, RFC 7914: about a twentieth of a second and 16 MB a try). There are only ten thousand
    million NHS numbers and two million postcodes, and anyone could try all of them against a plain SHA-256 in a public
    file within a minute. A secret key would need a place to be kept in, which this repository has not. The kind is the
    salt. Even so, a digest stays in the repository's history: no exception is for a real person's number.
    """
    return hashlib.scrypt(value.encode(), salt=f"board safety {kind}".encode(), n=2**14, r=8, p=1, dklen=16).hex()


class Exceptions:
    """The exceptions of an area that are valid on the register's day. Records which of them are used."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.used: set[str] = set()
        self.items = [item for item in register.safety if item.digest]
        self.kind_of = {item.digest: item.kind for item in self.items if item.until.last_day >= register.today}
        self.kinds = frozenset(self.kind_of.values())

    def allow(self, kind: str, value: str) -> bool:
        """Return whether an exception allows a value, in whatever file it is."""
        # Most areas have no exception, or of one kind: then nothing else pays for the slow digest.
        if kind not in self.kinds:
            return False
        found = digest(kind, value)
        if self.kind_of.get(found) != kind:
            return False
        self.used.add(found)
        return True

    def problems(self) -> Iterator[Problem]:
        """Yield exceptions that have expired or are not needed. Call it after all files have been scanned."""
        for item in self.items:
            if item.until.last_day < self.register.today:
                yield Problem(*self.register.location_of("safety", item.digest, "until"), "exception-over",
                              f"this exception was valid until {item.until}",
                              "remove the value and delete the exception, or have it renewed with a later date")
            elif item.digest not in self.used:
                yield Problem(*self.register.location_of("safety", item.digest), "exception-unused",
                              "nothing in the area's files needs this exception",
                              "delete it; if the value changed, run board safety FILE and copy the new digest")
