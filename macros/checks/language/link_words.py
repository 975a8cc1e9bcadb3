"""Links whose words say where they lead, also when they are heard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...problem import Problem, quoted
from .passages import Passage
from .words import Words

EMPTY = frozenset((
    "here", "click here", "click", "this", "this link", "this page", "this post", "this website", "this site", "link",
    "page", "more", "read more", "see more", "more information", "more info", "further information", "find out more",
    "learn more", "read this", "see here", "go", "website", "download", "details", "read here", "available here"))
BARE = re.compile(r"(?:https?://|www\.)\S+\Z", re.I)


def links_say_where_they_lead(words: Words, texts: Sequence[Passage]) -> Iterator[Problem]:
    """Ensure that a link's words tell what is there. Source: WCAG 2.2, success criterion 2.4.9."""
    for passage in texts:
        for link in passage.block.links if passage.block else ():
            words = link.text.strip(" .,:;!?…»>→").casefold()
            if words in EMPTY or not words or BARE.match(link.text.strip()):
                message = f"the link {quoted(link.text)} does not say where it leads" if words else \
                    f"the link to {quoted(link.target)} has no words"
                yield Problem(passage.path, link.line, "link-text", message,
                              "make the link of words that name what is there: [the board's plan](…)", "warning")
