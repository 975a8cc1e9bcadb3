"""The issue forms: a module for each turns a filled form into edits, with the same functions as the commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from .answer_to_families import updated_feedback
from .correction import submitted_correction
from .families_verdict import submitted_family_verdict
from .fields import FetchDocument, FormError, FormFields, FormResult, PersonNeededError
from .new_action import submitted_action
from .new_decision import submitted_decision
from .new_figure import submitted_figure
from .new_finding import submitted_finding
from .new_meeting import submitted_meeting
from .new_post import submitted_post
from .take_down import submitted_take_down
from .update_an_action import updated_action
from .what_families_said import submitted_feedback

__all__ = ["FORMS", "FormError", "FormFields", "FormResult", "PersonNeededError"]

FORMS: dict[str, Callable[[FormFields, date, FetchDocument], FormResult]] = {
    "new-post": submitted_post,
    "update-an-action": updated_action,
    "new-action": submitted_action,
    "new-decision": submitted_decision,
    "new-meeting": submitted_meeting,
    "new-figure": submitted_figure,
    "new-finding": submitted_finding,
    "what-families-said": submitted_feedback,
    "answer-to-families": updated_feedback,
    "families-verdict": submitted_family_verdict,
    "correction": submitted_correction,
    "take-down": submitted_take_down,
}
"""The function for each form, by the name of its file."""
