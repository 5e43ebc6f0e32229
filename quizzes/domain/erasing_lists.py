"""Lists that came into a course, of which somebody is erased: their lines, and what else of a list names them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from course.models import Course
from language import marked
from quizzes.domain.erasing_reasons import ERASED, names
from quizzes.models import ImportLine, ListImport, RunState

WAITING = (RunState.PLANNING, RunState.PLANNED)


def lists_touched(person: User, *, course: Course | None = None) -> list[tuple[str, str, QuerySet[Any]]]:
    """Every sort of row of lists that speaks of the person, in `course` or in all, and what becomes of it."""
    return [
        (marked("list that waits to be applied"), marked("is deleted, as it names them"), _waiting(person, course)),
        (marked("line of a list"), marked("is deleted; what it did stays"), _lines(person, course)),
        (marked("reason of a list of grades"), marked("is emptied where it speaks of them"), _reasons(person, course)),
    ]


def erase_from_lists(person: User, *, course: Course | None = None) -> None:
    """No list speaks of the person any more; in the caller's transaction."""
    _reasons(person, course).update(reason=ERASED)
    _waiting(person, course).delete()
    _lines(person, course).delete()


def _lists(course: Course | None) -> QuerySet[ListImport]:
    return ListImport.objects.all() if course is None else ListImport.objects.filter(course=course.pk)


def _waiting(person: User, course: Course | None) -> QuerySet[ListImport]:
    waiting = _lists(course).filter(state__in=WAITING)
    return waiting.filter(text__icontains=person.email) if person.email else waiting.none()


def _lines(person: User, course: Course | None) -> QuerySet[ImportLine]:
    named = Q(part__user=person)
    if person.email:
        named |= Q(address=person.email)
    return ImportLine.objects.filter(named, list_import__in=_lists(course).order_by().values("pk"))


def _reasons(person: User, course: Course | None) -> QuerySet[ListImport]:
    """Lists whose reason holds the person's address or a part of their name; of courses that they have a part in."""
    known = _lists(course).filter(course__enrollments__user=person).exclude(reason__in=["", ERASED])
    named = names(person)
    found = [key for key, reason in known.order_by("pk").values_list("pk", "reason") if named.search(reason)]
    return ListImport.objects.filter(pk__in=found)
