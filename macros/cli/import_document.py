"""`board import`: a post from a Word or LibreOffice document."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import shtab

from ..write import WriteError
from ..write.importer import DocumentError, Given, import_document
from .options import command, common
from .writing import a_day, add_dry_run, check_area, write


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "import", run, parents=[common()],
        more="It takes .docx and .odt files. Tracked changes are accepted, and comments are left out. Pictures are\n"
             "saved beside the post. Sentences that sound like a decision or a promise become drafts of records.\n"
             "What a person must check is marked TO CONFIRM, and is not published until those words are gone.",
        examples=["import Reflections.odt", 'import Reflections.docx --date 2023-12-20 --title "The first post"',
                  "import Reflections.odt --dry-run"])
    file = parser.add_argument("file", type=Path, metavar="FILE",
                               help="the document: a file that ends in .odt or .docx")
    file.complete = shtab.FILE  # type: ignore[attr-defined]
    parser.add_argument("--date", type=a_day, metavar="DAY",
                        help="the day of the post (default: the one that the document's file name, first lines "
                             "and properties agree on)")
    parser.add_argument("--title", help="its headline (default: the document's own)")
    parser.add_argument("--no-proposals", action="store_true", help="make no drafts of decisions and actions")
    add_dry_run(parser)


def run(options: argparse.Namespace) -> int:
    """Write the post. Returns 1 if it would not pass the checks or a file exists, and 2 if the document cannot be read,
    or its date or title must be given."""
    area = check_area(options)
    if area is None:
        return 1
    try:
        imported = import_document(area.register, options.file.name, _read(options.file),
                                   Given(day=options.date or "", title=options.title or ""),
                                   proposals=not options.no_proposals)
    except DocumentError as error:
        print(f"{options.file}: {error}\nNothing was written.", file=sys.stderr)
        return 2
    except WriteError as error:
        print(f"Nothing was written: {error}.", file=sys.stderr)
        return 1
    notes = [*imported.notices, *imported.recognised]
    made = [f"Wrote {path}" for path in imported.edits if not (options.area / path).exists()]
    changed = [f"Named the post in {path}" for path in imported.edits if (options.area / path).exists()]
    code = write(options, area, imported.edits, [*made, *changed, *notes])
    if code:
        print(f"Line numbers refer to the post as it would be. Correct {options.file.name}, and import it again.")
    elif options.dry_run:
        print("\n".join(notes))
    return code


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DocumentError(f"the file cannot be read ({error.strerror}); is this its name?") from None
