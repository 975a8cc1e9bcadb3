"""A new area: what its repository contains, and that the installed package builds it without a checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from macros.__main__ import main
from macros.register import load
from tests import workflow
from tests.conftest import ROOT, TODAY
from tests.thorough import ALL
from tests.workflow import Runner, git

BIN = Path(sys.executable).parent
COMMIT = "0123456789abcdef0123456789abcdef01234567"
SOFTWARE = "https://github.com/example/promises-software"
OURS = ("Oxford", "OxPCF", "Crocker", "Exampleshire", "send-board.example")
"""Words from the areas in this repository, which must not appear in a new area."""


def make(folder: Path, *more: str) -> Path:
    """Create the repository of a new area."""
    assert main(["area", "Middlemarch", "--into", str(folder), "--software", SOFTWARE, "--version", "v0.1.0",
                 "--commit", COMMIT, *more]) == 0
    return folder


def answer(area: Path) -> None:
    """Fill in everything that says TO CONFIRM, by keeping the text after it."""
    for file in [*(area / "data").rglob("*.yml"), *(area / "docs").rglob("*.md")]:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("TO CONFIRM ", ""), encoding="utf-8")
    for file in [*(area / "data").rglob("*.yml"), area / ".github/ISSUE_TEMPLATE/config.yml"]:
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"https://[a-z-]+\.example/", "https://send.middlemarch.gov.uk/", text)
        file.write_text(text.replace("github.com/OWNER/", "github.com/middlemarch/"), encoding="utf-8")


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return make(tmp_path / "middlemarch")


def wheel(source: Path, folder: Path) -> Path:
    """Build the package without a network."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=source,
                   check=True, capture_output=True)
    found, = folder.glob("*.whl")
    return found


def without_python_path() -> dict[str, str]:
    """This process's environment without PYTHONPATH, which could name the checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


class Installed:
    """The package in a separate environment that finds the installed dependencies, but not this checkout."""

    def __init__(self, folder: Path, package: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        self.python = folder / "bin/python"
        subprocess.run([sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet", "--no-deps",
                        "--no-index", "--disable-pip-version-check", str(package)], check=True)
        packages, = folder.glob("lib/python*/site-packages")
        # Python searches the folder that a .pth file names, but reads no .pth files in it, such as this checkout's.
        (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    def board(self, area: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.python.with_name("board"), *arguments], cwd=area, env=without_python_path(),
                              check=False, capture_output=True, text=True)


def newer_version(folder: Path) -> Path:
    """The files of the package, as of a later version with another footer."""
    for name in ("macros", "overrides", ".github"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    newer = re.sub(r'(?m)^version = ".*"', 'version = "99.0.0"', project)
    (folder / "pyproject.toml").write_text(newer, encoding="utf-8")
    footer = folder / "overrides/partials/footer.html"
    footer.write_text(footer.read_text(encoding="utf-8") + "<p>Of the new version</p>\n", encoding="utf-8")
    return folder


def test_a_new_area_is_blocked_until_filled_in_and_then_builds_with_an_installed_package_of_a_later_version(
        area, tmp_path):
    package = wheel(newer_version(tmp_path / "newer"), tmp_path / "wheel")
    installed = Installed(tmp_path / "environment", package)
    path = subprocess.run([installed.python, "-c", "import macros; print(macros.__file__)"], cwd=tmp_path, check=True,
                          capture_output=True, text=True, env=without_python_path()).stdout
    assert path.startswith(str(installed.python.parent.parent)), "the installed package is what runs"
    stopped = installed.board(area, "check")
    assert stopped.returncode == 1
    assert set(re.findall(r"error\[([\w-]+)\]", stopped.stdout)) == {"to-confirm", "invented-address"}
    assert 'this has not been confirmed yet: “name: the full name of the board”' in stopped.stdout
    answer(area)
    own = area / "data/area.yml"
    own.write_text(own.read_text(encoding="utf-8") + 'colours:\n  on_white: "#5b2a86"\n  on_dark: "#d6b8f5"\n',
                   encoding="utf-8")
    git(area, "init", "--quiet")
    git(area, "add", "--all")
    done = installed.board(area, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert git(area, "diff", "--stat") == "", "a new version needs no change in the area"
    assert "<p>Of the new version</p>" in (area / "site/about/index.html").read_text(encoding="utf-8")
    home = BeautifulSoup((area / "site/index.html").read_text(encoding="utf-8"), "lxml")
    assert home.select_one(".b-header__name").text == "Middlemarch SEND promises"
    styles = [link["href"] for link in home.select("link[rel=stylesheet]")]
    assert all((area / "site" / path).is_file() for path in styles)
    assert styles[-1] == "assets/area.css" and "#5b2a86" in (area / "site/assets/area.css").read_text(encoding="utf-8")
    for page in (area / "site").rglob("*.*"):
        if page.suffix in (".html", ".xml", ".json", ".csv", ".ics", ".css", ".js", ".txt"):
            text = page.read_text(encoding="utf-8")
            assert not [word for word in OURS if word in text], page


def test_a_new_area_contains_nothing_from_another_area(area):
    for file in area.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            assert not [word for word in OURS if word in text], file
            assert "[[" not in text, file


def test_a_new_area_that_statistics_name_shows_real_measures_on_its_first_day(tmp_path, capsys):
    area = tmp_path / "area"
    assert main(["area", "hertfordshire", "--into", str(area), "--software", SOFTWARE, "--version", "v0.1.0"]) == 0
    answer(area)
    assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 0, capsys.readouterr().out
    register, _ = load(area, TODAY)
    assert register and register.area.codes.model_dump() == {"gss": "E10000015", "dfe": "919", "region": "E12000006"}
    assert set(register.measures) == {
        id for id, figures in register.official.items() if not figures.indicator.beside} != set()
    figures = {item.period.text: item.value for item in register.measures["plans-in-20-weeks"].observations}
    assert figures["2024"] == 56.3
    assert [place.name for place in register.measures["plans-in-20-weeks"].comparators] == [
        "England", "East of England"]


def test_a_new_area_that_statistics_do_not_name_is_asked_for_its_codes_and_gets_no_figures(area):
    assert "TO CONFIRM the area's codes" in (area / "data/area.yml").read_text(encoding="utf-8")
    assert not (area / "data/official").exists()


def test_a_new_area_contains_no_code_and_no_git_history_by_default(tmp_path):
    area = make(tmp_path / "plain")
    assert not (area / ".git").exists()
    assert {path.name for path in area.iterdir()} == {
        "data", "docs", ".github", ".gitignore", ".gitattributes", "README.md", "mkdocs.yml"}
    assert not [path for path in area.rglob("*") if path.suffix in (".py", ".html", ".css", ".js")]


def test_a_new_area_passes_the_check_once_filled_in_and_so_do_the_examples_in_its_files(area, capsys):
    answer(area)
    for name in ("looked", "organisations", "priorities"):
        file = area / f"data/{name}.yml"
        text = file.read_text(encoding="utf-8")
        assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 0, capsys.readouterr().out
        example = "".join(line[2:] for line in re.findall(r"(?m)^# (?:- |  ).*\n", text))
        assert example, "an empty file explains itself with an example"
        file.write_text(text.replace("[]\n", "") + example, encoding="utf-8")
        assert main(["check", "--area", str(area), "--today", "2026-11-24"]) == 0, capsys.readouterr().out
        assert len(yaml.safe_load(file.read_text(encoding="utf-8"))) > len(yaml.safe_load(text))


def code_owners(area: Path, capsys) -> list[str]:
    capsys.readouterr()
    main(["check", "--area", str(area), "--today", "2026-11-24"])
    return [line for line in capsys.readouterr().out.splitlines() if "[code-owners]" in line]


@pytest.mark.parametrize("given, name", [("jo-smith", "@jo-smith"), ("@northshire/web", "@northshire/web")])
def test_the_owner_of_a_new_area_reviews_every_change(given, name, tmp_path, capsys):
    area = make(tmp_path / "owned", "--owner", given)
    rules = [line.split() for line in (area / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
             if line.strip() and not line.startswith("#")]
    assert rules[0][0] == "*" and all(rule[1:] == [name] for rule in rules)
    account = name.strip("@").split("/")[0]
    assert f"https://github.com/{account}/middlemarch-send-board" in (area / "data/area.yml").read_text("utf-8")
    assert code_owners(area, capsys) == []


def test_without_an_owner_the_check_says_that_nobody_reviews_changes(area, capsys):
    line, = code_owners(area, capsys)
    assert line.startswith(".github/CODEOWNERS:") and "GitHub asks nobody" in line
    assert "@example" not in (area / ".github/CODEOWNERS").read_text(encoding="utf-8")


def test_the_code_owners_as_delivered_name_nobody_wrong(capsys):
    """The owner of the repository is not known. A name that GitHub does not know would switch the whole file off."""
    rules = [line.split() for line in (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
             if line.strip() and not line.startswith("#")]
    assert rules and all(len(rule) == 1 or rule[1].startswith("@") for rule in rules)
    assert not any("example" in name for rule in rules for name in rule[1:])


def test_with_git_a_new_area_has_one_commit(tmp_path, monkeypatch):
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Writer")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "writer@middlemarch.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    area = make(tmp_path / "begun", "--git")
    assert git(area, "log", "--format=%s").splitlines() == ["A site for what was promised to families"]
    assert git(area, "status", "--porcelain") == ""


@pytest.mark.parametrize("given, said", [
    (["area", "42"], "write it like Northshire"),
    (["area", "Middle\nmarch"], "write it like Northshire"),
    (["area", "Middlemarch", "--software", "software"], "write it like https://github.com/OWNER/REPOSITORY"),
    (["area", "Middlemarch", "--commit", "0.1"], "write its 40 letters and figures"),
    (["area", "Middlemarch", "--owner", "a b"], "write it like jo-smith or northshire/board-website"),
    (["area", "Middlemarch", "--version", "a b"], "write the name of its tag, such as v0.1.0"),
])
def test_invalid_arguments_are_rejected_with_the_expected_format(given, said, tmp_path, capsys):
    assert main([*given, "--into", str(tmp_path / "area")]) == 1
    assert said in capsys.readouterr().out
    assert not (tmp_path / "area").exists()


def test_a_folder_with_files_is_left_alone_and_a_dry_run_writes_nothing(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["area", "Middlemarch", "--into", str(tmp_path)]) == 1
    assert "already exists. Choose another folder" in capsys.readouterr().out
    assert main(["area", "Middlemarch", "--into", str(tmp_path / "new"), "--dry-run"]) == 0
    assert "new/data/area.yml" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("persona", ["regular", "pedantic", "auditor"])
def test_zizmor_reports_no_findings_in_the_workflows_of_a_new_area(persona, area):
    done = subprocess.run([BIN / "zizmor", "--offline", "--no-progress", "--strict-collection", f"--persona={persona}",
                           area / ".github"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def described(folder: Path) -> dict[str, dict]:
    """The parsed workflows of a repository, by name."""
    files = (folder / ".github/workflows").iterdir()
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}


def used(made: dict) -> set[str]:
    """The actions that a workflow uses."""
    return {step["uses"] for job in made["jobs"].values() for step in job.get("steps", []) if "uses" in step}


def test_an_area_s_workflows_have_the_same_permissions_and_versions_as_ours(area):
    ours, theirs = described(ROOT), described(area)
    assert theirs.keys() == ours.keys() - {"tests", "nightly", "release"}, "an area has no software to test"
    for name, made in theirs.items():
        assert made["permissions"] == {} and made[True].keys() == ours[name][True].keys()
        for title, job in made["jobs"].items():
            assert job["permissions"].items() <= ours[name]["jobs"][title]["permissions"].items()
            assert job.get("concurrency") == ours[name]["jobs"][title].get("concurrency")
        of_software = {action for action in used(made) if "promises-software" in action}
        assert of_software == {f"example/promises-software/.github/actions/set-up@{COMMIT}"}
        assert used(made) - of_software <= used(ours[name])


def test_an_area_s_workflows_run_after_the_set_up_action(area, tmp_path, monkeypatch):
    answer(area)
    git(area, "init", "--quiet", "--initial-branch=main")
    git(area, "add", "--all")
    git(area, "commit", "--quiet", "--message", "Begun")
    git(area, "update-ref", "refs/remotes/origin/main", "HEAD")
    for name in (".ci", ".venv"):
        (area / name).symlink_to(ROOT / name)
    monkeypatch.setattr(workflow, "WORKFLOWS", area / ".github/workflows")
    runner = Runner(area, tmp_path / "runner", {
        "github.event.repository.default_branch": "main", "github.token": "a-token",
        "github.repository": "example/middlemarch", "needs.deploy.result": "success", "needs.build.result": "success"},
        answers={"GET repos/example/middlemarch/issues": []})
    # `check` has built the site by then, with the same command.
    again = () if ALL else ("Check, and build the site in strict mode",)
    for name, job in (("check", "review"), ("deploy", "build"), ("deploy", "report")):
        for title, step in runner.run(name, job, without=again).items():
            assert step.returncode == 0, f"{name}, {title}\n{step.stdout}\n{step.stderr}"
    took = "release download v0.1.0 --repo example/promises-software --pattern sbom.cdx.json --dir site"
    assert ("", took, None) in runner.asked(), "the list of packages was made with the release"
    assert git(area, "status", "--porcelain").split() == ["??", "review.json"]


def set_up(software: Path, area: Path, packages: str, again: bool = False, **given: str
           ) -> subprocess.CompletedProcess[str]:
    """Run the command of the set-up action in the area's folder, with fake scripts that print their arguments."""
    action = software / ".github/actions/set-up"
    shutil.copytree(ROOT / ".github/actions/set-up", action, dirs_exist_ok=again)
    (software / ".ci").mkdir(exist_ok=again)
    (software / ".venv").mkdir(exist_ok=again)
    for name in ("python", "node"):
        script = software / ".ci" / name
        script.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    step, = [step for step in action_steps() if step.get("name") == "Set up"]
    return subprocess.run(["bash", "-e", "-c", step["run"]], cwd=area, check=False, capture_output=True, text=True,
                          env=os.environ | {"HERE": str(action), "PACKAGES": packages} | given)


def action_steps() -> list[dict]:
    """The steps of the set-up action."""
    action = ROOT / ".github/actions/set-up/action.yml"
    return yaml.safe_load(action.read_text(encoding="utf-8"))["runs"]["steps"]


SITE, TESTS = "requirements.txt", "tests/requirements.txt"


@pytest.mark.parametrize("packages, installed", [
    ("none", []), ("site", [SITE]), ("import", [SITE, f"{TESTS} pypandoc-binary"]), ("all", [SITE, TESTS, "tests"])])
def test_the_set_up_action_installs_the_lock_files_of_its_own_version_unless_they_were_restored(
        packages, installed, area, tmp_path):
    for number, (restored, expected) in enumerate((("", installed), ("true", []))):
        done = set_up(tmp_path / "software", area, packages, again=bool(number), RESTORED=restored)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == expected
        for name in (".ci", ".venv"):
            assert (area / name).readlink() == tmp_path / "software" / name


def test_what_is_restored_belongs_to_the_lock_files_and_is_kept_before_the_job_can_change_it(tmp_path):
    """The commands that name it are run for two lock files; the rest is how actions/cache is used."""
    name, restore, _, save = [step for step in action_steps() if "setup-python" not in step.get("uses", "")]
    keys = []
    for lock in ("one", "one", "another"):
        for file in ("pyproject.toml", "requirements.txt", "tests/requirements.txt", "tests/package-lock.json",
                     ".ci/python", ".github/actions/set-up/action.yml"):
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(lock, encoding="utf-8")
        output = tmp_path / "output"
        output.write_text("", encoding="utf-8")
        subprocess.run(["bash", "-e", "-c", name["run"]], check=True, env=os.environ | {
            "HERE": str(tmp_path / ".github/actions/set-up"), "GITHUB_OUTPUT": str(output), "PACKAGES": "site",
            "PYTHON": "3.12.1", "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64"})
        keys.append(output.read_text(encoding="utf-8").splitlines()[0])
    assert keys[0] == keys[1] != keys[2] and keys[0].startswith("key=Linux-X64-python-3.12.1-site-")
    assert restore["with"] == save["with"] and "restore-keys" not in restore["with"]
    assert restore["uses"].startswith("actions/cache/restore@") and save["uses"].startswith("actions/cache/save@")


def test_the_set_up_action_can_be_used_twice_in_a_job(area, tmp_path):
    for number, packages in enumerate(("none", "site")):
        done = set_up(tmp_path / "software", area, packages, again=bool(number))
        assert done.returncode == 0, done.stderr


def test_the_set_up_action_links_nothing_in_the_software_s_own_repository(tmp_path):
    (tmp_path / "software").mkdir()
    assert set_up(tmp_path / "software", tmp_path / "software", "site").returncode == 0
    assert not [path for path in (tmp_path / "software").iterdir() if path.is_symlink()]


def test_the_set_up_action_fails_if_the_area_has_a_script_of_that_name(area, tmp_path):
    (area / ".ci").mkdir()
    assert set_up(tmp_path / "software", area, "none").returncode != 0


def test_workflows_name_a_commit_although_none_was_given(tmp_path, capsys):
    """A tag may not exist, and can be moved: a clone knows its own commit."""
    area = tmp_path / "area"
    assert main(["area", "Middlemarch", "--into", str(area), "--software", SOFTWARE, "--owner", "middlemarch"]) == 0
    workflow_text = (area / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert re.search(r"promises-software/\.github/actions/set-up@[0-9a-f]{40} # v", workflow_text)
    capsys.readouterr()
    assert main(["check", "--area", str(area)]) == 1
    assert "error[invented-address]" in capsys.readouterr().out
