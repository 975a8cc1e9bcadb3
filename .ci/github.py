"""Creates or updates comments, issues and pull requests for the workflows, through GitHub's command line `gh`.

    python3 .ci/github.py comment NUMBER FILE      one comment on an issue or pull request, found by its first line
    python3 .ci/github.py issue TITLE FILE         one open issue with that title, created or updated
    python3 .ci/github.py close TITLE TEXT         closes that issue with a last comment, if it is open
    python3 .ci/github.py changed-files NUMBER     the names of the files that a pull request changes, as JSON
    python3 .ci/github.py last-published           the commit of the last deployment that succeeded
    python3 .ci/github.py tested DIGEST            the run in which the software with that digest passed all tests
    python3 .ci/github.py newer-run                a later run of Deploy than GITHUB_RUN_ID, if there is one
    python3 .ci/github.py pull-number              the open pull request of HEAD_OWNER, HEAD_BRANCH and HEAD_SHA
    python3 .ci/github.py pull-request FOLDER      one pull request with the branch, title and text from a folder

GH_REPO names the repository, and `gh` signs in with GH_TOKEN. Only comments and issues by the workflows' own account
are updated, so that no one else can plant one with the same first line or title.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BOT = "github-actions[bot]"
PAGE_SIZE = 100


def gh(method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
    """Call GitHub's API and return the response. Exits with the error message of `gh` if the call fails."""
    fields = [part for key, value in query.items() for part in ("-f", f"{key}={value}")]
    done = subprocess.run(
        ["gh", "api", "--method", method, f"repos/{os.environ['GH_REPO']}/{path}", *fields,
         *(["--input", "-"] if body is not None else [])],
        input=json.dumps(body) if body is not None else None, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"GitHub refused: {method} {path}\n{done.stdout}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def paginate(path: str, **query: str) -> Iterator[dict[str, Any]]:
    """Yield all items of a list, page by page."""
    page, found = 1, None
    while found is None or len(found) == PAGE_SIZE:
        found = gh("GET", path, **query, per_page=str(PAGE_SIZE), page=str(page))
        yield from found
        page += 1


def comment(number: str, file: str) -> None:
    """Comment on an issue or a pull request, or update the comment that begins with the same line."""
    text = Path(file).read_text(encoding="utf-8")
    marker = text.splitlines()[0]
    for found in paginate(f"issues/{int(number)}/comments"):
        if found["user"]["login"] == BOT and (found["body"] or "").startswith(marker):
            gh("PATCH", f"issues/comments/{found['id']}", {"body": text})
            return
    gh("POST", f"issues/{int(number)}/comments", {"body": text})


def issue(title: str, file: str) -> None:
    """Open an issue with a title, or update the text of the one that is open."""
    text = Path(file).read_text(encoding="utf-8")
    number = _open_issue(title)
    if number:
        gh("PATCH", f"issues/{number}", {"body": text})
    else:
        gh("POST", "issues", {"title": title, "body": text})


def close(title: str, text: str) -> None:
    """Close the open issue with a title, if there is one, with a comment that says why."""
    number = _open_issue(title)
    if number:
        gh("POST", f"issues/{number}/comments", {"body": text})
        gh("PATCH", f"issues/{number}", {"state": "closed"})


def _open_issue(title: str) -> int | None:
    return next((found["number"] for found in paginate("issues", state="open") if found["title"] == title
                 and found["user"]["login"] == BOT and "pull_request" not in found), None)


def pull_number() -> None:
    """Print the number of the open pull request whose newest commit was checked, or nothing if there is none."""
    owner, branch, commit = (os.environ[name] for name in ("HEAD_OWNER", "HEAD_BRANCH", "HEAD_SHA"))
    for found in paginate("pulls", state="open", head=f"{owner}:{branch}"):
        head = found["head"]
        if head["sha"] == commit and head["ref"] == branch and (head["user"] or {}).get("login") == owner:
            print(found["number"])
            return


def changed_files(number: str) -> None:
    """Print the names of the files that a pull request changes, the earlier names of renamed ones included."""
    names = [file.get(key) for file in paginate(f"pulls/{int(number)}/files") for key in
             ("filename", "previous_filename")]
    print(json.dumps(sorted({name for name in names if name})))


def last_published() -> None:
    """Print the commit of the last deployment of main that succeeded, or nothing if there was none."""
    runs = gh("GET", "actions/workflows/deploy.yml/runs", branch="main", status="success", per_page="1")
    for run in runs["workflow_runs"][:1]:
        print(run["head_sha"])


def tested(digest: str) -> None:
    """Print the run in which the software with a digest passed all tests, or nothing if there was none.

    Such a run has an artifact of that name. A run for a pull request from a fork does not count, since anyone may open
    one, with workflows of their own. Source: GitHub Docs, "List artifacts for a repository".
    """
    found = gh("GET", "actions/artifacts", name=f"tested-{digest}", per_page=str(PAGE_SIZE))
    for artifact in found["artifacts"]:
        run = artifact["workflow_run"]
        if not artifact["expired"] and run["head_repository_id"] == run["repository_id"]:
            print(run["id"])
            return


def newer_run() -> None:
    """Print a run of Deploy that began after this one and so takes its place, or nothing if there is none."""
    runs = gh("GET", "actions/workflows/deploy.yml/runs", branch="main", per_page="1")
    for run in runs["workflow_runs"][:1]:
        if run["id"] > int(os.environ["GITHUB_RUN_ID"]):
            print(run["id"])


def pull_request(folder: str) -> None:
    """Open or update the pull request that a folder describes, and print its number."""
    branch, title, text = ((Path(folder) / name).read_text(encoding="utf-8").strip()
                           for name in ("branch", "title", "pull-request.md"))
    owner = os.environ["GH_REPO"].split("/")[0]
    found = next(paginate("pulls", state="open", head=f"{owner}:{branch}"), None)
    if found:
        gh("PATCH", f"pulls/{found['number']}", {"title": title, "body": text})
    else:
        found = gh("POST", "pulls", {"title": title, "body": text, "head": branch, "base": os.environ["BASE"]})
    print(found["number"])


if __name__ == "__main__":
    COMMANDS = {"comment": comment, "issue": issue, "close": close, "pull-number": pull_number,
                "pull-request": pull_request, "changed-files": changed_files, "last-published": last_published,
                "tested": tested, "newer-run": newer_run}
    COMMANDS[sys.argv[1]](*sys.argv[2:])
