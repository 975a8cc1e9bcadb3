"""Computes the contrast of colours. Source: WCAG 2.2, "contrast ratio" and "relative luminance"."""

from __future__ import annotations

WHITE, BLACK = "#ffffff", "#000000"

LIGHT_GROUNDS = (WHITE, "#f2f5f7", "#fbf2dc")
DARK_GROUNDS = ("#14191f", "#1f262e", "#3a2d0b")
"""The backgrounds of links and buttons: the page first, then those in the stylesheet, which a test compares."""

TINT = 0.12
"""The share of a site's own colour in the background of its notes."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours such as #0b4a66: from 1 for the same to 21 for black and white."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour that is `share` of `one`, between 0 and 1, and the rest of `other`."""
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}"
                         for a, b in zip(_parts(one), _parts(other), strict=True))


def tint(colour: str, paper: str) -> str:
    """Return the background of notes for a site's own colour and page background."""
    return mixed(colour, paper, TINT)


def least_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    """Return the lowest contrast of a site's own colour with any of its backgrounds, its tint included."""
    return min(contrast(colour, ground) for ground in (*grounds, tint(colour, grounds[0])))


def readable(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """Return the colour nearest to `colour` with at least `least` contrast on all backgrounds."""
    end = BLACK if grounds is LIGHT_GROUNDS else WHITE
    steps = (mixed(end, colour, step / 100) for step in range(101))
    return next((found for found in steps if least_contrast(found, grounds) >= least), end)


def _parts(colour: str) -> list[int]:
    return [int(colour[at:at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                        for part in (part / 255 for part in _parts(colour)))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
