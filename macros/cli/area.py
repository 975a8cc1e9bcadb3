"""`board area`: the repository of a new area."""

from __future__ import annotations

import argparse
import subprocess
from importlib import metadata
from pathlib import Path

from ..register.addresses import slug
from ..write.area import Software, new_area
from ..write.edits import WriteError, apply
from .options import command
from .writing import add_dry_run

UNKNOWN = "https://github.com/OWNER/REPOSITORY"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "area", run, help="make the repository of a new area",
        more="It holds the area's own records and pages, with TO CONFIRM wherever you have to say something,\n"
             "and workflows that take the software from its repository, by version.",
        examples=['area "Northshire"',
                  'area "Northshire" --into ../northshire --software https://github.com/OWNER/REPOSITORY --git'])
    parser.add_argument("name", help="the area, as families call it")
    parser.add_argument("--into", type=Path, metavar="FOLDER",
                        help="the folder to make (default: one beside this, named after the area)")
    parser.add_argument("--software", default=UNKNOWN, metavar="ADDRESS",
                        help="the address of the software's repository on GitHub")
    parser.add_argument("--version", default=f"v{metadata.version('send-board')}", metavar="TAG",
                        help="the version to begin with (default: %(default)s)")
    parser.add_argument("--commit", metavar="ID", help="the commit of that version, which nobody can move")
    parser.add_argument("--git", action="store_true", help="begin its history with a first commit")
    add_dry_run(parser)


def run(options: argparse.Namespace) -> int:
    """Make the repository. Returns 1, with nothing written, where that cannot be."""
    try:
        files = new_area(options.name.strip(), Software(options.software, options.version, options.commit))
    except WriteError as error:
        print(f"Nothing was written: {error}.")
        return 1
    folder = (options.into or Path("..") / f"{slug(options.name)}-send-board").resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"Nothing was written: {folder} is there already. Give another folder with --into.")
        return 1
    if options.dry_run:
        print("\n".join(f"{folder.name}/{path}" for path in files))
        print("Nothing was written: this shows what would be.")
        return 0
    try:
        apply(folder, files)
    except OSError as error:
        print(f"The files cannot be written into {folder}: {error.strerror or error}. Give another folder with --into.")
        return 1
    print(f"Made {len(files)} files for {options.name.strip()} in {folder}.")
    if options.git and not _committed(folder):
        return 1
    if options.software == UNKNOWN:
        print(f"Where the software is kept was not said: put its address in place of {UNKNOWN} there.")
    print(f"Next: run `board check --area {folder}`. It lists what waits for you.")
    return 0


def _committed(folder: Path) -> bool:
    for arguments in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"],
                      ["commit", "--quiet", "--message", "A site for what was promised to families"]):
        try:
            done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            print("Its history was not begun, since git is not installed: sudo apt-get install git")
            return False
        if done.returncode:
            print(f"Its history was not begun. Git says: {(done.stderr or done.stdout).strip()}")
            return False
    return True
