"""A question as its reviewer sees it."""

from __future__ import annotations

import pytest

from authoring.domain.passages import seen_passages
from authoring.domain.review import Decision
from authoring.domain.review_checks import ReviewedQuestion, questions_under_review
from course.models import Course
from course.reading.outline import Span
from quizzes.domain.questions import NewQuestion, add_questions
from tests.factories import NOW, single_choice
from tests.web.learner.sittings import kinds
from tests.web.studio.drafts import drop, make_author, make_draft
from web.studio.question_view import proof_of, reviewed, tally_in_words

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINES = "\n".join(f"Line {number} of the lake." for number in range(6))


def asking(course: Course, *evidence: Span) -> ReviewedQuestion:
    new = NewQuestion("single_choice", single_choice("Which line?"), None, list(evidence))
    add_questions(course, questions=[new], revision=course.lessons.get().revision, at=NOW)
    return next(each for each in questions_under_review(course) if each.version.content["stem"] == "Which line?")


def shown(course: Course, *evidence: Span) -> list[tuple[str, str, bool]]:
    proofs = proof_of(asking(course, *evidence), seen_passages(course))
    return [
        (
            "".join(text for text, _ in proof.pieces),
            "".join(text for text, marked in proof.pieces if marked),
            proof.has_note,
        )
        for proof in proofs
    ]


def test_the_proof_stands_between_its_neighbours() -> None:
    course = make_draft(make_author(), questions=0, contents=[], text=LINES)
    assert shown(course, Span(49, 55)) == [
        ("Line 1 of the lake.", "", False),
        ("Line 2 of the lake.", LINES[49:55], True),
        ("Line 3 of the lake.", "", False),
    ]


def test_proof_in_two_passages_is_marked_in_both_beside_one_note() -> None:
    course = make_draft(make_author(), questions=0, contents=[], text=LINES)
    assert shown(course, Span(0, 6), Span(100, 106)) == [
        ("Line 0 of the lake.", "Line 0", True),
        ("Line 1 of the lake.", "", False),
        ("Line 4 of the lake.", "", False),
        ("Line 5 of the lake.", "Line 5", False),
    ]


def test_proof_across_the_end_of_a_passage_is_marked_in_each() -> None:
    course = make_draft(make_author(), questions=0, contents=[], text=LINES)
    marked = [words for _, words, _ in shown(course, Span(14, 26))]
    assert marked == ["lake.", "Line 1", ""]


def test_a_dropped_neighbour_is_left_out() -> None:
    course = make_draft(make_author(), questions=0, contents=[], text=LINES)
    drop(course, position=1)
    assert [text for text, _, _ in shown(course, Span(40, 46))] == ["Line 2 of the lake.", "Line 3 of the lake."]


def test_without_evidence_there_is_no_proof() -> None:
    course = make_draft(make_author(), questions=0, contents=[], text=LINES)
    assert shown(course) == []


def test_only_what_is_shuffled_is_said_to_be() -> None:
    course = make_draft(make_author(), contents=kinds())
    said = {each.version.kind: reviewed(each)["is_shuffled"] for each in questions_under_review(course)}
    assert said == {
        "single_choice": True,
        "multiple_choice": True,
        "true_false": False,
        "short_text": False,
        "cloze": True,
        "evidence": False,
    }


@pytest.mark.parametrize(
    ("decisions", "told"),
    [
        ([], ""),
        ([Decision.UNDECIDED, Decision.UNDECIDED], "2 to read."),
        ([Decision.UNDECIDED, Decision.PUBLISHED, Decision.ACCEPTED], "1 accepted, 1 published, 1 to read."),
        ([Decision.WITHDRAWN, Decision.REJECTED], "1 rejected, 1 withdrawn."),
    ],
)
def test_decisions_are_counted_without_those_that_nobody_made(decisions: list[Decision], told: str) -> None:
    assert tally_in_words(decisions) == told
