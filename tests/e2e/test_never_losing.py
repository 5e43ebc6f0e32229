"""No answer is lost: the connection goes, the server, the tab, the browser, the session, the room on the disk."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quizzes.models import AnswerEvent
from tests.e2e.browsers import sign_in
from tests.e2e.desk import Desk
from tests.e2e.installation import PASSWORD
from tests.e2e.kept import (
    KEPT,
    answer_at,
    becomes,
    failing,
    journal_empties,
    journal_of,
    kept_in,
    line,
    note,
    opened,
    requests_of,
)
from tests.e2e.mortal import MortalBrowser, MortalServer, mortal_browser, mortal_server
from tests.services import wait_for
from tests.web.learner.sittings import Sitting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.promise(22)]

KEYS_A_SECOND = 20
MOST_LOST = 2
"""Seconds of typing."""


@pytest.fixture
def server(transactional_db: None) -> Iterator[MortalServer]:
    with mortal_server() as running:
        yield running


@pytest.fixture
def mortal(browser: Browser) -> Iterator[MortalBrowser]:
    with mortal_browser(browser.browser_type) as made:
        yield made


@pytest.fixture
def far_desk(browser: Browser, server: MortalServer) -> Iterator[Desk]:
    """A desk whose server is a process that can be killed."""
    made = Desk(browser, server)
    yield made
    for context in made.contexts:
        context.close()


def offline_for(desk: Desk, pause: Any) -> None:
    """A minute of typing and choosing without a connection, with `pause(page, seconds)` between; then it returns."""
    sitting = desk.sit()
    context = desk.window()
    page = desk.page(context)
    line(page).fill("before")
    expect(note(page)).to_contain_text("Saved")

    context.set_offline(True)
    for number in range(4):
        line(page).press_sequentially(f" {number}")
        pause(page)
    page.locator("#q1").get_by_label("The lower town").check()
    pause(page)
    expect(note(page)).to_have_text(KEPT)
    expect(page.get_by_role("status")).to_have_text(f"{KEPT}: questions 1, 4")
    assert answer_at(4, sitting.attempt) == "before"
    assert {entry["position"]: entry["answer"] for entry in journal_of(page)} == {1: "m2", 4: "before 0 1 2 3"}
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    becomes("before 0 1 2 3", sitting.attempt)
    becomes("m2", sitting.attempt, position=1)


def test_twenty_seconds_without_a_connection_lose_nothing(desk: Desk) -> None:
    def later(page: Page) -> None:
        page.clock.run_for(4_000)

    new_page = desk.page

    def with_clock(context: BrowserContext | None = None, **options: Any) -> Page:
        assert context is not None
        context.clock.install()
        return new_page(context, **options)

    desk.page = with_clock  # type: ignore[method-assign]  # -- the same desk, whose pages have a clock to move
    offline_for(desk, later)


@pytest.mark.full
def test_five_minutes_without_a_connection_lose_nothing(desk: Desk) -> None:
    offline_for(desk, lambda page: page.wait_for_timeout(60_000))


def test_a_killed_server_loses_nothing_that_it_acknowledged_and_gets_the_rest_when_it_is_back(far_desk: Desk) -> None:
    sitting = far_desk.sit()
    server = far_desk.server
    assert isinstance(server, MortalServer)
    page = far_desk.page()
    line(page).fill("thirst")
    expect(note(page)).to_contain_text("Saved")

    server.kill()
    line(page).press_sequentially(" machine")
    page.locator("#q2").get_by_label("The lower town").check()
    expect(note(page)).to_have_text(KEPT)
    expect(note(page, 2)).to_have_text(KEPT)
    assert answer_at(4, sitting.attempt) == "thirst"
    server.start()

    becomes("thirst machine", sitting.attempt)
    expect(note(page)).to_contain_text("Saved", timeout=20_000)
    expect(note(page, 2)).to_contain_text("Saved", timeout=20_000)
    assert answer_at(2, sitting.attempt) == ["q2"]
    journal_empties(page)


def test_a_killed_tab_loses_at_most_two_seconds_of_typing_and_nothing_on_its_own_device(
    desk: Desk, mortal: MortalBrowser, reached: Callable[[str], None]
) -> None:
    sitting = desk.sit()
    context = mortal.open()
    sign_in(context, sitting.enrollment.user, desk.server.url)
    address = f"{desk.server.url}{sitting.address}"
    page = opened(context, address)
    typed = "a wall, and then another wall, and so on without any pause for breath, " * 2

    line(page).press_sequentially(typed, delay=1000 / KEYS_A_SECOND, timeout=60_000)
    with page.expect_event("crash"):
        mortal.kill_tabs()

    there = answer_at(4, sitting.attempt) or ""
    # The request that was under way may have been a second old.
    assert len(there) >= len(typed) - 3 * KEYS_A_SECOND
    assert typed.startswith(there)
    again = opened(context, address)
    expect(line(again)).to_have_value(typed)
    becomes(typed, sitting.attempt)
    missing, lost = len(typed) - len(there), len(typed) - len(str(answer_at(4, sitting.attempt)))
    reached(
        f"a killed tab: {missing / KEYS_A_SECOND:.1f} s of typing not sent yet, "
        f"{lost / KEYS_A_SECOND:.1f} s lost on its own device"
    )


def test_an_answer_that_a_server_without_its_database_refuses_is_kept_and_arrives_when_that_is_back(
    far_desk: Desk,
) -> None:
    sitting = far_desk.sit()
    server = far_desk.server
    assert isinstance(server, MortalServer)
    page = far_desk.page()
    server.kill()
    server.start(has_database=False)

    with page.expect_response("**/responses/4/") as refused:
        line(page).fill("thirst machine")
    assert (refused.value.status, refused.value.headers["retry-after"]) == (503, "5")
    expect(note(page)).to_have_text(KEPT)
    expect(page.get_by_role("status")).to_have_text(f"{KEPT}: question 4")
    assert [entry["answer"] for entry in journal_of(page)] == ["thirst machine"]
    assert answer_at(4, sitting.attempt) is None
    server.kill()
    server.start()

    becomes("thirst machine", sitting.attempt)
    expect(note(page)).to_contain_text("Saved", timeout=20_000)
    journal_empties(page)


def test_a_browser_killed_while_the_server_is_dead_brings_everything_when_both_are_back(
    far_desk: Desk, mortal: MortalBrowser, reached: Callable[[str], None]
) -> None:
    """Everything that stood in the journal; of what was typed without a pause until then, all but its end."""
    sitting = far_desk.sit()
    server = far_desk.server
    assert isinstance(server, MortalServer)
    context = mortal.open()
    sign_in(context, sitting.enrollment.user, server.url)
    page = opened(context, f"{server.url}{sitting.address}")

    server.kill()
    page.locator("#q1").get_by_label("The lower town").check()
    line(page).press_sequentially("thirst machine")
    wait_for(lambda: {"m2", "thirst machine"} <= kept_in(page), what="both answers in the journal")
    typed = "thirst machine" + " and wall" * 8
    line(page).press_sequentially(typed.removeprefix("thirst machine"), delay=1000 / KEYS_A_SECOND)
    mortal.kill()
    server.start()
    context = mortal.open()
    sign_in(context, sitting.enrollment.user, server.url)
    page = opened(context, f"{server.url}{sitting.address}")

    expect(line(page)).to_have_value(re.compile("^thirst machine"), timeout=20_000)
    expect(page.locator("#q1").get_by_label("The lower town")).to_be_checked(timeout=20_000)
    brought = line(page).input_value()
    assert typed.startswith(brought)
    reached(f"a killed browser without its server: {(len(typed) - len(brought)) / KEYS_A_SECOND:.1f} s of typing lost")
    assert len(brought) >= len(typed) - MOST_LOST * KEYS_A_SECOND
    becomes(brought, sitting.attempt)
    becomes("m2", sitting.attempt, position=1)


@pytest.mark.promise(20)
@pytest.mark.promise(21)
def test_who_signs_in_again_in_another_tab_goes_on_without_loading_the_page_again(desk: Desk) -> None:
    sitting = desk.sit()
    learner = sitting.enrollment.user
    learner.set_password(PASSWORD)
    learner.save()
    EmailAddress.objects.update_or_create(user=learner, email=learner.email, defaults={"verified": True})
    context = desk.window()
    page = desk.page(context)
    Session.objects.all().delete()

    line(page).fill("thirst machine")
    expect(note(page)).to_contain_text("You are signed out. Sign in again, and your answer will be sent.")
    with context.expect_page() as opening:
        note(page).get_by_role("link", name="Sign in").click()
    door = opening.value
    door.get_by_label("Email").fill(learner.email or "")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Sign in", exact=True).click()
    door.wait_for_url(f"**{sitting.address}")

    expect(note(page)).to_contain_text("Saved", timeout=20_000)
    assert answer_at(4, sitting.attempt) == "thirst machine"


def test_somebody_else_on_the_same_device_neither_sees_nor_sends_what_is_kept(desk: Desk) -> None:
    first = desk.sit()
    second = Sitting(Client())
    second.start()
    context = desk.window()
    page = desk.page(context)
    page.route("**/responses/**", failing, times=1)
    line(page).fill("only mine")
    expect(note(page)).to_have_text(KEPT)

    sign_in(context, second.enrollment.user, desk.server.url)
    expect(note(page)).to_have_text("Kept on this device. Whoever is signed in now did not begin this attempt.")
    other = context.new_page()
    sent = requests_of(other)
    other.goto(second.address, wait_until="networkidle")
    expect(line(other)).to_have_value("")

    assert {request.method for request in sent} == {"GET"}
    assert AnswerEvent.objects.count() == 0
    assert [entry["answer"] for entry in journal_of(other)] == ["only mine"]
    sign_in(context, first.enrollment.user, desk.server.url)
    becomes("only mine", first.attempt)


def test_whoever_types_without_a_pause_is_saved_at_least_every_two_seconds(desk: Desk) -> None:
    sitting = desk.sit()
    page = desk.page()
    started = time.monotonic()

    line(page).press_sequentially("on and on " * 8, delay=1000 / KEYS_A_SECOND)
    seconds = time.monotonic() - started

    saves = AnswerEvent.objects.filter(response__attempt=sitting.attempt).count()
    assert int(seconds / 3) <= saves <= seconds + 1
