"""Markdown that other sites read and this one does not: it would be published as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..problem import Code, Problem, Topic, quoted, suggestion
from ..register import Register
from ..register.addresses import GUIDES
from ..source.files import REMEMBERED
from ..source.markdown_parser import markdown_tokens, opens_too_many
from .references import CODE, blank
from .untrusted.page_html import BOXES, Heading, Table, Words, page_parts

CODES = (
    Code("markdown", Topic.PAGES,
         "This kind of Markdown comes from another program, or something small in it is wrong. The site would show the "
         "characters as you typed them. A box or a tab needs its title in quotes, and four spaces before its text.",
         "!!! warning Bring a letter", '!!! warning "Bring a letter"'),
    Code("markdown-shown-otherwise", Topic.PAGES,
         "The site shows this, but perhaps not as you meant it, or not as GitHub shows it to you.",
         "The letters were slow to come\n---", "## The letters were slow to come", level="warning"),
)

FENCE = re.compile(r"^[ \t]*(?:```+|~~~+)[ \t]*(.*)$", re.M)
BOX = re.compile(r"^([ \t]*)(!!!|\?\?\?\+?|={3}[+!]{0,2}(?!=))[ \t]*(.*)$")
KIND_AND_TITLE = re.compile(r'([\w-]+(?: +[\w-]+)*)?(?: *"(.*?)")? *$')
INDENT = 4

REFUSED = tuple((re.compile(pattern, re.M), message, hint) for pattern, message, hint in (
    (r"-(?<!--)-*8<-+", "text is not copied in from another file", "write the text itself here"),
    (r"^[^\S\n]*///\s*\w+", "blocks of this kind are not read",
     "for a caption, put the image and a <figcaption> between <figure markdown> and </figure>"),
    (r"^[^\S\n]*:::\s*\w+", "boxes are not written with colons",
     'write !!! note "Title", and indent its text by four spaces'),
    (r"^[^\S\n]*>\s*\[!\w+\]", "boxes are not written as quotations",
     'write !!! note "Title", and indent its text by four spaces'),
    (r":(?<![\w:/]:)[a-z][a-z0-9_+-]+:(?![\w:/])", "icons and emoji are not written by their names",
     "write the word, or the emoji itself"),
    (r"\+(?<!\+\+)\+[\w+-]+\+\+(?!\+)", "keys are not written between plus signs", "write <kbd>Ctrl</kbd>"),
    (r"\{(?:\+\+|--|~~|==|>>)", "changes are not marked in curly brackets",
     "mark new words ^^so^^, and words that were taken out ~~so~~"),
    (r"\$\$", "formulas are not drawn", "say it in words"),
    (r"\]\([^()\[\]\s]*#only-(?:light|dark)\)", "an image is shown in light and dark colours alike",
     "use one image for both, and remove what begins with #"),
    (r"^#{2,6}[^\W\d_]", "this is not read as a heading", "put a space after the #"),
    (r"^[^\S\n]*[•▪‣●]\s", "this is not read as a list", "begin each entry with - and a space"),
    (r"\{(?<!\{\{) ?[a-z]+\((?:[\"'“‘)]|[a-z]+=)", "a macro has two brackets on each side",
     'write it like {{ action("A-001") }}'),
    (r"^[^\S\n]*[-*+](?:\s+\[\]|\[[ xX]?\])\s", "this is not read as a task", "write - [ ] or - [x], then a space"),
))
"""What a line must not hold, what is wrong with it, and what to write instead."""

NOTE = re.compile(r"\[\^([^\]\n]{1,60})\](:[ \t]*(?:\S|\n+ {4}\S))?(:?)")
"""A reference to a footnote; or its text, with a colon and words."""

DELIMITERS = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\s*")
"""The line below the head of a table."""

CELL_END = re.compile(r"(?<!\\)(?:\\\\)*\|")
FORGOTTEN = tuple((re.compile(pattern), message, hint) for pattern, message, hint in (
    (r"\[[^\[\]\n]+\]\([^()\s]*(?:\s|$)", "the address of this link is not closed", "end it with a bracket: )"),
    (r"\[[^\[\]\n]+\] +\((?:https?:|mailto:|\.{0,2}/|[\w./-]+\.md)[^()\s]*\)", "a space divides this link",
     "remove the space between ] and ("),
    (r"\([^()\n]+\)\[(?:https?:|mailto:|[\w./-]+\.md)[^\[\]\s]*\]", "the brackets of this link are exchanged",
     "write the words in [ ], and the address after them in ( )"),
    (r"(?<!\])\[[^\[\]\n]*\((?:https?:|[\w./-]+\.md)[^()\s]*\)", "the words of this link are not closed",
     "put a bracket ] before the address"),
    (r"\[[^\[\]\n]+\]\[[^\[\]\n^]+\]", "this link names an address that is not on the page",
     "write the address itself in brackets: [words](address)"),
))
"""Links that are none, since a bracket is missing or in the wrong place. They would be published as they were typed."""

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
        text = CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)
        lines, refused = text.split("\n"), [one for one in REFUSED if one[0].search(text)]
        for number, line in enumerate(lines):
            if NESTED.match(line):
                yield Problem(path, first_line + number, "markdown", "this line begins 20 lists or quotations or more",
                              "begin one, or put the numbers and signs between two backticks (`)")
            for pattern, message, hint in refused:
                if match := pattern.search(line):
                    yield Problem(path, first_line + number, "markdown", f"{quoted(match[0].strip())}: {message}", hint)
            if "~" in line and (match := ONE_TILDE.search(line)) and "://" not in line:
                yield Problem(path, first_line + number, "markdown-shown-otherwise", f"{quoted(match[0])}: GitHub "
                              "strikes these words out, and the site lowers them",
                              "write ~~two~~ to strike words out, and <sub> to lower them", "warning")
            if not line.strip():
                paragraph = number + 1
            elif not "".join(lines[number + 1:number + 2]).strip() and opens_too_many(
                    words := "\n".join(lines[paragraph:number + 1])):
                yield Problem(path, first_line + paragraph, "markdown",
                              f'this paragraph has {words.count("["):,} opening brackets ("[") and '
                              f'{words.count("]"):,} closing ones ("]")',
                              "remove the opening brackets, or put them between two backticks (`)")
            if (match := BOX.match(line)) and (mistake := _wrong_with_box(match, lines[number + 1:])):
                yield Problem(path, first_line + number, "markdown", *mistake)


ONE_TILDE = re.compile(r"(?<!~)~(?![~\s])(?:[^~\n]{4,80}|[^~\n]* [^~\n]*)(?<!\s)~(?!~)")
"""Words between single tildes that are too long for something lowered, as in H~2~O."""

MAX_RULE = 3
"""Dashes that draw a line across the page; who underlines a heading writes more of them."""


def footnotes_without_text(text: str) -> list[tuple[int, int]]:
    """Return the places of references to footnotes that have no text, and of footnotes without words."""
    if "[^" not in text:
        return []
    notes = list(NOTE.finditer(CODE.sub(blank, text)))
    written = {note[1] for note in notes if note[2]}
    return [note.span() for note in notes if not note[2] and note[1] not in written]


def markdown_is_shown_as_meant(register: Register) -> Iterator[Problem]:
    """Ensures that links, tables, headings and footnotes are whole, and that the site shows them as GitHub does."""
    for page in register.pages:
        path, body, first = page.document.path, page.document.body, page.document.body_line
        if not path.startswith(GUIDES):  # which are no pages, and show macros
            for line in _macros_in_code(body):
                yield Problem(path, first + line, "markdown", "a macro in code is not read, and readers would see HTML",
                              "take out the ` around it, or the spaces that the line begins with")
        for line, message, hint, level in _shown_otherwise(body, first, is_post=page.post is not None):
            yield Problem(path, line, "markdown" if level == "error" else "markdown-shown-otherwise", message,
                          hint, level)


@lru_cache(maxsize=REMEMBERED)
def _macros_in_code(body: str) -> tuple[int, ...]:
    """Return the lines, from 0, of the blocks of code, and of the paragraphs with code, that hold a macro."""
    if "{{" not in body:
        return ()
    lines = body.split("\n")
    return tuple(next(line for line in range(*token.map) if "{{" in lines[line])
                 for token in markdown_tokens(body) if token.map
                 and any(item.type in ("fence", "code_block", "code_inline") and "{{" in item.content
                         for item in (token, *(token.children or ()))))


Remark = tuple[int, str, str, str]
"""A line, a message, a hint and a level."""


@lru_cache(maxsize=REMEMBERED)
def _shown_otherwise(body: str, first_line: int, *, is_post: bool) -> tuple[Remark, ...]:
    return tuple(_remarks(body, first_line, is_post))


def _remarks(body: str, first_line: int, is_post: bool) -> Iterator[Remark]:
    lines = dict(enumerate(body.split("\n"), first_line))
    for start, end in footnotes_without_text(body):
        yield (first_line + body.count("\n", 0, start), f"the note {quoted(body[start:end].rstrip(':'))} has no text",
               f"write it on a line of its own: {body[start:end].rstrip(':')}: and the words", "warning")
    titles = int(is_post)
    for part in page_parts(body, first_line):
        if isinstance(part, Heading):
            first, last = part.lines
            words = part.written.split("\n")[0]
            is_rule = len(lines[last].strip()) <= MAX_RULE or "\n" in part.written
            if part.mark == "-" and is_rule:
                yield (last, f"the dashes on this line make a heading of {quoted(words)}",
                       f"write {quoted('## ' + words)} for a heading; for a line across the page, put an empty line "
                       "above the dashes", "warning")
            if part.tag == "h1" and titles:
                yield (first, f"{quoted(words)} would be a second title of the page",
                       f"write {quoted('## ' + words)}", "warning")
            titles += part.tag == "h1"
        elif isinstance(part, Table):
            first, last = part.lines
            columns = _cells(lines[first])
            for line in range(first, last + 1):
                if lines[line].strip() and _cells(lines[line]) > columns:
                    yield (line, f"this row has {_cells(lines[line])} cells, and the head of the table {columns}; "
                           "GitHub does not show the last", "give the head as many cells; write \\| for a sign that "
                           "ends no cell", "warning")
        elif isinstance(part, Words):
            yield from _left_as_typed(part)


def _cells(row: str) -> int:
    return len(CELL_END.findall(row.strip().removeprefix("|").removesuffix("|"))) + 1


def _left_as_typed(part: Words) -> Iterator[Remark]:
    """Yield what a writer meant as a link or a table, and the parser left as text."""
    for number, words in enumerate(part.text.split("\n")):
        if number and "|" in words and DELIMITERS.fullmatch(words):
            yield (part.line + number,
                   "this is not read as a table: its head has another number of cells than this line",
                   "put a cell of dashes below each cell of the head", "error")
        for pattern, message, hint in FORGOTTEN if "[" in words else ():
            if match := pattern.search(words):
                yield part.line + number, f"{quoted(match[0].strip())}: {message}", hint, "error"
                break


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
