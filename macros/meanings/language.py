"""Codes of what reads badly. They stop nothing."""

from .meaning import Group, Meaning

LANGUAGE = Group("How your words read", (
    Meaning("acronym", "Not every reader knows this short form. Write it out where it is first used, or explain it in "
            "the glossary.", "The ICB answers letters too.", "The integrated care board (ICB) answers letters too."),
    Meaning("long-sentence", "Many readers lose the thread after 25 words. Make two sentences.",
            "It gives the name and the number of someone who knows the child, and it says in plain words what was "
            "decided there and why, and by whom.",
            "It gives the name and the number of someone who knows the child. It says in plain words what was decided "
            "there and why, and by whom."),
    Meaning("reading-age", "A text for families should be easy at the age of eleven. Two formulas count letters and "
            "words. They are rough, so use your own judgement. Names and words of the glossary do not count.",
            "Stakeholders subsequently scrutinise implementation arrangements.",
            "Then everyone checks how it is done."),
    Meaning("passive-promise", "Nobody is named who will do it. A promise has someone who keeps it.",
            "Families will be asked each spring how it goes.", "The forum will ask families each spring how it goes."),
    Meaning("heading-skip", "People who hear pages walk by their headings. A level that is left out sounds like a "
            "part that is missing.", "## Where it is\n#### How to get there", "## Where it is\n### How to get there"),
    Meaning("link-text", "Some readers hear only a page's links, one after another. So a link's words tell what is "
            "there.",
            "[Click here](feedback.md)", "[Have your say](feedback.md)"),
    Meaning("date-without-year", "Posts are read for years. By then nobody knows which March was meant.",
            "This begins on 3 March.", "This begins on 3 March 2025."),
), is_advice=True)
