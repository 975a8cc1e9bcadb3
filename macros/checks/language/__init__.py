"""Language: a table of rules for running text. They yield warnings, which never block a publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from ...problem import Problem
from ...register import Register
from ...source.files import REMEMBERED
from . import navigation, readability, wording
from .passages import Passage, Text, Vocabulary, texts, vocabulary_of

CODES = wording.CODES + readability.CODES + navigation.CODES

Rule = Callable[[Vocabulary, Sequence[Passage]], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    wording.acronyms_are_explained,
    wording.promises_say_who,
    wording.dates_have_a_year,
    readability.sentences_are_short,
    readability.texts_can_be_read_at_eleven,
    navigation.headings_skip_no_level,
    navigation.links_say_where_they_lead,
)
"""Each takes the area's vocabulary and all passages of one page or record; its docstring says what it ensures."""


def texts_read_well(register: Register) -> Iterator[Problem]:
    """Ensures that running text is in plain English."""
    vocabulary = vocabulary_of(register)
    for text in texts(register):
        yield from _problems(text, vocabulary)


@lru_cache(maxsize=REMEMBERED)
def _problems(text: Text, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    passages = tuple(text.passages())
    return tuple(problem for rule in RULES for problem in rule(vocabulary, passages))
