"""Documents that are attached to a form: GitHub stores them, and leaves their address in the box."""

from __future__ import annotations

import re

from ...write import WriteError

ATTACHMENT = re.compile(
    r"https://github\.com/user-attachments/files/(?P<number>\d+)/"
    r"(?P<name>[A-Za-z0-9._-]+\.(?:docx|odt))(?=[\s)\]]|\Z)", re.I)
"""The address of a file that was dragged into a form."""

MAX_ATTACHMENT_BYTES = 20_000_000
TIMEOUT_SECONDS = 30


def newest(text: str) -> re.Match[str] | None:
    """Return the attachment that was added last: GitHub counts them, and puts each where the cursor was."""
    return max(ATTACHMENT.finditer(text), key=lambda match: int(match["number"]), default=None)


def is_attached(text: str) -> bool:
    """Return whether a text holds the address of an attached document."""
    return bool(ATTACHMENT.search(text))


def attachment_notices(text: str) -> list[str]:
    """Return a notice of what else than the newest document is in the box."""
    chosen = newest(text)
    others = list(dict.fromkeys(match["name"] for match in ATTACHMENT.finditer(text)
                                if chosen and match["number"] != chosen["number"]))
    notices = [f"More than one document is attached. The newest is used, {chosen['name']}, and not "
               f"{', '.join(others)}."] \
        if chosen and others else []
    rest = re.sub(r"!?\[[^\]]*\]\([^)]*\)|https?://\S+", " ", text)
    if words := " ".join(rest.split()):
        notices.append(f"Beside the document, the box “Document” holds words that are not used: “{words[:200]}”")
    return notices


def fetch(text: str) -> tuple[str, bytes]:
    """Return the name and bytes of the document attached in a field. Raises WriteError if it is not available.

    Only files that GitHub stores itself are fetched: anyone can write any address into a form.
    """
    import requests

    match = newest(text)
    if not match:
        raise WriteError("no .docx or .odt file is attached here; drag one into the box, and wait until its name "
                         "appears")
    try:
        with requests.get(match[0], timeout=TIMEOUT_SECONDS, stream=True) as answer:
            answer.raise_for_status()
            content = answer.raw.read(MAX_ATTACHMENT_BYTES + 1, decode_content=True)
    except requests.RequestException:
        raise WriteError("the attached document could not be fetched from GitHub; attach it again") from None
    if len(content) > MAX_ATTACHMENT_BYTES:
        raise WriteError(f"the attached document is larger than {MAX_ATTACHMENT_BYTES // 1_000_000} MB; make its "
                         "pictures smaller")
    return match["name"], content
