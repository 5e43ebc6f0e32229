"""What a learner sees of a submitted attempt: the wait, the review, and nothing before its moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from quizzes.models import Attempt, AttemptState, Grading, Response
from tests.factories import NOW, make_person
from tests.quizzes.domain.looking import after_looks
from tests.web.learner.sittings import CANARY, LearnerPage, Sitting, sequences, statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.twice]


def started(client: Client, **fields: Any) -> Sitting:
    sitting = Sitting(client, **fields)
    sitting.start()
    return sitting


def graded(client: Client, **fields: Any) -> Sitting:
    sitting = started(client, **fields)
    sitting.answer_everything_rightly()
    sitting.submit()
    sitting.grade()
    return sitting


def answers_of(sitting: Sitting) -> list[Any]:
    return list(sitting.attempt.responses.order_by("position").values_list("answer", flat=True))


def test_the_waiting_page_asks_again_with_and_without_a_script(client: Client) -> None:
    sitting = started(client)
    sitting.submit()

    page = sitting.get()

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'hx-get="{sitting.address}status/" hx-trigger="load delay:1s,' in page


def test_a_grade_that_comes_in_a_moment_is_on_the_page_after_the_submit(client: Client) -> None:
    sitting = started(client)
    sitting.answer_everything_rightly()
    sitting.submit()

    with after_looks(2, sitting.grade):
        page = sitting.get()

    assert "Six of six points" in page
    assert 'id="waiting"' not in page


def test_the_status_is_a_fragment_until_the_grade_comes_then_the_review(client: Client) -> None:
    sitting = started(client)
    sitting.answer_everything_rightly()
    sitting.submit()

    waiting = client.get(f"{sitting.address}status/", headers={"HX-Request": "true"})
    sitting.grade()
    done = client.get(f"{sitting.address}status/", headers={"HX-Request": "true"})

    assert (waiting.status_code, b"<html" in waiting.content) == (200, False)
    assert (done.status_code, done["HX-Retarget"]) == (286, "#main")
    assert b"<html" not in done.content
    assert b"Six of six points" in done.content


def test_the_status_address_is_a_whole_page_for_a_person(client: Client) -> None:
    sitting = started(client)
    sitting.submit()

    assert "<html" in sitting.get("status/")


def test_the_review_has_an_address_of_its_own(client: Client) -> None:
    sitting = started(client)

    assert client.get(f"{sitting.address}review/")["Location"] == sitting.address


def test_the_review_shows_answer_verdict_why_and_the_passage(client: Client) -> None:
    sitting = started(client)
    sitting.save({"answer-1": "m2", "answer-4": "well", "answer-5-g1": "lower", "answer-5-g2": "wall", **sequences(6)})
    sitting.submit()
    sitting.grade()

    page = " ".join(sitting.get().split())

    assert "Not right" in page
    assert "chosen, not right" in page
    assert "right, not chosen" in page
    assert "You wrote <q>well</q>." in page
    assert "Instead of <q>lower</q>, the text wants <q>upper</q>" in page
    assert "<mark>The upper town built a wall.</mark>" in page
    assert f'href="/courses/{sitting.quiz.course.slug}/lessons/the-wall/#p-0"' in page
    assert f'href="/courses/{sitting.quiz.course.slug}/#concept-' in page
    assert "Graded by" in page


def test_no_key_is_seen_before_its_moment(client: Client) -> None:
    sitting = started(client)
    sitting.answer_everything_rightly()

    seen = [sitting.get(), sitting.get("summary/"), sitting.get("?question=3")]
    seen += [sitting.put(position, {"answer": "x", "sequence": 1}).content.decode() for position in range(1, 7)]
    seen += [sitting.put(position, {"answer": "x", "sequence": 0}).content.decode() for position in range(1, 7)]
    sitting.submit()
    seen += [sitting.get(), sitting.get("status/")]
    sitting.grade()

    assert not any(CANARY in page for page in seen)
    assert CANARY in sitting.get()


def test_an_exam_shows_its_fraction_and_no_key_while_it_is_open(client: Client) -> None:
    sitting = graded(client, mode="exam", closes_at=NOW + timedelta(days=4000))

    page = sitting.get()

    assert "Six of six points" in page
    assert CANARY not in page
    assert "chosen, right" not in page
    assert "You chose <q>The upper town</q>." in page
    assert "<mark>" not in page
    assert "Which answers were right is shown once the quiz has closed." in page


def test_a_question_nobody_could_grade_costs_nothing_and_says_so(client: Client) -> None:
    sitting = graded(client)
    Response.objects.filter(position=1).update(grading=Grading.FAILED, fraction=None)
    Attempt.objects.update(fraction=None, graded_at=None)

    page = sitting.get()

    assert "some answers could not be graded yet" in page
    assert "Not graded" in page


def test_an_answer_waiting_for_a_person_says_so(client: Client) -> None:
    sitting = graded(client)
    Response.objects.filter(position=1).update(grading=Grading.PENDING_MANUAL, fraction=None)
    Attempt.objects.update(fraction=None, graded_at=None)

    assert "a person still reads some answers" in sitting.get()
    assert "Waiting for a person" in sitting.get()


def test_a_void_attempt_says_that_it_does_not_count(client: Client) -> None:
    sitting = graded(client)
    Attempt.objects.update(state=AttemptState.VOID)

    assert "This attempt does not count" in sitting.get()


def test_nobody_else_finds_an_attempt(client: Client) -> None:
    sitting = started(client)
    stranger = Client()
    stranger.force_login(make_person())

    for below in ("", "summary/", "status/"):
        assert stranger.get(f"{sitting.address}{below}").status_code == 404
    assert stranger.post(sitting.address, {"answer-1": "k7", "sequence-1": "0"}).status_code == 404
    assert stranger.post(f"{sitting.address}submit/").status_code == 404
    assert answers_of(sitting)[0] is None
    assert sitting.attempt.state == AttemptState.IN_PROGRESS


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    sitting = started(client)

    for below in ("", "summary/", "status/", "review/"):
        answer = Client().get(f"{sitting.address}{below}")
        assert answer["Location"].startswith("/accounts/login/?next=/attempts/")


def test_an_attempt_that_never_was_is_not_found(client: Client) -> None:
    Sitting(client)

    assert client.get(f"/attempts/{uuid4()}/").status_code == 404


def test_pages_are_not_kept_by_anybody(client: Client) -> None:
    sitting = started(client)

    assert "no-store" in client.get(sitting.address)["Cache-Control"]


@pytest.mark.parametrize(("below", "told"), [("", 1), ("summary/", 2)])
def test_pages_are_sound_html(client: Client, below: str, told: int) -> None:
    """The summary says beside what is saved what is on this device alone."""
    sitting = started(client, time_limit_seconds=600)
    sitting.answer_everything_rightly()

    page = LearnerPage(sitting.get(below))

    assert page.inline == []
    assert page.foreign == []
    assert len(page.ids) == len(set(page.ids))
    assert page.tags["h1"] == page.tags["main"] == 1
    assert page.roles["status"] == told


def test_the_review_is_sound_html(client: Client) -> None:
    page = LearnerPage(graded(client).get())

    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))
    assert page.tags["h1"] == page.tags["main"] == 1


def test_the_article_stays_closed_where_the_quiz_says_so(client: Client) -> None:
    sitting = started(client, article_open=False, questions=1)

    assert "The lower town calls it a thirst machine" not in sitting.get()


def test_the_article_stands_beside_the_questions(client: Client) -> None:
    sitting = started(client, questions=1)

    assert "The lower town calls it a thirst machine" in sitting.get()


@pytest.mark.parametrize("questions", [5, 200])
def test_requests_cost_the_same_statements_for_few_and_many_questions(client: Client, questions: int) -> None:
    sitting = started(client, questions=questions)
    form = {f"answer-{position}": "k7" for position in range(1, questions + 1)}

    assert statements_of(lambda: client.get(sitting.address)) == 5
    assert statements_of(lambda: sitting.save({**form, **sequences(questions)})) == 5
    assert statements_of(lambda: client.get(f"{sitting.address}summary/")) == 4
    assert statements_of(sitting.submit) <= 8
    assert statements_of(lambda: client.get(f"{sitting.address}status/", headers={"HX-Request": "true"})) == 3
    sitting.grade()
    assert statements_of(lambda: client.get(sitting.address)) <= 8


def test_a_page_of_ten_questions_is_light(client: Client) -> None:
    sitting = started(client, questions=10)

    page = client.get(sitting.address, headers={"Accept-Encoding": "gzip"})

    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 6_000
    assert sum(LearnerPage(sitting.get()).tags.values()) < 350
