"""Dates that mean another day next year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...problem import Problem
from ...records.partial_date import MONTHS
from .passages import Passage
from .words import Words

MONTH = "|".join(MONTHS[1:])
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    rf"|\b(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?!\d|\w)"
    rf"|\b(?:[Bb]y|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Ff]rom|[Dd]uring|[Oo]f|[Ee]arly|[Mm]id|[Ll]ate|[Ff]or)"
    rf"[ -](?:{MONTH})\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def dates_have_a_year(words: Words, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that a day or a month stands with its year, at least once in the sentence."""
    for passage in texts:
        for sentence in passage.sentences:
            match = DATE.search(sentence.text)
            # One year serves for all that its sentence names: "from 3 March to 5 April 2025".
            if match and not YEAR.search(sentence.text):
                yield Problem(passage.path, sentence.line, "date-without-year",
                              f'"{match[0]}" names no year', "add the year: a reader may come years later", "warning")
