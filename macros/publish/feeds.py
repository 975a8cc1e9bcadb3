"""The Atom feeds (RFC 4287): of posts, of all changes, and of each organisation and action.

An entry's id and date come from the records, so that a rebuild without changes shows readers nothing new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, partial
from itertools import islice
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedgenerator import Atom1Feed
from markupsafe import escape

from ..records.partial_date import PartialDate
from ..register import Register
from ..register.addresses import SITE, address, post_address
from ..register.changes import Change
from ..register.changes_in_words import categories, sentence, title
from .output_file import OutputFile

LONDON = ZoneInfo("Europe/London")

MAX_ENTRIES = 100
"""A feed holds only the newest entries."""


@dataclass(frozen=True)
class Entry:
    """An entry of a feed. `key` is its permanent id; `link` is the address of its page.

    `updated` is when the text was last changed, where that is known. `categories` are, for an action, whether it is a
    promise, a plan or an aim, and whose word its status is.
    """

    key: str
    title: str
    text: str
    link: str
    date: PartialDate
    categories: tuple[str, ...] = ()
    updated: PartialDate | None = None


@dataclass(frozen=True)
class Feed:
    """A feed. `page` is the address of the page that it belongs to, `path` its own without the ending."""

    path: str
    title: str
    page: str
    find_entries: Callable[[], Iterator[Entry]]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The newest entries, newest first."""
        return tuple(islice(self.find_entries(), MAX_ENTRIES))


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield the file of each feed."""
    for feed in feeds(register):
        yield OutputFile(f"{feed.path}.atom.xml", partial(_feed_xml, register, feed))


def feeds(register: Register) -> Iterator[Feed]:
    """Yield every feed of the site."""
    name = register.area.site_name
    yield Feed("feeds/blog", f"{name}: posts", f"{SITE}blog/", partial(_posts, register))
    yield Feed("feeds/changes", f"{name}: what changed", f"{SITE}changes/",
               partial(_entries, register, register.changes))
    for id, organisation in register.organisations.items():
        yield Feed(f"feeds/organisations/{id}", f"{name}: what {organisation.name} has promised", address(organisation),
                   partial(_entries, register, register.backlinks.changes_of_owner.get(id, [])))
    for id, action in register.actions.items():
        yield Feed(f"feeds/actions/{id.lower()}", f"{name}: {id} {action.title}", address(action),
                   partial(_entries, register, register.backlinks.changes_of_action.get(id, [])))


def _posts(register: Register) -> Iterator[Entry]:
    for stem, post in register.posts_by_date:
        kind = "A summary in our own words. " if post.kind == "summary" else ""
        yield Entry(f"blog/{stem}", post.title, kind + " ".join(post.in_short), post_address(stem), post.date,
                    updated=post.changed[-1].date if post.changed else None)


def _entries(register: Register, found: Sequence[Change]) -> Iterator[Entry]:
    for change in reversed(found):
        yield Entry(change.key, title(register, change), sentence(register, change), address(change.record),
                    change.date, categories(register, change))


class _Atom(Atom1Feed):
    """Dates a feed without entries by the newest record, where the library would use the clock."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["dated"]


def _feed_xml(register: Register, feed: Feed) -> bytes:
    area = register.area
    site = area.site_url.rstrip("/") + "/"
    made = _Atom(
        title=feed.title, link=feed.page.replace(SITE, site), description=area.site_description, language="en-GB",
        author_name=area.board.name if area.standing == "adopted" else area.site_name,
        feed_url=f"{site}{feed.path}.atom.xml", feed_guid=_id(site, feed.path), feed_copyright=area.licence.name,
        dated=_moment(register.latest_publication))
    for entry in feed.entries:
        moment = _moment(entry.date.first_day)
        made.add_item(title=entry.title, link=entry.link.replace(SITE, site), description=str(escape(entry.text)),
                      unique_id=_id(site, entry.key), unique_id_is_permalink=False, pubdate=moment,
                      updateddate=_moment(entry.updated.first_day) if entry.updated else moment,
                      categories=entry.categories)
    return made.writeString("utf-8").encode() + b"\n"


def _id(site: str, key: str) -> str:
    """Return a tag URI (RFC 4151).

    The year says when this scheme of ids began, not when an entry was written. It must never change: every entry would
    become new to every reader.
    """
    return f"tag:{urlsplit(site).hostname},2023:{urlsplit(site).path}{key}"


def _moment(day: date) -> datetime:
    """Return noon in England on a day, so that readers in neighbouring time zones see the same date."""
    return datetime.combine(day, time(12), tzinfo=LONDON)
