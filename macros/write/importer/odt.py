"""Reads the facts of an OpenDocument text (.odt). Source: OASIS, “Open Document Format for Office Applications 1.3”,
part 3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .container import Archive, DocumentFacts, Paragraph, collapse_spaces, parse_day

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


def read_odt(archive: Archive) -> DocumentFacts:
    """Return the facts of an .odt file. Raises DocumentError for bad XML."""
    content, meta, styles = archive.xml("content.xml"), archive.xml("meta.xml"), archive.xml("styles.xml")
    text = content.find(f".//{OFFICE}text") if content is not None else None
    parents, breaking = _styles(content)
    changes = text.find(f"{TEXT}tracked-changes") if text is not None else None
    return DocumentFacts(
        paragraphs=tuple(_paragraphs(text, parents, breaking)) if text is not None else (),
        alt_texts=tuple(_alt_texts(text)) if text is not None else (),
        running_headers=tuple(_running_headers(styles)),
        insertions=len(list(changes.iter(f"{TEXT}insertion"))) if changes is not None else 0,
        deletions=len(list(changes.iter(f"{TEXT}deletion"))) if changes is not None else 0,
        comments=len(list(text.iter(f"{OFFICE}annotation"))) if text is not None else 0,
        drawings=sum(1 for tag in DRAWN for _ in text.iter(f"{DRAW}{tag}")) if text is not None else 0,
        title=collapse_spaces(_read_property(meta, f"{DC}title")),
        created=parse_day(_read_property(meta, f"{META}creation-date")),
        modified=parse_day(_read_property(meta, f"{DC}date")),
    )


def _read_property(meta: Element | None, tag: str) -> str:
    return (meta.findtext(f".//{tag}") or "") if meta is not None else ""


def _styles(content: Element | None) -> tuple[dict[str, str], set[str]]:
    """Return the parent of each automatic style by name, and the names of styles that start a new page."""
    parents, breaking = {}, set()
    for style in content.iter(f"{STYLE}style") if content is not None else ():
        name = style.get(f"{STYLE}name", "")
        parents[name] = style.get(f"{STYLE}parent-style-name", "")
        if any(part.get(f"{FO}break-before") == "page" for part in style):
            breaking.add(name)
    return parents, breaking


def _paragraphs(text: Element, parents: dict[str, str], breaking: set[str]) -> Iterator[Paragraph]:
    after_break = False
    for element in _outer_elements(text):
        if element.tag == f"{TEXT}soft-page-break":
            after_break = True
        elif element.tag in PARAGRAPHS:
            style = element.get(f"{TEXT}style-name", "")
            begins = style in breaking or after_break
            after_break = element.find(f".//{TEXT}soft-page-break") is not None
            yield Paragraph(collapse_spaces(_text(element)), parents.get(style) or style, begins or after_break)


def _outer_elements(element: Element) -> Iterator[Element]:
    """Yield paragraphs and page breaks in order, without descending into paragraphs."""
    for child in element:
        if child.tag in NOT_TEXT:
            continue
        yield child
        if child.tag not in PARAGRAPHS:
            yield from _outer_elements(child)


def _text(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag not in NOT_TEXT:
            words = SPACES.get(child.tag) or _text(child)
            parts.append(f" {words} " if child.tag in PARAGRAPHS else words)
        parts.append(child.tail or "")
    return "".join(parts)


def _alt_texts(text: Element) -> Iterator[tuple[str, str]]:
    """Yield the part name and the alternative text of each picture. A description is preferred to a title: that is the
    field which word processors label “alt text”."""
    for frame in text.iter(f"{DRAW}frame"):
        alt_text = frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title") or ""
        for image in frame.findall(f"{DRAW}image"):
            yield image.get(HREF, "").removeprefix("./"), collapse_spaces(alt_text)


def _running_headers(styles: Element | None) -> Iterator[str]:
    for tag in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for part in styles.iter(f"{STYLE}{tag}") if styles is not None else ():
            yield from (collapse_spaces(_text(paragraph)) for paragraph in part.iter(f"{TEXT}p"))
