"""The kept examples of personal data and of clean paragraphs, and how many of both the detectors judge rightly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from macros.checks.privacy import Allowlist, Finding, allow_listed, findings, findings_in_name
from macros.checks.privacy.area import Scanner
from macros.register import load
from tests.conftest import ROOT, TODAY

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


@cache
def families(name: str = "families") -> dict[str, Any]:
    """Return a set of sentences and names: the one by which the check was made, or the `unseen` one."""
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def sentences(group: list[list[str]], *, all_names: bool = False, of: str = "families") -> list[str]:
    """Return the sentences of a set with a group's names: each with another one, or with all."""
    texts = families(of)["sentences"]
    return [text.format(given=given, surname=last, GIVEN=given.upper(), SURNAME=last.upper(), initial=given[0],
                        other=group[(number + 7) % len(group)][0])
            for number, (given, last) in enumerate(group) for at, text in enumerate(texts)
            if all_names or at % len(group) == number]


def board(name: str = "board") -> list[str]:
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def missed(texts: list[str], kind: str = "name") -> list[str]:
    """Return the texts in which nothing of a kind is found."""
    return [text for text in texts if kind not in {finding.kind for finding in findings(text)}]


def false_alarms(paragraphs: list[str]) -> list[str]:
    """Return the clean paragraphs in which something is found, with the lists of the area of this repository.

    Their telephone numbers are made up, and on no list.
    """
    scanner = Scanner(load(ROOT, TODAY)[0])
    return [text for text in paragraphs
            if [finding for finding in scanner.findings(text) if finding.kind != "telephone"]]


def table() -> str:
    """Return how much is found, by group of names and by kind, and the false alarms: a line for each."""
    lines = ["names of each group, in every sentence of both sets"]
    for name in ("families", "unseen"):
        for group, names in families(name)["groups"].items():
            texts = [text for of in ("families", "unseen") for text in sentences(names, all_names=True, of=of)]
            lines.append(_share(f"{group}, {name}", len(texts), len(missed(texts))))
    lines.append("kinds")
    lines += [_share(kind, len(texts), len(missed(texts, kind)))
              for kind, texts in families()["kinds"].items()]
    lines.append("false alarms in clean paragraphs")
    for name in ("board", "board-unseen"):
        paragraphs = board(name)
        lines.append(f"  {name:<36}{len(false_alarms(paragraphs)):>5} of {len(paragraphs)}")
    return "\n".join(lines)


def _share(label: str, number: int, not_found: int) -> str:
    return f"  {label:<36}{number - not_found:>5} of {number:>4}{100 * (number - not_found) / number:>7.1f} %"


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
