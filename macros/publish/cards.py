"""Cards: the picture that a messenger shows beside a shared link, made without network when the site is built.

Source: The Open Graph protocol, https://ogp.me, "og:image". The same register gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache, partial
from urllib.parse import urlsplit

from PIL import Image, ImageDraw, ImageFont

from ..register import Register
from ..views.cards import SITE_CARD, Card, cards
from .planned import Planned

WIDTH, HEIGHT = 1200, 630
MARGIN, BAR = 80, 28
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


def _drawn(card: Card, site: str, host: str) -> bytes:
    image = Image.new("P", (WIDTH, HEIGHT), PAPER)
    image.putpalette([part for colour in COLOURS for part in colour])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, BAR, HEIGHT), fill=ACCENT)
    left = BAR + MARGIN - 20
    draw.text((left, 56), card.kind or host, font=_font(38), fill=ACCENT, stroke_width=1, stroke_fill=ACCENT)
    y = 130
    for line in _wrapped(card.title, _font(62), WIDTH - left - MARGIN, TITLE_LINES):
        draw.text((left, y), line, font=_font(62), fill=INK, stroke_width=1, stroke_fill=INK)
        y += 78
    for number, line in enumerate(_wrapped(card.note, _font(36), WIDTH - left - MARGIN, NOTE_LINES)):
        draw.text((left, y + 14 + number * 46), line, font=_font(36), fill=MUTED)
    draw.text((left, HEIGHT - 72), site if card.kind else host, font=_font(32), fill=ACCENT)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=False, compress_level=9, bits=2)
    return stream.getvalue()


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Return text in lines no wider than `width` pixels; what does not fit is left out, with a sign that it is."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) <= most else [*lines[:most - 1], lines[most - 1] + " …"]
