"""The headings and other places of a page that a link can name after a #."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown.extensions.toc import slugify, unique

from ..kinds import KINDS
from ..register import Register
from ..source.files import REMEMBERED
from .references import CODE, blank
from .untrusted.page_html import FRAME_IDS, Element, Heading, page_parts

ATTRIBUTE_ID = re.compile(r"\{:?[^}\n]*?#([\w:.-]+)[^}\n]*\}")
NAMED = re.compile(r"[ \t]*\{:?[^}\n]*\}[ \t]*$")


def heading_id(text: str, separator: str = "-") -> str:
    """Return a heading's id as Markdown makes it, changed where the page's frame has that id already."""
    name = slugify(text, separator)
    return f"{name}{separator}here" if name in FRAME_IDS else name


@lru_cache(maxsize=REMEMBERED)
def anchors(body: str, first_line: int) -> frozenset[str]:
    """Return the ids in a page of the area's own, whose text begins at `first_line`: of its headings, of what its
    writer named, and of its footnotes."""
    parts = page_parts(body, first_line)
    found = {value for part in parts if isinstance(part, Element) for name, value in part.attributes if name == "id"}
    text = CODE.sub(blank, body)
    found |= set(ATTRIBUTE_ID.findall(text))
    for name in re.findall(r"\[\^([^\]\n]+)\]", text):
        found |= {f"fn:{name}", f"fnref:{name}"}
    used: set[str] = set(found)
    for part in parts:
        if isinstance(part, Heading) and not ATTRIBUTE_ID.search(part.written):
            found.add(unique(heading_id(NAMED.sub("", part.words)), used))
    return frozenset(found)


def places_of_lists(register: Register) -> Iterator[str]:
    """Yield the addresses, with #, of records that have a place on the page of a list, such as you-said/#f-001."""
    for kind in KINDS:
        if kind.page and "#" in kind.page:
            yield from (kind.address(id) for id in register.ids(kind.name))
