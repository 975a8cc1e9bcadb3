"""The kept sets of personal data and of clean paragraphs, and how well the check tells one from the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from macros.checks.privacy import Allowed, findings
from tests.conftest import ROOT

FOLDER = ROOT / "tests/privacy"


@dataclass(frozen=True)
class Score:
    """What was not found of the examples, and in which clean paragraphs something was; with the sizes of the sets."""

    missed: list[str]
    examples: int
    false: list[str]
    paragraphs: int

    def __str__(self) -> str:
        found = self.examples - len(self.missed)
        return (f"personal data: {found} of {self.examples} examples found ({100 * found / self.examples:.1f} %), "
                f"{len(self.false)} false alarms in {self.paragraphs} clean paragraphs")


def examples() -> list[dict[str, Any]]:
    return yaml.safe_load((FOLDER / "examples.yml").read_text(encoding="utf-8"))


def clean() -> tuple[Allowed, list[dict[str, Any]]]:
    kept = yaml.safe_load((FOLDER / "clean.yml").read_text(encoding="utf-8"))
    people = frozenset(name.lower() for name in kept["office_holders"])
    return Allowed.of(kept["listed"], people, frozenset(kept["words"])), kept["paragraphs"]


def score(*, held_out: bool | None = None) -> Score:
    """How well the check does on the kept sets, or on the part that was held out while it was tuned."""
    allowed, paragraphs = clean()
    bad, good = ([item for item in items if held_out in (None, item["held_out"])] for items in (examples(), paragraphs))
    missed = [item["text"] for item in bad
              if item["kind"] not in {finding.kind for finding in findings(item["text"], allowed)}]
    return Score(missed, len(bad), [item["text"] for item in good if findings(item["text"], allowed)], len(good))
