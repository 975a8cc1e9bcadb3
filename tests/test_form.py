"""Issue forms: what a person fills in on GitHub becomes valid files, and each mistake is reported with its field."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from macros.__main__ import main
from macros.write.change import read_evidence
from tests import documents
from tests.command import copied
from tests.conftest import ROOT
from tests.test_steps import FILE as STEPS_FILE
from tests.test_steps import RECORD as STEPS
from tests.thorough import sample

SMALL = ROOT / "tests/areas/small"
TEMPLATES = ROOT / ".github/ISSUE_TEMPLATE"
ACTION = "data/actions/a-001-list-late-plans.yml"
MEASURE = "data/measures/plans-on-time.yml"
NOTES = {"source_title": "Notes", "source_url": "https://smallshire.example/notes/9"}


@pytest.fixture
def area(tmp_path: Path) -> Path:
    return copied(SMALL, tmp_path / "area")


def labels_of(path: Path) -> dict[str, str]:
    """The labels of a form's fields by their ids."""
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))["body"]
    return {field["id"]: field["attributes"]["label"] for field in fields if "id" in field}


LABELS = {path.stem.lstrip("0123456789-"): labels_of(path) for path in sorted(TEMPLATES.glob("[0-9]*.yml"))}


def issue(form: str, login: str = "officer", **values: str) -> dict:
    """An issue as GitHub makes it of a form: every field is there, and an empty one says so."""
    labels = LABELS[form]
    assert set(values) <= set(labels), "a field that the form does not have"
    body = "\n\n".join(f"### {label}\n\n{values.get(id, '_No response_')}" for id, label in labels.items())
    return {"issue": {"number": 12, "body": body, "user": {"login": login}}}


@pytest.fixture
def submit(area, tmp_path, capsys):
    """A function that runs `board form` on an issue; returns its exit code and the texts that it wrote."""
    def submit(event: dict) -> tuple[int, dict[str, str]]:
        file, out = tmp_path / "event.json", tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        file.write_text(json.dumps(event), encoding="utf-8")
        code = main(["form", "--event", str(file), "--out", str(out), "--forms", str(TEMPLATES), "--area", str(area),
                     "--today", "2026-11-24"])
        capsys.readouterr()
        return code, {path.name: path.read_text(encoding="utf-8").rstrip("\n") for path in out.glob("*")}
    return submit


def check(area: Path, capsys) -> tuple[int, str]:
    code = main(["check", "--area", str(area), "--today", "2026-11-24"])
    return code, capsys.readouterr().out


PROMISED, AIM = "promised: a source commits somebody to it", "aim: somebody hoped for it"

ASKED = "Who asked: Smallshire Forum\nDay: 2026-11-20\nTitle of the report: Our survey\n" \
    "Web address: https://forum.smallshire.example/survey"
FEEL = "Feel the change: 14\nFeel it in part: 10\nDo not feel it: 22\nToo early to know: 14"

GOOD = {
    "update": (issue("update-an-action", action="a-001", note="The list is there.", status="Done", date="2026-11-20",
                     evidence="The list https://smallshire.example/list\n- Its cover: <https://smallshire.example/c>",
                     by="Smallshire Forum", **NOTES),
               "Update of A-001 (#12)", [ACTION]),
    "backdated update": (issue("update-an-action", action="A-002", note="The forum was asked.", date="2024-05-01"),
                           "Update of A-002 (#12)", ["data/actions/a-002-ask-families.yml"]),
    "words taken down": (issue("take-down", record="F-001", field="said", reason="it could show who a child is"),
                         "Words taken down (#12)", ["data/feedback/f-001-letters.yml"]),
    "words of an update taken down": (issue("take-down", record="https://smallshire.example/actions/a-001/",
                                            field="all its words", place="updates.1.note",
                                            reason="it could show who a child is"),
                                      "Words taken down (#12)", [ACTION]),
    "a post with its address": (issue("take-down", record="2024-02-02-first-meeting", field="all its words",
                                      address="- [X] The address of the post holds the words too.",
                                      reason="it could show who a child is"),
                                "Words taken down (#12)", ["docs/blog/posts/2024-02-02-taken-down.md",
                                                           "data/taken-down.yml", "data/meetings/2024-01-31.yml"]),
    "a due date corrected": (issue("correction", record="A-001", field="due", now="2024-07", reason="A slip.", **NOTES),
                             "Correction of A-001 (#12)", [ACTION]),
    "found by the editors": (issue("update-an-action", action="A-002", note="The page of the plan has no date.",
                                   editorial="- [X] The people who keep this site found it."),
                             "Update of A-002 (#12)", ["data/actions/a-002-ask-families.yml"]),
    "date moved": (issue("update-an-action", action="A-002", due="2027-Q1", reason="The hall was shut."),
                   "Update of A-002 (#12)", ["data/actions/a-002-ask-families.yml"]),
    "carried over": (issue("update-an-action", action="A-002", status="Carried over", to="a-003"),
                     "Update of A-002 (#12)", ["data/actions/a-002-ask-families.yml"]),
    "new action with a test of success": (issue("new-action", title="Call families", kind=PROMISED, owner="council",
                                                done_when="- Each has been called.\n- A list says when.", **NOTES),
                                          "New action A-004 (#12)", ["data/actions/a-004-call-families.yml"]),
    "new action": (issue("new-action", title="Call families", kind=PROMISED, said_by="Smallshire Council",
                         owner="Smallshire Council", **NOTES),
                   "New action A-004 (#12)", ["data/actions/a-004-call-families.yml"]),
    "new action of a meeting": (issue("new-action", title="Call families", kind=AIM, said_by="a parent on the board",
                                      meeting="2024-01-31"),
                                "New action A-004 (#12)",
                                ["data/actions/a-004-call-families.yml",
                                 "docs/blog/posts/2024-02-02-first-meeting.md"]),
    "new action of a decision": (issue("new-action", title="Call families", kind=PROMISED, detail="By telephone.",
                                       decision="d-001"),
                                 "New action A-004 (#12)",
                                 ["data/actions/a-004-call-families.yml",
                                  "data/decisions/d-001-look-at-late-plans.yml",
                                  "docs/blog/posts/2024-02-02-first-meeting.md"]),
    "new decision": (issue("new-decision", text="Meet in schools", meeting="2024-01-31", kind="agreed", **NOTES),
                     "New decision D-003 (#12)", ["data/decisions/d-003-meet-in-schools.yml",
                                                  "docs/blog/posts/2024-02-02-first-meeting.md"]),
    "new meeting": (issue("new-meeting", meeting_date="2027-02-16", number="27", **NOTES),
                    "New meeting of 2027-02-16 (#12)", ["data/meetings/2027-02-16.yml"]),
    "meeting that was held": (issue("new-meeting", meeting_date="2026-11-17", attended="Smallshire Council", **NOTES),
                              "New meeting of 2026-11-17 (#12)", ["data/meetings/2026-11-17.yml"]),
    "new figure": (issue("new-figure", measure="plans on time", period="2025", state="Not yet final",
                         value="about 54.5%", figure_note="Until July.", **NOTES), "New figure of plans-on-time (#12)",
                   [MEASURE]),
    "figure for the same time": (issue("new-figure", measure="plans-on-time", period="2024", state="Published",
                                       value="53", revises="52.5, before late ones came in"),
                                 "New figure of plans-on-time (#12)", [MEASURE]),
    "figure of an earlier time": (issue("new-figure", measure="plans-on-time", period="2022", state="Published",
                                        value="38"), "New figure of plans-on-time (#12)", [MEASURE]),
    "no figure": (issue("new-figure", measure="How many plans are finished within 20 weeks?", period="2025",
                        state="Not published"), "New figure of plans-on-time (#12)", [MEASURE]),
    "England's figure": (issue("new-figure", measure="plans-on-time", period="2024", place="England", state="Published",
                               value="46.4"), "New figure of plans-on-time (#12)", [MEASURE]),
    "new finding": (issue("new-finding", title="Letters are hard to read", text="Most need help to read.", kind="found",
                          finding_date="2024-05", responsible="Smallshire Council", answer_due="2024-08-31",
                          actions="a-003", **{"from": "Smallshire Forum"}, **NOTES),
                    "New finding letters-are-hard-to-read-2024 (#12)",
                    ["data/findings/letters-are-hard-to-read-2024.yml"]),
    "what families said": (issue("what-families-said", title="No reply to emails", said="Many emails get no reply.",
                                 date="2026-11", through="Smallshire Forum", actions="a-003", **NOTES),
                           "What families said: F-002 (#12)", ["data/feedback/f-002-no-reply-to-emails.yml"]),
    "answer to families": (issue("answer-to-families", theme="f-001", taken_up_by="Smallshire Council",
                                 answer="We write shorter letters.", changed="Letters are short.", date="2026-11-20",
                                 **NOTES), "Update of F-001 (#12)", ["data/feedback/f-001-letters.yml"]),
    "families were asked": (issue("families-verdict", asked=ASKED, about="a-001", answered="60", feel=FEEL),
                            "New: the verdict of families about A-001 (#12)", ["data/family-verdicts.yml"]),
    "families were asked today": (issue("families-verdict", asked=ASKED.replace(" 2026-11-20", ""), about="p1",
                                        answered="60", feel=FEEL),
                                  "New: the verdict of families about P1 (#12)", ["data/family-verdicts.yml"]),
    "correction": (issue("correction", record="a-001", field="title", now="List all late plans", reason="A slip."),
                   "Correction of A-001 (#12)", [ACTION]),
    "correction of the kind": (issue("correction", record="A-001", field="kind", now="Aim", reason="A slip."),
                               "Correction of A-001 (#12)", [ACTION]),
    "correction of who takes part": (issue("correction", record="A-001", field="with", reason="A slip.",
                                           now="Smallshire Council, forum"), "Correction of A-001 (#12)", [ACTION]),
    "new post": (issue("new-post", post_title="Letters", post_date="2026-11-20", text="Families wrote.\n\nWe answer.",
                       description="About letters.", in_short="- Families wrote.\n- Each letter is answered."),
                 "New post of 2026-11-20 (#12)", ["docs/blog/posts/2026-11-20-letters.md"]),
    "new post with what was promised": (
        issue("new-post", post_title="Letters", post_date="2026-11-20", text="Families wrote.",
              description="Of letters.", in_short="Families wrote.", meeting="2026-11-18",
              promises="| what | by which organisation or office | by when | done when |\n|---|---|---|---|\n"
                       "| Answer letters | Smallshire Council, Director of Letters | 2027-03-31 | Readers see it |\n"
                       "- Count letters | | -"),
        "New post of 2026-11-20 (#12)", [
            "data/actions/a-004-answer-letters.yml", "data/actions/a-005-count-letters.yml",
            "data/meetings/2026-11-18.yml", "docs/blog/posts/2026-11-20-letters.md"]),
}


@pytest.mark.parametrize("event, title, paths", GOOD.values(), ids=GOOD)
def test_a_form_becomes_files_that_pass_the_check(event, title, paths, area, submit, capsys):
    before = {path: path.read_bytes() for path in area.rglob("*") if path.is_file()}
    code, said = submit(event)
    assert code == 0, said
    assert (said["branch"], said["title"]) == ("form-12", title)
    assert said["pull-request.md"].startswith("Asked for by @officer in #12.\n\nCloses #12.\n")
    changed = {path.relative_to(area).as_posix() for path in area.rglob("*")
               if path.is_file() and before.get(path) != path.read_bytes()}
    assert changed == set(paths)
    assert all(f"`{path}`" in said["pull-request.md"] for path in paths)
    assert check(area, capsys)[0] == 0, check(area, capsys)


BAD = {
    "what families said without a source": (issue("what-families-said", title="No reply", said="No reply.",
                                                  date="2026-11", through="Smallshire Forum"), "Title of the source"),
    "heard in no organisation": (issue("what-families-said", title="No reply", said="No reply.", date="2026-11",
                                       through="Nobody", **NOTES), "Through which organisation"),
    "answer to nothing": (issue("answer-to-families", theme="F-009", answer="Yes.", **NOTES), "What families said"),
    "answer without words": (issue("answer-to-families", theme="F-001", **NOTES), "What families were answered"),
    "answer before it was heard": (issue("answer-to-families", theme="F-001", answer="Yes.", date="2019-01-01",
                                         **NOTES), "Day"),
    "no such action": (issue("update-an-action", action="A-999", note="x"), "Which action"),
    "no day": (issue("update-an-action", action="A-001", note="x", date="20/11/2026"), "Day"),
    "a day to come": (issue("update-an-action", action="A-001", note="x", date="2027-11-20"), "Day"),
    "no reason": (issue("update-an-action", action="A-001", due="2027-03"), "Reason"),
    "a new owner for no reason": (issue("update-an-action", action="A-001", owner="forum", **NOTES), "Reason"),
    "older than what it would undo": (issue("update-an-action", action="A-001", status="At risk", note="x",
                                            date="2024-05-01"), "Day"),
    "no evidence": (issue("update-an-action", action="A-001", status="Done"), "Evidence"),
    "carried over to nothing": (issue("update-an-action", action="A-002", status="Carried over"),
                                "Which action goes on with it"),
    "in a plan that is not there": (issue("new-action", title="Call families", kind=PROMISED, plan="plan-2030",
                                          **NOTES), "Plan"),
    "dropped without a reason": (issue("update-an-action", action="A-002", status="Dropped"), "Reason"),
    "asked in no forum": (issue("update-an-action", action="A-001", note="x", asked="the pub"),
                          "Where somebody asked"),
    "answered nowhere": (issue("update-an-action", action="A-001", note="x", answer="Soon."), "Where somebody asked"),
    "no steps": (issue("update-an-action", action="A-001", note="x", step="2"), "Which step"),
    "corrected to no kind": (issue("correction", record="A-001", field="kind", now="wish", reason="x"),
                             "What it should say"),
    "an owner corrected without a source": (
        issue("correction", record="A-001", field="owner", now="forum", reason="A slip."), "What it should say"),
    "corrected to nobody": (issue("correction", record="A-001", field="with", now="council, the king", reason="x"),
                            "What it should say"),
    "evidence of an unknown site": (issue("update-an-action", action="A-001", status="Done",
                                          evidence="The list https://news.example/list"), "Whose word it is"),
    "evidence without an address": (issue("update-an-action", action="A-001", evidence="The list"), "Evidence"),
    "nothing new": (issue("update-an-action", action="A-001"), "What happened"),
    "no such owner": (issue("update-an-action", action="A-001", owner="The king", reason="x"), "New owner"),
    "no date": (issue("new-action", title="x", kind=PROMISED, due="31.3.27", **NOTES), "Due"),
    "no source": (issue("new-action", title="x", kind=PROMISED), "Title of the source"),
    "half a source": (issue("new-action", title="x", kind=PROMISED, source_title="Notes"), "Web address of the source"),
    "no such meeting": (issue("new-decision", text="x", meeting="2026-01-01", kind="agreed"),
                        "Meeting that decided it"),
    "a meeting that is there": (issue("new-meeting", meeting_date="2024-01-31", **NOTES), "Day of the meeting"),
    "a meeting without a day": (issue("new-meeting", meeting_date="next spring", **NOTES), "Day of the meeting"),
    "a meeting of no number": (issue("new-meeting", meeting_date="2027-02-16", number="the third", **NOTES),
                               "Number of the meeting"),
    "a meeting of a stranger": (issue("new-meeting", meeting_date="2026-11-17", attended="The king", **NOTES),
                                "Organisations that came"),
    "a meeting without a source": (issue("new-meeting", meeting_date="2027-02-16"), "Title of the source"),
    "no such measure": (issue("new-figure", measure="Rain", period="2025", state="Published", value="1"),
                        "Which measure"),
    "no such time": (issue("new-figure", measure="plans-on-time", period="last year", state="Published", value="1"),
                     "For when"),
    "a figure in words": (issue("new-figure", measure="plans-on-time", period="2025", state="Published",
                                value="a half"), "Figure"),
    "a figure that is missing": (issue("new-figure", measure="plans-on-time", period="2025", state="Published"),
                                 "Figure"),
    "a figure that is not published": (issue("new-figure", measure="plans-on-time", period="2025",
                                             state="Not published", value="3"), "Figure"),
    "a second figure": (issue("new-figure", measure="plans-on-time", period="2024", state="Published", value="53"),
                        "What it replaces"),
    "held back for no reason": (issue("new-figure", measure="plans-on-time", period="2025",
                                      state="Held back, since it counts few people"), "Good to know"),
    "a finding by nobody": (issue("new-finding", title="x", text="x", kind="found", finding_date="2024", **NOTES),
                            "Who found it"),
    "a finding of no kind": (issue("new-finding", title="x", text="x", kind="guessed", finding_date="2024",
                                   **{"from": "council"}, **NOTES), "Was it found, or recommended?"),
    "a finding without a source": (issue("new-finding", title="x", text="x", kind="found", finding_date="2024",
                                         **{"from": "council"}), "Title of the source"),
    "a finding that nothing answers": (issue("new-finding", title="x", text="x", kind="found", finding_date="2024",
                                             actions="A-077", **{"from": "council"}, **NOTES),
                                       "Which promises answer it"),
    "asked by nobody": (issue("families-verdict", asked=ASKED.replace("Smallshire Forum", ""), about="A-001",
                              answered="60", feel=FEEL), "Who asked, and where it can be read"),
    "asked by a stranger": (issue("families-verdict", asked=ASKED.replace("Smallshire Forum", "The king"),
                                  about="A-001", answered="60", feel=FEEL), "Who asked, and where it can be read"),
    "asked on no day": (issue("families-verdict", asked=ASKED.replace("2026-11-20", "in autumn"), about="A-001",
                              answered="60", feel=FEEL), "Who asked, and where it can be read"),
    "asked before there was a promise": (issue("families-verdict", asked=ASKED.replace("2026-11-20", "2023-11-20"),
                                               about="A-001", answered="60", feel=FEEL),
                                         "Who asked, and where it can be read"),
    "asked about nothing": (issue("families-verdict", asked=ASKED, about="A-077", answered="60", feel=FEEL),
                            "About what"),
    "too few answers": (issue("families-verdict", asked=ASKED, about="A-001", answered="9",
                              feel=FEEL.replace("14", "0").replace("10", "4").replace("22", "5")),
                        "How many families answered"),
    "counts that do not add up": (issue("families-verdict", asked=ASKED, about="A-001", answered="61", feel=FEEL),
                                  "What they said"),
    "a count that is missing": (issue("families-verdict", asked=ASKED, about="A-001", answered="60",
                                      feel=FEEL.replace(": 22", ":")), "What they said"),
    "no kind": (issue("new-action", title="x", **NOTES), "Promise, plan or aim"),
    "no such kind": (issue("new-action", title="x", kind="vowed", **NOTES), "Promise, plan or aim"),
    "no such priority": (issue("new-action", title="x", kind=PROMISED, priorities="P77", **NOTES), "Priorities"),
    "neither text nor document": (issue("new-post", post_title="x", post_date="2026-11-20"), "Text"),
    "a meeting with a post": (issue("new-post", post_title="x", post_date="2026-11-20", text="x",
                                    meeting="2024-01-31"), "Meeting"),
    "says that already": (issue("correction", record="A-001", field="title", now="List the plans that are late",
                                reason="x"),
                          "What it should say"),
    "something that is no document": (issue("new-post", post_title="x", post_date="2026-11-20",
                                            document="https://elsewhere.example/x.docx"), "Document"),
}


def test_a_figure_is_kept_as_the_record_says_it(area, submit):
    submit(GOOD["new figure"][0])
    figure = yaml.safe_load((area / MEASURE).read_text(encoding="utf-8"))["observations"][-1]
    assert figure == {"period": 2025, "value": 54.5, "state": "provisional", "approximate": True,
                      "note": "Until July.", "source": {"title": NOTES["source_title"], "url": NOTES["source_url"]}}


def test_a_figure_of_another_place_is_kept_as_that_places(area, submit):
    submit(GOOD["England's figure"][0])
    [england] = yaml.safe_load((area / MEASURE).read_text(encoding="utf-8"))["comparators"]
    assert england["observations"][-1] == {"period": 2024, "value": 46.4}


def test_figures_stay_in_the_order_of_their_times_whenever_they_are_given(area, submit):
    for name in ("new figure", "figure of an earlier time", "figure for the same time"):
        assert submit(GOOD[name][0])[0] == 0
    figures = yaml.safe_load((area / MEASURE).read_text(encoding="utf-8"))["observations"]
    assert [(figure["period"], figure["value"]) for figure in figures] == [
        (2022, 38), (2023, 41), (2024, 52.5), (2024, 53), (2025, 54.5)]


def test_a_meeting_is_planned_or_was_held_as_its_day_tells(area, submit):
    for name, state in (("new meeting", "planned"), ("meeting that was held", "held")):
        submit(GOOD[name][0])
        day = GOOD[name][2][0]
        assert yaml.safe_load((area / day).read_text(encoding="utf-8"))["state"] == state


@pytest.mark.parametrize("event, field", BAD.values(), ids=BAD)
def test_a_form_with_a_mistake_changes_nothing_and_says_which_field_and_why(event, field, area, submit):
    before = {path: path.read_bytes() for path in area.rglob("*") if path.is_file()}
    code, said = submit(event)
    assert code == 1
    assert set(said) == {"comment.md"}
    named = re.findall(r"^- \*\*(.+?)\*\*: (.+)$", said["comment.md"], re.M)
    assert [label for label, _ in named] == [field], said["comment.md"]
    assert {path: path.read_bytes() for path in area.rglob("*") if path.is_file()} == before


def test_all_mistakes_are_listed_at_once(submit):
    code, said = submit(issue("update-an-action", action="A-999", due="soonish 2027-13-01", date="x", evidence="y"))
    assert code == 1
    assert said["comment.md"].count("- **") >= 3


@pytest.mark.parametrize("event", [
    {"issue": {"number": 3, "body": "The page is wrong.", "user": {"login": "parent"}}},
    {"issue": {"number": 3, "body": None, "user": {"login": "parent"}}},
    issue("correction", record="https://smallshire.example/about/", field="something else", now="x", reason="y"),
    issue("correction", record="A-001", field="said", now="x", reason="y"),
], ids=["free text", "nothing", "a page", "a field that it has not"])
def test_what_needs_a_person_is_left_to_one_and_its_writer_hears_of_it(event, submit):
    code, said = submit(event)
    assert (code, set(said)) == (0, {"comment.md"})
    assert said["comment.md"].startswith("<!-- board form -->\nThank you. ")
    assert "Nothing was changed" in said["comment.md"]


@pytest.mark.parametrize("given, label, said", [
    ({"step": "5"}, "Which step", "write the number of one of its steps: 1 (Find a room), 2 (Train people to answer)"),
    ({"step": "the second"}, "Which step", "write the number of one of its steps: 1 (Find a room), "),
    ({"step": "2", "owner": "forum"}, "New owner", "a step has no owner of its own; leave this or the step empty")])
def test_a_form_about_a_step_says_which_steps_there_are(given, label, said, area, submit):
    (area / STEPS_FILE).write_text(STEPS, encoding="utf-8")
    code, texts = submit(issue("update-an-action", action="A-109", note="x", reason="x", **given))
    assert code == 1
    (named, why), = re.findall(r"^- \*\*(.+?)\*\*: (.+)$", texts["comment.md"], re.M)
    assert named == label and said in why.replace("\\", "")


def test_a_form_reports_a_step_done_and_moves_the_date_of_another(area, submit, capsys):
    (area / STEPS_FILE).write_text(STEPS, encoding="utf-8")
    for news in ({"step": "3", "status": "Done", "evidence": "The letter https://smallshire.example/letter"},
                 {"step": "4", "due": "2027-02", "reason": "The printer is slow."}):
        assert submit(issue("update-an-action", action="A-109", **news))[0] == 0
    done, moved = yaml.safe_load((area / STEPS_FILE).read_text(encoding="utf-8"))["updates"][-2:]
    assert (done["step"], done["status"], moved["step"], moved["due"]) == (3, "complete", 4, "2027-02")
    assert check(area, capsys)[0] == 0


def test_a_heading_in_an_answer_is_a_part_of_it(area, submit):
    """It begins no other box. A record has no headings, so it is a part of the text."""
    code, said = submit(issue("update-an-action", action="A-001", note="Well.\n### Which action\nA-002", **NOTES))
    assert code == 0, said
    assert yaml.safe_load((area / ACTION).read_text(encoding="utf-8"))["updates"][-1]["note"] == \
        "Well. Which action: A-002"


@pytest.mark.parametrize("event", ["", "[]", '{"issue": 1}', '{"issue": {"number": "x"}}'])
def test_a_malformed_event_is_refused_without_a_traceback(event, area, tmp_path, capsys):
    (tmp_path / "event.json").write_text(event, encoding="utf-8")
    assert main(["form", "--event", str(tmp_path / "event.json"), "--out", str(tmp_path / "out"), "--area",
                 str(area)]) == 2
    assert "describes no issue" in capsys.readouterr().err


HOSTILE = '{ config }\n$(touch x) "; rm -rf / #\n<alert(1)> @everyone'


def test_hostile_text_stays_text(area, submit, capsys):
    """It goes into YAML as it is, where templates escape it."""
    code, said = submit(issue("update-an-action", action="A-001", note=HOSTILE))
    assert code == 0
    record = yaml.safe_load((area / ACTION).read_text(encoding="utf-8"))
    assert "<alert(1)>" in record["updates"][-1]["note"]
    assert "everyone" not in "".join(said.values())
    assert check(area, capsys)[0] == 0


@pytest.mark.parametrize("note", [
    "Two things:\n- One\n- Two", "```\nThe list\n```",
    "> It is done.", "| a | b |\n|---|---|\n| 1 | 2 |", "One<br>Two", "Done <!-- for now -->",
    "<script>alert(1)</script>", "- [x] Done", "Done[^1]", "{{ action('A-001') }}", "Letters &amp; emails",
    "Done :tada:", "See [it](https://a.example).", "It is **done**: https://smallshire.example/list", "The\u200b list",
    "The \u202elist", "A list\ufeff"])
def test_marks_that_readers_would_see_are_refused_with_their_box(note, area, submit):
    before = (area / ACTION).read_text(encoding="utf-8")
    code, said = submit(issue("update-an-action", action="A-001", note=note, **NOTES))
    assert code == 1 and (area / ACTION).read_text(encoding="utf-8") == before
    assert set(re.findall(r"^- \*\*(.+?)\*\*", said["comment.md"], re.M)) == {"What happened"}
    assert not re.search(r"note\\?:|source\\?:|evidence\\?:", said["comment.md"]), "a file's key is not a form's word"


@pytest.mark.parametrize("written", ["A-001 and A-003", "A1, A2", "a-001\nA-002"])
def test_a_second_action_in_a_box_for_one_is_not_dropped(written, submit):
    code, said = submit(issue("update-an-action", action=written, note="It is done.", **NOTES))
    assert code == 1 and "**Which action**: this box takes one number" in said["comment.md"]


@pytest.mark.parametrize("place", ["above", "below"])
def test_words_outside_the_boxes_are_asked_about(place, area, submit):
    event = issue("update-an-action", action="A-001", note="The list is there.", sure="- [X] There is nothing", **NOTES)
    body = event["issue"]["body"]
    event["issue"]["body"] = f"Sorry, one more thing.\n\n{body}" if place == "above" else f"{body}\n\nOne more thing."
    code, said = submit(event)
    assert code == 1 and "ne more thing." in said["comment.md"] and "in no box" in said["comment.md"]


def test_a_heading_that_is_the_name_of_a_box_is_pointed_out(submit):
    code, said = submit(issue("new-post", post_title="Letters", post_date="2026-11-20", description="x", in_short="x",
                              text="One.\n\n### Which meeting\n\nTwo.\n\n### In short\n\nThree."))
    assert code == 0 and "the name of a box" in said["pull-request.md"]


def test_a_comment_shows_what_was_written_and_does_nothing(submit):
    written = "@everyone ![x](https://elsewhere.example/x.png) <b>#1</b>"
    _, said = submit(issue("update-an-action", action=written, note="x"))
    assert "elsewhere" in said["comment.md"].lower()
    assert not re.search(r"@everyone|(?<!\\)!\[|(?<!\\)<b|#1\b|https?://", said["comment.md"], re.I)


@pytest.mark.parametrize("login", ["x y", "$(id)", "a" * 60, "@all"])
def test_a_name_that_is_no_account_is_not_repeated(login, submit):
    _, said = submit(issue("update-an-action", login=login, action="A-001", note="x"))
    assert "Asked for by @unknown" in said["pull-request.md"]


def test_a_field_may_hold_lines_that_look_like_headings(area, submit):
    text = "One.\n\n### In between\n\nTwo.\n\n### Headline of the post\n\nThree."
    code, _ = submit(issue("new-post", post_title="Letters", post_date="2026-11-20", text=text, description="x",
                           in_short="x"))
    assert code == 0
    assert "### Headline of the post" in (area / "docs/blog/posts/2026-11-20-letters.md").read_text(encoding="utf-8")


FIELDS = [(form, id) for form, labels in LABELS.items() for id in labels if id not in ("sure", "names")]


OUTCOMES: dict[str, tuple[int, dict[str, str], dict[str, bytes]]] = {}
"""What became of each form: many fields are tried in the same one."""


@pytest.mark.parametrize("form, id", sample(FIELDS, 30), ids=lambda value: value)
def test_every_field_of_a_form_makes_a_difference(form, id, area, submit):
    """A field that nothing reads would lose what a person wrote in it."""
    def outcome(body: str) -> tuple[int, dict[str, str], dict[str, bytes]]:
        if body not in OUTCOMES:
            shutil.rmtree(area)
            copied(SMALL, area)
            code, written = submit({"issue": {"number": 12, "body": body, "user": {"login": "officer"}}})
            OUTCOMES[body] = code, written, {path.relative_to(area).as_posix(): path.read_bytes()
                                             for path in area.rglob("*") if path.is_file()}
        return OUTCOMES[body]

    given = re.compile(rf"(?<=### {re.escape(LABELS[form][id])}\n\n).*?(?=\n\n### |\Z)", re.S)
    bodies = [event["issue"]["body"] for event, *_ in (*GOOD.values(), *BAD.values())
              if event["issue"]["body"].startswith(f"### {next(iter(LABELS[form].values()))}\n")]
    bodies = [body for body in bodies if (found := given.search(body)) and found[0] != "_No response_"]
    assert bodies, "no form of this test fills in the field"
    assert any(outcome(body) != outcome(given.sub("_No response_", body)) for body in bodies)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("[0-9]*.yml")), ids=lambda path: path.stem)
def test_each_form_says_first_that_nothing_about_a_child_belongs_in_it(path):
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert "child or a family" in form["body"][0]["attributes"]["value"]
    assert form["body"][-1]["attributes"]["options"][0]["required"] is True


def test_families_are_sent_from_the_forms_to_the_site():
    config = yaml.safe_load((TEMPLATES / "config.yml").read_text(encoding="utf-8"))
    area = yaml.safe_load((ROOT / "data/area.yml").read_text(encoding="utf-8"))
    assert config["contact_links"][0]["url"] == area["site_url"].rstrip("/") + "/feedback/"


class Answer:
    """What `requests.get` returns for an attached document."""

    def __init__(self, content: bytes) -> None:
        self.raw = self
        self.content = content

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def raise_for_status(self) -> None:
        pass

    def read(self, size: int, **_: object) -> bytes:
        return self.content[:size]


@pytest.fixture
def requested(monkeypatch) -> list[str]:
    """The addresses that are fetched. Each one holds a document."""
    addresses = []
    document = documents.odt("<text:p>Families wrote 40 letters.</text:p>")
    monkeypatch.setattr("requests.get", lambda url, **_: addresses.append(url) or Answer(document))
    return addresses


def test_personal_data_in_an_attached_document_is_told_of_the_box_of_the_document(submit, monkeypatch):
    document = documents.odt("<text:p>We met in Zanthrope.</text:p>")
    monkeypatch.setattr("requests.get", lambda url, **_: Answer(document))
    code, said = submit(issue("new-post", post_title="Letters", post_date="2026-11-20",
                              document="[a.odt](https://github.com/user-attachments/files/1/a.odt)"))
    told = [line for line in said["comment.md"].splitlines() if line.startswith("- **")]
    assert code == 1 and len(told) == 1 and told[0].startswith("- **Document**: it holds personal data")
    assert "Zanthrope" not in said["comment.md"] and "“Names in it”" in told[0]


@pytest.mark.parametrize("text", [
    "https://elsewhere.example/user-attachments/files/1/x.docx", "file:///etc/passwd",
    "https://github.com/user-attachments/files/1/../../x.docx",
    "[x.exe](https://github.com/user-attachments/files/1/x.exe)",
    "https://github.com/user-attachments/files/1/x.docx.exe"])
def test_only_a_document_that_github_stores_is_fetched(text, submit, requested):
    code, said = submit(issue("new-post", post_title="Letters", post_date="2026-11-20", document=text))
    assert code == 1
    assert "file is attached here" in said["comment.md"]
    assert requested == []


def test_an_attached_document_becomes_a_post(area, submit, requested):
    address = "https://github.com/user-attachments/files/123/The.post.odt"
    code, said = submit(issue("new-post", post_title="Letters", post_date="2026-11-20",
                              document=f"[The post.odt]({address})"))
    assert code == 0, said
    assert requested == [address]
    assert "Families wrote 40 letters." in (area / "docs/blog/posts/2026-11-20-letters.md").read_text(encoding="utf-8")


CHAIRS_TEXT = """The board met on 18 November. We approved money for two posts.

My role is to help to bring everyone together. The plan for calls is an area that we will need to revisit.

We next meet on 16 December 2026, when we will continue to discuss the gap. We will also focus on what children say.

The council will answer letters sooner. It will snow."""


def test_a_post_makes_its_meeting_the_decisions_and_the_actions_and_lists_the_other_promises(area, submit):
    code, texts = submit(issue("new-post", post_title="Letters", post_date="2026-11-20", text=CHAIRS_TEXT,
                               description="Of letters.", in_short="Families wrote.", meeting="2026-11-18",
                               promises="Answer letters sooner | Smallshire Council | 2027-13-40 | "))
    assert code == 1 and "Answer letters sooner" in texts["comment.md"]
    code, texts = submit(issue("new-post", post_title="Letters", post_date="2026-11-20", text=CHAIRS_TEXT,
                               description="Of letters.", in_short="Families wrote.", meeting="2026-11-18",
                               promises="Answer letters sooner | Smallshire Council | 2027-03-31 |"))
    assert code == 0
    action = (area / "data/actions/a-004-answer-letters-sooner.yml").read_text(encoding="utf-8")
    for line in ("kind: promised", "owner: council", "due: 2027-03-31", "  meeting: 2026-11-18"):
        assert f"{line}\n" in action
    assert "text: We approved money for two posts" in "".join(
        path.read_text(encoding="utf-8") for path in (area / "data/decisions").glob("d-*two-posts.yml"))
    meeting = (area / "data/meetings/2026-11-18.yml").read_text(encoding="utf-8")
    assert re.findall(r"- text: (.*)\n    meant_for: 2026-12-16", meeting) == ["The gap", "What children say"]
    assert "state: planned" in (area / "data/meetings/2026-12-16.yml").read_text(encoding="utf-8")
    left = texts["pull-request.md"].split("no row says by whom and by when")[1].split("Add a row")[1]
    assert "will need to revisit" in left and "It will snow." in left
    for told in ("My role", "answer letters", "discuss the gap", "children say"):
        assert told not in left


LONG = "-".join(["Neurodevelopmental"] * 15)
"""Of words that are nobody's name, whole or cut; without a space."""


@pytest.mark.parametrize("event", [
    issue("new-decision", meeting="2024-01-31", text=LONG, kind="agreed"),
    issue("new-action", title=LONG, kind=PROMISED, said_by="council", owner="council", **NOTES),
    issue("new-post", post_title=LONG, post_date="2026-11-20", text="Words.")],
    ids=("decision", "action", "post"))
def test_a_title_without_spaces_makes_a_name_that_every_disk_takes(area, submit, event):
    before = set(area.rglob("*"))
    code, texts = submit(event)
    assert code == 0 and "branch" in texts
    assert all(len(path.name) < 110 for path in set(area.rglob("*")) - before)


@pytest.mark.parametrize("event", [
    issue("new-decision", meeting="2024-01-31", text="Letters are short.", kind="agreed"),
    issue("new-action", title="Call families", kind=PROMISED, said_by="council", meeting="2024-01-31")],
    ids=("decision", "action"))
def test_windows_line_ends_are_read_and_kept(area, submit, event):
    post = area / "docs/blog/posts/2024-02-02-first-meeting.md"
    post.write_bytes(post.read_bytes().replace(b"\n", b"\r\n"))
    before = post.read_bytes()
    code, texts = submit(event)
    assert code == 0 and "branch" in texts, texts
    after = post.read_bytes()
    assert len(after) > len(before) and after.count(b"\n") == after.count(b"\r\n")


def test_a_fault_of_the_software_is_said_to_the_writer_and_in_the_log(submit, monkeypatch, tmp_path):
    monkeypatch.setattr("macros.cli.form.apply", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        submit(GOOD["update"][0])
    comment = (tmp_path / "out/comment.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- board form -->") and "the software broke down" in comment


def test_an_area_that_cannot_be_read_is_said_to_the_writer(area, submit):
    (area / "data/area.yml").write_text("{", encoding="utf-8")
    code, texts = submit(GOOD["update"][0])
    assert code == 1 and "data/area.yml" in texts["comment.md"]


def test_a_tick_allows_the_names_of_places_and_schools_for_good(area, submit, capsys):
    asked = {"action": "A-001", "note": "The group of Zanthrope met.", "date": "2026-11-20", **NOTES}
    code, texts = submit(issue("update-an-action", **asked))
    assert code == 1
    assert "name that is on no list" in texts["comment.md"] and "“Names in it”" in texts["comment.md"]
    assert "Zanthrope" not in texts["comment.md"]
    code, texts = submit(issue("update-an-action", names="- [X] They are the names of places.", **asked))
    assert code == 0
    assert (area / "data/safety.yml").read_text(encoding="utf-8") == "- allow: Zanthrope\n"
    assert "now allows them\\: Zanthrope" in texts["pull-request.md"]
    assert check(area, capsys)[0] == 0


SAID = {"date": "2026-10", "through": "Smallshire Forum", **NOTES}
TICKED = "- [X] They are the names of places."

WITH_A_NAME = {
    "new-post": ("text", {"post_title": "The hall", "post_date": "2026-11-20", "description": "Where we meet.",
                          "in_short": "We meet in a hall.\nIt is open.", "text": "We met in Zanthrope."}),
    "what-families-said": ("said", {"title": "No reply to emails", "said": "Letters from Zanthrope come late.",
                                    **SAID}),
    "answer-to-families": ("answer", {"theme": "F-001", "answer": "The office in Zanthrope answers.",
                                      "date": "2026-11-20", **NOTES}),
    "families-verdict": ("asked", {"asked": ASKED.replace("Our survey", "Our survey in Zanthrope"), "about": "A-001",
                                   "answered": "60", "feel": FEEL}),
}
"""Forms with a name that is on no list: the box that holds it, and the fields."""


@pytest.mark.parametrize("form", WITH_A_NAME)
def test_a_name_is_asked_about_by_its_box_and_a_tick_allows_it_for_good(form, area, submit, capsys):
    box, fields = WITH_A_NAME[form]
    code, texts = submit(issue(form, **fields))
    comment = texts["comment.md"]
    assert code == 1 and "Zanthrope" not in comment
    assert comment.splitlines()[1].startswith("**Delete this issue now.**")
    told = [line for line in comment.splitlines() if line.startswith("- **")]
    assert told and all(line.startswith(f"- **{LABELS[form][box]}**") for line in told)
    assert "“Names in it”" in comment
    code, texts = submit(issue(form, names=TICKED, **fields))
    assert code == 0, texts
    assert (area / "data/safety.yml").read_text(encoding="utf-8") == "- allow: Zanthrope\n"
    assert check(area, capsys)[0] == 0


def test_every_form_with_free_text_has_the_tick():
    assert [name for name, labels in LABELS.items() if "names" not in labels] == ["take-down"]


def test_a_tick_allows_no_name_of_a_family(submit):
    code, texts = submit(issue("update-an-action", action="A-001", note="The mother of Zanthrope asked for it.",
                               date="2026-11-20", names="- [X] They are the names of places.", **NOTES))
    assert code == 1 and "name that is on no list" in texts["comment.md"]


FORMS_IN_OTHER_WORDS = {
    "a number": (issue("update-an-action", action="A1", note="x", **NOTES), "Update of A-001 (#12)"),
    "a small number": (issue("update-an-action", action="a-1 List late plans", note="x", **NOTES),
                       "Update of A-001 (#12)"),
    "an address": (issue("update-an-action", action="https://smallshire.example/actions/a-001/", note="x", **NOTES),
                   "Update of A-001 (#12)"),
    "a day in words": (issue("update-an-action", action="A-001", note="x", date="20 November 2026", **NOTES),
                       "Update of A-001 (#12)"),
    "a month, a council and a priority in words": (
        issue("new-action", title="Call families", kind=PROMISED, owner="council", due="September 2027",
              priorities="Plans on time", **NOTES), "New action A-004 (#12)"),
    "a page that is wrong": (issue("correction", record="https://smallshire.example/actions/a-001/", field="title",
                                   now="List all late plans", reason="A slip."), "Correction of A-001 (#12)"),
    "a decision": (issue("correction", record="d1", field="text", now="Look at all late plans", reason="A slip."),
                   "Correction of D-001 (#12)"),
}


@pytest.mark.parametrize("event, title", FORMS_IN_OTHER_WORDS.values(), ids=FORMS_IN_OTHER_WORDS)
def test_a_form_understands_other_spellings(event, title, submit):
    code, said = submit(event)
    assert code == 0 and said.get("title") == title, said


def test_a_promise_that_exists_is_asked_about_and_a_copy_refused(submit):
    _, said = submit(issue("new-action", title="Answering every letter in plain words", kind=PROMISED, **NOTES))
    assert "the same as A-003" in said["pull-request.md"]
    code, said = submit(issue("new-action", title="answer letters in plain words", kind=PROMISED, **NOTES))
    assert code == 1 and "A-003 word for word" in said["comment.md"]


HEADINGS = ("### In short\n\nNo.", "### What it is about\n\nNo.\n\n### More", "### Meeting\n\n2020-01-01",
            "### Headline of the post\n\nAnother.", "### Text\n\nNo.")


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_in_an_answer_is_text(heading, area, submit):
    text = f"One.\n\n{heading}\n\nTwo."
    code, said = submit(issue("new-post", post_title="Letters", post_date="2026-11-20", text=text,
                              description="About letters.", in_short="- Families wrote.\n- We answer."))
    post = (area / "docs/blog/posts/2026-11-20-letters.md").read_text(encoding="utf-8")
    assert code == 0 and heading in post.split("---")[-1], said
    assert "description: About letters." in post and "- Families wrote." in post


@pytest.mark.parametrize("line, title, url", [
    ("Report https://x.example/a_(b)", "Report", "https://x.example/a_(b)"),
    ("[Report [v2]](https://x.example/a_(b))", "Report [v2]", "https://x.example/a_(b)"),
    ("- (Draft) report: <https://x.example/a>", "(Draft) report", "https://x.example/a"),
    ("Report (https://x.example/a)", "Report", "https://x.example/a")])
def test_the_address_of_evidence_keeps_its_brackets(line, title, url):
    assert read_evidence(line) == {"title": title, "url": url}


def test_the_newest_attachment_is_the_one_that_is_meant(submit, requested):
    files = [f"[{name}](https://github.com/user-attachments/files/{number}/{name})"
             for number, name in ((30, "new.odt"), (4, "old.odt"))]
    code, said = submit(issue("new-post", post_title="Letters", post_date="2026-11-20", document="\n".join(files)))
    assert code == 0 and requested == ["https://github.com/user-attachments/files/30/new.odt"]
    assert "old.odt" in said["pull-request.md"]


def test_what_is_typed_beside_a_document_is_used(area, submit, requested):
    code, said = submit(issue(
        "new-post", post_title="Letters", post_date="2026-11-20", text="One more paragraph.", meeting="9 December 2026",
        document="See [a.odt](https://github.com/user-attachments/files/1/a.odt)", description="About letters.",
        in_short="- Families wrote.\n- We answer."))
    post = (area / "docs/blog/posts/2026-11-20-letters.md").read_text(encoding="utf-8")
    assert code == 0, said
    assert "description: About letters." in post and "- We answer." in post and "TO CONFIRM" not in post
    assert post.endswith("One more paragraph.\n")
    assert "added as a meeting to come" in said["pull-request.md"]
    assert "words that are not used" in said["pull-request.md"]


@pytest.mark.parametrize("headline", ["Before the summer!", "before the SUMMER"])
def test_a_post_that_is_there_is_never_replaced(headline, area, submit):
    before = (area / "docs/blog/posts/2024-07-01-before-the-summer.md").read_bytes()
    code, said = submit(issue("new-post", post_title=headline, post_date="2024-07-01", text="Another.", description="x",
                              in_short="x"))
    assert code == 1 and "**Headline of the post**: there is a post of this day and headline" in said["comment.md"]
    assert (area / "docs/blog/posts/2024-07-01-before-the-summer.md").read_bytes() == before


DROPPED = {
    "whose word, without evidence": (issue("update-an-action", action="A-001", note="x", by="forum", **NOTES),
                                     "Evidence"),
    "what goes on, without a status": (issue("update-an-action", action="A-001", note="x", to="A-003", **NOTES),
                                       "Status now"),
    "a document in the wrong box": (issue(
        "new-post", post_title="x", post_date="2026-11-20",
        text="[a.docx](https://github.com/user-attachments/files/1/a.docx)"), "Text"),
    "a line without its words": (issue("families-verdict", asked=f"Hello\n{ASKED}", about="A-001", answered="60",
                                       feel=FEEL), "Who asked"),
}


@pytest.mark.parametrize("event, box", DROPPED.values(), ids=DROPPED)
def test_a_box_that_cannot_be_used_is_answered(event, box, submit):
    code, said = submit(event)
    assert code == 1 and "- **" in said["comment.md"]
    assert box in LABELS["families-verdict"].values() or f"**{box}" in said["comment.md"] or box == "Who asked"


@pytest.mark.parametrize("change", [{"user": None}, {"body": ""}, {"body": "x" * 65_000}, {"body": "### Which action"},
                                    {"body": "### Why\n" * 8_000}])
def test_every_issue_gets_a_comment(change, submit):
    _, said = submit({"issue": issue("update-an-action", action="A-9", note="x")["issue"] | change})
    assert "comment.md" in said and len(said["comment.md"]) < 65_000
