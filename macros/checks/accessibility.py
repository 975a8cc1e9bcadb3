"""What readers with a disability depend on: images with alternative text, and a site colour with enough contrast."""

from __future__ import annotations

from collections.abc import Iterator

from ..problem import Code, Problem, Topic, quoted
from ..records.colours import DARK_GROUNDS, LIGHT_GROUNDS, least_contrast, readable
from ..register import Register
from ..source.markdown_text import read_markdown

CODES = (
    Code("alt-text", Topic.PAGES,
         "Someone who cannot see the image learns nothing from it. Say in a sentence what it shows. For an image that "
         'only decorates, write that it has no words: alt="".',
         "![](chart.svg)", "![Late plans fell from 40 to 12.](chart.svg)"),
    Code("colour-contrast", Topic.TRUST,
         "Links and buttons in the site's own colour would be too pale on white, or too dark on the dark background. "
         "Many readers could not read them.", 'on_white: "#7fb3d5"', 'on_white: "#0b4a66"'),
)

MIN_CONTRAST = 4.5
"""The least contrast of text. Source: WCAG 2.2, success criterion 1.4.3 (AA)."""


def images_have_alternative_text(register: Register) -> Iterator[Problem]:
    """Ensures that every image has an alternative text, or says that it is decoration.

    Source: WCAG 2.2, success criterion 1.1.1.
    """
    for page in register.pages:
        body = page.document.body
        for block in read_markdown(body, page.document.body_line) if "![" in body or "<img" in body.lower() else ():
            for image in block.images:
                if image.alt is None:
                    yield Problem(page.document.path, image.line, "alt-text",
                                  f"the image {quoted(image.target)} has no alternative text",
                                  "describe it in the square brackets: ![A chart of …](…); for mere decoration write "
                                  '<img src="…" alt="">')


def colours_have_contrast(register: Register) -> Iterator[Problem]:
    """Ensures that the area's own colour has enough contrast with every background that it is used on."""
    colours = getattr(register.area, "colours", None)
    if colours is None:
        return
    for key, colour, grounds in (("on_white", colours.on_white, LIGHT_GROUNDS),
                                 ("on_dark", colours.on_dark, DARK_GROUNDS)):
        contrast = least_contrast(colour, grounds)
        if contrast < MIN_CONTRAST:
            kind = "darker" if grounds is LIGHT_GROUNDS else "lighter"
            yield Problem(*register.location_of("area", "area", "colours", key), "colour-contrast",
                          f"links in {colour} are hard to read: their contrast is {contrast:.1f} to 1, not "
                          f"{MIN_CONTRAST}", f'write a {kind} one, such as "{readable(colour, grounds, MIN_CONTRAST)}"')
