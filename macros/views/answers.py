"""Whether it is getting better, in plain words: a measure's newest figure, how old it is, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ..charts.small import SmallChart, small_chart
from ..records import Measure, Observation
from ..records.measure import current_figures, newest_figure, places_to_compare, value_in_words
from ..records.partial_date import PartialDate
from ..register import Register
from ..register.labels import duration_in_words
from ..register.official_figures import ENGLAND, SCHOOL_YEAR_ENDS, OverdueFigure
from .readings import Reading, comparable, direction, reading

ASKED_FIRST = ("plans-in-20-weeks", "plans-over-a-year-late", "requests-refused", "tribunal-appeals",
                 "requests-decided-in-6-weeks", "annual-reviews-in-4-weeks", "absence-special-schools")
"""The questions that families ask first, in the order in which pages show them."""

GROUPS = ("Getting a plan", "When the answer is no", "Having a plan", "Going to school")
"""The order of the groups of questions. Others follow, and measures without a group are last."""


@dataclass(frozen=True)
class Elsewhere:
    """The figure of England, or of the first place that a measure is compared with."""

    name: str
    figure: Observation
    is_same_period: bool


@dataclass(frozen=True)
class Answer:
    """A measure with the answer to its question.

    `age` says in words how old the newest figure is. `since` is the figure from which change is counted: the first of
    the year in which the board first met, or the nearest one. `direction` says how the newest compares with it, and
    `comparisons` also how it compares with the first and the last before it, if that is something else. `sentence` and
    `comparison` are the newest figure, and that one and England's, in whole numbers. Without an official sentence,
    `sentence` is empty.
    """

    measure: Measure
    reading: Reading
    small: SmallChart
    newest: Observation | None
    age: str
    since: Observation | None
    direction: str
    comparisons: tuple[tuple[str, Observation], ...]
    elsewhere: Elsewhere | None
    sentence: str
    comparison: str
    overdue: tuple[OverdueFigure, ...]


def answer(register: Register, measure: Measure) -> Answer:
    """Return the answer to a measure's question on the register's day."""
    official = register.official.get(measure.id)
    newest, elsewhere = newest_figure(measure.observations), _elsewhere(measure)
    since = _since_board_began(register, measure)
    sentence = ""
    if official and newest:
        words = official.indicator.sentence.format(value=_whole(measure, newest))
        sentence = f"{words[0].upper()}{words[1:]} {_in(register, measure, newest.period)}."
    return Answer(
        measure, reading(measure), small_chart(measure, official, register.area), newest,
        _age(register, measure, newest.period) if newest else "", since, direction(measure, since, newest),
        tuple(_comparisons(measure, since)), elsewhere, sentence,
        _comparison(register, measure, since, elsewhere),
        tuple(item for item in register.overdue_figures if item.measure.id == measure.id))


def groups(register: Register) -> list[tuple[str | None, list[Answer]]]:
    """Return the measures with their answers by group, in the order in which pages show them."""
    asked = {id: number for number, id in enumerate(ASKED_FIRST)}
    found = sorted(register.measures.values(), key=lambda measure: (
        _place(measure.group), asked.get(measure.id, len(asked))))
    return [(group, [answer(register, measure) for measure in measures])
            for group, measures in groupby(found, key=lambda measure: measure.group)]


def _place(group: str | None) -> tuple[int, str]:
    """A sort key."""
    return (len(GROUPS) + 1 if group is None else GROUPS.index(group) if group in GROUPS else len(GROUPS), group or "")


def last_day(register: Register, measure: Measure, period: PartialDate) -> date:
    """Return the last day that a figure is about. A school year is named by the year in which it ends."""
    official, last = register.official.get(measure.id), period.last_day
    if official and period.precision == "year":
        kind = official.indicator.periods
        return {"school_year": last.replace(month=SCHOOL_YEAR_ENDS),
                "january": last.replace(month=1)}.get(kind, last)
    return last


def _age(register: Register, measure: Measure, period: PartialDate) -> str:
    days = (register.today - last_day(register, measure, period)).days
    return duration_in_words(days) if days > 0 else ""


def _since_board_began(register: Register, measure: Measure) -> Observation | None:
    """Return the figure from which change is counted, among those that count the same as the newest."""
    began = min((id for id, meeting in register.meetings.items() if meeting.state == "held"), default=None)
    alike = comparable(measure)
    if began is None or len(alike) < 2:
        return None
    if alike[-1].period.last_day < date.fromisoformat(began):
        return None  # Figures from before it began show no change since.
    year = began[:4]
    before = [item for item in alike if item.period.text[:4] < year]
    later = [item for item in alike if item.period.text[:4] >= year]
    found = later[0] if later and (later[0].period.text[:4] == year or not before) else before[-1]
    return None if found is alike[-1] else found


def _comparisons(measure: Measure, since: Observation | None) -> Iterator[tuple[str, Observation]]:
    """Yield better, worse or same with the figure that the newest is compared with, each word once."""
    said, alike = {"unknown"}, comparable(measure)
    for figure in ([since] if since else []) + alike[:1] + alike[-2:-1]:
        found = direction(measure, figure, newest_figure(measure.observations))
        if found not in said:
            said.add(found)
            yield found, figure


def _elsewhere(measure: Measure) -> Elsewhere | None:
    """Return England's figure for the newest period, or its newest before. None if there is none to compare."""
    places = places_to_compare(measure)
    place = next((item for item in places if item.code == ENGLAND), places[0] if places else None)
    newest = newest_figure(measure.observations)
    if place is None or newest is None:
        return None
    figures = [item for item in current_figures(place.observations) if item.value is not None]
    same = next((item for item in figures if item.period == newest.period), None)
    last = same or (figures[-1] if figures else None)
    return Elsewhere(place.name, last, same is not None) if last else None


def _comparison(register: Register, measure: Measure, since: Observation | None, elsewhere: Elsewhere | None) -> str:
    """Return the sentence "In 2023 it was 54; in England it is 46." or the part of it that is known."""
    parts = []
    if since:
        parts.append(f"{_in(register, measure, since.period)} it was {_whole(measure, since)}")
    if elsewhere:
        figure = _whole(measure, elsewhere.figure)
        parts.append(f"in {elsewhere.name} it is {figure}" if elsewhere.is_same_period else
                     f"in {elsewhere.name} it was {figure} {_in(register, measure, elsewhere.figure.period)}")
    words = "; ".join(parts)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _in(register: Register, measure: Measure, period: PartialDate) -> str:
    word = {"day": "on", "quarter": "from"}.get(period.precision, "in")
    return f"{word} {register.period_in_words(measure.id, period)}"


def _whole(measure: Measure, observation: Observation) -> str:
    """Return a figure as a sentence has it: a share of 100 without its decimals, and without a sign where the measure's
    own sentence says what it is a share of."""
    value = observation.value or 0
    if not measure.unit.startswith("per cent"):
        return value_in_words(value, measure.unit)
    return "fewer than 1" if 0 < value < 0.5 else str(int(value + 0.5))
