"""From an area's folder to its register, with every problem met on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ..problem import Problem, nearest, quoted, suggestion
from ..records import (
    Action,
    Area,
    Decision,
    Event,
    Exemption,
    FeedbackTheme,
    Measure,
    Meeting,
    Organisation,
    Post,
    Priority,
    Record,
    Redirect,
    Term,
)
from ..source.files import Document, load_markdown, load_yaml, relative
from ..source.yaml_reader import REMEMBERED
from .explain import explain
from .register import Page, Register

FOLDERS: dict[str, type[Record]] = {"actions": Action, "decisions": Decision, "feedback": FeedbackTheme,
                                    "measures": Measure, "meetings": Meeting}
"""Kinds with one record a file, in a folder of that name."""

LISTS: dict[str, type[Record]] = {"organisations": Organisation, "priorities": Priority, "terms": Term,
                                  "events": Event, "redirects": Redirect, "safety": Exemption}
"""Kinds with one list a file."""

LIST_FILES = {kind: "glossary" if kind == "terms" else kind for kind in LISTS}
"""The name of each list's file in data/, without its ending."""

ID_KEYS = {"terms": "term", "redirects": "from", "safety": "digest"}
"""The key by which a kind of record is found, where it is not "id"."""

POSTS = "blog/posts"


class _Collector:
    """Gathers records and problems while files are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.documents: dict[tuple[str, str], tuple[Document, tuple[int, ...]]] = {}
        self.broken: dict[str, set[str]] = {}
        self.unread: set[str] = set()

    def read(self, model: type[BaseModel], document: Document, value: Any, at: tuple[int, ...], kind: str) -> Any:
        record = _record(model, document, at)
        if isinstance(record, ValidationError):
            # What YAML would have misread is no value of the right kind either: once is enough.
            told = {(problem.path, problem.line) for problem in self.problems}
            self.problems += (problem for problem in explain(record, document, model, at)
                              if problem.code != "value-kind" or (problem.path, problem.line) not in told)
            id = value.get(ID_KEYS.get(kind, "id")) if isinstance(value, dict) else None
            if isinstance(id, str):
                self.broken.setdefault(kind, set()).add(id)
            return None
        return record

    def add(self, kind: str, id: str, document: Document, at: tuple[int, ...]) -> bool:
        """Note where a record stands; False, with a problem, where its id is taken."""
        if (kind, id) in self.documents:
            other, place = self.documents[kind, id]
            key = ID_KEYS.get(kind, "id")
            self.problems.append(Problem(document.path, document.line(*at, key), "duplicate-id",
                                         f"{quoted(id)} is already at {other.path}:{other.line(*place, key)}",
                                         "give this file another name" if kind == "posts" else
                                         "keep one of them" if kind in ID_KEYS else "give this record another id"))
            return False
        self.documents[kind, id] = (document, at)
        return True


@lru_cache(maxsize=REMEMBERED)
def _record(model: type[BaseModel], document: Document, at: tuple[int, ...]) -> BaseModel | ValidationError:
    """Return the record at a place of a document, or what is wrong with it."""
    value = document.data
    for number in at:
        value = value[number]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        # Without the frames in which it was raised, which would keep far more alive.
        return error.with_traceback(None)


def load(root: Path, today: date) -> tuple[Register | None, list[Problem]]:
    """Read the area in folder `root` as it stands on `today`.

    Returns the register, and all problems found while reading. The register holds what could be read; it is None
    where there is no readable `data/area.yml`. Raises nothing for bad input.
    """
    register, problems = read(root, today)
    return None if "area" in register.unread else register, problems


def read(root: Path, today: date) -> tuple[Register, list[Problem]]:
    """Read what can be read, so that checks can run on it: where `data/area.yml` cannot be read, the area is empty."""
    collect = _Collector(root)
    area = _area(collect)
    if area is None:
        collect.unread.add("area")
    kinds: dict[str, Any] = {kind: _folder(kind, model, collect) for kind, model in FOLDERS.items()}
    lists = {kind: list(_list(kind, model, collect)) for kind, model in LISTS.items()}
    pages = list(_pages(collect))
    collect.problems += _strays(root)
    register = Register(
        root, today, area or Area.model_construct(), **kinds,
        organisations={record.id: record for record in lists["organisations"]},
        priorities={record.id: record for record in lists["priorities"]},
        terms={record.term: record for record in lists["terms"]},
        events=tuple(sorted(lists["events"], key=lambda event: event.date.first_day)),
        redirects={record.from_: record for record in lists["redirects"]},
        safety=tuple(lists["safety"]),
        posts={page.stem: page.post for page in pages if page.post},
        pages=tuple(pages), documents=collect.documents, broken=collect.broken,
        unread=frozenset(collect.unread),
    )
    return register, sorted(set(collect.problems))


def _area(collect: _Collector) -> Area | None:
    file = collect.root / "data" / "area.yml"
    if not file.exists() and not file.is_symlink():
        collect.problems.append(Problem("data/area.yml", 1, "no-area", "there is no such file",
                                        "start from the area.yml of another area"))
        return None
    document, problems = load_yaml(file, collect.root)
    collect.problems += problems
    collect.documents["area", "area"] = (document, ())
    return collect.read(Area, document, document.data, (), "area") if document.data is not None else None


def _folder(kind: str, model: type[Record], collect: _Collector) -> dict[str, Any]:
    records: dict[str, Any] = {}
    for file in sorted((collect.root / "data" / kind).glob("**/*.yml")):
        document, problems = load_yaml(file, collect.root)
        collect.problems += problems
        if document.data is None:
            _note_broken(kind, file.stem, collect)
            continue
        record = collect.read(model, document, document.data, (), kind)
        if record is None:
            _note_broken(kind, file.stem, collect)
            continue
        if not (file.stem + "-").startswith(record.id.lower() + "-"):
            collect.problems.append(Problem(document.path, document.line("id"), "file-name",
                                            f'the record is "{record.id}", and the file is named {quoted(file.name)}',
                                            f'begin the file\'s name with "{record.id.lower()}", or mend the id'))
        if collect.add(kind, record.id, document, ()):
            records[record.id] = record
    return dict(sorted(records.items()))


def _note_broken(kind: str, stem: str, collect: _Collector) -> None:
    """Remember the id that a file which cannot be read stands for, as its name tells it."""
    parts = stem.split("-")
    id = {"meetings": "-".join(parts[:3]), "measures": stem}.get(kind, "-".join(parts[:2]).upper())
    collect.broken.setdefault(kind, set()).add(id)


def _list(kind: str, model: type[Record], collect: _Collector) -> Iterator[Any]:
    file = collect.root / "data" / f"{LIST_FILES[kind]}.yml"
    if not file.exists() and not file.is_symlink():
        return
    document, problems = load_yaml(file, collect.root)
    collect.problems += problems
    if not isinstance(document.data, tuple):
        collect.unread.add(kind)
        if document.data is not None:
            collect.problems.append(Problem(document.path, document.line(), "value-kind", "the file should hold a list",
                                            'begin each record with "- ", and indent its other lines by two spaces'))
        return
    for number, value in enumerate(document.data):
        record = collect.read(model, document, value, (number,), kind)
        if record is not None:
            # Events have no id: their place in the list stands for one.
            id = getattr(record, {"redirects": "from_"}.get(kind, ID_KEYS.get(kind, "id")), f"number {number + 1}")
            if collect.add(kind, id, document, (number,)):
                yield record


def _pages(collect: _Collector) -> Iterator[Page]:
    docs = collect.root / "docs"
    for file in sorted(docs.glob("**/*.md")):
        document, problems = load_markdown(file, collect.root)
        collect.problems += problems
        is_post = file.relative_to(docs).as_posix().startswith(POSTS + "/")
        post = _post(document, collect) if is_post else None
        if is_post and post is None:
            collect.broken.setdefault("posts", set()).add(file.stem)
        if document.data is not None and not isinstance(document.data, dict):
            collect.problems.append(Problem(document.path, 2, "front-matter", "the front matter should hold keys",
                                            "write name: value on each line between the two lines of ---"))
        if post is None or collect.add("posts", file.stem, document, ()):
            yield Page(document, file.stem, post)


def _post(document: Document, collect: _Collector) -> Post | None:
    if document.data == {}:
        collect.problems.append(Problem(document.path, 1, "front-matter", "the post has no front matter",
                                        'begin the file with a line "---", its date, title, description, in_short and '
                                        'kind, and another line "---"'))
        return None
    return collect.read(Post, document, document.data, (), "posts") if isinstance(document.data, dict) else None


def _strays(root: Path) -> Iterator[Problem]:
    """Find files in data/ that nothing would read: a promise in a misnamed file must not vanish."""
    lists = [*LIST_FILES.values(), "area"]
    found = sorted(file for home in ("data", "docs") for file in (root / home).glob("**/*"))
    for file in found:
        if file.is_symlink() and file.is_dir():
            yield Problem(relative(file, root), 1, "outside", "this is a link to a folder, and nothing would be read "
                          "in it", "put the folder itself here")
    for file in found:
        home, *parts = file.relative_to(root).parts
        is_record = file.suffix == ".yml" and (parts[0] in FOLDERS if len(parts) > 1 else file.stem in lists)
        if home != "data" or is_record or file.name.startswith(".") or file.is_dir():
            continue
        path = relative(file, root)
        if file.suffix != ".yml":
            yield Problem(path, 1, "stray-file", "only files that end in .yml are read in data/",
                          f"name it {quoted(file.stem + '.yml')}" if file.suffix.lower() in (".yaml", ".yml") else
                          "move it out of data/")
        elif len(parts) > 1 and parts[0] not in FOLDERS:
            yield Problem(path, 1, "stray-file", f"no records are read from the folder {quoted(parts[0])}",
                          suggestion(parts[0], FOLDERS, "use one of: " + ", ".join(FOLDERS)))
        elif len(parts) == 1 and file.stem not in lists:
            near = nearest(file.stem, [*FOLDERS, *lists])
            yield Problem(path, 1, "stray-file", "this file is read by nothing",
                          f'did you mean "data/{near}{".yml" if near in lists else "/"}"?' if near else
                          "put the record in one of the folders of data/")
