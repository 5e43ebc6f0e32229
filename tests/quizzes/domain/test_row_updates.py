"""Rows that are stored or changed in one statement hold what the same rows of the ORM would hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from quizzes.domain.attempts import start_attempt
from quizzes.domain.row_updates import insert_each, insert_new, insert_told, replace_each, update_each
from quizzes.models import AnswerEvent, CauseKind, GradingEvent, Response, Result
from tests.factories import NOW, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ANSWER = ("response", "sequence", "answer", "client_key", "at")
GRADING = (
    *("response", "number", "version", "grader", "cause", "cause_kind", "inputs_hash"),
    *("fraction", "feedback", "detail", "at"),
)
ANSWERS: list[Any] = [None, "", "k7", 'ü "quoted" \\ %s', 3, 1.5, True, [], ["a", "b"], {"a": {"b": [None]}}]


@pytest.fixture
def responses() -> list[Response]:
    course = make_course()
    attempt = start_attempt(make_quiz(course, questions=2), enrollment=make_enrollment(course), at=NOW)
    return list(Response.objects.filter(attempt=attempt).order_by("position"))


def grading_of(response: Response, *, number: int = 1, fraction: Decimal | None = None, detail: Any = None) -> Any:
    said = ("single_choice@1", UUID(int=number), CauseKind.SUBMIT, "h" * 64, fraction, "Well – said.", detail or {})
    return (response.pk, number, response.version_id, *said, NOW)


@pytest.mark.parametrize("answer", ANSWERS, ids=repr)
@pytest.mark.parametrize("is_keyed", [False, True], ids=["no key", "a key"])
@pytest.mark.parametrize("count", [1, 12], ids=["one", "many"])
def test_an_inserted_row_is_the_row_that_the_orm_stores(
    responses: list[Response], answer: Any, is_keyed: bool, count: int
) -> None:
    one, other = responses
    rows = [(number, answer, UUID(int=number) if is_keyed else None, NOW) for number in range(1, count + 1)]
    assert insert_each(AnswerEvent, ANSWER, [(one.pk, *row) for row in rows]) == count
    AnswerEvent.objects.bulk_create(
        AnswerEvent(response=other, **dict(zip(ANSWER[1:], row, strict=True))) for row in rows
    )
    for response in responses:
        assert list(response.answer_events.order_by("pk").values_list(*ANSWER[1:])) == rows
    is_null = AnswerEvent.objects.filter(answer__isnull=True).count()
    assert is_null == (2 * count if answer is None else 0)


@pytest.mark.parametrize("fraction", [None, Decimal(0), Decimal("0.333333"), Decimal(1)], ids=str)
@pytest.mark.parametrize("detail", [{}, {"parts": [{"id": "k7", "verdict": "right"}], "told": "ä"}], ids=str)
@pytest.mark.parametrize("count", [1, 12], ids=["one", "many"])
def test_numbers_objects_and_words_arrive_as_they_are(
    responses: list[Response], fraction: Decimal | None, detail: dict[str, Any], count: int
) -> None:
    numbers = range(1, count + 1)
    rows = [grading_of(responses[0], number=number, fraction=fraction, detail=detail) for number in numbers]
    assert insert_new(GradingEvent, GRADING, rows) == count
    for number, event in zip(numbers, GradingEvent.objects.order_by("pk"), strict=True):
        assert (event.fraction, event.detail, event.feedback, event.at) == (fraction, detail, "Well – said.", NOW)
        assert (event.number, event.cause, event.cause_kind) == (number, UUID(int=number), CauseKind.SUBMIT)
        assert event.actor_id is None


@pytest.mark.parametrize("insert", [insert_each, insert_new])
def test_many_rows_are_one_statement_and_none_is_none(responses: list[Response], insert: Any) -> None:
    rows = [(responses[0].pk, number, "k7", uuid4(), NOW) for number in range(1, 101)]
    with CaptureQueriesContext(connection) as sent:
        assert insert(AnswerEvent, ANSWER, rows) == 100
        assert insert(AnswerEvent, ANSWER, []) == 0
    assert len(sent) == 1
    assert list(AnswerEvent.objects.order_by("pk").values_list("sequence", flat=True)) == list(range(1, 101))


def test_a_row_that_is_there_already_refuses_all_of_them(responses: list[Response]) -> None:
    insert_each(AnswerEvent, ANSWER, [(responses[0].pk, 1, "first", None, NOW)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_each(AnswerEvent, ANSWER, [(responses[0].pk, n, "again", None, NOW) for n in (2, 1)])
    assert list(AnswerEvent.objects.values_list("answer", flat=True)) == ["first"]


def test_of_new_rows_those_that_are_there_already_stay_as_they_are(responses: list[Response]) -> None:
    insert_new(GradingEvent, GRADING, [grading_of(responses[0], fraction=Decimal(1))])
    rows = [grading_of(responses[0], number=n, fraction=Decimal(0)) for n in (1, 2)]
    assert insert_new(GradingEvent, GRADING, rows) == 1
    kept = GradingEvent.objects.order_by("number").values_list("number", "fraction")
    assert list(kept) == [(1, Decimal(1)), (2, Decimal(0))]


@pytest.mark.parametrize("insert", [insert_each, insert_new])
def test_a_row_that_breaks_another_rule_is_refused_either_way(responses: list[Response], insert: Any) -> None:
    too_much = grading_of(responses[0], fraction=Decimal(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(GradingEvent, GRADING, [too_much])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(GradingEvent, GRADING[:-1], [grading_of(responses[0])[:-1]])
    assert not GradingEvent.objects.exists()


def test_each_row_is_changed_to_values_of_its_own_and_others_are_not(responses: list[Response]) -> None:
    one, other = responses
    assert update_each(Response, ("answer", "sequence", "saved_at"), [(one.pk, ["a"], 3, NOW), (-1, "b", 1, NOW)]) == 1
    assert update_each(Response, ("answer",), []) == 0
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.answer, one.sequence, one.saved_at) == (["a"], 3, NOW)
    assert (other.answer, other.sequence, other.saved_at) == (None, 0, None)


def test_new_rows_are_told_by_their_keys_in_their_order(responses: list[Response]) -> None:
    rows = [(responses[0].pk, number, f"answer {number}", None, NOW) for number in range(40, 0, -1)]
    keys = insert_told(AnswerEvent, ANSWER, rows)
    assert [AnswerEvent.objects.get(pk=key).sequence for key in keys] == list(range(40, 0, -1))
    assert insert_told(AnswerEvent, ANSWER, []) == []


def test_a_row_takes_the_place_of_the_one_that_is_the_same_in_the_unique_fields(responses: list[Response]) -> None:
    attempt, fields = responses[0].attempt, ("enrollment", "quiz", "attempt", "attempts", "fraction", "updated_at")
    own = (attempt.enrollment_id, attempt.quiz_id)
    for attempts, fraction in ((1, Decimal("0.5")), (2, Decimal("0.75"))):
        rows = [(*own, attempt.pk, attempts, fraction, NOW)]
        assert replace_each(Result, fields, rows, unique=("enrollment", "quiz")) == 1
        assert list(Result.objects.values_list("attempts", "fraction", "updated_at")) == [(attempts, fraction, NOW)]
    with pytest.raises(IntegrityError), transaction.atomic():
        replace_each(Result, fields, [(*own, attempt.pk, 3, Decimal(2), NOW)], unique=("enrollment", "quiz"))
