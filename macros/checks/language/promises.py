"""Promises that nobody makes: "it will be done"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...problem import Problem
from ...records.partial_date import MONTHS
from .passages import Passage
from .words import Words

DONE = ("done|made|given|held|kept|told|sent|set|put|paid|met|written|taken|shown|found|built|brought|begun|chosen|"
        "drawn|led|run|sought|spent|taught|heard|rewritten|undertaken|overseen")
NO_DEED = ("interested|pleased|delighted|excited|worried|concerned|limited|detailed|needed|supposed|delayed|affected|"
           "indeed|tired|retired|hoped|expected|welcomed")
"""Words that end like a deed and tell of a state."""

PASSIVE = re.compile(
    rf"\b(?:will|shall|(?:is|are|was|were|going) to)(?: (?:not|also|now|then|soon|all|\w+ly))* be (?:\w+ly )?"
    rf"(?!(?:{NO_DEED})\b)(?:\w+ed|{DONE})\b(?: (?:at|into|after|for|up|out)\b)?", re.I)

ASIDE = re.compile(r"\b(?:what|how|whether|if|when|where)\b(?: [\w’'-]+){0,4} \Z", re.I)
"""Before words that are no promise themselves: "agree how it will be measured"."""

BY_SOMEONE = re.compile(
    rf"\bby (?!\d|{'|'.join(MONTHS[1:])}|the (?:end|start|middle|beginning|time|summer|autumn|winter|spring|next|new)\b"
    r"|(?:end|then|now|when|next|early|mid|late|spring|summer|autumn|winter|christmas|easter|post|email|e-mail|phone|law)"
    r"\b|\w+ing\b)\w", re.I)
"""A doer, and not a day or a way."""


def promises_say_who(words: Words, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that what is promised is promised by someone whom the sentence names."""
    for passage in texts:
        for sentence in passage.sentences if _promises(passage) else ():
            match = PASSIVE.search(sentence.text)
            if match and not ASIDE.search(sentence.text[:match.start()]) and not BY_SOMEONE.search(sentence.text):
                yield Problem(passage.path, sentence.line, "passive-promise",
                              f'"{match[0]}" does not say who does it',
                              'begin with who does it: "the council will …"; or add "by" and who', "warning")


def _promises(passage: Passage) -> bool:
    return passage.kind == "post" or passage.kind == "decisions" or (
        passage.kind == "actions" and passage.key in ("title", "detail", "note"))
