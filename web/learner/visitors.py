"""What somebody read before they signed in: kept in their session, and theirs once they have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from accounts.models import User
from course.domain.lesson_page import lessons_with_reading
from course.domain.progress import take_over_readings
from course.models import Lesson
from quizzes.domain.reading_pages import HomePage

READ = "read"
MOST_KEPT = 300
"""Lessons of one visitor: a session is a row that every page of theirs begins with."""


def keep_reading(request: HttpRequest, lesson: Lesson, *, at: datetime) -> None:
    """The visitor has read the lesson; the first time counts, and of too many the oldest are forgotten."""
    kept: dict[str, str] = request.session.get(READ, {})
    kept.setdefault(str(lesson.uuid), at.isoformat())
    request.session[READ] = dict(sorted(kept.items(), key=lambda each: each[1])[-MOST_KEPT:])


def readings_of(request: HttpRequest) -> dict[UUID, datetime]:
    """The lessons (by uuid) that the visitor has read, and when; no query without a session."""
    kept: dict[str, str] = request.session.get(READ, {})
    return {UUID(lesson): datetime.fromisoformat(at) for lesson, at in kept.items()}


def mark_what_was_read(request: HttpRequest, lessons: Iterable[Any]) -> None:
    """Each of the lessons says whether it `is_read` by this visitor."""
    read = readings_of(request)
    for lesson in lessons:
        lesson.is_read = lesson.uuid in read


def mark_where_one_stands(request: HttpRequest, page: HomePage) -> HomePage:
    """Home with the course that the visitor read last as one begun, if there is more of it to read; one query then."""
    read = readings_of(request)
    courses = {course.pk: course for course in page.others}
    newest = Lesson.objects.filter(uuid__in=list(read), course__in=courses) if read else ()
    last = max(newest, key=lambda lesson: read[lesson.uuid], default=None)
    if last is None:
        return page
    course = courses[last.course_id]
    lessons = list(enumerate(lessons_with_reading(course.pk, None), 1))
    unread = [(number, lesson) for number, lesson in lessons if lesson.uuid not in read]
    course.parts_read, course.next_quiz, course.next_lesson = len(lessons) - len(unread), None, None
    for number, lesson in unread[:1]:
        course.next_lesson = {"slug": lesson.slug, "title": lesson.title, "number": number, "words": lesson.words}
    others = tuple(each for each in page.others if each is not course)
    return HomePage(courses=(course,), attempts=(), others=others) if unread else page


def take_over(request: HttpRequest, user: User, **_: Any) -> None:
    """What was read in this session before its person signed in is theirs now, once. Connected to the sign-in."""
    session = getattr(request, "session", None)
    if session is not None and READ in session:
        take_over_readings(user, read=readings_of(request))
        del session[READ]
