"""Asks git: which commit a name means, what it holds, and what differs from it.

Replaced objects are switched off, since they would show another commit in place of the published one.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..source.files import HOMES, below

REMOTES = "refs/remotes/"
PLACES = ("", "refs/", "refs/tags/", "refs/heads/", REMOTES)
"""Where git looks for a name, in its order (gitrevisions, "<refname>"): a tag comes before a branch of this name."""

COMMIT_ID = re.compile(r"[0-9a-f]{4,64}")
SHA1_LENGTH, SHA256_LENGTH = 40, 64
SUFFIX = re.compile(r"[~^]|@\{")
"""What ends the name in a revision such as main~2."""


class RevisionError(Exception):
    """A revision that cannot be compared with; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Revision:
    """A commit by its full id, and the full name of the branch or tag that named it, if one did."""

    commit: str
    name: str | None = None


@dataclass(frozen=True)
class Stored:
    """A file as a commit holds it: its path below the area, its object, and whether it is a file and no link."""

    path: str
    id: str
    is_file: bool


def resolve(root: Path, revision: str) -> Revision:
    """Return the commit that a branch, tag or commit names. Raises RevisionError where it names none, or two."""
    if not revision.strip():
        raise RevisionError("nothing is named to compare with", "name what is published, such as --against origin/main")
    if revision.startswith(("-", ":")):
        raise RevisionError(f'"{revision}" is no revision', "name a branch, tag or commit")
    try:
        name, suffix, commit = _name(root, revision)
        if suffix or not commit:
            commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options",
                         f"{name or revision}{suffix if name else ''}^{{commit}}").strip()
    except FileNotFoundError:
        raise RevisionError("git is not installed", "install git, then check again") from None
    except subprocess.CalledProcessError as error:
        raise _refusal(root, os.fsdecode(error.stderr)) or _no_revision(root, revision) from None
    return Revision(commit, None if suffix else name)


def _refusal(root: Path, said: str) -> RevisionError | None:
    """Return why git does not read a repository at all, or None where it reads it."""
    if "not a git repository" in said:
        return RevisionError("this folder is not in a git repository", "check it in a clone of the repository")
    if "dubious ownership" in said:
        # Git names the folder, which can be one above the area.
        named = re.search(r"safe\.directory (.+)", said)
        return RevisionError("the folder belongs to another user of this computer, so git does not read it",
                             f"run: git config --global --add safe.directory {named[1] if named else root.resolve()}")
    try:
        git(root, "rev-parse", "--is-shallow-repository")
    except subprocess.CalledProcessError as error:
        words = os.fsdecode(error.stderr).strip().split("\n")
        return RevisionError(f"git cannot read this repository ({words[0]})",
                             "clone it again, or ask for help with what git says")
    return None


def commit_of(root: Path, revision: str) -> str:
    """Return the full id of the commit that a branch, tag or commit names. Raises RevisionError."""
    return resolve(root, revision).commit


def _name(root: Path, revision: str) -> tuple[str | None, str, str]:
    """Return the full name of the branch or tag in a revision, or None for a commit's id; what follows the name; and
    the full id of the commit that the name refers to, or nothing where it refers to something else.

    Raises RevisionError where the name has two meanings, or where a name of the origin's is none of the origin's.
    """
    end = SUFFIX.search(revision)
    short, suffix = (revision[:end.start()], revision[end.start():]) if end else (revision, "")
    is_id = COMMIT_ID.fullmatch(short) is not None
    if not short or (is_id and len(short) in (SHA1_LENGTH, SHA256_LENGTH)):
        return None, suffix, ""
    possible = [place + short for place in PLACES] + [f"{REMOTES}{short}/HEAD"]
    printed = git(root, "for-each-ref", "--format=%(refname) %(objecttype) %(objectname)", *possible)
    known = {name: id if type == "commit" else "" for name, type, id in re.findall(r"(.+) (\w+) (\w+)\n", printed)}
    found = [name for name in possible if name in known]
    if short.startswith("refs/") and found[:1] == [short]:
        return short, suffix, known[short]
    if len(found) + (short == "HEAD" or is_id) > 1:
        others = "the checkout" if short == "HEAD" else "the commit of this id" if is_id else ""
        raise RevisionError(f'"{short}" can mean {" or ".join([*filter(None, [others]), *found])}',
                            f"write the full name: {revision.replace(short, found[-1], 1)}")
    if short.startswith("origin/") and found and not found[0].startswith(REMOTES):
        raise RevisionError(f'"{short}" is {found[0]} here, and no branch of the origin',
                            f"run: git fetch origin {short.removeprefix('origin/')}")
    return (found[0], suffix, known[found[0]]) if found else (None, suffix, "")


def _no_revision(root: Path, revision: str) -> RevisionError:
    remote, _, branch = revision.removeprefix(REMOTES).partition("/")
    is_shallow = git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    if remote == "origin" and branch:
        command = f"git fetch --depth=1 origin {branch}:refs/remotes/origin/{branch}" if is_shallow \
            else f"git fetch origin {branch}"
    else:
        command = "git fetch --unshallow origin" if is_shallow else "git fetch --all --tags"
    return RevisionError(f'there is no revision "{revision}" in this {"shallow " if is_shallow else ""}clone',
                         f"run: {command}")


def is_checkout(root: Path, revision: Revision) -> bool:
    """Return whether a revision is the commit that is checked out, and not another branch that holds no more."""
    is_other_branch = revision.name and revision.name.startswith(("refs/heads/", REMOTES)) \
        and revision.name != git(root, "rev-parse", "--symbolic-full-name", "HEAD").strip()
    return not is_other_branch and git(root, "rev-parse", "HEAD").strip() == revision.commit


def is_ancestor(root: Path, commit: str) -> bool:
    """Return whether the checkout holds everything that a commit holds."""
    done = subprocess.run(_command(root, "merge-base", "--is-ancestor", commit, "HEAD"), capture_output=True,
                          check=False)
    return done.returncode == 0


def changed_since(root: Path, known: Collection[Stored]) -> tuple[list[Stored], set[str]]:
    """Return those of an area's files in a commit, `known`, that the folder `root` holds otherwise, and the paths of
    those that the commit lacks.

    The files are compared by their content, and not by `git diff`: git can be told not to look at a file, or to show it
    otherwise than it is stored.
    """
    found = {file.relative_to(root).as_posix(): file for folder in HOMES for file in below(root / folder)
             if file.is_symlink() or file.is_file()}
    changed = [file for file in known if file.path not in found or not _is_same(file, found[file.path])]
    return changed, found.keys() - {file.path for file in known}


def _is_same(file: Stored, here: Path) -> bool:
    """Return whether a file is as a commit holds it, apart from the line ends of Windows."""
    if here.is_symlink() or not file.is_file:
        return here.is_symlink() and not file.is_file
    try:
        content = here.read_bytes()
    except OSError:
        return False
    return file.id in (_object_id(content, file.id), _object_id(content.replace(b"\r\n", b"\n"), file.id))


def _object_id(content: bytes, like: str) -> str:
    """Return the id under which git stores a file (gitformat-loose), with the hash that another id was made with."""
    made = hashlib.sha1 if len(like) == SHA1_LENGTH else hashlib.sha256
    return made(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def stored(root: Path, commit: str, paths: Iterable[str] = HOMES) -> list[Stored]:
    """Return the files below some of an area's paths as a commit holds them."""
    entries = _split(git(root, "ls-tree", "-r", "-z", commit, "--", *paths))
    return [Stored(path, head.split(" ")[2], _is_file(head.split(" ")[0]))
            for head, path in (entry.split("\t", 1) for entry in entries)]


def contents(root: Path, files: Collection[Stored]) -> list[bytes]:
    """Return what files hold. They are asked for by their ids, so no name can be taken for another."""
    done = subprocess.run(_command(root, "cat-file", "--batch"), capture_output=True, check=True,
                          input="".join(f"{file.id}\n" for file in files).encode())
    found, at = [], 0
    for _ in files:
        end = done.stdout.index(b"\n", at)
        size = int(done.stdout[at:end].split(b" ")[2])
        found.append(done.stdout[end + 1:end + 1 + size])
        at = end + size + 2
    return found


def changed_outside(root: Path, commit: str) -> tuple[str, ...]:
    """Return the paths of files outside the area's folders that differ from a commit."""
    return tuple(_split(git(root, "diff", "--name-only", "--relative", "--no-renames", "-z", commit, "--", ".",
                            *(f":(exclude){folder}" for folder in HOMES))))


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints. Raises CalledProcessError, or FileNotFoundError without git."""
    # Decoded here, since Python's text mode would turn a carriage return in a file's name into a line break.
    return os.fsdecode(subprocess.run(_command(root, *arguments), capture_output=True, check=True).stdout)


def _command(root: Path, *arguments: str) -> list[str]:
    return ["git", "--no-replace-objects", "-C", str(root), *arguments]


def _split(printed: str) -> list[str]:
    return [part for part in printed.split("\0") if part]


def _is_file(mode: str) -> bool:
    return mode.startswith("100")
