"""A list of grades: what it would change, and that exactly this is done, once, as overrides with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.domain.audit import history_of_course
from accounts.models import InboxMessage
from course.models import Enrollment
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.grade_import_applying import GradesChanged, TooManyGrades, apply_grades
from quizzes.domain.grade_imports import GradeFate, GradeImportPlan, ImportedGrade, Unreachable, moves_to, plan_grades
from quizzes.domain.gradebook import Filter, lines_of, quizzes_of
from quizzes.domain.manual_queue import decisions_of_people
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.precedents import precedents_for
from quizzes.domain.rebuild import rebuild_results
from quizzes.grade_list import read_grades
from quizzes.models import Attempt, CauseKind, GradingEvent, Response, Result, ResultRule
from tests.factories import NOW, make_course, make_enrollment
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(days=1)
RIGHT, WRONG = "thirst machine", "wet"
FULL, NOTHING = Decimal(1), Decimal(0)


def learners(group: Class) -> list[Enrollment]:
    """Those who answered, in the order in which they began."""
    return list(Enrollment.objects.filter(attempts__quiz=group.quiz).distinct().order_by("pk"))


def listed(group: Class, *grades: object, reason: str = "") -> str:
    """A list that gives so much to each of those who answered, in per cent."""
    lines = [f"{each.user.email},{grade},{reason}" for each, grade in zip(learners(group), grades, strict=False)]
    return "\n".join([f"Email,{group.quiz.slug},Reason", *lines])


def planned(group: Class, text: str) -> GradeImportPlan:
    quizzes = quizzes_of(group.course)
    return plan_grades(group.course, read_grades(text, titles={q.slug: q.title for q in quizzes}), quizzes=quizzes)


def applied(group: Class, text: str, *, digest: str | None = None, reason: str = "Oral exam.") -> int:
    quizzes = quizzes_of(group.course)
    return apply_grades(
        group.course,
        read_grades(text, titles={q.slug: q.title for q in quizzes}),
        quizzes=quizzes,
        seen=digest or planned(group, text).digest,
        reason=reason,
        actor=group.instructor,
        at=LATER,
    )


def results(group: Class) -> list[Decimal]:
    return list(Result.objects.filter(quiz=group.quiz).order_by("enrollment").values_list("fraction", flat=True))


def answer(group: Class, learner: Enrollment, *texts: str) -> Attempt:
    """One more attempt of the learner, with a text for each question, graded."""
    begun = NOW + timedelta(hours=learner.attempts.count())
    attempt = start_attempt(group.quiz, enrollment=learner, at=begun)
    for response, text in zip(attempt.responses.order_by("position"), texts, strict=True):
        save_answer(attempt, given=GivenAnswer(response.position, text, 0), at=begun)
    submit_attempt(attempt, at=begun + timedelta(minutes=5), hint=False)
    run_every_job("grade_attempt")
    return Attempt.objects.get(pk=attempt.pk)


def only(plan: GradeImportPlan) -> ImportedGrade:
    [grade] = plan.grades
    return grade


def test_a_plan_says_old_and_new_for_each_and_changes_nothing() -> None:
    group = Class()
    group.answered(RIGHT, WRONG, WRONG)
    before = GradingEvent.objects.count()

    plan = planned(group, listed(group, 80, 50, 0))

    assert [(grade.line, grade.fate, grade.old, grade.new) for grade in plan.grades] == [
        (2, GradeFate.CHANGES, FULL, Decimal("0.8")),
        (3, GradeFate.CHANGES, NOTHING, Decimal("0.5")),
        (4, GradeFate.SAME, NOTHING, NOTHING),
    ]
    assert GradingEvent.objects.count() == before
    assert results(group) == [FULL, NOTHING, NOTHING]


def test_changes_become_overrides_with_a_reason_and_results_follow() -> None:
    group = Class()
    group.answered(RIGHT, WRONG)

    assert applied(group, listed(group, 80, 50)) == 2

    assert results(group) == [Decimal("0.8"), Decimal("0.5")]
    events = GradingEvent.objects.filter(cause_kind=CauseKind.OVERRIDE)
    assert {(each.feedback, each.actor, each.detail["reason"], each.at) for each in events} == {
        ("Oral exam.", group.instructor, "Oral exam.", LATER)
    }
    assert rebuild_results(check=True, at=LATER) == []
    [entry] = history_of_course(group.course.uuid)
    assert (entry.verb, entry.detail) == ("imported grades", {"results": 2, "attempts": 2})
    assert InboxMessage.objects.filter(kind="graded").count() == 2


def test_the_reason_of_a_line_wins() -> None:
    group = Class()
    group.answered(WRONG)
    applied(group, listed(group, 50, reason="Said it by hand."))
    assert GradingEvent.objects.latest("pk").feedback == "Said it by hand."


def test_an_import_is_the_gradebooks_own_file_back_again() -> None:
    group = Class(questions=3)
    group.answered(RIGHT)
    answer(group, make_enrollment(group.course), RIGHT, RIGHT, WRONG)
    [line] = [line for line in lines_of(learners(group), quizzes=[group.quiz], wanted=Filter()) if line.overall != 1]
    exported = round(float(line.cells[0].fraction or 0) * 100, 2)
    text = f"Email,{group.quiz.title}\n{line.enrollment.user.email},{exported}".replace(
        "The wall, checked", '"The wall, checked"'
    )
    assert exported == 66.67
    assert only(planned(group, text)).fate == GradeFate.SAME
    assert applied(group, text) == 0


def test_every_answer_moves_by_the_same_share_of_its_way() -> None:
    group = Class(questions=2)
    attempt = answer(group, make_enrollment(group.course), RIGHT, WRONG)
    applied(group, listed(group, 75))
    assert list(attempt.responses.order_by("position").values_list("fraction", flat=True)) == [1, Decimal("0.5")]
    applied(group, listed(group, 15))
    assert list(attempt.responses.order_by("position").values_list("fraction", flat=True)) == [
        Decimal("0.2"),
        Decimal("0.1"),
    ]
    assert results(group) == [Decimal("0.15")]


def test_twice_is_once() -> None:
    group = Class()
    group.answered(RIGHT, WRONG)
    text = listed(group, 80, 50)
    digest = planned(group, text).digest
    assert applied(group, text, digest=digest) == 2
    events, entries = GradingEvent.objects.count(), history_of_course(group.course.uuid).count()

    assert applied(group, text, digest=digest) == 0
    assert (GradingEvent.objects.count(), history_of_course(group.course.uuid).count()) == (events, entries)


def overridden(group: Class) -> None:
    response = Response.objects.filter(attempt__quiz=group.quiz).order_by("pk").first()
    assert response is not None
    override_grade(response, fraction=Decimal("0.3"), reason="No.", actor=group.instructor, at=LATER)


def tried_again(group: Class) -> None:
    answer(group, learners(group)[0], WRONG)


def left(group: Class) -> None:
    Enrollment.objects.filter(pk=learners(group)[0].pk).update(left_at=NOW)


@pytest.mark.parametrize("meanwhile", [overridden, left])
def test_what_was_not_shown_is_not_done(meanwhile: Callable[[Class], None]) -> None:
    group = Class(attempts_allowed=3)
    group.answered(RIGHT, WRONG)
    text = listed(group, 80, 50)
    digest = planned(group, text).digest
    meanwhile(group)
    before = (GradingEvent.objects.count(), results(group))

    with pytest.raises(GradesChanged, match="have changed since you looked"):
        applied(group, text, digest=digest)

    assert (GradingEvent.objects.count(), results(group)) == before


def test_an_attempt_more_that_changes_nothing_of_what_was_shown_is_no_change() -> None:
    group = Class(attempts_allowed=3)
    group.answered(RIGHT)
    text = listed(group, 80)
    digest = planned(group, text).digest
    tried_again(group)
    assert applied(group, text, digest=digest) == 1
    assert results(group) == [Decimal("0.8")]


@pytest.mark.parametrize(
    ("address", "cell", "reason"),
    [
        ("nobody@example.org", "80", "No learner of this course has this address."),
        ("{own}", "A", "is no grade"),
        ("{own}", "101", "is more than everything"),
        ("{idle}", "80", "There is no graded attempt that this could be the grade of."),
        ("{elsewhere}", "80", "No learner of this course has this address."),
        ("{left}", "80", "No learner of this course has this address."),
    ],
)
def test_a_cell_at_fault_says_why_and_changes_nothing(address: str, cell: str, reason: str) -> None:
    group = Class()
    group.answered(RIGHT)
    people = {
        "own": learners(group)[0].user.email,
        "idle": make_enrollment(group.course).user.email,
        "elsewhere": make_enrollment(make_course()).user.email,
        "left": make_enrollment(group.course, left_at=NOW).user.email,
    }
    text = f"Email,{group.quiz.slug}\n{address.format(**people)},{cell}"

    grade = only(planned(group, text))

    assert (grade.fate, reason in grade.reason) == (GradeFate.FAULT, True)
    assert applied(group, text) == 0
    assert results(group) == [FULL]


def test_the_same_learner_twice_is_a_fault_of_the_second_line() -> None:
    group = Class()
    group.answered(RIGHT)
    text = listed(group, 80)
    plan = planned(group, f"{text}\n{text.splitlines()[1]}")
    assert [grade.fate for grade in plan.grades] == [GradeFate.CHANGES, GradeFate.FAULT]
    assert plan.grades[1].reason.startswith("Line 2 has this address already.")


def test_faults_are_left_out_and_the_others_done() -> None:
    group = Class()
    group.answered(RIGHT, WRONG)
    assert applied(group, f"{listed(group, 80, 'A')}\nnobody@example.org,50,") == 1
    assert results(group) == [Decimal("0.8"), 0]


@pytest.mark.parametrize("rule", list(ResultRule))
@pytest.mark.parametrize("wanted", [0, 30, 50, 90, 100])
def test_the_result_becomes_what_was_wanted_by_every_rule(rule: ResultRule, wanted: int) -> None:
    group = Class(questions=2, attempts_allowed=None, result_rule=rule)
    learner = make_enrollment(group.course)
    for texts in ((RIGHT, WRONG), (RIGHT, RIGHT), (WRONG, WRONG)):
        answer(group, learner, *texts)

    applied(group, listed(group, wanted))

    assert results(group) == [Decimal(wanted) / 100]
    assert rebuild_results(check=True, at=LATER) == []


def test_an_attempt_that_was_handed_in_late_earns_no_more_than_its_credit() -> None:
    group = Class(closes_at=NOW + timedelta(minutes=1), late_credit=[{"hours": 1, "credit": 0.5}])
    group.answered(RIGHT)
    assert results(group) == [Decimal("0.5")]
    assert only(planned(group, listed(group, 60))).reason == "It was handed in late: at most 50 % of it can be earned."
    applied(group, listed(group, 40))
    assert results(group) == [Decimal("0.4")]
    assert Response.objects.get().fraction == Decimal("0.8")


def test_no_regrade_changes_what_was_imported_and_it_can_be_taken_back() -> None:
    group = Class()
    [response] = group.answered(WRONG)
    applied(group, listed(group, 50))
    group.accept(RIGHT, WRONG)
    group.apply(group.plan())
    assert results(group) == [Decimal("0.5")]

    assert take_back_override(response, actor=group.instructor, at=LATER)
    assert results(group) == [0]


def test_nothing_is_learnt_of_an_answer_from_what_a_list_gave() -> None:
    group = Class()
    [response] = group.answered(WRONG)
    question = group.version.question
    applied(group, listed(group, 100))
    assert not decisions_of_people(question).exists()
    together = Response.objects.select_related("version__question").get(pk=response.pk)
    assert [found.references for found in precedents_for([together]).values()] in ([], [()])


def test_more_than_is_done_in_one_go_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizzes.domain.grade_import_applying.MOST_CHANGES", 1)
    group = Class()
    group.answered(RIGHT, WRONG)
    with pytest.raises(TooManyGrades, match="Bring it in as several"):
        applied(group, listed(group, 80, 50))
    assert results(group) == [1, 0]


def test_a_plan_takes_three_queries_for_any_number(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    group = Class()
    group.answered(*[RIGHT] * 6)
    quizzes = quizzes_of(group.course)
    for size in (1, 6):
        text = listed(group, *[80] * size)
        grades = read_grades(text, titles={quiz.slug: quiz.title for quiz in quizzes})
        with django_assert_num_queries(3):
            plan_grades(group.course, grades, quizzes=quizzes)


def test_applying_takes_the_same_statements_for_two_and_for_twelve() -> None:
    counts = []
    for size in (2, 12):
        group = Class()
        group.answered(*[WRONG] * size)
        text = listed(group, *[80] * size)
        digest = planned(group, text).digest
        with CaptureQueriesContext(connection) as captured:
            applied(group, text, digest=digest)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_moves_name_only_attempts_that_change() -> None:
    def attempt(key: int, fraction: str, credit: str = "1") -> Any:
        return Attempt(pk=key, number=key, fraction=Decimal(fraction), credit=Decimal(credit))

    attempts = [attempt(1, "0.9"), attempt(2, "0.4"), attempt(3, "0.7")]

    def moved(new: str, rule: ResultRule, old: str) -> dict[int, Decimal]:
        moves = moves_to(Decimal(new), old=Decimal(old), attempts=attempts, rule=rule)
        return {move.attempt: move.new for move in moves}

    assert moved("1", ResultRule.BEST, "0.9") == {1: 1}
    assert moved("0.5", ResultRule.BEST, "0.9") == {1: Decimal("0.5"), 3: Decimal("0.5")}
    assert moved("0.5", ResultRule.FIRST, "0.9") == {1: Decimal("0.5")}
    assert moved("0.5", ResultRule.LAST, "0.7") == {3: Decimal("0.5")}
    assert moved("0.333333", ResultRule.MEAN, "0.666667").keys() == {1, 2, 3}
    with pytest.raises(Unreachable):
        moves_to(Decimal(1), old=Decimal(0), attempts=[attempt(1, "0", "0.5")], rule=ResultRule.BEST)
