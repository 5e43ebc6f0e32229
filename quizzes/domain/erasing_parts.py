"""A learner forgotten by one course: their part in it is nobody's, and what was counted and graded stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.domain.audit import record
from accounts.models import AuditEntry, InboxMessage, User
from course.domain.parts import TAUGHT
from course.models import Course, Enrollment
from jobs.domain.clock import database_now
from language import marked
from quizzes.domain.erasing import IS_KNOWN, erase_person, what_erasing_touches
from quizzes.domain.erasing_lists import erase_from_lists, lists_touched
from quizzes.domain.erasing_reasons import erase_reasons, runs_that_name
from quizzes.domain.erasing_words import (
    Forgotten,
    Touched,
    belongings_touched,
    counted_rows,
    delete_belongings,
    erase_words,
    hold_parts,
    words_touched,
)
from quizzes.errors import StillGraded
from quizzes.models import Attempt, AttemptState, Grading, Response


def erasable_parts(course: Course) -> QuerySet[Enrollment]:
    """The parts of the course's learners and observers, those who left among them, each with its person."""
    return Enrollment.objects.filter(course=course.pk, role__in=TAUGHT).select_related("user", "course", "cohort")


def what_erasing_part_touches(part: Enrollment) -> tuple[Forgotten, ...]:
    """What erasing the learner from the course would touch, by sort of row; none once that is done. Changes nothing.

    `part` comes with its person and course.
    """
    return what_erasing_touches(part.user) if _is_only_here(part) else counted_rows(_touched(part))


@transaction.atomic
def erase_part(part: Enrollment, *, actor: User | None, at: datetime | None = None) -> Mapping[str, int]:
    """Nothing in the course leads to the learner any more, nor holds their words; again, it changes nothing.

    The part goes to a person without a name and has ended; attempts, choices, grades, results and statistics stay with
    it, and an attempt that runs is void. Their account and their other courses are as before; an account that only
    awaits them here is erased. The part is held, and a constant number of statements follow. Returns the rows
    touched by sort. Raises StillGraded while an answer of theirs is being graded.
    """
    hold_parts(Enrollment.objects.filter(pk=part.pk))
    kept = Enrollment.objects.select_related("user", "course").get(pk=part.pk)
    if Response.objects.filter(attempt__enrollment=kept, grading=Grading.PENDING).exists():
        raise StillGraded
    touched = {each.what: each.rows for each in what_erasing_part_touches(kept)}
    if touched:
        _erase(kept, at=at or database_now())
        detail = {"rows": touched}
        subject = f"enrollment:{kept.uuid}"
        record("erased a learner", subject=subject, actor=actor, course=kept.course.uuid, detail=detail)
    return touched


def _is_only_here(part: Enrollment) -> bool:
    """Whether the account was made to await its person in this course, and awaits them in no other."""
    others = Enrollment.objects.filter(user=part.user_id).exclude(pk=part.pk)
    return part.user.awaited_since is not None and not others.exists()


def _touched(part: Enrollment) -> list[Touched]:
    own = Enrollment.objects.filter(pk=part.pk)
    named = own.filter(user__in=User.objects.filter(IS_KNOWN))
    return [
        (marked("part in the course"), marked("ends, and stays with a person without a name"), named),
        (marked("running attempt"), marked("is void"), _running(part)),
        *belongings_touched(own),
        *words_touched(own),
        (marked("message about the course"), marked("is deleted"), messages_about(part)),
        (
            marked("reason of a regrade"),
            marked("is emptied where it speaks of them"),
            runs_that_name(part.user, course=part.course),
        ),
        *lists_touched(part.user, course=part.course),
    ]


def _running(part: Enrollment) -> QuerySet[Attempt]:
    return Attempt.objects.filter(enrollment=part, state=AttemptState.IN_PROGRESS)


def messages_about(part: Enrollment) -> QuerySet[InboxMessage]:
    """What the person was told of the course and of their attempts in it; one query to find these."""
    attempts = Attempt.objects.filter(enrollment=part).order_by("pk").values_list("uuid", flat=True)
    at_them = [f"/attempts/{uuid}/{page}" for uuid in attempts for page in ("", "review/")]
    about = Q(url__startswith=f"/courses/{part.course.slug}/") | Q(url__in=at_them)
    return InboxMessage.objects.filter(about, user=part.user_id).order_by("pk")


def _erase(part: Enrollment, *, at: datetime) -> None:
    own, person = Enrollment.objects.filter(pk=part.pk), part.user
    if _is_only_here(part):
        erase_person(person)
        own.update(left_at=Coalesce("left_at", Value(at)))
        return
    erase_reasons(person, course=part.course)
    erase_from_lists(person, course=part.course)
    erase_words(own)
    delete_belongings(own)
    messages_about(part).delete()
    _running(part).update(state=AttemptState.VOID)
    AuditEntry.objects.filter(actor=person, subject=f"enrollment:{part.uuid}").update(actor=None)
    nobody = User.objects.create_user(is_active=False)
    own.update(user=nobody, invited_at=None, left_at=Coalesce("left_at", Value(at)))
