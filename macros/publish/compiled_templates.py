"""A cache of compiled templates, beside the bytecode of Python's own modules."""

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


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in a folder. A template is compiled again when it, our code or Jinja has changed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "template-%s.pyc")
        # Jinja computes filters of constants when it compiles a template, and filters are our code. As in Python's own
        # bytecode files, the time and size of a file show whether it has changed (PEP 3147).
        code = [(stat.st_mtime_ns, stat.st_size) for stat in map(os.stat, sorted(CODE.rglob("*.py")))]
        self.compiled_with = f"{jinja2.__version__} {code}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template: its name and its real path, since builds reach it through links."""
        return super().get_cache_key(name, filename and os.path.realpath(filename))

    def get_source_checksum(self, source: str) -> str:
        """Return the checksum of a template's text, and of all that it is compiled with."""
        return super().get_source_checksum(f"{self.compiled_with}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template. One whose file is damaged is compiled again."""
        try:
            super().load_bytecode(bucket)
        except (EOFError, UnpicklingError, ValueError):
            bucket.reset()


def template_cache() -> CompiledTemplates | None:
    """Return the cache of compiled templates, or None where Python may not write its bytecode either."""
    folder = Path(cache_from_source(__file__)).parent
    return CompiledTemplates(folder) if not sys.dont_write_bytecode and os.access(folder, os.W_OK) else None
