"""Pages that the generator knows, so that links to them are checked and resolved, but does not build itself."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import File, InclusionLevel


class ApartFile(File):
    """A page that is built apart from the generator's own loop: by worker processes, or when a reader asks for it."""

    @classmethod
    def at(cls, config: Any, name: str, url: str, *, src_dir: str | None = None) -> ApartFile:
        """Return the file of a page: `name` is what links in Markdown call it, `url` its path on the site.

        `src_dir` is given where there is a file of that name, and not where the page is made from records.
        """
        file = cls(name, src_dir, config.site_dir, config.use_directory_urls, dest_uri=f"{url}index.html",
                   inclusion=InclusionLevel.NOT_IN_NAV)
        if src_dir is None:
            file.generated_by, file.content_string = "board", ""
        return file

    def is_documentation_page(self) -> bool:
        return False

    def is_static_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Do nothing: whoever builds the page writes it."""
