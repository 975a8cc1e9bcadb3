"""Downloads the newest figures from the Department for Education's open interface to its statistics.

Source: https://api.education.gov.uk/statistics/docs/, version 1 of the interface.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from ..records.indicator import DataFile
from .download import Downloader
from .figures import Table
from .release import RELEASE, FiguresError, text_of

DEPARTMENT = "https://api.education.gov.uk/statistics"

MAX_PAGES = 20
PUBLICATION = re.compile(r"/find-statistics/([\w-]+)/")
WITHDRAWN = "Withdrawn"


class _Answer(BaseModel):
    """A part of an answer. Keys that we do not need are left out, since the department may add some."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel)


class _Paging(_Answer):
    total_pages: int


class _Page(_Answer):
    paging: _Paging
    results: tuple[dict[str, object], ...]


class _Publication(_Answer):
    id: UUID
    slug: str


class _DataSet(_Answer):
    id: UUID
    title: str
    superseding_data_set_id: UUID | None = None


class _File(_Answer):
    id: UUID


class _Release(_Answer):
    slug: Annotated[str, Field(pattern=f"^{RELEASE.pattern}$")]
    """The release's name in addresses, such as "2026" for "Reporting year 2026"."""


class _Version(_Answer):
    version: Annotated[str, Field(pattern=r"^[0-9.]+$")]
    status: str
    published: datetime | None = None
    file: _File
    release: _Release


Kind = TypeVar("Kind", bound=_Answer)


def download_newest(wanted: Iterable[DataFile], site: Downloader) -> tuple[list[Table], list[DataFile]]:
    """Download the newest version of each data set, once. Returns the files, and those that the interface lacks.

    A file has the name that the department's download of the whole release gives it.

    The id of a data set may be that of the interface, or that of the file on the department's page of any year: the
    page has another id each year, and the interface knows which files a data set has had. Raises FiguresError if
    anything could not be asked for.
    """
    by_publication: dict[str, dict[UUID, DataFile]] = {}
    for file in wanted:
        if file.data_set and (publication := PUBLICATION.search(file.url)):
            by_publication.setdefault(publication[1], {}).setdefault(UUID(file.data_set), file)
    found, lacking = [], []
    publications = {one.slug: one for one in _list(site, "v1/publications", 40, _Publication)} if by_publication else {}
    for slug, files in by_publication.items():
        left = dict(files)
        if slug in publications:
            found += list(_of_publication(site, publications[slug], left))
        lacking += left.values()
    return found, lacking


def _of_publication(site: Downloader, publication: _Publication, left: dict[UUID, DataFile]) -> Iterator[Table]:
    """Yield the files of a publication, and remove from `left` what was found."""
    data_sets = list(_list(site, f"v1/publications/{publication.id}/data-sets", 20, _DataSet))
    by_id = {data_set.id: data_set for data_set in data_sets}
    for data_set in data_sets:
        if not left:
            return
        versions = _versions(site, data_set)
        known = left.keys() & {data_set.id, *(version.file.id for version in versions)}
        if not known:
            continue
        if data_set.superseding_data_set_id in by_id:
            data_set = by_id[data_set.superseding_data_set_id]
            versions = _versions(site, data_set)
        # The interface lists the newest version first.
        newest = next((version for version in versions if version.status != WITHDRAWN), None)
        if newest is None:
            continue
        release = newest.release.slug
        if newest.published and any(other.release.slug == release for other in versions[versions.index(newest) + 1:]):
            release = f"{newest.published:%Y-%m}"  # a correction, since a release gives a figure only once
        path = f"v1/data-sets/{data_set.id}/csv?dataSetVersion={newest.version}"
        content = site.get(path, "text/csv")
        if not _is_whole(content):
            raise FiguresError(f'{site.site} sent only a part of "{data_set.title}"; try again later')
        yield from (Table(name, release, text_of(name, content))
                    for name in dict.fromkeys(left.pop(id).files[0] for id in sorted(known)))


def _versions(site: Downloader, data_set: _DataSet) -> list[_Version]:
    return list(_list(site, f"v1/data-sets/{data_set.id}/versions", 20, _Version))


def _list(site: Downloader, path: str, size: int, kind: type[Kind]) -> Iterator[Kind]:
    """Yield the items of a list, page by page. Raises FiguresError if they are not what the documentation says."""
    for number in range(1, MAX_PAGES + 1):
        answer = site.get(f"{path}?page={number}&pageSize={size}", "application/json")
        try:
            page = _Page.model_validate_json(answer)
            yield from map(kind.model_validate, page.results)
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"])) or "the answer"
            raise FiguresError(f"{site.site} answers {path} in a form that the software does not know ({where}); "
                                "report this to those who maintain the software") from None
        if number >= page.paging.total_pages:
            return
    raise FiguresError(f"{site.site} lists {path} without end; try again later")


def _is_whole(content: bytes) -> bool:
    """Return whether a table's last line has as many cells as its first."""
    first = content.partition(b"\n")[0]
    last = content.rstrip(b"\r\n").rpartition(b"\n")[2]
    header, row = (next(csv.reader([line.decode("utf-8", "replace")]), []) for line in (first, last))
    return len(row) == len(header) > 1
