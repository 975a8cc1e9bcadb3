"""A document's pictures, saved anew for the web: smaller, and without what cameras and phones write into them."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from .archive import Archive
from .facts import Facts, squeezed
from .tree import Element, rewritten, text_of, words

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
MAX_WIDTH, MAX_HEIGHT = 1600, 4000
MAX_PIXELS = 50_000_000
MADE_BY_A_PROGRAM = "description automatically generated"


@dataclass(frozen=True)
class Picture:
    """A picture as the post shows it: the name of its file, and the file."""

    name: str
    data: bytes


@dataclass
class Pictures:
    """Collects the pictures of a document while its tree is read; `found` holds each once."""

    archive: Archive
    facts: Facts
    notices: list[str]
    found: dict[str, Picture | None] = field(default_factory=dict)

    def placed(self, blocks: list[Any]) -> list[Any]:
        """Return the tree with each picture under its new name and with its alternative text, or without it."""
        told: defaultdict[str, deque[str]] = defaultdict(deque)
        for part, words_for_it in self.facts.alternatives:
            told[part].append(words_for_it)

        def change(element: Element) -> list[Element]:
            if element["t"] != "Image":
                return [element]
            _, inlines, (target, _) = element["c"]
            alternative = told[target].popleft() if told[target] else text_of(inlines)
            picture = self._picture(target)
            if not picture:
                return words(alternative)
            return [{"t": "Image", "c": [["", [], []], words(self._by_a_person(alternative)), [picture.name, ""]]}]

        return rewritten(blocks, change)

    def _by_a_person(self, alternative: str) -> str:
        if MADE_BY_A_PROGRAM not in alternative.lower():
            return squeezed(alternative)
        self.notices.append(f"A program wrote the words for a picture, and they were left out: “{alternative}”.")
        return ""

    def _picture(self, target: str) -> Picture | None:
        if target not in self.found:
            number = sum(picture is not None for picture in self.found.values()) + 1
            data = self.archive.parts.get(target) or self.archive.parts.get(f"word/{target}")
            self.found[target] = self._saved(target, data, number) if data else self._left_out(
                target, "it does not stand in the document itself; put it there, and import again")
        return self.found[target]

    def _saved(self, target: str, data: bytes, number: int) -> Picture | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                    if image.width * image.height > MAX_PIXELS:
                        return self._left_out(target, "it is too large; make it smaller, and import again")
                    if getattr(image, "n_frames", 1) > 1 and image.format != "TIFF":
                        self.notices.append(f"The picture “{_file(target)}” moves, and stands still now.")
                    kind = "JPEG" if image.format == "JPEG" else "PNG"
                    content = _bare(ImageOps.exif_transpose(image), kind)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
            return self._left_out(target, "browsers cannot show its form; save it as PNG or JPEG, and import again")
        return Picture(f"image-{number}.{'jpg' if kind == 'JPEG' else 'png'}", content)

    def _left_out(self, target: str, why: str) -> None:
        self.notices.append(f"The picture “{_file(target)}” was left out: {why}.")


def _file(target: str) -> str:
    return target.rsplit("/", 1)[-1][:80]


def _bare(image: Image.Image, kind: str) -> bytes:
    """Return an image's file with its points alone: what `info` holds (place, camera, comments) would be saved too."""
    has_alpha = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
    clean = image.convert("RGBA" if has_alpha and kind == "PNG" else "RGB")
    clean.info.clear()
    clean.thumbnail((MAX_WIDTH, MAX_HEIGHT))
    data = io.BytesIO()
    clean.save(data, kind, **({"quality": 85} if kind == "JPEG" else {}), optimize=True)
    return data.getvalue()
