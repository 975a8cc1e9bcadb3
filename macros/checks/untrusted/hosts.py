"""Hosts of web addresses: letters that look like others, and hosts that hide behind another name."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

import idna

from ...problem import quoted

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
LABELS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]+\]", re.I)

Said = tuple[str, str]
"""What is wrong, and what to write instead."""


def scheme(address: str) -> str:
    """Return how an address begins, as a browser reads it: blanks in it do not count; empty for one of this site."""
    match = SCHEME.match(BLANKS.sub("", address))
    return match[1].lower() if match else ""


def host(address: str) -> str:
    """Return an address's host in small letters, without "www."; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def deceives(address: str) -> Said | None:
    """Return what is misleading about the host of a web address, or None.

    Source: Unicode Technical Standard 39, "Unicode Security Mechanisms", section 5.1 on mixed scripts; RFC 5891.
    """
    try:
        parts = urlsplit(address)
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        return f"{quoted(address)} is not a web address", "write one like https://www.example.org/page"
    if "@" in parts.netloc or "\\" in address:
        return f"the address leads to {quoted(name)}, though it begins with another name", \
            f"write what the link leads to: {parts.scheme}://{name[:60]}/…"
    if not LABELS.fullmatch(name):
        return f"{quoted(name)} is not the name of a site", "write one like www.example.org"
    try:
        shown = ".".join(idna.decode(label) if label.startswith("xn--") else label for label in name.split("."))
    except idna.IDNAError:
        return f"{quoted(name)} is not the name of a site", "copy the address again from the site itself"
    scripts = {_script(sign) for sign in shown if sign.isalpha()}
    if len(scripts) > 1 or "look-alike" in scripts:
        odd = next(sign for sign in shown if sign.isalpha() and _script(sign) != "LATIN") if "LATIN" in scripts \
            else next(sign for sign in shown if sign.isalpha())
        return f"the name {quoted(shown)} has a letter that only looks like another " \
            f"({unicodedata.name(odd, 'unknown').lower()})", "copy the address again from the site itself"
    return None


def _script(letter: str) -> str:
    """Return the script that a letter belongs to; a Latin letter that is none of a to z with an accent is a look-alike.
    """
    if letter.isascii():
        return "LATIN"
    first = unicodedata.name(letter, "unknown").split()[0]
    plain = unicodedata.normalize("NFD", letter)[0].isascii() or letter in "æøœðþß"
    return "look-alike" if first == "LATIN" and not plain else first
