"""What reads badly, in one table. Each rule yields warnings, which never stop a publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...problem import Problem
from ...register import Register
from . import acronyms, headings, link_words, long_sentences, promises, reading_age, years
from .passages import Passage, passages

Rule = Callable[[Register, Sequence[Passage]], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    acronyms.acronyms_are_explained,
    long_sentences.sentences_are_short,
    reading_age.texts_can_be_read_at_eleven,
    promises.promises_say_who,
    headings.headings_skip_no_level,
    link_words.links_say_where_they_lead,
    years.dates_have_a_year,
)
"""Each takes the register and all its running text; its docstring says what it ensures."""


def texts_read_well(register: Register) -> Iterator[Problem]:
    """Ensure that running text is in plain English."""
    texts = list(passages(register))
    for rule in RULES:
        yield from rule(register, texts)
