"""Detectors of what leads to a person without a name: cars, bank accounts, profiles, places, meetings, descriptions."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache

from .detectors import Match, canonical, is_near

REGISTRATION = re.compile(r"(?<![A-Za-z0-9-])(?!FY|AY|YE"
    r"|TY)[A-Z]{2}[0-9]{2} ?[A-HJ-PR-Z][A-HJ-PR-Z]{2}(?![A-Za-z0-9-])")
OLD_REGISTRATION = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z][0-9]{1,3} ?[A-Z]{3}|[A-Z]{3} ?[0-9]{1,3}[A-Z])(?![A-Za-z0-9-])")
VEHICLE_WORD = re.compile(r"\b(?:car|van|taxi|cab|minibus|vehicle|reg|registration|number ?plate|plate|driver)\b", re.I)


def vehicles(text: str) -> Iterator[Match]:
    """Yield registrations of vehicles; those of before 2001 with a word such as "car" before them.

    Source: DVLA, INF104, "Vehicle registration numbers and number plates".
    """
    for match in REGISTRATION.finditer(text):
        yield Match("vehicle", *match.span(), canonical(match[0]))
    for match in OLD_REGISTRATION.finditer(text):
        if is_near(VEHICLE_WORD, text, *match.span(), before=40):
            yield Match("vehicle", *match.span(), canonical(match[0]))


IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4}(?: ?[0-9]{4}){2,5}(?: ?[0-9]{1,3})?(?![A-Za-z0-9])")
BANK = re.compile(
    r"\b(?:sort code|account|acct|a/c)\b[^0-9\n]{0,20}([0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2}(?:[^0-9\n]{1,20}[0-9]{8})?"
    r"(?![0-9/])|[0-9]{7,8}(?![0-9]))", re.I)


def bank_accounts(text: str) -> Iterator[Match]:
    """Yield numbers of bank accounts. Sources: ISO 13616 (IBAN); Pay.UK, sort codes."""
    for match in IBAN.finditer(text):
        yield Match("bank-account", *match.span(), canonical(match[0]))
    for match in BANK.finditer(text):
        yield Match("bank-account", *match.span(1), canonical(match[1]))


HANDLE = re.compile(r"@(?<![\w@/.+-].)[A-Za-z][\w.]{2,29}(?<![.])(?![\w/@])")
CODE = frozenset(("import", "media", "font-face", "page", "charset", "supports", "keyframes", "layer", "property",
    "type", "everyone", "channel", "here", "language", "id", "index", "none", "direction", "container",
                  "context", "graph", "list", "set", "value", "vocab", "base", "assets", "search", "data", "embed",
                  "dataclass", "lru_cache", "cache", "pytest"))
"""Words after "@" in style sheets, linked data and programs."""
PROFILE = re.compile(
    r"\b(?:facebook|instagram|tiktok|twitter|linkedin|snapchat|threads|pinterest|reddit|(?<![\w.-])x)\.(?:com|net)"
    r"/(?!share|sharer|intent|groups?/|hashtag|search|policies|legal|help|about|login|privacy)@?\w[\w.@/-]{2,60}", re.I)
FUND_RAISING = re.compile(
    r"\b(?:gofundme|gofund|justgiving|crowdfunder|paypal|ko-fi|buymeacoffee|givewheel|chuffed|peoplesfundraising)"
    r"\.(?:com|me|org|co\.uk)/[\w./-]{2,80}", re.I)


def accounts(text: str) -> Iterator[Match]:
    """Yield names and pages on social media, and pages that raise money."""
    for match in HANDLE.finditer(text) if "@" in text else ():
        if match[0][1:].lower() not in CODE and not match[0].lower().startswith("@example"):
            yield Match("account", *match.span(), match[0].lower())
    for pattern in (PROFILE, FUND_RAISING):
        for match in pattern.finditer(text) if "/" in text else ():
            yield Match("account", *match.span(), match[0].lower().rstrip("/."))


DECIMAL_DEGREES = re.compile(r"(?<![0-9.,-])(?:4[9]|5[0-9]"
    r"|60)\.[0-9]{4,}(?:° ?N?)?,? {0,2}[+-]?[0-8]\.[0-9]{4,}(?![0-9])")
SEXAGESIMAL = re.compile(r"[0-9]{1,2}° ?[0-9]{1,2}['′] ?[0-9]{0,2}(?:\.[0-9]+)?[\"″]? ?[NS]")
THREE_WORDS = re.compile(r"///[^\W\d_]{1,30}\.[^\W\d_]{1,30}\.[^\W\d_]{1,30}"
    r"|\bwhat3words\b[^.\n]{0,20}\b([a-z]+\.[a-z]+\.[a-z]+)"
                         r"|\b(?:w3w\.co|what3words\.com)/[^\W\d_]{1,30}\.[^\W\d_]{1,30}\.[^\W\d_]{1,30}", re.I)
GRID_REFERENCE = re.compile(r"(?<![A-Za-z0-9])[HNOST][A-HJ-Z] ?([0-9]{4,5}) ?([0-9]{4,5})(?![A-Za-z0-9])")
GRID_WORD = re.compile(r"\b(?:grid|map ref\w*|OS ref\w*|coordinates?)\b", re.I)


PUBLIC_PLACE = re.compile(
    r"\b(?:schools?|centre|hall|office|site|library|hospital|clinic|college|nursery|building"
    r"|venue)\b[^.]{0,40}\Z", re.I)
HOUSEHOLD = re.compile(r"\b(?:home|house|famil|live|child|mother|father|mum|dad|my|her|his|their|bus stop"
    r"|picked? up)", re.I)


def locations(text: str) -> Iterator[Match]:
    """Yield coordinates, grid references and addresses in three words.

    Sources: ISO 6709; Ordnance Survey, "A guide to coordinate systems in Great Britain".
    """
    for pattern in (DECIMAL_DEGREES, SEXAGESIMAL, THREE_WORDS):
        for match in pattern.finditer(text):
            if not is_near(PUBLIC_PLACE, text, *match.span()) or is_near(HOUSEHOLD, text, *match.span()):
                yield Match("location", *match.span(), canonical(match[0]))
    for match in GRID_REFERENCE.finditer(text):
        if len(match[1]) == len(match[2]) and is_near(GRID_WORD, text, *match.span()):
            yield Match("location", *match.span(), canonical(match[0]))


IPV4 = re.compile(r"(?<![\w.-])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w-]|\.[0-9])")
IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}(?![\w:])")
PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fe80::/10")))
"""The addresses inside a home or an office (RFC 1918, RFC 4291), which lead to nobody."""
NO_VISITOR = re.compile(r"\b(?:version|release|section|clause|paragraph|v)\.? ?\Z", re.I)


def ip_addresses(text: str) -> Iterator[Match]:
    """Yield addresses of computers on the internet, except those inside a house. Sources: RFC 791, RFC 4291."""
    for pattern in (IPV4, IPV6):
        for match in pattern.finditer(text):
            if _is_of_a_visitor(match[0]) and not is_near(NO_VISITOR, text, *match.span()):
                yield Match("ip-address", *match.span(), match[0].lower())


@lru_cache(maxsize=4096)
def _is_of_a_visitor(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    is_inside = any(address in network for network in PRIVATE if network.version == address.version)
    return not (address.is_loopback or address.is_unspecified or is_inside)


MEETING = re.compile(
    r"\b(?:zoom\.us|webex\.com|gotomeeting\.com|whereby\.com)/[^\s<>\")?#&]{1,200}+[?#&]"
    r"[^\s<>\")]{0,200}?(?:pwd|passcode|password|roomKey)=[^\s<>\")]+"
    r"|\bteams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/[^\s<>\")]+|\bmeet\.google\.com/[a-z]{3}-[a-z]{4}-[a-z]{3}",
    re.I)
PASSCODE = re.compile(r"\b(?:pass ?code|meeting (?:id|password)|access code|conference id)\b[ :is]{1,8}"
                      r"(?=[A-Za-z0-9]{0,12}[0-9])[A-Za-z0-9][A-Za-z0-9 -]{2,14}[A-Za-z0-9]", re.I)


def meeting_links(text: str) -> Iterator[Match]:
    """Yield links that let anyone into an online meeting, and passcodes."""
    for pattern in (MEETING, PASSCODE):
        for match in pattern.finditer(text):
            yield Match("meeting-link", *match.span(), canonical(match[0]))


NAMED_SCHOOL = re.compile(
    r"\b(?:(?:at|in|of|from|attends|attending) (?:the )?)?(?!(?:At|In|Of|From|The|An?|Each|Every|Our|This|That|No|Any"
    r"|Some|Special|Primary|Secondary|Infants?|Juniors?|Nursery) )(?:[A-Z][\w'.-]{0,30} ){1,5}?(?:School|Academy"
    r"|Nursery|College|Primary|Infants?|Juniors?|Preschool)\b")
FEW_CHILDREN = re.compile(
    r"\b(?:an?|one|the|this|another|her|his)(?: only| single)?(?: [a-z]+(?:-[a-z]+){0,2}){0,3} (?:pupil|child|boy"
    r"|girl|student"
    r"|young person|teenager|toddler|learner)\b|\b(?:[0-9]{1,2}|[a-z]+)-year-old\b"
    r"|\b(?:[1-4]|two|three|four|both)(?: [a-z]+(?:-[a-z]+){0,2}){0,3} (?:pupils?|child(?:ren)?|boys?|girls?|students?"
    r"|young people|teenagers|toddlers|learners?)\b", re.I)
"""One child, or fewer than five, which is as few as the statistics of the department hide."""
CONDITION = re.compile(
    r"\b(?:(?<=[a-z'] )(?:syndrome|disease|palsy|dystrophy|fibrosis|atrophy)|epileps|cancer|leukaemi|tumour"
    r"|tracheostom|gastrostom"
    r"|colostom|stoma\b|catheter|feeding tube|tube-fed|oxygen|ventilat|cochlear|hearing aid|deaf\b|blind\b|diabet"
    r"|haemophili|hiv\b|transplant|amput|prosthe|albin|dwarf|selective(?:ly)? mut|non-verbal|incontinen|seizure"
    r"|schizo|psychosis|psychotic"
    r"|anorexi|bulimi|self-harm|suicid|who (?:bites?|hits?|kicks?|spits?|scratch|self-harm|ran away|runs away"
    r"|abscond|smear|soil"
    r"|wets?|screams?|throws?|attack|punch|stab|strips?|undress|masturbat|stole|steals?|set fire|sets fire"
    r"|swears?))")
"""In small letters, which is how a text is searched for it: a search that ignores case takes four times as long."""

SENTENCE_BREAK = re.compile(r"[.!?](?= )(?<!\bSt\.)|\n")
MAX_SENTENCE = 300


def descriptions(text: str) -> Iterator[Match]:
    """Yield the school of one child or a few, if their illness or behaviour is in the same sentence: neighbours know
    who it is."""
    if not SCHOOL_WORD.search(text) or not CONDITION.search(text.lower()):
        return
    for match in NAMED_SCHOOL.finditer(text):
        first = max((found.end() for found in SENTENCE_BREAK.finditer(text, max(0, match.start() - MAX_SENTENCE),
                                                                      match.start())),
                    default=max(0, match.start() - MAX_SENTENCE))
        ending = SENTENCE_BREAK.search(text, match.end(), match.end() + MAX_SENTENCE)
        last = ending.start() if ending else min(len(text), match.end() + MAX_SENTENCE)
        if CONDITION.search(text[first:last].lower()) and FEW_CHILDREN.search(text, first, last):
            yield Match("description", *match.span(), canonical(match[0]))


DETECTORS = (vehicles, bank_accounts, accounts, locations, ip_addresses, meeting_links, descriptions)

CUES = (
    (r"[A-Z](?<![A-Za-z0-9-].)(?:[A-Z]{0,2} ?[0-9]{1,3} ?[A-Z]{1,3}(?![A-Za-z0-9-])"
     r"|[A-Z][0-9]{2} ?[A-Z0-9]{4} ?[0-9]{4}|[A-Z] ?[0-9]{4,5} ?[0-9]{4,5}(?![A-Za-z0-9]))",
     (vehicles, bank_accounts, locations)),
    (r"[SsAa](?i:ort code|ccount|cct|/c)\b[^0-9\n]{0,20}[0-9]{2}", (bank_accounts,),
     "sort code", "account", "acct", "a/c"),
    (r"@(?<![\w@/.+-].)[A-Za-z]", (accounts,)),
    (r"[0-9](?:\.[0-9]{4}|°|\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9])", (locations, ip_addresses)),
    (r"[PpMmAaCc](?i:ass ?code|eeting (?:id|pass)|ccess code|onference id)", (meeting_links,),
     "passcode", "pass code", "meeting id", "meeting pass", "access code", "conference id"),
)
"""What each match of these detectors holds, except descriptions. `prefilter.py` explains the parts."""

SMALL_CUES = (
    (r"///", (locations,)),
    (r"w(?:hat3|3w\.)", (locations,)),
    (r":(?<=[0-9a-f]:)[0-9a-f]{0,4}:", (ip_addresses,)),
)
"""The same in small letters."""

CUES_IN_CONTEXT = (
    (r"\.(?:com|net|me|org|co\.uk|us)/",
     r"facebook|instagram|tiktok|twitter|linkedin|snapchat|threads|pinterest|reddit|\bx\Z|gofund|justgiving|crowdfunder"
     r"|paypal|ko-fi|buymeacoffee|givewheel|chuffed|peoplesfund|zoom|webex|gotomeeting|whereby|teams|meet\.google|what3words",
     (accounts, meeting_links, locations)),
)
"""The same with what comes before it."""

SCHOOL_WORD = re.compile(r"[SANCPIJ](?:chool|cademy|ursery|ollege|rimary|nfants?|uniors?|reschool)\b")
"""What each description of a child holds, together with CONDITION."""
