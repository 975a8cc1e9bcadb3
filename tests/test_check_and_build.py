"""What stops a publication is found by `board check`: the check and the build come to the same verdict."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from macros.__main__ import main
from macros.checks import check
from macros.site.build import build_site
from tests.conftest import ROOT, TODAY
from tests.thorough import ALL

SMALL = ROOT / "tests/areas/small"
POSTS = "docs/blog/posts"
FRONT = "---\ndate: 2024-07-02\ntitle: Letters\ndescription: About letters.\nin_short:\n  - Families wrote.\n"\
    "kind: post\n"

NAMES = st.sampled_from((
    f"{POSTS}/2024-07-02-letters.md", f"{POSTS}/2024/2024-07-02-letters.md", f"{POSTS}/2024-07-02-letters/index.md",
    f"{POSTS}/2024-07-02-a#b.md", f"{POSTS}/2024-07-02-a?b.md", f"{POSTS}/2024-07-02-a%20b.md",
    f"{POSTS}/2024-07-02-letters.MD", "docs/README.md", "docs/how.md", "docs/how/index.md", "docs/templates/how.md",
    "docs/how.markdown", "docs/guides/how.md", "docs/actions/how.md", "docs/.how.md", "docs/help/index.md"))
LINKS = st.sampled_from((
    "about.md", "about.md#who", "about.md#about", "#text", "#nowhere", "blog/posts/2024-07-01-before-the-summer.md",
    "blog/posts/2024-07-05-draft.md", "actions/a-001.md", "actions/a-001.md#history", "actions/a-999.md",
    "you-said.md#f-001", "you-said.md", "index.md", "blog/index.md", "actions/index.md", "how.md", "nothing.png",
    "measures/plans-on-time.md", "glossary.md", "changes.md", "guides/index.md", "meetings/2024-01-31.md?x=1"))
TEXTS = st.sampled_from((
    "[a]({})", "[a]({}", "[a] ({})", "[a][{}]", "- [a]({})\n  - b", "| a |\n|---|\n| [a]({}) | c |",
    "<<<<<<< HEAD\n[a]({})", "cafÃ© [a]({})", "!!! note\n    [a]({})", "Text[^1] [a]({})", "`[a]({})`",
    "{{{{ next_meeting() }}}}\n- [a]({})", "[a](<{}>)", "## Text\n\n[a]({})", "![a picture]({})"))
ENDS = st.sampled_from(("---\n", "draft: true\n---\n", "mood: glad\n---\n", ""))


def area_with(folder: Path, name: str, end: str, text: str, link: str) -> Path:
    """Make a small area with one more file, whose link is relative to it."""
    area = Path(shutil.copytree(SMALL, folder / "area"))
    (area / POSTS / "2024-07-05-draft.md").write_text(
        FRONT.replace("02", "05", 1) + "draft: true\n---\n\nLater.\n", encoding="utf-8")
    front = FRONT if "posts/" in name else "---\ntitle: How we work\ndescription: How this site is kept.\n"
    up = "../" * (name.count("/") - 1) if not link.startswith("#") else ""
    (area / name).parent.mkdir(parents=True, exist_ok=True)
    (area / name).write_text(f"{front}{end}\n{text.format(up + link)}\n", encoding="utf-8")
    return area


@settings(max_examples=60 if ALL else 1, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.too_slow])
@given(name=NAMES, end=ENDS, text=TEXTS, link=LINKS)
@example(name=f"{POSTS}/2024-07-02-letters.md", end="---\n", text="## Text\n\n[a]({})", link="#text")
def test_check_and_build_come_to_the_same_verdict(name, end, text, link):
    """The build runs the check first, so only an area that passes it is built."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        area = area_with(Path(folder), name, end, text, link)
        _, problems = check(area, TODAY)
        if not any(problem.level == "error" for problem in problems):
            assert build_site(area, Path(folder) / "site", TODAY, "mkdocs") == 0, (name, end, text, link)
            written = [page for page in (Path(folder) / "site").rglob("*.html") if "How we work" in page.read_text(
                encoding="utf-8") or ">Letters</" in page.read_text(encoding="utf-8")]
            assert written or "draft" in end or "guides" in name or name.endswith(".how.md"), (name, "is lost")


def test_check_says_nothing_to_an_area_that_is_as_it_should_be(tmp_path, capsys):
    area = area_with(tmp_path, f"{POSTS}/2024-07-02-letters.md", "---\n", "[a]({})", "about.md")
    assert main(["check", "--area", str(area), "--today", TODAY.isoformat()]) == 0
