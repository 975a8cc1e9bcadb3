"""Detects names of people: every capitalised word that is in no list of words, places and bodies, and names that are
words too by the words around them.

The first rule needs no list of names, so that it is the same for every family. The others are for names such as Grace,
Preston or Hill, which are also words or places: "Grace told us", "Preston (Year 7)", "the Hill family".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from .allowlist import Allowlist
from .detectors import CONTEXT_WIDTH, Match
from .known_words import (
    FIRST_NAMES_THAT_ARE_WORDS,
    PLACES,
    PLACES_BY_WORD,
    RARER_SURNAMES,
    SURNAMES_THAT_ARE_WORDS,
    as_phrase,
    could_be_last_name,
    could_be_name,
    is_first_name,
    is_known,
    is_unknown,
    plain,
    without_accents,
)

CAPITALS = "".join(letter for letter in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if letter.isupper())
"""The capital letters of Latin script, from A to those of Vietnamese."""

UPPER = f"[{CAPITALS}]"
LETTER = r"[^\W\d_]"
FOREIGN_LETTER = "[\u0370-\u1cff\u2c00-\u2dff\u2e80-\ua63f\ua6a0-\ua71f\ua800-\uab2f\uabc0-\uffdc]"
"""A letter of a script other than Latin."""

WORD = re.compile(
    # What must not precede it is a lookbehind after the first letter, since the engine then skips to capital letters.
    rf"{UPPER}(?<![\w@#=\\$].)(?<![a-z0-9_)]/.)(?<!\w\..){LETTER}*(?:'{LETTER}{{1,30}})?"
    rf"(?:-{LETTER}{{1,30}}(?:'[a-z]{{1,2}})?){{0,4}}(?![\w@=]|/[a-z0-9]|\.[a-z]|://)")
"""A word with a capital letter, outside web addresses, file names and code."""

ORGANISATION = re.compile(
    rf"(?:[ -](?:{UPPER}[\w'.]{{0,30}}|&|of England|of E)){{0,4}}?[ -](?:Schools?|Academ(?:y|ies)|Colleges?|Hospitals?"
    r"|Infirmary|Councils?|Trusts?|Cent(?:re|er)s?|Forums?|Primary|Primaries|Secondary|Infants?|Juniors?|Nurser(?:y|ies)"
    r"|Preschool|Pre-school|Playgroup|University|Partnership|Board|Committee|Foundation|Society|Association|Federation"
    r"|Alliance|Network|Services?|Team|Hub|Unit|Church|Cathedral|Road|Street|Avenue|Way|Drive|Crescent"
    r"|Square|Gardens|House|Grove|Farm|Mill|Station|Library|Museum|Theatre|Stadium|Club|Clinic|Surgery"
    r"|Awards?|Commission|Programme|Project|Scheme|Fund|Charter|Framework|Model|Method|Approach|Scales?|Profile|Test"
    r"|Checklist|Therapy|Group|Ltd|Limited|plc|Press|Institute|Agency|Authority|Union|Estate|Valley|Common|Heath|Meadows?"
    r"|Lodge|Borough|District|County|Parish|Community|Consortium)\b"
    r"|(?:'s)? (?:syndrome|disease|disorder|condition|palsy|scale|test|Review|Report|Inquiry|Act|Rules|Principles)\b"
    r"| (?:schools|primaries|secondaries|academies|nurseries)\b"
    rf"|(?: {UPPER}[\w'-]{{0,30}})? (?:awards?|programme|method|approach|scheme|scale|test|profile|inquiry)\b"
    r"|-(?:on|upon|in|le|under|next|by|cum)-")
"""What follows a word in the name of an organisation, a place or an illness."""

ALSO_LAST_NAME = re.compile(r" (?:Hill|Park|Green|Hall|Heath|Lane|Bridge)\b")
"""What follows a word in the name of a place, or is the last name of a person: the word before decides."""

PLACE_BEFORE = frozenset(["in", "In", "at", "At", "near", "Near", "on", "On", "around", "across", "opposite",
    "the", "The"])
BEFORE_PLACE = frozenset(["St", "St.", "Saint", "Mount", "River", "Lake", "Port", "Royal", "King", "Queen",
    "Hurricane", "Storm"])
BEFORE_OF = frozenset(["Isle", "Vale", "Bishop", "Diocese", "University", "College", "School", "Duke", "Duchess",
    "Prince", "Princess"])
"""What precedes a word in the name of a saint, a place or a body; the last ones with "of"."""

OFFICES = frozenset(["Justice", "Judge", "HHJ", "Baroness", "Baron", "Viscount", "Lord", "Lady", "Dame", "Sir",
    "Professor", "Prof", "Prof.", "Councillor", "Cllr", "Cllr.", "Minister", "Bishop", "Archbishop", "Senator",
    "President", "Commissioner", "Ombudsman", "Secretary"])
"""Titles of public offices: who holds one may be named."""


def any_of(*words: str) -> str:
    """Return a pattern that matches any of some words or patterns."""
    return f"(?:{'|'.join(words)})"


CHILD = any_of("(?:grand|step|god)?(?:son|daughter|child)", "boy", "girl", "brother", "sister", "sibling", "nephew",
               "niece", "twin", "baby", "toddler", "teenager", "youngster", "lad", "kid", "classmate", "cousin")
ADULT = any_of("(?:grand|step|god|foster )?(?:mother|father|parent)", "mum", "mummy", "mam", "dad", "daddy", "carer",
               "guardian", "nan", "nana", "gran", "grandma", "granddad", "grandad", "grandpa", "aunt", "auntie",
               "uncle", "wife", "husband")
RELATIVE = any_of(CHILD, ADULT)
PUPIL = any_of("pupil", "student", "learner", "patient", "young person", "young man", "young woman", "service user",
               "schoolboy", "schoolgirl")

ATTRIBUTE = any_of("foster", "step", "adopted", "adoptive", "younger", "older", "elder", "eldest", "youngest", "oldest",
                   "little", "disabled", "autistic", "deaf", "blind", "twin", "only", "first", "middle", "late", "own",
                   "dear", "teenage", "non-verbal", "[a-z]{1,12}[ -]year[ -]old", "[0-9]{1,2}[ -]year[ -]old") + "[ -]"
"""What can precede a word such as "son": "eldest son", "nine-year-old son"."""

WORD_AGE = any_of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
                  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
AGE = rf"(?:[1-9]|1[0-9]|2[0-5]|{WORD_AGE})(?![0-9-]|[.,][0-9])"
YEAR_OLD = rf"(?:[0-9]{{1,2}}|{WORD_AGE})[ -]year[ -]old"
SCHOOL_YEAR = (
    r"(?:[Yy](?:ea)?r\.?(?: group)? ?(?:R|[1-9]|1[0-3])|Y(?:[1-9]|1[0-3]|R)"
    rf"|[Yy]ear {WORD_AGE}|[Rr]eception|[Nn]ursery)(?![0-9a-z])")
"""A school year or class: "Year 7", "Yr 7", "Y7", "year seven", "Reception"."""

NEEDS = any_of("EHCP", "EHC plan", "autism", "autistic", "ADHD", "Down", "cerebral", "epilep", "dyslexi", "diagnos",
               "out of school", "no school", "excluded", "off-rolled", "non-verbal", "wheelchair", "home[- ]educated",
               "special needs", "special educational", "speech therap", "school place", "transport", "no place")
POSSESSION = any_of("family", "EHCP", "EHC", "plan", "diagnosis", "needs", "teacher", "school", "words", "story",
                    "transport", "taxi", "placement", "assessment", "annual review", "tribunal", "appeal", "case",
                    "social worker", "therapist", "birthday", "autism", "disability", "behaviour", "escort", "place",
                    "caseworker", "support", "timetable", "report", "seizures", "medication", "wheelchair", "home")
"""What belongs to a child or to its case: "Zebedee's EHCP"."""

POSSESSIVE = any_of("my", "her", "his", "their", "our", "your", "whose")
STATE_VERB = any_of("has", "had", "needs?", "got", "gets", "lost", "waits?", "waited", "waiting", "is", "was", "cannot",
                    "can't", "does not", "did not")
SPEECH_VERB = any_of("said", "says", "told", "wrote", "asked", "explained", "rang", "called", "complained", "contacted",
                     "spoke", "emailed", "reported", "waited", "adds", "added")
OWN_VERB = any_of(SPEECH_VERB, "likes", "loves", "cannot", "can't", "waits", "waited", "feels", "felt", "thinks",
    "wants",
                  "struggles", "struggled", "attends", "misses", "refuses", "screams", "cries", "and (?:his|her)",
                  "who (?:asked|said|told|wrote|cannot|is|was|has|had|needs|lives)", "(?:has|had) (?:been )?wait",
                  "gets? (?:a|an|the|no) (?:place|plan|taxi|seat|tutor|diagnosis|EHCP)",
                  "(?:is|was|has been) (?:still |now |just )?(?:waiting|excluded|suspended|off-rolled|at home"
                  "|on a (?:part-time|reduced)|out of (?:school|education)|not in (?:school|education))")
LIFE_VERB = any_of("has", "had", "is", "was", "could not", "couldn't", "does not",
                   "doesn't", "did not", "didn't", "lives", "lived", "needs", "needed", "came", "comes",
                   "goes", "went", "started", "starts", "moved", "wanted", "attended", "left", "lost", "missed",
                   "gets", "would", "could")
NO_PERSON = r"(?! (?:not )?(?:an?|what|where|how|why|key|vital|central|essential|important|enough)\b)"
"""What follows "is" and "was" after a word that is no name there: "Hope is not a plan"."""

NAMED_SCHOOL = (rf"(?:the )?(?:St\.? )?(?:{UPPER}[\w'-]{{0,30}},? (?:of |and )?){{1,6}}?"
                r"(?:Schools?|Academy|College|Nursery|Primary|Infants?|Juniors?|Preschool)\b")
TITLE = any_of("Mr", "Mrs", "Ms", "Miss", "Mx", "Master")

ANY_WORD, ANY_LAST_NAME = "any word that could be one", "any but the most common words"
NAME, LAST_NAME = "an unknown word or a first name", "also a word such as Hill"
"""What a rule requires of the capitalised word in its place, from the surest wording to the weakest."""

LAST = rf"{UPPER}(?:'[A-Z])?[^\W\d_]{{0,30}}(?:['-][A-Z]?[a-z]{{1,30}}){{0,2}}"
FULL = rf"\b({UPPER}(?:'[A-Z])?[^\W\d_]{{1,30}}(?:-{LETTER}{{1,30}})?(?: {LAST}){{0,2}})(?!\w)"

FULL_WORD = rf"({UPPER}(?:'[A-Z])?[^\W\d_]{{1,30}}(?:-{LETTER}{{1,30}})?)"

RULES_OF_ANY_WORD = tuple(map(re.compile, (
    rf"\b(?i:{POSSESSIVE})\b,? (?:{ATTRIBUTE}){{0,3}}(?:{RELATIVE}|partner)s?"
    rf"(?:,? (?:is |was )?(?:called|named)|'s name is| is| was|:)?[ ,(\"'-]{{1,3}}{FULL}",
    rf"\b(?i:{RELATIVE}|{PUPIL}|person|man|woman),? (?:who (?:is|was) )?"
    rf"(?:called|named|whose name is) {FULL}",
    rf"\b(?i:{YEAR_OLD})(?: {RELATIVE}| {PUPIL})?,?(?: called| named)? {FULL}"
    r"(?! (?:boy|girl|pupil|child|children|school|student))",
    rf"\b(?i:{POSSESSIVE}|the) (?:(?:{ATTRIBUTE})?{RELATIVE}'s )?name (?:is|was) {FULL}",
)))
"""Wordings that alone make a word a name: "my son Ocean". One of CONTEXT_WORDS precedes the name in each."""

RULES_OF_NAMES = tuple(map(re.compile, (
    rf"\b(?i:{RELATIVE})s? (?:of|to) {FULL}",
    rf"\b(?i:family|families|friends?|teacher|case) of {FULL}",
    rf"\b(?i:{RELATIVE}|{PUPIL})(?i:-of-[a-z]{{1,12}})?s?,? {FULL}",
    rf"\b[Aa]ged? {AGE},? {FULL}",
    rf"\b{SCHOOL_YEAR}(?:'s)?,? (?:{RELATIVE}|{PUPIL})?,? ?(?:called |named )?{FULL}",
    rf"(?:\bsaid|\bsays|\badded|\basked|\bexplained|,) {FULL}, (?:{AGE}|who)(?=[,.\n]| is| was)",
    rf"\b(?:Dear|Hi|Hello) {FULL}(?=,|!|\s?\n|$)",
    rf"\b(?i:sincerely|faithfully|regards|wishes|signed|apologies|present|attended by|in attendance|named?)"
    rf"[,:]?\s{{1,3}}{FULL}",
    # One pattern for all that begin with the name: the name is then read once.
    rf"{FULL}(?:" + "|".join((
        rf"(?:,| \(|,? who (?:is|was)| is| was|:)? ?[Aa]ged? {AGE}",
        rf"(?:,? (?:who )?(?:is|was|turned|turns|just turned)| \(|,|,? now) ?{AGE}(?: years old)?(?=[),.;]|$|\s?\n)",
        rf" (?:is|was) {AGE} years? old",
        r"(?:,? (?:who )?(?:is|was|has been|started|starts|goes|went|moved|came))?(?:,? (?:now|still|just|up))? ?"
        rf"(?:,|\(|-|:|in|into|from|a|an) ?(?:in |a )?{SCHOOL_YEAR}",
        rf"'s? (?:\w{{1,20}} )?(?:{RELATIVE}s?|{POSSESSION})\b",
        rf",? (?:who )?{STATE_VERB}[^.\n]{{0,40}}\b{NEEDS}",
        r",? who (?:is|was|has|had|needs|lives|cannot|does|did|likes|loves|goes|comes)\b",
        rf",? (?:who is |is |was )?at {NAMED_SCHOOL}"
        r"(?=,? (?:has|had|is|was|needs?|cannot|who|waits|and (?:his|her))\b)",
        rf": [^.\n]{{0,40}}\b{NEEDS}")) + ")",
)))
"""Wordings around a word that is on no list, or that is a first name and a word too: "Grace (Year 7)"."""

FAMILY = ("son", "daughter", "child", "boy", "girl", "brother", "sister", "sibling", "nephew", "niece", "twin", "baby",
          "toddler", "teenager", "young", "lad", "kid", "mate", "cousin", "mother", "father", "parent", "mum", "mam",
          "dad", "carer", "guardian", "nan", "gran", "aunt", "uncle", "wife", "husband", "partner", "pupil", "student",
          "learner", "patient", "user")
YEAR_WORDS = ("year", "yr", *(f"y{number}" for number in range(1, 10)), "reception", "nursery")
NEEDED: dict[re.Pattern[str], tuple[str, ...]] = dict(zip((*RULES_OF_ANY_WORD, *RULES_OF_NAMES), (
    FAMILY, ("called", "named", "name is"), ("year",), ("name",),
    (" of ", " to "), (" of ",), FAMILY, ("age",), YEAR_WORDS, ("said", "says", "added", "asked", "explained", ","),
    ("dear", "hi", "hello"),
    ("sincerely", "faithfully", "regards", "wishes", "signed", "apologies", "present", "attend", "name"), ("",)),
    strict=True))
"""What each match of a rule holds, in small letters, one of several: rules are slow, and most texts lack it."""

AFTER_TITLE = re.compile(rf"\b{TITLE}\.?(?: and {TITLE}\.?)? (?!Justice\b|Speaker\b){FULL}")
"""A name after "Mrs", whatever word it is."""

RULES_OF_LAST_NAMES = tuple(map(re.compile, (
    rf"(?<!\b[Aa] )(?<!\b[Aa]n )(?<![Oo]ne )(?<!very )(?<!ach ){FULL} family\b(?! (?:hub|support|centre|learning"
    rf"|service|group"
    r"|information|forum|links?|friendly|court|worker|member|life|voice|network|event|day|fun|liaison|room))",
    rf"\b[Tt]he {FULL} (?:case|family|famil(?:y|ies)'s?|children|twins|household|appeal|siblings|parents)\b",
    rf"(?<![\w.])(?:{UPPER}\. ?){{1,3}}({UPPER}[^\W\d_]{{1,30}}(?:-{UPPER}[^\W\d_]{{1,30}})?)(?!\w)",
)))
"""Wordings around a last name, which may be a word such as Hill: "Mrs Hill", "the Hill case". `prefilter.py` has a cue
for each."""

RULES_OF_ANY_LAST_NAME = tuple(map(re.compile, (
    rf"\b[Tt]he (?!Business|Strategic|Economic|Financial|Commercial|Outline|Test){FULL_WORD} (?:case|twins|siblings)"
    r"(?= (?:went|was|is|came|has|had|were|have|goes|comes)\b)",
    rf"(?<![\w.])(?:{UPPER}\. ?){{1,3}}{FULL_WORD}(?= (?:came|was|is|has|had|said|told|asked|wrote|spoke|rang|and)\b)",
    rf"\b(?:by|with|from|thanked|met) {FULL_WORD} {FULL_WORD}(?=[.,;\n]| on | and |$)",
)))
"""The same for any word at all, where the wording leaves no doubt: "the Pickle case went to the Tribunal"."""

OWNED = (
    rf"'s (?:{LETTER}{{1,20}} )?(?:mum|mother|dad|father|brother|sister|son|daughter|grandmother|grandfather|gran|nan"
    r"|grandad|auntie|uncle|stepmother|stepfather|EHCP|EHC plan|social worker|caseworker|teaching assistant|diagnosis"
    r"|wheelchair|medication|seizures)\b")
OWNER = re.compile(rf"\b{FULL_WORD}(?: {UPPER}{LETTER}{{1,30}})?{OWNED}")
"""Any word whose mother, plan or social worker it is, if it is no place: "Star's mum"."""

MONTHS = frozenset(["april", "may", "june", "july", "august", "autumn", "summer", "spring", "winter", "jan", "jun",
    "mar", "will"])
"""First names that are hardly ever alone: they count in the wordings of rules."""

NOT_ALONE = MONTHS | frozenset(["grant", "bill", "charity", "trust", "justice", "link", "star", "sky", "royal",
    "king", "prince", "princess", "queen", "dean", "bishop", "deacon", "earl", "duke", "lord", "lady", "major",
    "saint", "sultan", "christian", "roman", "jersey", "bank", "norm", "ally", "victoria", "major", "hero", "honour"])
"""First names that have other reasons for a capital, too: they count where they do what only people do."""

ALONE = re.compile(rf"(?<=[a-z] )(?<!\bthe )(?<!\bour )(?<!\ba )({UPPER}[^\W\d_]+)(?!\w)(?! {UPPER}| [0-9]|-)"
                   rf"|(?<=[a-z], )({UPPER}[^\W\d_]+)(?!\w)(?=,| and | who | was | is | has )")
"""A capitalised word inside a sentence that is not part of a longer name."""

LOWER_CASE_BEFORE = re.compile(r"(?:\A|[\s(“\"'])[a-z][\w'-]*,? \Z")

BEFORE_FULL_NAME = re.compile(r"(?:\b(?:by|to|with|from|that|of|and|thanked|met)|[a-z],) \Z")
PREPOSITION = re.compile(r"\b(?:for|of|in|at|from|near|and) \Z")

SUBJECT = re.compile(rf"(?:^|(?<=[.!?:\n\"“”(] )|(?<=[\n\"“”(])|(?<=[a-z] ))({UPPER}[^\W\d_]+) (?:({OWN_VERB})"
    rf"|(?:is|was)\b{NO_PERSON}|{LIFE_VERB}\b(?<! is)(?<! was))")
"""A capitalised word that does what people do, and what only people do."""

WITH_LAST_NAME = re.compile(rf"\b({UPPER}[^\W\d_]+)(?=( {UPPER}[^\W\d_]+)(?!\w))")
"""A capitalised word with another one after it."""

CAPITAL_WORD = rf"((?:[OD]'|M[Aa]?[Cc])?{UPPER}{{2,30}}(?:['-]{UPPER}{{1,30}})?)(?![\w-])"
IN_CAPITALS = re.compile(
    rf"(?<![\w'-]){CAPITAL_WORD}(?=,? (?:(?:MAC|NI|AP|BIN|DE|VAN|[ÓOD]|NÍ) )?{CAPITAL_WORD})")
"""A word in capitals with another one after it."""

INITIALS = re.compile(
    rf"(?<![\w.-])((?:[A-Z]\. ?[A-Z]\.(?: ?[A-Z]\.)?)|[A-Z]{{2}})(?:,| \(|:| -|,? (?:who )?(?:is|was)(?: in)?|,? an?"
    rf"|,? in)"
    rf" ?(?:in |an? )?{SCHOOL_YEAR}|\b(?:[Cc]hild|[Pp]upil|[Ss]tudent|[Bb]oy|[Gg]irl) ([A-Z]\. ?[A-Z]\.)")
"""The initials of a child, with the school year or the word "child"."""

NOT_INITIALS = frozenset(("AP", "EP", "HI", "LA", "MI", "PE", "RE", "SD", "TA", "UK", "VI", "EU", "IT", "PP", "EY",
    "AS",
                          "OT", "HE", "FE", "KS", "PA", "OR", "IN", "NO", "TO", "ID", "DT", "RS", "CP", "YR"))

LABELLED = re.compile(
    r"\b(?i:fore_?name|sur_?name|first[ _-]?name|last[ _-]?name|given[ _-]?name|family[ _-]?name|full[ _-]?name"
    r"|child(?:'s)?[ _-]?name|pupil(?:'s)?[ _-]?name|middle[ _-]?name|parent(?:'s)?[ _-]?name)\"?\s?[:=]\s?[\"']?"
    rf"({LETTER}{{2,30}}(?:[ -]{LETTER}{{2,30}})?)")
"""A field of a form or of a data file that holds a name, in whatever letters."""

LOWER_CASE_NAME = re.compile(
    rf"\b(?i:{POSSESSIVE}) (?:{ATTRIBUTE}){{0,2}}{RELATIVE}s?,? (?:is )?(?:called |named )?([a-z]{{2,15}})\b")

FOREIGN = re.compile(rf"(?<!{FOREIGN_LETTER})(?<!{FOREIGN_LETTER} ){FOREIGN_LETTER}"
                     rf"[{FOREIGN_LETTER[1:-1]}\u0300-\u036f' -]{{0,60}}")
MAX_FOREIGN_WORDS, MAX_FOREIGN_LETTERS = 5, 40
"""A longer stretch in another script is a translation, which the check cannot read."""

WEB_NAME = re.compile(r"[.@/][^\W\d_]")

LANGUAGES = frozenset(
    ["العربية", "فارسی", "اردو", "پښتو", "کوردی", "עברית", "বাংলা", "ગુજરાતી", "हिन्दी", "नेपाली", "ਪੰਜਾਬੀ",
    "தமிழ்", "తెలుగు", "മലയാളം", "ไทย", "中文", "简体中文", "繁體中文", "日本語", "한국어", "Русский", "Українська",
    "Български",
    "Српски", "Македонски", "Ελληνικά", "ትግርኛ", "አማርኛ"])
"""Languages by their own names, as links to translations have them."""

CONTEXT_WORDS = re.compile(
    r"\b(?:(?:step|god)?(?:son|daughter|child|mother|father|parent)|boy|girl|brother|sister|sibling|nephew|niece|twin"
    r"|baby|toddler|teenager|young|lad|kid|mum|mam|dad|carer|guardian|nan|gran|foster|aunt|uncle|wife|husband|partner"
    r"|pupil|student|learner|patient|person|man|woman|user|school|famil|friend|teacher|case|aged?|name|reception"
    r"|nursery|classmate|cousin)|year|-of-", re.I)
"""One of these precedes a name in each of RULES that takes any word."""

STRETCH = 200
"""How many characters before and after a possible name the rules look at."""


def personal_names(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield the names in a text, except those of the area's lists."""
    yield from unknown_words(text, allowlist)
    yield from names_in_context(text, allowlist)


def public_names(text: str, allowlist: Allowlist) -> list[str]:
    """Return the names that the check asks about for one reason alone, that they are on no list: somebody may say that
    anyone may know them. Names near words about a family are not among them."""
    private = list(names_in_context(text, allowlist))
    return list(dict.fromkeys(text[match.start:match.end] for match in unknown_words(text, allowlist)
                              if not any(match.start < other.end and other.start < match.end for other in private)))


def names_in_context(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield the names that the wording around them shows."""
    for match in AFTER_TITLE.finditer(text):
        yield from _name_at(text, match.start(1), match[1], allowlist, ANY_LAST_NAME)
    for match in OWNER.finditer(text):
        if plain(match[1]) not in PLACES:
            yield from _name_at(text, match.start(1), match[1], allowlist, ANY_WORD)
    for pattern in RULES_OF_ANY_LAST_NAME:
        for match in pattern.finditer(text):
            if match.lastindex == 1 and plain(match[1]) not in PLACES:
                yield from _name_at(text, match.start(1), match[1], allowlist, ANY_LAST_NAME)
            elif match.lastindex == 2 and is_first_name(match[1]) and plain(match[1]) not in NOT_ALONE \
                    and could_be_last_name(match[2], allowlist.words):
                yield from _name_at(text, match.start(1), f"{match[1]} {match[2]}", allowlist, NAME)
    for pattern in RULES_OF_LAST_NAMES:
        for match in pattern.finditer(text):
            yield from _name_at(text, match.start(1), match[1], allowlist, LAST_NAME)
    for start, end in _stretches(text, lambda match: could_be_named(text, match, allowlist)):
        for match in _matches_of(RULES_OF_NAMES, text, start, end):
            yield from _name_at(text, match.start(1), match[1], allowlist, NAME)
        yield from _first_names(text, start, end, allowlist)
    contexts = Contexts(text)
    for start, end in _stretches(text, lambda match: could_be_name(match[0], allowlist.words)
                                 and contexts.precede(match.start())):
        for match in _matches_of(RULES_OF_ANY_WORD, text, start, end):
            yield from _name_at(text, match.start(1), match[1], allowlist, ANY_WORD)
    yield from in_capitals(text, allowlist)
    for match in INITIALS.finditer(text):
        group = 1 if match[1] else 2
        if match[group] not in NOT_INITIALS and match[group].lower() not in allowlist.words:
            yield Match("name", *match.span(group), plain(match[group]))
    for match in LABELLED.finditer(text):
        if not is_known(match[1]) or is_first_name(match[1]) or plain(match[1]) in PLACES:
            yield Match("name", *match.span(1), plain(match[1]))
    for match in LOWER_CASE_NAME.finditer(text):
        if (is_first_name(match[1]) or not is_known(match[1])) and plain(match[1]) not in allowlist.words:
            yield Match("name", *match.span(1), plain(match[1]))
    yield from _foreign(text, allowlist)


def _matches_of(rules: Iterable[re.Pattern[str]], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what the rules match in a part of a text."""
    small = text[start:end].lower()
    for pattern in rules:
        if any(word in small for word in NEEDED[pattern]):
            yield from pattern.finditer(text, start, end)


def unknown_words(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield each capitalised word that is in no list, with the words of the name that follow it."""
    end = 0
    for match in WORD.finditer(text):
        if match.start() < end or not is_unknown(match[0], allowlist.words) or _is_excused(text, match, allowlist):
            continue
        word = match[0].removesuffix("'s")
        last = match.start() + len(word)
        for _ in range(MAX_FOLLOWING):
            following = FOLLOWING.match(text, last)
            if not following or not (
                    is_unknown(following[1], allowlist.words) or is_first_name(following[1])
                    or plain(following[1]) in SURNAMES_THAT_ARE_WORDS):
                break
            last = following.end(1) - (2 if following[1].endswith("'s") else 0)
        end = last
        yield Match("name", match.start(), last, " ".join(plain(part) for part in text[match.start():last].split()))


MAX_FOLLOWING = 3
FOLLOWING = re.compile(rf" ({UPPER}{LETTER}{{1,30}}(?:['-]{LETTER}{{1,30}}){{0,2}})(?!\w)")


def _is_excused(text: str, match: re.Match[str], allowlist: Allowlist) -> bool:
    """Return whether an unknown word is part of the name of an office-holder, of a place or of a body."""
    start, word = match.start(), plain(match[0])
    return bool(_is_of_place(text, start, start + len(match[0].removesuffix("'s")))
                or word in allowlist.last_names
                or any(_covers(text, start, word, place) for place in PLACES_BY_WORD.get(word, ()))
                or _is_of_school(text, start, word, allowlist)
                or _is_allowed_person(text, start, word, allowlist))


def _is_of_school(text: str, start: int, word: str, allowlist: Allowlist) -> bool:
    """Return whether the word at `start` is part of the name of a school of the area."""
    return any(_covers(text, start, word, school) for school in allowlist.schools_by_word.get(word, ()))


def _is_of_place(text: str, start: int, end: int) -> bool:
    """Return whether the words around a word make it part of the name of a place, a body or somebody in office."""
    if ORGANISATION.match(text, end):
        return True
    if text[start - 1:start] != " ":
        return False
    before = text[max(0, start - 60):start].split()[-3:]
    if not before:
        return False
    if before[-1] in BEFORE_PLACE or (before[-1] == "of" and before[-2:-1] and before[-2] in BEFORE_OF):
        return True
    # "Sir" in "Sir Robin Sample" is before the first name, and one word further from the last.
    for number, word in enumerate(reversed(before)):
        if word in OFFICES:
            return True
        if not word[0].isupper() or number == 2:
            break
    return before[-1] in PLACE_BEFORE and bool(ALSO_LAST_NAME.match(text, end))


def _covers(text: str, start: int, word: str, name: str) -> bool:
    """Return whether a name of several words is in the text with its `word` at `start`."""
    at = name.find(word)
    while at >= 0:
        first = start - at
        if first >= 0 and without_accents(text[first:first + len(name)]).lower().replace("-", " ") == name \
                and not text[first + len(name):first + len(name) + 1].isalnum():
            return True
        at = name.find(word, at + 1)
    return False


def _is_allowed_person(text: str, start: int, word: str, allowlist: Allowlist) -> bool:
    """Return whether the word at `start` is part of the full name of someone or something on the allowlist.

    The whole name must be there: "Robin" of an office-holder Robin Sample is not allowed alone, as it may be a child.
    """
    return any(word in name and _covers(text, start, word, name) for name in (*allowlist.people, *allowlist.phrases))


DATE_BEFORE = re.compile(r"(?:[0-9](?:st|nd|rd|th)?(?: of)?|\b(?:[Ii]n|of|since|by|until|till|from|before|after"
    r"|early|late|mid|last|next"
                         r"|this|each|every|to|and|between|during|for|on))[ -]\Z")
DATE_AFTER = re.compile(r" [0-9]|, (?:19|20)[0-9]{2}|-[0-9]")


def could_be_named(text: str, match: re.Match[str], allowlist: Allowlist) -> bool:
    """Return whether a word is on no list, or a first name; not if it is part of an allowed name or a date."""
    word = match[0]
    if is_unknown(word, allowlist.words):
        return not _is_allowed_person(text, match.start(), plain(word), allowlist)
    if not is_first_name(word) or plain(word) in allowlist.words:
        return False
    return not (plain(word) in MONTHS and (
        DATE_BEFORE.search(text, max(0, match.start() - 10), match.start()) or DATE_AFTER.match(text, match.end())))


class Contexts:
    """The places in a text of the words that make any word after them a name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked = 0
        self.starts: list[int] | None = None

    def precede(self, start: int) -> bool:
        """Return whether one is before a position, in its line and within CONTEXT_WIDTH, as in each of the rules."""
        # Most texts are asked about once or twice; for a list of names all places are found at once.
        self.asked += 1
        if self.asked < MANY:
            return any(True for _ in CONTEXT_WORDS.finditer(
                self.text, max(self.text.rfind("\n", 0, start) + 1, start - CONTEXT_WIDTH, 0), start))
        if self.starts is None:
            self.starts = [match.start() for match in CONTEXT_WORDS.finditer(self.text)]
        at = bisect_left(self.starts, start) - 1
        return at >= 0 and start - self.starts[at] <= CONTEXT_WIDTH and "\n" not in self.text[self.starts[at]:start]


MANY = 100


def _stretches(text: str, is_possible: Callable[[re.Match[str]], bool]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text around words that could be names: most texts have few of them, and rules are slow."""
    first, last = 0, -1
    for match in WORD.finditer(text):
        if is_possible(match):
            if match.start() - STRETCH > last >= 0:
                yield first, last
                last = -1
            first = first if last >= 0 else max(0, match.start() - STRETCH)
            last = match.end() + STRETCH
    if last >= 0:
        yield first, min(last, len(text))


def _first_names(text: str, start: int, end: int, allowlist: Allowlist) -> Iterator[Match]:
    """Yield first names that are words too, where they are used as names."""
    for match in ALONE.finditer(text, start, end):
        word = match[match.lastindex or 1]
        at = match.start(match.lastindex or 1)
        if is_first_name(word) and plain(word) not in NOT_ALONE and plain(word) not in PLACES \
                and not text.endswith("'s ", 0, at) and not _is_of_school(text, at, plain(word), allowlist) \
                and LOWER_CASE_BEFORE.search(text, max(0, match.start() - 40), match.start()):
            yield from _name_at(text, at, word, allowlist, NAME)
    for match in SUBJECT.finditer(text, start, end):
        word = plain(match[1])
        is_place = word in PLACES and PREPOSITION.search(text, max(0, match.start() - 12), match.start())
        if is_first_name(word) and not is_place and (match[2] or word not in NOT_ALONE) \
                and not text.endswith("'s ", 0, match.start(1)) \
                and not _is_of_school(text, match.start(1), word, allowlist):
            yield from _name_at(text, match.start(1), match[1], allowlist, NAME)
    for match in WITH_LAST_NAME.finditer(text, start, end):
        last = match[2].strip()
        is_month = plain(match[1]) in MONTHS and (
            plain(last) in SURNAMES_THAT_ARE_WORDS or (is_known(last) and plain(last) not in PLACES)
            or not could_be_named(text, match, allowlist))
        if is_first_name(match[1]) and not is_month and plain(match[1]) not in NOT_ALONE - MONTHS \
                and not _is_of_school(text, match.start(), plain(match[1]), allowlist) \
                and plain(last) not in allowlist.words \
                and not text.endswith((" the", "The"), 0, max(0, match.start() - 1)) and (
                    _may_be_last_name(last) or (plain(last) in RARER_SURNAMES and BEFORE_FULL_NAME.search(
                        text, max(0, match.start() - 12), match.start()))):
            yield from _name_at(text, match.start(), match[1] + match[2], allowlist, NAME)


def _may_be_last_name(word: str) -> bool:
    found = plain(word)
    return found in SURNAMES_THAT_ARE_WORDS or found in FIRST_NAMES_THAT_ARE_WORDS or found in PLACES \
        or not is_known(word)


def in_capitals(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield names in capitals, of two words of which neither is on a list."""
    for match in IN_CAPITALS.finditer(text):
        first, second = match[1], match[2]
        if len(first) < 3 or any(plain(word) in allowlist.words for word in (first, second)):
            continue
        named = [is_first_name(word) and plain(word) not in NOT_ALONE for word in (first, second)]
        unknown = [not is_known(word) for word in (first, second)]
        last = [_may_be_last_name(word) or plain(word) in RARER_SURNAMES for word in (first, second)]
        if (unknown[0] and (unknown[1] or plain(second) in PLACES) and len(first + second) > 5) \
                or (named[0] and (unknown[1] or last[1])) or (named[1] and (unknown[0] or last[0])) \
                or (unknown[1] and is_first_name(first) and plain(first) in NOT_ALONE - MONTHS) \
                or (unknown[0] and last[1] and len(first) > 3):
            yield Match("name", match.start(1), match.end(2), f"{plain(first)} {plain(second)}")


def _is_allowed_phrase(words: str, allowlist: Allowlist) -> bool:
    name = as_phrase(words)
    return name in allowlist.words or name in allowlist.phrases or name in allowlist.people


def _foreign(text: str, allowlist: Allowlist) -> Iterator[Match]:
    """Yield a few words in another script than Latin: in an English sentence they are mostly names."""
    for match in FOREIGN.finditer(text):
        words = match[0].strip(" '-")
        if len(words) > 1 and len(words.split()) <= MAX_FOREIGN_WORDS and len(words) <= MAX_FOREIGN_LETTERS \
                and words not in LANGUAGES and not _is_allowed_phrase(words, allowlist) \
                and text[match.start() - 1:match.start()] not in ("/", ".", "@") \
                and not WEB_NAME.match(text, match.start() + len(words)):
            yield Match("name", match.start(), match.start() + len(words), words.lower())


def _name_at(text: str, start: int, words: str, allowlist: Allowlist, required: str) -> Iterator[Match]:
    """Yield the name at `start`, if the capitalised `words` there are one and satisfy what is required."""
    parts = words.removesuffix("'s").split()
    while len(parts) > 1 and parts[0] in ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"):
        start += len(parts[0]) + 1
        parts = parts[1:]
    if not parts:
        return
    word = plain(parts[0])
    if _is_of_place(text, start, start + len(parts[0])) or word in allowlist.last_names or word in allowlist.words \
            or any(_covers(text, start, word, place) for place in PLACES_BY_WORD.get(word, ())) \
            or _is_allowed_person(text, start, word, allowlist):
        return
    if required == NAME and not (is_unknown(parts[0], allowlist.words) or is_first_name(parts[0])):
        return
    if required == ANY_LAST_NAME and not could_be_last_name(parts[0], allowlist.words):
        return
    if required == ANY_WORD and not could_be_name(parts[0], allowlist.words):
        return
    if required == LAST_NAME and not (is_unknown(parts[0], allowlist.words) or is_first_name(parts[0])
                                      or word in SURNAMES_THAT_ARE_WORDS or word in RARER_SURNAMES
                                      or word in PLACES):
        return
    kept = [parts[0]]
    for part in parts[1:]:
        if not could_be_name(part, allowlist.words):
            break
        kept.append(part)
    name = " ".join(kept)
    yield Match("name", start, start + len(name), name.lower().removesuffix("'s"))
