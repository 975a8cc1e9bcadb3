"""The models of an area's records. They know nothing of files, of each other, or of today."""

from .action import ACTION_KINDS, STATUSES, Action, Update
from .area import AnswerWithin, Area, FeedbackRoute, PreElection
from .base import TO_CONFIRM, Record, Source
from .family_verdict import MIN_ANSWERS, FamilyVerdict, Feel
from .feedback import FeedbackTheme, FeedbackUpdate
from .finding import ANSWERS, FINDING_KINDS, Finding, FindingVerdict
from .forum import Forum, ForumDate
from .indicator import DataFile, Indicator
from .lists import Event, Exemption, Looked, Organisation, Priority, Redirect, TakenDownPage, Term
from .measure import Measure, Observation
from .meeting import AGENDA_KINDS, DECISION_KINDS, Decision, Meeting, NextItem, Post
from .plan import Plan
from .topic import Service, Topic

__all__ = [
    "ACTION_KINDS", "AGENDA_KINDS", "ANSWERS", "DECISION_KINDS", "FINDING_KINDS", "MIN_ANSWERS", "STATUSES",
    "TO_CONFIRM", "Action", "AnswerWithin", "Area", "DataFile", "Decision", "Event", "Exemption", "FamilyVerdict",
    "FeedbackRoute", "FeedbackTheme", "FeedbackUpdate", "Feel", "Finding", "FindingVerdict", "Forum", "ForumDate",
    "Indicator", "Looked", "Measure", "Meeting", "NextItem", "Observation", "Organisation", "Plan", "Post",
    "PreElection", "Priority", "Record", "Redirect", "Service", "Source", "TakenDownPage", "Term", "Topic", "Update",
]
