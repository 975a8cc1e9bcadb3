"""The files that a document becomes: a post, its pictures, and drafts of the records that it seems to tell of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ...records import Meeting
from ...records.partial_date import day_in_words
from ...register import Register
from ...register.addresses import POSTS, slug
from ..edits import Edits, WriteError, text_of
from ..ids import WORDS
from ..new import ASKED, MARK
from ..yaml_edit import set_value
from ..yaml_text import record_text
from .converted import Converted, convert
from .dating import settle
from .drafts import Drafts, draft_records
from .facts import squeezed
from .recognised import recognise
from .refusal import DocumentError

BEFORE = timedelta(days=14)
"""How long before its post a meeting may have been."""

LONGEST_DESCRIPTION = 160
ALTERNATIVE = f"{MARK}: say what this picture shows"
NO_WORDS = re.compile(r"!\[\]\(")


@dataclass(frozen=True)
class Imported:
    """What an import would write: `edits` hold every file, the post's own first. `notices` say what the conversion
    changed or could not keep, and `recognised` what the text speaks of."""

    post: str
    edits: Edits
    notices: tuple[str, ...]
    recognised: tuple[str, ...]


def import_document(register: Register, name: str, data: bytes, *, day: str | None = None, title: str | None = None,
                    proposals: bool = True) -> Imported:
    """Return the files that the document `data`, whose file is called `name`, becomes.

    `day` (2023-12-20) and `title` are those that the writer chose, if any. Raises WriteError, with what to do, where
    the document cannot be read, its date or its title cannot be settled, or a file that it would make is there.
    """
    converted = convert(name, data)
    chosen = date.fromisoformat(day) if day else _settled(converted, register.today)
    heading = _harmless(title or converted.title)
    if not heading:
        raise DocumentError('the document has no title; give one: --title "…"')
    stem = f"{chosen.isoformat()}-{'-'.join(_slug(heading).split('-')[:WORDS])}".strip("-")
    # A post of a day to come is a draft, and no page of a meeting may lead to a post that is not published.
    meeting = _meeting_before(register, chosen) if chosen <= register.today else None
    drafts = Drafts()
    if proposals:
        drafts = draft_records(register, converted.paragraphs, meeting.id if meeting else None, {
            "title": heading, "url": f"{register.area.site_url.rstrip('/')}/blog/{stem}/",
            "published": chosen.isoformat()})
    path = f"{POSTS}{stem}.md"
    edits: Edits = {path: _post(register, converted, heading, chosen, stem, meeting, drafts, is_given=bool(title))}
    edits |= {f"{POSTS}{stem}/{picture.name}": picture.data for picture in converted.pictures} | drafts.edits
    for made in edits:
        if (register.root / made).exists():
            raise WriteError(f"{made} is there already; nothing is written over. Give another --title or --date, or "
                             "delete that file")
    if meeting:
        where = register.where("meetings", meeting.id)[0]
        edits[where] = set_value(text_of(register.root, {}, where), "post", stem, "source")
    notices = [*converted.notices, *_on_day(converted, chosen), *_on_alternatives(path, edits), *drafts.notices]
    return Imported(path, edits, tuple(notices), tuple(recognise(register, converted.paragraphs).lines()))


def _settled(converted: Converted, today: date) -> date:
    dating = settle(list(converted.found), today)
    if dating.day:
        return dating.day
    lines = "".join(f"\n  {found}" for found in converted.found)
    raise DocumentError(f"{dating.question}{lines}\nSay which day the post has, written like this: --date "
                        f"{today.isoformat()}")


def _harmless(title: str) -> str:
    """Return a title in which no brace begins a macro: macros are run in titles too, and a title cannot escape one."""
    return squeezed(title.replace("{", "(").replace("}", ")"))


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=\w)[’'](?=\w)", "", title))
    return slug("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _meeting_before(register: Register, day: date) -> Meeting | None:
    """Return the meeting that a post of this day is likely to tell of: held shortly before, and without a post."""
    first = (day - BEFORE).isoformat()
    fits = [meeting for meeting in register.meetings_by_date
            if first <= meeting.id <= day.isoformat() and meeting.state != "cancelled"]
    return fits[0] if fits and not fits[0].post and fits[0].state == "held" else None


def _post(register: Register, converted: Converted, title: str, day: date, stem: str, meeting: Meeting | None,
          drafts: Drafts, *, is_given: bool) -> str:
    notes = {"description": f"{MARK}: this is from the first paragraph. {ASKED['posts']['description'].capitalize()}"}
    if not is_given and converted.title_place.startswith("the file"):
        notes["title"] = f"{MARK}: this is from {converted.title_place}. Is it the title?"
    values: dict[str, Any] = {"date": day.isoformat(), "title": title, "description": _description(converted),
                              "in_short": [f"{MARK}: {ASKED['posts']['in_short']}"], "kind": "post"}
    decisions, actions = list(drafts.decisions), list(drafts.actions)
    if meeting:
        values["meeting"] = meeting.id
        notes["meeting"] = (f"{MARK}: does the post tell of this meeting? If not, delete this line, and the line post: "
                            f"in {register.where('meetings', meeting.id)[0]}.")
        decisions = [*sorted(decision.id for decision in register.decisions_where(meeting=meeting.id)), *decisions]
        actions = [*sorted(one.action.id for one in register.actions_where(meeting=meeting.id)), *actions]
    values |= {"topics": [], "decisions": decisions, "actions": actions}
    if day > register.today:
        values["draft"] = True
        notes["draft"] = f"The post is dated after {day_in_words(register.today)}: delete this line on its day."
    body = NO_WORDS.sub(f"![{ALTERNATIVE}](", converted.body(stem)).strip()
    return f"---\n{record_text(values, notes)}---\n\n{body}\n"


def _description(converted: Converted) -> str:
    """Return the beginning of the first paragraph: whole sentences, as far as they fit."""
    first = next((text for text in converted.paragraphs if len(text.split()) > 3), converted.title)
    if len(first) <= LONGEST_DESCRIPTION:
        return first
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)", first[:LONGEST_DESCRIPTION + 1])]
    return first[:ends[-1]] if ends else first[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + " …"


def _on_day(converted: Converted, chosen: date) -> list[str]:
    """Return a notice of each other day that stands where a document's date stands."""
    others = dict.fromkeys(str(found) for found in converted.found if found.is_written and found.day != chosen)
    if not others:
        return []
    return [f"The post is dated {day_in_words(chosen)}. The document also says {'; '.join(others)}."]


def _on_alternatives(path: str, edits: Edits) -> list[str]:
    lines = [number for number, line in enumerate(str(edits[path]).split("\n"), 1) if f"![{ALTERNATIVE}" in line]
    return [f"{path}:{number}: a picture has no words for people who cannot see it: write what it shows in the square "
            "brackets." for number in lines]
