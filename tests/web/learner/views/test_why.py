"""Why an answer has its grade, as its learner reads it, and the appeal against it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from quizzes.domain.appeals import decline
from quizzes.domain.attempts import start_attempt
from quizzes.models import Appeal, Attempt, Response
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.free_text import SURE_RIGHT, decide, free_text_quiz, graded, trust
from tests.quizzes.domain.regraded import REASON, Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def group(client: Client) -> Class:
    """One answer, graded; its learner is signed in."""
    made = Class()
    made.answered("dry machine")
    client.force_login(learner())
    return made


def learner() -> User:
    enrollment = Response.objects.get().attempt.enrollment
    assert enrollment is not None
    return enrollment.user


def address(page: str = "why", position: int = 1) -> str:
    return f"/attempts/{Response.objects.get().attempt.uuid}/responses/{position}/{page}/"


def test_the_page_tells_how_it_was_graded(client: Client, group: Class) -> None:
    page = client.get(address()).content.decode()
    assert "You answered: “dry machine”" in page
    assert "graded after submitting" in page
    assert "The answer and the wording are those that were graded." in page


def test_an_appeal_is_kept_with_its_reason_and_sent_twice_it_is_one(client: Client, group: Class) -> None:
    for _ in range(2):
        sent = client.post(address("appeal"), {"words": "It is dry, too."})
        assert (sent.status_code, sent["Location"]) == (303, address())
    assert Appeal.objects.get().text == "It is dry, too."
    page = client.get(address()).content.decode()
    assert "appealed, being looked at" in page
    assert "<form" not in page.partition("If it is not right")[2].partition("</section>")[0]
    assert "Appealed, being looked at" in client.get(f"/attempts/{Attempt.objects.get().uuid}/").content.decode()


def test_the_decision_stands_with_its_reason_and_leaves_room_for_another(client: Client, group: Class) -> None:
    client.post(address("appeal"), {"words": "It is dry, too."})
    decline(Appeal.objects.get(), by=group.instructor, decision="The text says thirst.")
    page = client.get(address()).content.decode()
    assert "looked at: the grade stands" in page
    assert "The text says thirst." in page
    assert "Why is this grade not right?" in page


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_an_appeal_without_words_or_with_too_many_is_refused(client: Client, group: Class, text: str) -> None:
    assert client.post(address("appeal"), {"words": text}).status_code == 422
    assert Appeal.objects.count() == 0


def test_a_grade_that_is_not_shown_yet_cannot_be_questioned(client: Client) -> None:
    group = Class(mode="exam", closes_at=NOW + timedelta(days=9_000))
    group.answered("dry machine")
    client.force_login(learner())
    page = client.get(address()).content.decode()
    assert "What was right is shown once this quiz says so." in page
    assert "thirst machine" not in page
    assert client.post(address("appeal"), {"words": "Let me see."}).status_code == 409
    assert Appeal.objects.count() == 0


def test_somebody_elses_answer_is_not_found(client: Client, group: Class) -> None:
    client.force_login(make_enrollment(group.course).user)
    assert client.get(address()).status_code == 404
    assert client.post(address("appeal"), {"words": "Mine!"}).status_code == 404


def test_a_position_that_is_not_there_is_not_found(client: Client, group: Class) -> None:
    assert client.get(address(position=9)).status_code == 404


def test_a_running_attempt_explains_nothing(client: Client, group: Class) -> None:
    enrollment = make_enrollment(group.course)
    attempt = start_attempt(group.quiz, enrollment=enrollment, at=NOW)
    client.force_login(enrollment.user)
    assert client.get(f"/attempts/{attempt.uuid}/responses/1/why/").status_code == 410


def test_after_a_regrade_the_review_shows_both_grades_and_what_is_right_now(client: Client, group: Class) -> None:
    group.accept("thirst machine", "dry machine")
    group.apply(group.plan())
    page = client.get(f"/attempts/{Attempt.objects.get().uuid}/").content.decode()
    assert "The grade changed" in page
    assert f"It was 0 of 1; graded again: {REASON}" in page
    assert "Now right as well: “dry machine”" in page
    assert "1 of 1" in page
    assert "graded again" in client.get(address()).content.decode()


def test_a_right_answer_is_explained_and_not_questioned(client: Client) -> None:
    group = Class()
    group.answered("thirst machine")
    client.force_login(learner())
    page = client.get(f"/attempts/{Attempt.objects.get().uuid}/").content.decode()
    assert "Every grading of it" in page
    assert "Question this grade" not in page


def test_a_review_without_a_change_says_nothing_of_one(client: Client, group: Class) -> None:
    page = client.get(f"/attempts/{Attempt.objects.get().uuid}/").content.decode()
    assert "The grade changed" not in page
    assert "Question this grade" in page


def test_a_grader_that_has_learned_since_is_told_to_the_learner(client: Client) -> None:
    quiz = free_text_quiz()
    trust(quiz)
    mine = graded(quiz, SURE_RIGHT)
    enrollment = mine.attempt.enrollment
    assert enrollment is not None
    client.force_login(enrollment.user)
    told = "What this grader is told beside the answer, such as what people gave for others, has changed since."
    here = f"/attempts/{mine.attempt.uuid}/responses/1/why/"
    assert told not in client.get(here).content.decode()
    decide(graded(quiz, "It wrote letters."), "0")
    assert told in client.get(here).content.decode()
