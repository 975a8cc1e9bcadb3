"""Finds in a text when the board met, when it meets next, and what is planned for then."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import WrittenDate, dates_in
from .sentences import CONDITIONAL, sentences_in

MAX_AHEAD = timedelta(days=400)
MAX_SINCE = timedelta(days=31)
"""How long before its post a meeting that the text names may have been."""

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WITHOUT_YEAR = re.compile(rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTHS})\b(?!,? \d{{4}})")
NEXT = re.compile(r"(?i)\b(?:next (?:board |full )?meet(?:s|ing|ings)?|(?:will )?(?:next )?meet (?:again|next)|"
                  r"meeting (?:again|next)|reconvene)\b")
AT_NEXT = re.compile(r"(?i)\b(?:(?:at|in|for|to|on|until) (?:the|our|its|this) next (?:\w+ )?(?:meeting|agenda|time)|"
                     r"next time|when we (?:next )?meet(?: again| next)?|(?:the|our) next (?:board )?(?:meeting|agenda)"
                     r")\b")
PLANNED = re.compile(
    r"(?i)\b(?:we|the board|it|members|the meeting|the agenda|agenda|that meeting|the partnership) "
    r"(?:will|plan(?:s)? to|intend(?:s)? to|(?:is|are) (?:due|going) to|hope(?:s)? to) "
    r"(?:also |then |again |now )*(?P<what>(?:continue|discuss|focus|look|consider|hear|talk|review|return|explore|"
    r"examine|receive|cover|spend|come back|go on|pick up|take|turn)\b.*)")
MET = re.compile(r"(?i)\b(?:we|the board|members)\b[^.;]{0,30}?\bmet\b|\bmet\b[^.;]{0,40}\b(?:board|time)\b")


@dataclass(frozen=True)
class NextMeeting:
    """When a board meets next, if the text says it, in which sentence, and what is planned for then: pairs of what
    will be discussed and the sentence that says so."""

    day: date | None
    sentence: str
    plans: tuple[tuple[str, str], ...]


def find_next_meeting(paragraphs: Iterable[str], day: date) -> NextMeeting:
    """Return what a text of `day` says of the next meeting.

    A plan is for the next meeting if its sentence names that, or one before it in the same paragraph does.
    """
    found, said_in = None, ""
    plans: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        is_about_next = False
        for sentence in sentences_in([paragraph]):
            if sentence.rstrip().endswith("?"):
                continue
            if NEXT.search(sentence) and found is None:
                found = next((one for one in _days_in(sentence, day) if day < one <= day + MAX_AHEAD), None)
                said_in = sentence if found else ""
            is_about_next |= bool(NEXT.search(sentence) or AT_NEXT.search(sentence))
            planned = PLANNED.search(sentence) if is_about_next else None
            if planned and not CONDITIONAL.search(sentence[:planned.start("what")]):
                plans.append((_plan(planned["what"]), sentence))
    return NextMeeting(found, said_in, tuple(plans))


def find_meeting_day(paragraphs: Iterable[str], day: date) -> tuple[date, str] | None:
    """Return the day on which the board met shortly before `day`, and the sentence that says so."""
    for sentence in sentences_in(paragraphs):
        if not MET.search(sentence) or NEXT.search(sentence):
            continue
        if re.search(r"(?i)\byesterday\b", sentence):
            return day - timedelta(days=1), sentence
        for one in _days_in(sentence, day, is_past=True):
            if day - MAX_SINCE <= one <= day:
                return one, sentence
    return None


def _days_in(sentence: str, day: date, *, is_past: bool = False) -> Iterable[date]:
    """Yield the dates in a sentence. One without a year is the nearest after `day`, or before it."""
    yield from (written.day for written in dates_in(sentence))
    for match in WITHOUT_YEAR.finditer(sentence):
        for year in (day.year, day.year + 1) if not is_past else (day.year, day.year - 1):
            written: WrittenDate | None = next(dates_in(f"{match['day']} {match['month']} {year}"), None)
            if written and ((written.day <= day) if is_past else (written.day > day)):
                yield written.day
                break


def _plan(words: str) -> str:
    """Return what is planned as an item of an agenda: without “continue to discuss” and its like before it."""
    item = words.strip().rstrip(".;!")
    short = re.sub(r"(?i)^(?:continue to |go on to )?(?:discuss(?:ing)?|focus on|look at|consider|talk about|"
                   r"hear about|review|return to|explore|examine|cover|come back to|pick up|turn to)(?: again| more)? ",
                   "", item)
    return short[:1].upper() + short[1:]
