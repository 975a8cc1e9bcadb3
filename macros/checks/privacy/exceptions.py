"""Exceptions: values that look personal and may be published, each with who says so, why, and until when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from ...problem import Problem
from ...register import Register
from .finding import KINDS, Finding


@lru_cache(maxsize=512)
def digest(kind: str, value: str) -> str:
    """Return the digest by which an exception names a value, as 32 hexadecimal digits.

    It is slow on purpose (scrypt, RFC 7914): there are only ten thousand million NHS numbers and two million postcodes,
    so that whoever reads a plain SHA-256 in a public file could try them all in a minute. A key would have to be kept
    secret in a repository that keeps no secrets. Each try of this takes about a twentieth of a second and 16 MB, and
    each kind has its own. A digest stays in the history of the repository: no exception is for a real person's number.
    """
    return hashlib.scrypt(value.encode(), salt=f"board safety {kind}".encode(), n=2**14, r=8, p=1, dklen=16).hex()


class Exceptions:
    """The exceptions of an area on one day. It remembers which of them were needed."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.used: set[str] = set()
        self.by_digest = {item.digest: item for item in register.safety
                          if item.until.last_day >= register.today and item.kind in KINDS}
        self.kinds = {item.kind for item in self.by_digest.values()}

    def allow(self, finding: Finding) -> bool:
        """Tell whether an exception lets this value stand, wherever it stands."""
        if finding.kind not in self.kinds:
            return False
        found = digest(finding.kind, finding.value)
        if found not in self.by_digest or self.by_digest[found].kind != finding.kind:
            return False
        self.used.add(found)
        return True

    def problems(self) -> Iterator[Problem]:
        """Yield exceptions that are over or that nothing needs; ask only when all texts have been looked through."""
        for item in self.register.safety:
            if item.until.last_day < self.register.today:
                yield Problem(*self.register.where("safety", item.digest, "until"), "exception-over",
                              f"this exception was given until {item.until}",
                              "take the value out and delete the exception, or have it given anew with a later day")
            elif item.digest not in self.used:
                yield Problem(*self.register.where("safety", item.digest), "exception-unused",
                              "nothing in the area's files needs this exception",
                              "delete it; for a value that changed, run board safety FILE and copy the new digest")
