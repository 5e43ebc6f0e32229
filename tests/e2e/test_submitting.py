"""An attempt is submitted once, with everything that was answered, whatever the connection does meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.models import Attempt, AttemptState
from tests.e2e.desk import Desk
from tests.e2e.kept import KEPT, answer_at, failing, journal_empties, journal_of, line, note, opened, requests_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_looking_over_without_a_connection_waits_for_it_and_takes_the_answers_along(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    page = desk.page(context)
    context.set_offline(True)
    line(page).fill("thirst machine")

    page.get_by_role("button", name="Look over and submit").click()
    expect(page.get_by_role("status")).to_contain_text("The next page opens by itself when you are back online.")
    assert line(page).input_value() == "thirst machine"
    context.set_offline(False)

    expect(page.get_by_role("heading", level=1)).to_have_text("One of six questions answered")
    assert answer_at(4, sitting.attempt) == "thirst machine"


def test_submitting_without_a_connection_says_so_and_submits_once_when_it_is_back(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    page = opened(context, f"{sitting.address}summary/")
    submit = page.get_by_role("button", name="Submit as it is")

    context.set_offline(True)
    submit.click()
    submit.click()
    expect(page.locator("form [role=status]")).to_contain_text("You are offline, and nothing is submitted yet.")
    assert sitting.attempt.state == AttemptState.IN_PROGRESS
    context.set_offline(False)

    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded")
    assert sitting.attempt.state == AttemptState.SUBMITTED
    assert Job.objects.filter(kind="grade_attempt").count() == 1


def test_submitting_brings_along_what_another_tab_could_not_send(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    page = desk.page(context)
    page.route("**/responses/**", failing)
    line(page).fill("thirst machine")
    expect(note(page)).to_have_text(KEPT)

    other = opened(context, f"{sitting.address}summary/")
    other.get_by_role("button", name="Submit as it is").click()

    expect(other.get_by_role("heading", level=1)).to_contain_text("being graded")
    assert answer_at(4, sitting.attempt) == "thirst machine"
    assert journal_of(other) == []


def test_a_double_click_on_submit_submits_once(desk: Desk) -> None:
    sitting = desk.sit()
    page = opened(desk.window(), f"{sitting.address}summary/")
    sent = requests_of(page)

    page.get_by_role("button", name="Submit as it is").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded")

    assert len([request for request in sent if request.url.endswith("/submit/")]) == 1
    assert Job.objects.filter(kind="grade_attempt").count() == 1


def test_submitting_with_two_answers_to_one_question_asks_which_one_stays(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    page = desk.page(context)
    page.route("**/responses/**", failing)
    line(page).fill("mine")
    expect(note(page)).to_have_text(KEPT)
    sitting.put(4, {"answer": "the other", "sequence": 0})

    other = opened(context, f"{sitting.address}summary/")
    other.get_by_role("button", name="Submit as it is").click()

    expect(other.locator("form [role=status]")).to_contain_text("Go back to choose which one stays: question 4.")
    assert sitting.attempt.state == AttemptState.IN_PROGRESS
    other.get_by_role("link", name="Back to the questions").click()
    expect(note(other)).to_contain_text("saved “the other” meanwhile; here stands “mine”.")


def test_what_collided_leaves_the_device_with_the_attempt(desk: Desk) -> None:
    sitting = desk.sit(time_limit_seconds=600)
    Attempt.objects.update(deadline_at=database_now() + timedelta(seconds=6))
    page = desk.page()
    sitting.put(4, {"answer": "the other", "sequence": 0})
    line(page).fill("mine")
    expect(note(page)).to_contain_text("here stands “mine”.")

    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded", timeout=20_000)

    assert answer_at(4, sitting.attempt) == "the other"
    journal_empties(page)


def test_the_end_of_the_time_without_a_connection_submits_when_it_is_back(desk: Desk) -> None:
    sitting = desk.sit(time_limit_seconds=600)
    context = desk.window()
    page = desk.page(context)
    page.clock.install()
    page.reload()
    context.set_offline(True)

    page.clock.run_for(601_000)
    expect(page.locator("[data-announce]")).to_contain_text("You are offline, and nothing is submitted yet.")
    context.set_offline(False)
    page.clock.run_for(60_000)

    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded")
    assert sitting.attempt.state == AttemptState.SUBMITTED
