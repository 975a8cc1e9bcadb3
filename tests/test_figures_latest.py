"""`board figures --latest`: the newest official figures, asked of a server on this machine, in full or not at all."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from macros.__main__ import main
from macros.official import indicators
from macros.official.api import PUBLICATION as PUBLICATION_IN_ADDRESS
from macros.official.api import download_newest
from macros.official.download import Downloader, Limits
from macros.official.figures import Table
from macros.official.release import FiguresError
from tests.conftest import ROOT
from tests.statistics_api import PUBLICATION, SLUG, Answer, StatisticsApi, serve

PAGE = indicators()["plans-in-20-weeks"].data[0].data_set
"""The id that the department's page of the data set has in the release of 2026."""

HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,"
    "old_la_code,la_name,breakdown_topic,breakdown,plans_issued_den,plans_issued_den_ex,plans_issued_within_20_weeks,"
    "plans_issued_20_weeks_ex,pc_plans_issued_within_20_weeks,pc_plans_issued_20_weeks_ex,plans_issued_gt_1_year,"
    "plans_issued_gt_1_year_ex,pc_plans_issued_gt_1_year,pc_plans_issued_gt_1_year_ex\n")
"""Columns of the release of 2026."""


def table(*rows: str) -> str:
    """A table with these rows, and one of an area, as each has."""
    area = ("2025,Calendar year,Local authority,E92000001,England,E12000008,South East,E10000025,931,Oxfordshire,"
            "All EHC plans,All EHC plans,1411,1411,533,533,37.8,37.8,0,0,0,0")
    return HEADER + "".join(f"{row}\n" for row in (*rows, area))


def england(period: int, value: float) -> str:
    return (f"{period},Calendar year,National,E92000001,England,,,,,,All EHC plans,All EHC plans,"
            f"102203,95411,46498,43997,45.5,{value},10365,9871,10.1,10.3")


TABLE = table(england(2024, 46.4), england(2025, 46.1))


@pytest.fixture
def api(monkeypatch) -> Iterator[StatisticsApi]:
    """The department's interface, with three versions of the data set of plans in 20 weeks."""
    monkeypatch.setenv("no_proxy", "*")
    with serve() as server:
        server.publish("Personal budgets", "00000000-0000-0000-0000-000000000001", "a,b\n1,2\n")
        for file, release in ((None, "2025"), (PAGE, "2026")):
            server.publish("Timeliness", file or "00000000-0000-0000-0000-000000000002", TABLE, release)
        yield server


class Sleeper:
    """A clock that moves only when someone sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Sleeper:
    return Sleeper()


def newest(api: StatisticsApi, clock: Sleeper, **limits: Any) -> list[Table]:
    site = Downloader(api.address, "Test of figures", Limits(**limits), clock=clock, sleep=clock.sleep)
    found, lacking = download_newest(indicators()["plans-in-20-weeks"].data, site)
    assert not lacking
    return found


@pytest.fixture
def area(tmp_path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/areas/small", tmp_path / "area"))


def latest(area: Path, api: StatisticsApi, *options: str) -> int:
    return main(["figures", "--area", str(area), "--latest", "--api", api.address, *options])


def csv_path(api: StatisticsApi) -> str:
    return next(f"/v1/data-sets/{id}/csv" for id, (title, *_) in api.data_sets.items() if title == "Timeliness")


def test_the_newest_version_is_found_by_the_id_of_the_page_of_any_year(api, clock):
    later = table(england(2025, 46.0), england(2026, 50))
    api.publish("Timeliness", "00000000-0000-0000-0000-000000000003", later, "2027")
    assert newest(api, clock) == [Table("timeliness_20_week.csv", "2027", later)]


def test_a_corrected_release_is_named_after_the_month_of_its_correction(api, area, capsys):
    latest(area, api)
    api.publish("Timeliness", PAGE, table(england(2024, 46.4), england(2025, 44)), "2026")
    capsys.readouterr()
    assert latest(area, api) == 0
    assert "England, 2025: from 46.1 to 44\n" in capsys.readouterr().out
    assert "\n2026-07,2025,country,E92000001,England,44,43997,95411\n" in (
        area / "data/official/plans-in-20-weeks.csv").read_text(encoding="utf-8")


def test_a_withdrawn_version_is_passed_over_and_a_data_set_that_replaces_another_is_taken(api, clock):
    old = api.publish("Timeliness", "00000000-0000-0000-0000-000000000003", "a,b\n1,2\n", "2027")
    api.data_sets[old][2][0]["status"] = "Withdrawn"
    assert newest(api, clock)[0].release == "2026"
    new = api.publish("Waiting times", "00000000-0000-0000-0000-000000000004", TABLE, "2028")
    api.data_sets[old][1]["supersedingDataSetId"] = new
    assert newest(api, clock)[0].release == "2028"


def test_long_lists_are_read_page_by_page(api, clock):
    api.page_size = 1
    assert newest(api, clock)[0].release == "2026"
    assert f"/v1/publications/{PUBLICATION}/data-sets?page=2&pageSize=20" in api.asked


def test_a_data_set_that_the_interface_lacks_is_named(api, clock):
    api.data_sets.clear()
    site = Downloader(api.address, "Test of figures", clock=clock, sleep=clock.sleep)
    found, lacking = download_newest(indicators()["plans-in-20-weeks"].data, site)
    assert not found and [file.files[0] for file in lacking] == ["timeliness_20_week.csv"]
    assert SLUG in lacking[0].url


def sends(status: int = 200, body: bytes = TABLE.encode(), media_type: str = "text/csv", **more: Any) -> Answer:
    headers = {name.replace("_", "-"): value for name, value in more.pop("headers", {}).items()}
    return lambda handler: handler.answer(status, body, media_type, headers, **more)


def without_length(handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/csv")
    handler.end_headers()
    handler.wfile.write(TABLE.encode())


PACKED = gzip.compress(TABLE.encode())
GZIP = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize("answer, why", [
    (sends(media_type="text/html; charset=utf-8"), "text/html instead of text/csv"),
    (sends(length=len(TABLE) + 1), "sent only a part of /v1/data-sets"),
    (sends(body=PACKED[:-20], headers=GZIP), "sent only a part of /v1/data-sets"),
    (sends(body=PACKED[:40] + b"?" + PACKED[41:], headers=GZIP), "sent only a part of /v1/data-sets"),
    (sends(body=TABLE.encode(), headers=GZIP), "sent only a part of /v1/data-sets"),
    (sends(body=TABLE.encode()[:-30]), 'sent only a part of "Timeliness"'),
    (sends(body=b""), 'sent only a part of "Timeliness"'),
    (without_length, "does not say how long"),
    (sends(403, b"{}", "application/problem+json"), "refuses"),
    (sends(404, b"{}", "application/problem+json"), "(404); report this"),
    (sends(500, b"oh", "text/plain"), "refuses"),
    (sends(302, b"", headers={"Location": "https://elsewhere.example/file.csv"}), "to another site, elsewhere.example"),
    (sends(302, b"", headers={"Location": "//127.0.0.1:1/file.csv"}), "to another site, 127.0.0.1:1"),
    (sends(302, b"", headers={"Location": "?again"}), "redirects without end"),
], ids=["a page instead of a table", "shorter than it says", "gzip that ends too early", "gzip that was changed",
        "no gzip at all", "a last line that is cut off", "nothing", "a length that is not known", "refused",
        "not there", "an error of its own", "a redirect to another site", "a redirect to another port",
        "redirects without end"])
def test_an_answer_that_is_not_the_whole_table_is_refused(api, clock, answer, why):
    api.instead[csv_path(api)] = [answer]
    with pytest.raises(FiguresError) as caught:
        newest(api, clock)
    assert why in str(caught.value)


def test_a_redirect_on_the_same_site_is_followed(api, clock):
    api.instead[csv_path(api)] = [sends(302, b"", headers={"Location": "/files/7"})]
    api.instead["/files/7"] = [sends()]
    assert newest(api, clock)[0].text == TABLE


def test_a_site_that_never_answers_is_given_up(api, clock):
    api.instead["/v1/publications"] = [lambda handler: api.released.wait(20)]
    with pytest.raises(FiguresError, match="did not answer in time; try again later"):
        newest(api, clock, silence=0.05)


def test_a_table_that_stops_in_the_middle_is_given_up(api, clock):
    def stops(handler) -> None:
        handler.answer(200, TABLE.encode()[:50], "text/csv", length=len(TABLE))
        handler.wfile.flush()
        api.released.wait(20)

    api.instead[csv_path(api)] = [stops]
    with pytest.raises(FiguresError, match="did not answer in time; try again later"):
        newest(api, clock, silence=0.05)


def test_the_time_for_the_whole_is_limited_even_if_something_always_comes(api, clock):
    def drips(handler) -> None:
        handler.answer(200, TABLE.encode()[:50], "text/csv", length=len(TABLE))
        clock.now += 1000
        handler.wfile.write(TABLE.encode()[50:])

    api.instead[csv_path(api)] = [drips]
    with pytest.raises(FiguresError, match="took longer than 900 seconds"):
        newest(api, clock)


def test_a_busy_site_is_asked_again_after_the_time_that_it_names(api, clock):
    api.instead[csv_path(api)] = [sends(429, b"", headers={"Retry-After": "30"}), sends()]
    assert newest(api, clock)[0].text == TABLE
    assert clock.slept == [30]


def test_a_busy_site_that_names_no_time_is_asked_ever_more_slowly(api, clock):
    api.instead[csv_path(api)] = [sends(504, b""), sends(429, b"", headers={"Retry-After": "soon"}), sends()]
    assert newest(api, clock)[0].text == TABLE
    assert clock.slept == [2, 4]


def test_a_site_that_stays_busy_is_given_up(api, clock):
    api.instead[csv_path(api)] = [sends(429, b"", headers={"Retry-After": "30"})]
    with pytest.raises(FiguresError, match=r"is busy \(429\) and was asked 3 times; try again later"):
        newest(api, clock)
    assert clock.slept == [30, 30]


def test_nobody_waits_for_an_hour(api, clock):
    api.instead[csv_path(api)] = [sends(503, b"", headers={"Retry-After": "3600"})]
    with pytest.raises(FiguresError, match="asks to wait 3600 seconds; try again later"):
        newest(api, clock)
    assert clock.slept == []


@pytest.mark.parametrize("answer", [sends(), sends(body=PACKED, headers=GZIP)], ids=["plain", "compressed"])
def test_a_table_that_is_too_large_is_refused(api, clock, answer):
    api.instead[csv_path(api)] = [answer]
    assert newest(api, clock)
    with pytest.raises(FiguresError, match="is larger than"):
        newest(api, clock, file_bytes=len(TABLE) - 1)


def test_a_table_without_end_is_not_read_to_its_end(api, clock):
    poured = []

    def pours(handler) -> None:
        handler.answer(200, b"", "text/csv", length=50_000_000)
        try:
            for _ in range(5000):
                handler.wfile.write(b"x" * 10_000)
                poured.append(10_000)
        except OSError:
            pass

    api.instead[csv_path(api)] = [pours]
    with pytest.raises(FiguresError, match="is larger than"):
        newest(api, clock, file_bytes=2000)
    assert sum(poured) < 50_000_000


def test_all_tables_together_may_not_be_too_large_either(api, clock):
    site = Downloader(api.address, "Test of figures", clock=clock, sleep=clock.sleep)
    download_newest(indicators()["plans-in-20-weeks"].data, site)
    needed = site.limits.total_bytes - site.bytes_left
    assert newest(api, clock, total_bytes=needed)
    with pytest.raises(FiguresError, match="is larger than"):
        newest(api, clock, total_bytes=needed - 1)


@pytest.mark.parametrize("body", [b"not json", b"[]", b'{"results": []}',
                                  b'{"paging": {"totalPages": 1}, "results": [{"id": "7", "slug": "x"}]}'])
def test_an_answer_of_another_form_is_said_to_be_one(api, clock, body):
    api.instead["/v1/publications"] = [sends(body=body, media_type="application/json")]
    with pytest.raises(FiguresError, match="in a form that the software does not know"):
        newest(api, clock)


@pytest.mark.parametrize("release", ["../../x", "=2026", "2026 "])
def test_the_name_of_a_release_cannot_be_anything(api, clock, release):
    api.publish("Timeliness", PAGE, TABLE)
    for version in next(reversed(api.data_sets.values()))[2]:
        version["release"]["slug"] = release
    with pytest.raises(FiguresError, match=r"\(release\.slug\)"):
        newest(api, clock)


@pytest.mark.parametrize("base", ["http://api.example", "file:///etc/passwd", "api.example", "https://"])
def test_only_secure_addresses_and_this_machine_are_asked(base):
    with pytest.raises(FiguresError, match="begin it with https://"):
        Downloader(base, "Test of figures")


def test_every_data_set_of_an_indicator_can_be_looked_up():
    for indicator in indicators().values():
        for file in indicator.data:
            assert file.data_set is None or (UUID(file.data_set) and PUBLICATION_IN_ADDRESS.search(file.url)), indicator


def test_the_command_writes_the_newest_figures_and_then_says_that_nothing_is_new(api, area, capsys):
    assert latest(area, api) == 0
    said = capsys.readouterr().out
    assert "Plans finished in 20 weeks (plans-in-20-weeks):\n  new: 3 figures of 2 places, 2024 to 2025\n" in said
    assert "does not offer these files" in said and "requests.csv, from https://explore-education-statistics" in said
    slice = area / "data/official/plans-in-20-weeks.csv"
    assert slice.read_text(encoding="utf-8").splitlines()[1:] == [
        "2026,2024,country,E92000001,England,46.4,43997,95411", "2026,2025,country,E92000001,England,46.1,43997,95411",
        "2026,2025,area,E10000025,Oxfordshire,37.8,533,1411"]
    before = slice.read_bytes()
    assert latest(area, api) == 0
    assert "Nothing was written, since nothing is new." in capsys.readouterr().out and slice.read_bytes() == before


def test_the_text_of_the_pull_request_says_what_is_new_what_was_revised_and_where_to_compare(api, area, capsys):
    latest(area, api)
    api.publish("Timeliness", "00000000-0000-0000-0000-000000000003", table(england(2025, 44), england(2026, 50)),
                "2027")
    capsys.readouterr()
    assert latest(area, api, "--format", "markdown") == 0
    said = capsys.readouterr().out.replace("\\", "")
    assert "### Plans finished in 20 weeks\n\n- new: 1 figures of 1 places, 2026\n- revised by the department: 1\n" \
        "- England, 2025: from 46.1 to 44\n" in said
    assert f"- `https://explore-education-statistics.service.gov.uk/find-statistics/{SLUG}/2027`" in said
    assert latest(area, api, "--format", "markdown") == 0
    assert capsys.readouterr().out.startswith("The department has published nothing new.\n")


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_the_command_writes_nothing_if_one_table_could_not_be_asked_for(api, area, capsys, format):
    page = indicators()["new-plans"].data[0].data_set
    broken = api.publish("New plans", page, "a,b\n1,2\n")
    api.instead[f"/v1/data-sets/{broken}/csv"] = [sends(media_type="text/html")]
    assert latest(area, api, "--format", format) == 1
    said = capsys.readouterr().out
    assert said.startswith("Nothing was written") and "could not be asked for" in said and "try again later" in said
    assert f"/v1/data-sets/{csv_path(api).split('/')[3]}/csv?dataSetVersion=2.0" in api.asked, "one table was there"
    assert not (area / "data/official").exists()


def test_an_interface_without_any_of_the_files_is_a_failure_that_says_what_to_do(api, area, capsys):
    api.data_sets.clear()
    assert latest(area, api) == 1
    said = capsys.readouterr().out
    assert "offers none of the files" in said and "`board figures FILE`" in said and f"find-statistics/{SLUG}\n" in said
    assert not (area / "data/official").exists()


def test_the_table_is_read_as_one_from_a_file(api, area, capsys):
    api.data_sets.clear()
    api.publish("Timeliness", PAGE, TABLE.replace("pc_plans_issued_20_weeks_ex", "renamed"))
    assert latest(area, api) == 1
    assert "timeliness_20_week.csv has no column pc_plans_issued_20_weeks_ex" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(api, area, capsys):
    assert latest(area, api, "--dry-run") == 0
    assert "new: 3 figures" in capsys.readouterr().out and not (area / "data/official").exists()


@pytest.mark.parametrize("options", [[], ["--latest", "plans.zip"]])
def test_either_files_are_read_or_the_department_is_asked(options, area):
    with pytest.raises(SystemExit) as caught:
        main(["figures", "--area", str(area), *options])
    assert caught.value.code == 2
