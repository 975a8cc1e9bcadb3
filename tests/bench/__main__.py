"""How long things take: run by `make bench`. Tests assert no times; this says them, and ends with 1 above a limit."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from macros.__main__ import main
from tests import bench_reader, privacy_sets
from tests.conftest import AREAS, ROOT

EXAMPLES = 10_000
"""Of each kind of bad input, in fuzzing."""

ACTIONS, POSTS = 600, 120
"""Ten years of a board."""

LEDGER_LIMIT = 1.0
"""Seconds that comparing 600 actions with a base in the same repository may take."""

TODAY = "2026-11-24"


def seconds(run: Callable[[], int], times: int = 5) -> float:
    """Return the middle of several runs of a command, each of which must succeed."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()) as said:
            code = run()
        assert code == 0, said.getvalue()[:2000]
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=Bench", "-c", "user.email=bench@bench.example", *arguments], cwd=folder,
                   check=True, capture_output=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})


def large_area(folder: Path) -> Path:
    """Write an area with 600 actions, of three updates each, as a git repository with one commit."""
    area = Path(shutil.copytree(ROOT / "tests/areas/small", folder / "area"))
    shutil.rmtree(area / "data/actions")
    (area / "data/actions").mkdir()
    for name in ("decisions", "measures", "feedback", "meetings"):
        shutil.rmtree(area / "data" / name, ignore_errors=True)
    shutil.rmtree(area / "docs/blog/posts", ignore_errors=True)
    (area / "docs/blog/posts").mkdir(parents=True)
    for page in ("index.md", "about.md"):
        (area / "docs" / page).write_text("# Page\n", encoding="utf-8")
    owner = yaml.safe_load((area / "data/organisations.yml").read_text(encoding="utf-8"))[0]["id"]
    source = {"title": "The plan", "url": "https://smallshire.example/plan", "published": "2024-01-15"}
    for number in range(1, ACTIONS + 1):
        updates = [{"date": f"2024-0{month}-10", "note": f"News number {month} of action {number}.",
                    **({"status": "in_progress"} if month == 3 else {})} for month in (3, 5, 7)]
        action = {"id": f"A-{number:03}", "title": f"Promise number {number}", "owner": owner, "due": "2027-06-30",
                  "source": source, "updates": updates}
        (area / f"data/actions/a-{number:03}.yml").write_text(yaml.safe_dump(action, sort_keys=False), encoding="utf-8")
    for number in range(POSTS):
        stem = f"{2015 + number // 12}-{number % 12 + 1:02}-10-post-{number}"
        words = " ".join(f"Word{number * 7 % 97} and promise {number + part}." for part in range(60))
        (area / f"docs/blog/posts/{stem}.md").write_text(
            f"---\ndate: {stem[:10]}\ntitle: Post {number}\ndescription: Post {number}.\nin_short: [Short.]\n"
            f"kind: post\n---\n\n{words}\n\n<!-- more -->\n\nMore of post {number}.\n", encoding="utf-8")
    (area / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: []\n", encoding="utf-8")
    git(area, "init", "-q", "-b", "main")
    git(area, "add", "-A")
    git(area, "commit", "-q", "-m", "Base")
    return area


def edit(area: Path, *, every: int) -> None:
    """Append an update to one action in `every`, as a pull request does."""
    for file in sorted((area / "data/actions").glob("*.yml"))[::every]:
        file.write_text(file.read_text(encoding="utf-8") + "- date: 2024-09-10\n  note: More news.\n", encoding="utf-8")


def privacy() -> None:
    """Print how much of the kept personal data is found, and how often clean text is taken for it."""
    print(f"{privacy_sets.score()}\nof which held out: {privacy_sets.score(held_out=True)}")


def fuzz() -> int:
    """Run the fuzzing tests with many more examples than `make test` does. Returns what pytest returns."""
    start = time.perf_counter()
    code = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_fuzz.py"],
                          cwd=ROOT, env=os.environ | {"BOARD_FUZZ": str(EXAMPLES)}, check=False).returncode
    print(f"fuzzing with {EXAMPLES} examples of each kind             {time.perf_counter() - start:6.0f} s")
    return code


def bench() -> int:
    """Print how long checking, comparing and building take. Returns 1 where the ledger is slower than its limit."""
    privacy()
    with tempfile.TemporaryDirectory(prefix="board-bench-") as folder:
        area = large_area(Path(folder))

        def check(*more: str) -> Callable[[], int]:
            return lambda: main(["check", "--area", str(area), "--today", TODAY, *more])

        alone = seconds(check())
        edit(area, every=100)
        few = seconds(check("--against", "main")) - alone
        edit(area, every=1)
        every = seconds(check("--against", "main"), times=3) - alone
        print(f"check, {ACTIONS} actions                                  {alone:6.2f} s")
        print(f"check --against main, 6 of {ACTIONS} actions edited      + {few:6.2f} s (limit {LEDGER_LIMIT} s)")
        print(f"check --against main, {ACTIONS} of {ACTIONS} actions edited    + {every:6.2f} s")
        for name, root in AREAS.items():
            taken = seconds(lambda root=root: main(["build", "--area", str(root), "--today", TODAY,
                                                    "--out", f"{folder}/site"]), times=3)
            print(f"build of the area {name:<25}           {taken:6.2f} s")
        git(area, "checkout", "-q", ".")
        taken = seconds(lambda: main(["build", "--area", str(area), "--today", TODAY, "--out", f"{folder}/large"]), 1)
        print(f"build of ten years: {ACTIONS} actions, {POSTS} posts             {taken:6.2f} s")
        bench_reader.bench(Path(folder) / "site", Path(folder) / "large", Path(folder) / "default")
    return int(few > LEDGER_LIMIT or bool(fuzz()))


if __name__ == "__main__":
    raise SystemExit(bench())
