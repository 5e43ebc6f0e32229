"""Appeals: one for all who gave the same answer, decided once, told to everyone concerned."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from accounts.models import InboxMessage
from quizzes.domain.appeals import (
    accept_for_everybody,
    accept_for_these,
    acceptance_of,
    appealed_answers,
    appeals_of,
    decline,
    raise_appeal,
    together_with,
)
from quizzes.domain.versions import new_version
from quizzes.errors import NoRoomForAnswer, NothingToAppeal
from quizzes.models import (
    Appeal,
    AppealState,
    CauseKind,
    GradingEvent,
    QuestionVersion,
    RegradeLine,
    RegradeRun,
    Response,
    RunState,
    VersionState,
)
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice
from tests.quizzes.domain.regraded import Class, fractions, run_every_job
from tests.quizzes.domain.test_overrides import override

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = NOW + timedelta(days=1)
WHY = "The text calls it dry, too."


def appealed(response: Response, text: str = WHY) -> Appeal:
    return raise_appeal(Response.objects.select_related("version").get(pk=response.pk), text=text, at=LATER)


def learner_of(response: Response) -> int | None:
    learner = response.attempt.enrollment
    return learner.user_id if learner else None


def test_an_appeal_is_open_and_changes_no_grade() -> None:
    group = Class()
    (only,) = group.answered("dry machine")
    appeal = appealed(only)
    assert (appeal.state, appeal.text, appeal.question) == (AppealState.OPEN, WHY, group.version.question)
    assert fractions() == ["0"]


def test_appealing_twice_is_once_until_it_is_decided() -> None:
    group = Class()
    (only,) = group.answered("dry machine")
    first = appealed(only)
    assert appealed(only, "Again!") == first
    decline(first, by=group.instructor, decision="No.", at=LATER)
    assert appealed(only, "Once more.") != first
    assert Appeal.objects.count() == 2


def test_an_answer_without_a_grade_cannot_be_appealed() -> None:
    group = Class()
    (only,) = group.answered("dry machine")
    Response.objects.update(grading="pending_manual", fraction=None)
    only.refresh_from_db()
    with pytest.raises(NothingToAppeal):
        appealed(only)


def test_answers_that_read_alike_are_one_case() -> None:
    group = Class()
    first, second, third = group.answered("Dry machine", " dry MACHINE. ", "wet")
    for response in (first, second, third):
        appealed(response)
    found = appealed_answers(group.course)
    assert [(each.appeal.response, each.appeals) for each in found] == [(first, 2), (third, 1)]
    assert [each.response for each in together_with(found[0].appeal)] == [first, second]
    assert appealed_answers(make_course()) == []


def test_appealed_answers_are_read_a_few_at_a_time_in_the_order_in_which_they_wait() -> None:
    group = Class()
    waiting = [appealed(response).uuid for response in group.answered("dry", "wet", "cold", "warm")]

    def read(**asked: Any) -> list[UUID]:
        return [each.appeal.uuid for each in appealed_answers(group.course, **asked)]

    assert read(most=2) == waiting[:2]
    assert read(after=waiting[1], most=9) == waiting[2:]
    assert read(after=waiting[3]) == []
    assert read(after=UUID(int=7)) == waiting


def test_the_dry_run_shows_every_grade_that_would_change_and_writes_nothing() -> None:
    group = Class()
    first, second, third = group.answered("dry machine", "the Dry Machine", "wet")
    said = acceptance_of(appealed(first), at=LATER)
    assert {line.response for line in said.lines} == {first, second}
    assert third not in {line.response for line in said.lines}
    assert {(line.before_fraction, line.after_fraction) for line in said.lines} == {(Decimal(0), Decimal(1))}
    assert said.content is not None
    assert said.content["accepted"] == ["thirst machine", "dry machine"]
    assert (said.looked_at, said.of) == (3, 3)
    assert (QuestionVersion.objects.count(), RegradeRun.objects.count(), RegradeLine.objects.count()) == (1, 0, 0)


def test_accepting_makes_the_answer_right_for_everybody_who_gave_it() -> None:
    group = Class()
    first, second, _ = group.answered("dry machine", "the Dry Machine", "wet")
    appeal = appealed(first)
    said = {(line.response_id, line.after_fraction) for line in acceptance_of(appeal, at=LATER).lines}

    run = accept_for_everybody(appeal, by=group.instructor, decision="Right, the text says so.", at=LATER)
    run_every_job("plan_regrade")
    run_every_job("apply_regrade")

    assert run is not None
    run.refresh_from_db()
    appeal.refresh_from_db()
    assert (run.state, fractions()) == (RunState.APPLIED, ["1", "1", "0"])
    assert {(line.response_id, line.after_fraction) for line in run.lines.filter(state="changed")} == said
    assert (appeal.state, appeal.run, appeal.decided_by) == (AppealState.ACCEPTED, run, group.instructor)
    assert group.version.content["accepted"] == ["thirst machine", "dry machine"]
    assert set(QuestionVersion.objects.values_list("number", "state")) == {(1, "retired"), (2, "published")}
    told = InboxMessage.objects.order_by("pk").values_list("user", "kind")
    assert set(told) == {
        (learner_of(first), "appeal_decided"),
        (learner_of(first), "regraded"),
        (learner_of(second), "regraded"),
    }


def test_accepting_for_those_who_appealed_leaves_the_question_and_all_others() -> None:
    group = Class()
    first, *_ = group.answered("dry machine", "dry machine", "wet")
    appeal = appealed(first)
    assert accept_for_these(appeal, by=group.instructor, decision="Kindly meant.", at=LATER) == 1
    assert fractions() == ["1", "0", "0"]
    event = GradingEvent.objects.get(response=first, number=2)
    assert (event.cause_kind, event.feedback) == (CauseKind.APPEAL, "Kindly meant.")
    assert QuestionVersion.objects.count() == 1


def test_declining_keeps_the_grade_and_says_why() -> None:
    group = Class()
    first, second = group.answered("dry machine", "dry machine")
    appeal, _ = appealed(first), appealed(second)
    assert decline(appeal, by=group.instructor, decision="It is about water.", at=LATER) == 2
    assert fractions() == ["0", "0"]
    assert set(Appeal.objects.values_list("state", "decision")) == {("declined", "It is about water.")}
    assert [message.text for message in InboxMessage.objects.all()] == [
        "Your appeal about question 1 was looked at, and the grade stands: It is about water."
    ] * 2


def test_deciding_twice_tells_nobody_twice() -> None:
    group = Class()
    (only,) = group.answered("dry machine")
    appeal = appealed(only)
    decline(appeal, by=group.instructor, decision="No.", at=LATER)
    assert decline(appeal, by=group.instructor, decision="No.", at=LATER) == 0
    assert InboxMessage.objects.count() == 1


def test_what_a_person_decided_before_stays_when_everybody_else_is_graded_again() -> None:
    group = Class()
    first, second = group.answered("dry machine", "dry machine")
    override(group, second, "0.25")
    accept_for_everybody(appealed(first), by=group.instructor, decision="Right.", at=LATER)
    run_every_job("plan_regrade")
    run_every_job("apply_regrade")
    assert fractions() == ["1", "0.25"]


def test_a_kind_without_room_for_another_answer_says_so_and_changes_nothing() -> None:
    course = make_course()
    group = Class()
    group.course, group.quiz = course, make_quiz(course, questions=[("single_choice", single_choice())])
    make_enrollment(course)
    (only,) = group.answered("m2")
    appeal = appealed(only)
    assert acceptance_of(appeal, at=LATER).content is None
    with pytest.raises(NoRoomForAnswer):
        accept_for_everybody(appeal, by=group.instructor, decision="Right.", at=LATER)
    appeal.refresh_from_db()
    assert (appeal.state, RegradeRun.objects.count()) == (AppealState.OPEN, 0)


def test_a_draft_that_somebody_edits_is_never_overwritten() -> None:
    group = Class()
    (only,) = group.answered("dry machine")
    draft = new_version(group.version, content={**group.version.content, "stem": "What do they call it?"}, at=NOW)
    with pytest.raises(NoRoomForAnswer, match="has a draft"):
        accept_for_everybody(appealed(only), by=group.instructor, decision="Right.", at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.content["stem"]) == (VersionState.DRAFT, "What do they call it?")


def test_the_newest_appeal_about_each_answer_is_found() -> None:
    group = Class()
    first, second = group.answered("dry machine", "wet")
    old = appealed(first)
    decline(old, by=group.instructor, decision="No.", at=LATER)
    new = appealed(first)
    assert appeals_of([first.pk, second.pk]) == {first.pk: new}
