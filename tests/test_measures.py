"""What figures may be said to show, and where a chart puts them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.charts.chart import chart
from macros.charts.end_labels import LineEnd, column_width, height_of, place
from macros.records import Measure
from macros.views.measures import reading, tables


def figure(period: str, value: float | None, **more: object) -> dict[str, object]:
    hidden = {"state": "suppressed", "note": "Fewer than five."} if value is None else {}
    return {"period": period, "value": value, **hidden, **more}


def measure(*observations: dict[str, object], better: str = "higher", target: float | None = None,
            target_by: str | None = None, comparators: tuple[dict[str, object], ...] = (),
            unit: str = "per cent of plans", **more: object) -> Measure:
    return Measure.model_validate({
        "id": "plans", "title": "Plans", "question": "How many?", "unit": unit, "better": better,
        "target": None if target is None else {"value": target, "by": target_by}, "observations": observations,
        "comparators": comparators, **more})


@pytest.mark.parametrize("highest, lowest, ticks", [
    (0, 0, [0, 1]),
    (52, 0, [0, 20, 40, 60]),
    (60, 0, [0, 20, 40, 60]),
    (4, 0, [0, 1, 2, 3, 4]),
    (5427, 0, [0, 2000, 4000, 6000]),
    (3, -2, [-2, -1, 0, 1, 2, 3]),
])
def test_the_axis_has_round_numbers_and_begins_at_zero(highest, lowest, ticks):
    drawn = chart(measure(figure("2024-01", highest), figure("2024-02", lowest)))
    assert [words for _, words in drawn.y_ticks] == [f"{tick:,}%" for tick in ticks]


def test_a_target_higher_than_every_figure_is_inside_the_chart():
    drawn = chart(measure(figure("2024-01", 10), figure("2024-02", 12), target=60))
    assert drawn.y_ticks[-1] == (drawn.top, "60%")
    assert [(rule.kind, rule.y) for rule in drawn.rules] == [("target", drawn.top)]


def test_a_hidden_figure_is_a_gap_in_the_line_and_never_zero():
    drawn = chart(measure(figure("2024-01", 10), figure("2024-02", None), figure("2024-03", 12)))
    assert [len(stretch) for stretch in drawn.lines[0].stretches] == [1, 1]
    assert len(drawn.gaps) == 1
    assert all(mark.y < drawn.bottom for mark in drawn.lines[0].marks)


def test_where_every_figure_is_hidden_nothing_is_drawn_and_nothing_claimed():
    hidden = measure(figure("2024-01", None), figure("2024-02", None))
    assert not chart(hidden).is_worth_drawing
    assert (reading(hidden).newest, reading(hidden).direction, reading(hidden).meets_target) == (None, "unknown", None)


def test_one_figure_shows_no_change():
    read = reading(measure(figure("2024-01", 10)))
    assert (read.direction, read.why_unknown) == ("unknown", "one_figure")


def test_one_figure_is_drawn_beside_a_target_or_a_comparator_only():
    alone, beside = measure(figure("2023-01", 4)), {"name": "England", "observations": (figure("2023-01", 53),)}
    assert not chart(alone).is_worth_drawing
    assert chart(measure(figure("2023-01", 4), target=60)).is_worth_drawing
    assert chart(measure(figure("2023-01", 4), comparators=(beside,))).is_worth_drawing


def test_figures_on_two_sides_of_a_break_are_not_compared_nor_joined():
    broken = measure(figure("2024-01", 70), figure("2024-02", 50, break_in_series="Counted otherwise."),
                     figure("2024-03", 55))
    assert reading(broken).direction == "better"
    assert [len(stretch) for stretch in chart(broken).lines[0].stretches] == [1, 2]
    assert len(chart(broken).breaks) == 1


def test_a_break_at_the_newest_figure_leaves_nothing_to_compare():
    read = reading(measure(figure("2024-01", 70), figure("2024-02", 50, break_in_series="Counted otherwise.")))
    assert (read.direction, read.why_unknown) == ("unknown", "changed")


def test_a_revised_figure_is_drawn_once_and_both_stay_in_the_table():
    revised = measure(figure("2024-01", 10), figure("2024-02", 20), figure("2024-01", 11, revises="A slip."))
    assert sorted(mark.observation.value for mark in chart(revised).lines[0].marks) == [11, 20]
    table = tables(revised)[0]
    assert [(row.observation.value, row.is_replaced) for row in table.rows] == [(11, False), (20, False), (10, True)]


@pytest.mark.parametrize("better, since_start", [("higher", "better"), ("lower", "worse"), ("neither", "unknown")])
def test_whether_it_gets_better_depends_on_what_is_better(better, since_start):
    assert reading(measure(figure("2024-01", 10), figure("2024-02", 12), better=better)).direction == since_start


@pytest.mark.parametrize("better, value, meets", [
    ("higher", 60, True), ("higher", 59.9, False), ("lower", 60, True), ("lower", 60.1, False), ("neither", 60, None)])
def test_a_target_is_met_on_the_very_figure(better, value, meets):
    assert reading(measure(figure("2024-01", value), target=60, better=better)).meets_target is meets


def test_a_yearly_comparator_stands_in_the_middle_of_its_year_and_in_a_table_of_its_own():
    yearly = {"name": "England", "observations": (figure("2024", 50),)}
    with_months = measure(figure("2024-01", 10), figure("2024-12", 12), comparators=(yearly,))
    drawn = chart(with_months)
    own, beside = drawn.lines
    assert own.marks[0].x < beside.marks[0].x < own.marks[1].x
    assert [table.name for table in tables(with_months)] == ["", "England"]


def law(value: float) -> dict[str, object]:
    return {"value": value, "text": "All of them.", "source": {"title": "Regulations"}}


def test_a_target_below_the_law_is_shown_with_the_law_beside_it():
    drawn = chart(measure(figure("2024", 10), figure("2025", 12), target=60, law=law(100)))
    assert [rule.kind for rule in drawn.rules] == ["law", "target"]
    assert drawn.rules[0].y < drawn.rules[1].y
    assert [label.name + label.words for label in drawn.labels][:2] == [("The law", "100%"), ("Target", "60%")]


def test_the_fall_before_a_break_stays_in_the_chart():
    """The break is between two figures: both are drawn, and a join that is no line leads from one to the other."""
    broken = measure(figure("2021", 56), figure("2022", 4), figure("2023", 54, break_in_series="Counted otherwise."),
                     figure("2024", 38))
    drawn = chart(broken)
    assert [[mark.observation.value for mark in part] for part in drawn.lines[0].stretches] == [[56, 4], [54, 38]]
    assert [(before.observation.value, after.observation.value) for before, after in drawn.lines[0].joins] == [(4, 54)]
    (found,) = drawn.breaks
    before, after = drawn.lines[0].joins[0]
    assert before.x < found.x < after.x
    assert "Counted differently from 2023 on. Counted otherwise." in drawn.caption


def test_a_promised_milestone_lies_ahead_of_the_newest_figure():
    drawn = chart(measure(figure("2024", 10), figure("2025", 12), target=60, target_by="2028",
                          milestones=({"value": 30, "by": "2027"},)))
    assert [item.words for item in drawn.milestones] == ["30%", ""]
    assert drawn.lines[0].last.x < drawn.milestones[0].x < drawn.milestones[1].x == 100


@given(st.lists(st.tuples(st.text("abcdefg hij", min_size=1, max_size=40), st.floats(0, 100)), min_size=1, max_size=9))
def test_labels_at_the_ends_of_lines_keep_off_each_other_and_stay_inside(found):
    ends = [LineEnd("other", name, ("50%", "in 2024"), value, 100) for name, value in found]
    bottom = 8 + max(276, height_of(ends))
    labels = place(ends, lambda value: bottom - value * 2.7, 8, bottom)
    assert len(labels) == len(ends)
    edges = [(label.middle - size / 2, label.middle + size / 2) for label in labels
             if (size := len(label.name + label.words) * 15)]
    assert edges[0][0] >= 8 and edges[-1][1] <= bottom
    assert all(above[1] <= below[0] for above, below in pairwise(edges))
    widest = column_width(ends)
    assert all(len(words) <= widest for label in labels for words in label.name + label.words)
