"""What a change is called, and what it says, in the plain text of feeds, calendars and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import FeedbackUpdate, Finding, FindingVerdict, Plan, Update
from ..records.measure import number_in_words
from ..records.partial_date import PartialDate
from . import entries
from .changes import Change
from .findings import ANSWER_WORDS, SAYS_WORDS
from .labels import corrected_in_words, due, due_at, duration_in_words
from .progress import KIND_WORDS, STATUS_WORDS
from .verdicts import feel_in_words

if TYPE_CHECKING:
    from .register import Register


def categories(register: Register, change: Change) -> tuple[str, ...]:
    """Return the words by which programs sort an action's changes: its kind, and on whose word it is done."""
    if not change.action:
        return ()
    kind = KIND_WORDS[change.action.kind]
    return (kind, _done(register, change)) if change.kind == "complete" else (kind,)


def _done(register: Register, change: Change) -> str:
    """Return a completion with whose word it is, such as "Done, says the council"."""
    if not (change.action and change.update):
        return STATUS_WORDS["complete"]
    return register.progress[change.action.id].label_of(change.update)


def title(register: Register, change: Change) -> str:
    """Return a change in a few words, such as "Late: A-012 Tell families every four weeks".

    A plan or an aim says so: "Date moved: plan A-054 Open three schools". What is done says on whose word.
    """
    word = {"promised": "Promised", "planned": "Planned", "aim": "An aim", "complete": _done(register, change),
            "stopped": "Stopped", "dropped": "Dropped", "carried_over": "Carried over", "merged": "Merged",
            "not_mentioned": "Not in the new plan", "plan": "A new plan", "late": "Late",
            "date_passed": "Its date has passed", "moved": "Date moved",
            "dated": "Date given", "owner": "New owner", "asked": "Asked in public",
            "status": STATUS_WORDS.get(str(change.now), "News"),
            "news": "News", "corrected": "Put right",
            "described": "Changed", "taken_down": "Taken down", "decided": "Decided", "figure": "New figure",
            "found": "Found" if change.finding and change.finding.kind == "found" else "Recommended",
            "heard": "Families said", "taken_up": "Taken up", "changed": "What changed",
            "answered": "Answered", "verdict": "A verdict", "family_verdict": "Families were asked",
            }[change.kind]
    is_named = change.action and not change.action.is_promise and change.kind != change.action.kind
    return f"{word}: {f'{KIND_WORDS[change.action.kind].lower()} ' if is_named else ''}{subject(change)}"


def subject(change: Change) -> str:
    """Return what changed: an action by its id and title, a decision by its text, all else by its title."""
    if change.explained:
        return change.explained.name
    if change.action:
        return f"{change.action.id} {change.action.title}"
    if change.theme:
        return f"{'Answer to ' if change.kind == 'late' else ''}“{change.theme.title}”"
    if change.finding:
        return f"Answer to “{change.finding.title}”" if change.kind == "late" else change.finding.title
    return change.decision.text if change.decision else change.measure.title if change.measure else \
        change.plan.name if change.plan else f"{change.priority.id} {change.priority.title}" if change.priority else ""


def sentence(register: Register, change: Change) -> str:
    """Return what a change is, in one or more sentences of plain text."""
    if change.explained:
        return entries.sentence(change.explained.entry)
    update, note = change.update, change.update.note if change.update else None
    begun = f"Owner: {_owner(register, change.action.owner)}. Due: {due(change.action.due)}." if change.action else ""
    text = {
        "promised": begun,
        "planned": f"Somebody reported this plan. It is not a promise. {begun}",
        "aim": f"Somebody hopes for this. It is not a promise. {begun}",
        "date_passed": f"It was due {due_at(change.now)}.",
        "late": f"It was due {due_at(change.now)}, and "
        + ("we know of none." if change.finding or change.theme else "it is not done."),
        "found": _found(register, change.finding) if change.finding else "",
        "answered": f"{ANSWER_WORDS.get(str(change.now), '')}." if change.finding else _reply(register, change.reply),
        "changed": _reply(register, change.reply), "taken_up": _reply(register, change.reply),
        "heard": f"{change.theme.said} Heard through {register.name_of(change.theme.heard.through)}."
        if change.theme else "",
        "verdict": _verdict(register, change.verdict) if change.verdict else "",
        "family_verdict": f"{feel_in_words(change.family_verdict)} Asked by: "
        f"{register.name_of(change.family_verdict.asked_by)}." if change.family_verdict else "",
        "moved": f"From {due(change.was)} to {due(change.now)}{_later(change.days)}.",
        "dated": f"It is now due {due_at(change.now)}.",
        "owner": f"From {_owner(register, change.was)} to {_owner(register, change.now)}.",
        "asked": _asked(register, update) if update else "",
        "status": f"Its status is now: {STATUS_WORDS.get(str(change.now), '')}.",
        "complete": f"{_done(register, change)}.", "stopped": "It was stopped.", "dropped": "It was dropped.",
        "carried_over": f"It goes on as {update.to}." if update else "",
        "merged": f"It is now part of {update.to}." if update else "",
        "not_mentioned": "Its plan was replaced, and nobody had said by then what became of it.",
        "plan": _replaced(register, change.plan),
        "decided": f"{change.decision.kind.capitalize()} at the meeting of "
        f"{PartialDate.parse(change.decision.meeting)}."
        if change.decision else "",
        "figure": _figure(change),
    }.get(change.kind, "")
    text = f"{change.step}." if change.step else text
    if update and update.correction:
        text += f" Put right: {corrected_in_words(update.correction.field)}. {update.correction.reason}"
    reason = f"The reason given: {update.reason}" if update and update.reason else None
    late = f"Added later: this is from {change.happened}." if change.happened else None
    found = "Found by this site's editors." if update and update.editorial else None
    return " ".join(part for part in (text, reason, note, late, found) if part).strip() or "News of it was published."


def _asked(register: Register, update: Update) -> str:
    """Return where somebody asked, and the answer where there was one on that day."""
    forum = register.forums.get(update.asked.forum) if update.asked else None
    if update.asked is None or forum is None:
        return ""
    return f"Somebody asked at: {forum.name}." + (f" The answer: {update.asked.answer}" if update.asked.answer else "")


def _replaced(register: Register, plan: Plan | None) -> str:
    """Return which plan a new plan replaces, in a sentence; else when it began."""
    if plan and plan.replaces in register.plans:
        return f"It replaces this plan: {register.plans[plan.replaces].name}."
    return f"It began: {plan.start}." if plan else ""


def _owner(register: Register, id: object) -> str:
    return register.name_of(str(id)) if id else "not published"


def _later(days: int | None) -> str:
    return "" if days is None else f" ({duration_in_words(days)} {'later' if days >= 0 else 'earlier'})"


def _found(register: Register, finding: Finding) -> str:
    responsible = ", ".join(map(register.name_of, finding.responsible))
    return f"{finding.text} From: {register.name_of(finding.from_)}." + (f" For: {responsible}." if responsible else "")


def _verdict(register: Register, verdict: FindingVerdict) -> str:
    return f"{SAYS_WORDS[verdict.says]}, says {register.name_of(verdict.by)}. {verdict.note or ''}".strip()


def _reply(register: Register, reply: FeedbackUpdate | None) -> str:
    """Return what an update says about what families said: who took it up, the answer, and what changed."""
    if reply is None:
        return ""
    taken_up = f"{register.name_of(reply.taken_up_by)} took it up." if reply.taken_up_by else None
    changed = f"What changed: {reply.changed}" if reply.changed and reply.answer else reply.changed
    return " ".join(part for part in (taken_up, reply.answer, changed) if part)


def _figure(change: Change) -> str:
    if not change.observation or not change.measure:
        return ""
    value = change.observation.value
    words = "No figure is published" if value is None else \
        f"{'About ' if change.observation.approximate else ''}{number_in_words(value)} {change.measure.unit}"
    return f"{words}, for {change.observation.period}."
