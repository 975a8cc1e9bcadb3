"""Words that tell of a child or a family, as parts of the patterns that look for names beside them."""

from __future__ import annotations


def any_of(*words: str) -> str:
    """Return the pattern of any of some words or patterns."""
    return f"(?:{'|'.join(words)})"


OF_CHILD = any_of("(?:grand|step|god)?(?:son|daughter|child)", "boy", "girl", "brother", "sister", "sibling", "nephew",
                  "niece", "twin", "baby", "toddler", "teenager", "youngster", "lad", "kid")
OF_ADULT = any_of("(?:grand|step|god|foster )?(?:mother|father|parent)", "mum", "mummy", "mam", "dad", "daddy", "carer",
                  "guardian", "nan", "nana", "gran", "grandma", "granddad", "grandad", "grandpa", "aunt", "auntie",
                  "uncle", "wife", "husband")
RELATIVE = any_of(OF_CHILD, OF_ADULT)
PUPIL = any_of("pupil", "student", "learner", "patient", "young person", "young man", "young woman", "service user",
               "schoolboy", "schoolgirl")

SORT = any_of("foster", "step", "adopted", "adoptive", "younger", "older", "elder", "eldest", "youngest", "oldest",
              "little", "disabled", "autistic", "deaf", "blind", "twin", "only", "first", "middle", "late", "own",
              "dear", "teenage", "non-verbal", "[a-z]{1,12}[ -]year[ -]old", "[0-9]{1,2}[ -]year[ -]old") + "[ -]"
"""What stands before a word such as "son"."""

WORD_AGE = any_of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
                  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
AGE = rf"(?:[1-9]|1[0-9]|2[0-5]|{WORD_AGE})(?![0-9-]|[.,][0-9])"
YEAR_OLD = rf"(?:[0-9]{{1,2}}|{WORD_AGE})[ -]year[ -]old"
YEAR = r"(?:[Yy]ear(?: group)? (?:R|[1-9]|1[0-3])|[Rr]eception|[Nn]ursery)(?![0-9])"
"""A class of a school."""

NEEDS = any_of("EHCP", "EHC plan", "autism", "autistic", "ADHD", "Down", "cerebral", "epilep", "dyslexi", "diagnos",
               "out of school", "no school", "excluded", "off-rolled", "non-verbal", "wheelchair", "home[- ]educated",
               "special needs", "special educational", "speech therap", "school place")
THEIRS = any_of("family", "EHCP", "EHC", "plan", "diagnosis", "needs", "teacher", "school",
                "transport", "taxi", "placement", "assessment", "annual review", "tribunal", "appeal", "case",
                "social worker",
                "therapist", "birthday", "autism", "disability", "behaviour", "escort")
"""What is a child's: "Zebedee's mum", "Zebedee's EHCP"."""

OWNER = any_of("my", "her", "his", "their", "our", "your", "whose")
ARE = any_of("has", "had", "needs?", "got", "gets", "lost", "waits?", "waited", "waiting", "is", "was", "cannot",
             "can't", "does not", "did not")
SAID = any_of("said", "says", "told", "wrote", "asked", "explained", "rang", "called", "complained", "contacted",
              "spoke", "emailed", "reported", "waited")
TITLE = any_of("Mr", "Mrs", "Ms", "Miss", "Mx")
