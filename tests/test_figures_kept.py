"""`board figures` keeps what a release says: no figure lost, none invented, none under another area's name."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date

import pytest

from macros.__main__ import main
from macros.checks import check
from tests.conftest import DAYS, ROOT

TIDY = ("time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,"
        "old_la_code,la_name,breakdown_topic,breakdown,")
REQUESTS = TIDY + "requests_decided_not_to_assess,requests_received_in_year,request_not_assess_pc," \
    "request_outcome_six_weeks,request_outcome_over_6_weeks,request_outcome_six_weeks_pc\n"
TOTAL = "All requests for EHC needs assessments," * 2
ENGLAND = "Calendar year,National,E92000001,England,,,,,," + TOTAL
HULL = "Calendar year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,E06000010,810," \
    '"Kingston upon Hull, City of",' + TOTAL
ALL_MEASURES = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region\n" + "".join(
    f'{measure},,2024,"Kingston Upon Hull, City of",{{0}},810.0,Yorkshire and the Humber\n' for measure in (
        "EHCP_Initial_req_refused", "SEN_Stat_AVG_Attain8_Score", "total_absence_special"))
APPEALS = ",,2024,,,2025,,\n,Old LA code,Appeals registered,Total Appealable Decisions,SEND Tribunal Appeal Rate2," \
    "Appeals,Total Appealable decisions,SEND Tribunal Appeal Rate\n" \
    "Dorset6,838,150,3000,5.00%,160,4000,4.00%\nBolton,350, - ,500,0.00%, x ,x,x\n" \
    "Cumberland,942,..,..,..,4,100,4.00%\nEngland Total,,9,100,9.00%,9,100,9.00%\n"


@pytest.fixture
def area(tmp_path):
    folder = tmp_path / "area"
    shutil.copytree(ROOT / "tests/areas/small", folder)
    return folder


@pytest.fixture
def read_it(area, tmp_path, capsys):
    """A function that reads a file with `board figures`. Returns the exit code, what was said, and the rows kept."""
    def read_it(name: str, text: str, indicator: str, *options: str) -> tuple[int, str, list[dict[str, str]]]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        code = main(["figures", str(tmp_path / name), "--area", str(area), "--today", "2026-11-24", *options])
        file = area / f"data/official/{indicator}.csv"
        said = capsys.readouterr()
        rows = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return code, said.out + said.err, list(csv.DictReader(rows))
    return read_it


def requests(refused: str, in_time: str = "90") -> str:
    return f"{REQUESTS}2024,{ENGLAND}25,100,25,90,10,90\n2024,{HULL}20,100,{refused},{in_time},10,{in_time}\n"


def test_that_the_department_has_no_figure_for_an_area_is_kept(read_it):
    code, said, rows = read_it("requests.csv", requests("x"), "requests-refused", "--release", "2025")
    assert code == 0, said
    assert [(row["code"], row["value"]) for row in rows] == [("E92000001", "25"), ("E06000010", "")]
    code, said, rows = read_it("requests.csv", requests("20.4"), "requests-refused", "--release", "2026")
    assert rows[-1]["value"] == "20.4" and "revised" not in said


def test_that_there_can_be_no_figure_is_not_kept(read_it):
    _, _, rows = read_it("requests.csv", requests("z"), "requests-refused", "--release", "2025")
    assert [row["code"] for row in rows] == ["E92000001"]


def test_other_figures_of_the_same_release_are_refused_with_what_to_do(read_it):
    read_it("requests.csv", requests("20.4"), "requests-refused", "--release", "2025")
    code, said, rows = read_it("requests.csv", requests("21"), "requests-refused", "--release", "2025")
    assert code == 1 and "20.4 for Kingston upon Hull, City of in 2024" in said and "--release 2025-09" in said
    assert [row["value"] for row in rows] == ["25", "20.4"]
    for _ in range(2):
        code, said, rows = read_it("requests.csv", requests("21"), "requests-refused", "--release", "2025-09")
        assert code == 0, said
        assert [(row["release"], row["value"]) for row in rows] == [("2025", "25"), ("2025", "20.4"), ("2025-09", "21")]


def test_more_decimals_are_no_revision(read_it):
    read_it("requests.csv", requests("37.3494"), "requests-refused", "--release", "2025")
    _, said, rows = read_it("lait-send.csv", ALL_MEASURES.format("37.350000000000001"), "requests-refused", "--release",
                            "2026-04")
    assert "2026-04" not in {row["release"] for row in rows}, said
    assert rows[-1]["value"] == "37.3"


@pytest.mark.parametrize(("written", "release"), [("2026-04", "2026-04"), ("2026", "2026")])
def test_the_release_is_the_one_that_was_given(read_it, written, release):
    _, said, rows = read_it("requests.csv", requests("20"), "requests-refused", "--release", written)
    assert {row["release"] for row in rows} == {release}, said


def test_years_of_figures_in_a_name_are_not_the_release(read_it):
    code, said, rows = read_it("Appeals 2024-2025.csv", APPEALS, "tribunal-appeals")
    assert code == 1 and not rows and re.search(r"add --release", said)


def test_appeals_are_under_the_council_that_exists_and_none_is_a_figure(read_it):
    code, said, rows = read_it("SEND appealable decisions rate 2024-2025.csv", APPEALS, "tribunal-appeals", "--release",
                               "2026")
    assert code == 0, said
    assert {row["code"] for row in rows if row["name"] == "Dorset"} == {"E06000059"}
    assert [(row["period"], row["value"], row["numerator"]) for row in rows if row["name"] == "Bolton"] == [
        ("2024", "0", "0"), ("2025", "", "")]
    assert [row["period"] for row in rows if row["name"] == "Cumberland"] == ["2025"]


def test_a_figure_instead_of_none_in_the_same_release_is_refused_too(read_it):
    read_it("requests.csv", requests("x"), "requests-refused", "--release", "2025")
    code, said, rows = read_it("requests.csv", requests("21"), "requests-refused", "--release", "2025")
    assert code == 1 and "no figure" in said and [row["value"] for row in rows] == ["25", ""]


def test_an_area_without_a_figure_is_in_the_table_of_all_areas_and_is_not_overdue():
    register, problems = check(ROOT, DAYS["real"])
    assert not [problem for problem in problems if problem.level == "error"]
    figures = register.official["plans-in-mainstream-schools"]
    without = [code for code, rows in figures.by_place.items()
               if rows[-1].value is None and rows[-1].period == "2025-01"]
    assert without, "the release of 2025 has x for some areas"
    for code in without:
        assert "2025-01" not in {period.text for period, _ in figures.overdue(code, date(2026, 3, 1))}
