"""A whole area at a git revision, to compare what readers saw then with what they will see."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from ..register import Register, load
from .revision import FOLDERS, RevisionError, commit_of, git


@dataclass(frozen=True)
class Snapshot:
    """An area at a revision: its register, and the content of each of its files by path."""

    register: Register
    files: dict[str, bytes]
    others: tuple[str, ...]
    """The changed files outside the area's records and pages, such as the software's."""

    def differing(self, root: Path) -> dict[str, str]:
        """Return how each file of the area in folder `root` differs from the snapshot: "new", "edited" or "gone"."""
        now = _files(root)
        found = {path: "new" if path not in self.files else "edited" for path, content in now.items()
                 if self.files.get(path) != content}
        return dict(sorted((found | dict.fromkeys(self.files.keys() - now.keys(), "gone")).items()))


def checkout(root: Path, revision: str, today: date) -> Snapshot:
    """Read the area in folder `root` as it was at `revision`, for the day `today`. Raises RevisionError."""
    commit = commit_of(root, revision)
    try:
        archive = subprocess.run(["git", "-C", str(root), "archive", "--format=tar", f"{commit}^{{tree}}"],
                                 capture_output=True, check=True).stdout
        others = git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit, "--", ".",
                      *(f":(exclude){folder}" for folder in FOLDERS)).split("\0")
    except subprocess.CalledProcessError:
        raise RevisionError(f'there is no area at "{revision}"', "name a revision that holds data/area.yml") from None
    files = _untar(archive)
    with tempfile.TemporaryDirectory(prefix="board-snapshot-") as folder:
        before = Path(folder).resolve()
        for path, content in files.items():
            (before / path).parent.mkdir(parents=True, exist_ok=True)
            (before / path).write_bytes(content)
        register, _ = load(before, today)
    if register is None:
        raise RevisionError(f'there is no area at "{revision}"', "name a revision that holds data/area.yml")
    return Snapshot(register, files, tuple(filter(None, others)))


def _files(root: Path) -> dict[str, bytes]:
    found = (file for folder in FOLDERS for file in sorted((root / folder).rglob("*")))
    return {file.relative_to(root).as_posix(): _normalised(file.read_bytes()) for file in found
            if file.is_file() and not file.is_symlink()}


def _normalised(content: bytes) -> bytes:
    """Return content with the line ends that git keeps, so that those of Windows are no difference."""
    return content.replace(b"\r\n", b"\n")


def _untar(archive: bytes) -> dict[str, bytes]:
    """Return the area's files in an archive, without links and without paths that would leave the folder."""
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as opened:
        for member in opened:
            path = PurePosixPath(member.name)
            if not member.isfile() or path.is_absolute() or ".." in path.parts or path.parts[0] not in FOLDERS:
                continue
            content = opened.extractfile(member)
            if content:
                files[member.name] = _normalised(content.read())
    return files
