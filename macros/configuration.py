"""Finds what the generator builds an area with: the theme and the settings that come with this package.

An area's own repository holds `data/` and `docs/` alone. Where it has an `overrides/` folder, a template there goes
before the package's of that name; where it has an `mkdocs.yml`, what stands there goes before the package's settings.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

OWN = re.compile(r"^INHERIT:", re.M)
"""Settings that say what they build on are taken as they are."""


def package() -> Path:
    """Return the folder that holds this package's `mkdocs.yml` and `overrides/`: in a checkout, the checkout."""
    installed = Path(__file__).parent / "packaged"
    return installed if installed.is_dir() else Path(__file__).parent.parent


def configuration(area: Path, scratch: Path) -> Path:
    """Return the file of settings with which to build an area: its own, if they are whole, else one in `scratch`.

    `scratch` is a folder that has to last as long as the build. The area is the folder above the `docs_dir` of these
    settings, and not the folder that they are in.
    """
    area, base, own = area.resolve(), package() / "mkdocs.yml", area / "mkdocs.yml"
    more = own.read_text(encoding="utf-8") if own.is_file() else ""
    if own.is_file() and (own.samefile(base) or OWN.search(more)):
        return own
    scratch.mkdir(parents=True, exist_ok=True)
    theme = _theme(area / "overrides", scratch / "overrides")
    watched = [area / "data", area / "overrides", package() / "overrides"]
    settings = {"INHERIT": str(base), "docs_dir": str(area / "docs"), "site_dir": str(area / "site"),
                "theme": {"custom_dir": str(theme)}, "watch": [str(path) for path in watched if path.is_dir()]}
    (scratch / "area.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    (scratch / "mkdocs.yml").write_text(f"INHERIT: area.yml\n{more}", encoding="utf-8")
    return scratch / "mkdocs.yml"


def preview_command(area: Path) -> str:
    """Return what to type to preview the area in a folder: its own `make serve`, where it has a Makefile."""
    return "make serve" if (area / "Makefile").is_file() else "board serve"


def _theme(own: Path, merged: Path) -> Path:
    """Return the folder of templates: the package's, or one of links to the area's own and, for the rest, to those."""
    theirs = package() / "overrides"
    if not own.is_dir():
        return theirs
    for folder in (own, theirs):
        for path in folder.rglob("*"):
            link = merged / path.relative_to(folder)
            if path.is_file() and not link.exists():
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path)
    return merged
