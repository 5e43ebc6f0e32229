"""What a learner is to remember: which questions, when, and what every recall does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import Course, CourseState, Enrollment
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.remembering import (
    deck_of,
    due_by_course,
    question_to_remember,
    recall,
    set_aside,
    take_up,
)
from quizzes.errors import NotToRemember
from quizzes.memory import Rating
from quizzes.models import Attempt, AttemptState, Card, Question, QuestionVersion, Quiz, Recall, Response, VersionState
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT, WRONG = "k7", "m2"
DAY = timedelta(days=1)
LATER = NOW + timedelta(hours=1)


class Learner:
    """A learner in a course whose quiz asks a few questions."""

    def __init__(self, questions: int = 2, course: Course | None = None, **fields: Any) -> None:
        self.course = course or make_course()
        asked = [("single_choice", single_choice(f"Question {n}?")) for n in range(1, questions + 1)]
        self.quiz: Quiz = make_quiz(self.course, questions=asked, concept=make_concept(self.course), **fields)
        self.part: Enrollment = make_enrollment(self.course)

    def answers(self, *answers: str) -> Attempt:
        attempt = start_attempt(self.quiz, enrollment=self.part, at=NOW, seed=7)
        for position, answer in enumerate(answers, 1):
            save_answer(attempt, given=GivenAnswer(position, answer, None), at=NOW)
        submit_attempt(attempt, at=NOW)
        for job in Job.objects.filter(kind="grade_attempt", finished_at__isnull=True):
            run_job(UUID(str(job.uuid)))
        Attempt.objects.filter(pk=attempt.pk).update(graded_at=NOW)
        return attempt

    @property
    def stems(self) -> list[str]:
        return [card.version.content["stem"] for card in deck_of(self.part, at=LATER).cards]

    def question(self, number: int) -> UUID:
        found: UUID = Question.objects.get(items__quiz=self.quiz, items__position=number).uuid
        return found


def test_what_was_missed_enters_by_itself_and_what_was_right_does_not() -> None:
    learner = Learner(3)
    learner.answers(RIGHT, WRONG, WRONG)

    assert learner.stems == ["Question 2?", "Question 3?"]


def test_what_was_left_unanswered_was_missed_too() -> None:
    learner = Learner(2)
    learner.answers(RIGHT)

    assert learner.stems == ["Question 2?"]


def test_a_missed_question_is_due_since_it_was_graded_and_was_never_recalled() -> None:
    learner = Learner(1)
    learner.answers(WRONG)

    (card,) = deck_of(learner.part, at=LATER).due

    assert (card.due_at, card.memory, card.number, card.is_set_aside) == (NOW, None, 1, False)
    assert card.chance(LATER) is None


@pytest.mark.parametrize(
    ("fields", "entered"),
    [
        ({"mode": "practice"}, True),
        ({"mode": "check"}, True),
        ({"mode": "exam", "closes_at": NOW + 2 * DAY}, False),
        ({"mode": "check", "feedback_policy": {"after_submit": ["verdict"], "after_close": []}}, False),
    ],
    ids=["practice", "check", "exam that is open", "key never shown"],
)
def test_nothing_enters_before_its_key_may_be_seen(fields: dict[str, Any], entered: bool) -> None:
    learner = Learner(1, **fields)
    learner.answers(WRONG)

    assert bool(learner.stems) is entered


def test_what_an_exam_asked_enters_when_it_has_closed() -> None:
    learner = Learner(1, mode="exam", closes_at=NOW + 2 * DAY)
    learner.answers(WRONG)

    decks = [deck_of(learner.part, at=at) for at in (NOW + 2 * DAY - timedelta(seconds=1), NOW + 2 * DAY)]

    assert [len(deck.cards) for deck in decks] == [0, 1]


def test_a_question_missed_twice_is_one() -> None:
    learner = Learner(1, attempts_allowed=2)
    learner.answers(WRONG)
    learner.answers(WRONG)

    assert learner.stems == ["Question 1?"]


def test_a_grade_that_was_put_right_takes_the_question_out() -> None:
    learner = Learner(1)
    learner.answers(WRONG)
    Response.objects.update(fraction=1)

    assert learner.stems == []


def test_a_void_attempt_brings_nothing_in() -> None:
    learner = Learner(1)
    attempt = learner.answers(WRONG)
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.VOID)

    assert learner.stems == []


def test_a_question_that_is_no_longer_published_is_not_asked() -> None:
    learner = Learner(2)
    learner.answers(WRONG, WRONG)
    recall(learner.part, learner.question(1), rating=Rating.AGAIN, number=1, at=LATER)
    QuestionVersion.objects.update(state=VersionState.RETIRED)

    assert deck_of(learner.part, at=LATER + DAY).cards == ()


def test_nor_is_one_that_a_person_has_to_read() -> None:
    learner = Learner(1)
    learner.answers(WRONG)
    content = {"stem": "Why?", "rubric": [{"id": "m8p", "text": "Says why", "points": 1}]}
    version = QuestionVersion.objects.get()
    QuestionVersion.objects.filter(pk=version.pk).update(state=VersionState.RETIRED)
    QuestionVersion.objects.create(
        question=version.question,
        number=2,
        kind="open_response",
        content=content,
        state=VersionState.PUBLISHED,
        created_at=NOW,
        published_at=NOW,
        reviewed_at=NOW,
    )

    assert learner.stems == []


def test_the_deck_of_a_learner_has_nothing_of_another() -> None:
    learner, other = Learner(1), Learner(1)
    learner.answers(WRONG)
    classmate = make_enrollment(learner.course)

    assert deck_of(classmate, at=LATER).cards == deck_of(other.part, at=LATER).cards == ()


@pytest.mark.parametrize(
    ("rating", "back_after"),
    [
        (Rating.AGAIN, timedelta(minutes=1)),
        (Rating.HARD, timedelta(minutes=5, seconds=30)),
        (Rating.GOOD, timedelta(minutes=10)),
        (Rating.EASY, 8 * DAY),
    ],
)
def test_a_recall_says_when_the_question_comes_back(rating: Rating, back_after: timedelta) -> None:
    learner = Learner(1)
    learner.answers(WRONG)

    card = recall(learner.part, learner.question(1), rating=rating, number=1, at=LATER)

    assert card.due_at == LATER + back_after
    assert list(Recall.objects.values_list("number", "rating", "at")) == [(1, rating, LATER)]


def test_what_was_recalled_is_not_due_until_it_is() -> None:
    learner = Learner(1)
    learner.answers(WRONG)
    recall(learner.part, learner.question(1), rating=Rating.EASY, number=1, at=LATER)

    before = deck_of(learner.part, at=LATER + 8 * DAY - timedelta(seconds=1))
    then = deck_of(learner.part, at=LATER + 8 * DAY)

    assert (before.due, before.next_due_at) == ((), LATER + 8 * DAY)
    assert ([card.number for card in then.due], then.next_due_at) == ([2], None)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_page_that_is_older_or_sent_twice_changes_nothing(number: int) -> None:
    learner = Learner(1)
    learner.answers(WRONG)
    recall(learner.part, learner.question(1), rating=Rating.EASY, number=1, at=LATER)
    before = Card.objects.values().get()

    recall(learner.part, learner.question(1), rating=Rating.AGAIN, number=number, at=LATER + DAY)

    assert Card.objects.values().get() == before
    assert Recall.objects.count() == 1


def test_only_a_question_of_the_deck_can_be_recalled() -> None:
    learner = Learner(2)
    learner.answers(RIGHT, WRONG)

    for question in (learner.question(1), uuid4()):
        with pytest.raises(NotToRemember):
            recall(learner.part, question, rating=Rating.GOOD, number=1, at=LATER)
        with pytest.raises(NotToRemember):
            question_to_remember(learner.part, question, at=LATER)
        with pytest.raises(NotToRemember):
            set_aside(learner.part, question, at=LATER)
    assert not Card.objects.exists()


def test_once_recalled_it_stays_though_the_grade_is_put_right() -> None:
    learner = Learner(1)
    learner.answers(WRONG)
    recall(learner.part, learner.question(1), rating=Rating.GOOD, number=1, at=LATER)
    Response.objects.update(fraction=1)

    assert learner.stems == ["Question 1?"]


@pytest.mark.parametrize("recalls", [0, 2])
def test_setting_aside_and_taking_up_again_leaves_it_as_it_was(recalls: int) -> None:
    learner = Learner(1)
    learner.answers(WRONG)
    question = learner.question(1)
    for number in range(1, recalls + 1):
        recall(learner.part, question, rating=Rating.GOOD, number=number, at=LATER)
    before = (deck_of(learner.part, at=LATER), list(Card.objects.values()))

    set_aside(learner.part, question, at=LATER)
    set_aside(learner.part, question, at=LATER + DAY)
    aside = deck_of(learner.part, at=LATER)
    take_up(learner.part, question)
    take_up(learner.part, question)

    assert aside.cards == ()
    assert [card.question.uuid for card in aside.set_aside] == [question]
    assert (deck_of(learner.part, at=LATER), list(Card.objects.values())) == before


def test_what_is_due_longest_comes_first() -> None:
    learner = Learner(3)
    learner.answers(WRONG, WRONG, WRONG)
    recall(learner.part, learner.question(2), rating=Rating.AGAIN, number=1, at=NOW - DAY)

    assert deck_of(learner.part, at=LATER).due[0].version.content["stem"] == "Question 2?"


def test_home_counts_what_is_due_in_every_course() -> None:
    learner = Learner(3)
    learner.answers(WRONG, WRONG, WRONG)
    person = learner.part.user
    assert person is not None
    elsewhere = Learner(1)
    elsewhere.part.user = person
    elsewhere.part.save()
    elsewhere.answers(WRONG)
    set_aside(learner.part, learner.question(1), at=LATER)
    recall(learner.part, learner.question(2), rating=Rating.EASY, number=1, at=LATER)

    assert due_by_course(person, at=LATER) == {learner.course.pk: 1, elsewhere.course.pk: 1}


@pytest.mark.parametrize("closing", ["archived", "left"])
def test_home_does_not_count_courses_one_no_longer_takes(closing: str) -> None:
    learner = Learner(1)
    learner.answers(WRONG)
    person = learner.part.user
    assert person is not None
    if closing == "archived":
        Course.objects.update(state=CourseState.ARCHIVED)
    else:
        Enrollment.objects.filter(pk=learner.part.pk).update(left_at=NOW)

    assert due_by_course(person, at=LATER) == {}


@pytest.mark.parametrize("questions", [1, 12])
def test_a_deck_takes_three_queries_whatever_is_in_it(questions: int) -> None:
    learner = Learner(questions)
    learner.answers(*[WRONG] * questions)
    recall(learner.part, learner.question(1), rating=Rating.GOOD, number=1, at=LATER)
    person = learner.part.user
    assert person is not None

    with CaptureQueriesContext(connection) as deck:
        assert len(deck_of(learner.part, at=LATER).cards) == questions
    with CaptureQueriesContext(connection) as home:
        due_by_course(person, at=LATER)

    assert (len(deck), len(home)) == (3, 3)
