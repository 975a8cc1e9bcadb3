"""Topics: their answers are not older than what is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..problem import Code, Problem
from ..problem import Topic as Section
from ..records import Measure
from ..records.measure import newest_figure
from ..records.partial_date import day_in_words
from ..register import Register

CODES = (
    Code("answer-old", Section.DATES,
         "The answer of a topic is what a parent reads first. Look whether it still holds. If it does, write in its "
         "line as_of the day on which you looked. If it does not, change it with: board correct TOPIC --field answer",
         "as_of: 2025-10-31", "as_of: 2026-11-24", level="warning"),
)

MAX_DAYS = 365
"""After so many days an answer has to be looked at again."""


def answers_are_current(register: Register) -> Iterator[Problem]:
    """Ensures that the answer of each topic is dated, and comes with a warning once it is old or a figure is newer."""
    for id, topic in register.topics.items():
        if not (topic.answer and topic.as_of):
            continue
        where, day = register.location_of("topics", id, "as_of"), topic.as_of.last_day
        if topic.as_of.first_day > register.today:
            yield Problem(*where, "future-date", f"the answer is dated {topic.as_of}, and today is "
                          f"{day_in_words(register.today)}", "correct the date")
        changed = max((entry.date for entry in topic.corrections if entry.field == "answer"),
                      key=lambda entry: entry.last_day, default=None)
        if changed and day < changed.first_day:
            yield Problem(*where, "topic-answer", f"the answer was changed on {changed}, and says that it is from "
                          f"{topic.as_of}", f"write {changed.text}, or a later day on which you looked")
        if (register.today - day).days > MAX_DAYS:
            yield Problem(*where, "answer-old", f"the answer of {id} is from {topic.as_of}, more than a year ago",
                          "look whether it still holds, and write the day on which you looked", "warning")
            continue
        measures = (register.measures[measure] for measure in topic.measures if measure in register.measures)
        newer = next((measure for measure in measures
                      if (arrived := arrival(register, measure)) and day < arrived <= register.today), None)
        if newer:
            yield Problem(*where, "answer-old", f"the answer of {id} is from {topic.as_of}, and there is a newer "
                          f"figure: {newer.title}",
                          "look whether it still holds, and write the day on which you looked",
                          "warning")


def arrival(register: Register, measure: Measure) -> date | None:
    """Return the first day on which a measure's newest figure can have been published, as far as we know it."""
    newest, official = newest_figure(measure.observations), register.official.get(measure.id)
    if newest is None:
        return None
    if official and register.area.codes:
        row = official.latest[register.area.codes.gss, newest.period.text]
        year, _, month = row.release.partition("-")
        return date(int(year), int(month or official.indicator.due_month), 1)
    published = newest.source.published if newest.source else None
    return published.first_day if published else newest.period.last_day
