"""Signs in a text that would begin something on the site, and that pandoc leaves as they are: macros, attributes,
entities, escapes, definitions, and what a line begins with. Each has a stand-in until the Markdown is written."""

from __future__ import annotations

import re

from .tree import Element

FIRST = 0xE100
"""The stand-in of a sign is this and its number: characters that Unicode leaves to private use."""

STAND_IN = re.compile(r"[\ue100-\ue17f]")
RISKY = re.compile(r"[{\\]|&(?=#?\w+;)|\](?=\()|\A:")
AT_LINE_START = re.compile(r"\A(?:[-+=#>*|~]|\d+(?P<dot>[.)]))")


def guarded(text: str) -> str:
    """Return text with stand-ins for the signs that begin something anywhere."""
    return RISKY.sub(_stand_in, text)


def as_typed(text: str) -> str:
    """Return text with the signs themselves again."""
    return STAND_IN.sub(lambda match: chr(ord(match[0]) - FIRST), text)


def as_markdown(markdown: str) -> str:
    """Return Markdown in which the signs show as they were typed, and begin nothing."""
    return STAND_IN.sub(lambda match: f"&#{ord(match[0]) - FIRST};", markdown)


def guarded_lines(inlines: list[Element]) -> list[Element]:
    """Return a paragraph in which no line begins a heading, a list or a quotation."""
    result: list[Element] = []
    for part in inlines:
        if part["t"] == "Str" and (not result or result[-1]["t"] == "LineBreak"):
            match = AT_LINE_START.match(part["c"])
            at = match.start("dot") if match and match["dot"] else 0
            part = {"t": "Str", "c": _with_stand_in(part["c"], at)} if match else part
        result.append(part)
    return result


def guarded_end(inlines: list[Element]) -> list[Element]:
    """Return a heading whose last sign is no "#", which Markdown drops."""
    if inlines and inlines[-1]["t"] == "Str" and inlines[-1]["c"].endswith("#"):
        return [*inlines[:-1], {"t": "Str", "c": re.sub("#", _stand_in, inlines[-1]["c"])}]
    return inlines


def _with_stand_in(text: str, at: int) -> str:
    return text[:at] + chr(FIRST + ord(text[at])) + text[at + 1:]


def _stand_in(match: re.Match[str]) -> str:
    return chr(FIRST + ord(match[0]))
