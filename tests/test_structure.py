"""The project's structure: the direction of imports, who may use MkDocs, and complete documentation."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from macros.cli import COMMANDS, parser
from tests.conftest import ROOT

MACROS = ROOT / "macros"
FLOORS = (
    ("change_titles", "configuration", "problem", "time_limit", "today"),
    ("records", "sanitise", "source"),
    ("kinds", "official"),
    ("register",),
    ("charts", "ledger"),
    ("checks", "publish", "write"),
    ("verify", "views"),
    ("site",),
    ("review",),
    ("links",),
    ("cli",),
    ("__init__", "__main__"),
)
"""The rooms of the package. Each may import itself and rooms on lower floors, which are listed before it."""

GENERATORS = {"mkdocs", "properdocs", "material", "mkdocs_macros"}


def modules() -> list[Path]:
    return sorted(MACROS.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The full names of the modules that a module imports."""
    package = ["macros", *path.relative_to(MACROS).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = package[:len(package) - node.level + 1]
            found |= {".".join([*base, node.module])} if node.module else {
                ".".join([*base, alias.name]) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def room_of(path: Path) -> str:
    return path.relative_to(MACROS).parts[0].removesuffix(".py")


def test_every_room_has_its_floor():
    assert {room_of(path) for path in modules()} == {room for floor in FLOORS for room in floor}


def test_rooms_import_only_rooms_on_lower_floors_and_only_the_site_room_the_generator():
    wrong = []
    for path in modules():
        room, names = room_of(path), imports(path)
        floor = next(number for number, rooms in enumerate(FLOORS) if room in rooms)
        allowed = {room, *(lower for rooms in FLOORS[:floor] for lower in rooms)}
        used = {name.split(".")[1] for name in names if name.startswith("macros.")} - allowed
        if room != "site":
            used |= {name.split(".")[0] for name in names} & GENERATORS
        wrong += [f"{path.relative_to(ROOT)} imports {name}" for name in used]
    assert not wrong


def test_readme_draws_the_floors_as_they_are():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    picture = re.search(r"and a test keeps it so:\n\n((?: {4}.*\n)+)", text)[1]
    assert [tuple(line.removeprefix("← ").split(", ")) for line in map(str.strip, picture.splitlines())] \
        == list(FLOORS[:-1])


def test_code_templates_and_theme_do_not_mention_an_area():
    for folder in (MACROS, ROOT / "overrides"):
        for path in folder.rglob("*"):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg"):
                assert not re.search(r"oxford|exampleshire|oxpcf|crocker", path.read_text(encoding="utf-8"), re.I), path


def test_every_public_function_and_class_has_a_docstring():
    silent = []
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") \
                    and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert not silent


def test_the_top_level_has_no_unexpected_files():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    top = {line.split("/")[0] for line in tracked.splitlines()}
    assert top <= {
        "mkdocs.yml", "docs", "data", "macros", "overrides", "tests", ".github", "README.md", "pyproject.toml",
        "requirements.txt", "Makefile", ".ci", ".gitignore", ".gitattributes", ".editorconfig", "LICENSE",
        "CHANGELOG.md"}


def test_lock_files_name_no_registry_and_have_a_hash_for_every_package():
    for path in (ROOT / "requirements.txt", ROOT / "tests/requirements.txt", ROOT / "tests/package-lock.json",
                 ROOT / "tests/bench/package-lock.json"):
        text = path.read_text(encoding="utf-8")
        assert '"resolved"' not in text and "--index" not in text, path
        assert path.suffix != ".txt" or "://" not in text, path
        if path.suffix == ".txt":
            names = re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.M | re.I)
            assert names and len(names) == len(re.findall(r"^[a-z0-9][^\n]*\\\n    --hash=sha256:", text, re.M | re.I))


def test_readme_names_every_make_target_and_every_macro():
    from macros.checks.pages import MACROS as CALLS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"^([a-z]+):.*?## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M):
        assert f"`make {target}`" in text, target
    for name in CALLS:
        assert f"{{{{ {name}(" in text, name


def test_a_single_command_is_parsed_without_importing_the_others():
    def known(parser):
        return set(next(action for action in parser._actions if action.dest == "command").choices)

    assert known(parser()) == known(parser(["no-such-command"])) == set(COMMANDS)
    for name in COMMANDS:
        assert name in known(parser([name])) < set(COMMANDS)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["no-such-command"]])
def test_help_that_loads_no_command_says_the_same(arguments):
    assert parser(arguments).format_help() == parser().format_help()


def test_every_path_that_readme_lists_exists():
    for name in re.findall(r"^\| `([\w./]+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M):
        assert (ROOT / name).exists() or (MACROS / name).exists(), name
