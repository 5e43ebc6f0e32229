"""A quiz before it is taken, and the start of an attempt."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import signed_in
from course.domain.enrolment import enrol_oneself
from quizzes.domain.attempts import start_attempt
from quizzes.domain.quiz_page import quiz_page, quiz_readable_by
from quizzes.rules import own_part, require_may_answer, require_published
from web.learner.errors import told
from web.learner.quiz_wording import outcomes_of, rules_of


@require_GET
@gzip_page
@told
def quiz(request: HttpRequest, *, course: str, quiz: str) -> HttpResponse:
    """The quiz's rules in the learner's own terms, what was tried so far, and one button."""
    found = quiz_readable_by(request.user, course=course, slug=quiz)
    page = quiz_page(found, enrollment=own_part(found), at=found.now)
    shown = {"page": page, "quiz": found, "rules": rules_of(page), "outcomes": outcomes_of(page, at=found.now)}
    shown["is_practice"] = page.is_practice(found.now)
    return render(request, "learner/quizzes/quiz.html", shown)


@require_POST
@login_required
@told
def start(request: HttpRequest, *, course: str, quiz: str) -> HttpResponse:
    """An attempt is in progress; the answer leads to it."""
    found = quiz_readable_by(request.user, course=course, slug=quiz)
    require_published(found)
    part = own_part(found) or enrol_oneself(found.course, person=signed_in(request))
    attempt = start_attempt(found, enrollment=require_may_answer(part), at=found.now)
    return see(reverse("learner:attempt", args=[attempt.uuid]))


def see(address: str) -> HttpResponse:
    """After a POST: go and look there (303), so that reloading sends nothing twice."""
    return HttpResponseRedirect(address, status=303)
