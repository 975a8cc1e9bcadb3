"""Adds the figures of a release to those that an area keeps. What was published before is never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

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


def merge(kept: Iterable[Row], read: Iterable[Row], decimals: int = 1) -> Merged:
    """Add rows that were read to those kept. A figure that the file already has is left out.

    Figures are kept with `decimals` digits after the point. One counts as revised if a later release gives another one,
    by more than rounding does: 37.3494 was published as 37.35 too, and that is no revision of 37.3. That a place has no
    figure is kept if others have one for that time: then the publisher says so, and no figure is missing here.
    """
    rows, read = list(kept), list(read)
    periods = {row.period for row in read if row.value is not None}
    by_key: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    new, revised = [], []
    for row in read:
        others = by_key.setdefault(row.key, [])
        if row.value is None and (others or row.period not in periods):
            # "x" means that a release does not have the figure, not that the one of an earlier release was wrong.
            continue
        before = max((other for other in others if other.release <= row.release), default=None,
                     key=lambda other: other.release)
        if any(_is_same(row, other, decimals) for other in ([before] if before else others)):
            continue
        row = row._replace(value=_rounded(row.value, decimals))
        if not others or (before and before.value is None and before.release != row.release):
            new.append(row)
        else:
            revised.append((before or row, row if before else min(others, key=lambda other: other.release)))
        others.append(row)
        rows.append(row)
    rows.sort(key=lambda row: (row.release, row.period, ORDER[row.level], row.code))
    return Merged(tuple(rows), tuple(new), tuple(revised))


def _is_same(read: Row, kept: Row, decimals: int) -> bool:
    if read.value is None or kept.value is None:
        return read.value is kept.value
    return abs(read.value - kept.value) < 0.55 * 10 ** -decimals + 1e-9


def _rounded(value: float | None, decimals: int) -> float | None:
    """Return a figure with the digits that the department prints, where a half goes up."""
    return None if value is None else float(
        Decimal(f"{value:.6f}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
