"""The macros of the site. mkdocs-macros imports this package and calls `define_env`."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros. They show the register that the `board` plugin has read."""
    from .site.macros import Macros

    renderer = env.conf.plugins["board"].renderer
    macros = Macros(renderer)
    for name in macros.names:
        env.macro(renderer.stash.storing(getattr(macros, name)), name)
    # A title is text: double curly brackets in it are not to be filled in.
    env.has_j2 = lambda text: False
