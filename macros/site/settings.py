"""The settings in mkdocs.yml: what an area's settings are added to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.utils import yaml_load

from ..configuration import package


def add_defaults(config: Any, area: Path) -> None:
    """Add the package's settings to those of an area: its styles, scripts and Markdown extensions come on top of ours,
    its validation can be stricter, and its templates go before ours."""
    with (package() / "mkdocs.yml").open("rb") as file:
        ours = yaml_load(file)
    if config.nav is None:
        config.nav = ours["nav"]
    for key in ("extra_css", "extra_javascript"):
        config[key] = [*ours[key], *(path for path in config[key] if str(path) not in ours[key])]
    for name, options in ours["markdown_extensions"].items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        config.mdx_configs[name] = (options or {}) | config.mdx_configs.get(name, {})
    for group, levels in _levels(ours["validation"]).items():
        for name, level in levels.items():
            config.validation[group][name] = max(config.validation[group][name], level)
    overrides = area / "overrides"
    if overrides.is_dir() and not any(overrides.samefile(folder) for folder in config.theme.dirs):
        config.theme.dirs.insert(0, str(overrides))
    config.watch += [str(folder) for folder in (area / "data", overrides) if folder.is_dir()]


def _levels(validation: dict[str, dict[str, str]]) -> dict[str, dict[str, int]]:
    from logging import INFO, WARNING

    return {group: {name: {"warn": WARNING, "info": INFO}[level] for name, level in levels.items()}
            for group, levels in validation.items()}
