"""The open data as CSV (RFC 4180), each table with CSVW metadata (W3C, Metadata Vocabulary for Tabular Data)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from ..records import Feel, Measure, Observation
from ..register import Register
from ..register.addresses import SITE, address
from ..register.forums import deadline_of
from ..register.official_figures import whole
from .api import API, computed, page_url, text_or_none, to_json
from .output_file import OutputFile

FORMULA_CHARACTERS = ("=", "+", "-", "@", "\t")
"""Characters at which a spreadsheet begins a formula. A text that begins with one gets an apostrophe before it.

Source: OWASP, "CSV Injection".
"""

LIST_COLUMNS = {"with", "priorities", "leads_to", "evidence", "done_by_whom", "responsible", "promises", "measures",
                "action_ids", "covers", "decision_ids", "findings"}
"""Columns whose cells hold several values, separated by spaces."""

AREA_CODE = ("area_code", "string", "The national code of the area whose site this is; empty: not given")
"""The last column of every table, so that the tables of two areas can be joined."""

LEVELS = {"E92": "country", "E12": "region"}
"""The level of a place by the first characters of its national code; others are areas."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table: its name, its title, its columns (name, type, description), and its primary key."""

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    key: tuple[str, ...]
    rows: Callable[[Register], Iterable[Row]]

    @property
    def path(self) -> str:
        return f"{API}{self.name}.csv"


def output_files(register: Register) -> Iterator[OutputFile]:
    """Yield each table, and its metadata at the address where programs look for it (CSVW, "Standard File Metadata")."""
    for table in all_tables(register):
        yield OutputFile(table.path, partial(_csv, table, register))
        yield OutputFile(f"{table.path}-metadata.json", partial(_metadata_json, table, register))


def all_tables(register: Register) -> list[Table]:
    """Return every table of the open data: those of records, and one for each measure with the figures of all areas."""
    return [*TABLES, *(Table(f"measures/{id}", f"{measure.title}: every figure, by area", MEASURE_COLUMNS, (),
                             partial(_figures, id)) for id, measure in sorted(register.measures.items()))]


def _csv(table: Table, register: Register) -> bytes:
    names = [name for name, _, _ in table.columns]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*names, AREA_CODE[0]])
    area = register.area.codes.gss if register.area.codes else ""
    for row in table.rows(register):
        # Most cells are numbers or empty, which the writer takes as they are.
        writer.writerow([*(cell if cell is None or type(cell) in (int, float) else _cell(cell)
                           for cell in map(row.get, names)), area])
    # With a byte order mark: Excel and LibreOffice take a file without one for another encoding, and show "Â£".
    return stream.getvalue().encode("utf-8-sig")


@lru_cache(maxsize=10_000)
def _cell(value: str | bool) -> str:
    # Tables of figures repeat the names of areas and the addresses of sources in every row.
    text = text_of_cell(value)
    return f"'{text}" if text.startswith(FORMULA_CHARACTERS) else text


def text_of_cell(value: Any) -> Any:
    """Return what a cell of a table holds: "true" or "false", a number, or text on one line; empty for None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return " ".join(value.split())
    return "" if value is None else value


def _metadata_json(table: Table, register: Register) -> bytes:
    return to_json(metadata(table, register))


def metadata(table: Table, register: Register) -> dict[str, Any]:
    """Return a table's metadata: its columns, its licence, and its source."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}],
        "url": table.path.rsplit("/", 1)[-1], "lang": "en-GB", "dc:title": table.title, "dc:language": "en-GB",
        "dc:license": {"@id": register.area.licence.url}, "dc:source": {"@id": page_url(register, SITE)},
        "dc:publisher": register.area.site_name, "dc:modified": register.latest_publication.isoformat(),
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ",", "quoteChar": '"'},
        "tableSchema": {
            "columns": [{"name": name, "titles": name, "datatype": form, "dc:description": text,
                         **({"required": True} if name in table.key else {}),
                         **({"separator": " "} if name in LIST_COLUMNS else {})}
                        for name, form, text in (*table.columns, AREA_CODE)],
            **({"primaryKey": list(table.key)} if table.key else {}),
        },
    }


def _actions(register: Register) -> Iterator[Row]:
    for id, progress in sorted(register.progress.items()):
        action = progress.action
        yield {**computed(progress), "id": id, "title": action.title, "kind": action.kind, "said_by": action.said_by,
               "detail": action.detail,
               "owner_name": register.name_of(progress.owner) if progress.owner else None,
               "done_by_whom": " ".join(verdict.word for verdict in progress.verdicts if verdict.status == "complete"),
               "with": " ".join(action.with_), "priorities": " ".join(action.priorities),
               "plan": action.plan, "meeting": getattr(register.meeting_of(action), "id", None),
               "decision": action.said_at.decision if action.said_at else None,
               "source": getattr(register.source_of(action), "url", None), "updates": len(action.updates),
               "page": page_url(register, address(action))}


def _updates(register: Register) -> Iterator[Row]:
    for id, action in sorted(register.actions.items()):
        for number, update in enumerate(action.updates, 1):
            source = update.source
            yield {"action": id, "number": number, "date": update.date.text, "status": update.status,
                   "note": update.note, "due": text_or_none(update.due), "owner": update.owner, "reason": update.reason,
                   "corrects": update.correction.field if update.correction else None,
                   "evidence": " ".join(item.url for item in update.evidence),
                   "source": source.url if source else None, "happened": text_or_none(update.happened),
                   "editorial": update.editorial, "step": update.step, "to": update.to,
                   "asked": update.asked.forum if update.asked else None,
                   "answer": update.asked.answer if update.asked else None}


def _decisions(register: Register) -> Iterator[Row]:
    for id, decision in sorted(register.decisions.items()):
        yield {"id": id, "meeting": decision.meeting, "text": decision.text, "kind": decision.kind,
               "leads_to": " ".join(decision.leads_to), "source": getattr(register.source_of(decision), "url", None),
               "page": page_url(register, address(decision))}


def _findings(register: Register) -> Iterator[Row]:
    for id, progress in sorted(register.finding_progress.items()):
        finding = progress.finding
        yield {"id": id, "title": finding.title, "kind": finding.kind, "from": finding.from_,
               "date": finding.date.text, "responsible": " ".join(finding.responsible),
               "answer_due": text_or_none(finding.answer_due), "answer": finding.answer,
               "answered": text_or_none(finding.answered), "late": progress.is_overdue,
               "unanswered": progress.is_unanswered,
               "promises": " ".join(promise.action.id for promise in progress.promises),
               "measures": " ".join(measure.id for measure in progress.measures), "disagree": progress.disagree,
               "source": finding.source.url, "page": page_url(register, address(finding))}


def _topics(register: Register) -> Iterator[Row]:
    for id, topic in sorted(register.topics.items()):
        held = register.backlinks.actions_of_topic.get(id, [])
        promised = [progress for progress in held if progress.action.is_promise]
        yield {"id": id, "title": topic.title, "answer": topic.answer, "answer_as_of": text_or_none(topic.as_of),
               "measures": " ".join(topic.measures), "findings": " ".join(topic.findings),
               "action_ids": " ".join(progress.action.id for progress in held), "promises": len(promised),
               "done": sum(progress.is_complete for progress in promised),
               "late": sum(progress.is_late for progress in promised), "page": page_url(register, address(topic))}


def _forums(register: Register) -> Iterator[Row]:
    for id, forum in sorted(register.forums.items()):
        for item in sorted(forum.dates, key=lambda item: item.date.first_day):
            # The rule of today says nothing about earlier dates.
            is_ahead = item.date.first_day >= register.today
            deadline = deadline_of(forum, item.date.first_day) if is_ahead else None
            yield {"forum": id, "date": item.date.text, "name": forum.name, "organisation": forum.organisation,
                   "covers": " ".join(forum.covers), "deadline": deadline.isoformat() if deadline else None,
                   "deadline_time": forum.deadline.time if forum.deadline else None,
                   "cancelled": item.cancelled is not None, "email": forum.email, "source": item.source.url,
                   "page": page_url(register, address(forum))}


def _feedback(register: Register) -> Iterator[Row]:
    for id, progress in sorted(register.feedback_progress.items()):
        theme, first = progress.theme, progress.first_answer
        changed = next((update for update in progress.history if update.changed), None)
        yield {"id": id, "title": theme.title, "said": theme.said, "heard": theme.heard.date.text,
               "through": theme.heard.through, "taken_up_by": progress.taken_up_by,
               "answer_due": progress.answer_day.isoformat() if progress.answer_day else None,
               "answered": first.happened_on.text if first else None, "answer": first.answer if first else None,
               "changed": changed.changed if changed else None,
               "late": progress.is_overdue, "answered_late": progress.is_answered_late,
               "days_late": progress.days_late, "days_unanswered": progress.days_unanswered,
               "action_ids": " ".join(theme.actions), "decision_ids": " ".join(theme.decisions),
               "source": theme.source.url, "page": page_url(register, address(theme))}


def _family_verdicts(register: Register) -> Iterator[Row]:
    for _, verdict in sorted(register.family_verdicts.items()):
        yield {"about": verdict.about, "date": verdict.date.text, "asked_by": verdict.asked_by,
               "answered": verdict.answered, **{name: getattr(verdict.feel, name) for name in Feel.model_fields},
               "source": verdict.source.url, "page": page_url(register, address(verdict))}


def _plans(register: Register) -> Iterator[Row]:
    for id, plan in sorted(register.plans.items()):
        held = register.backlinks.actions_of_plan.get(id, [])
        yield {"id": id, "name": plan.name, "start": text_or_none(plan.start), "ended": text_or_none(plan.ended),
               "replaces": plan.replaces, "replaced_by": getattr(register.replaced_by.get(id), "id", None),
               "actions": len(held), "not_mentioned": sum(progress.fate == "not_mentioned" for progress in held),
               "source": plan.source.url, "page": page_url(register, address(plan))}


def _measures(register: Register) -> Iterator[Row]:
    for id, measure in sorted(register.measures.items()):
        of_measure = {
            "measure": id, "indicator": id if id in register.official else None, "unit": measure.unit,
            "law": measure.law.value if measure.law else None,
            "baseline": measure.baseline.value if measure.baseline else None,
            "target": measure.target.value if measure.target else None,
            "target_by": text_or_none(measure.target.by) if measure.target else None,
            "target_reason": measure.target.reason if measure.target else None,
            "page": page_url(register, address(measure))}
        for name, code, observations in _series(register, measure):
            for number, item in enumerate(observations, 1):
                source = item.source or measure.source
                yield {**of_measure, "series": name, "code": code, "number": number,
                       "period": item.period.text, "value": item.value, "state": item.state,
                       "approximate": item.approximate, "revises": item.revises, "note": item.note,
                       "break_in_series": item.break_in_series, "source": source.url if source else None}


def _series(register: Register, measure: Measure) -> Iterator[tuple[str, str | None, tuple[Observation, ...]]]:
    """Yield the name, the national code and the figures of each place: the area's own, then each comparator's."""
    yield register.area.name, register.area.codes.gss if register.area.codes else None, measure.observations
    yield from ((place.name, place.code, place.observations) for place in measure.comparators)


def _figures(id: str, register: Register) -> Iterator[Row]:
    """Yield the figures of a measure: those of all areas where it is official, else those of its own series."""
    official, measure = register.official.get(id), register.measures[id]
    if official:
        before: dict[tuple[str, str], str] = {}
        for row in official.rows:
            yield {"level": row.level, "code": row.code, "name": row.name, "period": row.period,
                   "value": whole(row.value), "numerator": whole(row.numerator), "denominator": whole(row.denominator),
                   "state": "published" if row.value is not None else "not_available", "release": row.release,
                   "revises": before.get(row.key), "source": official.sources[row.release].url}
            before[row.key] = f"the release {row.release}"
        return
    for name, code, observations in _series(register, measure):
        for item in observations:
            source = item.source or measure.source
            yield {"level": "area" if name == register.area.name else LEVELS.get((code or "")[:3]), "code": code,
                   "name": name, "period": item.period.text, "value": item.value, "state": item.state,
                   "revises": item.revises, "source": source.url if source else None}


MEASURE_COLUMNS = (
    ("level", "string", "area, region or country; empty: not known"),
    ("code", "string", "The place's national code; empty: not known"), ("name", "string", "The place"),
    ("period", "string", "What the figure is for: a school year is named by the year in which it ends"),
    ("value", "number", "The figure; empty: not published"),
    ("numerator", "number", "The number of which the figure is a share; empty: not published"),
    ("denominator", "number", "The whole of which it is a share; empty: not published"),
    ("state", "string", "published, provisional, suppressed or not_available"),
    ("release", "string", "The department's release that gave it; empty: the figure is not official"),
    ("revises", "string", "What it revises"), ("source", "anyURI", "Where it can be read"),
)
"""The columns of each measure's own table."""


TABLES = (
    Table("actions", "Actions: promises, plans and aims, and how they stand", (
        ("id", "string", "The action's id"), ("title", "string", "What was promised, planned or hoped for"),
        ("kind", "string", "promised, planned or aim"),
        ("said_by", "string", "Who said it: an organisation's id, or an office; empty: not recorded"),
        ("detail", "string", "More about it"), ("owner", "string", "Who owns it now; empty: not published"),
        ("owner_name", "string", "The owner's name"), ("with", "string", "Who works on it too, by ids"),
        ("priorities", "string", "The priorities that it serves, by ids"),
        ("status", "string", "Its newest published status; empty: none published"),
        ("status_word", "string", "The status, or silent (no update), or unstated (updates without a status)"),
        ("due", "string", "The date now, as precise as it was given, or words"),
        ("original_due", "string", "The date first promised"), ("due_day", "date", "The last day that the date covers"),
        ("times_moved", "integer", "How often the date has moved"),
        ("days_slipped", "integer", "Days from the first date to the date now"),
        ("late", "boolean", "Whether it is known to be late on the day in as_of"),
        ("date_passed", "boolean", "Whether its date has passed, and it is not known what happened"),
        ("days_past_due", "integer", "Days since its date, while it is open"),
        ("done_late", "boolean", "Whether it was done after its first date"),
        ("days_done_late", "integer", "Days from its first date to the day on which it was done, where that was late"),
        ("done_by_whom", "string", "Whose word it is that it is done: owner, partner, independent, families"),
        ("disagree", "boolean", "Whether accounts of it disagree"),
        ("due_soon", "boolean", "Whether it is due within 30 days"),
        ("quiet", "boolean", "Whether it is open, and nothing was published for 90 days"),
        ("days_silent", "integer", "Days since anything was published"),
        ("fate", "string", "What became of it when its plan was replaced; empty: its plan was not replaced"),
        ("successor", "string", "The action that goes on with it, where it was carried over or merged"),
        ("test_published", "boolean", "Whether it was published what shows that it is done"),
        ("completed_on_time", "boolean", "Whether it was done by its first date"),
        ("promised_on", "string", "When it was promised, planned or hoped for"),
        ("last_update", "string", "When the newest news is from; a correction is none"),
        ("updates", "integer", "How many updates there are"),
        ("plan", "string", "The plan that holds it"),
        ("meeting", "string", "The meeting at which it was said; empty: in its source"),
        ("decision", "string", "The decision by which it was said"), ("source", "anyURI", "Where it can be read"),
        ("page", "anyURI", "Its page on this site"),
    ), ("id",), _actions),
    Table("updates", "Updates: the history of every action", (
        ("action", "string", "The action's id"), ("number", "integer", "Its place in the history, from 1"),
        ("date", "string", "When it happened or was published, or else was added"),
        ("status", "string", "The status that it gives"),
        ("note", "string", "What was said"), ("due", "string", "The new date that it gives"),
        ("owner", "string", "The new owner that it gives"), ("reason", "string", "The reason given"),
        ("corrects", "string", "The field that it puts right"), ("evidence", "string", "Addresses of evidence"),
        ("source", "anyURI", "Where it can be read"),
        ("happened", "string", "When it happened or was published, where that was learnt late"),
        ("editorial", "boolean", "Whether this site's own editors found it: it is not news of the promise"),
        ("step", "integer", "The step that it is about, from 1; empty: the whole action"),
        ("to", "string", "The action that goes on with it, where it was carried over or merged"),
        ("asked", "string", "The forum at which somebody asked about it"),
        ("answer", "string", "The answer there; empty: none known on that day"),
    ), ("action", "number"), _updates),
    Table("decisions", "Decisions of the board", (
        ("id", "string", "The decision's id"), ("meeting", "date", "The day of the meeting"),
        ("text", "string", "What was decided, in our words"), ("kind", "string", "agreed, approved, noted or deferred"),
        ("leads_to", "string", "The actions that came from it, by ids"), ("source", "anyURI", "Where it can be read"),
        ("page", "anyURI", "Its page on this site"),
    ), ("id",), _decisions),
    Table("findings", "Findings, and what was answered", (
        ("id", "string", "The finding's id"), ("title", "string", "What was found or recommended, in our words"),
        ("kind", "string", "found or recommended"), ("from", "string", "Who found it: an organisation's id"),
        ("date", "string", "When it was published"), ("responsible", "string", "The bodies that it names, by ids"),
        ("answer_due", "string", "By when an answer was due; empty: not published"),
        ("answer", "string", "accepted, partly or refused; empty: none known"),
        ("answered", "string", "When it was answered"),
        ("late", "boolean", "Whether an answer was due before the day in as_of, and none is known"),
        ("unanswered", "boolean", "Whether neither an answer nor a promise is known"),
        ("promises", "string", "The promises that answer it, by ids"),
        ("measures", "string", "The measures that would show whether it is better, by ids"),
        ("disagree", "boolean", "Whether accounts of it disagree"), ("source", "anyURI", "Where it can be read"),
        ("page", "anyURI", "Its page on this site"),
    ), ("id",), _findings),
    Table("topics", "Topics: what families look for, and what is known about it", (
        ("id", "string", "The topic's id"), ("title", "string", "What families look for, in their words"),
        ("answer", "string", "What is known, in two sentences; empty: not written yet"),
        ("answer_as_of", "string", "The day on which that was last looked at"),
        ("measures", "string", "The measures that belong to it, the most telling first"),
        ("findings", "string", "The findings that belong to it"),
        ("action_ids", "string", "The actions that belong to it, the most pressing first"),
        ("promises", "integer", "How many of them are promises"), ("done", "integer", "How many promises are done"),
        ("late", "integer", "How many promises are late"), ("page", "anyURI", "Its page on this site"),
    ), ("id",), _topics),
    Table("feedback", "What families said, and the answer", (
        ("id", "string", "The theme's id"), ("title", "string", "What families said, in a few words"),
        ("said", "string", "What families said"), ("heard", "string", "When it was heard"),
        ("through", "string", "The organisation through which it was heard"),
        ("taken_up_by", "string", "The organisation that took it up last; empty: none known"),
        ("answer_due", "date", "The last day for an answer; empty: no time is agreed"),
        ("answered", "string", "When the first answer came; empty: none known"),
        ("answer", "string", "The first answer in words"), ("changed", "string", "What changed first"),
        ("late", "boolean", "Whether an answer was due before the day in as_of, and none is known"),
        ("answered_late", "boolean", "Whether the first answer came after the last day for it"),
        ("days_late", "integer", "Days from the last day for an answer to the first answer, or to the day in as_of"),
        ("days_unanswered", "integer", "For how many days families have waited for an answer"),
        ("action_ids", "string", "The actions that belong to it"),
        ("decision_ids", "string", "The decisions that belong to it"),
        ("source", "anyURI", "Where it can be read"), ("page", "anyURI", "Its place on this site"),
    ), ("id",), _feedback),
    Table("family-verdicts", "Verdicts of families: how many feel a change", (
        ("about", "string", "What they were asked about: the id of an action, a finding or a priority"),
        ("date", "string", "When they were asked"), ("asked_by", "string", "Who asked: an organisation's id"),
        ("answered", "integer", "How many families answered, at least 10"),
        ("yes", "integer", "How many of them feel the change"), ("partly", "integer", "How many feel it in part"),
        ("no", "integer", "How many do not feel it"), ("too_early", "integer", "How many say that it is too early"),
        ("source", "anyURI", "Where it can be read"), ("page", "anyURI", "Its place on this site"),
    ), ("about", "date", "asked_by"), _family_verdicts),
    Table("plans", "Plans, and which plan replaced which", (
        ("id", "string", "The plan's id"), ("name", "string", "Its name"),
        ("start", "string", "From when it holds; empty: not published"), ("ended", "string", "When it ended"),
        ("replaces", "string", "The plan that it replaced"), ("replaced_by", "string", "The plan that replaced it"),
        ("actions", "integer", "How many actions of it are known"),
        ("not_mentioned", "integer", "How many of them the new plan does not mention"),
        ("source", "anyURI", "Where it can be read"), ("page", "anyURI", "Its page on this site"),
    ), ("id",), _plans),
    Table("forums", "Where the public may ask: every date", (
        ("forum", "string", "The forum's id"), ("date", "date", "A day on which it meets"),
        ("name", "string", "Its name"), ("organisation", "string", "Who runs it: an organisation's id"),
        ("covers", "string", "Other organisations whose work it looks into, by ids"),
        ("deadline", "date", "The last day on which to ask for a date to come; empty: not known, or past"),
        ("deadline_time", "string", "By what time on that day; empty: not known"),
        ("cancelled", "boolean", "Whether this date was cancelled"), ("email", "string", "Where to send a question"),
        ("source", "anyURI", "Where the date can be read"), ("page", "anyURI", "Its place on this site"),
    ), ("forum", "date"), _forums),
    Table("measures", "Measures: every figure", (
        ("measure", "string", "The measure's id"),
        ("indicator", "string", "The indicator, with the same id in every area; empty: a measure of the area's own"),
        ("series", "string", "The area, or what it is compared with"),
        ("code", "string", "The national code of that place; empty: not known"),
        ("number", "integer", "Its place in the series, from 1"), ("period", "string", "What the figure is for"),
        ("value", "number", "The figure; empty: not published"), ("unit", "string", "What is counted"),
        ("state", "string", "published, provisional, suppressed or not_available"),
        ("approximate", "boolean", "Whether the source gives it as about so much"),
        ("revises", "string", "What it revises, and why"), ("note", "string", "What to know about it"),
        ("break_in_series", "string", "What is counted otherwise from here on"),
        ("law", "number", "What the law requires; empty: no number"),
        ("baseline", "number", "The figure from which a plan counts its progress"),
        ("target", "number", "The target of the measure"), ("target_by", "string", "By when"),
        ("target_reason", "string", "Why the target asks for less than the law"),
        ("source", "anyURI", "Where it can be read"), ("page", "anyURI", "The measure's page on this site"),
    ), ("measure", "series", "number"), _measures),
)
"""Every table of the open data."""
