"""Compares figures: those of the places that a measure is compared with, and the rows of official figures."""

from __future__ import annotations

from collections.abc import Iterator

from ..official import Row, slice_path
from ..problem import Problem
from ..records import Measure
from ..records.measure import Comparator
from ..records.partial_date import PartialDate
from ..register import Register
from .canonical import plain, same
from .history import is_append_only
from .revision import Baseline

HOW_TO_REVISE = 'put it back, and add a further figure for the same period with "revises:"'


def comparators(before: Measure, now: Measure, register: Register) -> Iterator[Problem]:
    """Yield a problem for each comparator that is gone, and for each of its figures that is gone or changed.

    Comparators are matched by name, and each one may gain figures.
    """
    places = {comparator.name: (number, comparator) for number, comparator in enumerate(now.comparators)}
    for was in before.comparators:
        number, is_now = places.get(was.name, (None, None))
        if is_now is None or number is None:
            yield _of(before, register, (), "a place was published, and is gone",
                      "put it back under the same name")
        elif was.code not in (None, is_now.code):
            yield _of(before, register, (number,), f"the code of {was.name} is not as it was "
                      "published", "put it back")
        else:
            yield from _figures(before, was, number, is_now, register)


def _figures(measure: Measure, before: Comparator, number: int, now: Comparator, register: Register
             ) -> Iterator[Problem]:
    old, new = [[plain(item) for item in series.observations] for series in (before, now)]
    lost = [item for item in old if not any(same(item, other) for other in new)]
    for item in lost:
        name = f"the figure of {before.name} for {PartialDate.parse(item['period'])}"
        place = next((place for place, other in enumerate(new) if other["period"] == item["period"]), None)
        at = (number,) if place is None else (number, "observations", place, "value")
        yield _of(measure, register, at, f"{name} " + ("was published, and is gone" if place is None else
                                                       "is not as it was published"), HOW_TO_REVISE)
    if not lost and not is_append_only(old, new):
        yield _of(measure, register, (number,), f"the figures of {before.name} are in another order",
                  "put published figures back in their order")


def _of(measure: Measure, register: Register, at: tuple[str | int, ...], message: str, hint: str) -> Problem:
    path, line = register.location_of("measures", measure.id, "comparators", *at)
    return Problem(path, line, "history-edited", f"the comparators of measure {measure.id}: {message}", hint)


def official_figures(before: Baseline, now: Register, revision: str) -> Iterator[Problem]:
    """Yield a problem for each file of official figures with published rows that are gone or changed."""
    for id, figures in before.register.official.items():
        path = slice_path(id)
        hint = f"take the file back, and read the department's file again: git checkout {revision} -- {path}"
        if id not in now.official:
            yield Problem(path, 1, "history-deleted", f"the official figures of {id} were published, and are gone",
                          before.how_to_put_back(path, revision))
            continue
        rows = now.official[id].rows
        lines = {row: line for line, row in enumerate(rows, 2)}
        published = {_place(row): row for row in figures.rows}
        changed = [row for row in rows if published.get(_place(row), row) != row]
        gone = published.keys() - {_place(row) for row in rows}
        if changed:
            yield Problem(path, lines[changed[0]], "history-edited", f"{_row(changed[0])} is not as it was published"
                          + _and_more(len(changed)), hint)
        if gone:
            release, code, period = next(_place(row) for row in figures.rows if _place(row) in gone)
            yield Problem(path, 1, "history-deleted", f"the figure of {code} for {PartialDate.parse(period)} in the "
                          f"release {release} was published, and is gone"
                          + _and_more(len(gone)), hint)


def _place(row: Row) -> tuple[str, str, str]:
    """Return what identifies a row: a release gives one figure for a place and a period."""
    return row.release, row.code, row.period


def _row(row: Row) -> str:
    return f"the figure of {row.name} for {PartialDate.parse(row.period)} in the release {row.release}"


def _and_more(count: int) -> str:
    return f", and {count - 1} more in this file" if count > 1 else ""


def codes_of_the_area(before: Register, now: Register) -> Iterator[Problem]:
    """Yield a problem where the area's codes are gone or changed: its official measures would vanish, or be another's.
    """
    was, is_now = (getattr(register.area, "codes", None) for register in (before, now))
    if was and was != is_now and "area" not in now.unread:
        yield Problem(*now.location_of("area", "area", *(["codes"] if is_now else [])), "history-edited",
                      "the area's codes are not as they were published", "put the codes back as they were")
