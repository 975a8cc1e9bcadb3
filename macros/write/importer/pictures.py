"""Re-encodes a document's pictures for the web: smaller, and without the metadata of cameras and phones."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field, replace
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from .container import Document, collapse_spaces
from .pandoc import Element, text_inlines, transform
from .shown_picture import ShownPicture

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
MAX_WIDTH, MAX_HEIGHT = 1600, 4000
MAX_PIXELS = 50_000_000
GENERATED_ALT_TEXT = "description automatically generated"


@dataclass(frozen=True)
class Picture:
    """A picture file of the post: its name and contents."""

    name: str
    data: bytes


@dataclass
class Pictures:
    """Collects the pictures of a document while its tree is read. Each picture is saved once, unless the document shows
    different parts of it."""

    document: Document
    notices: list[str]
    found: dict[ShownPicture, Picture | None] = field(default_factory=dict)

    def place(self, blocks: list[Any]) -> list[Any]:
        """Return the tree with each picture under its new name with its alternative text; one left out becomes its
        text."""
        def change(element: Element) -> list[Element]:
            if element["t"] != "Image":
                return [element]
            shown = self.document.shown.get(element["c"][2][0])
            if not shown:
                return []
            picture = self._picture(shown)
            if not picture:
                return text_inlines(shown.alt_text)
            alternative = self._human_alt_text(shown.alt_text)
            return [{"t": "Image", "c": [["", [], []], text_inlines(alternative), [picture.name, ""]]}]

        return transform(blocks, change)

    def _human_alt_text(self, alternative: str) -> str:
        if GENERATED_ALT_TEXT not in alternative.lower():
            return collapse_spaces(alternative)
        self.notices.append(f"A picture's text was written by a program and was left out: “{alternative}”.")
        return ""

    def _picture(self, shown: ShownPicture) -> Picture | None:
        key = replace(shown, alt_text="")
        if key not in self.found:
            number = sum(picture is not None for picture in self.found.values()) + 1
            data = self.document.archive.part(shown.part)
            self.found[key] = self._re_encoded(shown, data, number) if data else self._left_out(
                shown.part, "it is linked and not part of the document; insert it there, and import again")
        return self.found[key]

    def _re_encoded(self, shown: ShownPicture, data: bytes, number: int) -> Picture | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                    if image.width * image.height > MAX_PIXELS:
                        return self._left_out(shown.part, "it is too large; make it smaller, and import again")
                    if getattr(image, "n_frames", 1) > 1 and image.format != "TIFF":
                        self.notices.append(f"The picture “{_file_name(shown.part)}” was animated and is still now.")
                    kind = "JPEG" if image.format == "JPEG" else "PNG"
                    seen = shown.apply(ImageOps.exif_transpose(image))
                    if seen is None:
                        return self._left_out(shown.part, "the document cuts all of it off")
                    kind = "PNG" if seen.mode == "RGBA" else kind
                    content = _without_metadata(seen, kind)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
            return self._left_out(shown.part, "browsers cannot show its format; save it as PNG or JPEG, and import "
                                  "again")
        return Picture(f"image-{number}.{'jpg' if kind == 'JPEG' else 'png'}", content)

    def _left_out(self, target: str, why: str) -> None:
        self.notices.append(f"The picture “{_file_name(target)}” was left out: {why}.")


def _file_name(target: str) -> str:
    return target.rsplit("/", 1)[-1][:80]


def _without_metadata(image: Image.Image, kind: str) -> bytes:
    """Return an image file of the pixels alone: Pillow would also save what `info` holds (place, camera, comments)."""
    has_alpha = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
    clean = image.convert("RGBA" if has_alpha and kind == "PNG" else "RGB")
    clean.info.clear()
    clean.thumbnail((MAX_WIDTH, MAX_HEIGHT))
    data = io.BytesIO()
    clean.save(data, kind, **({"quality": 85} if kind == "JPEG" else {}), optimize=True)
    return data.getvalue()
