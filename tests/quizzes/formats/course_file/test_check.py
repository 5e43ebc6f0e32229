"""Checking a course file: what stops an import, and what its author should look at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.course_file import check, write
from quizzes.formats.course_file.model import QuestionEntry, QuizItemEntry, Quote
from tests.quizzes.formats.course_file.courses import SYNTAX, course_files
from tests.quizzes.formats.course_file.test_write import SMALL, TEXT

STATEMENT = "The tide turns twice a day in this harbour of ours."
CONTENT = {"stem": STATEMENT, "answer": "true", "feedback": {"true": "Yes.", "false": "No.", "not_stated": "It is."}}
QUESTION = QuestionEntry("q1", "true_false", CONTENT, "tide", (Quote("The tide turns twice a day."),), "published")
CLEAN = write(
    replace(
        SMALL,
        quizzes=(replace(SMALL.quizzes[0], lesson="one", items=(QuizItemEntry("q1"),)),),
        questions=(QUESTION,),
    )
)

CLOSES = "closes_at: 2026-01-01T00:00:00+00:00"


def found(text: str) -> list[tuple[str, str]]:
    """Each problem as the line it stands on and its code."""
    lines = text.split("\n")
    return [(lines[problem.line - 1].strip(), problem.code) for problem in check(text)]


def test_a_clean_file_has_no_problems() -> None:
    assert check(CLEAN) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("slug: tides", "slug: tïdes", "slug: tïdes", "no_slug"),
        ("The tide turns twice a day.\nNobody waits for it.\n\n== outside", "== outside", "== lesson one",
         "lesson_without_passages"),
        ("  >2 tide", "  >9 tide", ">9 tide", "not_in_article"),
        ("mentions:\n  >2 tide\n", "", "== concept tide", "concept_without_mention"),
        ("definition: Water that comes and goes.\n", "", "== concept tide", "no_definition"),
        ("== concept tide", "== concept ebb\nterm: Tide\n\n== concept tide", "term: Tide", "term_twice"),
        ("concept: tide", "concept: flood", "concept: flood", "unknown_concept"),
        ("  > The tide turns twice a day.", "  > Nobody waits for her.", "> Nobody waits for her.", "not_in_article"),
        ("evidence:\n  > The tide turns twice a day.\n", "", "== question q1", "no_evidence"),
        ("kind: true_false", "kind: oracle", "kind: oracle", "unknown_kind"),
        ("answer: true", "answer: maybe", "answer: maybe", "answer_not_known"),
        ("lesson: one", "lesson: two", "lesson: two", "unknown_lesson"),
        ("  - q1", "  - q1\n  - q1 (2 points)", "- q1 (2 points)", "question_twice"),
        ("  - q1", "  - q1\n  - q9", "- q9", "unknown_question"),
        ("shuffle: yes", "opens_at: 2026-02-01T00:00:00+00:00\ncloses_at: 2026-01-01T00:00:00+00:00",
         "closes_at: 2026-01-01T00:00:00+00:00", "closes_before_it_opens"),
        ("  - q1", "  - q1\n  - draw 2 on tide", "- draw 2 on tide", "small_pool"),
        ("  - q1", "  - q1\n  - draw 0 on tide", "- draw 0 on tide", "wrong_pool"),
        ("  - q1", "  - q1\n  - draw 1 tagged ebb", "- draw 1 tagged ebb", "small_pool"),
        ("shuffle: yes", "feedback_policy:\n  soon:\n    - key", "feedback_policy:", "wrong_policy"),
        ("shuffle: yes", "practice_after_close: yes", "== quiz check", "never_closes"),
        ("shuffle: yes", "mastery_right: 3\nmastery_of: 2", "mastery_of: 2", "wrong_mastery"),
        ("shuffle: yes", "mastery_right: 3", "== quiz check", "wrong_mastery"),
        ("shuffle: yes", f"{CLOSES}\nlate_credit:\n  - within 2 hours: 0.5\n  - within 1 hours: 0.4", "late_credit:",
         "wrong_late_credit"),
        ("stem: The tide turns", "stem: It has turned", "stem: It has turned twice a day in this harbour of ours.",
         "stem_starts_with_pronoun"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: str, code: str) -> None:
    assert old in CLEAN
    assert (line, code) in found(CLEAN.replace(old, new, 1))


def test_a_quiz_without_questions_and_a_question_without_a_quiz_are_told() -> None:
    assert found(CLEAN.replace("questions:\n  - q1\n", "")) == [
        ("== quiz check", "quiz_without_questions"),
        ("== question q1", "unasked"),
    ]


def test_problems_of_form_and_of_substance_are_told_together() -> None:
    text = CLEAN.replace("kind: topic", "kind: thing").replace("concept: tide", "concept: flood")
    assert found(text) == [("kind: thing", "wrong_value"), ("concept: flood", "unknown_concept")]


def test_a_quote_with_other_quotation_marks_is_told_as_such() -> None:
    text = CLEAN.replace("Nobody waits", "“Nobody” waits", 1).replace(
        "  > The tide turns twice a day.", '  > "Nobody" waits'
    )
    messages = [problem.message for problem in check(text) if problem.code == "not_in_article"]
    assert messages == [
        "The article holds these words with other quotation marks, dashes or spaces; copy them exactly."
    ]


def test_a_content_in_a_field_of_its_own_is_checked_in_its_lines() -> None:
    content = "content:\n  stem: The tide turns twice a day in this harbour of ours.\n  answer: maybe\nevidence:"
    head, rest = CLEAN.split(f"stem: {STATEMENT}")
    assert ("answer: maybe", "answer_not_known") in found(head + content + rest.split("evidence:")[1])


def test_lint_findings_and_missing_definitions_are_warnings_and_the_rest_is_not() -> None:
    text = CLEAN.replace("stem: The tide", "stem: It").replace("concept: tide", "concept: flood")
    assert {(problem.code, problem.warning) for problem in check(text)} == {
        ("stem_starts_with_pronoun", True),
        ("unknown_concept", False),
    }


def test_two_questions_that_ask_the_same_are_told_at_the_second() -> None:
    twin = CLEAN[CLEAN.index("== question q1") :].replace("question q1", "question q2")
    assert ("- q2", "near_duplicates") in found(CLEAN.replace("  - q1", "  - q1\n  - q2") + "\n" + twin)


def test_options_need_no_ids_in_the_file() -> None:
    options = "options:\n  [x] The sea\n  [ ] The sky\n"
    text = CLEAN.replace("true_false", "single_choice").replace("answer: true\n", options)
    text = text[: text.index("feedback:")] + text[text.index("evidence:") :]
    assert [problem for problem in check(text) if not problem.warning] == []


@pytest.mark.parametrize("text", ["", "\x00" * 100, "x" * 6_000_000, "Postil course file, version 1", "== question x"])
def test_no_hostile_text_is_clean_or_makes_checking_crash(text: str) -> None:
    assert check(text) != []


@pytest.mark.parametrize(
    "rows",
    ["options = 3", "options = [1]", 'options = [{"id": [1]}]', 'options = {"a": 1}', "options = null", "stem = {}"],
)
@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "cloze", "evidence", "short_text", "true_false"])
def test_content_of_any_shape_is_told_and_never_makes_checking_crash(rows: str, kind: str) -> None:
    text = CLEAN.replace("kind: true_false", f"kind: {kind}").replace(
        "answer: true", rows + "\n" + rows.replace("options", "gaps")
    )
    assert [problem for problem in check(text) if not problem.warning] != []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.sampled_from(SYNTAX))
def test_a_damaged_file_is_checked_without_a_crash(at: int, length: int, piece: str) -> None:
    assert all(problem.message for problem in check(TEXT[:at] + piece + TEXT[at + length :]))


@settings(max_examples=15, deadline=None)
@given(st.builds(write, course_files()))
def test_whatever_was_written_can_be_checked(text: str) -> None:
    assert all(1 <= problem.line <= text.count("\n") for problem in check(text))


def test_the_module_folder_holds_no_database_code() -> None:
    folder = Path(__file__).parents[4] / "quizzes" / "formats"
    assert [path.name for path in folder.rglob("*.py") if "django" in path.read_text("utf-8")] == []


def test_a_pool_asks_what_it_may_draw() -> None:
    drawn = CLEAN.replace("  - q1", "  - draw 1 tagged ebb").replace(
        "kind: true_false", "kind: true_false\ntags:\n  - ebb"
    )

    assert check(drawn) == []
    assert check(CLEAN.replace("  - q1", "  - draw 1 on tide")) == []
