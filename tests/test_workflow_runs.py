"""The steps of the workflows, run in a clean clone with a fake `gh` that records its calls."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from tests.thorough import ALL, only_in_test_all
from tests.workflow import Runner, clone, git

REPOSITORY = {"github.token": "a-token", "github.repository": "example/promises",
              "github.event.repository.default_branch": "main", "github.event.issue.number": "12"}
BOT = "github-actions[bot]"
ACTION = "data/actions/a-001-list-late-plans.yml"


@pytest.fixture
def runner(cloned, tmp_path) -> Runner:
    return Runner(cloned, tmp_path, dict(REPOSITORY))


def succeeded(done) -> None:
    for name, step in done.items():
        assert step.returncode == 0, f"{name}\n{step.stdout}\n{step.stderr}"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


@only_in_test_all
def test_every_step_of_check_works_in_a_clean_clone_and_the_preview_opens_from_a_folder(tmp_path):
    there = clone(tmp_path)
    succeeded(Runner(there, tmp_path / "runner", dict(REPOSITORY)).run("check", "review"))
    assert json.loads((there / "review.json").read_text(encoding="utf-8"))["groups"] == []
    for page in [there / "site/index.html", *(there / "site/actions").rglob("*.html")]:
        links = _Links()
        links.feed(page.read_text(encoding="utf-8"))
        for link in links.found:
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                assert (page.parent / unquote(parts.path)).is_file(), f"{page}: {link}"


def test_an_error_fails_the_check_and_the_review_is_uploaded_all_the_same(workshop, tmp_path):
    record = workshop / ACTION
    record.write_text(re.sub(r"^due: .*$", "due: 2030-01-01", record.read_text(encoding="utf-8"), flags=re.M),
                      encoding="utf-8")
    git(workshop, "commit", "--quiet", "--all", "--message", "A date is moved in place")
    # `make test-all` builds the draft of it too.
    later = ("Build a draft where something is still to be confirmed", "Make the preview work without a server")
    done = Runner(workshop, tmp_path, dict(REPOSITORY)).run(
        "check", "review", without=("Build the site in strict mode", *(() if ALL else later)))
    assert done["Check records and history"].returncode == 1
    assert f"::error file={ACTION}" in done["Check records and history"].stdout
    assert done["Describe what readers will see change"].returncode == 0
    errors = json.loads((workshop / "review.json").read_text(encoding="utf-8"))["errors"]["items"]
    assert {error["code"] for error in errors} == {"history-edited"}


def pull(number: int, sha: str, owner: str = "someone", branch: str = "patch-1") -> dict:
    return {"number": number, "head": {"sha": sha, "ref": branch, "user": {"login": owner}}}


@pytest.fixture
def commenting(runner) -> Runner:
    event = "github.event.workflow_run"
    runner.given |= {f"{event}.head_repository.full_name": "someone/promises",
                     f"{event}.head_repository.owner.login": "someone", f"{event}.head_branch": "patch-1",
                     f"{event}.head_sha": "a" * 40, f"{event}.id": "55"}
    runner.answers = {"GET repos/example/promises/pulls": [pull(7, "b" * 40), pull(8, "a" * 40)],
                      "GET repos/example/promises/pulls/8/files": [{"filename": "data/events.yml"}],
                      "GET repos/example/promises/issues/8/comments": []}
    (runner.temp / "runner/review").mkdir()
    (runner.temp / "runner/review/review.json").write_text('{"version": 1}', encoding="utf-8")
    return runner


def test_the_comment_goes_to_the_pull_request_whose_newest_commit_was_checked(commenting):
    succeeded(commenting.run("comment", "comment"))
    (method, path, body), = commenting.written()
    assert (method, path) == ("POST", "repos/example/promises/issues/8/comments")
    assert body["body"].startswith("<!-- board review -->")
    assert "Readers will see no change." in body["body"]
    assert "(https://github.example/example/promises/actions/runs/55#artifacts)" in body["body"]


def test_what_changes_how_the_site_works_comes_first_and_from_github(commenting):
    commenting.answers["GET repos/example/promises/pulls/8/files"] = [
        {"filename": "overrides/pages/action.html"}, {"filename": "data/events.yml"},
        {"filename": "docs/x.md", "previous_filename": "macros/ledger/compare.py"}]
    succeeded(commenting.run("comment", "comment"))
    (_, _, body), = commenting.written()
    first, _, rest = body["body"].partition("## What readers will see change")
    assert "## It changes how the site works" in first and "It changes 2 files of" in first
    assert "`overrides/pages/action.html`" in first and "`macros/ledger/compare.py`" in first
    assert "Readers will see no change.\n" not in rest


def test_the_bot_s_own_comment_is_found_among_hundreds_and_updated_and_no_other(commenting):
    comments = "GET repos/example/promises/issues/8/comments"
    commenting.answers[comments] = [
        {"id": 1, "user": {"login": "someone"}, "body": "<!-- board review -->\nNot mine"},
        {"id": 2, "user": {"login": BOT}, "body": "<!-- board form -->\nAnother"},
        *({"id": number, "user": {"login": "someone"}, "body": None} for number in range(3, 101))]
    commenting.answers[f"{comments} page=2"] = [
        {"id": 200, "user": {"login": BOT}, "body": "<!-- board review -->\nOld"}]
    succeeded(commenting.run("comment", "comment"))
    assert [asked[:2] for asked in commenting.written()] == [("PATCH", "repos/example/promises/issues/comments/200")]


@pytest.mark.parametrize("pulls", [[], [pull(8, "b" * 40)], [pull(8, "a" * 40, owner="another")]])
def test_no_comment_is_posted_if_no_pull_request_has_that_commit(commenting, pulls):
    commenting.answers["GET repos/example/promises/pulls"] = pulls
    succeeded(commenting.run("comment", "comment"))
    assert commenting.written() == []


def test_an_invalid_review_is_never_posted_and_the_writer_hears_that_the_check_stopped(commenting):
    review = commenting.temp / "runner/review/review.json"
    review.write_text('{"version": 1, "html": "<img src=x>"}', encoding="utf-8")
    assert commenting.run("comment", "comment")["Write the comment"].returncode == 2
    (method, path, body), = commenting.written()
    assert (method, path) == ("POST", "repos/example/promises/issues/8/comments")
    assert body["body"].startswith("<!-- board review -->\n## The check stopped") and "img" not in body["body"]


def test_a_check_that_stopped_before_its_review_is_told_to_the_writer_in_place_of_an_older_comment(commenting):
    (commenting.temp / "runner/review/review.json").unlink()
    commenting.answers["GET repos/example/promises/issues/8/comments"] = [
        {"id": 3, "user": {"login": BOT}, "body": "<!-- board review -->\nReaders will see no change."}]
    succeeded(commenting.run("comment", "comment"))
    (method, path, body), = commenting.written()
    assert (method, path) == ("PATCH", "repos/example/promises/issues/comments/3")
    assert "(https://github.example/example/promises/actions/runs/55)" in body["body"] and "a" * 40 in body["body"]
    assert "Readers will see" not in body["body"]


def test_a_review_that_the_software_cannot_show_is_told_to_the_writer(commenting, monkeypatch):
    """What fails may be the set-up of the packages, so this comment needs none."""
    done = commenting.run("comment", "comment", without=("Write the comment",))
    succeeded(done)
    assert "Say that there is no review" in done
    (_, _, body), = commenting.written()
    assert "## The check stopped" in body["body"]


RUNS = "GET repos/example/promises/actions/workflows/deploy.yml/runs"


def test_a_deployment_opens_an_issue_where_history_was_rewritten_and_names_ids_alone(workshop, tmp_path):
    last = git(workshop, "rev-parse", "HEAD")
    record = workshop / ACTION
    record.write_text(re.sub(r"^due: .*$", "due: 2030-01-01", record.read_text(encoding="utf-8"), flags=re.M),
                      encoding="utf-8")
    git(workshop, "commit", "--quiet", "--all", "--message", "A date is moved in place")
    runner = Runner(workshop, tmp_path, dict(REPOSITORY), {
        RUNS: {"workflow_runs": [{"head_sha": last}]}, "GET repos/example/promises/issues": []})
    succeeded(runner.run("deploy", "history"))
    (method, path, body), = runner.written()
    assert (method, path, body["title"]) == ("POST", "repos/example/promises/issues", "History was rewritten")
    assert "    A-001: history-edited\n" in body["body"]
    assert "2030" not in body["body"] and "late" not in body["body"] and ".yml" not in body["body"]


@pytest.mark.parametrize("runs", [[], [{"head_sha": None}]], ids=["none before", "nothing new"])
def test_a_deployment_of_what_was_published_last_opens_no_issue(runner, cloned, runs):
    runner.answers = {RUNS: {"workflow_runs": [{"head_sha": git(cloned, "rev-parse", "HEAD")} for _ in runs]}}
    succeeded(runner.run("deploy", "history"))
    assert runner.written() == []


def test_a_main_that_lost_what_was_published_last_is_reported(workshop, tmp_path):
    git(workshop, "commit", "--quiet", "--allow-empty", "--message", "Published")
    last = git(workshop, "rev-parse", "HEAD")
    git(workshop, "reset", "--quiet", "--hard", "HEAD~1")
    runner = Runner(workshop, tmp_path, dict(REPOSITORY), {
        RUNS: {"workflow_runs": [{"head_sha": last}]}, "GET repos/example/promises/issues": []})
    (workshop / ".venv").rename(workshop / ".venv-elsewhere")  # the check of the records has nothing to do with it
    done = runner.run("deploy", "history")
    (workshop / ".venv-elsewhere").rename(workshop / ".venv")
    succeeded(done)
    assert "no longer holds the commit that was published last" in runner.written()[0][2]["body"]


ISSUE = {"number": 4, "title": "The site was not published", "user": {"login": BOT}}


def reported(runner: Runner, build: str, tests: str, deploy: str, issues: list[dict], newer: int = 77) -> list[tuple]:
    runner.given |= {"needs.build.result": build, "needs.tests.result": tests, "needs.deploy.result": deploy}
    runner.answers = {"GET repos/example/promises/issues": issues, RUNS: {"workflow_runs": [{"id": newer}]}}
    succeeded(runner.run("deploy", "report"))
    return runner.written()


@pytest.mark.parametrize("build, tests, said", [
    ("failure", "success", "A check failed"), ("success", "failure", "A test failed"),
    ("cancelled", "success", "The run was cancelled")])
def test_a_failed_deployment_opens_one_issue_with_the_runs_address(runner, build, tests, said):
    (method, path, body), = reported(runner, build, tests, "skipped", [ISSUE | {"user": {"login": "someone"}}])
    assert (method, path, body["title"]) == ("POST", "repos/example/promises/issues", "The site was not published")
    assert "https://github.example/example/promises/actions/runs/77" in body["body"]
    assert said in body["body"]


@pytest.mark.parametrize("build, tests, deploy", [
    ("cancelled", "success", "skipped"), ("success", "success", "cancelled"), ("success", "cancelled", "skipped")])
def test_a_run_that_a_newer_one_replaced_opens_no_issue(runner, build, tests, deploy):
    assert reported(runner, build, tests, deploy, [], newer=78) == []


def test_another_failure_updates_the_open_issue(runner):
    (method, path, body), = reported(runner, "success", "success", "failure", [ISSUE])
    assert (method, path) == ("PATCH", "repos/example/promises/issues/4")
    assert "GitHub Pages did not accept the site" in body["body"]


def test_a_later_success_closes_the_issue(runner):
    comment, closed = reported(runner, "success", "success", "success", [ISSUE])
    assert comment[:2] == ("POST", "repos/example/promises/issues/4/comments")
    assert closed == ("PATCH", "repos/example/promises/issues/4", {"state": "closed"})


def test_a_success_without_an_open_issue_writes_nothing(runner):
    assert reported(runner, "success", "success", "success", []) == []


def test_dead_links_open_an_issue_and_no_dead_links_close_it(runner):
    title = "Dead links"
    runner.answers = {"GET repos/example/promises/issues": []}
    (runner.temp / "runner/links.md").write_text("- `https://gone.example/`\n", encoding="utf-8")
    runner.outputs = {"check.status": "1"}
    asking = ("Set up", "Check")
    succeeded(runner.run("links", "links", without=asking))
    assert runner.written() == [("POST", "repos/example/promises/issues",
                                 {"title": title, "body": "- `https://gone.example/`\n"})]
    runner.outputs = {"check.status": "0"}
    runner.answers = {"GET repos/example/promises/issues": [ISSUE | {"title": title}]}
    succeeded(runner.run("links", "links", without=asking))
    assert runner.written()[-1] == ("PATCH", "repos/example/promises/issues/4", {"state": "closed"})


@pytest.mark.parametrize("status, goes_on", [(0, True), (1, True), (2, False)])
def test_a_failed_link_check_changes_no_issue(runner, tmp_path, status, goes_on):
    folder = tmp_path / "area"
    (folder / ".venv/bin").mkdir(parents=True)
    board = folder / ".venv/bin/board"
    board.write_text(f"#!/bin/sh\necho found\nexit {status}\n", encoding="utf-8")
    board.chmod(0o755)
    runner.folder = folder
    done = runner.run("links", "links", without=("Set up", "Open or close the issue"))
    assert (done["Check"].returncode == 0) == goes_on
    assert runner.outputs == ({"check.status": str(status)} if goes_on else {})


@pytest.mark.parametrize("permission, allowed", [
    ("admin", True), ("maintain", True), ("write", True), ("triage", False), ("read", False), ("none", False),
    (None, False)])
def test_only_forms_from_people_with_write_access_are_processed(runner, permission, allowed):
    runner.given["github.event.sender.login"] = "someone"
    runner.answers = {"GET repos/example/promises/collaborators/someone/permission": permission}
    succeeded(runner.run("form", "who"))
    assert runner.outputs == ({"check.allowed": "yes"} if allowed else {})
