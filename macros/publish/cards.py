"""Share cards: the picture that a messenger shows beside a link, with a title and the status of what it is about.

Cards are drawn when the site is built, without the network. The same register gives the same bytes.
Source: The Open Graph protocol, https://ogp.me, "og:image".
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from urllib.parse import urlsplit

from PIL import Image, ImageDraw, ImageFont

from ..records.measure import newest_figure, number_in_words
from ..records.partial_date import PartialDate
from ..register import Progress, Register
from ..register.progress import KIND_WORDS, STATUS_WORDS
from .output_file import OutputFile

SITE_CARD = "cards/site.png"


@dataclass(frozen=True)
class Card:
    """The text of a card: title, note and kind of page, and its path. The card of the site itself has no kind."""

    path: str
    title: str
    note: str
    kind: str


def cards(register: Register) -> Iterator[Card]:
    """Yield the cards of actions, measures and posts. All other pages share the site's."""
    for id, progress in register.progress.items():
        yield Card(f"cards/actions/{id.lower()}.png", progress.action.title, _status_line(progress),
                   f"{KIND_WORDS[progress.action.kind]} {id}")
    for id, measure in register.measures.items():
        figure = newest_figure(measure.observations)
        note = "No figure is published" if figure is None or figure.value is None else \
            f"{number_in_words(figure.value)} {measure.unit}, {figure.period}"
        yield Card(f"cards/measures/{id}.png", measure.question, note, "Measure")
    for stem, post in register.posts_by_date:
        note = f"{post.date}. " + ("A summary, not written by the chair" if post.kind == "summary" else "By the chair")
        yield Card(f"cards/blog/{stem}.png", post.title, note, "Post")


def card_of(register: Register, page: str) -> str:
    """Return the path of the card of the page at an address such as actions/a-012/."""
    kind, _, id = page.rstrip("/").partition("/")
    is_own = id.upper() in register.actions if kind == "actions" else \
        id in register.measures if kind == "measures" else kind == "blog" and id in register.posts
    return f"cards/{kind}/{id}.png" if is_own else SITE_CARD


def standing_words(progress: Progress) -> list[str]:
    """Return how an action stands in a few words each: late or not, its status on whose word, and done late."""
    return [word for word, holds in (
        (STATUS_WORDS["late"], progress.is_late), (STATUS_WORDS["date_passed"], progress.is_unresolved),
        (progress.status_label, True), (progress.done_late_words, progress.is_done_late),
        ("Accounts disagree", progress.disagree)) if holds]


def _status_line(progress: Progress) -> str:
    due = f"Due: {progress.due}" if isinstance(progress.due, PartialDate) else \
        f"Due: “{progress.due}”" if progress.due else "No date published"
    return " · ".join([*standing_words(progress), due])


WIDTH, HEIGHT = 1200, 630
MARGIN, BAR = 80, 28
LEFT = BAR + MARGIN - 20
INK, MUTED, PAPER, ACCENT = 0, 1, 6, 7
COLOURS = (*(tuple(round(dark + (255 - dark) * shade / PAPER) for dark in (26, 32, 39))
             for shade in range(PAPER + 1)), (11, 74, 102))
"""A palette of 8 colours: the shades from ink to paper, which are numbered so that the edge of a letter is drawn with a
number between the two, and the accent. A card weighs up to 25 kB."""

MAX_TITLE_LINES, MAX_NOTE_LINES = 4, 3


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the site's card, and one for each page that has its own."""
    site, host = register.area.site_name, urlsplit(register.area.site_url).hostname or ""
    for card in (Card(SITE_CARD, register.area.site_name, register.area.site_description, ""), *cards(register)):
        yield OutputFile(card.path, partial(_png, card, site, host))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)  # type: ignore[return-value]


@dataclass(frozen=True)
class _Word:
    """A rendered word: its mask, the mask's offset from the word's origin, and the advance width."""

    mask: Image.Image
    left: int
    top: int
    width: float


@lru_cache(maxsize=1000)
def _word(text: str, size: int, is_bold: bool) -> _Word:
    """Return a rendered word. Cards share most of their words, and rendering glyphs takes most of the time."""
    font, stroke = _font(size), int(is_bold)
    left, top, right, bottom = map(int, font.getbbox(text, stroke_width=stroke))
    mask = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(mask).text((-left, -top), text, font=font, fill=255, stroke_width=stroke)
    return _Word(mask, left, top, font.getlength(text))


@cache
def _space(size: int) -> float:
    return _font(size).getlength(" ")


@cache
def _paper(foot: str) -> Image.Image:
    """Return the background shared by all cards with the same line at the foot."""
    image = Image.new("P", (WIDTH, HEIGHT), PAPER)
    image.putpalette([part for colour in COLOURS for part in colour])
    _write(ImageDraw.Draw(image), foot.split(), HEIGHT - 72, 32, MUTED)
    return image


def _png(card: Card, site: str, host: str) -> bytes:
    image = _paper(site if card.kind else host).copy()
    draw = ImageDraw.Draw(image)
    _write(draw, (card.kind or host).split(), 56, 38, MUTED, is_bold=True)
    y = 130
    for words in _wrapped(card.title, 62, MAX_TITLE_LINES, is_bold=True):
        _write(draw, words, y, 62, INK, is_bold=True)
        y += 78
    for number, words in enumerate(_wrapped(card.note, 36, MAX_NOTE_LINES)):
        _write(draw, words, y + 14 + number * 46, 36, MUTED)
    draw.rectangle((0, 0, BAR, HEIGHT), fill=ACCENT)
    stream = io.BytesIO()
    # Run-length encoding suits large areas of one colour, and is twenty times as fast as deflate. It gives the same
    # bytes at every level, and at the first it is fastest.
    image.save(stream, "PNG", optimize=False, compress_type=zlib.Z_RLE, compress_level=1, bits=4)
    return stream.getvalue()


def _write(draw: ImageDraw.ImageDraw, words: list[str], y: int, size: int, colour: int, *, is_bold: bool = False) \
        -> None:
    x: float = LEFT
    for text in words:
        word = _word(text, size, is_bold)
        draw.bitmap((round(x) + word.left, y + word.top), word.mask, fill=colour)
        x += word.width + _space(size)


def _wrapped(text: str, size: int, max_lines: int, *, is_bold: bool = False) -> list[list[str]]:
    """Return the words of each line. Text beyond the last line is cut, with an ellipsis."""
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
    return lines if len(lines) <= max_lines else [*lines[:max_lines - 1], [*lines[max_lines - 1], "…"]]
