"""The packaged MkDocs theme `board`: the entry point of the group `mkdocs.themes` names this module.

MkDocs takes the folder that a theme's module is in for the theme's. All HTML is in `overrides/`, beside this package in
a checkout and inside it once installed, so this module says that it is there.
"""

from ..configuration import package

__file__ = str(package() / "overrides" / "__init__.py")
