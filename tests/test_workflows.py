"""The workflows are safe and valid: checked by zizmor, by GitHub's schemas, and by our own rules."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from tests.test_area import make
from tests.workflow import EXPRESSION, WORKFLOWS, runs, workflow

NAMES = sorted(path.stem for path in WORKFLOWS.glob("*.yml"))
BIN = Path(sys.executable).parent

ALLOWED = {
    "check": {"contents: read"}, "tests": {"actions: read", "contents: read"},
    "nightly": {"actions: read", "contents: read", "issues: write"},
    "release": {"actions: read", "contents: read", "contents: write"},
    "deploy": {"actions: read", "actions: write", "contents: read", "pages: write", "id-token: write", "issues: write",
               "attestations: write"},
    "comment": {"actions: read", "contents: read", "pull-requests: write"},
    "links": {"contents: read", "issues: write"}, "verify": {"contents: read", "issues: write"},
    "figures": {"actions: write", "contents: write", "issues: write", "pull-requests: write"},
    "form": {"contents: read", "actions: write", "contents: write", "issues: write", "pull-requests: write"},
}
"""The permissions that the jobs of each workflow may have."""


def jobs(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from workflow(name)["jobs"].items()


def steps(name: str) -> Iterator[dict[str, Any]]:
    for _, job in jobs(name):
        yield from job.get("steps", [])


@pytest.mark.parametrize("persona", ["regular", "pedantic", "auditor"])
def test_zizmor_reports_no_findings(persona):
    done = subprocess.run([BIN / "zizmor", "--offline", "--no-progress", "--strict-collection", f"--persona={persona}",
                           ROOT / ".github"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_the_only_suppressed_findings_have_a_reason():
    """Posting the comment needs a second workflow. Tests below check that it runs no code of the pull request, and look
    at the limits of a deployment's jobs."""
    found = [line for path in WORKFLOWS.glob("*.yml") for line in path.read_text(encoding="utf-8").splitlines()
             if "zizmor:" in line]
    assert {line.strip() for line in found} == {
        "workflow_run: # zizmor: ignore[dangerous-triggers] no code of the pull request is checked out or run here",
        "on: # zizmor: ignore[concurrency-limits] the jobs that must not run twice have limits of their own"}


SCHEMAS = {"vendor.github-workflows": "workflows/*.yml", "vendor.dependabot": "dependabot.yml",
           "vendor.github-issue-forms": "ISSUE_TEMPLATE/[0-9]*.yml",
           "vendor.github-issue-config": "ISSUE_TEMPLATE/config.yml"}


def test_our_files_and_those_of_a_new_area_match_github_s_schemas(tmp_path):
    """In this process: to import the checker takes ten times as long as to check."""
    from check_jsonschema import main

    for folder in (ROOT, make(tmp_path / "area")):
        for schema, pattern in SCHEMAS.items():
            files = sorted(map(str, (folder / ".github").glob(pattern)))
            done = CliRunner().invoke(main, ["--builtin-schema", schema, *files])
            assert files and done.exit_code == 0, done.output


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_by_commit_with_its_version_in_a_comment(name):
    lines = [line for line in (WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert len(lines) == sum("uses" in step for step in [*steps(name), *dict(jobs(name)).values()])
    for line in lines:
        assert re.search(r"uses: (\./\.github/[\w./-]+|[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+){0,2})$", line), line


def test_all_workflows_use_the_same_version_of_an_action():
    used = {step["uses"] for name in NAMES for step in steps(name) if "uses" in step}
    assert len({action.split("@")[0] for action in used}) == len(used)


@pytest.mark.parametrize("name", NAMES)
def test_no_expression_is_expanded_inside_a_command(name):
    for step in steps(name):
        assert not EXPRESSION.search(step.get("run", "")), step["run"]


@pytest.mark.parametrize("name", NAMES)
def test_every_job_has_a_timeout_and_only_the_permissions_that_it_needs(name):
    described = workflow(name)
    assert described["permissions"] == {} and ("concurrency" in described) == (name != "deploy")
    for title, job in jobs(name):
        # A workflow that is called has the limits of its own jobs.
        assert "uses" in job or 1 <= job["timeout-minutes"] <= 60, title
        assert job["permissions"], title
        assert {f"{key}: {value}" for key, value in job["permissions"].items()} <= ALLOWED[name]


@pytest.mark.parametrize("name", NAMES)
def test_no_checkout_keeps_the_token(name):
    for step in steps(name):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", NAMES)
def test_only_steps_that_call_github_get_a_token_and_none_gets_a_secret(name):
    text = (WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8")
    assert "secrets." not in text and "pull_request_target" not in text
    for _, job in jobs(name):
        assert "GH_TOKEN" not in job.get("env", {})
    for step in steps(name):
        if "run" in step:
            needs = "gh " in step["run"] or ".ci/github.py" in step["run"]
            assert ("GH_TOKEN" in step.get("env", {})) == needs, step["name"]


@pytest.mark.parametrize("name, kind", [("check", {"contents": "read"}),
                                        ("tests", {"contents": "read", "actions": "read"})])
def test_jobs_that_run_code_of_a_pull_request_have_read_access_only(name, kind):
    described = workflow(name)
    assert set(described[True]) - {"workflow_call"} == {"pull_request", "workflow_dispatch"}
    for title, job in jobs(name):
        assert job["permissions"].items() <= kind.items()
        if "actions" not in job["permissions"]:
            assert "token" not in str(job).lower(), title


def test_the_comment_runs_code_of_main_only_and_takes_the_pull_request_from_the_event():
    checkout, = [step for step in steps("comment") if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    (_, job), = jobs("comment")
    assert {value for value in job["env"].values() if "event" in value} == {
        f"${{{{ github.event.workflow_run.{name} }}}}" for name in (
            "head_repository.full_name", "head_repository.owner.login", "head_branch", "head_sha", "id")}


def test_the_review_is_uploaded_even_if_the_check_fails():
    done = {step.get("name", step.get("with", {}).get("name")): step for step in steps("check")}
    assert "cancelled()" in done["Describe what readers will see change"]["if"]
    assert done["review"]["if"] == "${{ always() }}"
    assert "continue-on-error" not in str(done), "a check that fails must fail the pull request"


def test_deployments_run_one_at_a_time_and_every_morning_and_a_newer_one_replaces_one_that_still_builds():
    described = workflow("deploy")
    limits = {name: job["concurrency"] for name, job in described["jobs"].items() if "concurrency" in job}
    assert limits == {"build": {"group": "pages-build", "cancel-in-progress": True},
                      "deploy": {"group": "pages", "cancel-in-progress": False}}
    # So that an older run cannot publish after a newer one: it is cancelled while it waits for tests as well.
    assert workflow("tests")["concurrency"] == {
        "group": "tests-${{ github.workflow }}-${{ github.ref }}", "cancel-in-progress": True}
    assert described[True]["push"] == {"branches": ["main"]}
    assert re.fullmatch(r"\d+ [3-6] \* \* \*", described[True]["schedule"][0]["cron"])
    assert described["jobs"]["tests"]["uses"] == "./.github/workflows/tests.yml"


BUILT, UNTESTED = {"needs.build.result": "success"}, {"needs.tests.result": "skipped", "inputs.urgent": True}


@pytest.mark.parametrize("given, published", [
    (BUILT | {"needs.tests.result": "success"}, True), (BUILT | {"needs.tests.result": "failure"}, False),
    (BUILT | {"needs.tests.result": "skipped"}, False), (BUILT | {"needs.tests.result": "cancelled"}, False),
    (BUILT | UNTESTED, True), (UNTESTED | {"needs.build.result": "failure"}, False),
    ({"needs.build.result": "cancelled", "needs.tests.result": "success"}, False),
])
def test_only_what_was_built_is_published_and_only_with_tested_software_unless_it_is_urgent(given, published):
    assert runs("deploy", "deploy", given) == published
    assert runs("deploy", "tests", given) == (not given.get("inputs.urgent"))
    assert workflow("deploy")[True]["workflow_dispatch"]["inputs"]["urgent"]["default"] is False


@pytest.mark.parametrize("tested, again, needed", [("", "", True), ("55", "", False), ("55", True, True)])
def test_tests_run_where_the_software_has_not_passed_them_and_at_night_always(tested, again, needed):
    given = {"needs.software.result": "success", "needs.software.outputs.tested": tested, "inputs.again": again}
    assert runs("tests", "part", given) == needed
    assert runs("tests", "result", given | {"needs.part.result": "failure"}), "a job that is skipped counts as passed"
    assert workflow("nightly")["jobs"]["tests"]["with"] == {"again": True}
    assert "paths" not in str(workflow("tests")[True]), "a check that never comes would keep a pull request from main"


def test_every_part_of_the_tests_is_run():
    part = workflow("tests")["jobs"]["part"]
    step, = [step for step in part["steps"] if step.get("run") == "make test-all"]
    numbers = part["strategy"]["matrix"]["part"]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert step["env"]["TEST_PART"] == f"${{{{ matrix.part }}}}/{len(numbers)}"


@pytest.mark.parametrize("name, job", [("deploy", "build"), ("check", "review"), ("comment", "comment")])
def test_no_one_waits_for_packages_that_only_tests_need(name, job):
    for step in workflow(name)["jobs"][job]["steps"]:
        if step.get("uses") == "./.github/actions/set-up":
            assert "with" not in step, "the site's packages alone"
        assert not re.search(r"make test|npm|chromium|ready-test", step.get("run", ""), re.I)


def test_a_form_is_processed_only_for_writers_and_permission_is_checked_before_any_checkout():
    described = workflow("form")["jobs"]
    assert [set(step) & {"uses"} for step in described["who"]["steps"]] == [set()]
    assert described["pull-request"]["needs"] == "who"
    assert described["pull-request"]["if"] == "${{ needs.who.outputs.allowed == 'yes' }}"
    assert described["who"]["if"] == "${{ github.event.issue.state == 'open' }}"


def test_a_deployment_includes_its_bill_of_materials_its_attestation_and_hidden_files():
    described = workflow("deploy")["jobs"]
    build = described["build"]["steps"]
    upload = build[-1]
    assert upload["uses"].startswith("actions/upload-pages-artifact@")
    assert upload["with"]["include-hidden-files"] is True, "security.txt is in a hidden folder"
    assert "sbom.cdx.json" in build[-2]["run"], "it is added after the build and before the upload"
    download, attest = described["attest"]["steps"]
    assert download["with"]["name"] == "github-pages" and attest["with"]["subject-path"].endswith("artifact.tar")
    assert "attest" not in str(described["deploy"]["needs"]), "an urgent takedown must not wait for it"
    assert "attest" not in str(described["report"]["needs"])
    may = {name: set(job["permissions"]) for name, job in described.items()}
    assert [name for name, allowed in may.items() if "attestations" in allowed] == ["attest"]
    assert may["attest"] == {"attestations", "id-token"}
    assert may["keep"] == {"actions"} and not any("uses" in step for step in described["keep"]["steps"])


def test_the_site_is_verified_each_morning_after_the_deployment():
    def minutes(name: str) -> int:
        minute, hour = workflow(name)[True]["schedule"][0]["cron"].split()[:2]
        return 60 * int(hour) + int(minute)
    assert minutes("verify") > minutes("deploy") + workflow("deploy")["jobs"]["build"]["timeout-minutes"]
    checkout = next(steps("verify"))
    assert checkout["with"]["ref"] == "main"


def test_packages_are_installed_by_hash_and_run_no_install_scripts():
    python, node = ((ROOT / ".ci" / name).read_text(encoding="utf-8") for name in ("python", "node"))
    lines = [line for line in python.splitlines() if "pip install" in line]
    assert lines and all("--require-hashes" in line or "--no-deps --no-build-isolation --no-index" in line
                         for line in lines)
    assert "--only-binary :all:" in python, "no package runs code during installation"
    assert " ci " in node and "--ignore-scripts" in node
    lock = json.loads((ROOT / "tests/package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert not name or package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
