"""How many people it takes to accept a question of a course."""

from __future__ import annotations

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from course.models import Course


@transaction.atomic
def set_two_person_review(course: Course, *, on: bool, by: User) -> None:
    """From now on whoever wrote a draft may, or may not, accept it alone; what was accepted stays so. It is audited."""
    changed = Course.objects.filter(pk=course.pk).exclude(two_person_review=on).update(two_person_review=on)
    course.two_person_review = on
    if changed:
        verb = "asked for two people to review" if on else "let one person review"
        record(verb, subject=f"course:{course.uuid}", actor=by, course=course.uuid)
