"""The styles of an OpenDocument text, and how a piece of its text looks. Source: OASIS, “Open Document Format for
Office Applications 1.3”, part 3, chapters 16 and 20."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .container import Element
from .visibility import WHITE, Colour, Look, hex_colour

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, OFFICE, STYLE, TABLE, DRAW, FO, SVG, META = (f"{{{OASIS}{name}:1.0}}" for name in (
    "text", "office", "style", "table", "drawing", "xsl-fo-compatible", "svg-compatible", "meta"))
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
MAX_STYLES = 30
MAX_EXACT_LINE = 3 / 72
MIN_SCALE = 20
"""Letters narrowed to a smaller share of their width than this cannot be read."""

INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "pc": 1 / 6, "px": 1 / 96}
GROUNDS = {f"{TABLE}table-cell": "table-cell", f"{TABLE}table-row": "table-row", f"{TABLE}table": "table"}


def inches(text: str | None) -> float | None:
    """Return a length in inches, or None if it is none."""
    found = re.fullmatch(r"(-?\d*\.?\d+)(in|cm|mm|pt|pc|px)", (text or "").strip())
    return float(found[1]) * INCHES[found[2]] if found else None


@dataclass
class Styles:
    """The styles of a document by family and name."""

    named: dict[tuple[str, str], Element] = field(default_factory=dict)
    defaults: dict[str, Element] = field(default_factory=dict)
    page: Colour | None = None
    lists: dict[str, Element] = field(default_factory=dict)
    outline: Element | None = None

    @classmethod
    def of(cls, *roots: Element | None) -> Styles:
        """Return the styles in styles.xml and content.xml; the later one wins."""
        found = cls()
        for root in roots:
            if root is None:
                continue
            for style in root.iter(f"{STYLE}style"):
                found.named[style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")] = style
            for style in root.iter(f"{STYLE}default-style"):
                found.defaults[style.get(f"{STYLE}family", "")] = style
            for style in root.iter(f"{TEXT}list-style"):
                found.lists[style.get(f"{STYLE}name", "")] = style
            for page in root.iter(f"{STYLE}page-layout-properties"):
                found.page = found.page or hex_colour(page.get(f"{FO}background-color"))
            outline = root.find(f".//{TEXT}outline-style")
            found.outline = outline if outline is not None else found.outline
        return found

    def chain(self, family: str, name: str | None) -> Iterator[Element]:
        """Yield a style, those that it is based on, and the default of its family."""
        steps = 0
        while name and (family, name) in self.named and steps < MAX_STYLES:
            style = self.named[family, name]
            yield style
            name = style.get(f"{STYLE}parent-style-name")
            steps += 1
        if family in self.defaults:
            yield self.defaults[family]

    def property(self, family: str, name: str | None, kind: str, attribute: str) -> str | None:
        """Return a property of a style, such as the attribute fo:color of its text-properties."""
        for style in self.chain(family, name):
            found = style.find(f"{STYLE}{kind}-properties")
            if found is not None and found.get(attribute) is not None:
                return found.get(attribute)
        return None

    def base_name(self, element: Element) -> str:
        """Return the name of a paragraph's style; of one made by the program, that which it is based on."""
        name = element.get(f"{TEXT}style-name", "")
        style = self.named.get(("paragraph", name))
        if style is None or style.getparent().tag != f"{OFFICE}automatic-styles":
            return name
        return style.get(f"{STYLE}parent-style-name") or name


def look_of(element: Element, styles: Styles) -> Look:
    """Return how the text directly in a paragraph, heading, span or link looks."""
    holders = [element, *element.iterancestors(f"{TEXT}span", f"{TEXT}a", *PARAGRAPHS)]
    places: list[tuple[str, str | None]] = []
    paragraph = None
    for holder in holders:
        is_paragraph = holder.tag in PARAGRAPHS
        places.append(("paragraph" if is_paragraph else "text", holder.get(f"{TEXT}style-name")))
        if is_paragraph:
            paragraph = holder
            break

    def first(attribute: str) -> str | None:
        for family, name in places:
            # The default of characters is that of the paragraph.
            found = styles.property(family, name, "text", attribute)
            if found is not None:
                return found
        return None

    is_cut_off = False
    ground: Colour | None = None
    is_known = True
    if paragraph is not None:
        name = paragraph.get(f"{TEXT}style-name")
        line = inches(styles.property("paragraph", name, "paragraph", f"{FO}line-height"))
        is_cut_off = line is not None and line <= MAX_EXACT_LINE
        ground = hex_colour(styles.property("paragraph", name, "paragraph", f"{FO}background-color"))
        if ground is None:
            ground, is_known = _ground(paragraph, styles)
    return Look(is_hidden=first(f"{TEXT}display") == "none" or is_cut_off, colour=_colour(places, styles),
                points=_points(first(f"{FO}font-size"), first(f"{STYLE}text-scale")),
                mark=hex_colour(first(f"{FO}background-color")), ground=ground, is_ground_known=is_known)


def _colour(places: list[tuple[str, str | None]], styles: Styles) -> Colour | None:
    for family, name in places:
        for style in styles.chain(family, name):
            found = style.find(f"{STYLE}text-properties")
            if found is None:
                continue
            if found.get(f"{STYLE}use-window-font-color") == "true":
                return None
            if found.get(f"{FO}color") is not None:
                # Beside the program's own choice of a colour, LibreOffice writes an opacity of 0 that means nothing.
                opacity = found.get(f"{LOEXT}opacity")
                return WHITE if _percent(opacity, 100) < 10 else hex_colour(found.get(f"{FO}color"))
    return None


def _percent(text: str | None, otherwise: float) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)%", (text or "").strip())
    return float(found[1]) if found else otherwise


def _points(size: str | None, scale: str | None) -> float | None:
    """Return the size of letters in points. One given as a share is taken of the usual size, 12 points."""
    if _percent(scale, 100) < MIN_SCALE:
        return 0
    length = inches(size)
    return length * 72 if length is not None else 12 * _percent(size, 100) / 100


def _ground(element: Element, styles: Styles) -> tuple[Colour | None, bool]:
    """Return the colour behind a paragraph, None for the paper, and whether it is known."""
    for holder in element.iterancestors():
        if holder.tag in GROUNDS:
            family = GROUNDS[holder.tag]
            name = holder.get(f"{TABLE}style-name")
            colour = hex_colour(styles.property(family, name, family, f"{FO}background-color"))
            if colour:
                return colour, True
            if family == "table" and holder.get(f"{TABLE}template-name"):
                return None, False
        elif holder.tag == f"{DRAW}frame" or (str(holder.tag).startswith(DRAW) and holder.tag != f"{DRAW}text-box"):
            fill, colour = fill_of(holder, styles)
            if fill not in (None, "none"):
                return colour, colour is not None
            if fill is None and holder.tag != f"{DRAW}frame":
                return None, False
    return styles.page, True


def fill_of(element: Element, styles: Styles) -> tuple[str | None, Colour | None]:
    """Return the kind of a shape's fill (“none”, “solid” …; None if nothing says it) and its colour."""
    name = element.get(f"{DRAW}style-name")
    kind = styles.property("graphic", name, "graphic", f"{DRAW}fill")
    colour = hex_colour(styles.property("graphic", name, "graphic", f"{DRAW}fill-color"))
    background = hex_colour(styles.property("graphic", name, "graphic", f"{FO}background-color"))
    if kind in (None, "none") and background and kind is None:
        return "solid", background
    return kind, colour if kind == "solid" else None
