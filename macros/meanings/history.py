"""Codes that one may meet when changing what was published."""

from .meaning import Group, Meaning

HISTORY = Group("When you change what was published", (
    Meaning("history-edited", "What was published is not rewritten: neither words, nor dates, nor owners. Put it back, "
            " and say what is new in an update. A genuine mistake is put right by a correction.",
            "due: 2027-03-31",
            "updates:\n  - date: 2026-11-24\n    due: 2027-03-31\n    reason: Two people start late."),
    Meaning("history-deleted", "What was published does not go away. Put it back. What is no longer true is said in a "
            "new update.", "(the file is gone)", "(the file is there)"),
    Meaning("history-renumbered", "The record was published under another id. Links to it would break.",
            "id: A-104", "id: A-004"),
    Meaning("history-inserted", "A new update stands before published ones, as if it had always been there. It "
            "belongs at the end. A line \"happened:\" says that it is from an earlier day.", "(new)\n(published)",
            "(published)\n(new)"),
    Meaning("history-reordered", "Published updates have changed places.",
            "(second)\n(first)", "(first)\n(second)"),
    Meaning("history-backdated", "The new update is dated before the newest one that is published. It would look as if "
            "it had been said then. Date it today, and say when it happened.",
            "- date: 2024-01-05", "- date: 2026-11-24\n  happened: 2024-01-05"),
    Meaning("post-edited", "The text of a published post has changed. That may be, and its readers are told.",
            "title: Before the summer",
            "title: Before the summer\nchanged:\n  - date: 2026-11-24\n    what: A wrong figure was put right."),
    Meaning("address-gone", "A page that was published has no address any more. Links to it in letters and posts would "
            "break.", "(the page is gone)", "- from: blog/old-name/\n  to: blog/new-name/"),
    Meaning("revision", "Your change cannot be compared with what is published, because that is not on this computer. "
            "The message names the command that fetches it.", "board check --against orgin/main",
            "board check --against origin/main"),
))
