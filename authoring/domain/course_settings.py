"""What readers are told of a course, who finds it, and what completes it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.domain.audit import record
from accounts.models import User
from course.models import CertificateFor, Course
from quizzes.domain.completion import set_certificate

TOLD = ("title", "summary", "visibility")
"""What is kept on the course as it is; what its certificate takes has its own rule."""


@transaction.atomic
def change_course(course: Course, *, changes: Mapping[str, str], actor: User) -> Course:
    """The course has this title, summary, visibility and `certificate_for`, as far as they are given; returns it.

    Its address stays. It is audited, by the names of what changed alone. The same again changes nothing. The course is
    locked.
    """
    kept = Course.objects.select_for_update().get(pk=course.pk)
    changed = [name for name in TOLD if name in changes and changes[name] != getattr(kept, name)]
    for name in changed:
        setattr(kept, name, changes[name])
    if changed:
        kept.save(update_fields=changed)
        detail = {"settings": changed}
        record("changed settings", subject=f"course:{kept.uuid}", actor=actor, course=kept.uuid, detail=detail)
    if "certificate_for" in changes:
        set_certificate(kept, wanted=CertificateFor(changes["certificate_for"]), by=actor)
    return kept
