"""Creates the repository of a new area: records and pages to fill in, and workflows that install the software."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import jinja2

from ..configuration import package
from ..official import FOLDER as OFFICIAL
from ..official.areas import find_area
from ..register.addresses import slug
from . import Edits, WriteError

TEMPLATES = Path(__file__).parent / "new_area"
"""Template files of a new area's repository. Placeholders are in double square brackets, since the files themselves
hold macros in double braces."""

FORMS = (".github/ISSUE_TEMPLATE", ".github/pull_request_template.md")
"""Files that are the same in every area's repository, copied from the package's own."""

NAME = re.compile(r"[^\W\d_][\w'’&,.() -]*")
ADDRESS = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)/?(?:\.git)?")
OWNER = re.compile(r"@?([A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:/[A-Za-z0-9][A-Za-z0-9._-]*)?)")
REVISION = re.compile(r"[\w.-]+")
COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Software:
    """Where an area gets the software: a GitHub repository, a version's tag, and that version's commit.

    GitHub runs the commit, which cannot be moved. The tag next to it tells people and Dependabot which version that is.
    Source: GitHub Docs, “Secure use reference”, “Pin actions to a full-length commit SHA”.
    """

    address: str
    version: str
    commit: str | None = None

    @property
    def path(self) -> str:
        """The repository as `owner/name`. Raises WriteError if the address is not on GitHub."""
        match = ADDRESS.fullmatch(self.address)
        if not match:
            raise WriteError(f'"{self.address}" is not the address of a repository; write it like '
                             "https://github.com/OWNER/REPOSITORY")
        return match[1]

    @property
    def set_up(self) -> str:
        """The action that the area's workflows use. Raises WriteError for a malformed version or commit."""
        if not REVISION.fullmatch(self.version):
            raise WriteError(f'"{self.version}" is not a version; write the name of its tag, such as v0.1.0')
        if self.commit and not COMMIT.fullmatch(self.commit):
            raise WriteError(f'"{self.commit}" is not a commit; write its 40 letters and figures, as `git rev-parse` '
                             'prints them')
        where = f"{self.path}/.github/actions/set-up@"
        return where + (f"{self.commit} # {self.version}" if self.commit else self.version)


def new_area(name: str, software: Software, owner: str | None = None) -> Edits:
    """Return the files of a new area's repository. Raises WriteError for a malformed name or software reference.

    `owner` is the account on GitHub, or the team as ORGANISATION/TEAM, that reviews every change. An area that official
    statistics name gets its codes, and the figures of all areas where the software has them.
    """
    if not NAME.fullmatch(name):
        raise WriteError(f'"{name}" is not the name of an area; write it like Northshire')
    reviewer = OWNER.fullmatch(owner) if owner else None
    if owner and not reviewer:
        raise WriteError(f'"{owner}" is neither an account nor a team; write it like jo-smith or '
                         "northshire/board-website")
    short, place = slug(name), find_area(name)
    account = reviewer[1].split("/")[0] if reviewer else "OWNER"
    context = {
        "name": name, "place": place, "set_up": software.set_up, "software": f"https://github.com/{software.path}",
        "software_path": software.path, "guides": f"https://github.com/{software.path}/blob/main/docs/guides",
        "site_url": f"https://{short}.example/", "repository": f"https://github.com/{account}/{short}-send-board",
        "owner": reviewer and reviewer[1],
    }
    environment = jinja2.Environment(variable_start_string="[[", variable_end_string="]]", block_start_string="[%",
                                     block_end_string="%]", comment_start_string="[#", comment_end_string="#]",
                                     undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)
    environment.filters["yaml"] = lambda value: json.dumps(value, ensure_ascii=False)
    edits: Edits = {}
    for form in _files(*(package() / form for form in FORMS)):
        edits[form.relative_to(package()).as_posix()] = form.read_text(encoding="utf-8")
    for file in _files(TEMPLATES):
        template = environment.from_string(file.read_text(encoding="utf-8"))
        edits[file.relative_to(TEMPLATES).as_posix()] = template.render(context)
    for figures in _files(package() / OFFICIAL) if place else ():
        edits[figures.relative_to(package()).as_posix()] = figures.read_text(encoding="utf-8")
    return dict(sorted(edits.items()))


def _files(*places: Path) -> list[Path]:
    return [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*")))
            if file.is_file()]
