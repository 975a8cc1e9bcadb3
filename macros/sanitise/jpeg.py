"""JPEG and JPEG 2000 files without their metadata, with every pixel as it was."""

from __future__ import annotations


def jpeg_without_metadata(content: bytes) -> bytes:
    """Return a JPEG without its metadata and what follows its end. Its colours and pixels stay as they are.

    Raises ValueError if it is broken. Source: ITU-T T.81, annex B.
    """
    if content[:2] != b"\xff\xd8":
        raise ValueError("this is not a whole JPEG")
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2:at + 4], "big")
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xDA:  # the pixels, up to the end of the picture
            end = _end_of_jpeg(content, at + 2 + length)
            return b"".join(kept) + content[at:end] + b"\xff\xd9"
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker == 0xEE:  # Adobe's says how colours are stored
            kept.append(content[at:at + 2 + min(length, 14 if marker == 0xEE else length)])
        at += 2 + length
    raise ValueError("this is not a whole JPEG")


def _end_of_jpeg(content: bytes, at: int) -> int:
    """Return where the picture whose pixels begin at `at` ends: after the last scan of a progressive one."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        marker = content[at + 1]
        if marker == 0xD9:
            return at
        if marker == 0 or marker == 0xFF or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
        else:  # tables or the next scan
            at += 2 + int.from_bytes(content[at + 2:at + 4], "big")


def jpeg_2000_without_metadata(content: bytes) -> bytes:
    """Return a JPEG 2000 without boxes that hold metadata. Raises ValueError if it is broken.

    Source: ITU-T T.800, annex I.
    """
    if content[:4] == b"\xff\x4f\xff\x51":
        return content  # pixels alone
    kept, at = [], 0
    while at + 8 <= len(content):
        length, name = int.from_bytes(content[at:at + 4], "big"), content[at + 4:at + 8]
        if length == 1:
            length = int.from_bytes(content[at + 8:at + 16], "big")
        end = len(content) if length == 0 else at + length
        if length and length < 8:
            raise ValueError("this is not a whole JPEG")
        if name in (b"jP  ", b"ftyp", b"jp2h", b"jp2c"):
            kept.append(content[at:end])
        at = end
    return b"".join(kept)
