"""An area as it stood at a git revision, read whole: to compare what readers saw then with what they will see."""

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
class Whole:
    """The register of an area as it stood at a revision, and the content of each of its files by path."""

    register: Register
    files: dict[str, bytes]
    others: tuple[str, ...]
    """The files outside the area's records and pages, such as the software's, that are not as they were then."""

    def differing(self, root: Path) -> dict[str, str]:
        """Return how each file of the area in folder `root` differs from then: "new", "edited" or "gone", by path."""
        now = _files(root)
        found = {path: "new" if path not in self.files else "edited" for path, content in now.items()
                 if self.files.get(path) != content}
        return dict(sorted((found | dict.fromkeys(self.files.keys() - now.keys(), "gone")).items()))


def whole(root: Path, revision: str, today: date) -> Whole:
    """Read the area in folder `root` as it stood at `revision`, reckoned from `today`. Raises RevisionError."""
    commit = commit_of(root, revision)
    try:
        archive = subprocess.run(["git", "-C", str(root), "archive", "--format=tar", f"{commit}^{{tree}}"],
                                 capture_output=True, check=True).stdout
        others = git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit, "--", ".",
                      *(f":(exclude){folder}" for folder in FOLDERS)).split("\0")
    except subprocess.CalledProcessError:
        raise RevisionError(f'there is no area at "{revision}"', "name a revision that holds data/area.yml") from None
    files = _unpacked(archive)
    with tempfile.TemporaryDirectory(prefix="board-whole-") as folder:
        before = Path(folder).resolve()
        for path, content in files.items():
            (before / path).parent.mkdir(parents=True, exist_ok=True)
            (before / path).write_bytes(content)
        register, _ = load(before, today)
    if register is None:
        raise RevisionError(f'there is no area at "{revision}"', "name a revision that holds data/area.yml")
    return Whole(register, files, tuple(filter(None, others)))


def _files(root: Path) -> dict[str, bytes]:
    found = (file for folder in FOLDERS for file in sorted((root / folder).rglob("*")))
    return {file.relative_to(root).as_posix(): _alike(file.read_bytes()) for file in found
            if file.is_file() and not file.is_symlink()}


def _alike(content: bytes) -> bytes:
    """Return content with the line ends that git keeps, so that Windows' own are no difference."""
    return content.replace(b"\r\n", b"\n")


def _unpacked(archive: bytes) -> dict[str, bytes]:
    """Return the area's files in an archive. Links are left out, and whatever would leave the folder."""
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as opened:
        for member in opened:
            path = PurePosixPath(member.name)
            if not member.isfile() or path.is_absolute() or ".." in path.parts or path.parts[0] not in FOLDERS:
                continue
            content = opened.extractfile(member)
            if content:
                files[member.name] = _alike(content.read())
    return files
