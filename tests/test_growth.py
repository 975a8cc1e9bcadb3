"""Nothing grows faster than the records: eight times the records take about eight times the operations.

A part that looks through all records for each record would take 64 times as many, and ten years of a board's work, or a
region of many boards, would show it. Each part is counted by itself, lest a large one hide a small one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros.checks import CHECKS
from macros.publish.formats import FORMATS
from macros.register import Register, load
from macros.site.settings import load_arguments
from macros.site.templates import Renderer
from macros.views import changes
from macros.views.generated_page import GeneratedPage
from macros.views.pages import PAGES, generated_pages
from tests.areas.generate import content, write
from tests.conftest import ROOT, TODAY
from tests.operations import operations
from tests.thorough import ALL, only_in_test_all, sample

POSTS, ACTIONS = 16, 80
TIMES = 8 if ALL else 4
"""How many times the records the larger area has: in `make test` four times, which take half as long to count."""

WORSE = 1.15
"""How much worse than the records a part may grow: sorting does, by a little. The site as a whole may by 1.3 times; in
areas as small as these, what will be that slow later takes a small share yet."""

Part = Callable[[Path, Register], object]


@pytest.fixture(scope="module")
def areas(tmp_path_factory) -> list[tuple[Path, Register]]:
    """An area and one with eight times its records, with their registers."""
    found = []
    for size in (1, TIMES):
        folder = write(tmp_path_factory.mktemp("growth") / "area", content(POSTS * size, ACTIONS * size))
        register, problems = load(folder, TODAY)
        assert not problems
        found.append((folder, register))
    return found


def growth(areas: list[tuple[Path, Register]], part: Part) -> float:
    """Return how many times as many operations a part takes for the larger area. Each begins with nothing known."""
    part(*areas[0])  # what happens once in a process, such as compiling patterns
    few, many = (operations(lambda root=root, register=register: part(root, dataclasses.replace(register)))
                 for root, register in areas)
    return many / few


FINDERS = tuple(check.find for check in CHECKS)


def named(parts: tuple[Callable[..., object], ...]) -> dict[str, Callable[..., object]]:
    return {f"{part.__module__.removeprefix('macros.')}.{part.__name__}": part for part in parts}


def assert_linear(found: float) -> None:
    assert found <= TIMES * WORSE, f"{TIMES} times the records take {found:.1f} times the operations"


def test_reading_records_grows_no_faster_than_they_do(areas):
    assert_linear(growth(areas, lambda root, register: load(root, TODAY)))


@pytest.mark.parametrize("check", sample(named(FINDERS), 6))
def test_no_check_grows_faster_than_the_records(areas, check):
    assert_linear(growth(areas, lambda root, register: list(named(FINDERS)[check](register))))


# What is too old for the page of changes goes to the pages of years: the two are one part.
SHOWN = {name: part for name, part in named(PAGES).items() if part.__module__ != changes.__name__} | {
    "views.changes": lambda register: [*changes.index_page(register), *changes.year_pages(register)]}


@pytest.mark.parametrize("pages", sample(SHOWN, 4))
def test_what_pages_show_grows_no_faster_than_the_records(areas, pages):
    assert_linear(growth(areas, lambda root, register: list(SHOWN[pages](register))))


@pytest.mark.parametrize("files", sample(named(FORMATS), 1))
def test_no_file_for_machines_grows_faster_than_the_records(areas, files):
    assert_linear(growth(areas, lambda root, register: [make() for _, make in named(FORMATS)[files](register)]))


SECTIONS = (
    "accessibility", "actions", "ask", "briefing", "changes", "decisions", "disagreements",
    "easy-read", "findings", "glossary", "help", "how-to-read", "measures", "meetings", "open-data", "organisations",
    "plans", "priorities", "privacy", "subscribe", "timeline", "topics", "you-said")


@pytest.fixture(scope="module")
def renderers(areas) -> list[tuple[Renderer, dict[str, list[GeneratedPage]]]]:
    """For each area what fills its templates, and its generated pages by the first part of their addresses."""
    found = []
    for _, register in areas:
        pages: dict[str, list[GeneratedPage]] = {}
        for page in generated_pages(register):
            pages.setdefault(page.address.split("/")[0], []).append(page)
        found.append((Renderer(register, [ROOT / "overrides"]), pages))
    return found


@pytest.mark.parametrize("section", sample(SECTIONS, 4))
def test_no_pages_grow_faster_than_the_records(renderers, section):
    counts = []
    for renderer, pages in renderers:
        for template in {page.template for page in pages[section]}:
            renderer.environment.get_template(template)  # which the engine compiles once
        counts.append(operations(lambda renderer=renderer, shown=pages[section]: [
            renderer.render(page.template, page_address=page.address, **page.template_context()) for page in shown]))
    assert_linear(counts[1] / counts[0])


@only_in_test_all
def test_a_whole_build_grows_no_faster_than_the_records(tmp_path):
    """All that a build does, from reading to the last page, but for the search index, which another process makes."""
    counts = []
    for size in (1, TIMES):
        area = write(tmp_path / f"area-{size}", content(POSTS // 2 * size, ACTIONS // 2 * size))
        config = load_config(**load_arguments(area, TODAY), site_dir=str(tmp_path / f"site-{size}"))
        config.plugins.on_startup(command="build", dirty=False)
        counts.append(operations(lambda config=config: build(config)))
    assert counts[1] / counts[0] <= TIMES * 1.3


def test_every_section_is_counted(renderers):
    assert {section for _, pages in renderers for section in pages} == set(SECTIONS)
