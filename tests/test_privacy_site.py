"""The scan of the built site is fast, and passes nothing that the detectors alone would find."""

from __future__ import annotations

import html
import json
import random

import pytest

from macros.checks.privacy import SiteScanner, findings
from macros.register import load
from tests import privacy_sets
from tests.conftest import ROOT, TODAY
from tests.thorough import ALL

SMALL = ROOT / "tests/areas/small"
NUMBER = "999 215 8107"
FRAME = "<body><header><p>The board</p></header><main>{}</main><footer><p>Write to us</p></footer></body>"


def mixed(texts: list[str], count: int) -> list[str]:
    """Mutations of the examples: two joined, words exchanged, characters exchanged."""
    chance, words = random.Random(7), [word for text in texts for word in text.split()]
    made = []
    for number in range(count):
        one, other = chance.choice(texts), chance.choice(texts)
        parts = one.split(" ") if number % 3 else list(one)
        for _ in range(chance.randrange(1, 4)):
            parts[chance.randrange(len(parts))] = chance.choice(words) if number % 3 else \
                chance.choice("0123456789 -_./()+@AbZs'\n’&;<>{}")
        made.append((" " if number % 3 else "").join(parts) if number % 3 < 2 else
                    one[:chance.randrange(len(one) + 1)] + other[chance.randrange(len(other) + 1):])
    return made


def test_the_prefilter_passes_no_page_in_which_the_detectors_find_something():
    """Each text is a page of its own, in a site whose other pages were scanned before it."""
    scanner = SiteScanner(load(SMALL, TODAY)[0])
    sets = privacy_sets.families()
    texts = [item["text"] for item in privacy_sets.examples()] + [item["text"] for item in privacy_sets.clean()[1]]
    texts += [text for group in sets["groups"].values() for text in privacy_sets.sentences(group)]
    texts += [text for kind in sets["kinds"].values() for text in kind] + privacy_sets.board()
    passed, found = [], 0
    for text in texts + mixed(texts, 4000 if ALL else 1000):
        words = html.escape(text).strip()
        # Email addresses at reserved domains are allowed on a page.
        if any(finding.kind != "email" for finding in findings(words, scanner.scanner.allowlist)):
            found += 1
            passed += [] if scanner.problems("a/index.html", FRAME.format(f"<p>{words}</p>")) else [text]
    assert found > 1000
    assert passed == []


@pytest.mark.parametrize("page", [
    f'<p>One</p><!-- a <b>comment</b> <p>{NUMBER}</p> --><p>Two</p>',
    f'<p>One <!-- {NUMBER} -->more</p>',
    f"<p>One</p><!-- never closed <p>{NUMBER}</p>",
    "<ul><li>One</li><li>Two <b>999</b> 215<i> 8107</i></li></ul>",
    f'<li title="{NUMBER}">One</li>',
    f"<p>a < b and {NUMBER}</p>",
    f"<p>{NUMBER}",
    f"<title>x</title>{NUMBER}<![CDATA[ y]]>",
    f'<script type="application/ld+json">{json.dumps({"name": NUMBER})}</script>',
    f'<script type="application/ld+json">{{"name": {NUMBER}}}</script>',
    f"<script>let x = '{NUMBER}';</script>",
    f"<SCRIPT type='application/json'>{json.dumps([NUMBER])}</SCRIPT>",
])
def test_personal_data_is_found_anywhere_in_a_page(page):
    scanner = SiteScanner(load(SMALL, TODAY)[0])
    assert scanner.problems("a/index.html", FRAME.format("<p>Before</p>")) == []
    for path in ("a/index.html", "b/index.html"):
        problem, = scanner.problems(path, FRAME.format(f"\n{page}"))
        assert (problem.path, problem.code, problem.line) == (path, "personal-data", 2)


@pytest.mark.parametrize("row", [
    f"A-001,{NUMBER},1", f'A-001,"Letter, {NUMBER}",1', f'A-001,"A ""letter"" {NUMBER}",1', f'A-001,5" long,{NUMBER}',
    f"{NUMBER},",
])
def test_personal_data_is_found_in_any_cell_of_a_table(row):
    scanner = SiteScanner(load(SMALL, TODAY)[0])
    table = "id,title,days\r\nA-001,Letter,7\r\n"
    assert scanner.problems("api/v1/actions.csv", table) == []
    problem, = scanner.problems("api/v1/actions.csv", f"{table}{row}\r\n")
    assert (problem.code, problem.line) == ("personal-data", 3)


def test_a_number_on_two_pages_is_reported_for_both_and_for_no_other():
    scanner = SiteScanner(load(SMALL, TODAY)[0])
    problems = [problem for name, words in (("a", "Clean"), ("b", NUMBER), ("c", "Clean"), ("d", NUMBER))
                for problem in scanner.problems(f"{name}/index.html", FRAME.format(f"<p>{words}</p>"))]
    assert [problem.path for problem in problems] == ["b/index.html", "d/index.html"]


def test_two_scanners_that_share_the_files_find_what_one_finds_in_all():
    register = load(SMALL, TODAY)[0]
    texts = {f"{number}/index.html": FRAME.format(f"<p>{item['text']}</p>")
             for number, item in enumerate(privacy_sets.examples()[:60])}
    whole, *shares = [SiteScanner(register), SiteScanner(register), SiteScanner(register)]
    found = sorted({problem for path, text in texts.items() for problem in whole.problems(path, text)})
    assert len(found) > 40
    assert sorted({problem for number, (path, text) in enumerate(texts.items())
                   for problem in shares[number % 2].problems(path, text)}) == found


@pytest.mark.parametrize("text", ["A-1234: the plan", "see actions/a-1234/ in the plan", "the plan of 2024"])
def test_an_id_of_a_record_is_no_case_reference(text):
    assert findings(text) == []
