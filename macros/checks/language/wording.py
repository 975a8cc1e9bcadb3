"""Wording: acronyms that are not explained, promises without a doer, and dates without a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...problem import Code, Problem, Topic
from ...records.partial_date import MONTHS
from ..completeness import QUESTION
from .passages import ACRONYM, Passage, Vocabulary

CODES = (
    Code("acronym", Topic.LANGUAGE,
         "Not every reader knows this acronym. Write it out where it is first used, or explain it in the glossary.",
         "The ICB answers letters too.", "The integrated care board (ICB) answers letters too.", level="warning"),
    Code("passive-promise", Topic.LANGUAGE, "The sentence does not say who will do it. A promise has someone who keeps "
         "it.", "Families will be asked each spring how it goes.",
         "The forum will ask families each spring how it goes.", level="warning"),
    Code("date-without-year", Topic.LANGUAGE,
         "Posts are read for years. By then readers cannot tell which March was meant.",
         "This begins on 3 March.", "This begins on 3 March 2025.", level="warning"),
)

PARTICIPLES = ("done|made|given|held|kept|told|sent|set|put|paid|met|written|taken|shown|found|built|brought|begun|"
               "chosen|drawn|led|run|sought|spent|taught|heard|rewritten|undertaken|overseen")
"""Participles that do not end in "ed"."""

ADJECTIVES = ("interested|pleased|delighted|excited|worried|concerned|limited|detailed|needed|supposed|delayed|"
              "affected|indeed|tired|retired|hoped|expected|welcomed")
"""Words that look like participles and describe a state: "will be pleased"."""

PASSIVE = re.compile(
    rf"\b(?:will|shall|(?:is|are|was|were|going) to)(?: (?:not|also|now|then|soon|all|\w+ly))* be (?:\w+ly )?"
    rf"(?!(?:{ADJECTIVES})\b)(?:\w+ed|{PARTICIPLES})\b(?: (?:at|into|after|for|up|out)\b)?", re.I)

SUBORDINATE = re.compile(r"\b(?:what|how|whether|if|when|where)\b(?: [\w’'-]+){0,4} \Z", re.I)
"""The beginning of a clause that is not a promise itself: "agree how it will be measured"."""

BY_SOMEONE = re.compile(
    rf"\bby (?!\d|{'|'.join(MONTHS[1:])}|the (?:end|start|middle|beginning|time|summer|autumn|winter|spring|next|new)\b"
    r"|(?:end|then|now|when|next|early|mid|late|spring|summer|autumn|winter|christmas|easter|post|email|e-mail|phone|law)"
    r"\b|\w+ing\b)\w", re.I)
"""A doer after "by", rather than a time or a means."""

MONTH = "|".join(MONTHS[1:])
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    rf"|\b(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?!\d|\w)"
    rf"|\b(?:[Bb]y|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Ff]rom|[Dd]uring|[Oo]f|[Ee]arly|[Mm]id|[Ll]ate|[Ff]or)"
    rf"[ -](?:{MONTH})\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def acronyms_are_explained(vocabulary: Vocabulary, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Ensures that an acronym is in the glossary, an organisation's name, or written out where it is first used."""
    if vocabulary.acronyms is None:
        return
    known = vocabulary.acronyms
    seen: dict[tuple[str, str], set[str]] = {}
    for passage in passages:
        seen_here = seen.setdefault(passage.whole, set())
        for match in ACRONYM.finditer(QUESTION.sub(lambda mark: re.sub(r"\S", " ", mark[0]), passage.text)):
            word = match[0]
            if word in known or word in seen_here:
                continue
            seen_here.add(word)
            if not _is_written_out(passage.text, match):
                yield Problem(passage.path, passage.line_at(match.start()), "acronym",
                              f'"{word}" is not explained where it is first used',
                              f'write it out: the full name ({word}); or add it to data/glossary.yml', "warning")


def _is_written_out(text: str, match: re.Match[str]) -> bool:
    """Return whether the text says "the full name (ABC)" or "ABC (the full name)"."""
    after_its_name = text[:match.start()].endswith("(") and len(text[:match.start() - 1].split()) > 1
    return after_its_name or re.match(r"(?:s|[’']s)? \([^\W\d_]+[ ,]", text[match.end():]) is not None


def promises_say_who(vocabulary: Vocabulary, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Ensures that a promise names the person or body that makes it."""
    for passage in passages:
        for sentence in passage.sentences if _promises(passage) else ():
            match = PASSIVE.search(sentence.text)
            if match and not SUBORDINATE.search(sentence.text[:match.start()]) and not BY_SOMEONE.search(sentence.text):
                yield Problem(passage.path, sentence.line, "passive-promise",
                              f'"{match[0]}" does not say who will do it',
                              'begin with who does it: "the council will …"; or add "by" and who', "warning")


def _promises(passage: Passage) -> bool:
    return passage.kind == "post" or passage.kind == "decisions" or (
        passage.kind == "actions" and passage.key in ("title", "detail", "note"))


def dates_have_a_year(vocabulary: Vocabulary, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Ensures that a sentence that names a day or a month also names a year."""
    for passage in passages:
        for sentence in passage.sentences:
            match = DATE.search(sentence.text)
            # One year serves for all that its sentence names: "from 3 March to 5 April 2025".
            if match and not YEAR.search(sentence.text):
                yield Problem(passage.path, sentence.line, "date-without-year",
                              f'"{match[0]}" has no year', "add the year: a reader may come years later", "warning")
