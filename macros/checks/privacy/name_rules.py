"""The wordings around names of people, and the words that no name is made of.

Each rule says in which wording a capitalised word is a name. `names.py` looks with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

CAPITALS = "".join(letter for letter in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if letter.isupper())
"""The capital letters of Latin script, from A to those of Vietnamese."""

UPPER = f"[{CAPITALS}]"
LETTER = r"[^\W\d_]"
LATIN = "\\x00-\u036f\u1d00-\u2bff\u2e00-\u2e7f\ua640-\ua69f\ua720-\ua7ff\uab30-\uabbf\uffdd-\U0010ffff"
FOREIGN_LETTER = f"[^{LATIN}]"
"""A letter of a script other than Latin. Python compiles a class of what is left out in a tenth of the time."""

WORD = re.compile(
    # What must not precede it is a lookbehind after the first letter, since the engine then skips to capital letters.
    rf"{UPPER}(?<![\w@#=\\$].)(?<![a-z0-9_)]/.)(?<!\w\..){LETTER}*+(?:'{LETTER}{{1,30}}+)?"
    rf"(?:-{LETTER}{{1,30}}+(?:'[a-z]{{1,2}})?){{0,4}}(?![\w@=]|/[a-z0-9]|\.[a-z]|://)")
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

# "+" after a number of letters: a part of a word is no name, so the engine need not try one.
LAST = rf"{UPPER}(?:'[A-Z])?[^\W\d_]{{0,30}}+(?:['-][A-Z]?[a-z]{{1,30}}+){{0,2}}"
FULL = rf"\b({UPPER}(?:'[A-Z])?[^\W\d_]{{1,30}}+(?:-{LETTER}{{1,30}}+)?(?: {LAST}){{0,2}})(?!\w)"
FULL_WORD = rf"({UPPER}(?:'[A-Z])?[^\W\d_]{{1,30}}+(?:-{LETTER}{{1,30}}+)?)"

ANY_WORD, ANY_LAST_NAME = "any word that could be one", "any but the most common words"
NAME, LAST_NAME = "an unknown word or a first name", "also a word such as Hill"
"""What a rule requires of the capitalised word in its place, from the surest wording to the weakest."""


_compiled = cache(re.compile)
"""Rules are compiled when a text has one of their words: many areas have no such text."""


class Rule(NamedTuple):
    """A wording around a name, and what each of its matches holds, in small letters, one of several words: rules are
    slow, and most texts lack it.

    Where the wording begins with a few letters, its pattern begins with these and not with "\\b": the engine then skips
    to them.
    """

    pattern: str
    needed: tuple[str, ...] = ("",)

    def matches(self, text: str, small: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Yield the matches in a part of a text, which `small` holds in small letters."""
        for word in self.needed:  # `any` takes twice as long, and there are many short texts
            if word in small:
                yield from _compiled(self.pattern).finditer(text, start, len(text) if end is None else end)
                return


def _rule(pattern: str, *needed: str) -> Rule:
    return Rule(pattern, needed or ("",))


FAMILY = ("son", "daughter", "child", "boy", "girl", "brother", "sister", "sibling", "nephew", "niece", "twin", "baby",
          "toddler", "teenager", "young", "lad", "kid", "mate", "cousin", "mother", "father", "parent", "mum", "mam",
          "dad", "carer", "guardian", "nan", "gran", "aunt", "uncle", "wife", "husband", "partner", "pupil", "student",
          "learner", "patient", "user")
YEAR_WORDS = ("year", "yr", *(f"y{number}" for number in range(1, 10)), "reception", "nursery")

RULES_OF_ANY_WORD = (
    _rule(rf"\b(?i:{POSSESSIVE})\b,? (?:{ATTRIBUTE}){{0,3}}(?:{RELATIVE}|partner)s?"
          rf"(?:,? (?:is |was )?(?:called|named)|'s name is| is| was|:)?[ ,(\"'-]{{1,3}}{FULL}", *FAMILY),
    _rule(rf"\b(?i:{RELATIVE}|{PUPIL}|person|man|woman),? (?:who (?:is|was) )?"
          rf"(?:called|named|whose name is) {FULL}", "called", "named", "name is"),
    _rule(rf"\b(?i:{YEAR_OLD})(?: {RELATIVE}| {PUPIL})?,?(?: called| named)? {FULL}"
          r"(?! (?:boy|girl|pupil|child|children|school|student))", "year"),
    _rule(rf"\b(?i:{POSSESSIVE}|the) (?:(?:{ATTRIBUTE})?{RELATIVE}'s )?name (?:is|was) {FULL}", "name"),
)
"""Wordings that alone make a word a name: "my son Ocean". One of CONTEXT_WORDS precedes the name in each."""

RULES_OF_NAMES = (
    _rule(rf"\b(?i:{RELATIVE})s? (?:of|to) {FULL}", " of ", " to "),
    _rule(rf"\b(?i:family|families|friends?|teacher|case) of {FULL}", " of "),
    _rule(rf"\b(?i:{RELATIVE}|{PUPIL})(?i:-of-[a-z]{{1,12}})?s?,? {FULL}", *FAMILY),
    _rule(rf"\b[Aa]ged? {AGE},? {FULL}", "age"),
    _rule(rf"\b{SCHOOL_YEAR}(?:'s)?,? (?:{RELATIVE}|{PUPIL})?,? ?(?:called |named )?{FULL}", *YEAR_WORDS),
    _rule(rf"(?:\bsaid|\bsays|\badded|\basked|\bexplained|,) {FULL}, (?:{AGE}|who)(?=[,.\n]| is| was)",
          "said", "says", "added", "asked", "explained", ","),
    _rule(rf"\b(?:Dear|Hi|Hello) {FULL}(?=,|!|\s?\n|$)", "dear", "hi", "hello"),
    _rule(rf"\b(?i:sincerely|faithfully|regards|wishes|signed|apologies|present|attended by|in attendance|named?)"
          rf"[,:]?\s{{1,3}}{FULL}", "sincerely", "faithfully", "regards", "wishes", "signed", "apologies", "present",
          "attend", "name"),
)
"""Wordings around a word that is on no list, or that is a first name and a word too: "Grace (Year 7)"."""

NAME_FIRST = re.compile(rf"{FULL}(?:" + "|".join((
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
    rf": [^.\n]{{0,40}}\b{NEEDS}")) + ")")
"""The same where the name comes first. One pattern for all of them: the name is then read once."""

AFTER_TITLE = _rule(rf"\b{TITLE}\.?(?: and {TITLE}\.?)? (?!Justice\b|Speaker\b){FULL}",
                    "mr", "ms", "miss", "mx", "master")
"""A name after "Mrs", whatever word it is."""

RULES_OF_LAST_NAMES = (
    _rule(rf"(?<!\b[Aa] )(?<!\b[Aa]n )(?<![Oo]ne )(?<!very )(?<!ach ){FULL} family\b(?! (?:hub|support|centre"
          r"|learning|service|group|information|forum|links?|friendly|court|worker|member|life|voice|network|event|day"
          r"|fun|liaison|room))", "family"),
    _rule(rf"\b[Tt]he {FULL} (?:case|family|famil(?:y|ies)'s?|children|twins|household|appeal|siblings|parents)\b",
          "case", "famil", "child", "twins", "household", "appeal", "sibling", "parent"),
    _rule(rf"{UPPER}(?<![\w.].)\. ?(?:{UPPER}\. ?){{0,2}}({UPPER}[^\W\d_]{{1,30}}(?:-{UPPER}[^\W\d_]{{1,30}})?)(?!\w)",
          "."),
)
"""Wordings around a last name, which may be a word such as Hill: "Mrs Hill", "the Hill case". `prefilter.py` has a cue
for each."""

RULES_OF_ANY_LAST_NAME = (
    _rule(rf"\b[Tt]he (?!Business|Strategic|Economic|Financial|Commercial|Outline|Test){FULL_WORD}"
          r" (?:case|twins|siblings)(?= (?:went|was|is|came|has|had|were|have|goes|comes)\b)",
          " case", " twins", " siblings"),
    _rule(rf"{UPPER}(?<![\w.].)\. ?(?:{UPPER}\. ?){{0,2}}{FULL_WORD}"
          r"(?= (?:came|was|is|has|had|said|told|asked|wrote|spoke|rang|and)\b)", "."),
    _rule(rf"\b(?:by|with|from|thanked|met) {FULL_WORD} {FULL_WORD}(?=[.,;\n]| on | and |$)",
          "by ", "with ", "from ", "thanked ", "met "),
)
"""The same for any word at all, where the wording leaves no doubt: "the Pickle case went to the Tribunal"."""

INTRODUCTIONS = ("taken by", "sent by", "written by", "signed by", "according to", "review of", "parent of",
                 "parents of", "mother of", "father of", "appeal of", "complaint of", "sincerely,", "faithfully,",
                 "regards,", "attendance:", "apologies:", "present:")
ROLES = ("worker,", "officer,", "tutor,", "teacher,", "escort,", "therapist,")
INTRODUCTION = rf"(?:{'|'.join(f'(?i:{words[0]}){words[1:]}' for words in INTRODUCTIONS)}|{'|'.join(ROLES)})\s{{1,3}}"
INTRODUCED = _rule(rf"{INTRODUCTION}{FULL_WORD} {FULL_WORD}(?!\w)", *INTRODUCTIONS, *ROLES)
"""Two words for a first and a last name, each of which may be an ordinary word: "according to Reed Salmon"."""

_WORD = rf"({UPPER}(?<!\w.)[^\W\d_]++)(?<!s)"
_WORDS = rf"({UPPER}(?<!\w.)[^\W\d_]++(?: {UPPER}[^\W\d_]++)?)(?<!s)"
CHILD_ALONE = (
    _rule(rf"{_WORDS}(?: \((?:[Aa]ged? {AGE}|{SCHOOL_YEAR})\)|: no (?:school|place|transport)\b"
          r"|, [1-9][0-9]?(?:, (?:lives|has|is|was|needs)\b|\.(?!\w))"
          r"| (?:has an? (?:EHCP|EHC plan|diagnosis)|was (?:excluded|suspended|off-rolled)|was sent home|told us that"
          r"|has been out of school|is (?:still|now) (?:waiting|out of|at home|on a (?:part-time|reduced))"
          r"|cannot (?:manage|cope|sleep|eat)|waited (?:[0-9]+|a|one|two|three|four|five|six) (?:weeks|months|years?)"
          r"|has waited [0-9]+ (?:weeks|months|years)|gets (?:the|a) (?:place|taxi|tutor)|would not cope"
          r"|moved to (?:the|a|his|her) (?:new |other )?(?:school|nursery|class))\b)",
          "(", ", ", ": no ", " has ", " was ", " is ", " told ", " waited ", " cannot ", " gets ",
          " would ", " moved "),
    _rule(rf"\b(?:about|for|of|with|help|see) {_WORD}, who (?:has|is|was|cannot|needs|does)\b",
          ", who has", ", who is", ", who was", ", who cannot", ", who needs", ", who does"),
    _rule(rf"t (?<=\b[Ii]t )(?:was|is) {_WORD} who\b", " who"),
    _rule(rf"\bDear {_WORD}(?=,)", "dear "),
    _rule(rf"oth (?<=\b[Bb]oth ){_WORD} and {UPPER}[^\W\d_]++ (?:need|have|are|were|had)\b", "both "),
    _rule(rf"\btwins,? {_WORD} and {UPPER}", "twin"),
    _rule(rf"\b{UPPER}{{3,30}}+, {_WORD} - {SCHOOL_YEAR}", " - y", " - reception", " - nursery"),
    _rule(rf"\b(?:if|that) {_WORD} could (?:stay|come|go)\b", " could stay", " could come", " could go"),
    _rule(rf"{_WORD} at {NAMED_SCHOOL} (?:has|needs|cannot|is waiting)\b", " at "),
    _rule(rf"\b(?:found|arranged|booked) for {_WORD}(?= (?:at|in|by)\b|[.,;])",
          "found for ", "arranged for ", "booked for "),
    _rule(rf"\b(?:[Ll]etter|[Dd]rawing|[Pp]oem) from {_WORD}(?= (?:was|is)\b)",
          "letter from ", "drawing from ", "poem from "),
)
"""Any word but a plural, where only a child does what is said: "Grey has an EHCP", "Vale (Year 7)"."""

FOR_SOMEBODY = _rule(
    rf"\b(?:(?:letter|e-?mail|call|message|card|poem|drawing|story|complaint) from"
    rf"|(?:found|arranged|booked|agreed) for) ({UPPER}[^\W\d_]++)(?= (?:was|were|is|has|had|at|in|by)\b|[.,;])",
    "letter from ", "mail from ", "call from ", "message from ", "card from ", "poem from ", "drawing from ",
    "story from ", "complaint from ", "found for ", "arranged for ", "booked for ", "agreed for ")
"""A first name that is also a place or a title: "a letter from Martin was read out"."""

CLAUSE = re.compile(
    rf"\b(?:that|if|when|When|because|while|before|after|until|since) ({UPPER}[^\W\d_]++)"
    r" (?:would|could|cannot|can't|came|goes|went|lived|lives|started|starts|moved|wanted|attended|left|missed)\b")
"""A first name that is also a title or the like, as the subject of a clause: "when Christian moved"."""

OWNED = (
    rf"'s (?:{LETTER}{{1,20}} )?(?:mum|mother|dad|father|brother|sister|son|daughter|grandmother|grandfather|gran|nan"
    r"|grandad|auntie|uncle|stepmother|stepfather|EHCP|EHC plan|social worker|caseworker|teaching assistant|diagnosis"
    r"|wheelchair|medication|seizures)\b")
OWNER = _rule(rf"\b{FULL_WORD}(?: {UPPER}{LETTER}{{1,30}})?{OWNED}", "'s ")
"""Any word whose mother, plan or social worker it is, if it is no place: "Star's mum"."""

MONTHS = frozenset(["april", "may", "june", "july", "august", "autumn", "summer", "spring", "winter", "jan", "jun",
    "mar", "will"])
"""First names that are hardly ever alone: they count in the wordings of rules."""

NOT_ALONE = MONTHS | frozenset(["grant", "bill", "charity", "trust", "justice", "link", "star", "sky", "royal",
    "king", "prince", "princess", "queen", "dean", "bishop", "deacon", "earl", "duke", "lord", "lady", "major",
    "saint", "sultan", "christian", "roman", "jersey", "bank", "norm", "ally", "victoria", "major", "hero", "honour"])
"""First names that have other reasons for a capital, too: they count where they do what only people do."""

ALONE = re.compile(rf"(?<=[a-z] )(?<!\bthe )(?<!\bour )(?<!\ba )({UPPER}[^\W\d_]++)(?!\w)(?! {UPPER}| [0-9]|-)"
                   rf"|(?<=[a-z], )({UPPER}[^\W\d_]++)(?!\w)(?=,| and | who | was | is | has )")
"""A capitalised word inside a sentence that is not part of a longer name."""

LOWER_CASE_BEFORE = re.compile(r"(?:\A|[\s(“\"'])[a-z][\w'-]*,? \Z")

BEFORE_FULL_NAME = re.compile(r"(?:\b(?:by|to|with|from|that|of|and|thanked|met)|[a-z],) \Z")
PREPOSITION = re.compile(r"\b(?:for|of|in|at|from|near|and) \Z")

SUBJECT = re.compile(rf"(?:^|(?<=[.!?:\n\"“”(] )|(?<=[\n\"“”(])|(?<=[a-z] ))({UPPER}[^\W\d_]++) (?:({OWN_VERB})"
    rf"|(?:is|was)\b{NO_PERSON}|{LIFE_VERB}\b(?<! is)(?<! was))")
"""A capitalised word that does what people do, and what only people do."""

WITH_LAST_NAME = re.compile(rf"\b({UPPER}[^\W\d_]++)(?=( {UPPER}[^\W\d_]+)(?!\w))")
"""A capitalised word with another one after it."""

CAPITAL_WORD = rf"((?:[OD]'|M[Aa]?[Cc])?{UPPER}{{2,30}}(?:['-]{UPPER}{{1,30}})?)(?![\w-])"
IN_CAPITALS = re.compile(
    # CAPITAL_WORD again, with its first letter first: the engine then skips to capital letters.
    rf"({UPPER}(?<![\w'-].)(?:(?:(?<=[OD])'|(?<=M)[Aa]?[Cc]){UPPER}{{2,30}}|{UPPER}{{1,29}})(?:['-]{UPPER}{{1,30}})?)"
    rf"(?![\w-])(?=,? (?:(?:MAC|NI|AP|BIN|DE|VAN|[ÓOD]|NÍ) )?{CAPITAL_WORD})")
"""A word in capitals with another one after it."""

INITIALS = (
    _rule(rf"([A-Z](?<![\w.-].)(?:\. ?[A-Z]\.(?: ?[A-Z]\.)?|[A-Z]))(?:,| \(|:| -|,? (?:who )?(?:is|was)(?: in)?|,? an?"
          rf"|,? in) ?(?:in |an? )?{SCHOOL_YEAR}", *YEAR_WORDS),
    _rule(r"[BbCcGgPpSs](?<!\w.)(?:(?<=[Bb])oy|(?<=[Cc])hild|(?<=[Gg])irl|(?<=[Pp])upil|(?<=[Ss])tudent)"
          r" ([A-Z]\. ?[A-Z]\.)", "child", "pupil", "student", "boy", "girl"),
    _rule(rf"([A-Z](?<![\w.-].)\. ?[A-Z]\.)(?:,| \()? ?(?:who is |is |aged )?{AGE}(?=,|\)|\.(?!\w)| years? old\b)",
          "."),
    _rule(rf"(?:\b{RELATIVE}|\b(?:{RELATIVE}s?|family|families) of) ([A-Z]\. ?[A-Z]\.)", "."),
)
"""The initials of a child, with the school year, an age, or a word such as "child"."""

TWO_INITIALS = re.compile(r"[A-Z]\. ?[A-Z]\.")
"""What each of them but the first holds."""

NOT_INITIALS = frozenset(("AP", "EP", "HI", "LA", "MI", "PE", "RE", "SD", "TA", "UK", "VI", "EU", "IT", "PP", "EY",
    "AS",
                          "OT", "HE", "FE", "KS", "PA", "OR", "IN", "NO", "TO", "ID", "DT", "RS", "CP", "YR"))

LABELLED = _rule(
    r"\b(?i:fore_?name|sur_?name|first[ _-]?name|last[ _-]?name|given[ _-]?name|family[ _-]?name|full[ _-]?name"
    r"|child(?:'s)?[ _-]?name|pupil(?:'s)?[ _-]?name|middle[ _-]?name|parent(?:'s)?[ _-]?name)\"?\s?[:=]\s?[\"']?"
    rf"({LETTER}{{2,30}}(?:[ -]{LETTER}{{2,30}})?)", "name")
"""A field of a form or of a data file that holds a name, in whatever letters."""

END_OF_LABEL = re.compile(r"name\"?\s?[:=]")
"""What each such field holds, in small letters."""

LOWER_CASE_NAME = _rule(
    r"[EeRrSsYy] (?i:(?<=\bmy )|(?<=\bher )|(?<=\bhis )|(?<=\bour )|(?<=\byour )|(?<=\btheir )|(?<=\bwhose ))"
    rf"(?:{ATTRIBUTE}){{0,2}}{RELATIVE}s?,?"
    r" (?:is )?(?:called |named )?([a-z]{2,15})\b", *FAMILY)

CAPITALISED = re.compile(rf"{UPPER}[^\W\d_]+")
"""What ALONE, SUBJECT and WITH_LAST_NAME look for first names in."""

FOREIGN = re.compile(rf"{FOREIGN_LETTER}(?<!{FOREIGN_LETTER}.)(?<!{FOREIGN_LETTER} .)"
                     rf"(?:{FOREIGN_LETTER}|[\u0300-\u036f' -]){{0,60}}")
MAX_FOREIGN_WORDS, MAX_FOREIGN_LETTERS = 5, 40
"""A longer stretch in another script is a translation, which the check cannot read."""

WEB_NAME = re.compile(r"[.@/][^\W\d_]")

LANGUAGES = frozenset(
    ["العربية", "فارسی", "اردو", "پښتو", "کوردی", "עברית", "বাংলা", "ગુજરાતી", "हिन्दी", "नेपाली", "ਪੰਜਾਬੀ",
    "தமிழ்", "తెలుగు", "മലയാളം", "ไทย", "中文", "简体中文", "繁體中文", "日本語", "한국어", "Русский", "Українська",
    "Български",
    "Српски", "Македонски", "Ελληνικά", "ትግርኛ", "አማርኛ"])
"""Languages by their own names, as links to translations have them."""

CONTEXT_STEMS = (
    "son", "daughter", "child", "mother", "father", "parent", "boy", "girl", "brother", "sister", "sibling", "nephew",
    "niece", "twin", "baby", "toddler", "teenager", "young", "lad", "kid", "mum", "mam", "dad", "carer", "guardian",
    "nan", "gran", "foster", "aunt", "uncle", "wife", "husband", "partner", "pupil", "student", "learner", "patient",
    "person", "man", "woman", "user", "school", "famil", "friend", "teacher", "case", "age", "name", "reception",
    "nursery", "classmate", "cousin", "year", "-of-")
_OF_FAMILY, _OTHERS = "|".join(CONTEXT_STEMS[:6]), "|".join(CONTEXT_STEMS[6:-2])
CONTEXT_WORDS = re.compile(rf"\b(?:(?:step|god)?(?:{_OF_FAMILY})|{_OTHERS})|year|-of-", re.I)
"""One of these precedes a name in each of RULES that takes any word."""

STRETCH = 200
"""How many characters before and after a possible name the rules look at."""
