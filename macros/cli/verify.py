"""`board verify`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .options import area, command, day, seconds, today

if TYPE_CHECKING:
    from ..verify.published_site import PublishedSite


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "verify", run,
        more="Given a site, it compares every file with your own build for the same day, and says what is about to\n"
             "expire. Given a saved ledger, it names each promise that was changed or removed.",
        examples=["verify", "verify https://promises.example/", "verify folder-with-a-site", "verify saved.json",
                  "verify saved.json later.json"])
    parser.add_argument("place", metavar="PLACE", nargs="?",
                        help="a site: its address or a folder (default: the area's own address); or a saved ledger: a "
                             "file or a web address that ends in .json")
    parser.add_argument("later", metavar="LATER", nargs="?",
                        help="a later ledger (default: the site's own, today)")
    parser.add_argument("--built", type=Path, metavar="FOLDER",
                        help="the site built for the same day, to compare with (default: builds it)")
    parser.add_argument("--pause", type=seconds, default=0.1, metavar="SECONDS",
                        help="the pause before each request (default: 0.1)")
    parser.add_argument("--limit", type=seconds, default=1200, metavar="SECONDS",
                        help="how long the site may take for all files together (default: 1200)")
    parser.add_argument("--area", type=area, metavar="FOLDER",
                        help="the area's folder, the one with data/ (default: here)")
    parser.add_argument("--today", type=day, metavar="DAY",
                        help="the day to reckon from, such as 2026-11-24 (default: today in England)")


def run(options: argparse.Namespace) -> int:
    """Verify a site or a ledger. Returns 0 if it is as it should be, 1 if not, 2 if it could not be verified."""
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
    from ..verify.ledger import LedgerError, address_of, find_changes, is_older, read

    try:
        saved = read(options.place)
        newer = read(options.later or address_of(saved))
    except LedgerError as error:
        print(error, file=sys.stderr)
        return 2
    if is_older(newer, saved):
        print("The second ledger is older than the first: name the saved one first.", file=sys.stderr)
    findings = find_changes(saved, newer)
    for finding in findings:
        print(f"{finding}{' (allowed)' if finding.is_allowed else ''}")
    broken = sum(not finding.is_allowed for finding in findings)
    if broken:
        print(f"History was rewritten: {broken} change{'s' * (broken != 1)} to what was published.")
        return 1
    added = len(newer["records"]) - len(saved["records"])
    print(f"History only grew: all {len(saved['records'])} records of the saved ledger are unchanged, and {added} "
          f"{'has' if added == 1 else 'have'} been added.")
    return 0


class _UsageError(Exception):
    """The site could not be verified, for a reason on this side."""


def _verify_site(options: argparse.Namespace) -> int:
    from ..records.partial_date import day_in_words
    from ..verify import site as verify_site
    from ..verify.published_site import SiteError

    now = today(options)
    try:
        published, name = _published_site(options, now)
        try:
            built_for = verify_site.day_of(published)
        except SiteError as error:
            print(f"{name}: {verify_site.INDEX_PATH} {error}.")
            return 1
        findings = [*verify_site.age(built_for, now), *verify_site.certificate(published, now)]
        compared = 0
        if verify_site.is_plausible(built_for, now):
            with _built(options, built_for) as folder:
                compared = len(verify_site.files(folder))
                findings += verify_site.compare(published, folder, now)
    except _UsageError as error:
        print(error, file=sys.stderr)
        return 2
    print(*verify_site.shortened(findings), sep="\n", end="\n" * bool(findings))
    if findings:
        print(f"{name} is not as it should be: {len(findings)} {'thing' if len(findings) == 1 else 'things'} found.")
        return 1
    print(f"{name} is the site built here for {day_in_words(built_for)}: all {compared} files are the same, "
          "and programs can read them.")
    return 0


def _published_site(options: argparse.Namespace, now: date) -> tuple[PublishedSite, str]:
    """Return the site to verify, and its name for messages. Raises _UsageError."""
    from ..verify.published_site import SiteFolder, WebSite

    if options.place is not None and not _is_address(options.place):
        return SiteFolder(Path(options.place)), options.place
    address = options.place or _site_url(options, now)
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        raise _UsageError(f'"{address}" is not the address of a site; write it like https://promises.example/')
    return WebSite(address, options.pause, total_seconds=options.limit), address


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
        raise _UsageError("This is not the folder of an area, so there is nothing to compare the site with. Go to the "
                          "folder with data/, or name it with --area.") from None


@contextmanager
def _built(options: argparse.Namespace, built_for: date) -> Iterator[Path]:
    """Yield the folder of the site built for a day. Raises _UsageError if it cannot be had."""
    from ..site.build import build
    from ..verify.published_site import SiteError, SiteFolder
    from ..verify.site import day_of

    if options.built:
        try:
            other = day_of(SiteFolder(options.built))
        except SiteError:
            raise _UsageError(f'"{options.built}" is not a built site: `board build --out FOLDER` makes one') from None
        if other != built_for:
            raise _UsageError(f"The site was built for {built_for}, and {options.built} for {other}. Build it with "
                              f"--today {built_for}, or leave out --built.")
        yield options.built
        return
    with tempfile.TemporaryDirectory() as folder:
        with redirect_stdout(sys.stderr):
            failed = build(_area(options), Path(folder) / "site", built_for, "mkdocs")
        if failed:
            raise _UsageError("These records do not build for that day, so there is nothing to compare the site with.")
        yield Path(folder) / "site"
