"""Pictures in SVG: they may draw, and may not run, load or hold anything else.

Source: SVG 2 (W3C), section 2.2.2 on secure animated mode; a picture that is opened by itself runs in no such mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from ...problem import quoted

FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "animate", "set",
                       "animatemotion", "animatetransform", "audio", "video", "a", "html", "body", "link", "meta"})
OUTSIDE = re.compile(r"@import|expression\s*\(|url\s*\(\s*['\"]?\s*(?!#|['\"]?\s*#)", re.I)
OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|webp|gif);base64,)", re.I)

Danger = tuple[int, str]
"""A line, and what is wrong there."""

MOST = 5


def dangers(content: bytes) -> Iterator[Danger]:
    """Yield what makes a picture more than a drawing, each with its line. Raises nothing for any bytes."""
    found: list[Danger] = []
    parser = expat.ParserCreate()

    def say(what: str) -> None:
        found.append((parser.CurrentLineNumber, what))

    def element(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        if tag in FORBIDDEN:
            say(f"a drawing may not hold {quoted(f'<{name}>')}")
        for attribute, value in attributes.items():
            short = attribute.rpartition(":")[2].lower()
            if short.startswith("on"):
                say(f"{quoted(attribute)} would run a program")
            elif not OWN.match(value) if short in ("href", "src") else OUTSIDE.search(value):
                say(f"{quoted(attribute)} leads out of the picture")

    def text(data: str) -> None:
        if OUTSIDE.search(data):
            say("the styles lead out of the picture")

    def entity(*_: object) -> None:
        say("the picture defines entities, which can grow without bound")
        raise _StoppedError

    parser.buffer_text = True
    parser.StartElementHandler = element
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    parser.ProcessingInstructionHandler = lambda target, data: say(f"{quoted(f'<?{target}?>')} may not stand here")
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        found.append((error.lineno, "this is not a picture in SVG"))
    except _StoppedError:
        pass
    yield from dict.fromkeys(found[:MOST])


class _StoppedError(Exception):
    """Enough is known: what follows is not worth reading."""
