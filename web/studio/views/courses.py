"""The author's courses: the list, one course with what is still to decide, and its publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from authoring.domain.passages import seen_passages
from authoring.domain.publish import (
    Mend,
    PublishingProblem,
    archive_course,
    last_published,
    problems_to_mend,
    publish_course,
    restore_course,
    unpublish_course,
)
from authoring.domain.review import with_tallies
from course.domain.lesson_page import WORDS_A_MINUTE
from course.models import CertificateFor, CourseState, Lesson
from course.rules import courses_editable_by, courses_gradable_by, courses_where, may_create_courses
from jobs.models import JobState
from language import say
from quizzes.domain.completion import set_certificate
from quizzes.domain.manual_queue import waiting_by_course, waiting_count
from quizzes.errors import CannotPublish
from web.studio.access import author, for_editors, see
from web.studio.certificate_words import CERTIFICATES
from web.studio.views.model import model_shown
from web.studio.wording import counted


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All courses the person owns or edits, newest first, with what waits; then those they grade or assist in."""
    courses = list(with_tallies(courses_editable_by(request.user)).order_by("-created_at", "-pk"))
    may_create = may_create_courses(request.user)
    graded = courses_gradable_by(request.user)
    to_grade = waiting_by_course(graded)
    shown = [each.pk for each in (*courses, *to_grade)]
    quiet = list(graded.exclude(pk__in=shown).order_by("title", "pk"))
    assisted = list(courses_where(request.user, "course.see_people").exclude(pk__in=[each.pk for each in courses]))
    if not (courses or may_create or assisted or to_grade or quiet):
        raise PermissionDenied
    context = {
        "section": "studio",
        "courses": courses,
        "may_create": may_create,
        "to_grade": to_grade,
        "quiet": quiet,
        "assisted": assisted,
        "is_grader": not courses and not may_create and not assisted,
    }
    return render(request, "studio/home.html", context)


@require_safe
@for_editors
def course(request: HttpRequest, *, course: Any) -> HttpResponse:
    """What the course consists of, what is still to decide, and the button that publishes it."""
    if not course.lesson_count and course.build_state not in (None, JobState.DONE):
        return redirect("studio:build", course.uuid)
    return overview(request, course)


def overview(
    request: HttpRequest, course: Any, *, problems: Iterable[PublishingProblem] = (), status: int = 200
) -> HttpResponse:
    """The course's page, with the problems that kept it from being published."""
    lessons: list[Any] = list(Lesson.objects.filter(course=course.pk).order_by("position"))
    for lesson in lessons:
        lesson.minutes = max(1, round(lesson.words / WORDS_A_MINUTE))
    context = {
        "section": "studio",
        "step": "overview",
        "course": course,
        "lessons": lessons,
        "words": sum(lesson.words for lesson in lessons),
        "dropped": sum(passage.is_dropped and not passage.is_read for passage in seen_passages(course)),
        "waiting": waiting_count(course),
        "problems": [(problem.message, _mending(course, problem)) for problem in problems],
        "last_published": last_published(course),
        "is_published": course.state == CourseState.PUBLISHED,
        "certificate_choices": [(what, say(words)) for what, words in CERTIFICATES.items()],
        **model_shown(course),
    }
    return render(request, "studio/course.html", context, status=status)


def _mending(course: Any, problem: PublishingProblem) -> str:
    """The address where the problem is mended."""
    if problem.mend == Mend.COURSE:
        return reverse("studio:questions", args=[course.slug])
    return reverse(f"studio:{problem.mend}", args=[course.slug, problem.name])


@require_POST
@for_editors
def put_away(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The course is unpublished, archived or restored, as `do` says; publishing brings it back."""
    deeds = {
        "unpublish": (unpublish_course, say("Unpublished. Learners no longer find it; all that they did is kept.")),
        "archive": (archive_course, say("Archived. Only its owner and editors see it; all that learners did is kept.")),
        "restore": (restore_course, say("Restored as a draft. Publish it to bring it back to learners.")),
    }
    deed, said = deeds.get(request.POST.get("do", ""), (None, ""))
    if deed is not None:
        deed(course, actor=author(request))
        messages.success(request, said)
    return see(reverse("studio:course", args=[course.slug]))


@require_POST
@for_editors
def certificate(request: HttpRequest, *, course: Any) -> HttpResponse:
    """What a learner gets a certificate of the course for, from now on."""
    wanted = request.POST.get("for")
    if wanted in CertificateFor.values:
        set_certificate(course, wanted=CertificateFor(wanted), by=author(request))
        messages.success(request, say("Saved: {what}.", what=say(CERTIFICATES[CertificateFor(wanted)])))
    return see(f"{reverse('studio:course', args=[course.slug])}#certificate")


@require_POST
@for_editors
def publish(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Learners see the course and its accepted questions, or all that keeps it from them is told at once."""
    try:
        published = publish_course(course, actor=author(request))
    except CannotPublish as error:
        problems = problems_to_mend(course) or [PublishingProblem(problem) for problem in error.problems]
        return overview(request, course, problems=problems, status=409)
    address = request.build_absolute_uri(reverse("learner:course", args=[course.slug]))
    what = counted(published, "question was", "questions were")
    messages.success(
        request,
        say("Published. {questions} added. Learners find the course at {address}", questions=what, address=address),
    )
    return see(reverse("studio:course", args=[course.slug]))
