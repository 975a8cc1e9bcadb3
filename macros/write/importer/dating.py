"""The day of a post: found in several places of a document, and settled only where they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ...records.partial_date import day_in_words
from .days import Written, days_in

NEAR = timedelta(days=31)
"""How far a file's own dates may lie from the one that is written in it: it is saved before, and sent after."""

AHEAD = timedelta(days=62)
"""How far in the future a post's day may lie before it is more likely a slip."""


@dataclass(frozen=True)
class Found:
    """A day, and the place where it stands, such as "the file's name". What is `written` was meant as a date of the
    text; the others are the file's own."""

    day: date
    place: str
    is_written: bool = True
    doubt: str = ""

    def __str__(self) -> str:
        return f"{day_in_words(self.day)}: {self.place}{f', {self.doubt}' if self.doubt else ''}"


def found_in(place: str, text: str) -> list[Found]:
    """Return the days in `text`, each with the words that it stands in."""
    return [Found(written.day, f"{place} (“{written.words}”)", doubt=_doubt(written)) for written in days_in(text)]


def _doubt(written: Written) -> str:
    return "" if written.is_consistent else f"which was a {written.day:%A}"


@dataclass(frozen=True)
class Dating:
    """The day on which everything agrees, or None with the `question` that the writer must answer."""

    day: date | None
    question: str = ""


def settle(found: list[Found], today: date) -> Dating:
    """Return the day of a post. There is none where two places disagree, a day of the week does not fit, the file's
    own dates lie far off, or the day lies more than two months after `today`."""
    written = [one for one in found if one.is_written]
    own = [one for one in found if not one.is_written]
    days = {one.day for one in written or own}
    if not days:
        return Dating(None, "The document has no date: not in its file's name, not in its first lines, and not in its "
                            "properties.")
    if len(days) > 1:
        return Dating(None, "The document has several dates:")
    day = days.pop()
    if any(one.doubt for one in written):
        return Dating(None, "The date and the day of the week do not fit:")
    if written and own and min(abs(day - one.day) for one in own) > NEAR:
        return Dating(None, "The date in the text is far from the days on which the file was saved:")
    if day > today + AHEAD:
        return Dating(None, f"The date lies far in the future (today is {day_in_words(today)}):")
    return Dating(day)
