"""`board update` and `board correct`."""

from __future__ import annotations

import argparse
import sys

from ..problem import suggestion
from ..records import STATUSES
from ..write.change import CORRECTABLE, correct, is_late, update
from ..write.edits import WriteError
from .options import command, common, today
from .values import NOT_PUBLISHED, Link, Links, a_day, a_due_date, a_status
from .writing import dry_run, readable, write


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    updating = command(
        commands, "update", run, help="say what became of an action", parents=[common()],
        more="It adds an entry at the end of the action's history. What stands there is never changed:\n"
             "a new date or owner needs a reason, and readers see the old one beside it.",
        examples=['update A-012 --status in_progress --note "Two of four schools have begun."',
                  'update A-012 --due 2027-03-31 --reason "The contract was signed late."',
                  'update A-012 --status complete --evidence "Report of May" https://council.example/report'])
    updating.add_argument("id", metavar="ID", help="the action, such as A-012")
    updating.add_argument("--note", help="what happened, in a sentence or two")
    updating.add_argument("--status", type=a_status, metavar="STATUS", help=f"one of {', '.join(STATUSES)}")
    updating.add_argument("--due", type=a_due_date, metavar="DATE", help="the new date; needs a reason")
    updating.add_argument("--owner", metavar="ID", help="the new owner; needs a reason")
    updating.add_argument("--reason", help="why the date or the owner changed, or why it was stopped")
    updating.add_argument("--evidence", nargs=2, action=Links, metavar=("TITLE", "ADDRESS"),
                          help="what a reader can open to see that it is so; more than once, for more")
    updating.add_argument("--source", nargs=2, action=Link, metavar=("TITLE", "ADDRESS"), help="where this was said")
    updating.add_argument("--date", type=a_day, metavar="DAY",
                          help="the day on which it happened or was published (default: today)")
    dry_run(updating)

    correcting = command(
        commands, "correct", run_correction, help="put a published mistake right, in the open", parents=[common()],
        more="It writes the right words, and keeps what stood there with the reason: readers see both.\n"
             "For what has changed since, use `board update`.",
        examples=['correct A-012 --field title --now "Open a resource base in Bury" --reason "The town was wrong."'])
    correcting.add_argument("id", metavar="ID", help="the record: A-012, D-003, F-001, a meeting's day or a measure")
    fields = sorted({field for names in CORRECTABLE.values() for field in names})
    correcting.add_argument("--field", required=True, choices=fields, metavar="FIELD",
                            help=f"what was wrong: {', '.join(fields)}")
    correcting.add_argument("--now", required=True, help="what it should say; null where it is not published")
    correcting.add_argument("--reason", required=True, help="why it was wrong")
    correcting.add_argument("--date", type=a_day, metavar="DAY", help="the day of the correction (default: today)")
    dry_run(correcting)


def run(options: argparse.Namespace) -> int:
    """Add an update to an action. Returns 1 where it would not pass the checks, 2 where there is no such action."""
    register = readable(options)
    if register is None:
        return 1
    if options.id not in register.actions:
        print(f'There is no action "{options.id}"; '
              + suggestion(options.id, register.actions, "use an id such as A-012, as it stands on its page"),
              file=sys.stderr)
        return 2
    given = vars(options) | {"date": options.date or today(options).isoformat()}
    edits = update(register, options.id, given)
    said = [f"Added to the history of {options.id}, {path}." for path in edits]
    if is_late(register.actions[options.id], given["date"]):
        said.append("Newer news stands there already: so this is dated today, and says when it happened.")
    return write(options, edits, said)


def run_correction(options: argparse.Namespace) -> int:
    """Correct a record. Returns 1 where it would not pass the checks, 2 where it cannot be corrected so."""
    register = readable(options)
    if register is None:
        return 1
    now = None if options.now == NOT_PUBLISHED else options.now
    try:
        edits = correct(register, options.id, options.field, now, options.reason,
                        options.date or today(options).isoformat())
    except WriteError as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 2
    return write(options, edits, [f"Corrected {options.id} in {path}; readers see both wordings." for path in edits])
