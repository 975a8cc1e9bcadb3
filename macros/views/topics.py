"""What families look for: the list of topics, the page of each, and the page of who can help one child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ..records import Topic
from ..register import Progress, Register
from ..register.forums import Place, next_place
from .actions import plans_and_aims, promises, status_counts
from .answers import Answer, answer
from .asking import Question, about_action
from .generated_page import Context, GeneratedPage

MAX_PROMISES = 5
"""How many promises a topic's page shows at once; the others are folded."""


@dataclass(frozen=True)
class TopicSummary:
    """A topic with what a list says of it: its first figure, or the status of its promises."""

    topic: Topic
    figure: Answer | None
    counts: dict[str, int]


def summary(register: Register, topic: Topic) -> TopicSummary:
    """Return what a list says of a topic on the register's day."""
    found = [answer(register, register.measures[id]) for id in topic.measures if id in register.measures]
    return TopicSummary(topic, next((item for item in found if item.newest), None),
                        status_counts(register.backlinks.actions_of_topic.get(topic.id, [])))


def summaries(register: Register) -> list[TopicSummary]:
    """Return the topics in the order of their file."""
    return [summary(register, topic) for topic in register.topics.values()]


def index_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page that lists the topics."""
    yield GeneratedPage(
        address="topics/", title="What are you looking for?",
        description="Waiting for a plan, a school place, being heard: what was promised in "
                    f"{register.area.name}, and what is known about it." if register.topics else
        f"What families in {register.area.name} look for.",
        template="pages/topics.html", record_file="data/topics.yml",
        context=lambda: {"topics": summaries(register)})


def detail_pages(register: Register) -> Iterator[GeneratedPage]:
    """Yield one page for each topic."""
    for id, topic in register.topics.items():
        yield GeneratedPage(
            address=f"topics/{id}/", title=topic.title,
            description=topic.answer or f"{topic.title}: what was promised in {register.area.name}, what the law says, "
                                        "and who can help.",
            template="pages/topic.html", record_file=register.location_of("topics", id)[0], boost=2,
            context=partial(_detail_context, register, topic))


def _detail_context(register: Register, topic: Topic) -> Context:
    listed = register.backlinks.actions_of_topic.get(topic.id, [])
    measures = [answer(register, register.measures[id]) for id in topic.measures]
    return {
        "topic": topic, "figure": next((item for item in measures if item.newest), None), "measures": measures,
        "promises": promises(listed), "not_promised": plans_and_aims(listed), "counts": status_counts(listed),
        "shown": MAX_PROMISES, "findings": [register.finding_progress[id] for id in topic.findings],
        "themes": [register.feedback_progress[id] for id in topic.feedback],
        "posts": register.backlinks.posts_of_topic.get(topic.id, []),
        "services": [register.services[id] for id in topic.services],
        **_where_to_ask(register, listed),
    }


def _where_to_ask(register: Register, listed: list[Progress]) -> dict[str, Question | Place | None]:
    """Return a question about the most pressing promise that there is something to ask about; else the next place."""
    ask = next((question for progress in listed if (question := about_action(register, progress))), None)
    return {"ask": ask, "place": None if ask else next_place(register, None)}


def help_page(register: Register) -> Iterator[GeneratedPage]:
    """Yield the page of the services that can help one child."""
    yield GeneratedPage(
        address="help/", title="Who can help one child",
        description=f"Free advice for families in {register.area.name}: who can help one child, on which number, and "
                    "with what.",
        template="pages/help.html", record_file="data/services.yml", boost=2,
        context={"services": register.services.values()})
