"""The course and a lesson as one learner has them at one moment, for those who may see drafts. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from course.domain.lesson_page import lesson_page
from course.domain.people import Group, people_of
from course.models import Course, Enrollment, Lesson
from course.rules import courses_readable_to, courses_where, parts_of
from quizzes.domain.reading_pages import course_page, lessons_with_checkpoint
from web.learner.preview_form import PreviewForm
from web.learner.previewed import as_preview
from web.learner.views.reading import course_context, lesson_context, reader_of

MOST_LEARNERS = 500
"""So many are offered by name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is previewed: the course, for the learner of a part, or a visitor, at a moment."""

    course: Course
    form: PreviewForm
    chosen: Enrollment | None
    at: datetime

    @property
    def part(self) -> Enrollment | None:
        """The learner's part as it counts at that moment; None before it begins and after it ends."""
        if self.chosen is None:
            return None
        return parts_of(self.chosen.user_id, at=self.at).filter(course=self.course.pk).first()

    @property
    def finds_course(self) -> bool:
        """Whether the learner finds the course at that moment."""
        person = self.chosen.user_id if self.chosen else None
        return courses_readable_to(person, at=self.at).filter(pk=self.course.pk).exists()

    @property
    def query(self) -> str:
        """What names the learner and the moment in an address."""
        given = {name: self.form.data.get(name, "") for name in ("learner", "at")}
        return urlencode({name: value for name, value in given.items() if value})


@require_safe
@login_required
def course(request: HttpRequest, course: str) -> HttpResponse:
    """The course's page as the learner in `learner` has it `at` a moment, or why they do not find it."""
    asked = _asked(request, course)
    if not asked.finds_course:
        return _shown(request, asked, "nothing", {"course": asked.course})
    part = asked.part
    page = course_page(asked.course, enrollment=part, at=asked.at)
    return _shown(request, asked, "course", {**course_context(page, part), "studio": ""})


@require_safe
@login_required
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """A lesson's page as the learner in `learner` has it `at` a moment, or why they do not find it."""
    asked = _asked(request, course)
    found = get_object_or_404(
        Lesson.objects.select_related("course", "revision__article"), course=asked.course.pk, slug=lesson
    )
    if not asked.finds_course:
        return _shown(request, asked, "nothing", {"course": asked.course})
    part = asked.part
    page = lesson_page(
        found, enrollment=part, siblings=lessons_with_checkpoint(found.course_id, part, reading=found.pk)
    )
    return _shown(request, asked, "lesson", lesson_context(page))


def _asked(request: HttpRequest, slug: str) -> Asked:
    course = get_object_or_404(courses_where(reader_of(request), "course.preview"), slug=slug)
    form = PreviewForm(request.GET, learners=people_of(course, group=Group.LEARNERS)[:MOST_LEARNERS])
    form.is_valid()
    return Asked(course, form, form.enrollment, form.cleaned_data.get("at") or timezone.now())


def _shown(request: HttpRequest, asked: Asked, page: str, context: dict[str, Any]) -> HttpResponse:
    """The learner's own template, with what says that it is a preview above it."""
    around = {
        "user": asked.chosen.user if asked.chosen else AnonymousUser(),
        "preview": asked,
        "form": asked.form,
    }
    text = render_to_string(f"learner/preview/{page}.html", {**context, **around}, request)
    return HttpResponse(as_preview(text, asked=asked.query), status=422 if asked.form.errors else 200)
