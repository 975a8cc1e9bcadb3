"""Scans the files of an area for personal data, and redacts the problems about them.

The scan covers file names, texts, and the hidden details of images and documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ...official import FOLDER as OFFICIAL
from ...official.areas import places, without_places
from ...problem import Code, Problem, Topic
from ...register import Register
from ...sanitise import BINARY, CLEANERS, PROGRAM, Cleaned, HiddenText, UncleanableError, clean_file
from ...sanitise.texts import encoded_texts
from ...source.files import REMEMBERED, relative
from .allowlist import Allowlist, Exceptions
from .detectors import canonical
from .extract import UncheckedError, read_text
from .findings import KINDS, LISTABLE_KINDS, MAX_FINDINGS, Finding, findings, findings_in_name, readings
from .known_words import as_phrase, is_first_name, plain
from .names import public_names
from .normalise import normalisations
from .prefilter import Prefilter
from .schools import schools_in

CODES = (
    Code("personal-data", Topic.PRIVACY,
         "This looks like a number, an address, a date of birth or a name of a child, a parent or a patient. The "
         "message does not repeat it, since everyone can read the messages of a check. Of names, the check asks about "
         "every one that is on no list of words, places, bodies and office-holders. As long as it is in the file, "
         "other messages about that file quote nothing. The address of an office belongs in the list in "
         "data/area.yml. People in public roles are listed there under office_holders. To allow a value for a limited "
         "time, see board safety.",
         "note: Write to the mother, zebedee@families.example.", "note: Write to the parent carer forum."),
    Code("hidden-details", Topic.PRIVACY,
         "A picture or a document holds more than its readers see: who made it, where, on which device. The site "
         "publishes a copy without that. But everyone can read the file itself in the repository.",
         "docs/images/photo-with-its-place.jpg", "docs/images/photo-without-its-place.jpg", level="warning"),
    Code("unchecked-file", Topic.PRIVACY,
         "This file cannot be searched for personal data: it is not text.", "data/letter.pdf", "docs/letter.pdf"),
    Code("exception-over", Topic.PRIVACY, "The exception for this value has expired.", "until: 2026-10-31",
         "until: 2027-10-31"),
    Code("exception-unused", Topic.PRIVACY, "This exception is not needed any more.",
         "- digest: 0123456789abcdef0123456789abcdef\n  kind: postcode", "[]"),
)

LISTS = ("area", "organisations", "forums", "services", "terms", "priorities", "topics", "safety")
"""The lists of what is public, by their kinds."""

WORD = re.compile(r"[^\W\d_][\w'-]*")
PLAN_OF_A_YEAR = re.compile(r"[a-z-]+-(?:19|20)[0-9]{2}\Z")
HIDDEN_PART = re.compile(r"(?:\A|/)\.")
SHELL_SAFE = re.compile(r"[\w./-]+\Z")


class Located(NamedTuple):
    """A finding in a file: its line, and its location in words."""

    finding: Finding
    line: int
    where: str
    is_in_name: bool = False


def nothing_personal(register: Register) -> Iterator[Problem]:
    """Ensures that no file of the area, nor its name, contains personal data, unless data/safety.yml allows it."""
    scanner, files = Scanner(register), list(_files(register))
    scanner.note_clean_names({part for _, path in files for part in path.split("/")})
    for file, path in files:
        yield from scanner.problems(file, path)
    for address, redirect in register.redirects.items():
        for finding in scanner.findings_in_path(redirect.from_.strip("/")):
            yield Problem(*register.location_of("redirects", address, "from"), "personal-data",
                          f"{description(finding)}, in the old address",
                          "take it out, and list the page in data/taken-down.yml: "
                          "the guide “When something goes wrong” says how")
    yield from scanner.exceptions.problems()


class Scanner:
    """Scans files and texts with the allowlist and the exceptions of one area."""

    def __init__(self, register: Register) -> None:
        self.allowlist = _allowlist(register)
        self.exceptions = Exceptions(register)
        # The register has read these already: their text is not read and decoded again.
        self.texts = {document.path: document.text for document, _ in register.documents.values()}
        self.texts |= {page.document.path: page.document.text for page in register.pages}
        # Without the lists of what is public, every name of a body and every address of an office would be asked about.
        # Nothing is published meanwhile, since the list that cannot be read is a problem by itself.
        self.waits_for_lists = not register.unread.isdisjoint(LISTS)
        self.clean_names: set[str] = set()

    def note_clean_names(self, names: set[str]) -> None:
        """Note those names of files and folders that hold nothing: they are short, and at once are searched faster."""
        texts = [text for name in sorted(names) for text in readings(name)]
        possible = {*_prefilter(self.allowlist).candidates(texts)}
        self.clean_names |= {name for name in names if possible.isdisjoint(readings(name))}

    def findings(self, text: str) -> list[Finding]:
        """Return possible personal data in a text that nothing allows."""
        return self._not_excepted(_findings(text, self.allowlist))

    def findings_in_name(self, name: str) -> list[Finding]:
        """Return possible personal data in a file's name that nothing allows."""
        return [] if name in self.clean_names or _is_clean_name(name, self.allowlist) else findings_in_name(
            name, lambda text: self._not_excepted(_findings_in_name(text, self.allowlist)))

    def findings_in_path(self, path: str) -> list[Finding]:
        """Return possible personal data in any part of a path, each with its position in the path."""
        found, start = [], 0
        for part in path.split("/"):
            found += [replace(finding, start=start + finding.start) for finding in self.findings_in_name(part)]
            start += len(part) + 1
        return found

    def _not_excepted(self, found: tuple[Finding, ...]) -> list[Finding]:
        # A digest is slow, and nobody makes an exception for each line of a list.
        return list(found) if len(found) == MAX_FINDINGS else \
            [finding for finding in found if not self.exceptions.allow(finding.kind, finding.value)]

    def problems(self, file: Path, path: str) -> Iterator[Problem]:
        """Yield the problems of one file, which messages call `path`."""
        found = 0
        try:
            for item in self.scan(file, path):
                if self.waits_for_lists and item.finding.kind in ("name", *LISTABLE_KINDS):
                    continue
                found += 1
                yield Problem(path, item.line, "personal-data", f"{description(item.finding)}, {item.where}",
                              "give the file a neutral name" if item.is_in_name else _hint(item.finding, path))
            if found >= MAX_FINDINGS:
                yield Problem(path, 1, "personal-data", f"there may be more: the first {MAX_FINDINGS} are listed",
                              "look at the whole file, since a list of people may not be published")
            removed = _clean_copy(file, path).removed
            if removed:
                yield Problem(path, 1, "hidden-details", f"the file contains {_all_of(removed)}; the site publishes a "
                              "copy without that, but the repository keeps the file", _hint_to_clean(path, removed),
                              level="warning")
        except UncheckedError as error:
            # Records and pages that are too large or unreadable are reported when the register is read, and other
            # files in docs/ that are not published by the check of files.
            if not path.endswith((".yml", ".md")) and not (path.startswith("docs/") and not HIDDEN_PART.search(path)):
                yield Problem(path, 1, "unchecked-file", str(error), error.hint)

    def scan(self, file: Path, path: str) -> Iterator[Located]:
        """Yield what is found in the parts of a file's path, in its text, and in what a copy leaves out.

        Raises UncheckedError.
        """
        for finding in self.findings_in_path(path):
            yield Located(finding, 1, f"in the path from character {finding.start + 1}", is_in_name=True)
        hidden, seen = list(_clean_copy(file, path).texts), set()
        if not (path.startswith("docs/") and file.suffix.lower() in BINARY):
            text = self.texts.get(path) or read_text(file)
            text = without_places(text) if path.startswith(OFFICIAL) else text
            for finding in self.findings(text):
                line, column = finding.position(text)
                seen.add((finding.kind, finding.value))
                yield Located(finding, line, f"column {column}")
            hidden += _encoded_texts(text)
        for part in hidden:
            for finding in self.findings(part.text):
                if (finding.kind, finding.value) not in seen:
                    yield Located(finding, 1, f"in {part.where}")


def _clean_copy(file: Path, path: str) -> Cleaned:
    """Return the clean copy of a file that is published; an empty one for others, and for those that have none."""
    if path.startswith("docs/") and file.suffix.lower() in CLEANERS:
        try:
            return clean_file(file)
        except UncleanableError:  # reported by the check of files
            pass
    return Cleaned(b"")


def findings_in_file(register: Register, file: Path) -> list[tuple[str, Finding]]:
    """Return possible personal data in one file, each with its location in words. Empty if it cannot be examined."""
    try:
        return [(f"line {item.line}, {item.where}", item.finding)
                for item in Scanner(register).scan(file, relative(file, register.root.resolve()))]
    except UncheckedError:
        return []


def names_to_allow(register: Register, texts: Iterable[str]) -> list[str]:
    """Return the names in some texts that a person may allow, since the check asks about them only because they are on
    no list."""
    allowlist = _allowlist(register)
    return list(dict.fromkeys(name for text in texts
                              for name in public_names(next(normalisations(text)).text, allowlist)))


def description(finding: Finding) -> str:
    """Return what a message says of a finding: its kind and its length, never its value."""
    return f"{KINDS[finding.kind]}, {finding.length} characters"


@lru_cache(maxsize=REMEMBERED)
def _findings(text: str, allowlist: Allowlist) -> tuple[Finding, ...]:
    windows = _prefilter(allowlist).windows(text)
    return tuple(findings(text, allowlist, windows=windows, limit=MAX_FINDINGS)) if windows else ()


@lru_cache(maxsize=REMEMBERED)
def _is_clean_name(name: str, allowlist: Allowlist) -> bool:
    return not findings_in_name(name, lambda text: list(_findings_in_name(text, allowlist)))


def _findings_in_name(name: str, allowlist: Allowlist) -> tuple[Finding, ...]:
    windows = _prefilter(allowlist).windows(name)
    return tuple(findings(name, allowlist, windows=windows)) if windows else ()


@lru_cache(maxsize=REMEMBERED)
def _encoded_texts(text: str) -> tuple[HiddenText, ...]:
    return tuple(encoded_texts(text))


@lru_cache(maxsize=4)
def _prefilter(allowlist: Allowlist) -> Prefilter:
    return Prefilter(allowlist)


def _allowlist(register: Register) -> Allowlist:
    """Return what the area's own lists allow: every address and number in data/area.yml, data/organisations.yml,
    data/forums.yml and data/services.yml, the chair and the office-holders, the places that official statistics name,
    the schools in its postcodes, and the words in names of organisations, services, terms, priorities and topics.

    The ids of plans that end in a year are allowed too: with "plan:" before it, such an id looks like the reference of
    a child's plan.
    """
    listed = {document.path: document.text for (kind, _), (document, _) in register.documents.items()
              if kind in ("area", "organisations", "forums", "services")}
    area = register.area
    people = {as_phrase(person.name) for person in (getattr(area, "chair", None), *getattr(area, "office_holders", ()))
              if person and person.name}
    allowed = {as_phrase(item.allow) for item in register.safety if item.allow}
    words, phrases = {name for name in allowed if " " not in name}, {name for name in allowed if " " in name}
    for names in (tuple(_listed_names(register)), tuple(place.name for place in places())):
        words |= _words_of(names)
        phrases |= _phrases_of(names)
    plans = frozenset(("reference", canonical(id)) for id in register.ids("plans") if PLAN_OF_A_YEAR.match(id))
    postcodes = frozenset(getattr(area, "postcodes", ()))
    return _cached_allowlist("\n\n".join(listed.values()), frozenset(people), frozenset(words), frozenset(phrases),
                             plans, postcodes)


@lru_cache(maxsize=8)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    # A hospital called after a man does not make his first name anyone's.
    return frozenset(plain(word) for name in names for word in WORD.findall(name)
                     if word[0].isupper() and (not is_first_name(word) or " " not in name))


@lru_cache(maxsize=8)
def _phrases_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrase for phrase in map(as_phrase, names)
                     if " " in phrase and any(map(is_first_name, phrase.split())))


@lru_cache(maxsize=4)
def _cached_allowlist(listed: str, people: frozenset[str], words: frozenset[str], phrases: frozenset[str],
                      plans: frozenset[tuple[str, str]], postcodes: frozenset[str]) -> Allowlist:
    # The same lists give the same object, so that the caches above compare it by identity.
    found = allow_listed(listed, people, words, phrases)
    return replace(found, values=found.values | plans, schools=schools_in(postcodes))


def allow_listed(text: str, people: frozenset[str] = frozenset(), words: frozenset[str] = frozenset(),
                 phrases: frozenset[str] = frozenset()) -> Allowlist:
    """Return an allowlist of all contact details and addresses in a text, and of people, words and names of several
    words in lower case."""
    # Names never take the place of another finding.
    windows = Prefilter(Allowlist()).windows(text, with_names=False)
    return Allowlist(frozenset((finding.kind, finding.value) for finding in findings(text, windows=windows)
                               if finding.kind in LISTABLE_KINDS), people, words, phrases)


def _listed_names(register: Register) -> Iterator[str]:
    area = register.area
    yield from (getattr(area, key, "") for key in ("name", "site_name"))
    for organisation in register.organisations.values():
        yield from (organisation.name, organisation.short_name or "", *organisation.also)
    for term in register.terms.values():
        yield from (term.term, term.full or "", *term.also)
    for priority in register.priorities.values():
        yield priority.title
    for topic in register.topics.values():
        yield from (topic.title, *topic.also)
    for service in register.services.values():
        yield from (service.name, *service.also)


def _files(register: Register) -> Iterator[tuple[Path, str]]:
    """Yield each file in data/ and docs/ with its path for messages.

    Links that lead out of the area are skipped: another check reports them.
    """
    root = register.root.resolve()
    for file in register.files:
        try:
            if file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(root)):
                yield file, relative(file, register.root)
        except (OSError, RuntimeError):
            continue


def _hint(finding: Finding, path: str) -> str:
    if finding.kind in LISTABLE_KINDS:
        otherwise = "if it may be published, list it in data/area.yml"
    elif finding.kind == "name":
        otherwise = ("if it is an ordinary word, or anyone may know it, as the name of a place, a school or a body, "
                     "add the line - allow: NAME to data/safety.yml; if the person holds an office, list them under "
                     "office_holders in data/area.yml")
    else:
        otherwise = f"if it belongs to no one, see board safety {path if SHELL_SAFE.match(path) else 'FILE'}"
    return f"remove it, because everyone can read this file; {otherwise}"


def _all_of(things: tuple[str, ...]) -> str:
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last


def _hint_to_clean(path: str, removed: tuple[str, ...]) -> str:
    if removed == (PROGRAM,):
        return "ask the person who sent it for a file without a program"
    if path.endswith(".pdf"):
        return "if it must stay private, delete it in the original, and export it as PDF again"
    return "if it must stay private, add a screenshot of it instead"


QUOTE = re.compile(r"\"[^\"]*\"")
REDACTED = "…"
REDACTED_HINT = "remove the personal data, and check again to read the whole message"
EXAMPLE_VALUES = frozenset(("name@example.org",))
"""Examples that messages themselves contain."""


def redact(problems: Iterable[Problem], register: Register) -> list[Problem]:
    """Return the problems, sorted, without personal data in their messages, hints and file names.

    If a file contains personal data, its other problems quote nothing at all: a quote may be cut short, or start on
    another line, and then show a part of it that no detector recognises. In other problems only findings are removed.
    """
    problems = sorted(set(problems))
    personal = {problem.path for problem in problems if problem.code == "personal-data"}
    scanner = Scanner(register)
    paths = {path: _redacted_path(path, scanner) for path in {problem.path for problem in problems}}
    return sorted({_redacted(problem, scanner, paths, quotes=problem.code == "personal-data" or
                             problem.path not in personal) for problem in problems})


def _redacted(problem: Problem, scanner: Scanner, paths: Mapping[str, str], *, quotes: bool) -> Problem:
    message = problem.message if quotes else QUOTE.sub(f'"{REDACTED}"', problem.message)
    message = _redacted_text(message, scanner)
    hint = _redacted_text(problem.hint, scanner) if quotes else REDACTED_HINT
    # Messages also name other files, such as the second one with the same id.
    for path, redacted in paths.items():
        if path != redacted:
            message, hint = message.replace(path, redacted), hint.replace(path, redacted)
    return replace(problem, path=paths[problem.path], message=message, hint=hint)


def _redacted_text(text: str, scanner: Scanner) -> str:
    return _without(text, [finding for finding in scanner.findings(text) if finding.value not in EXAMPLE_VALUES])


def _redacted_path(path: str, scanner: Scanner) -> str:
    """Return a path whose parts that hold personal data are left out whole: a name may go on where a finding ends."""
    found, start, parts = scanner.findings_in_path(path), 0, []
    for part in path.split("/"):
        end = start + len(part)
        is_personal = any(start <= finding.start < end for finding in found)
        parts.append(REDACTED + PurePosixPath(part).suffix if is_personal else part)
        start = end + 1
    return "/".join(parts)


def _without(text: str, found: list[Finding]) -> str:
    # From the last to the first, so that the positions of the others remain right.
    for finding in sorted(found, reverse=True):
        text = text[:finding.start] + REDACTED + text[finding.end:]
    return text
