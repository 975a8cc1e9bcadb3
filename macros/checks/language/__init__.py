"""What reads badly, in one table. Each rule yields warnings, which never stop a publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from ...problem import Problem
from ...register import Register
from ...source.files import REMEMBERED
from . import acronyms, headings, link_words, long_sentences, promises, reading_age, years
from .passages import Passage, Text, texts
from .words import Words, words_of

Rule = Callable[[Words, Sequence[Passage]], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    acronyms.acronyms_are_explained,
    long_sentences.sentences_are_short,
    reading_age.texts_can_be_read_at_eleven,
    promises.promises_say_who,
    headings.headings_skip_no_level,
    link_words.links_say_where_they_lead,
    years.dates_have_a_year,
)
"""Each takes the words that the area explains and all passages of one page or record; its docstring says what it
ensures."""


def texts_read_well(register: Register) -> Iterator[Problem]:
    """Ensure that running text is in plain English."""
    words = words_of(register)
    for text in texts(register):
        yield from _problems(text, words)


@lru_cache(maxsize=REMEMBERED)
def _problems(text: Text, words: Words) -> tuple[Problem, ...]:
    passages = tuple(text.passages())
    return tuple(problem for rule in RULES for problem in rule(words, passages))
