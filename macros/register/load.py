"""Reads an area's folder into its register, and collects every problem on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ..kinds import BY_NAME, KINDS, Kind
from ..official import FOLDER as OFFICIAL
from ..official import indicators, read_slice
from ..problem import Problem, nearest, quoted, suggestion
from ..records import Area, Measure, Post
from ..source.files import HOMES, Document, below, link_problem, load_markdown, load_yaml, relative
from ..source.yaml_reader import REMEMBERED
from .explain import explain
from .official_figures import FROM_INDICATOR, OfficialFigures, indicator_fields, official_measure
from .register import Page, Register

FOLDERS = sorted(kind.name for kind in KINDS if kind.is_folder and kind.home.startswith("data/"))
LIST_FILES = [kind.file for kind in KINDS if not kind.is_folder]
POSTS = BY_NAME["posts"]
AREA_FILE = "data/area.yml"

USUAL_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
NUMBERED = re.compile(r"([A-Z])-[0-9]{3,}")
YAML_SUFFIX = re.compile(r"\.ya?ml(?:\.txt)?\Z", re.I)
"""How the name of a record's file ends, also where an editor added to it."""

READ = (".yml", ".md", ".csv")
"""How the names of files end that are read into records and texts."""


MAX_PROBLEMS = 500
"""Problems of one list after which the rest of it is not read: nobody fixes more at once."""


class _Collector:
    """Gathers records and problems while files are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = tuple(file for home in HOMES for file in below(root / home))
        self.problems: list[Problem] = []
        self.documents: dict[tuple[str, str], tuple[Document, tuple[int, ...]]] = {}
        self.unreadable_ids: dict[str, set[str]] = {}
        self.unread: set[str] = set()
        self._lines: set[tuple[str, int]] = set()
        self._looked_at = 0

    def record(self, kind: Kind | None, document: Document, value: Any, at: tuple[int, ...] = ()) -> Any:
        """Return the record at a place of a document, or None with its problems noted; without a kind it is the area.
        """
        model = kind.model if kind else Area
        record = _record(model, document, at)
        if not isinstance(record, ValidationError):
            return record
        # The YAML reader has already reported a value that YAML would misread; its type is then wrong too.
        reported = self._reported()
        self.problems += (problem for problem in explain(record, document, model, at)
                          if problem.code != "value-kind" or (problem.path, problem.line) not in reported)
        id = value.get(kind.key) if kind and isinstance(value, dict) else None
        if kind and kind.further_keys and id:
            id = "-".join(str(value.get(key)) for key in (kind.key, *kind.further_keys)).lower()
        if kind and isinstance(id, str):
            self.unreadable(kind, id)
        return None

    def _reported(self) -> set[tuple[str, int]]:
        """Return the lines that have a problem. Each problem is looked at once, however many records have one."""
        self._lines |= {(problem.path, problem.line) for problem in self.problems[self._looked_at:]}
        self._looked_at = len(self.problems)
        return self._lines

    def unreadable(self, kind: Kind, id: str) -> None:
        """Note an id whose record cannot be read, so that a reference to it is not reported as well."""
        self.unreadable_ids.setdefault(kind.name, set()).add(id)

    def add(self, kind: Kind, id: str, document: Document, at: tuple[int, ...] = ()) -> bool:
        """Note where a record is. Returns False, and notes a problem, where its id is taken."""
        if (kind.name, id) not in self.documents:
            self.documents[kind.name, id] = (document, at)
            return True
        other, place = self.documents[kind.name, id]
        key = kind.key or "id"
        self.problems.append(Problem(document.path, document.line(*at, key), "duplicate-id",
                                     f"{quoted(id)} is already at {other.path}:{other.line(*place, key)}",
                                     "give this file another name" if kind is POSTS else
                                     "give this record another id" if kind.key == "id" else "keep one of them"))
        return False


@lru_cache(maxsize=REMEMBERED)
def _record(model: type[BaseModel], document: Document, at: tuple[int, ...]) -> BaseModel | ValidationError:
    """Return the record at a place of a document, or what is wrong with it."""
    value = document.data
    for number in at:
        value = value[number]
    if model is Measure and isinstance(value, dict) and value.get("id") in indicators():
        value = indicator_fields(indicators()[value["id"]]) | value
    try:
        return model.model_validate(value)
    except ValidationError as error:
        # Without the frames in which it was raised, which would keep far more alive.
        return error.with_traceback(None)


def load(root: Path, today: date) -> tuple[Register | None, list[Problem]]:
    """Read the area in folder `root` for the day `today`.

    Returns the register of everything that could be read, and all problems found while reading. The register is None
    without a readable `data/area.yml`. Raises nothing for bad input.
    """
    register, problems = read(root, today)
    return None if "area" in register.unread else register, problems


def read(root: Path, today: date) -> tuple[Register, list[Problem]]:
    """Read what can be read, so that checks can run on it. Without a readable `data/area.yml` the area is empty."""
    collect = _Collector(root)
    area = _area(collect)
    if area is None:
        collect.unread |= {"area", "measures"}  # its codes say which official measures there are
    records: dict[str, Any] = {}
    for kind in KINDS:
        if kind is not POSTS:
            found = list(_folder(kind, collect) if kind.is_folder else _list(kind, collect))
            records[kind.name] = dict(found) if kind.key else tuple(record for _, record in found)
    official = _official(collect)
    records["measures"] = _with_official(records["measures"], official, area, collect)
    pages = list(_pages(collect))
    collect.problems += _unexpected_files(collect)
    records["safety"] = tuple(records["safety"].values())
    records["events"] = tuple(sorted(records["events"], key=lambda event: event.date.first_day))
    register = Register(
        root, today, area or Area.model_construct(), files=collect.files, **records, official=official,
        posts={page.stem: page.post for page in pages if page.post}, pages=tuple(pages),
        documents=collect.documents, unreadable_ids=collect.unreadable_ids, unread=frozenset(collect.unread),
    )
    return register, sorted(set(collect.problems))


def _area(collect: _Collector) -> Area | None:
    file = collect.root / AREA_FILE
    if not file.exists() and not file.is_symlink():
        collect.problems.append(Problem(AREA_FILE, 1, "no-area", "there is no such file",
                                        "start from the area.yml of another area"))
        return None
    document, problems = load_yaml(file, collect.root)
    collect.problems += problems
    collect.documents["area", "area"] = (document, ())
    return collect.record(None, document, document.data) if document.data is not None else None


def _folder(kind: Kind, collect: _Collector) -> Iterator[tuple[str, Any]]:
    """Yield the records of a folder with their ids, in the ids' order."""
    records: dict[str, Any] = {}
    for file in (file for file in below(collect.root / kind.home) if file.name.endswith(".yml")):
        document, problems = load_yaml(file, collect.root)
        collect.problems += problems
        if other := _kind_of_another_folder(document, kind):
            name, id = f"{'an' if other.singular[0] in 'aeiou' else 'a'} {other.singular}", document.data["id"]
            collect.problems.append(Problem(document.path, document.line("id"), "stray-file",
                                            f"{id} is {name}, and this is the folder of {kind.plural}",
                                            f"move the file to {other.home}"))
            collect.unreadable(other, id)
            continue
        record = collect.record(kind, document, document.data) if document.data is not None else None
        if record is None:
            collect.unreadable(kind, kind.id_in(file.stem))
            continue
        if not (file.stem + "-").startswith(record.id.lower() + "-"):
            collect.problems.append(Problem(document.path, document.line("id"), "file-name",
                                            f'the record is "{record.id}", and the file is named {quoted(file.name)}',
                                            f'begin the file\'s name with "{record.id.lower()}", or correct the id'))
        if collect.add(kind, record.id, document):
            records[record.id] = record
    yield from sorted(records.items())


def _kind_of_another_folder(document: Document, kind: Kind) -> Kind | None:
    """Return the kind of records whose ids look like that of a file, if they have a folder of their own."""
    id = document.data.get("id") if isinstance(document.data, dict) else None
    found = NUMBERED.fullmatch(id) if isinstance(id, str) else None
    return next((other for other in KINDS if found and other.letter == found[1] and other is not kind), None)


def _list(kind: Kind, collect: _Collector) -> Iterator[tuple[str, Any]]:
    """Yield the records of a list with their ids, in the order of the file."""
    file = collect.root / kind.home
    if not file.exists() and not file.is_symlink():
        return
    document, problems = load_yaml(file, collect.root)
    collect.problems += problems
    if not isinstance(document.data, tuple):
        collect.unread.add(kind.name)
        if document.data is not None:
            collect.problems.append(Problem(document.path, document.line(), "value-kind", "the file should hold a list",
                                            'begin each record with "- ", and indent its other lines by two spaces'))
        return
    before = len(collect.problems)
    for number, value in enumerate(document.data):
        if len(collect.problems) - before >= MAX_PROBLEMS:
            collect.problems.append(Problem(document.path, document.line(number), "value-kind",
                                            "the records from here on were not read, since too many before are wrong",
                                            "fix the lines that are listed, and check again"))
            collect.unread.add(kind.name)
            return
        record = collect.record(kind, document, value, (number,))
        if record is not None:
            # Events have no id: their position in the list identifies them in `documents`.
            id = kind.id_of(record) or f"number {number + 1}"
            if collect.add(kind, id, document, (number,)):
                yield id, record


def _official(collect: _Collector) -> dict[str, OfficialFigures]:
    """Return the official figures that the area keeps, by their indicators."""
    found = {}
    for file in sorted((collect.root / OFFICIAL).glob("*.csv")):
        indicator = indicators().get(file.stem)
        if indicator is None:
            collect.problems.append(Problem(
                relative(file, collect.root), 1, "official-figures", "no indicator has this name",
                suggestion(file.stem, indicators(), "use one of: " + ", ".join(indicators()))))
            continue
        rows, problems = read_slice(file, collect.root)
        collect.problems += problems
        found[indicator.id] = OfficialFigures(indicator, tuple(rows))
    return found


def _with_official(written: dict[str, Measure], official: dict[str, OfficialFigures], area: Area | None,
                   collect: _Collector) -> dict[str, Measure]:
    """Return an area's measures, with one for each indicator whose figures include the area."""
    measures = dict(written)
    for id in written:
        document, _ = collect.documents["measures", id]
        for key in (*FROM_INDICATOR, "observations", "comparators") if id in indicators() else ():
            if isinstance(document.data, dict) and key in document.data:
                collect.problems.append(Problem(
                    document.path, document.line(key), "official-measure",
                    f"the {key} of {id} comes with the indicator", "remove this line and those below it that belong "
                    "to it"))
    codes = getattr(area, "codes", None)
    for id, figures in official.items():
        if area and codes and codes.gss in figures.by_place and not figures.indicator.beside:
            measures[id] = official_measure(figures, area, written.get(id))
            collect.documents.setdefault(("measures", id), (Document(f"{OFFICIAL}{id}.csv", {}), ()))
    return dict(sorted(measures.items()))


def _pages(collect: _Collector) -> Iterator[Page]:
    for file in collect.files:
        if not (file.name.endswith(".md") and relative(file, collect.root).startswith("docs/")):
            continue
        document, problems = load_markdown(file, collect.root)
        collect.problems += problems
        is_post = document.path.startswith(POSTS.home)
        post = _post(document, collect) if is_post else None
        if is_post and post is None:
            collect.unreadable(POSTS, file.stem)
        if document.data is not None and not isinstance(document.data, dict):
            collect.problems.append(Problem(document.path, 2, "front-matter", "the front matter should hold keys",
                                            "write name: value on each line between the two lines of ---"))
        if post is None or collect.add(POSTS, file.stem, document):
            yield Page(document, file.stem, post)


def _post(document: Document, collect: _Collector) -> Post | None:
    if document.data == {}:
        collect.problems.append(Problem(document.path, 1, "front-matter", "the post has no front matter",
                                        'begin the file with a line "---", its date, title, description, in_short and '
                                        'kind, and another line "---"'))
        return None
    return collect.record(POSTS, document, document.data) if isinstance(document.data, dict) else None


def _unexpected_files(collect: _Collector) -> Iterator[Problem]:
    """Find files in data/ that would be ignored: a promise in a misnamed file must not vanish."""
    root, lists = collect.root, [*LIST_FILES, "area"]
    depth = len(root.parts)
    homes = (root / name for name in {file.parts[depth] for file in collect.files})
    yield from (link_problem(place, root) for place in (*homes, *collect.files) if place.is_symlink())
    for file in collect.files:
        home, *parts = file.parts[depth:]
        is_record = file.suffix == ".yml" and (parts[0] in FOLDERS if len(parts) > 1 else file.stem in lists)
        is_record |= parts[:1] == ["official"] and len(parts) == 2 and file.suffix == ".csv"
        if home != "data" or is_record or file.name.startswith(".") or file.is_dir():
            yield from _unusual_name(file, root)
            continue
        path = relative(file, root)
        if file.suffix != ".yml":
            yield Problem(path, 1, "stray-file", "only files that end in .yml are read in data/",
                          f"name it {quoted(file.name.split('.')[0] + '.yml')}" if YAML_SUFFIX.search(file.name) else
                          "move it out of data/")
        elif len(parts) > 1 and parts[0] not in FOLDERS:
            yield Problem(path, 1, "stray-file", f"no records are read from the folder {quoted(parts[0])}",
                          suggestion(parts[0], FOLDERS, "use one of: " + ", ".join(FOLDERS)))
        elif len(parts) == 1 and file.stem not in lists:
            near = nearest(file.stem, [*FOLDERS, *lists])
            yield Problem(path, 1, "stray-file", "this file is read by nothing",
                          f'did you mean "data/{near}{".yml" if near in lists else "/"}"?' if near else
                          "put the record in one of the folders of data/")


def _unusual_name(file: Path, root: Path) -> Iterator[Problem]:
    """Find a name that tools read differently, or that is easily overlooked; hidden files that nothing reads may stay.
    """
    if USUAL_NAME.fullmatch(file.name) or (file.name.startswith(".") and file.suffix not in READ):
        return
    yield Problem(relative(file, root), 1, "unusual-name", f"{quoted(file.name)} is not a usual name for a file",
                  "use small letters from a to z, digits and hyphens, as in 2026-11-24-our-news.md")
