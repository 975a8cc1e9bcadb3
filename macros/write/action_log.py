"""The action log that a board tables: its open actions as a Word table. `read_action_log` reads it filled in."""

from __future__ import annotations

from typing import Any

from ..records.partial_date import day_in_words
from ..register import Progress, Register
from ..register.labels import due
from ..register.progress import STATUS_WORDS
from .importer.pandoc import Element, paragraph, text_inlines, write_docx

NUMBER, WHAT, OWNER, DUE, NEWS = "Action", "What", "Owner", "Due", "Newest news"
SINCE, DONE, NEW_DATE = "What happened since?", "Done? Evidence (address)", "New date and why"
WIDTHS = {NUMBER: 0.06, WHAT: 0.2, OWNER: 0.1, DUE: 0.09, NEWS: 0.17, SINCE: 0.14, DONE: 0.12, NEW_DATE: 0.12}
"""The columns of the log, each with its share of the width. The last three are filled in at the meeting."""

ANSWERS = (SINCE, DONE, NEW_DATE)

INTRODUCTION = (
    "Fill in the last three columns. Leave a cell empty where there is nothing to say, and change no other cell.",
    f"“{SINCE}” takes one or two sentences. Where was it published? Add a line with a title and a web address.",
    f"“{DONE}” is for what is done. Give a title and a web address, such as: Report of May https://…",
    f"“{NEW_DATE}” takes the date and then the reason, such as: 31 March 2027: the contract was signed late.",
)


def write_log(register: Register) -> bytes:
    """Return the log of the register's open actions as a Word document on its side, the most urgent first.

    Raises ToolMissingError without pandoc.
    """
    area = register.area
    opening = f"Open actions on {day_in_words(register.today)}, from {area.site_url}"
    blocks: list[Any] = [
        {"t": "Header", "c": [1, ["", [], []], text_inlines(f"Action log: {area.board.name}")]},
        *(paragraph(text_inlines(line)) for line in (opening, *INTRODUCTION)),
        _table([row_of(register, progress) for progress in register.actions_where(status="open")])]
    return write_docx(blocks)


def row_of(register: Register, progress: Progress) -> dict[str, list[str]]:
    """Return the lines of each cell of an action's row, by its column. Those of the last three columns are empty."""
    action = progress.action
    tests = [f"Done when ({number}): {line}" for number, line in enumerate(action.done_when, 1)]
    owner = register.name_of(progress.owner) if progress.owner else "not published"
    return {NUMBER: [action.id], WHAT: [action.title, *tests],
            OWNER: [owner, *([action.office] if action.office else [])], DUE: [due(progress.due)],
            NEWS: [_news(progress)], SINCE: [], DONE: [], NEW_DATE: []}


def _news(progress: Progress) -> str:
    update = progress.last_update
    if update is None:
        return "None found"
    parts = [f"{STATUS_WORDS[update.status]}." if update.status else "", update.note or "",
             f"New date: {due(update.due)}." if update.due else "", update.reason or "",
             f"Asked in public. The answer: {update.asked.answer}" if update.asked and update.asked.answer else ""]
    return f"{update.happened_on}: {' '.join(filter(None, parts)) or 'Evidence was published.'}"


def _table(rows: list[dict[str, list[str]]]) -> Element:
    plain = ["", [], []]

    def cell(lines: list[str]) -> list[Any]:
        return [plain, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": text_inlines(line)} for line in lines]]

    return {"t": "Table", "c": [
        plain, [None, []], [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in WIDTHS.values()],
        [plain, [[plain, [cell([name]) for name in WIDTHS]]]],
        [[plain, 0, [], [[plain, [cell(row[name]) for name in WIDTHS]] for row in rows]]], [plain, []]]}
