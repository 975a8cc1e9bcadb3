"""Turns a converted document into files: a post, its pictures, and drafts of the decisions and promises in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ...records import Meeting
from ...records.partial_date import day_in_words
from ...register import Register
from ...register.addresses import POSTS
from .. import Edits, WriteError, current_text
from ..new import QUESTIONS, TO_CONFIRM, name_from, next_id, record_path
from ..yaml_writer import record_text, set_value
from .container import DocumentError, collapse_spaces
from .convert import Converted, convert
from .dates import resolve_date
from .sentences import Candidate, find_entities, likely_decision, likely_promise, organisations_in, sentences_in

MAX_SINCE_MEETING = timedelta(days=14)
"""How long before its post a meeting may have been."""

MAX_DESCRIPTION = 160
ALT_TEXT_TO_CONFIRM = f"{TO_CONFIRM}: say what this picture shows"
EMPTY_ALT_TEXT = re.compile(r"!\[\]\(")


MAX_DRAFTS = 12
"""How many drafts are made from one document: a person can check no more than that with care."""


@dataclass(frozen=True)
class Imported:
    """The files that an import would write, with the post's own path in `post`.

    `notices` say what the conversion changed or could not keep; `recognised` lists the dates, organisations and
    acronyms in the text.
    """

    post: str
    edits: Edits
    notices: tuple[str, ...]
    recognised: tuple[str, ...]


def import_document(register: Register, name: str, data: bytes, *, day: str | None = None, title: str | None = None,
                    proposals: bool = True) -> Imported:
    """Return the files for the document `data`, whose file is called `name`.

    `day` (2023-12-20) and `title` are the writer's choices, if any. Raises WriteError, with what to do, if the document
    cannot be read, its date or title is unclear, or one of the files exists.
    """
    converted = convert(name, data)
    chosen = date.fromisoformat(day) if day else _resolved_day(converted, register.today)
    heading = _without_braces(title or converted.title)
    if not heading:
        raise DocumentError('the document has no title; give one: --title "…"')
    stem = f"{chosen.isoformat()}-{name_from(_plain(heading))}".strip("-")
    # A post dated in the future is a draft, and a meeting's page must not link to an unpublished post.
    meeting = _meeting_before(register, chosen) if chosen <= register.today else None
    drafts = Drafts()
    if proposals:
        drafts = draft_records(register, converted.paragraphs, meeting.id if meeting else None, {
            "title": heading, "url": f"{register.area.site_url.rstrip('/')}/blog/{stem}/",
            "published": chosen.isoformat()})
    path = f"{POSTS}{stem}.md"
    edits: Edits = {path: _post(register, converted, heading, chosen, stem, meeting, drafts, is_given=bool(title))}
    edits |= {f"{POSTS}{stem}/{picture.name}": picture.data for picture in converted.pictures} | drafts.edits
    for file in edits:
        if (register.root / file).exists():
            raise WriteError(f"{file} is there already, and nothing is overwritten. Give another --title or --date, or "
                             "delete that file")
    if meeting:
        where = register.location_of("meetings", meeting.id)[0]
        edits[where] = set_value(current_text(register.root, {}, where), "post", stem, "source")
    notices = [*converted.notices, *_other_date_notices(converted, chosen), *_alt_text_notices(path, edits),
               *drafts.notices]
    return Imported(path, edits, tuple(notices), tuple(find_entities(register, converted.paragraphs).lines()))


def _resolved_day(converted: Converted, today: date) -> date:
    resolved = resolve_date(list(converted.found), today)
    if resolved.day:
        return resolved.day
    lines = "".join(f"\n  {found}" for found in converted.found)
    raise DocumentError(f"{resolved.question}{lines}\nGive the date of the post, in this form: --date "
                        f"{today.isoformat()}")


def _without_braces(title: str) -> str:
    """Return a title without braces: macros are run in titles too, and a title has no way to escape one."""
    return collapse_spaces(title.replace("{", "(").replace("}", ")"))


def _plain(title: str) -> str:
    """Return a title without apostrophes and accents."""
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=\w)[’'](?=\w)", "", title))
    return "".join(character for character in plain if not unicodedata.combining(character))


def _meeting_before(register: Register, day: date) -> Meeting | None:
    """Return the meeting that a post of this day is probably about: the latest one, if it was held shortly before and
    has no post."""
    first = (day - MAX_SINCE_MEETING).isoformat()
    fits = [meeting for meeting in register.meetings_by_date
            if first <= meeting.id <= day.isoformat() and meeting.state != "cancelled"]
    return fits[0] if fits and not fits[0].post and fits[0].state == "held" else None


def _post(register: Register, converted: Converted, title: str, day: date, stem: str, meeting: Meeting | None,
          drafts: Drafts, *, is_given: bool) -> str:
    question = QUESTIONS["posts"]["description"].capitalize()
    notes = {"description": f"{TO_CONFIRM}: this is from the first paragraph. {question}"}
    if not is_given and converted.title_place.startswith("the file"):
        notes["title"] = f"{TO_CONFIRM}: this is from {converted.title_place}. Is it the title?"
    values: dict[str, Any] = {"date": day.isoformat(), "title": title, "description": _description(converted),
                              "in_short": [f"{TO_CONFIRM}: {QUESTIONS['posts']['in_short']}"], "kind": "post"}
    decisions, actions = list(drafts.decisions), list(drafts.actions)
    if meeting:
        values["meeting"] = meeting.id
        notes["meeting"] = (f"{TO_CONFIRM}: is the post about this meeting? If not, delete this line, and the line "
                            f"post: in {register.location_of('meetings', meeting.id)[0]}.")
        decisions = [*sorted(decision.id for decision in register.decisions_where(meeting=meeting.id)), *decisions]
        actions = [*sorted(one.action.id for one in register.actions_where(meeting=meeting.id)), *actions]
    values |= {"topics": [], "decisions": decisions, "actions": actions}
    if day > register.today:
        values["draft"] = True
        notes["draft"] = f"The post is dated after {day_in_words(register.today)}: delete this line on its day."
    body = EMPTY_ALT_TEXT.sub(f"![{ALT_TEXT_TO_CONFIRM}](", converted.body(stem)).strip()
    return f"---\n{record_text(values, notes)}---\n\n{body}\n"


def _description(converted: Converted) -> str:
    """Return the start of the first paragraph: as many whole sentences as fit."""
    first = next((text for text in converted.paragraphs if len(text.split()) > 3), converted.title)
    if len(first) <= MAX_DESCRIPTION:
        return first
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)", first[:MAX_DESCRIPTION + 1])]
    return first[:ends[-1]] if ends else first[:MAX_DESCRIPTION].rsplit(" ", 1)[0] + " …"


def _other_date_notices(converted: Converted, chosen: date) -> list[str]:
    """Return a notice of other dates that the document gives in places for its own date."""
    others = dict.fromkeys(str(found) for found in converted.found if found.is_written and found.day != chosen)
    if not others:
        return []
    return [f"The post is dated {day_in_words(chosen)}. The document also says {'; '.join(others)}."]


def _alt_text_notices(path: str, edits: Edits) -> list[str]:
    """Return a notice for each picture without alternative text, with its line."""
    lines = [number for number, line in enumerate(str(edits[path]).split("\n"), 1)
             if f"![{ALT_TEXT_TO_CONFIRM}" in line]
    return [f"{path}:{number}: a picture has no words for people who cannot see it: write what it shows in the square "
            "brackets." for number in lines]


@dataclass
class Drafts:
    """Draft records as files, their ids, and notices of sentences without a draft."""

    edits: Edits = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def draft_records(register: Register, paragraphs: Iterable[str], meeting: str | None, source: dict[str, Any]) -> Drafts:
    """Return drafts of the decisions and promises in a text, at most `MAX_DRAFTS`.

    Every decision has a meeting: without `meeting`, a decision only gets a notice. `source` is the post.
    """
    drafts = Drafts()
    skipped = 0
    for sentence in dict.fromkeys(sentences_in(paragraphs)):
        decision = likely_decision(sentence)
        promise = None if decision else likely_promise(sentence)
        if decision and not meeting:
            drafts.notices.append(f"This sounds like a decision, but no meeting fits the post: “{sentence}” If it is "
                                  "one, run: board new decision --meeting DAY --text …")
        elif (decision or promise) and len(drafts.edits) == MAX_DRAFTS:
            skipped += 1
        elif decision and meeting:
            _decision(register, drafts, decision, meeting, source)
        elif promise:
            _action(register, drafts, promise, source)
    if skipped:
        drafts.notices.append(f"{skipped} more sentence{'s sound' if skipped > 1 else ' sounds'} like a decision or a "
                              f"promise. At most {MAX_DRAFTS} drafts are made from a document: read the rest "
                              "yourself.")
    return drafts


def _decision(register: Register, drafts: Drafts, likely: Candidate, meeting: str, source: dict[str, Any]) -> None:
    id = next_id(register, "decisions", drafts.decisions)
    drafts.decisions.append(id)
    text = likely.sentence.rstrip(".;")
    drafts.edits[record_path("decisions", id, text)] = record_text(
        {"id": id, "meeting": meeting, "text": text, "kind": likely.kind, "source": source},
        {"id": _origin(likely, id, "did the board decide this at this meeting?",
                           "If it did, reword the text so that it makes sense alone."),
         "kind": f"{TO_CONFIRM}: agreed, approved, noted or deferred? What was only discussed is not a decision."})


def _action(register: Register, drafts: Drafts, likely: Candidate, source: dict[str, Any]) -> None:
    id = next_id(register, "actions", drafts.actions)
    drafts.actions.append(id)
    named = [f"{one.name} ({one.id})" for one in organisations_in(register, likely.sentence)]
    owner = f"The sentence mentions {', '.join(named)}; being mentioned does not make an owner." if named else \
        "The sentence mentions no organisation that data/organisations.yml knows."
    due = "Is this the date that was promised?" if likely.due else \
        f"The sentence says “{likely.due_words}”. Which date is that?" if likely.due_words else \
        "The sentence gives no date; null means that none was published."
    drafts.edits[record_path("actions", id, likely.title)] = record_text(
        {"id": id, "title": likely.title, "kind": "planned", "owner": None, "due": likely.due, "source": source},
        {"id": _origin(likely, id, "is this a promise?",
                           "If it is, let the title say what will be done, starting with a verb."),
         "kind": f"{TO_CONFIRM}: promised, planned or aim? It is a promise only if the source commits somebody to it.",
         "owner": f"{TO_CONFIRM}: who answers for it? {owner}",
         "due": f"{TO_CONFIRM}: by when? {due}"})


def _origin(likely: Candidate, id: str, question: str, otherwise: str) -> str:
    return (f"{TO_CONFIRM}: {question} It comes from the sentence: “{likely.sentence}” If not, delete this file, and "
            f"{id} in the post. {otherwise}")
