"""Codes that one may meet when typing a record: what YAML, the form of the files in data/, takes for something else."""

from .meaning import Group, Meaning

TYPING = Group("When you type a record", (
    Meaning("yaml", "The file cannot be read, because of a sign that means something here. The message says which. "
            "Most often a text with a colon in it, or with an apostrophe, needs double quotes around it.",
            "title: 'Answer the board's letters'", 'title: "Answer the board\'s letters"'),
    Meaning("yaml-lost", "A # after a space begins a note, so the rest of the line would be lost.",
            "title: Answer the #1 complaint", 'title: "Answer the #1 complaint"'),
    Meaning("yaml-bool", "The word is read as true or false when it stands alone.",
            "name: no", 'name: "no"'),
    Meaning("yaml-number", "The number could be read in two ways. A nought before it, or a colon in it, changes its "
            "value.", "number: 012", "number: 12"),
    Meaning("yaml-tag", "A text that begins with an exclamation mark is taken for an order.",
            "title: !Answer letters in plain words", 'title: "!Answer letters in plain words"'),
    Meaning("yaml-alias", "A text that begins with & or * is taken for a copy of another part of the file.",
            "title: &words Answer letters", 'title: "&words Answer letters"'),
    Meaning("yaml-key", "A bracket stands where the name of a key should.",
            "detail: {{ action }}", 'detail: "{{ action }}"'),
    Meaning("yaml-depth", "Lists stand in lists, more than 30 deep. No record needs that.",
            "also: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "also: [letters]"),
    Meaning("duplicate-key", "The same key stands twice. One of the two would be lost.",
            "owner: null\nowner: council", "owner: council"),
    Meaning("unseen", "There is a sign that nobody can see. It came with a text that was copied.",
            r'title: "Answer letters\0"', "title: Answer letters"),
    Meaning("front-matter", "The first lines of a post are missing or not closed. They stand between two lines of "
            "three hyphens, and give its date and title.",
            "---\n---", "---\ndate: 2024-07-01\ntitle: Before the summer\n---"),
))
