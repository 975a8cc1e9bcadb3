"""The form “New figure”."""

from __future__ import annotations

from datetime import date

from ...official import indicators
from ...write.change import add_figure
from ...write.named import matching
from ..writing import a_figure, a_period
from .fields import FetchDocument, FormFields, FormResult

FIGURE_STATES = {"not yet final": "provisional", "not published": "not_available",
                 "held back, since it counts few people": "suppressed"}
"""The form's labels of a figure's state, and the record's values."""


def submitted_figure(fields: FormFields, today: date, fetch: FetchDocument) -> FormResult:
    """Return a new figure of a measure."""
    named = fields.text("measure") or ""
    every = fields.register.measures
    id = fields.chosen("measure", "measure", named, matching(
        named, {id: (measure.title, measure.question) for id, measure in every.items()}), every)
    found = [every[id]] if id else []
    if found and found[0].id in indicators():
        fields.report("measure", "its figures are official, and are read from the department's file")
    fields.require("period", "say what time the figure is for")
    state = FIGURE_STATES.get((fields.text("state") or "").casefold())
    value, is_approximate = fields.read("value", a_figure) or (None, False)
    if state in ("not_available", "suppressed"):
        if "value" in fields.values:
            fields.report("value", "leave this empty, because no figure is published")
        if state == "suppressed":
            fields.require("figure_note", "say why the figure is held back: readers will see it")
    else:
        fields.require("value", "give the figure; or choose above that there is none")
    given = {"period": fields.read("period", a_period), "place": fields.text("place"), "value": value, "state": state,
             "approximate": is_approximate, "revises": fields.text("revises"), "note": fields.text("figure_note"),
             "source": fields.source()}
    fields.raise_mistakes()
    return f"New figure of {found[0].id}", add_figure(fields.register, found[0].id, given), []
