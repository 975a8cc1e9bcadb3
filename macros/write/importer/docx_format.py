"""Works out how a run of a Word document looks: from its own properties, its styles and its background."""

from __future__ import annotations

from dataclasses import dataclass, field

from .container import Element
from .docx_xml import W14, WPS, A, V, W, is_on, number, value
from .visibility import BLACK, WHITE, Colour, Look, hex_colour

HIGHLIGHTS = {"black": "000000", "white": "FFFFFF", "darkBlue": "000080", "darkRed": "800000", "darkGreen": "008000",
              "darkCyan": "008080", "darkMagenta": "800080", "darkYellow": "808000", "darkGray": "808080",
              "lightGray": "C0C0C0", "blue": "0000FF", "red": "FF0000", "green": "00FF00", "cyan": "00FFFF",
              "magenta": "FF00FF", "yellow": "FFFF00"}
"""Source: ECMA-376, part 1, 17.18.40."""

THEME_COLOURS = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}
MAX_EXACT_LINE = 60
"""Twentieths of a point: lines of exactly this height or less cut their letters off."""

MAX_STYLES = 30
"""How many styles may be based on each other."""


@dataclass
class Styles:
    """The styles of a document by id, and its defaults."""

    by_id: dict[str, Element] = field(default_factory=dict)
    run_defaults: Element | None = None
    default_paragraph: str = ""

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Return the styles in word/styles.xml."""
        if root is None:
            return cls()
        found = cls({style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")},
                    root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for id, style in found.by_id.items():
            if style.get(f"{W}type") == "paragraph" and (style.get(f"{W}default") or "0") in ("1", "true", "on"):
                found.default_paragraph = id
        return found

    def chain(self, id: str | None) -> list[Element]:
        """Return a style and those that it is based on, nearest first."""
        found: list[Element] = []
        while id and id in self.by_id and len(found) < MAX_STYLES:
            found.append(self.by_id[id])
            id = value(self.by_id[id].find(f"{W}basedOn"))
        return found

    def of_paragraph(self, paragraph: Element) -> list[Element]:
        """Return the styles of a paragraph, nearest first."""
        return self.chain(value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.default_paragraph)

    def name(self, paragraph: Element) -> str:
        """Return the name of a paragraph's style."""
        id = value(paragraph.find(f"{W}pPr/{W}pStyle")) or ""
        style = self.by_id.get(id)
        return (value(style.find(f"{W}name")) if style is not None else None) or id

    def heading_level(self, paragraph: Element) -> int:
        """Return the level of a heading, from its style or those that this is based on; 0 for other text."""
        for style in self.of_paragraph(paragraph):
            name = (value(style.find(f"{W}name")) or "").lower()
            if name.startswith("heading ") and name[8:].isdecimal():
                return int(name[8:])
        id = (value(paragraph.find(f"{W}pPr/{W}pStyle")) or "").lower()
        return int(id[7:]) if id.startswith("heading") and id[7:].isdecimal() else 0


def run_look(run: Element, styles: Styles) -> Look:
    """Return how a run looks."""
    own = run.find(f"{W}rPr")
    paragraph = next(run.iterancestors(f"{W}p"), None)
    character = value(own.find(f"{W}rStyle")) if own is not None else None
    of_run = [style.find(f"{W}rPr") for style in styles.chain(character)]
    of_paragraph = [style.find(f"{W}rPr") for style in styles.of_paragraph(paragraph)] if paragraph is not None else []
    places = [place for place in (own, *of_run, *of_paragraph, styles.run_defaults) if place is not None]
    ground, is_known = _ground(run, paragraph, styles)
    half_points = _first(places, "sz")
    scale = _first(places, "w")
    is_squeezed = scale is not None and number(value(scale), 100) < 20
    return Look(
        is_hidden=_is_hidden(own, of_run, of_paragraph, styles.run_defaults) or _is_cut_off(paragraph, styles),
        colour=_colour(places), mark=_mark(places), ground=ground, is_ground_known=is_known,
        points=0 if is_squeezed else number(value(half_points), 24) / 2 if half_points is not None else None)


def _first(places: list[Element], tag: str) -> Element | None:
    return next((found for place in places if (found := place.find(f"{W}{tag}")) is not None), None)


def _is_hidden(own: Element | None, of_run: list[Element | None], of_paragraph: list[Element | None],
               defaults: Element | None) -> bool:
    """Return whether the text is hidden. What a run says itself counts; of styles, one that hides and one that hides
    again show the text. Source: ECMA-376, part 1, 17.7.3."""
    direct = is_on(own.find(f"{W}vanish")) if own is not None else None
    if direct is not None:
        return direct
    hides = False
    for places in (of_run, of_paragraph):
        hides ^= bool(next((on for place in places if place is not None
                            and (on := is_on(place.find(f"{W}vanish"))) is not None), False))
    return hides or bool(defaults is not None and is_on(defaults.find(f"{W}vanish")))


def _is_cut_off(paragraph: Element | None, styles: Styles) -> bool:
    """Return whether a paragraph has lines of so small a fixed height that its letters are cut off."""
    if paragraph is None:
        return False
    for place in (paragraph, *styles.of_paragraph(paragraph)):
        spacing = place.find(f"{W}pPr/{W}spacing")
        if spacing is not None and value(spacing, "line"):
            return value(spacing, "lineRule") == "exact" and 0 <= number(value(spacing, "line")) <= MAX_EXACT_LINE
    return False


def _colour(places: list[Element]) -> Colour | None:
    for place in places:
        if place.find(f"{W14}textFill/{W14}noFill") is not None:
            return WHITE
        alpha = place.find(f"{W14}textFill/{W14}solidFill/*/{W14}alpha")
        if alpha is not None and number(alpha.get(f"{W14}val")) >= 90_000:
            return WHITE
        colour = place.find(f"{W}color")
        if colour is not None:
            return hex_colour(value(colour)) or THEME_COLOURS.get(value(colour, "themeColor") or "")
    return None


def _mark(places: list[Element]) -> Colour | None:
    """Return the colour of a run's highlight or shading."""
    highlight = _first(places, "highlight")
    if highlight is not None and value(highlight) in HIGHLIGHTS:
        return hex_colour(HIGHLIGHTS[value(highlight) or ""])
    shading = _first(places, "shd")
    return _shade(shading)[0] if shading is not None else None


def _shade(shading: Element) -> tuple[Colour | None, bool]:
    """Return the colour of a shading, None if it has none, and whether that is known."""
    pattern = value(shading) or "clear"
    fill = hex_colour(value(shading, "fill"))
    colour = hex_colour(value(shading, "color"))
    if pattern == "solid":
        return colour or BLACK, True
    if pattern.startswith("pct"):
        share = number(pattern[3:]) / 100
        back, front = fill or WHITE, colour or BLACK
        mixed = [round(one * share + other * (1 - share)) for one, other in zip(front, back, strict=True)]
        return (mixed[0], mixed[1], mixed[2]), True
    theme = value(shading, "themeFill")
    if fill is None and theme:
        return THEME_COLOURS.get(theme), theme in THEME_COLOURS
    return fill, pattern in ("clear", "nil")


def _ground(run: Element, paragraph: Element | None, styles: Styles) -> tuple[Colour | None, bool]:
    """Return the colour behind a run, None for the paper, and whether it is known."""
    if paragraph is not None:
        for place in (paragraph, *styles.of_paragraph(paragraph)):
            shading = place.find(f"{W}pPr/{W}shd")
            if shading is not None and (found := _shade(shading)) != (None, True):
                return found
    for holder in run.iterancestors(f"{W}tc", f"{W}tbl", f"{W}txbxContent"):
        if holder.tag == f"{W}txbxContent":
            return _box_fill(holder)
        shading = holder.find(f"{W}tcPr/{W}shd" if holder.tag == f"{W}tc" else f"{W}tblPr/{W}shd")
        if shading is not None and (found := _shade(shading)) != (None, True):
            return found
        if holder.tag == f"{W}tbl" and any(style.find(f".//{W}shd") is not None for style in
                                           styles.chain(value(holder.find(f"{W}tblPr/{W}tblStyle")))):
            return None, False
    page = run.getroottree().getroot().find(f"{W}background")
    if page is not None and value(page, "color"):
        return hex_colour(value(page, "color")), hex_colour(value(page, "color")) is not None
    return None, True


def _box_fill(content: Element) -> tuple[Colour | None, bool]:
    """Return the colour of a text box, None if it shows the paper, and whether it is known."""
    for shape in content.iterancestors():
        if shape.tag == f"{WPS}wsp":
            properties = shape.find(f"{WPS}spPr")
            fill = properties.find(f"{A}solidFill/{A}srgbClr") if properties is not None else None
            if fill is not None:
                return hex_colour(fill.get("val")), True
            is_plain = properties is not None and properties.find(f"{A}noFill") is not None
            return None, is_plain or shape.find(f"{WPS}style") is None
        if isinstance(shape.tag, str) and shape.tag.startswith(V) and shape.tag != f"{V}textbox":
            colour = shape.get("fillcolor")
            return hex_colour(colour), colour is None or hex_colour(colour) is not None
    return None, True
