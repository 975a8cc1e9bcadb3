"""What a page may call: each macro names records by id and fills a fragment from `overrides/macros/`."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Give the macros to mkdocs-macros. They show the register that the `board` plugin of the same build has read."""
    from .site.calls import Calls

    renderer = env.conf.plugins["board"].renderer
    calls = Calls(renderer)
    for name in calls.names:
        env.macro(renderer.fragments.keeping(getattr(calls, name)), name)
    # A title is text: in one that holds double curly brackets nothing is filled in.
    env.has_j2 = lambda text: False
