"""What a record needs before it is published: a source for each fact, and no open questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problem import Code, Problem, Topic
from ..records import TO_CONFIRM
from ..register import Register
from ..source.files import read_text, relative

LEFT_OPEN = "to-confirm"
"""The one error with which a file is written: it asks a person a question, and is not published until answered."""

CODES = (
    Code("no-source", Topic.UPDATES,
         "Readers cannot see where this comes from. Name the meeting, or a page that they can open.",
         "id: A-003\ntitle: Answer letters in plain words",
         "id: A-003\ntitle: Answer letters in plain words\nsource:\n  title: Smallshire plan\n"
         "  url: https://smallshire.example/plan"),
    Code("to-confirm", Topic.UPDATES,
         "The draft asks a person to look at this, and it has not been done yet. Write what is right and delete the "
         "words TO CONFIRM. A post with “draft: true” may wait.",
         "owner: null # TO CONFIRM: who answers letters?", "owner: council"),
)

QUESTION = re.compile(rf"\b{TO_CONFIRM}\b".replace(" ", r"\s+"))
"""What a draft says where a person has to decide: in capitals, so that running text does not say it by chance."""


def facts_have_sources(register: Register) -> Iterator[Problem]:
    """Ensures that each action, update, meeting, outcome, figure and summary has a source that readers can open."""
    # What was said at a meeting has the meeting's source, so it is asked for there, and only once.
    for id, action in register.actions.items():
        has_meeting = action.said_at and (action.said_at.meeting or action.said_at.decision)
        if not action.source and not has_meeting:
            yield Problem(*register.location_of("actions", id), "no-source", f"{id} has no source",
                          'add "source:" with a title and a url, or name the meeting under "said_at:"')
    yield from _updates_without_source(register)
    for meeting in register.meetings.values():
        if meeting.source is None:
            yield Problem(*register.location_of("meetings", meeting.id, "source"), "no-source",
                          f"the meeting of {meeting.id} has no source", 'add "source:" with a title and a url')
        for number, item in enumerate(meeting.next):
            if item.outcome and not item.source:
                path, line = register.location_of("meetings", meeting.id, "next", number, "outcome")
                yield Problem(path, line, "no-source", "this outcome has no source",
                              'add "source:" with a title and a url')
    for measure in register.measures.values():
        for place, observations in measure.series():
            for number, observation in enumerate(observations):
                if not (observation.source or measure.source):
                    path, line = register.location_of("measures", measure.id, *place, number)
                    yield Problem(path, line, "no-source", f"the figure for {observation.period} has no source",
                                  'add "source:" with a title and a url')
    for stem, post in register.posts.items():
        if post.kind == "summary" and not (post.source and post.source.url):
            path, line = register.location_of("posts", stem, "source")
            yield Problem(path, line, "no-source", "a summary has no link to what it summarises",
                          'add "source:" with a title and a url')


def _updates_without_source(register: Register) -> Iterator[Problem]:
    if "area" in register.unread or register.area.standing == "adopted":
        return  # Where the board runs the site, an update without a source is its own statement.
    for id, action in register.actions.items():
        for number, update in enumerate(action.updates):
            if not (update.has_source or update.correction or update.editorial):
                yield Problem(*register.location_of("actions", id, "updates", number), "no-source",
                              f"the update of {update.date} to {id} has no source",
                              'add "source:" with a title and a url; where you found it yourselves, add '
                              '"editorial: true"')


def nothing_is_left_to_confirm(register: Register) -> Iterator[Problem]:
    """Ensures that no record, page or post still says TO CONFIRM, not even in a comment.

    Drafts may say it, and so may the guides, which explain it to writers.
    """
    for path, text in _published_texts(register):
        # The plain search for a word comes first: it takes far less time, and almost always finds nothing.
        for number, line in enumerate(text.split("\n"), 1) if TO_CONFIRM.split()[-1] in text else ():
            if QUESTION.search(line):
                yield Problem(path, number, LEFT_OPEN, f"this has not been confirmed yet{_question(line)}",
                              "write what is right and delete the words TO CONFIRM, or delete the line or the file")


def _question(line: str) -> str:
    """Return what a line asks, behind the name of its key."""
    key = re.match(r"[\s-]*([a-z_]+):", line)
    asked = " ".join(QUESTION.split(line, maxsplit=1)[1].strip(" :;.'\"-#").split())
    words = (f"{key[1].replace('_', ' ')}: " if key else "") + asked
    return f": “{words}”" if asked else ""


def _published_texts(register: Register) -> Iterator[tuple[str, str]]:
    loaded = {document.path: document.text for document, _ in register.documents.values()
              if document.path.startswith("data/")}
    yield from loaded.items()
    for file in (file for file in register.files if file.name.endswith(".yml")):
        path = relative(file, register.root)
        if path not in loaded and path.startswith("data/"):
            # A record with another mistake is in no register. Its open questions are reported all the same.
            yield path, read_text(file, register.root)[0] or ""
    for page in register.pages:
        front = page.document.data
        is_draft = isinstance(front, dict) and front.get("draft") is True
        if not is_draft and not page.document.path.startswith("docs/guides/"):
            yield page.document.path, page.document.text
