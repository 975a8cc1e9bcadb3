"""What is asked about known holes in packages ends in an issue that says what to do; no answer is never a good one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

NONE = {"dependencies": [{"name": "jinja2", "version": "3.1.6", "vulns": []}]}
SOME = {"dependencies": [
    {"name": "jinja2", "version": "3.1.6", "vulns": [
        {"id": "PYSEC-2026-1", "fix_versions": ["3.1.7"], "aliases": [], "description": "@everyone <script>"}]},
    {"name": "nh3", "version": "0.3.8", "vulns": [{"id": "GHSA-aaaa-bbbb-cccc", "fix_versions": []}]}]}
SKIPPED = {"dependencies": [{"name": "jinja2", "skip_reason": "not found"}, *NONE["dependencies"]]}
NPM_NONE = {"auditReportVersion": 2, "vulnerabilities": {}}
NPM_SOME = {"auditReportVersion": 2, "vulnerabilities": {
    "axe": {"range": "<=4.0.0 || >=5", "via": [{"title": "[x](y)", "url": "https://a.example/GHSA-1234-abcd-5678"}]},
    "deep": {"range": "*", "via": ["axe"]}, "a](http://b.example)": {"range": "*", "via": []}}}


def audit(tmp_path: Path, *reports: object) -> tuple[int, str]:
    arguments = []
    for number, report in enumerate(reports):
        file = tmp_path / f"{number}.json"
        file.write_text(report if isinstance(report, str) else json.dumps(report), encoding="utf-8")
        arguments.append(f"lock-{number}={file}")
    done = subprocess.run([sys.executable, ROOT / ".ci/audit.py", *arguments], capture_output=True, text=True,
                          check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def test_where_no_hole_is_known_that_is_said(tmp_path):
    assert audit(tmp_path, NONE, NPM_NONE) == (0, "No hole is known in any package.\n")


def test_each_hole_is_named_with_the_version_that_mends_it(tmp_path):
    code, said = audit(tmp_path, SOME, NONE, NPM_SOME)
    assert code == 1
    for line in ("**lock-0**", "- `jinja2` `3.1.6`: `PYSEC-2026-1`, mended in `3.1.7`",
                 "- `nh3` `0.3.8`: `GHSA-aaaa-bbbb-cccc`, mended in no version yet", "**lock-2**",
                 "- `axe` `<=4.0.0 || >=5`: `GHSA-1234-abcd-5678`", "- `deep` `*`: through another package"):
        assert line in said
    assert "**lock-1**" not in said and "make lock" in said


def test_nothing_that_strangers_wrote_does_anything_in_the_issue(tmp_path):
    said = audit(tmp_path, SOME, NPM_SOME)[1]
    assert "everyone" not in said and "](" not in said and "(not shown)" in said


@pytest.mark.parametrize("report", [SKIPPED, {"dependencies": []}, {"error": {"code": "E405"}}, "", "[]", "null", "{",
                                    {"dependencies": [{}]}, {"auditReportVersion": 2}])
def test_what_could_not_be_asked_is_never_taken_for_well(tmp_path, report):
    code, said = audit(tmp_path, NONE, report)
    assert code == 2 and said.startswith("\nNot everything could be asked:\n- lock-1: ")
    code, said = audit(tmp_path, SOME, report)
    assert code == 1 and "Not everything could be asked" in said, "what was found is told all the same"
