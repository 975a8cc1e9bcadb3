"""What the card of a page says: the few words that a shared link shows before anyone opens it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..records.partial_date import PartialDate
from ..register import Progress, Register
from ..register.labels import STATUS_WORDS, number_in_words
from .measures import newest

SITE_CARD = "cards/site.png"


@dataclass(frozen=True)
class Card:
    """A card: its path on the site, the page's title, a line below it, and what kind of page it is."""

    path: str
    title: str
    note: str
    kind: str


def cards(register: Register) -> Iterator[Card]:
    """Yield the cards of actions, measures and posts; all other pages share the site's."""
    for id, progress in register.progress.items():
        yield Card(f"cards/actions/{id.lower()}.png", progress.action.title, _standing(progress), f"Promise {id}")
    for id, measure in register.measures.items():
        figure = newest(measure)
        note = "No figure is published" if figure is None or figure.value is None else \
            f"{number_in_words(figure.value)} {measure.unit}, {figure.period}"
        yield Card(f"cards/measures/{id}.png", measure.question, note, "Measure")
    for stem, post in register.posts_by_date:
        note = f"{post.date}. " + ("A summary, not written by the chair" if post.kind == "summary" else "By the chair")
        yield Card(f"cards/blog/{stem}.png", post.title, note, "Post")


def card_of(register: Register, page: str) -> str:
    """Return the path of the card of the page at an address such as actions/a-012/."""
    kind, _, id = page.rstrip("/").partition("/")
    is_own = id.upper() in register.actions if kind == "actions" else \
        id in register.measures if kind == "measures" else kind == "blog" and id in register.posts
    return f"cards/{kind}/{id}.png" if is_own else SITE_CARD


def _standing(progress: Progress) -> str:
    words = [STATUS_WORDS["overdue"]] if progress.is_overdue else []
    words.append(STATUS_WORDS[progress.status_word])
    due = f"Due: {progress.due}" if isinstance(progress.due, PartialDate) else \
        f"Due: “{progress.due}”" if progress.due else "No date published"
    return " · ".join([*words, due])
