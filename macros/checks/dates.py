"""Dates that contradict each other, or lie in the future."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..problem import Code, Problem, Topic
from ..records import Action
from ..records.partial_date import PartialDate, day_in_words
from ..register import Register

CODES = (
    Code("future-date", Topic.DATES, "This is described as having happened, but its date has not come yet.",
         "- period: 2027", "- period: 2025"),
    Code("meeting-passed", Topic.DATES,
         "This meeting was planned, and its day has passed. Readers see neither that it was held nor that it was not.",
         "id: 2024-01-31\nstate: planned", "id: 2024-01-31\nstate: held", level="warning"),
    Code("update-order", Topic.DATES,
         "Updates are in order of their dates, oldest first, and none is older than the promise. An update on older "
         "news is dated today, and says when it happened. It undoes nothing newer.",
         "said_at:\n  meeting: 2026-12-09\nupdates:\n  - date: 2024-03-20",
         "said_at:\n  meeting: 2026-12-09\nupdates:\n  - date: 2027-03-20"),
    Code("no-move", Topic.DATES,
         "A new date or owner is the one that the action has already. Readers would see a change where there is none. "
         "News goes into a note.", "due: 2024-Q2\n    reason: It stays so.", "note: The date stays as it is.",
         level="warning"),
    Code("looked-order", Topic.DATES, "The days on which you looked for news are listed oldest first.",
         "- date: 2026-11-26\n  places: [The council's news]\n- date: 2026-09-30\n  places: [The council's news]",
         "- date: 2026-09-30\n  places: [The council's news]\n- date: 2026-11-26\n  places: [The council's news]"),
    Code("post-date", Topic.DATES, "A post cannot report on a meeting that had not been held yet.",
         "date: 2024-01-30\nmeeting: 2024-01-31", "date: 2024-02-02\nmeeting: 2024-01-31"),
    Code("pre-election", Topic.ELECTIONS,
         "In the weeks before an election, rules limit what a council may publish. So ask first. The council has "
         "someone who knows the rules: the monitoring officer.",
         "date: 2026-11-20", "date: 2026-11-20\ndraft: true", level="warning"),
)


def updates_in_order(register: Register) -> Iterator[Problem]:
    """Ensures that an action's updates are listed oldest first, and none is older than the promise itself."""
    for action in register.actions.values():
        before = _promised(register, action)
        named = f"the day it was promised, {before}" if before else ""
        for number, update in enumerate(action.updates):
            if before and update.date.last_day < before.first_day:
                path, line = register.location_of("actions", action.id, "updates", number, "date")
                yield Problem(path, line, "update-order", f"{update.date} is before {named}",
                              "put updates in the order of their dates, or correct the date; to add older news, date "
                              'it on the day on which you add it, with the earlier day in a line "happened:"')
            before, named = update.date, f"the update above it, {update.date}"


def moves_move(register: Register) -> Iterator[Problem]:
    """Ensures that an update with a date or an owner gives another than before."""
    for action in register.actions.values():
        now: dict[tuple[str, int | None], object] = {("owner", None): action.owner, ("due", None): action.due}
        now |= {("due", number): step.due for number, step in enumerate(action.steps, 1)}
        for number, update in enumerate(action.updates):
            for field in ("due", "owner"):
                value, key = getattr(update, field), (field, update.step)
                if value and value == now.get(key):
                    path, line = register.location_of("actions", action.id, "updates", number, field)
                    what = "date" if field == "due" else field
                    yield Problem(path, line, "no-move", f"the {what} is {value} already",
                                  "write the news in a note, and take this line out", level="warning")
                now[key] = value or now.get(key)


def answers_in_order(register: Register) -> Iterator[Problem]:
    """Ensures that the updates of a feedback theme are listed oldest first, and none is older than what was heard."""
    for theme in register.feedback.values():
        before, named = theme.heard.date, f"the day on which it was heard, {theme.heard.date}"
        for number, update in enumerate(theme.updates):
            if update.date.last_day < before.first_day:
                path, line = register.location_of("feedback", theme.id, "updates", number, "date")
                yield Problem(path, line, "update-order", f"{update.date} is before {named}",
                              "put updates in the order of their dates, or correct the date; to add older news, date "
                              'it on the day on which you add it, with the earlier day in a line "happened:"')
            elif update.happened and update.happened.last_day < theme.heard.date.first_day:
                path, line = register.location_of("feedback", theme.id, "updates", number, "happened")
                yield Problem(path, line, "update-order", f"{update.happened} is before the day on which it was heard, "
                              f"{theme.heard.date}", "correct one of the two dates")
            before, named = update.date, f"the update above it, {update.date}"


def older_news_changes_nothing_newer(register: Register) -> Iterator[Problem]:
    """Ensures that an update on older news is not older than the promise, and does not override newer news."""
    for action in register.actions.values():
        promised = _promised(register, action)
        for number, update in enumerate(action.updates):
            if update.happened is None:
                continue
            path, line = register.location_of("actions", action.id, "updates", number, "happened")
            if promised and update.happened.last_day < promised.first_day:
                yield Problem(path, line, "update-order", f"{update.happened} is before the day it was promised, "
                              f"{promised}", "correct the date, or remove this line")
            for field in filter(partial(getattr, update), ("status", "due", "owner")):
                # News of the same day overrides: the order of updates then says which came last.
                newer = next((earlier for earlier in action.updates[:number] if getattr(earlier, field)
                              and earlier.step == update.step
                              and earlier.happened_on.first_day > update.happened.first_day), None)
                if newer:
                    yield Problem(path, line, "update-order", f"this {field} is from {update.happened}, but there is "
                                  f"a newer one from {newer.happened_on}", f'take "{field}:" out, and say in the note '
                                  "what it was then")


def _promised(register: Register, action: Action) -> PartialDate | None:
    """Return when an action was promised, if a meeting dates the promise; other promises may have older updates."""
    return register.promised_on(action) if register.meeting_of(action) else None


def nothing_in_the_future(register: Register) -> Iterator[Problem]:
    """Ensures that nothing that has happened is dated after today, and no meeting to come before it."""
    today = register.today
    for action in register.actions.values():
        for number, update in enumerate(action.updates):
            if update.date.first_day > today:
                path, line = register.location_of("actions", action.id, "updates", number, "date")
                yield Problem(path, line, "future-date", f"the update is dated {update.date}, and today is "
                              f"{day_in_words(today)}", "correct the date, or add the update on its day")
    for meeting in register.meetings.values():
        held = PartialDate.parse(meeting.id)
        if meeting.state == "held" and held.first_day > today:
            path, line = register.location_of("meetings", meeting.id, "id")
            yield Problem(path, line, "future-date", f"the meeting of {held} has the state \"held\", and "
                          f"today is {day_in_words(today)}", 'write "state: planned"')
        if meeting.state == "planned" and held.last_day < today:
            path, line = register.location_of("meetings", meeting.id, "state")
            yield Problem(path, line, "meeting-passed", f"the meeting of {held} is still \"planned\", and today is "
                          f"{day_in_words(today)}", 'write "state: held" or "state: cancelled"', level="warning")
    for measure in register.measures.values():
        for place, observations in measure.series():
            for number, observation in enumerate(observations):
                if observation.period.first_day > today:
                    path, line = register.location_of("measures", measure.id, *place, number, "period")
                    yield Problem(path, line, "future-date", f"the figure is for {observation.period}, and today is "
                                  f"{day_in_words(today)}", "correct the period")
    for theme in register.feedback.values():
        if theme.heard.date.first_day > today:
            path, line = register.location_of("feedback", theme.id, "heard", "date")
            yield Problem(path, line, "future-date", f"this is dated {theme.heard.date}, and today is "
                          f"{day_in_words(today)}", "correct the date")
        for number, update in enumerate(theme.updates):
            if update.date.first_day > today:
                path, line = register.location_of("feedback", theme.id, "updates", number, "date")
                yield Problem(path, line, "future-date", f"the update is dated {update.date}, and today is "
                              f"{day_in_words(today)}", "correct the date, or add the update on its day")

    for id, verdict in register.family_verdicts.items():
        for key, day in (("date", verdict.date), ("added", verdict.added)):
            if day and day.first_day > today:
                yield Problem(*register.location_of("family_verdicts", id, key), "future-date",
                              f"this is dated {day}, and today is {day_in_words(today)}", "correct the date")
    for finding in register.findings.values():
        dated = [(("date",), finding.date), (("answered",), finding.answered),
                 (("answer_added",), finding.answer_added),
                 *((("verdicts", number, "date"), verdict.date) for number, verdict in enumerate(finding.verdicts))]
        for place, day in dated:
            if day and day.first_day > today:
                path, line = register.location_of("findings", finding.id, *place)
                yield Problem(path, line, "future-date", f"this is dated {day}, and today is {day_in_words(today)}",
                              "correct the date")


def searches_in_order(register: Register) -> Iterator[Problem]:
    """Ensures that the searches for news are listed oldest first, and that none is dated after today."""
    before = None
    for number, looked in enumerate(register.looked):
        path, line = register.location_of("looked", f"number {number + 1}", "date")
        if looked.date.first_day > register.today:
            yield Problem(path, line, "future-date", f"this is dated {looked.date}, and today is "
                          f"{day_in_words(register.today)}", "correct the date")
        if before and looked.date.first_day < before.first_day:
            yield Problem(path, line, "looked-order", f"{looked.date} comes after {before}",
                          "put the newest search at the end")
        before = looked.date


def posts_follow_their_meetings(register: Register) -> Iterator[Problem]:
    """Ensures that a post is not dated before its meeting, nor after today."""
    for stem, post in register.posts.items():
        path, line = register.location_of("posts", stem, "date")
        if not post.date.is_day:
            yield Problem(path, line, "date", f'"{post.date.text}" is not a day', "write the day, such as 2023-12-20")
        if post.date.first_day > register.today and not post.draft:
            yield Problem(path, line, "future-date", f"the post is dated {post.date}, and today is "
                          f"{day_in_words(register.today)}", 'correct the date, or write "draft: true"')
        if post.meeting and post.meeting in register.meetings and post.date.last_day.isoformat() < post.meeting:
            yield Problem(path, line, "post-date", f"the post is dated before its meeting of {post.meeting}",
                          "correct the date or the meeting")


def posts_respect_elections(register: Register) -> Iterator[Problem]:
    """Ensures that a post in the weeks before an election comes with a warning about the publicity rules.

    Source: Code of Recommended Practice on Local Authority Publicity (2011), paragraphs 33 to 35.
    """
    now = register.pre_election_period
    for stem, post in register.posts.items() if now else ():
        if not post.draft and now.first_day.first_day <= post.date.first_day <= now.last_day.last_day:
            path, line = register.location_of("posts", stem, "date")
            yield Problem(path, line, "pre-election", "the post is dated in the weeks before an election "
                          f"({now.first_day} to {now.last_day}), when publicity rules apply",
                          "ask the council's monitoring officer before it is published, or write \"draft: true\" and "
                          "wait", "warning")
