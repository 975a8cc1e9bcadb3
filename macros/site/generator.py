"""Runs MkDocs, or ProperDocs, on an area: through their own functions, with the day as a setting of the plugin.

    python -m macros.site.generator AREA SITE DAY mkdocs    builds an area's site into the folder SITE
"""

from __future__ import annotations

import gc
import logging
import sys
from datetime import date
from pathlib import Path
from typing import Any

from ..configuration import package


def build_site(area: Path, site: Path, today: date, generator: str) -> int:
    """Check an area and build its site into a folder. Returns 0, or 1 after logging why not."""
    _use(generator)
    from click import ClickException
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    # A build makes much and throws little away: looking for garbage as often as Python does takes a tenth of its time.
    gc.set_threshold(50_000, 20, 100)
    try:
        config = load_config(**settings(area, today), site_dir=str(site), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except ClickException as error:  # the generator's own way to say what is wrong
        error.show()
        return 1
    return 0


def preview(area: Path, today: date, port: int, generator: str) -> int:
    """Serve an area's site on this machine, and build it again whenever a file changes, until the process is ended.

    Returns 0, or 1 after logging why the first build failed.
    """
    _use(generator)
    from click import ClickException
    from mkdocs.commands.serve import serve

    try:
        serve(**settings(area, today), dev_addr=f"localhost:{port}")
    except ClickException as error:
        error.show()
        return 1
    except KeyboardInterrupt:
        pass  # during the first build; afterwards the generator ends by itself
    return 0


def settings(area: Path, today: date) -> dict[str, Any]:
    """Return the arguments of `load_config` for an area: its settings file or the package's, and what has to be added.

    An area needs no mkdocs.yml. Where it has one, it can leave out what is the same for all areas.
    """
    from mkdocs.utils import yaml_load

    own, ours = area / "mkdocs.yml", package() / "mkdocs.yml"
    file = own if own.is_file() else ours
    with file.open("rb") as opened, ours.open("rb") as default:
        given, default_settings = yaml_load(opened), yaml_load(default)
    plugins = _by_name(default_settings["plugins"]) | _by_name(given.get("plugins") or {})
    plugins["board"] = (plugins["board"] or {}) | {"today": today}
    theme = given.get("theme") or {}
    return {
        "config_file": str(file), "docs_dir": str(area / "docs"), "plugins": plugins,
        "site_name": given.get("site_name") or default_settings["site_name"],
        "theme": {"name": "board"} | (theme if isinstance(theme, dict) else {"name": theme}),
    }


def _by_name(plugins: Any) -> dict[str, Any]:
    """Return plugins with their settings by name: mkdocs.yml can hold them as a mapping or as a list."""
    if isinstance(plugins, dict):
        return plugins
    found: dict[str, Any] = {}
    for plugin in plugins:
        found |= plugin if isinstance(plugin, dict) else {plugin: {}}
    return found


def _use(generator: str) -> None:
    """Let all imports of `mkdocs` mean the generator, and log as its own command line does."""
    if generator == "properdocs":
        import properdocs.replacement  # noqa: F401
    from mkdocs.__main__ import State

    state = State()
    if not sys.stderr.isatty():
        state.stream.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    _states.append(state)


_states: list[Any] = []
"""Keeps the generator's set-up of logging alive: it undoes it when the object goes."""


if __name__ == "__main__":
    sys.exit(build_site(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), sys.argv[4]))
