"""The explanations of all codes, by topic: the content of the page that explains the checks."""

from __future__ import annotations

from ..ledger.codes import CODES as LEDGER_CODES
from ..problem import Code, Topic
from . import CHECKS, READING


def all_codes() -> list[Code]:
    """Return every code that a problem can have: those of reading, of each check, and of the ledger."""
    checked = [code for check in CHECKS for code in check.codes]
    return list(dict.fromkeys((*READING, *checked, *LEDGER_CODES)))


def codes_by_topic() -> dict[Topic, list[Code]]:
    """Return the codes of each topic, in the order of the table."""
    codes = all_codes()
    return {topic: [code for code in codes if code.topic is topic] for topic in Topic}
