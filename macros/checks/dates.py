"""Dates that contradict each other, or today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..problem import Problem
from ..records import Action
from ..records.partial_date import PartialDate, day_in_words
from ..register import Register


def updates_in_order(register: Register) -> Iterator[Problem]:
    """Ensure that an action's updates stand oldest first, and none is older than the promise itself."""
    for action in register.actions.values():
        before = _promised(register, action)
        named = f"the day it was promised, {before}" if before else ""
        for number, update in enumerate(action.updates):
            if before and update.date.last_day < before.first_day:
                path, line = register.where("actions", action.id, "updates", number, "date")
                yield Problem(path, line, "update-order", f"{update.date} is before {named}",
                              "put updates in the order of their dates, or mend the date; date what was learnt late "
                              'on the day on which you add it, with the earlier day in a line "happened:"')
            before, named = update.date, f"the update above it, {update.date}"


def late_news_changes_nothing_newer(register: Register) -> Iterator[Problem]:
    """Ensure that what was learnt late lies after the promise, and does not undo what is known of a later day."""
    for action in register.actions.values():
        promised = _promised(register, action)
        for number, update in enumerate(action.updates):
            if update.happened is None:
                continue
            path, line = register.where("actions", action.id, "updates", number, "happened")
            if promised and update.happened.last_day < promised.first_day:
                yield Problem(path, line, "update-order", f"{update.happened} is before the day it was promised, "
                              f"{promised}", "mend the date, or leave this out")
            for field in filter(partial(getattr, update), ("status", "due", "owner")):
                newer = next((earlier for earlier in action.updates[:number] if getattr(earlier, field)
                              and earlier.happened_on.first_day > update.happened.first_day), None)
                if newer:
                    yield Problem(path, line, "update-order", f"the {field} here is of {update.happened}, and that of "
                                  f"{newer.happened_on} is newer", f'take "{field}:" out, and tell in the note what it '
                                  "was then")


def _promised(register: Register, action: Action) -> PartialDate | None:
    """Return when an action was promised, where a meeting says so: no update can be older than that."""
    return register.promised_on(action) if register.meeting_of(action) else None


def nothing_in_the_future(register: Register) -> Iterator[Problem]:
    """Ensure that what is told as having happened is not dated after today."""
    today = register.today
    for action in register.actions.values():
        for number, update in enumerate(action.updates):
            if update.date.first_day > today:
                path, line = register.where("actions", action.id, "updates", number, "date")
                yield Problem(path, line, "future-date", f"the update is dated {update.date}, and today is "
                              f"{day_in_words(today)}", "mend the date, or add the update on its day")
    for meeting in register.meetings.values():
        held = PartialDate.parse(meeting.id)
        if meeting.state == "held" and held.first_day > today:
            path, line = register.where("meetings", meeting.id, "id")
            yield Problem(path, line, "future-date", f"the meeting of {held} is said to be held, and today is "
                          f"{day_in_words(today)}", 'write "state: planned"')
    for measure in register.measures.values():
        for place, observations in measure.series():
            for number, observation in enumerate(observations):
                if observation.period.first_day > today:
                    path, line = register.where("measures", measure.id, *place, number, "period")
                    yield Problem(path, line, "future-date", f"the figure is for {observation.period}, and today is "
                                  f"{day_in_words(today)}", "mend the period")
    for theme in register.feedback.values():
        if theme.heard.date.first_day > today:
            path, line = register.where("feedback", theme.id, "heard", "date")
            yield Problem(path, line, "future-date", f"this is dated {theme.heard.date}, and today is "
                          f"{day_in_words(today)}", "mend the date")


def posts_follow_meetings(register: Register) -> Iterator[Problem]:
    """Ensure that a post is not dated before the meeting that it tells of, and is not dated after today."""
    for stem, post in register.posts.items():
        path, line = register.where("posts", stem, "date")
        if not post.date.is_day:
            yield Problem(path, line, "date", f'"{post.date.text}" is not a day', "write the day, such as 2023-12-20")
        if post.date.first_day > register.today and not post.draft:
            yield Problem(path, line, "future-date", f"the post is dated {post.date}, and today is "
                          f"{day_in_words(register.today)}", 'mend the date, or write "draft: true"')
        if post.meeting and post.meeting in register.meetings and post.date.last_day.isoformat() < post.meeting:
            yield Problem(path, line, "post-date", f"the post is dated before its meeting of {post.meeting}",
                          "mend the date or the meeting")


def posts_wait_for_elections(register: Register) -> Iterator[Problem]:
    """Ensure that whoever publishes a post before an election knows of the rules that hold then.

    Source: Code of Recommended Practice on Local Authority Publicity (2011), paragraphs 33 to 35.
    """
    now = register.quiet_time
    for stem, post in register.posts.items() if now else ():
        if not post.draft and now.first_day.first_day <= post.date.first_day <= now.last_day.last_day:
            path, line = register.where("posts", stem, "date")
            yield Problem(path, line, "pre-election", "the post is dated in the weeks before an election "
                          f"({now.first_day} to {now.last_day}), when rules for publicity hold",
                          "ask the council's monitoring officer before it is published, or write \"draft: true\" and "
                          "wait", "warning")
