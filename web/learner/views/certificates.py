"""Certificates: asked for by who completed a course, and checked by anybody who has the code."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from course.rules import is_readable_by
from quizzes.domain.completion import certificate_by_code, issue_certificate
from quizzes.models import Certificate
from web.learner.errors import told
from web.learner.views.reading import enrollment_in, person_of, readable_course, see_other


@login_required
@require_POST
@told
def ask(request: HttpRequest, course: str) -> HttpResponse:
    """The learner has a certificate and looks at it; asked for again, it is the same."""
    found = readable_course(request, course)
    enrollment = enrollment_in(found, person_of(request))
    if enrollment is None:
        raise Http404
    return see_other(reverse("learner:certificate", args=[issue_certificate(enrollment).code]))


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate, for whoever was given its code."""
    try:
        found = certificate_by_code(code)
    except Certificate.DoesNotExist as missing:
        raise Http404 from missing
    course = found.enrollment.course
    shown = {"certificate": found, "course": course, "may_read": is_readable_by(request.user, course)}
    page = render(request, "learner/certificate.html", shown)
    page["X-Robots-Tag"] = "noindex"
    return page
