"""The texts of records are plain: they are shown on pages, in feeds, calendars and tables alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..problem import Code, Problem, Topic, quoted
from ..register import Register
from ..source.files import REMEMBERED, Document
from .untrusted.characters import documents

CODES = (
    Code("marks-in-a-record", Topic.VALUES,
         "The texts of records are plain, so readers would see the characters as typed. Bold words, links, lists and "
         "headings are for posts and pages.",
         "detail: Each letter says **who** wrote it.", "detail: Each letter says who wrote it."),
)

ADDRESS = re.compile(r"https?://[^\s()<>]+")
"""A web address, whose own characters are no marks."""

TAGS = "a|abbr|b|blockquote|br|button|center|code|dd|del|details|div|dl|dt|em|font|form|h[1-6]|hr|i|iframe|img|" \
    "input|ins|kbd|li|mark|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|video"
"""Names of HTML elements. Other words between < and > are words."""

MARKS = tuple((re.compile(pattern, re.M), message, hint) for pattern, message, hint in (
    (r"\*\*[^\s*][^*]*\*\*|(?<!\w)__[^\s_][^_]*__(?!\w)|(?<![\w*])\*[^\s*][^*\n]*\*(?![\w*])"
     r"|(?<!\w)_[^\s_][^_\n]*_(?!\w)|~~[^~]+~~",
     "words are not marked in a record", "remove the characters around them"),
    (r"!?\[[^\[\]\n]+\]\([^()\s]+\)", "a link is not written into a text of a record",
     "write the words alone, and give the address as that of the source or of the evidence"),
    (r"(?:^|:\s)[ ]*[-*+] +[\w\[].*|^ *[0-9]{1,3}[.)] +\w.*\n *[0-9]{1,3}[.)] .*", "a list is not shown in a record",
     "write sentences, or give each point an entry of its own"),
    (r"^#{1,6} +\w.*|(?<=\s)#{2,6} +\w.*", "a heading is not shown in a record", "write the words without #"),
    (r"```|~~~|`[^`\n]+`", "code is not marked in a record", "remove the characters around them"),
    (r"^> +\S.*", "a quotation is not marked with > in a record", "put it in “quotation marks”"),
    (r"^ *\|.*\||\|[ ]*:?-{3,}", "a table is not shown in a record", "write sentences"),
    (r"\[\^[^\[\]\n]{1,60}\]", "a footnote is not shown in a record", "write its words into the text"),
    (rf"<!--(?:.|\n)*?(?:-->|\Z)|</?(?i:{TAGS})(?:\s[^<>]*)?/?>", "HTML is not read in a record",
     "write the words alone"),
    (r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}", "a macro is not read in a record",
     "name another record by its number, such as A-012"),
    (r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6});", "a code for a character is not read in a record", "type the character itself"),
    (r"(?<![\w:/]):[a-z][a-z0-9_+-]+:(?![\w:/])", "icons and emoji are not written by their names",
     "write the word, or the emoji itself"),
))
"""Marks of Markdown, HTML and this site's pages, with what is wrong and what to write instead."""

MAY_BE_MARKED = re.compile(r"[*_~`\]#|<{&>]|[-+] |[0-9][.)] |:[a-z]+:")


def marks_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with each kind of mark in a text that is to be plain, and what to write instead."""
    bare = ADDRESS.sub("https://x", text)
    for pattern, message, hint in MARKS:
        if match := pattern.search(bare):
            # A quotation has the address as it was written, where the whole text has no other.
            found = pattern.search(text) or match
            yield f"{quoted(found[0].strip())}: {message}", hint


def records_are_plain(register: Register) -> Iterator[Problem]:
    """Ensures that the texts of records hold no Markdown and no HTML, which readers would see as it was typed."""
    for document in documents(register):
        if MAY_BE_MARKED.search(document.text):
            yield from _marked(document)


@lru_cache(maxsize=REMEMBERED)
def _marked(document: Document) -> tuple[Problem, ...]:
    found: dict[tuple[int, str], Problem] = {}
    for place, line in document.lines.items():
        value: object = document.data
        for part in place:
            value = value[part]  # type: ignore[index]
        if isinstance(value, str) and MAY_BE_MARKED.search(value) and not ADDRESS.fullmatch(value):
            for message, hint in marks_in(value):
                found.setdefault((line, hint), Problem(document.path, line, "marks-in-a-record", message, hint))
    return tuple(found.values())
