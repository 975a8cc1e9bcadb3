"""Reads the filled-in action log of a board as updates, and says what in it could not be understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..problem import suggestion
from ..records import Action
from ..records.partial_date import MONTHS, PartialDate, day_in_words
from ..register import Progress, Register
from ..register.labels import due
from .action_log import ANSWERS, DONE, DUE, NEW_DATE, NUMBER, OWNER, SINCE, WHAT, WIDTHS, row_of
from .change import read_evidence
from .importer.container import DocumentError
from .importer.convert import read_document
from .importer.dates import dates_in
from .importer.pandoc import Element, Tree, plain_text, read_tree, transform

ID = re.compile(r"[A-Za-z]-\d{3,}")
DONE_WORDS = re.compile(r"(?:yes|done|completed?|finished)\b[\s,.:;–-]*", re.I)
NOT_DONE = re.compile(r"(?:no|not|partly|nearly|almost|mostly)\b", re.I)
NOTHING = re.compile(r"(?:no|not yet|none|nothing|n/a|[-–—.]*)\.?", re.I)
BEFORE_DATE = re.compile(r"(?:(?:by|until|the|end of|now|new date)\b[:\s]*)*", re.I)
MONTH = re.compile(r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<year>\d{4})\b")
QUARTER = re.compile(r"Q(?P<quarter>[1-4])\s+(?P<year>\d{4})\b", re.I)
WRITTEN_AS_IN_RECORDS = re.compile(r"\d{4}-(?:Q[1-4]|\d{2})(?![\w-])")
EXAMPLE_DATE = "“31 March 2027: the contract was signed late”"


@dataclass(frozen=True)
class ProposedUpdate:
    """What one row of a filled-in log says about an action: the fields of an update, as `change.update` takes them."""

    progress: Progress
    given: dict[str, Any]


@dataclass(frozen=True)
class ReadLog:
    """A filled-in log: its proposed updates, and what could not be understood, with the row that it is in.

    `known` names the actions whose row says what their history holds already, and `new` the rows without a number.
    """

    updates: tuple[ProposedUpdate, ...]
    problems: tuple[str, ...]
    known: tuple[str, ...]
    new: tuple[str, ...]


def read_log(register: Register, name: str, data: bytes) -> ReadLog:
    """Read a filled-in log from the document `data`, whose file is called `name`.

    Raises DocumentError if the document cannot be read or holds no such table, and ToolMissingError without pandoc.
    """
    updates: dict[str, ProposedUpdate] = {}
    problems: list[str] = []
    known: list[str] = []
    new: list[str] = []
    for row in _rows(read_tree(read_document(name, data))):
        if row.problem:
            problems.append(f"{row.name}: {row.problem}")
        elif not row.is_filled:
            continue
        elif not row.id:
            new.append(row.name)
        elif row.id not in register.progress:
            hint = suggestion(row.id, register.progress, "its number is on its page, such as A-012")
            problems.append(f"{row.name}: there is no action {row.id}; {hint}")
        else:
            progress = register.progress[row.id]
            given, found = _read_row(row)
            if not found and _is_known(progress.action, given):
                known.append(row.id)
                continue
            if row.id in updates:
                found.append(f"{row.id} is filled in twice; put both answers into one row")
            found += _contradictions(progress, given)
            problems += [f"{row.name}, {what}" for what in found]
            if given:
                updates[row.id] = ProposedUpdate(progress, given)
        problems += [f"{row.name}, {what}" for what in _edited(register, row)]
    return ReadLog(tuple(updates.values()), tuple(problems), tuple(known), tuple(new))


@dataclass(frozen=True)
class Row:
    """A row of a filled-in log: its number below the headings, and the lines of its cells by the column's heading."""

    number: int
    cells: dict[str, list[str]]
    problem: str = ""

    @property
    def id(self) -> str:
        match = ID.search(" ".join(self.cells.get(NUMBER, ())))
        return match[0].upper() if match else ""

    @property
    def name(self) -> str:
        return f"row {self.number}{f' ({self.id})' if self.id else ''}"

    @property
    def is_filled(self) -> bool:
        columns = ANSWERS if self.id else tuple(self.cells)
        return any(not NOTHING.fullmatch(" ".join(self.cells.get(column, ()))) for column in columns)


def _rows(tree: Tree) -> Iterator[Row]:
    tables = [list(_table_rows(block)) for block in tree["blocks"] if block["t"] == "Table"]
    number, is_log = 0, False
    for table in tables:
        columns = [_column(lines) for lines in table[0]] if table else []
        if NUMBER not in columns or not any(column in ANSWERS for column in columns):
            continue
        is_log = True
        for cells in table[1:]:
            number += 1
            named = dict(zip(columns, cells, strict=False))
            merged = "" if len(cells) == len(columns) else \
                "its cells do not match the headings; split the cells that were merged"
            yield Row(number, {column: lines for column, lines in named.items() if column}, merged)
    if not is_log:
        raise DocumentError(f"the document has no table whose first row has the headings “{NUMBER}” and “{SINCE}”; "
                            "take the file that `board log --out` wrote, and fill that in")


def _column(lines: list[str]) -> str:
    words = _words(" ".join(lines))
    return next((column for column in WIDTHS if _words(column) == words), "")


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters: a word processor changes quotes, dashes and spaces by itself."""
    return re.findall(r"\w+", text.casefold())


def _table_rows(table: Element) -> Iterator[list[list[str]]]:
    """Yield each row of a table as the lines of its cells. Some word processors mark no row as the head."""
    _, _, _, head, bodies, foot = table["c"]
    for rows in (head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1]):
        for _, cells in rows:
            yield [list(_lines(cell[4])) for cell in cells]


def _lines(blocks: Any) -> Iterator[str]:
    """Yield each line of a cell. The address of a link follows its text."""
    for block in transform(blocks, _with_address):
        if block["t"] in ("Para", "Plain", "Header"):
            line: list[Element] = []
            for element in [*(block["c"][2] if block["t"] == "Header" else block["c"]), {"t": "LineBreak"}]:
                if element["t"] == "LineBreak":
                    text = plain_text(line)
                    if text:
                        yield text
                    line = []
                else:
                    line.append(element)
        elif block["t"] in ("BulletList", "OrderedList"):
            for item in block["c"] if block["t"] == "BulletList" else block["c"][1]:
                yield from _lines(item)
        elif block["t"] in ("BlockQuote", "Div"):
            yield from _lines(block["c"] if block["t"] == "BlockQuote" else block["c"][1])


def _with_address(element: Element) -> list[Element]:
    if element["t"] != "Link":
        return [element]
    url, inlines = element["c"][2][0], element["c"][1]
    if plain_text(inlines).rstrip("/") == url.rstrip("/"):
        return [{"t": "Str", "c": url}]
    return [*inlines, {"t": "Space"}, {"t": "Str", "c": url}]


def _read_row(row: Row) -> tuple[dict[str, Any], list[str]]:
    """Return the fields that a row gives, and what in it could not be understood, with the column."""
    given: dict[str, Any] = {}
    problems: list[str] = []
    readers: dict[str, Callable[[list[str]], dict[str, Any]]] = {
        SINCE: _read_news, DONE: _read_evidence, NEW_DATE: _read_new_date}
    for column, reader in readers.items():
        lines = row.cells.get(column, [])
        if not NOTHING.fullmatch(" ".join(lines)):
            try:
                given |= reader(lines)
            except ValueError as error:
                problems.append(f"“{column}”: {error}")
    return given, problems


def _read_news(lines: list[str]) -> dict[str, Any]:
    """Read what happened: sentences, and on a line of its own the title and address of where it was published."""
    source = read_evidence(lines[-1]) if len(lines) > 1 else None
    news = lines[:-1] if source else lines
    if any("://" in line for line in news):
        raise ValueError("put the address on a line of its own at the end, with a title before it: "
                         "“Minutes of May https://…”")
    return {"note": " ".join(news)} | ({"source": source} if source else {})


def _read_evidence(lines: list[str]) -> dict[str, Any]:
    if NOT_DONE.match(lines[0]):
        raise ValueError(f"“{lines[0]}” says that it is not done; leave this empty, and put it into “{SINCE}”")
    evidence = []
    for line in filter(None, (DONE_WORDS.sub("", line, count=1) for line in lines)):
        found = read_evidence(line)
        if not found:
            raise ValueError(f"“{line}” is not a title with a web address at its end; write it like "
                             "“Report of May https://…”")
        evidence.append(found)
    if not evidence:
        raise ValueError("it is done when readers can see it; add a title and a web address: “Report of May https://…”")
    return {"status": "complete", "evidence": evidence}


def _read_new_date(lines: list[str]) -> dict[str, Any]:
    text = BEFORE_DATE.sub("", " ".join(lines), count=1)
    day, length = _date_at_start(text)
    reason = text[length:].strip(" :;,.–—-")
    if reason.startswith("(") and reason.endswith(")"):
        reason = reason[1:-1]
    if not reason:
        raise ValueError(f"a new date needs its reason, which readers will see; write it like {EXAMPLE_DATE}")
    return {"due": day, "reason": f"{reason[0].upper()}{reason[1:].rstrip('.')}."}


def _date_at_start(text: str) -> tuple[str, int]:
    """Return the date with which a text begins, as records write it, and the length of its words."""
    written = next(dates_in(text), None)
    if written and text.startswith(written.words):
        if not written.is_consistent:
            raise ValueError(f"{day_in_words(written.day)} is a {written.day:%A}; write the date again, without the "
                             "day of the week")
        return written.day.isoformat(), len(written.words)
    if (match := MONTH.match(text)) and (month := _month(match["month"])):
        return f"{match['year']}-{month:02}", match.end()
    if match := QUARTER.match(text):
        return f"{match['year']}-Q{match['quarter']}", match.end()
    if match := WRITTEN_AS_IN_RECORDS.match(text):
        return PartialDate.parse(match[0]).text, match.end()
    raise ValueError(f"“{text}” does not begin with a date; write it like {EXAMPLE_DATE}")


def _month(word: str) -> int | None:
    """Return the number of a month, also of one that is cut short: Mar, Sept."""
    return next((number for number, name in enumerate(MONTHS) if name.lower().startswith(word.lower())), None)


def _is_known(action: Action, given: dict[str, Any]) -> bool:
    """Whether an action's history already holds what a row says, as after a log was read twice."""
    addresses = {item["url"] for item in given.get("evidence", ())}
    return any((update.note or "") == given.get("note", "") and (update.reason or "") == given.get("reason", "")
               and (str(update.due.text) if update.due else "") == given.get("due", "")
               and {item.url for item in update.evidence} == addresses for update in action.updates)


def _contradictions(progress: Progress, given: dict[str, Any]) -> Iterator[str]:
    if "due" in given and "status" in given:
        yield f"“{NEW_DATE}”: it is said to be done as well; leave one of the two empty"
    if "due" in given and isinstance(progress.due, PartialDate) and progress.due.text == given["due"]:
        yield f"“{NEW_DATE}”: {progress.due} is its date already"
    if given and not progress.is_open:
        yield (f"“{NUMBER}”: it is not open any more ({progress.status_label}); if this is news all the same, use "
               "`board update`")


def _edited(register: Register, row: Row) -> Iterator[str]:
    """Yield which cells were changed that are not read back. One that says what was true earlier is only old."""
    if row.id not in register.progress:
        return
    progress = register.progress[row.id]
    now = row_of(register, progress)
    dates = [progress.original_due, *(update.due for update in progress.own_updates if update.due)]
    owners = [[register.name_of(owner), *now[OWNER][1:]] for owner in progress.owners]
    accepted = {WHAT: [now[WHAT]], OWNER: [now[OWNER], *owners], DUE: [[due(value)] for value in dates]}
    help = {WHAT: "if it was wrong, use `board correct`", OWNER: "use `board update --owner`",
            DUE: f"write the new date into “{NEW_DATE}”"}
    for column, values in accepted.items():
        if column in row.cells and _words(" ".join(row.cells[column])) not in [_words(" ".join(v)) for v in values]:
            yield f"“{column}”: it was changed, and is not read back; put the old words back, and {help[column]}"
