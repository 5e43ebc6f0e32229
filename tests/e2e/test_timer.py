"""The timer of an attempt in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from jobs.domain.clock import database_now
from quizzes.domain.accommodations import accommodate
from quizzes.models import Attempt, AttemptState, Response
from tests.e2e.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ending_in(desk: Desk, *, seconds: int) -> Page:
    """The attempt's page, opened a second time, which is soon done, when so many seconds are left."""
    page = desk.page()
    Attempt.objects.update(deadline_at=database_now() + timedelta(seconds=seconds))
    page.reload()
    return page


def test_the_time_left_is_shown_and_its_end_submits_what_is_there(desk: Desk) -> None:
    sitting = desk.sit(time_limit_seconds=600)
    page = ending_in(desk, seconds=8)

    expect(page.get_by_role("timer")).to_have_text(re.compile("^[1-7] s$"))
    page.locator("#q4").get_by_role("textbox").press_sequentially("thirst machine")
    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded")

    assert sitting.attempt.state == AttemptState.SUBMITTED
    assert Response.objects.get(position=4).answer == "thirst machine"


def test_the_time_left_is_said_at_its_moments_and_never_in_between(desk: Desk) -> None:
    desk.sit(time_limit_seconds=660)
    context = desk.window()
    page = desk.page(context)
    page.clock.install()
    page.reload()
    # Without a connection the clock of this page alone goes on.
    context.set_offline(True)
    voice = page.locator("[data-announce]")

    expect(voice).to_have_text("")
    for seconds, words in ((75, "10 minutes left"), (200, "10 minutes left"), (110, "5 minutes left")):
        page.clock.run_for(seconds * 1000)
        expect(voice).to_have_text(words)
    # As after a laptop was closed for a while: of what passed meanwhile, only the last is said.
    page.clock.fast_forward(245 * 1000)
    expect(voice).to_have_text("30 seconds left")
    assert voice.get_attribute("aria-live") == "polite"


def test_the_time_left_can_be_hidden_and_asked_for(desk: Desk) -> None:
    desk.sit(time_limit_seconds=2400)
    page = desk.page()

    page.get_by_text("Time left", exact=True).click()
    expect(page.get_by_role("timer")).to_be_hidden()
    page.keyboard.press("Alt+KeyT")

    expect(page.locator("[data-announce]")).to_have_text(re.compile(r"^(40 min 0|39 min \d+) s left$"))


def test_more_time_reaches_a_running_timer_within_five_seconds_and_is_told(desk: Desk) -> None:
    sitting = desk.sit(time_limit_seconds=2400)
    page = desk.page()
    expect(page.get_by_role("timer")).to_contain_text("39 min")

    accommodate(sitting.enrollment, time_factor=Decimal("1.5"), extra_days=0, actor=None)

    expect(page.get_by_role("timer")).to_contain_text("59 min", timeout=5_000)
    expect(page.locator("[data-announce]")).to_have_text("You have more time: extended from 40 min to 60 min.")
    expect(page.locator(".timer .meta")).to_have_text("of 60 min, extended from 40 min")


def test_more_time_given_at_the_last_moment_goes_on_instead_of_submitting(desk: Desk) -> None:
    sitting = desk.sit(time_limit_seconds=600)
    page = ending_in(desk, seconds=5)
    expect(page.get_by_role("timer")).to_have_text("1 s")

    accommodate(sitting.enrollment, time_factor=Decimal(2), extra_days=0, actor=None)

    expect(page.get_by_role("timer")).to_contain_text("19 min", timeout=5_000)
    assert sitting.attempt.state == AttemptState.IN_PROGRESS
