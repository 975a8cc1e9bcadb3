"""Looks for personal data in a built site, before it replaces the last good one."""

from __future__ import annotations

from pathlib import Path

from ..checks.privacy import SiteLook
from ..checks.privacy.site import PAGES
from ..problem import Problem
from ..register import Register


def personal_data(register: Register, site: Path) -> list[Problem]:
    """Return what is personal in the files of a site, whoever made them, sorted by file and line."""
    look = SiteLook(register)
    return sorted({problem for file in sorted(site.rglob("*")) if file.name.endswith(PAGES) and file.is_file()
                   for problem in look.problems(file.relative_to(site).as_posix(), file.read_bytes())})
