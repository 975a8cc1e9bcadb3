"""Explanations of the codes that reading files gives: what is wrong with a file, and what YAML would misread in it."""

from __future__ import annotations

from ..problem import Code, Topic

CODES = (
    Code("empty", Topic.FILES, "The file has nothing in it.", "# write the action here",
         "id: A-003\ntitle: Answer letters"),
    Code("too-large", Topic.FILES,
         "The file is larger than a megabyte. A record is a page of text at most. Perhaps a picture or a whole "
         "document was put where a record belongs.", "(a file of 1,200,000 bytes)", "(a file for each record)"),
    Code("encoding", Topic.FILES, "The file was saved in an old encoding, so some letters cannot be read.",
         "Each caf\ufffd letter says who wrote it.", "Each café letter says who wrote it."),
    Code("unreadable", Topic.FILES,
         "There is something here that is not a file, or that cannot be opened, such as a folder with a file's name.",
         "data/actions/a-004-folder.yml/", "data/actions/a-004-folder.yml"),
    Code("outside", Topic.FILES,
         "This is a link to a file or folder elsewhere on a computer. On the site's computer it does not work.",
         "data/actions/a-004-link.yml", "(the file itself, with that name)"),
    Code("yaml", Topic.TYPING,
         "The file cannot be read, because of a character that means something in YAML, the format of the files in "
         "data/. The message says which. Most often a text with a colon in it, or with an apostrophe, needs double "
         "quotes around it.", "title: 'Answer the board's letters'", 'title: "Answer the board\'s letters"'),
    Code("yaml-lost", Topic.TYPING, "A # after a space begins a comment, so the rest of the line would be lost.",
         "title: Answer the #1 complaint", 'title: "Answer the #1 complaint"'),
    Code("yaml-bool", Topic.TYPING, "On its own, this word is read as true or false.", "name: no", 'name: "no"'),
    Code("yaml-number", Topic.TYPING,
         "The number could be read in two ways. A nought before it, or a colon in it, changes its value.",
         "number: 012", "number: 12"),
    Code("yaml-tag", Topic.TYPING, "A text that begins with an exclamation mark is taken for an instruction.",
         "title: !Answer letters in plain words", 'title: "!Answer letters in plain words"'),
    Code("yaml-alias", Topic.TYPING,
         "A text that begins with & or * is taken for a copy of another part of the file.",
         "title: &words Answer letters", 'title: "&words Answer letters"'),
    Code("yaml-key", Topic.TYPING, "There is a bracket where the name of a key should be.", "detail: {{ action }}",
         'detail: "{{ action }}"'),
    Code("yaml-depth", Topic.TYPING, "Lists are nested in lists, more than 30 deep. No record needs that.",
         "also: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "also: [letters]"),
    Code("duplicate-key", Topic.TYPING, "The same key appears twice. One of the two would be lost.",
         "owner: null\nowner: council", "owner: council"),
    Code("unseen", Topic.TYPING, "There is an invisible character. It came with a text that was copied.",
         r'title: "Answer letters\0"', "title: Answer letters"),
    Code("front-matter", Topic.TYPING,
         "The first lines of a post are missing or not closed. They are between two lines of three hyphens, and give "
         "the post's date and title.", "---\n---", "---\ndate: 2024-07-01\ntitle: Before the summer\n---"),
)
