"""Addresses: email, postcode, house and street. Those that the area lists itself are let through by the caller.

Sources: RFC 5322; Royal Mail, "Programmer's guide to the Postcode Address File", on postcodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Found, letters_and_digits

EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])(?<!://)[A-Za-z0-9][A-Za-z0-9._%+'-]{0,80}"
                   r"@(?:[A-Za-z0-9-]{1,60}\.){1,5}[A-Za-z]{2,20}")
EMAIL_IN_WORDS = re.compile(
    r"\b[A-Za-z0-9][A-Za-z0-9.+_-]{0,80} ?(?:[\[({] ?(?:at|@) ?[\])}] ?[A-Za-z0-9-]+(?: ?(?:\.|[\[({] ?dot "
    r"?[\])}]| dot ) ?[A-Za-z0-9-]+)+"
    r"| at [A-Za-z0-9-]+(?: ?dot ?| dot )[A-Za-z]{2,}(?:(?: ?dot ?| dot )[A-Za-z]{2,})*)\b", re.I)

SPELT_OUT = re.compile(r"\bdot\b|[\[({] ?(?:at|@) ?[\])}]", re.I)

AREAS = frozenset(re.findall(r"[A-Z]+", """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW
UB W WA WC WD WF WN WR WS WV YO ZE
"""))
"""The letters with which postcodes begin."""
POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2})[0-9][0-9A-HJKMNPR-Ya-hjkmnpr-y]?[ _-]{0,2}"
    r"[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![A-Za-z0-9])")
ORDINAL = re.compile(r"(?:1st|2nd|3rd|[0-9]th)\Z")

STREET = re.compile(
    r"(?<![0-9A-Za-z.,£/-])(?<![0-9] )[1-9][0-9]{0,2}[a-f]?,? (?:(?!January|February|March|April|May|June|July|"
    r"August|September|October|November|December|Years?|Primary|Secondary|Special)[A-Z][a-z'-]+ ){1,3}"
    r"(?:Road|Rd|Street|Avenue|Ave|Close|Lane|Drive|Crescent|Court|Gardens|Grove|Terrace|Mews|Rise|Row|Way|Walk|Place|"
    r"Square|Hill|View)(?=[.,;:)\"'\n]|$| in [A-Z]| is\b| was\b| at\b| and\b)")


def addresses(text: str) -> Iterator[Found]:
    """Yield the email addresses, postcodes and street addresses in a plain text."""
    for match in EMAIL.finditer(text) if "@" in text else ():
        yield Found("email", *match.span(), match[0].lower())
    if SPELT_OUT.search(text):
        for match in EMAIL_IN_WORDS.finditer(text):
            yield Found("email", *match.span(), letters_and_digits([match[0]]).lower())
    for match in POSTCODE.finditer(text):
        if match[1].upper() in AREAS and not ORDINAL.search(match[0]):
            yield Found("postcode", *match.span(), letters_and_digits([match[0]]))
    for match in STREET.finditer(text):
        yield Found("street", *match.span(), letters_and_digits([match[0]]))
