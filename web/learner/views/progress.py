"""Progress: how far a learner has come, in all their courses or in one. Their own only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from course.models import CertificateFor, Enrollment
from quizzes.domain.completion import certificate_of, completion_of
from quizzes.domain.progress import course_progress
from quizzes.domain.reading_pages import courses_begun
from web.learner.charts.ring import ring
from web.learner.standing import standing_of
from web.learner.views.reading import enrollment_in, person_of, readable_course


@login_required
@require_safe
@gzip_page
def progress(request: HttpRequest) -> HttpResponse:
    """All courses of the learner, each with its ring; a single course is shown whole at once."""
    person = person_of(request)
    if person is None:
        raise Http404
    courses = list(courses_begun(person))
    if len(courses) == 1:
        enrollment = Enrollment.objects.select_related("course").get(user=person, course=courses[0])
        return course_standing(request, enrollment)
    rings = [(course, ring(course.parts_read, course.parts)) for course in courses]
    return render(request, "learner/progress/courses.html", {"section": "progress", "courses": rings})


@login_required
@require_safe
@gzip_page
def of_course(request: HttpRequest, course: str) -> HttpResponse:
    """The learner's progress in one course; who has not begun it is told how."""
    found = readable_course(request, course)
    enrollment = enrollment_in(found, person_of(request))
    if enrollment is None:
        return render(request, "learner/progress/not_begun.html", {"section": "progress", "course": found})
    enrollment.course = found
    return course_standing(request, enrollment)


def course_standing(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "progress",
        "course": enrollment.course,
        "standing": standing_of(course_progress(enrollment), at=now),
        **_certificate(enrollment, now),
    }
    return render(request, "learner/progress/course.html", context)


def _certificate(enrollment: Enrollment, now: datetime) -> dict[str, Any]:
    """What the page says of a certificate: the one that was issued, or what is left to do for it."""
    certificate = certificate_of(enrollment)
    if certificate is None and enrollment.course.certificate_for == CertificateFor.NOTHING:
        return {}
    return {"certificate": certificate, "completion": completion_of(enrollment, at=now)}
