from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localtime

from quizzes.domain.due import DueQuiz
from quizzes.domain.reading_pages import HomePage
from quizzes.models import Attempt, Quiz
from tests.factories import NOW
from web.learner.home import Due, News, dues, news_of, next_step

SEES_ALL = {"after_submit": ["fraction"]}


def course(slug: str = "lake", **fields: Any) -> Any:
    given = {"slug": slug, "title": "Two towns", "parts": 3, "parts_read": 0, "next_lesson": None, "next_quiz": None}
    return SimpleNamespace(**{**given, **fields})


def lesson(number: int = 1) -> dict[str, Any]:
    return {"slug": f"part-{number}", "title": "The wall", "number": number, "words": 300}


def attempt(state: str = "submitted", **fields: Any) -> Attempt:
    quiz = Quiz(title="The check", slug="check")
    given = {"uuid": uuid4(), "quiz": quiz, "state": state, "policy": SEES_ALL, "started_at": NOW, "number": 1}
    made = Attempt(**{**given, **fields})
    made.quiz._state.fields_cache["course"] = course()
    return made


def page(*, courses: Any = (), attempts: Any = (), others: Any = ()) -> HomePage:
    return HomePage(courses=tuple(courses), attempts=tuple(attempts), others=tuple(others))


def test_nothing_to_read_is_no_step() -> None:
    assert next_step(page()) is None
    assert next_step(page(others=[course()])) is None


@pytest.mark.parametrize(
    ("home", "action", "url"),
    [
        (
            page(others=[course(next_lesson=lesson())]),
            "Start reading: The wall, part 1 of 3",
            "/courses/lake/lessons/part-1/",
        ),
        (
            page(courses=[course(next_lesson=lesson())]),
            "Start reading: The wall, part 1 of 3",
            "/courses/lake/lessons/part-1/",
        ),
        (
            page(courses=[course(next_lesson=lesson(2), parts_read=1)]),
            "Continue: The wall, part 2 of 3",
            "/courses/lake/lessons/part-2/",
        ),
        (
            page(courses=[course(next_quiz={"slug": "check", "title": "The check"}, parts_read=3)]),
            "Take the quiz: The check",
            "/courses/lake/quizzes/check/",
        ),
        (page(courses=[course(parts_read=3)]), "See your progress", "/courses/lake/progress/"),
        (
            page(courses=[course(parts_read=3), course("hill", next_lesson=lesson())]),
            "Start reading: The wall, part 1 of 3",
            "/courses/hill/lessons/part-1/",
        ),
    ],
    ids=["new here", "enrolled", "on the way", "all read", "all done", "another course"],
)
def test_the_next_step_is_named_by_its_verb(home: HomePage, action: str, url: str) -> None:
    step = next_step(home)
    assert step is not None
    assert (step.action, step.url) == (action, url)


def test_an_attempt_in_progress_comes_before_reading() -> None:
    running = attempt("in_progress")
    step = next_step(page(courses=[course(next_lesson=lesson())], attempts=[running]))
    assert step is not None
    assert (step.action, step.url) == ("Continue the quiz: The check", f"/attempts/{running.uuid}/")


def only_news(given: Attempt) -> News:
    (piece,) = news_of(page(attempts=[given]), at=NOW)
    return piece


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"submitted_at": NOW, "graded_at": NOW, "fraction": 0.5},
            "Your answers to “The check” are graded: 50\xa0% of its points.",
        ),
        ({"submitted_at": NOW}, "You submitted “The check”; it is being graded."),
        (
            {"submitted_at": NOW, "graded_at": NOW, "fraction": 0.5, "policy": {}},
            "Your answers to “The check” are graded; the result is shown when the quiz closes.",
        ),
        ({"state": "in_progress"}, "You began the quiz “The check” and have not submitted it yet."),
        (
            {"state": "in_progress", "deadline_at": NOW + timedelta(hours=1)},
            "You began the quiz “The check” and have not submitted it yet. It ends on 22 November at 13:00.",
        ),
    ],
    ids=["graded", "waiting", "held back", "running", "running out"],
)
def test_news_says_what_happened(fields: dict[str, Any], said: str) -> None:
    piece = only_news(attempt(**fields))
    assert piece.link + piece.rest == said
    assert piece.day == "Today 12:00"


def test_old_news_is_no_news() -> None:
    old = attempt(submitted_at=NOW - timedelta(days=15), started_at=NOW - timedelta(days=15))
    assert news_of(page(attempts=[old]), at=NOW) == []


def test_the_newest_comes_first_and_five_are_enough() -> None:
    attempts = [attempt(submitted_at=NOW - timedelta(hours=hours)) for hours in range(7)]
    assert [piece.at for piece in news_of(page(attempts=attempts[::-1]), at=NOW)] == [
        NOW - timedelta(hours=hours) for hours in range(5)
    ]


@pytest.mark.parametrize(
    ("closes", "until"),
    [
        (timedelta(hours=2), "until today, {:%H:%M}"),
        (timedelta(days=1), "until tomorrow, {:%H:%M}"),
        (timedelta(days=3), "until {:%A, %H:%M}"),
        (timedelta(days=12), "until {:%-d %B, %H:%M}"),
    ],
)
def test_what_is_due_says_until_when(closes: timedelta, until: str) -> None:
    found = [DueQuiz(checked(), NOW + closes, None, is_begun=True)]

    assert dues(found, at=NOW) == [
        Due("/courses/lake/quizzes/check/", "The check", "Two towns", until.format(localtime(NOW + closes)), True)
    ]


def test_more_time_says_what_it_extends() -> None:
    (due,) = dues([DueQuiz(checked(), NOW + timedelta(days=2), NOW + timedelta(days=1), is_begun=False)], at=NOW)

    assert due.until.endswith(f", extended from {localtime(NOW + timedelta(days=1)):%-d %B at %H:%M}")


def checked() -> Quiz:
    quiz = Quiz(title="The check", slug="check")
    quiz._state.fields_cache["course"] = course()
    return quiz
