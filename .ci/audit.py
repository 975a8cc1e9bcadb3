"""Turns the reports of pip-audit and npm audit (JSON) into the text of an issue.

    python3 .ci/audit.py LOCK=REPORT …

Exits with 0 where no hole is known, 1 where one is, and 2 where not every package could be asked about: then nothing
can be said. Both programs end well, or with 1, also where they could ask about nothing, so their exit codes tell too
little. Of their reports only names, versions and numbers are shown, as code: the rest was written by strangers.
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


class NotAskedError(Exception):
    """Of a package nothing could be asked; the message says which, and why."""


def code(text: object) -> str:
    """Return a name or a version as code; what is neither is left out."""
    return f"`{text}`" if PLAIN.match(str(text)) else "(not shown)"


def holes(report: Any) -> Iterator[str]:
    """Yield a line for each hole of a report, of either program. Raises NotAskedError."""
    if not isinstance(report, dict):
        raise NotAskedError("the program gave no report")
    if "dependencies" in report:
        yield from python_holes(report["dependencies"])
    elif "auditReportVersion" in report:
        yield from npm_holes(report["vulnerabilities"])
    else:
        raise NotAskedError("the service did not answer")


def python_holes(packages: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the holes in pip-audit's form. Raises NotAskedError where it passed a package over."""
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped or not packages:
        raise NotAskedError(f"{len(skipped)} of {len(packages)} packages were not known to the service")
    for package in packages:
        for hole in package["vulns"]:
            mended = ", ".join(map(code, hole["fix_versions"])) or "no version yet"
            yield f"{code(package['name'])} {code(package['version'])}: {code(hole['id'])}, mended in {mended}"


def npm_holes(packages: dict[str, Any]) -> Iterator[str]:
    """Yield the holes in npm's form: a package and the versions that have it."""
    for name, hole in sorted(packages.items()):
        numbers = sorted(set(ADVISORY.findall(json.dumps(hole["via"]))))
        because = ", ".join(map(code, numbers)) or "through another package of this list"
        yield f"{code(name)} {code(hole['range'])}: {because}"


def main(arguments: list[str]) -> int:
    """Print the text of the issue. Returns 0 where no hole is known, 1 where one is, 2 where nothing can be said."""
    found: dict[str, list[str]] = {}
    missed = []
    for argument in arguments:
        lock, _, file = argument.partition("=")
        try:
            found[lock] = list(holes(json.loads(Path(file).read_text(encoding="utf-8") or "null")))
        except NotAskedError as error:
            missed.append(f"{lock}: {error}")
        except (ValueError, KeyError, TypeError, AttributeError):
            missed.append(f"{lock}: the report has another form than it had")
    if any(found.values()):
        print("A hole is known in a package that this project stands on.")
        for lock, lines in found.items():
            print(*([f"\n**{lock}**\n"] if lines else []), *(f"- {line}" for line in lines), sep="\n")
        print("\n**What to do.** Merge the pull request by Dependabot that brings the mended version. Where there is "
              "none, run `make lock` and send the lock files.")
    if missed:
        print("\nNot everything could be asked:", *(f"- {line}" for line in missed), sep="\n")
    if not missed and not any(found.values()):
        print("No hole is known in any package.")
    return 1 if any(found.values()) else 2 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
