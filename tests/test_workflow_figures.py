"""The figures workflow: new official figures become one pull request, and a failure one issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_workflow_runs import BOT, REPOSITORY, succeeded
from tests.workflow import Runner, git

ISSUES, PULLS = (f"GET repos/example/promises/{path}" for path in ("issues", "pulls"))
TITLE = "Official figures could not be read"


@pytest.fixture
def runner(tmp_path) -> Runner:
    """Runs the steps in a small repository, where a program that `board_says` writes stands for `board`."""
    git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    folder = tmp_path / "area"
    for place in (".venv/bin", ".ci", "data/official"):
        (folder / place).mkdir(parents=True)
    (folder / ".ci/github.py").write_bytes((ROOT / ".ci/github.py").read_bytes())
    (folder / ".gitignore").write_text(".venv\n", encoding="utf-8")
    (folder / "data/official/plans.csv").write_text("release\n2025\n", encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begun")
    return Runner(folder, tmp_path / "runner", dict(REPOSITORY), answers={
        ISSUES: [], PULLS: [], "POST repos/example/promises/pulls": {"number": 30}})


def run(runner: Runner, release: str = "", status: int = 0) -> dict:
    """Run the workflow with a `board` that adds a release, or that fails."""
    board = runner.folder / ".venv/bin/board"
    write = f"echo {release} >> data/official/plans.csv" if release else ":"
    board.write_text(f"#!/bin/sh\necho \"$@\" > \"$RUNNER_TEMP/asked\"\n{write}\necho New: {release}\nexit {status}\n",
                     encoding="utf-8")
    board.chmod(0o755)
    runner.outputs.clear()
    return runner.run("figures", "figures", without=("Set up",))


def again(runner: Runner) -> None:
    """Set the repository back to main, as the next month's checkout has it."""
    git(runner.folder, "switch", "--quiet", "--force", "main")
    git(runner.folder, "branch", "--quiet", "-D", "official-figures")
    git(runner.folder, "fetch", "--quiet", "origin")


def test_new_figures_become_a_branch_and_a_pull_request_that_says_what_is_new(runner, tmp_path):
    (runner.folder / "data/action.yml").write_text("left alone", encoding="utf-8")
    succeeded(run(runner, "2026"))
    assert (tmp_path / "runner/runner/asked").read_text(encoding="utf-8") == "figures --latest --format markdown\n"
    origin = tmp_path / "origin.git"
    assert git(origin, "show", "--format=%an", "--name-only", "official-figures").split("\n\n") == [
        BOT, "data/official/plans.csv"]
    signed_in, pull, checked, tested = runner.written()
    assert signed_in[1] == "auth setup-git"
    assert pull == ("POST", "repos/example/promises/pulls", {
        "title": "Data: New official figures", "body": "New: 2026", "head": "official-figures", "base": "main"})
    assert [checked[1], tested[1]] == [
        f"workflow run {name}.yml --ref official-figures" for name in ("check", "tests")]


def test_the_next_month_the_open_pull_request_is_left_alone_or_updated(runner, tmp_path):
    succeeded(run(runner, "2026"))
    again(runner)
    before = len(list(runner.written()))
    succeeded(run(runner, "2026"))
    assert len(list(runner.written())) == before, "the same figures again"
    git(runner.folder, "switch", "--quiet", "--force", "main")
    git(runner.folder, "reset", "--quiet", "--hard", "HEAD")
    runner.answers[PULLS] = [{"number": 30}]
    succeeded(run(runner, "2027"))
    assert ("PATCH", "repos/example/promises/pulls/30", {"title": "Data: New official figures", "body": "New: 2027"}) \
        in runner.written()
    assert git(tmp_path / "origin.git", "show", "official-figures:data/official/plans.csv").split() == [
        "release", "2025", "2027"]


def test_a_branch_on_which_someone_goes_on_working_is_left_alone(runner, tmp_path):
    succeeded(run(runner, "2026"))
    git(runner.folder, "commit", "--quiet", "--allow-empty", "--message", "By hand")
    git(runner.folder, "push", "--quiet", "origin", "official-figures")
    by_hand = git(runner.folder, "rev-parse", "official-figures")
    again(runner)
    assert run(runner, "2027")["Commit the figures"].returncode == 1
    assert "Merge or delete it" in (runner.temp / "summary").read_text(encoding="utf-8")
    assert git(tmp_path / "origin.git", "rev-parse", "official-figures") == by_hand


def test_no_new_figures_change_nothing(runner, tmp_path):
    succeeded(run(runner))
    assert runner.written() == [] and git(tmp_path / "origin.git", "branch", "--list") == ""


def test_figures_that_could_not_be_read_open_one_issue_which_closes_automatically(runner):
    succeeded(run(runner, status=1))
    (method, path, body), = runner.written()
    assert (method, path, body["title"]) == ("POST", "repos/example/promises/issues", TITLE)
    runner.answers[ISSUES] = [{"number": 4, "title": TITLE, "user": {"login": BOT}}]
    succeeded(run(runner))
    assert runner.written()[-1] == ("PATCH", "repos/example/promises/issues/4", {"state": "closed"})


def test_a_command_that_fails_by_itself_fails_the_run(runner):
    done = runner.run("figures", "figures", without=("Set up", "Open or close the issue"))
    assert done["Ask the department"].returncode == 1 and runner.outputs == {}


def test_an_area_s_workflow_differs_from_ours_only_in_its_set_up():
    ours, theirs = (Path(ROOT / folder / ".github/workflows/figures.yml").read_text(encoding="utf-8").splitlines()
                    for folder in ("", "macros/write/new_area"))
    assert set(theirs) - set(ours) == {"      - uses: [[ set_up ]]"}
