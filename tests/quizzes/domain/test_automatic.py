"""Trust in a grader of free text: twenty agreements earn it, two overrides end it, one grade in twenty is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.automatic import (
    ENOUGH_COMPARED,
    NONE,
    ONE_IN,
    Agreement,
    agreement_of,
    draw_audits,
    is_drawn,
    may_defer,
    suggested_fraction,
    trusted_after,
)
from quizzes.domain.grading import Graded, record_grades
from quizzes.domain.manual_queue import TAKEN_BACK
from quizzes.domain.people_grades import record_person_grades
from quizzes.models import Audit, AutomaticAccept, CauseKind, GradingEvent, Response
from quizzes.questions.base import Outcome
from tests.factories import NOW
from tests.quizzes.domain.waiting_answers import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)
RIGHT: dict[str, Any] = {"suggestion": {"fraction": 1.0}, "path": ["It says what the reference says."]}
WRONG: dict[str, Any] = {"suggestion": {"fraction": 0.0}}


def event(kind: CauseKind, fraction: str | None, detail: dict[str, Any] | None = None, **fields: Any) -> GradingEvent:
    """A grading, unsaved; by the grader `rubric@1`, which may leave answers to a person."""
    value = None if fraction is None else Decimal(fraction)
    return GradingEvent(cause_kind=kind, fraction=value, detail=detail or {}, **{"grader": "rubric@1", **fields})


def suggested(fraction: float) -> GradingEvent:
    return event(CauseKind.SUBMIT, None, {"suggestion": {"fraction": fraction}})


def automatic(fraction: str, **detail: Any) -> GradingEvent:
    return event(CauseKind.SUBMIT, fraction, detail)


def by_hand(fraction: str | None, kind: CauseKind = CauseKind.MANUAL, **detail: Any) -> GradingEvent:
    return event(kind, fraction, detail)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], NONE, id="nothing was graded"),
        pytest.param([suggested(1)], NONE, id="nobody has decided"),
        pytest.param([by_hand("1")], NONE, id="no grader said anything"),
        pytest.param([event(CauseKind.SUBMIT, None), by_hand("1")], NONE, id="the grader suggested nothing"),
        pytest.param([suggested(1), by_hand("1")], Agreement(1, 1), id="both accept"),
        pytest.param([suggested(0), by_hand("0")], Agreement(1, 1), id="neither accepts"),
        pytest.param([suggested(0), by_hand("0.5")], Agreement(1, 1), id="half is no accepting"),
        pytest.param([suggested(1), by_hand("0.5")], Agreement(1, 0), id="only the grader accepts"),
        pytest.param([suggested(0), by_hand("1")], Agreement(1, 0), id="only the person accepts"),
        pytest.param([suggested(1), by_hand("0.8", raw=1.0)], Agreement(1, 1), id="a penalty is no disagreement"),
        pytest.param([suggested(1), by_hand("0"), by_hand("1")], Agreement(1, 1), id="the decision that stands counts"),
        pytest.param([suggested(1), by_hand("1"), by_hand(None)], NONE, id="it waits again"),
        pytest.param([automatic("1"), by_hand("0", taken_back=True)], NONE, id="the decision was taken back"),
        pytest.param([automatic("1"), by_hand("0", CauseKind.OVERRIDE)], Agreement(0, 0, 1), id="overridden"),
        pytest.param([automatic("1"), by_hand("0.5", CauseKind.APPEAL)], Agreement(0, 0, 1), id="an appeal overrides"),
        pytest.param([automatic("1"), by_hand("1", CauseKind.OVERRIDE)], NONE, id="the same grade overrides nothing"),
        pytest.param(
            [automatic("0.9", raw=1.0), by_hand("0.9", CauseKind.OVERRIDE, raw=1.0)], NONE, id="the same raw grade"
        ),
        pytest.param(
            [event(CauseKind.SUBMIT, "1", grader="short_text@1"), by_hand("0", CauseKind.OVERRIDE)],
            NONE,
            id="rules need no trust",
        ),
        pytest.param(
            [suggested(1), event(CauseKind.REGRADE, "1"), by_hand("0", CauseKind.OVERRIDE)],
            Agreement(0, 0, 1),
            id="the newest automatic grade counts",
        ),
    ],
)
def test_one_response_says_how_far_its_grader_and_people_agree(
    events: Sequence[GradingEvent], expected: Agreement
) -> None:
    assert agreement_of(events) == expected


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ({"suggestion": {"fraction": 0.5}}, Decimal("0.5")),
        ({"suggestion": 1}, Decimal(1)),
        ({"suggestion": "0.25"}, Decimal("0.25")),
        ({"suggestion": True}, None),
        ({"suggestion": {}}, None),
        ({"suggestion": None}, None),
        ({}, None),
    ],
)
def test_a_suggestion_is_a_number_or_nothing(detail: dict[str, Any], expected: Decimal | None) -> None:
    assert suggested_fraction(event(CauseKind.SUBMIT, None, detail)) == expected


def test_a_grade_is_no_suggestion() -> None:
    assert suggested_fraction(event(CauseKind.SUBMIT, "1", RIGHT)) is None


@pytest.mark.parametrize(("grader", "expected"), [("rubric@1", True), ("rules@1", False), ("cloze@1", False)])
def test_only_graders_that_may_leave_an_answer_to_a_person_need_trust(grader: str, expected: bool) -> None:
    assert may_defer(grader) is expected


def trust(compared: int, agreed: int, *, is_on: bool = False, overrides: int = 0) -> AutomaticAccept:
    return AutomaticAccept(compared=compared, agreed=agreed, overrides=overrides, is_on=is_on, changed_at=NOW)


@pytest.mark.parametrize(
    ("before", "change", "expected"),
    [
        pytest.param(trust(18, 18), Agreement(1, 1), (False, 19, 19, 0), id="nineteen are too few"),
        pytest.param(trust(19, 17), Agreement(1, 1), (True, 20, 18, 0), id="eighteen of twenty earn it"),
        pytest.param(trust(19, 17), Agreement(1, 0), (False, 20, 17, 0), id="seventeen of twenty do not"),
        pytest.param(trust(0, 0), Agreement(40, 36), (True, 40, 36, 0), id="many at once"),
        pytest.param(trust(20, 18, is_on=True), Agreement(0, 0, 1), (True, 20, 18, 1), id="one override is none"),
        pytest.param(
            trust(20, 18, is_on=True, overrides=1), Agreement(0, 0, 1), (False, 0, 0, 0), id="two overrides end it"
        ),
        pytest.param(trust(5, 5), Agreement(0, 0, 3), (False, 5, 5, 0), id="without trust nothing is overridden"),
        pytest.param(
            trust(20, 20, is_on=True, overrides=1), Agreement(0, 0, -1), (True, 20, 20, 0), id="an override taken back"
        ),
        pytest.param(trust(3, 3), Agreement(-1, -1), (False, 2, 2, 0), id="a decision taken back"),
    ],
)
def test_trust_is_earned_by_agreement_and_lost_by_overrides(
    before: AutomaticAccept, change: Agreement, expected: tuple[bool, int, int, int]
) -> None:
    was_on = before.is_on

    after = trusted_after(before, change, at=LATER)

    assert (after.is_on, after.compared, after.agreed, after.overrides) == expected
    assert after.changed_at == (LATER if after.is_on != was_on else NOW)


COUNTS = st.integers(min_value=-50, max_value=50)


@given(st.lists(st.builds(Agreement, COUNTS, COUNTS, COUNTS), max_size=20))
def test_whatever_comes_trust_keeps_to_its_constraints(changes: list[Agreement]) -> None:
    row = trust(0, 0)
    for change in changes:
        row = trusted_after(row, change, at=LATER)
        assert 0 <= row.agreed <= row.compared
        assert row.overrides >= 0
        assert not row.is_on or row.overrides < 2


def test_one_answer_in_twenty_is_drawn_and_always_the_same_ones() -> None:
    attempts = [UUID(int=number) for number in range(4_000)]

    drawn = [attempt for attempt in attempts if is_drawn(attempt, 1)]

    assert 160 <= len(drawn) <= 240
    assert drawn == [attempt for attempt in attempts if is_drawn(attempt, 1)]
    assert drawn != [attempt for attempt in attempts if is_drawn(attempt, 2)]


def decide(desk: Desk, responses: Sequence[Response], fraction: str | None, **fields: Any) -> None:
    rows = Response.objects.filter(pk__in=[each.pk for each in responses])
    record_person_grades(
        list(rows.select_related("attempt__quiz", "version__question")),
        fraction_by_response={each.pk: None if fraction is None else Decimal(fraction) for each in responses},
        **{
            "feedback": "",
            "detail": {},
            "actor": desk.grader,
            "cause_kind": CauseKind.MANUAL,
            "at": LATER,
            **fields,
        },
    )


def standing() -> tuple[bool, int, int, int]:
    row = AutomaticAccept.objects.get()
    return row.is_on, row.compared, row.agreed, row.overrides


def test_people_who_agree_with_the_suggestions_switch_automatic_accept_on() -> None:
    desk = Desk()
    right = desk.answered(*[f"right {n}" for n in range(ENOUGH_COMPARED - 2)], suggestion=RIGHT)
    wrong = desk.answered("wrong 1", "wrong 2", suggestion=WRONG)

    decide(desk, right, "1")
    assert standing() == (False, 18, 18, 0)
    decide(desk, wrong, "1")

    assert standing() == (True, 20, 18, 0)


def test_deciding_again_counts_once() -> None:
    desk = Desk()
    responses = desk.answered("the wall", suggestion=RIGHT)

    decide(desk, responses, "1")
    decide(desk, responses, "0")

    assert standing() == (False, 1, 0, 0)


def test_taking_a_decision_back_forgets_it() -> None:
    desk = Desk()
    responses = desk.answered("the wall", suggestion=RIGHT)
    decide(desk, responses, "1")

    decide(desk, responses, None, detail={TAKEN_BACK: True})

    assert standing() == (False, 0, 0, 0)


def test_two_overrides_switch_it_off_and_what_was_earned_is_gone() -> None:
    desk = Desk()
    first, second = desk.audited("one", "two")
    AutomaticAccept.objects.create(question=desk.question, is_on=True, compared=30, agreed=30, changed_at=NOW)

    decide(desk, [first], "0", cause_kind=CauseKind.OVERRIDE)
    assert standing() == (True, 30, 30, 1)
    decide(desk, [second], "0", cause_kind=CauseKind.OVERRIDE)

    assert standing() == (False, 0, 0, 0)
    assert AutomaticAccept.objects.get().changed_at == LATER


def test_where_no_grader_said_anything_nothing_is_learnt() -> None:
    desk = Desk()

    decide(desk, desk.answered("the wall"), "1")

    assert not AutomaticAccept.objects.exists()


def test_each_question_is_trusted_by_itself() -> None:
    one, other = Desk(), Desk()
    decide(one, one.answered("the wall", suggestion=RIGHT), "1")
    decide(other, other.answered("the wall", suggestion=RIGHT), "0")

    rows = AutomaticAccept.objects.order_by("question").values_list("question", "compared", "agreed")
    assert list(rows) == [(one.question.pk, 1, 1), (other.question.pk, 1, 0)]


def graded(responses: Sequence[Response], *, grader: str, fraction: float | None) -> list[Graded]:
    outcome = Outcome(fraction, detail={} if fraction is not None else RIGHT)
    return [Graded(each, 2, LATER, grader, outcome) for each in responses]


def test_the_same_grades_are_drawn_once_however_often_they_are_recorded() -> None:
    responses = Desk().answered(*[f"answer {n}" for n in range(100)])
    drawn = {each.pk for each in responses if is_drawn(each.attempt.uuid, each.position)}

    for _ in range(2):
        draw_audits(responses, at=LATER)

    assert Counter(Audit.objects.values_list("response", flat=True)) == Counter(drawn)


@pytest.mark.parametrize(
    ("grader", "fraction", "audits"), [("rubric@1", 1.0, 1), ("rubric@1", None, 0), ("cloze@1", 1.0, 0)]
)
def test_only_grades_that_rest_on_trust_are_drawn(grader: str, fraction: float | None, audits: int) -> None:
    desk = Desk()
    (response,) = desk.answered("the wall")
    attempt = response.attempt
    attempt.uuid = next(each for each in iter(uuid4, None) if is_drawn(each, 1))
    attempt.save()

    record_grades(Any, graded([response], grader=grader, fraction=fraction))  # type: ignore[arg-type]  # -- not read

    assert Audit.objects.count() == audits


def test_a_share_of_five_percent_is_one_in_twenty() -> None:
    assert ONE_IN * 0.05 == 1
