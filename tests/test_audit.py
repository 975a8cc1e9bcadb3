"""The audit of dependencies: its issue says what to do, and a failed check never counts as a clean one."""

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


def test_a_clean_audit_says_so(tmp_path):
    assert audit(tmp_path, NONE, NPM_NONE) == (0, "No dependency has a known vulnerability.\n")


def test_each_vulnerability_is_listed_with_the_version_that_fixes_it(tmp_path):
    code, issue = audit(tmp_path, SOME, NONE, NPM_SOME)
    assert code == 1
    for line in ("**lock-0**", "- `jinja2` `3.1.6`: `PYSEC-2026-1`, fixed in `3.1.7`",
                 "- `nh3` `0.3.8`: `GHSA-aaaa-bbbb-cccc`, fixed in no version yet", "**lock-2**",
                 "- `axe` `<=4.0.0 || >=5`: `GHSA-1234-abcd-5678`", "- `deep` `*`: through another package"):
        assert line in issue
    assert "**lock-1**" not in issue and "make lock" in issue


def test_markup_in_an_advisory_has_no_effect_in_the_issue(tmp_path):
    issue = audit(tmp_path, SOME, NPM_SOME)[1]
    assert "everyone" not in issue and "](" not in issue and "(not shown)" in issue


@pytest.mark.parametrize("report", [SKIPPED, {"dependencies": []}, {"error": {"code": "E405"}}, "", "[]", "null", "{",
                                    {"dependencies": [{}]}, {"auditReportVersion": 2}])
def test_a_failed_check_never_counts_as_a_clean_one(tmp_path, report):
    code, issue = audit(tmp_path, NONE, report)
    assert code == 2 and issue.startswith("\nNot every dependency could be checked:\n- lock-1: ")
    code, issue = audit(tmp_path, SOME, report)
    assert code == 1 and "Not every dependency could be checked" in issue, "what was found is listed all the same"
