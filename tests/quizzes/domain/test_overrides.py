"""A person's word stands above every grader's, says why, and can be taken back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import InboxMessage
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt
from quizzes.domain.manual_queue import stands_by_person
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.rebuild import rebuild_results
from quizzes.errors import NothingGiven
from quizzes.models import CauseKind, GradingEvent, Response
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.regraded import Class, fractions

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)


def override(group: Class, response: Response, fraction: str, reason: str = "You named the idea.") -> None:
    override_grade(response, fraction=Decimal(fraction), reason=reason, actor=group.instructor, at=LATER)


def test_an_override_is_an_event_with_its_reason_and_its_person() -> None:
    group = Class()
    (only,) = group.answered("wet")
    override(group, only, "0.75")
    event = GradingEvent.objects.get(number=2)
    assert (event.fraction, event.actor, event.cause_kind) == (Decimal("0.75"), group.instructor, CauseKind.OVERRIDE)
    assert (event.detail["reason"], event.feedback) == ("You named the idea.", "You named the idea.")
    assert fractions() == ["0.75"]
    assert rebuild_results(check=True, at=LATER) == []


def test_the_learner_is_told() -> None:
    group = Class()
    (only,) = group.answered("wet")
    override(group, only, "1")
    assert InboxMessage.objects.get().user.enrollments.get() == only.attempt.enrollment


def test_taking_it_back_returns_to_what_the_grader_said() -> None:
    group = Class()
    (only,) = group.answered("thirst machine")
    override(group, only, "0")
    override(group, only, "0.5")
    assert take_back_override(only, actor=group.instructor, at=LATER) is True
    assert fractions() == ["1"]
    assert [stands_by_person(event) for event in GradingEvent.objects.order_by("number")] == [False, True, True, False]


def test_there_is_nothing_to_take_back_of_an_automatic_grade_or_twice() -> None:
    group = Class()
    (only,) = group.answered("wet")
    assert take_back_override(only, actor=group.instructor, at=LATER) is False
    override(group, only, "1")
    assert take_back_override(only, actor=group.instructor, at=LATER) is True
    assert take_back_override(only, actor=group.instructor, at=LATER) is False
    assert GradingEvent.objects.count() == 3


def test_an_answer_that_was_not_submitted_takes_no_grade() -> None:
    group = Class()
    attempt = start_attempt(group.quiz, enrollment=make_enrollment(group.course), at=NOW)
    save_answer(attempt, given=GivenAnswer(1, "wet", 0), at=NOW)
    with pytest.raises(NothingGiven):
        override(group, attempt.responses.get(), "1")
    assert GradingEvent.objects.count() == 0
