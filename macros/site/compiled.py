"""Templates compiled once, and kept between builds as Python keeps its own modules."""

from __future__ import annotations

import os
import sys
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

CODE = Path(__file__).parents[1]


class Compiled(FileSystemBytecodeCache):
    """Compiled templates in a folder. One is compiled anew when the template, the code or the template engine is
    another one than it was compiled with."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "template-%s.pyc")
        # What a filter makes of a constant stands in the compiled template, and filters are code. As Python does, code
        # is known by its time and size (PEP 3147, PEP 552).
        code = [(stat.st_mtime_ns, stat.st_size) for stat in map(os.stat, sorted(CODE.rglob("*.py")))]
        self.made_by = f"{jinja2.__version__} {code}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # An area with templates of its own has links to all of them in a new folder at each build.
        return super().get_cache_key(name, filename and os.path.realpath(filename))

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{self.made_by}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (EOFError, UnpicklingError, ValueError):
            # The file was cut off, or is none of ours.
            bucket.reset()


def kept() -> Compiled | None:
    """Return where compiled templates are kept: beside Python's own, or nowhere where Python keeps nothing."""
    folder = Path(cache_from_source(__file__)).parent
    return Compiled(folder) if not sys.dont_write_bytecode and os.access(folder, os.W_OK) else None
