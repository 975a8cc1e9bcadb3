"""The files in docs/ beside the pages, as the site publishes them: each is a clean copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from ..sanitise import CLEANERS, UncleanableError, clean_file, instead


class CleanFile(File):
    """A file that is published as its clean copy, made when it is written, so that no build holds all of them."""

    def copy_file(self, dirty: bool = False) -> None:
        """Write the clean copy. Raises PluginError if there is none."""
        try:
            content = clean_file(Path(self.abs_src_path)).content
        except UncleanableError as error:
            raise PluginError(f"docs/{self.src_uri} cannot be published: {error}; {error.hint}") from error
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def publish_clean_copies(files: Any, config: Any) -> None:
    """Put a clean copy in the place of each file from docs/ that is not a page. Raises PluginError for other kinds."""
    docs = Path(config.docs_dir).resolve()
    for file in [file for file in files if not file.is_documentation_page() and file.src_dir
                 and Path(file.src_dir).resolve() == docs]:
        suffix = Path(file.src_uri).suffix.lower()
        if suffix not in CLEANERS:
            raise PluginError(f"docs/{file.src_uri} cannot be published: {instead(suffix)}")
        copy = CleanFile(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls, dest_uri=file.dest_uri,
                         inclusion=file.inclusion)
        files.remove(file)
        files.append(copy)
