"""Decides whether text can be seen on a page, and counts what is left out since it cannot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .container import collapse_spaces

MIN_CONTRAST = 1.35
"""Text whose contrast with its background is below this ratio cannot be read. Ordinary text needs 4.5. Source: Web
Content Accessibility Guidelines 2.2, “contrast ratio”."""

MIN_POINTS = 4
"""Smaller text than this cannot be read on a printed page."""

MAX_PLACES = 3
MAX_PLACE_CHARACTERS = 40

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
Colour = tuple[int, int, int]


def hex_colour(text: str | None) -> Colour | None:
    """Return the colour that six hexadecimal digits give; None for anything else, such as “auto”."""
    digits = (text or "").strip().lstrip("#")
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = ((part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
                        for part in (value / 255 for value in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class Look:
    """How a piece of text looks.

    `colour` is None where the word processor chooses it. `mark` is the colour behind the words themselves (a highlight
    or shading), `ground` the colour of the paragraph, the cell or the page. `is_ground_known` is false where that
    comes from a design that is not worked out here, and then the text counts as visible.
    """

    is_hidden: bool = False
    colour: Colour | None = None
    points: float | None = None
    mark: Colour | None = None
    ground: Colour | None = None
    is_ground_known: bool = True

    @property
    def is_unreadable(self) -> bool:
        """Whether the text is there but cannot be read: too small, or in the colour of its background."""
        if self.points is not None and self.points < MIN_POINTS:
            return True
        if self.mark:
            # A word processor may turn text white on a dark mark by itself. A writer who blacks out words wants them
            # hidden, so text without a colour of its own counts as black.
            return contrast(self.colour or BLACK, self.mark) < MIN_CONTRAST
        return bool(self.colour) and self.is_ground_known and \
            contrast(self.colour or BLACK, self.ground or WHITE) < MIN_CONTRAST


HIDDEN, UNREADABLE, CONTENTS = "hidden", "unreadable", "contents"
SAID = {
    HIDDEN: "{words} hidden in the document {were} left out{places}. If readers should see {them}, show {them} in the "
            "document (Font, Hidden), and import it again.",
    UNREADABLE: "{words} that cannot be read on the page {were} left out{places}: {they} {are} as white as the paper, "
                "covered by black, or too small. If readers should see {them}, give {them} an ordinary colour and "
                "size, and import the document again.",
}


@dataclass
class LeftOut:
    """Collects what is left out of a document. The messages never repeat it: what was hidden may be private."""

    words: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def add(self, why: str, text: str, place: str = "") -> None:
        """Count the words of `text`, and remember the start of what is seen in its paragraph, `place`."""
        count = len(re.findall(r"\w+", text))
        if count:
            self.words[why] += count
            place = collapse_spaces(place)
            self.places.setdefault(why, [])
            if place and place not in self.places[why]:
                self.places[why].append(place)

    def notice(self, text: str) -> None:
        """Add a notice, once."""
        if text not in self.notices:
            self.notices.append(text)

    def lines(self) -> Iterator[str]:
        """Yield the notices."""
        for why, sentence in SAID.items():
            count = self.words[why]
            if count:
                one = count == 1
                yield sentence.format(
                    words="A word" if one else f"{count} words", were="was" if one else "were",
                    they="it" if one else "they", are="is" if one else "are", them="it" if one else "them",
                    places=_places(self.places[why]))
        yield from self.notices


NESTED = "A table inside a table became lines of text, with commas between its cells: compare it with the document."


def _places(places: list[str]) -> str:
    if not places:
        return ""
    shown = [f"“{place[:MAX_PLACE_CHARACTERS]}{'…' if len(place) > MAX_PLACE_CHARACTERS else ''}”"
             for place in places[:MAX_PLACES]]
    more = f" and {len(places) - MAX_PLACES} more places" if len(places) > MAX_PLACES else ""
    return f", at {', '.join(shown)}{more}"
