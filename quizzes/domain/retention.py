"""For how long a course keeps what was answered in own words; what is past it is erased, and grades and counts stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.domain.audit import record
from accounts.models import User
from course.domain.parts import TAUGHT
from course.models import Course, Enrollment
from course.models.enrolment import ended_since_erased
from jobs.domain import ClaimedJob, enqueue, give_way
from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.domain.erasing_words import Forgotten, counted_rows, erase_words, words_touched
from quizzes.models import Grading, Response

ERASE_PAST = "erase_past_answers"
LEAST_DAYS, MOST_DAYS = Course.LEAST_DAYS, Course.MOST_DAYS
BATCH = 50
"""Parts whose answers are erased in one transaction: as long as a learner may have to wait for one."""


@dataclass(frozen=True, slots=True)
class PastAnswers:
    """What of a course is past its time: of how many parts, and by sort of row."""

    course: Course
    parts: int
    rows: tuple[Forgotten, ...]


def days_kept(course: Course) -> int | None:
    """How many days after a part or its course ended its answers are kept; None for as long as the course exists."""
    return course.keep_answers_days or settings.KEEP_ANSWERS_DAYS or None


@transaction.atomic
def keep_answers_for(course: Course, *, days: int | None, by: User) -> bool:
    """The course keeps answers of what has ended for so many days, None as the installation does; audited.

    Returns whether that is another rule than before. Raises IntegrityError outside of LEAST_DAYS..MOST_DAYS.
    """
    before = Course.objects.select_for_update().values_list("keep_answers_days", flat=True).get(pk=course.pk)
    course.keep_answers_days = days
    if before == days:
        return False
    Course.objects.filter(pk=course.pk).update(keep_answers_days=days)
    detail = {"from": before, "to": days}
    record(
        "set how long answers are kept", subject=f"course:{course.uuid}", actor=by, course=course.uuid, detail=detail
    )
    return True


def parts_past(*, at: datetime | None = None, course: Course | None = None) -> QuerySet[Enrollment]:
    """Parts of learners and observers that ended longer ago than their course keeps answers, and that hold some still.

    A part ends when its person leaves, when its dates are over, or when its course is archived; each counts from when
    it is past, and once an erasing came after it no more. One whose answers are being graded is left until they are.
    One query to learn what rules there are.
    """
    moments = _moments(at or database_now())
    if not moments:
        return Enrollment.objects.none()
    among = Enrollment.objects.filter(role__in=TAUGHT) if course is None else course.enrollments.filter(role__in=TAUGHT)
    # One for each way to end, each with an index of its own: alternatives over two tables would go over every part.
    ways = [*(_ended(among, end, moments) for end in ("left_at", "ends_at")), *_of_archived_courses(among, moments)]
    graded_now = Response.objects.filter(attempt__enrollment=OuterRef("pk"), grading=Grading.PENDING)
    return Enrollment.objects.filter(~Exists(graded_now), pk__in=ways[0].union(*ways[1:]))


def _moments(now: datetime) -> dict[int | None, datetime]:
    """By how many days courses say that they keep answers: what ended until then is past. None that keeps for ever."""
    rules = Course.objects.order_by().values_list("keep_answers_days", flat=True).distinct()
    kept = {days: days or settings.KEEP_ANSWERS_DAYS for days in rules}
    return {days: now - timedelta(days=number) for days, number in kept.items() if number}


def _ended(parts: QuerySet[Enrollment], end: str, moments: Mapping[int | None, datetime]) -> QuerySet[Enrollment, int]:
    """The keys of those parts that ended so, longer ago than their course keeps answers, and not before an erasing."""
    # The last moment of all is for the index, which alternatives by course cannot use.
    soonest = Q((f"{end}__lte", max(moments.values())))
    is_past = _is_past(end, "course__keep_answers_days", moments)
    return parts.filter(soonest, is_past, ended_since_erased(end)).order_by().values_list("pk", flat=True)


def _of_archived_courses(
    parts: QuerySet[Enrollment], moments: Mapping[int | None, datetime]
) -> tuple[QuerySet[Enrollment, int], QuerySet[Enrollment, int]]:
    """The keys of those parts whose course was archived so long ago: never erased, and erased before that."""
    past = Course.objects.filter(_is_past("archived_at", "keep_answers_days", moments)).order_by().values("pk")
    keys = parts.filter(course__in=past).order_by().values_list("pk", flat=True)
    return keys.filter(answers_erased_at__isnull=True), keys.filter(answers_erased_at__lt=F("course__archived_at"))


def _is_past(end: str, rule: str, moments: Mapping[int | None, datetime]) -> Q:
    """That this end is past by this rule of a course, both by their names."""
    is_past = Q()
    for days, moment in moments.items():
        is_past |= Q((f"{end}__lte", moment), (rule, days))
    return is_past


def what_is_past(*, at: datetime | None = None, course: Course | None = None) -> list[PastAnswers]:
    """What erasing would touch now, course by course, where there is any. Changes nothing; some queries for each."""
    parts = parts_past(at=at, course=course)
    courses = Course.objects.filter(pk__in=parts.order_by().values("course")).order_by("title", "pk")
    return [_past_in(each, parts.filter(course=each)) for each in courses]


def _past_in(course: Course, parts: QuerySet[Enrollment]) -> PastAnswers:
    return PastAnswers(course, parts.count(), counted_rows(words_touched(parts)))


def erase_when_past(at: datetime | None = None) -> None:
    """Where something is past its time, a job that erases it exists. Two queries where nothing is; for the sweeper."""
    if parts_past(at=at).exists():
        enqueue(ERASE_PAST, key=ERASE_PAST)


def erase_past(claimed: ClaimedJob) -> int:
    """Nothing is past its time; returns how many parts lost their answers. Goes on where an earlier worker stopped.

    Batch by batch, each whole or not at all; between two of them urgent jobs go first.
    """
    done = 0
    while batch := erase_past_batch():
        done += batch
        claimed.heartbeat(current=done)
        give_way()
    return done


@transaction.atomic
def erase_past_batch(*, at: datetime | None = None) -> int:
    """Some parts of one course, fifty at most, lost what is past its time; returns how many, 0 when nothing is left.

    The parts are locked. One audit entry says how many rows of which sort there were. A constant number of statements.
    """
    now = at or database_now()
    first = parts_past(at=now).select_related("course").order_by("course_id", "pk").first()
    if first is None:
        return 0
    keys = list(parts_past(at=now, course=first.course).order_by("pk").values_list("pk", flat=True)[:BATCH])
    parts = Enrollment.objects.filter(pk__in=keys)
    list(parts.select_for_update().order_by("pk").values_list("pk"))
    _erase(first.course, parts, number=len(keys), at=now)
    return len(keys)


def _erase(course: Course, parts: QuerySet[Enrollment], *, number: int, at: datetime) -> None:
    rows = {each.what: each.rows for each in counted_rows(words_touched(parts))}
    erase_words(parts)
    parts.update(answers_erased_at=at)
    if rows:
        detail = {"parts": number, "rows": rows}
        record("erased past answers", subject=f"course:{course.uuid}", course=course.uuid, detail=detail)


def record_erased_past(_claimed: ClaimedJob, done: int) -> dict[str, int]:
    """What the job did, for whoever looks at it: every batch is stored already."""
    return {"parts": done}


def give_up_erasing_past(_job: Job, _error: str) -> None:
    """What was erased stays erased; the sweeper asks for the rest again."""
