"""Pandoc, which reads a document into a tree and writes that tree as Markdown.

The tree is pandoc's own (`pandoc -t json`): lists of elements {"t": kind, "c": content}. Source: pandoc-types,
"Text.Pandoc.Definition".
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from .archive import Archive
from .refusal import HOW_TO_INSTALL, DocumentError, ToolMissingError

Tree = dict[str, Any]

MARKDOWN = "markdown_strict+pipe_tables+footnotes+definition_lists+four_space_rule"
"""What the site's Markdown understands, with lists indented by four spaces."""

SECONDS = 60
MEMORY = "1g"


def read_tree(archive: Archive) -> Tree:
    """Return a document as pandoc's tree, with insertions and deletions accepted and comments dropped.

    Raises ToolMissingError without pandoc, and DocumentError where it cannot read the document.
    """
    tree = json.loads(_run(archive.data, "-f", archive.kind, "-t", "json", "--track-changes=accept"))
    return {"meta": tree["meta"], "version": tree["pandoc-api-version"], "blocks": tree["blocks"]}


def write_markdown(tree: Tree, blocks: list[Any]) -> str:
    """Return `blocks` as Markdown, each paragraph on one line. Raises as read_tree does."""
    whole = json.dumps({"pandoc-api-version": tree["version"], "meta": {}, "blocks": blocks})
    return _run(whole.encode(), "-f", "json", "-t", MARKDOWN, "--wrap=none").decode()


def _run(data: bytes, *options: str) -> bytes:
    try:
        from pypandoc import get_pandoc_path

        path = get_pandoc_path()
    except (ImportError, OSError):
        raise ToolMissingError(HOW_TO_INSTALL) from None
    try:
        done = subprocess.run([path, "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", *options], input=data,
                              capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"reading the file took more than {SECONDS} seconds; split the document") from None
    if done.returncode:
        raise DocumentError("the file cannot be read; open it in Word or LibreOffice, and save it again under a new "
                            "name")
    return done.stdout
