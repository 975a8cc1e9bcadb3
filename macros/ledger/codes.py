"""Explanations of the codes that a comparison with what was published gives."""

from __future__ import annotations

from ..problem import Code, Topic

CODES = (
    Code("history-edited", Topic.HISTORY,
         "What was published is not rewritten: neither words, nor dates, nor owners. Put it back, and say what is new "
         "in an update. To fix a genuine mistake, add a correction.", "due: 2027-03-31",
         "updates:\n  - date: 2026-11-24\n    due: 2027-03-31\n    reason: Two people start late."),
    Code("history-deleted", Topic.HISTORY,
         "What was published does not go away. Put it back. If it is no longer true, say so in a new update.",
         "(the file is gone)", "(the file is there)"),
    Code("history-renumbered", Topic.HISTORY,
         "The record was published under another id. Links to it would break.", "id: A-104", "id: A-004"),
    Code("history-inserted", Topic.HISTORY,
         "A new update comes before published ones, as if it had always been there. It belongs at the end. A line "
         '"happened:" says that it is from an earlier day.', "(new)\n(published)", "(published)\n(new)"),
    Code("history-reordered", Topic.HISTORY, "Published updates have changed places.", "(second)\n(first)",
         "(first)\n(second)"),
    Code("history-backdated", Topic.HISTORY,
         "The new update is dated before the newest one that is published. It would look as if it had been published "
         "then. Date it today, and say when it happened.", "- date: 2024-01-05",
         "- date: 2026-11-24\n  happened: 2024-01-05"),
    Code("post-edited", Topic.HISTORY,
         "The text of a published post has changed. That is allowed, as long as the post says so.",
         "title: Before the summer",
         "title: Before the summer\nchanged:\n  - date: 2026-11-24\n    what: A wrong figure was put right."),
    Code("address-gone", Topic.HISTORY,
         "A page that was published has no address any more. Links to it in letters and posts would break.",
         "(the page is gone)", "- from: blog/old-name/\n  to: blog/new-name/"),
    Code("revision", Topic.HISTORY,
         "Your change cannot be compared with what is published, because that is not on this computer. The message "
         "names the command that fetches it.", "board check --against orgin/main",
         "board check --against origin/main"),
)
