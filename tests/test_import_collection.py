"""A collection of documents is imported: what a reader sees is kept, what a reader does not see is not published."""

from __future__ import annotations

import io
import subprocess
from collections import Counter

import pytest
from PIL import Image
from pypandoc import get_pandoc_path

from macros.write.importer.container import count_words
from macros.write.importer.convert import Converted, convert
from tests.imported_documents import SECRET, Case, cases

CASES = {case.name: case for case in cases()}


@pytest.fixture(scope="session")
def imported() -> dict[str, Converted]:
    """The conversions so far: each document is converted once."""
    return {}


def test_the_collection_is_large():
    assert len(CASES) == len(cases()) >= 60


@pytest.mark.parametrize("name", CASES)
def test_a_post_holds_what_a_reader_of_the_document_sees_and_nothing_else(name, imported):
    case = CASES[name]
    post = imported.setdefault(name, convert(case.name, case.data))
    text = f"{post.title}\n{post.markdown}"
    assert SECRET.lower() not in f"{text} {post.notices} {post.paragraphs}".lower()
    assert lost(case, post) == Counter()
    assert case.exact in post.markdown
    for notice, expected in zip(sorted(post.notices), sorted(case.notices, key=lambda words: next(
            (notice for notice in sorted(post.notices) if words in notice), "")), strict=True):
        assert expected in notice
    sizes = [Image.open(io.BytesIO(picture.data)).size for picture in post.pictures]
    assert sizes == list(case.sizes)


WRITTEN = """# What we heard

Much was said^[A note 7.] about *waiting* and **places**, see [the plan](https://smallshire.example/plan).

4. one
5. two

   - inner 8

Term
:   Meaning 3.

| A | B |
|---|---|
| 1 | 2 |
"""


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_document_that_pandoc_wrote_comes_back_whole(kind):
    written = subprocess.run([get_pandoc_path(), "-f", "markdown", "-t", kind, "-M", "title=A winter post", "-o", "-"],
                             input=WRITTEN.encode(), capture_output=True, check=True).stdout
    post = convert(f"post.{kind}", written)
    words = ("What we heard Much was said A note 7 about waiting and places see the plan one two inner 8 Term "
             "Meaning 3 A B 1 2")
    assert count_words([words]) - count_words([post.markdown.replace("[^1]", " ")]) == Counter()
    assert "4.  one\n5.  two" in post.markdown and post.title == "A winter post"
    assert post.notices == ()


def lost(case: Case, post: Converted) -> Counter[str]:
    """The words and numbers that a reader of the document sees more often than a reader of the post."""
    return count_words([case.seen, "A winter post", "Much was said about waiting."]) - count_words(
        [post.title, post.markdown])
