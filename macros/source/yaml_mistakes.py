"""Finds every mistake in a text that YAML's parser refuses.

The parser stops at the first one, and often names the line after it. So the usual mistakes are corrected on trial: the
correction with which the parser gets further is what the writer should do, and the search goes on behind it.
"""

from __future__ import annotations

import re

import yaml

from .yaml_corrections import (
    CLOSE_BRACKET,
    CLOSE_QUOTE,
    CORRECTIONS,
    NOT_CLOSED,
    NOT_CLOSED_BRACKET,
    Correction,
    not_lined_up,
    unfinished_line,
)

MAX_MISTAKES = 20
"""Mistakes that are named at once. A file with more is not meant to be YAML."""

MAX_PARSED = 2_000_000
"""Characters that are parsed to try corrections, so that a large file takes about a second."""

WHERE_IT_BEGAN = re.compile("quoted scalar|flow|simple key")
"""What the parser was reading when its error is about where it began to read, and not about where it stopped."""


class _TooMuchError(Exception):
    """Trying more corrections would take too long."""


class _Parser:
    """Parses corrected texts until the characters for it are used up."""

    def __init__(self, loader: type) -> None:
        self.loader, self.left = loader, MAX_PARSED

    def error(self, lines: list[str]) -> yaml.MarkedYAMLError | None:
        """Return what is wrong with a text. Raises _TooMuchError after MAX_PARSED characters."""
        text = "\n".join(lines)
        self.left -= len(text)
        if self.left < 0:
            raise _TooMuchError
        try:
            for _ in yaml.parse(text, Loader=self.loader):
                pass
        except yaml.MarkedYAMLError as error:
            return error
        return None


def find_mistakes(text: str, error: yaml.MarkedYAMLError, loader: type) -> tuple[list[Correction], str | None]:
    """Return each mistake in a text that the parser refuses with `error`, and the text as it is meant.

    There is no such text where a mistake can be corrected in several ways, or in none.
    """
    lines, parser = text.split("\n"), _Parser(loader)
    found: list[Correction] = []
    following: yaml.MarkedYAMLError | None = error
    while following and len(found) < MAX_MISTAKES:
        correction, following = _first_mistake(lines, following, parser)
        if not correction.lines:
            # Behind a guess, what cannot be explained is likely to come from it.
            if all(one.is_certain for one in found):
                found.append(correction)
            return found, None
        found.append(correction)
        lines = correction.lines
    return found, "\n".join(lines) if not following and all(one.is_certain for one in found) else None


def _first_mistake(lines: list[str], error: yaml.MarkedYAMLError,
                   parser: _Parser) -> tuple[Correction, yaml.MarkedYAMLError | None]:
    """Return the correction of what an error is about, and the next error. Where nothing helps, it has no lines."""
    at = _line(error, lines)
    try:
        for find in CORRECTIONS:
            for number in _near(error, lines):
                for correction in find(lines, number):
                    following = parser.error(correction.lines)
                    if following is None or _line(following, correction.lines) > at:
                        return correction, following
    except _TooMuchError:
        pass
    return _unexplained(error, lines), None


def _line(error: yaml.MarkedYAMLError, lines: list[str]) -> int:
    """Return the line that an error is about."""
    mark = error.context_mark if WHERE_IT_BEGAN.search(error.context or "") else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    # YAML ends a line at more characters than we do, so it may count more lines than there are.
    return min(mark.line if mark else 0, len(lines) - 1)


def _near(error: yaml.MarkedYAMLError, lines: list[str]) -> list[int]:
    """Return the lines that may hold the mistake: that of the error, the one before, and that of an opened quote."""
    at = _line(error, lines)
    before = next((number for number in range(at - 1, -1, -1) if lines[number].strip()), at)
    stopped = min(error.problem_mark.line, len(lines) - 1) if error.problem_mark else at
    opened = next((number for number in range(at - 1, -1, -1) if unfinished_line(lines[number])), at)
    return list(dict.fromkeys((at, before, stopped, opened)))


def _unexplained(error: yaml.MarkedYAMLError, lines: list[str]) -> Correction:
    at, what = _line(error, lines), error.problem or "it cannot be read"
    reading = error.context or ""
    if "tab" in what:
        return Correction(at, "there is a tab where only spaces are allowed", "indent with spaces")
    if "quoted scalar" in reading:
        return Correction(at, NOT_CLOSED, CLOSE_QUOTE)
    if "flow" in reading and lines[at].rstrip().endswith(("]", "}")):
        return Correction(at, "the values between the brackets are not separated",
                          "put a comma between them, and quotes around a text that holds one")
    if "flow" in reading:
        return Correction(at, NOT_CLOSED_BRACKET, CLOSE_BRACKET)
    if "expected" in what and "block" in reading:
        return not_lined_up(at)
    return Correction(at, f"this is not YAML ({what})", "compare it with a record that works")
