"""Settings in an area's mkdocs.yml that would have no effect here, with what to do instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ..problem import Code, Problem, Topic, quoted, suggestion
from ..records import TO_CONFIRM
from ..records.example_address import EXAMPLE_ADDRESS
from ..register import Register
from ..register.addresses import addresses, page_address

CODES = (
    Code("setting-without-effect", Topic.FILES,
         "This setting in mkdocs.yml changes nothing on this site. The message says what to do instead.",
         "repo_url: https://github.com/example/board", "(no such line)"),
    Code("unreadable-settings", Topic.FILES,
         "The file mkdocs.yml is not valid YAML, so the site cannot be built with it.", "nav: [", "nav: []"),
    Code("code-owners", Topic.FILES,
         "GitHub asks these people or teams to review a change. Here it asks nobody: no name is written, or one that "
         "it does not know.", "/data/ @example/communications", "/data/ @northshire/communications", level="warning"),
)

CODES += (
    Code("invented-address", Topic.FILES,
         "This address is an example, and leads nowhere. Feeds, calendars and mails hold the addresses of the site, "
         "and readers click on the others. Where both the site and its repository are examples, the area is a trial: "
         "its pages say that its addresses lead nowhere.", "site_url: https://northshire.example/", "site_url: https://send.northshire.gov.uk/"),
)

WITH_ADDRESSES = ("data/area.yml", "data/services.yml", "data/forums.yml", ".github/ISSUE_TEMPLATE/config.yml")

FILE = "mkdocs.yml"
OWNERS = ".github/CODEOWNERS"

CODE_OWNER = re.compile(r"@[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+")
"""An account, a team or an email address. Source: GitHub Docs, “About code owners”, “CODEOWNERS syntax”."""

EXAMPLE_OWNER = re.compile(r"@(example|owner|organisation|your-[a-z-]+)\b|[@.]example\Z", re.I)
"""A placeholder: a name that has to be filled in."""

AREA_FILE = "set it in data/area.yml, where every page and feed takes it from"
OWN_THEME = "remove it: the theme of this site has no such option; to change a page, put a template into overrides/"
NO_TRACKING = "remove it: this site sets no cookies and counts no visitors"

REFUSED: dict[tuple[str, ...], str] = {
    ("theme", "features"): OWN_THEME,
    ("theme", "palette"): 'remove it; the colours are "colours" in data/area.yml, and readers choose light or dark',
    ("theme", "font"): "remove it: pages use the fonts of a reader's own device, and load none from another site",
    ("theme", "logo"): OWN_THEME,
    ("theme", "icon"): OWN_THEME,
    ("theme", "language"): "remove it: the theme is written in English",
    ("theme", "direction"): OWN_THEME,
    ("extra", "social"): "remove it, and add the links to nav",
    ("extra", "analytics"): NO_TRACKING,
    ("extra", "consent"): NO_TRACKING,
    ("extra", "version"): "remove it: the site has one version",
    ("extra", "alternate"): "remove it: the site is in English; to link to a translation, add it to nav",
    ("extra", "homepage"): "remove it: the name of the site leads to its home page",
    ("extra", "generator"): "remove it: no page names its generator",
    ("repo_url",): 'set "repository_url" in data/area.yml: every page then links to the file it is made from',
    ("repo_name",): 'remove it, and set "repository_url" in data/area.yml',
    ("edit_uri",): 'remove it, and set "repository_url" in data/area.yml',
    ("edit_uri_template",): 'remove it, and set "repository_url" in data/area.yml',
    ("site_url",): AREA_FILE,
    ("site_description",): AREA_FILE,
    ("site_author",): "remove it: data/area.yml says whose site this is",
    ("docs_dir",): "remove it: the pages of an area are in docs/, beside data/",
    ("use_directory_urls",): "remove it: addresses that were published must not change",
}
"""The settings that nothing reads, by their place in the file."""

ACCEPTED = {("theme", "font"): "false", ("theme", "language"): "en", ("docs_dir",): "docs",
            ("use_directory_urls",): "true"}
"""Values that say what is true here anyway."""

REFUSED_PLUGINS = {
    "search": "remove it: this site has a search of its own",
    "blog": "remove it: posts in docs/blog/posts/ have their pages, lists and feeds without it",
    "social": "remove it: the site makes the pictures of shared links itself",
    "tags": 'remove it, and give posts "topics"',
    "offline": "remove it: pages work without it, but for the search",
    "meta": "remove it, and write what a page needs into its own front matter",
    "privacy": "remove it: no page loads anything from another site",
    "info": "remove it: it reports bugs of another theme",
    "projects": "remove it: an area has one site",
    "typeset": "remove it: this theme's menu shows titles as text",
}


def settings_have_an_effect(register: Register) -> Iterator[Problem]:
    """Ensures that every setting in mkdocs.yml has an effect."""
    file = register.root / FILE
    if not file.is_file():
        return
    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        yield Problem(FILE, mark.line + 1 if mark else 1, "unreadable-settings", "this file cannot be read as YAML",
                      "compare it with the example in the guide to setting up an area")
        return
    for path, key, value in _settings(tree):
        name = ".".join(path)
        if path in REFUSED and (path not in ACCEPTED or _text(value) != ACCEPTED[path]):
            yield _problem(key, f"{quoted(name)} has no effect here", REFUSED[path])
        elif path == ("theme", "name") and _text(value) != "board":
            yield _problem(value, f"the theme {quoted(_text(value))} does not know this site's pages", "write board")
    for node in _plugins(tree):
        plugin = node.value.removeprefix("material/")
        if plugin in REFUSED_PLUGINS:
            yield _problem(node, f"the plugin {quoted(plugin)} does nothing here", REFUSED_PLUGINS[plugin])


def the_menu_leads_to_pages(register: Register) -> Iterator[Problem]:
    """Ensures that each entry of the menu in mkdocs.yml leads to a page."""
    file = register.root / FILE
    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader) if file.is_file() else None
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return  # `settings_have_an_effect` reports it.
    known = addresses(register)
    for path, _, value in _settings(tree):
        for node in _texts(value) if path == ("nav",) else ():
            if "://" not in node.value and page_address(f"docs/{node.value}") not in known:
                yield Problem(FILE, node.start_mark.line + 1, "broken-link", f"there is no page {quoted(node.value)}",
                              suggestion(node.value, sorted(page.document.path.removeprefix("docs/")
                                                            for page in register.pages),
                                         "write the path of a page in docs/, such as about.md"))


def _texts(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield the values of a menu, which may hold menus."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _texts(value)


def addresses_are_real(register: Register) -> Iterator[Problem]:
    """Ensures that an area with an address of its own names no invented addresses."""
    if "area" in register.unread or register.area.is_trial:
        return
    for name in WITH_ADDRESSES:
        file = register.root / name
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n") if file.is_file() else ()
        for number, line in enumerate(lines, 1):
            if TO_CONFIRM in line or line.lstrip().startswith("#"):
                continue
            if match := EXAMPLE_ADDRESS.search(line.split(" #")[0]):
                yield Problem(name, number, "invented-address", f"{quoted(match[0])} is an example, and leads nowhere",
                              "write the real address, or delete the line")


def code_owners_are_named(register: Register) -> Iterator[Problem]:
    """Ensures that the file of code owners, if there is one, names somebody whom GitHub can ask."""
    file = register.root / OWNERS
    if not file.is_file():
        return
    lines = [line.split("#")[0].split() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    named = [(number, name) for number, line in enumerate(lines, 1) for name in line[1:]]
    if not named:
        yield Problem(OWNERS, next((number for number, line in enumerate(lines, 1) if line), 1), "code-owners",
                      "no account or team is named, so GitHub asks nobody to review a change",
                      "write a name after each path, such as @northshire/board-website", level="warning")
    for number, name in named:
        if EXAMPLE_OWNER.search(name):
            yield Problem(OWNERS, number, "code-owners", f"{quoted(name)} is an example, and GitHub asks nobody",
                          "write the name of your own account or team", level="warning")
        elif not CODE_OWNER.fullmatch(name):
            yield Problem(OWNERS, number, "code-owners", f"{quoted(name)} is neither an account nor a team",
                          "write it like @jo-smith or @northshire/board-website", level="warning")


def _problem(node: yaml.Node, message: str, hint: str) -> Problem:
    return Problem(FILE, node.start_mark.line + 1, "setting-without-effect", message, hint)


def _text(node: yaml.Node) -> str | None:
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _settings(tree: yaml.Node | None) -> Iterator[tuple[tuple[str, ...], yaml.Node, yaml.Node]]:
    """Yield the settings of the file, and those inside of `theme` and `extra`, with key and value."""
    for key, value in tree.value if isinstance(tree, yaml.MappingNode) else ():
        name = str(key.value)
        if name == "theme" and isinstance(value, yaml.ScalarNode):
            yield ("theme", "name"), key, value
        else:
            yield (name,), key, value
        if name in ("theme", "extra") and isinstance(value, yaml.MappingNode):
            for inner, content in value.value:
                yield (name, str(inner.value)), inner, content


def _plugins(tree: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the names of the plugins, which the file can hold as a mapping or as a list."""
    for path, _, value in _settings(tree):
        if path == ("plugins",) and isinstance(value, yaml.CollectionNode):
            for entry in value.value:
                if isinstance(entry, tuple):
                    names = [entry[0]]
                else:
                    names = [key for key, _ in entry.value] if isinstance(entry, yaml.MappingNode) else [entry]
                yield from (name for name in names if isinstance(name, yaml.ScalarNode))
