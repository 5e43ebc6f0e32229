"""What part somebody has in a course: changed, ended, given back, handed over. A course never loses its last owner."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.audit import record
from accounts.models import User
from course.errors import LastOwner
from course.models import Cohort, Course, Enrollment, Role
from jobs.domain.clock import database_now

TAUGHT = (Role.LEARNER, Role.OBSERVER)
"""The parts that an editor may give and end; all others are the owner's to give."""


def changeable_parts(course: Course, *, by_owner: bool) -> QuerySet[Enrollment]:
    """The parts in the course that its owner, or an editor, may change, each with its person and cohort."""
    parts = Enrollment.objects.filter(course=course.pk).select_related("user", "cohort", "course")
    return parts if by_owner else parts.filter(role__in=TAUGHT)


@transaction.atomic
def change_part(
    part: Enrollment,
    *,
    role: str,
    cohort: Cohort | None,
    starts_at: datetime | None,
    ends_at: datetime | None,
    actor: User | None,
) -> bool:
    """The part has this role, cohort and these dates; an owner's has none. Returns whether anything changed.

    The course is locked; one audit entry says what changed. Raises LastOwner when nobody would own the course, and
    IntegrityError for dates in the wrong order.
    """
    kept = _locked(part)
    if role == Role.OWNER:
        starts_at = ends_at = None
    wanted = {"role": str(role), "cohort_id": cohort.pk if cohort else None, "starts_at": starts_at, "ends_at": ends_at}
    changed = {name: value for name, value in wanted.items() if getattr(kept, name) != value}
    if not changed:
        return False
    Enrollment.objects.filter(pk=kept.pk).update(**changed)
    _keep_an_owner(kept.course)
    before = kept.role
    detail = {"changed": sorted(name.removesuffix("_id") for name in changed), "from": before, "to": str(role)}
    record("changed a part", subject=f"enrollment:{part.uuid}", actor=actor, course=kept.course.uuid, detail=detail)
    part.refresh_from_db()
    return True


@transaction.atomic
def end_part(part: Enrollment, *, actor: User | None, at: datetime | None = None) -> bool:
    """The person takes no part any more; whatever they did stays, grades among it. Returns False when it was so.

    Raises LastOwner when nobody would own the course.
    """
    kept = _locked(part)
    if kept.left_at is not None:
        return False
    Enrollment.objects.filter(pk=kept.pk).update(left_at=at or database_now())
    _keep_an_owner(kept.course)
    record("ended a part", subject=f"enrollment:{part.uuid}", actor=actor, course=kept.course.uuid)
    return True


@transaction.atomic
def give_back_part(part: Enrollment, *, actor: User | None) -> bool:
    """The person takes part again as they did, with all they did. Returns False when they do already."""
    kept = _locked(part)
    if kept.left_at is None:
        return False
    Enrollment.objects.filter(pk=kept.pk).update(left_at=None)
    record("gave a part back", subject=f"enrollment:{part.uuid}", actor=actor, course=kept.course.uuid)
    return True


@transaction.atomic
def hand_over(course: Course, *, to: Enrollment, actor: User) -> None:
    """`to` owns the course, and the actor, who owned it, edits it from now on; both or neither.

    Raises LastOwner when the actor owns it no longer, or `to` takes no part in it.
    """
    kept = _locked(to)
    owning = Enrollment.objects.filter(course=course.pk, user=actor, role=Role.OWNER, left_at__isnull=True)
    is_heir = kept.course_id == course.pk and kept.left_at is None and kept.user_id != actor.pk
    if not is_heir or not owning.update(role=Role.EDITOR):
        raise LastOwner("Only an owner hands a course over, to somebody else who takes part in it.")
    Enrollment.objects.filter(pk=kept.pk).update(role=Role.OWNER, starts_at=None, ends_at=None)
    record("handed the course over", subject=f"enrollment:{to.uuid}", actor=actor, course=course.uuid)


def _locked(part: Enrollment) -> Enrollment:
    """The part as it is, with its course, which is locked: owners come and go one at a time."""
    Course.objects.select_for_update().get(pk=part.course_id)
    return Enrollment.objects.select_related("course").get(pk=part.pk)


def _keep_an_owner(course: Course) -> None:
    if not Enrollment.objects.filter(course=course, role=Role.OWNER, left_at__isnull=True).exists():
        raise LastOwner
