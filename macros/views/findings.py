"""The table of findings, and the page of each: what was found, what was promised for it, and whether it is better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from ..register import Register
from ..register.findings import FindingProgress, pressing_first
from .actions import plans_and_aims, status_counts
from .answers import Answer, answer
from .asking import about_finding
from .generated_page import Context, GeneratedPage


@dataclass(frozen=True)
class FindingRow:
    """A finding with the counts of its actions, and the answers of the measures whose figures can get better."""

    progress: FindingProgress
    counts: dict[str, int]
    figures: tuple[Answer, ...]


def finding_counts(found: Iterable[FindingProgress]) -> dict[str, int]:
    """Return how many of these findings there are, have no promise, are unanswered, and have an answer overdue."""
    rows = list(found)
    return {"all": len(rows), "no_promise": sum(progress.has_no_promise for progress in rows),
            "unanswered": sum(progress.is_unanswered for progress in rows),
            "overdue": sum(progress.is_overdue for progress in rows)}


def in_order(register: Register) -> list[FindingProgress]:
    """Return every finding, those with an answer overdue and the unanswered ones first."""
    return sorted(register.finding_progress.values(), key=pressing_first)


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page with the table of all findings, the unanswered first."""
    rows = in_order(register)
    yield GeneratedPage(
        address="findings/", title="Findings: what was found, and what came of it",
        description="What inspectors and others found, what was promised for it, what the newest figure says, and "
                    "who says that it is better.",
        template="pages/findings.html", record_file="data/findings/", searched=False,
        context={"rows": [_row(register, progress) for progress in rows], "counts": finding_counts(rows)})


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each finding."""
    for id, progress in register.finding_progress.items():
        yield GeneratedPage(
            address=f"findings/{id}/", title=progress.finding.title, description=progress.finding.text,
            template="pages/finding.html", record_file=register.location_of("findings", id)[0],
            context=partial(_detail_context, register, progress))


def _detail_context(register: Register, progress: FindingProgress) -> Context:
    return {
        "row": _row(register, progress), "progress": progress, "finding": progress.finding,
        "measures": [answer(register, measure) for measure in progress.measures],
        "not_promised": plans_and_aims(progress.actions), "ask": about_finding(register, progress),
        "topics": register.backlinks.topics_of_finding.get(progress.finding.id, []),
        "priorities": register.backlinks.priorities_of_finding.get(progress.finding.id, []),
    }


def _row(register: Register, progress: FindingProgress) -> FindingRow:
    shown = (answer(register, measure) for measure in progress.measures if measure.better != "neither")
    return FindingRow(progress, status_counts(progress.actions), tuple(found for found in shown if found.newest))
