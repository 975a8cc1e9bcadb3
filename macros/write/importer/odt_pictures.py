"""Finds the pictures and text boxes of an OpenDocument text, and leaves out what a shape covers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from .container import Element, collapse_spaces
from .odt_format import DRAW, FO, HREF, OFFICE, PARAGRAPHS, STYLE, SVG, TEXT, Styles, fill_of, inches
from .shown_picture import (
    ANY_PAGE,
    COVERED,
    HIDDEN_PICTURE,
    LINKED,
    NEAR,
    ON_THE_PAGE,
    TEXT_BOX,
    Placed,
    ShownPicture,
)
from .visibility import HIDDEN, LeftOut

SHAPES = tuple(f"{DRAW}{name}" for name in (
    "custom-shape", "rect", "ellipse", "circle", "polygon", "regular-polygon", "path", "polyline", "connector", "line",
    "measure", "caption", "control"))
LINES = tuple(f"{DRAW}{name}" for name in ("connector", "line", "measure", "polyline", "control"))
DRAWINGS = (f"{DRAW}frame", f"{DRAW}g", f"{DRAW}a", *SHAPES)
OBJECTS = tuple(f"{DRAW}{name}" for name in ("object", "object-ole", "plugin", "floating-frame", "applet"))
DISPLAYABLE = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp")
THICK_LINE = 5 / 72
ANYWHERE = 1_000_000


@dataclass
class Drawings:
    """Replaces the drawings of a document. `parts` are the names of the parts in it; `shown` collects the pictures."""

    styles: Styles
    parts: frozenset[str]
    left_out: LeftOut
    shown: dict[str, ShownPicture] = field(default_factory=dict)
    other_drawings: int = 0
    text_boxes: int = 0

    def replace(self, root: Element) -> None:
        """Replace all drawings below `root`."""
        drawings = [drawing for drawing in root.iter(*DRAWINGS) if not _is_in_a_group(drawing)]
        places = _places(root, drawings, self.styles)
        covers = [(drawing, places[drawing]) for drawing in drawings if self._covers(drawing)]
        for drawing in reversed(drawings):
            self._replace(drawing, places[drawing], [
                cover for other, cover in covers if other is not drawing and other not in drawing.iterancestors()])
        if self.text_boxes:
            boxes = "a text box" if self.text_boxes == 1 else f"{self.text_boxes} text boxes"
            self.left_out.notice(TEXT_BOX.format(boxes=boxes))

    def _replace(self, drawing: Element, place: Placed, covers: list[Placed]) -> None:
        is_hidden = drawing.get(f"{DRAW}display") in ("none", "printer") or \
            self._graphic(drawing, f"{STYLE}protect-hidden") == "true"
        blocks = [block for holder in drawing.iter(f"{DRAW}text-box", *SHAPES) for block in holder
                  if isinstance(block.tag, str) and not block.tag.startswith((DRAW, SVG, OFFICE))]
        has_text = any(_text(block).strip() for block in blocks)
        frames = [frame for frame in drawing.iter(f"{DRAW}frame") if frame.find(f"{DRAW}image") is not None
                  and not any(frame.find(tag) is not None for tag in OBJECTS)]
        new = []
        for frame in frames:
            shown = self._picture(frame, is_hidden=is_hidden)
            if shown is not None and (self._has_shapes(drawing) or any(cover.may_cover(place) for cover in covers)):
                self.left_out.notice(COVERED)
            elif shown is not None:
                new.append(shown)
        if is_hidden:
            for block in blocks:
                self.left_out.add(HIDDEN, _text(block))
        elif (not frames and not has_text and not list(drawing.iter(f"{DRAW}image"))) or any(
                True for _ in drawing.iter(*OBJECTS)):
            self.other_drawings += 1
        moved = blocks if not is_hidden else []
        self.text_boxes += bool(has_text and not is_hidden)
        self._put(drawing, new, moved)

    def _put(self, drawing: Element, pictures: list[Element], blocks: list[Element]) -> None:
        """Put plain pictures in a drawing's place, and the paragraphs of its text boxes behind its paragraph."""
        paragraph = next(drawing.iterancestors(*PARAGRAPHS), None)
        if paragraph is None:
            paragraph = drawing.makeelement(f"{TEXT}p")
            drawing.addprevious(paragraph)
            for picture in pictures:
                paragraph.append(picture)
            remove(drawing)
        else:
            for picture in reversed(pictures):
                drawing.addnext(picture)
                if drawing.tail:
                    picture.tail, drawing.tail = drawing.tail, None
            remove(drawing)
        at = paragraph
        if at.tail:
            at.tail = None
        for block in blocks:
            at.addnext(block)
            at = block

    def _picture(self, frame: Element, *, is_hidden: bool) -> Element | None:
        """Return a plain frame of a picture, or None with a notice where it is left out."""
        if is_hidden:
            return self.left_out.notice(HIDDEN_PICTURE)
        names = [image.get(HREF, "").removeprefix("./") for image in frame.findall(f"{DRAW}image")]
        inside = [name for name in names if name in self.parts]
        if not inside:
            return self.left_out.notice(LINKED)
        part = next((name for name in inside if name.lower().endswith(DISPLAYABLE)), inside[0])
        name = f"Pictures/picture-{len(self.shown) + 1}.png"
        # A description is preferred to a title: that is the field which word processors label “alt text”.
        alt_text = collapse_spaces(frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title") or "")
        mirror = self._graphic(frame, f"{STYLE}mirror") or ""
        self.shown[name] = ShownPicture(
            part, alt_text, turn=_turn(frame), is_mirrored="horizontal" in mirror, is_upside_down="vertical" in mirror,
            crop_inches=_clip(self._graphic(frame, f"{FO}clip")))
        new = frame.makeelement(f"{DRAW}frame", {f"{SVG}width": "4cm", f"{SVG}height": "3cm"})
        new.append(new.makeelement(f"{DRAW}image", {HREF: name}))
        return new

    def _graphic(self, element: Element, attribute: str) -> str | None:
        return self.styles.property("graphic", element.get(f"{DRAW}style-name"), "graphic", attribute)

    def _covers(self, drawing: Element) -> bool:
        """Return whether a drawing may lie over others: one that floats before the text and is filled, or a picture."""
        if drawing.get(f"{TEXT}anchor-type") == "as-char" or \
                self._graphic(drawing, f"{STYLE}run-through") == "background":
            return False
        wrap = self._graphic(drawing, f"{STYLE}wrap")
        if wrap not in (None, "run-through") or (wrap is None and drawing.tag == f"{DRAW}frame"):
            return False
        return self._is_filled(drawing) or any(self._is_filled(part) for part in drawing.iter(*SHAPES)) \
            or drawing.find(f"{DRAW}image") is not None

    def _is_filled(self, shape: Element) -> bool:
        if shape.tag in LINES:
            width = inches(self._graphic(shape, f"{SVG}stroke-width"))
            return width is not None and width >= THICK_LINE
        kind, _ = fill_of(shape, self.styles)
        return kind not in (None, "none") or (kind is None and shape.tag in SHAPES)

    def _has_shapes(self, drawing: Element) -> bool:
        """Return whether a group with a picture also holds filled shapes, which may lie over it."""
        return drawing.tag == f"{DRAW}g" and any(self._is_filled(part) for part in drawing.iter(*SHAPES))


def remove(element: Element) -> None:
    """Take an element out of its tree, and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _is_in_a_group(drawing: Element) -> bool:
    """Return whether a drawing belongs to another. What is in a text box is a drawing of its own."""
    for holder in drawing.iterancestors():
        if holder.tag in (f"{DRAW}text-box", *PARAGRAPHS):
            return False
        if holder.tag in DRAWINGS:
            return True
    return False


def _clip(text: str | None) -> tuple[float, float, float, float]:
    """Return the lengths that are cut off at the left, top, right and bottom. Source: XSL 1.1, 7.21.1, “clip”."""
    found = re.fullmatch(r"rect\(([^)]*)\)", (text or "").strip())
    sides = [inches(side) or 0.0 for side in re.split(r"[,\s]+", found[1].strip())] if found else []
    return (sides[3], sides[0], sides[1], sides[2]) if len(sides) == 4 else (0.0, 0.0, 0.0, 0.0)


def _turn(frame: Element) -> float:
    """Return how far a frame is turned, in degrees clockwise. OpenDocument gives radians, counter-clockwise."""
    found = re.search(r"rotate\s*\(\s*(-?[\d.e-]+)\s*\)", frame.get(f"{DRAW}transform", ""))
    try:
        return round(-math.degrees(float(found[1])), 1) % 360 if found else 0
    except ValueError:
        return 0


def _places(root: Element, drawings: list[Element], styles: Styles) -> dict[Element, Placed]:
    wanted = set(drawings)
    found = {}
    count = page = 0
    for element in root.iter():
        if element.tag == f"{TEXT}soft-page-break":
            page += 1
        elif element.tag in PARAGRAPHS and next(element.iterancestors(*PARAGRAPHS), None) is None:
            count += 1
            breaks = styles.property("paragraph", element.get(f"{TEXT}style-name"), "paragraph", f"{FO}break-before")
            page += breaks == "page"
        elif element in wanted:
            found[element] = _placed(element, count, page, styles)
    return found


def _placed(drawing: Element, count: int, page: int, styles: Styles) -> Placed:
    anchor = drawing.get(f"{TEXT}anchor-type", "paragraph")
    name = drawing.get(f"{DRAW}style-name")
    across, down = (styles.property("graphic", name, "graphic", f"{STYLE}{way}-rel") or "" for way in (
        "horizontal", "vertical"))
    sizes = [inches(drawing.get(f"{SVG}{side}")) for side in ("x", "y", "width", "height")]
    box = None
    if anchor != "as-char" and all(size is not None for size in sizes):
        x, y, width, height = (size or 0.0 for size in sizes)
        box = (x, y, x + width, y + height)
    if anchor == "page":
        return Placed(count, ANY_PAGE, ANYWHERE, "page", box)
    return Placed(count, page, ON_THE_PAGE if "page" in down else NEAR, f"{anchor} {across} {down}", box)
