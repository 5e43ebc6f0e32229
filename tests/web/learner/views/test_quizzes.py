"""The quiz page and the start of an attempt, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from course.models import Course, CourseState, Enrollment, Role, Visibility
from jobs.domain.clock import database_now
from quizzes.models import Attempt
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.web.learner.sittings import Sitting, statements_of

pytestmark = pytest.mark.django_db


def test_the_rules_are_told_in_words(client: Client) -> None:
    sitting = Sitting(client, mode="check", attempts_allowed=3, time_limit_seconds=2400)
    sitting.enrollment.time_factor = 1.5
    sitting.enrollment.save()

    page = client.get(sitting.quiz_address).content.decode()

    assert "60 min, extended from 40 min." in page
    assert "Three of three left; the best one counts." in page
    assert "Six questions, six points in all." in page
    assert "After you submit you see your grade, why, and the passages that prove it." in page
    assert "The text stays open beside the questions." in page


def test_looking_at_a_quiz_starts_nothing(client: Client) -> None:
    sitting = Sitting(client)

    client.get(sitting.quiz_address)

    assert not Attempt.objects.exists()


def test_starting_leads_to_the_attempt(client: Client) -> None:
    sitting = Sitting(client)

    answer = client.post(f"{sitting.quiz_address}start/")

    assert answer.status_code == 303
    assert answer["Location"] == f"/attempts/{sitting.attempt.uuid}/"


def test_starting_twice_leads_to_the_same_attempt(client: Client) -> None:
    sitting = Sitting(client)

    first = client.post(f"{sitting.quiz_address}start/")
    second = client.post(f"{sitting.quiz_address}start/")

    assert first["Location"] == second["Location"]
    assert Attempt.objects.count() == 1


def test_an_attempt_in_progress_is_offered_to_be_continued(client: Client) -> None:
    sitting = Sitting(client)
    sitting.start()

    page = client.get(sitting.quiz_address).content.decode()

    assert "Continue your attempt" in page
    assert "Start the quiz" not in page


def test_the_last_attempt_used_up_is_said_and_no_button_shown(client: Client) -> None:
    sitting = Sitting(client, attempts_allowed=1)
    sitting.start()
    sitting.submit()

    page = client.get(sitting.quiz_address).content.decode()

    assert "You have used every attempt at this quiz." in page
    assert "Start another attempt" not in page


def test_starting_without_attempts_left_is_refused_in_words(client: Client) -> None:
    sitting = Sitting(client, attempts_allowed=1)
    sitting.start()
    sitting.submit()

    answer = client.post(f"{sitting.quiz_address}start/")

    assert answer.status_code == 403
    assert "You have used every attempt at this quiz." in answer.content.decode()


def test_a_closed_quiz_cannot_be_started(client: Client) -> None:
    sitting = Sitting(client, closes_at=NOW - timedelta(days=400))

    assert client.post(f"{sitting.quiz_address}start/").status_code == 403
    assert "This quiz closed on" in client.get(sitting.quiz_address).content.decode()


def test_a_quiz_without_questions_says_so(client: Client) -> None:
    sitting = Sitting(client, questions=0)

    assert "This quiz has no published question yet." in client.get(sitting.quiz_address).content.decode()
    assert client.post(f"{sitting.quiz_address}start/").status_code == 409


def test_who_is_not_signed_in_may_look_and_is_asked_to_sign_in(client: Client) -> None:
    sitting = Sitting(client)
    stranger = Client()

    page = stranger.get(sitting.quiz_address).content.decode()
    answer = stranger.post(f"{sitting.quiz_address}start/")

    assert "Sign in to start" in page
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_starting_enrols_a_learner_in_a_public_course(client: Client) -> None:
    sitting = Sitting(client)
    person = make_person()
    newcomer = Client()
    newcomer.force_login(person)

    answer = newcomer.post(f"{sitting.quiz_address}start/")

    assert answer.status_code == 303
    assert Enrollment.objects.filter(course=sitting.quiz.course, user=person).count() == 1


def test_a_course_for_enrolled_learners_hides_its_quizzes_from_others(client: Client) -> None:
    sitting = Sitting(client)
    Course.objects.update(visibility=Visibility.ENROLLED)
    stranger = Client()
    stranger.force_login(make_person())

    assert client.get(sitting.quiz_address).status_code == 200
    assert stranger.get(sitting.quiz_address).status_code == 404
    assert stranger.post(f"{sitting.quiz_address}start/").status_code == 404


def test_a_draft_course_has_no_quizzes_for_its_learners(client: Client) -> None:
    sitting = Sitting(client)
    Course.objects.update(state=CourseState.DRAFT, published_at=None)

    assert client.get(sitting.quiz_address).status_code == 404
    assert client.post(f"{sitting.quiz_address}start/").status_code == 404


def test_not_even_its_owner_takes_a_quiz_of_a_draft(client: Client) -> None:
    owner = make_person()
    course = make_course(owner=owner)
    quiz = make_quiz(course)
    Course.objects.update(state=CourseState.DRAFT, published_at=None)
    client.force_login(owner)

    address = f"/courses/{course.slug}/quizzes/{quiz.slug}/"

    assert client.get(address).status_code == 200
    assert client.post(f"{address}start/").status_code == 403
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_a_post_starts(client: Client, method: str) -> None:
    sitting = Sitting(client)

    assert getattr(client, method)(f"{sitting.quiz_address}start/").status_code == 405


def test_earlier_attempts_are_listed(client: Client) -> None:
    sitting = Sitting(client)
    sitting.start()
    sitting.submit()
    sitting.grade()

    page = client.get(sitting.quiz_address).content.decode()

    assert f'<a href="{sitting.address}">Attempt 1</a>' in page
    assert "graded" in page


@pytest.mark.parametrize("mode", ["practice", "check", "exam"])
def test_earlier_attempts_say_their_result(client: Client, mode: str) -> None:
    sitting = Sitting(client, mode=mode)
    sitting.start()
    sitting.answer_everything_rightly()
    sitting.submit()
    sitting.grade()

    assert "100 %" in client.get(sitting.quiz_address).content.decode()


def test_a_result_that_is_held_back_is_not_told_here_either(client: Client) -> None:
    sitting = Sitting(client, feedback_policy={"after_submit": []}, closes_at=NOW + timedelta(days=4000))
    sitting.start()
    sitting.answer_everything_rightly()
    sitting.submit()
    sitting.grade()

    assert "100 %" not in client.get(sitting.quiz_address).content.decode()


@pytest.mark.parametrize("questions", [5, 200])
def test_pages_cost_the_same_statements_for_few_and_many_questions(client: Client, questions: int) -> None:
    sitting = Sitting(client, questions=questions)

    assert statements_of(lambda: client.get(sitting.quiz_address)) == 5
    assert statements_of(lambda: client.post(f"{sitting.quiz_address}start/")) == 7


def test_a_closed_quiz_that_allows_practice_offers_it_and_says_that_it_counts_nowhere(client: Client) -> None:
    sitting = Sitting(client, questions=1, mode="exam", closes_at=NOW.replace(year=2025), practice_after_close=True)

    page = client.get(sitting.quiz_address).content.decode()
    sitting.start()
    sitting.save({"answer-1": "k7", "sequence-1": "0", "check": "1"})
    sitting.submit()
    sitting.grade()

    assert "You can still practise: it counts nowhere" in page
    assert ">Practise</button>" in page
    assert "Practice after the close: it counts nowhere." in sitting.get()
    assert '<span class="meta">practice</span>' in client.get(sitting.quiz_address).content.decode()


def test_what_was_late_says_what_counts_on_both_pages(client: Client) -> None:
    now = database_now()
    late = [{"hours": 24, "credit": 0.8}]
    sitting = Sitting(client, questions=1, mode="check", closes_at=now, late_credit=late, pass_fraction=Decimal("0.9"))
    sitting.start()
    sitting.save({"answer-1": "k7", "sequence-1": "0"})
    sitting.submit()
    sitting.grade()

    review = sitting.get()

    assert "0.8 of 1 points" in review
    assert "Submitted after the closing: 80 % of the points count." in review
    assert "Not passed: 90 % of the points are needed." in review
    assert "late, 80 % counts" in client.get(sitting.quiz_address).content.decode()


def test_an_observer_is_told_on_the_quiz_that_they_take_none(client: Client) -> None:
    course = make_course()
    quiz = make_quiz(course)
    client.force_login(make_enrollment(course, role=Role.OBSERVER).user)

    address = f"/courses/{course.slug}/quizzes/{quiz.slug}/"

    page = client.get(address)
    started = client.post(f"{address}start/")

    assert "You observe this course" in page.content.decode()
    assert "btn primary" not in page.content.decode()
    assert (started.status_code, Attempt.objects.exists()) == (403, False)
