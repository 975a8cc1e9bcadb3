"""The search index: the words of each built page, for the search in the reader's browser (`assets/search.js`).

This file is also a program, which runs beside the rest of a build: `python search_index.py SITE AREA` prints the index.
It needs nothing of the package, so that it starts at once.
"""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import filterfalse
from pathlib import Path
from typing import Any

import yaml
from lxml.etree import HTMLParser

FOLDER = "search"
"""The folder of the index in the site."""

WORDS = Path(__file__).with_name("search_words.yml")

MAX_PAIRS = 24_000
"""The most pairs of a word and a page in one file of the index: about 20 kB once compressed. The pages that families
look for most are in the first file, so the first result needs no more than that, however long the history grows."""

ID = re.compile(r"\b([a-z])-(\d{3})\b")
POSSESSIVE = re.compile(r"['\u2019]s\b|['\u2019]")


class SearchError(Exception):
    """The index could not be made; the message says why."""


class Index:
    """The index of the pages in the folder `site`, in its subfolder search/. The same pages give the same bytes.
    `area` is the area's name, which is on every page and says nothing about which one is meant.

    A process of its own makes it, from the creation of this object until `finish` returns. All pages must exist.
    """

    def __init__(self, site: Path, area: str) -> None:
        self.site = site
        self._process = subprocess.Popen([sys.executable, "-P", __file__, str(site), area], stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE)
        self._output: tuple[bytes, bytes] | None = None

    def wait(self) -> None:
        """Wait until the index is made, or until `stop` has been called."""
        self._output = self._output or self._process.communicate()

    def finish(self) -> None:
        """Wait until the index is made, and write it into the site. Raises SearchError with what went wrong."""
        self.wait()
        made, said = self._output or (b"", b"")
        if self._process.returncode:
            raise SearchError("The search index could not be made: " + said.decode(errors="replace"))
        folder = self.site / FOLDER
        folder.mkdir(exist_ok=True)
        for number, line in enumerate(made.splitlines()):
            (folder / f"{number}.json").write_bytes(line)

    def stop(self) -> None:
        """Kill the process if it is still running."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@dataclass
class Entry:
    """What a reader can find: a page, or an entry of a page such as the glossary.

    `words` are other words for it, which its page states; `text` is all else that it says.
    """

    address: str
    title: str
    description: str = ""
    words: str = ""
    text: str = ""
    weight: float = 1
    kind: str = ""
    body: Counter[str] = field(default_factory=Counter)


class _Text:
    """Reads the text of a page's part with `data-search-body`, without what is marked with `data-search-ignore`.

    It is the target of a parser of lxml, which is written in C and takes half the time of Python's own.
    """

    def __init__(self, page: Entry) -> None:
        self.entries, self.page = [page], page
        self.has_entries = False
        # Joined once, at the end: to lengthen a text by each piece takes the square of its length.
        self._pieces: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        self._depth = self._body = self._ignored = self._words = self._heading = self._first = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take note of a start tag."""
        self._depth += 1
        if "data-search-entries" in attributes:
            self.has_entries = True
        if "data-search-body" in attributes:
            self._body = self._depth
            self.page.weight *= float(attributes.get("data-search-weight") or 1)
        if not self._ignored and ("data-search-ignore" in attributes or tag in ("nav", "script", "style", "svg")):
            self._ignored = self._depth
        if "data-search-words" in attributes:
            self._words = self._depth
        if self.has_entries and tag == "h2" and attributes.get("id"):
            self.entries.append(Entry(f"{self.page.address}#{attributes['id']}", ""))
            self._heading = self._depth
        elif self.has_entries and tag == "p" and len(self.entries) > 1 \
                and (len(self.entries) - 1, "description") not in self._pieces:
            self._first = self._depth
        self.data(" ")

    def end(self, tag: str) -> None:
        """Take note of an end tag, which every element has here."""
        for name in ("_body", "_ignored", "_words", "_heading", "_first"):
            if getattr(self, name) == self._depth:
                setattr(self, name, 0)
        self._depth -= 1
        self.data(" ")

    def data(self, text: str) -> None:
        """Add text to where it belongs."""
        if not self._body or self._ignored:
            return
        name = "words" if self._words else "title" if self._heading else "description" if self._first else "text"
        self._pieces[len(self.entries) - 1, name] += (" ", text) if self._words else (text,)

    def close(self) -> None:
        """End the page: give each entry its text."""
        for (number, name), pieces in self._pieces.items():
            setattr(self.entries[number], name, getattr(self.entries[number], name) + "".join(pieces))


def words_of(text: str) -> list[str]:
    """Return the words of a text as the search compares them: small letters and figures, ids such as a046 in one.

    The function of the same purpose in `assets/search.js` must give the same; a test compares them.
    """
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", plain)))
    return re.findall(r"[a-z0-9]+", ID.sub(r"\1\2", POSSESSIVE.sub("", plain)))


def entries(site: Path, settings: dict[str, Any]) -> Iterator[Entry]:
    """Yield all that can be found on a built site: what its pages mark, and the lists that the settings name."""
    for file in sorted(site.rglob("index.html")):
        address = file.parent.relative_to(site).as_posix() + "/"
        html = file.read_text(encoding="utf-8")
        marked = html.find(" data-search-body")
        listed = settings["pages"].get(address)
        if marked < 0 and listed is None:
            continue
        section, _, rest = address.partition("/")
        section_kind = settings["kinds"].get(section, {})
        kind = section_kind if rest or listed is None else {}
        weight = kind.get("weight", settings["other_weight" if listed is None else "list_weight"])
        page = Entry(address, _meta(html, "og:title"), _meta(html, "description"), ", ".join(listed or ()),
                     weight=weight, kind=kind.get("name", ""))
        reader = _Text(page)
        if marked >= 0:
            parser = HTMLParser(target=reader)
            parser.feed(html[html.rfind("<", 0, marked):html.find("</main>", marked)])
            parser.close()
        for entry in reader.entries[1:]:
            entry.weight, entry.kind = section_kind.get("weight", 1), section_kind.get("name", "")
        yield from reader.entries


def _meta(html: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def files(site: Path, area: str) -> Iterator[dict[str, Any]]:
    """Yield the files of the index, the pages with the most weight first. The first has the settings of the search."""
    settings = yaml.load(WORDS.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    settings["ignored"] += " " + area.lower()
    found = sorted(entries(site, settings), key=lambda entry: -entry.weight)
    ignored = set(words_of(settings["ignored"]))
    parts: list[list[Entry]] = [[]]
    pairs = 0
    for entry in found:
        entry.title, entry.description, entry.words = (
            " ".join(text.split()) for text in (entry.title, entry.description, entry.words))
        named = {*words_of(entry.title), *words_of(entry.description), *words_of(entry.words)}
        entry.body = Counter(word for word in words_of(entry.text) if word not in ignored and word not in named)
        if pairs + len(entry.body) > MAX_PAIRS and parts[-1]:
            parts.append([])
            pairs = 0
        parts[-1].append(entry)
        pairs += len(entry.body)
    kinds = ["", *(kind["name"] for kind in settings["kinds"].values())]
    for number, part in enumerate(parts):
        file: dict[str, Any] = {}
        if not number:
            file = {"files": len(parts), "kinds": kinds, "ignored": settings["ignored"], "alike": settings["alike"],
                    "subjects": settings["subjects"]}
        file["pages"] = [[entry.address, entry.title, entry.description, entry.words, kinds.index(entry.kind),
                          round(entry.weight, 2)] for entry in part]
        file["words"] = _places(part)
        yield file


def _places(part: list[Entry]) -> dict[str, list[int]]:
    """Return for each word the numbers of the pages that have it, each as the distance from the one before.

    A word that is on a page several times has its number again, up to three times.
    """
    places: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, entry in enumerate(part):
        for word, times in entry.body.items():
            repeats = min(int(math.log2(times)), 2)
            places.setdefault(word, []).extend((number - last.get(word, 0), *(0,) * repeats))
            last[word] = number
    return dict(sorted(places.items()))


if __name__ == "__main__":
    for made in files(Path(sys.argv[1]), sys.argv[2]):
        print(json.dumps(made, ensure_ascii=False, separators=(",", ":")))
