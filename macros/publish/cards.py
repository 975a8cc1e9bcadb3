"""Cards: the picture that a messenger shows beside a shared link, made without network when the site is built.

Source: The Open Graph protocol, https://ogp.me, "og:image". The same register gives the same bytes.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from urllib.parse import urlsplit

from PIL import Image, ImageDraw, ImageFont

from ..register import Register
from ..views.cards import SITE_CARD, Card, cards
from .planned import Planned

WIDTH, HEIGHT = 1200, 630
MARGIN, BAR = 80, 28
LEFT = BAR + MARGIN - 20
PAPER, INK, MUTED, ACCENT = range(4)
COLOURS = ((255, 255, 255), (26, 32, 39), (67, 76, 86), (11, 74, 102))
"""Four colours and no shades between: letters as large as these stay smooth enough, and a card weighs a few kB."""

TITLE_LINES, NOTE_LINES = 4, 3
"""How many lines a title, and what stands below it, have at most."""


def planned(register: Register) -> Iterator[Planned]:
    """Plan the site's card, and one for each page that has its own."""
    site, host = register.area.site_name, urlsplit(register.area.site_url).hostname or ""
    for card in (Card(SITE_CARD, register.area.site_name, register.area.site_description, ""), *cards(register)):
        yield card.path, partial(_drawn, card, site, host)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)  # type: ignore[return-value]


@dataclass(frozen=True)
class _Word:
    """A word as it is drawn: a mask, its place from where the word begins, and how far on the next one begins."""

    mask: Image.Image
    left: int
    top: int
    width: float


@lru_cache(maxsize=1000)
def _word(text: str, size: int, is_bold: bool) -> _Word:
    """Return a word drawn. Cards share most of their words, and to draw letters is what takes time."""
    font, stroke = _font(size), int(is_bold)
    left, top, right, bottom = map(int, font.getbbox(text, mode="1", stroke_width=stroke))
    mask = Image.new("1", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(mask).text((-left, -top), text, font=font, fill=1, stroke_width=stroke)
    return _Word(mask, left, top, font.getlength(text))


@cache
def _space(size: int) -> float:
    return _font(size).getlength(" ")


@cache
def _paper(foot: str) -> Image.Image:
    """Return what all cards with the same line at their foot share."""
    image = Image.new("P", (WIDTH, HEIGHT), PAPER)
    image.putpalette([part for colour in COLOURS for part in colour])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, BAR, HEIGHT), fill=ACCENT)
    _write(draw, foot.split(), HEIGHT - 72, 32, ACCENT)
    return image


def _drawn(card: Card, site: str, host: str) -> bytes:
    image = _paper(site if card.kind else host).copy()
    draw = ImageDraw.Draw(image)
    _write(draw, (card.kind or host).split(), 56, 38, ACCENT, is_bold=True)
    y = 130
    for words in _wrapped(card.title, 62, TITLE_LINES, is_bold=True):
        _write(draw, words, y, 62, INK, is_bold=True)
        y += 78
    for number, words in enumerate(_wrapped(card.note, 36, NOTE_LINES)):
        _write(draw, words, y + 14 + number * 46, 36, MUTED)
    stream = io.BytesIO()
    # Large areas of one colour: to count runs is as good as to look for repeats, and twenty times as fast.
    image.save(stream, "PNG", optimize=False, compress_type=zlib.Z_RLE, bits=2)
    return stream.getvalue()


def _write(draw: ImageDraw.ImageDraw, words: list[str], y: int, size: int, colour: int, *, is_bold: bool = False) \
        -> None:
    x: float = LEFT
    for text in words:
        word = _word(text, size, is_bold)
        draw.bitmap((round(x) + word.left, y + word.top), word.mask, fill=colour)
        x += word.width + _space(size)


def _wrapped(text: str, size: int, most: int, *, is_bold: bool = False) -> list[list[str]]:
    """Return text as the words of each line; what does not fit is left out, with a sign that it is."""
    lines: list[list[str]] = []
    room = 0.0
    for word in text.split():
        width = _word(word, size, is_bold).width
        if lines and width <= room:
            lines[-1].append(word)
        else:
            lines.append([word])
            room = WIDTH - LEFT - MARGIN
        room -= width + _space(size)
    return lines if len(lines) <= most else [*lines[:most - 1], [*lines[most - 1], "…"]]
