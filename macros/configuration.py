"""Finds the theme and the settings that come with this package."""

from __future__ import annotations

from pathlib import Path


def package() -> Path:
    """Return the folder with this package's `mkdocs.yml` and `overrides/`: in a checkout, the checkout."""
    installed = Path(__file__).parent / "packaged"
    return installed if installed.is_dir() else Path(__file__).parent.parent


def preview_command(area: Path) -> str:
    """Return the command that previews the area in a folder: its own `make serve` if it has a Makefile."""
    return "make serve" if (area / "Makefile").is_file() else "board serve"
