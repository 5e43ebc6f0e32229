"""How well a class remembers: whose recalls count, how they are told, and at what cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from course.models import Concept, ConceptState, Course, Enrollment, Role
from quizzes.domain.class_retention import AHEAD, ConceptRetention, class_retention
from quizzes.domain.course_insight import FEWEST
from quizzes.memory import Memory, Phase, Rating, chance_after, recalled, retrievability
from quizzes.models import Card, Question
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = timedelta(days=1)
GOOD = recalled(None, Rating.GOOD, at=NOW)


def of(memory: Memory, at: datetime) -> dict[str, Any]:
    """The columns of a card with this memory, last recalled at this moment."""
    return {
        "phase": Phase.REVIEW,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "recalled_at": at,
        "due_at": at + 3 * DAY,
        "recalls_made": 1,
    }


class Group:
    """Learners of a course with one concept, and what they recalled of it."""

    def __init__(self) -> None:
        self.course: Course = make_course()
        self.concept: Concept = make_concept(self.course)

    def question(self, concept: Concept | None = None) -> Question:
        quiz = make_quiz(self.course, questions=1, concept=concept or self.concept)
        return Question.objects.get(items__quiz=quiz)

    def recalls(self, question: Question, *, learners: int = 1, at: datetime = NOW, **fields: Any) -> list[Card]:
        made = []
        for _ in range(learners):
            part = make_enrollment(self.course)
            made.append(Card.objects.create(enrollment=part, question=question, **{**of(GOOD, at), **fields}))
        return made

    def told(self, at: datetime = NOW) -> ConceptRetention:
        [row] = class_retention(self.course, at=at)
        return row


def test_nothing_is_told_where_nobody_recalled_anything() -> None:
    group = Group()
    question = group.question()
    Card.objects.create(enrollment=make_enrollment(group.course), question=question, set_aside_at=NOW)

    assert class_retention(group.course, at=NOW) == []


def test_the_mean_is_over_all_recalled_questions_now_and_in_the_days_to_come() -> None:
    group = Group()
    first, second = group.question(), group.question()
    group.recalls(first, learners=FEWEST)
    group.recalls(second, at=NOW - 9 * DAY)

    row = group.told()

    assert (row.concept, row.learners, row.recalled) == (group.concept, FEWEST + 1, FEWEST + 1)
    expected = [
        (FEWEST * chance_after(ahead, stability=GOOD.stability) + chance_after(9 + ahead, stability=GOOD.stability))
        / (FEWEST + 1)
        for ahead in AHEAD
    ]
    assert row.chances == pytest.approx(expected)


@pytest.mark.parametrize(("learners", "is_told"), [(1, False), (FEWEST - 1, False), (FEWEST, True)])
def test_of_few_learners_no_mean_is_told(learners: int, is_told: bool) -> None:
    group = Group()
    group.recalls(group.question(), learners=learners)

    row = group.told()

    assert (row.learners, row.recalled, bool(row.chances)) == (learners, learners, is_told)


def test_one_learner_with_many_questions_is_one_learner() -> None:
    group = Group()
    part = make_enrollment(group.course)
    for _ in range(FEWEST):
        Card.objects.create(enrollment=part, question=group.question(), **of(GOOD, NOW))

    assert (group.told().learners, group.told().recalled, group.told().chances) == (1, FEWEST, ())


def test_what_is_due_counts_from_its_moment_on_and_not_when_it_is_set_aside() -> None:
    group = Group()
    question = group.question()
    group.recalls(question, learners=2)
    group.recalls(question, set_aside_at=NOW)

    moments = [NOW + 3 * DAY - timedelta(seconds=1), NOW + 3 * DAY, NOW + 9 * DAY]

    assert [group.told(at).due for at in moments] == [0, 2, 2]


@pytest.mark.parametrize(
    "change",
    [{"left_at": NOW}, {"ends_at": NOW}, {"role": Role.OBSERVER}, {"role": Role.EDITOR}],
    ids=["has left", "is over", "observes", "edits"],
)
def test_only_learners_whose_part_goes_on_count(change: dict[str, Any]) -> None:
    group = Group()
    [card] = group.recalls(group.question())
    Enrollment.objects.filter(pk=card.enrollment_id).update(**change)

    assert class_retention(group.course, at=NOW) == []


def test_other_courses_rejected_concepts_and_questions_without_one_are_left_out() -> None:
    group, other = Group(), Group()
    other.recalls(other.question())
    rejected = make_concept(group.course, "lower town")
    group.recalls(group.question(rejected))
    Concept.objects.filter(pk=rejected.pk).update(state=ConceptState.REJECTED)
    without = group.question()
    Question.objects.filter(pk=without.pk).update(concept=None)
    group.recalls(without)

    assert class_retention(group.course, at=NOW) == []


def test_concepts_come_by_rank() -> None:
    group = Group()
    later, sooner = make_concept(group.course, "lower town"), make_concept(group.course, "upper town")
    Concept.objects.filter(pk=sooner.pk).update(rank=0)
    for concept in (later, sooner, group.concept):
        group.recalls(group.question(concept))

    assert [row.concept for row in class_retention(group.course, at=NOW)] == [sooner, group.concept, later]


def test_a_recall_of_tomorrow_by_another_clock_is_as_fresh_as_one_of_now() -> None:
    group = Group()
    group.recalls(group.question(), learners=FEWEST, at=NOW + 2 * DAY)

    assert group.told().chances[0] == 1


def test_it_takes_three_queries_whatever_the_number_of_anything() -> None:
    counts = []
    for many in (1, 4):
        group = Group()
        for _ in range(many):
            group.recalls(group.question(make_concept(group.course)), learners=many)
        with CaptureQueriesContext(connection) as asked:
            assert len(class_retention(group.course, at=NOW)) == many
        counts.append(len(asked.captured_queries))

    assert counts == [3, 3]


@given(days=st.integers(0, 3650), rating=st.sampled_from(list(Rating)))
def test_the_chance_after_some_days_is_what_retrievability_says(days: int, rating: Rating) -> None:
    memory = recalled(None, rating, at=NOW)

    assert chance_after(days, stability=memory.stability) == retrievability(memory, at=NOW + days * DAY)


@given(days=st.integers(0, 3650), more=st.integers(0, 3650), stability=st.floats(0.01, 36_500))
def test_chances_are_chances_and_only_fall(days: int, more: int, stability: float) -> None:
    sooner, later = (chance_after(each, stability=stability) for each in (days, days + more))

    assert 0 <= later <= sooner <= 1
    assert chance_after(0, stability=stability) == 1
