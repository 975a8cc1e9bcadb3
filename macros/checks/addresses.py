"""Texts of which addresses are made: a topic has a page of its own, and a word its place in the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..problem import Problem, quoted
from ..register import Register
from ..register.addresses import slug

LONGEST = 60
"""Letters of an address: what is longer is no topic but a sentence, and a file system takes no more than 255."""

Named = tuple[str, str, int]
"""A text, and where it stands."""


def texts_make_addresses(register: Register) -> Iterator[Problem]:
    """Ensure that each topic and each term gives an address of its own that is neither empty nor endless."""
    topics = [(topic, *register.where("posts", stem, "topics", number))
              for stem, post in register.posts.items() for number, topic in enumerate(post.topics)]
    terms = [(term, *register.where("terms", term, "term")) for term in register.terms]
    yield from _addresses("topic", topics)
    yield from _addresses("term", terms)


def _addresses(kind: str, named: Iterable[Named]) -> Iterator[Problem]:
    first: dict[str, Named] = {}
    for text, path, line in named:
        address = slug(text)
        other = first.setdefault(address, (text, path, line))
        if not address:
            yield Problem(path, line, "no-address", f"the {kind} {quoted(text)} has no letter from a to z for its "
                          "address", f"write the {kind} in words")
        elif len(address) > LONGEST:
            yield Problem(path, line, "no-address", f"the {kind} {quoted(text)} is too long for an address",
                          "write it in a few words")
        elif other[0] != text:
            yield Problem(path, line, "no-address", f"the {kind} {quoted(text)} has the address of {quoted(other[0])} "
                          f"at {other[1]}:{other[2]}", "write both alike, or name one of them otherwise")
