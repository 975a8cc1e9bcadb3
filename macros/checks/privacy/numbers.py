"""Numbers that stand for one person: NHS, unique pupil, National Insurance, and taxpayer's.

Check digits are left to python-stdnum, which has no National Insurance number.
Sources: NHS Data Dictionary, "NHS number"; DfE, "Unique pupil numbers"; HMRC, National Insurance Manual, NIM39110.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.gb import nhs, upn, utr

from .found import Found, is_beside, is_inside, letters_and_digits, web_addresses

TEN = re.compile(r"(?<![0-9A-Za-z.,£$€])(?<![0-9] )([0-9]{3})([ ._/-]{0,2})([0-9]{3})([ ._/-]{0,2})([0-9]{4})"
                 r"(?![0-9A-Za-z]|[.,][0-9]| ?%| [0-9]{3}\b)")
TEN_OF_ANY_GROUPS = re.compile(r"(?<![0-9A-Za-z.,£$€])(?:[0-9][ ._/-]?){9}[0-9](?![0-9A-Za-z]|[.,][0-9])")
NHS_BEFORE = re.compile(r"\bNHS\b[^0-9\n.]{0,25}\Z|\bNHS[ -]?(?:numbers?|nos?|num|id)\b|\bpatient\b", re.I)
NHS_NAMED = re.compile(r"\bNHS[ _-]?(?:numbers?|no|num|id)\b\.?[^0-9\n.]{0,20}\Z", re.I)
NOT_HEALTH = re.compile(r"\bISBN\b|\bISSN\b|\bfigures?\b[^.]{0,20}\Z|\bcompany\b|\bcharity\b", re.I)
UTR_BEFORE = re.compile(r"\bUTRs?\b|\btax ?payer(?:'s)? (?:reference|number)|\btax (?:reference|number)|\bself[ "
                        r"-]assessment",
                        re.I)
PUPIL = re.compile(r"(?<![0-9A-Za-z])[A-HJ-NP-RT-Z](?:[ _-]?[0-9]){11}[ _-]?[0-9A-HJ-NP-RT-Z](?![0-9A-Za-z])", re.I)
PUPIL_NAMED = re.compile(r"\bUPNs?\b[^0-9\n.]{0,20}\Z|\bunique pupil numbers?\b[^0-9\n.]{0,20}\Z", re.I)
INSURANCE = re.compile(
    r"(?<![0-9A-Za-z])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[0-9]{2}"
    r"[ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[A-D](?![0-9A-Za-z])", re.I)
INSURANCE_NAMED = re.compile(
    r"(?:\bNational Insurance|\bNINO|\bNI) ?(?:numbers?|no\.?)?[^0-9\n.]{0,12}?"
    r"\b([A-Z]{2}[ ._-]?[0-9]{2}[ ._-]?[0-9]{2}[ ._-]?[0-9]{2}(?:[ ._-]?[A-Z])?)(?![0-9A-Za-z])", re.I)


def numbers(text: str) -> Iterator[Found]:
    """Yield the numbers in a plain text that stand for a person."""
    addresses = web_addresses(text)
    for match in TEN_OF_ANY_GROUPS.finditer(text):
        digits = letters_and_digits([match[0]])
        if is_beside(UTR_BEFORE, text, *match.span()):
            yield Found("tax-reference", *match.span(), digits)
        elif nhs.is_valid(digits) and is_beside(NHS_NAMED, text, *match.span()):
            yield Found("nhs-number", *match.span(), digits)
    for match in TEN.finditer(text):
        digits = letters_and_digits([match[0]])
        if is_beside(NHS_NAMED, text, *match.span()) or (nhs.is_valid(digits) and _may_be_issued(digits)
                                                         and _reads_as_one(text, match.span(), addresses)):
            yield Found("nhs-number", *match.span(), digits)
    for match in PUPIL.finditer(text):
        number = letters_and_digits([match[0]])
        if upn.is_valid(number) or is_beside(PUPIL_NAMED, text, *match.span()):
            yield Found("pupil-number", *match.span(), number)
    for match in INSURANCE.finditer(text):
        yield Found("insurance-number", *match.span(), letters_and_digits([match[0]]))
    for match in INSURANCE_NAMED.finditer(text):
        yield Found("insurance-number", *match.span(1), letters_and_digits([match[1]]))
    for match in re.finditer(r"(?<![0-9A-Za-z])[0-9]{10}K(?![0-9A-Za-z])", text):
        if utr.is_valid(match[0][:10]):
            yield Found("tax-reference", *match.span(), match[0])


def _may_be_issued(digits: str) -> bool:
    """Tell whether an NHS number lies where numbers are given out, or kept for tests. Scotland's begin with a birth."""
    return digits[0] in "4679" or "320" <= digits[:3] < "400" or \
        ("01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12")


def _reads_as_one(text: str, place: tuple[int, int], addresses: list[tuple[int, int]]) -> bool:
    """Tell whether ten digits that pass the check stand as an NHS number would, and not in an address or a figure."""
    return is_beside(NHS_BEFORE, text, *place, after=20) or not (
        is_inside(place, addresses) or is_beside(NOT_HEALTH, text, *place, before=30))
