"""The project's shape: who may import whom, who may know what, and that what is documented is all there is."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from macros.cli import COMMANDS, parser
from tests.conftest import ROOT

MACROS = ROOT / "macros"
LAYERS = {  # what each part may import; a part may import itself
    "problem": (), "source": ("problem",), "configuration": (), "today": (),
    "records": ("problem",),
    "meanings": (),
    "register": ("problem", "source", "records"),
    "ledger": ("problem", "source", "records", "register"),
    "checks": ("problem", "source", "records", "register", "ledger"),
    "write": ("problem", "source", "configuration", "records", "register", "ledger"),
    "charts": ("records", "register"),
    "views": ("meanings", "charts", "records", "register"),
    "publish": ("records", "register", "ledger"),
    "verify": ("records", "ledger", "publish"),
    "site": ("problem", "configuration", "today", "checks", "records", "register", "publish", "views"),
    "review": ("problem", "configuration", "source", "records", "register", "ledger", "views", "site"),
    "links": ("source", "records", "register", "review"),
}
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


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(MACROS).as_posix())
def test_a_part_imports_only_those_below_it(path):
    part = path.relative_to(MACROS).parts[0].removesuffix(".py")
    if part in LAYERS:
        used = {name.split(".")[1] for name in imports(path) if name.startswith("macros.")}
        assert used <= {part, *LAYERS[part]}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(MACROS).as_posix())
def test_only_the_plugin_knows_the_generator(path):
    used = {name.split(".")[0] for name in imports(path)} & GENERATORS
    assert not used or path.is_relative_to(MACROS / "site")


def test_nothing_about_an_area_stands_in_code_templates_or_theme():
    for folder in (MACROS, ROOT / "overrides"):
        for path in folder.rglob("*"):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg"):
                assert not re.search(r"oxford|exampleshire|oxpcf|crocker", path.read_text(encoding="utf-8"), re.I), path


def test_every_public_function_and_class_says_what_it_is_for():
    silent = []
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") \
                    and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert not silent


def test_the_top_level_holds_what_the_project_needs_and_nothing_else():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    top = {line.split("/")[0] for line in tracked.splitlines()}
    assert top <= {
        "mkdocs.yml", "docs", "data", "macros", "overrides", "tests", ".github", "README.md", "pyproject.toml",
        "requirements.txt", "Makefile", ".ci", ".gitignore", ".gitattributes", ".editorconfig", "LICENSE",
        "CHANGELOG.md"}


def test_no_registry_stands_in_a_lock_file_and_every_package_has_its_hash():
    for path in (ROOT / "requirements.txt", ROOT / "tests/requirements.txt", ROOT / "tests/package-lock.json",
                 ROOT / "tests/bench/package-lock.json"):
        text = path.read_text(encoding="utf-8")
        assert '"resolved"' not in text and "--index" not in text, path
        assert path.suffix != ".txt" or "://" not in text, path
        if path.suffix == ".txt":
            names = re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.M | re.I)
            assert names and len(names) == len(re.findall(r"^[a-z0-9][^\n]*\\\n    --hash=sha256:", text, re.M | re.I))


def test_readme_names_every_command_and_every_macro():
    from macros.checks.pages import MACROS as CALLS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"^([a-z]+):.*?## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M):
        assert f"`make {target}`" in text, target
    for name in CALLS:
        assert f"{{{{ {name}(" in text, name


def test_each_command_is_read_alone_and_all_together_for_the_help():
    def known(parser):
        return set(next(action for action in parser._actions if action.dest == "command").choices)

    assert known(parser()) == known(parser("no-such-command")) == set(COMMANDS)
    for name in COMMANDS:
        assert name in known(parser(name)) < set(COMMANDS)


def test_every_folder_that_readme_shows_is_there():
    for name in re.findall(r"^\| `([\w./]+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M):
        assert (ROOT / name).exists(), name
