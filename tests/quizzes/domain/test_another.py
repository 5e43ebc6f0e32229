"""Another question like one that was answered."""

from __future__ import annotations

from typing import Any

import pytest

from course.models import Concept
from quizzes.domain.another import NothingAlike, another_like
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.on_the_spot import judged_on_the_spot
from quizzes.domain.tries import check_answer
from quizzes.errors import CannotCheck
from quizzes.models import AnswerEvent, Attempt, GradingEvent, Question, QuestionTag, Quiz, QuizItem, Response
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def stocked(*, mode: str = "practice", **fields: Any) -> tuple[Quiz, Concept]:
    """A quiz of one question on a concept; another quiz, of `mode`, with three more on it."""
    course = make_course()
    concept = make_concept(course)
    others = [("single_choice", single_choice(f"Question {n}?")) for n in range(3)]
    make_quiz(course, questions=others, concept=concept, mode=mode)
    return make_quiz(course, questions=1, concept=concept, **fields), concept


def settled(quiz: Quiz) -> Attempt:
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW, seed=7)
    save_answer(attempt, given=GivenAnswer(1, "k7", None), at=NOW)
    check_answer(attempt, position=1, at=NOW)
    return attempt


def stems(attempt: Attempt, turns: int) -> list[str]:
    return [another_like(attempt, position=1, turn=turn).presentation.stem for turn in range(turns)]


def test_each_turn_is_another_question_on_the_concept_until_all_were_asked() -> None:
    quiz, concept = stocked()
    attempt = settled(quiz)

    found = stems(attempt, 4)

    assert sorted(found[:3]) == ["Question 0?", "Question 1?", "Question 2?"]
    assert found[3] == found[0]
    assert another_like(attempt, position=1).concept == concept.term


def test_a_tag_in_common_will_do() -> None:
    quiz, _ = stocked()
    Question.objects.update(concept=None)
    for question in Question.objects.filter(items__quiz=quiz) | Question.objects.filter(
        versions__content__stem="Question 1?"
    ):
        QuestionTag.objects.create(question=question, name="walls")

    assert stems(settled(quiz), 2) == ["Question 1?", "Question 1?"]


@pytest.mark.parametrize("mode", ["check", "exam"])
def test_what_a_quiz_that_counts_asks_is_never_given_away(mode: str) -> None:
    quiz, _ = stocked(mode=mode)

    with pytest.raises(NothingAlike):
        another_like(settled(quiz), position=1)


@pytest.mark.parametrize("source", ["tag", "concept"])
def test_nor_what_its_pools_may_draw(source: str) -> None:
    quiz, concept = stocked()
    for question in Question.objects.all():
        QuestionTag.objects.create(question=question, name="walls")
    exam = make_quiz(quiz.course, questions=0, mode="exam")
    names = {"tag": "walls", "concept": concept.slug}
    QuizItem.objects.create(quiz=exam, pool={"take": 1, source: names[source]}, position=1)

    with pytest.raises(NothingAlike):
        another_like(settled(quiz), position=1)


def test_nothing_is_offered_before_the_questions_own_key_may_be_seen() -> None:
    quiz, _ = stocked()
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)

    with pytest.raises(NothingAlike):
        another_like(attempt, position=1)


def test_after_submitting_it_is_offered_where_the_key_is_shown() -> None:
    quiz, _ = stocked(mode="practice")
    attempt = submit_attempt(start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW), at=NOW)

    assert another_like(attempt, position=1).presentation.stem.startswith("Question")
    exam, _ = stocked()
    Quiz.objects.filter(pk=exam.pk).update(mode="exam")
    exam.refresh_from_db()
    held = submit_attempt(start_attempt(exam, enrollment=make_enrollment(exam.course), at=NOW), at=NOW)
    with pytest.raises(NothingAlike):
        another_like(held, position=1)


@pytest.mark.parametrize(("raw", "verdict"), [("k7", "right"), ("m2", "not right")])
def test_an_answer_is_judged_with_its_key_and_nothing_is_written(raw: str, verdict: str) -> None:
    quiz, _ = stocked()
    question = another_like(settled(quiz), position=1)
    before = [model.objects.count() for model in (Response, GradingEvent, AnswerEvent)]

    judged = judged_on_the_spot(question, raw=raw)

    assert (judged.verdict, judged.explanation) == (verdict, "The second sentence says so.")
    assert judged.parts is not None
    assert [model.objects.count() for model in (Response, GradingEvent, AnswerEvent)] == before


@pytest.mark.parametrize("raw", [None, "", "elsewhere"])
def test_no_answer_is_not_judged(raw: str | None) -> None:
    quiz, _ = stocked()

    with pytest.raises(CannotCheck):
        judged_on_the_spot(another_like(settled(quiz), position=1), raw=raw)


def test_an_answer_is_judged_as_it_was_asked() -> None:
    quiz, _ = stocked()
    question = another_like(settled(quiz), position=1)

    judged = judged_on_the_spot(question, raw="k7")

    asked = [option["id"] for option in question.presentation.data["options"]]
    assert [part["id"] for part in (judged.parts or {})["parts"]] == asked
