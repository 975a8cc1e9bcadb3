"""Finds the pictures and text boxes of a Word document, and leaves out what a shape covers.

Pandoc then sees a plain picture for each that a reader sees, and the text of a text box as ordinary paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .container import Element
from .docx_xml import PIC, WP, WPS, A, R, V, W, number, paragraph_of, remove, text_of
from .shown_picture import (
    COVERED,
    CUT_TO_A_SHAPE,
    HIDDEN_PICTURE,
    LINKED,
    NEAR,
    ON_THE_PAGE,
    TEXT_BOX,
    Placed,
    ShownPicture,
)
from .visibility import HIDDEN, LeftOut

DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
BOX = f"{W}txbxContent"
THICK_LINE = 60_000
"""A line this thick, in English metric units (4.7 points), may black something out."""

MIN_SIZE = 30_000
"""A text box narrower or lower than this (2.4 points) shows nothing."""

FULL_TURN = 60_000
"""The units of a degree. Source: ECMA-376, part 1, 20.1.10.3."""

WRAPS = ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom")


@dataclass
class Drawings:
    """Replaces the drawings of one part of a document. `targets` gives the part of each relationship's id, empty if it
    is outside of the document; `shown` collects the pictures by their new names."""

    targets: dict[str, str]
    left_out: LeftOut
    shown: dict[str, ShownPicture]
    new_targets: dict[str, str] = field(default_factory=dict)
    other_drawings: int = 0
    text_boxes: int = 0

    def replace(self, root: Element) -> None:
        """Replace all drawings below `root`."""
        drawings = list(root.iter(*DRAWINGS))
        places = _places(root, drawings)
        covers = [(drawing, cover) for drawing in drawings if (cover := _cover(drawing, places[drawing]))]
        # The innermost come first: a text box may hold pictures of its own.
        for drawing in reversed(drawings):
            self._replace(drawing, places[drawing], [place for other, place in covers if other is not drawing])
        if self.text_boxes:
            boxes = "a text box" if self.text_boxes == 1 else f"{self.text_boxes} text boxes"
            self.left_out.notice(TEXT_BOX.format(boxes=boxes))

    def _replace(self, drawing: Element, place: Placed, covers: list[Placed]) -> None:
        boxes, pictures = ([one for one in drawing.iter(*tags) if next(one.iterancestors(*DRAWINGS), None) is drawing]
                           for tags in ((BOX,), (f"{PIC}pic", f"{V}imagedata")))
        is_hidden, has_text = _is_hidden(drawing), any(text_of(box).strip() for box in boxes)
        if boxes and not is_hidden:
            self._move_boxes(drawing, boxes)
        elif is_hidden:
            for box in boxes:
                self.left_out.add(HIDDEN, text_of(box))
        new = []
        for picture in pictures:
            run = self._picture(drawing, picture, is_hidden=is_hidden)
            if run is not None and (_has_shapes(drawing) or any(cover.may_cover(place) for cover in covers)):
                self.left_out.notice(COVERED)
            elif run is not None:
                new.append(run)
        if not pictures and not has_text and not is_hidden:
            self.other_drawings += 1
        run = drawing.getparent()
        for one in reversed(new):
            drawing.addnext(one)
        remove(drawing)
        if run is not None and run.tag == f"{W}r" and not len(run):
            remove(run)

    def _move_boxes(self, drawing: Element, boxes: list[Element]) -> None:
        """Move the paragraphs of text boxes behind the paragraph that holds them."""
        paragraph = next(drawing.iterancestors(f"{W}p"), None)
        if paragraph is None or paragraph.getparent() is None:
            return
        at = paragraph
        for box in boxes:
            if not text_of(box).strip() and next(box.iter(*DRAWINGS), None) is None:
                continue
            self.text_boxes += bool(text_of(box).strip())
            for block in list(box):
                at.addnext(block)
                at = block

    def _picture(self, drawing: Element, picture: Element, *, is_hidden: bool) -> Element | None:
        """Return a plain drawing of a picture, or None with a notice where it is left out."""
        blip = picture.find(f".//{A}blip")
        id = picture.get(f"{R}id") if picture.tag == f"{V}imagedata" else blip.get(f"{R}embed") if blip is not None \
            else None
        part = self.targets.get(id or "", "")
        if is_hidden:
            return self.left_out.notice(HIDDEN_PICTURE)
        if not part:
            return self.left_out.notice(LINKED)
        shown = (_shown_vml if picture.tag == f"{V}imagedata" else _shown)(drawing, picture, part)
        if not shown.can_be_cut:
            return self.left_out.notice(CUT_TO_A_SHAPE)
        name = f"media/picture-{len(self.shown) + 1}.png"
        self.shown[name] = shown
        self.new_targets[f"rIdPicture{len(self.shown)}"] = name
        return _plain_drawing(drawing, f"rIdPicture{len(self.shown)}")


def _is_in_a_box(element: Element, drawing: Element) -> bool:
    for holder in element.iterancestors():
        if holder is drawing:
            return False
        if holder.tag == BOX:
            return True
    return False


def _style(element: Element) -> dict[str, str]:
    """Return the declarations in the style of a VML shape."""
    return {name.strip().lower(): text.strip() for name, _, text in (
        part.partition(":") for part in element.get("style", "").split(";"))}


def _is_hidden(drawing: Element) -> bool:
    properties = drawing.find(f"./*/{WP}docPr")
    if properties is not None and properties.get("hidden", "0") in ("1", "true"):
        return True
    extent = drawing.find(f"./*/{WP}extent")
    if extent is not None and drawing.find(f".//{BOX}") is not None and \
            min(number(extent.get("cx"), MIN_SIZE), number(extent.get("cy"), MIN_SIZE)) < MIN_SIZE:
        return True
    return any(_style(shape).get("visibility") == "hidden" for shape in drawing if isinstance(shape.tag, str)
               and shape.tag.startswith(V))


def _shown(drawing: Element, picture: Element, part: str) -> ShownPicture:
    crop = picture.find(f"{PIC}blipFill/{A}srcRect")
    shares = [number(crop.get(side)) / 100_000 if crop is not None else 0.0 for side in "ltrb"]
    properties = picture.find(f"{PIC}spPr")
    form = properties.find(f"{A}xfrm") if properties is not None else None
    outline = ""
    if properties is not None:
        preset = properties.find(f"{A}prstGeom")
        outline = preset.get("prst", "") if preset is not None else \
            "custom" if properties.find(f"{A}custGeom") is not None else ""
    turn = number(form.get("rot")) / FULL_TURN if form is not None else 0
    mirrored, upside_down = (form is not None and form.get(name, "0") in ("1", "true") for name in ("flipH", "flipV"))
    return ShownPicture(part, _alt_text(drawing, picture), (shares[0], shares[1], shares[2], shares[3]), turn,
                        mirrored, upside_down, outline)


def _alt_text(drawing: Element, picture: Element) -> str:
    """Return a picture's alternative text. In a group each picture has its own."""
    places = [picture.find(f"{PIC}nvPicPr/{PIC}cNvPr"), drawing.find(f"./*/{WP}docPr")]
    if len(list(drawing.iter(f"{PIC}pic"))) == 1:
        places.reverse()
    return next((place.get("descr", "") for place in places if place is not None and place.get("descr")), "")


def _shown_vml(drawing: Element, data: Element, part: str) -> ShownPicture:
    shape = data.getparent()
    style = _style(shape)
    shares = [_fraction(data.get(f"crop{side}")) for side in ("left", "top", "right", "bottom")]
    flips = style.get("flip", "")
    turn = re.match(r"-?[\d.]+", style.get("rotation", ""))
    degrees = float(turn[0]) / (65536 if style["rotation"].endswith("fd") else 1) if turn else 0
    return ShownPicture(part, shape.get("alt", ""), (shares[0], shares[1], shares[2], shares[3]), degrees,
                        "x" in flips, "y" in flips, "ellipse" if shape.tag == f"{V}oval" else "")


def _fraction(text: str | None) -> float:
    """Return a share of a VML picture: 0.5, or 32768f, in 65,536ths."""
    found = re.fullmatch(r"(-?[\d.]+)(f?)", (text or "").strip())
    try:
        return float(found[1]) / (65536 if found[2] else 1) if found else 0.0
    except ValueError:
        return 0.0


def _plain_drawing(drawing: Element, id: str) -> Element:
    """Return the least that pandoc takes for a picture."""
    new = drawing.makeelement(f"{W}drawing", nsmap={"wp": WP[1:-1], "a": A[1:-1], "pic": PIC[1:-1], "r": R[1:-1]})
    inline = _add(new, f"{WP}inline")
    _add(inline, f"{WP}extent", cx="400000", cy="300000")
    _add(inline, f"{WP}docPr", id="1", name=id, descr="")
    data = _add(_add(inline, f"{A}graphic"), f"{A}graphicData", uri=PIC[1:-1])
    picture = _add(data, f"{PIC}pic")
    _add(_add(picture, f"{PIC}blipFill"), f"{A}blip", **{f"{R}embed": id})
    return new


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    new = parent.makeelement(tag, attributes)
    parent.append(new)
    return new


def _places(root: Element, drawings: list[Element]) -> dict[Element, Placed]:
    """Return the place of each drawing. Pages are counted by breaks, those that Word last made among them."""
    numbers: dict[Element | None, tuple[int, int]] = {None: (0, 0)}
    count = page = 0
    for element in root.iter(f"{W}p", f"{W}br", f"{W}lastRenderedPageBreak", f"{W}pageBreakBefore", f"{W}sectPr"):
        if element.tag == f"{W}p":
            if next(element.iterancestors(f"{W}p"), None) is None:
                count += 1
            numbers[element] = (count, page)
        elif element.tag != f"{W}br" or element.get(f"{W}type") == "page":
            page += 1
            holder = paragraph_of(element)
            if holder is not None and not text_before(holder, element):
                numbers[holder] = (count, page)
    found = {}
    for drawing in drawings:
        at, on = numbers[paragraph_of(drawing)]
        frame, box, reach = _box(drawing)
        found[drawing] = Placed(at, on, reach, frame, box)
    return found


def text_before(paragraph: Element, mark: Element) -> bool:
    """Return whether a paragraph has text before a mark in it."""
    for part in paragraph.iter():
        if part is mark:
            return False
        if part.tag in (f"{W}t", f"{W}drawing"):
            return True
    return False


def _box(drawing: Element) -> tuple[str, tuple[float, float, float, float] | None, int]:
    """Return from what a floating drawing is placed, its box, and how many paragraphs away it may be."""
    anchor = drawing.find(f"{WP}anchor")
    if anchor is None:
        return "", None, NEAR
    across, down, extent = (anchor.find(f"{WP}{tag}") for tag in ("positionH", "positionV", "extent"))
    if across is None or down is None or extent is None:
        return "", None, NEAR
    frame = f"{across.get('relativeFrom')} {down.get('relativeFrom')}"
    reach = NEAR if down.get("relativeFrom") in ("paragraph", "line") else ON_THE_PAGE
    left, top = across.findtext(f"{WP}posOffset"), down.findtext(f"{WP}posOffset")
    if left is None or top is None:
        return frame, None, reach
    x, y = number(left), number(top)
    return frame, (x, y, x + number(extent.get("cx")), y + number(extent.get("cy"))), reach


def _cover(drawing: Element, place: Placed) -> Placed | None:
    """Return the place of a drawing that may lie over others: one that floats before the text and is filled."""
    anchor = drawing.find(f"{WP}anchor")
    if anchor is not None:
        floats = anchor.get("behindDoc", "0") in ("0", "false") and \
            not any(anchor.find(f"{WP}{wrap}") is not None for wrap in WRAPS)
        if not floats:
            return None
        if anchor.find(f".//{PIC}pic") is not None and not _has_shapes(drawing):
            return Placed(place.paragraph, place.page, 0, place.frame, place.box)
        is_ink = any(str(part.tag).endswith("}contentPart") for part in anchor.iter())
        return place if is_ink or any(_is_filled(shape) for shape in anchor.iter(f"{WPS}wsp")) else None
    if drawing.tag == f"{W}pict":
        for shape in drawing:
            style = _style(shape)
            if style.get("position") == "absolute" and not style.get("z-index", "").startswith("-") \
                    and not any(str(part.tag).endswith("}wrap") and part.get("type") in ("square", "tight", "through",
                                                                                       "topAndBottom")
                                for part in shape) \
                    and str(shape.tag).startswith(V) and shape.tag not in (f"{V}shapetype", f"{V}line") \
                    and shape.get("filled", "t") not in ("f", "false"):
                return place
    return None


def _has_shapes(drawing: Element) -> bool:
    """Return whether a group or canvas with a picture also holds filled shapes, which may lie over it."""
    return any(_is_filled(shape) for shape in drawing.iter(f"{WPS}wsp") if not _is_in_a_box(shape, drawing)) or any(
        group.find(f"{V}{tag}") is not None for group in drawing.iter(f"{V}group") for tag in ("rect", "oval",
                                                                                                "roundrect"))


def _is_filled(shape: Element) -> bool:
    """Return whether a shape hides what is under it: by its fill, or as a thick line."""
    properties = shape.find(f"{WPS}spPr")
    if properties is None:
        return False
    if any(properties.find(f"{A}{fill}") is not None for fill in ("solidFill", "gradFill", "pattFill", "blipFill")):
        return True
    line = properties.find(f"{A}ln")
    if line is not None and number(line.get("w")) >= THICK_LINE:
        return True
    fill = shape.find(f"{WPS}style/{A}fillRef")
    return properties.find(f"{A}noFill") is None and fill is not None and fill.get("idx", "0") != "0"
