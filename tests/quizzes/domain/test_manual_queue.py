"""What waits for a person, and in which groups."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from quizzes.domain.manual_queue import (
    cursor_of,
    group_from,
    groups_waiting,
    last_graded_at,
    learners_of,
    questions_waiting,
    waiting_behind,
    waiting_count,
)
from quizzes.models import Attempt, AttemptState, Audit, AuditState, CauseKind, GradingEvent, Response
from tests.factories import NOW, make_quiz
from tests.quizzes.domain.waiting_answers import OPEN, Desk, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MUCH = 300


def graded_by(desk: Desk, name: str, *, hour: int) -> None:
    """Somebody of that name graded one answer of the question at that hour."""
    (response,) = desk.answered("an answer of long ago", fraction=Decimal(1))
    GradingEvent.objects.create(
        response=response,
        number=2,
        version=response.version,
        grader="person",
        cause=uuid4(),
        cause_kind=CauseKind.MANUAL,
        actor=desk.staff(name),
        inputs_hash="0" * 64,
        fraction=1,
        at=NOW + timedelta(hours=hour),
    )


class TestQuestions:
    def test_a_question_is_listed_with_how_much_waits_and_since_when(self) -> None:
        desk = Desk()
        desk.answered("one", "two", at=NOW + timedelta(hours=1))
        desk.audited("three")

        (found,) = questions_waiting(desk.course)

        assert (found.question, found.waiting, found.audits, found.oldest) == (desk.question, 2, 1, NOW)
        assert waiting_count(desk.course) == 3

    def test_the_longest_waiting_question_comes_first(self) -> None:
        desk = Desk()
        later = make_quiz(desk.course, questions=[("open_response", OPEN)])
        desk.answered("one", at=NOW + timedelta(days=2))
        waiting(later, ["two"], at=NOW + timedelta(days=1))
        assert [each.question for each in questions_waiting(desk.course)] == [later.items.get().question, desk.question]

    def test_what_is_behind_a_question_is_found_also_once_nothing_of_it_waits(self) -> None:
        desk = Desk()
        together = [make_quiz(desk.course, questions=[("open_response", OPEN)]) for _ in range(3)]
        for quiz in together:
            waiting(quiz, ["one"], at=NOW)
        first, second, third = questions_waiting(desk.course)
        behind = cursor_of(first)
        assert waiting_behind(desk.course, behind) == [second, third]
        Response.objects.filter(version__question=first.question).update(grading="graded", fraction=1)
        assert waiting_behind(desk.course, behind) == [second, third]
        assert waiting_behind(desk.course, cursor_of(third)) == []

    @pytest.mark.parametrize("cursor", ["", "~", "2026~", "~nothing", "9" * 200, f"{UUID(int=7)}"])
    def test_behind_no_place_is_all_that_waits(self, cursor: str) -> None:
        desk = Desk()
        desk.answered("one")
        assert waiting_behind(desk.course, cursor) == questions_waiting(desk.course)

    def test_who_graded_it_is_named_last_first(self) -> None:
        desk = Desk()
        desk.answered("one")
        graded_by(desk, "Berta", hour=1)
        graded_by(desk, "Carl", hour=2)
        assert [each.graders for each in questions_waiting(desk.course)] == [("Carl", "Berta")]
        assert last_graded_at(desk.course) == NOW + timedelta(hours=2)

    def test_another_course_shows_nothing_of_it(self) -> None:
        desk, other = Desk(), Desk()
        desk.answered("one")
        assert (questions_waiting(other.course), waiting_count(other.course)) == ([], 0)
        assert last_graded_at(other.course) is None

    @pytest.mark.parametrize("state", [AttemptState.IN_PROGRESS, AttemptState.VOID])
    def test_what_was_not_submitted_does_not_wait(self, state: AttemptState) -> None:
        desk = Desk()
        desk.answered("one")
        Attempt.objects.update(state=state, submitted_at=None)
        assert (questions_waiting(desk.course), groups_waiting(desk.question)) == ([], [])

    @pytest.mark.parametrize("state", [AuditState.CONFIRMED, AuditState.OVERRIDDEN])
    def test_a_decided_audit_waits_no_more(self, state: AuditState) -> None:
        desk = Desk()
        desk.audited("one")
        Audit.objects.update(state=state, decided_at=NOW)
        assert waiting_count(desk.course) == 0

    @pytest.mark.parametrize("count", [1, MUCH])
    def test_the_statements_do_not_grow_with_what_waits(self, count: int, django_assert_num_queries: Any) -> None:
        desk = Desk()
        desk.answered(*[f"answer {number}" for number in range(count)])
        with django_assert_num_queries(4):
            questions_waiting(desk.course)
        with django_assert_num_queries(1):
            groups_waiting(desk.question)


class TestGroups:
    def test_the_same_answer_stands_once_with_all_who_gave_it(self) -> None:
        desk = Desk()
        responses = desk.answered("The wall.", "the wall", " The  WALL ")
        (group,) = groups_waiting(desk.question)
        assert (group.size, group.responses) == (3, tuple(response.pk for response in responses))
        assert [variant.answer for variant in group.variants] == ["The wall."]
        assert (group.oldest, group.is_audit) == (NOW, False)

    def test_a_slip_is_a_variant_of_the_same_group(self) -> None:
        desk = Desk()
        desk.answered("the resrevoir", "the reservoir", "The reservoir")
        (group,) = groups_waiting(desk.question)
        assert [(variant.answer, len(variant.responses)) for variant in group.variants] == [
            ("the reservoir", 2),
            ("the resrevoir", 1),
        ]

    def test_other_answers_are_other_groups_in_an_order_that_is_nobodys(self) -> None:
        desk = Desk()
        desk.answered("the wall", "the water", "the lake")
        groups = groups_waiting(desk.question)
        assert [group.digest for group in groups] == sorted(group.digest for group in groups)
        assert len(groups) == 3

    def test_an_audit_never_stands_in_one_group_with_an_ungraded_answer(self) -> None:
        desk = Desk()
        desk.answered("the wall")
        desk.audited("the wall")
        desk.audited("the wall", fraction="0.5")
        standing = {group.standing for group in groups_waiting(desk.question)}
        assert standing == {None, Decimal(1), Decimal("0.5")}

    def test_ids_of_options_have_no_slips(self) -> None:
        desk = Desk()
        first, second = desk.answered("x", "y")
        Response.objects.filter(pk=first.pk).update(answer=["abcdefghij"])
        Response.objects.filter(pk=second.pk).update(answer=["abcdefghik"])
        assert [group.size for group in groups_waiting(desk.question)] == [1, 1]

    def test_answers_to_two_wordings_of_a_question_are_not_the_same(self) -> None:
        desk = Desk()
        first, second = desk.answered("the wall", "the wall")
        version = first.version
        other = type(version).objects.create(
            question=desk.question, number=2, kind=version.kind, content=OPEN, created_at=NOW
        )
        Response.objects.filter(pk=second.pk).update(version=other)
        assert [group.size for group in groups_waiting(desk.question)] == [1, 1]


class TestFindingTheNext:
    def test_the_group_named_is_found_else_the_next_else_the_first(self) -> None:
        desk = Desk()
        desk.answered("the wall", "the water", "the lake")
        groups = groups_waiting(desk.question)
        names = [group.digest for group in groups]
        assert [group_from(groups, name) for name in names] == [0, 1, 2]
        assert group_from([groups[0], groups[2]], names[1]) == 1
        assert group_from(groups[:2], names[2]) == 0
        assert group_from(groups, "") == 0

    def test_where_nothing_waits_nothing_is_found(self) -> None:
        assert group_from([], "any") is None


class TestNames:
    def test_learners_come_in_the_order_of_their_names_not_of_their_answers(self) -> None:
        desk = Desk()
        responses = desk.answered("one", "two", "three")
        for response, name in zip(responses, ["Zoe", "", "Ada"], strict=True):
            people = User.objects.filter(enrollments__attempts=response.attempt)
            people.update(name=name, email=None if name else "kim@example.org")
        found = learners_of([response.pk for response in responses], most=3)
        assert sorted(found) == ["Ada", "Zoe", "kim@example.org"]
        assert found.index("Ada") < found.index("Zoe")
        assert len(learners_of([response.pk for response in responses], most=2)) == 2

    def test_who_never_signed_in_is_called_so(self) -> None:
        desk = Desk()
        (response,) = desk.answered("one")
        Attempt.objects.update(enrollment=None, anonymous_key=uuid4())
        assert learners_of([response.pk], most=5) == ["Somebody not signed in"]
