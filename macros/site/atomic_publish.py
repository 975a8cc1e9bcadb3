"""The folder of the last good site: one build at a time works towards it, and replaces it whole or not at all.

A build may be killed at any moment, or the disk fill up. So it works in a folder beside the site, and the two are
exchanged in one step; what a killed build has left is put right by the next.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2 (Linux 3.15): two names change places, and at no moment is either missing."""

HERE = -100
"""AT_FDCWD: paths are meant as they stand."""


@contextmanager
def beside(out: Path, on_wait: Callable[[], None]) -> Iterator[Path]:
    """Give a folder to build in, beside `out` and so on the same disk, and remove it afterwards.

    Where another build into `out` is under way, calls `on_wait` and waits for its end. Raises OSError where nothing can
    be written there.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with _alone(out, on_wait):
        _put_right(out)
        folder = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
        try:
            yield folder
        finally:
            _put_right(out)


def replace(new: Path, out: Path) -> None:
    """Put the folder `new` in the place of `out`. Whenever this is cut short, `out` is the old folder or the new one;
    on a system that cannot exchange folders it may be missing, and the next build puts the old one back."""
    if not out.exists():
        new.rename(out)
    elif not _exchanged(new, out):
        out.rename(new.parent / "old")
        new.rename(out)


def _prefix(out: Path) -> str:
    return f".{out.name}.build-"


@contextmanager
def _alone(out: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of `out`: it falls off by itself when the process that holds it is killed."""
    path = out.parent / f".{out.name}.lock"
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        # Whoever held it before has removed it: then this is the lock of nothing.
        if _is(lock, path):
            break
        os.close(lock)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _is(lock: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def _put_right(out: Path) -> None:
    """Remove the folders of builds that are over; a site that one of them had moved away comes back first."""
    for folder in sorted(out.parent.iterdir()):
        if folder.name.startswith(_prefix(out)) and folder.is_dir() and not folder.is_symlink():
            if not out.exists() and (folder / "old").is_dir():
                (folder / "old").rename(out)
            shutil.rmtree(folder, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places, and tell whether this system can. Raises OSError where it can and it failed."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    if library.renameat2(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
