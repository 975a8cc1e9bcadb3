"""Compares posts, through drafts, renames and redirects, and the files that pages link to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ..kinds import BY_NAME, guards
from ..problem import Code, Problem, Topic
from ..records import Post
from ..records.base import EVERYTHING, Guard
from ..register import Register
from ..register.register import Page
from ..source.files import Document
from .canonical import plain
from .compare import may_become
from .history import is_append_only
from .revision import Baseline
from .taken_down import (
    files_taken_down,
    how_many,
    is_taken_down,
    new_entries,
    posts_without_address,
    with_take_downs,
)
from .wording import first_difference, says_the_same

CODES = (
    Code("post-edited", Topic.HISTORY,
         "The text of a published post has changed, or the post was taken down or put back. That is allowed, as long "
         "as the post says so. A comma or a spelling needs no such line.",
         "title: Before the summer",
         "title: Before the summer\nchanged:\n  - date: 2026-11-24\n    what: A wrong figure was put right."),
    Code("file-changed", Topic.HISTORY,
         "A page links to this file, and the file is another one now, or is gone. Publish the new file under another "
         "name. If the old one was wrong, a page that links to it has to say so.", "docs/files/report.csv (edited)",
         "docs/files/report-2.csv (new)"),
)

HOW_TO_SAY_SO = 'add to "changed:" in its front matter: the date, and what was changed'
POSTS = BY_NAME["posts"]


def successor(stem: str, now: Register) -> str | None:
    """Return the post at the address of a published one, or the post to which that address leads on, or None."""
    if stem in now.posts:
        return stem
    redirect = now.redirects.get(POSTS.address(stem))
    return next((other for other in now.posts if redirect and redirect.to == POSTS.address(other)), None)


def moved(before: Baseline, now: Register) -> set[str]:
    """Return the new posts that are earlier ones under another name."""
    found = {successor(stem, now) for stem in before.register.posts if stem not in now.posts}
    return {stem for stem in found if stem and now.location_of("posts", stem)[0] in before.new}


def posts(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each post that was ever public and is not what it was, without an entry that says so.

    A draft with entries in `changed` was public: it was taken down.
    """
    pages = {page.stem: page for page in now.pages if page.post}
    taken_down = posts_without_address(before, now)
    were_moved = moved(before, now) | set(taken_down.values())
    for stem, post in before.register.posts.items():
        if (post.draft and not post.changed) or stem in now.unreadable_ids.get("posts", ()):
            continue
        other = successor(stem, now) or taken_down.get(stem)
        if other is None:
            yield from _gone(stem, before, now)
        elif other == stem or other in were_moved:
            yield from _compared(before.texts[stem], post, now.posts[other], pages[other].document, now, other)
        elif len(now.posts[other].changed) <= _entries(before.register.posts.get(other, now.posts[other])):
            yield Problem(*now.location_of("posts", other, "title"), "post-edited",
                          f'the address of a published post, "{POSTS.address(stem)}", leads on to this one',
                          'add to "changed:" the date, and that this post takes the place of another')
    yield from _returned(before, now)


def _entries(post: Post) -> int:
    return len(post.changed)


def _gone(stem: str, before: Baseline, now: Register) -> Iterator[Problem]:
    redirect = now.redirects.get(POSTS.address(stem))
    # Without a redirect, its address is gone. That is found with the other addresses.
    if redirect and redirect.to is not None:
        yield Problem(*now.location_of("redirects", redirect.from_), "history-deleted",
                      f'the post at "{redirect.from_}" was published, and its address leads on without a word',
                      'keep its file, with "draft: true" and an entry in "changed:"; or take "to:" out, and write '
                      '"reason:"')


def _compared(text: str, was: Post, now: Post, document: Document, register: Register, stem: str
              ) -> Iterator[Problem]:
    old, new = with_take_downs(was, now), plain(now)
    is_text_down = any(is_taken_down(text.strip(), document.body.strip(), entry) for entry in new_entries(was, now)
                       if entry.field in (EVERYTHING, "text"))
    for field, guard in guards(Post).items():
        if guard is not Guard.REWORDED and field != "changed" \
                and not may_become(guard, old.get(field), new.get(field)):
            yield Problem(*register.location_of("posts", stem, field), "history-edited",
                          f"the {field} of a published post is not as it was published", "put it back")
    if not is_append_only(old.get("changed", []), new.get("changed", [])):
        yield Problem(*register.location_of("posts", stem, "changed"), "history-edited",
                      'a published entry of "changed:" is gone or another', "put it back")
    elif len(now.changed) == len(was.changed):
        if now.draft and not now.changed:
            return  # its address is gone, which is found with the other addresses
        if was.draft != now.draft:
            yield Problem(*register.location_of("posts", stem, "draft"), "post-edited", "a published post was "
                          f"{'put back' if was.draft else 'taken down'}",
                          f'add to "changed:" the date, and why it was {"put back" if was.draft else "taken down"}')
        elif not now.draft and (line := _reworded_line(document.body if is_text_down else text, document, old, new,
                                                       register, stem)):
            yield Problem(document.path, line, "post-edited", "the text of a published post has changed",
                          HOW_TO_SAY_SO)


def _reworded_line(text: str, document: Document, old: dict[str, Any], new: dict[str, Any], now: Register, stem: str
                   ) -> int | None:
    """Return the first line at which a post says something else than what was published, or None."""
    for field, guard in guards(Post).items():
        if guard is Guard.REWORDED and not _same_words(old.get(field), new.get(field)):
            return now.location_of("posts", stem, field)[1]
    if says_the_same(text, document.body):
        return None
    return document.body_line + first_difference(text, document.body)


def _same_words(was: Any, now: Any) -> bool:
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(_same_words, was, now))
    return was == now or (isinstance(was, str) and isinstance(now, str) and says_the_same(was, now))


def _returned(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each post at an address that led elsewhere, or said that its post was gone."""
    for address in before.register.redirects:
        stem = address.removeprefix("blog/").removesuffix("/")
        post = now.posts.get(stem)
        if post and not post.draft and POSTS.address(stem) == address and not post.changed:
            yield Problem(*now.location_of("posts", stem, "title"), "post-edited",
                          "there was another text at this address before",
                          'add to "changed:" the date, and that this text is new')


def files(before: Baseline, now: Register) -> Iterator[Problem]:
    """Yield a problem for each file that a page links to and that is another one or gone, where no page says so."""
    old = {page.document.path: page for page in before.register.pages}
    current = {page.document.path: page for page in now.pages}
    texts = {path: page.document.text for path, page in (current | old).items()}
    texts |= {document.path: document.text for register in (now, before.register)
              for document, _ in register.documents.values()}
    named, nameless = files_taken_down(before, now), how_many(before, now, "file")
    for path in before.other_files:
        is_there = (now.root / path).is_file()
        if path in named and not is_there:
            continue
        name = path.rsplit("/", 1)[-1]
        naming = {other for other, text in texts.items() if text and name in text}
        if naming and not any(noted_changes(current.get(other)) > noted_changes(old.get(other, current.get(other)))
                              for other in naming):
            if nameless and not is_there:
                nameless -= 1
                continue
            # The name of a file that is gone may be why it is gone.
            yield Problem(path if is_there else path.removesuffix(name), 1, "file-changed",
                          "a page links to this file, and it is not what was published" if is_there else
                          "a page linked to a file that is gone",
                          "put it back, and publish the new file under another name; or say what changed, in "
                          f'"changed:" of {min(naming)}')


def noted_changes(page: Page | None) -> int:
    """Return how many changes of its text a page has noted."""
    entries = page.document.data.get("changed", ()) if page and isinstance(page.document.data, dict) else ()
    return len(entries) if isinstance(entries, Collection) else 0
