"""HTML in posts and pages: what is not on the short list would be taken out, so it is said."""

from __future__ import annotations

from collections.abc import Iterator

from ...problem import Problem, quoted
from ...register import Register
from ..allowed_html import ATTRIBUTES, CLASSES, FRAME_IDS, TAGS
from .page_parts import Element, parts

MIGHT_HOLD = ("<", "{:", "{ ")


def pages_hold_allowed_html(register: Register) -> Iterator[Problem]:
    """Ensure that a post or page holds only HTML that formats and links: nothing that runs, loads or restyles."""
    for page in register.pages:
        body = page.document.body
        for part in parts(body, page.document.body_line) if any(sign in body for sign in MIGHT_HOLD) else ():
            if isinstance(part, Element):
                yield from _not_allowed(page.document.path, part)


def _not_allowed(path: str, element: Element) -> Iterator[Problem]:
    tag = "" if element.tag == "*" else f"<{element.tag}>"
    if tag and element.tag not in TAGS:
        yield Problem(path, element.line, "raw-html", f"{quoted(tag)} may not stand in a page",
                      "remove it; to show it as text, put it between two backticks (`)")
        return
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, frozenset()) - {"data-fragment"} | {"markdown"}
    for name, value in element.attributes:
        if name.lower() not in allowed and (tag or name.lower() not in ("name", "width", "height", "start")):
            yield Problem(path, element.line, "raw-html", f"{quoted(name)} may not stand in {tag or 'curly brackets'}",
                          f"remove {quoted(name)} with its value")
        elif name == "id" and value in FRAME_IDS:
            yield Problem(path, element.line, "raw-html", f'the page\'s frame has a part with the id {quoted(value)}',
                          "choose another id")
        elif name == "class" and not all(CLASSES.fullmatch(word) for word in value.split()):
            wrong = next(word for word in value.split() if not CLASSES.fullmatch(word))
            yield Problem(path, element.line, "raw-html", f"the class {quoted(wrong)} is not for pages",
                          "use one that the guide to the design shows, or remove it")
