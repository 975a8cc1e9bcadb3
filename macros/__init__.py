"""The macros of the site. mkdocs-macros imports this package and calls `define_env`."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros. They show the register that the `board` plugin of this build loaded."""
    from .site.calls import Calls

    renderer = env.conf.plugins["board"].renderer
    calls = Calls(renderer)
    for name in calls.names:
        env.macro(renderer.fragments.keeping(getattr(calls, name)), name)
    # mkdocs-macros would also render titles as templates. Titles are plain text here, even with double curly brackets.
    env.has_j2 = lambda text: False
