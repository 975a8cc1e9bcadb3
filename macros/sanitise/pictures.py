"""Pictures are written again from their pixels: no metadata, no second picture, nothing after the end.

Sources: Exif 3.0; PNG, third edition, 11.3; ICC.1:2022 on colour profiles; WCAG 2.2, 2.2.2, on moving pictures.
"""

from __future__ import annotations

import io
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

from .cleaned import Cleaned, HiddenText, UncleanableError

if TYPE_CHECKING:
    from PIL import Image

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP", ".avif": "AVIF"}
READ = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
"""Formats that are read. Pillow calls a phone's JPEG with a second picture, for depth or bright screens, MPO."""

MAX_PIXELS = 50_000_000
QUALITY = 90
"""For the lossy formats whose own setting cannot be read from a file."""

PLACE = "the place where it was taken"
IDENTIFYING_TAGS = {
    0x010E: "a description", 0x013B: "the author's name", 0x8298: "the copyright holder", 0x013C: "a computer's name",
    0x9C9B: "a title", 0x9C9C: "a comment", 0x9C9D: "the author's name", 0x9C9E: "keywords", 0x9C9F: "a subject",
    0x9286: "a comment", 0xA430: "the camera owner's name", 0xA431: "the camera's serial number",
    0xA435: "the lens's serial number"}
"""Exif tags that identify a person or a device."""

UTF_16_TAGS = range(0x9C9B, 0x9CA0)
NOT_WORDS = ("xmp", "XML:com.adobe.xmp", "icc_profile", "exif")
"""What Pillow calls parts of a picture that programs write for programs."""


def clean_picture(content: bytes, suffix: str) -> Cleaned:
    """Return a picture with its pixels alone, turned upright and in the colours of screens (sRGB).

    The copy has the format that `suffix` names. Raises UncleanableError for a broken, moving or very large picture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = _opened(content)
            removed, texts = _metadata(picture)
            upright, form = _upright(picture), FORMATS[suffix]
            # To write a PNG takes longest and never fails, so that a check need not do it.
            return Cleaned(partial(_png, content) if form == "PNG" and all(upright.size) else
                           _written(upright, form, _settings(picture, content)), removed, texts)
    except UncleanableError:
        raise
    except Exception as error:  # Pillow's decoders raise many kinds of errors for a broken picture
        raise UncleanableError("this picture cannot be opened", "save it as .png or .jpg with a program for pictures") \
            from error


def _opened(content: bytes) -> Image.Image:
    from PIL import Image

    # For the last two Pillow loads the programs of all kinds of picture, which takes longer than to read one.
    is_new = content.startswith(b"RIFF") or content[4:8] == b"ftyp"
    picture = Image.open(io.BytesIO(content), formats=READ if is_new else READ[:-2])
    if picture.width * picture.height > MAX_PIXELS:
        raise UncleanableError(f"this picture has more than {MAX_PIXELS // 1_000_000} million pixels",
                               "save it smaller: 1,600 pixels across are enough")
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        raise UncleanableError("this picture moves, and readers could not stop it",
                               "save one picture of it, or link to a video")
    picture.load()
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    from PIL import ImageOps

    return _in_srgb(ImageOps.exif_transpose(picture))


def _png(content: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _written(_upright(_opened(content)), "PNG", {})


def _settings(picture: Image.Image, content: bytes) -> dict[str, Any]:
    """Return how a picture was compressed, so that its copy looks the same and is no larger."""
    if picture.format in ("JPEG", "MPO") and picture.mode in ("L", "RGB"):
        from PIL.JpegImagePlugin import get_sampling

        sampling = get_sampling(picture)
        turned = picture.getexif().get(0x0112, 1) >= 5  # a picture on its side has its halved colours on the other side
        return {"qtables": picture.quantization, "subsampling": 0 if sampling < 0 or (turned and sampling == 1) else
                sampling, "progressive": bool(picture.info.get("progressive"))}
    return {"lossless": picture.format == "WEBP" and b"VP8L" in content[12:64]}


def _metadata(picture: Image.Image) -> tuple[tuple[str, ...], tuple[HiddenText, ...]]:
    """Return what is removed of a picture that could identify a person, and the words that were in it."""
    from PIL import ExifTags

    found, texts = set(), []
    try:
        exif = picture.getexif()
        tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            found.add(PLACE)
    except Exception:  # broken metadata: it is not in the copy in any case
        tags = {}
    for tag, value in tags.items():
        text = _words(value, tag)
        if text and tag in IDENTIFYING_TAGS:
            found.add(IDENTIFYING_TAGS[tag])
            texts.append(text)
    for key, value in {**picture.info, **getattr(picture, "text", {})}.items():
        if str(key) not in NOT_WORDS and not str(key).startswith("Raw profile") and (
                isinstance(value, str) or key == "comment"):
            texts.append(_words(value))
    return tuple(sorted(found)), tuple(HiddenText("a text in the picture", text) for text in texts if text)


def _words(value: object, tag: int = 0) -> str:
    if isinstance(value, bytes):
        if value.startswith(b"UNICODE\0"):
            value = value[8:].decode("utf-16-be" if value[8:9] == b"\0" else "utf-16-le", errors="replace")
        else:
            value = value.decode("utf-16-le" if tag in UTF_16_TAGS else "utf-8", errors="replace")
    return str(value).removeprefix("ASCII\0\0\0").strip("\0 ") if value else ""


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return a picture in the colours that browsers assume, of a mode that every format can hold."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in picture.info
    if profile:
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(source).lower():
                if picture.mode not in ("L", "RGB", "RGBA", "CMYK"):
                    picture = picture.convert("RGBA" if has_alpha else "RGB")
                mode = "RGBA" if picture.mode == "RGBA" else "RGB"
                picture = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except ImageCms.PyCMSError:
            pass  # browsers ignore a broken profile too
    if picture.mode == "P" or (picture.mode in ("1", "L", "RGB") and not has_alpha):
        return picture
    if has_alpha:
        return _without_colours_under_nothing(picture.convert("RGBA"))
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")  # 16 bits a pixel
    return picture.convert("RGB")


def _without_colours_under_nothing(picture: Image.Image) -> Image.Image:
    """Return a picture whose fully transparent pixels have no colour: a picture could be hidden in them."""
    picture.paste((0, 0, 0, 0), mask=picture.getchannel("A").point([255] + [0] * 255))
    return picture


def _written(picture: Image.Image, form: str, settings: dict[str, Any]) -> bytes:
    transparency = picture.info.get("transparency")
    if picture.mode == "P":
        if form not in ("PNG", "GIF"):
            picture = picture.convert("RGBA" if transparency is not None else "RGB")
        else:
            picture, transparency = _with_colours_it_uses(picture, transparency)
    if form == "JPEG" and picture.mode not in ("L", "RGB"):
        from PIL import Image

        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper.convert("RGB")
    picture = picture.copy()
    picture.info = {}
    options: dict[str, Any] = {
        "PNG": {"optimize": True}, "GIF": {"optimize": True},
        "JPEG": {"optimize": True, **(settings if "qtables" in settings else {"quality": QUALITY})},
        "WEBP": {"quality": QUALITY, "lossless": settings.get("lossless", False)},
        # More threads can give other bytes.
        "AVIF": {"quality": QUALITY, "max_threads": 1}}[form]
    if picture.mode == "P" and transparency is not None:
        options["transparency"] = transparency
    data = io.BytesIO()
    picture.save(data, form, **options)
    return data.getvalue()


def _with_colours_it_uses(picture: Image.Image, transparency: int | bytes | None) -> tuple[
        Image.Image, int | bytes | None]:
    """Return a picture without the colours of its palette that no pixel has, and its transparency."""
    used = [number for number, count in enumerate(picture.histogram()) if count]
    picture.info = {}
    if isinstance(transparency, bytes):
        opacity = bytes(transparency[number] if number < len(transparency) else 255 for number in used)
        return picture.remap_palette(used), opacity
    if transparency in used:
        return picture.remap_palette(used), used.index(transparency)
    return picture.remap_palette(used), None

