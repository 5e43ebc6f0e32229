"""For the demonstration: learners who question a grade, people who decide about it, and answers graded again for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from authoring.domain.invented_learners import PUT_OTHERWISE
from course.models import Course
from jobs.domain import ClaimedJob, claim, finish
from jobs.models import Job
from quizzes.domain.appeals import accept_for_everybody, accept_for_these, decline, raise_appeal
from quizzes.domain.regrade_applying import apply_lines
from quizzes.domain.regrade_planning import plan_lines
from quizzes.domain.regrades import APPLY_REGRADE, PLAN_REGRADE, plan_regrade
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import Appeal, Grading, RegradeRun, Response
from quizzes.questions import question_type

AGO = timedelta(days=4)
"""Since then at least what is questioned has been graded."""
SAID = ("I meant the same.", "Is that not the same in other words?", "This is how we say it here.")


def question_grades(course: Course, *, by: User, until: datetime) -> None:
    """Appeals about answers to the course are open and decided in each way, up to `until`, by this person.

    One decision has led to a regrade run that is applied; another run waits for a person, planned. What nobody has
    answered is not questioned.
    """
    for question, deal in DEALS.items():
        answers = list(_put_otherwise(course, question, before=until - AGO))
        if answers:
            deal(answers, by, until)


def _put_otherwise(course: Course, question: str, *, before: datetime) -> QuerySet[Response]:
    put = Response.objects.filter(
        attempt__quiz__course=course,
        attempt__graded_at__lt=before,
        version__question__key=question,
        grading=Grading.GRADED,
        fraction=0,
        answer=PUT_OTHERWISE[question],
    )
    return put.select_related("version__question__course", "attempt").order_by("pk")


def _appeals(answers: Sequence[Response], *, number: int, at: datetime) -> list[Appeal]:
    """So many appeals about the answer at most, an hour after each other."""
    pairs = zip(answers[:number], SAID, strict=False)
    return [raise_appeal(each, text=text, at=at + timedelta(hours=n)) for n, (each, text) in enumerate(pairs)]


def _wait(answers: Sequence[Response], _by: User, until: datetime) -> None:
    _appeals(answers, number=3, at=until - timedelta(hours=30))


def _waits(answers: Sequence[Response], _by: User, until: datetime) -> None:
    _appeals(answers, number=1, at=until - timedelta(hours=5))


def _is_right_for_everybody(answers: Sequence[Response], by: User, until: datetime) -> None:
    appeal, *_ = _appeals(answers, number=2, at=until - timedelta(days=2))
    run = accept_for_everybody(appeal, by=by, decision="It is the name, with what it is.", at=_after_all(until))
    if run is not None:
        _work(PLAN_REGRADE, run, plan_lines)
        _work(APPLY_REGRADE, run, apply_lines)


def _counts_this_time(answers: Sequence[Response], by: User, until: datetime) -> None:
    appeal, *_ = _appeals(answers, number=1, at=until - timedelta(days=3))
    decision = "It is her name, spelled as in Belarusian."
    accept_for_these(appeal, by=by, decision=decision, at=until - timedelta(days=1))


def _stays_wrong(answers: Sequence[Response], by: User, until: datetime) -> None:
    appeal, *_ = _appeals(answers, number=1, at=until - timedelta(days=3))
    decline(appeal, by=by, decision="Near, but the lesson has another word.", at=until - timedelta(days=2))


def _may_be_graded_again(answers: Sequence[Response], by: User, until: datetime) -> None:
    """Without an appeal the key is widened; what that would change waits to be looked at."""
    version = answers[0].version
    content = question_type(version.kind).with_accepted(version.content, answers[0].answer) or version.content
    publish_version(new_version(version, content=content, at=_after_all(until)), by=by, at=_after_all(until))
    run = plan_regrade(
        version.question.course,
        question=version.question,
        reason="The key accepts the name in either order.",
        actor=by,
        at=_after_all(until),
        hint=False,
    )
    _work(PLAN_REGRADE, run, plan_lines)


Deal = Callable[[Sequence[Response], User, datetime], None]
DEALS: Mapping[str, Deal] = {
    "formula-for-safety": _wait,
    "word-for-belarus": _waits,
    "publisher-of-the-commentary": _is_right_for_everybody,
    "leader-in-exile": _counts_this_time,
    "obedient-state": _stays_wrong,
    "from-regiment-to-cabinet": _may_be_graded_again,
}
"""What came of it that a question was answered otherwise, by its key."""


def _after_all(until: datetime) -> datetime:
    """After every attempt of the history: what is published then is asked in none of them."""
    return until - timedelta(minutes=30)


def _work(kind: str, run: RegradeRun, work: Callable[[ClaimedJob], object]) -> None:
    """The run's job of this kind is done, as by a worker."""
    claimed = claim(Job.objects.get(kind=kind, subject=run.uuid).uuid)
    if claimed is not None:
        finish(claimed, work(claimed))
