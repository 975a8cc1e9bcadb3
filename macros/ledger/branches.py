"""Ids that other branches have taken already, so that two writers do not give one id to two records."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from .revision import git

FILE = re.compile(r"([a-z])-([0-9]{3,})(?:-|\.yml\Z)")


def taken_elsewhere(root: Path, kind: str) -> set[str]:
    """Return the ids (A-012) of a kind's records on every branch that this clone knows of its origin, main included.

    They are told by the files' names. Where there is no git, no repository or no origin, none are.
    """
    try:
        refs = git(root, "for-each-ref", "--format=%(refname)", "refs/remotes/origin").split()
        names = [name for ref in refs
                 for name in git(root, "ls-tree", "-r", "--name-only", "-z", ref, "--", f"data/{kind}/").split("\0")]
    except (FileNotFoundError, subprocess.CalledProcessError):
        return set()
    found = (FILE.match(Path(name).name) for name in names if name)
    return {f"{match[1].upper()}-{match[2]}" for match in found if match}
