"""Generates synthetic areas of any size for `make bench` and tests of growth. The same seed gives the same area.

    python -m tests.areas.generate FOLDER [POSTS ACTIONS]
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
LAST_MEETING = date(2026, 11, 17)
YEARS = 10
"""The number of years that meetings are spread over. With 12 meetings or fewer they are all in one year."""

SITE = "https://exampleshire.example/"
WHO = ("The council", "The health board", "The forum", "The schools group", "The hospital", "The college",
       "The transport team", "The therapy service", "The young people’s group", "The early years team")
DOES = ("will publish", "wrote about", "asked for", "is to mend", "looked again at", "will bring", "set out",
        "has begun", "could not yet show", "is to pay for", "will share", "counted")
WHAT = ("the wait for speech and language therapy", "the letters that families get", "annual reviews in Year 9",
        "places in ordinary schools", "school transport", "the helpline", "advice about plans", "short breaks",
        "the first appointment on the autism pathway", "training for school staff", "support before a plan",
        "what happens after school", "therapy in early years", "the way that complaints are answered")
HOW = ("before the end of term", "in each part of the county", "with families in the room", "in plain words",
       "once a month", "without a new form", "as the plan says", "in every school", "with one list for all",
       "so that nobody has to ask twice", "and say what it costs", "and come back in spring")
LINKS = ("It follows from {}.", "This belongs to {}.", "See {} for the date.", "It was held up by {}.")
TOPICS = ("plans", "health", "school-places", "transport", "early-years", "after-school")
STATUSES = ("in_progress", "at_risk", "blocked", "in_progress", "complete")


SENTENCE = re.compile(r"(?<![\w.])[A-Z][^.!?:{}\[\]<>|*_`#@/\n]{30,160}\.(?=\s|\Z)")
"""A sentence without markup, addresses or abbreviations."""

ID = re.compile(r"[A-Z]-\d")


@dataclass
class Content:
    """The content of an area: records by kind and id, and posts as front matter and text by their file's stem."""

    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    posts: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)


class Words(random.Random):
    """Random numbers, and the sentences to draw from. Without any, sentences are put together from invented parts."""

    sentences: tuple[str, ...] = ()


def content(posts: int, actions: int, seed: int = 7, sentences: Sequence[str] = ()) -> Content:
    """Return an area with this many posts and actions. Each post has a meeting and a decision."""
    rng = Words(seed)
    rng.sentences = tuple(sentences)
    area = ROOT / "tests/areas/exampleshire/data"
    owners = [record["id"] for record in yaml.safe_load((area / "organisations.yml").read_text(encoding="utf-8"))]
    aims = [record["id"] for record in yaml.safe_load((area / "priorities.yml").read_text(encoding="utf-8"))]
    made = Content({"actions": {}, "decisions": {}, "findings": {}, "meetings": {}})
    days = (365 if posts <= 12 else 365 * YEARS) - 30
    each = -(-actions // posts)
    for number in range(posts):
        day = LAST_MEETING - timedelta(days=days * (posts - 1 - number) // posts)
        meeting, stem = day.isoformat(), f"{day + timedelta(days=2)}-meeting-{number + 1}"
        decision = f"D-{number + 1:03}"
        ids = [f"A-{each * number + part + 1:03}" for part in range(each) if each * number + part < actions]
        source = {"title": f"Notes of meeting {number + 1}", "url": f"{SITE}board/notes/{meeting}"}
        made.records["meetings"][meeting] = {
            "id": meeting, "number": number + 1, "state": "held",
            "agenda": [{"text": _what(rng), "kind": kind} for kind in ("discussion", "decision", "plan")],
            "attended": rng.sample(owners, 4), "post": stem, "source": source}
        made.records["decisions"][decision] = {
            "id": decision, "meeting": meeting, "text": _sentence(rng), "kind": "agreed", "leads_to": ids}
        # The first is the finding of which a priority of the model is a view.
        finding = f"finding-{number}" if number else "health-waits-2024"
        made.records["findings"][finding] = {
            "id": finding, "title": f"Finding {number + 1}", "text": "Something was found.", "kind": "found",
            "from": owners[0], "date": meeting, "responsible": owners[1:2], "answer_due": meeting, "actions": ids[:2],
            "verdicts": [{"date": meeting, "by": owners[2], "says": "same", "source": source}], "source": source}
        for id in ids:
            made.records["actions"][id] = _action(rng, id, meeting, decision, day, rng.choice(owners),
                                                  rng.choice(owners), rng.choice(aims))
        made.posts[stem] = (
            {"date": stem[:10], "title": f"Meeting {number + 1}: {_what(rng)}", "description": _sentence(rng),
             "in_short": [_sentence(rng) for _ in range(3)], "kind": "post", "number": number + 1,
             "meeting": meeting, "topics": sorted(rng.sample(TOPICS, 2)), "decisions": [decision], "actions": ids},
            _post(rng, meeting, list(made.records["actions"])))
    return made


def write(folder: Path, made: Content) -> Path:
    """Write an area into a new folder. Returns the folder."""
    model = ROOT / "tests/areas/exampleshire"
    for name in ("area", "organisations", "priorities", "glossary"):
        (folder / "data").mkdir(parents=True, exist_ok=True)
        shutil.copy(model / f"data/{name}.yml", folder / f"data/{name}.yml")
    (folder / "data/topics.yml").write_text(yaml_of(
        [{"id": topic, "title": topic.replace("-", " ").capitalize()} for topic in TOPICS]), encoding="utf-8")
    for kind, records in made.records.items():
        (folder / "data" / kind).mkdir()
        for id, record in records.items():
            (folder / f"data/{kind}/{id.lower()}.yml").write_text(yaml_of(record), encoding="utf-8")
    (folder / "docs/blog/posts").mkdir(parents=True)
    for page in ("index", "feedback", "blog/index"):
        shutil.copy(model / f"docs/{page}.md", folder / f"docs/{page}.md")
    (folder / "docs/about.md").write_text(
        "---\ntitle: About this site\ndescription: What this site covers.\n---\n\n# About\n\nAll is invented.\n",
        encoding="utf-8")
    for stem, (front, text) in made.posts.items():
        (folder / f"docs/blog/posts/{stem}.md").write_text(f"---\n{yaml_of(front)}---\n\n{text}", encoding="utf-8")
    return folder


def yaml_of(value: object) -> str:
    """Return a value as YAML, with dates unquoted as in hand-written records."""
    return yaml.dump(_days(value), Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False,
                     allow_unicode=True, width=110)


def _days(value: Any) -> Any:
    """Convert date strings to dates, which YAML writes without quotes."""
    if isinstance(value, dict):
        return {key: _days(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_days(item) for item in value]
    if isinstance(value, str) and len(value) == 10 and value[4::3] == "--":
        return date.fromisoformat(value)
    return value


def _kind(id: str) -> str:
    """Of ten actions, seven are promises, two are plans and one is an aim. No random number: the others must stay."""
    return {"8": "planned", "9": "planned", "0": "aim"}.get(id[-1], "promised")


def _action(rng: Words, id: str, meeting: str, decision: str, day: date, owner: str, other: str,
            aim: str) -> dict[str, Any]:
    """An action with up to three updates, none after today. The second moves its date."""
    due = day + timedelta(days=rng.randrange(60, 500))
    action: dict[str, Any] = {
        "id": id, "title": f"{_what(rng).capitalize()}: {rng.choice(HOW)}", "detail": _sentence(rng), "kind": _kind(id),
        "said_by": owner, "owner": owner, "priorities": [aim],
        "said_at": {"meeting": meeting, "decision": decision}, "due": due.isoformat(),
        "updates": []}
    if other != owner:
        action["with"] = [other]
    for step in range(3):
        said = day + timedelta(days=70 * (step + 1) + rng.randrange(30))
        if said > TODAY:
            break
        update: dict[str, Any] = {"date": said.isoformat(), "note": _sentence(rng)}
        if step == 0:
            update["status"] = rng.choice(STATUSES[:4])
        elif step == 1:
            update |= {"due": (due + timedelta(days=90)).isoformat(), "reason": _sentence(rng)}
        else:
            update["status"] = rng.choice(STATUSES)
            update["evidence"] = [{"title": f"Paper about {_what(rng)}", "url": f"{SITE}papers/{id.lower()}"}]
        update["source"] = {"title": f"Notes of {said.year}", "url": f"{SITE}board/notes/{said}"}
        action["updates"].append(update)
    if not action["updates"]:
        del action["updates"]
    return action


def _post(rng: Words, meeting: str, known: list[str]) -> str:
    """A post of about 600 words with headings, a table, a list, links, ids and two macros."""
    cells = "\n".join(f"| {_what(rng)} | {rng.choice(HOW)} | {rng.randrange(5, 95)} |" for _ in range(6))
    points = "\n".join(f"- {_sentence(rng)}" for _ in range(6))
    return (
        f"## What was discussed\n\n{_paragraph(rng, known)}\n\n<!-- more -->\n\n{_paragraph(rng, known)}\n\n"
        f"| About | How | Per cent |\n| --- | --- | ---: |\n{cells}\n\n{_paragraph(rng, known)}\n\n"
        f"### What families said\n\n{points}\n\n{_paragraph(rng, known)} "
        f"Read the [notes]({SITE}board/notes/{meeting}).\n\n"
        f'## What was decided\n\n{{{{ decisions(meeting="{meeting}") }}}}\n\n'
        f'## What happens next, and who does it\n\n{{{{ actions(meeting="{meeting}") }}}}\n\n'
        f"{_paragraph(rng, known)}\n")


def _paragraph(rng: Words, known: list[str]) -> str:
    sentences = [_sentence(rng) for _ in range(7)]
    if known:
        sentences.insert(3, rng.choice(LINKS).format(rng.choice(known)))
    sentences[1] = f"**{sentences[1]}**"
    return " ".join(sentences)


def real_sentences() -> list[str]:
    """Return the sentences of this repository's own records and posts, in which many words look like personal data.

    Invented sentences do not, so the search for it passes over them quickly.
    """
    found: set[str] = set()
    for file in sorted((ROOT / "data/actions").glob("*.yml")):
        action = yaml.safe_load(file.read_text(encoding="utf-8"))
        for text in (action.get("detail"), *(update.get("note") for update in action.get("updates", ()))):
            # An id would be looked for among the records of the area that is generated.
            found.update(sentence for sentence in SENTENCE.findall(text or "") if not ID.search(sentence))
    return sorted(found)


def _sentence(rng: Words) -> str:
    if rng.sentences:
        return rng.choice(rng.sentences)
    return f"{rng.choice(WHO)} {rng.choice(DOES)} {_what(rng)} {rng.choice(HOW)}."


def _what(rng: Words) -> str:
    return rng.choice(WHAT)


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[2:]] or [12, 60]
    write(Path(sys.argv[1]), content(*numbers))
