"""Finds the meeting that a post is about, or makes the record of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ...register import Register
from .. import Edits, WriteError
from ..new import TO_CONFIRM, record_path
from ..yaml_writer import add_entry, record_text, set_value
from .next_meeting import find_meeting_day

MAX_SINCE_MEETING = timedelta(days=14)
"""How long before its post a meeting may have been."""


@dataclass
class PostMeeting:
    """The meeting that a post is about. `path` is its file if it has a record already. `question` asks whether the post
    is about it, where only the text says so. `plans` are what is planned for the next meeting."""

    id: str
    stem: str
    source: dict[str, Any]
    path: str = ""
    question: str = ""
    plans: list[dict[str, Any]] = field(default_factory=list)

    def edits(self, register: Register, current_text: Callable[[Path, Edits, str], str]) -> Edits:
        """Return the change to the meeting's file, or its new file."""
        if not self.path:
            state = "held" if self.id <= register.today.isoformat() else "planned"
            values = {"id": self.id, "state": state, **({"next": self.plans} if self.plans else {}),
                      "post": self.stem, "source": self.source}
            notes = {"id": self.question} if self.question else {}
            return {record_path("meetings", self.id): record_text(values, notes)}
        text = set_value(current_text(register.root, {}, self.path), "post", self.stem, "source")
        for plan in self.plans:
            text = add_entry(text, "next", plan)
        return {self.path: text}


def post_meeting(register: Register, paragraphs: Iterable[str], day: date, given: str, stem: str,
                 source: dict[str, Any], *, proposals: bool) -> PostMeeting | None:
    """Return the meeting of a post of `day`: the one that the writer gives, the latest one if it was held shortly
    before and has no post, or one that the text says was held.

    Raises WriteError if the given meeting has a post already.
    """
    if given:
        known = register.meetings.get(given)
        if known and known.post:
            raise WriteError(f'the meeting of {given} has a post already: "{known.post}"; name no meeting, or edit '
                             "that post")
        return PostMeeting(given, stem, source, register.location_of("meetings", given)[0] if known else "")
    # A post dated in the future is a draft, and a meeting's page must not link to an unpublished post.
    if day > register.today:
        return None
    first = (day - MAX_SINCE_MEETING).isoformat()
    fits = [meeting for meeting in register.meetings_by_date
            if first <= meeting.id <= day.isoformat() and meeting.state != "cancelled"]
    if fits and not fits[0].post and fits[0].state == "held":
        path = register.location_of("meetings", fits[0].id)[0]
        return PostMeeting(fits[0].id, stem, source, path,
                           f"{TO_CONFIRM}: is the post about this meeting? If not, delete this line, and the line "
                           f"post: in {path}.")
    found = find_meeting_day(paragraphs, day) if proposals and not fits else None
    if not found:
        return None
    return PostMeeting(found[0].isoformat(), stem, source, question=(
        f"{TO_CONFIRM}: did the board meet on this day? It comes from the sentence: “{found[1]}” If not, correct the "
        "day here, in the name of this file, in the post and in its decisions."))
