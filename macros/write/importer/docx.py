"""Reads the facts of an Office Open XML document (.docx). Source: ECMA-376, part 1, “WordprocessingML”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .container import Archive, DocumentFacts, Paragraph, collapse_spaces, parse_day

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


def read_docx(archive: Archive) -> DocumentFacts:
    """Return the facts of a .docx file. Raises DocumentError for bad XML."""
    document, core = archive.xml("word/document.xml"), archive.xml("docProps/core.xml")
    comments = archive.xml("word/comments.xml")
    parts = [part for part in (document, archive.xml("word/footnotes.xml")) if part is not None]
    names = _style_names(archive.xml("word/styles.xml"))
    return DocumentFacts(
        paragraphs=tuple(_paragraphs(document, names)) if document is not None else (),
        running_headers=tuple(line for place in ("word/header", "word/footer") for root in archive.xml_parts(place)
                              for line in (collapse_spaces(_text(paragraph)) for paragraph in root.iter(f"{W}p"))),
        insertions=_count_elements(parts, "ins", "moveTo"),
        deletions=_count_elements(parts, "del", "moveFrom"),
        comments=len(comments.findall(f"{W}comment")) if comments is not None else 0,
        drawings=sum(_count_drawings(part) for part in parts),
        title=collapse_spaces(_read_property(core, f"{DC}title")),
        created=parse_day(_read_property(core, f"{TERMS}created")),
        modified=parse_day(_read_property(core, f"{TERMS}modified")),
    )


def _read_property(core: Element | None, tag: str) -> str:
    return (core.findtext(tag) or "") if core is not None else ""


def _count_elements(parts: list[Element], *tags: str) -> int:
    return sum(1 for part in parts for tag in tags for _ in part.iter(f"{W}{tag}"))


def _count_drawings(element: Element) -> int:
    """Count the drawings below an element that hold no picture: charts, shapes and text boxes."""
    if element.tag in (f"{W}drawing", f"{W}pict"):
        return not any(part.tag in PICTURES for part in element.iter())
    return sum(_count_drawings(child) for child in element if child.tag not in NOT_TEXT)


def _style_names(styles: Element | None) -> dict[str, str]:
    found = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name = style.find(f"{W}name")
        found[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "") if name is not None else ""
    return found


def _paragraphs(document: Element, names: dict[str, str]) -> Iterator[Paragraph]:
    for element in _outermost_paragraphs(document):
        style = element.find(f"{W}pPr/{W}pStyle")
        id = style.get(f"{W}val", "") if style is not None else ""
        at_page_break = any(element.find(f".//{tag}") is not None for tag in BREAKS) or any(
            mark.get(f"{W}type") == "page" for mark in element.iter(f"{W}br"))
        yield Paragraph(collapse_spaces(_text(element)), names.get(id, id), at_page_break)


def _outermost_paragraphs(element: Element) -> Iterator[Element]:
    """Yield top-level paragraphs: a text box is a paragraph inside a paragraph, and `_text` includes it."""
    for child in element:
        if child.tag == f"{W}p":
            yield child
        elif child.tag not in NOT_TEXT:
            yield from _outermost_paragraphs(child)


def _text(element: Element) -> str:
    parts = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}p":
            parts.append(f" {_text(child)} ")
        elif child.tag not in NOT_TEXT:
            parts.append(SPACES.get(child.tag) or _text(child))
    return "".join(parts)
