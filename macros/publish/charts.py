"""The chart of each measure as a picture for other pages: /measures/<id>/chart.svg, and chart.png.

A picture leaves this site, so it says itself what it shows, where the figures come from and when it was drawn. It uses
nothing from elsewhere. The same register gives the same bytes: letters come from a font that Pillow brings along, not
from the machine that builds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import resvg_py
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image, ImageColor, ImageFont

from ..charts.chart import Chart, chart
from ..charts.end_labels import wrapped
from ..configuration import package
from ..records import Measure, Source
from ..records.measure import current_figures
from ..records.partial_date import day_in_words
from ..register import Register
from .compiled_templates import template_cache
from .output_file import OutputFile

WIDTH, ZOOM = 800, 1.5
"""The width of the SVG in pixels, and how much larger the PNG is."""

SHADES = 5
"""How many steps the PNG has from each colour to that of the paper. With a palette it has a third of the bytes."""

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


def _picture(register: Register, measure: Measure, drawn: Chart, *, bold_stroke: bool = False) -> str:
    """Return the SVG. `bold_stroke` makes bold letters by a stroke around them, for a font without any."""
    site = register.area.site_url.rstrip("/")
    by = register.area.site_name + (
        ", which is made from published sources and not run by the board"
        if register.area.standing == "independent" else "")
    notes = [*drawn.caption[1:], source_in_words(measure) + ".", f"Drawn on {day_in_words(register.today)} by {by}.",
             f"{site}/measures/{measure.id}/"]
    foot = [line for note in notes for line in wrapped(note, LINE_LENGTH)]
    return _environment().get_template("chart-picture.html").render(
        chart=drawn, width=WIDTH, title=list(wrapped(measure.question, TITLE_LENGTH)), foot=foot,
        subtitle=f"{register.area.name}. {drawn.caption[0]}", bold_stroke=bold_stroke, colours=_colours_of(register))


def _svg(register: Register, measure: Measure, drawn: Chart) -> bytes:
    return _picture(register, measure, drawn).encode()


def _png(register: Register, measure: Measure, drawn: Chart) -> bytes:
    with TemporaryDirectory() as folder:
        font = Path(folder, "font.ttf")
        font.write_bytes(_font())
        large = resvg_py.svg_to_bytes(
            _picture(register, measure, drawn, bold_stroke=True).translate(FONT_LACKS), skip_system_fonts=True,
            font_files=[str(font)], font_family=FONT, sans_serif_family=FONT, zoom=ZOOM)
    colours, stream = _colours_of(register), io.BytesIO()
    palette = _palette(*(colours[name] for name in ("paper", "ink", "muted", "line", "hair", "accent")))
    with Image.open(io.BytesIO(large)) as image:
        image.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE).save(stream, "PNG")
    return stream.getvalue()


@cache
def _palette(paper: str, *colours: str) -> Image.Image:
    """Return an image whose palette has the colours of a chart, and the steps from each to the paper."""
    light = ImageColor.getrgb(paper)
    image = Image.new("P", (1, 1))
    image.putpalette([*light, *(
        round(dark + (white - dark) * step / SHADES) for colour in map(ImageColor.getrgb, colours)
        for step in range(SHADES) for dark, white in zip(colour, light, strict=True))])
    return image


@cache
def _font() -> bytes:
    font = ImageFont.load_default(10)
    return font.font_bytes  # type: ignore[union-attr]


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(package() / "overrides"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, auto_reload=False, bytecode_cache=template_cache())


def _colours_of(register: Register) -> dict[str, str]:
    return _colours() | ({"accent": register.area.colours.on_white} if register.area.colours else {})


@cache
def _colours() -> dict[str, str]:
    """Return the site's colours on white: the first properties of the stylesheet."""
    css = (package() / "overrides/assets/board.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--b-([a-z-]+): (#[0-9a-f]{6})", css.split("}", 1)[0]))
