"""References between records, checked both ways."""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import KINDS, Place, references, text_keys
from ..problem import Problem
from ..register import Register
from .names import unknown


def _named(register: Register) -> Iterator[tuple[str, str, Place, str, str]]:
    """Yield every reference: the kind and id of the record that holds it, its place there, and what it names."""
    for kind in KINDS:
        if kind.page:
            for id, record in getattr(register, kind.name).items():
                yield from ((kind.name, id, *reference) for reference in references(record))


def references_exist(register: Register) -> Iterator[Problem]:
    """Ensure that every id which a record names is there."""
    for kind, id, place, named_kind, named in _named(register):
        if register.lacks(named_kind, named):
            yield from unknown(register, named_kind, named, register.where(kind, id, *place),
                               word="owner" if "owner" in place else "")


def meetings_and_posts_agree(register: Register) -> Iterator[Problem]:
    """Ensure that a meeting and its post name each other."""
    for meeting in register.meetings.values():
        post = register.posts.get(meeting.post or "")
        if post and post.meeting != meeting.id:
            path, line = register.where("meetings", meeting.id, "post")
            yield Problem(path, line, "post-meeting", f'the post "{meeting.post}" names '
                          + (f'the meeting "{post.meeting}"' if post.meeting else "no meeting"),
                          f'write "meeting: {meeting.id}" in the post, or mend this line')
    for stem, post in register.posts.items():
        named = register.meetings.get(post.meeting or "")
        if named and named.post != stem:
            path, line = register.where("posts", stem, "meeting")
            yield Problem(path, line, "post-meeting", f'the meeting "{named.id}" names '
                          + (f'the post "{named.post}"' if named.post else "no post"),
                          f'write "post: {stem}" in the meeting\'s file, or mend this line')


def decisions_and_actions_agree(register: Register) -> Iterator[Problem]:
    """Ensure that a decision and the actions that it leads to name each other, and the same meeting."""
    for decision in register.decisions.values():
        for number, id in enumerate(decision.leads_to):
            action = register.actions.get(id)
            if action and (not action.agreed or action.agreed.decision != decision.id):
                path, line = register.where("decisions", decision.id, "leads_to", number)
                yield Problem(path, line, "decision-action", f"{id} does not name {decision.id} as its decision",
                              f'write "agreed: {{decision: {decision.id}}}" in {id}, or remove it here')
    for action in register.actions.values():
        decision = register.decisions.get(action.agreed.decision or "") if action.agreed else None
        if not decision or not action.agreed:
            continue
        path, line = register.where("actions", action.id, "agreed", "decision")
        if action.id not in decision.leads_to:
            yield Problem(path, line, "decision-action", f"{decision.id} does not lead to {action.id}",
                          f"add {action.id} to leads_to in {decision.id}, or mend this line")
        if action.agreed.meeting and action.agreed.meeting != decision.meeting:
            yield Problem(path, line, "decision-meeting", f"{decision.id} was made on {decision.meeting}, and this "
                          f"action says {action.agreed.meeting}", "name the same meeting in both")


def posts_list_what_their_meeting_did(register: Register) -> Iterator[Problem]:
    """Ensure that what a post lists was decided or promised at its own meeting, and that it lists all of it."""
    links = register.backlinks
    for stem, post in register.posts.items():
        if not post.meeting or post.meeting not in register.meetings:
            continue
        for number, id in enumerate(post.decisions):
            decision = register.decisions.get(id)
            if decision and decision.meeting != post.meeting and decision.meeting in register.meetings:
                path, line = register.where("posts", stem, "decisions", number)
                yield Problem(path, line, "decision-meeting", f"{id} was made on {decision.meeting}, and this post is "
                              f"about {post.meeting}", "list it in that meeting's post, or mend its meeting")
        missing = sorted({decision.id for decision in links.decisions_of_meeting.get(post.meeting, [])}
                         - set(post.decisions))
        if missing:
            path, line = register.where("posts", stem, "decisions")
            yield Problem(path, line, "post-lacks", f"the post does not list {', '.join(missing)}, decided at its "
                          "meeting", f'add {", ".join(missing)} to "decisions" in the front matter')
        missing = sorted({progress.action.id for progress in links.actions_of_meeting.get(post.meeting, [])}
                         - set(post.actions))
        if missing:
            path, line = register.where("posts", stem, "actions")
            yield Problem(path, line, "post-lacks", f"the post does not list {', '.join(missing)}, taken on at its "
                          "meeting", f'add {", ".join(missing)} to "actions" in the front matter')


def corrections_name_what_stood_there(register: Register) -> Iterator[Problem]:
    """Ensure that a correction's `now` is what the record says now, so that readers see both wordings."""
    for action in register.actions.values():
        newest = {update.correction.field: number for number, update in enumerate(action.updates) if update.correction}
        for number, update in enumerate(action.updates):
            correction = update.correction
            if correction and correction.field in text_keys("actions") \
                    and newest[correction.field] == number and getattr(action, correction.field) != correction.now:
                path, line = register.where("actions", action.id, "updates", number, "correction", "now")
                yield _not_corrected(path, line, correction.field)
    for kind in ("decisions", "meetings", "measures", "feedback"):
        for id, record in getattr(register, kind).items():
            newest = {correction.field: number for number, correction in enumerate(record.corrections)}
            for field, number in newest.items():
                stands = getattr(record, field, None)
                if (stands is None or isinstance(stands, str)) and stands != record.corrections[number].now:
                    yield _not_corrected(*register.where(kind, id, "corrections", number, "now"), field)


def _not_corrected(path: str, line: int, field: str) -> Problem:
    return Problem(path, line, "correction", f'the {field} is not what "now" says',
                   f"write the corrected {field} in both places")
