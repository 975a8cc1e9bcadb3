"""Combines an area's mkdocs.yml with the package's.

Some of it has to happen before MkDocs reads the settings (`load_arguments`): which plugins and which theme. The rest is
added by the plugin (`add_defaults`), where MkDocs has validated the area's own.
"""

from __future__ import annotations

from datetime import date
from logging import INFO, WARNING
from pathlib import Path
from typing import Any

from mkdocs.utils import yaml_load
from pathspec.gitignore import GitIgnoreSpec

from ..configuration import package


def load_arguments(area: Path, today: date, *, is_draft: bool = False) -> dict[str, Any]:
    """Return the arguments of MkDocs' `load_config` for an area: its settings file or the package's, and additions.

    An area needs no mkdocs.yml. If it has one, it can leave out what is the same for all areas.
    """
    own, ours = area / "mkdocs.yml", package() / "mkdocs.yml"
    file = own if own.is_file() else ours
    with file.open("rb") as opened, ours.open("rb") as default:
        given, default_settings = yaml_load(opened), yaml_load(default)
    plugins = _by_name(default_settings["plugins"]) | _by_name(given.get("plugins") or {})
    plugins["board"] = (plugins["board"] or {}) | {"today": today, "draft": is_draft}
    theme = given.get("theme") or {}
    return {
        "config_file": str(file), "docs_dir": str(area / "docs"), "plugins": plugins,
        "site_name": given.get("site_name") or default_settings["site_name"],
        "theme": {"name": "board"} | (theme if isinstance(theme, dict) else {"name": theme}),
    }


def _by_name(plugins: Any) -> dict[str, Any]:
    """Return plugins with their settings by name: mkdocs.yml may list them or map them to settings."""
    if isinstance(plugins, dict):
        return plugins
    found: dict[str, Any] = {}
    for plugin in plugins:
        found |= plugin if isinstance(plugin, dict) else {plugin: {}}
    return found


def add_defaults(config: Any, area: Path) -> None:
    """Add the package's settings to those of an area.

    The area's styles, scripts and Markdown extensions come after the package's, its templates override them, and its
    validation can only be stricter.
    """
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
    left_out = GitIgnoreSpec.from_lines(ours["exclude_docs"].splitlines())
    config.exclude_docs = left_out if config.exclude_docs is None else config.exclude_docs + left_out
    overrides = area / "overrides"
    if overrides.is_dir() and not any(overrides.samefile(folder) for folder in config.theme.dirs):
        config.theme.dirs.insert(0, str(overrides))
    config.watch += [str(folder) for folder in (area / "data", overrides) if folder.is_dir()]


def _levels(validation: dict[str, dict[str, str]]) -> dict[str, dict[str, int]]:
    return {group: {name: {"warn": WARNING, "info": INFO}[level] for name, level in levels.items()}
            for group, levels in validation.items()}
