"""Draft records from the sentences of a post. Nothing in them is known better than the sentence says it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...register import Register
from ..edits import Edits
from ..ids import file_of, next_id
from ..new import MARK
from ..yaml_text import record_text
from .recognised import organisations_in
from .sentences import Likely, likely_decision, likely_promise, sentences_in

MOST = 12
"""How many drafts are made from one document: nobody confirms more than that with care."""


@dataclass
class Drafts:
    """The files of draft records, the ids in them by their kind, and sentences for which none could be made."""

    edits: Edits = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def draft_records(register: Register, paragraphs: Iterable[str], meeting: str | None, source: dict[str, Any]) -> Drafts:
    """Return drafts of the decisions and actions that a text seems to tell of, at most twelve.

    A decision is made at a meeting: without `meeting` it is only named in a notice. `source` is the post.
    """
    drafts = Drafts()
    left = 0
    for sentence in dict.fromkeys(sentences_in(paragraphs)):
        decision = likely_decision(sentence)
        promise = None if decision else likely_promise(sentence)
        if decision and not meeting:
            drafts.notices.append(f"This sounds like a decision, and no meeting fits the post: “{sentence}” If it is "
                                  "one, run: board new decision --meeting DAY --text …")
        elif (decision or promise) and len(drafts.edits) == MOST:
            left += 1
        elif decision and meeting:
            _decision(register, drafts, decision, meeting, source)
        elif promise:
            _action(register, drafts, promise, source)
    if left:
        drafts.notices.append(f"{left} more sentence{'s sound' if left > 1 else ' sounds'} like a decision or a "
                              f"promise. No more than {MOST} drafts are made from a document: read on for yourself.")
    return drafts


def _decision(register: Register, drafts: Drafts, likely: Likely, meeting: str, source: dict[str, Any]) -> None:
    id = next_id(register, "decisions", drafts.decisions)
    drafts.decisions.append(id)
    text = likely.sentence.rstrip(".;")
    drafts.edits[file_of("decisions", id, text)] = record_text(
        {"id": id, "meeting": meeting, "text": text, "kind": likely.kind, "source": source},
        {"id": _where_from(likely, id, "did the board decide this, at this meeting?",
                           "If it did, write the text so that it can be read by itself."),
         "kind": f"{MARK}: agreed, approved, noted or deferred? What was only discussed is no decision."})


def _action(register: Register, drafts: Drafts, likely: Likely, source: dict[str, Any]) -> None:
    id = next_id(register, "actions", drafts.actions)
    drafts.actions.append(id)
    named = [f"{one.name} ({one.id})" for one in organisations_in(register, likely.sentence)]
    owner = f"The sentence mentions {', '.join(named)}; who is mentioned does not yet answer for it." if named else \
        "The sentence mentions no organisation that data/organisations.yml knows."
    due = "Is this the date that was promised?" if likely.due else \
        f"The sentence says “{likely.due_words}”. Which date is that?" if likely.due_words else \
        "The sentence gives no date; null says that none was published."
    drafts.edits[file_of("actions", id, likely.title)] = record_text(
        {"id": id, "title": likely.title, "owner": None, "due": likely.due, "source": source},
        {"id": _where_from(likely, id, "is this a promise?",
                           "If it is, let the title say what will be done, and begin with a verb."),
         "owner": f"{MARK}: who answers for it? {owner}",
         "due": f"{MARK}: by when? {due}"})


def _where_from(likely: Likely, id: str, question: str, otherwise: str) -> str:
    return (f"{MARK}: {question} It comes from the sentence: “{likely.sentence}” If not, delete this file, and {id} in "
            f"the post. {otherwise}")
