"""Figures of measures: their order, targets below the law, official figures, and counts of people so small that someone
could be recognised.

Counts in running text are left to their writer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..official import slice_path
from ..problem import Code, Problem, Topic, suggestion
from ..records import Measure, Observation
from ..records.measure import number_in_words
from ..records.partial_date import PartialDate
from ..register import Register

CODES = (
    Code("figure-order", Topic.FIGURES, "Figures are listed oldest first. The form puts them in order.",
         "- period: 2023\n- period: 2022", "- period: 2022\n- period: 2023"),
    Code("figure-twice", Topic.FIGURES,
         "There are two figures for the same time. One that replaces another says what changed.",
         "- period: 2023\n  value: 41\n- period: 2023\n  value: 52.5",
         "- period: 2023\n  value: 41\n- period: 2023\n  value: 52.5\n  revises: Late letters were added."),
    Code("small-number", Topic.FIGURES, "One to four people could be recognised. Such a number is never published.",
         "value: 3", "value: null\nstate: suppressed\nnote: Fewer than five children."),
    Code("small-number-left", Topic.FIGURES,
         "The hidden number of one to four people can be worked out: take the published parts from the whole, or the "
         "published months from the year. So one more figure has to be hidden.",
         "value: 12", "value: null\nstate: suppressed\nnote: A hidden part could be worked out from it."),
    Code("target-below-law", Topic.FIGURES,
         "The target asks for less than the law requires. Readers see both, and a reason beside the target.",
         "target:\n  value: 60",
         "target:\n  value: 60\n  reason: It is a first step. All plans are to be in time in 2028."),
    Code("area-codes", Topic.FIGURES,
         "Official figures are found by the national code of the area. A code is missing in data/area.yml, or the "
         "figures in data/official/ have no such area.", "gss: E10000098", "gss: E10000099"),
)

MIN_COUNT = 5
"""Fewer people than this could be recognised."""

PEOPLE = re.compile(r"(?:(?!per\b|of\b)[\w-]+ ){0,2}(?:children|pupils|students|young people|people|families|parents"
                    r"|carers)\b", re.I)
"""How a unit begins that counts people, whether or not the measure says so in `counts_people`."""


def observations_in_order(register: Register) -> Iterator[Problem]:
    """Ensures that a measure's figures are listed oldest first, one for each period unless it revises another."""
    for measure in register.measures.values():
        for place, observations in measure.series():
            for number in range(1, len(observations)):
                before, this = observations[number - 1], observations[number]
                path, line = register.location_of("measures", measure.id, *place, number, "period")
                if this.period.first_day < before.period.first_day:
                    yield Problem(path, line, "figure-order", f"{this.period} comes after {before.period}",
                                  "put figures in the order of their periods")
                elif this.period == before.period and not this.revises:
                    yield Problem(path, line, "figure-twice", f"there are two figures for {this.period}",
                                  'remove one, or add "revises:" with what changed')


def small_numbers_are_suppressed(register: Register) -> Iterator[Problem]:
    """Ensures that a count of 1 to 4 people, who could be recognised, is not published."""
    for measure in _hand_kept_counts(register):
        for place, observations in measure.series():
            for number, observation in enumerate(observations):
                if observation.value is not None and 0 < observation.value < MIN_COUNT:
                    path, line = register.location_of("measures", measure.id, *place, number, "value")
                    yield Problem(path, line, "small-number", "a count of 1 to 4 people could show who they are",
                                  'write "value: null", "state: suppressed" and a note that says why')


def small_numbers_cannot_be_derived(register: Register) -> Iterator[Problem]:
    """Ensures that no count of 1 to 4 people can be worked out from a whole and its parts, or a year and its months.

    Source: Office for National Statistics, "Policy on protecting confidentiality in tables of birth and death
    statistics", on secondary suppression.
    """
    for measure in _hand_kept_counts(register):
        yield from _derived_from_parts(register, measure)
        yield from _derived_from_times(register, measure)


def _hand_kept_counts(register: Register) -> Iterator[Measure]:
    """Yield the measures that count people, without those of official figures: the department has published them."""
    yield from (measure for id, measure in register.measures.items()
                if (measure.counts_people or PEOPLE.match(measure.unit)) and id not in register.official)


def _derived_from_parts(register: Register, whole: Measure) -> Iterator[Problem]:
    parts = [part for part in register.measures.values() if part.parts_of == whole.id]
    totals, by_part = _latest(whole.observations), [_latest(part.observations) for part in parts]
    for period, (number, total) in totals.items() if parts else ():
        figures = [latest[period][1] for latest in by_part if period in latest]
        if figures and _reveals_few(total, figures):
            yield _derivable(register, whole, ("observations", number, "value"),
                             f"the published parts from the whole of {period}",
                             "suppress this figure, or the next smallest of its parts as well")


def _derived_from_times(register: Register, measure: Measure) -> Iterator[Problem]:
    for place, observations in measure.series():
        latest = _latest(observations)
        for period, (number, total) in latest.items():
            # The longest times inside the period: a quarter counts, its months then do not.
            inside = [other for other in latest if other != period
                      and period.first_day <= other.first_day and other.last_day <= period.last_day
                      and not any(other != wider != period and period.first_day <= wider.first_day <= other.first_day
                                  and other.last_day <= wider.last_day <= period.last_day for wider in latest)]
            days = sum((other.last_day - other.first_day).days + 1 for other in inside)
            is_covered = days == (period.last_day - period.first_day).days + 1
            figures = [latest[other][1] for other in inside]
            if is_covered and any(figure.value is None for figure in figures) and _reveals_few(total, figures):
                yield _derivable(register, measure, (*place, number, "value"),
                                 f"the published times within {period} from its figure",
                                 "suppress this figure, or the next smallest within it as well")


def _latest(observations: tuple[Observation, ...]) -> dict[PartialDate, tuple[int, Observation]]:
    """Return the latest figure of each period, and its number in the list: a later one revises those before it."""
    return {observation.period: (number, observation) for number, observation in enumerate(observations)}


def _reveals_few(total: Observation, parts: list[Observation]) -> bool:
    """Return whether 1 to 4 people are left when the published parts are taken from the whole.

    They are those in the suppressed parts, one or several, or those in no part.
    """
    if total.value is None or total.approximate or any(part.approximate for part in parts):
        return False
    left = total.value - sum(part.value for part in parts if part.value is not None)
    return 0 < left < MIN_COUNT


def _derivable(register: Register, measure: Measure, place: tuple[str | int, ...], how: str, hint: str) -> Problem:
    return Problem(*register.location_of("measures", measure.id, *place), "small-number-left",
                   f"taking {how} leaves a count of 1 to 4 people, which could show who they are", hint)


def targets_meet_the_law(register: Register) -> Iterator[Problem]:
    """Ensures that a target which asks for less than the law requires says why."""
    for measure in register.measures.values():
        target, law = measure.target, measure.law
        if not target or target.reason or not law or law.value is None or measure.better == "neither":
            continue
        if target.value < law.value if measure.better == "higher" else target.value > law.value:
            yield Problem(*register.location_of("measures", measure.id, "target", "value"), "target-below-law",
                          f"the target is {number_in_words(target.value)}, and the law requires "
                          f"{number_in_words(law.value)}",
                          'add "reason:" to the target: why it is not what the law requires, and by when it will be')


def releases_follow_their_periods(register: Register) -> Iterator[Problem]:
    """Ensures that no row of official figures is of a release to come, or of one before the time that it is about."""
    today = register.today.isoformat()
    for id, official in register.official.items():
        for line, row in enumerate(official.rows, 2):
            if row.release[:4] < row.period[:4]:
                wrong = f"is older than its figure, which is of {row.period}"
            elif row.release > today[:len(row.release)]:
                wrong = "has not come out yet"
            else:
                continue
            yield Problem(slice_path(id), line, "official-figures", f"the release {row.release} {wrong}",
                          "take the file back from git, and read the department's file: board figures")


def codes_are_in_official_figures(register: Register) -> Iterator[Problem]:
    """Ensures that an area with official figures has its codes, and that the figures hold its own and similar areas."""
    area, known = register.area, {code for figures in register.official.values() for code in figures.by_place}
    if not known or "area" in register.unread:
        return
    if area.codes is None:
        yield Problem(*register.location_of("area", "area"), "area-codes",
                      "data/official/ holds figures, and the area has no codes to find its own",
                      'add "codes:" with gss, dfe and region; the files in data/official/ show those of each area')
    elif area.codes.gss not in known:
        yield Problem(*register.location_of("area", "area", "codes", "gss"), "area-codes",
                      f'the official figures have no area "{area.codes.gss}"', _near(area.codes.gss, known))
    elif area.codes.region not in known:
        yield Problem(*register.location_of("area", "area", "codes", "region"), "area-codes",
                      f'the official figures have no region "{area.codes.region}"', _near(area.codes.region, known))
    for number, code in enumerate(area.neighbours.codes if area.neighbours else ()):
        if code not in known:
            yield Problem(*register.location_of("area", "area", "neighbours", "codes", number), "area-codes",
                          f'the official figures have no area "{code}"', _near(code, known))


def _near(code: str, known: Collection[str]) -> str:
    return suggestion(code, known, "copy the code from the files in data/official/")
