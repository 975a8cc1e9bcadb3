"""Reverse references: what belongs to an action, a meeting, an organisation, a priority or a finding.

Each mapping is made once, in one pass over the records: a search for each page would make a build quadratic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from ..records import Decision, FamilyVerdict, FeedbackTheme, Finding, Measure, Meeting, NextItem, Post, Priority, Topic
from .changes import Change
from .progress import Progress, urgency

if TYPE_CHECKING:
    from .register import Register

T = TypeVar("T")


def grouped(items: Iterable[T], keys: Callable[[T], Iterable[str]]) -> dict[str, list[T]]:
    """Return the items of each key, in their order and without repeats."""
    found: dict[str, list[T]] = {}
    for item in items:
        for key in dict.fromkeys(keys(item)):
            found.setdefault(key, []).append(item)
    return found


class Backlinks:
    """The reverse references of one register. A record that nothing refers to has no key."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def by_urgency(self) -> list[Progress]:
        """The progress of every action, most urgent first: the order of all lists of actions below."""
        return sorted(self.register.progress.values(),
                      key=lambda progress: urgency(progress, self.is_felt_by_families(progress)))

    def is_felt_by_families(self, progress: Progress) -> bool:
        """Return whether families would notice an action: it answers what they said or a challenge, or has a measure.

        The rest is mostly about how the work is organised.
        """
        action, priorities = progress.action, self.register.priorities
        return action.id in self.themes_of_action or action.id in self.measures_of_action or any(
            id in priorities and priorities[id].kind == "challenge" for id in action.priorities)

    @cached_property
    def actions_of_meeting(self) -> dict[str, list[Progress]]:
        """Actions by the meeting at which they were taken on."""
        of = self.register.meeting_of
        return grouped(self.by_urgency, lambda item: [meeting.id] if (meeting := of(item.action)) else [])

    @cached_property
    def actions_of_owner(self) -> dict[str, list[Progress]]:
        """Actions by their owner now; those without one under "not-published"."""
        return grouped(self.by_urgency, lambda item: [item.owner or "not-published"])

    @cached_property
    def formerly_owned(self) -> dict[str, list[Progress]]:
        """Actions by their former owners."""
        return grouped(self.by_urgency, lambda item: item.owners - {item.owner or ""})

    @cached_property
    def supported_by(self) -> dict[str, list[Progress]]:
        """Actions by the organisations that work on them with the owner."""
        return grouped(self.by_urgency, lambda item: item.action.with_)

    @cached_property
    def actions_of_priority(self) -> dict[str, list[Progress]]:
        return grouped(self.by_urgency, lambda item: item.action.priorities)

    @cached_property
    def actions_of_plan(self) -> dict[str, list[Progress]]:
        return grouped(self.by_urgency, lambda item: [item.action.plan] if item.action.plan else [])

    @cached_property
    def actions_of_topic(self) -> dict[str, list[Progress]]:
        """Actions by the topics that name them, or one of their priorities."""
        topics = self.topics_of_action
        return grouped(self.by_urgency, lambda item: [topic.id for topic in topics.get(item.action.id, [])])

    @cached_property
    def topics_of_action(self) -> dict[str, list[Topic]]:
        """Topics by the actions that they name, or that serve a priority of theirs."""
        actions = self.register.actions.values()
        return grouped(self.register.topics.values(), lambda topic: [
            action.id for action in actions
            if action.id in topic.actions or not set(topic.priorities).isdisjoint(action.priorities)])

    @cached_property
    def topics_of_priority(self) -> dict[str, list[Topic]]:
        return grouped(self.register.topics.values(), lambda topic: topic.priorities)

    @cached_property
    def topics_of_finding(self) -> dict[str, list[Topic]]:
        return grouped(self.register.topics.values(), lambda topic: topic.findings)

    @cached_property
    def topics_of_measure(self) -> dict[str, list[Topic]]:
        return grouped(self.register.topics.values(), lambda topic: topic.measures)

    @cached_property
    def topics_of_service(self) -> dict[str, list[Topic]]:
        return grouped(self.register.topics.values(), lambda topic: topic.services)

    @cached_property
    def posts_of_topic(self) -> dict[str, list[tuple[str, Post]]]:
        """Published posts with their stems by the topics that they list, newest first."""
        return grouped(self.register.posts_by_date, lambda item: item[1].topics)

    @cached_property
    def predecessors(self) -> dict[str, list[Progress]]:
        """The actions that were carried over to each action, or merged with it."""
        return grouped(self.by_urgency, lambda item: [item.successor] if item.successor else [])

    @cached_property
    def actions_of_state(self) -> dict[str, list[Progress]]:
        """Actions by each word that selects them: see Progress.states."""
        return grouped(self.by_urgency, lambda item: item.states)

    @cached_property
    def decisions(self) -> list[Decision]:
        """All decisions, newest meeting first, and by id within a meeting."""
        by_id = sorted(self.register.decisions.values(), key=lambda decision: decision.id)
        return sorted(by_id, key=lambda decision: decision.meeting, reverse=True)

    @cached_property
    def decisions_of_meeting(self) -> dict[str, list[Decision]]:
        return grouped(self.decisions, lambda decision: [decision.meeting])

    @cached_property
    def meetings_of_organisation(self) -> dict[str, list[Meeting]]:
        """Meetings by the organisations that attended, newest first."""
        return grouped(self.register.meetings_by_date, lambda meeting: meeting.attended)

    @cached_property
    def next_items_for(self) -> dict[str, list[tuple[Meeting, NextItem]]]:
        """What the board said that it would discuss, with the meeting that said so, by the meeting it was meant for."""
        said = [(meeting, item) for meeting in reversed(self.register.meetings_by_date) for item in meeting.next]
        return grouped(said, lambda pair: [pair[1].meant_for] if pair[1].meant_for else [])

    @cached_property
    def measures_of_action(self) -> dict[str, list[Measure]]:
        return grouped(self.register.measures.values(), lambda measure: measure.actions)

    @cached_property
    def measures_of_priority(self) -> dict[str, list[Measure]]:
        return grouped(self.register.measures.values(), lambda measure: measure.priorities)

    @cached_property
    def priorities_of_finding(self) -> dict[str, list[Priority]]:
        """Priorities by the finding that each is."""
        return grouped(self.register.priorities.values(), lambda item: [item.finding] if item.finding else [])

    @cached_property
    def findings_of_action(self) -> dict[str, list[Finding]]:
        """Findings by the actions that answer them."""
        found = [(progress.finding, progress.actions) for progress in self.register.finding_progress.values()]
        pairs = grouped(found, lambda pair: [action.action.id for action in pair[1]])
        return {id: [finding for finding, _ in items] for id, items in pairs.items()}

    @cached_property
    def findings_of_measure(self) -> dict[str, list[Finding]]:
        """Findings by the measures that would show that they have become better."""
        found = [(progress.finding, progress.measures) for progress in self.register.finding_progress.values()]
        pairs = grouped(found, lambda pair: [measure.id for measure in pair[1]])
        return {id: [finding for finding, _ in items] for id, items in pairs.items()}

    @cached_property
    def findings_for(self) -> dict[str, list[Finding]]:
        """Findings by the bodies that they name as responsible."""
        return grouped(self.register.findings.values(), lambda finding: finding.responsible)

    @cached_property
    def findings_from(self) -> dict[str, list[Finding]]:
        """Findings by the organisation that found or recommended them."""
        return grouped(self.register.findings.values(), lambda finding: [finding.from_])

    @cached_property
    def asked_about(self) -> dict[str, list[FamilyVerdict]]:
        """The verdicts of families by the id of the action, the finding or the priority that they are about."""
        return grouped(self.register.family_verdicts.values(), lambda verdict: [verdict.about])

    @cached_property
    def asked_by(self) -> dict[str, list[FamilyVerdict]]:
        """The verdicts of families by the organisation that asked."""
        return grouped(self.register.family_verdicts.values(), lambda verdict: [verdict.asked_by])

    @cached_property
    def themes_of_action(self) -> dict[str, list[FeedbackTheme]]:
        return grouped(self.register.feedback.values(), lambda theme: theme.actions)

    @cached_property
    def themes_of_decision(self) -> dict[str, list[FeedbackTheme]]:
        return grouped(self.register.feedback.values(), lambda theme: theme.decisions)

    @cached_property
    def themes_of_organisation(self) -> dict[str, list[FeedbackTheme]]:
        """Feedback themes by the organisation through which they were heard."""
        return grouped(self.register.feedback.values(), lambda theme: [theme.heard.through])

    @cached_property
    def themes_taken_up_by(self) -> dict[str, list[FeedbackTheme]]:
        """Feedback themes by the organisations that took them up."""
        return grouped(self.register.feedback.values(),
                       lambda theme: [update.taken_up_by for update in theme.updates if update.taken_up_by])

    @cached_property
    def posts_of_action(self) -> dict[str, list[tuple[str, Post]]]:
        """Published posts with their stems by the actions that they list, newest first."""
        return grouped(self.register.posts_by_date, lambda item: item[1].actions)

    @cached_property
    def posts_of_decision(self) -> dict[str, list[tuple[str, Post]]]:
        return grouped(self.register.posts_by_date, lambda item: item[1].decisions)

    @cached_property
    def changes_of_action(self) -> dict[str, list[Change]]:
        """The changes of each action, oldest first."""
        return grouped(self.register.changes, lambda change: [change.action.id] if change.action else [])

    @cached_property
    def changes_of_owner(self) -> dict[str, list[Change]]:
        """The changes of all actions that an organisation has ever owned: after handing one on it still sees the
        outcome."""
        return grouped(self.register.changes, lambda change: self.register.progress[change.action.id].owners
                       if change.action else ())
