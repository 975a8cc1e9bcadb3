"""The form workflow: an issue becomes a branch and a pull request, or a comment that says which field has a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.test_workflow_runs import BOT, REPOSITORY, succeeded
from tests.thorough import only_in_test_all
from tests.workflow import Runner, git, workflow

COMMENTS = "repos/example/promises/issues/12/comments"
HOSTILE = 'x"; touch /tmp/never; $(touch never) `touch never` ${{ github.token }} @everyone\n::set-output name=x::y'


def event(**values: str) -> dict:
    """The event of an issue that someone made with the form "Update an action"."""
    template = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/2-update-an-action.yml").read_text(encoding="utf-8"))
    labels = {field["id"]: field["attributes"]["label"] for field in template["body"] if "id" in field}
    body = "\n\n".join(f"### {label}\n\n{values.get(id, '_No response_')}" for id, label in labels.items())
    return {"action": "opened", "issue": {"number": 12, "state": "open", "body": body, "user": {"login": "officer"}}}


@pytest.fixture
def origin(workshop) -> Path:
    return workshop.parent / "origin.git"


GOOD = {"action": "A-003", "note": "The guide is printed.", "source_title": "News for families",
        "source_url": "https://news.example/guide"}


@pytest.fixture
def runner(workshop, tmp_path) -> Runner:
    made = Runner(workshop, tmp_path, dict(REPOSITORY))
    made.answers = {f"GET {COMMENTS}": [], "GET repos/example/promises/pulls": [],
                    "POST repos/example/promises/pulls": {"number": 30}}
    return made


def submit(runner: Runner, *, without: tuple[str, ...] = (), **values: str) -> dict:
    (runner.temp / "event.json").write_text(json.dumps(event(**values)), encoding="utf-8")
    return runner.run("form", "pull-request", without=without)


def nothing_ran(runner: Runner) -> bool:
    """Return whether nothing in a form came to a shell, or set an output."""
    return not [path for path in [*runner.folder.rglob("never"), Path("/tmp/never")] if path.exists()] and \
        set(runner.outputs) <= {"form.made", "commit.branch", "document.packages"}


def test_a_form_becomes_a_branch_a_pull_request_and_a_word_on_the_issue_and_an_edited_form_renews_them(runner, origin):
    succeeded(submit(runner, **GOOD))
    assert git(origin, "log", "-1", "--format=%an <%ae>", "form-12") == \
        f"{BOT} <41898282+{BOT}@users.noreply.github.com>"
    changed = git(origin, "show", "--format=", "--name-only", "form-12").splitlines()
    assert changed == [path for path in changed if path.startswith("data/actions/a-003-")] and changed
    assert "The guide is printed." in git(origin, "show", "form-12")
    signed_in, pull, checked, tested, said = runner.written()
    assert signed_in[1] == "auth setup-git"
    assert pull[:2] == ("POST", "repos/example/promises/pulls")
    assert (pull[2]["head"], pull[2]["base"]) == ("form-12", "main")
    assert "#12" in pull[2]["title"] and "officer" in pull[2]["body"]
    assert [checked[1], tested[1]] == [f"workflow run {name}.yml --ref form-12" for name in ("check", "tests")]
    assert said[1] == COMMENTS and "pull request #30" in said[2]["body"]

    git(runner.folder, "switch", "--quiet", "--detach", "refs/remotes/origin/main")
    git(runner.folder, "branch", "--quiet", "-D", "form-12")
    runner.outputs.clear()
    (runner.temp / "runner/form").rename(runner.temp / "runner/earlier")
    runner.answers["GET repos/example/promises/pulls"] = [{"number": 30}]
    # Without marks of Markdown and of macros, which are refused in a record, it is text.
    edited = HOSTILE.replace("`", "").replace("{{", "{ {").replace("}}", "} }")
    succeeded(submit(runner, **GOOD | {"note": edited}))
    assert "$(touch never)" in git(origin, "show", "form-12") and nothing_ran(runner)
    assert git(origin, "rev-list", "--count", "form-12") == \
        str(int(git(runner.folder, "rev-list", "--count", "refs/remotes/origin/main")) + 1)
    assert [asked[:2] for asked in runner.written() if asked[0] == "PATCH"] == [
        ("PATCH", "repos/example/promises/pulls/30")]


def test_a_branch_on_which_someone_goes_on_working_is_left_alone(runner, origin):
    git(runner.folder, "switch", "--quiet", "--create", "form-12")
    git(runner.folder, "commit", "--quiet", "--allow-empty", "--message", "By hand")
    git(runner.folder, "push", "--quiet", "origin", "form-12")
    git(runner.folder, "switch", "--quiet", "--detach", "refs/remotes/origin/main")
    by_hand = git(runner.folder, "rev-parse", "form-12")
    git(runner.folder, "branch", "--quiet", "-D", "form-12")
    (runner.temp / "runner/form").mkdir()
    (runner.temp / "runner/form/branch").write_text("form-12", encoding="utf-8")
    runner.outputs["form.made"] = "files"
    succeeded(submit(runner, without=("Turn the form into files",), **GOOD))
    assert git(origin, "rev-parse", "form-12") == by_hand
    (_, path, body), = runner.written()
    assert path == COMMENTS and "no longer changes it" in body["body"]


def test_a_form_with_a_mistake_gets_a_comment_that_names_the_field_and_no_pull_request_and_nothing_in_it_runs(
        runner, origin):
    succeeded(submit(runner, **GOOD | {"action": "A-999", "note": HOSTILE}))
    assert nothing_ran(runner) and "commit.branch" not in runner.outputs
    (method, path, body), = runner.written()
    assert (method, path) == ("POST", COMMENTS)
    assert body["body"].startswith("<!-- board form -->") and "Which action" in body["body"]
    assert git(origin, "branch", "--list") == ""


def test_whatever_fails_the_writer_of_the_form_hears_of_it(runner):
    packages = runner.folder / ".venv"
    packages.rename(runner.folder / ".venv-elsewhere")
    results = submit(runner, **GOOD)
    (runner.folder / ".venv-elsewhere").rename(packages)
    assert results["Turn the form into files"].returncode and not results["Say that it failed"].returncode
    (_, path, body), = runner.written()
    assert path == COMMENTS and body["body"].startswith("<!-- board form -->") and "a step of the workflow failed" \
        in body["body"]


@pytest.mark.parametrize("text, packages", [
    ("In words", "site"), ("[news.docx](https://github.com/user-attachments/files/1/news.docx)", "import")])
def test_only_a_form_with_a_document_waits_for_what_turns_one_into_a_post(runner, text, packages):
    submit(runner, without=("Turn the form into files",), **GOOD | {"note": text})
    assert runner.outputs == {"document.packages": packages}


@only_in_test_all  # it goes the way of a form with a mistake, with another text
def test_an_issue_that_is_no_form_is_left_for_a_person_and_answered(runner):
    (runner.temp / "event.json").write_text(json.dumps(
        {"issue": {"number": 12, "body": "Hello", "user": {"login": "officer"}}}), encoding="utf-8")
    succeeded(runner.run("form", "pull-request"))
    (_, path, body), = runner.written()
    assert path == COMMENTS and "a person has to read it" in body["body"]


def test_a_form_of_someone_without_write_access_is_answered(runner):
    succeeded(runner.run("form", "answer"))
    (_, path, body), = runner.written()
    assert path == COMMENTS and "a person who may change this site" in body["body"]
    assert workflow("form")["jobs"]["answer"]["if"] == "${{ needs.who.outputs.allowed != 'yes' }}"
