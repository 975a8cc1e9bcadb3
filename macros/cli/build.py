"""`board build` and `board serve`."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import command, common, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    building = command(
        commands, "build", run, help="check, then build the site", parents=[common()],
        more="Where something is wrong, the last good site stays as it is.",
        examples=["build", "build --out /tmp/site --today 2026-11-24"])
    building.add_argument("--out", type=Path, default=Path("site"), metavar="FOLDER",
                          help="the folder to build into (default: site)")
    building.add_argument("--generator", choices=("mkdocs", "properdocs"), default="mkdocs",
                          help="which generator builds the pages")
    serving = command(
        commands, "serve", serve, help="preview the site while you edit", parents=[common()],
        more="The pages are built again whenever you save a record or a post. Ctrl-C ends it.",
        examples=["serve", "serve --port 8001"])
    serving.add_argument("--port", type=int, default=8000, help="where to serve (default: 8000)")
    serving.add_argument("--generator", choices=("mkdocs", "properdocs"), default="mkdocs", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Build the site. Returns 1 where something is wrong, with the last good site untouched."""
    from ..site.build import build

    return build(options.area, options.out.resolve(), today(options), options.generator)


def serve(options: argparse.Namespace) -> int:
    """Preview the site until it is stopped."""
    from ..site.build import serve

    return serve(options.area, today(options), options.port, options.generator)
