"""Dates of birth. A rule about everyone born in some time, as in "children born after 1 September 2020", is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Found, is_beside, letters_and_digits

MONTH = (r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
         r"|Oct(?:ober)?|"
         r"Nov(?:ember)?|Dec(?:ember)?)\.?")
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
DATE = (rf"(?:[0-9]{{4}}[-./ ][0-9]{{1,2}}[-./ ][0-9]{{1,2}}|[0-9]{{1,2}}[-./ ][0-9]{{1,2}}[-./ ][0-9]{{2,4}}"
        rf"|{DAY}[ -](?:of )?{MONTH},?[ -]'?[0-9]{{2,4}}|{MONTH} {DAY},? [0-9]{{2,4}})(?![0-9])")
BIRTH = re.compile(r"born|birth|o\.? ?b\b|\bb\. ?[0-9]|\bturn", re.I)
BORN = re.compile(
    rf"\b(?:born|birth|birth ?dates?|birthday|date[ _-]of[ _-]birth|d\.? ?o\.? "
    rf"?b\.?)(?![a-z])[^0-9.;\n]{{0,30}}?({DATE})",
    re.I)
AFTERWARDS = re.compile(rf"({DATE})[ ,(\[-]{{1,3}}(?:is |was )?(?:(?:her|his|their|the) )?(?:date of birth|dob\b"
                        rf"|d\.o\.b|"
                        rf"birthday|birth date|when (?:she|he|they) (?:was|were) born)", re.I)
BIRTHDAY = re.compile(rf"\b(?:her|his|their|my|[A-Z][a-z]+'s|son's|daughter's|child's) (?:[a-z0-9]+ )?birthday "
                      rf"(?:is|was|on|falls on)[ a-z]{{0,15}}({DAY} {MONTH}|{MONTH} {DAY})\b")
SHORT = re.compile(rf"(?<![A-Za-z])b\. ?({DATE})", re.I)
TURNED = re.compile(rf"\b(?:turned|turns|will turn) \w+ on (?:the )?({DATE})", re.I)
EVERYONE = re.compile(r"\b(?:children|pupils|babies|people|those|anyone|everyone|all|any child|a child|each child|"
                      r"every child)(?: who (?:is|are|was|were))?(?: \w+){0,2} \Z", re.I)
OF_A_BODY = re.compile(r"\b(?:forum|board|council|school|nursery|trust|charity|centre|team|college|club|group)(?:'s)?"
                       r"(?: \w+){0,2} \Z", re.I)
RULE = re.compile(r"\b(?:between|before|after|since|from|until|or after|or before)\b", re.I)


def births(text: str) -> Iterator[Found]:
    """Yield the dates of birth in a plain text."""
    if not BIRTH.search(text):
        return
    for match in BORN.finditer(text):
        is_rule = RULE.search(text, match.start(), match.start(1))
        if not ((is_rule and is_beside(EVERYONE, text, *match.span())) or is_beside(OF_A_BODY, text, *match.span())):
            yield Found("birth", *match.span(1), letters_and_digits([match[1]]))
    for pattern in (AFTERWARDS, BIRTHDAY, SHORT, TURNED):
        for match in pattern.finditer(text):
            yield Found("birth", *match.span(1), letters_and_digits([match[1]]))
