"""What the commands that write share: argument types of values in records, and edits tried on a copy of the area."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..checks import check
from ..checks.completeness import LEFT_OPEN
from ..problem import Problem
from ..records import STATUSES
from ..records.date_questions import in_numbers, what_to_write
from ..records.partial_date import NO_DATE, FreeTextDue, PartialDate, parse_due
from ..records.written_dates import is_date, names_a_time, read_date, read_due
from ..register import Register
from ..write import Edits, apply, diff
from .options import today

FIGURE = re.compile(r"(?P<about>about |around )?(?P<digits>-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?) ?%?", re.I)

NOT_PUBLISHED = "null"
"""States that no source gives an owner or a date. It is an answer, not a gap."""


def a_day(text: str) -> str:
    """Read a day such as 2026-11-24 or 24 November 2026. Like all argument types here, raises
    argparse.ArgumentTypeError with the expected form."""
    period = _date(text, "2026-11-24 or 24 November 2026")
    if not period.is_day:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day; write it like 2026-11-24 or 24 November 2026')
    return period.text


def _date(text: str, forms: str) -> PartialDate:
    try:
        return read_date(text) or PartialDate.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}; {in_numbers(text) or f'write it like {forms}'}") from None


def a_due_date(text: str) -> str | None:
    """Read a due date: a day, month, quarter or year, also in words; words without a date; or null.

    Words that name a time are no due date, unless “(no date)” behind them says that they can never be late.
    """
    if text == NOT_PUBLISHED:
        return None
    forms = '2027-03-31, 31 March 2027, March 2027, 2027-Q1 or 2027, or in words such as "as soon as possible"'
    try:
        read = read_due(text)
        due = read or parse_due(text)
    except ValueError as error:
        asked = f"; {what_to_write(text)}" if names_a_time(text) else f"; write it like {forms}"
        raise argparse.ArgumentTypeError(f"{error}{asked}") from None
    if isinstance(due, FreeTextDue) and due.is_confirmed and not is_date(due.text):
        return f"{due.text} {NO_DATE}"
    if isinstance(due, FreeTextDue) and names_a_time(due.text):
        raise argparse.ArgumentTypeError(f'as words, "{due.text}" could never be late; {what_to_write(due.text)}')
    return due.text


def a_period(text: str) -> str:
    """Read a day, month, quarter or year, also in words such as October 2026."""
    return _date(text, "2026-10-31, 31 October 2026, October 2026, 2026-Q3 or 2026").text


def a_figure(text: str) -> tuple[int | float, bool]:
    """Read a figure as people write it (“1,161”, “54%”, “about 2,000”). Returns it, and whether it is approximate."""
    match = FIGURE.fullmatch(text.strip())
    if not match:
        raise argparse.ArgumentTypeError(f'"{text}" is not a figure; write digits alone, such as 1161, 54 or 21.5')
    digits = match["digits"].replace(",", "")
    return (float(digits) if "." in digits else int(digits)), bool(match["about"])


def a_count(text: str) -> int:
    """Read how many there are, a whole number such as 60."""
    if not text.strip().isdecimal():
        raise argparse.ArgumentTypeError(f'"{text}" is not a whole number; write it in digits, such as 60')
    return int(text)


def an_owner(text: str) -> str | None:
    """Read an organisation's id, or null. The checks say if there is no such organisation."""
    return None if text == NOT_PUBLISHED else text


def a_list(text: str) -> list[str]:
    """Read ids separated by commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def a_text(name: str) -> str:
    """Read a text file."""
    try:
        return Path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise argparse.ArgumentTypeError(f'"{name}" cannot be read ({error.strerror})') from None
    except UnicodeDecodeError:
        raise argparse.ArgumentTypeError(f'"{name}" is not UTF-8 text; save it with that encoding') from None


def a_status(text: str) -> str:
    """Read a status, also in ordinary words: “in progress” for in_progress."""
    found = text.strip().lower().replace(" ", "_").replace("-", "_")
    if found in STATUSES:
        return found
    meant = "complete" if found in ("done", "completed", "finished") else None
    raise argparse.ArgumentTypeError(f'there is no status "{text}"; '
                                     + (f'did you mean "{meant}"?' if meant else f"use one of: {', '.join(STATUSES)}"))


class LinkOption(argparse.Action):
    """Takes a title and a web address, and stores them in the form of a source."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any,
                 option_string: str | None = None) -> None:
        title, url = values
        if title.startswith("http") or not url.startswith("http"):
            parser.error(f'argument {option_string}: give a title and then a web address: {option_string} '
                         '"Minutes of May" https://…')
        setattr(namespace, self.dest, {"title": title, "url": url})


class RepeatedLinkOption(LinkOption):
    """Collects links from an option that may be repeated."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any,
                 option_string: str | None = None) -> None:
        before = list(getattr(namespace, self.dest, None) or ())
        super().__call__(parser, namespace, values, option_string)
        setattr(namespace, self.dest, [*before, getattr(namespace, self.dest)])



@dataclass(frozen=True)
class CheckedArea:
    """An area before a command changes it, with the problems that it has already."""

    register: Register
    problems: list[Problem]

    def problems_from(self, edits: Edits) -> list[Problem]:
        """Return the problems that `edits` would add. They are applied to a temporary copy, never to the area."""
        root = self.register.root
        with tempfile.TemporaryDirectory(prefix="board-trial-") as folder:
            copy = Path(folder).resolve() / "area"
            for name in ("data", "docs"):
                if (root / name).is_dir():
                    shutil.copytree(root / name, copy / name, symlinks=True)
            apply(copy, edits)
            _, after = check(copy, self.register.today)
        # Compared without line numbers, since an edit moves the lines below it.
        known = {(problem.path, problem.code, problem.message) for problem in self.problems}
        return [problem for problem in after if (problem.path, problem.code, problem.message) not in known]


def check_area(options: argparse.Namespace) -> CheckedArea | None:
    """Check the area that a command works on. Prints the problems and returns None if it cannot be read."""
    register, problems = check(options.area, today(options))
    if register is None:
        print("\n".join(str(problem) for problem in problems), file=sys.stderr)
        return None
    return CheckedArea(register, problems)


def write(options: argparse.Namespace, area: CheckedArea, edits: Edits, messages: Iterable[str]) -> int:
    """Write `edits` into the area; print `messages`, style warnings and open questions.

    With --dry-run, only print a diff. Returns 1 and writes nothing if the edits would add errors.
    """
    root = area.register.root
    problems = area.problems_from(edits)
    errors = [problem for problem in problems if problem.level == "error" and problem.code != LEFT_OPEN]
    if errors:
        print("Nothing was written, because the result would not pass the checks:")
        print("\n".join(str(problem) for problem in errors))
        return 1
    if options.dry_run:
        print(diff(root, edits), end="")
        print("Nothing was written: this is what would change.")
    else:
        apply(root, edits)
        print("\n".join(messages))
    for problem in problems:
        print(problem)
    return 0


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Add the option --dry-run."""
    parser.add_argument("--dry-run", action="store_true", default=False,
                        help="show what would be written, and write nothing")


def add_source(parser: argparse.ArgumentParser, help: str = "where this was said") -> None:
    """Add the option --source."""
    parser.add_argument("--source", nargs=2, action=LinkOption, metavar=("TITLE", "ADDRESS"), help=help)
