"""What a learner's home says: the one next step, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from quizzes.domain.deadlines import window_of
from quizzes.domain.reading_pages import HomePage
from quizzes.models import Attempt, AttemptState
from quizzes.policy import Shown, shown_now
from web.learner.wording import day_of, percent

NEWS_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next. `action` names it by its verb, `url` leads there; `lesson` is there when it is a lesson."""

    heading: str
    action: str
    url: str
    course: Any
    lesson: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened: `link` is the linked words, `rest` what follows them."""

    at: datetime
    day: str
    link: str
    url: str
    rest: str


def next_step(page: HomePage) -> Step | None:
    """An attempt in progress first, then the next part of the course touched last, then its quiz, then a new course."""
    running = next((attempt for attempt in page.attempts if attempt.state == AttemptState.IN_PROGRESS), None)
    if running is not None:
        return _go_on_answering(running)
    if page.courses:
        return _go_on(page.courses[0]) or next(filter(None, map(_go_on, page.courses)), _look_back(page.courses[0]))
    return next(filter(None, map(_begin, page.others)), None)


def _go_on_answering(attempt: Attempt) -> Step:
    title = attempt.quiz.title
    return Step(
        heading=f"You are in the middle of the quiz “{title}”",
        action=f"Continue the quiz: {title}",
        url=reverse("learner:attempt", args=[attempt.uuid]),
        course=attempt.quiz.course,
    )


def _go_on(course: Any) -> Step | None:
    lesson = course.next_lesson
    if lesson:
        place = f"part\N{NO-BREAK SPACE}{lesson['number']}, “{lesson['title']}”"
        return Step(
            heading=f"Next comes {place}" if course.parts_read else f"You are about to begin {place}",
            action=f"{'Continue' if course.parts_read else 'Start reading'}: {part_of(lesson, course)}",
            url=reverse("learner:lesson", args=[course.slug, lesson["slug"]]),
            course=course,
            lesson=lesson,
        )
    if course.next_quiz:
        title = course.next_quiz["title"]
        return Step(
            heading=f"You have read all of “{course.title}”",
            action=f"Take the quiz: {title}",
            url=reverse("learner:quiz", args=[course.slug, course.next_quiz["slug"]]),
            course=course,
        )
    return None


def _look_back(course: Any) -> Step:
    return Step(
        heading=f"You have finished “{course.title}”",
        action="See your progress",
        url=reverse("learner:course-progress", args=[course.slug]),
        course=course,
    )


def _begin(course: Any) -> Step | None:
    lesson = course.next_lesson
    if not lesson:
        return None
    return Step(
        heading=course.title,
        action=f"Start reading: {part_of(lesson, course)}",
        url=reverse("learner:lesson", args=[course.slug, lesson["slug"]]),
        course=course,
        lesson=lesson,
    )


def part_of(lesson: dict[str, Any], course: Any) -> str:
    """The lesson by title and place: "The march on Minsk, part 4 of 5"."""
    return f"{lesson['title']}, part {lesson['number']} of {course.parts}"


def news_of(page: HomePage, *, at: datetime) -> list[News]:
    """What happened to the learner's attempts in the last two weeks, newest first."""
    news = [_news_of_attempt(attempt, at) for attempt in page.attempts]
    recent = [piece for piece in news if piece.at >= at - NEWS_LASTS]
    return sorted(recent, key=lambda piece: piece.at, reverse=True)[:5]


def _news_of_attempt(attempt: Attempt, at: datetime) -> News:
    title, url = attempt.quiz.title, reverse("learner:attempt", args=[attempt.uuid])
    happened, link, rest = _words_on(attempt, title, at)
    return News(happened, day_of(localtime(happened), now=localtime(at)), link, url, rest)


def _words_on(attempt: Attempt, title: str, at: datetime) -> tuple[datetime, str, str]:
    if attempt.submitted_at is None:
        until = f" It ends on {localtime(attempt.deadline_at):%-d %B at %H:%M}." if attempt.deadline_at else ""
        return attempt.started_at, f"You began the quiz “{title}”", f" and have not submitted it yet.{until}"
    if attempt.graded_at is None or attempt.fraction is None:
        return attempt.submitted_at, f"You submitted “{title}”", "; it is being graded."
    if may_see_fraction(attempt, at):
        return (
            attempt.graded_at,
            f"Your answers to “{title}” are graded:",
            f" {_unparted(percent(attempt.fraction))} of its points.",
        )
    return attempt.graded_at, f"Your answers to “{title}” are graded", "; the result is shown when the quiz closes."


def _unparted(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def may_see_fraction(attempt: Attempt, at: datetime) -> bool:
    """Whether the attempt's policy shows the learner its fraction at `at`; it comes with its quiz and enrolment."""
    closed = window_of(attempt.quiz, attempt.enrollment).is_closed(at)
    submitted = attempt.state == AttemptState.SUBMITTED
    return Shown.FRACTION in shown_now(attempt.policy, submitted=submitted, closed=closed)
