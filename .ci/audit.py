"""Turns the reports of pip-audit and npm audit (JSON) into the text of an issue.

    python3 .ci/audit.py LOCK=REPORT …

Exits with 0 if no vulnerability is known, 1 if one is, and 2 if a package could not be checked. The exit codes of both
programs are no help: they end with 0 or 1 even if they reached no service. Only names, versions and advisory numbers
from the reports are shown, as code, since anyone can write the rest.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLAIN = re.compile(r"[\w.@/+<>=|, *~^!-]{1,120}\Z")
ADVISORY = re.compile(r"\b(?:GHSA-[\w-]+|PYSEC-[\d-]+|CVE-[\d-]+)\b")


class NotCheckedError(Exception):
    """A package could not be checked; the message says which and why."""


def code(text: object) -> str:
    """Return a name or a version as Markdown code; anything else is hidden."""
    return f"`{text}`" if PLAIN.match(str(text)) else "(not shown)"


def vulnerabilities(report: Any) -> Iterator[str]:
    """Yield a line for each vulnerability in a report of either program. Raises NotCheckedError."""
    if not isinstance(report, dict):
        raise NotCheckedError("there is no report")
    if "dependencies" in report:
        yield from python_vulnerabilities(report["dependencies"])
    elif "auditReportVersion" in report:
        yield from npm_vulnerabilities(report["vulnerabilities"])
    else:
        raise NotCheckedError("the service did not answer")


def python_vulnerabilities(packages: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the vulnerabilities in a report of pip-audit. Raises NotCheckedError if it skipped a package."""
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped or not packages:
        raise NotCheckedError(f"the service does not know {len(skipped)} of {len(packages)} packages")
    for package in packages:
        for found in package["vulns"]:
            fixed = ", ".join(map(code, found["fix_versions"])) or "no version yet"
            yield f"{code(package['name'])} {code(package['version'])}: {code(found['id'])}, fixed in {fixed}"


def npm_vulnerabilities(packages: dict[str, Any]) -> Iterator[str]:
    """Yield the vulnerabilities in a report of npm audit, with the range of affected versions."""
    for name, found in sorted(packages.items()):
        numbers = sorted(set(ADVISORY.findall(json.dumps(found["via"]))))
        because = ", ".join(map(code, numbers)) or "through another package of this list"
        yield f"{code(name)} {code(found['range'])}: {because}"


def main(arguments: list[str]) -> int:
    """Print the text of the issue. Returns 0 if no vulnerability is known, 1 if one is, 2 if a check failed."""
    found: dict[str, list[str]] = {}
    missed = []
    for argument in arguments:
        lock, _, file = argument.partition("=")
        try:
            found[lock] = list(vulnerabilities(json.loads(Path(file).read_text(encoding="utf-8") or "null")))
        except NotCheckedError as error:
            missed.append(f"{lock}: {error}")
        except (ValueError, KeyError, TypeError, AttributeError):
            missed.append(f"{lock}: the format of the report has changed")
    if any(found.values()):
        print("Some dependencies have known vulnerabilities.")
        for lock, lines in found.items():
            print(*([f"\n**{lock}**\n"] if lines else []), *(f"- {line}" for line in lines), sep="\n")
        print("\n**What to do.** Merge Dependabot's pull request with the fixed version. If there is none, run "
              "`make lock` and commit the lock files.")
    if missed:
        print("\nNot every dependency could be checked:", *(f"- {line}" for line in missed), sep="\n")
    if not missed and not any(found.values()):
        print("No dependency has a known vulnerability.")
    return 1 if any(found.values()) else 2 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
