"""A build: the planned files made by worker processes, looked through, and their links to headings followed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...checks.privacy import SCANNED, SiteScanner
from ...problem import Problem
from ...register import Register
from ..search_index import Index
from ..workers import Make, Workers, written
from .apart import ApartFile
from .posts import Converter, anchors_in

log = logging.getLogger("mkdocs.plugins.board")


class _Kept(logging.Handler):
    """Keeps what a process has to say, so that it is said, and counted, by the one that builds."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append((record.name, record.levelno, record.getMessage()))


class Build:
    """The site's files as they are made: first `pages`, then `files`, while the pages are indexed for the search.

    `lists` are the pages that need what the making of others has shown.
    """

    def __init__(self, register: Register, converter: Converter, site: Path, pages: Mapping[str, Make],
                 lists: Mapping[str, Make], files: Mapping[str, Make]) -> None:
        self.converter, self.lists, self.site = converter, lists, site
        self.look = SiteScanner(register)
        self.index: Index | None = None
        self.problems: list[Problem] = []
        self.kept: _Kept | None = None
        self.made = {*pages, *lists, *files}
        self.workers = Workers((pages, files), site, begin=self._begin, after=self._after, tell=self._tell)

    def start(self) -> None:
        """Begin, in processes of their own."""
        self.workers.start()

    def stop(self) -> None:
        """End the processes, also where not everything is made."""
        self.workers.stop()
        if self.index:
            self.index.stop()

    def finished(self, config: Any) -> list[Problem]:
        """Wait until everything is made, and return what is personal in it, also in what the generator made.

        What the generator would have warned of is logged: a strict build fails for it. Raises what making a file
        raised.
        """
        self._take(0)
        written(self.site, self.lists.items(), self._after)
        self.index = Index(self.site)
        self._take(1)
        self.index.finish()
        for file in sorted(self.site.rglob("*")):
            path = file.relative_to(self.site).as_posix()
            if path.endswith(SCANNED) and path not in self.made and file.is_file():
                self._after(path, file.read_bytes())
        level = config.validation.links.anchors
        for message in self._broken_anchors():
            log.log(level, message)
        return sorted(set(self.problems))

    def _take(self, stage: int) -> None:
        for excerpts, links, problems, said in self.workers.told(stage):
            self.converter.excerpts |= excerpts
            self.converter.links += links
            self.problems += problems
            for name, level, message in said:
                logging.getLogger(name).log(level, message)

    def _begin(self) -> None:
        self.kept = _Kept()
        for logger in map(logging.getLogger, (None, *logging.root.manager.loggerDict)):
            logger.handlers.clear()
            logger.propagate = True
        logging.root.addHandler(self.kept)

    def _after(self, path: str, content: bytes) -> None:
        if path.endswith(SCANNED):
            self.problems += self.look.problems(path, content.decode("utf-8", errors="replace"))

    def _tell(self) -> Any:
        """Return what is new in this process since it was last asked."""
        told = (self.converter.excerpts, self.converter.links, self.problems, self.kept.said if self.kept else [])
        self.converter.excerpts, self.converter.links, self.problems = {}, [], []
        if self.kept:
            self.kept.said = []
        return told

    def _broken_anchors(self) -> Iterator[str]:
        """Yield each link to a heading which is not there, where it stands in a page that is made apart, or leads to
        one: of those between two of its own pages the generator tells."""
        files = self.converter.files
        links = list(self.converter.links)
        for file in files.documentation_pages():
            links += anchors_in(file.page, lambda to: isinstance(to, ApartFile))
        for path, to, anchor, link in links:
            page = Path(files.get_file_from_path(to).abs_dest_path)
            if page.suffix != ".html":
                continue
            text = page.read_text(encoding="utf-8")
            if f' id="{anchor}"' not in text and f' name="{anchor}"' not in text:
                yield f"Doc file '{path}' contains a link '{link}', but the page has no such anchor '#{anchor}'."
