"""What stands below a post's text: decisions and promises of its meeting that the text itself does not show."""

from __future__ import annotations

from typing import Any

from ..records import Post
from ..register import Register
from ..register.addresses import address


def untold(register: Register, post: Post, html: str) -> dict[str, Any]:
    """Return the decisions and actions that a post lists, without those to which its `html` links.

    A chair's document names no ids: its readers see what came of the meeting all the same.
    """
    def is_told(record: Any) -> bool:
        return f'"{address(record)}"' in html

    decisions = [register.decisions[id] for id in post.decisions if id in register.decisions]
    actions = [register.progress[id] for id in post.actions if id in register.actions]
    return {"decisions": [decision for decision in decisions if not is_told(decision)],
            "actions": [progress for progress in actions if not is_told(progress.action)]}
