"""Measures every check on long texts made against it: no check may take a time that grows faster than its text.

For each pattern in macros/ texts are made of what it matches, of what it nearly matches, and of its beginning, each
repeated up to LENGTH characters, as a page of an area. `make bench ARGS=--adversarial` prints the slowest.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as op  # the parser of patterns has no public name
from re import _parser as parser
from typing import Any

import macros
from macros.checks import CHECKS
from macros.register import load
from macros.source.files import MAX_PAGE_BYTES
from tests.conftest import ROOT, TODAY
from tests.test_privacy import UNITS

LENGTH = 1_000_000
LIMIT = 2.0
"""The most seconds of processor time that one check may take for a text of LENGTH."""

SHOWN = 20
PUPILS = 6000


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every compiled pattern in the modules of macros/, each once, by module and name."""
    found: dict[re.Pattern[str], str] = {}
    for module in pkgutil.walk_packages(macros.__path__, "macros."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                for number, pattern in enumerate(_patterns_in(value)):
                    found.setdefault(pattern, f"{module.name.removeprefix('macros.')}.{name}.{number}")
    return {name: pattern for pattern, name in found.items()}


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, (tuple, list, set, frozenset)):
        for inner in value:
            yield from _patterns_in(inner)
    elif isinstance(value, dict):
        yield from _patterns_in(list(value.values()))


def sample(pattern: re.Pattern[str], times: int = 1) -> str:
    """Return a text that the pattern matches, or nearly; what may be repeated is so `times`."""
    return _sample(parser.parse(pattern.pattern, pattern.flags & re.VERBOSE), times)


def _sample(tree: Any, times: int) -> str:
    return "".join(_one(kind, value, times) for kind, value in tree)


def _one(kind: Any, value: Any, times: int) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if kind is op.ANY:
        return "a"
    if kind is op.IN:
        return _of_class(value)
    if kind is op.BRANCH:
        return _sample(value[1][-1], times)
    if kind is op.SUBPATTERN:
        return _sample(value[3], times)
    if kind is op.ATOMIC_GROUP:
        return _sample(value, times)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = value
        return _sample(inner, times) * min(max(least, times), 30 if most is parser.MAXREPEAT else int(most))
    return ""  # an assertion, or a group by its number


def _of_class(members: Any) -> str:
    kind, value = members[0]
    if kind is op.NEGATE:
        wrong = {chr(inner) for of, inner in members[1:] if of is op.LITERAL}
        return next(letter for letter in "a 0-b" if letter not in wrong)
    if kind is op.RANGE:
        return chr(value[0])
    if kind is op.LITERAL:
        return chr(value)
    return {op.CATEGORY_DIGIT: "0", op.CATEGORY_SPACE: " "}.get(value, "a")


def units() -> dict[str, str]:
    """Return what the texts repeat, with the name of the pattern that each is made of."""
    found = {unit: repr(unit) for unit in UNITS}
    for name, pattern in patterns().items():
        once, thrice = sample(pattern, 1), sample(pattern, 3)
        for text, how in ((f"{once} ", ""), (thrice[:-1], ", nearly"), (once[:max(1, len(once) // 2)], ", begun")):
            if text.strip():
                found.setdefault(text, f"{name}{how}")
    return {name: unit for unit, name in found.items()}


def seconds(folder: Path, text: str, path: str = "docs/about.md") -> dict[str, float]:
    """Return the processor time of each check for an area of which one file has the text."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    register, _ = load(folder, TODAY)
    taken = {}
    for check in CHECKS:
        start = time.process_time()
        for _ in check(register):
            pass
        taken[check.find.__name__] = time.process_time() - start
    return taken


def _of_table(area: Path, unit: str) -> dict[str, float]:
    """Return the processor time of each check for a table of LENGTH.

    A quarter of the table is enough where it takes so little that even a check that is quadratic is within LIMIT.
    """
    for parts in (4, 1):
        table = unit * (LENGTH // parts // len(unit.encode())) + "\n"
        taken = seconds(area, table, "docs/files/table.csv")
        if max(taken.values()) < LIMIT / parts ** 2:
            return taken
    return taken


def bench(folder: Path, only: str = "") -> bool:
    """Print the slowest checks and texts. Returns whether all are within LIMIT.

    A text is a page as long as pages may be, and also a table of LENGTH, which the search for personal data reads.
    """
    area = Path(shutil.copytree(ROOT / "tests/areas/small", folder / "adversarial"))
    found: list[tuple[float, str, str]] = []
    for name, unit in units().items():
        if only in name:
            page = "# Title\n\n" + unit * ((MAX_PAGE_BYTES - 1000) // len(unit.encode())) + "\n"
            found += [(taken, check, f"{name}, page") for check, taken in seconds(area, page).items()]
            (area / "docs/about.md").write_text("# About\n", encoding="utf-8")
            found += [(taken, check, f"{name}, table") for check, taken in _of_table(area, unit).items()]
            (area / "docs/files/table.csv").unlink()
    pupils = "Forename,Year\n" + "Oluwaseun,Year 7\nGrace,Year 8\n" * (PUPILS // 2)
    found += [(taken, check, f"a list of {PUPILS} pupils")
              for check, taken in seconds(area, pupils, "docs/files/table.csv").items()]
    found.sort(reverse=True)
    slow = [item for item in found if item[0] > LIMIT]
    print(f"{len(patterns())} patterns, {len(units())} texts of up to {LENGTH:,} bytes: {len(slow)} times a check took "
          f"more than {LIMIT} s")
    for taken, check, name in found[:SHOWN]:
        print(f"  {taken:6.2f} s  {check}: {name}")
    return not slow
