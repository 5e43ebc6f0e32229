"""Reading: home, a course, a lesson. Looking at a page never writes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import uuid_in
from course.domain.enrolment import enrol_oneself, part_of
from course.domain.lesson_page import LessonPage, Section, lesson_page, lesson_readable_by
from course.domain.notes import notes_in, part_with_notes
from course.domain.progress import mark_read
from course.models import Course, Enrollment, Lesson, OldLessonSlug
from course.rules import courses_readable_by, granted_to
from quizzes.domain.due import due_quizzes
from quizzes.domain.reading_pages import CoursePage, course_page, home_page, lessons_with_checkpoint, opening_of
from quizzes.domain.remembering import due_by_course
from quizzes.domain.side_questions import sections_with_question
from quizzes.domain.weekly_goal import standing_of_goal
from web.learner.errors import told
from web.learner.goal_words import shown_goal
from web.learner.home import dues, news_of, next_step
from web.learner.keeping import kept_offline
from web.learner.lesson_layout import direction
from web.learner.lesson_text import lesson_text, text_with_notes
from web.learner.remembering import offers
from web.learner.visitors import keep_reading, mark_what_was_read, mark_where_one_stands
from web.learner.wording import minutes


@require_safe
@gzip_page
def home(request: HttpRequest) -> HttpResponse:
    """The next step, what is new, courses to go on with and to begin. Reading needs no account."""
    now, person = timezone.now(), person_of(request)
    page = home_page(person)
    if person is None:
        page = mark_where_one_stands(request, page)
    step = next_step(page)
    opening = opening_of(step.course.pk, step.lesson["slug"]) if step and step.lesson else ""
    context = {
        "section": "home",
        "page": page,
        "step": step,
        "opening": opening,
        "news": news_of(page, at=now),
        "dues": dues(due_quizzes(person, at=now), at=now) if person else [],
        "goal": shown_goal(standing_of_goal(person, at=now)) if person else None,
        "to_remember": offers(page, due_by_course(person, at=now) if person else {}),
    }
    return render(request, "learner/reading/home.html", context)


@require_safe
@gzip_page
def course(request: HttpRequest, course: str) -> HttpResponse:
    """What the course is made of, how far the learner is, where its text comes from."""
    found = readable_course(request, course)
    person = person_of(request)
    enrollment = enrollment_in(found, person)
    page = course_page(found, enrollment=enrollment, at=timezone.now())
    if person is None:
        mark_what_was_read(request, page.lessons)
    return kept_offline(render(request, "learner/reading/course.html", course_context(page, enrollment)))


def course_context(page: CoursePage, enrollment: Enrollment | None) -> dict[str, Any]:
    """What the course's template shows of the page to somebody with this part in it."""
    return {
        "page": page,
        "course": page.course,
        "unread": next((lesson for lesson in page.lessons if not lesson.is_read), None),
        "read": sum(bool(lesson.is_read) for lesson in page.lessons),
        "words": sum(lesson.words for lesson in page.lessons),
        "minutes_left": minutes(sum(lesson.words for lesson in page.lessons if not lesson.is_read)),
        "enrollment": enrollment,
        "studio": studio_page(page.course, enrollment),
        "dir": direction(page.course.language),
    }


def studio_page(course: Course, part: Enrollment | None) -> str:
    """Where in the studio somebody with this part in the course works on it; "" for those who only learn."""
    granted = granted_to(part.role) if part else frozenset()
    pages = {"course.edit": "course", "course.grade": "grading", "course.see_people": "people"}
    return next((reverse(f"studio:{page}", args=[course.slug]) for need, page in pages.items() if need in granted), "")


@require_safe
@gzip_page
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """One lesson with its notes in the margin. A slug it once had leads to it."""
    person = person_of(request)
    found = readable_lesson(request, course, lesson)
    if found is None:
        return redirect_from_old(request, course, lesson)
    enrollment = part_with_notes(person, course=found.course_id) if person else None
    siblings = lessons_with_checkpoint(found.course_id, enrollment, reading=found.pk)
    if person is None:
        mark_what_was_read(request, siblings)
    page = lesson_page(found, enrollment=enrollment, siblings=siblings)
    context = lesson_context(page) | {"may_note": person is not None}
    noted = context | with_notes(request, page, enrollment, context["asking"])
    return kept_offline(render(request, "learner/reading/lesson.html", noted))


def with_notes(request: HttpRequest, page: LessonPage, part: Any, asking: tuple[Section, ...]) -> dict[str, Any]:
    """The lesson's text with the reader's own notes, and those that lost their words; {} while they have none."""
    deleted = uuid_in(request.GET.get("deleted", ""))
    if part is None or not (part.has_notes or deleted):
        return {}
    own = notes_in(page.lesson, part, deleted=deleted)
    places = {"course": page.lesson.course.slug, "lesson": page.lesson.slug}
    text = text_with_notes(request, page.passages, **places, own=own, asking=asking)
    return {"text": text, "lost": [note for note in own if note.is_lost], "has_notes": part.has_notes}


def lesson_context(page: LessonPage) -> dict[str, Any]:
    """What the lesson's template shows of the page."""
    here = page.siblings[page.index]
    asking = sections_with_question(page.passages, here.proofs)
    return {
        "page": page,
        "course": page.lesson.course,
        "lesson": page.lesson,
        "here": here,
        "article": page.lesson.revision.article,
        "text": lesson_text(page.passages, course=page.lesson.course.slug, lesson=page.lesson.slug, asking=asking),
        "asking": asking,
        "number": page.index + 1,
        "dir": direction(page.lesson.course.language),
        "quiz_first": bool(here.quiz and not here.quiz["taken"]),
        "unread_words": sum(sibling.words for sibling in page.siblings if not sibling.is_read),
    }


@require_POST
@told
def lesson_read(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """The lesson is read, and the learner stands at what comes next: its quiz, the next lesson, or their progress.

    A visitor's reading is kept in their session; they stand at the next lesson, or the course.
    """
    person = person_of(request)
    found = readable_lesson(request, course, lesson)
    if found is None:
        raise Http404
    if person is None:
        keep_reading(request, found, at=timezone.now())
        return see_other(after_visit(found))
    enrollment = enrol_oneself(found.course, person=person)
    mark_read(found, enrollment=enrollment)
    return see_other(after_lesson(found, enrollment, wanted=request.POST.get("then", "")))


def after_visit(lesson: Lesson) -> str:
    """Where a visitor goes after the lesson: to the next one, or back to the course after the last."""
    following = Lesson.objects.filter(course=lesson.course_id, position__gt=lesson.position).order_by("position")
    slug = following.values_list("slug", flat=True).first()
    course = lesson.course.slug
    return reverse("learner:lesson", args=[course, slug]) if slug else reverse("learner:course", args=[course])


def after_lesson(lesson: Lesson, enrollment: Enrollment, *, wanted: str) -> str:
    """Where the learner goes after the lesson: to what they `wanted` ("quiz" or "next"), else to what is undone."""
    lessons = list(lessons_with_checkpoint(lesson.course_id, enrollment))
    index = next(i for i, each in enumerate(lessons) if each.pk == lesson.pk)
    quiz = lessons[index].quiz
    if quiz and wanted != "next" and (wanted == "quiz" or not quiz["taken"]):
        return reverse("learner:quiz", args=[lesson.course.slug, quiz["slug"]])
    if index + 1 < len(lessons):
        return reverse("learner:lesson", args=[lesson.course.slug, lessons[index + 1].slug])
    return reverse("learner:course-progress", args=[lesson.course.slug])


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in; None for a visitor."""
    return request.user if isinstance(request.user, User) else None


def readable_course(request: HttpRequest, slug: str) -> Course:
    """The course, if the person may read it; else there is no such page."""
    return get_object_or_404(courses_readable_by(reader_of(request)), slug=slug)


def readable_lesson(request: HttpRequest, course: str, slug: str) -> Lesson | None:
    """The lesson with its course, text and article, if the person may read it; None when there is none."""
    return lesson_readable_by(reader_of(request), course=course, slug=slug)


def enrollment_in(course: Course, person: User | None) -> Enrollment | None:
    """The person's part in the course, or None."""
    if person is None:
        return None
    return part_of(person, course=course.pk)


def part_in(request: HttpRequest, course: str) -> tuple[Course, Enrollment]:
    """The course and the person's part in it; else there is no such page."""
    found = readable_course(request, course)
    enrollment = enrollment_in(found, person_of(request))
    if enrollment is None:
        raise Http404
    return found, enrollment


def redirect_from_old(request: HttpRequest, course: str, slug: str) -> HttpResponse:
    """To the lesson that once had this slug; 404 when there was none, or none that the person may read."""
    readable = courses_readable_by(reader_of(request)).filter(slug=course)
    old = get_object_or_404(OldLessonSlug.objects.select_related("lesson"), course__in=readable, slug=slug)
    return redirect("learner:lesson", course, old.lesson.slug, permanent=True)


def reader_of(request: HttpRequest) -> User | AnonymousUser:
    return request.user


def see_other(address: str) -> HttpResponseRedirect:
    """After a POST: the page to look at, fetched anew."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
