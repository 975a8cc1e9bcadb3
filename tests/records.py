"""Records as tests write them: short, and as a file would give them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros.records import Action, Area, Decision, Measure, Meeting
from macros.register import Register

TODAY = date(2026, 11, 24)
EVIDENCE = ({"title": "The paper", "url": "https://smallshire.example/paper"},)


def day(text: str) -> date:
    return date.fromisoformat(text)


def update(on: str, **said: object) -> dict[str, object]:
    """An update as a file gives it, with what its status or move asks for."""
    needs: dict[str, object] = {"evidence": EVIDENCE} if said.get("status") == "complete" else {}
    if {"due", "owner"} & set(said) or said.get("status") == "stopped":
        needs["reason"] = "More time is needed."
    return {"date": on, **needs, **said}


def action(id: str = "A-001", *updates: dict[str, object], due: object = None, owner: str | None = None,
           **more: object) -> Action:
    return Action.model_validate({"id": id, "title": "Do it", "kind": "promised", "owner": owner, "due": due,
                                  "updates": updates, **more})


def register(*actions: Action, today: date = TODAY, meetings: tuple[Meeting, ...] = (),
             decisions: tuple[Decision, ...] = (), measures: tuple[Measure, ...] = ()) -> Register:
    return Register(Path("/"), today, Area.model_construct(), actions={record.id: record for record in actions},
                    meetings={record.id: record for record in meetings},
                    decisions={record.id: record for record in decisions},
                    measures={record.id: record for record in measures})


def meeting(id: str, state: str = "held") -> Meeting:
    return Meeting.model_validate({"id": id, "state": state, "source": None})
