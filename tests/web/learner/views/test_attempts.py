"""An attempt over HTTP, in a browser without JavaScript: answering, looking over, submitting, waiting, the review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jobs.models import Job
from quizzes.models import AnswerEvent, Attempt, AttemptState, Response
from tests.factories import NOW, make_person
from tests.web.learner.sittings import RIGHT, LearnerPage, Sitting, sequences

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


def test_the_whole_way_works_with_plain_forms(client: Client) -> None:
    sitting = started(client)

    saved = sitting.save({**RIGHT, **sequences(6), "many": ["2", "6"], "go": "summary"})
    summary = client.get(saved["Location"]).content.decode()
    submitted = client.post(f"{sitting.address}submit/")
    waiting = client.get(submitted["Location"]).content.decode()
    sitting.grade()
    review = client.get(submitted["Location"]).content.decode()

    assert (saved.status_code, saved["Location"]) == (303, f"{sitting.address}summary/")
    assert "All six questions answered" in summary
    assert (submitted.status_code, submitted["Location"]) == (303, sitting.address)
    assert "being graded" in waiting
    assert "Six of six points" in review
    assert "Every answer is right." in review


def test_answers_are_kept_as_they_were_sent(client: Client) -> None:
    sitting = started(client)

    sitting.answer_everything_rightly()

    wanted = ["k7", ["p1", "q2"], "false", "thirst machine", {"g1": "upper", "g2": "wall"}, ["s1"]]
    assert answers_of(sitting) == wanted


def test_what_was_answered_stands_in_the_form_again(client: Client) -> None:
    sitting = started(client)
    sitting.answer_everything_rightly()

    page = sitting.get()

    assert page.count(" checked>") == 5
    assert 'value="thirst machine"' in page
    assert "<option selected>upper</option>" in page
    assert 'name="answer-5-g2" value="wall"' in page
    assert 'name="sequence-6" value="1"' in page


def test_questions_left_open_stay_unanswered(client: Client) -> None:
    sitting = started(client)

    sitting.save({"answer-1": "k7", "answer-4": "", "answer-5-g1": "", "answer-5-g2": "", **sequences(6)})

    assert answers_of(sitting) == ["k7", None, None, None, None, None]
    assert AnswerEvent.objects.count() == 1


def test_an_answer_can_be_taken_back(client: Client) -> None:
    sitting = started(client)
    sitting.answer_everything_rightly()

    sitting.save({"sequence-2": "1", "many": "2"})

    assert answers_of(sitting)[1] == []


def test_one_chosen_of_many_is_kept_as_a_list(client: Client) -> None:
    sitting = started(client)

    sitting.save({"answer-2": "p1", "sequence-2": "0", "many": "2"})

    assert answers_of(sitting)[1] == ["p1"]


def test_a_flag_is_kept_and_shown(client: Client) -> None:
    sitting = started(client)

    sitting.save({"flag-3": "1", **sequences(6)})

    assert Response.objects.filter(flagged=True).values_list("position").get() == (3,)
    assert "flagged" in sitting.get()
    sitting.save({"sequence-3": "1"})
    assert not Response.objects.filter(flagged=True).exists()


def test_a_flag_alone_is_no_answer(client: Client) -> None:
    sitting = started(client)
    sitting.save({"flag-3": "1", **sequences(6)})
    sitting.submit()
    sitting.grade()

    assert sitting.get().count("Not answered") == 6


def test_confidence_is_kept(client: Client) -> None:
    sitting = started(client)

    sitting.save({"answer-1": "k7", "confidence-1": "3", "sequence-1": "0"})

    assert Response.objects.get(position=1).confidence == 3


def test_an_unfinished_answer_is_kept_with_a_warning(client: Client) -> None:
    sitting = started(client)

    sitting.save({"answer-1": "no such option", "sequence-1": "0"})

    page = sitting.get()
    assert "That choice is not part of this question." in page
    assert "begun" in page


def test_a_stale_form_overwrites_nothing_and_shows_both_texts(client: Client) -> None:
    sitting = started(client)
    sitting.save({"answer-4": "the other tab", "sequence-4": "0"})

    answer = sitting.save({"answer-4": "this tab", "answer-1": "k7", **sequences(6)})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Another tab saved “the other tab” meanwhile." in page
    assert 'value="this tab"' in page
    assert 'name="sequence-4" value="1"' in page
    assert answers_of(sitting)[3] == "the other tab"
    assert answers_of(sitting)[0] == "k7"


def test_after_a_collision_saving_again_keeps_mine(client: Client) -> None:
    sitting = started(client)
    sitting.save({"answer-4": "the other tab", "sequence-4": "0"})
    sitting.save({"answer-4": "this tab", "sequence-4": "0"})

    sitting.save({"answer-4": "this tab", "sequence-4": "1"})

    assert answers_of(sitting)[3] == "this tab"


def test_a_stale_form_names_options_by_their_texts(client: Client) -> None:
    sitting = started(client)
    sitting.save({"answer-1": "m2", "sequence-1": "0"})

    page = sitting.save({"answer-1": "k7", "sequence-1": "0"}).content.decode()

    assert "Another tab saved “The lower town” meanwhile." in page


def test_pressing_save_twice_is_no_collision(client: Client) -> None:
    sitting = started(client)

    sitting.answer_everything_rightly()
    again = sitting.save({**RIGHT, **sequences(6), "many": ["2", "6"]})

    assert again.status_code == 303
    assert AnswerEvent.objects.count() == 6


def test_one_by_one_shows_one_question_and_goes_where_its_button_says(client: Client) -> None:
    sitting = started(client, one_by_one=True)

    first = sitting.get()
    saved = sitting.save({"answer-1": "k7", "sequence-1": "0", "go": "2"})
    second = client.get(saved["Location"]).content.decode()

    assert saved["Location"] == f"{sitting.address}?question=2#q2h"
    assert first.count("<fieldset") == 1
    assert "Previous question" not in first
    assert "Question two, one point" in second
    assert "Previous question" in second


@pytest.mark.parametrize(("asked", "shown"), [("0", "one"), ("99", "six"), ("x", "one"), ("9" * 99, "one")])
def test_one_by_one_takes_any_address(client: Client, asked: str, shown: str) -> None:
    sitting = started(client, one_by_one=True)

    assert f"Question {shown}, one point" in sitting.get(f"?question={asked}")


def test_the_summary_names_what_is_open_flagged_or_would_not_count(client: Client) -> None:
    sitting = started(client)
    sitting.save({"answer-1": "k7", "answer-3": "perhaps", "flag-5": "1", **sequences(6)})

    page = sitting.get("summary/")

    assert "Two of six questions answered" in page
    assert f'<a href="{sitting.address}#q2h">' in page
    assert "Would count as not answered" in page
    assert "Flagged by you" in page
    assert "Submit as it is" in page


def test_looking_changes_nothing(client: Client) -> None:
    sitting = started(client)
    sitting.answer_everything_rightly()
    before = list(Attempt.objects.values()), list(Response.objects.values()), AnswerEvent.objects.count()

    for below in ("", "summary/", "status/", "review/", "?question=2"):
        sitting.get(below)
    assert client.get(f"{sitting.address}submit/").status_code == 405
    assert client.get(f"{sitting.address}responses/1/").status_code == 405

    assert (list(Attempt.objects.values()), list(Response.objects.values()), AnswerEvent.objects.count()) == before
    assert not Job.objects.exists()


def test_submitting_twice_submits_once(client: Client) -> None:
    sitting = started(client)

    first = client.post(f"{sitting.address}submit/")
    second = client.post(f"{sitting.address}submit/")

    assert first["Location"] == second["Location"] == sitting.address
    assert Job.objects.count() == 1


def test_submitting_brings_the_answers_of_the_form_along(client: Client) -> None:
    sitting = started(client)

    client.post(f"{sitting.address}submit/", {"answer-1": "k7", "sequence-1": "0"})

    assert answers_of(sitting)[0] == "k7"
    assert sitting.attempt.state == AttemptState.SUBMITTED


def test_saving_after_submitting_is_refused_in_words(client: Client) -> None:
    sitting = started(client)
    sitting.submit()

    answer = sitting.save({"answer-1": "k7", "sequence-1": "0"})

    assert answer.status_code == 410
    assert "This attempt has been submitted, so its answers no longer change." in answer.content.decode()
    assert answers_of(sitting)[0] is None


def test_after_the_deadline_only_submitting_is_offered(client: Client) -> None:
    sitting = started(client, time_limit_seconds=600)
    Attempt.objects.update(deadline_at=NOW - timedelta(days=400), started_at=NOW - timedelta(days=401))

    page = sitting.get()
    sitting.submit()

    assert "The time is over" in page
    assert "<fieldset" not in page
    assert sitting.attempt.submitted_at == NOW - timedelta(days=400)


def test_a_deadline_is_told_as_time_left_and_as_a_time(client: Client) -> None:
    sitting = started(client, time_limit_seconds=2400)

    page = LearnerPage(sitting.get())

    assert page.roles["timer"] == 1
    assert "of 40 min" in page.text


def test_an_empty_form_at_somebody_elses_attempt_is_not_found(client: Client) -> None:
    sitting = started(client)
    client.force_login(make_person())
    assert client.post(f"/attempts/{sitting.attempt.uuid}/", {}).status_code == 404
