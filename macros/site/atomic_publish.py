"""Publishes a site atomically: it is built in a staging directory, which then replaces the last good site in one step.

A build may be killed at any moment, or the disk may fill up. Whatever a killed build leaves behind is removed by the
next one, and only one build into the same folder runs at a time.
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

RENAME_EXCHANGE = 2
"""Flag of renameat2 (Linux 3.15): two names are exchanged, and neither is missing at any moment."""

AT_FDCWD = -100
"""Has renameat2 read paths relative to the working directory."""


@contextmanager
def staging_dir(out: Path, on_wait: Callable[[], None]) -> Iterator[Path]:
    """Provide a directory to build in, and remove it afterwards. It is beside `out`, and so on the same disk.

    Calls `on_wait` if another build into `out` is running, and waits until it ends. Raises OSError if nothing can be
    written there.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with _exclusive_lock(out, on_wait):
        _recover(out)
        folder = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
        try:
            yield folder
        finally:
            _recover(out)


def replace(new: Path, out: Path) -> None:
    """Put the folder `new` in the place of `out`.

    Whenever this is interrupted, `out` is the old folder or the new one. Only on a system that cannot exchange folders
    it may be missing, and the next build restores the old one.
    """
    if not out.exists():
        new.rename(out)
    elif not _swap(new, out):
        # _recover finds the old site under this name if the process dies before the second rename.
        out.rename(new.parent / "old")
        new.rename(out)


def _prefix(out: Path) -> str:
    return f".{out.name}.build-"


@contextmanager
def _exclusive_lock(out: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of `out`. The system releases it when the process that holds it is killed."""
    path = out.parent / f".{out.name}.lock"
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        # The build that held the lock has removed the file, and a third build may have created it again: only the lock
        # of the file that has the name now keeps others out.
        if _is_same_file(lock, path):
            break
        os.close(lock)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _is_same_file(lock: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def _recover(out: Path) -> None:
    """Remove the staging directories of builds that have ended, and restore a site that one of them had moved away."""
    for folder in sorted(out.parent.iterdir()):
        if folder.name.startswith(_prefix(out)) and folder.is_dir() and not folder.is_symlink():
            if not out.exists() and (folder / "old").is_dir():
                (folder / "old").rename(out)
            shutil.rmtree(folder, ignore_errors=True)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders. Returns False if this system cannot; raises OSError if it can and failed."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    if library.renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
