"""The namespaces of Office Open XML, and steps through its trees. Source: ECMA-376, parts 1 and 4."""

from __future__ import annotations

from collections.abc import Iterator

from .container import Element

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = f"{{{OFFICE}/relationships}}"
A = f"{{{DRAWINGML}/main}}"
PIC = f"{{{DRAWINGML}/picture}}"
WP = f"{{{DRAWINGML}/wordprocessingDrawing}}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"

M = f"{{{OFFICE}/math}}"
PREFIXES = {"w": W[1:-1], "r": R[1:-1], "wp": WP[1:-1], "a": A[1:-1], "pic": PIC[1:-1], "m": M[1:-1], "v": V[1:-1]}

STRICT = "http://purl.oclc.org/ooxml"
STRICT_SPELLINGS = tuple((f'"{STRICT}/{strict}'.encode(), f'"{usual}'.encode()) for strict, usual in (
    ("wordprocessingml/main", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("officeDocument/relationships", f"{OFFICE}/relationships"),
    ("officeDocument/math", f"{OFFICE}/math"),
    ("drawingml/main", f"{DRAWINGML}/main"), ("drawingml/picture", f"{DRAWINGML}/picture"),
    ("drawingml/chart", f"{DRAWINGML}/chart"), ("drawingml/diagram", f"{DRAWINGML}/diagram"),
    ("drawingml/wordprocessingDrawing", f"{DRAWINGML}/wordprocessingDrawing")))
"""The namespaces of “Strict Open XML”, which Word can also save, and the usual ones."""

OFF = ("0", "false", "off", "none")


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute of `element`, or None."""
    return element.get(f"{W}{name}") if element is not None else None


def is_on(element: Element | None) -> bool | None:
    """Return whether a property such as <w:b/> is on; None if there is none."""
    return None if element is None else (value(element) or "1").lower() not in OFF


def number(text: str | None, otherwise: int = 0) -> int:
    """Return a whole number, or `otherwise` if `text` is none."""
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return otherwise


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element, children: list[Element]) -> None:
    """Put `children` in the place of an element."""
    parent = element.getparent()
    at = parent.index(element)
    parent[at:at + 1] = children


def ancestors(element: Element, tag: str) -> Iterator[Element]:
    """Yield the elements of this tag that hold `element`, from the inside."""
    return element.iterancestors(tag)


def paragraph_of(element: Element) -> Element | None:
    """Return the outermost paragraph that holds `element`."""
    found = None
    for found in ancestors(element, f"{W}p"):  # noqa: B007
        pass
    return found


SPACES = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "‑"}


def text_of(element: Element) -> str:
    """Return the text below an element."""
    parts = []
    for child in element.iter(f"{W}t", f"{W}p", *SPACES):
        # A stop for tabs in a paragraph's properties has the same name as a tab in the text.
        if child.tag == f"{W}tab" and child.getparent().tag != f"{W}r":
            continue
        parts.append(child.text or "" if child.tag == f"{W}t" else SPACES.get(child.tag, " "))
    return "".join(parts)
