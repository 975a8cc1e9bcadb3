"""`board plan close`: lists which actions of a plan still need a fate, and writes those that are chosen."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ..problem import suggestion
from ..register.labels import due
from ..write import WriteError
from ..write.plans import close_plan, without_fate
from .options import command, common, today
from .writing import a_day, a_list, add_dry_run, add_source, check_area, write


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(commands, "plan", run_close, examples=["plan close plan-2023"])
    actions = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    close = command(
        actions, "close", run_close, parents=[common()],
        help="list the actions of a plan whose fate is not known, and write what became of them",
        more="Without --carry, --merge or --drop it only lists them. What was done is written with\n"
             "`board update`, since it needs evidence. Until somebody says what became of an action, readers see\n"
             "“Not mentioned any more”.",
        examples=["plan close plan-2023",
                  "plan close plan-2023 --carry A-001=A-060 --merge A-002=A-060 --date 2026-11-17",
                  'plan close plan-2023 --drop A-003,A-004 --reason "The new law asks for it already."'])
    close.add_argument("plan", metavar="PLAN", help="the plan's id, as in data/plans.yml")
    for option, help in (("--carry", "an action that the new plan carries over: the old id, and that in the new plan"),
                         ("--merge", "an action that has become part of another: its id, and that of the other")):
        close.add_argument(option, type=_a_pair, action="append", default=[], metavar="OLD=NEW",
                           help=f"{help}; repeat for more")
    close.add_argument("--drop", type=a_list, default=[], metavar="IDS",
                       help="actions that were dropped for one reason, separated by commas")
    close.add_argument("--reason", help="why they were dropped, as the source gives it")
    close.add_argument("--note", help="what else was said about it, in a sentence or two")
    close.add_argument("--date", type=a_day, metavar="DAY", help="the day on which this was published (default: today)")
    add_source(close)
    add_dry_run(close)


def _a_pair(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (old and equals and new):
        raise argparse.ArgumentTypeError(f'"{text}" is not two ids; write it like A-001=A-060')
    return old.strip().upper(), new.strip().upper()


def run_close(options: argparse.Namespace) -> int:
    """List or write the fates of a plan's actions. Returns 1 if the result would not pass the checks, 2 for wrong
    usage."""
    area = check_area(options)
    if area is None:
        return 1
    register = area.register
    if options.plan not in register.plans:
        print(f'There is no plan "{options.plan}"; '
              + suggestion(options.plan, register.plans, "add it to data/plans.yml first"), file=sys.stderr)
        return 2
    chosen: dict[str, dict[str, Any]] = {}
    shared = {"date": options.date or today(options).isoformat(), "note": options.note, "source": options.source}
    choices = [(old, {"status": "carried_over", "to": new}) for old, new in options.carry] \
        + [(old, {"status": "merged", "to": new}) for old, new in options.merge] \
        + [(old.upper(), {"status": "dropped", "reason": options.reason}) for old in options.drop]
    for id, given in choices:
        if id in chosen:
            print(f"Nothing was written: {id} is chosen twice; choose one fate for it", file=sys.stderr)
            return 2
        chosen[id] = shared | given
    if options.drop and not options.reason:
        print("Nothing was written: what is dropped needs a reason, which readers will see; add --reason "
              '"WHY"', file=sys.stderr)
        return 2
    if not chosen:
        return _list(register, options.plan)
    if not options.source and register.area.standing != "adopted":
        print('Nothing was written: readers cannot see where this comes from. Add --source "TITLE" ADDRESS.')
        return 1
    try:
        edits = close_plan(register, options.plan, chosen)
    except WriteError as error:
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 2
    left = len(without_fate(register, options.plan)) - len(chosen)
    messages = [f"Added to the history of {id}, {path}." for id, path in zip(chosen, edits, strict=True)]
    messages.append(f"{left} open actions of the plan are left." if left else "Every action of the plan has its fate.")
    return write(options, area, edits, messages)


def _list(register: Any, id: str) -> int:
    plan, after = register.plans[id], register.replaced_by.get(id)
    found = without_fate(register, id)
    print(f"{plan.name} " + (f"was replaced by {after.name} ({after.start})." if after else
                             "has not been replaced. A new plan names it in data/plans.yml, in a line \"replaces:\"."))
    if not found:
        print("Every action of it that is on the site has its fate.")
        return 0
    print(f"{len(found)} of its actions {'is' if len(found) == 1 else 'are'} open"
          + (", and nobody has said what became of them:" if after else ":"))
    for progress in found:
        print(f"  {progress.action.id}  {progress.action.title} (due: {due(progress.due)})")
    print("\nSay what became of each:\n"
          "  carried over   --carry A-001=A-060\n"
          "  merged         --merge A-001=A-060\n"
          '  dropped        --drop A-001,A-002 --reason "Why"\n'
          '  done           board update A-001 --status complete --evidence "TITLE" ADDRESS')
    return 0
