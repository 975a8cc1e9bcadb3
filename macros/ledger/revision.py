"""Reads from git: an area at a revision, the files that changed since, and the ids on other branches."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from ..register import Register, load

FOLDERS = ("data", "docs")
"""The folders that hold an area's records and texts."""

NUMBERED_FILE = re.compile(r"([a-z])-([0-9]{3,})(?:-|\.yml\Z)")


class RevisionError(Exception):
    """A revision that cannot be read; `hint` is the command that makes it readable."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Baseline:
    """What a revision holds in the files that have changed since. Records in all other files are the same today.

    `texts` are the bodies of posts by the stems of their files. `is_behind` where the revision has commits that the
    checkout lacks.
    """

    register: Register
    texts: dict[str, str]
    is_behind: bool

    def how_to_put_back(self, path: str, revision: str) -> str:
        """Return the hint for a published file that is gone."""
        hint = f"put it back: git checkout {revision} -- {path}"
        return hint + f" (or, where it was published after your branch began: git merge {revision})" * self.is_behind


def read_baseline(register: Register, revision: str) -> Baseline:
    """Read the changed files of an area as they were at `revision`. Raises RevisionError."""
    root = register.root
    commit = commit_of(root, revision)
    prefix = git(root, "rev-parse", "--show-prefix").strip()
    changed = git(root, "diff", "--name-only", "--relative", "--no-renames", "--diff-filter=DMT", "-z", commit, "--",
                   *FOLDERS).split("\0")
    paths = [path for path in changed if path.endswith((".yml", ".md", ".csv"))]
    with tempfile.TemporaryDirectory(prefix="board-baseline-") as folder:
        before = Path(folder).resolve()
        contents = _contents(root, [f"{commit}:{prefix}{path}" for path in ("data/area.yml", *paths)])
        for path, content in zip(("data/area.yml", *paths), contents, strict=True):
            if content is not None:
                (before / path).parent.mkdir(parents=True, exist_ok=True)
                (before / path).write_bytes(content)
        found, _ = load(before, register.today)
    if found is None:
        raise RevisionError(f'there is no area at "{revision}"', "name a revision that holds data/area.yml")
    texts = {page.stem: page.document.body for page in found.pages if page.post}
    return Baseline(found, texts, not _is_ancestor(root, commit))


def changed_files(root: Path, revision: str) -> set[str]:
    """Return the paths below `root`, in data/ and docs/, of files that are new since `revision`, or have changed.

    Raises RevisionError.
    """
    commit = commit_of(root, revision)
    changed = git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit, "--", *FOLDERS)
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *FOLDERS)
    return {path for path in (changed + new).split("\0") if path}


def ids_on_other_branches(root: Path, kind: str) -> set[str]:
    """Return the ids (A-012) of a kind's records on every branch of the origin that this clone knows, main included.

    The ids are read from the names of files. Without git, a repository or an origin there are none.
    """
    try:
        refs = git(root, "for-each-ref", "--format=%(refname)", "refs/remotes/origin").split()
        names = [name for ref in refs
                 for name in git(root, "ls-tree", "-r", "--name-only", "-z", ref, "--", f"data/{kind}/").split("\0")]
    except (FileNotFoundError, subprocess.CalledProcessError):
        return set()
    found = (NUMBERED_FILE.match(Path(name).name) for name in names if name)
    return {f"{match[1].upper()}-{match[2]}" for match in found if match}


def commit_of(root: Path, revision: str) -> str:
    """Return the full hash of a branch, tag or commit. Raises RevisionError where there is no such revision."""
    try:
        if revision.startswith("-"):
            raise RevisionError(f'"{revision}" is no revision', "name a branch, tag or commit")
        git(root, "rev-parse", "--git-dir")
        return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except FileNotFoundError:
        raise RevisionError("git is not installed", "install git, then check again") from None
    except subprocess.CalledProcessError as error:
        if "not a git repository" in error.stderr:
            raise RevisionError("this folder is not in a git repository", "check it in a clone of the repository") \
                from None
        remote, _, branch = revision.partition("/")
        shallow = git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
        if remote == "origin" and branch:
            command = f"git fetch --depth=1 origin {branch}:refs/remotes/origin/{branch}" if shallow \
                else f"git fetch origin {branch}"
        else:
            command = "git fetch --unshallow origin" if shallow else "git fetch --all --tags"
        raise RevisionError(f'there is no revision "{revision}" in this {"shallow " if shallow else ""}clone',
                            f"run: {command}") from None


def _is_ancestor(root: Path, commit: str) -> bool:
    done = subprocess.run(["git", "-C", str(root), "merge-base", "--is-ancestor", commit, "HEAD"],
                          capture_output=True, check=False)
    return done.returncode == 0


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints. Raises CalledProcessError, or FileNotFoundError without git."""
    return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True, encoding="utf-8",
                          errors="surrogateescape").stdout


def _contents(root: Path, names: list[str]) -> list[bytes | None]:
    """Return what git holds under each name; None where it holds nothing."""
    done = subprocess.run(["git", "-C", str(root), "cat-file", "--batch"], capture_output=True, check=True,
                          input="\n".join(names).encode("utf-8", "surrogateescape") + b"\n")
    found: list[bytes | None] = []
    rest = done.stdout
    for _ in names:
        head, rest = rest.split(b"\n", 1)
        parts = head.rsplit(b" ", 2)
        if parts[-1] == b"missing" or parts[-2] != b"blob":
            found.append(None)
            continue
        size = int(parts[-1])
        found.append(rest[:size])
        rest = rest[size + 1:]
    return found


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
