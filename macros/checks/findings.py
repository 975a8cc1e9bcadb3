"""Findings: an answer says when and where it was given, and nothing answers what had not been found yet. Nor were
families asked about what had not been promised or found yet."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Code, Problem, Topic
from ..records import MIN_ANSWERS
from ..register import Register

CODES = (
    Code("finding-answer", Topic.UPDATES,
         "An answer to a finding has three lines: what it was, when it was given, and where a reader can see it.",
         "answer: accepted",
         "answer: accepted\nanswered: 2024-05-01\nanswer_source:\n  title: Reply to the inspectors\n"
         "  url: https://smallshire.example/reply"),
    Code("finding-date", Topic.DATES,
         "An answer or a verdict is dated before the finding. So one of the dates is wrong.",
         "answered: 2023-05-01", "answered: 2024-05-01"),
    Code("few-answers", Topic.VALUES,
         "A verdict of families needs at least ten answers. In a smaller group a family might be recognised.",
         "answered: 6", "answered: 16"),
    Code("feel-counts", Topic.VALUES,
         "Each family that answered is in one of the four counts, so they add up to the number that answered.",
         "answered: 60\n  feel: {yes: 14, partly: 10, no: 22, too_early: 4}",
         "answered: 60\n  feel: {yes: 14, partly: 10, no: 22, too_early: 14}"),
    Code("asked-date", Topic.DATES,
         "Families cannot have been asked about a promise or a finding before there was one. So one of the dates is "
         "wrong.", "- date: 2023-05-01", "- date: 2024-05-01"),
)

KEYS = ("answer", "answered", "answer_source")


def answers_are_whole(register: Register) -> Iterator[Problem]:
    """Ensures that an answer to a finding has its day and its source."""
    for id, finding in register.findings.items():
        given = [key for key in KEYS if getattr(finding, key)]
        missing = [key for key in KEYS if key not in given] if given else []
        if missing:
            yield Problem(*register.location_of("findings", id, given[0]), "finding-answer",
                          "the answer has no " + " and no ".join(f'"{key}:"' for key in missing),
                          'add the missing lines; where no answer is known, take "answer:", "answered:" and '
                          '"answer_source:" out')
        if finding.answer_added and not finding.answer:
            yield Problem(*register.location_of("findings", id, "answer_added"), "finding-answer",
                          "there is no answer that could have been added", 'take "answer_added:" out')


def nothing_precedes_the_finding(register: Register) -> Iterator[Problem]:
    """Ensures that an answer to a finding and the verdicts on it are not dated before the finding."""
    for id, finding in register.findings.items():
        dated = [(("answered",), finding.answered),
                 *((("verdicts", number, "happened" if verdict.happened else "date"), verdict.happened_on)
                   for number, verdict in enumerate(finding.verdicts))]
        for place, day in dated:
            if day and day.last_day < finding.date.first_day:
                yield Problem(*register.location_of("findings", id, *place), "finding-date",
                              f"{day} is before the finding, {finding.date}", "correct one of the two dates")


def counts_of_families_add_up(register: Register) -> Iterator[Problem]:
    """Ensures that a verdict of families has at least ten answers, and that its four counts are all of them."""
    for id, verdict in register.family_verdicts.items():
        if verdict.answered < MIN_ANSWERS:
            yield Problem(*register.location_of("family_verdicts", id, "answered"), "few-answers",
                          f"{verdict.answered} families answered, and at least {MIN_ANSWERS} are needed",
                          f"take the verdict out until {MIN_ANSWERS} have answered: in a smaller group a family might "
                          "be recognised")
        is_negative = min(verdict.feel.model_dump().values()) < 0
        if is_negative or verdict.feel.total != verdict.answered:
            yield Problem(*register.location_of("family_verdicts", id, "feel"), "feel-counts",
                          "a count is less than 0" if is_negative else
                          f"the four counts add up to {verdict.feel.total}, and {verdict.answered} answered",
                          "correct the counts, or how many answered")


def families_are_asked_about_what_is_there(register: Register) -> Iterator[Problem]:
    """Ensures that a verdict of families is not dated before the promise or the finding that it is about."""
    for id, verdict in register.family_verdicts.items():
        action, finding = register.actions.get(verdict.about), register.findings.get(verdict.about)
        began = register.promised_on(action) if action else finding.date if finding else None
        if began and verdict.date.last_day < began.first_day:
            yield Problem(*register.location_of("family_verdicts", id, "date"), "asked-date",
                          f"{verdict.date} is before {verdict.about}, {began}", "correct the date, or what it is about")
