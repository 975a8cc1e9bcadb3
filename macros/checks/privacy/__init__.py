"""Finds what could identify a child or a family before it is published.

Numbers of people in words, such as "three children", are left to the writer: no program can say whether three children
of a county, or of a village, could be recognised.
"""

from __future__ import annotations

from .allowlist import Allowlist, digest
from .area import allow_listed, findings_in_file, names_to_allow, nothing_personal, redact
from .findings import KINDS, Finding, findings, findings_in_name
from .site import SCANNED, Scan, SiteScanner, digest_of, scan_files, scan_site

__all__ = [
    "KINDS", "SCANNED", "Allowlist", "Finding", "Scan", "SiteScanner", "allow_listed", "digest", "digest_of",
    "findings", "findings_in_file", "findings_in_name", "names_to_allow", "nothing_personal", "redact", "scan_files",
    "scan_site",
]
