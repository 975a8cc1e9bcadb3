"""What an area is built with: the package's settings and theme, and what the area has of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mkdocs.config import load_config

from macros.configuration import configuration
from tests.conftest import ROOT

SMALL = ROOT / "tests/areas/small"


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """An area with records and pages, and nothing else."""
    return Path(shutil.copytree(SMALL, tmp_path / "area"))


def loaded(area: Path, scratch: Path):
    """What the generator makes of the settings."""
    return load_config(str(configuration(area, scratch)))


def source(found, template: str) -> str:
    """What stands in the template that the generator finds under a name."""
    environment = found.theme.get_env()
    return environment.loader.get_source(environment, template)[0]


def test_an_area_of_records_and_pages_is_built_with_the_settings_and_theme_of_the_package(area, tmp_path):
    found = loaded(area, tmp_path / "scratch")
    assert Path(found.docs_dir) == area / "docs"
    assert found.theme.dirs[0] == str(ROOT / "overrides")
    assert found.nav == load_config(str(ROOT / "mkdocs.yml")).nav
    assert str(area / "data") in found.watch
    assert not (area / "mkdocs.yml").exists()


def test_a_template_of_the_area_goes_before_the_one_of_the_package(area, tmp_path):
    (area / "overrides/partials").mkdir(parents=True)
    (area / "overrides/partials/footer.html").write_text("Ours", encoding="utf-8")
    found = loaded(area, tmp_path / "scratch")
    assert source(found, "partials/footer.html") == "Ours"
    assert source(found, "partials/header.html") == (ROOT / "overrides/partials/header.html").read_text("utf-8")
    assert (Path(found.theme.dirs[0]) / "assets/board.css").is_file()
    assert str(area / "overrides") in found.watch


def test_a_setting_of_the_area_goes_before_the_one_of_the_package(area, tmp_path):
    (area / "mkdocs.yml").write_text("nav:\n  - Home: index.md\n", encoding="utf-8")
    found = loaded(area, tmp_path / "scratch")
    assert found.nav == [{"Home": "index.md"}]
    assert Path(found.docs_dir) == area / "docs"
    assert found.use_directory_urls and found.strict


@pytest.mark.parametrize("own", [ROOT, None])
def test_settings_that_are_whole_are_taken_as_they_are(area, tmp_path, own):
    if own is None:
        own = area
        (area / "mkdocs.yml").write_text(f"INHERIT: {ROOT / 'mkdocs.yml'}\n", encoding="utf-8")
    assert configuration(own, tmp_path / "scratch") == own / "mkdocs.yml"
    assert not (tmp_path / "scratch").exists()
