"""Makes a built site work without a server: a link to a folder becomes a link to the index.html in it.

    python3 .ci/preview.py SITE
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

LINK = re.compile(r'(<a\b[^>]*?\shref=")(?![a-z][a-z0-9+.-]*:|[/#?])([^"?#]*)', re.I)


def page(match: re.Match[str]) -> str:
    """Return a link to the file that a server would send for it."""
    path = match[2]
    if path.rsplit("/", 1)[-1] in ("", ".", ".."):
        path = f"{path.rstrip('/')}/index.html"
    return match[1] + path


for file in Path(sys.argv[1]).rglob("*.html"):
    file.write_text(LINK.sub(page, file.read_text(encoding="utf-8")), encoding="utf-8")
