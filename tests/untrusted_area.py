"""An area with payloads in every text field of every kind of record.

Fields are found in the types of the records, so that new ones are covered.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel

from macros import records
from tests.conftest import ROOT
from tests.thorough import ALL
from tests.untrusted_payloads import ARABIC, PAYLOADS

GROUPS = 12 if ALL else 4
"""Records of each kind. Each holds every twelfth payload, or in `make test` every fourth, in each of its fields."""

ADDRESS = "https://smallshire.example/'onclick='top.hit=1'?{{config}}&x=`${top.hit=1}`#{%raw%}"
ROUTES = ("parent_carer", "young_person", "partner", "councillor", "website")
FIRST_MEETING = date(2024, 1, 31)


def group(number: int) -> str:
    """The payloads of one group, as one text."""
    return " ".join(PAYLOADS[number::GROUPS])


def text_for(annotation: Any, words: str) -> Any:
    """A value for a field of this type, with `words` wherever text may stand; None where there is no place for any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return filled(annotation, words)
    if get_origin(annotation) is tuple:
        value = text_for(get_args(annotation)[0], words)
        return [value] if value is not None else None
    if annotation in (str, Any):
        return words
    if get_origin(annotation) in (Literal, None):
        return None
    return next((value for part in get_args(annotation) if (value := text_for(part, words)) is not None), None)


def filled(model: type[BaseModel], words: str, **given: Any) -> dict[str, Any]:
    """A record with `words` in each field of text; what is no text is `given`, or has a plain value of its kind."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        kinds = repr(field.metadata) + repr(field.annotation)
        if key in given:
            values[key] = given[key]
        elif key == "corrections":
            values[key] = [{"date": "2026-10-01"} | correction(_first_text(model, given), words)]
        elif "_web_address" in kinds:
            values[key] = ADDRESS
        elif "PartialDate" in kinds or "_period" in kinds:
            if field.is_required():
                values[key] = "2024-02-01"
        elif "_email" in kinds:
            values[key] = "hello@forum.smallshire.example"
        elif "pattern=" in kinds:
            continue
        elif get_origin(field.annotation) is Literal:
            values[key] = get_args(field.annotation)[0]
        elif (value := text_for(field.annotation, words)) is not None:
            values[key] = value
    return values


def _first_text(model: type[BaseModel], given: dict[str, Any]) -> str:
    """The first field that holds the words alone, which a correction can be about."""
    return next(name for name, field in model.model_fields.items()
                if field.annotation is str and "pattern=" not in repr(field.metadata) and name not in given)


def correction(field: str, words: str) -> dict[str, Any]:
    return {"field": field, "was": f"{words} before", "now": words.strip(), "reason": words}


class _Plain(yaml.SafeDumper):
    """Writes repeated values out in full, since aliases are not allowed in records."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(value: Any) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False)


def write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumped(value), encoding="utf-8")


def untrusted_area(folder: Path) -> Path:
    """Write the area into `folder`, and return it."""
    shutil.copytree(ROOT / "tests/areas/small/docs", folder / "docs")
    shutil.rmtree(folder / "docs/blog/posts")
    (folder / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ntheme: {{custom_dir: {ROOT / 'overrides'}}}\nwatch: []\n", encoding="utf-8")
    every = [group(number) for number in range(GROUPS)]
    # Words of another script are on no list, so they could be somebody's name.
    write(folder / "data/safety.yml", [{"allow": ARABIC}])
    write_area(folder, every)
    write_lists(folder, every)
    for number, words in enumerate(every):
        write_records(folder, number, words)
        write_post(folder, number, words)
    return folder


def write_area(folder: Path, every: list[str]) -> None:
    words = every[0]
    routes = [filled(records.FeedbackRoute, every[number % GROUPS], audience=audience)
              for number, audience in enumerate(ROUTES)]
    area = filled(records.Area, words, site_url="https://smallshire.example/", standing="independent", feedback=routes,
                  logo=None,
                  answer_within={"days": 30, "source": filled(records.Source, words)},
                  repository_url="https://code.smallshire.example/promises",
                  codes={"gss": "E10000999", "dfe": "999", "region": "E12000099"},
                  neighbours={"codes": ["E10000998"], "source": filled(records.Source, words)},
                  colours={"on_white": "#0b4a66", "on_dark": "#93cfe9"},
                  security={"contact": "https://smallshire.example/report", "expires": "2027-10-31"},
                  pre_election=[{"first_day": "2027-03-01", "last_day": "2027-05-06", "note": words}])
    write(folder / "data/area.yml", area)


def write_lists(folder: Path, every: list[str]) -> None:
    def listed(name: str, model: type[BaseModel], **keys: Any) -> None:
        write(folder / f"data/{name}.yml", [
            filled(model, words, **{key: make(number, words) for key, make in keys.items()})
            for number, words in enumerate(every)])

    listed("organisations", records.Organisation, id=lambda number, words: f"body-{number}",
           sites=lambda number, words: [f"body-{number}.example"] if number else ["smallshire.example"])
    listed("priorities", records.Priority, id=lambda number, words: f"P{number + 1}")
    listed("glossary", records.Term, term=lambda number, words: f"{words[:50]} {number}")
    listed("plans", records.Plan, id=lambda number, words: f"plan-{number}", replaces=lambda number, words: None,
           start=lambda number, words: "2024-02-01", ended=lambda number, words: "2026-02-01")
    listed("services", records.Service, id=lambda number, words: f"service-{number}")
    listed("topics", records.Topic, id=lambda number, words: f"topic-{number}",
           as_of=lambda number, words: "2026-10-01",
           priorities=lambda number, words: [f"P{number + 1}"], actions=lambda number, words: [f"A-{number + 1:03}"],
           services=lambda number, words: [f"service-{number}"], measures=lambda number, words: [f"measure-{number}"])
    listed("forums", records.Forum, id=lambda number, words: f"forum-{number}",
           organisation=lambda number, words: f"body-{number}", covers=lambda number, words: ["body-0"],
           deadline=lambda number, words: {"text": words, "working_days": 3, "time": "09:00"},
           dates=lambda number, words: [
               filled(records.ForumDate, words, date=f"2026-12-{number + 1:02}", cancelled=None),
               filled(records.ForumDate, words, date=f"2027-01-{number + 1:02}")])
    listed("family-verdicts", records.FamilyVerdict, date=lambda number, words: "2026-10-01",
           asked_by=lambda number, words: f"body-{number}", about=lambda number, words: f"A-{number + 1:03}",
           answered=lambda number, words: 60,
           feel=lambda number, words: {"yes": 14, "partly": 6, "no": 36, "too_early": 4},
           corrections=lambda number, words: [{"date": "2026-10-01"} | correction("answered", words) | {"now": 60}])
    listed("looked", records.Looked, date=lambda number, words: f"2026-11-{number + 1:02}")
    listed("taken-down", records.TakenDownPage)
    listed("events", records.Event, until=lambda number, words: "2024-03-01")
    write(folder / "data/redirects.yml", [
        {"from": f"old-{number}/", "to": "about/" if number % 2 else None, "reason": words,
         "corrections": [{"date": "2026-10-01"} | correction("reason", words)]}
        for number, words in enumerate(every)])


def write_records(folder: Path, number: int, words: str) -> None:
    day = FIRST_MEETING.replace(month=number % 12 + 1, day=28).isoformat()
    id, data = f"{number + 1:03}", folder / "data"
    own = {"date": "2026-10-01"}
    evidence = [filled(records.Action.model_fields["updates"].annotation.__args__[0]
                       .model_fields["evidence"].annotation.__args__[0], words)]
    updates = [
        {"date": "2026-02-01", "note": words, "status": "in_progress", "source": filled(records.Source, words)},
        {"date": "2026-03-01", "due": f"Soon {words}", "reason": words, "source": filled(records.Source, words)},
        {"date": "2026-04-01", "owner": f"body-{number}", "reason": words, "source": filled(records.Source, words)},
        {"date": "2026-05-01", "correction": correction("title", words)},
        {"date": "2026-06-01", "status": "complete", "evidence": evidence},
    ]
    write(data / f"actions/a-{id}.yml", filled(
        records.Action, words, id=f"A-{id}", owner="body-0", due="2026-09", said_at={"decision": f"D-{id}"},
        priorities=[f"P{number + 1}"], updates=updates, **{"with": [f"body-{number}"]}))
    write(data / f"decisions/d-{id}.yml", filled(
        records.Decision, words, id=f"D-{id}", meeting=day, leads_to=[f"A-{id}"],
        corrections=[own | correction("text", words)]))
    write(data / f"meetings/{day}.yml", filled(
        records.Meeting, words, id=day, attended=[f"body-{number}"], post=f"{day}-post-{number}",
        corrections=[own | correction("note", words)]))
    write(data / f"feedback/f-{id}.yml", filled(
        records.FeedbackTheme, words, id=f"F-{id}", heard={"date": "2024-01", "through": f"body-{number}"},
        updates=[filled(records.FeedbackUpdate, words, taken_up_by=f"body-{number}")],
        actions=[f"A-{id}"], decisions=[f"D-{id}"], corrections=[own | correction("said", words)]))
    source = filled(records.Source, words)
    write(data / f"findings/finding-{number}.yml", filled(
        records.Finding, words, id=f"finding-{number}", **{"from": f"body-{number}"}, date="2024-02-01",
        responsible=["body-0"], answer_due="2024-05", answer="partly", answered="2024-03-01", answer_source=source,
        actions=[f"A-{id}"], measures=[f"measure-{number}"], corrections=[own | correction("title", words)],
        verdicts=[{"date": "2024-04-01", "by": f"body-{number}", "says": "worse", "note": words, "source": source}]))
    figures = [{"period": "2022", "value": 40, "note": words, "source": source},
               {"period": "2023", "value": 45.5, "break_in_series": words, "note": words},
               {"period": "2024", "value": None, "state": "suppressed", "note": words},
               {"period": "2025", "value": 50, "state": "provisional", "note": words}]
    write(data / f"measures/measure-{number}.yml", filled(
        records.Measure, words, id=f"measure-{number}", unit=f"per cent of {words}" if number % 2 else words,
        law={"value": 100, "text": words, "source": source},
        baseline={"value": 40, "period": "2022", "source": source},
        milestones=[{"value": 50, "by": "2025-12", "source": source}],
        target={"value": 60, "reason": words, "source": source}, observations=figures, priorities=[f"P{number + 1}"],
        actions=[f"A-{id}"], comparators=[{"name": words, "observations": figures[:1]}],
        corrections=[own | correction("definition", words)]))


def write_post(folder: Path, number: int, words: str) -> None:
    day = FIRST_MEETING.replace(month=number % 12 + 1, day=28).isoformat()
    id = f"{number + 1:03}"
    front = filled(records.Post, words, date=date.fromisoformat(day), meeting=day, topics=[f"topic-{number}"],
                   kind="summary" if number % 2 else "post", decisions=[f"D-{id}"], actions=[f"A-{id}"],
                   changed=[{"date": "2026-10-01", "what": words}],
                   number=number + 1, draft=False)
    body = "\n\n".join((
        "What the board said.", "<!-- more -->", f'{{{{ decisions(meeting="{day}") }}}}',
        f'{{{{ action("A-{id}") }}}}', f'{{{{ measure("measure-{number}") }}}}', '{{ changes(since="2024-01-01") }}',
        "## Search", "## Contents", "## Ask"))
    path = folder / f"docs/blog/posts/{day}-post-{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{dumped(front)}---\n\n{body}\n",
                    encoding="utf-8")
