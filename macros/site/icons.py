"""Icons from the set that Material for MkDocs brings along, written into the page as SVG when the site is built."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from markupsafe import Markup

from ..problem import suggestion

ICONS = Path(str(files("material"))) / "templates/.icons"
START = re.compile(r"<svg [^>]*?(viewBox=\"[^\"]*\")[^>]*>")


@cache
def icon(name: str) -> Markup:
    """Return an icon such as "material/rss" as SVG that takes the size and colour of the text beside it.

    Screen readers pass over it, so the words beside it must say the same. Raises ValueError for an unknown name, with
    the nearest that there is.
    """
    file = ICONS / f"{name}.svg"
    if ".." in name or not file.is_file():
        raise ValueError(f'there is no icon "{name}"; {suggestion(name, _names(), "see the icons of Material")}')
    svg = file.read_text(encoding="utf-8")
    return Markup(START.sub(r'<svg class="b-icon" \1 aria-hidden="true" focusable="false">', svg, count=1))


def _names() -> list[str]:
    return [path.relative_to(ICONS).with_suffix("").as_posix() for path in ICONS.rglob("*.svg")]
