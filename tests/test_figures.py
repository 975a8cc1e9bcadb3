"""`board figures`: what it reads from the department's files, what it says, and that it never writes half of it."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import struct
import tempfile
import zipfile
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.__main__ import main
from macros.official import indicators
from tests.command import board, copied
from tests.conftest import ROOT
from tests.official_files import OFFICIAL, TOOL, member, members, name_of, release_zip
from tests.thorough import share

SMALL = ROOT / "tests/areas/small"
OXFORDSHIRE, ENGLAND, SOUTH_EAST = "E10000025", "E92000001", "E12000008"
CODES = f'codes:\n  gss: {OXFORDSHIRE}\n  dfe: "931"\n  region: {SOUTH_EAST}\n'
TIMELINESS, REQUESTS = "timeliness_20_week.csv", "requests.csv"
TOTAL_COLUMN = "plans_issued_20_weeks_ex"
EXAMPLES = int(os.environ.get("BOARD_FUZZ", share(40)))

VALUES = {
    ("plans-in-20-weeks", OXFORDSHIRE): {
        "2016": 31.0, "2017": 36.7, "2018": 47.3, "2019": 50.4, "2020": 56.4, "2021": 30.7, "2022": 4.0, "2023": 53.7,
        "2024": 38.5, "2025": 37.8},
    ("plans-in-20-weeks", ENGLAND): {
        "2016": 58.6, "2017": 64.9, "2018": 60.1, "2019": 60.4, "2020": 58.0, "2021": 59.9, "2022": 49.2, "2023": 50.3,
        "2024": 46.4, "2025": 46.1},
    ("plans-in-20-weeks", SOUTH_EAST): {
        "2016": 43.1, "2017": 52.8, "2018": 51.0, "2019": 47.4, "2020": 48.7, "2021": 49.3, "2022": 45.8, "2023": 46.1,
        "2024": 38.2, "2025": 46.9},
    ("plans-in-20-weeks-with-exceptions", OXFORDSHIRE): {
        "2019": 50.2, "2020": 56.1, "2021": 30.7, "2022": 4.0, "2023": 53.6, "2024": 38.6, "2025": 37.8},
    ("plans-in-20-weeks-with-exceptions", ENGLAND): {
        "2019": 58.7, "2020": 55.6, "2021": 57.9, "2022": 47.7, "2023": 49.1, "2024": 45.9, "2025": 45.5},
    ("plans-in-20-weeks-with-exceptions", SOUTH_EAST): {
        "2019": 46.4, "2020": 47.8, "2021": 48.8, "2022": 44.8, "2023": 45.3, "2024": 37.9, "2025": 46.2},
    ("plans-over-a-year-late", OXFORDSHIRE): {"2023": 1.5, "2024": 0, "2025": 0},
    ("plans-over-a-year-late", ENGLAND): {"2023": 5.1, "2024": 7.2, "2025": 10.1},
    ("plans-over-a-year-late", SOUTH_EAST): {"2023": 5.9, "2024": 10.7, "2025": 7.8},
    ("plans", OXFORDSHIRE): {
        "2019-01": 3554, "2020-01": 4017, "2021-01": 4627, "2022-01": 5025, "2023-01": 5427, "2024-01": 6420,
        "2025-01": 7307, "2026-01": 8559},
    ("plans", ENGLAND): {
        "2019-01": 353995, "2020-01": 390109, "2021-01": 430697, "2022-01": 473255, "2023-01": 517048,
        "2024-01": 576474, "2025-01": 638745, "2026-01": 718838},
    ("new-plans", OXFORDSHIRE): {
        "2019": 619, "2020": 828, "2021": 694, "2022": 634, "2023": 1161, "2024": 1159, "2025": 1593},
    ("new-plans", ENGLAND): {"2019": 53899, "2020": 60097, "2021": 62180, "2022": 66706, "2023": 84428, "2024": 97747},
    ("requests-decided-in-6-weeks", OXFORDSHIRE): {"2023": 92.0, "2024": 95.5, "2025": 97.7},
    ("requests-decided-in-6-weeks", ENGLAND): {"2023": 84.8, "2024": 84.8, "2025": 87.4},
    ("requests-refused", OXFORDSHIRE): {
        "2019": 19.1, "2020": 18.3, "2021": 16.7, "2022": 18.1, "2023": 15.8, "2024": 15.1, "2025": 21.7},
    ("requests-refused", ENGLAND): {
        "2019": 22.8, "2020": 21.6, "2021": 22.3, "2022": 22.1, "2023": 24.0, "2024": 25.2, "2025": 26.6},
    ("tribunal-appeals", OXFORDSHIRE): {
        "2014": 1.4, "2015": 0.9, "2016": 0.9, "2017": 1.5, "2018": 1.8, "2019": 1.7, "2020": 1.9, "2021": 2.9,
        "2022": 4.5, "2023": 5.1, "2024": 8.1, "2025": 9.4},
    ("tribunal-appeals", ENGLAND): {"2014": 1.6, "2015": 1.2, "2022": 2.3, "2023": 2.5, "2024": 6.1, "2025": 6.6},
    ("annual-reviews-in-4-weeks", OXFORDSHIRE): {"2024": 32.6, "2025": 40.5},
    ("annual-reviews-in-4-weeks", ENGLAND): {"2024": 44.4, "2025": 47.6},
    ("plans-in-mainstream-schools", OXFORDSHIRE): {
        "2019-01": 37.9, "2020-01": 39.0, "2021-01": 41.5, "2022-01": 44.1, "2023-01": 45.3, "2024-01": 50.3,
        "2025-01": 51.7, "2026-01": 52.2},
    ("absence-special-schools", OXFORDSHIRE): {
        "2019": 9.59, "2021": 15.23, "2022": 12.26, "2023": 11.84, "2024": 12.72, "2025": 11.90},
    ("absence-special-schools", SOUTH_EAST): {
        "2019": 10.23, "2021": 15.63, "2022": 13.09, "2023": 13.18, "2024": 13.44, "2025": 13.36},
    ("attainment-with-a-plan", OXFORDSHIRE): {
        "2016": 15.2, "2017": 12.3, "2018": 11.9, "2019": 15.2, "2020": 18.0, "2021": 14.9, "2022": 14.1, "2023": 13.7,
        "2024": 13.0, "2025": 11.6},
    ("attainment-with-a-plan", ENGLAND): {
        "2016": 17.0, "2017": 13.9, "2018": 13.5, "2019": 13.7, "2020": 15.2, "2021": 15.7, "2022": 14.3, "2023": 14.0,
        "2024": 14.2, "2025": 14.8},
}
"""Figures read off the department's pages by people, by indicator and place."""

OTHERS = {"Kent": "E10000016", "Leeds": "E08000035", "Norfolk": "E10000020", "Bristol, City of": "E06000023",
          "County Durham": "E06000047"}

COUNTS = {  # indicator: file, column, the department's name of the total
    "plans-in-20-weeks": (TIMELINESS, "PC_plans_issued_20_weeks_ex", "All EHC plans issued"),
    "plans-in-20-weeks-with-exceptions": (TIMELINESS, "pc_plans_issued_within_20_weeks", "All EHC plans issued"),
    "plans-over-a-year-late": (TIMELINESS, "pc_plans_issued_gt_1_year", "All EHC plans issued"),
    "requests-decided-in-6-weeks": (REQUESTS, "request_outcome_six_weeks_pc", "All requests for EHC needs assessments"),
    "requests-refused": (REQUESTS, "request_not_assess_pc", "All requests for EHC needs assessments"),
    "new-plans": ("newplans.csv", "new_ehc_plans", "New EHC plans"),
    "plans": ("caseload.csv", "ehcplans", "All EHC plans"),
    "plans-in-mainstream-schools": ("caseload.csv", "mainstream_total_pc", "All EHC plans"),
    "annual-reviews-in-4-weeks": ("annual_reviews.csv", "pc_decsion_4weeks", "All annual reviews"),
}


def new_area(folder: Path) -> Path:
    area = copied(SMALL, folder / "area")
    with (area / "data/area.yml").open("a", encoding="utf-8") as file:
        file.write(CODES)
    return area


def run(area: Path, *arguments: str | Path) -> tuple[int, str]:
    """Run `board figures`. Returns its exit code, and what it printed."""
    return board(area, "figures", *arguments)


def files(area: Path) -> dict[str, bytes]:
    return {path.relative_to(area).as_posix(): path.read_bytes() for path in sorted(area.rglob("*")) if path.is_file()}


def rows(area: Path, indicator: str) -> list[dict[str, str]]:
    with (area / f"data/official/{indicator}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(area: Path, indicator: str, code: str) -> dict[str, str]:
    """The newest release's figure of a place by period."""
    return {row["period"]: row["value"] for row in sorted(rows(area, indicator), key=lambda row: row["release"])
            if row["code"] == code and row["value"]}


def decoded(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def with_cell(text: str, column: str, value: str, **where: str) -> str:
    """Return a file's text with another value in a column of the rows where other columns are as given."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    header, out = next(reader), io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in reader:
        if all(row[header.index(name)] == wanted for name, wanted in where.items()):
            row[header.index(column)] = value
        writer.writerow(row)
    return out.getvalue()


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return new_area(tmp_path)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An area that has read all releases, each on its own, the oldest first."""
    folder = tmp_path_factory.mktemp("full")
    area = new_area(folder)
    for file in (*(release_zip(folder, release) for release in ("2022", "2025", "2026")), TOOL):
        code, said = run(area, file)
        assert code == 0, said
    return area


@pytest.mark.parametrize("indicator, code", VALUES, ids=lambda value: str(value))
def test_the_figures_are_those_of_the_departments_pages(full, indicator, code):
    found = values(full, indicator, code)
    assert {period: round(float(found[period]), 2 if "absence" in indicator else 1)
            for period in VALUES[indicator, code]} == VALUES[indicator, code]


def test_every_indicator_has_figures(full):
    assert {path.stem for path in (full / "data/official").iterdir()} == set(indicators())


@pytest.fixture(scope="module")
def of_2025(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An area that has read one release."""
    folder = tmp_path_factory.mktemp("of-2025")
    area = new_area(folder)
    assert run(area, release_zip(folder, "2025"))[0] == 0
    return area


@pytest.mark.parametrize("indicator", COUNTS)
@pytest.mark.parametrize("name", OTHERS)
def test_the_figures_of_other_areas_are_the_departments_own_totals(of_2025, indicator, name):
    file, column, total = COUNTS[indicator]
    published = {row["time_period"]: row[column] for row in decoded(member("2025", file))
                 if row["la_name"] == name and row["breakdown"] == total and row[column] not in ("x", "z")}
    periods = {year: year if len(year) == 4 else f"20{year[4:]}-01" for year in published}
    found = values(of_2025, indicator, OTHERS[name])
    assert published
    assert {year: float(found[periods[year]]) for year in published} == {
        year: float(value) for year, value in published.items()}
    assert set(found) == set(periods.values())


def test_appeals_of_other_areas_are_those_of_the_departments_table(area, tmp_path):
    """The table of 2026 gives Cambridgeshire the code of another area, so it is found by its name."""
    assert run(area, release_zip(tmp_path, "2026"))[0] == 0
    found = {row["name"]: (row["numerator"], row["denominator"], row["value"])
             for row in rows(area, "tribunal-appeals") if row["period"] == "2025"}
    assert found["Kent"] == ("1756", "13802", "12.7") and found["Bristol, City of"] == ("133", "3084", "4.3")
    assert found["Cambridgeshire"] == ("145", "3512", "4.1") and found["Central Bedfordshire"] == ("150", "3051", "4.9")
    assert found["England"] == ("26977", "405735", "6.6")


def test_numerators_and_denominators_come_with_a_share(full):
    found = {row["period"]: (row["numerator"], row["denominator"])
             for row in rows(full, "plans-in-20-weeks-with-exceptions") if row["code"] == OXFORDSHIRE}
    assert {year: found[year] for year in ("2022", "2023", "2024", "2025")} == {
        "2022": ("27", "667"), "2023": ("533", "994"), "2024": ("371", "962"), "2025": ("533", "1411")}


def test_an_area_that_changed_its_code_has_one_series(full):
    """The department's files have two codes for Buckinghamshire, in an order of their own."""
    found = {row["code"] for row in rows(full, "plans-in-20-weeks") if row["name"] == "Buckinghamshire"}
    assert len(found) == 1
    assert set(values(full, "plans-in-20-weeks", *found)) >= {"2019", "2020", "2024"}


def test_an_area_that_was_split_keeps_its_figures_and_its_successor_begins(full):
    periods = {name: sorted(row["period"] for row in rows(full, "plans-in-20-weeks") if row["name"] == name)
               for name in ("Cumbria", "Cumberland")}
    assert periods["Cumbria"][-1] == "2022" and periods["Cumberland"][0] == "2023"


def test_a_symbol_in_place_of_a_figure_is_no_figure(full):
    """Isle of Wight is `x` in 2025, "z" is for what did not apply yet, and the tribunal hides City of London's 2023."""
    assert "2025" not in values(full, "plans-in-20-weeks", "E06000046")
    assert not [row for row in rows(full, "plans-over-a-year-late") if row["period"] < "2023"]
    assert [row["value"] for row in rows(full, "plans-in-20-weeks")
            if (row["code"], row["period"]) == ("E06000046", "2025")] == [""], "that there is none is kept"


@pytest.mark.parametrize("symbol", ["x", "z", "-", "~", "c", " - ", "", ":", "low", "X"])
def test_each_symbol_of_the_department_is_understood(area, tmp_path, symbol):
    text = with_cell(member("2025", TIMELINESS), "PC_plans_issued_20_weeks_ex", symbol, la_name="Oxfordshire",
                     time_period="2024")
    code, said = run(area, release_zip(tmp_path, "2025", {TIMELINESS: text}))
    assert code == 0, said
    assert set(values(area, "plans-in-20-weeks", OXFORDSHIRE)) == {"2019", "2020", "2021", "2022", "2023"}


def test_it_says_what_is_new_in_the_areas_own_figures(area, tmp_path):
    assert run(area, release_zip(tmp_path, "2025"))[0] == 0
    code, said = run(area, release_zip(tmp_path, "2026"))
    assert code == 0
    assert "Plans finished in 20 weeks (plans-in-20-weeks):\n  new: 14 figures of 14 places, 2025\n" \
        "  Oxfordshire, 2025: 37.8\n" in said
    assert "Wrote data/official/annual-reviews-in-4-weeks.csv, " in said


def test_the_guide_shows_what_the_command_prints(area, tmp_path):
    shown = [line for block in re.findall(r"```console\n(.*?)```", section("Take in official figures"), re.S)
             for line in block.splitlines()]
    command, *lines = shown
    assert command.split()[:2] == ["board", "figures"]
    assert run(area, release_zip(tmp_path, "2025"))[0] == 0
    dry = run(area, *(release_zip(tmp_path, "2026") if word.endswith(".zip") else word for word in command.split()[2:]))
    (tmp_path / TIMELINESS).write_text(member("2026", TIMELINESS), encoding="utf-8")
    said = run(area, tmp_path / TIMELINESS, "--release", "2026")[1].splitlines()
    assert dry[0] == 0
    assert lines[:3] == [line for line in said if line in lines][:3]
    assert "data/official/plans-in-20-weeks.csv" in lines[3] and said[-1].startswith("Wrote ")


def section(title: str) -> str:
    """Return the text of a section of the officer's guide."""
    text = (ROOT / "docs/guides/update-the-tracker.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_a_revised_figure_is_reported_and_both_are_kept(area, tmp_path):
    assert run(area, release_zip(tmp_path, "2025"))[0] == 0
    before = rows(area, "plans-in-20-weeks")
    text = with_cell(member("2025", TIMELINESS), "PC_plans_issued_20_weeks_ex", "39.9", la_name="Oxfordshire",
                     time_period="2024", breakdown="All EHC plans issued")
    later = release_zip(tmp_path, "2025", {TIMELINESS: text}, name="education-health-and-care-plans_2027.zip")
    code, said = run(area, later, "--release", "2025-11")
    assert code == 0, said
    assert "  revised by the department: 1\n  Oxfordshire, 2024: from 38.5 to 39.9\n" in said
    after = rows(area, "plans-in-20-weeks")
    assert [row for row in after if row not in before] == [
        {"release": "2025-11", "period": "2024", "level": "area", "code": OXFORDSHIRE, "name": "Oxfordshire",
         "value": "39.9", "numerator": "370", "denominator": "961"}]
    assert [row for row in after if row in before] == before
    written = files(area)
    code, said = run(area, later, "--release", "2025-11")
    assert (code, files(area)) == (0, written)
    assert "Nothing was written, since nothing is new." in said


def test_an_older_release_read_last_says_what_the_newer_one_revised(area, tmp_path):
    text = with_cell(member("2025", REQUESTS), "request_not_assess_pc", "17.7", la_name="Oxfordshire",
                     time_period="2024", breakdown="All requests for EHC needs assessments")
    later = release_zip(tmp_path, "2025", {REQUESTS: text}, name="later.zip")
    assert run(area, later, "--release", "2025-11")[0] == 0
    code, said = run(area, release_zip(tmp_path, "2025"))
    assert code == 0, said
    assert "  Oxfordshire, 2024: from 15.1 to 17.7\n" in said
    assert values(area, "requests-refused", OXFORDSHIRE)["2024"] == "17.7"


def test_a_figure_that_only_has_more_decimals_is_not_revised(full):
    """The release of 2022 has 19.0616 per cent where that of 2025 has 19.1, and the tool has 19.06."""
    found = [(row["release"], row["value"]) for row in rows(full, "requests-refused")
             if row["code"] == OXFORDSHIRE and row["period"] == "2019"]
    assert len(found) == 1


def test_one_release_cannot_give_two_figures(area, tmp_path):
    assert run(area, release_zip(tmp_path, "2025"))[0] == 0
    before = files(area)
    text = with_cell(member("2025", TIMELINESS), "PC_plans_issued_20_weeks_ex", "39.9", la_name="Oxfordshire",
                     time_period="2024", breakdown="All EHC plans issued")
    code, said = run(area, release_zip(tmp_path, "2025", {TIMELINESS: text}))
    assert (code, files(area)) == (1, before)
    assert "plans-in-20-weeks: the release 2025 gave 38.5 for Oxfordshire in 2024, and this file has 39.9; if the " \
        "department has corrected its release, read the new file under the month of the correction" in said


def test_files_read_twice_change_nothing(full, tmp_path):
    before = files(full)
    for file in (*(release_zip(tmp_path, release) for release in ("2022", "2025", "2026")), TOOL):
        code, said = run(full, file)
        assert code == 0
        assert "Nothing was written, since nothing is new." in said
    assert files(full) == before


def test_all_files_at_once_give_the_same_as_one_after_another(area, full, tmp_path):
    code, said = run(area, TOOL, *(release_zip(tmp_path, release) for release in ("2026", "2025", "2022")))
    assert code == 0, said
    for indicator in indicators():
        for code in (OXFORDSHIRE, ENGLAND):
            assert values(area, indicator, code) == values(full, indicator, code), indicator


def test_a_dry_run_says_the_same_and_writes_nothing(area, tmp_path):
    before = files(area)
    code, dry = run(area, release_zip(tmp_path, "2026"), "--dry-run")
    assert (code, files(area)) == (0, before)
    _, said = run(area, release_zip(tmp_path, "2026"))
    assert dry.splitlines()[:-1] == said.splitlines()[:-1]
    assert dry.endswith("Nothing was written, since this is a dry run.\n")


def test_an_area_without_codes_is_asked_for_them(tmp_path):
    area = copied(SMALL, tmp_path / "area")
    code, said = run(area, release_zip(tmp_path, "2026"))
    assert code == 0
    assert "data/area.yml has no codes" in said


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase], ids=["upper", "lower", "swapped"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_columns_are_found_whatever_their_capitals_and_with_a_byte_order_mark(area, tmp_path, change, mark):
    header, rest = member("2025", TIMELINESS).removeprefix("\ufeff").split("\n", 1)
    assert run(area, release_zip(tmp_path, "2025", {TIMELINESS: f"{mark}{change(header)}\n{rest}"}))[0] == 0
    assert values(area, "plans-in-20-weeks", OXFORDSHIRE)["2024"] == "38.5"


def test_columns_may_come_in_another_order(area, tmp_path):
    table = list(csv.reader(io.StringIO(member("2025", TIMELINESS).removeprefix("\ufeff"))))
    text = "\r\n".join(",".join(f'"{cell}"' for cell in reversed(row)) for row in table)
    assert run(area, release_zip(tmp_path, "2025", {TIMELINESS: text}))[0] == 0
    assert values(area, "plans-in-20-weeks", OXFORDSHIRE)["2024"] == "38.5"


@pytest.mark.parametrize("file", [TIMELINESS, REQUESTS])
def test_a_csv_file_and_a_gzip_file_of_a_release_are_read_like_the_whole(area, tmp_path, file):
    text = member("2025", file).encode()
    (tmp_path / file).write_bytes(text)
    (tmp_path / f"{file}.gz").write_bytes(gzip.compress(text))
    code, said = run(area, tmp_path / file, "--release", "2025")
    assert code == 0, said
    code, said = run(area, tmp_path / f"{file}.gz", "--release", "2025")
    assert code == 0 and "since nothing is new" in said, said


def test_an_area_is_known_by_either_code(area, tmp_path):
    text = with_cell(member("2025", TIMELINESS), "old_la_code", "", la_name="Oxfordshire")
    assert run(area, release_zip(tmp_path, "2025", {TIMELINESS: text}))[0] == 0
    assert values(area, "plans-in-20-weeks", OXFORDSHIRE)["2024"] == "38.5"


def renamed(file: str, was: str, now: str) -> dict[str, str]:
    return {file: re.sub(re.escape(was), now, member("2025", file), flags=re.I)}


def cut_off(file: str, characters: int) -> dict[str, str]:
    return {file: member("2025", file).rstrip()[:-characters]}


APPEALS = "SEND Tribunals and appeal rate 2014-2024.csv"

FAULTY = {
    "a renamed column": (
        renamed(TIMELINESS, "plans_issued_gt_1_year,", "plans_issued_over_1_year,"),
        [f'{TIMELINESS} has no column pc_plans_issued_gt_1_year (it has "PC_plans_issued_gt_1_year_ex"); the '
         "department may have renamed it: report this to those who maintain the software."]),
    "a missing column": (
        {REQUESTS: "\n".join(line.split(",", 1)[1] for line in member("2025", REQUESTS).splitlines() if line)},
        [f"{REQUESTS} has no column time_period"]),
    "a renamed total": (
        renamed(REQUESTS, "All requests for EHC needs assessments", "All initial requests"),
        [f"{REQUESTS} has no row called All requests for EHC needs assessments or All requests for an EHC needs "
         "assessment in breakdown (it has All initial requests)"]),
    "a row that is cut off": (
        cut_off(TIMELINESS, 12),
        [f"{TIMELINESS}, row 129: ", "cells where the columns are 26; the file may be cut off"]),
    "appeals that are cut off": (
        {APPEALS: member("2025", APPEALS).split("England Total")[0].rstrip('"')},
        [f'{APPEALS} has no row "England Total"; the file may be cut off, so download it again']),
    "a row of appeals that is cut off": (
        {APPEALS: re.sub(r"(?m)^(Kent,886,.{40}).*$", r"\1", member("2025", APPEALS))},
        [f"{APPEALS}, row ", "cells where the columns are 37"]),
    "another table of appeals": (
        {APPEALS: "Title\nLocal authority,Appeals\nKent,4\n"}, [f"{APPEALS} is not the table of appeals that we know"]),
    "an unknown place": (
        {TIMELINESS: member("2025", TIMELINESS).replace(",931,Oxfordshire", ",998,Thames Shire")
            .replace(OXFORDSHIRE, "E10000098")},
        [f"{TIMELINESS} names a place that we do not know: Thames Shire (E10000098)"]),
    "no areas": (
        {TIMELINESS: member("2025", TIMELINESS).replace("Local authority", "LA")},
        [f'{TIMELINESS} has no "Local authority" in the column geographic_level']),
    "a word for a figure": (
        {TIMELINESS: with_cell(member("2025", TIMELINESS), TOTAL_COLUMN, "about 40", la_name="Kent")},
        [f'{TIMELINESS} has "about 40" where a figure should be']),
    "a time that is no year": (
        {REQUESTS: with_cell(member("2025", REQUESTS), "time_period", "Spring", la_name="Kent")},
        [f'{REQUESTS} has the time "Spring", which is not a year']),
    "a school year that is none": (
        {"caseload.csv": with_cell(member("2025", "caseload.csv"), "time_period", "202429", la_name="Kent")},
        ['caseload.csv has the time "202429", which is no school year']),
    "two figures for one place": (
        {TIMELINESS: member("2025", TIMELINESS)
            + member("2025", TIMELINESS).split("\n")[1].replace("60.4", "61.4") + "\n"},
        [f"{TIMELINESS} has two figures for England in 2019"]),
    "a quote that does not end": (
        {REQUESTS: member("2025", REQUESTS) + '2024,"'}, [f"{REQUESTS} is not a table of comma-separated values"]),
    "a cell without an end": (
        {REQUESTS: member("2025", REQUESTS) + "x" * 200_000}, [f"{REQUESTS} is not a table of comma-separated values"]),
    "no figure at all": (
        {"newplans.csv": with_cell(member("2025", "newplans.csv"), "new_ehc_plans", "x")},
        ['newplans.csv has no figures for "New plans"']),
    "an empty file": ({REQUESTS: ""}, [f"{REQUESTS} has no column time_period"]),
    "binary": ({REQUESTS: bytes(range(256)) * 20}, [REQUESTS]),
    "zeros": ({REQUESTS: b"\x00" * 2000}, [f"{REQUESTS} has no column time_period"]),
    "sixteen bits": ({REQUESTS: member("2025", REQUESTS).encode("utf-16")}, [REQUESTS]),
}

FAULTY |= {f"the figure {text}": (
    {TIMELINESS: with_cell(member("2025", TIMELINESS), TOTAL_COLUMN, text, la_name="Kent")},
    [f'{TIMELINESS} has "{text[:40]}" where a figure should be'])
    for text in ("inf", "nan", "1e400", "9" * 400, "1_000", "٣٤", "1e9999999999", "--4", "4%%")}


@pytest.mark.parametrize("changed, expected", FAULTY.values(), ids=FAULTY)
def test_a_faulty_file_is_named_with_what_is_wrong_and_nothing_is_written(area, tmp_path, changed, expected):
    before = files(area)
    code, said = run(area, release_zip(tmp_path, "2025", changed))
    assert (code, files(area)) == (1, before)
    assert said.startswith("Nothing was written.\n")
    for text in expected:
        assert text in said
    assert len(said) < 2000


def test_problems_in_several_files_are_reported_at_once(area, tmp_path):
    before = files(area)
    first = release_zip(tmp_path, "2025", FAULTY["a renamed column"][0] | FAULTY["a renamed total"][0])
    (tmp_path / "notes_2026.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / REQUESTS).write_text(member("2025", REQUESTS), encoding="utf-8")
    code, said = run(area, first, tmp_path / "notes_2026.csv", tmp_path / REQUESTS, tmp_path / "absent_2026.zip")
    assert (code, files(area)) == (1, before)
    for text in (f"{TIMELINESS} has no column pc_plans_issued_gt_1_year", f"{REQUESTS} has no row called All requests",
                 "notes_2026.csv is not a file that an indicator needs; use one of: ",
                 f"{REQUESTS} does not say which release it is from; add --release",
                 "absent_2026.zip cannot be opened"):
        assert text in said


@pytest.mark.parametrize("name", [APPEALS, "plans.zip", "figures_199.csv"])
def test_a_file_whose_name_gives_no_release_needs_one(area, tmp_path, name):
    """The years of a table of appeals are those of its figures."""
    (tmp_path / name).write_text("anything", encoding="utf-8")
    code, said = run(area, tmp_path / name)
    assert code == 1
    assert f"{name} does not say which release it is from" in said


@pytest.mark.parametrize("release", ["26", "spring", "2026-13", "2026-4", "", "2026; rm"])
def test_a_release_is_a_year_or_a_month(area, release):
    code, said = run(area, TOOL, "--release", release)
    assert code == 2
    assert "is not a release; write its year like 2026, or its month like 2026-04" in said


def test_the_release_that_is_given_counts_and_not_the_one_in_the_name(area):
    assert run(area, TOOL, "--release", "2026-05")[0] == 0
    assert {row["release"] for row in rows(area, "attainment-with-a-plan")} == {"2026-05"}


def stop(area: Path, file: Path, expected: str) -> None:
    """Check that a file is refused in a few words, and that nothing is written."""
    before = files(area)
    code, said = run(area, file)
    assert (code, files(area)) == (1, before), said
    assert expected in said
    assert len(said) < 500


BOMB = b"time_period," + b"0" * (40 * 1024 * 1024)


def test_a_zip_that_unpacks_to_far_more_is_refused(area, tmp_path):
    file = release_zip(tmp_path, "2025", {REQUESTS: BOMB})
    assert file.stat().st_size < 500_000
    stop(area, file, f"{file.name}: {REQUESTS} is larger than 32 MB; check that it is the department's")


def test_a_zip_of_many_large_files_is_refused(area, tmp_path):
    file = tmp_path / "plans_2025.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(5):
            archive.writestr(f"{number}/{REQUESTS}", BOMB[:30 * 1024 * 1024])
    stop(area, file, "plans_2025.zip unpacks to more than 128 MB")


def test_a_zip_whose_directory_lies_about_a_size_is_refused(area, tmp_path):
    file = tmp_path / "plans_2025.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(REQUESTS, BOMB)
    size = struct.pack("<L", len(BOMB))
    file.write_bytes(file.read_bytes().replace(size, struct.pack("<L", 100)))
    stop(area, file, "plans_2025.zip is damaged or locked; download it again")


def test_a_gzip_file_that_unpacks_to_far_more_is_refused(area, tmp_path):
    (tmp_path / "lait_2026.csv.gz").write_bytes(gzip.compress(BOMB))
    stop(area, tmp_path / "lait_2026.csv.gz", "lait_2026.csv.gz is larger than 32 MB")


def test_a_zip_packed_in_a_way_without_a_bound_is_refused(area, tmp_path):
    file = tmp_path / "plans_2025.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(REQUESTS, BOMB[:1024])
    stop(area, file, f"plans_2025.zip: {REQUESTS} is packed in a way that the department does not use")


def test_a_zip_of_too_many_files_is_refused(area, tmp_path):
    file = tmp_path / "plans_2025.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(600):
            archive.writestr(f"{number}.csv", "")
    stop(area, file, "plans_2025.zip holds 600 files, which is more than a release has")


def test_a_zip_without_a_file_that_is_needed_is_refused(area, tmp_path):
    file = tmp_path / "plans_2025.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data/personal_budgets.csv", "a,b\n")
    stop(area, file, "plans_2025.zip holds no file that an indicator needs; use the ZIP of a whole release")


@pytest.mark.parametrize("length", [10, 1000, 20_000])
def test_a_download_that_broke_off_is_refused(area, tmp_path, length):
    file = release_zip(tmp_path, "2025")
    file.write_bytes(file.read_bytes()[:length])
    stop(area, file, "is damaged or locked; download it again")


def test_a_gzip_file_that_broke_off_is_refused(area, tmp_path):
    (tmp_path / "lait_2026.csv.gz").write_bytes(gzip.compress(TOOL.read_bytes())[:3000])
    stop(area, tmp_path / "lait_2026.csv.gz", "lait_2026.csv.gz is damaged or locked; download it again")


def test_a_folder_is_refused(area, tmp_path):
    (tmp_path / "plans_2025.zip").mkdir()
    stop(area, tmp_path / "plans_2025.zip", "plans_2025.zip cannot be opened")


def test_a_path_in_a_zip_is_never_written_to(area, tmp_path):
    file = tmp_path / "plans_2025.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"../../{REQUESTS}", member("2025", REQUESTS))
        archive.writestr(f"/tmp/{TIMELINESS}", member("2025", TIMELINESS))
        archive.writestr("..\\..\\data\\area.yml", "name: Elsewhere\n")
    outside = {path for path in tmp_path.rglob("*") if not path.is_relative_to(area)}
    own = (area / "data/area.yml").read_bytes()
    code, said = run(area, file)
    assert code == 0, said
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(area)} == outside
    assert (area / "data/area.yml").read_bytes() == own
    assert {path.name for path in (area / "data/official").iterdir()} == {
        "plans-in-20-weeks.csv", "plans-in-20-weeks-with-exceptions.csv", "plans-over-a-year-late.csv",
        "requests-decided-in-6-weeks.csv", "requests-refused.csv"}


DAMAGED = {
    "another header": ("release,period,value\n", ":1: error[official-figures]"),
    "a word for a figure": ("{header}2025,2024,area,E10000025,Oxfordshire,about 38,,\n", ":2: error[official-figures]"),
    "no number": ("{header}2025,2024,area,E10000025,Oxfordshire,nan,,\n", ":2: error[official-figures]"),
    "no year": ("{header}2025,soon,area,E10000025,Oxfordshire,3,,\n", ":2: error[official-figures]"),
    "a long cell": ("{header}" + "x" * 200_000 + "\n", ":2: error[official-figures]"),
    "a line end within a cell": ('{header}2025,2024,area,E10000025,"Oxford\nshire",3,,\n',
                                 ":2: error[official-figures]"),
}


@pytest.mark.parametrize("text, expected", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_of_the_areas_own_is_named_and_not_written_over(area, tmp_path, text, expected):
    kept = area / "data/official/requests-refused.csv"
    kept.parent.mkdir()
    kept.write_text(text.replace("{header}", "release,period,level,code,name,value,numerator,denominator\n"),
                    encoding="utf-8")
    before = files(area)
    code, said = run(area, release_zip(tmp_path, "2025"))
    assert (code, files(area)) == (1, before)
    assert f"data/official/requests-refused.csv{expected}" in said
    with redirect_stdout(io.StringIO()):
        assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 1


def never_half(file: str, content: bytes, arguments: list[str]) -> None:
    """Read a file into a new area. Whatever is in it, there is an answer, and all figures are written or none."""
    with tempfile.TemporaryDirectory() as name:
        area = new_area(Path(name))
        path = Path(name) / file
        path.write_bytes(content)
        before = files(area)
        code, said = run(area, path, *arguments)
        assert code in (0, 1) and said
        after = files(area)
        if code:
            assert after == before and said.startswith("Nothing was written.\n")
        else:
            new = set(after) - set(before)
            assert new == set(re.search(r"^Wrote (.*)\.$", said, re.M)[1].split(", "))
            assert all(after[path] == before[path] for path in before)
            assert run(area, path, *arguments) == (0, said) or "since nothing is new" in run(area, path, *arguments)[1]


fuzzed = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)


@st.composite
def mutated(draw, contents: list[bytes]) -> bytes:
    """A real file with a few of its bytes replaced, removed or repeated."""
    content = bytearray(draw(st.sampled_from(contents)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(0, 60))
        content[start:start + length] = draw(
            st.binary(max_size=12) | st.sampled_from([b"", b'"', b",", b"\n", b"\r", b"\x00", b"x", b"-1", b"1e99"])
            | st.just(bytes(content[start:start + 3 * length])))
    return bytes(content)


ALL_TIDY = [(path, content) for path, content in members("2026")]


@fuzzed
@given(st.binary(max_size=3000), st.sampled_from([TIMELINESS, REQUESTS, APPEALS, "lait_2026.csv", "a.zip", "a.csv.gz"]))
def test_any_bytes_get_an_answer(content, file):
    never_half(file, content, ["--release", "2025"])


@fuzzed
@given(st.data())
def test_a_real_file_with_some_bytes_changed_gets_an_answer(data):
    path, content = data.draw(st.sampled_from(ALL_TIDY))
    never_half(Path(path).name, data.draw(mutated([content])), ["--release", "2026"])


@fuzzed
@given(st.data())
def test_a_zip_with_some_bytes_changed_gets_an_answer(data):
    with tempfile.TemporaryDirectory() as name:
        content = release_zip(Path(name), "2026").read_bytes()
    never_half("plans_2026.zip", data.draw(mutated([content, gzip.compress(TOOL.read_bytes()[:9000])])), [])


@fuzzed
@given(st.lists(st.lists(st.sampled_from(
    ["time_period", "geographic_level", "new_la_code", "old_la_code", "la_name", "region_code", "country_code",
     "breakdown", "plans_issued_20_weeks_ex", "2024", "202425", "Local authority", "National", "931", OXFORDSHIRE,
     ENGLAND, "All EHC plans", "x", "37.8", "", "appeals registered", "2023", "England Total", "Kent", "Short Desc"]),
    max_size=12), max_size=8), st.sampled_from([TIMELINESS, APPEALS, "lait_2026.csv"]))
def test_any_table_of_the_departments_words_gets_an_answer(table, file):
    never_half(file, "\n".join(map(",".join, table)).encode(), ["--release", "2025"])


def test_the_cuts_are_small_and_have_no_file_that_no_indicator_needs():
    known = {name for indicator in indicators().values() for data in indicator.data for name in data.files}
    assert {path.name for path in OFFICIAL.rglob("*.csv")} - {TOOL.name} <= known
    assert sum(path.stat().st_size for path in OFFICIAL.rglob("*")) < 300_000
    assert all((OFFICIAL / name_of(release)).is_dir() for release in ("2022", "2025", "2026"))
