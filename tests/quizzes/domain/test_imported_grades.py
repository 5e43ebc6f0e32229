"""Lists of grades: shown, done as overrides with a reason, once, and given back where nobody decided since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid5

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.audit import history_of_course
from accounts.models import InboxMessage
from course.models import Enrollment
from quizzes.domain.automatic import agreement_of
from quizzes.domain.imported_grades import CHANGED_MEANWHILE, DECIDED_SINCE, apply
from quizzes.domain.manual_queue import decisions_of_people, stands_by_person
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.precedents import precedents_for
from quizzes.domain.rebuild import rebuild_progress, rebuild_results
from quizzes.models import (
    CauseKind,
    GradingEvent,
    ListImport,
    ListKind,
    Response,
    ResultRule,
    RunState,
)
from tests.factories import NOW, make_enrollment, make_quiz
from tests.quizzes.domain.listed import ORAL, answer, applied, became, grades, learners, looked_at, results, undone
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(days=1)
RIGHT, WRONG = "thirst machine", "wet"
FULL, NOTHING = Decimal(1), Decimal(0)


def seen(group: Class, text: str) -> ListImport:
    return looked_at(group.course, text, kind=ListKind.GRADES, actor=group.instructor)


def done(group: Class, text: str) -> ListImport:
    return applied(seen(group, text))


def newest(response: Response) -> GradingEvent:
    event = GradingEvent.objects.filter(response=response).order_by("number").last()
    assert event is not None
    return event


def everything_agrees() -> bool:
    return rebuild_results(check=True, at=LATER) == [] and rebuild_progress(check=True, at=LATER) == []


def test_a_preview_says_old_and_new_for_each_cell_and_changes_nothing() -> None:
    group = Class()
    group.answered(RIGHT, WRONG, WRONG)
    text = f"{grades(group, 80, 50, 0)}\nnobody@example.org,1,"

    run = seen(group, text)

    assert run.state == RunState.PLANNED
    assert became(run, "line", "fate", "before", "after", "quiz", "said") == [
        (2, "changes", {"fraction": "1.000000"}, {"fraction": "0.800000"}, group.quiz.pk, ""),
        (3, "changes", {"fraction": "0.000000"}, {"fraction": "0.500000"}, group.quiz.pk, ""),
        (4, "same", {"fraction": "0.000000"}, {"fraction": "0.000000"}, group.quiz.pk, ""),
        (5, "fault", None, None, None, "No learner of this course has this address."),
    ]
    assert became(run, "part") == [*((each.pk,) for each in learners(group)), (None,)]
    assert results(group) == [FULL, NOTHING, NOTHING]
    assert not GradingEvent.objects.filter(cause=run.uuid).exists()


def test_changes_become_overrides_with_a_reason_and_results_follow() -> None:
    group = Class()
    group.answered(RIGHT, WRONG)

    run = done(group, grades(group, 80, 50))

    assert (run.state, run.text, became(run)) == (RunState.APPLIED, "", ["done", "done"])
    assert results(group) == [Decimal("0.8"), Decimal("0.5")]
    events = GradingEvent.objects.filter(cause=run.uuid)
    assert {(each.cause_kind, each.feedback, each.actor, each.detail["reason"]) for each in events} == {
        (CauseKind.OVERRIDE, ORAL, group.instructor, ORAL)
    }
    assert everything_agrees()
    [entry] = history_of_course(group.course.uuid)
    assert (entry.verb, entry.subject, entry.detail) == ("applied a list", f"list:{run.uuid}", {"kind": "grades"})
    assert InboxMessage.objects.filter(kind="graded").count() == 2


def test_the_reason_of_a_line_wins() -> None:
    group = Class()
    group.answered(WRONG)
    done(group, grades(group, 50, reason="Said it by hand."))
    assert GradingEvent.objects.latest("pk").feedback == "Said it by hand."


def test_every_answer_moves_by_the_same_share_of_its_way_and_back() -> None:
    group = Class(questions=2)
    attempt = answer(group, make_enrollment(group.course), RIGHT, WRONG)
    own = attempt.responses.order_by("position")
    first = done(group, grades(group, 75))
    assert list(own.values_list("fraction", flat=True)) == [1, Decimal("0.5")]
    second = done(group, grades(group, 15))
    assert list(own.values_list("fraction", flat=True)) == [Decimal("0.2"), Decimal("0.1")]
    assert results(group) == [Decimal("0.15")]

    undone(second)
    assert list(own.values_list("fraction", flat=True)) == [1, Decimal("0.5")]
    undone(first)
    assert list(own.values_list("fraction", flat=True)) == [1, 0]
    assert results(group) == [Decimal("0.5")]


def test_credit_for_being_late_is_kept_while_a_result_moves() -> None:
    group = Class(closes_at=NOW + timedelta(minutes=1), late_credit=[{"hours": 1, "credit": 0.5}])
    group.answered(RIGHT)
    run = done(group, grades(group, 40))
    assert (results(group), Response.objects.get().fraction) == ([Decimal("0.4")], Decimal("0.8"))
    undone(run)
    assert (results(group), Response.objects.get().fraction) == ([Decimal("0.5")], FULL)


def test_several_quizzes_of_one_line_are_cells_of_their_own() -> None:
    group = Class()
    other = make_quiz(group.course, questions=1)
    group.answered(WRONG)
    [learner] = learners(group)
    run = done(group, f"Email,{group.quiz.slug},{other.slug}\n{learner.user.email},50,50")
    assert became(run, "line", "quiz", "state", "said") == [
        (2, group.quiz.pk, "done", ""),
        (2, other.pk, "planned", "There is no graded attempt that this could be the grade of."),
    ]


def overridden(group: Class) -> None:
    response = Response.objects.filter(attempt__quiz=group.quiz).order_by("pk").first()
    assert response is not None
    override_grade(response, fraction=Decimal("0.3"), reason="No.", actor=group.instructor, at=LATER)


def tried_again(group: Class) -> None:
    answer(group, learners(group)[0], WRONG)


def left(group: Class) -> None:
    Enrollment.objects.filter(pk=learners(group)[0].pk).update(left_at=NOW)


@pytest.mark.parametrize("meanwhile", [overridden, left])
def test_a_preview_that_no_longer_holds_is_made_anew_and_nothing_is_done(meanwhile: Callable[[Class], None]) -> None:
    group = Class(attempts_allowed=3)
    group.answered(RIGHT, WRONG)
    run = seen(group, grades(group, 80, 50))
    meanwhile(group)
    before = (GradingEvent.objects.count(), results(group))

    run = applied(run)

    assert (run.state, run.is_outdated) == (RunState.PLANNED, True)
    assert (GradingEvent.objects.count(), results(group)) == before
    assert applied(run).state == RunState.APPLIED


@pytest.mark.parametrize(
    ("meanwhile", "said"), [(overridden, CHANGED_MEANWHILE), (left, "No learner of this course has this address.")]
)
def test_a_cell_that_changes_while_the_list_is_applied_is_passed_over_and_says_why(
    meanwhile: Callable[[Class], None], said: str
) -> None:
    group = Class()
    group.answered(RIGHT, WRONG)
    run = seen(group, grades(group, 80, 50))
    meanwhile(group)
    lines = list(run.lines.select_related("quiz"))

    apply(run, lines, LATER)

    assert [(line.state, line.said) for line in lines] == [("passed_over", said), ("done", "")]
    assert results(group)[1] == Decimal("0.5")


def test_an_attempt_more_that_changes_nothing_of_what_was_shown_is_no_change() -> None:
    group = Class(attempts_allowed=3)
    group.answered(RIGHT)
    run = seen(group, grades(group, 80))
    tried_again(group)
    assert became(applied(run)) == ["done"]
    assert results(group) == [Decimal("0.8")]


@pytest.mark.parametrize("rule", list(ResultRule))
@pytest.mark.parametrize("wanted", [0, 30, 50, 90, 100])
def test_the_result_becomes_what_was_wanted_by_every_rule_and_what_it_was_by_undoing(
    rule: ResultRule, wanted: int
) -> None:
    group = Class(questions=2, attempts_allowed=None, result_rule=rule)
    learner = make_enrollment(group.course)
    for texts in ((RIGHT, WRONG), (RIGHT, RIGHT), (WRONG, WRONG)):
        answer(group, learner, *texts)
    before = results(group)

    run = done(group, grades(group, wanted))
    assert results(group) == [Decimal(wanted) / 100]
    assert everything_agrees()

    if run.lines.filter(state="done").exists():
        undone(run)
    assert results(group) == before
    assert everything_agrees()


def test_no_regrade_changes_what_was_imported_and_it_can_be_taken_back_by_hand() -> None:
    group = Class()
    [response] = group.answered(WRONG)
    done(group, grades(group, 50))
    group.accept(RIGHT, WRONG)
    group.apply(group.plan())
    assert results(group) == [Decimal("0.5")]

    assert take_back_override(response, actor=group.instructor, at=LATER)
    assert results(group) == [0]


def test_nothing_is_learnt_of_an_answer_from_what_a_list_gave_or_gave_back() -> None:
    group = Class()
    [response] = group.answered(WRONG)
    question = group.version.question
    run = done(group, grades(group, 100))
    for _ in range(2):
        assert not decisions_of_people(question).exists()
        together = Response.objects.select_related("version__question").get(pk=response.pk)
        assert [found.references for found in precedents_for([together]).values()] in ([], [()])
        if run.state == RunState.APPLIED:
            run = undone(run)
    assert run.state == RunState.UNDONE


def test_a_grade_of_a_grader_that_was_given_back_is_open_to_regrades() -> None:
    group = Class()
    [response] = group.answered(WRONG)
    run = undone(done(group, grades(group, 50)))
    event = newest(response)
    assert (event.cause, event.fraction, stands_by_person(event)) == (uuid5(run.uuid, "undo"), NOTHING, False)
    assert event.detail["undoes"] == str(run.uuid)

    group.accept(RIGHT, WRONG)
    group.apply(group.plan())
    assert results(group) == [FULL]


def test_a_grade_of_a_person_that_was_given_back_stands_as_it_stood() -> None:
    group = Class()
    [response] = group.answered(WRONG)
    override_grade(response, fraction=Decimal("0.3"), reason="Nearly.", actor=group.instructor, at=LATER)
    run = done(group, grades(group, 50))
    history = list(GradingEvent.objects.filter(response=response).order_by("number"))
    agreed = agreement_of(history)

    undone(run)

    event = newest(response)
    assert (event.fraction, event.feedback, stands_by_person(event)) == (Decimal("0.3"), "Nearly.", True)
    assert event.detail["reason"] == "Nearly."
    assert decisions_of_people(group.version.question).count() == 1
    assert agreement_of([*history, event]) == agreed
    group.accept(RIGHT, WRONG)
    group.apply(group.plan())
    assert results(group) == [Decimal("0.3")]


def decided_again(group: Class) -> None:
    overridden(group)


def taken_back(group: Class) -> None:
    response = Response.objects.filter(attempt__quiz=group.quiz).order_by("pk").first()
    assert response is not None
    take_back_override(response, actor=group.instructor, at=LATER)


def listed_again(group: Class) -> None:
    done(group, grades(group, 20))


@pytest.mark.parametrize("since", [decided_again, taken_back, listed_again])
def test_what_somebody_decided_since_stays_and_is_named(since: Callable[[Class], None]) -> None:
    group = Class()
    group.answered(RIGHT, WRONG)
    run = done(group, grades(group, 80, 50))
    since(group)
    before = results(group)

    run = undone(run)

    assert became(run, "state", "said") == [("kept", DECIDED_SINCE), ("undone", "")]
    assert results(group) == [before[0], NOTHING]
    assert everything_agrees()


def test_of_an_attempt_only_the_answers_go_back_that_nobody_decided_about_since() -> None:
    group = Class(questions=2)
    attempt = answer(group, make_enrollment(group.course), RIGHT, WRONG)
    run = done(group, grades(group, 75))
    second = attempt.responses.get(position=2)
    override_grade(second, fraction=Decimal("0.4"), reason="Half.", actor=group.instructor, at=LATER)
    first = attempt.responses.get(position=1)
    override_grade(first, fraction=Decimal("0.9"), reason="Typo.", actor=group.instructor, at=LATER)
    take_back_override(first, actor=group.instructor, at=LATER)

    run = undone(run)

    assert became(run) == ["kept"]
    assert list(attempt.responses.order_by("position").values_list("fraction", flat=True)) == [1, Decimal("0.4")]


def test_an_attempt_made_since_counts_as_it_would_have() -> None:
    group = Class(attempts_allowed=3, result_rule=ResultRule.LAST)
    group.answered(WRONG)
    run = done(group, grades(group, 50))
    answer(group, learners(group)[0], RIGHT)
    assert became(undone(run)) == ["undone"]
    assert results(group) == [FULL]


def test_a_learner_who_left_since_has_the_earlier_grade_too() -> None:
    group = Class()
    group.answered(WRONG)
    run = done(group, grades(group, 50))
    left(group)
    assert became(undone(run)) == ["undone"]
    assert results(group) == [NOTHING]


def test_no_other_course_is_touched() -> None:
    group, other = Class(), Class()
    group.answered(WRONG)
    other.answered(WRONG)
    run = seen(group, f"{grades(group, 50)}\n{learners(other)[0].user.email},50,")
    assert became(applied(run), "fate", "state") == [("changes", "done"), ("fault", "planned")]
    assert results(other) == [NOTHING]


def test_each_learner_is_told_once_of_the_list_and_once_of_its_end() -> None:
    group = Class(questions=3)
    answer(group, make_enrollment(group.course), RIGHT, WRONG, WRONG)
    run = done(group, grades(group, 50))
    told = InboxMessage.objects.filter(kind="graded")
    assert told.count() == 1
    undone(run)
    assert told.count() == 2


def test_a_batch_takes_the_same_statements_for_two_and_for_twelve() -> None:
    counts = []
    for size in (2, 12):
        group = Class()
        group.answered(*[WRONG] * size)
        run = seen(group, grades(group, *[80] * size))
        with CaptureQueriesContext(connection) as doing:
            run = applied(run)
        with CaptureQueriesContext(connection) as undoing:
            undone(run)
        counts.append((len(doing), len(undoing)))
    assert counts[0] == counts[1]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answers=st.lists(st.sampled_from([RIGHT, WRONG]), min_size=1, max_size=3),
    lists=st.lists(st.lists(st.integers(0, 100), min_size=1, max_size=3), min_size=1, max_size=3),
    rule=st.sampled_from(list(ResultRule)),
)
def test_whatever_lists_were_applied_undoing_them_backwards_gives_every_grade_back(
    answers: list[str], lists: list[list[int]], rule: ResultRule
) -> None:
    group = Class(questions=2, result_rule=rule)
    for text in answers:
        answer(group, make_enrollment(group.course), RIGHT, text)
    own = Response.objects.filter(attempt__quiz=group.quiz).order_by("pk")
    moments, runs = [list(own.values_list("fraction", flat=True))], []
    for given_grades in lists:
        runs.append(done(group, grades(group, *given_grades)))
        moments.append(list(own.values_list("fraction", flat=True)))

    for run in reversed(runs):
        assert list(own.values_list("fraction", flat=True)) == moments.pop()
        undone(run)

    assert [list(own.values_list("fraction", flat=True))] == moments
