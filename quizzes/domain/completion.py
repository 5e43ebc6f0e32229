"""Completing a course: what is left to do, and the certificate for who has done it all."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from course.domain.lesson_page import lessons_with_reading
from course.models import CertificateFor, Course, Enrollment, Lesson
from jobs.domain.clock import database_now
from quizzes.domain.progress import quizzes_with_results
from quizzes.domain.reading_pages import is_shown
from quizzes.errors import NoCertificate
from quizzes.models import Certificate, Quiz
from quizzes.policy import Shown

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is read for something else: 0 and O, 1 and I."""
GROUPS, IN_A_GROUP = 4, 5


@dataclass(frozen=True, slots=True)
class Completion:
    """How far a learner is from a course's certificate. `lessons` and `quizzes` are what is needed in all.

    `held_back` are quizzes that were taken and whose result the learner may not see yet: they count once it is shown.
    """

    wanted: CertificateFor
    lessons: int
    quizzes: int
    unread: tuple[Lesson, ...]
    not_passed: tuple[Quiz, ...]
    held_back: tuple[Quiz, ...]

    @property
    def is_complete(self) -> bool:
        """Whether all that the course asks for is done; never where it asks for nothing or has nothing."""
        done = not (self.unread or self.not_passed or self.held_back)
        return self.wanted != CertificateFor.NOTHING and bool(self.lessons or self.quizzes) and done


def completion_of(enrollment: Enrollment, *, at: datetime) -> Completion:
    """What is left for the learner at `at`; two queries. A quiz without a pass mark is passed by any result."""
    course = enrollment.course
    wanted = CertificateFor(course.certificate_for)
    if wanted == CertificateFor.NOTHING:
        return Completion(wanted, 0, 0, (), (), ())
    lessons = list(lessons_with_reading(course.pk, enrollment))
    asked = list(quizzes_with_results(course.pk, enrollment)) if wanted == CertificateFor.PASSING else []
    seen = {quiz.pk for quiz in asked if is_shown(quiz, enrollment, Shown.FRACTION, at=at)}
    return Completion(
        wanted=wanted,
        lessons=len(lessons),
        quizzes=len(asked),
        unread=tuple(lesson for lesson in lessons if not lesson.is_read),
        not_passed=tuple(q for q in asked if q.result is None or (q.pk in seen and not _is_passed(q))),
        held_back=tuple(q for q in asked if q.result is not None and q.pk not in seen),
    )


@transaction.atomic
def issue_certificate(enrollment: Enrollment, *, at: datetime | None = None) -> Certificate:
    """The learner's certificate, made now if there is none; asking again gives the same one. The enrolment is locked.

    It stays whatever becomes of grades and of the course. Raises NoCertificate while something is left to do, or who
    it is for has no name.
    """
    now = at or database_now()
    part = Enrollment.objects.select_for_update(of=("self",)).select_related("course", "user").get(pk=enrollment.pk)
    issued = Certificate.objects.filter(enrollment=part).first()
    if issued is not None:
        return issued
    completion = completion_of(part, at=now)
    if not completion.is_complete:
        raise NoCertificate
    if not part.user.name.strip():
        raise NoCertificate("A certificate needs a name. Write yours on your account page, then ask again.")
    return Certificate.objects.create(
        enrollment=part,
        code=_new_code(),
        name=part.user.name,
        title=part.course.title,
        lessons=completion.lessons,
        quizzes=completion.quizzes,
        issued_at=now,
    )


def certificate_of(enrollment: Enrollment) -> Certificate | None:
    """The learner's certificate, if one was issued."""
    return Certificate.objects.filter(enrollment=enrollment).first()


def certificate_by_code(code: str) -> Certificate:
    """The certificate with this code, however its letters are written. Raises Certificate.DoesNotExist."""
    return Certificate.objects.select_related("enrollment__course").get(code=code.upper())


@transaction.atomic
def set_certificate(course: Course, *, wanted: CertificateFor, by: User | None) -> None:
    """From now on this completes the course. Certificates that were issued stay. It is audited."""
    changed = Course.objects.filter(pk=course.pk).exclude(certificate_for=wanted).update(certificate_for=wanted)
    course.certificate_for = wanted
    if changed:
        verb, detail = "changed what a certificate takes", {"for": str(wanted)}
        record(verb, subject=f"course:{course.uuid}", actor=by, course=course.uuid, detail=detail)


def _is_passed(quiz: Any) -> bool:
    return quiz.pass_fraction is None or quiz.result >= quiz.pass_fraction


def _new_code() -> str:
    """Twenty letters and digits in groups of five: 100 bits that nobody guesses."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)
