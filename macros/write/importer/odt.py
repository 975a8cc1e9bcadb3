"""Facts from OpenDocument text (.odt). Source: OASIS, "Open Document Format for Office Applications 1.3", part 3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .archive import Archive
from .facts import Facts, Paragraph, property_day, squeezed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, OFFICE, STYLE, DRAW, FO, SVG, META = (f"{{{OASIS}{name}:1.0}}" for name in (
    "text", "office", "style", "drawing", "xsl-fo-compatible", "svg-compatible", "meta"))
DC = "{http://purl.org/dc/elements/1.1/}"
HREF = "{http://www.w3.org/1999/xlink}href"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
NOT_TEXT = (f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{SVG}title", f"{SVG}desc", f"{TEXT}note-citation")
DRAWN = ("object", "custom-shape", "rect", "ellipse", "polygon", "path", "polyline", "connector")
SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": " "}


def read_odt(archive: Archive) -> Facts:
    """Return the facts of an .odt file. Raises DocumentError for bad XML."""
    content, meta, styles = archive.xml("content.xml"), archive.xml("meta.xml"), archive.xml("styles.xml")
    text = content.find(f".//{OFFICE}text") if content is not None else None
    parents, breaking = _styles(content)
    changes = text.find(f"{TEXT}tracked-changes") if text is not None else None
    return Facts(
        paragraphs=tuple(_paragraphs(text, parents, breaking)) if text is not None else (),
        alternatives=tuple(_alternatives(text)) if text is not None else (),
        running=tuple(_running(styles)),
        insertions=len(list(changes.iter(f"{TEXT}insertion"))) if changes is not None else 0,
        deletions=len(list(changes.iter(f"{TEXT}deletion"))) if changes is not None else 0,
        comments=len(list(text.iter(f"{OFFICE}annotation"))) if text is not None else 0,
        drawings=sum(1 for tag in DRAWN for _ in text.iter(f"{DRAW}{tag}")) if text is not None else 0,
        title=squeezed(_property(meta, f"{DC}title")),
        created=property_day(_property(meta, f"{META}creation-date")),
        modified=property_day(_property(meta, f"{DC}date")),
    )


def _property(meta: Element | None, tag: str) -> str:
    return (meta.findtext(f".//{tag}") or "") if meta is not None else ""


def _styles(content: Element | None) -> tuple[dict[str, str], set[str]]:
    """Return the automatic styles' parents by their names, and the names of those that begin a page."""
    parents, breaking = {}, set()
    for style in content.iter(f"{STYLE}style") if content is not None else ():
        name = style.get(f"{STYLE}name", "")
        parents[name] = style.get(f"{STYLE}parent-style-name", "")
        if any(part.get(f"{FO}break-before") == "page" for part in style):
            breaking.add(name)
    return parents, breaking


def _paragraphs(text: Element, parents: dict[str, str], breaking: set[str]) -> Iterator[Paragraph]:
    after_break = False
    for element in _outside_notes(text):
        if element.tag == f"{TEXT}soft-page-break":
            after_break = True
        elif element.tag in PARAGRAPHS:
            style = element.get(f"{TEXT}style-name", "")
            begins = style in breaking or after_break
            after_break = element.find(f".//{TEXT}soft-page-break") is not None
            yield Paragraph(squeezed(_words(element)), parents.get(style) or style, begins or after_break)


def _outside_notes(element: Element) -> Iterator[Element]:
    """Yield an element's paragraphs and page breaks, in their order and without those inside a paragraph."""
    for child in element:
        if child.tag in NOT_TEXT:
            continue
        yield child
        if child.tag not in PARAGRAPHS:
            yield from _outside_notes(child)


def _words(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag not in NOT_TEXT:
            words = SPACES.get(child.tag) or _words(child)
            parts.append(f" {words} " if child.tag in PARAGRAPHS else words)
        parts.append(child.tail or "")
    return "".join(parts)


def _alternatives(text: Element) -> Iterator[tuple[str, str]]:
    for frame in text.iter(f"{DRAW}frame"):
        told = frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title") or ""
        for image in frame.findall(f"{DRAW}image"):
            yield image.get(HREF, "").removeprefix("./"), squeezed(told)


def _running(styles: Element | None) -> Iterator[str]:
    for tag in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for part in styles.iter(f"{STYLE}{tag}") if styles is not None else ():
            yield from (squeezed(_words(paragraph)) for paragraph in part.iter(f"{TEXT}p"))
