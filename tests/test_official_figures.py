"""Official figures of an area: how their periods are named, and when one is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from macros.official import Row, indicators
from macros.records import Area, Measure
from macros.records.area import AreaCodes
from macros.records.partial_date import PartialDate
from macros.register import Register
from macros.register.official_figures import OfficialFigures, indicator_fields, official_measure
from tests.records import day, register

HERE = "E10000099"


def with_figures(today: date, periods: str, *given: tuple[str, float | None]) -> Register:
    """A register with one official measure: a figure of the area for each period."""
    indicator = next(iter(indicators().values())).model_copy(update={"periods": periods, "due_month": 6})
    rows = tuple(Row("2025", period, "area", HERE, "Northshire", value) for period, value in given)
    figures = OfficialFigures(indicator, rows)
    area = Area.model_construct(codes=AreaCodes(gss=HERE, dfe="999", region="E12000099"))
    written = Measure.model_validate(indicator_fields(indicator))
    return replace(register(today=today, measures=(official_measure(figures, area, written),)), area=area,
                   official={indicator.id: figures})


@pytest.mark.parametrize("periods, period, words", [
    ("calendar_year", "2025", "2025"),
    ("school_year", "2025", "2024/25"),
    ("school_year", "2000", "1999/00"),
    ("january", "2025-01", "January 2025"),
    ("january", "2025", "January 2025"),
])
def test_a_period_is_named_as_its_pages_name_it(periods, period, words):
    here = with_figures(day("2026-01-01"), periods, (period, 40))
    assert here.period_in_words(next(iter(here.official)), PartialDate.parse(period)) == words


def test_a_measure_of_the_areas_own_names_its_period_as_its_record_does():
    assert with_figures(day("2026-01-01"), "school_year", ("2025", 40)).period_in_words(
        "own", PartialDate.parse("2025")) == "2025"


@pytest.mark.parametrize("periods, newest, today, overdue", [
    ("calendar_year", "2024", "2026-06-30", []),
    ("calendar_year", "2024", "2026-07-01", [("2025", "2026-06-30")]),
    ("calendar_year", "2023", "2026-07-01", [("2024", "2025-06-30"), ("2025", "2026-06-30")]),
    ("calendar_year", "2025", "2027-01-01", []),
    ("january", "2025-01", "2026-06-30", []),
    ("january", "2025-01", "2026-07-01", [("2026-01", "2026-06-30")]),
    ("school_year", "2025", "2027-06-30", []),  # a school year that ends in August 2026 has no figure before that
    ("school_year", "2025", "2027-07-01", [("2026", "2027-06-30")]),
])
def test_a_figure_is_overdue_after_the_last_day_on_which_it_was_due(periods, newest, today, overdue):
    found = with_figures(day(today), periods, (newest, 40)).overdue_figures
    assert [(item.period.text, item.due.isoformat()) for item in found] == overdue


def test_a_figure_that_the_department_says_it_does_not_have_is_not_overdue():
    assert with_figures(day("2026-07-01"), "calendar_year", ("2024", 40), ("2025", None)).overdue_figures == []
