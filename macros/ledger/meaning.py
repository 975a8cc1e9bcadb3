"""Compares what promises mean by reference: the facts about the area, its pages, and where old addresses lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from ..problem import Code, Problem, Topic
from ..records import TO_CONFIRM, Area
from ..records.base import Changed
from ..records.example_address import is_example
from ..register import Register
from ..register.addresses import POSTS, page_address
from ..register.register import Page
from .canonical import plain, same
from .corrections import covered_by, new_items
from .history import is_append_only
from .revision import Baseline
from .taken_down import is_taken_down, new_entries
from .wording import first_difference, says_the_same

CODES = (
    Code("page-edited", Topic.HISTORY,
         "The text of a published page has changed. That is allowed, as long as the page says so. A comma or a "
         "spelling needs no such line.", "title: About this site",
         "title: About this site\nchanged:\n  - date: 2026-11-24\n    what: The page says who keeps this site."),
)

FREE = ("corrections", "taken_down", "codes", "postcodes", "colours", "security", "office_holders", "accessibility",
        "pre_election", "other_sites", "host", "repository_url")
"""Keys of `data/area.yml` that may change at any time. The codes are compared by themselves."""

HOW_TO_CORRECT = "put it back, or say in the open what changes: board correct area --field {} --now … --reason …"


def area(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each fact about the area and its board that is another, without an entry that says so."""
    was, is_now = before.register.area, now.area
    if "area" in now.unread or not isinstance(is_now, Area):
        return
    old, new = facts(plain(was)), facts(plain(is_now))
    corrected = covered_by(new_items(plain(was).get("corrections", []), plain(is_now).get("corrections", [])))
    taken_down = new_entries(was, is_now)
    for field, value in old.items():
        current = new.get(field)
        if same(value, current) or is_placeholder(value, current) or corrected(field, value, current) \
                or any(entry.field == field and is_taken_down(value, current, entry) for entry in taken_down):
            continue
        yield Problem(*now.location_of("area", "area", *place_of(plain(is_now), field)), "history-edited",
                      f"the {field} of the area is not as it was published", HOW_TO_CORRECT.format(field))
    for key in ("corrections", "taken_down"):
        if not is_append_only(plain(was).get(key, []), plain(is_now).get(key, [])):
            yield Problem(*now.location_of("area", "area", key), "history-edited",
                          f"a published entry of {key} is gone or changed", "put it back")


def is_placeholder(was: Any, is_now: Any) -> bool:
    """Return whether a value that a new area begins with has given way to a real one: that happens once."""
    return isinstance(was, str) and isinstance(is_now, str) and _is_left_open(was) and not _is_left_open(is_now)


def _is_left_open(value: str) -> bool:
    """Return whether a value is a question that is left open, or no more than an address that nobody can have."""
    return TO_CONFIRM in " ".join(value.split()) or (is_example(value) and len(value.split()) == 1)


def facts(area: dict[str, Any]) -> dict[str, Any]:
    """Return each guarded fact of `data/area.yml` by the name that a correction gives it.

    A route of feedback is named by its audience: `feedback.parent_carer.what_happens_next`.
    """
    found: dict[str, Any] = {}
    for key, value in area.items():
        if key in FREE:
            continue
        if key == "feedback":
            found |= {f"feedback.{route['audience']}.{name}": item for route in value for name, item in route.items()
                      if name != "audience"}
        elif isinstance(value, dict):
            found |= {f"{key}.{name}": item for name, item in value.items()}
        else:
            found[key] = value
    return found


def place_of(area: dict[str, Any], field: str) -> tuple[str | int, ...]:
    """Return where a fact is in the file, or the nearest place above it."""
    key, *rest = field.split(".")
    if key == "feedback":
        number = next((number for number, route in enumerate(area.get(key, [])) if route["audience"] == rest[0]), None)
        return (key,) if number is None else (key, number, *rest[1:])
    return (key, *rest) if key in area else ()


def pages(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each page of the area's own whose words are others, without an entry in `changed`.

    A page is known by its address, whatever its file is called. Where its address leads on, so does its text.
    """
    current = {page_address(page.document.path): page for page in now.pages if not page.post}
    published = {page_address(page.document.path): page for page in before.register.pages if not page.post}
    for address, page in published.items():
        if page.document.path in before.unread or not is_guarded(page):
            continue
        redirect = now.redirects.get(address) if address not in current else None
        if redirect and redirect.reason:
            continue
        to = redirect.to if redirect else address
        other, earlier = current.get(to), published.get(to)
        if other and (not redirect or other.document.path in before.new):
            yield from _compared(page, other)
        elif redirect and not (other and earlier and len(changes_of(other)) > len(changes_of(earlier))):
            yield Problem(*now.location_of("redirects", address), "history-deleted",
                          "a page was published, and its address leads on without a word",
                          'keep the page; or add "reason:" here, and say why it is gone')


def _compared(page: Page, other: Page) -> Iterator[Problem]:
    was, is_now = changes_of(page), changes_of(other)
    if not is_append_only(was, is_now):
        yield Problem(other.document.path, other.document.line("changed"), "history-edited",
                      'a published entry of "changed:" is gone or another', "put it back")
    elif len(is_now) == len(was) and not _says_the_same(page, other):
        yield Problem(other.document.path, other.document.body_line
                      + first_difference(page.document.body, other.document.body), "page-edited",
                      "the text of a published page has changed",
                      'add to "changed:" in its front matter: the date, and what was changed')


def is_guarded(page: Page) -> bool:
    """Return whether a page is the area's own word. Guides are for those who keep the site, and come with it."""
    return not page.document.path.startswith(("docs/guides/", POSTS))


def changes_of(page: Page) -> list[dict[str, Any]]:
    """Return the entries of `changed` in a page's front matter that can be read."""
    data = page.document.data
    found = []
    for item in data.get("changed") or () if isinstance(data, dict) else ():
        try:
            found.append(plain(Changed.model_validate(item)))
        except ValidationError:
            continue
    return found


def _says_the_same(was: Page, now: Page) -> bool:
    titles = [page.document.data.get("title") if isinstance(page.document.data, dict) else None for page in (was, now)]
    return titles[0] == titles[1] and says_the_same(was.document.body, now.document.body)


