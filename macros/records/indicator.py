"""Indicators: questions that official statistics answer for every area, with where the figures are published."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import Date, Prose, Record, Source, Text, WebAddress, WordId
from .measure import Better, Law


class Rows(Record):
    """The rows of a file that hold the total: the column, and the names that the total has had in different years.

    A file without the column holds totals alone.
    """

    column: Text
    names: tuple[Text, ...]


class DataFile(Record):
    """A file of a publisher's release, and the columns that an indicator needs.

    `files` and the columns list the names that they have had in different years, in any case. `layout` is `tidy` for
    the department's open data, `tool` for the file of its local authority interactive tool, and `tribunal` for its
    table of appeals. Without a column for the value it is the numerator as a share of the denominator, in per cent.
    `title` and `url` are those of the release, with a place for its name: {release}.
    `data_set` is the file's id in the department's programming interface. `since` and `until` are the first and the
    last release with these columns, where another entry has those of other years.
    """

    layout: Literal["tidy", "tool", "tribunal"]
    files: tuple[Text, ...]
    value: tuple[Text, ...] = ()
    numerator: tuple[Text, ...] = ()
    denominator: tuple[Text, ...] = ()
    rows: Rows | None = None
    title: Text
    url: WebAddress
    data_set: Text | None = None
    since: Text | None = None
    until: Text | None = None

    def has(self, release: str) -> bool:
        """Return whether a release has these columns."""
        return (self.since or release) <= release and release[:4] <= (self.until or release)[:4]


class SeriesBreak(Record):
    """The first period that counts something else than those before it, and what changed."""

    period: Date
    note: Prose


class Indicator(Record):
    """A question that a national statistic answers. It comes with the software, and is the same in every area.

    `sentence` says in plain words what a figure means, with places for its {value}. Figures have at most `decimals`
    digits after the point, so that a release with more of them revises nothing. `periods` are calendar years,
    a day in January, or school years, named by the year in which they end. `due_month` is the first month of this
    number after the period in which the publisher brings out a figure. Figures of periods before `first` are left out.
    `beside` names the indicator that this one is a
    variant of: it then has no page, and its figures are a column on that one's page.
    """

    id: WordId
    title: Prose
    question: Prose
    group: Text
    unit: Text
    better: Better
    counts_people: bool = False
    sentence: Text
    decimals: Annotated[int, Field(ge=0, le=3)] = 1
    definition: Prose
    does_not_show: Prose
    periods: Literal["calendar_year", "january", "school_year"]
    due_month: Annotated[int, Field(ge=1, le=12)]
    first: Date | None = None
    law: Law | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    beside: WordId | None = None
    data: tuple[DataFile, ...]
    also: tuple[Text, ...] = ()
    note: Prose | None = None
    source: Source | None = None
