"""More time for several learners of a quiz in one go: minutes for attempts that run, days for their learners."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.domain.audit import record
from accounts.domain.inbox import notify_each
from accounts.models import InboxMessage, User
from accounts.notices import notice_kind
from course.domain.people import Group, people_of
from course.models import Enrollment
from course.roster import MOST_DAYS
from course.rules import is_current
from jobs.domain.clock import database_now
from quizzes.domain.accommodations import due_of
from quizzes.domain.row_updates import update_each
from quizzes.errors import NobodyToExtend
from quizzes.models import Attempt, AttemptState, Extension, Quiz

MOST_MINUTES = 600
BATCH = 400
LISTED = 20


MORE_TIME = notice_kind(
    "extension", label="More time for a quiz", one="you have more time for a quiz", many="you have more time, {n} times"
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many running attempts end earlier again, and how many keep their time, because they would be over by now."""

    shortened: int = 0
    spared: int = 0


def at_work_in(quiz: Quiz) -> QuerySet[Attempt]:
    """The attempts of enrolled learners that run, each with its learner and cohort, by name."""
    running = Attempt.objects.filter(quiz=quiz, state=AttemptState.IN_PROGRESS, enrollment__isnull=False)
    return running.select_related("enrollment__user", "enrollment__cohort").order_by("enrollment__user__name", "pk")


def learners_meant(quiz: Quiz, *, cohort: UUID | None = None) -> list[UUID]:
    """The learners of the cohort, or everybody at work in the quiz, by the public ids of their parts. One query."""
    if cohort is None:
        return [attempt.enrollment.uuid for attempt in at_work_in(quiz) if attempt.enrollment is not None]
    return list(people_of(quiz.course, group=Group.LEARNERS, cohort=cohort).values_list("uuid", flat=True))


def extensions_of(quiz: Quiz) -> QuerySet[Extension]:
    """What was given in the quiz, the newest first, twenty at most, each with who gave it."""
    return Extension.objects.filter(quiz=quiz).select_related("given_by").order_by("-pk")[:LISTED]


@transaction.atomic
def extend(
    quiz: Quiz,
    *,
    learners: Collection[UUID],
    minutes: int,
    days: int,
    actor: User | None,
    at: datetime | None = None,
) -> Extension:
    """Attempts at the quiz that these learners (public ids of enrolments) have running end `minutes` (0..600) later.

    Their closings in every quiz of the course are `days` (0..366) later, 366 at most in all, for attempts that run too.
    What everybody got is kept, so that it can be taken back. Enrolments, then attempts are locked; a constant number
    of statements for each four hundred; one audit entry; whoever is at work is told. Raises NobodyToExtend when nobody
    would get anything.
    """
    now, seconds = at or database_now(), minutes * 60
    enrollments = _locked(quiz, learners)
    by_days = _give_days(enrollments, days)
    by_attempt = _extend_attempts(quiz, enrollments, seconds=seconds, days=days)
    if not by_days and not by_attempt:
        raise NobodyToExtend
    gained = {"days": by_days, "attempts": by_attempt}
    given = Extension.objects.create(quiz=quiz, seconds=seconds, days=days, gained=gained, given_by=actor, given_at=now)
    _record("extended", given, actor)
    _tell(given)
    return given


def _locked(quiz: Quiz, learners: Collection[UUID]) -> Sequence[Enrollment]:
    parts = Enrollment.objects.filter(is_current(), course=quiz.course_id, uuid__in=learners)
    # In the order of their keys, so that two who give at once never wait for one another.
    return list(parts.select_for_update(of=("self",)).order_by("pk"))


def _give_days(enrollments: Sequence[Enrollment], days: int) -> dict[str, int]:
    """By public id, by how many days each closing is later; those that are as late as can be are left out."""
    rows, gained = [], {}
    for part in enrollments:
        more = min(days, max(0, MOST_DAYS - part.extra_days))
        if more:
            gained[str(part.uuid)] = more
            rows.append((part.pk, part.extra_days + more))
    _update(Enrollment, ("extra_days",), rows)
    return gained


def _extend_attempts(
    quiz: Quiz, enrollments: Sequence[Enrollment], *, seconds: int, days: int
) -> dict[str, tuple[int, float]]:
    """By public id of an attempt, the extra seconds it has now, and by how many its end moved."""
    rows, gained = [], {}
    running = Attempt.objects.filter(enrollment__in=[part.pk for part in enrollments])
    for attempt in _running(running if days else running.filter(quiz=quiz)):
        extra = seconds if attempt.quiz_id == quiz.pk else 0
        attempt.extra_seconds += extra
        before = attempt.deadline_at or attempt.started_at
        end = max(before + timedelta(seconds=extra), due_of(attempt) or before)
        if end > before:
            gained[str(attempt.uuid)] = (extra, (end - before).total_seconds())
            rows.append((attempt.pk, end, attempt.extra_seconds))
    _update(Attempt, ("deadline_at", "extra_seconds"), rows)
    return gained


def _running(attempts: QuerySet[Attempt]) -> Iterator[Attempt]:
    """Those that run against a clock, locked in the order of their keys."""
    against_a_clock = attempts.filter(state=AttemptState.IN_PROGRESS, deadline_at__isnull=False)
    yield from against_a_clock.select_related("quiz", "enrollment").select_for_update(of=("self",)).order_by("pk")


@transaction.atomic
def take_back_extension(extension: Extension, *, actor: User | None, at: datetime | None = None) -> TakenBack:
    """Nobody has the time that the extension gave any more, but for attempts that would be over by that.

    What was given by others since stays. Extension, enrolments and attempts are locked; again, it changes nothing.
    """
    now = at or database_now()
    kept = Extension.objects.select_for_update(of=("self",)).select_related("quiz__course").get(pk=extension.pk)
    if kept.taken_back_at is not None:
        return TakenBack()
    _take_days(kept.gained["days"])
    taken = _shorten(kept.gained["attempts"], now)
    kept.taken_back_at = now
    kept.save(update_fields=["taken_back_at"])
    _record("took an extension back", kept, actor)
    return taken


def _take_days(gained: Mapping[str, int]) -> None:
    parts = Enrollment.objects.filter(uuid__in=gained).select_for_update(of=("self",)).order_by("pk")
    rows = [(part.pk, max(0, part.extra_days - gained[str(part.uuid)])) for part in parts]
    _update(Enrollment, ("extra_days",), rows)


def _shorten(gained: Mapping[str, Sequence[float]], now: datetime) -> TakenBack:
    rows, spared = [], 0
    for attempt in _running(Attempt.objects.filter(uuid__in=gained)):
        extra, moved = gained[str(attempt.uuid)]
        end = (attempt.deadline_at or now) - timedelta(seconds=moved)
        if end <= now:
            spared += 1
        else:
            rows.append((attempt.pk, end, max(0, attempt.extra_seconds - int(extra))))
    _update(Attempt, ("deadline_at", "extra_seconds"), rows)
    return TakenBack(len(rows), spared)


def _update(model: type[Any], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    for start in range(0, len(rows), BATCH):
        update_each(model, fields, rows[start : start + BATCH])


def _record(verb: str, extension: Extension, actor: User | None) -> None:
    quiz = extension.quiz
    detail = {
        "extension": str(extension.uuid),
        "minutes": extension.seconds // 60,
        "days": extension.days,
        "learners": len(extension.gained["days"]),
        "attempts": len(extension.gained["attempts"]),
    }
    record(verb, subject=f"quiz:{quiz.uuid}", actor=actor, course=quiz.course.uuid, detail=detail)


def _tell(extension: Extension) -> None:
    """Whoever got something finds it in their inbox, too."""
    gained, quiz = extension.gained, extension.quiz
    told = Q(uuid__in=gained["days"]) | Q(attempts__uuid__in=gained["attempts"])
    people = (
        Enrollment.objects.filter(told, course=quiz.course_id).order_by("user_id").values_list("user_id", flat=True)
    )
    notify_each(
        InboxMessage(
            user_id=person,
            kind=MORE_TIME,
            key=f"extension:{extension.uuid}",
            text=f"You have more time for “{quiz.title}”: {said(extension)}."[:500],
            url=f"/courses/{quiz.course.slug}/quizzes/{quiz.slug}/",
        )
        for person in people.distinct()
    )


def said(extension: Extension) -> str:
    """What was given, in words: “10 minutes, and 2 days on every closing”."""
    minutes, days = extension.seconds // 60, extension.days
    said_minutes = [f"{minutes} minute{'' if minutes == 1 else 's'}"] if minutes else []
    said_days = [f"{days} day{'' if days == 1 else 's'} on every closing"] if days else []
    return ", and ".join(said_minutes + said_days)
