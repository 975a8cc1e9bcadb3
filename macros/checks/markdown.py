"""Markdown that other sites read and this one does not: it would be published as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problem import Code, Problem, Topic, quoted, suggestion
from ..register import Register
from ..source.markdown_parser import opens_too_many
from .references import CODE
from .untrusted.page_html import BOXES

CODES = (
    Code("markdown", Topic.PAGES,
         "This kind of Markdown comes from another program, or something small in it is wrong. The site would show the "
         "characters as you typed them. A box or a tab needs its title in quotes, and four spaces before its text.",
         "!!! warning Bring a letter", '!!! warning "Bring a letter"'),
)

FENCE = re.compile(r"^[ \t]*(?:```+|~~~+)[ \t]*(.*)$", re.M)
BOX = re.compile(r"^([ \t]*)(!!!|\?\?\?\+?|={3}[+!]{0,2}(?!=))[ \t]*(.*)$")
KIND_AND_TITLE = re.compile(r'([\w-]+(?: +[\w-]+)*)?(?: *"(.*?)")? *$')
INDENT = 4

REFUSED = tuple((re.compile(pattern), message, hint) for pattern, message, hint in (
    (r"(?<!-)-+8<-+", "text is not copied in from another file", "write the text itself here"),
    (r"^\s*///\s*\w+", "blocks of this kind are not read",
     "for a caption, put the image and a <figcaption> between <figure markdown> and </figure>"),
    (r"^\s*:::\s*\w+", "boxes are not written with colons",
     'write !!! note "Title", and indent its text by four spaces'),
    (r"^\s*>\s*\[!\w+\]", "boxes are not written as quotations",
     'write !!! note "Title", and indent its text by four spaces'),
    (r"(?<![\w:/]):[a-z][a-z0-9_+-]+:(?![\w:/])", "icons and emoji are not written by their names",
     "write the word, or the emoji itself"),
    (r"(?<!\+)\+\+[\w+-]+\+\+(?!\+)", "keys are not written between plus signs", "write <kbd>Ctrl</kbd>"),
    (r"\{(?:\+\+|--|~~|==|>>)", "changes are not marked in curly brackets",
     "mark new words ^^so^^, and words that were taken out ~~so~~"),
    (r"\$\$", "formulas are not drawn", "say it in words"),
    (r"\]\([^()\[\]\s]*#only-(?:light|dark)\)", "an image is shown in light and dark colours alike",
     "use one image for both, and remove what begins with #"),
    (r"^\s*[-*+](?:\s+\[\]|\[[ xX]?\])\s", "this is not read as a task", "write - [ ] or - [x], then a space"),
))
"""What a line must not hold, what is wrong with it, and what to write instead."""

NESTED = re.compile(r"\s*(?:(?:[-*+>]|[0-9]{1,9}[.)])\s+){20}")
"""What makes the generator break down: lists within lists."""


def markdown_is_read(register: Register) -> Iterator[Problem]:
    """Ensures that a post or page uses only the Markdown that this site reads, so that none is published as typed."""
    for page in register.pages:
        path, body, first_line = page.document.path, page.document.body, page.document.body_line
        for match in FENCE.finditer(body):
            if mistake := _wrong_with_fence(match[1]):
                yield Problem(path, first_line + body.count("\n", 0, match.start(1)), "markdown", *mistake)
        paragraph = 0
        lines = CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body).split("\n")
        for number, line in enumerate(lines):
            if NESTED.match(line):
                yield Problem(path, first_line + number, "markdown", "this line begins 20 lists or quotations or more",
                              "begin one, or put the numbers and signs between two backticks (`)")
            for pattern, message, hint in REFUSED:
                if match := pattern.search(line):
                    yield Problem(path, first_line + number, "markdown", f"{quoted(match[0].strip())}: {message}", hint)
            if not line.strip():
                paragraph = number + 1
            elif not "".join(lines[number + 1:number + 2]).strip() and opens_too_many(
                    text := "\n".join(lines[paragraph:number + 1])):
                yield Problem(path, first_line + paragraph, "markdown",
                              f'this paragraph has {text.count("["):,} opening brackets ("[") and {text.count("]"):,} '
                              'closing ones ("]")',
                              "remove the opening brackets, or put them between two backticks (`)")
            if (match := BOX.match(line)) and (mistake := _wrong_with_box(match, lines[number + 1:])):
                yield Problem(path, first_line + number, "markdown", *mistake)


def _wrong_with_fence(info: str) -> tuple[str, str] | None:
    if info.lower().startswith("mermaid"):
        return "diagrams are not drawn from code", "add a picture of it, with words that say what it shows"
    if re.search(r"\b(?:title|linenums|hl_lines)\s*=", info):
        return f"{quoted(info)}: code is shown without titles and numbers", "leave only the name of the language"
    return None


def _wrong_with_box(match: re.Match[str], following: list[str]) -> tuple[str, str] | None:
    """Return what is wrong with the first line of a box or a tab, or with the text below it, and what to write."""
    indent, sign, rest = match[1].expandtabs(INDENT), match[2], match[3].strip()
    is_tab = sign.startswith("=")
    if is_tab and not rest:  # the line under a heading
        return None
    read = KIND_AND_TITLE.match(rest)
    words = (read[1] or "").split() if read else []
    if is_tab:
        if not read or words or read[2] is None:
            return f"the title of the tab is not in quotes: {quoted(rest)}", 'write === "Title"'
    elif not read or (sign == "!!!" and not words) or not rest:
        return f"{quoted(match[0].strip())} is not read as a box", f'write {sign} note "Title"'
    elif words and words[0].lower() not in BOXES:
        return f"there is no box of the kind {quoted(words[0])}", suggestion(
            words[0].lower(), BOXES, "choose one of " + ", ".join(dict.fromkeys(BOXES.values())))
    elif len(words) > 1:
        return f"only the kind of the box may be without quotes: {quoted(rest)}", f'write {sign} {words[0]} "Title"'
    text = next((line.expandtabs(INDENT) for line in following if line.strip()), "")
    if len(text) - len(text.lstrip()) < len(indent) + INDENT:
        name = "tab" if is_tab else "box"
        return f"the text of the {name} is not indented", "begin each of its lines with four spaces"
    return None
