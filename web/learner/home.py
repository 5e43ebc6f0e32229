"""What a learner's home says: the one next step, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from language import say
from quizzes.domain.deadlines import window_of
from quizzes.domain.due import DueQuiz
from quizzes.domain.reading_pages import HomePage
from quizzes.models import Attempt, AttemptState
from quizzes.policy import Shown, shown_now
from web.learner.wording import coming_day, day_of, moment, percent

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


@dataclass(frozen=True, slots=True)
class Due:
    """Something to hand in: where, what, and until when in words."""

    url: str
    title: str
    course: str
    until: str
    is_begun: bool


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
        heading=say("You are in the middle of the quiz “{title}”", title=title),
        action=say("Continue the quiz: {title}", title=title),
        url=reverse("learner:attempt", args=[attempt.uuid]),
        course=attempt.quiz.course,
    )


def _go_on(course: Any) -> Step | None:
    lesson = course.next_lesson
    if lesson:
        place = say("part\N{NO-BREAK SPACE}{number}, “{title}”", number=lesson["number"], title=lesson["title"])
        return Step(
            heading=say("Next comes {place}", place=place)
            if course.parts_read
            else say("You are about to begin {place}", place=place),
            action=say("Continue: {part}", part=part_of(lesson, course))
            if course.parts_read
            else say("Start reading: {part}", part=part_of(lesson, course)),
            url=reverse("learner:lesson", args=[course.slug, lesson["slug"]]),
            course=course,
            lesson=lesson,
        )
    if course.next_quiz:
        title = course.next_quiz["title"]
        return Step(
            heading=say("You have read all of “{title}”", title=course.title),
            action=say("Take the quiz: {title}", title=title),
            url=reverse("learner:quiz", args=[course.slug, course.next_quiz["slug"]]),
            course=course,
        )
    return None


def _look_back(course: Any) -> Step:
    return Step(
        heading=say("You have finished “{title}”", title=course.title),
        action=say("See your progress"),
        url=reverse("learner:course-progress", args=[course.slug]),
        course=course,
    )


def _begin(course: Any) -> Step | None:
    lesson = course.next_lesson
    if not lesson:
        return None
    return Step(
        heading=course.title,
        action=say("Start reading: {part}", part=part_of(lesson, course)),
        url=reverse("learner:lesson", args=[course.slug, lesson["slug"]]),
        course=course,
        lesson=lesson,
    )


def part_of(lesson: dict[str, Any], course: Any) -> str:
    """The lesson by title and place: "The march on Minsk, part 4 of 5"."""
    return say("{title}, part {number} of {parts}", title=lesson["title"], number=lesson["number"], parts=course.parts)


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
        until = (
            say(" It ends on {deadline_at}.", deadline_at=moment(localtime(attempt.deadline_at)))
            if attempt.deadline_at
            else ""
        )
        return (
            attempt.started_at,
            say("You began the quiz “{title}”", title=title),
            say(" and have not submitted it yet.{until}", until=until),
        )
    if attempt.graded_at is None or attempt.fraction is None:
        return attempt.submitted_at, say("You submitted “{title}”", title=title), say("; it is being graded.")
    if may_see_fraction(attempt, at):
        return (
            attempt.graded_at,
            say("Your answers to “{title}” are graded:", title=title),
            say(" {fraction} of its points.", fraction=_unparted(percent(attempt.fraction))),
        )
    return (
        attempt.graded_at,
        say("Your answers to “{title}” are graded", title=title),
        say("; the result is shown when the quiz closes."),
    )


def dues(found: Sequence[DueQuiz], *, at: datetime) -> list[Due]:
    """What is due as home says it."""
    return [
        Due(
            url=reverse("learner:quiz", args=[due.quiz.course.slug, due.quiz.slug]),
            title=due.quiz.title,
            course=due.quiz.course.title,
            until=_until(due, at),
            is_begun=due.is_begun,
        )
        for due in found
    ]


def _until(due: DueQuiz, at: datetime) -> str:
    closes, now = localtime(due.closes_at), localtime(at)
    extended = (
        say(", extended from {extended_from}", extended_from=moment(localtime(due.extended_from)))
        if due.extended_from
        else ""
    )
    return say(
        "until {day}, {time}{extended}",
        day=coming_day(closes, now=now),
        time=f"{closes:%H:%M}",
        extended=extended,
    )


def _unparted(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def may_see_fraction(attempt: Attempt, at: datetime) -> bool:
    """Whether the attempt's policy shows the learner its fraction at `at`; it comes with its quiz and enrolment."""
    closed = window_of(attempt.quiz, attempt.enrollment).is_closed(at)
    submitted = attempt.state == AttemptState.SUBMITTED
    return Shown.FRACTION in shown_now(attempt.policy, submitted=submitted, closed=closed)
