"""`board take-down`: takes words out of a published record or post, and repeats them nowhere."""

from __future__ import annotations

import argparse
import sys

from ..records.base import EVERYTHING
from ..write import WriteError, apply
from ..write.take_down import BODY, take_down
from ..write.take_down_file import names_a_file, records_with_address, take_down_file
from .options import command, common, today
from .writing import a_day, check_area

AFTERWARDS = """What is left, and is not on the site:
- The history of the repository still holds the words, and so do forks and clones.
- GitHub, search engines and web.archive.org keep copies for a while.
The guide “When something goes wrong” says how to wipe them, and whom to tell: ring your data protection officer now."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "take-down", run, parents=[common()],
        more="The record stays, with its id. Its words give way to “Taken down on DAY, because REASON”, which\n"
             "readers see. Nothing that is printed repeats the words. Say in the reason what kind of thing it was,\n"
             "and never what it said about a person. A picture, a document or a table goes; the same sentence takes\n"
             "its place on each page that showed it or linked to it, and at its address.",
        examples=['take-down A-012 --reason "It could show who a child is"',
                  'take-down A-012 --field updates.2.note --reason "It could show who a child is"',
                  'take-down F-003 --field said --words "THE WORDS" --reason "It named a person"',
                  'take-down 2026-10-23-who-pays-for-the-standing-frame --address --reason "It named a person"',
                  'take-down docs/files/hall.jpg --reason "It could show who a child is"'])
    parser.add_argument("id", metavar="ID",
                        help="the record: A-012, D-003, F-001, a meeting's day, the name of a post's file, the short "
                             "name of a measure or an organisation, or events.3 for the third in data/events.yml; "
                             "or the path or address of a file, such as docs/files/hall.jpg")
    parser.add_argument("--field", default=EVERYTHING, metavar="FIELD",
                        help="where the words are: title, detail, updates.2.note for the note of the second update, "
                             f"observations.3 for a figure, or {BODY} for the text of a post (default: all words of "
                             "the record; sources stay)")
    parser.add_argument("--words", metavar="WORDS",
                        help="leave out these words alone, and keep the rest of the text")
    parser.add_argument("--reason", required=True, help="why, as readers will see it: “it could show who a child is”")
    parser.add_argument("--address", action="store_true",
                        help="the address of the post holds the words too: give it another one; or the name of the "
                             "file does: leave nothing at its address")
    parser.add_argument("--date", type=a_day, metavar="DAY", help="the day of the take-down (default: today)")
    parser.add_argument("--dry-run", action="store_true", help="say which files would change, and change nothing")


def run(options: argparse.Namespace) -> int:
    """Take the words down. Returns 1 if the result would not pass the checks, 2 if there are no such words.

    Unlike the other commands it prints no diff: that would repeat the words.
    """
    area = check_area(options)
    if area is None:
        return 1
    on = options.date or today(options).isoformat()
    left: list[str] = []
    try:
        if names_a_file(options.id):
            if options.words or options.field != EVERYTHING:
                raise WriteError("a file is taken down as a whole; leave out --field and --words")
            edits = take_down_file(area.register, options.id, options.reason, on, with_address=options.address)
            left = records_with_address(area.register, options.id)
        else:
            edits = take_down(area.register, options.id, options.field, options.reason, on, words=options.words,
                              with_address=options.address)
    except (WriteError, ValueError) as error:
        print(f"Nothing was written: {error}.", file=sys.stderr)
        return 2
    errors = [problem for problem in area.problems_from(edits) if problem.level == "error"]
    if errors:
        print("Nothing was written, because the result would not pass the checks:")
        print("\n".join(str(problem) for problem in errors))
        return 1
    written = [path for path, content in edits.items() if content is not None]
    if options.dry_run:
        print(f"These files would change: {', '.join(written)}. Nothing was written.")
        return 0
    apply(area.register.root, edits)
    print(f"Taken down, in {', '.join(written)}.\n")
    if names_a_file(options.id):
        print("Read the pages that showed the file or linked to it: captions, and the words of links, are still there.")
        if left:
            print(f"Its address is still in {', '.join(left)}." + (
                " Take that down as well: board take-down ID --field source" if options.address else
                " Readers who follow it see why the file is gone."))
        print()
    print(AFTERWARDS)
    return 0
