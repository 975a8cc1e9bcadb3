"""Reads an OpenDocument text (.odt): what a reader of it sees, and what is left out. Source: OASIS, “Open Document
Format for Office Applications 1.3”, part 3.

Only the parts that are needed are opened. Pandoc is given a new, smaller document made from them.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .container import (
    DAMAGED,
    Archive,
    Document,
    DocumentError,
    DocumentFacts,
    Element,
    Paragraph,
    collapse_spaces,
    packed,
    parse_day,
)
from .docx import MACROS, MERGED
from .docx_fields import CONTENTS_NOTICE
from .nested_tables import TableTags, flatten_nested_tables
from .odt_format import DRAW, FO, META, OFFICE, PARAGRAPHS, STYLE, SVG, TABLE, TEXT, Styles, look_of
from .odt_numbers import Numbers
from .odt_pictures import DRAWINGS, Drawings, remove
from .visibility import CONTENTS, HIDDEN, UNREADABLE, LeftOut

DC = "{http://purl.org/dc/elements/1.1/}"
INDEXES = tuple(f"{TEXT}{name}" for name in ("table-of-content", "illustration-index", "table-index", "object-index",
                                             "user-index", "alphabetical-index"))
NOT_SHOWN = (f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms",
             f"{TEXT}script", f"{TEXT}number", f"{TEXT}label")
KEPT = (*PARAGRAPHS, *(f"{TEXT}{name}" for name in (
    "span", "a", "s", "tab", "line-break", "note", "note-citation", "note-body", "soft-page-break", "list", "list-item",
    "list-header", "section")))
SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": " "}


def read_odt(archive: Archive) -> Document:
    """Return what a reader of an .odt file sees. Raises DocumentError for bad XML."""
    content, meta, sheet = archive.xml("content.xml"), archive.xml("meta.xml"), archive.xml("styles.xml")
    text = content.find(f".//{OFFICE}text") if content is not None else None
    if content is None or text is None:
        raise DocumentError(DAMAGED.format(kind=".odt"))
    styles, left_out = Styles.of(sheet, content), LeftOut()
    changes = list(text.iter(f"{TEXT}changed-region"))
    comments = sum(1 for _ in text.iter(f"{OFFICE}annotation"))
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.entries):
        left_out.notice(MACROS)
    drawings = Drawings(styles, frozenset(archive.entries), left_out)
    numbers = Numbers(styles)
    _show(text, styles, left_out)
    drawings.replace(text)
    numbers.write(text)
    flatten_nested_tables(text, TABLE_TAGS, _add_to_line, remove, left_out)
    place = content.find(f"{OFFICE}automatic-styles")
    if place is None:
        place = content.makeelement(f"{OFFICE}automatic-styles")
        content.insert(0, place)
    place.extend(numbers.made)
    facts = DocumentFacts(
        paragraphs=tuple(_paragraphs(text, styles)), running_headers=tuple(_running_headers(sheet)),
        insertions=sum(1 for change in changes if change.find(f"{TEXT}insertion") is not None),
        deletions=sum(1 for change in changes if change.find(f"{TEXT}deletion") is not None),
        comments=comments, drawings=drawings.other_drawings,
        title=collapse_spaces(_property(meta, f"{DC}title")),
        created=parse_day(_property(meta, f"{META}creation-date")),
        modified=parse_day(_property(meta, f"{DC}date")))
    parts = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": _written(content),
             "styles.xml": _written(sheet) if sheet is not None else _written(_empty_styles(content)),
             **dict.fromkeys(drawings.shown, b"")}
    return Document("odt", packed(parts), facts, archive, drawings.shown, tuple(left_out.lines()))


def _written(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _empty_styles(content: Element) -> Element:
    return content.makeelement(f"{OFFICE}document-styles")


def _show(text: Element, styles: Styles, left_out: LeftOut) -> None:
    """Change a text to what its reader sees."""
    for part in list(text.iter(*NOT_SHOWN)):
        remove(part)
    for index in list(text.iter(*INDEXES)):
        left_out.add(CONTENTS, _text(index))
        left_out.notice(CONTENTS_NOTICE)
        remove(index)
    _leave_out_hidden_blocks(text, left_out)
    for above in text.iter(f"{TEXT}ruby-text"):  # small words above others
        above.text = f" ({above.text or ''})"
    _show_fields(text)
    _leave_out_unseen(text, styles, left_out)
    for section in list(text.iter(f"{TEXT}section")):
        source = section.find(f"{TEXT}section-source")
        if source is not None and not _text(section).strip():
            left_out.notice(MERGED)
        _unwrap(section)


def _unwrap(block: Element) -> None:
    for child in reversed(list(block)):
        block.addnext(child)
    remove(block)


def _leave_out_hidden_blocks(text: Element, left_out: LeftOut) -> None:
    """Take out hidden sections, paragraphs and words, rows that are not shown, and cells under merged ones."""
    gone = [section for section in text.iter(f"{TEXT}section") if section.get(f"{TEXT}display") == "none"
            or section.get(f"{TEXT}is-hidden") == "true"]
    gone += [paragraph for mark in text.iter(f"{TEXT}hidden-paragraph") if mark.get(f"{TEXT}is-hidden") == "true"
             and (paragraph := next(mark.iterancestors(*PARAGRAPHS), None)) is not None]
    gone += [mark for mark in text.iter(f"{TEXT}hidden-text") if mark.get(f"{TEXT}is-hidden") == "true"]
    gone += [mark for mark in text.iter(f"{TEXT}variable-set", f"{TEXT}user-field-get", f"{TEXT}sequence",
                                        f"{TEXT}expression", f"{TEXT}user-field-input")
             if mark.get(f"{TEXT}display") == "none"]
    gone += [row for row in text.iter(f"{TABLE}table-row") if row.get(f"{TABLE}visibility") in ("collapse", "filter")]
    gone += [block for cell in text.iter(f"{TABLE}covered-table-cell") for block in cell]
    places = [(next(element.iterancestors(*PARAGRAPHS), None), element, _text(element)) for element in gone]
    for _, element, _ in places:
        remove(element)
    for paragraph, _, words in places:
        left_out.add(HIDDEN, words, _text(paragraph) if paragraph is not None else "")


def _show_fields(text: Element) -> None:
    """Make each field in a paragraph the text that it shows."""
    for part in list(text.iter()):
        if part.getparent() is None or next(part.iterancestors(*PARAGRAPHS), None) is None or part.tag in KEPT:
            continue
        if any(holder.tag in DRAWINGS for holder in (part, *part.iterancestors()) if holder.tag not in PARAGRAPHS) and \
                (part.tag.startswith((DRAW, SVG, OFFICE, TABLE)) or part.tag in DRAWINGS):
            continue
        if part.tag.startswith((TABLE, DRAW, SVG)):
            continue
        if len(part) or part.text:
            part.tag = f"{TEXT}span"
            part.attrib.clear()
        else:
            remove(part)


def _leave_out_unseen(text: Element, styles: Styles, left_out: LeftOut) -> None:
    """Take out words that are hidden or cannot be read. A span in a hidden one may show its own words again."""
    gone: list[tuple[str, Element]] = []
    for part in text.iter(*PARAGRAPHS, f"{TEXT}span", f"{TEXT}a"):
        look = look_of(part, styles)
        if look.is_hidden or look.is_unreadable:
            gone.append((HIDDEN if look.is_hidden else UNREADABLE, part))
    removed = []
    for why, part in gone:
        words = [part.text or "", *(child.tail or "" for child in part)]
        part.text = None
        for child in list(part):
            child.tail = None
            if child.tag in (f"{TEXT}note", f"{TEXT}tab", f"{TEXT}s", f"{TEXT}line-break") or (
                    why == HIDDEN and child.tag in DRAWINGS):
                words.append(_text(child) if child.tag not in SPACES else " ")
                part.remove(child)
        removed.append((why, part, "".join(words)))
    for why, part, words in removed:
        paragraph = part if part.tag in PARAGRAPHS else next(part.iterancestors(*PARAGRAPHS), None)
        left_out.add(why, words, _text(paragraph) if paragraph is not None else "")


TABLE_TAGS = TableTags(f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}table-cell", tuple(PARAGRAPHS), f"{TEXT}p")


def _add_to_line(line: Element, gap: str, paragraph: Element) -> None:
    part = line.makeelement(f"{TEXT}span")
    part.text = gap + (paragraph.text or "")
    part.extend(list(paragraph))
    line.append(part)


def _property(meta: Element | None, tag: str) -> str:
    return (meta.findtext(f".//{tag}") or "") if meta is not None else ""


def _paragraphs(text: Element, styles: Styles) -> Iterator[Paragraph]:
    after_break = False
    for element in text.iter(f"{TEXT}soft-page-break", *PARAGRAPHS):
        if element.tag == f"{TEXT}soft-page-break":
            after_break = after_break or next(element.iterancestors(*PARAGRAPHS), None) is None
        else:
            begins = after_break or any(
                part.get(f"{FO}break-before") == "page" for style in [styles.named.get(
                    ("paragraph", element.get(f"{TEXT}style-name", "")))] if style is not None for part in style)
            after_break = element.find(f".//{TEXT}soft-page-break") is not None
            yield Paragraph(collapse_spaces(_own_text(element)), styles.base_name(element), begins or after_break)


def _text(element: Element) -> str:
    """Return all text below an element, paragraphs apart."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in (f"{TEXT}note-citation", f"{SVG}title", f"{SVG}desc"):
            words = SPACES.get(child.tag) or _text(child)
            parts.append(f" {words} " if child.tag in PARAGRAPHS else words)
        parts.append(child.tail or "")
    return "".join(parts)


def _own_text(element: Element) -> str:
    """Return the text of a paragraph. Paragraphs in it, of a note, are paragraphs of their own."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in SPACES or child.tag == f"{TEXT}note":
            parts.append(" ")
        elif child.tag not in (f"{SVG}title", f"{SVG}desc", *PARAGRAPHS):
            parts.append(_own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _running_headers(styles: Element | None) -> Iterator[str]:
    for tag in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for part in styles.iter(f"{STYLE}{tag}") if styles is not None else ():
            yield from (collapse_spaces(_text(paragraph)) for paragraph in part.iter(f"{TEXT}p"))
