"""Every fact has a source that a reader can open."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Problem
from ..records import Action, Decision
from ..register import Register

REMEDY = 'add "source:" with a title and a url, or name a meeting that has one'


def facts_have_sources(register: Register) -> Iterator[Problem]:
    """Ensure that every action, decision, meeting, figure and summary says where it can be read."""
    for kind in ("actions", "decisions"):
        for id, record in getattr(register, kind).items():
            if register.source_of(record) is None and not _rests_on_what_is_not_there(register, record):
                yield Problem(*register.where(kind, id), "no-source", f"{id} has no source", REMEDY)
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


def _rests_on_what_is_not_there(register: Register, record: Action | Decision) -> bool:
    """Tell whether a record's meeting or decision is missing or cannot be read: that is the one problem to mend."""
    named = [("meetings", record.meeting)] if isinstance(record, Decision) else \
        [("meetings", record.agreed.meeting), ("decisions", record.agreed.decision)] if record.agreed else []
    if isinstance(record, Action) and record.agreed and record.agreed.decision in register.decisions:
        named.append(("meetings", register.decisions[record.agreed.decision].meeting))
    return any(id and id not in getattr(register, kind) for kind, id in named)
