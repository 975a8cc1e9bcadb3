"""The kept examples of personal data and of clean paragraphs, and how many of both the detectors judge rightly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from macros.checks.privacy import Allowlist, Finding, allow_listed, findings, findings_in_name
from tests.conftest import ROOT

FOLDER = ROOT / "tests/privacy"


@dataclass(frozen=True)
class Score:
    """Examples that were missed and clean paragraphs with false alarms, with the sizes of both sets."""

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


def clean() -> tuple[Allowlist, list[dict[str, Any]]]:
    kept = yaml.safe_load((FOLDER / "clean.yml").read_text(encoding="utf-8"))
    people = frozenset(name.lower() for name in kept["office_holders"])
    return allow_listed(kept["listed"], people, frozenset(kept["words"])), kept["paragraphs"]


def families() -> dict[str, Any]:
    return yaml.safe_load((FOLDER / "families.yml").read_text(encoding="utf-8"))


def sentences(group: list[list[str]], *, all_names: bool = False) -> list[str]:
    """Return the sentences of tests/privacy/families.yml with a group's names: each with another one, or with all."""
    texts = families()["sentences"]
    return [text.format(given=given, surname=last, GIVEN=given.upper(), SURNAME=last.upper(), initial=given[0],
                        other=group[(number + 7) % len(group)][0])
            for number, (given, last) in enumerate(group) for at, text in enumerate(texts)
            if all_names or at % len(group) == number]


def board() -> list[str]:
    return yaml.safe_load((FOLDER / "board.yml").read_text(encoding="utf-8"))


def found(item: dict[str, Any], allowlist: Allowlist) -> list[Finding]:
    """Return the findings in one item of a set, which may be the name of a file."""
    def find(text: str) -> list[Finding]:
        return findings(text, allowlist)

    return findings_in_name(item["text"], find) if item.get("how") == "file name" else find(item["text"])


def score(*, held_out: bool | None = None) -> Score:
    """Score the detectors on the kept sets, or only on the part that was held out while they were tuned."""
    allowlist, paragraphs = clean()
    bad, good = ([item for item in items if held_out in (None, item["held_out"])] for items in (examples(), paragraphs))
    missed = [item["text"] for item in bad
              if item["kind"] not in {finding.kind for finding in found(item, allowlist)}]
    return Score(missed, len(bad), [item["text"] for item in good if found(item, allowlist)], len(good))
