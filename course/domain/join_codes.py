"""Codes that let people into a course: made, replaced, withdrawn, and used."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.domain.audit import record
from accounts.models import User
from course.errors import CodeRefused
from course.models import Cohort, Course, CourseState, Enrollment, JoinCode
from jobs.domain.clock import database_now, instant

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No letter that is taken for another when a code is read out."""
LENGTH = 10


@transaction.atomic
def make_code(
    course: Course,
    *,
    actor: User | None,
    cohort: Cohort | None = None,
    most_uses: int | None = None,
    expires_at: datetime | None = None,
    at: datetime | None = None,
) -> JoinCode:
    """A new code lets `most_uses` people (None: any number) into the course, and its cohort, until `expires_at`."""
    code = JoinCode.objects.create(
        course=course,
        cohort=cohort,
        code="".join(secrets.choice(LETTERS) for _ in range(LENGTH)),
        most_uses=most_uses,
        expires_at=expires_at,
        made_by=actor,
        created_at=at or database_now(),
    )
    record("made a code", subject=f"code:{code.uuid}", actor=actor, course=course.uuid)
    return code


@transaction.atomic
def withdraw_code(code: JoinCode, *, actor: User | None, at: datetime | None = None) -> bool:
    """The code lets nobody in any more; returns False when it was withdrawn before, and records nothing then."""
    open_codes = JoinCode.objects.filter(pk=code.pk, withdrawn_at__isnull=True)
    if not open_codes.update(withdrawn_at=at or database_now()):
        return False
    record("withdrew a code", subject=f"code:{code.uuid}", actor=actor, course=code.course.uuid)
    return True


@transaction.atomic
def replace_code(code: JoinCode, *, actor: User | None, at: datetime | None = None) -> JoinCode:
    """The code lets nobody in any more, and a new one on the same terms does, for the uses that were left.

    Raises CodeRefused when it was withdrawn before, or when none is left.
    """
    if not withdraw_code(code, actor=actor, at=at):
        raise CodeRefused("This code was withdrawn already. Make a new one.")
    code.refresh_from_db()
    left = None if code.most_uses is None else code.most_uses - code.uses
    if left == 0:
        raise CodeRefused("This code is used up. Make a new one.")
    return make_code(code.course, actor=actor, cohort=code.cohort, most_uses=left, expires_at=code.expires_at, at=at)


def code_typed(text: str, *, at: datetime | None = None) -> JoinCode:
    """The code that was meant, with its course, if it still lets somebody in. Case, blanks and dashes do not matter.

    Raises CodeRefused for any other, whatever the reason: a guess learns nothing.
    """
    meant = "".join(letter for letter in text.upper() if letter in LETTERS)
    found = open_codes(at=at).filter(code=meant).select_related("course", "cohort").first()
    if found is None:
        raise CodeRefused
    return found


def open_codes(*, at: datetime | None = None) -> QuerySet[JoinCode]:
    """The codes of published courses that let somebody in at this moment; none into a cohort that was put away."""
    return JoinCode.objects.filter(_lets_in(at), course__state=CourseState.PUBLISHED, cohort__archived_at__isnull=True)


def _lets_in(at: datetime | None) -> Q:
    has_uses = Q(most_uses__isnull=True) | Q(uses__lt=F("most_uses"))
    lasts = Q(expires_at__isnull=True) | Q(expires_at__gt=instant(at))
    return has_uses & lasts & Q(withdrawn_at__isnull=True)


@transaction.atomic
def join(text: str, *, person: User, at: datetime | None = None) -> Enrollment:
    """The person is a learner of the code's course, and of its cohort; one use is counted for each person.

    Who takes part already keeps their part and uses nothing up. Of two people who take the last use at once, one
    comes in. Raises CodeRefused, also for somebody whose part was ended.
    """
    code = code_typed(text, at=at)
    part, is_new = Enrollment.objects.get_or_create(
        course=code.course, user=person, defaults={"cohort": code.cohort, "enrolled_at": at or database_now()}
    )
    if part.left_at is not None:
        raise CodeRefused("You were taken out of this course. Ask its instructor to take you back.")
    # The compare-and-set decides: whoever finds no use left takes their enrolment back with the transaction. It asks
    # for the code's own columns alone: PostgreSQL looks at those again after waiting for a lock, at others not.
    if is_new and not JoinCode.objects.filter(_lets_in(at), pk=code.pk).update(uses=F("uses") + 1):
        raise CodeRefused
    return part
