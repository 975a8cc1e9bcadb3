"""The macros that posts and pages may call."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from ..problem import suggestion
from ..records import Record
from ..register.intervals import interval
from ..views import changes, home
from ..views.measures import measure_context
from .templates import Renderer


class UnknownRecordError(LookupError):
    """A macro names an unknown record. The checks report this first, with file and line; this is the last guard."""


class Macros:
    """One method per macro. Each returns HTML from a template, and raises UnknownRecordError for an unknown id."""

    names = ("action", "actions", "decisions", "measure", "changes", "term", "next_meeting", "feedback", "home")

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self.register = renderer.register

    def _record(self, kind: str, id: str) -> Record:
        records = getattr(self.register, kind)
        if id not in records:
            raise UnknownRecordError(
                f'there is no "{id}" in {kind}; ' + suggestion(id, records, "use an id that exists"))
        return records[id]

    def action(self, id: str) -> Markup:
        """Return a card of one action."""
        self._record("actions", id)
        return self.renderer.render("macros/action.html", progress=self.register.progress[id])

    def actions(self, owner: str | None = None, priority: str | None = None, status: str | None = None,
                meeting: str | None = None) -> Markup:
        """Return a list of the actions that fit every filter given."""
        for kind, id in (("organisations", owner), ("priorities", priority), ("meetings", meeting)):
            if id is not None and id != "not-published":
                self._record(kind, id)
        found = self.register.actions_where(owner=owner, priority=priority, status=status, meeting=meeting)
        return self.renderer.render("macros/actions.html", actions=found)

    def decisions(self, meeting: str | None = None) -> Markup:
        """Return a list of decisions, newest first, or those of one meeting."""
        if meeting is not None:
            self._record("meetings", meeting)
        return self.renderer.render("macros/decisions.html", decisions=self.register.decisions_where(meeting=meeting))

    def measure(self, id: str) -> Markup:
        """Return a measure's chart with its table."""
        measure = self._record("measures", id)
        return self.renderer.render("macros/measure.html", **measure_context(self.register, measure))  # type: ignore[arg-type]

    def changes(self, since: str, until: str | None = None) -> Markup:
        """Return what changed after a day, up to and with another or today. Days are written 2024-01-31."""
        found = interval(self.register, date.fromisoformat(since), date.fromisoformat(until) if until else None)
        return self.renderer.render("macros/changes.html", **changes.span_context(found))

    def term(self, word: str) -> Markup:
        """Return a word with its meaning from the glossary, linked to it."""
        return self.renderer.render("macros/term.html", term=self._record("terms", word))

    def next_meeting(self) -> Markup:
        """Return when the board meets next, or that no date has been published."""
        return self.renderer.render("macros/next-meeting.html", meeting=self.register.next_meeting)

    def feedback(self) -> Markup:
        """Return every way to have a say."""
        return self.renderer.render("macros/feedback.html")

    def home(self) -> Markup:
        """Return what the home page answers."""
        return self.renderer.render("macros/home.html", **home.home_context(self.register))
