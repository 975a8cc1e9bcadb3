"""How charts write values and periods."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Measure, Observation
from ..records.measure import is_money, value_in_words
from ..records.partial_date import MONTHS, PartialDate
from ..register.official_figures import OfficialFigures


@dataclass(frozen=True)
class Words:
    """How values in a unit and periods are written. A school year is named by the year in which it ends."""

    unit: str
    has_school_years: bool = False

    @classmethod
    def of(cls, measure: Measure, official: OfficialFigures | None) -> Words:
        """Return the words for a measure, which may be made from official figures."""
        return cls(measure.unit, official is not None and official.indicator.periods == "school_year")

    def value(self, value: float) -> str:
        """Return a value with the sign of its unit: "52%", "2,000"."""
        return value_in_words(value, self.unit)

    def figure(self, observation: Observation) -> str:
        """Return a figure with its precision: "about 2,000"."""
        return ("about " if observation.approximate else "") + self.value(observation.value or 0)

    def period(self, period: PartialDate) -> str:
        """Return a period in full: "January 2025", or "2024/25" for a school year."""
        return self._school_year(period) or str(period)

    def short(self, period: PartialDate) -> str:
        """Return a period as an axis shows it: "Jan 2023", "Apr–Jun 2024", "19 Dec 2023"."""
        return self._school_year(period) or short_label(period)

    def _school_year(self, period: PartialDate) -> str | None:
        if self.has_school_years and period.precision == "year":
            year = period.first_day.year
            return f"{year - 1}/{year % 100:02d}"
        return None

    @property
    def counted(self) -> str:
        """What the axis counts: "Out of every 100 new plans", "Million pounds"."""
        if not self.unit.startswith("per cent"):
            return f"{self.unit[:1].upper()}{self.unit[1:]}" if is_money(self.unit) else f"Number of {self.unit}"
        return f"Out of every 100 {self.unit.removeprefix('per cent').strip().removeprefix('of ')}".strip()


def short_label(period: PartialDate) -> str:
    """Return a period as an axis shows it: "Jan 2023", "Apr–Jun 2024", "19 Dec 2023"."""
    first, last = period.first_day, period.last_day
    words = {"day": f"{first.day} {MONTHS[first.month][:3]} ", "month": f"{MONTHS[first.month][:3]} ",
             "quarter": f"{MONTHS[first.month][:3]}–{MONTHS[last.month][:3]} ", "year": ""}[period.precision]
    return f"{words}{first.year}"
