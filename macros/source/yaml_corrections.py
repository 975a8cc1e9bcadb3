"""The usual mistakes in a line of YAML, each with what is wrong, what to write instead, and the corrected text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..problem import quoted

MAX_EXAMPLE = 80
"""Characters of a corrected line that a hint shows whole."""

IN_QUOTES = 'put the whole text in "quotes"'
LINE_UP = "line it up with the lines around it"
NOT_LINED_UP = "this line is not indented like the lines around it"
NOT_CLOSED, CLOSE_QUOTE = "a quote is opened on this line and not closed", "close it at the end of the text"
NOT_CLOSED_BRACKET = "a bracket is opened on this line and not closed"
CLOSE_BRACKET = "close it, with commas between its values"

SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Spaces that look like the ordinary one and are none, such as those that do not break a line."""

OTHER_SPACES, RETYPE = "a space on this line is not an ordinary one, as happens in pasted text", "type its spaces again"
MISREAD_SPACE = re.compile(rf"[ \t]*(?:- +)?(?:[\w-]+:)?{SPACES}")
"""A line in which such a space is before or after a key."""

START = re.compile(r"[ \t]*(?:-[ \t]+)*")
"""What is before the key or the text of a line."""

KEY = re.compile(r"\s*(?:- +)*[a-z][a-z0-9_-]*:(?:\s|\Z)")
ENTRY = re.compile(r"(?P<start>\s*(?:- +)*(?:[\w-]+:\s+)?)(?P<text>\S.*)")
"""A line with a value: what is before it, and its text."""

INDICATORS = "%@`*&!?,]}|>-"
"""Characters with a special meaning in YAML at the beginning of a text."""

CLOSING = {'"': "\"'”“’", "'": "'\"’‘”"}
"""What people type at the end of a text that began with this quote."""

HYPHENS = "–—•·*‣▪●"
"""What people type, or a word processor makes, in place of the hyphen of a list."""


@dataclass(frozen=True)
class Correction:
    """A line, counted from 0, what is wrong there, and what to write instead.

    `lines` are those of the file after it, as many as before, or none where it is not known. `is_certain` unless the
    writer may mean something else.
    """

    line: int
    message: str
    hint: str
    lines: list[str] = field(default_factory=list)
    is_certain: bool = True


def in_quotes(text: str) -> str:
    """Return a text in those quotes in which it can be written as it is."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def not_lined_up(number: int) -> Correction:
    """Return what is said of a line whose indentation fits nothing around it."""
    return Correction(number, NOT_LINED_UP, LINE_UP)


def unfinished_line(line: str) -> bool:
    """Return whether a quoted text begins on a line and does not end there."""
    match = ENTRY.fullmatch(line.rstrip())
    return bool(match and match["text"][0] in CLOSING and
                not (len(match["text"]) > 1 and match["text"].endswith(match["text"][0])))


def _corrected(lines: list[str], number: int, line: str, message: str, hint: str) -> Correction:
    """Return the correction of one line, which the hint shows if it is short enough to be read."""
    hint = hint if len(line.strip()) > MAX_EXAMPLE else f"{hint}, like this: {line.strip()}"
    return Correction(number, message, hint, [*lines[:number], line, *lines[number + 1:]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _edge(line: str) -> int:
    """Return the column of the key or the text of a line, behind the hyphens of lists."""
    return len(START.match(line)[0])  # type: ignore[index]


def _entry(line: str) -> re.Match[str] | None:
    return ENTRY.fullmatch(line.rstrip())


def _tab(lines: list[str], number: int) -> Iterator[Correction]:
    """A tab before a key, or behind the hyphen of a list."""
    start = START.match(lines[number])[0]  # type: ignore[index]
    if "\t" in start:
        around = [line for line in (*reversed(lines[max(0, number - 3):number]), *lines[number + 1:number + 3]) if line]
        edges = [width for line in around if "\t" not in line for width in (_edge(line), _indent(line))]
        for width in dict.fromkeys((*edges, 2, 4, 6, 8)):
            spaced = re.sub(r"(?<=-)[ \t]*\t[ \t]*", " ", start)
            spaced = re.sub(r"^[ \t]*\t[ \t]*", " " * width, spaced)
            yield Correction(number, "there is a tab where only spaces are allowed", "indent with spaces",
                             [*lines[:number], spaced + lines[number][len(start):], *lines[number + 1:]])


def _space(lines: list[str], number: int) -> Iterator[Correction]:
    """A space that only looks like one, pasted before or behind a key."""
    if MISREAD_SPACE.match(lines[number]):
        yield Correction(number, OTHER_SPACES, RETYPE,
                         [*lines[:number], re.sub(SPACES, " ", lines[number]), *lines[number + 1:]])


def _hyphen(lines: list[str], number: int) -> Iterator[Correction]:
    """An item of a list that begins with another sign, or without a space."""
    if match := re.match(rf"(\s*)(-(?=[^\s-])|[{HYPHENS}][ \t]*)(?=\S)", lines[number]):
        what = "the hyphen has no space after it" if match[2] == "-" else \
            f"an item of a list begins with {quoted(match[2].strip())}"
        yield _corrected(lines, number, f"{match[1]}- {lines[number][match.end():]}", what,
                         "begin it with a hyphen and a space")


FIRST_KEYS = ("date", "title", "id", "period", "term", "name", "text", "from", "field", "allow")
"""The keys with which the entries of lists begin."""


def _key(lines: list[str], number: int) -> Iterator[Correction]:
    """A key without a space behind its colon, or with another sign in place of the colon."""
    if match := re.match(r"(\s*(?:- +)*)([A-Za-z_]\w*)(:(?=[^\s/])|\s*[=;](?=\s)[ \t]*|\s*：\s*)(?=\S)", lines[number]):
        yield _corrected(lines, number, f"{match[1]}{match[2]}: {lines[number][match.end():]}",
                         f"there is no colon with a space after {quoted(match[2])}", "write both")
    elif match := re.match(rf"(\s*- +)({'|'.join(FIRST_KEYS)})[ \t]+(?=[^\s:])", lines[number]):
        yield _corrected(lines, number, f"{match[1]}{match[2]}: {lines[number][match.end():]}",
                         f"there is no colon after {quoted(match[2])}", f"write {quoted(match[2] + ':')}")


def _marker(lines: list[str], number: int) -> Iterator[Correction]:
    """A line that belongs to another format, or that begins a second document."""
    if lines[number].startswith("```"):
        yield Correction(number, "a mark of Markdown is in a record", "remove this line",
                         [*lines[:number], "", *lines[number + 1:]])
    if re.fullmatch(r"={7}\s*", lines[number]):
        yield Correction(number, "a line that divides two versions of a text is left here",
                         "keep one of the versions above and below it, and remove this line",
                         [*lines[:number], "", *lines[number + 1:]], is_certain=False)
    at = next((one for one in range(number, -1, -1) if lines[one].startswith(("---", "..."))), None)
    if at is not None:
        yield Correction(at, "a second document begins here", "remove this line, and keep one record a file",
                         [*lines[:at], "", *lines[at + 1:]], is_certain=False)


def _bracket(lines: list[str], number: int) -> Iterator[Correction]:
    """A text that begins with words in brackets, which YAML takes for a list or for keys; or a list with a hash."""
    match = _entry(lines[number])
    if not match or match["text"][0] not in "[{":
        return
    text = match["text"]
    if words := re.match(r"(\[[^\]]*\]|\{[^}]*\})[ \t]*[^\s#,:\]}]", text):
        yield _corrected(lines, number, match["start"] + in_quotes(text),
                         f"a text that begins with {quoted(words[1])} is not in quotes", IN_QUOTES)
    elif text.endswith("]") and re.search(r"[\s\[]#", text):
        items = (item.strip() for item in text[1:-1].split(","))
        whole = ", ".join(item if item[:1] in ('"', "'") else in_quotes(item) for item in items)
        yield _corrected(lines, number, f"{match['start']}[{whole}]",
                         "a # after a space ends the list, since YAML takes what follows for a comment",
                         "put each text of the list in quotes")
    else:
        closing = "]" if text[0] == "[" else "}"
        yield Correction(number, NOT_CLOSED_BRACKET, CLOSE_BRACKET,
                         [*lines[:number], match[0] + closing, *lines[number + 1:]], is_certain=False)


def _quotes(lines: list[str], number: int) -> Iterator[Correction]:
    """A quote that is not closed, that is closed too early, or with a backslash in it."""
    match = _entry(lines[number])
    if not match or (quote := match["text"][0]) not in CLOSING or len(match["text"]) < 2:
        return
    start, text = match["start"], match["text"]
    inside = text[1:-1]
    if quote == '"' and "\\" in text and text.endswith('"'):
        yield _corrected(lines, number, start + in_quotes(inside),
                         r'a backslash (\) in "double quotes" has a meaning in YAML', "use 'single quotes'")
    if text[-1] == quote:
        yield _corrected(lines, number, start + in_quotes(inside), f"the text continues after the {quote} that ends it",
                         "put the whole text in the other quotes")
    elif text[-1] in CLOSING[quote]:
        yield _corrected(lines, number, start + in_quotes(inside), f"a text begins with {quote} and ends with "
                         f"{text[-1]}", "use the same for both")
    elif quote in text[1:]:
        yield _corrected(lines, number, start + in_quotes(text), f"the text continues after the {quote} that ends it",
                         "put the whole text in the other quotes")
    elif (last := _end_of_text(lines, number)) > number:
        yield Correction(number, NOT_CLOSED, CLOSE_QUOTE,
                         [*lines[:last], lines[last].rstrip() + quote, *lines[last + 1:]])
    else:
        yield _corrected(lines, number, start + in_quotes(text[1:]), NOT_CLOSED, CLOSE_QUOTE)


def _end_of_text(lines: list[str], number: int) -> int:
    """Return the last line of the text that begins on a line: those below it are indented, and have no key."""
    last, edge = number, max(1, _edge(lines[number]))
    for following in range(number + 1, len(lines)):
        if lines[following].strip() and (_indent(lines[following]) < edge or KEY.match(lines[following]) or
                                         lines[following].lstrip().startswith("- ")):
            break
        last = following if lines[following].strip() else last
    return last


def _indicator(lines: list[str], number: int) -> Iterator[Correction]:
    """A text that begins with a sign that means something in YAML."""
    match = _entry(lines[number])
    if match and match["text"][0] in INDICATORS and not re.fullmatch("[|>][-+0-9]*", match["text"]):
        yield _corrected(lines, number, match["start"] + in_quotes(match["text"]),
                         f"a text that begins with {quoted(match['text'][0])} is not in quotes", IN_QUOTES)


def _colon(lines: list[str], number: int) -> Iterator[Correction]:
    """A text with a colon in it."""
    match = _entry(lines[number])
    if match and re.search(r":(?:\s|\Z)", match["text"]) and match["text"][0] not in CLOSING:
        yield _corrected(lines, number, match["start"] + in_quotes(match["text"]),
                         "a text with a colon in it is not in quotes", IN_QUOTES)


def _lines_of_a_text(lines: list[str], number: int) -> Iterator[Correction]:
    """A text of several lines with a colon or a hash in one of them."""
    line = lines[number].strip()
    is_hash = line.startswith("#")
    if not is_hash and (KEY.match(line) or not re.search(r":(?:\s|\Z)", line)):
        return
    start = next((one for one in range(number - 1, -1, -1)
                  if lines[one].strip() and _indent(lines[one]) < _indent(lines[number])), number)
    match, last = _entry(lines[start]), _end_of_text(lines, number)
    if start == number or not match or match["text"][0] in "\"'|>[{":
        return
    whole = in_quotes("\n".join([match["text"], *lines[start + 1:last + 1]])).split("\n")
    message = f"the text ends before {quoted(line)}, which YAML takes for a comment" if is_hash else \
        "a text of several lines with a colon in it is not in quotes"
    yield Correction(number, message, f"{IN_QUOTES}, from its first line to its last",
                     [*lines[:start], match["start"] + whole[0], *whole[1:], *lines[last + 1:]])


def _block(lines: list[str], number: int) -> Iterator[Correction]:
    """A text below | or > whose lines are not indented."""
    opening = next((one for one in range(number - 1, -1, -1)
                    if re.search(r"[:-]\s+[|>][-+]?\s*\Z", lines[one]) or KEY.match(lines[one])), number)
    if match := re.search(r"[:-]\s+([|>])[-+]?\s*\Z", lines[opening]):
        edge, last = _edge(lines[opening]) + 2, opening
        while last + 1 < len(lines) and not KEY.match(lines[last + 1]) and not lines[last + 1].startswith("- "):
            last += 1
        body = [line if _indent(line) >= edge else " " * edge * bool(line.strip()) + line.strip()
                for line in lines[opening + 1:last + 1]]
        at = next((one for one in range(opening + 1, last + 1) if lines[one].strip() and _indent(lines[one]) < edge),
                  number)
        yield Correction(at, f"the text below {quoted(match[1])} is not indented",
                         f"begin each of its lines with {edge} spaces",
                         [*lines[:opening + 1], *body, *lines[last + 1:]])


def _indentation(lines: list[str], number: int) -> Iterator[Correction]:
    """A line, with those that belong to it, that begins further left or right than its neighbours."""
    old = _indent(lines[number])
    if not KEY.match(lines[number]) and not lines[number].lstrip().startswith("- "):
        return
    around = [line for line in (*reversed(lines[max(0, number - 8):number]), *lines[number + 1:number + 8])
              if line.strip()]
    for width in dict.fromkeys(width for line in around for width in (_edge(line), _indent(line))):
        last = number
        while last + 1 < len(lines) and (not lines[last + 1].strip() or _indent(lines[last + 1]) > old):
            last += 1
        moved = [" " * max(0, _indent(line) + width - old) + line.lstrip(" ") for line in lines[number:last + 1]]
        begin = f"begin it with {width} space{'s' * (width != 1)}" if width else "begin it at the left edge"
        yield Correction(number, NOT_LINED_UP, f"{LINE_UP}: {begin}",
                         [*lines[:number], *moved, *lines[last + 1:]], is_certain=False)


def _neither(lines: list[str], number: int) -> Iterator[Correction]:
    """A line that is neither a key with its value, nor a part of the text above it."""
    if not KEY.match(lines[number]) and not lines[number].lstrip().startswith("- "):
        yield Correction(number, "this line is neither name: value nor part of the text above it",
                         "write it as name: value, with a space after the colon; or, if it belongs to the text above, "
                         "begin it with more spaces than the name there",
                         [*lines[:number], "", *lines[number + 1:]], is_certain=False)


CORRECTIONS: tuple[Callable[[list[str], int], Iterator[Correction]], ...] = (
    _tab, _space, _hyphen, _key, _marker, _bracket, _quotes, _indicator, _colon, _block, _lines_of_a_text, _indentation,
    _neither)
"""What may be wrong, the surest first. Each takes the lines of a file and the number of one of them."""
