"""A course is put away, or its learner erased, while an attempt goes on: what they are told, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from course.models import Course, Enrollment, Role
from jobs.domain import database_now, run_job, sweep
from jobs.models import LIVE, Job
from quizzes.models import AnswerEvent, Attempt, AttemptState, Grading, GradingEvent, Response
from tests.factories import make_person
from tests.web.learner.sittings import Sitting

pytestmark = [pytest.mark.django_db, pytest.mark.twice]

PUT_AWAY = "The course was put away meanwhile: this attempt goes on, and its answers are graded."
CLOSED = "This course is not open to you any more."
SECRET = "what only Ida would write"


@pytest.fixture
def sitting() -> Sitting:
    """Somebody in the midst of answering, whose first words are kept."""
    made = Sitting(Client())
    made.start()
    assert made.put(4, {"answer": SECRET, "sequence": 0}).status_code == 200
    return made


def put_away(course: Course, step: str) -> None:
    """Its owner does it on the course's page."""
    author, client = make_person(may_author=True), Client()
    Enrollment.objects.create(course=course, user=author, role=Role.OWNER, enrolled_at=database_now())
    client.force_login(author)
    assert client.post(f"/studio/courses/{course.slug}/shelf/", {"do": step}).status_code == 303


def erase_oneself(sitting: Sitting) -> None:
    """The learner does it on their own page, in another browser, and the job that is made of it is done."""
    other = Client()
    other.force_login(sitting.enrollment.user)
    other.post("/own/erase/", {"sure": "erase"})
    do_all()


def do_all() -> None:
    """Sweeper and workers have done what there was to do."""
    sweep()
    for job in Job.objects.filter(state__in=LIVE):
        run_job(job.uuid)


def kept() -> tuple[Any, int]:
    found = Response.objects.get(position=4)
    return found.answer, found.sequence


@pytest.mark.parametrize("step", ["archive", "unpublish"])
def test_what_was_begun_in_a_course_that_is_put_away_is_answered_submitted_and_graded(
    sitting: Sitting, step: str
) -> None:
    assert PUT_AWAY not in sitting.get()

    put_away(sitting.quiz.course, step)

    assert PUT_AWAY in sitting.get()
    assert sitting.put(4, {"answer": "thirst machine", "sequence": 1}).status_code == 200
    assert "One of six questions answered" in sitting.get("summary/")
    sitting.submit()
    sitting.grade()
    assert "One of six points" in sitting.get()
    assert sitting.attempt.graded_at is not None


@pytest.mark.parametrize("step", ["archive", "unpublish"])
def test_every_link_of_a_review_leads_somewhere_after_its_course_was_put_away(sitting: Sitting, step: str) -> None:
    sitting.submit()
    sitting.grade()
    assert CLOSED not in sitting.get()

    put_away(sitting.quiz.course, step)

    page = sitting.get()
    assert CLOSED in page
    assert {link: sitting.client.get(link).status_code for link in links_of(page)} == dict.fromkeys(links_of(page), 200)


def test_a_void_attempt_of_a_course_that_was_put_away_leads_home(sitting: Sitting) -> None:
    Attempt.objects.update(state=AttemptState.VOID)
    assert f'href="{sitting.quiz_address}"' in sitting.get()

    put_away(sitting.quiz.course, "archive")

    assert f'href="{sitting.quiz_address}"' not in sitting.get()


def links_of(page: str) -> list[str]:
    """The addresses within Postil that the page's own part leads to."""
    return [
        link.partition("#")[0] or "/" for link in re.findall(r'<a\b[^>]*? href="(/[^"]*)"', page.partition("<main")[2])
    ]


def test_nobody_begins_another_attempt_in_a_course_that_is_put_away(sitting: Sitting) -> None:
    put_away(sitting.quiz.course, "archive")

    sitting.submit()

    assert sitting.client.post(f"{sitting.quiz_address}start/").status_code == 404
    assert Attempt.objects.count() == 1


ASKED: dict[str, Callable[[Sitting], Any]] = {
    "the page": lambda sitting: sitting.client.get(sitting.address),
    "a form": lambda sitting: sitting.save({"answer-4": SECRET, "sequence-4": "1"}),
    "submitting": lambda sitting: sitting.client.post(f"{sitting.address}submit/"),
}


@pytest.mark.parametrize("way", ASKED)
def test_who_was_erased_meanwhile_is_led_to_signing_in(sitting: Sitting, way: str) -> None:
    erase_oneself(sitting)

    answer = ASKED[way](sitting)

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/")
    assert (Attempt.objects.get().state, kept()) == (AttemptState.IN_PROGRESS, (None, 1))


def test_a_script_is_told_in_words_and_nothing_is_written_again(sitting: Sitting) -> None:
    erase_oneself(sitting)

    answer = sitting.put(4, {"answer": SECRET, "sequence": 1})

    detail = "You are signed out. Sign in again, and your answer will be sent."
    assert (answer.status_code, answer.json()) == (401, {"code": "signed_out", "detail": detail})
    assert kept() == (None, 1)
    assert list(AnswerEvent.objects.values_list("answer", flat=True)) == [None]


def test_an_attempt_that_was_left_open_by_erasing_ends_at_its_deadline_without_a_name(sitting: Sitting) -> None:
    erase_oneself(sitting)
    Attempt.objects.update(deadline_at=database_now() - timedelta(minutes=1))

    do_all()
    do_all()

    assert sitting.attempt.graded_at is not None
    assert set(Response.objects.values_list("grading", flat=True)) == {Grading.GRADED}
    assert GradingEvent.objects.count() == Response.objects.count()
    assert GradingEvent.objects.filter(feedback__contains=SECRET).count() == 0
