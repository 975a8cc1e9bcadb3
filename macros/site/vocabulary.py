"""The Markdown vocabulary of Material for MkDocs (icons, boxes, tabs, tasks, footnotes) as HTML that needs no script.

Python-Markdown's extensions parse it, and write HTML for a theme with scripts. This module turns that into elements
that work in a browser without scripts, in a screen reader and in print.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from ..checks.untrusted.page_html import BOXES
from ..problem import suggestion

if TYPE_CHECKING:
    from .markdown import HtmlStash

ICONS = Path(str(files("material"))) / "templates/.icons"
SVG_TAG = re.compile(r"<svg [^>]*?(viewBox=\"[^\"]*\")[^>]*>")

BOX_ICONS = {
    "note": "pencil-circle", "abstract": "clipboard-text", "info": "information", "tip": "lightbulb-outline",
    "success": "check", "question": "help-circle", "warning": "alert", "failure": "close",
    "danger": "alert-circle", "bug": "bug", "example": "test-tube", "quote": "format-quote-close",
}
TASK = re.compile(r"\[([ xX])\] +")


@cache
def icon(name: str) -> Markup:
    """Return an icon such as "material/rss" as SVG that takes the size and colour of the text beside it.

    Screen readers ignore it, so the words beside it must say the same. Raises ValueError for an unknown name, with the
    nearest one.
    """
    file = ICONS / f"{name}.svg"
    if ".." in name or not file.is_file():
        raise ValueError(f'there is no icon "{name}"; {suggestion(name, _icon_names(), "see the icons of Material")}')
    svg = file.read_text(encoding="utf-8")
    return Markup(SVG_TAG.sub(r'<svg class="b-icon" \1 aria-hidden="true" focusable="false">', svg, count=1))


def _icon_names() -> list[str]:
    return [path.relative_to(ICONS).with_suffix("").as_posix() for path in ICONS.rglob("*.svg")]


class Vocabulary(Extension):
    """Markdown extension for boxes, tabs, tasks, footnotes and aligned images; `stash` holds their icons."""

    def __init__(self, stash: HtmlStash) -> None:
        super().__init__()
        self.stash = stash

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        # Before "inline", which reads the titles and tasks, and so after the footnotes' own, which need their place.
        md.treeprocessors.register(_Blocks(md, self.stash), "board_blocks", 30)
        # After "inline" and "attr_list", which makes the attributes of images.
        md.treeprocessors.register(_Inlines(md), "board_inlines", 3)


class _Blocks(Treeprocessor):
    def __init__(self, md: Markdown, stash: HtmlStash) -> None:
        super().__init__(md)
        self.stash = stash

    def run(self, root: ElementTree.Element) -> None:
        groups = 0
        for element in list(root.iter()):
            classes = element.get("class", "").split()
            if element.tag == "div" and "admonition" in classes:
                self._name_box(element, _title_of(element, classes), classes)
            elif element.tag == "details" and classes:
                self._name_box(element, element[0], classes)
            elif element.tag == "div" and "tabbed-set" in classes:
                groups += 1
                _fold_tabs(element, groups)
            elif element.tag == "li":
                _name_task(element)

    def _name_box(self, box: ElementTree.Element, title: ElementTree.Element, classes: list[str]) -> None:
        """Put the box's icon before its title, and its kind where the title does not say it."""
        kind = next((BOXES[word] for word in classes if word in BOXES), "note")
        box.set("class", f"b-box b-box--{kind}")
        words = title.text or ""
        if box.tag == "div":
            title.set("class", "b-box__title")
        title.text = self.md.htmlStash.store(self.stash.store(str(icon(f"material/{BOX_ICONS[kind]}"))))
        if words.casefold().startswith(kind):
            title.text += words
        else:
            _insert_hidden(title, f"{kind.capitalize()}: ", words)


def _title_of(box: ElementTree.Element, classes: list[str]) -> ElementTree.Element:
    """Return an admonition's title, written by its kind where the writer gave an empty one."""
    if len(box) and box[0].get("class") == "admonition-title":
        return box[0]
    title = ElementTree.Element("p")
    title.text = next((word for word in classes if word in BOXES), "note").capitalize()
    box.insert(0, title)
    return title


def _fold_tabs(group: ElementTree.Element, number: int) -> None:
    """Turn tabs into details that share a name, so that the browser opens one at a time.

    Real tabs need a script for the arrow keys and for screen readers; without it they are radio buttons that hide text.
    Details work with every key, are found by a search in the page, and print with their titles.
    """
    tabs: list[ElementTree.Element] = []
    for child in list(group):
        group.remove(child)
        if child.tag == "input":
            tabs.append(ElementTree.SubElement(group, "details", {"name": f"tabs-{number}"}))
            if "checked" in child.attrib:
                tabs[-1].set("open", "open")
        elif child.tag == "label":
            ElementTree.SubElement(tabs[-1], "summary").text = child.text
        else:
            child.attrib.clear()
            tabs[-1].append(child)
    group.attrib.clear()
    group.set("class", "b-tabs")


def _name_task(item: ElementTree.Element) -> None:
    """Turn the box of a task into a mark with words: a disabled field cannot be reached, and has no name."""
    holder = item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
    match = TASK.match(holder.text or "")
    if match:
        is_done = match[1] != " "
        item.set("class", f"b-task b-task--{'done' if is_done else 'open'}")
        words = (holder.text or "")[match.end():]
        holder.text = ""
        _insert_hidden(holder, "Done: " if is_done else "Not done: ", words)


def _insert_hidden(holder: ElementTree.Element, hidden: str, after: str) -> None:
    """Insert words that only a screen reader says before the first words of an element."""
    span = ElementTree.Element("span", {"class": "b-hidden"})
    span.text, span.tail = hidden, after
    holder.insert(0, span)


class _Inlines(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if element.tag == "img" and element.get("align") in ("left", "right"):
                element.set("class", f"b-image b-image--{element.attrib.pop('align')}")
            elif element.get("class") == "footnote-ref":
                element.set("aria-label", f"Note {element.text}")
            elif element.get("class") == "footnote-backref":
                element.set("aria-label", element.get("title", ""))
            elif element.get("class") == "footnote" and element.tag == "div":
                element.tag = "section"
                element.set("aria-label", "Notes")
