"""Makes drafts of the decisions, promises and meetings in a post's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...records.partial_date import day_in_words
from ...register import Register
from .. import Edits
from ..new import ASK_FOR_A_TEST, TO_CONFIRM, next_id, record_path
from ..yaml_writer import record_text
from .next_meeting import NextMeeting, find_next_meeting
from .post_meeting import PostMeeting
from .sentences import Candidate, likely_decision, likely_promise, organisations_in, says_will, sentences_in

MAX_DRAFTS = 12
"""How many drafts are made from one text: a person can check no more than that with care."""

MAX_LISTED = 12
"""How many sentences without a row are listed."""


@dataclass
class Drafts:
    """Draft records as files, their ids, and notices of sentences without a draft."""

    edits: Edits = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Promise:
    """What a writer says was promised: by which organisation or office, by when, and what would show it is done."""

    what: str
    owner: str | None = None
    office: str = ""
    due: str | None = None
    done_when: tuple[str, ...] = ()

    def covers(self, sentence: str) -> bool:
        """Return whether a sentence is about this promise: half of its longer words are in it."""
        words = set(re.findall(r"\w{4,}", self.what.lower()))
        there = {word[:6] for word in re.findall(r"\w{4,}", sentence.lower())}
        return bool(words) and sum(word[:6] in there for word in words) * 2 >= len(words)


def draft_records(register: Register, paragraphs: Iterable[str], meeting: PostMeeting | None, day: date,
                  source: dict[str, Any], promises: Iterable[Promise] | None = None, next_meeting: str = "") -> Drafts:
    """Return drafts of the decisions, promises and meetings in a text of `day`, at most `MAX_DRAFTS` of the first two,
    and the actions that the writer gives as `promises`. What is planned for the next meeting is added to `meeting`;
    `next_meeting` is its day, if the writer gives it.

    Every decision has a meeting: without `meeting`, a decision only gets a notice. `source` is the post. Where the
    writer was asked for promises, sentences with “will” that have nothing are listed.
    """
    paragraphs, given = tuple(paragraphs), tuple(promises or ())
    drafts = Drafts()
    for promise in given:
        _given_action(register, drafts, promise, meeting, source)
    found = find_next_meeting(paragraphs, day)
    if next_meeting:
        found = NextMeeting(date.fromisoformat(next_meeting), "", found.plans)
    planned = {found.sentence, *_next_meeting(register, drafts, found, meeting, day, source)}
    skipped, made = 0, 0
    left: list[str] = []
    before = ""
    for sentence in dict.fromkeys(sentences_in(paragraphs)):
        decision = likely_decision(sentence)
        likely = None if decision or given or sentence in planned else likely_promise(sentence)
        if decision and not meeting:
            drafts.notices.append(f"This sounds like a decision, but no meeting fits the post: “{sentence}” If it is "
                                  "one, say at which meeting it was made.")
        elif decision or likely:
            made += 1
            if made > MAX_DRAFTS:
                skipped += 1
            elif decision and meeting:
                _decision(register, drafts, decision, meeting.id, source)
            elif likely:
                _action(register, drafts, likely, before, source)
        elif sentence not in planned and says_will(sentence) and not any(one.covers(sentence) for one in given):
            left.append(sentence)
        before = sentence
    if skipped:
        drafts.notices.append(f"{skipped} more sentence{'s sound' if skipped > 1 else ' sounds'} like a decision or a "
                              f"promise. At most {MAX_DRAFTS} drafts are made from a document: read the rest "
                              "yourself.")
    if left and promises is not None:
        shown = "".join(f"\n  - “{sentence}”" for sentence in left[:MAX_LISTED])
        more = f"\n  - and {len(left) - MAX_LISTED} more" if len(left) > MAX_LISTED else ""
        drafts.notices.append("These sentences say that something will be done, and no row says by whom and by when. "
                              f"Add a row for each that is a promise:{shown}{more}")
    return drafts


def _next_meeting(register: Register, drafts: Drafts, found: NextMeeting, meeting: PostMeeting | None, day: date,
                  source: dict[str, Any]) -> set[str]:
    """Draft the next meeting, and add what is planned for it to `meeting`. Returns the sentences that say the plans."""
    next_day = found.day.isoformat() if found.day else ""
    if not next_day:
        later = [one.id for one in register.meetings_by_date if one.id > day.isoformat() and one.state != "cancelled"]
        next_day = min(later, default="")
    elif next_day not in register.meetings:
        is_ahead = next_day > register.today.isoformat()
        question = f"{TO_CONFIRM}: was this meeting held? The post only says that it was planned."
        drafts.edits[record_path("meetings", next_day)] = record_text(
            {"id": next_day, "state": "planned" if is_ahead else "held", "source": source},
            {} if is_ahead else {"state": question})
        drafts.notices.append(f"The next meeting, on {day_in_words(date.fromisoformat(next_day))}, has a page now."
                              + (f" The post says: “{found.sentence}”" if found.sentence else ""))
    if not meeting:
        return set()
    for plan, _ in found.plans:
        meeting.plans.append({"text": plan, **({"meant_for": next_day} if next_day else {})})
        drafts.notices.append(f"Planned for the next meeting: “{plan}”. It is on the page of the meeting of "
                              f"{day_in_words(date.fromisoformat(meeting.id))}.")
    return {sentence for _, sentence in found.plans}


def _decision(register: Register, drafts: Drafts, likely: Candidate, meeting: str, source: dict[str, Any]) -> None:
    id = next_id(register, "decisions", drafts.decisions)
    drafts.decisions.append(id)
    text = likely.sentence.rstrip(".;")
    drafts.edits[record_path("decisions", id, text)] = record_text(
        {"id": id, "meeting": meeting, "text": text, "kind": likely.kind, "source": source},
        {"id": _origin(likely, id, "did the board decide this at this meeting?",
                           "If it did, reword the text so that it makes sense alone."),
         "kind": f"{TO_CONFIRM}: agreed, approved, noted or deferred? What was only discussed is not a decision."})


def _given_action(register: Register, drafts: Drafts, promise: Promise, meeting: PostMeeting | None,
                  source: dict[str, Any]) -> None:
    id = next_id(register, "actions", drafts.actions)
    drafts.actions.append(id)
    values: dict[str, Any] = {"id": id, "title": promise.what, "kind": "promised"}
    values |= {"said_at": {"meeting": meeting.id}} if meeting else {}
    values |= {"owner": promise.owner, **({"office": promise.office} if promise.office else {}), "due": promise.due}
    values |= {"done_when": list(promise.done_when)} if promise.done_when else {}
    drafts.edits[record_path("actions", id, promise.what)] = record_text({**values, "source": source}, {})
    if not promise.done_when:
        drafts.notices.append(f"{id}, “{promise.what}”: {ASK_FOR_A_TEST}")


def _action(register: Register, drafts: Drafts, likely: Candidate, before: str, source: dict[str, Any]) -> None:
    id = next_id(register, "actions", drafts.actions)
    drafts.actions.append(id)
    named = [f"{one.name} ({one.id})" for one in organisations_in(register, likely.sentence)]
    owner = f"The sentence mentions {', '.join(named)}; being mentioned does not make an owner." if named else \
        "The sentence mentions no organisation that data/organisations.yml knows."
    due = "Is this the date that was promised?" if likely.due else \
        f"The sentence says “{likely.due_words}”. Which date is that?" if likely.due_words else \
        "The sentence gives no date; null means that none was published."
    path = record_path("actions", id, likely.title)
    title = likely.title or f"{TO_CONFIRM}: what will be done? The post says: “{before}” “{likely.sentence}”"
    drafts.edits[path] = record_text(
        {"id": id, "title": title, "kind": "planned", "owner": None, "due": likely.due, "source": source},
        {"id": _origin(likely, id, "is this a promise?",
                           "If it is, let the title say what will be done, starting with a verb."),
         "kind": f"{TO_CONFIRM}: promised, planned or aim? It is a promise only if the source commits somebody to it.",
         "owner": f"{TO_CONFIRM}: who answers for it? {owner}",
         "due": f"{TO_CONFIRM}: by when? {due}"})


def _origin(likely: Candidate, id: str, question: str, otherwise: str) -> str:
    return (f"{TO_CONFIRM}: {question} It comes from the sentence: “{likely.sentence}” If not, delete this file, and "
            f"{id} in the post. {otherwise}")
