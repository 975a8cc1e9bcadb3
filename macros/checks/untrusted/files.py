"""Files in docs/ beside the pages: pictures, tables and documents, which the site publishes as clean copies."""

from __future__ import annotations

from collections.abc import Iterator

from ...problem import Code, Problem, Topic, quoted
from ...register import Register
from ...sanitise import CLEANERS, UncleanableError, clean_file, instead
from ...source.files import relative

CODES = (
    Code("site-file", Topic.TRUST,
         "The site does not publish files of this kind: they can run programs, hold more than readers see, or are not "
         "what readers can open. Or the folder is one that the site generates.", "docs/plan.docx", "docs/plan.pdf"),
    Code("file-not-clean", Topic.TRUST,
         "The site publishes a clean copy of each picture, document and table: without programs, earlier versions, "
         "notes, and details of who made it and where. Of this file it can make none. The message says why, and what "
         "to do.",
         '<image xlink:href="https://elsewhere.example/x.png"/>', '<image href="data:image/png;base64,iVBORw0KGgo="/>'),
)

GENERATED = ("api", "assets", "cards", "feeds", "search", ".well-known")
"""Folders that the site generates."""


def files_can_be_cleaned(register: Register) -> Iterator[Problem]:
    """Ensures that docs/ holds only kinds of file that the site publishes, and that each has a clean copy."""
    for file in register.files:
        home, *parts = file.parts[len(register.root.parts):]
        if home != "docs" or not file.is_file() or (file.name.startswith(".") and parts[0] != ".well-known"):
            continue
        path, suffix = relative(file, register.root), file.suffix.lower()
        if parts[0] in GENERATED and len(parts) > 1:
            yield Problem(path, 1, "site-file", f"the site generates the folder {quoted(parts[0])} itself",
                          "put the file into another folder, such as docs/files/")
        elif suffix == ".md":
            continue
        elif suffix not in CLEANERS:
            yield Problem(path, 1, "site-file", f"files that end in {quoted(suffix or file.name)} are not published",
                          instead(suffix))
        else:
            try:
                clean_file(file)
            except UncleanableError as error:
                for line, message in ((error.line, str(error)), *error.further):
                    yield Problem(path, line, "file-not-clean", message, error.hint)
