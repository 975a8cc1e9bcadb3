"""An area as it is at a git revision: in the files that changed since, or whole."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath

from ..problem import Code, Problem, Topic
from ..register import Register, load
from ..source.files import HOMES, below, relative
from .git import (
    RevisionError,
    Stored,
    changed_outside,
    changed_since,
    commit_of,
    contents,
    git,
    is_ancestor,
    is_checkout,
    resolve,
    stored,
)

CODES = (
    Code("revision", Topic.HISTORY,
         "Your change cannot be compared with what is published. Either that is not on this computer, or its name "
         "means something else as well. The message says what to do.", "board check --against orgin/main",
         "board check --against origin/main"),
    Code("not-compared", Topic.HISTORY,
         "What is published in this file cannot be read, so nobody can see what your change does to it. It may have "
         "been merged although a check failed, or it was read by an earlier version of this software. Compare it by "
         "eye, and ask someone who may merge without the check.", "(published: a file that cannot be read)",
         "(published: a file that can be read)"),
)

AREA_FILE = "data/area.yml"
READ = (".yml", ".md", ".csv")
"""How the names of files end that hold records and texts."""

HARMLESS = ("file-name", "stray-file", "unusual-name")
"""Problems that do not keep a file from being read."""

NUMBERED_FILE = re.compile(r"([a-z])-([0-9]{3,})(?:-|\.yml\Z)")


@dataclass(frozen=True)
class Baseline:
    """What a revision holds in the files that have changed since. Records in all other files are the same today.

    `texts` are the bodies of posts by the stems of their files. `is_behind` asks git whether the
    revision has commits that the checkout lacks. `unread` are the changed files that it holds and that cannot be read.
    `new` are the paths of files that it lacks, `changed` those and the paths of files that it holds otherwise.
    `other_files` are the changed ones in docs/ that are no pages, such as pictures.
    """

    register: Register
    texts: dict[str, str]
    is_behind: Callable[[], bool]
    unread: tuple[str, ...] = ()
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    other_files: tuple[str, ...] = ()

    def how_to_put_back(self, path: str, revision: str) -> str:
        """Return the hint for a published file that is gone."""
        hint = f"put it back: git checkout {revision} -- {path}"
        return hint + f" (or, where it was published after your branch began: git merge {revision})" * self.is_behind()

    def not_compared(self) -> list[Problem]:
        """Return a problem for each changed file that cannot be compared."""
        return [Problem(path, 1, "not-compared", "what is published in this file cannot be read, so the change cannot "
                        "be compared with it", "compare it by eye, and ask someone who may merge without the check; or "
                        "compare with the last commit that can be read: board check --against COMMIT")
                for path in self.unread]


def read_baseline(register: Register, revision: str) -> Baseline:
    """Read the changed files of an area as they were at `revision`. Raises RevisionError."""
    root = register.root
    found = resolve(root, revision)
    known = stored(root, found.commit)
    changed, new = changed_since(root, known)
    if not (changed or new) and is_checkout(root, found):
        raise RevisionError(f'"{revision}" is the very commit that is checked out: it would be compared with itself',
                            "name what is published, such as refs/remotes/origin/main")
    asked = {file.path: file for file in [*(file for file in known if file.path == AREA_FILE), *changed]
             if file.path.endswith(READ)}
    files = [file for file in asked.values() if file.is_file]
    before, problems, texts = _read(dict(zip((file.path for file in files), contents(root, files), strict=True)),
                                    register.today, revision)
    unread = {problem.path for problem in problems if problem.code not in HARMLESS} \
        | {_named(file) for file in changed if file.path.endswith(READ) and not file.is_file}
    return Baseline(before, texts, cache(lambda: not is_ancestor(root, found.commit)),
                    tuple(sorted(unread & {_named(file) for file in changed})), frozenset(new),
                    frozenset(new | {file.path for file in changed}),
                    tuple(file.path for file in changed if file.path.startswith("docs/") and file.path[-3:] != ".md"))


def _named(file: Stored) -> str:
    return relative(Path("/", file.path), Path("/"))


def _read(files: Mapping[str, bytes], today: date, revision: str
          ) -> tuple[Register, list[Problem], dict[str, str]]:
    """Read an area from the contents of its files: its register, the problems of reading, and the texts of its posts.

    Raises RevisionError where there is no area.
    """
    with tempfile.TemporaryDirectory(prefix="board-revision-") as folder:
        root = Path(folder).resolve()
        for path, content in files.items():
            if ".." in PurePosixPath(path).parts:
                continue
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        register, problems = load(root, today)
    if register is None:
        raise RevisionError(f'there is no area at "{revision}"', "name a revision that holds data/area.yml")
    return register, problems, {page.stem: page.document.body for page in register.pages if page.post}


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
    found = [file for file in stored(root, commit) if file.is_file]
    files = {file.path: _normalised(content) for file, content in zip(found, contents(root, found), strict=True)}
    return Snapshot(_read(files, today, revision)[0], files, changed_outside(root, commit))


def _files(root: Path) -> dict[str, bytes]:
    found = (file for folder in HOMES for file in below(root / folder))
    return {file.relative_to(root).as_posix(): _normalised(file.read_bytes()) for file in found
            if file.is_file() and not file.is_symlink()}


def _normalised(content: bytes) -> bytes:
    """Return content with the line ends that git keeps, so that those of Windows are no difference."""
    return content.replace(b"\r\n", b"\n")
