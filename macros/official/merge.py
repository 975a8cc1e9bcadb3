"""Adds the figures of a release to those that an area keeps. What was published before is never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .slices import Row

ORDER = {"country": 0, "region": 1, "area": 2}


@dataclass(frozen=True)
class Merged:
    """The rows of an indicator's file, with those that are `new`, and those `revised`: as they were, and as they are.
    """

    rows: tuple[Row, ...]
    new: tuple[Row, ...]
    revised: tuple[tuple[Row, Row], ...]

    @property
    def has_changed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.revised)


def merge(kept: Iterable[Row], read: Iterable[Row]) -> Merged:
    """Add rows that were read to those kept. A figure that the file already has is left out.

    A figure counts as revised if a later release gives another one, and neither is the other one rounded.
    """
    rows = list(kept)
    by_key: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    new, revised = [], []
    for row in read:
        others = by_key.setdefault(row.key, [])
        if row.value is None:
            # "x" means that a release does not have the figure, not that the one of an earlier release was wrong.
            continue
        if not others:
            new.append(row)
        else:
            before = max((other for other in others if other.release <= row.release), default=None,
                         key=lambda other: other.release)
            if any(_is_same(row, other) for other in ([before] if before else others)):
                continue
            revised.append((before or row, row if before else min(others, key=lambda other: other.release)))
        others.append(row)
        rows.append(row)
    rows.sort(key=lambda row: (row.release, row.period, ORDER[row.level], row.code))
    return Merged(tuple(rows), tuple(new), tuple(revised))


def _is_same(one: Row, other: Row) -> bool:
    """Return whether two releases give the same figure, at the precision of the one with fewer decimals."""
    if one.release == other.release:
        return one.value == other.value
    if one.value is None or other.value is None:
        return one.value is other.value
    decimals = min(_decimals(one.value), _decimals(other.value))
    return abs(one.value - other.value) < 0.5 * 10 ** -decimals + 1e-9


def _decimals(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    # A whole number may be a share that happens to be round, as the department gives one decimal.
    return max(len(text) - text.index(".") - 1, 1 if abs(value) <= 100 else 0)
