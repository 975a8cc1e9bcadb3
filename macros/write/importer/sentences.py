"""Finds likely decisions, likely promises, organisations and acronyms in a text.

Only a person can say what is a decision or a promise, so the patterns prefer missing one to inventing one, and
“discussed” is never “agreed”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...records import Organisation
from ...records.partial_date import day_in_words
from ...register import Register
from .dates import dates_in

ABBREVIATIONS = r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bNo\.)(?<!\bSt\.)"
SENTENCE_END = re.compile(rf"(?<=[.!?;]){ABBREVIATIONS}[”’\")]*\s+(?=[“‘\"(]?[A-Z0-9])")

BOARD = r"(?:we|the board|board members|members|the meeting|the partnership|it was|the group)"
DECIDED = re.compile(
    rf"(?i)\b{BOARD}\b(?P<between>[^.?]{{0,80}}?)\b(?<!the )(?<!an )(?<!as )(?P<verb>agreed|approved|decided|endorsed|"
    r"noted|deferred|postponed|signed off)\b(?!\s+(?:will|is|are|was|were|has|have|can)\b)")
PASSIVE = re.compile(r"(?i)\b(?:was|were|has been|have been) (?:also |formally |unanimously )*"
                     r"(?P<verb>agreed|approved|endorsed|noted|deferred|postponed|signed off)\b(?! by the (?!board))")
KIND_OF_VERB = {"agreed": "agreed", "decided": "agreed", "endorsed": "approved", "approved": "approved",
                "signed off": "approved", "noted": "noted", "deferred": "deferred", "postponed": "deferred"}
UNSURE = re.compile(r"(?i)\b(?:not|never|nothing|no one|would|could|should|might|may|if|whether|will|until|unless|once|"
                    r"hope[ds]?|want(?:ed)?|discussed whether|asked|yet|before)\b")

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
SEASON = "spring|summer|autumn|winter|christmas|easter"
DEADLINE = re.compile(
    r"(?i)\b(?:by|before|in time for|no later than) (?:the (?:end|start|beginning|middle) of |early |late |mid-?)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{MONTH}|{SEASON}|next (?:week|month|meeting|term|year)|"
    r"this (?:week|month|term|year)|\d{4})\b(?:,? \d{4})?")
PROMISED = re.compile(
    r"(?i)(?P<subject>\b[\w’'-]+(?: [\w’'-]+){0,5}?) (?P<modal>will|is to|are to|(?:has|have) (?:agreed|promised|"
    r"committed) to)(?: (?:also|now|then|again|both|all|each|soon|therefore|need to|have to|continue to|"
    r"aim to))* (?P<verb>come back|be [\w-]+|[\w-]+)")
ACTION_VERB = re.compile(
    "answer|appoint|arrange|ask|begin|bring|build|check|circulate|collect|come|come back|commission|complete|consult|"
    "create|focus|look|revisit|deliver|develop|draft|employ|expand|extend|fill|finish|follow|form|fund|give|hire|hold|introduce|invest|invite|"
    "join|launch|make|meet|monitor|open|organise|pay|pilot|plan|prepare|present|produce|provide|publish|put|recruit|"
    "reduce|replace|report|respond|return|review|roll|run|send|set|share|show|sign|start|submit|survey|tell|test|"
    "train|update|visit|work|write")
PASSIVE_ACTION = re.compile(
    "be (?!needed|required|pleased|delighted|interested|affected|allowed|used|based|asked|called|helped|supported|"
    r"heard|expected|involved|welcomed|remembered)(?:\w+ed|held|sent|set|brought|given|written|made|put|built|told|"
    "shown|run|begun)")
ROLE = re.compile(r"(?i)\b(?:role|job|task|aim|purpose|goal|function|remit|intention|ambition|vision|point|challenge|"
                  r"idea|hope|key|priority|duty|mission|objective|focus)\Z")
"""Of whom it is said that it “is to” do something, without a promise: “My role is to help”."""

PRONOUN = re.compile(r"(?i)(?:this|these|those|it|they|that|which|both|all of (?:this|these|it))\b")
"""A subject that only the sentence before explains."""

COME_BACK = re.compile(r"(?i)\A(?:revisit|return to|come back to|look at(?: again)?|review)\b"
                       r"(?=\W*\Z| (?:to (?:see|understand|check)|again|in|at|when|as|next|soon|over)\b)")
"""A verb whose object comes before it: “an area that we will need to revisit”."""

RELATIVE = re.compile(r"(?i)\b(?:is|are|remains?)\b[^.;]*\b(?:that|which) (?:we|the board)\Z")

NOT_A_SUBJECT = re.compile(
    r"(?i)\b(?:famil(?:y|ies)|parents?|carers?|child|children|people|person|you|they|he|she|who|which|that|there|what|"
    r"this|readers?|nobody|someone|every(?:one|body))(?: [\w’'-]+)?\Z")
RECORDED = re.compile(r"\b[AD]-\d{3,}\b")
"""The id of a record: a sentence that cites one is about something already recorded."""

CONDITIONAL = re.compile(
    r"(?i)\b(?:if|unless|would|could|might|whether|whose|not know|hope[sd]? that|wonder)\b|\?\W*\Z")


ACRONYM = re.compile(r"\b(?=[A-Za-z]*[A-Z][A-Za-z]*[A-Z])[A-Z][A-Za-z]{1,11}\b(?!@)")
NOT_AN_ACRONYM = re.compile(r"Mc[A-Z]|Mac[A-Z]|[A-Z][a-z]+[A-Z][a-z]+$|I{2,3}|IV|VI{0,3}|IX|AM|PM|OK|UK")


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be a decision (of a `kind`) or a promise (`title` is what was promised, `due` by when).

    `title` is empty where only the sentence before says what is meant.
    """

    sentence: str
    kind: str = ""
    title: str = ""
    due: str | None = None
    due_words: str = ""


def sentences_in(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of paragraphs."""
    for text in paragraphs:
        yield from (sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip())


def likely_decision(sentence: str) -> Candidate | None:
    """Return a sentence that reads like a decision of the board; None otherwise."""
    if RECORDED.search(sentence):
        return None
    for pattern in (DECIDED, PASSIVE):
        for match in pattern.finditer(sentence):
            before = sentence[:match.start("verb")]
            if not UNSURE.search(before) and not sentence.rstrip().endswith("?"):
                return Candidate(sentence, KIND_OF_VERB[match["verb"].lower()])
    return None


def likely_promise(sentence: str) -> Candidate | None:
    """Return a sentence that reads like a promise; None otherwise."""
    if CONDITIONAL.search(sentence) or RECORDED.search(sentence):
        return None
    by = DEADLINE.search(sentence)
    for match in PROMISED.finditer(sentence):
        verb, modal, subject = match["verb"].lower(), match["modal"].lower(), match["subject"]
        is_done, is_firm = bool(PASSIVE_ACTION.fullmatch(verb)), modal != "will"
        if modal in ("is to", "are to") and ROLE.search(subject):
            continue
        is_excused = subject.lower().endswith((" we", " the board")) or (is_done and (by or PRONOUN.match(subject)))
        if NOT_A_SUBJECT.search(subject) and not is_excused:
            continue
        if ACTION_VERB.fullmatch(verb) or is_done or (is_firm and not verb.startswith("be ")):
            return Candidate(sentence, title=_title(sentence, match, is_passive=verb.startswith("be ")),
                             due=_due(by[0]) if by else None, due_words=by[0] if by else "")
    return None


def says_will(sentence: str) -> bool:
    """Return whether a sentence says that something will be done."""
    return bool(re.search(r"(?i)\b(?:will|shall)\b|\w[’']ll\b", sentence)) and not sentence.rstrip().endswith("?")


def _title(sentence: str, match: re.Match[str], *, is_passive: bool) -> str:
    """Return what is promised: from the verb to a semicolon, or from the start of a passive sentence, whose subject is
    the thing promised. “The strategy is an area that we will revisit” promises to revisit the strategy. It is empty
    where the thing is a pronoun."""
    words = sentence[0 if is_passive else match.start("verb"):]
    if is_passive and PRONOUN.match(sentence):
        return ""
    relative, back = RELATIVE.search(sentence[:match.end("subject")]), COME_BACK.match(words)
    if relative and back:
        thing = re.sub(r"(?i)\A(?:and|so|but|also),? ", "", sentence[:relative.start()].strip().rstrip(","))
        if PRONOUN.match(thing):
            return ""
        words = f"{back[0]} {thing[:1].lower() if thing[:2] != thing[:2].upper() else thing[:1]}{thing[1:]}"
    words = words.split(";")[0].strip().rstrip(".!")
    return words[:1].upper() + words[1:]


def _due(words: str) -> str | None:
    """Return a due date as records write it, if the words give one with its year; None otherwise."""
    day = next(dates_in(words), None)
    if day:
        return day.day.isoformat()
    month = re.search(rf"(?i)\b({MONTH}),? (\d{{4}})$", words)
    if month:
        first = next(dates_in(f"1 {month[1]} {month[2]}"), None)
        # A due month ends on its last day, so “early March” as 2027-03 would be overdue too late.
        is_plain = not re.search(r"(?i)start|beginning|middle|early|mid|before", words)
        return first.day.isoformat()[:7] if first and is_plain else None
    year = re.fullmatch(r"(?i)by (?:the end of )?(\d{4})", words)
    return year[1] if year else None


@dataclass(frozen=True)
class Entities:
    """Dates in words, organisations, and acronyms with and without a glossary entry, in a text."""

    days: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    explained: tuple[str, ...]
    unexplained: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return a line for each kind of thing that was found."""
        found = (("Dates in the text", self.days),
                 ("Organisations in the text", [one.short_name or one.name for one in self.organisations]),
                 ("Acronyms that the glossary explains", self.explained),
                 ("Acronyms that it does not explain (spell them out, or add them to data/glossary.yml)",
                  self.unexplained))
        return [f"{what}: {', '.join(names)}." for what, names in found if names]


def find_entities(register: Register, paragraphs: Iterable[str]) -> Entities:
    """Return the dates, organisations and acronyms in a text."""
    text = "\n".join(paragraphs)
    known = {word for term in register.terms.values() for word in (term.term, *term.also)}
    known |= {word for one in register.organisations.values() for word in (one.short_name, *one.also) if word}
    parts = {part for word in known for part in word.split()}
    acronyms = {acronym.removesuffix("s") for acronym in ACRONYM.findall(text) if not NOT_AN_ACRONYM.match(acronym)}
    return Entities(
        days=tuple(dict.fromkeys(day_in_words(written.day) for written in dates_in(text))),
        organisations=tuple(organisations_in(register, text)),
        explained=tuple(sorted(acronyms & parts)), unexplained=tuple(sorted(acronyms - parts)))


def organisations_in(register: Register, text: str) -> list[Organisation]:
    """Return the organisations whose name, short name or other name occurs in a text.

    A short or other name that several organisations share counts for none of them.
    """
    owners: dict[str, list[Organisation]] = {}
    for one in register.organisations.values():
        for name in filter(None, (one.name, one.short_name, *one.also)):
            owners.setdefault(name.lower(), []).append(one)
    names = {one.name.lower() for one in register.organisations.values()}
    found = [one for name, those in owners.items() if len(those) == 1 or name in names
             for one in those if re.search(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", text)]
    return list({one.id: one for one in found}.values())
