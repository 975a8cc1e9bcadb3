"""Facts from Office Open XML text (.docx). Source: ECMA-376, part 1, "WordprocessingML"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .archive import Archive
from .facts import Facts, Paragraph, property_day, squeezed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NOT_TEXT = (f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", FALLBACK)
BREAKS = (f"{W}lastRenderedPageBreak", f"{W}pageBreakBefore", f"{W}sectPr")
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
SPACES = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " "}


def read_docx(archive: Archive) -> Facts:
    """Return the facts of a .docx file. Raises DocumentError for bad XML."""
    document, core = archive.xml("word/document.xml"), archive.xml("docProps/core.xml")
    comments = archive.xml("word/comments.xml")
    parts = [part for part in (document, archive.xml("word/footnotes.xml")) if part is not None]
    names = _style_names(archive.xml("word/styles.xml"))
    return Facts(
        paragraphs=tuple(_paragraphs(document, names)) if document is not None else (),
        running=tuple(line for place in ("word/header", "word/footer") for root in archive.xml_parts(place)
                      for line in (squeezed(_words(paragraph)) for paragraph in root.iter(f"{W}p"))),
        insertions=_count(parts, "ins", "moveTo"),
        deletions=_count(parts, "del", "moveFrom"),
        comments=len(comments.findall(f"{W}comment")) if comments is not None else 0,
        drawings=sum(_drawings(part) for part in parts),
        title=squeezed(_property(core, f"{DC}title")),
        created=property_day(_property(core, f"{TERMS}created")),
        modified=property_day(_property(core, f"{TERMS}modified")),
    )


def _property(core: Element | None, tag: str) -> str:
    return (core.findtext(tag) or "") if core is not None else ""


def _count(parts: list[Element], *tags: str) -> int:
    return sum(1 for part in parts for tag in tags for _ in part.iter(f"{W}{tag}"))


def _drawings(element: Element) -> int:
    """Return how many drawings below an element hold no picture: charts, shapes and text boxes."""
    if element.tag in (f"{W}drawing", f"{W}pict"):
        return not any(part.tag in PICTURES for part in element.iter())
    return sum(_drawings(child) for child in element if child.tag not in NOT_TEXT)


def _style_names(styles: Element | None) -> dict[str, str]:
    found = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        found[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "") if name is not None else ""
    return found


def _paragraphs(document: Element, names: dict[str, str]) -> Iterator[Paragraph]:
    for element in _outermost(document):
        style = element.find(f"{W}pPr/{W}pStyle")
        id = style.get(f"{W}val", "") if style is not None else ""
        at_break = any(element.find(f".//{tag}") is not None for tag in BREAKS) or any(
            mark.get(f"{W}type") == "page" for mark in element.iter(f"{W}br"))
        yield Paragraph(squeezed(_words(element)), names.get(id, id), at_break)


def _outermost(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{W}p":
            yield child
        elif child.tag not in NOT_TEXT:
            yield from _outermost(child)


def _words(element: Element) -> str:
    parts = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}p":
            parts.append(f" {_words(child)} ")
        elif child.tag not in NOT_TEXT:
            parts.append(SPACES.get(child.tag) or _words(child))
    return "".join(parts)
