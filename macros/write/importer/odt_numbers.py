"""Works out the numbers of an OpenDocument text's lists and headings. Source: OASIS, “Open Document Format for Office
Applications 1.3”, part 3, 5.3 and 16.30.

Each list then gets a style of its own that begins where the author sees it begin. Numbers that Markdown cannot count,
such as “2.1” or “Recommendation 4”, and those of headings become text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .container import Element
from .numbers import Counter, Level
from .odt_format import LOEXT, PARAGRAPHS, STYLE, TEXT, XML_ID, Styles
from .odt_pictures import remove

ITEMS = (f"{TEXT}list-item", f"{TEXT}list-header")


@dataclass
class Numbers:
    """Numbers the lists and headings of a document. `made` collects the new list styles."""

    styles: Styles
    made: list[Element] = field(default_factory=list)
    by_id: dict[str, Counter] = field(default_factory=dict)
    by_style: dict[str, Counter] = field(default_factory=dict)
    headings: Counter = field(default_factory=Counter)

    def write(self, root: Element) -> None:
        """Number the lists and headings below `root`."""
        outline = _levels(self.styles.outline)
        lists = [one for one in root.iter(f"{TEXT}list", f"{TEXT}h")
                 if next(one.iterancestors(f"{TEXT}list"), None) is None]
        for element in lists:
            if element.tag == f"{TEXT}h":
                self._heading(element, outline)
            else:
                self._top_list(element)

    def _heading(self, heading: Element, outline: dict[int, Level]) -> None:
        level = _whole(heading.get(f"{TEXT}outline-level"), 1) - 1
        is_without = heading.get(f"{TEXT}is-list-header") == "true" or any(
            style.get(f"{STYLE}list-style-name") == "" for style in self.styles.chain(
                "paragraph", heading.get(f"{TEXT}style-name")))
        if is_without or level not in outline or not outline[level].style:
            return
        restarts = heading.get(f"{TEXT}restart-numbering") == "true"
        start = _whole(heading.get(f"{TEXT}start-value"), 1) if restarts else None
        self.headings.step(level, outline, start)
        _write_label(heading, self.headings.label(level, outline))

    def _top_list(self, top: Element) -> None:
        name, id = top.get(f"{TEXT}style-name") or "", top.get(XML_ID)
        continued = top.get(f"{TEXT}continue-list")
        counter = self.by_id.get(continued or "") if continued else \
            self.by_style.get(name) if top.get(f"{TEXT}continue-numbering") == "true" else None
        counter = counter or Counter()
        if id:
            self.by_id[id] = counter
        self.by_style[name] = counter
        self._list(top, name, 0, counter)

    def _list(self, of: Element, name: str, level: int, counter: Counter) -> None:
        name = of.get(f"{TEXT}style-name") or name
        levels = _levels(self.styles.lists.get(name))
        own = levels.get(level, Level(is_bullet=True))
        as_text = False
        expected: int | None = None
        begins: int | None = None
        current = of
        for item in list(of):
            if item.tag not in ITEMS:
                continue
            if current is not of:
                current.append(item)
            first = next((block for block in item if block.tag in PARAGRAPHS or block.tag == f"{TEXT}list"), None)
            is_counted = item.tag == f"{TEXT}list-item" and first is not None and first.tag in PARAGRAPHS
            if is_counted and not own.is_bullet:
                start = item.get(f"{TEXT}start-value")
                shown = counter.step(level, levels, _whole(start, 1) if start else None)
                if first.tag == f"{TEXT}h" or not own.is_plain(level):
                    as_text = True
                    _write_label(first, counter.label(level, levels) if own.style or own.pattern.strip() else "")
                elif expected is not None and shown != expected:
                    self._begin(current, levels, level, begins or 1)
                    new = of.makeelement(f"{TEXT}list")
                    current.addnext(new)
                    new.append(item)
                    current, begins = new, shown
                else:
                    begins = shown if begins is None else begins
                expected = shown + 1
            elif is_counted and first.tag == f"{TEXT}h":
                as_text = True
            for inner in item.findall(f"{TEXT}list"):
                self._list(inner, name, level + 1, counter)
        if as_text:
            _become_blocks(of)
        else:
            self._begin(current, levels, level, own.start if begins is None else begins)

    def _begin(self, of: Element, levels: dict[int, Level], level: int, start: int) -> None:
        """Give a list a style of its own that begins at `start`."""
        name = f"List{len(self.made) + 1}"
        style = of.makeelement(f"{TEXT}list-style", {f"{STYLE}name": name})
        for place in range(10):
            one = levels.get(place, Level(is_bullet=True))
            kind = "bullet" if one.is_bullet else "number"
            new = style.makeelement(f"{TEXT}list-level-style-{kind}", {f"{TEXT}level": str(place + 1)})
            if one.is_bullet:
                new.set(f"{TEXT}bullet-char", "•")
            else:
                new.set(f"{STYLE}num-format", one.style or "1")
                new.set(f"{STYLE}num-suffix", ".")
                new.set(f"{TEXT}start-value", str(start if place == level else one.start))
            style.append(new)
        self.made.append(style)
        of.set(f"{TEXT}style-name", name)
        for attribute in ("continue-numbering", "continue-list"):
            of.attrib.pop(f"{TEXT}{attribute}", None)


def _levels(style: Element | None) -> dict[int, Level]:
    """Return the levels of a list style or of the outline."""
    found = {}
    for one in style if style is not None else ():
        level = _whole(one.get(f"{TEXT}level"), 1) - 1
        if str(one.tag).endswith(("-bullet", "-image")):
            found[level] = Level(is_bullet=True)
            continue
        number_style = one.get(f"{STYLE}num-format", "")
        pattern = one.get(f"{LOEXT}num-list-format")
        if pattern is None:
            shown = max(1, min(_whole(one.get(f"{TEXT}display-levels"), 1), level + 1)) if number_style else 0
            places = ".".join(f"%{place + 1}" for place in range(level + 1 - shown, level + 1))
            pattern = f"{one.get(f'{STYLE}num-prefix', '')}{places}{one.get(f'{STYLE}num-suffix', '')}"
        else:
            pattern = re.sub(r"%(\d+)%", r"%\1", pattern)
        style_name = number_style if number_style in ("", "1", "a", "A", "i", "I") else "1"
        # A level without a number and without text shows nothing, and is a bullet list for a reader of the post.
        found[level] = Level(_whole(one.get(f"{TEXT}start-value"), 1), style_name, pattern,
                             is_bullet=not number_style and not pattern.strip() and style is not None
                             and str(style.tag).endswith("list-style"))
    return found


def _become_blocks(of: Element) -> None:
    """Put the paragraphs of a list in its place."""
    blocks = [block for item in of if item.tag in ITEMS for block in item]
    for block in reversed(blocks):
        of.addnext(block)
    remove(of)


def _write_label(paragraph: Element, label: str) -> None:
    if label:
        paragraph.text = f"{label} {paragraph.text or ''}"


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise
