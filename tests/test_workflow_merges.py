"""From a merge to the published site: whether tests run, what is built, and what a release and a night do."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.conftest import PART, pytest_collection_modifyitems
from tests.test_workflow_runs import REPOSITORY, succeeded
from tests.thorough import only_in_test_all
from tests.workflow import Runner, git, runs


@pytest.fixture
def runner(cloned, tmp_path) -> Runner:
    return Runner(cloned, tmp_path, dict(REPOSITORY))


ARTIFACTS = "GET repos/example/promises/actions/artifacts"


def artifact(run: int, *, fork: bool = False, expired: bool = False) -> dict:
    return {"expired": expired, "workflow_run": {"id": run, "repository_id": 1, "head_repository_id": 2 if fork else 1}}


def committed(there: Path, path: str, words: str) -> str:
    """Add a line to a file, commit it, and return the digest of the software."""
    with (there / path).open("a", encoding="utf-8") as file:
        file.write(words)
    git(there, "commit", "--quiet", "--all", "--message", "A change")
    return subprocess.run([".ci/digest"], cwd=there, capture_output=True, text=True, check=True).stdout.strip()


def test_a_merge_of_records_is_published_without_tests(workshop, tmp_path):
    """The walk, step by step: what runs, what GitHub is asked, and what the site holds."""
    there = workshop
    passed = committed(there, "README.md", "\n")
    assert committed(there, "data/events.yml", "\n") == passed, "records are no software"
    assert committed(there, "docs/about.md", "\n") == passed, "pages are no software"

    content = Runner(there, tmp_path / "content", dict(REPOSITORY), {ARTIFACTS: {"artifacts": [artifact(55)]}})
    done = content.run("tests", "software")
    succeeded(done)
    assert content.outputs == {"digest.digest": passed, "digest.tested": "55"}
    assert [asked[:2] for asked in content.asked()] == [tuple(ARTIFACTS.split(" "))]
    looked = {"needs.software.result": "success", "needs.software.outputs.tested": "55"}
    assert not runs("tests", "part", looked)
    content.given |= looked | {"needs.part.result": "skipped"}
    succeeded(content.run("tests", "result"))
    done = content.run("deploy", "build", without=("Add the software bill of materials",))  # it comes from run 55
    succeeded(done)
    assert list(done) == ["Check, and build the site in strict mode", "Find the run that tested this software"]
    assert content.outputs["software.tested"] == "55"
    assert (there / "site/index.html").is_file()
    assert runs("deploy", "deploy", {"needs.build.result": "success", "needs.tests.result": "success"})


@only_in_test_all
def test_a_merge_of_software_is_published_after_its_tests(workshop, tmp_path):
    there = workshop
    passed = committed(there, "data/events.yml", "\n")
    renewed = committed(there, "overrides/partials/footer.html", "<!-- new -->\n")
    assert renewed != passed
    software = Runner(there, tmp_path / "software", dict(REPOSITORY), {ARTIFACTS: {"artifacts": []}})
    succeeded(software.run("tests", "software"))
    assert software.outputs == {"digest.digest": renewed, "digest.tested": ""}
    assert runs("tests", "part", {"needs.software.result": "success"})
    software.given["matrix.part"] = "2"
    done = software.run("tests", "part")
    succeeded(done)
    assert "tests/test_workflows.py: " in done["Run every test of this part"].stdout, "the tests are collected"
    software.given |= {"needs.software.result": "success", "needs.software.outputs.tested": "",
                       "needs.part.result": "failure"}
    assert software.run("tests", "result")["Look at the result"].returncode == 1
    assert not runs("deploy", "deploy", {"needs.build.result": "success", "needs.tests.result": "failure"})
    (there / "site").mkdir()
    succeeded(software.run("deploy", "build", without=("Check, and build the site in strict mode",)))
    assert (there / "site/sbom.cdx.json").is_file(), "it is made where no run has made it"


def test_the_parts_hold_every_test_once(monkeypatch):
    config = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: left_out.append(items)))
    found, left_out = [], []
    for part in range(1, 5):
        monkeypatch.setenv(PART, f"{part}/4")
        items = [*range(10)]
        pytest_collection_modifyitems(config, items)
        assert sorted([*items, *left_out[-1]]) == [*range(10)]
        found += items
    assert sorted(found) == [*range(10)]


@pytest.mark.parametrize("artifacts, run", [
    ([], ""), ([artifact(55)], "55"), ([artifact(5, fork=True)], ""), ([artifact(5, expired=True)], ""),
    ([artifact(5, fork=True), artifact(6)], "6")], ids=["none", "one", "of a fork", "expired", "a fork's and ours"])
def test_only_a_test_run_of_this_repository_counts(runner, artifacts, run):
    runner.answers = {ARTIFACTS: {"artifacts": artifacts}}
    succeeded(runner.run("tests", "software"))
    assert runner.outputs["digest.tested"] == run


@pytest.mark.parametrize("software, parts, tested, passes", [
    ("success", "success", "", True), ("success", "skipped", "55", True), ("success", "success", "55", True),
    ("success", "skipped", "", False), ("success", "failure", "55", False), ("success", "cancelled", "", False),
    ("failure", "skipped", "", False)])
def test_the_job_that_a_ruleset_requires_passes_only_with_tested_software(runner, software, parts, tested, passes):
    runner.given |= {"needs.software.result": software, "needs.part.result": parts,
                     "needs.software.outputs.tested": tested}
    assert (runner.run("tests", "result")["Look at the result"].returncode == 0) == passes


def test_a_site_that_cannot_be_built_names_file_and_line_in_the_run(workshop, tmp_path):
    there = workshop
    committed(there, "data/events.yml", "- nonsense\n")
    done = Runner(there, tmp_path / "runner", dict(REPOSITORY)).run("deploy", "build")
    assert [name for name, step in done.items() if step.returncode] == list(done) == [
        "Check, and build the site in strict mode", "Mark what has to be corrected"]
    assert "::error file=data/events.yml,line=" in done["Mark what has to be corrected"].stdout


def test_every_workflow_that_nobody_switched_off_is_kept_on(runner):
    runner.answers = {"GET repos/example/promises/actions/workflows?per_page=100": "11\n12"}
    succeeded(runner.run("deploy", "keep"))
    assert [asked[:2] for asked in runner.written()] == [
        ("PUT", f"repos/example/promises/actions/workflows/{number}/enable") for number in (11, 12)]
    assert runs("deploy", "keep", {"github.event_name": "schedule"})
    assert not runs("deploy", "keep", {"github.event_name": "push"})


@pytest.mark.parametrize("result, wrote", [("success", []), ("failure", ["POST"])])
def test_a_night_in_which_tests_fail_opens_an_issue(runner, result, wrote):
    runner.given["needs.tests.result"] = result
    runner.answers = {"GET repos/example/promises/issues": []}
    succeeded(runner.run("nightly", "report"))
    assert [asked[0] for asked in runner.written()] == wrote


def test_a_release_holds_the_list_of_its_packages(workshop, tmp_path):
    there = workshop
    runner = Runner(there, tmp_path / "runner", REPOSITORY | {"github.ref_name": "v0.1.0"})
    succeeded(runner.run("release", "release", without=("Write the software bill of materials",)))
    assert [asked[1].split(" --")[0] for asked in runner.asked()][-1] == "release upload v0.1.0 sbom.cdx.json"
    runner.given["github.ref_name"] = "v9.9.9"
    done = runner.run("release", "release", without=("Write the software bill of materials",))
    assert done["Publish it with the release"].returncode == 1
