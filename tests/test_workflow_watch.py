"""The monitoring workflows open one issue when something is wrong, update it, and close it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_workflow_runs import BOT, REPOSITORY, succeeded
from tests.thorough import ALL
from tests.workflow import Runner

ISSUES = "GET repos/example/promises/issues"


@pytest.fixture
def runner(tmp_path) -> Runner:
    """Runs steps in a folder with the scripts of .ci/, for tests that put a fake `board` there."""
    folder = tmp_path / "area"
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".ci").mkdir()
    (folder / ".ci/github.py").write_bytes((ROOT / ".ci/github.py").read_bytes())
    return Runner(folder, tmp_path / "runner", dict(REPOSITORY), answers={ISSUES: []})


def program(folder: Path, path: str, status: int) -> None:
    """Write a program into the folder that prints a line and exits with a status."""
    (folder / path).write_text(f"#!/bin/sh\necho found\nexit {status}\n", encoding="utf-8")
    (folder / path).chmod(0o755)


WATCHES = [("verify", "verify", ".venv/bin/board", "The published site is not what main builds"),
           ("links", "packages", ".ci/audit", "Known vulnerabilities in dependencies")]


@pytest.mark.parametrize("name, job, path, title", WATCHES)
def test_a_finding_opens_one_issue_which_is_updated_and_closes_automatically(runner, name, job, path, title):
    program(runner.folder, path, 1)
    succeeded(runner.run(name, job, without=("Set up",)))
    (method, where, body), = runner.written()
    assert (method, where, body["title"]) == ("POST", "repos/example/promises/issues", title)
    assert "found" in body["body"]
    runner.answers[ISSUES] = [{"number": 4, "title": title, "user": {"login": BOT}}]
    succeeded(runner.run(name, job, without=("Set up",)))
    assert runner.written()[-1][:2] == ("PATCH", "repos/example/promises/issues/4")
    program(runner.folder, path, 0)
    succeeded(runner.run(name, job, without=("Set up",)))
    assert runner.written()[-1] == ("PATCH", "repos/example/promises/issues/4", {"state": "closed"})


@pytest.mark.parametrize("status", [2, None])
def test_a_site_that_could_not_be_verified_is_said_in_the_issue(runner, status):
    if status:
        program(runner.folder, ".venv/bin/board", status)
        done = runner.run("verify", "verify", without=("Set up",))
        assert done["Compare"].returncode == 1
    else:  # it never came to the comparison
        runner.run("verify", "verify", without=("Set up", "Compare"))
    (method, where, body), = runner.written()
    assert (method, where, body["title"]) == ("POST", "repos/example/promises/issues", WATCHES[0][3])
    assert "could not be verified" in body["body"]


@pytest.mark.parametrize("name, job, path, title", WATCHES[1:])
def test_a_failed_check_fails_the_run_and_changes_no_issue(runner, name, job, path, title):
    program(runner.folder, path, 2)
    done = runner.run(name, job, without=("Set up", "Open or close the issue"))
    assert [step.returncode for step in done.values()] == [1]
    assert runner.outputs == {} and runner.written() == []


def test_output_is_quoted_as_code_in_the_issue(runner):
    program(runner.folder, ".venv/bin/board", 1)
    succeeded(runner.run("verify", "verify", without=("Set up",)))
    body = runner.written()[0][2]["body"]
    assert "\n    found\n" in body, "indented as code, so that links and mentions have no effect"
    assert "docs/guides/staying-up.md" in body and (ROOT / "docs/guides/staying-up.md").is_file()


def test_the_bill_of_materials_lists_every_locked_package_with_its_hashes(tmp_path):
    for name in (".venv", ".ci", "requirements.txt", "pyproject.toml", "README.md"):
        (tmp_path / name).symlink_to(ROOT / name)
    subprocess.run([tmp_path / ".ci/sbom", tmp_path / "sbom.cdx.json"], check=True)
    text = (tmp_path / "sbom.cdx.json").read_text(encoding="utf-8")
    listed = json.loads(text)
    assert listed["bomFormat"] == "CycloneDX"
    locked = re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert {(part["name"], part["version"]) for part in listed["components"]} == set(locked)
    for part in listed["components"]:
        assert any(link.get("hashes") for link in part["externalReferences"]), part["name"]
    if ALL:
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator

        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
