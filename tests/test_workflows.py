"""The workflows are safe and of the right form: by zizmor, by GitHub's schemas, and by rules of our own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.workflow import EXPRESSION, WORKFLOWS, workflow

NAMES = sorted(path.stem for path in WORKFLOWS.glob("*.yml"))
BIN = Path(sys.executable).parent

ALLOWED = {
    "check": {"contents: read"},
    "deploy": {"contents: read", "pages: write", "id-token: write", "issues: write", "attestations: write"},
    "comment": {"actions: read", "contents: read", "pull-requests: write"},
    "links": {"contents: read", "issues: write"}, "verify": {"contents: read", "issues: write"},
    "form": {"contents: read", "actions: write", "contents: write", "issues: write", "pull-requests: write"},
}
"""All that a workflow's jobs may do."""


def jobs(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from workflow(name)["jobs"].items()


def steps(name: str) -> Iterator[dict[str, Any]]:
    for _, job in jobs(name):
        yield from job["steps"]


@pytest.mark.parametrize("persona", ["regular", "pedantic", "auditor"])
def test_zizmor_finds_nothing(persona):
    done = subprocess.run([BIN / "zizmor", "--offline", "--no-progress", "--strict-collection", f"--persona={persona}",
                           ROOT / ".github"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_one_finding_is_set_aside_and_says_why():
    """The comment needs a second workflow; that it runs no code of the pull request is tested below."""
    found = [line for path in WORKFLOWS.glob("*.yml") for line in path.read_text(encoding="utf-8").splitlines()
             if "zizmor:" in line]
    assert [line.strip() for line in found] == [
        "workflow_run: # zizmor: ignore[dangerous-triggers] no code of the pull request is checked out or run here"]


@pytest.mark.parametrize("schema, files", [
    ("vendor.github-workflows", sorted(WORKFLOWS.glob("*.yml"))),
    ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
    ("vendor.github-issue-forms", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))),
    ("vendor.github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
])
def test_the_files_are_of_the_form_that_github_reads(schema, files):
    done = subprocess.run([BIN / "check-jsonschema", "--builtin-schema", schema, *files], capture_output=True,
                          text=True, check=False)
    assert files and done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_by_its_hash_with_its_version_beside_it(name):
    lines = [line for line in (WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert len(lines) == sum("uses" in step for step in steps(name))
    for line in lines:
        assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+){0,2}$", line), line


def test_one_version_of_an_action_is_used_everywhere():
    used = {step["uses"] for name in NAMES for step in steps(name) if "uses" in step}
    assert len({action.split("@")[0] for action in used}) == len(used)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_an_event_is_written_into_a_command(name):
    for step in steps(name):
        assert not EXPRESSION.search(step.get("run", "")), step["run"]


@pytest.mark.parametrize("name", NAMES)
def test_every_job_ends_some_time_and_may_do_only_what_it_says(name):
    described = workflow(name)
    assert described["permissions"] == {} and "concurrency" in described
    for title, job in jobs(name):
        assert 1 <= job["timeout-minutes"] <= 60, title
        assert job["permissions"], title
        assert {f"{key}: {value}" for key, value in job["permissions"].items()} <= ALLOWED[name]


@pytest.mark.parametrize("name", NAMES)
def test_no_checkout_leaves_a_token_behind(name):
    for step in steps(name):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", NAMES)
def test_a_token_is_given_only_to_the_steps_that_need_it_and_no_secret_to_any(name):
    text = (WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8")
    assert "secrets." not in text and "pull_request_target" not in text
    for _, job in jobs(name):
        assert "GH_TOKEN" not in job.get("env", {})
    for step in steps(name):
        if "run" in step:
            needs = "gh " in step["run"] or ".ci/github.py" in step["run"]
            assert ("GH_TOKEN" in step.get("env", {})) == needs, step["name"]


def test_what_runs_code_of_a_pull_request_can_only_read():
    described = workflow("check")
    assert set(described[True]) == {"pull_request", "workflow_dispatch"}
    for _, job in jobs("check"):
        assert job["permissions"] == {"contents": "read"}
    assert not any("token" in str(step).lower() for step in steps("check"))


def test_the_comment_runs_only_code_of_the_main_branch_and_asks_github_which_pull_request_it_is_about():
    checkout, = [step for step in steps("comment") if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    (_, job), = jobs("comment")
    assert {value for value in job["env"].values() if "event" in value} == {
        f"${{{{ github.event.workflow_run.{name} }}}}" for name in ("head_repository.owner.login", "head_branch",
                                                                    "head_sha", "id")}


def test_a_review_is_handed_on_also_where_something_must_be_mended():
    done = {step.get("name", step.get("with", {}).get("name")): step for step in steps("check")}
    assert "cancelled()" in done["Describe what readers will see change"]["if"]
    assert done["review"]["if"] == "${{ always() }}"
    assert "continue-on-error" not in str(done), "a check that fails must fail the pull request"


def test_only_a_whole_site_is_published_one_at_a_time_and_every_morning():
    described = workflow("deploy")
    assert described["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert described["jobs"]["deploy"]["needs"] == "build"
    assert described[True]["push"] == {"branches": ["main"]}
    assert re.fullmatch(r"\d+ [3-6] \* \* \*", described[True]["schedule"][0]["cron"])
    runs = [step["run"] for step in described["jobs"]["build"]["steps"] if "run" in step]
    assert "board check" in runs[0] and runs[1:3] == ["make test", "make site"]


def test_a_form_is_worked_on_only_for_those_who_may_write_and_without_a_checkout_before():
    described = workflow("form")["jobs"]
    assert [set(step) & {"uses"} for step in described["who"]["steps"]] == [set()]
    assert described["pull-request"]["needs"] == "who"
    assert described["pull-request"]["if"] == "${{ needs.who.outputs.allowed == 'yes' }}"
    assert described["who"]["if"] == "${{ github.event.issue.state == 'open' }}"


def test_a_deployment_carries_its_list_of_parts_and_its_attestation_and_hides_no_file():
    described = workflow("deploy")["jobs"]
    build = described["build"]["steps"]
    upload = build[-1]
    assert upload["uses"].startswith("actions/upload-pages-artifact@")
    assert upload["with"]["include-hidden-files"] is True, "security.txt stands in a hidden folder"
    assert "sbom.cdx.json" in build[-2]["run"], "the list is made after the build and before it is packed"
    download, attest = described["attest"]["steps"]
    assert download["with"]["name"] == "github-pages" and attest["with"]["subject-path"].endswith("artifact.tar")
    assert "attest" not in str(described["deploy"]["needs"]), "what must come down at once waits for nobody"
    may = {name: set(job["permissions"]) for name, job in described.items()}
    assert [name for name, allowed in may.items() if "attestations" in allowed] == ["attest"]
    assert may["attest"] == {"attestations", "id-token"}


def test_the_site_is_verified_each_morning_after_it_was_published():
    def minutes(name: str) -> int:
        minute, hour = workflow(name)[True]["schedule"][0]["cron"].split()[:2]
        return 60 * int(hour) + int(minute)
    assert minutes("verify") > minutes("deploy") + workflow("deploy")["jobs"]["build"]["timeout-minutes"]
    checkout = next(steps("verify"))
    assert checkout["with"]["ref"] == "main"


def test_packages_are_installed_only_with_the_digests_of_the_lock_files_and_run_nothing_on_the_way():
    python, node = ((ROOT / ".ci" / name).read_text(encoding="utf-8") for name in ("python", "node"))
    lines = [line for line in python.splitlines() if "pip install" in line]
    assert lines and all("--require-hashes" in line or "--no-deps --no-build-isolation --no-index" in line
                         for line in lines)
    assert "--only-binary :all:" in python, "no package runs a program of its own while it is installed"
    assert " ci " in node and "--ignore-scripts" in node
    lock = json.loads((ROOT / "tests/package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert not name or package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
