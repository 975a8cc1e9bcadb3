"""References: every id that a record, a post or running text names exists, and records that belong together agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..kinds import BY_LETTER, BY_NAME, KINDS, RECORD_ID, Place, guarded, references
from ..ledger.canonical import plain
from ..ledger.corrections import alike
from ..ledger.meaning import facts
from ..problem import Code, Problem, Topic, quoted, suggestion
from ..records import Action, Record
from ..records.base import Guard
from ..register import Register

CODES = (
    Code("unknown-owner", Topic.REFERENCES,
         "The owner is not in the list of organisations. Write the id from that list, not the name. Where no source "
         "says who owns it, write null.", "owner: counsil", "owner: council"),
    Code("unknown-organisation", Topic.REFERENCES, "There is no such id in the list of organisations.",
         "with: [councel]", "with: [council]"),
    Code("unknown-action", Topic.REFERENCES, "There is no action with this number.", '{{ action("A-0001") }}',
         '{{ action("A-001") }}'),
    Code("unknown-decision", Topic.REFERENCES, "There is no decision with this number.",
         "decisions: [D-001, D-002, D-003]", "decisions: [D-001, D-002]"),
    Code("unknown-meeting", Topic.REFERENCES, "There is no meeting on this day. A meeting is named by its date.",
         "meeting: 2024-01-30", "meeting: 2024-01-31"),
    Code("unknown-measure", Topic.REFERENCES, "There is no measure of this name.", '{{ measure("plans-in-time") }}',
         '{{ measure("plans-on-time") }}'),
    Code("unknown-finding", Topic.REFERENCES, "There is no finding of this name.", "finding: late-plan",
         "finding: late-plans"),
    Code("unknown-feedback", Topic.REFERENCES, "There is no feedback theme with this number.",
         "Smallshire is invented, see F-010.", "Smallshire is invented, see F-001."),
    Code("unknown-priority", Topic.REFERENCES, "There is no such priority.", "priorities: [P2]", "priorities: [P1]"),
    Code("unknown-plan", Topic.REFERENCES, "There is no such plan in data/plans.yml.", "plan: plan-2025",
         "plan: plan-2024"),
    Code("unknown-forum", Topic.REFERENCES, "There is no such place to ask in data/forums.yml.",
         "asked:\n  forum: scrutinny", "asked:\n  forum: scrutiny"),
    Code("unknown-topic", Topic.REFERENCES, "There is no such topic in data/topics.yml. A topic is named by its id.",
         "topics: [late-plan, Late plans]", "topics: [late-plans]"),
    Code("unknown-service", Topic.REFERENCES, "There is no such service in data/services.yml.",
         "services: [advise]", "services: [advice]"),
    Code("unknown-term", Topic.REFERENCES, "The word is not in the glossary.", '{{ term("ZZ") }}',
         '{{ term("EHCP") }}'),
    Code("unknown-post", Topic.REFERENCES,
         "There is no post whose file has this name. It is written without its ending .md.",
         "post: 2024-02-02-frist-meeting", "post: 2024-02-02-first-meeting"),
    Code("unknown-step", Topic.REFERENCES,
         "The update names a step that the action does not have. Its steps are counted from 1.",
         "step: 4\n    status: complete", "step: 3\n    status: complete"),
    Code("post-meeting", Topic.REFERENCES, "A meeting and its post name each other. Here one of them does not.",
         "state: planned\npost: 2024-02-02-first-meeting", "state: planned"),
    Code("post-lacks", Topic.REFERENCES,
         "The post does not list everything that was decided or taken on at its meeting. So readers of the post would "
         "miss a promise.", "decisions: [D-001]", "decisions: [D-001, D-002]"),
    Code("decision-action", Topic.REFERENCES,
         "A decision and the actions that it leads to name each other. Here one of them does not.",
         "leads_to: [A-001, A-003]", "leads_to: [A-001]"),
    Code("decision-meeting", Topic.REFERENCES, "The decision was made at another meeting than the one named here.",
         "meeting: 2026-12-09\ndecision: D-001", "meeting: 2024-01-31\ndecision: D-001"),
    Code("correction", Topic.UPDATES, "A correction repeats what the record says now. The record says something else.",
         "title: Answer letters in plain words\nnow: Answer letters in other words",
         "title: Answer letters in plain words\nnow: Answer letters in plain words"),
)

IS_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""An organisation's id, and no office in words."""

MAYBE_ID = re.compile(f"[{''.join(BY_LETTER)}]-[0-9]{{3}}")
"""A quick test that spares most texts the full one."""

CODE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)|`[^`\n]*`|<!--.*?(?:-->|\Z)", re.S | re.M)
"""Code and comments of Markdown. One that is never closed runs to the end, as it does in browsers and in Markdown."""

NOT_TEXT = re.compile(r"\{\{.*?(?:\}\}|\Z)|\]\([^()\[\]\n]*\)|https?://\S+", re.S)
"""Macros, whose arguments have a check of their own, and addresses, which may contain something like an id."""

def find_unknown(register: Register, kind: str, id: str, where: tuple[str, int], *, word: str = "",
                 also: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield a problem if there is no record of this kind with this id.

    `word` says what the record should have been, if that is not its kind; `also` are further allowed values.
    """
    singular = BY_NAME[kind].singular
    if register.is_missing(kind, id) and id not in also:
        yield Problem(*where, f"unknown-{(word or singular).split()[0]}",
                      f"there is no {singular} {quoted(id)}",
                      suggestion(id, sorted({*register.ids(kind), *also}),
                                 f"use one from {BY_NAME[kind].home}"))


def _references(register: Register) -> Iterator[tuple[str, str, Place, str, str]]:
    """Yield every reference: the kind and id of its record, its place there, and the kind and id that it names."""
    for kind in KINDS:
        if kind.page or kind.further_keys:
            for id, record in getattr(register, kind.name).items():
                yield from ((kind.name, id, *reference) for reference in references(record))


def references_exist(register: Register) -> Iterator[Problem]:
    """Ensures that every id that a record names exists."""
    for kind, id, place, named_kind, named in _references(register):
        if register.is_missing(named_kind, named):
            yield from find_unknown(register, named_kind, named, register.location_of(kind, id, *place),
                                    word="owner" if "owner" in place else "")


def speakers_exist(register: Register) -> Iterator[Problem]:
    """Ensures that `said_by` of an action is an organisation of the area, or an office in words.

    One word in small letters can only be meant as an id: an office has a capital letter or several words.
    """
    for id, action in register.actions.items():
        if action.said_by and IS_ID.fullmatch(action.said_by):
            yield from find_unknown(register, "organisations", action.said_by,
                                    register.location_of("actions", id, "said_by"))


def steps_exist(register: Register) -> Iterator[Problem]:
    """Ensures that the step that an update is about is one of its action's."""
    for id, action in register.actions.items():
        steps = len(action.steps)
        for number, update in enumerate(action.updates):
            if update.step is not None and not 1 <= update.step <= steps:
                yield Problem(*register.location_of("actions", id, "updates", number, "step"), "unknown-step",
                              f"there is no step {update.step}: {id} has "
                              + ("1 step" if steps == 1 else f"{steps} steps" if steps else "no steps"),
                              "use a number from 1 to " + str(steps) if steps > 1 else
                              'write "step: 1"' if steps else "remove this line: the update is about the whole action")


def ids_in_text_exist(register: Register) -> Iterator[Problem]:
    """Ensures that every id in running text, which becomes a link, exists."""
    for page in register.pages:
        body = CODE.sub(blank, page.document.body)
        for match in _ids(body):
            if not register.is_missing(BY_LETTER[match[0][0]].name, match[0]):
                continue
            line = page.document.body_line + body.count("\n", 0, match.start())
            yield from find_unknown(register, BY_LETTER[match[0][0]].name, match[0], (page.document.path, line))
    for document in {id(document): document for document, _ in register.documents.values()}.values():
        for place, line in document.lines.items():
            text = _text_at(document.data, place)
            # A text without a space is not running text: if it is an id, `references_exist` checks it.
            for match in _ids(text) if " " in text and MAYBE_ID.search(text) else ():
                yield from find_unknown(register, BY_LETTER[match[0][0]].name, match[0], (document.path, line))


def blank(match: re.Match[str]) -> str:
    """Return spaces in place of what matched, so that the lines and offsets of the rest stay the same."""
    return re.sub(r"[^\n]", " ", match[0])


def _ids(text: str) -> Iterator[re.Match[str]]:
    return RECORD_ID.finditer(NOT_TEXT.sub(blank, text))


def _text_at(data: object, place: Place) -> str:
    for part in place:
        data = data[part]  # type: ignore[index]
    return data if isinstance(data, str) else ""


def meetings_and_posts_agree(register: Register) -> Iterator[Problem]:
    """Ensures that a meeting and its post name each other."""
    for meeting in register.meetings.values():
        post = register.posts.get(meeting.post or "")
        if post and post.meeting != meeting.id:
            path, line = register.location_of("meetings", meeting.id, "post")
            yield Problem(path, line, "post-meeting", f'the post "{meeting.post}" names '
                          + (f'the meeting "{post.meeting}"' if post.meeting else "no meeting"),
                          f'write "meeting: {meeting.id}" in the post, or correct this line')
    for stem, post in register.posts.items():
        named = register.meetings.get(post.meeting or "")
        if named and named.post != stem:
            path, line = register.location_of("posts", stem, "meeting")
            yield Problem(path, line, "post-meeting", f'the meeting "{named.id}" names '
                          + (f'the post "{named.post}"' if named.post else "no post"),
                          f'write "post: {stem}" in the meeting\'s file, or correct this line')


def decisions_and_actions_agree(register: Register) -> Iterator[Problem]:
    """Ensures that a decision and the actions that it leads to name each other, and the same meeting."""
    for decision in register.decisions.values():
        for number, id in enumerate(decision.leads_to):
            action = register.actions.get(id)
            if action and (not action.said_at or action.said_at.decision != decision.id):
                path, line = register.location_of("decisions", decision.id, "leads_to", number)
                yield Problem(path, line, "decision-action", f"{id} does not name {decision.id} as its decision",
                              f'write "said_at: {{decision: {decision.id}}}" in {id}, or remove it here')
    for action in register.actions.values():
        decision = register.decisions.get(action.said_at.decision or "") if action.said_at else None
        if not decision or not action.said_at:
            continue
        path, line = register.location_of("actions", action.id, "said_at", "decision")
        if action.id not in decision.leads_to:
            yield Problem(path, line, "decision-action", f"{decision.id} does not list {action.id} under leads_to",
                          f"add {action.id} to leads_to in {decision.id}, or correct this line")
        if action.said_at.meeting and action.said_at.meeting != decision.meeting:
            yield Problem(path, line, "decision-meeting", f"{decision.id} was made on {decision.meeting}, but this "
                          f"action says {action.said_at.meeting}", "name the same meeting in both")


def posts_list_what_their_meeting_did(register: Register) -> Iterator[Problem]:
    """Ensures that a post lists all the decisions and actions of its meeting, and no others."""
    links = register.backlinks
    for stem, post in register.posts.items():
        if not post.meeting or post.meeting not in register.meetings:
            continue
        for number, id in enumerate(post.decisions):
            decision = register.decisions.get(id)
            if decision and decision.meeting != post.meeting and decision.meeting in register.meetings:
                path, line = register.location_of("posts", stem, "decisions", number)
                yield Problem(path, line, "decision-meeting", f"{id} was made on {decision.meeting}, but this post is "
                              f"about {post.meeting}", "list it in that meeting's post, or correct its meeting")
        missing = sorted({decision.id for decision in links.decisions_of_meeting.get(post.meeting, [])}
                         - set(post.decisions))
        if missing:
            path, line = register.location_of("posts", stem, "decisions")
            yield Problem(path, line, "post-lacks", f"the post does not list {', '.join(missing)}, decided at its "
                          "meeting", f'add {", ".join(missing)} to "decisions" in the front matter')
        missing = sorted({progress.action.id for progress in links.actions_of_meeting.get(post.meeting, [])}
                         - set(post.actions))
        if missing:
            path, line = register.location_of("posts", stem, "actions")
            yield Problem(path, line, "post-lacks", f"the post does not list {', '.join(missing)}, taken on at its "
                          "meeting", f'add {", ".join(missing)} to "actions" in the front matter')


def corrections_match_the_record(register: Register) -> Iterator[Problem]:
    """Ensures that the `now` of the latest correction of a field is what the record says."""
    for kind in KINDS:
        if not kind.corrected_in:
            continue
        # What may have grown since, or changed, says something else than its correction.
        may_differ = guarded(kind.name, Guard.APPEND_ONLY, Guard.FILLED_IN, Guard.FREE)
        for id, record in getattr(register, kind.name).items():
            for field, (correction, place) in _latest_corrections(record).items():
                value = plain(record).get(field)
                if field not in may_differ and not alike(correction.now, value):
                    path, line = register.location_of(kind.name, id, *place, "now")
                    yield Problem(path, line, "correction", f'the {field} is not what "now" says',
                                  f"write the corrected {field} in both places")


    if "area" not in register.unread:
        stands = facts(plain(register.area))
        for field, (correction, place) in _latest_corrections(register.area).items():
            if not alike(correction.now, stands.get(field)):
                path, line = register.location_of("area", "area", *place, "now")
                yield Problem(path, line, "correction", f'the {field} is not what "now" says',
                              f"write the corrected {field} in both places")


def _latest_corrections(record: Record) -> dict[str, tuple[Any, Place]]:
    """Return the latest correction of each corrected field, with its place in the record."""
    if isinstance(record, Action):
        return {update.correction.field: (update.correction, ("updates", number, "correction"))
                for number, update in enumerate(record.updates) if update.correction}
    corrections = getattr(record, "corrections", ())
    return {correction.field: (correction, ("corrections", number)) for number, correction in enumerate(corrections)}
