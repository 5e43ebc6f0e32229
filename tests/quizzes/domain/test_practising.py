"""Which questions may be practised: what anybody may, what only who was told the key may, and what nobody may."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import Concept, ConceptState, Course, Enrollment
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.practising import held_back, practice_of, practisable
from quizzes.models import Attempt, Question, QuestionTag, QuestionVersion, Quiz, QuizItem, VersionState
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice
from tests.quizzes.domain.regraded import run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "k7", "m2"
LATER = NOW + timedelta(hours=1)
CLOSES = NOW + timedelta(days=2)
NO_KEYS = {"after_answer": ["verdict"], "after_submit": ["verdict"], "after_close": ["verdict"]}


class Desk:
    """A learner in a course with one concept, and as many quizzes on it as a test puts there."""

    def __init__(self) -> None:
        self.course: Course = make_course()
        self.concept: Concept = make_concept(self.course)
        self.part: Enrollment = make_enrollment(self.course)

    def quiz(self, *stems: str, **fields: Any) -> Quiz:
        asked = [("single_choice", single_choice(stem)) for stem in stems]
        return make_quiz(self.course, questions=asked, concept=self.concept, **fields)

    def begins(self, quiz: Quiz, *answers: str, at: datetime = NOW) -> Attempt:
        attempt = start_attempt(quiz, enrollment=self.part, at=at, seed=7)
        for position, answer in enumerate(answers, 1):
            save_answer(attempt, given=GivenAnswer(position, answer, None), at=at)
        return attempt

    def takes(self, quiz: Quiz, *answers: str, at: datetime = NOW) -> None:
        submit_attempt(self.begins(quiz, *answers, at=at), at=at)
        run_every_job("grade_attempt")

    def stems(self, at: datetime = LATER) -> list[str]:
        practice = practice_of(self.part, concept=self.concept.slug, at=at)
        return [version.content["stem"] for version in practice.versions]


def in_quizzes(course: Course) -> list[str]:
    return [version.content["stem"] for version in practisable(course.pk)]


@pytest.mark.parametrize(
    ("fields", "may_be"),
    [
        ({"mode": "practice"}, True),
        ({"mode": "practice", "feedback_policy": NO_KEYS}, False),
        ({"mode": "check"}, False),
        ({"mode": "exam", "closes_at": CLOSES}, False),
    ],
    ids=["practice", "practice that keeps its keys", "check", "exam"],
)
def test_only_what_practice_asks_and_tells_may_be_practised_by_anybody(fields: dict[str, Any], may_be: bool) -> None:
    desk = Desk()
    desk.quiz("Who built it?", **fields)

    assert in_quizzes(desk.course) == ["Who built it?"] * may_be
    assert held_back(desk.course.pk).exists() is not may_be
    assert desk.stems() == ["Who built it?"] * may_be


def test_what_no_quiz_asks_may_be_practised() -> None:
    desk = Desk()
    desk.quiz("Who built it?", mode="exam", closes_at=CLOSES)
    QuizItem.objects.all().delete()

    assert desk.stems() == ["Who built it?"]


@pytest.mark.parametrize("by", ["tag", "concept"])
def test_what_a_check_may_draw_is_kept_back_like_what_it_asks(by: str) -> None:
    desk = Desk()
    pool = {"take": 1, by: {"tag": "walls", "concept": desk.concept.slug}[by]}
    desk.quiz("Who built it?", "Who drinks?")
    for question in Question.objects.all():
        QuestionTag.objects.create(question=question, name="walls")
    drawing = desk.quiz("Who else?", mode="check")
    QuizItem.objects.create(quiz=drawing, position=2, pool=pool)

    assert desk.stems() == []


def test_a_question_of_practice_that_a_check_asks_too_is_kept_back() -> None:
    desk = Desk()
    shared = desk.quiz("Who built it?", "Who drinks?").items.get(position=1)
    check = desk.quiz("Who else?", mode="check")
    QuizItem.objects.create(quiz=check, question=shared.question, position=2)

    assert desk.stems() == ["Who drinks?"]


def test_what_a_check_told_its_learner_is_theirs_to_practise_and_nobody_elses() -> None:
    desk = Desk()
    desk.takes(desk.quiz("Who built it?", mode="check"), WRONG)

    assert desk.stems() == ["Who built it?"]
    assert in_quizzes(desk.course) == []
    other = practice_of(make_enrollment(desk.course), concept=desk.concept.slug, at=LATER)
    assert other.versions == ()


def test_what_an_exam_asked_is_practised_from_its_closing_on() -> None:
    desk = Desk()
    desk.takes(desk.quiz("Who built it?", mode="exam", closes_at=CLOSES), WRONG)

    assert [desk.stems(at) for at in (CLOSES - timedelta(seconds=1), CLOSES)] == [[], ["Who built it?"]]


def test_what_an_attempt_in_progress_asks_waits_until_it_is_over() -> None:
    desk = Desk()
    quiz = desk.quiz("Who built it?")
    attempt = desk.begins(quiz, WRONG)
    assert desk.stems() == []

    submit_attempt(attempt, at=NOW)

    assert desk.stems() == ["Who built it?"]


def test_a_second_attempt_at_a_check_keeps_its_questions_for_itself() -> None:
    desk = Desk()
    quiz = desk.quiz("Who built it?", mode="check", attempts_allowed=2)
    desk.takes(quiz, WRONG)
    desk.begins(quiz)

    assert desk.stems() == []


def test_what_was_missed_last_comes_first() -> None:
    desk = Desk()
    quiz = desk.quiz("One?", "Two?", "Three?", attempts_allowed=2)
    desk.takes(quiz, WRONG, RIGHT, RIGHT)
    assert desk.stems()[0] == "One?"

    desk.takes(quiz, RIGHT, RIGHT, WRONG, at=NOW + timedelta(minutes=1))

    assert desk.stems()[0] == "Three?"
    assert sorted(desk.stems()) == ["One?", "Three?", "Two?"]


def test_an_open_response_needs_a_reader_and_is_not_practised() -> None:
    desk = Desk()
    essay = {"stem": "Explain.", "model": "Because.", "rubric": [{"id": "m8p", "text": "Why", "points": 1}]}
    make_quiz(desk.course, questions=[("open_response", essay)], concept=desk.concept)

    assert desk.stems() == []


def test_only_what_is_published_now_is_practised() -> None:
    desk = Desk()
    desk.quiz("Who built it?")
    QuestionVersion.objects.update(state=VersionState.RETIRED)

    assert desk.stems() == []


def test_questions_on_other_concepts_and_of_other_courses_are_left_alone() -> None:
    desk, elsewhere = Desk(), Desk()
    elsewhere.quiz("Elsewhere?")
    make_quiz(desk.course, questions=1, concept=make_concept(desk.course, "lower town"))
    desk.quiz("Who built it?")

    assert desk.stems() == ["Who built it?"]


@pytest.mark.parametrize("state", [ConceptState.SUGGESTED, ConceptState.REJECTED])
def test_a_concept_that_was_not_accepted_is_not_there(state: ConceptState) -> None:
    desk = Desk()
    Concept.objects.update(state=state)

    with pytest.raises(Concept.DoesNotExist):
        desk.stems()


def test_after_the_last_turn_comes_the_first_again() -> None:
    desk = Desk()
    desk.quiz("One?", "Two?")
    practice = practice_of(desk.part, concept=desk.concept.slug, at=LATER)

    turns = [practice.version(turn) for turn in range(5)]

    assert turns == [practice.versions[turn % 2] for turn in range(5)]


def test_where_there_is_nothing_no_turn_asks_anything() -> None:
    desk = Desk()
    practice = practice_of(desk.part, concept=desk.concept.slug, at=LATER)

    assert [practice.version(turn) for turn in (0, 1, 99)] == [None, None, None]


def test_it_takes_as_many_queries_for_many_questions_as_for_one() -> None:
    counts = []
    for questions in (1, 6):
        desk = Desk()
        stems = [f"Question {n}?" for n in range(questions)]
        desk.takes(desk.quiz(*stems), *[WRONG] * questions)
        with CaptureQueriesContext(connection) as asked:
            assert len(desk.stems()) == questions
        counts.append(len(asked.captured_queries))

    assert counts[0] == counts[1] <= 6
