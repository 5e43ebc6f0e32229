"""Lists of people and of grades on their way into a course: what the tests of list imports start from."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from course.models import Course, Enrollment
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.list_imports import apply_list, look_at, undo_list
from quizzes.models import Attempt, ImportLine, ListImport, ListKind, Result
from tests.factories import NOW
from tests.quizzes.domain.regraded import Class, run_every_job

ORAL = "Oral exam."


def looked_at(course: Course, text: str, *, actor: User | None, kind: ListKind = ListKind.PEOPLE) -> ListImport:
    """The list is planned, as its preview shows it."""
    reason = ORAL if kind == ListKind.GRADES else ""
    run = look_at(course, kind=kind, text=text, reason=reason, actor=actor, hint=False)
    return after_jobs(run)


def applied(run: ListImport, *, actor: User | None = None) -> ListImport:
    """Somebody, else whoever looked at it, had the list applied; it is done or planned anew."""
    apply_list(run, actor=actor or run.actor, hint=False)
    return after_jobs(run)


def undone(run: ListImport, *, actor: User | None = None) -> ListImport:
    """Somebody, else whoever applied it, had the list taken back."""
    undo_list(run, actor=actor or run.actor, hint=False)
    return after_jobs(run)


def after_jobs(run: ListImport) -> ListImport:
    """The list once every job behind it has run."""
    for kind in ("apply_list", "undo_list", "plan_list"):
        run_every_job(kind)
    return ListImport.objects.select_related("course", "actor").get(pk=run.pk)


def became(run: ListImport, *fields: str) -> list[Any]:
    """The state of each line in its order, or these fields."""
    rows = ImportLine.objects.filter(list_import=run).order_by("number")
    return list(rows.values_list(*fields)) if fields else list(rows.values_list("state", flat=True))


def learners(group: Class) -> list[Enrollment]:
    """Those who answered, in the order in which they began."""
    return list(Enrollment.objects.filter(attempts__quiz=group.quiz).distinct().order_by("pk"))


def grades(group: Class, *given: object, reason: str = "") -> str:
    """A list that gives so much to each of those who answered, in per cent."""
    lines = [f"{each.user.email},{grade},{reason}" for each, grade in zip(learners(group), given, strict=False)]
    return "\n".join([f"Email,{group.quiz.slug},Reason", *lines])


def results(group: Class) -> list[Decimal]:
    """The result of each learner on the quiz."""
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
