"""Grades of people, many at once: what stands afterwards is what every single fold would make of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import InboxMessage
from quizzes.domain import result_changed
from quizzes.domain.people_grades import record_person_grades
from quizzes.domain.rebuild import rebuild_progress, rebuild_results
from quizzes.models import (
    Attempt,
    CauseKind,
    ConceptMastery,
    Grading,
    GradingEvent,
    Quiz,
    Response,
    Result,
    ResultRule,
)
from tests.factories import NOW
from tests.quizzes.domain.waiting_answers import Desk, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)
MANY = 1_100
"""More than a batch of updates, and more than SQLite takes conditions in one statement."""


def record(desk: Desk, fractions: Sequence[str | None], responses: Sequence[Response], **fields: Any) -> None:
    """Each response has the fraction at its place."""
    rows = Response.objects.select_related("attempt__quiz", "version__question").in_bulk(
        [each.pk for each in responses]
    )
    given = [None if each is None else Decimal(each) for each in fractions]
    record_person_grades(
        [rows[each.pk] for each in responses],
        fraction_by_response=dict(zip([each.pk for each in responses], given, strict=True)),
        **{
            "feedback": "Read.",
            "detail": {"by": "hand"},
            "actor": desk.grader,
            "cause_kind": CauseKind.MANUAL,
            "at": LATER,
            **fields,
        },
    )


def everything_agrees() -> bool:
    return rebuild_results(check=True, at=LATER) == [] and rebuild_progress(check=True, at=LATER) == []


def test_each_response_is_graded_by_an_event_of_one_cause() -> None:
    desk = Desk()
    responses = desk.answered("one", "two")
    record(desk, ["1", "0.3333333"], responses)
    events = GradingEvent.objects.filter(number=2).order_by("response__pk")
    assert [(event.grader, event.fraction, event.feedback, event.detail, event.actor) for event in events] == [
        ("person", Decimal(1), "Read.", {"by": "hand"}, desk.grader),
        ("person", Decimal("0.333333"), "Read.", {"by": "hand"}, desk.grader),
    ]
    assert len({event.cause for event in events}) == 1
    assert set(Response.objects.values_list("grading", flat=True)) == {Grading.GRADED}
    assert everything_agrees()


def test_feedback_and_detail_may_be_each_responses_own() -> None:
    desk = Desk()
    first, second = responses = desk.answered("one", "two")
    record(
        desk, ["1", "0"], responses, feedback={first.pk: "Yes.", second.pk: "No."},
        detail={first.pk: {"n": 1}, second.pk: {"n": 2}},
    )  # fmt: skip
    events = GradingEvent.objects.filter(number=2).order_by("response__pk")
    assert [(event.feedback, event.detail) for event in events] == [("Yes.", {"n": 1}), ("No.", {"n": 2})]


def test_learners_find_it_in_their_inbox_with_the_way_to_their_review() -> None:
    desk = Desk()
    (response,) = desk.answered("one")
    record(desk, ["1"], [response])
    message = InboxMessage.objects.get()
    assert message.user_id == response.attempt.enrollment.user_id  # type: ignore[union-attr]  # -- it has one
    assert message.text == "A person has graded your answers in “The wall, checked”."
    assert message.url == f"/attempts/{response.attempt.uuid}/review/"


def test_nobody_is_told_before_the_whole_attempt_is_graded() -> None:
    desk = Desk()
    (response,) = desk.answered("one")
    Response.objects.create(
        attempt=response.attempt, position=2, version=response.version, max_points=1, grading=Grading.PENDING_MANUAL
    )
    record(desk, ["1"], [response])
    assert not InboxMessage.objects.exists()
    assert Attempt.objects.get().fraction is None


def test_whoever_subscribed_hears_of_each_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Attempt] = []
    monkeypatch.setattr(result_changed, "_subscribers", [heard.append])
    desk = Desk()
    responses = desk.answered("one", "two")
    record(desk, ["1", "0"], responses)
    assert [(attempt.pk, attempt.fraction) for attempt in heard] == [
        (response.attempt.pk, fraction) for response, fraction in zip(responses, (Decimal(1), Decimal(0)), strict=True)
    ]


def test_late_credit_weighs_a_persons_grade_too() -> None:
    desk = Desk()
    (response,) = desk.answered("one")
    Attempt.objects.update(credit=Decimal("0.5"))
    record(desk, ["1"], [response])
    assert Attempt.objects.get().fraction == Decimal("0.5")
    assert everything_agrees()


def test_an_attempt_that_does_not_count_has_a_grade_and_no_result() -> None:
    desk = Desk()
    (response,) = desk.answered("one")
    Attempt.objects.update(counts=False)
    record(desk, ["1"], [response])
    assert Attempt.objects.get().fraction == 1
    assert not Result.objects.exists()
    assert not ConceptMastery.objects.exists()


def test_taking_a_grade_back_leaves_neither_result_nor_mastery() -> None:
    desk = Desk()
    responses = desk.answered("one", "two")
    record(desk, ["1", "0"], responses)
    record(desk, [None], responses[:1])
    assert Result.objects.get().enrollment_id == responses[1].attempt.enrollment_id
    assert ConceptMastery.objects.get().enrollment_id == responses[1].attempt.enrollment_id
    assert Attempt.objects.get(pk=responses[0].attempt.pk).graded_at is None
    assert everything_agrees()


@pytest.mark.parametrize(
    ("rule", "fraction"),
    [
        (ResultRule.BEST, "0.750000"),
        (ResultRule.LAST, "0.333333"),
        (ResultRule.FIRST, "0.500000"),
        (ResultRule.MEAN, "0.527778"),
    ],
)
def test_many_results_follow_the_rule_of_their_quiz(rule: ResultRule, fraction: str) -> None:
    desk = Desk()
    Quiz.objects.update(result_rule=rule)
    first = desk.answered("one", "other")
    later = [desk.answered("two", "other"), desk.answered("three", "other")]
    for number, responses in enumerate(later, 2):
        for mine, response in zip(first, responses, strict=True):
            Attempt.objects.filter(pk=response.attempt.pk).update(enrollment=mine.attempt.enrollment, number=number)
    for responses, given in zip([first, *later], ["0.5", "0.75", "0.333333"], strict=True):
        record(desk, [given, "1"], responses)

    results = Result.objects.order_by("enrollment__pk")

    assert [str(result.fraction) for result in results] == [fraction, "1.000000"]
    assert [result.attempts for result in results] == [3, 3]
    assert everything_agrees()


def test_who_answered_without_signing_in_is_graded_and_told_nothing() -> None:
    desk = Desk()
    (response,) = desk.answered("one")
    Attempt.objects.update(enrollment=None, anonymous_key=response.attempt.uuid)
    record(desk, ["1"], [response])
    assert Attempt.objects.get().fraction == 1
    assert not InboxMessage.objects.exists()


def test_grades_in_two_quizzes_at_once() -> None:
    desk, other = Desk(), Desk()
    responses = [*desk.answered("one"), *waiting(other.quiz, ["two"])]
    Quiz.objects.filter(pk=other.quiz.pk).update(result_rule=ResultRule.LAST)
    record(desk, ["1", "0.5"], responses)
    assert [result.fraction for result in Result.objects.order_by("pk")] == [Decimal(1), Decimal("0.5")]


@pytest.mark.slow
def test_more_than_a_batch_is_written_whole_and_taken_back_whole() -> None:
    desk = Desk()
    responses = desk.answered(*["one"] * MANY)
    record(desk, ["0.25"] * MANY, responses)
    assert set(Response.objects.values_list("fraction", flat=True)) == {Decimal("0.25")}
    assert Result.objects.count() == ConceptMastery.objects.count() == MANY
    record(desk, [None] * MANY, responses)
    assert not Result.objects.exists()
    assert not ConceptMastery.objects.exists()
    assert everything_agrees()
