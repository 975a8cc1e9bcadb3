"""Works out the numbers of a Word document's lists and headings. Source: ECMA-376, part 1, 17.9.

Each list then gets a numbering of its own that begins where the author sees it begin. Numbers that Markdown cannot
count, such as “2.1” or “Recommendation 4”, and those of headings become text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .container import Element
from .docx_format import Styles
from .docx_xml import W, number, text_of, value
from .numbers import LEVELS, Counter, Level

STYLES = {"decimal": "1", "decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i",
          "upperRoman": "I", "ordinal": "1st", "none": ""}
NEW = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass
class _Numbering:
    """A numbering: the list that it counts with, its levels, and where it begins again by itself."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass
class Numbers:
    """Numbers the paragraphs of a document. `lists` collects the numberings that pandoc reads."""

    styles: Styles
    numberings: dict[str, _Numbering]
    links: dict[tuple[str, str], int]
    counters: dict[str, Counter] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    lists: list[tuple[dict[int, Level], dict[int, int]]] = field(default_factory=list)

    @classmethod
    def of(cls, root: Element | None, styles: Styles) -> Numbers:
        """Return the numberings in word/numbering.xml."""
        numberings: dict[str, _Numbering] = {}
        links: dict[tuple[str, str], int] = {}
        if root is None:
            return cls(styles, numberings, links)
        abstracts = {value(one, "abstractNumId") or "": one for one in root.iter(f"{W}abstractNum")}
        by_style = {value(link): id for id, one in abstracts.items() if (link := one.find(f"{W}styleLink")) is not None}
        for num in root.iter(f"{W}num"):
            id, abstract = value(num, "numId") or "", value(num.find(f"{W}abstractNumId")) or ""
            link = abstracts[abstract].find(f"{W}numStyleLink") if abstract in abstracts else None
            abstract = by_style.get(value(link), abstract) if link is not None else abstract
            levels: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for lvl in abstracts[abstract].iter(f"{W}lvl") if abstract in abstracts else ():
                levels[number(value(lvl, "ilvl"))] = _level(lvl)
                style = value(lvl.find(f"{W}pStyle"))
                if style:
                    links[id, style] = number(value(lvl, "ilvl"))
            for change in num.iter(f"{W}lvlOverride"):
                at, own = number(value(change, "ilvl")), change.find(f"{W}lvl")
                start = value(change.find(f"{W}startOverride"))
                if own is not None:
                    levels[at] = _level(own)
                    starts[at] = levels[at].start
                if start is not None:
                    starts[at] = number(start, 1)
            numberings[id] = _Numbering(abstract, levels, starts)
        return cls(styles, numberings, links)

    def write(self, root: Element) -> None:
        """Number the paragraphs below `root`."""
        before: tuple[Element, str, int, int] | None = None  # the paragraph, its numbering, the new one, and its level
        for paragraph in root.iter(f"{W}p"):
            found = self._place(paragraph)
            if found is None:
                _set_number(paragraph, None)
                if text_of(paragraph).strip() and not _is_continued(paragraph, before):
                    before = None
                continue
            id, level = found
            numbering = self.numberings[id]
            own = numbering.levels.get(level, Level())
            if own.is_bullet:
                at = self._list(numbering, {}) if before is None or before[1] != id else before[2]
                _set_number(paragraph, (at, level))
                before = paragraph, id, at, level
                continue
            if not text_of(paragraph).strip() and not len(paragraph.findall(f".//{W}drawing")):
                _set_number(paragraph, None)
                continue
            shown = self._count(id, numbering, level)
            if not own.is_plain(level) or self.styles.heading_level(paragraph):
                label = self.counters[numbering.abstract].label(level, numbering.levels)
                _set_number(paragraph, None)
                if label:
                    _write_label(paragraph, label)
                    before = None
                continue
            goes_on = before is not None and before[1] == id and paragraph.getparent() is before[0].getparent()
            at = before[2] if before is not None and goes_on else self._list(numbering, {level: shown})
            _set_number(paragraph, (at, level))
            before = paragraph, id, at, level

    def part(self) -> bytes:
        """Return word/numbering.xml for pandoc."""
        new = etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})
        for at, (levels, starts) in enumerate(self.lists, 1):
            abstract = etree.SubElement(new, f"{W}abstractNum", {f"{W}abstractNumId": str(at)})
            for place in range(LEVELS - 1):
                level = levels.get(place, Level(is_bullet=True))
                lvl = etree.SubElement(abstract, f"{W}lvl", {f"{W}ilvl": str(place)})
                etree.SubElement(lvl, f"{W}start", {f"{W}val": str(starts.get(place, level.start))})
                kind = "bullet" if level.is_bullet else next((kind for kind, style in STYLES.items()
                                                              if style == level.style), "decimal")
                etree.SubElement(lvl, f"{W}numFmt", {f"{W}val": kind})
                text = "•" if level.is_bullet else f"%{place + 1}."
                etree.SubElement(lvl, f"{W}lvlText", {f"{W}val": text})
        for at in range(1, len(self.lists) + 1):
            num = etree.SubElement(new, f"{W}num", {f"{W}numId": str(at)})
            etree.SubElement(num, f"{W}abstractNumId", {f"{W}val": str(at)})
        return etree.tostring(new, encoding="UTF-8", xml_declaration=True)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the numbering and the level of a paragraph, from its own properties or its styles."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style_id = value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.styles.default_paragraph
        id = value(own.find(f"{W}numId")) if own is not None else None
        level = value(own.find(f"{W}ilvl")) if own is not None else None
        for style in self.styles.of_paragraph(paragraph):
            if id is not None and level is not None:
                break
            numbered = style.find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                id = value(numbered.find(f"{W}numId")) if id is None else id
                level = value(numbered.find(f"{W}ilvl")) if level is None else level
        if id is None or id == "0" or id not in self.numberings:
            return None
        by_style = next((self.links[id, name] for name in (
            style_id, *(style.get(f"{W}styleId", "") for style in self.styles.of_paragraph(paragraph)))
            if (id, name) in self.links), 0)
        at = number(level) if level is not None else by_style
        numbering = self.numberings[id]
        return (id, at) if 0 <= at < LEVELS and (at in numbering.levels) else None

    def _count(self, id: str, numbering: _Numbering, level: int) -> int:
        counter = self.counters.setdefault(numbering.abstract, Counter())
        start = numbering.starts.get(level) if (id, level) not in self.begun else None
        self.begun.add((id, level))
        return counter.step(level, numbering.levels, start)

    def _list(self, numbering: _Numbering, starts: dict[int, int]) -> int:
        self.lists.append((numbering.levels, starts))
        return len(self.lists)


def _is_continued(paragraph: Element, before: tuple[Element, str, int, int] | None) -> bool:
    """Return whether a paragraph without a number is inside of the list item before it: in a text below the same
    table cell only the paragraphs that follow each other are one list."""
    return before is not None and before[0] in paragraph.iterancestors()


def _level(lvl: Element) -> Level:
    kind = value(lvl.find(f"{W}numFmt")) or "decimal"
    restart = value(lvl.find(f"{W}lvlRestart"))
    return Level(number(value(lvl.find(f"{W}start")), 1), STYLES.get(kind, "1"), value(lvl.find(f"{W}lvlText")) or "",
                 kind == "bullet", restart != "0")


def _set_number(paragraph: Element, place: tuple[int, int] | None) -> None:
    """Give a paragraph a numbering of its own, or none."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        if place is None:
            return
        properties = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(f"{W}numPr"):
        properties.remove(old)
    if place is None:
        return
    at, level = place
    new = properties.makeelement(f"{W}numPr")
    for tag, text in (("ilvl", level), ("numId", at)):
        new.append(new.makeelement(f"{W}{tag}", {f"{W}val": str(text)}))
    style = properties.find(f"{W}pStyle")
    properties.insert(0 if style is None else properties.index(style) + 1, new)


def _write_label(paragraph: Element, label: str) -> None:
    run = paragraph.makeelement(f"{W}r")
    text = paragraph.makeelement(f"{W}t", {NEW: "preserve"})
    text.text = f"{label} "
    run.append(text)
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, run)
