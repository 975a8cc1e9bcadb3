"""`board build` and `board serve`."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import command, common, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    building = command(
        commands, "build", run, parents=[common()],
        more="If anything is wrong, the last good site stays in place.",
        examples=["build", "build --out /tmp/site --today 2026-11-24"])
    building.add_argument("--out", type=Path, default=Path("site"), metavar="FOLDER",
                          help="the folder to build into (default: site)")
    building.add_argument("--generator", choices=("mkdocs", "properdocs"), default="mkdocs",
                          help="the generator that builds the pages (default: mkdocs)")
    building.add_argument("--draft", action="store_true", default=False,
                          help="build also what is still to be confirmed, with a mark on every page: for looking only")
    serving = command(
        commands, "serve", serve, parents=[common()],
        more="The site is rebuilt whenever you save a record or a post. Press Ctrl-C to stop.",
        examples=["serve", "serve --port 8001"])
    serving.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    serving.add_argument("--generator", choices=("mkdocs", "properdocs"), default="mkdocs", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Build the site. Returns 1 if anything is wrong, and leaves the last good site in place."""
    from ..site.build import build

    return build(options.area, options.out.resolve(), today(options), options.generator,
                 is_draft=options.draft)


def serve(options: argparse.Namespace) -> int:
    """Serve a preview until it is interrupted."""
    from ..site.build import serve

    return serve(options.area, today(options), options.port, options.generator)
