"""Every kind of question on the learner's pages, without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client

from quizzes.models import Response
from quizzes.questions import kinds, question_type
from quizzes.questions.base import Control, QuestionType
from tests.web.learner.sittings import CANARY, LearnerPage, Sitting, further_kinds, sequences

pytestmark = pytest.mark.django_db

PAIRS, STEPS = further_kinds()[1][1], further_kinds()[2][1]
RIGHT: dict[str, Any] = {
    "answer-1": "4.5 m",
    **{f"answer-2-{row}": target for row, target in question_type("matching").model_answer(PAIRS).items()},
    **{f"answer-3-{step['id']}": str(place) for place, step in enumerate(STEPS["steps"], start=1)},
    "order": "3",
    "answer-4": "It stopped the water.\r\n\r\nIt made two towns of one.",
    **sequences(4),
}


@pytest.fixture
def sitting(client: Client) -> Sitting:
    made = Sitting(client, questions=further_kinds())
    made.start()
    return made


@pytest.mark.parametrize("control", list(Control))
def test_every_control_has_its_template(control: Control) -> None:
    assert get_template(f"components/controls/{control}.html") is not None


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_kind_is_asked_with_fields_of_its_own(client: Client, kind: QuestionType) -> None:
    content = next(iter(kind.examples())).content
    sitting = Sitting(client, questions=[(kind.kind, content)])
    sitting.start()

    page = LearnerPage(sitting.get())

    assert content["stem"] in page.text
    assert page.inline == []
    assert 'name="answer-1' in sitting.get()
    assert len(page.ids) == len(set(page.ids))


def test_no_key_is_on_the_page_while_it_is_answered(sitting: Sitting) -> None:
    assert CANARY not in sitting.get()


def test_a_form_answers_all_of_them(sitting: Sitting) -> None:
    sitting.save(RIGHT)

    answers = [Response.objects.get(position=position).answer for position in range(1, 5)]
    assert answers == [
        "4.5 m",
        question_type("matching").model_answer(PAIRS),
        [step["id"] for step in STEPS["steps"]],
        "It stopped the water.\r\n\r\nIt made two towns of one.",
    ]
    shown = sitting.get()
    assert "Saved" in shown
    assert shown.count(" selected") == 6


def test_half_an_order_is_kept_and_warned_about_in_words(sitting: Sitting) -> None:
    first, second, _ = (step["id"] for step in STEPS["steps"])

    sitting.save({f"answer-3-{first}": "2", f"answer-3-{second}": "2", "order": "3", "sequence-3": "0"})

    assert "Two steps stand at place 2. Give each a place of its own." in sitting.get()
    kept: Any = Response.objects.get(position=3).answer
    assert [sorted(place.split()) for place in kept] == [[], sorted([first, second])]


def test_the_review_says_what_was_right_row_by_row(sitting: Sitting) -> None:
    wrong = {**RIGHT, "answer-1": "450 m", "answer-2-t4w": "", "answer-3-d5m": "2", "answer-3-x3f": "1"}
    sitting.save(wrong)
    sitting.submit()
    sitting.grade()

    page = LearnerPage(sitting.get()).text
    assert "The number is right, but its unit is not." in page
    assert "The lake – nothing chosen" in page
    assert "It belongs to feeds both." in page
    assert "You put it at place 2." in page
    assert "Steps at their place: 1 of 3." in page
    assert "Waiting for a person" in page
    assert "It made two towns of one." in page


def test_how_sure_somebody_is_is_asked_only_where_the_quiz_asks(client: Client) -> None:
    silent = Sitting(client, questions=further_kinds()[:1])
    silent.start()
    assert "How sure are you?" not in silent.get()

    asking = Sitting(client, questions=further_kinds()[:1], ask_confidence=True)
    asking.start()
    asking.save({"answer-1": "4.5", "confidence-1": "1", "sequence-1": "0"})

    assert Response.objects.get(attempt=asking.attempt).confidence == 1
    assert 'name="confidence-1" value="1" checked' in asking.get()


def test_words_that_are_no_answer_are_shown_as_they_were_written(sitting: Sitting) -> None:
    sitting.client.post(sitting.address, {**RIGHT, "answer-1": "four and a bit"})
    sitting.submit()
    sitting.grade()

    page = LearnerPage(sitting.get()).text

    assert "You wrote four and a bit." in page
    assert "You wrote nothing." not in page
    assert "This counted as unanswered." in page
