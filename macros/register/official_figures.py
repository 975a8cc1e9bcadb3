"""What official statistics say about an area: its measures, and where it is among other areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from ..official import Row
from ..records import Area, Indicator, Measure, Observation, Source
from ..records.measure import Comparator, number_in_words
from ..records.partial_date import PartialDate

ENGLAND = "E92000001"

SCHOOL_YEAR_ENDS = 8
"""The month in which a school year ends."""

MIN_AREAS = 100
"""With fewer areas than this, a period does not show where one area is among all."""


@dataclass(frozen=True)
class Spread:
    """The lowest, the middle and the highest figure of similar areas in one period, and how many there are."""

    period: PartialDate
    lowest: float
    median: float
    highest: float
    count: int


@dataclass(frozen=True)
class OverdueFigure:
    """A figure that the publisher was due to bring out by the end of the day `due`, and that we do not hold."""

    measure: Measure
    period: PartialDate
    due: date


@dataclass(frozen=True)
class OfficialFigures:
    """One indicator's figures for all areas, regions and England, in the order of their releases."""

    indicator: Indicator
    rows: tuple[Row, ...]

    @cached_property
    def latest(self) -> dict[tuple[str, str], Row]:
        """The newest release's figure for each place and period."""
        return {row.key: row for row in sorted(self.rows, key=lambda row: row.release)}

    @cached_property
    def by_place(self) -> dict[str, list[Row]]:
        """The rows of each place by its code: oldest period first, and a revised figure before its revision."""
        found: dict[str, list[Row]] = {}
        for row in sorted(self.rows, key=attrgetter("period", "release")):
            found.setdefault(row.code, []).append(row)
        return found

    def observations(self, code: str) -> tuple[Observation, ...]:
        """Return a place's figures, oldest first. A revision follows the figure that it replaces."""
        breaks = {item.period.text: item.note for item in self.indicator.breaks}
        found: list[Observation] = []
        for row in self.by_place.get(code, []):
            before = found[-1] if found and found[-1].period.text == row.period else None
            found.append(Observation.model_construct(
                period=PartialDate.parse(row.period), value=whole(row.value),
                state="published" if row.value is not None else "not_available", approximate=False,
                revises=None if before is None or before.value is None else
                f"The department revised this figure from {_in_words(before.value)} in its release {row.release}.",
                break_in_series=breaks.get(row.period), note=None, source=self.sources[row.release]))
        return tuple(found)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The source of each release's figures."""
        return {release: self._source(release) for release in {row.release for row in self.rows}}

    def _source(self, release: str) -> Source:
        file = next((file for file in self.indicator.data if ("-" in release) == (file.layout == "tool")),
                    self.indicator.data[0])
        # A correction within the year is read under its month; its page is the year's.
        return Source(title=file.title.format(release=release), url=file.url.format(release=release[:4]))

    def areas(self, period: str) -> list[Row]:
        """Return the figures of all areas for a period that have one, lowest first."""
        found = [row for row in self.latest.values()
                 if row.level == "area" and row.period == period and row.value is not None]
        return sorted(found, key=lambda row: (row.value or 0, row.name))

    @cached_property
    def periods(self) -> list[str]:
        """Every period with a figure, oldest first."""
        return sorted({row.period for row in self.rows if row.value is not None})

    @cached_property
    def newest_full_period(self) -> str | None:
        """The newest period for which we hold the figures of most areas, or None."""
        return next((period for period in reversed(self.periods) if len(self.areas(period)) >= MIN_AREAS), None)

    def spread(self, codes: Iterable[str]) -> list[Spread]:
        """Return the range of some areas' figures for each period in which at least half of them have one."""
        wanted, found = list(codes), []
        for period in self.periods:
            values = sorted(row.value for code in wanted
                            if (row := self.latest.get((code, period))) and row.value is not None)
            if values and len(values) * 2 >= len(wanted):
                middle = len(values) // 2
                median = values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
                found.append(Spread(PartialDate.parse(period), values[0], median, values[-1], len(values)))
        return found

    def overdue(self, code: str, today: date) -> Iterator[tuple[PartialDate, date]]:
        """Yield each period after a place's newest one whose figure was due before `today`, and the day it was due by.

        A period for which the publisher says that there is no figure is not overdue.
        """
        newest = PartialDate.parse(self.by_place[code][-1].period)
        for year in range(newest.first_day.year + 1, today.year + 1):
            period = PartialDate.parse(newest.text.replace(newest.text[:4], str(year), 1))
            due = self.due_in(period).last_day
            if today > due:
                yield period, due

    def due_in(self, period: PartialDate) -> PartialDate:
        """Return the month by the end of which the figure for a period is due."""
        month = self.indicator.due_month
        # No figure comes before the end of the time that it is about. A school year ends in August.
        is_after = self.indicator.periods == "calendar_year" or (
            self.indicator.periods == "school_year" and month < SCHOOL_YEAR_ENDS)
        return PartialDate.parse(f"{period.first_day.year + is_after}-{month:02}")

    def name(self, code: str) -> str:
        """Return the newest name of a place."""
        rows = self.by_place.get(code)
        return max(rows, key=lambda row: row.release).name if rows else code


def period_in_words(indicator: Indicator | None, period: PartialDate) -> str:
    """Return a period as an indicator's pages name it: the school year 2025 as "2024/25", a January with its month."""
    if indicator and period.precision == "year":
        year = period.first_day.year
        return {"school_year": f"{year - 1}/{year % 100:02}", "january": f"January {year}"}.get(
            indicator.periods, str(period))
    return str(period)


def official_measure(figures: OfficialFigures, area: Area, written: Measure | None) -> Measure:
    """Return the measure made from an indicator's figures for an area, which has codes.

    `written` is the area's own file about it, with its target, priorities and actions.
    """
    assert area.codes
    places = [(code, figures.name(code)) for code in (ENGLAND, area.codes.region) if code in figures.by_place]
    figures_of_area = {
        "observations": figures.observations(area.codes.gss),
        "comparators": tuple(Comparator.model_construct(name=name, code=code, observations=figures.observations(code))
                             for code, name in places)}
    measure = written or Measure.model_validate(indicator_fields(figures.indicator))
    return measure.model_copy(update=figures_of_area)


def indicator_fields(indicator: Indicator) -> dict[str, object]:
    """Return what a measure takes from its indicator, by the keys of a measure's file."""
    return {name: getattr(indicator, name) for name in FROM_INDICATOR} | {"id": indicator.id, "observations": ()}


FROM_INDICATOR = ("title", "question", "group", "unit", "better", "counts_people", "definition", "does_not_show",
                  "law", "also", "note", "source")
"""The fields that a measure made from an indicator takes from it. Its file holds none of them."""


def whole(value: float | None) -> float | int | None:
    """Return a figure without needless decimals: 31 for 31.0."""
    return int(value) if value is not None and value == int(value) else value


def _in_words(value: float | int | None) -> str:
    return "no figure" if value is None else number_in_words(value)
