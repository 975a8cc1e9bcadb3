"""What an image says of its author and its place. Sources: Exif 3.0; XMP (ISO 16684-1); PNG, third edition, 11.3.4."""

from __future__ import annotations

import io
import warnings

from .parts import Hidden, Part, Parts, UncheckedError

TELLING = {
    0x010E: "a description", 0x013B: "the author", 0x8298: "the owner of the rights", 0x013C: "the name of a computer",
    0x9C9B: "a title", 0x9C9C: "a comment", 0x9C9D: "the author", 0x9C9E: "keywords", 0x9C9F: "a subject",
    0x9286: "a comment", 0x927C: "the camera's own notes", 0xA430: "the owner of the camera",
    0xA431: "the number of the camera", 0xA435: "the number of the lens", 0xA420: "the number of the picture",
    0x9003: "when it was taken", 0x9004: "when it was made", 0x0132: "when it was changed",
}
"""The tags of Exif that tell of a person, a device or a time, and what each tells."""

HARMLESS = frozenset(("software", "date:create", "date:modify", "date:timestamp", "creation time", "gamma", "dpi"))
"""Texts in PNG images that programs write of themselves."""


def in_image(content: bytes) -> Parts:
    """Yield what an image hides, and its texts. Raises UncheckedError where it is no image that can be opened."""
    # Slow to load, and an area may have no image.
    from PIL import ExifTags, Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
            exif = image.getexif()
            tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
            place = exif.get_ifd(ExifTags.IFD.GPSInfo)
            texts = {str(key): value for key, value in {**image.info, **getattr(image, "text", {})}.items()}
    except Exception as error:  # Pillow's readers raise whatever a broken image makes them
        raise UncheckedError("this image cannot be opened, so nobody can tell what it hides",
                             "save it as PNG or JPEG with an image program") from error
    if place:
        yield Hidden("where it was taken (GPS)")
    for what in sorted({what for tag, what in TELLING.items() if _says_something(tags.get(tag))}):
        yield Hidden(what)
    if "xmp" in texts or "XML:com.adobe.xmp" in texts or "Raw profile type xmp" in texts:
        yield Hidden("notes of the program that made it (XMP)")
    if "photoshop" in texts or "Raw profile type iptc" in texts:
        yield Hidden("notes for the press (IPTC)")
    for key, value in texts.items():
        if key.lower() == "comment" or (isinstance(value, str) and key.lower() not in HARMLESS and \
                key not in ("XML:com.adobe.xmp", "mode", "compression", "srgb", "version")):
            yield Hidden(f'a text named "{key}"' if key.isalpha() and key.lower() in KNOWN_KEYS else "a text")
            yield Part("a text in the image", value if isinstance(value, str) else bytes(value).decode("latin-1"))


KNOWN_KEYS = frozenset(("author", "title", "description", "copyright", "comment", "source", "disclaimer", "warning"))


def _says_something(value: object) -> bool:
    return bool(value.strip(b"\0 ") if isinstance(value, bytes) else str(value).strip("\0 ")) if value else False
