"""Navigation: headings and links, by which people who hear a page move through it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...problem import Code, Problem, Topic, quoted
from .passages import Passage, Vocabulary

CODES = (
    Code("heading-skip", Topic.LANGUAGE,
         "People who hear pages move from heading to heading. A level that is left out sounds like a part that is "
         "missing.", "## Where it is\n#### How to get there", "## Where it is\n### How to get there",
         level="warning"),
    Code("link-text", Topic.LANGUAGE,
         "Some readers hear only a page's links, one after another. So a link's words say what is there.",
         "[Click here](feedback.md)", "[Have your say](feedback.md)", level="warning"),
)

EMPTY_LINK_TEXTS = frozenset((
    "here", "click here", "click", "this", "this link", "this page", "this post", "this website", "this site", "link",
    "page", "more", "read more", "see more", "more information", "more info", "further information", "find out more",
    "learn more", "read this", "see here", "go", "website", "download", "details", "read here", "available here"))
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.I)


def headings_skip_no_level(vocabulary: Vocabulary, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Ensures that a heading is at most one level below the one before it.

    Source: WCAG 2.2, technique G141.
    """
    level: dict[str, int] = {}
    for passage in passages:
        if passage.block and passage.block.kind == "heading":
            # The page's title is its heading of level 1, whether the body repeats it or not.
            before, this = level.get(passage.path, 1), passage.block.level
            if this > before + 1:
                yield Problem(passage.path, passage.line, "heading-skip",
                              f"the heading {quoted(passage.text)} has level {this}, under one of level {before}",
                              f'begin it with "{"#" * (before + 1)}"', "warning")
            level[passage.path] = this


def links_say_where_they_lead(vocabulary: Vocabulary, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Ensures that a link's words say where it leads.

    Source: WCAG 2.2, success criterion 2.4.9.
    """
    for passage in passages:
        for link in passage.block.links if passage.block else ():
            words = link.text.strip(" .,:;!?…»>→").casefold()
            if words in EMPTY_LINK_TEXTS or not words or BARE_ADDRESS.match(link.text.strip()):
                message = f"the link {quoted(link.text)} does not say where it leads" if words else \
                    f"the link to {quoted(link.target)} has no words"
                yield Problem(passage.path, link.line, "link-text", message,
                              "use words that name what is there: [the board's plan](…)", "warning")
