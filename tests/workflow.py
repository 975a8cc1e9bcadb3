"""Runs the steps of workflows as GitHub would: in a clean clone, with a fake `gh` that records its calls."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

WORKFLOWS = ROOT / ".github/workflows"
OUTPUT = re.compile(r"steps\.(\w+)\.outputs\.(\w+)")
CONDITION = re.compile(rf"{OUTPUT.pattern} (==|!=) '([^']*)'")
NAME = re.compile(r"\b(?:needs|inputs|github)(?:\.\w+)+|\b\w+\(\)")
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")

FAKE_GH = """#!{python} -IS
import json, os, sys
os.chdir(os.environ["FAKE_GH"])
arguments = sys.argv[1:]
body = json.loads(sys.stdin.read()) if "--input" in arguments else None
with open("asked", "a", encoding="utf-8") as log:
    log.write(json.dumps([arguments, body, bool(os.environ.get("GH_TOKEN"))]) + "\\n")
with open("answers", encoding="utf-8") as file:
    answers = json.load(file)
key = next((part for part in arguments if part.startswith("repos/")), " ".join(arguments))
method = arguments[arguments.index("--method") + 1] if "--method" in arguments else "GET"
page = next((part for part in arguments if part.startswith("page=")), "page=1")
answer = answers.get(f"{{method}} {{key}}") if page == "page=1" else answers.get(f"{{method}} {{key}} {{page}}", [])
if answer is None and method == "GET" and arguments[0] == "api":
    sys.exit(1)
print(answer if isinstance(answer, str) else json.dumps(answer))
"""

PYTHON = f"""#!/bin/sh
exec {sys.executable} -S "$@"
"""
"""The `python3` of GitHub's machines, which has no packages."""


def workflow(name: str) -> dict[str, Any]:
    """A parsed workflow. In YAML 1.1 the key `on` is parsed as True."""
    return yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8"))


def runs(name: str, job: str, given: dict[str, str | bool]) -> bool:
    """Return whether a job's condition holds, in a run that nobody cancelled. `given` are the values of GitHub's
    expressions; others are empty."""
    described = workflow(name)["jobs"][job]
    condition = EXPRESSION.sub(r"\1", described.get("if", "success()"))
    needs = described.get("needs", [])
    needs = [needs] if isinstance(needs, str) else needs
    succeeded = all(given.get(f"needs.{need}.result") == "success" for need in needs)
    # Source: GitHub Docs, "Status check functions": success() is applied where a condition has none of them.
    if not any(function in condition for function in ("always()", "cancelled()", "success()")):
        condition = f"success() && ({condition})"
    values = {"always()": True, "cancelled()": False, "success()": succeeded}
    asked = NAME.sub(lambda match: repr((values | given).get(match[0], "")), condition)
    return bool(eval(re.sub(r"!(?!=)", " not ", asked.replace("&&", " and ").replace("||", " or "))))


def git(folder: Path, *arguments: str) -> str:
    """Run git with a test identity, and without the settings of the person who runs the tests."""
    who = ("-c", "user.name=Writer", "-c", "user.email=writer@smallshire.example")
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True,
                          env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
                          ).stdout.strip()


def clone(folder: Path, area: Path | None = None) -> Path:
    """A clean clone of the committed files, set up without a network: installed packages are linked into it.

    Its origin is an empty repository next to it, so that nothing is ever pushed to this one. With `area`, the records
    and pages of that folder are committed in place of this repository's own, which take four times as long to read.
    """
    there = folder / "clone"
    git(folder, "clone", "--quiet", "--shared", str(ROOT), str(there))
    git(there, "remote", "set-url", "origin", str(folder / "origin.git"))
    _make_origin(there)
    if area:
        for name in ("data", "docs"):
            shutil.rmtree(there / name)
            shutil.copytree(area / name, there / name)
        git(there, "add", "--all")
        git(there, "commit", "--quiet", "--message", "The records of a small area")
    git(there, "update-ref", "refs/remotes/origin/main", "HEAD")
    (there / ".venv").mkdir()
    for item in (ROOT / ".venv").iterdir():
        if not item.name.startswith("ready-"):
            (there / ".venv" / item.name).symlink_to(item)
    for stamp in ("ready-site", "ready-test"):
        (there / ".venv" / stamp).touch()
    (there / "tests/node_modules").symlink_to(ROOT / "tests/node_modules")
    exclude = there / ".git/info/exclude"
    exclude.parent.mkdir(exist_ok=True)
    exclude.write_text(".venv\nnode_modules\n", encoding="utf-8")
    return there


def put_back(there: Path) -> None:
    """Make a clone as it was, with its origin, whatever the steps of a workflow did to it."""
    git(there, "switch", "--quiet", "--force", "--force-create", "main", "refs/remotes/origin/main")
    git(there, "clean", "-ffdxq", "--exclude=.venv", "--exclude=node_modules", "--exclude=__pycache__")
    for name in git(there, "for-each-ref", "--format=%(refname)").splitlines():
        if name not in ("refs/heads/main", "refs/remotes/origin/main", "refs/remotes/origin/HEAD"):
            git(there, "update-ref", "-d", name)
    shutil.rmtree(there.parent / "origin.git")
    _make_origin(there)


def _make_origin(there: Path) -> None:
    """Make the empty repository next to a clone. It shares the clone's objects: a push sends only what is new."""
    git(there.parent, "init", "--quiet", "--bare", "origin.git")
    (there.parent / "origin.git/objects/info/alternates").write_text(f"{there / '.git/objects'}\n", encoding="utf-8")


@dataclass
class Runner:
    """Runs the steps of a job in a folder. `given` are the values of GitHub's expressions, `answers` those of `gh`."""

    folder: Path
    temp: Path
    given: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("bin", "runner"):
            (self.temp / name).mkdir(parents=True, exist_ok=True)
        for name, text in (("gh", FAKE_GH.format(python=sys.executable)), ("python3", PYTHON)):
            program = self.temp / "bin" / name
            program.write_text(text, encoding="utf-8")
            program.chmod(0o755)

    def run(self, name: str, job: str, *, without: tuple[str, ...] = ()) -> dict[str, subprocess.CompletedProcess[str]]:
        """Run the steps of a job whose conditions hold, except those in `without`. Returns their results by name."""
        described = workflow(name)["jobs"][job]
        done: dict[str, subprocess.CompletedProcess[str]] = {}
        for step in described["steps"]:
            title, condition = step.get("name", ""), step.get("if", "")
            failed = any(result.returncode for result in done.values())
            if "run" in step and title not in without and self._holds(condition) and (
                    "always()" in condition or "cancelled()" in condition or failed == ("failure()" in condition)):
                done[title] = self._step(step, described.get("env", {}))
        return done

    def asked(self) -> Iterator[tuple[str, str, Any]]:
        """The calls of `gh`: (method, path, body) for its API, or ("", command, None) for others."""
        log = self.temp / "asked"
        for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
            arguments, body, has_token = json.loads(line)
            assert has_token, f"gh {arguments} was called without a token"
            path = next((part for part in arguments if part.startswith("repos/")), None)
            method = arguments[arguments.index("--method") + 1] if "--method" in arguments else "GET"
            yield (method, path, body) if path else ("", " ".join(arguments), None)

    def written(self) -> list[tuple[str, str, Any]]:
        """The calls of `gh` that write."""
        return [asked for asked in self.asked() if asked[0] != "GET"]

    def _holds(self, condition: str) -> bool:
        return all((self.outputs.get(f"{match[1]}.{match[2]}", "") == match[4]) == (match[3] == "==")
                   for match in CONDITION.finditer(condition))

    def _value(self, text: Any) -> str:
        def filled(match: re.Match[str]) -> str:
            output = OUTPUT.fullmatch(match[1])
            return self.outputs.get(f"{output[1]}.{output[2]}", "") if output else self.given[match[1]]
        return EXPRESSION.sub(filled, str(text))

    def _step(self, step: dict[str, Any], environment: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        for name, text in (("answers", json.dumps(self.answers)), ("output", ""), ("step.sh", step["run"])):
            (self.temp / name).write_text(text, encoding="utf-8")
        inherited = {key: value for key, value in os.environ.items()
                     if not key.startswith(("PYTEST_", "BOARD_", "GH_", "GITHUB_", "MAKE", "MFLAGS"))}
        done = subprocess.run(
            # GitHub's command for a step without `shell`.
            ["bash", "-e", str(self.temp / "step.sh")], cwd=self.folder, capture_output=True, encoding="utf-8",
            check=False, env=inherited | {
                "PATH": f"{self.temp / 'bin'}:{os.environ['PATH']}", "FAKE_GH": str(self.temp),
                # A run of all tests collects a few of them here, and runs none.
                "PYTHONPATH": str(self.folder), "PYTEST_ADDOPTS": "--collect-only -q tests/test_workflows.py",
                "RUNNER_TEMP": str(self.temp / "runner"), "GITHUB_OUTPUT": str(self.temp / "output"),
                "GITHUB_STEP_SUMMARY": str(self.temp / "summary"), "GITHUB_SERVER_URL": "https://github.example",
                "GITHUB_RUN_ID": "77", "GITHUB_EVENT_PATH": str(self.temp / "event.json"),
                "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            } | {key: self._value(value) for key, value in (environment | step.get("env", {})).items()})
        for line in (self.temp / "output").read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            self.outputs[f"{step.get('id', '')}.{key}"] = value
        return done
