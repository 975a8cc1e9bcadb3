"""The table of `make bench`: its growth columns, and its place in the guide. Nothing is measured here."""

from __future__ import annotations

import sys

from tests.areas.generate import content
from tests.bench import others, speed
from tests.bench.measuring import measured

ROWS = [("A build", {"1 year": 2.0, "10 years": 8.0, "Region": 60.0}, "s"),
        ("Memory", {"1 year": 0.0, "10 years": 100.0, "Region": 2000.0}, "MB"),
        ("Ours ÷ theirs", {"1 year": 1.5, "10 years": 1.0, "Region": 0.5}, "×"),
        ("Real sentences", {"10 years": 9.0}, "s")]


def test_the_table_shows_the_growth_of_each_value():
    lines = speed.table(ROWS).splitlines()
    assert lines[2] == "| A build | 2.00 s | 8.00 s | 60.00 s | 4.0 | 7.5 |"
    assert lines[3] == "| Memory | not known | 100 MB | 2,000 MB | not known | 20.0 |"
    assert lines[4] == "| Ours ÷ theirs | 1.50 | 1.00 | 0.50 |  |  |"
    assert lines[5] == "| Real sentences |  | 9.00 s |  |  |  |", "what was measured at one size only"


def test_a_new_table_replaces_the_old_one_and_keeps_the_text_around_it(tmp_path, monkeypatch):
    guide = tmp_path / "guide.md"
    guide.write_text("Before.\n\n<!-- table -->\n<!-- end of table -->\n\nAfter.\n", encoding="utf-8")
    monkeypatch.setattr(speed, "GUIDE", guide)
    for _ in range(2):
        speed.show(ROWS, keep=True)
    text = guide.read_text(encoding="utf-8")
    assert text.startswith("Before.\n") and text.endswith("<!-- end of table -->\n\nAfter.\n")
    assert text.count("| A build |") == 1


def test_the_same_seed_gives_the_same_area_and_the_other_generators_get_its_text():
    made = content(3, 15)
    assert made == content(3, 15) != content(3, 15, seed=8)
    assert content(3, 15, sentences=["Said once."]).records["actions"]["A-001"]["detail"] == "Said once."
    pages = {page.address: page.text for page in others.pages(made)}
    for id, action in made.records["actions"].items():
        assert action["detail"] in pages[f"actions/{id.lower()}/"]
    assert not any("{{" in text for text in pages.values())


def test_the_processor_time_of_a_command_and_of_what_it_starts_is_measured(tmp_path):
    works = "n = sum(range(10 ** 6))"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{works}'])"
    found = measured([sys.executable, "-c", code], tmp_path, times=1)
    assert found.processor > 0 and found.seconds > 0
