"""Turns the fields of a Word document into the text that they show, and leaves tables of contents out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .container import Element
from .docx_format import Styles
from .docx_xml import W, ancestors, is_on, number, remove, text_of, unwrap, value
from .visibility import CONTENTS, LeftOut

LISTS_OF_PAGES = ("TOC", "INDEX", "TOA", "RD")
"""Fields that list headings, tables or words with page numbers."""

CONTENTS_STYLE = re.compile(r"toc \d|table of figures")

CONTENTS_NOTICE = "The table of contents was left out: the page makes its own from the headings."


@dataclass
class _Field:
    """A field while it is read: its code, whether that has ended, and the elements that mark it."""

    begin: Element
    code: str = ""
    has_result: bool = False
    marks: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        return (self.code.split() or [""])[0].upper()


def show_fields(root: Element, styles: Styles, left_out: LeftOut) -> None:
    """Keep of each field what it shows. Hyperlinks stay fields, which pandoc makes into links."""
    for simple in list(root.iter(f"{W}fldSimple")):
        name = ((value(simple, "instr") or "").split() or [""])[0].upper()
        if name in LISTS_OF_PAGES:
            _leave_out([simple], left_out)
        elif name != "HYPERLINK":
            unwrap(simple, list(simple))
    _show_complex_fields(root, left_out)
    named = [(paragraph, styles.name(paragraph).lower()) for paragraph in root.iter(f"{W}p")]
    _leave_out([paragraph for paragraph, name in named if CONTENTS_STYLE.match(name)], left_out)
    if CONTENTS_NOTICE in left_out.notices:
        _leave_out([paragraph for paragraph, name in named if name in ("toc heading", "tocheading")
                    and paragraph.getparent() is not None], left_out)


def leave_out_contents(root: Element, left_out: LeftOut) -> None:
    """Take out the blocks that Word makes for a table of contents."""
    _leave_out([block for block in root.iter(f"{W}sdt")
                if value(block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) == "Table of Contents"], left_out)


def _leave_out(elements: list[Element], left_out: LeftOut) -> None:
    for element in elements:
        left_out.add(CONTENTS, text_of(element))
        left_out.notice(CONTENTS_NOTICE)
        if element.tag == f"{W}p" and element.find(f"{W}pPr/{W}sectPr") is not None:
            element[:] = element.findall(f"{W}pPr")
        else:
            remove(element)


def _show_complex_fields(root: Element, left_out: LeftOut) -> None:
    """Take out the codes of fields that have a begin, a separator and an end, which may be paragraphs apart."""
    stack: list[_Field] = []
    gone: list[Element] = []
    listed: list[Element] = []
    for run in list(root.iter(f"{W}r")):
        for part in list(run):
            kind = value(part, "fldCharType") if part.tag == f"{W}fldChar" else None
            if kind == "begin":
                stack.append(_Field(part, marks=[part]))
            elif kind in ("separate", "end") and stack:
                stack[-1].marks.append(part)
                if kind == "separate":
                    stack[-1].has_result = True
                    continue
                ended = stack.pop()
                if ended.name != "HYPERLINK" or any(not one.has_result for one in stack):
                    _show_form_field(ended)
                    gone += ended.marks
            elif part.tag == f"{W}instrText":
                if stack:
                    stack[-1].code += part.text or ""
                    stack[-1].marks.append(part)
            elif part.tag != f"{W}rPr" and any(not one.has_result for one in stack):
                gone.append(part)  # what a code is made of is not shown
            elif part.tag != f"{W}rPr" and any(one.name in LISTS_OF_PAGES for one in stack):
                listed.append(part)
    for part in gone:
        remove(part)
    touched = {paragraph for part in listed for paragraph in ancestors(part, f"{W}p")}
    _leave_out([part for part in listed if part.getparent() is not None], left_out)
    for paragraph in touched:
        if not text_of(paragraph).strip() and paragraph.find(f"{W}pPr/{W}sectPr") is None \
                and next(paragraph.iter(f"{W}drawing", f"{W}pict"), None) is None:
            remove(paragraph)


def _show_form_field(ended: _Field) -> None:
    """Write the tick or the choice of an old form's field, which is in its properties and not in the text."""
    data = ended.begin.find(f"{W}ffData")
    if data is None:
        return
    box, choice = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    shown = ""
    if box is not None:
        checked = is_on(box.find(f"{W}checked"))
        shown = "☒" if (is_on(box.find(f"{W}default")) if checked is None else checked) else "☐"
    elif choice is not None:
        entries = choice.findall(f"{W}listEntry")
        at = number(value(choice.find(f"{W}result")), number(value(choice.find(f"{W}default"))))
        shown = value(entries[at]) or "" if 0 <= at < len(entries) else ""
    if shown:
        text = ended.begin.makeelement(f"{W}t", nsmap=None)
        text.text = shown
        ended.begin.addprevious(text)
