"""What happens to attempts, results and appeals, as endpoints are told of it: by public ids and links alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal

from django.db.models import QuerySet

from accounts.domain.people import public_link
from course.models import Enrollment
from hooks.domain.events import CourseEvent, courses_heard, place_of, tell
from hooks.models import EventType
from quizzes.models import Appeal, Attempt, Quiz, Result

Standings = Mapping[tuple[int, int], Decimal]
"""By learner and quiz (keys), the fraction of their result."""


def tell_submitted(attempt: Attempt) -> None:
    """Endpoints of the attempt's course are told that it was submitted; one of nobody in particular tells nothing."""
    if attempt.enrollment is not None:
        tell([_event(EventType.ATTEMPT_SUBMITTED, attempt.quiz, attempt.enrollment, attempt=str(attempt.uuid))])


@contextmanager
def telling_of_grades(attempts: Collection[Attempt], *, is_heard: bool | None = None) -> Iterator[None]:
    """Endpoints are told which of these attempts, all of one course, are graded now, and which results are others.

    The attempts come with their quizzes, and the block leaves in each when it was graded. Where the course is not
    heard, which one query finds out unless it is known, nothing more is asked; else it takes four and those of `tell`.
    """
    theirs = [attempt for attempt in attempts if attempt.enrollment_id is not None]
    if is_heard is None:
        is_heard = bool(courses_heard(attempt.quiz.course_id for attempt in theirs))
    results = Result.objects.filter(
        quiz__in={attempt.quiz_id for attempt in theirs},
        enrollment__in={attempt.enrollment_id for attempt in theirs},
    )
    before = _standings(results) if is_heard else {}
    yield
    if is_heard:
        graded = [attempt for attempt in theirs if attempt.graded_at is not None]
        tell(_of_grades(graded, changed=_changed(before, results)))


@contextmanager
def telling_of_results(results: QuerySet[Result], *, is_heard: bool) -> Iterator[None]:
    """Endpoints are told which of these results the block has changed, brought or taken away. Two queries, if heard."""
    before = _standings(results) if is_heard else {}
    yield
    if is_heard:
        tell(_of_grades([], changed=_changed(before, results)))


def tell_decided(appeals: Sequence[Appeal]) -> None:
    """Endpoints are told that these appeals about one question were decided; they come as `together_with` has them."""
    if appeals and courses_heard([appeals[0].response.version.question.course_id]):
        quizzes = _quizzes(appeal.response.attempt.quiz_id for appeal in appeals)
        told = [(appeal, appeal.response.attempt) for appeal in appeals]
        tell(
            [
                _of_appeal(appeal, attempt, quizzes[attempt.quiz_id], attempt.enrollment)
                for appeal, attempt in told
                if attempt.enrollment is not None
            ]
        )


def _standings(results: QuerySet[Result]) -> Standings:
    rows = results.order_by().values_list("enrollment", "quiz", "fraction")
    return {(learner, quiz): fraction for learner, quiz, fraction in rows}


def _changed(before: Standings, results: QuerySet[Result]) -> list[tuple[int, int]]:
    after = _standings(results)
    return [key for key in sorted({*before, *after}) if before.get(key) != after.get(key)]


def _of_grades(graded: Sequence[Attempt], *, changed: Sequence[tuple[int, int]]) -> list[CourseEvent]:
    """That these attempts are graded, then that the results of these learners at these quizzes are others."""
    quizzes = _quizzes([*(attempt.quiz_id for attempt in graded), *(quiz for _, quiz in changed)])
    learners = _learners([*(attempt.enrollment_id for attempt in graded), *(learner for learner, _ in changed)])
    return [
        *(
            _event(
                EventType.ATTEMPT_GRADED,
                quizzes[attempt.quiz_id],
                learners[attempt.enrollment_id],
                attempt=str(attempt.uuid),
            )
            for attempt in graded
        ),
        *(_event(EventType.RESULT_CHANGED, quizzes[quiz], learners[learner]) for learner, quiz in changed),
    ]


def _quizzes(keys: Iterable[int]) -> dict[int, Quiz]:
    return Quiz.objects.select_related("course").in_bulk(set(keys))


def _learners(keys: Iterable[int | None]) -> Mapping[int | None, Enrollment]:
    return {learner.pk: learner for learner in Enrollment.objects.filter(pk__in=set(keys))}


def _event(kind: EventType, quiz: Quiz, learner: Enrollment, *, page: str = "", **named: str) -> CourseEvent:
    """Something that happened to a learner at a quiz; a program finds the learner's row in the gradebook.

    `page` is where a person looks at it: by default everything that the learner answered.
    """
    place = place_of(quiz.course)
    link = page or f"/studio/courses/{quiz.course.slug}/learners/{learner.uuid}/"
    gradebook = public_link(f"/api/v1/courses/{quiz.course.slug}/gradebook/")
    data = {
        **place,
        "quiz": str(quiz.uuid),
        "learner": str(learner.uuid),
        **named,
        "links": {**place["links"], "gradebook": gradebook, "page": public_link(link)},
    }
    return CourseEvent(quiz.course_id, kind, data, learner.uuid)


def _of_appeal(appeal: Appeal, attempt: Attempt, quiz: Quiz, learner: Enrollment) -> CourseEvent:
    page = f"/studio/courses/{quiz.course.slug}/appeals/{appeal.uuid}/"
    return _event(
        EventType.APPEAL_DECIDED, quiz, learner, page=page, attempt=str(attempt.uuid), appeal=str(appeal.uuid)
    )
