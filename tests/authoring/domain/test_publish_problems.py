"""Each thing that keeps a course from being published, by itself, in the words that are told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from authoring.domain.publish import publish_course, publishing_problems
from course.models import Anchor, Concept, Course, CourseState, Lesson
from course.reading.outline import Span
from quizzes.domain.questions import NewQuestion, accept, add_questions, reject
from quizzes.errors import CannotPublish
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from tests.factories import NOW, make_concept, make_course, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SENTENCES = (Span(0, 23), Span(24, 52))


def accepted(stem: str = "Who built it?", *, evidence: tuple[Span, ...] = SENTENCES[1:]) -> QuestionVersion:
    """An accepted question of a draft course, the one question there is."""
    course = make_course(published=False)
    revision = Lesson.objects.select_related("revision").get(course=course).revision
    news = [NewQuestion("single_choice", single_choice(stem), None, list(evidence))]
    (version,) = add_questions(course, questions=news, revision=revision, at=NOW)
    accept(version, by=None, at=NOW)
    return version


def problems_of(version: QuestionVersion) -> list[str]:
    return publishing_problems(version.question.course)


def misquote(anchor: Anchor) -> None:
    """The anchor says other words than stand at its place, as only a fault could make it."""
    Anchor.objects.filter(pk=anchor.pk).delete()
    anchor.pk, anchor.quote = None, "Other words."
    anchor.save()


def test_an_accepted_question_with_its_proof_is_all_that_is_needed() -> None:
    assert problems_of(accepted()) == []


def test_a_course_without_a_lesson_has_not_been_built() -> None:
    course = Course.objects.create(slug="empty", title="Empty", state=CourseState.DRAFT, created_at=NOW)
    assert publishing_problems(course) == [
        "The course has no lesson yet. Wait for its build to end, or import the article again.",
        "No question is accepted yet. Accept at least one, so that learners can check what they understood.",
    ]


def test_a_rejected_question_is_as_good_as_none() -> None:
    version = accepted()
    reject(version, by=None, reason="No.", at=NOW)
    assert problems_of(version) == [
        "No question is accepted yet. Accept at least one, so that learners can check what they understood."
    ]


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"stem": ""}, 1),
        ({"options": []}, 2),
        ({"options": [{"id": "k7", "text": "One", "correct": True, "feedback": ""}]}, 1),
    ],
)
def test_each_problem_of_a_content_is_told_with_its_question(change: dict[str, Any], problems: int) -> None:
    version = accepted()
    QuestionVersion.objects.filter(pk=version.pk).update(content={**version.content, **change})
    told = problems_of(version)
    assert len(told) == problems
    assert all(problem.startswith("“") and "”: " in problem for problem in told)


def test_a_question_without_a_passage_is_told() -> None:
    version = accepted(evidence=())
    assert problems_of(version) == ["“Who built it?” has no passage that proves its answer. Choose one in the text."]


@pytest.mark.parametrize("wrong", [0, 1])
def test_of_several_passages_each_has_to_stand_in_the_article(wrong: int) -> None:
    version = accepted(evidence=SENTENCES)
    misquote(Anchor.objects.filter(question=version.uuid).order_by("start")[wrong])
    assert problems_of(version) == [
        "The evidence of “Who built it?” is not in the article word for word. Choose its passage again."
    ]


@pytest.mark.parametrize(("length", "shown"), [(80, "x" * 80), (81, "x" * 79 + "…"), (500, "x" * 79 + "…")])
def test_a_long_question_is_named_by_its_beginning(length: int, shown: str) -> None:
    version = accepted("x" * length, evidence=())
    assert problems_of(version) == [f"“{shown}” has no passage that proves its answer. Choose one in the text."]


@pytest.mark.parametrize(("state", "is_told"), [("accepted", True), ("suggested", False), ("rejected", False)])
def test_only_an_accepted_concept_has_to_be_mentioned(state: str, is_told: bool) -> None:
    version = accepted()
    concept = make_concept(version.question.course, "drought")
    Concept.objects.filter(pk=concept.pk).update(state=state)
    told = "The concept “drought” is mentioned nowhere. Select it in the text, or reject it."
    assert problems_of(version) == ([told] if is_told else [])


@pytest.mark.parametrize(
    ("pass_fraction", "asks", "is_told"),
    [("0.5", False, True), ("0.000001", False, True), ("0", False, False), (None, False, False), ("0.5", True, False)],
)
def test_a_pass_mark_needs_something_to_pass(pass_fraction: str | None, asks: bool, is_told: bool) -> None:
    version = accepted()
    fraction = None if pass_fraction is None else Decimal(pass_fraction)
    quiz = Quiz.objects.create(course=version.question.course, slug="q", title="Check", pass_fraction=fraction)
    if asks:
        QuizItem.objects.create(quiz=quiz, question=version.question, position=1)
    told = "The quiz “Check” has a pass mark but asks nothing. Accept a question for it, or remove it."
    assert problems_of(version) == ([told] if is_told else [])


def test_a_question_that_was_rejected_since_is_asked_by_no_quiz() -> None:
    version = accepted()
    course = version.question.course
    quiz = Quiz.objects.create(course=course, slug="q", title="Check", pass_fraction=Decimal("0.5"))
    QuizItem.objects.create(quiz=quiz, question=version.question, position=1)
    reject(version, by=None, reason="No.", at=NOW)
    assert "The quiz “Check” has a pass mark but asks nothing. Accept a question for it, or remove it." in problems_of(
        version
    )


def test_one_problem_is_enough_to_change_nothing() -> None:
    version = accepted(evidence=())
    course = version.question.course
    with pytest.raises(CannotPublish) as refused:
        publish_course(course, at=NOW)
    course.refresh_from_db()
    version.refresh_from_db()
    assert refused.value.problems == publishing_problems(course)
    assert (course.state, course.published_at, version.state) == (CourseState.DRAFT, None, VersionState.DRAFT)


def test_publishing_again_keeps_the_day_of_the_first_time() -> None:
    version = accepted()
    course = version.question.course
    publish_course(course, at=NOW)
    publish_course(course)
    assert course.published_at == NOW
