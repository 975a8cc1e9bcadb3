"""Telephone numbers, by phonenumbers, and what it passes over.

Its VALID leniency does not know the numbers that Ofcom keeps for drama, and POSSIBLE takes dates and budgets for
telephones. So only what is dialled as one counts: with 0, +44 or 0044 before it, or beside a word such as "ring".
Source: Ofcom, "National Telephone Numbering Plan"; Ofcom, "Telephone numbers for use in TV and radio drama programmes".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from .found import Found, is_beside, is_inside, letters_and_digits, web_addresses

DIALLED = re.compile(
    r"(?<![0-9A-Za-z,])(?<![0-9]\.)(?:(?:\+|\b00 ?)44[ ().-]{0,3}(?:0[ ).-]{0,2})?|\(?0)[1235789]"
    r"(?:[ ()._/-]{0,3}[0-9]){7,9}(?![0-9A-Za-z]|[.,/][0-9]|-[0-9])")
ABROAD = re.compile(r"\+(?!44)[1-9][0-9]{0,2}(?:[ ()./-]{0,2}[0-9]){6,12}(?![0-9A-Za-z])")
BESIDE = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|ring|rang|call|called|text|whatsapp|landline|contact number"
    r"|(?:my|our|her|his|their) number)\b[^0-9\n.,;<>=\"]{0,25}[:.]? ?"
    r"((?:\([0-9]{3,5}\) ?)?[0-9](?:[ -]?[0-9]){5,10})(?![0-9A-Za-z]|[.,/:-][0-9]|[ ]?%)", re.I)
IN_ADDRESS = re.compile(r"(?:tel|phone|mobile|wa\.me|whatsapp)[^\s]{0,20}\Z", re.I)
DATE = re.compile(r"\(?0?[0-9]{1,2}[ ./-][01]?[0-9][ ./-](?:19|20)[0-9]{2}(?![0-9])|(?:19|20)[0-9]{2}[ -]")
DRAMA = re.compile(r"8081570|9098790|3069990|7700900|1632960|2079460|(?:113|114|115|116|117|118|121|131|141|151"
                   r"|161)4960"
                   r"|1914980|2896496|2920180")
EVERYBODYS = re.compile(r"300|303|80|116[0-9]{3}\Z")
"""Numbers that no family has: public bodies' and charities', freephone, and Europe's helplines."""


def telephones(text: str) -> Iterator[Found]:
    """Yield the telephone numbers in a plain text, those of helplines and public bodies left out."""
    addresses = web_addresses(text)
    for match in DIALLED.finditer(text):
        if DATE.match(match[0]) or (is_inside(match.span(), addresses) and not \
                is_beside(IN_ADDRESS, text, *match.span(), before=40)):
            continue
        national = _national(match[0])
        if _is_somebodys(national):
            yield Found("telephone", *match.span(), national)
    for match in ABROAD.finditer(text):
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(match[0])):
                yield Found("telephone", *match.span(), letters_and_digits([match[0]]))
        except phonenumbers.NumberParseException:
            continue
    for match in BESIDE.finditer(text):
        number = letters_and_digits([match[1]])
        if not DATE.match(match[1]) and not EVERYBODYS.match(number.removeprefix("0")):
            yield Found("telephone", *match.span(1), number.removeprefix("0"))


def _national(written: str) -> str:
    digits = letters_and_digits([written])
    digits = digits.removeprefix("00") if digits.startswith("0044") else digits
    return (digits.removeprefix("44") if digits.startswith("44") else digits).lstrip("0")


def _is_somebodys(national: str) -> bool:
    if DRAMA.match(national):
        return len(national) == 10
    if EVERYBODYS.match(national):
        return False
    number = phonenumbers.PhoneNumber(country_code=44, national_number=int(national))
    return phonenumbers.is_valid_number(number) or (len(national) == 10 and phonenumbers.is_possible_number(number))
