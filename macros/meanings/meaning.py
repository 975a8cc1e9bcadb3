"""What one code of a check means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """A code, what it means in plain English, an example that is wrong, and the same put right.

    An example is what stands in a file; or a file's name, where it is the file that is wrong.
    """

    code: str
    means: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Group:
    """The codes that one may meet while doing one thing, such as adding an update."""

    heading: str
    meanings: tuple[Meaning, ...]
    is_advice: bool = False
    """Whether these are warnings, which stop nothing."""
