"""A picture as a document shows it: which part of it, turned how, and with which alternative text."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

NONE = (0.0, 0.0, 0.0, 0.0)
PLAIN_SHAPES = ("", "rect", "roundRect", "snip1Rect", "snip2SameRect", "round1Rect", "round2SameRect")


@dataclass(frozen=True)
class ShownPicture:
    """A use of a picture's part in a document.

    `crop` holds the shares that are cut off at the left, top, right and bottom. `turn` is in degrees clockwise.
    `outline` names the shape that the picture is cut to.
    """

    part: str
    alt_text: str = ""
    crop: tuple[float, float, float, float] = NONE
    turn: float = 0
    is_mirrored: bool = False
    is_upside_down: bool = False
    outline: str = ""
    crop_inches: tuple[float, float, float, float] = NONE

    @property
    def can_be_cut(self) -> bool:
        """Whether its outline is one that `apply` can cut."""
        return self.outline in (*PLAIN_SHAPES, "ellipse")

    def apply(self, image: Image.Image) -> Image.Image | None:
        """Return the picture as the document shows it; None if nothing of it is left."""
        left, top, right, bottom = (max(0.0, min(1.0, share)) for share in self._shares(image))
        width, height = image.size
        # What is cut off is rounded up: half a pixel of it would be too much.
        box = (math.ceil(left * width - 0.01), math.ceil(top * height - 0.01),
               math.floor((1 - right) * width + 0.01), math.floor((1 - bottom) * height + 0.01))
        if box[0] >= box[2] or box[1] >= box[3]:
            return None
        if box != (0, 0, width, height):
            image = image.crop(box)
        if self.outline == "ellipse":
            image = _cut_to_ellipse(image)
        if self.is_mirrored:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        if self.is_upside_down:
            image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        turn = self.turn % 360
        if turn in QUARTERS:
            return image.transpose(QUARTERS[turn])
        if turn:
            image = image.convert("RGBA").rotate(-turn, Image.Resampling.BICUBIC, expand=True)
        return image

    def _shares(self, image: Image.Image) -> tuple[float, ...]:
        """Return the shares that are cut off. OpenDocument gives lengths, at the size that the picture has by itself:
        with the resolution that it states, or else 96 pixels an inch."""
        if self.crop_inches == NONE:
            return self.crop
        across, down = (float(one) if 10 < float(one) < 3000 else 96.0 for one in image.info.get("dpi", (96, 96)))
        wide, high = image.width / across, image.height / down
        left, top, right, bottom = self.crop_inches
        return left / wide, top / high, right / wide, bottom / high


QUARTERS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def _cut_to_ellipse(image: Image.Image) -> Image.Image:
    image = image.convert("RGBA")
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, image.width - 1, image.height - 1), fill=255)
    cut = Image.new("RGBA", image.size, (255, 255, 255, 0))
    cut.paste(image, mask=ImageChops.multiply(mask, image.getchannel("A")))
    return cut


ANY_PAGE = -1


@dataclass(frozen=True)
class Placed:
    """Where a picture or a shape is: the paragraph that it is anchored to and its page, both counted, and how far it
    may reach. `box` is left, top, right and bottom, where the document says it."""

    paragraph: int
    page: int
    reach: int = 0
    frame: str = ""
    box: tuple[float, float, float, float] | None = None

    def may_cover(self, other: Placed) -> bool:
        """Whether this may lie over `other`."""
        is_same_page = self.page == other.page or ANY_PAGE in (self.page, other.page)
        if not is_same_page or abs(self.paragraph - other.paragraph) > self.reach:
            return False
        if self.box and other.box and self.frame == other.frame and \
                (self.paragraph == other.paragraph or "page" in self.frame):
            return self.box[0] < other.box[2] and other.box[0] < self.box[2] \
                and self.box[1] < other.box[3] and other.box[1] < self.box[3]
        return True


NEAR, ON_THE_PAGE = 3, 12
"""How many paragraphs away from its anchor a shape may lie: one placed from there, and one placed on the page."""

COVERED = ("A picture was left out, because a shape or another picture covers it in the document, and what is "
           "covered would show. Cover it in the picture itself, insert that, and import the document again.")
CUT_TO_A_SHAPE = ("A picture was left out, because the document cuts it to a shape, and what is cut off would show. "
                  "Cut the picture itself, insert that, and import the document again.")
HIDDEN_PICTURE = "A picture that the document hides was left out."
LINKED = ("A picture was left out, because it is linked and not part of the document; insert it there, and import "
          "again.")
TEXT_BOX = "The text of {boxes} follows the paragraph that the document puts it at: check where it belongs."
