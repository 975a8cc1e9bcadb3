"""The department's files for tests: cuts of its releases and ZIPs of them with something changed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.conftest import ROOT

OFFICIAL = ROOT / "tests/official"
TOOL = OFFICIAL / "lait-send-april-2026.csv"


def name_of(release: str) -> str:
    """Return the name that the department gives a release's download, without its ending."""
    return f"education-health-and-care-plans_{release}"


def member(release: str, file: str) -> str:
    """Return the content of a release's file, such as requests.csv, with its byte order mark if it has one."""
    return next((OFFICIAL / name_of(release)).rglob(file)).read_bytes().decode("utf-8")


def members(release: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path within the download, and the content, of each file of a release."""
    folder = OFFICIAL / name_of(release)
    for path in sorted(folder.rglob("*.csv")):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def release_zip(folder: Path, release: str, changed: Mapping[str, str | bytes] | None = None, *,
                name: str | None = None) -> Path:
    """Write a release as it is downloaded, with the text of some files `changed`, by their names. Returns its path."""
    file = folder / (name or f"{name_of(release)}.zip")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members(release):
            archive.writestr(path, (changed or {}).get(Path(path).name, content))
    return file
