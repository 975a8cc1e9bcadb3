"""The chart of each measure as a picture for other pages: /measures/<id>/chart.svg, and chart.png.

A picture leaves this site, so it says itself what it shows, where the figures come from and when it was drawn. It uses
nothing from elsewhere. The same register gives the same bytes: letters come from a font that Pillow brings along, not
from the machine that builds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import resvg_py
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image, ImageColor, ImageDraw, ImageFont

from ..charts.chart import Chart, chart
from ..charts.end_labels import wrapped
from ..configuration import package
from ..records import Measure, Source
from ..records.measure import current_figures
from ..records.partial_date import day_in_words
from ..register import Register
from .output_file import OutputFile

WIDTH, MARGIN, ZOOM, SMOOTH = 800, 24, 1.5, 4
"""The width of the SVG and the margin left of its words in pixels, how much larger the PNG is, and how much larger than
that its words are drawn at first."""

COLOURS, SHADES = ("ink", "muted", "line", "hair", "accent"), 5
"""The colours of a chart, and how many steps the PNG has from each to the paper, for smooth edges. A palette makes it a
third as large."""

TITLE_LENGTH, LINE_LENGTH = 62, 108
"""The longest lines of the title and of the notes, in characters."""

FONT = "Aileron"
FONT_LACKS = str.maketrans({"–": "-", "—": "-", "…": "...", "£": "GBP "})
"""What Pillow's font has no letters for, and what the PNG has in their place."""


def paths(measure: str) -> tuple[str, str]:
    """Return the paths of a measure's pictures on the site: as SVG and as PNG."""
    return f"measures/{measure}/chart.svg", f"measures/{measure}/chart.png"


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the pictures of each measure with a chart worth drawing."""
    for id, measure in register.measures.items():
        drawn = chart(measure, register.official.get(id), register.area)
        if drawn.is_worth_drawing:
            svg, png = paths(id)
            yield OutputFile(svg, partial(_svg, register, measure, drawn))
            yield OutputFile(png, partial(_png, register, measure, drawn))


def source_in_words(measure: Measure) -> str:
    """Return the sources of the newest figure and of those before it in one line."""
    figures = [item for item in current_figures(measure.observations) if item.value is not None]
    sources: list[Source] = []
    for source in [item.source or measure.source for item in reversed(figures)]:
        if source and source not in sources:
            sources.append(source)
    if not sources:
        return "Source: not published"
    return f"Source: {sources[0].title}" + (", and earlier releases" if len(sources) > 1 else "")


@dataclass(frozen=True)
class _Layout:
    """Where the parts of a picture are, from top to bottom: lines of text with their baselines, and the plot."""

    title: list[tuple[int, str]]
    subtitle: tuple[int, str]
    top: int
    foot: list[tuple[int, str]]
    height: int


def _layout(register: Register, measure: Measure, drawn: Chart) -> _Layout:
    site = register.area.site_url.rstrip("/")
    by = register.area.site_name + (
        ", which is made from published sources and not run by the board"
        if register.area.standing == "independent" else "")
    notes = [*drawn.caption[1:], source_in_words(measure) + ".", f"Drawn on {day_in_words(register.today)} by {by}.",
             f"{site}/measures/{measure.id}/"]
    title = _lines(wrapped(measure.question, TITLE_LENGTH), 38, 28)
    top = 40 + 28 * len(title)
    foot = _lines((line for note in notes for line in wrapped(note, LINE_LENGTH)), top + drawn.height + 28, 18)
    return _Layout(title, (top - 2, f"{register.area.name}. {drawn.caption[0]}"), top, foot,
                   top + drawn.height + len(foot) * 18 + 22)


def _lines(texts: Iterable[str], first: int, step: int) -> list[tuple[int, str]]:
    return [(first + number * step, text) for number, text in enumerate(texts)]


def _picture(register: Register, drawn: Chart, layout: _Layout, *, plot_only: bool = False) -> str:
    """Return the SVG, or with `plot_only` that of the plot: its rows of the picture, without the words around it.

    A plot alone makes bold letters by a stroke around them, for a font without any.
    """
    return _environment().get_template("chart-picture.html").render(
        chart=drawn, width=WIDTH, margin=MARGIN, layout=layout, plot_only=plot_only, colours=_colours_of(register))


def _svg(register: Register, measure: Measure, drawn: Chart) -> bytes:
    return _picture(register, drawn, _layout(register, measure, drawn)).encode()


def _png(register: Register, measure: Measure, drawn: Chart) -> bytes:
    layout, colours = _layout(register, measure, drawn), _colours_of(register)
    with TemporaryDirectory() as folder:
        font = Path(folder, "font.ttf")
        font.write_bytes(_font(10).font_bytes)
        plot = resvg_py.svg_to_bytes(
            _picture(register, drawn, layout, plot_only=True).translate(FONT_LACKS), skip_system_fonts=True,
            font_files=[str(font)], font_family=FONT, sans_serif_family=FONT, zoom=ZOOM)
    image = Image.new("RGB", (round(WIDTH * ZOOM), round(layout.height * ZOOM)), colours["paper"])
    with Image.open(io.BytesIO(plot)) as drawing:
        image.paste(drawing.convert("RGB"), (0, round((layout.top + 2) * ZOOM)))
    for line in layout.title:
        _write(image, line, 21, colours["ink"], stroke=.225)
    for line in (layout.subtitle, *layout.foot):
        _write(image, line, 13, colours["muted"])
    stream = io.BytesIO()
    image.quantize(palette=_palette(*(colours[name] for name in ("paper", *COLOURS))), dither=Image.Dither.NONE) \
        .save(stream, "PNG")
    return stream.getvalue()


@cache
def _palette(paper: str, *colours: str) -> Image.Image:
    """Return an image with the colours of a picture: those of the chart, and the steps from each to the paper."""
    white = ImageColor.getrgb(paper)
    image = Image.new("P", (1, 1))
    image.putpalette([*white, *(
        round(dark + (light - dark) * step / SHADES) for colour in map(ImageColor.getrgb, colours)
        for step in range(SHADES) for dark, light in zip(colour, white, strict=True))])
    return image


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)  # type: ignore[return-value]


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(package() / "overrides"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, auto_reload=False)


def _write(image: Image.Image, line: tuple[int, str], size: int, colour: str, *, stroke: float = 0) -> None:
    """Write a line of text beside the plot: Pillow takes a tenth of the time of the renderer of SVG."""
    y, words = line
    scale, top = ZOOM * SMOOTH, round((y - size) * ZOOM)
    # Drawn larger and then made smaller, since Pillow rounds the widths of small letters to pixels.
    mask = Image.new("L", (image.width * SMOOTH, round(size * 1.4 * ZOOM) * SMOOTH))
    ImageDraw.Draw(mask).text((MARGIN * scale, y * scale - top * SMOOTH), words.translate(FONT_LACKS), 255,
                              _font(size * scale), "ls", stroke_width=stroke * scale)
    image.paste(colour, (0, top), mask.reduce(SMOOTH))


def _colours_of(register: Register) -> dict[str, str]:
    return _colours() | ({"accent": register.area.colours.on_white} if register.area.colours else {})


@cache
def _colours() -> dict[str, str]:
    """Return the site's colours on white: the first properties of the stylesheet."""
    css = (package() / "overrides/assets/board.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--b-([a-z-]+): (#[0-9a-f]{6})", css.split("}", 1)[0]))
