"""Numbers and references of one child's case or plan. No library knows them: each body makes its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Found, is_beside, letters_and_digits

CHILDS = (r"(?:EHCP|EHC(?: plan)?|EHCNA|SEND?(?: plan)?|education,? health and care plan|case(?:work)?|client"
          r"|pupil|child|"
          r"student|learner|patient|service user|hospital|medical record|tribunal|appeal|complaint|referral"
          r"|safeguarding|"
          r"Mosaic|Liquidlogic|LCS|EHM|Synergy|Capita|CareDirector|SystmOne|RiO|EMIS|MRN|social care|plan)")
NUMBERED = r"(?:'s)?[ _(-]{0,2}(?:ref(?:erence)?s?(?: (?:numbers?|no\.?|code))?|numbers?|nos?|num|id|code)(?![a-z])\.?"
TOKEN = r"((?:[A-Z]{1,5}[-/ ]?)?(?:[0-9A-Z]{1,6}[-/])*[0-9]{3,}(?:[-/][0-9A-Z]+)*)(?![0-9A-Za-z])"
NAMED = re.compile(rf"\b{CHILDS}{NUMBERED}(?: (?:is|was|of|given was))?[ :#=\"(-]{{0,3}}{TOKEN}", re.I)
HASHED = re.compile(rf"\b{CHILDS} ?[:#][ #]?{TOKEN}", re.I)
JOINED = re.compile(r"\b(?:EHCP|EHCNA|EHC|SEN|SEND|LCS|MOSAIC)[-/](?:[0-9A-Z]{1,5}[-/])*[0-9]{4,}(?:[-/][0-9A-Z]+)*"
                    r"(?![0-9A-Za-z])")
WITH = re.compile(rf"\b(?:plan|case|child|pupil|family|appeal|EHCP)[^.\n0-9]{{0,20}} (?:with|under) (?:the )?"
                  rf"(?:reference|ref|number|no)(?: number)?[ :#.]{{0,3}}{TOKEN}", re.I)
BEGUN = re.compile(rf"\b{CHILDS}(?:{NUMBERED}| ?[:#])| (?:with|under) (?:the )?(?:ref|n)|\bEH[0-9]{{3}}/"
                   r"|\b(?:EHCP|EHCNA|EHC|SEND?|LCS|MOSAIC)[-/]", re.I)
"""How each pattern begins: without it none of them is found."""

LONG_NUMBER = re.compile(
    # The first digit is looked at before what stands around it: a pattern that begins like that is much faster.
    r"[0-9](?<![0-9].)(?<!/[adf]-.)(?!(?<=(?<![\w/-])[ADF]-.)[0-9]*(?![0-9]|[/-][0-9A-Za-z]))"
    r"(?!(?<=1)9[0-9]{2}(?![0-9])|(?<=2)0[0-9]{2}(?![0-9]))[0-9]{3,}")
"""What every reference holds, and few texts do: only there the slower patterns are worth it. A year is no such number,
nor is an id of this site's own records, as it is written or in the address of its page."""

TRIBUNAL = re.compile(r"\bEH[0-9]{3}/[0-9]{2}/[0-9]{5}\b")
YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:[-/](?:[0-9]{2}|(?:19|20)[0-9]{2}))?\Z")
ID_OF_THE_SITE = re.compile(r"[ADF]-[0-9]{3,}\Z")
ORGANISATIONS = re.compile(r"\b(?:FOI|freedom of information|URN|unique reference|charity|company|contract|tender"
                           r"|notice|"
                           r"ISBN|inspection|planning|consultation)\b[^.\n]{0,30}\Z", re.I)


def references(text: str) -> Iterator[Found]:
    """Yield the references of cases and plans in a plain text."""
    if not LONG_NUMBER.search(text):
        return
    for pattern in (NAMED, HASHED, WITH):
        for match in pattern.finditer(text):
            if not YEARS.match(match[1]) and not ID_OF_THE_SITE.match(match[1]) \
                    and sum(sign.isdigit() for sign in match[1]) > 3 \
                    and not is_beside(ORGANISATIONS, text, *match.span()):
                yield Found("reference", *match.span(1), letters_and_digits([match[1]]))
    for pattern in (JOINED, TRIBUNAL):
        for match in pattern.finditer(text):
            if not YEARS.match(match[0].split("-", 1)[-1]):
                yield Found("reference", *match.span(), letters_and_digits([match[0]]))
