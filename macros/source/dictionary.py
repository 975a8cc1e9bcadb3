"""The words of a dictionary, in British spelling."""

from __future__ import annotations

from pathlib import Path

WORDS = frozenset(word for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split("\n")
                  if not line.startswith("#") for word in line.split())
"""Words in small letters, without plurals in -s."""


def is_word(text: str) -> bool:
    """Return whether a text in small letters is a word of the dictionary, or its plural in -s."""
    return text in WORDS or (text.endswith("s") and text[:-1] in WORDS)
