"""`board verify`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from .options import area, command, day, seconds, today


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "verify", run, help="tell whether the site is what is built here, and whether history only grew",
        more="Of a site it compares every file with a build of your own for the same day, and says what is about to\n"
             "run out. Of a kept ledger it names each promise that was changed or is gone.",
        examples=["verify", "verify https://promises.example/", "verify folder-with-a-site", "verify saved.json",
                  "verify saved.json later.json"])
    parser.add_argument("place", metavar="PLACE", nargs="?",
                        help="a site: its address or a folder (default: the area's own address); or a ledger that was "
                             "kept: a file or a web address that ends in .json")
    parser.add_argument("later", metavar="LATER", nargs="?",
                        help="a later ledger (default: the site's own, today)")
    parser.add_argument("--built", type=Path, metavar="FOLDER",
                        help="the site built for the same day, to compare with (default: builds it)")
    parser.add_argument("--pause", type=seconds, default=0.1, metavar="SECONDS",
                        help="how long to leave the site alone between two files (default: 0.1)")
    parser.add_argument("--area", type=area, metavar="FOLDER",
                        help="the area's folder, the one with data/ (default: here)")
    parser.add_argument("--today", type=day, metavar="DAY",
                        help="the day to reckon from, such as 2026-11-24 (default: today in England)")


def run(options: argparse.Namespace) -> int:
    """Verify a site or a ledger. Returns 0 where all is true, 1 where not, 2 where nothing can be said."""
    return _verify_ledger(options) if _is_ledger(options) else _verify_site(options)


def _is_ledger(options: argparse.Namespace) -> bool:
    if options.place is None:
        return False
    if options.later is not None:
        return True
    if _is_address(options.place):
        return options.place.split("?")[0].split("#")[0].endswith(".json")
    return not Path(options.place).is_dir()


def _is_address(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))


def _verify_ledger(options: argparse.Namespace) -> int:
    from ..verify.ledger import LedgerError, address_of, grew, is_older, read

    try:
        kept = read(options.place)
        newer = read(options.later or address_of(kept))
    except LedgerError as error:
        print(error, file=sys.stderr)
        return 2
    if is_older(newer, kept):
        print("The second ledger is older than the first: name the one that was kept first.", file=sys.stderr)
    findings = grew(kept, newer)
    for finding in findings:
        print(f"{finding}{' (allowed)' if finding.is_allowed else ''}")
    broken = sum(not finding.is_allowed for finding in findings)
    if broken:
        print(f"History was rewritten: {broken} change{'s' * (broken != 1)} to what was published.")
        return 1
    added = len(newer["records"]) - len(kept["records"])
    print(f"History only grew: all {len(kept['records'])} records of the kept ledger still stand, and {added} "
          f"{'has' if added == 1 else 'have'} been added.")
    return 0


class _UsageError(Exception):
    """Nothing can be said, for a reason that lies here and not with the site."""


def _verify_site(options: argparse.Namespace) -> int:
    from ..records.partial_date import day_in_words
    from ..verify import site as verify_site
    from ..verify.place import PlaceError

    now = today(options)
    try:
        place, name = _place(options, now)
        try:
            made = verify_site.day_of(place)
        except PlaceError as error:
            print(f"{name}: {verify_site.INDEX} {error}.")
            return 1
        findings = [*verify_site.age(made, now), *verify_site.certificate(place, now)]
        compared = 0
        if verify_site.is_believable(made, now):
            with _built(options, made) as folder:
                compared = len(verify_site.files(folder))
                findings += verify_site.compare(place, folder, now)
    except _UsageError as error:
        print(error, file=sys.stderr)
        return 2
    print(*verify_site.shortened(findings), sep="\n", end="\n" * bool(findings))
    if findings:
        print(f"{name} is not as it should be: {len(findings)} {'thing' if len(findings) == 1 else 'things'} found.")
        return 1
    print(f"{name} is what is built here for {day_in_words(made)}: all {compared} files are the same, and programs can "
          "read them.")
    return 0


def _place(options: argparse.Namespace, now: date) -> tuple[object, str]:
    """Return the site to verify, and what to call it. Raises _UsageError."""
    from ..verify.place import Address, Folder

    if options.place is not None and not _is_address(options.place):
        return Folder(Path(options.place)), options.place
    address = options.place or _site_url(options, now)
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        raise _UsageError(f'"{address}" is no address of a site; write it like https://promises.example/')
    return Address(address, options.pause), address


def _site_url(options: argparse.Namespace, now: date) -> str:
    from ..register import load

    register, problems = load(_area(options), now)
    if register is None:
        raise _UsageError("\n".join(map(str, problems)))
    return register.area.site_url


def _area(options: argparse.Namespace) -> Path:
    try:
        return options.area or area(".")
    except argparse.ArgumentTypeError:
        raise _UsageError("This is no area's folder, so there is nothing to compare the site with. Go to the folder "
                          "with data/, or name it with --area.") from None


@contextmanager
def _built(options: argparse.Namespace, made: date) -> Iterator[Path]:
    """Give the folder with the site built for the day `made`. Raises _UsageError where there is none of that day."""
    from ..site.build import build
    from ..verify.place import Folder, PlaceError
    from ..verify.site import day_of

    if options.built:
        try:
            other = day_of(Folder(options.built))
        except PlaceError:
            raise _UsageError(f'"{options.built}" is no built site: `board build --out FOLDER` makes one') from None
        if other != made:
            raise _UsageError(f"The site was worked out on {made}, and {options.built} is built for {other}. Build it "
                              f"with --today {made}, or leave out --built.")
        yield options.built
        return
    with tempfile.TemporaryDirectory() as folder:
        with redirect_stdout(sys.stderr):
            failed = build(_area(options), Path(folder) / "site", made, "mkdocs")
        if failed:
            raise _UsageError("What stands here does not build for that day, so the site cannot be compared with it.")
        yield Path(folder) / "site"
