"""Runs pandoc, and walks and makes the tree that it works on.

The tree is pandoc's JSON format (`pandoc -t json`): lists of elements {"t": kind, "c": content}. Source: pandoc-types,
“Text.Pandoc.Definition”.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from typing import Any

from .container import HOW_TO_INSTALL, Document, DocumentError, ToolMissingError

Element = dict[str, Any]
Change = Callable[[Element], list[Element]]

INLINE_GAPS = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}

Tree = dict[str, Any]

MARKDOWN = "markdown_strict+startnum+pipe_tables+footnotes+definition_lists+four_space_rule"
"""The Markdown that the site understands, with lists indented by four spaces."""

TREE_VERSION = [1, 23, 1]
"""The version of the tree that this module makes. Pandoc reads any with the same first two numbers."""

TIMEOUT_SECONDS = 60
MAX_HEAP = "1g"


def plain_text(node: Any) -> str:
    """Return the text of a subtree on one line, without footnotes and alternative texts."""
    return " ".join("".join(_text_parts(node)).split())


def _text_parts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for item in node for text in _text_parts(item)]
    if not isinstance(node, dict):
        return []
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return [content]
    if kind in ("Code", "Math", "CodeBlock"):
        return [content[1]]
    if kind in INLINE_GAPS:
        return [" "]
    if kind in ("Note", "Image", "RawInline", "RawBlock"):
        return []
    if kind == "DefinitionList":
        return [text for term, meanings in content for text in (*_text_parts(term), " ", *_text_parts(meanings))]
    return [*_text_parts(content), " "] if kind in ("Para", "Plain", "Header") else _text_parts(content)


def transform(node: Any, change: Change) -> Any:
    """Return the tree with each element replaced by the elements that `change` returns for it, innermost first."""
    if isinstance(node, dict):
        return {key: transform(value, change) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    result: list[Any] = []
    for item in node:
        item = transform(item, change)
        result += change(item) if isinstance(item, dict) and "t" in item else [item]
    return result


def text_inlines(text: str) -> list[Element]:
    """Return text as inline elements."""
    parts: list[Element] = []
    for word in text.split():
        parts += [{"t": "Space"}, {"t": "Str", "c": word}] if parts else [{"t": "Str", "c": word}]
    return parts


def paragraph(inlines: list[Element]) -> Element:
    """Return a paragraph."""
    return {"t": "Para", "c": inlines}


def text_with_notes(node: Any) -> str:
    """Return the text of a subtree, footnotes included."""
    gap = {"t": "Space"}
    return plain_text(transform(
        node, lambda element: [gap, *element["c"], gap] if element["t"] == "Note" else [element]))


def read_tree(document: Document) -> Tree:
    """Return a document as pandoc's tree, with tracked changes accepted and comments dropped.

    Raises ToolMissingError without pandoc, and DocumentError if pandoc cannot read the document.
    """
    tree = json.loads(_run(document.data, "-f", document.kind, "-t", "json", "--track-changes=accept"))
    return {"meta": tree["meta"], "version": tree["pandoc-api-version"], "blocks": tree["blocks"]}


def write_markdown(tree: Tree, blocks: list[Any]) -> str:
    """Return `blocks` as Markdown, each paragraph on one line. Raises the same errors as read_tree."""
    whole = json.dumps({"pandoc-api-version": tree["version"], "meta": {}, "blocks": blocks})
    return _run(whole.encode(), "-f", "json", "-t", MARKDOWN, "--wrap=none").decode()


LANDSCAPE = ('<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="850" w:right="850" '
             'w:bottom="850" w:left="850" w:header="567" w:footer="567" w:gutter="0"/>')
"""A sheet of A4 on its side, with margins of 15 mm, in twentieths of a point. Source: ECMA-376, part 1, 17.6."""

BORDERS = "<w:tblBorders>" + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in (
    "top", "left", "bottom", "right", "insideH", "insideV")) + "</w:tblBorders>"

DOCX_CHANGES = {
    "word/document.xml": [("<w:sectPr>", LANDSCAPE), ("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")],
    "word/styles.xml": [
        ('<w:tblInd w:type="dxa" w:w="0" />\n      <w:tblCellMar>', f'<w:tblInd w:type="dxa" w:w="0" />{BORDERS}'
         "<w:tblCellMar>"),
        ('<w:sz w:val="24" />\n        <w:szCs w:val="24" />', '<w:sz w:val="18"/><w:szCs w:val="18"/>')],
}
"""What is changed in a document that pandoc wrote, by part: the page on its side, rows that stay whole, lines between
the cells, and small letters. Pandoc takes these only from a sample document."""


def write_docx(blocks: list[Any]) -> bytes:
    """Return `blocks` as a Word document in landscape, with lines between the cells of tables.

    The same blocks give the same bytes. Raises the same errors as read_tree.
    """
    language = {"lang": {"t": "MetaInlines", "c": text_inlines("en-GB")}}
    tree = {"pandoc-api-version": TREE_VERSION, "meta": language, "blocks": blocks}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_run(json.dumps(tree).encode(), "-f", "json", "-t", "docx", "-o", "-"))) as plain, \
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in plain.infolist():
            content = plain.read(entry)
            for old, new in DOCX_CHANGES.get(entry.filename, ()):
                content = content.replace(old.encode(), new.encode())
            changed.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _run(data: bytes, *options: str) -> bytes:
    try:
        from pypandoc import get_pandoc_path

        path = get_pandoc_path()
    except (ImportError, OSError):
        raise ToolMissingError(HOW_TO_INSTALL) from None
    try:
        # The sandbox keeps pandoc from reading other files; the heap limit stops a document that expands without end.
        done = subprocess.run([path, "+RTS", f"-M{MAX_HEAP}", "-RTS", "--sandbox", *options], input=data,
                              capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"reading the file took more than {TIMEOUT_SECONDS} seconds; split the document") from None
    if done.returncode:
        raise DocumentError("the file cannot be read; open it in Word or LibreOffice, and save it under a new "
                            "name")
    return done.stdout
