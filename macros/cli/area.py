"""`board area`: creates the repository of a new area."""

from __future__ import annotations

import argparse
import json
import subprocess
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from ..configuration import package
from ..register.addresses import slug
from ..write import WriteError, apply
from ..write.area import Software, new_area
from .options import command
from .writing import add_dry_run

SOFTWARE_PLACEHOLDER = "https://github.com/OWNER/REPOSITORY"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "area", run,
        more="It holds the area's own records and pages, with TO CONFIRM wherever you have to fill something in,\n"
             "and workflows that use one version of the software.",
        examples=['area "Northshire"',
                  'area "Northshire" --into ../northshire --software https://github.com/OWNER/REPOSITORY '
                  '--owner northshire --git'])
    parser.add_argument("name", help="the area's name, as families use it")
    parser.add_argument("--into", type=Path, metavar="FOLDER",
                        help="the folder to create (default: next to the current one, named after the area)")
    parser.add_argument("--software", default=SOFTWARE_PLACEHOLDER, metavar="ADDRESS",
                        help="the address of the software's repository on GitHub")
    parser.add_argument("--owner", metavar="NAME",
                        help="the account on GitHub that holds the repository, or a team of it, such as "
                             "northshire/board-website: it is asked to review every change")
    parser.add_argument("--version", default=f"v{metadata.version('send-board')}", metavar="TAG",
                        help="the version of the software (default: %(default)s)")
    parser.add_argument("--commit", metavar="ID",
                        help="the commit of that version: unlike a tag, it cannot be moved (default: the commit of the "
                             "tag in this copy of the software, or the one that is checked out)")
    parser.add_argument("--git", action="store_true", help="initialise a git repository with a first commit")
    add_dry_run(parser)


def run(options: argparse.Namespace) -> int:
    """Create the repository. Returns 1, with nothing written, if that is not possible."""
    try:
        commit = options.commit or commit_of_software(options.version)
        files = new_area(options.name.strip(), Software(options.software, options.version, commit), options.owner)
    except WriteError as error:
        print(f"Nothing was written: {error}.")
        return 1
    folder = (options.into or Path("..") / f"{slug(options.name)}-send-board").resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"Nothing was written: {folder} already exists. Choose another folder with --into.")
        return 1
    if options.dry_run:
        print("\n".join(f"{folder.name}/{path}" for path in files))
        print("Nothing was written, since this is a dry run.")
        return 0
    try:
        apply(folder, files)
    except OSError as error:
        print(f"The files cannot be written into {folder}: {error.strerror or error}. "
              "Choose another folder with --into.")
        return 1
    print(f"Created {len(files)} files for {options.name.strip()} in {folder}.")
    if options.git and not _commit(folder):
        return 1
    if options.software == SOFTWARE_PLACEHOLDER:
        print(f"Without --software, the files name {SOFTWARE_PLACEHOLDER}: replace it with the software's address.")
    if not options.owner:
        print("Without --owner, GitHub asks nobody to review a change: write names into .github/CODEOWNERS.")
    print(f"Next: run `board check --area {folder}`. It lists everything that you have to fill in.")
    return 0


def commit_of_software(version: str) -> str | None:
    """Return the commit of a version in this copy of the software, or the commit that is checked out.

    None if this is not a clone. A package that was installed from a repository knows the commit that it was built from.
    """
    for revision in (f"refs/tags/{version}^{{commit}}", "HEAD") if (package() / ".git").exists() else ():
        with suppress(FileNotFoundError):
            done = subprocess.run(["git", "-C", str(package()), "rev-parse", "--verify", "--quiet", revision],
                                  capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout.strip()
    # Source: Python Packaging User Guide, "Recording the Direct URL Origin of installed distributions".
    origin = json.loads(metadata.distribution("send-board").read_text("direct_url.json") or "{}")
    return origin.get("vcs_info", {}).get("commit_id")


def _commit(folder: Path) -> bool:
    """Initialise a git repository with a first commit. Returns whether that worked, after saying why not."""
    for arguments in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"],
                      ["commit", "--quiet", "--message", "A site for what was promised to families"]):
        try:
            done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            print("No commit was made, since git is not installed: sudo apt-get install git")
            return False
        if done.returncode:
            print(f"No commit was made. Git says: {(done.stderr or done.stdout).strip()}")
            return False
    return True
