"""Detectors: patterns for numbers, telephones, addresses, dates of birth and case references in normalised text.

A detector takes a normalised text and yields matches. It knows nothing of files, allowlists or messages. The prefilter
has a cheaper necessary condition for each pattern here: a change of a pattern may need a change there.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

CONTEXT_WIDTH = 60
"""How many characters before a match may hold the words that decide what it is."""

URL = re.compile(r"(?:https?://|www\.|doi:)[^\s<>\"]+|\b10\.[0-9]{4,9}/[^\s<>\"]+", re.I)
URL_START = re.compile(r"://|www\.|doi:|\b10\.")


class Match(NamedTuple):
    """A detector's hit, from `start` to before `end` of the normalised text. `value` is its canonical form."""

    kind: str
    start: int
    end: int
    value: str


def web_urls(text: str) -> list[tuple[int, int]]:
    """Return the spans of URLs and digital object identifiers: a long number inside one is usually an id."""
    return [match.span() for match in URL.finditer(text)] if URL_START.search(text) else []


def is_inside(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Return whether a span lies completely inside one of the others, which are sorted and share no character."""
    at = bisect(others, (span[0], sys.maxsize)) - 1
    return at >= 0 and span[1] <= others[at][1]


def is_near(pattern: re.Pattern[str], text: str, start: int, end: int, before: int = CONTEXT_WIDTH,
            after: int = 0) -> bool:
    """Return whether a pattern matches in the characters before `start` or after `end`."""
    return bool(pattern.search(text, max(0, start - before), start)
                or (after and pattern.search(text, end, end + after)))


def canonical(text: str) -> str:
    """Return the letters and digits of a text in capitals: the same number is the same however it is spaced."""
    return "".join(filter(str.isalnum, text)).upper()


TEN_DIGITS = re.compile(
    r"(?<![0-9A-Za-z.,£$€])(?<![0-9] )([0-9]{3})([ ._/-]{0,2})([0-9]{3})([ ._/-]{0,2})([0-9]{4})"
    r"(?![0-9A-Za-z]|[.,][0-9]| ?%| [0-9]{3}\b)")
TEN_DIGITS_IN_ANY_GROUPS = re.compile(r"(?<![0-9A-Za-z.,£$€])(?:[0-9][ ._/-]?){9}[0-9](?![0-9A-Za-z]|[.,][0-9])")
NHS_BEFORE = re.compile(r"\bNHS\b[^0-9\n.]{0,25}\Z|\bNHS[ -]?(?:numbers?|nos?|num|id)\b|\bpatient\b", re.I)
NHS_NAMED = re.compile(r"\bNHS[ _-]?(?:numbers?|no|num|id)\b\.?[^0-9\n.]{0,20}\Z", re.I)
NOT_NHS_BEFORE = re.compile(r"\bISBN\b|\bISSN\b|\bfigures?\b[^.]{0,20}\Z|\bcompany\b|\bcharity\b", re.I)
UTR_BEFORE = re.compile(
    r"\bUTRs?\b|\btax ?payer(?:'s)? (?:reference|number)|\btax (?:reference|number)|\bself[ -]assessment", re.I)
PUPIL = re.compile(r"(?<![0-9A-Za-z])[A-HJ-NP-RT-Z](?:[ _-]?[0-9]){11}[ _-]?[0-9A-HJ-NP-RT-Z](?![0-9A-Za-z])", re.I)
PUPIL_NAMED = re.compile(r"\bUPNs?\b[^0-9\n.]{0,20}\Z|\bunique pupil numbers?\b[^0-9\n.]{0,20}\Z", re.I)
INSURANCE = re.compile(
    r"(?<![0-9A-Za-z])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[0-9]{2}"
    r"[ ._-]{0,2}[0-9]{2}[ ._-]{0,2}[A-D](?![0-9A-Za-z])", re.I)
INSURANCE_NAMED = re.compile(
    r"(?:\bNational Insurance|\bNINO|\bNI) ?(?:numbers?|no\.?)?[^0-9\n.]{0,12}?"
    r"\b([A-Z]{2}[ ._-]?[0-9]{2}[ ._-]?[0-9]{2}[ ._-]?[0-9]{2}(?:[ ._-]?[A-Z])?)(?![0-9A-Za-z])", re.I)


def personal_numbers(text: str) -> Iterator[Match]:
    """Yield NHS, unique pupil, National Insurance and taxpayer numbers.

    Check digits are left to python-stdnum, which has no National Insurance number.
    Sources: NHS Data Dictionary, "NHS number"; DfE, "Unique pupil numbers"; HMRC, National Insurance Manual, NIM39110.
    """
    urls = web_urls(text)
    may_be_tax, may_be_nhs = UTR_BEFORE.search(text), "NHS" in text.upper()
    for match in TEN_DIGITS_IN_ANY_GROUPS.finditer(text) if may_be_tax or may_be_nhs else ():
        digits = canonical(match[0])
        if may_be_tax and is_near(UTR_BEFORE, text, *match.span()):
            yield Match("tax-reference", *match.span(), digits)
        elif may_be_nhs and _is_valid("nhs", digits) and is_near(NHS_NAMED, text, *match.span()):
            yield Match("nhs-number", *match.span(), digits)
    for match in TEN_DIGITS.finditer(text):
        digits = canonical(match[0])
        if (may_be_nhs and is_near(NHS_NAMED, text, *match.span())) or (
                _may_be_issued(digits) and _is_valid("nhs", digits) and _has_nhs_context(text, match.span(), urls)):
            yield Match("nhs-number", *match.span(), digits)
    for match in PUPIL.finditer(text):
        number = canonical(match[0])
        if _is_valid("upn", number) or is_near(PUPIL_NAMED, text, *match.span()):
            yield Match("pupil-number", *match.span(), number)
    for match in INSURANCE.finditer(text):
        yield Match("insurance-number", *match.span(), canonical(match[0]))
    for match in INSURANCE_NAMED.finditer(text):
        yield Match("insurance-number", *match.span(1), canonical(match[1]))
    for match in re.finditer(r"(?<![0-9A-Za-z])[0-9]{10}K(?![0-9A-Za-z])", text):
        if _is_valid("utr", match[0][:10]):
            yield Match("tax-reference", *match.span(), match[0])


def _is_valid(kind: str, number: str) -> bool:
    """Return whether the check digits of a number are right. Few texts have one, and python-stdnum loads slowly."""
    return bool(import_module(f"stdnum.gb.{kind}").is_valid(number))


def _may_be_issued(digits: str) -> bool:
    """Return whether a number is in an issued range (Scotland's start with a date of birth) or in the one for tests."""
    return digits[0] in "4679" or "320" <= digits[:3] < "400" or \
        ("01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12")


def _has_nhs_context(text: str, span: tuple[int, int], urls: list[tuple[int, int]]) -> bool:
    """Return whether the context of ten digits with a valid check digit allows an NHS number: not a URL or a figure."""
    return is_near(NHS_BEFORE, text, *span, after=20) or not (
        is_inside(span, urls) or is_near(NOT_NHS_BEFORE, text, *span, before=30))


DOMESTIC = re.compile(
    r"(?<![0-9A-Za-z,])(?<![0-9]\.)(?:(?:\+|\b00 ?)44[ ().-]{0,3}(?:0[ ).-]{0,2})?|\(?0)[1235789]"
    r"(?:[ ()._/-]{0,3}[0-9]){7,9}(?![0-9A-Za-z]|[.,/][0-9]|-[0-9])")
INTERNATIONAL = re.compile(r"\+(?!44)[1-9][0-9]{0,2}(?:[ ()./-]{0,2}[0-9]){6,12}(?![0-9A-Za-z])")
AFTER_TELEPHONE_WORD = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|ring|rang|call|called|text|whatsapp|landline|contact number"
    r"|(?:my|our|her|his|their) number)\b[^0-9\n.,;<>=\"]{0,25}[:.]? ?"
    r"((?:\([0-9]{3,5}\) ?)?[0-9](?:[ -]?[0-9]){5,10})(?![0-9A-Za-z]|[.,/:-][0-9]|[ ]?%)", re.I)
TELEPHONE_URL = re.compile(r"(?:tel|phone|mobile|wa\.me|whatsapp)[^\s]{0,20}\Z", re.I)
DATE_LIKE = re.compile(r"\(?0?[0-9]{1,2}[ ./-][01]?[0-9][ ./-](?:19|20)[0-9]{2}(?![0-9])|(?:19|20)[0-9]{2}[ -]")
DRAMA_NUMBER = re.compile(
    r"8081570|9098790|3069990|7700900|1632960|2079460|(?:113|114|115|116|117|118|121|131|141|151|161)4960"
    r"|1914980|2896496|2920180")
PUBLIC_NUMBER = re.compile(r"3|8[047]|116[0-9]{3}\Z")
"""Numbers that no household has: non-geographic (03), freephone (080), services (084, 087), helplines (116)."""

SERVICE_BEFORE = re.compile(
    r"\b(?:help ?lines?|advice lines?|\w*iass|services?|council|offices?|team|switchboard|reception|clinic|hospital"
    r"|school"
    r"|centre|forum|charity|hub|desk|surgery|trust|enquiries|bookings?|board|library)\b[^.\n]{0,40}\Z", re.I)
SERVICE_AFTER = re.compile(r"\A[^.\n]{0,40}\b(?:help ?line|services?|council|offices?|switchboard|reception"
    r"|enquiries)\b", re.I)
FAMILY_BEFORE = re.compile(
    r"\b(?:mother|father|mum|dad|parents?|carers?|famil(?:y|ies)|home|son|daughter|child|my|her|his|their|me|worker|mobile"
    r"|patient|pupil|lives?|nan|gran|aunt|uncle)\b[^.\n]{0,50}\Z", re.I)
"""Words before a number of a service, and before one of a household: the first let a landline pass, if none of the
others is there."""

DIGIT_WORD = (
    r"(?:(?:double|treble|triple) )?(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|hundred)")
NUMBER_IN_WORDS = re.compile(rf"\b(?:oh|o|zero|nought|plus four four)(?:[ ,-]{{1,3}}{DIGIT_WORD}){{6,14}}\b", re.I)
PUBLIC_IN_WORDS = re.compile(r"(?:oh|o|zero|nought)[ ,-]{1,3}(?:three|eight)\b", re.I)


def telephones(text: str) -> Iterator[Match]:
    """Yield telephone numbers, except those of helplines and public bodies.

    phonenumbers alone is not enough: its VALID leniency rejects the numbers that Ofcom reserves for drama, and POSSIBLE
    accepts dates and budgets. So only digits with a dialling prefix (0, +44, 0044) or near a word such as "ring" count.
    Sources: Ofcom, "National Telephone Numbering Plan"; "Telephone numbers for use in TV and radio drama programmes".
    """
    urls = web_urls(text)
    for match in DOMESTIC.finditer(text):
        if DATE_LIKE.match(match[0]):
            continue
        if is_inside(match.span(), urls) and not is_near(TELEPHONE_URL, text, *match.span(), before=40):
            continue
        national = _national(match[0])
        if _may_be_private(national) and not _is_of_service(text, match.span(), national):
            yield Match("telephone", *match.span(), national)
    for match in INTERNATIONAL.finditer(text):
        if _is_of_a_country(canonical(match[0])):
            yield Match("telephone", *match.span(), canonical(match[0]))
    for match in AFTER_TELEPHONE_WORD.finditer(text):
        number = canonical(match[1])
        if not DATE_LIKE.match(match[1]) and not PUBLIC_NUMBER.match(number.removeprefix("0")) \
                and not _is_of_service(text, match.span(1), number.removeprefix("0")):
            yield Match("telephone", *match.span(1), number.removeprefix("0"))
    for match in NUMBER_IN_WORDS.finditer(text):
        if not PUBLIC_IN_WORDS.match(match[0]):
            yield Match("telephone", *match.span(), canonical(match[0]).lower())


@lru_cache(maxsize=4096)
def _is_of_a_country(digits: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}"))
    except phonenumbers.NumberParseException:
        return False


def _is_of_service(text: str, span: tuple[int, int], national: str) -> bool:
    """Return whether the words before a landline number are about a service, and not about a household."""
    is_service = is_near(SERVICE_BEFORE, text, *span) or SERVICE_AFTER.search(text, span[1], span[1] + CONTEXT_WIDTH)
    return bool(not national.startswith("7") and is_service and not is_near(FAMILY_BEFORE, text, *span))


def _national(written: str) -> str:
    digits = canonical(written)
    digits = digits.removeprefix("00") if digits.startswith("0044") else digits
    return (digits.removeprefix("44") if digits.startswith("44") else digits).lstrip("0")


@lru_cache(maxsize=4096)
def _may_be_private(national: str) -> bool:
    import phonenumbers

    if DRAMA_NUMBER.match(national):
        return len(national) == 10
    if PUBLIC_NUMBER.match(national) or len(national) not in (9, 10):  # no household has another length
        return False
    number = phonenumbers.PhoneNumber(country_code=44, national_number=int(national))
    return phonenumbers.is_valid_number(number) or (len(national) == 10 and phonenumbers.is_possible_number(number))


EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])(?<!://)[A-Za-z0-9][A-Za-z0-9._%+'-]{0,80}"
                   r"@(?:[A-Za-z0-9-]{1,60}\.){1,5}[A-Za-z]{2,20}")
EMAIL_SPELT_OUT = re.compile(
    r"\b[A-Za-z0-9][A-Za-z0-9.+_-]{0,80} ?(?:[\[({] ?(?:at|@) ?[\])}] ?[A-Za-z0-9-]+"
    r"(?: ?(?:\.|[\[({] ?dot ?[\])}]| dot ) ?[A-Za-z0-9-]+)+"
    r"| at [A-Za-z0-9-]+(?: ?dot ?| dot )[A-Za-z]{2,}(?:(?: ?dot ?| dot )[A-Za-z]{2,})*)\b", re.I)
AT_OR_DOT_SPELT_OUT = re.compile(r"\bdot\b|[\[({] ?(?:at|@) ?[\])}]", re.I)

POSTCODE_AREAS = frozenset(re.findall(r"[A-Z]+", """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW
UB W WA WC WD WF WN WR WS WV YO ZE
"""))
"""Postcode areas: the letters that a postcode starts with."""
POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2})[0-9][0-9A-HJKMNPR-Ya-hjkmnpr-y]?[ _-]{0,2}"
    r"[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![A-Za-z0-9])")
ORDINAL = re.compile(r"(?:1st|2nd|3rd|[0-9]th)\Z")

STREET_WORD = (
    r"(?:Road|Rd|Street|Avenue|Ave|Close|Lane|Drive|Crescent|Court|Gardens|Grove|Terrace|Mews|Rise|Row|Way|Walk|Place|"
    r"Square|Hill|View|Croft|Leys|Mead|Paddocks?|Copse|Wharf|Parade)")
STREET = re.compile(
    r"(?<![0-9A-Za-z.,£/-])(?<![0-9] )[1-9][0-9]{0,2}[a-f]?,? (?:(?!January|February|March|April|May|June|July|"
    r"August|September|October|November|December|Years?|Primary|Secondary|Special)[A-Z][a-z'-]+ ){1,3}"
    rf"(?:{STREET_WORD}|(?<=The )Green)(?![\w'-])"
    r"(?! (?:Primary|Infant|Junior|Secondary|School|Church|Surgery|Centre|pupils|children|students|staff|parents"
    r"|families))")
FLAT = re.compile(
    r"\b(?:Flat|Apartment|Apt) [0-9]{1,3}[A-Za-z]?,? (?:[A-Z][a-z'-]+ ?){1,3}|"
    r"\b(?:The )?(?:[A-Z][a-z'-]+ ){1,2}(?:Cottage|Rectory|Vicarage|Farmhouse|Bungalow|Villa)(?:,| in| on) "
    rf"(?:[A-Z][a-z'-]+ ){{0,2}}{STREET_WORD}\b")
HOUSE = re.compile(
    r"\b(?:lives?|lived|living|home) (?:is |was )?(?:at |in )?(?:the |The )?(?:[A-Z][a-z'-]+ ){1,2}"
    r"(?:House|Lodge|Barn|Manor|Mill|Forge|Cottage|Rectory|Vicarage|Farm|Farmhouse|Bungalow|Villa)\b")


def addresses(text: str) -> Iterator[Match]:
    """Yield email addresses, postcodes and street addresses.

    Sources: RFC 5322; Royal Mail, "Programmer's guide to the Postcode Address File".
    """
    for match in EMAIL.finditer(text) if "@" in text else ():
        yield Match("email", *match.span(), match[0].lower())
    if AT_OR_DOT_SPELT_OUT.search(text):
        for match in EMAIL_SPELT_OUT.finditer(text):
            yield Match("email", *match.span(), canonical(match[0]).lower())
    for match in POSTCODE.finditer(text):
        if match[1].upper() in POSTCODE_AREAS and not ORDINAL.search(match[0]):
            yield Match("postcode", *match.span(), canonical(match[0]))
    for pattern in (STREET, FLAT, HOUSE):
        for match in pattern.finditer(text):
            yield Match("street", *match.span(), canonical(match[0]))


MONTH = (r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
         r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?")
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
DATE = (rf"(?:[0-9]{{4}}[-./ ][0-9]{{1,2}}[-./ ][0-9]{{1,2}}|[0-9]{{1,2}}[-./ ][0-9]{{1,2}}[-./ ][0-9]{{2,4}}"
        rf"|{DAY}[ -](?:of )?{MONTH},?[ -]'?[0-9]{{2,4}}|{MONTH} {DAY},? [0-9]{{2,4}})(?![0-9])")
ORDINAL_WORD = (r"(?:twenty-?|thirty-? ?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth"
    r"|eleventh|twelfth"
                r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth")
DAY_OF_YEAR = rf"(?:{DAY} (?:of )?{MONTH}|{MONTH} {DAY}|(?:{ORDINAL_WORD}) (?:of )?{MONTH})"
ANY_DATE = (rf"(?:{DATE}|{DAY_OF_YEAR}(?:,? (?:two thousand(?: and)?(?: [a-z]+)?|twenty[- ][a-z]+|(?:19"
    rf"|20)[0-9]{{2}}))?)")
NUMBER = (r"(?:[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven"
    r"|eigh|nine)"
          r"teen|twenty(?:-\w+)?)")
A_DATE = re.compile(rf"[0-9]|\b{MONTH}", re.I)
BIRTH_WORD = re.compile(r"born|birth|o\.? ?b\b|\bb\. ?[0-9]|\bturn|\b(?:will|to) be \w+ on", re.I)
BIRTH_WORD_THEN_DATE = re.compile(
    rf"\b(?:born|birth|birth ?dates?|birthday|date[ _-]of[ _-]birth|d\.? ?o\.? ?b\.?)(?![a-z])"
    rf"[^0-9.;\n]{{0,30}}?\b({ANY_DATE})", re.I)
DATE_THEN_BIRTH_WORD = re.compile(
    rf"({DATE})[ ,(\[-]{{1,3}}(?:is |was )?(?:(?:her|his|their|the) )?"
    r"(?:date of birth|dob\b|d\.o\.b|birthday|birth date|when (?:she|he|they) (?:was|were) born)", re.I)
BIRTHDAY = re.compile(
    r"\b(?:her|his|their|my|[A-Z][a-z]+'s|son's|daughter's|child's) (?:[a-z0-9]+ )?birthday "
    rf"(?:is|was|on|falls on)[ a-z]{{0,15}}({DAY} {MONTH}|{MONTH} {DAY})\b")
BORN_ABBREVIATED = re.compile(rf"(?<![A-Za-z])b\. ?({DATE})", re.I)
TURNED_AGE = re.compile(
    rf"\b(?:turned|turns|turning|turn|will be|to be|was) {NUMBER}(?: years old)? on (?:the )?({ANY_DATE})", re.I)
ANY_CHILD = re.compile(
    r"\b(?:children|pupils|babies|people|those|anyone|everyone|all|any child|a child|each child|every child)"
    r"(?: who (?:is|are|was|were))?(?: \w+){0,2} \Z", re.I)
ORGANISATION_BEFORE = re.compile(
    r"\b(?:forum|board|council|school|nursery|trust|charity|centre|team|college|club|group)(?:'s)?"
    r"(?: \w+){0,2} \Z", re.I)
CUTOFF = re.compile(r"\b(?:between|before|after|since|from|until|or after|or before)\b", re.I)


def birth_dates(text: str) -> Iterator[Match]:
    """Yield dates of birth. A cut-off for a whole group, as in "children born after 1 September 2020", is none."""
    if not BIRTH_WORD.search(text):
        return
    for match in BIRTH_WORD_THEN_DATE.finditer(text) if A_DATE.search(text) else ():
        is_cutoff = CUTOFF.search(text, match.start(), match.start(1)) and is_near(ANY_CHILD, text, *match.span())
        if not (is_cutoff or is_near(ORGANISATION_BEFORE, text, *match.span())):
            yield Match("birth", *match.span(1), canonical(match[1]))
    for pattern in (DATE_THEN_BIRTH_WORD, BIRTHDAY, BORN_ABBREVIATED, TURNED_AGE):
        for match in pattern.finditer(text):
            if pattern is TURNED_AGE and is_near(ORGANISATION_BEFORE, text, *match.span()):
                continue
            yield Match("birth", *match.span(1), canonical(match[1]))


CASE_WORD = (
    r"(?:EHCP|EHC(?: plan)?|EHCNA|SEND?(?: plan)?|education,? health and care plan|case(?:work)?|client|pupil|child"
    r"|student|learner|patient|service user|hospital|medical record|tribunal|appeal|complaint|referral|safeguarding"
    r"|Mosaic|Liquidlogic|LCS|EHM|Synergy|Capita|CareDirector|SystmOne|RiO|EMIS|MRN|social care|plan)")
NUMBER_WORD = (
    r"(?:'s)?[ _(-]{0,2}(?:ref(?:erence)?s?(?: (?:numbers?|no\.?|code))?|numbers?|nos?|num|id|code)(?![a-z])\.?")
TOKEN = r"((?:[A-Z]{1,5}[-/ ]?)?(?:[0-9A-Z]{1,6}[-/])*[0-9]{3,}(?:[-/][0-9A-Z]+)*)(?![0-9A-Za-z])"
LABELLED = re.compile(rf"\b{CASE_WORD}{NUMBER_WORD}(?: (?:is|was|of|given was))?[ :#=\"(-]{{0,3}}{TOKEN}", re.I)
AFTER_COLON_OR_HASH = re.compile(rf"\b{CASE_WORD} ?[:#][ #]?{TOKEN}", re.I)
UNDER_REFERENCE = re.compile(
    r"\b(?:plan|case|child|pupil|family|appeal|EHCP)[^.\n0-9]{0,20} (?:with|under) (?:the )?"
    rf"(?:reference|ref|number|no)(?: number)?[ :#.]{{0,3}}{TOKEN}", re.I)
PREFIXED = re.compile(
    r"\b(?:EHCP|EHCNA|EHC|SEN|SEND|LCS|MOSAIC)[-/](?:[0-9A-Z]{1,5}[-/])*[0-9]{4,}(?:[-/][0-9A-Z]+)*(?![0-9A-Za-z])")
TRIBUNAL = re.compile(r"\bEH[0-9]{3}/[0-9]{2}/[0-9]{5}\b")
UNLABELLED = re.compile(
    r"\b(?:Mosaic|Liquid ?logic|LCS|EHM|Synergy|Capita(?: One)?|CareDirector|CareFirst|SystmOne|RiO|EMIS|MRN"
    r"|hospital|patient"
    r"|client|pupil|case|CAMHS)(?: id)?[ ,:#-]{1,2}([0-9]{5,10})(?![0-9A-Za-z]|[.,][0-9])", re.I)
REFERENCE_START = re.compile((
    rf"\b{CASE_WORD}(?:{NUMBER_WORD}| ?[:#])| (?:with|under) (?:the )?(?:ref|n)|\bEH[0-9]{{3}}/"
    r"|\b(?:EHCP|EHCNA|EHC|SEND?|LCS|MOSAIC)[-/]|[a-z][ ,:#-]{1,2}[0-9]{5}").lower())
"""How each of the patterns above starts, in small letters: a text without it in them has no reference."""

LONG_NUMBER = re.compile(
    # The digit comes first and its left context is checked by lookbehind: see FOLDABLE in normalise.py.
    r"[0-9](?<![0-9].)(?<!/[adf]-.)(?!(?<=(?<![\w/-])[ADF]-.)[0-9]*(?![0-9]|[/-][0-9A-Za-z]))"
    r"(?!(?<=1)9[0-9]{2}(?![0-9])|(?<=2)0[0-9]{2}(?![0-9]))[0-9]{3,}")
"""Four or more digits that are neither a year nor the id of a record of this site ("A-1234", "actions/a-1234/").

Every reference contains one and few texts do, so the slower patterns run on those only.
"""

YEAR_RANGE = re.compile(r"(?:19|20)[0-9]{2}(?:[-/](?:[0-9]{2}|(?:19|20)[0-9]{2}))?\Z")
SITE_ID = re.compile(r"[ADF]-[0-9]{3,}\Z")
ORGANISATION_BEFORE_NUMBER = re.compile(
    r"\b(?:FOI|freedom of information|URN|unique reference|charity|company|contract|tender|notice|ISBN|inspection"
    r"|planning|consultation)\b[^.\n]{0,30}\Z", re.I)


def case_references(text: str) -> Iterator[Match]:
    """Yield the references of a child's case or plan. No library knows them: each public body makes its own."""
    if not LONG_NUMBER.search(text) or not REFERENCE_START.search(text.lower()):
        return
    for pattern in (LABELLED, AFTER_COLON_OR_HASH, UNDER_REFERENCE, UNLABELLED):
        for match in pattern.finditer(text):
            if not YEAR_RANGE.match(match[1]) and not SITE_ID.match(match[1]) \
                    and sum(character.isdigit() for character in match[1]) > 3 \
                    and not is_near(ORGANISATION_BEFORE_NUMBER, text, *match.span()):
                yield Match("reference", *match.span(1), canonical(match[1]))
    for pattern in (PREFIXED, TRIBUNAL):
        for match in pattern.finditer(text):
            if not YEAR_RANGE.match(match[0].split("-", 1)[-1]):
                yield Match("reference", *match.span(), canonical(match[0]))
