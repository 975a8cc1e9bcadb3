"""Every fact has a source that a reader can open."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Problem
from ..register import Register


def facts_have_sources(register: Register) -> Iterator[Problem]:
    """Ensure that every action, decision, meeting, figure and summary says where it can be read."""
    # What was agreed at a meeting rests on the meeting's source, which is asked for there: once is enough.
    for id, action in register.actions.items():
        rests_on_meeting = action.agreed and (action.agreed.meeting or action.agreed.decision)
        if not action.source and not rests_on_meeting:
            yield Problem(*register.where("actions", id), "no-source", f"{id} has no source",
                          'add "source:" with a title and a url, or name the meeting under "agreed:"')
    for meeting in register.meetings.values():
        if meeting.source is None:
            yield Problem(*register.where("meetings", meeting.id, "source"), "no-source",
                          f"the meeting of {meeting.id} has no source", 'add "source:" with a title and a url')
    for measure in register.measures.values():
        for place, observations in measure.series():
            for number, observation in enumerate(observations):
                if not (observation.source or measure.source):
                    path, line = register.where("measures", measure.id, *place, number)
                    yield Problem(path, line, "no-source", f"the figure for {observation.period} has no source",
                                  'add "source:" with a title and a url')
    for stem, post in register.posts.items():
        if post.kind == "summary" and not (post.source and post.source.url):
            path, line = register.where("posts", stem, "source")
            yield Problem(path, line, "no-source", "a summary has no link to what it sums up",
                          'add "source:" with a title and a url')
