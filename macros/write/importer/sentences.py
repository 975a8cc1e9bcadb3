"""Sentences that sound like a decision or a promise. What only sounds like one is for a person to tell: so the
patterns would rather miss one than make one up, and "discussed" is never "agreed"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .days import days_in

ABBREVIATIONS = r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bNo\.)(?<!\bSt\.)"
END = re.compile(rf"(?<=[.!?;]){ABBREVIATIONS}[”’\")]*\s+(?=[“‘\"(]?[A-Z0-9])")

BOARD = r"(?:we|the board|board members|members|the meeting|the partnership|it was|the group)"
DECIDED = re.compile(
    rf"(?i)\b{BOARD}\b(?P<between>[^.?]{{0,80}}?)\b(?<!the )(?<!an )(?<!as )(?P<verb>agreed|approved|decided|endorsed|"
    r"noted|deferred|postponed|signed off)\b(?!\s+(?:will|is|are|was|were|has|have|can)\b)")
PASSIVE = re.compile(r"(?i)\b(?:was|were|has been|have been) (?:also |formally |unanimously )*"
                     r"(?P<verb>agreed|approved|endorsed|noted|deferred|postponed|signed off)\b(?! by the (?!board))")
KINDS = {"agreed": "agreed", "decided": "agreed", "endorsed": "approved", "approved": "approved",
         "signed off": "approved", "noted": "noted", "deferred": "deferred", "postponed": "deferred"}
UNSURE = re.compile(r"(?i)\b(?:not|never|nothing|no one|would|could|should|might|may|if|whether|will|until|unless|once|"
                    r"hope[ds]?|want(?:ed)?|discussed whether|asked|yet|before)\b")

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
SEASON = "spring|summer|autumn|winter|christmas|easter"
BY = re.compile(
    r"(?i)\b(?:by|before|in time for|no later than) (?:the (?:end|start|beginning|middle) of |early |late |mid-?)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{MONTH}|{SEASON}|next (?:week|month|meeting|term|year)|"
    r"this (?:week|month|term|year)|\d{4})\b(?:,? \d{4})?")
PROMISED = re.compile(
    r"(?i)(?P<subject>\b[\w’'-]+(?: [\w’'-]+){0,5}?) (?P<modal>will|is to|are to|(?:has|have) (?:agreed|promised|"
    r"committed) to)(?: (?:also|now|then|again|both|all|each|soon|therefore))* (?P<verb>be [\w-]+|[\w-]+)")
DOES = re.compile(
    "answer|appoint|arrange|ask|begin|bring|build|check|circulate|collect|come|commission|complete|consult|create|"
    "deliver|develop|draft|employ|expand|extend|fill|finish|follow|form|fund|give|hire|hold|introduce|invest|invite|"
    "join|launch|make|meet|monitor|open|organise|pay|pilot|plan|prepare|present|produce|provide|publish|put|recruit|"
    "reduce|replace|report|respond|return|review|roll|run|send|set|share|show|sign|start|submit|survey|tell|test|"
    "train|update|visit|work|write")
DONE = re.compile(
    "be (?!needed|required|pleased|delighted|interested|affected|allowed|used|based|asked|called|helped|supported|"
    r"heard|expected|involved|welcomed|remembered)(?:\w+ed|held|sent|set|brought|given|written|made|put|built|told|"
    "shown|run|begun)")
NOT_A_SUBJECT = re.compile(
    r"(?i)\b(?:famil(?:y|ies)|parents?|carers?|child|children|people|person|you|they|he|she|who|which|that|there|what|"
    r"this|readers?|nobody|someone|every(?:one|body))(?: [\w’'-]+)?\Z")
RECORDED = re.compile(r"\b[AD]-\d{3,}\b")
"""The id of a record: what a sentence with one tells of is in the records already."""

CONDITIONAL = re.compile(
    r"(?i)\b(?:if|unless|would|could|might|whether|whose|not know|hope[sd]? that|wonder)\b|\?\W*\Z")


@dataclass(frozen=True)
class Likely:
    """A sentence that is likely to be a decision (of a `kind`), or a promise: what was promised, and by when."""

    sentence: str
    kind: str = ""
    title: str = ""
    due: str | None = None
    due_words: str = ""


def sentences_in(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of paragraphs."""
    for text in paragraphs:
        yield from (sentence.strip() for sentence in END.split(text) if sentence.strip())


def likely_decision(sentence: str) -> Likely | None:
    """Return a sentence that sounds like a decision of the board, else None."""
    if RECORDED.search(sentence):
        return None
    for pattern in (DECIDED, PASSIVE):
        for match in pattern.finditer(sentence):
            before = sentence[:match.start("verb")]
            if not UNSURE.search(before) and not sentence.rstrip().endswith("?"):
                return Likely(sentence, KINDS[match["verb"].lower()])
    return None


def likely_promise(sentence: str) -> Likely | None:
    """Return a sentence that sounds like a promise, else None."""
    if CONDITIONAL.search(sentence) or RECORDED.search(sentence):
        return None
    by = BY.search(sentence)
    for match in PROMISED.finditer(sentence):
        verb = match["verb"].lower()
        is_done, is_firm = bool(DONE.fullmatch(verb)), match["modal"].lower() != "will"
        if NOT_A_SUBJECT.search(match["subject"]) and not (is_done and by):
            continue
        if DOES.fullmatch(verb) or is_done or (is_firm and not verb.startswith("be ")):
            return Likely(sentence, title=_title(sentence, match, is_passive=verb.startswith("be ")),
                          due=_due(by[0]) if by else None, due_words=by[0] if by else "")
    return None


def _title(sentence: str, match: re.Match[str], *, is_passive: bool) -> str:
    """Return what is promised, from its verb to a semicolon; a passive sentence from its start, where the object is."""
    words = sentence[0 if is_passive else match.start("verb"):].split(";")[0].strip().rstrip(".!")
    return words[:1].upper() + words[1:]


def _due(words: str) -> str | None:
    """Return a due date as records write it, where the words name one with its year; else None."""
    day = next(days_in(words), None)
    if day:
        return day.day.isoformat()
    month = re.search(rf"(?i)\b({MONTH}),? (\d{{4}})$", words)
    if month:
        first = next(days_in(f"1 {month[1]} {month[2]}"), None)
        # The start of a month is before its end: as a month it would not be late in time.
        is_plain = not re.search(r"(?i)start|beginning|middle|early|mid|before", words)
        return first.day.isoformat()[:7] if first and is_plain else None
    year = re.fullmatch(r"(?i)by (?:the end of )?(\d{4})", words)
    return year[1] if year else None
