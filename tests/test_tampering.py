"""Ways to change what was published without a trace, and honest changes: one folder each in `tests/tampering/`.

A `way.yml` holds:

- `title`: what somebody does, in one line
- `area`: the folder in `tests/areas/` that is published at the start (default: small)
- `today`: the day on which the change is checked (default: 2026-11-24)
- `against`: the revision to compare with (default: the branch "published")
- `commits`: lists of edits, each list one commit (see `EDITS`). After `publish: true` in a list, that commit is what is
  published. After `accept: true` too, and the check must have let it pass.
- `expect`: `problems`, the codes of all errors, none meaning that the change is accepted; `says`, texts that the check
  prints; `not_says`, texts that no output may hold; `review`, what the review `says` and `not_says`; `page` or `pages`,
  each with `address`, `shows` and `not_shows`: what the pages that are built after the change hold.

Honest changes are accepted. So they may leave out `expect`, and their `problems` are none.
"""

from __future__ import annotations

import contextlib
import html
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.__main__ import main
from tests.conftest import ROOT
from tests.thorough import ALL

HOME = ROOT / "tests/tampering"
WAYS, HONEST = ([folder.name for folder in sorted((HOME / name).iterdir())] for name in ("ways", "honest"))
GIT = ("git", "-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example", "-c", "core.quotePath=false",
       "-c", "core.logAllRefUpdates=false")
ENVIRONMENT = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

Way = dict[str, Any]
Edit = dict[str, Any]


def git(folder: Path, *arguments: str, given: str = "") -> str:
    return subprocess.run([*GIT, *arguments], cwd=folder, check=True, capture_output=True, text=True, input=given,
                          env=ENVIRONMENT).stdout.strip()


def put(file: Path, content: bytes) -> None:
    """Write a file. It takes the place of the one that was there, which other ways share (see `run`)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def write(area: Path, edit: Edit) -> None:
    put(area / edit["write"], edit["text"].encode() if "text" in edit else bytes.fromhex(edit["hex"]))


def replace(area: Path, edit: Edit) -> None:
    file = area / edit["replace"]
    text = file.read_bytes().decode()
    assert edit["was"] in text, f'{edit["replace"]} has no "{edit["was"]}"'
    put(file, text.replace(edit["was"], edit["now"], 1).encode())


def append(area: Path, edit: Edit) -> None:
    file = area / edit["append"]
    put(file, file.read_bytes() + edit["text"].encode())


def rename(area: Path, edit: Edit) -> None:
    target = area / edit["to"]
    target.parent.mkdir(parents=True, exist_ok=True)
    (area / edit["rename"]).rename(target)


def link(area: Path, edit: Edit) -> None:
    (area / edit["link"]).symlink_to(edit["to"])


def delete(area: Path, edit: Edit) -> None:
    place = area / edit["delete"]
    shutil.rmtree(place) if place.is_dir() else place.unlink()


EDITS: dict[str, Callable[[Path, Edit], None]] = {
    "write": write, "replace": replace, "append": append, "rename": rename, "link": link, "delete": delete}
"""The edits of files: `write` (with `text`, or `hex` for bytes), `replace` (with `was` and `now`), `append` (with
`text`), `rename` (with `to`), `link` (with `to`) and `delete`."""

AFTERWARDS = ("tag", "branch", "git", "publish", "accept")
"""What is done once the edits of a list are committed: `tag` or `branch` names the commit, `git` runs a command."""


@cache
def published(name: str, folder: Path) -> Path:
    """Return a repository whose only commit is an area; each way gets a copy, with links to the same files."""
    base = Path(shutil.copytree(ROOT / "tests/areas" / name, folder / name))
    git(base, "init", "-q", "-b", "main")
    commit(base)
    publish(base)
    git(base, "repack", "-a", "-d", "-q")  # one file in place of a hundred, of which each way gets a copy
    return base


def commit(area: Path, *, has_new_files: bool = True) -> None:
    if has_new_files:
        git(area, "add", "-A")
    git(area, "commit", "-q", "--all", "--allow-empty", "-m", "Change")


def publish(area: Path) -> None:
    git(area, "update-ref", "--stdin", given="update refs/heads/published HEAD\nupdate refs/remotes/origin/main HEAD\n")


def board(*arguments: str) -> tuple[int, str]:
    """Run the command in this process. Returns its exit code, and what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = main(list(arguments))
    return code, printed.getvalue()


def options(area: Path, way: Way) -> list[str]:
    return ["--area", str(area), "--today", str(way.get("today", "2026-11-24")),
            "--against", way.get("against", "published")]


def do(area: Path, edits: list[Edit], way: Way, *, is_last: bool) -> None:
    """Make the edits of one commit, and what follows it.

    The check looks at files. So in `make test` the last edits remain without a commit, unless something asks for it.
    """
    for edit in edits:
        for name in EDITS.keys() & edit.keys():
            EDITS[name](area, edit)
    asks = "against" in way or "review" in way.get("expect", ()) or any(edit.keys() & {*AFTERWARDS} for edit in edits)
    if ALL or asks or not is_last:
        commit(area, has_new_files=any(edit.keys() & {"write", "rename", "link"} for edit in edits))
    for edit in edits:
        assert edit.keys() & {*EDITS, *AFTERWARDS}, f"unknown edit {edit}"
        if "tag" in edit or "branch" in edit:
            git(area, "update-ref", f"refs/tags/{edit['tag']}" if "tag" in edit else f"refs/heads/{edit['branch']}",
                "HEAD")
        if "git" in edit:
            git(area, *edit["git"])
        if edit.get("accept"):
            code, printed = board("check", *options(area, way))
            assert code == 0, printed
        if edit.get("accept") or edit.get("publish"):
            publish(area)


@pytest.fixture(scope="session")
def bases(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("bases")


def outputs(area: Path, way: Way, folder: Path, *, every: bool) -> str:
    """Return what a review of the change and the comment of it hold; with `every`, in all formats, and each check."""
    against = options(area, way)
    code, review = board("review", *against, "--format", "json")
    found = [review]
    if every:
        found += [board("check", *against, "--format", name)[1] for name in ("json", "github")]
        found += [board("review", *against, "--format", name)[1] for name in ("text", "markdown")]
    if code != 2:
        (folder / "review.json").write_text(review, encoding="utf-8")
        found.append(board("comment", str(folder / "review.json"))[1])
    return "\n".join(found)


def words(page: str) -> str:
    """Return the words of a page as a reader finds them."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def built(area: Path, today: str, folder: Path) -> Callable[[str], str]:
    """Build the site. Returns a function that returns a page or a file of it by its address."""
    from macros.site.build import build

    site = folder / "site"
    assert not build(area, site, date.fromisoformat(today), "mkdocs")

    def read(address: str) -> str:
        file = site / address
        return (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")

    return read


def made(area: Path, today: str) -> Callable[[str], str]:
    """Return a function that returns a page of records or a file by its address, each made alone."""
    from tests.pages import Pages

    site = Pages(area, today)
    return lambda address: site.file(address).decode() if Path(address).suffix else site.page(address.strip("/"))


def look(area: Path, way: Way, pages: list[dict[str, Any]], folder: Path) -> None:
    """Compare pages with what they must show. Without those that MkDocs makes, `make test` needs no build."""
    today = str(way.get("today", "2026-11-24"))
    is_built = ALL or any(page["address"].startswith(("about", "blog", "how-we-work")) for page in pages)
    read = built(area, today, folder) if is_built else made(area, today)
    for page in pages:
        text = words(read(page["address"]))
        for shown in page.get("shows", ()):
            assert shown in text, f"{page['address']} does not show: {shown}\n{text}"
        for hidden in page.get("not_shows", ()):
            assert hidden not in text, f"{page['address']} shows: {hidden}"


def run(kind: str, name: str, bases: Path, folder: Path) -> None:
    way: Way = yaml.load((HOME / kind / name / "way.yml").read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    expect = way.get("expect", {})
    area = Path(shutil.copytree(published(way.get("area", "small"), bases), folder / "area", copy_function=os.link))
    for edits in way["commits"]:
        do(area, edits, way, is_last=edits is way["commits"][-1])
    code, printed = board("check", *options(area, way))
    found = sorted(set(re.findall(r": error\[([a-z-]+)\]", printed)))
    assert found == sorted(expect.get("problems", ())), printed
    assert code == (1 if found else 0), printed
    assert kind == "ways" or not found
    for text in expect.get("says", ()):
        assert text in printed, printed
    if "review" in expect:
        review = board("review", *options(area, way))[1]
        assert all(text in review for text in expect["review"].get("says", ())), review
        assert not any(text in review for text in expect["review"].get("not_says", ())), review
    if expect.get("not_says"):
        found_in = printed + outputs(area, way, folder, every=ALL or (WAYS + HONEST).index(name) % 4 == 0)
        for text in expect["not_says"]:
            assert text not in found_in, found_in
    pages = [*expect.get("pages", ()), *([expect["page"]] if "page" in expect else ())]
    # Each change is checked; to look at the pages of each takes long. These show a note, a moved date, an answer that
    # came late, what was taken down, and a correction.
    if pages and (kind == "ways" or ALL or name in HONEST[::10]):
        look(area, way, pages, folder)


@pytest.mark.parametrize("name", WAYS)
def test_what_was_published_cannot_change_without_a_trace(name, bases, tmp_path):
    run("ways", name, bases, tmp_path)


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_change_is_accepted(name, bases, tmp_path):
    run("honest", name, bases, tmp_path)
