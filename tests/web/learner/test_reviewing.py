"""Graded questions as the page shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from course.domain.anchors import Place
from course.models import AnchorStatus
from quizzes.domain.review import Review, ReviewedItem
from quizzes.models import Attempt, Grading, Quiz
from quizzes.policy import Shown
from quizzes.questions.base import Control, Presentation
from web.learner.reviewing import Judged, headline, lede, reviewed

HELD_BACK = frozenset({Shown.FRACTION})


def item(control: Control = Control.CHOOSE_ONE, **fields: Any) -> ReviewedItem:
    held_back: dict[str, Any] = {
        "position": 1, "kind": "any", "presentation": Presentation(control, "Who?", fields.pop("data", {})),
        "max_points": Decimal(2), "grading": Grading.GRADED, "summary": "", "verdict": "", "fraction": None,
        "feedback": "", "parts": None, "explanation": "", "evidence": (), "concept": "", "concept_slug": "",
        "question": uuid4(), "grader": "", "path": (),
    }  # fmt: skip
    return ReviewedItem(**{**held_back, **fields})


def choice(*, chosen: bool, right: bool, feedback: str = "") -> dict[str, Any]:
    return {"id": "k7", "text": "The upper town", "chosen": chosen, "right": right, "feedback": feedback}


def place(lesson: str, start: int) -> Place:
    return Place("a quote", start, start + 7, AnchorStatus.EXACT, lesson, lesson.title(), start)


def review(*items: ReviewedItem, **fields: Any) -> Review:
    whole: dict[str, Any] = {
        "attempt": Attempt(quiz=Quiz()), "shown": frozenset(Shown), "grading": Grading.GRADED,
        "fraction": None, "points": None, "max_points": Decimal(6), "items": items,
    }  # fmt: skip
    return Review(**{**whole, **fields})


@pytest.mark.parametrize(
    ("chosen", "right", "shown"),
    [
        (True, True, ("chosen, right", "done", "good")),
        (True, False, ("chosen, not right", "miss", "warn")),
        (False, True, ("right, not chosen", "half", "now")),
        (False, False, ("", "", "")),
    ],
)
def test_options_are_judged_in_words_and_shapes(chosen: bool, right: bool, shown: tuple[str, str, str]) -> None:
    [part] = reviewed(item(parts={"parts": [choice(chosen=chosen, right=right)]})).parts

    assert (part.word, part.icon, part.tone) == shown


def test_the_feedback_of_a_choice_is_said_once() -> None:
    told = reviewed(
        item(feedback="All of it: yes.", parts={"parts": [choice(chosen=True, right=True, feedback="yes.")]})
    )
    untold = reviewed(item(feedback="All.", parts={"parts": [choice(chosen=True, right=True, feedback="yes.")]}))
    unchosen = reviewed(item(parts={"parts": [choice(chosen=False, right=True, feedback="yes.")]}))

    assert [each.parts[0].note for each in (told, untold, unchosen)] == ["", "yes.", ""]


def test_gaps_stand_in_their_text() -> None:
    data = {"segments": [{"text": "The "}, {"gap": "g2", "size": 9}, {"gap": "g1", "size": 9}]}
    parts = [
        {"id": "g1", "given": "wall", "accepted": ["wall"], "right": True, "feedback": ""},
        {"id": "g2", "given": "", "accepted": ["upper", "high"], "right": False, "feedback": "Look up."},
    ]

    shown = reviewed(item(Control.GAPS, data=data, parts={"parts": parts})).parts

    assert shown == (
        Judged("The "),
        Judged("", "left empty", "miss", "warn", "Look up.", ("upper", "high"), is_gap=True),
        Judged("wall", "right", "done", "good", accepted=("wall",), is_gap=True),
    )


def test_numbers_are_judged_as_lines_are() -> None:
    part = {"id": "answer", "given": "12", "accepted": ["24 km"], "right": False}

    assert reviewed(item(Control.NUMBER, parts={"parts": [part]})).parts == (
        Judged("12", "not right", "miss", "warn", accepted=("24 km",), is_gap=True),
    )


@pytest.mark.parametrize("control", [Control.ASSIGN, Control.ORDER])
def test_rows_and_steps_say_what_they_were_put_to(control: Control) -> None:
    parts = [
        {"id": "a", "text": "ally", "given": "Moscow", "accepted": ["Moscow"], "right": True, "feedback": ""},
        {"id": "b", "text": "mediator", "given": "Moscow", "accepted": ["Kyiv"], "right": False, "feedback": "No."},
        {"id": "c", "text": "observer", "given": "", "accepted": ["Kyiv"], "right": False, "feedback": "Said."},
    ]

    shown = reviewed(item(control, feedback="One of three.\nNo.\nSaid.", parts={"parts": parts}))

    assert shown.feedback == "One of three."
    assert shown.parts == (
        Judged("ally", "right", "done", "good", accepted=("Moscow",), is_gap=True, given="Moscow"),
        Judged("mediator", "not right", "miss", "warn", "No.", ("Kyiv",), is_gap=True, given="Moscow"),
        Judged("observer", "left empty", "miss", "warn", "Said.", ("Kyiv",), is_gap=True),
    )


def test_an_essay_stands_beside_the_model_answer_and_the_rubric() -> None:
    parts = [
        {"id": "answer", "given": "It rained.", "accepted": ["Because it rained."], "right": None},
        {"id": "c1", "text": "Names the rain", "given": "", "accepted": ["2 points"], "right": None},
    ]

    assert reviewed(item(Control.LONG_TEXT, parts={"parts": parts})).parts == (
        Judged("It rained.", accepted=("Because it rained.",)),
        Judged("Names the rain", word="2 points"),
    )


def test_what_is_held_back_has_no_parts() -> None:
    assert reviewed(item()).parts == ()


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"verdict": "right"}, ("right", "done", "good")),
        ({"verdict": "partly right"}, ("partly right", "half", "now")),
        ({"verdict": "not right"}, ("not right", "miss", "warn")),
        ({"verdict": "not answered"}, ("not answered", "open", "")),
        ({"verdict": "not graded"}, ("not graded", "wait", "warn")),
        ({"verdict": "waiting for a person"}, ("waiting for a person", "wait", "")),
        ({"summary": "The upper town"}, ("answered", "done", "")),
        ({}, ("not answered", "open", "")),
        ({"grading": Grading.PENDING_MANUAL, "summary": "x"}, ("waiting for a person", "wait", "")),
    ],
)
def test_every_verdict_has_a_word_and_a_shape(fields: dict[str, Any], shown: tuple[str, str, str]) -> None:
    question = reviewed(item(**fields))

    assert (question.word, question.icon, question.tone) == shown


def test_points_are_said_only_when_they_are_shown() -> None:
    assert reviewed(item(fraction=Decimal("0.25"))).points == "0.5 of 2"
    assert reviewed(item()).points == "of 2"


def test_the_grader_is_named_with_its_version() -> None:
    assert reviewed(item(grader="short_text@3")).grader == "short text, version 3"
    assert reviewed(item(grader="none")).grader == "none"


def test_a_passage_with_several_quotes_is_named_once_below_the_last() -> None:
    question = reviewed(item(evidence=(place("wall", 1), place("wall", 1), place("lake", 1))))

    assert [is_named for _, is_named in question.proofs] == [False, True, True]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"points": Decimal("6.00")}, "Six of six points"),
        ({"points": Decimal("3.83")}, "3.83 of 6 points"),
        ({"points": Decimal(0)}, "None of six points"),
        ({"grading": Grading.PENDING_MANUAL}, "Submitted; a person still reads some answers"),
        ({"grading": Grading.FAILED}, "Submitted; some answers could not be graded yet"),
        ({}, "Submitted and graded"),
    ],
)
def test_the_heading_says_the_result(fields: dict[str, Any], words: str) -> None:
    assert headline(review(**fields)) == words


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        (["right", "right"], "Every answer is right. Beside each stands the passage that settles it."),
        (["right", "not right"], "One answer is right. Beside each stands the passage that settles it."),
        (["not right"], "No answer is right this time. Beside each stands the passage that settles it."),
        (["partly right", "right", "right"],
         "Two answers are right, one partly. Beside each stands the passage that settles it."),
    ],
)  # fmt: skip
def test_the_answers_are_tallied(verdicts: list[str], words: str) -> None:
    assert lede(review(*[item(verdict=verdict) for verdict in verdicts])) == words


def test_what_is_held_back_is_not_tallied() -> None:
    assert lede(review(item(), shown=HELD_BACK)) == "Your answers stand below."
    assert lede(review(item(verdict="right"), shown=frozenset({Shown.VERDICT}))) == "Every answer is right."


SEEN: dict[str, Any] = {"evidence": (place("walls", 24),), "concept": "wall", "parts": {"parts": []}}
TODAY = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "may_find", "may_practise"),
    [
        (SEEN | {"verdict": "not right"}, True, True),
        (SEEN | {"verdict": "partly right"}, True, True),
        (SEEN | {"verdict": "not answered"}, True, True),
        (SEEN | {"verdict": "right"}, False, False),
        (SEEN | {"verdict": "being graded"}, False, False),
        (SEEN | {"verdict": "waiting for a person"}, False, False),
        (SEEN | {"verdict": "not right", "found_at": TODAY}, False, True),
        (SEEN | {"verdict": "not right", "evidence": ()}, False, True),
        (SEEN | {"verdict": "not right", "concept": ""}, True, False),
        (SEEN | {"verdict": "not right", "parts": None}, True, False),
        (SEEN | {"verdict": ""}, False, False),
    ],
)
def test_what_was_missed_can_be_found_where_it_is_shown_and_practised_where_its_key_is_told(
    fields: dict[str, Any], may_find: bool, may_practise: bool
) -> None:
    question = reviewed(item(**fields))

    assert (question.may_find, question.may_practise) == (may_find, may_practise)
