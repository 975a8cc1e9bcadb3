"""Templates are compiled once, as Python's modules are, and no reader ever sees an old one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.register import read
from macros.site.templates import Renderer
from tests.conftest import ROOT, TODAY

SMALL = ROOT / "tests/areas/small"


def built(folder: Path, site: str, **more: str) -> dict[str, tuple[int, int]]:
    """Build the small area, and return the compiled templates in the folder of all that is compiled."""
    done = subprocess.run(
        [sys.executable, "-m", "macros", "build", "--area", str(SMALL), "--out", str(folder / site),
         "--today", TODAY.isoformat()], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""} | more)
    assert done.returncode == 0, done.stdout + done.stderr
    return {file.name: (file.stat().st_mtime_ns, file.stat().st_size)
            for file in (folder / "compiled").rglob("template-*")}


def test_a_second_build_compiles_no_template_again_and_makes_the_same_site(tmp_path):
    first = built(tmp_path, "first")
    assert len(first) > 20
    assert built(tmp_path, "second") == first
    pages = [{file.relative_to(tmp_path / site): file.read_bytes() for file in (tmp_path / site).rglob("*.html")}
             for site in ("first", "second")]
    assert pages[0] == pages[1]


def test_what_is_broken_among_the_compiled_templates_is_compiled_anew(tmp_path):
    first = built(tmp_path, "site")
    for number, broken in enumerate(sorted((tmp_path / "compiled").rglob("template-*"))):
        broken.write_bytes(broken.read_bytes()[:number * 9])
    assert {name: size for name, (_, size) in built(tmp_path, "site").items()} \
        == {name: size for name, (_, size) in first.items()}


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path):
    assert not built(tmp_path, "site", PYTHONDONTWRITEBYTECODE="1")


@pytest.fixture
def kept(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    (tmp_path / "compiled" / (ROOT / "macros/views").relative_to("/")).mkdir(parents=True)


def test_a_template_that_changed_is_shown_as_it_is_now(kept, tmp_path):
    register, _ = read(SMALL, TODAY)
    template = tmp_path / "promise.html"
    for words in ("old", "new"):
        template.write_text(f"<p>{words}</p>", encoding="utf-8")
        assert Renderer(register, [tmp_path]).render("promise.html") == f"<p>{words}</p>"


def test_templates_reached_by_links_are_kept_once(kept, tmp_path):
    """An area with templates of its own has a new folder of links at each build."""
    register, _ = read(SMALL, TODAY)
    (tmp_path / "promise.html").write_text("<p>kept</p>", encoding="utf-8")
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        (folder / "promise.html").symlink_to(tmp_path / "promise.html")
        assert Renderer(register, [folder]).render("promise.html") == "<p>kept</p>"
    assert len(list((tmp_path / "compiled").rglob("template-*"))) == 1
