"""Renders a review as text for a terminal, and as the Markdown of a comment in which all input is inert."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from ..change_titles import GROUP_TITLES
from .github_markdown import markdown_environment, text_environment
from .schema import MAX_ITEMS, Review, ReviewProblem

MARKER = "<!-- board review -->"
"""The first line of each comment. The workflow finds its earlier comment by it, and replaces that."""

EDITABLE = re.compile(r"(?:data|docs)/[A-Za-z0-9_./-]{1,200}")
"""The files that the comment links to in GitHub's editor."""

MAX_COMMENT_LENGTH = 60_000
"""GitHub accepts 65,536 characters in a comment."""

LABELS = {
    "docs/blog/posts/": {"title": "Headline of the post", "date": "Date of the post",
                         "description": "What it is about", "meeting": "Meeting", "in short": "In short"},
    "data/actions/": {"title": "What was promised, planned or hoped for", "detail": "More about it",
                      "kind": "Promise, plan or aim", "said by": "Who said it", "owner": "Owner", "due": "Due",
                      "done when": "Done when", "plan": "Plan", "priorities": "Priorities"},
    "data/decisions/": {"text": "What was decided", "meeting": "Meeting that decided it", "kind": "How far it went"},
    "data/findings/": {"title": "What was found", "text": "More about it", "from": "Who found it",
                       "responsible": "Who is named as responsible", "answer due": "When an answer is due"},
    "data/feedback/": {"title": "What they said, in one line", "said": "More about it", "through":
                       "Through which organisation", "actions": "Which actions belong to it"},
}
"""What the forms call the keys of the files that they make, by the files' folder. A question uses these words."""

TITLES = GROUP_TITLES | {
    "unsaid": "No longer said", "new-post": "New posts", "edited-post": "Edited posts",
    "gone-post": "Posts that are gone", "draft-post": "Drafts, which readers do not see yet", "new-page": "New pages",
    "edited-page": "Edited pages", "gone-page": "Pages that are gone", "new-record": "Also new",
    "edited-record": "Also edited", "gone-record": "Gone", "other-file": "Pictures and other files",
    "software": "How the site works",
}
"""The heading of each kind of change."""


def as_markdown(review: Review, *, preview: str | None = None, commit: str | None = None,
                edit: str | None = None) -> str:
    """Return a review as a comment. `preview` is the address of the built preview, `commit` the reviewed commit.

    `edit` is the address of the branch in GitHub's editor, https://github.com/OWNER/NAME/edit/BRANCH.

    They are inserted without escaping, so they must come from a trusted source. A long review is shortened until it
    fits, and says what it leaves out.
    """
    for max_items in (MAX_ITEMS, 100, 50, 25, 10, 5, 1, 0):
        text = _rendered("markdown.html", review, max_items, preview=preview and Markup(preview),
                         commit=commit and Markup(commit), marker=Markup(MARKER),
                         editor=lambda finding: edit and _editor(edit, finding), question=_question)
        if len(text) <= MAX_COMMENT_LENGTH:
            break
    return text


def _editor(edit: str, finding: ReviewProblem) -> Markup | None:
    """Return the address of a line in GitHub's editor, or None for a path that is not one of the area's files."""
    if not EDITABLE.fullmatch(finding.path) or ".." in finding.path:
        return None
    return Markup(f"{edit.rstrip('/')}/{finding.path}#L{finding.line}")


def _question(finding: ReviewProblem) -> str:
    """Return the question that a line asks, or where it is if it asks none."""
    asked = re.search(r"“(?:([a-z ]+): )?(.+)”", finding.says)
    if not asked:
        return f"Line {finding.line} of {finding.path}: is it right?"
    labels = next((labels for folder, labels in LABELS.items() if finding.path.startswith(folder)), {})
    key = labels.get(asked[1], asked[1]) if asked[1] else None
    question = f"{key}{'' if key.endswith('?') else ':'} {asked[2]}" if key else asked[2]
    return question[0].upper() + question[1:]


def as_text(review: Review, preview_command: str) -> str:
    """Return a review as plain text, in full. `preview_command` is the command that shows the site."""
    return _rendered("text.html", review, MAX_ITEMS, preview_command=preview_command)


def _rendered(template: str, review: Review, max_items: int, **context: Any) -> str:
    environment = markdown_environment() if template == "markdown.html" else text_environment()
    text = environment.get_template(template).render(
        review=review, titles={kind: Markup(title) for kind, title in TITLES.items()}, max_items=max_items,
        **context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
