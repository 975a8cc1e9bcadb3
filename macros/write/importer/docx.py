"""Reads a Word document (.docx): what a reader of it sees, and what is left out. Source: ECMA-376, part 1.

Only the parts that are needed are opened. Pandoc is given a new, smaller document made from them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from .container import (
    DAMAGED,
    SAVE_AS,
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
from .docx_fields import leave_out_contents, show_fields
from .docx_format import Styles, run_look
from .docx_numbers import Numbers
from .docx_pictures import Drawings
from .docx_xml import MC, OFFICE, PREFIXES, STRICT_SPELLINGS, W, is_on, number, remove, text_of, unwrap, value
from .nested_tables import TableTags, flatten_nested_tables
from .shown_picture import ShownPicture
from .visibility import HIDDEN, UNREADABLE, LeftOut

DC = "{http://purl.org/dc/elements/1.1/}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TERMS = "{http://purl.org/dc/terms/}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
WRAPPERS = tuple(f"{W}{tag}" for tag in ("smartTag", "customXml", "dir", "bdo", "ins", "moveTo"))
BREAKS = (f"{W}lastRenderedPageBreak", f"{W}pageBreakBefore", f"{W}sectPr")
MERGED = "A part that is joined to the document from another file was left out. Open the document in Word, save it " \
    "again, and import that: Word then makes the part ordinary text."
MACROS = "The document holds macros, which were ignored."
TAKEN_FOR_FACTS = ("author", "date", "abstract", "abstract title", "subtitle")
"""Styles whose text pandoc takes out of the text."""

SHOWN = ("t", "blip", "imagedata", "wsp", "chart", "relIds", "oMath", "txbxContent")
UNDERSTOOD = ("wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "wp14", "a14", "v", "v2", "am3d", "cx", "cx1", "cx2",
              "cx4", "p14", "o", "m", "a16", "aink", "iact", "sl", "dgm")


def read_docx(archive: Archive) -> Document:
    """Return what a reader of a .docx file sees. Raises DocumentError for bad XML or a file that is none."""
    package = Package.open(archive)
    styles = Styles.of(package.part("styles"))
    numbers = Numbers.of(package.part("numbering"), styles)
    left_out, shown, stories = LeftOut(), dict[str, ShownPicture](), dict[str, _Story]()
    for kind in ("officeDocument", "footnotes", "endnotes"):
        root = package.part(kind)
        if root is not None:
            stories[kind] = _Story(root, Drawings(package.targets(kind), left_out, shown))
            _show(stories[kind], styles, numbers, left_out)
    comments, core = package.part("comments"), archive.xml(package.find("", "core-properties") or "docProps/core.xml")
    if package.has_macros:
        left_out.notice(MACROS)
    text = stories["officeDocument"].root
    facts = DocumentFacts(
        paragraphs=tuple(_paragraphs(text, styles)), notes=tuple(_notes(stories)),
        running_headers=tuple(_running_headers(package)),
        insertions=sum(story.insertions for story in stories.values()),
        deletions=sum(story.deletions for story in stories.values()),
        comments=len(comments.findall(f"{W}comment")) if comments is not None else 0,
        drawings=sum(story.drawings.other_drawings for story in stories.values()),
        title=collapse_spaces(_property(core, f"{DC}title")),
        created=parse_day(_property(core, f"{TERMS}created")), modified=parse_day(_property(core, f"{TERMS}modified")))
    return Document("docx", _for_pandoc(package, stories, numbers), facts, archive, shown, tuple(left_out.lines()))


@dataclass
class _Story:
    """A part with text, while it is read."""

    root: Element
    drawings: Drawings
    insertions: int = 0
    deletions: int = 0


@dataclass
class Package:
    """The parts of a document by what they are for, found through their relationships. Source: ECMA-376, part 2, 9."""

    archive: Archive
    main: str
    relationships: dict[str, list[tuple[str, str, str, bool]]]

    @classmethod
    def open(cls, archive: Archive) -> Package:
        """Find the document's main part. Raises DocumentError if there is none."""
        package = cls(archive, "", {})
        main = package.find("", "officeDocument") or "word/document.xml"
        if main not in archive.entries:
            raise DocumentError(f"the file is named .docx but is something else; {SAVE_AS}")
        if package.archive.xml(main, STRICT_SPELLINGS) is None:
            raise DocumentError(DAMAGED.format(kind=".docx"))
        package.main = main
        if next(package._xml(main).iter(f"{W}body"), None) is None:
            raise DocumentError(f"the file is named .docx but is something else; {SAVE_AS}")
        return package

    def related(self, part: str) -> list[tuple[str, str, str, bool]]:
        """Return the relationships of a part: id, kind, target, and whether that is outside of the document."""
        if part not in self.relationships:
            folder, name = posixpath.split(part)
            root = self.archive.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            found = []
            for one in root.iter(RELATIONSHIP) if root is not None else ():
                target, is_outside = one.get("Target", ""), one.get("TargetMode", "") == "External"
                if not is_outside:
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
                found.append((one.get("Id", ""), one.get("Type", "").rsplit("/", 1)[-1], target, is_outside))
            self.relationships[part] = found
        return self.relationships[part]

    def find(self, part: str, kind: str) -> str | None:
        """Return the part of a kind that `part` is related to."""
        return next((target for _, found, target, is_outside in self.related(part)
                     if found == kind and not is_outside and target in self.archive.entries), None)

    def part(self, kind: str) -> Element | None:
        """Return the root of a part of the main document; officeDocument is that itself."""
        name = self.main if kind == "officeDocument" else self.find(self.main, kind)
        return self._xml(name) if name else None

    def parts(self, kind: str) -> Iterator[Element]:
        """Yield the roots of all parts of a kind."""
        for _, found, target, is_outside in self.related(self.main):
            if found == kind and not is_outside and (root := self._xml(target)) is not None:
                yield root

    def targets(self, kind: str) -> dict[str, str]:
        """Return the parts that a part is related to, by id; those outside of the document are empty."""
        name = self.main if kind == "officeDocument" else self.find(self.main, kind)
        return {id: "" if is_outside else target for id, _, target, is_outside in self.related(name or "")}

    @property
    def has_macros(self) -> bool:
        """Whether the document holds macros."""
        return any(kind == "vbaProject" for _, kind, _, _ in self.related(self.main))

    def _xml(self, name: str) -> Element:
        return self.archive.xml(name, STRICT_SPELLINGS)


def _show(story: _Story, styles: Styles, numbers: Numbers, left_out: LeftOut) -> None:
    """Change a part to what its reader sees."""
    root = story.root
    _choose_alternatives(root)
    for mark in root.iter(f"{W}dstrike"):
        mark.tag = f"{W}strike"  # pandoc reads one line through words, and not two
    story.insertions = sum(1 for tag in ("ins", "moveTo") for _ in root.iter(f"{W}{tag}"))
    story.deletions = sum(1 for tag in ("del", "moveFrom") for _ in root.iter(f"{W}{tag}"))
    _accept_changes(root)
    leave_out_contents(root, left_out)
    for block in list(root.iter(f"{W}sdt")):
        unwrap(block, [child for content in block.findall(f"{W}sdtContent") for child in content])
    for wrapper in list(root.iter(*WRAPPERS)):
        if wrapper.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
            unwrap(wrapper, list(wrapper))
    for merged in list(root.iter(f"{W}altChunk", f"{W}subDoc")):
        left_out.notice(MERGED)
        remove(merged)
    for ruby in list(root.iter(f"{W}ruby")):
        _show_ruby(ruby)
    show_fields(root, styles, left_out)
    _leave_out_unseen(root, styles, left_out)
    story.drawings.replace(root)
    numbers.write(root)
    flatten_nested_tables(root, TABLE_TAGS, _add_to_line, remove, left_out)
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and styles.name(paragraph).lower() in TAKEN_FOR_FACTS:
            remove(style)
    for mark in list(root.iter(f"{W}softHyphen")):
        remove(mark)


def _show_ruby(ruby: Element) -> None:
    """Put the small words above others, which pandoc does not read, in brackets behind them. Source: ECMA-376, part 1,
    17.3.3.25."""
    run = ruby.getparent()
    base, above = ([*part] if (part := ruby.find(f"{W}{name}")) is not None else [] for name in ("rubyBase", "rt"))
    texts = [text for part in above for text in part.iter(f"{W}t")]
    if texts:
        texts[0].text = f" ({texts[0].text or ''}"
        texts[-1].text = f"{texts[-1].text or ''})"
        texts[0].set(SPACE, "preserve")
    for part in reversed([*base, *above]):
        run.addnext(part)
    remove(ruby)


def _choose_alternatives(root: Element) -> None:
    """Keep one branch where a document offers several: the first that Word understands, or one with a picture where
    that has neither picture nor text. Source: ECMA-376, part 3, 10.2."""
    for offer in reversed(list(root.iter(f"{MC}AlternateContent"))):
        branches = [branch for branch in offer if branch.tag == f"{MC}Fallback" or all(
            name in UNDERSTOOD for name in (branch.get("Requires") or "").split())]
        chosen = next((branch for branch in branches if _shows(branch)), branches[0] if branches else None)
        unwrap(offer, list(chosen) if chosen is not None else [])


def _shows(branch: Element) -> bool:
    return any(str(part.tag).rsplit("}", 1)[-1] in SHOWN for part in branch.iter())


def _accept_changes(root: Element) -> None:
    for mark in list(root.iter(f"{W}del", f"{W}moveFrom", f"{W}cellDel")):
        parent = mark.getparent()
        if parent is None:
            continue
        if parent.tag == f"{W}trPr":
            remove(parent.getparent())
        elif parent.tag == f"{W}tcPr":
            parent.getparent()[:] = [parent, root.makeelement(f"{W}p")]
        elif parent.tag != f"{W}rPr":
            remove(mark)
    for mark in list(root.iter(f"{W}delText", f"{W}delInstrText", f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange",
                               f"{W}tcPrChange", f"{W}trPrChange", f"{W}sectPrChange", f"{W}numberingChange")):
        remove(mark)


def _leave_out_unseen(root: Element, styles: Styles, left_out: LeftOut) -> None:
    """Take out text that is hidden or cannot be read."""
    gone: list[tuple[str, Element, Element | None]] = []
    for row in root.iter(f"{W}tr"):
        height = row.find(f"{W}trPr/{W}trHeight")
        if is_on(row.find(f"{W}trPr/{W}hidden")) or (
                height is not None and value(height, "hRule") == "exact" and number(value(height)) < 80):
            gone.append((HIDDEN, row, None))
    for run in root.iter(f"{W}r"):
        look = run_look(run, styles)
        if look.is_hidden or look.is_unreadable:
            is_drawing = not text_of(run).strip() and run.find(f"{W}drawing") is not None
            if not (is_drawing and not look.is_hidden):
                gone.append((HIDDEN if look.is_hidden else UNREADABLE, run, next(run.iterancestors(f"{W}p"), None)))
    for why, element, _ in gone:
        element.set("unseen", why)
    texts = []
    for why, element, paragraph in gone:
        if not any(one.get("unseen") for one in element.iterancestors()):
            texts.append((why, text_of(element), paragraph, element))
    for _, _, _, element in texts:
        remove(element)
    for why, text, paragraph, _ in texts:
        left_out.add(why, text, text_of(paragraph) if paragraph is not None else "")


TABLE_TAGS = TableTags(f"{W}tbl", f"{W}tr", f"{W}tc", (f"{W}p",), f"{W}p")


def _add_to_line(line: Element, gap: str, paragraph: Element) -> None:
    if gap:
        line.append(_run(line, gap))
    line.extend([part for part in paragraph if part.tag != f"{W}pPr"])


def _run(near: Element, text: str) -> Element:
    run = near.makeelement(f"{W}r")
    words = near.makeelement(f"{W}t", {SPACE: "preserve"})
    words.text = text
    run.append(words)
    return run


def _paragraphs(root: Element, styles: Styles) -> Iterator[Paragraph]:
    for element in root.iter(f"{W}p"):
        at_page_break = any(element.find(f".//{tag}") is not None for tag in BREAKS) or any(
            mark.get(f"{W}type") == "page" for mark in element.iter(f"{W}br"))
        yield Paragraph(collapse_spaces(text_of(element)), styles.name(element), at_page_break)


def _notes(stories: dict[str, _Story]) -> Iterator[str]:
    """Yield the footnotes and endnotes that the text refers to."""
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        if kind in stories:
            cited = [value(mark, "id") for mark in stories["officeDocument"].root.iter(f"{W}{tag}Reference")]
            notes = {value(note, "id"): note for note in stories[kind].root.iter(f"{W}{tag}")}
            yield from (text_of(notes[id]) for id in cited if id in notes)


def _running_headers(package: Package) -> Iterator[str]:
    for kind in ("header", "footer"):
        for root in package.parts(kind):
            yield from (collapse_spaces(text_of(paragraph)) for paragraph in root.iter(f"{W}p"))


def _property(core: Element | None, tag: str) -> str:
    return (core.findtext(tag) or "") if core is not None else ""


TYPES = (b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
         b'ContentType="application/xml"/></Types>')


def _for_pandoc(package: Package, stories: dict[str, _Story], numbers: Numbers) -> bytes:
    """Return a document of the parts that pandoc needs, under the names that it expects."""
    names = {"officeDocument": "document", "footnotes": "footnotes", "endnotes": "endnotes"}
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": _relationships(
        [("rId1", "officeDocument", "word/document.xml", False)])}
    extra = [(f"rIdPart{number}", kind, f"{kind}.xml", False) for number, kind in enumerate(
        ("styles", "numbering", "footnotes", "endnotes")) if kind in ("styles", "numbering") or kind in stories]
    for kind, story in stories.items():
        related = package.related(package.main if kind == "officeDocument" else package.find(package.main, kind) or "")
        links = [one for one in related if one[1] == "hyperlink" and one[3]]
        pictures = [(id, "image", name, False) for id, name in story.drawings.new_targets.items()]
        parts[f"word/{names[kind]}.xml"] = _written(story.root)
        parts[f"word/_rels/{names[kind]}.xml.rels"] = _relationships(
            [*links, *pictures, *(extra if kind == "officeDocument" else ())])
        parts |= {f"word/{name}": b"" for name in story.drawings.new_targets.values()}
    styles = package.part("styles")
    for place in list(styles.iter(f"{W}numPr")) if styles is not None else ():
        remove(place)
    parts["word/styles.xml"] = _written(etree.Element(f"{W}styles") if styles is None else styles)
    parts["word/numbering.xml"] = numbers.part()
    return packed(parts)


def _written(root: Element) -> bytes:
    """Return a part as XML. Pandoc knows elements by the usual prefixes of their namespaces."""
    own = {prefix: name for prefix, name in root.nsmap.items() if prefix and name not in PREFIXES.values()}
    new = etree.Element(root.tag, root.attrib, nsmap={**own, **PREFIXES})
    new.extend(list(root))
    return etree.tostring(new, encoding="UTF-8", xml_declaration=True)


def _relationships(found: list[tuple[str, str, str, bool]]) -> bytes:
    root = etree.Element(RELATIONSHIP + "s", nsmap={None: RELATIONSHIP[1:].split("}")[0]})
    for id, kind, target, is_outside in found:
        etree.SubElement(root, RELATIONSHIP, {
            "Id": id, "Type": f"{OFFICE}/relationships/{kind}", "Target": target,
            **({"TargetMode": "External"} if is_outside else {})})
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
