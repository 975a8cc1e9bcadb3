"""Turns a converted document into files: a post, its pictures, and drafts of the decisions and promises in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...records.partial_date import day_in_words
from ...register import Register
from ...register.addresses import POSTS
from ...source.markdown_text import read_markdown
from .. import Edits, WriteError, current_text
from ..new import QUESTIONS, TO_CONFIRM, name_from
from ..yaml_writer import record_text
from .container import DocumentError, collapse_spaces
from .convert import Converted, convert
from .dates import resolve_date
from .post_meeting import PostMeeting, post_meeting
from .proposals import Drafts, Promise, draft_records
from .sentences import find_entities

MAX_DESCRIPTION = 160
ALT_TEXT_TO_CONFIRM = f"{TO_CONFIRM}: say what this picture shows"
EMPTY_ALT_TEXT = re.compile(r"!\[\]\(")


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


@dataclass(frozen=True)
class Given:
    """What the writer says of a post beside its text.

    `promises` are what was promised, or None where the writer was not asked. `added` is text for the end of the post.
    """

    title: str = ""
    day: str = ""
    description: str = ""
    in_short: tuple[str, ...] = ()
    meeting: str = ""
    next_meeting: str = ""
    promises: tuple[Promise, ...] | None = None
    added: str = ""


def import_document(register: Register, name: str, data: bytes, given: Given | None = None, *,
                    proposals: bool = True) -> Imported:
    """Return the files for the document `data`, whose file is called `name`.

    Raises WriteError, with what to do, if the document cannot be read, its date or title is unclear, or one of the
    files exists.
    """
    return _imported(register, convert(name, data), given or Given(), proposals=proposals)


def import_text(register: Register, text: str, given: Given) -> Imported:
    """Return the files for a post that was written as Markdown. It gets the same proposals as a document.

    Raises WriteError if one of the files exists, or the meeting has a post.
    """
    paragraphs = tuple(" ".join(block.text.split()) for block in read_markdown(text)
                       if block.kind in ("paragraph", "item", "p", "li") and block.text.strip())
    return _imported(register, Converted(given.title, "", (), text.strip(), paragraphs, (), ()), given)


def _imported(register: Register, converted: Converted, given: Given, *, proposals: bool = True) -> Imported:
    chosen = date.fromisoformat(given.day) if given.day else _resolved_day(converted, register.today)
    heading = _without_braces(given.title or converted.title)
    if not heading:
        raise DocumentError('the document has no title; give one: --title "…"')
    stem = f"{chosen.isoformat()}-{name_from(_plain(heading))}".strip("-")
    source = {"title": heading, "url": f"{register.area.site_url.rstrip('/')}/blog/{stem}/",
              "published": chosen.isoformat()}
    meeting = post_meeting(register, converted.paragraphs, chosen, given.meeting, stem, source, proposals=proposals)
    drafts = Drafts()
    if proposals:
        drafts = draft_records(register, converted.paragraphs, meeting, chosen, source, given.promises,
                               given.next_meeting)
    path = f"{POSTS}{stem}.md"
    edits: Edits = {path: _post(register, converted, heading, chosen, stem, meeting, drafts, given)}
    edits |= {f"{POSTS}{stem}/{picture.name}": picture.data for picture in converted.pictures} | drafts.edits
    for file in edits:
        if (register.root / file).exists():
            raise WriteError(f"there is a post of this day and headline already, {file}; give another headline or day, "
                             "or edit that post")
    edits |= meeting.edits(register, current_text) if meeting else {}
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


def _post(register: Register, converted: Converted, title: str, day: date, stem: str, meeting: PostMeeting | None,
          drafts: Drafts, given: Given) -> str:
    question = QUESTIONS["posts"]["description"].capitalize()
    notes: dict[str, str] = {}
    description = given.description or _description(converted)
    if not given.description and not description.startswith(TO_CONFIRM):
        notes["description"] = f"{TO_CONFIRM}: this is from the first paragraph. {question}"
    if not given.title and converted.title_place.startswith("the file"):
        notes["title"] = f"{TO_CONFIRM}: this is from {converted.title_place}. Is it the title?"
    values: dict[str, Any] = {"date": day.isoformat(), "title": title,
                              "description": description,
                              "in_short": list(given.in_short) or [f"{TO_CONFIRM}: {QUESTIONS['posts']['in_short']}"],
                              "kind": "post"}
    decisions, actions = list(drafts.decisions), list(drafts.actions)
    if meeting:
        values["meeting"] = meeting.id
        if meeting.question:
            notes["meeting"] = meeting.question
        decisions = [*sorted(decision.id for decision in register.decisions_where(meeting=meeting.id)), *decisions]
        actions = [*sorted(one.action.id for one in register.actions_where(meeting=meeting.id)), *actions]
    values |= {"topics": [], "decisions": decisions, "actions": actions}
    if day > register.today:
        values["draft"] = True
        notes["draft"] = f"The post is dated after {day_in_words(register.today)}: delete this line on its day."
    body = EMPTY_ALT_TEXT.sub(f"![{ALT_TEXT_TO_CONFIRM}](", converted.body(stem)).strip()
    added = f"\n\n{given.added.strip()}" if given.added.strip() else ""
    return f"---\n{record_text(values, notes)}---\n\n{body}{added}\n"


def _description(converted: Converted) -> str:
    """Return the start of the first paragraph: as many whole sentences as fit."""
    first = next((text for text in converted.paragraphs if len(text.split()) > 3), "")
    if not first:
        return f"{TO_CONFIRM}: {QUESTIONS['posts']['description']}"
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
