"""No answer is lost: the connection goes, the server, the tab, the browser, the session, the room on the disk."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from quizzes.models import AnswerEvent
from tests.e2e.browsers import sign_in
from tests.e2e.desk import Desk
from tests.e2e.installation import PASSWORD
from tests.e2e.kept import (
    KEPT,
    answer_at,
    becomes,
    failing,
    journal_becomes,
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

NOT_KEPT = "Not saved yet, and this browser keeps nothing. Leave this page open: it is sent when you are back online"
KEYS_A_SECOND = 20
FORBIDDEN = """Object.defineProperty(window, 'indexedDB', {
  get() { throw new DOMException('Not here.', 'SecurityError'); },
});"""

HOLD_THE_JOURNAL = """() => new Promise((tell) => {
  const asked = indexedDB.open('postil');
  asked.onsuccess = () => {
    const store = asked.result.transaction('answers', 'readwrite').objectStore('answers');
    const hold = () => { if (!window.isReleased) store.count().onsuccess = hold; };
    store.count().onsuccess = () => { tell(); hold(); };
  };
})"""
"""Writes to the journal wait, as on a slow disk, until the page is told `isReleased`."""


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
    desk: Desk, mortal: MortalBrowser
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
    far_desk: Desk, mortal: MortalBrowser
) -> None:
    """Everything that stood in the journal; of what was typed in the very moment, its beginning at least."""
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
    line(page).press_sequentially(" and wall")
    mortal.kill()
    server.start()
    context = mortal.open()
    sign_in(context, sitting.enrollment.user, server.url)
    page = opened(context, f"{server.url}{sitting.address}")

    expect(line(page)).to_have_value(re.compile("^thirst machine"), timeout=20_000)
    expect(page.locator("#q1").get_by_label("The lower town")).to_be_checked(timeout=20_000)
    brought = line(page).input_value()
    assert "thirst machine and wall".startswith(brought)
    becomes(brought, sitting.attempt)
    becomes("m2", sitting.attempt, position=1)


def test_nothing_is_said_to_be_kept_before_it_is_on_the_disk(desk: Desk) -> None:
    desk.sit()
    page = desk.page()
    page.route("**/responses/**", failing)
    page.evaluate(HOLD_THE_JOURNAL)

    with page.expect_event("requestfailed"):
        line(page).fill("thirst machine")
    # By the time of a second try, whatever was to be said of the first has been said.
    page.wait_for_event("requestfailed")
    expect(note(page)).to_have_text("Saving")
    page.evaluate("window.isReleased = true")

    expect(note(page)).to_have_text(KEPT)
    assert [entry["answer"] for entry in journal_of(page)] == ["thirst machine"]


def test_a_clock_that_is_put_back_makes_no_earlier_answer_the_last_one(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    page = desk.page(context)
    page.route("**/responses/**", failing)
    line(page).fill("thirst")
    expect(note(page)).to_have_text(KEPT)

    page.evaluate("{ const later = Date.now; Date.now = () => later() - 3_600_000; }")
    line(page).fill("thirst machine")
    wait_for(lambda: kept_in(page) == {"thirst", "thirst machine"}, what="both texts in the journal")
    page.close()
    again = desk.page(context)

    expect(line(again)).to_have_value("thirst machine")
    journal_empties(again)
    assert answer_at(4, sitting.attempt) == "thirst machine"


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


def test_where_nothing_can_be_kept_the_page_says_so_and_asks_before_it_closes(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    context.add_init_script(FORBIDDEN)
    page = desk.page(context)
    line(page).fill("thirst")
    expect(note(page)).to_contain_text("Saved")

    context.set_offline(True)
    line(page).fill("thirst machine")
    expect(note(page)).to_have_text(NOT_KEPT)
    with page.expect_event("dialog") as asking:
        page.close(run_before_unload=True)
    assert asking.value.type == "beforeunload"
    asking.value.dismiss()
    context.set_offline(False)

    becomes("thirst machine", sitting.attempt)


def test_a_newer_answer_from_another_device_outlives_an_older_one_whose_receipt_was_lost(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    page = desk.page(context)

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/responses/**", swallow)
    line(page).fill("older")
    expect(note(page)).to_have_text(KEPT)
    page.close()
    sitting.put(4, {"answer": "newer", "sequence": 1})

    again = desk.page(context)

    expect(note(again)).to_have_text("A newer answer from another tab or device stands")
    expect(line(again)).to_have_value("newer")
    assert answer_at(4, sitting.attempt) == "newer"
    journal_empties(again)


def test_an_answer_that_waits_behind_another_is_kept_as_coming_after_it(desk: Desk) -> None:
    """Else the page that sends it one day takes one's own earlier text for somebody else's."""
    desk.sit()
    page = desk.page()
    page.evaluate("window.setTimeout = () => 1")
    under_way: list[Route] = []

    def hold(route: Route) -> None:
        under_way.append(route)

    page.route("**/responses/**", hold)
    line(page).press_sequentially("thirst")
    with page.expect_request("**/responses/4/"):
        line(page).blur()
    line(page).fill("thirst machine")
    wait_for(lambda: len(journal_of(page)) == 2, what="both texts in the journal")

    under_way[0].continue_()

    journal_becomes(page, [("thirst machine", 1)])


def test_a_second_tab_of_the_same_browser_sends_what_the_first_could_not(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    first = desk.page(context)
    first.route("**/responses/**", failing)
    line(first).press_sequentially("thirst")
    expect(note(first)).to_have_text(KEPT)

    second = desk.page(context)
    expect(line(second)).to_have_value("thirst")
    becomes("thirst", sitting.attempt)
    line(first).press_sequentially(" machine")
    first.unroute("**/responses/**")

    becomes("thirst machine", sitting.attempt)
    assert "meanwhile" not in note(first).inner_text()


@pytest.mark.promise(21)
def test_a_second_tab_of_the_same_browser_overwrites_nothing_that_the_first_goes_on_typing(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    first = desk.page(context)
    first.evaluate("window.setTimeout = () => 0")
    line(first).press_sequentially("thirst")

    second = desk.page(context)
    expect(line(second)).to_have_value("thirst")
    becomes("thirst", sitting.attempt)
    line(first).press_sequentially(" machine")
    line(first).blur()

    expect(note(first)).to_contain_text("saved “thirst” meanwhile; here stands “thirst machine”.")
    first.get_by_role("button", name="Keep mine").click()
    becomes("thirst machine", sitting.attempt)


def test_where_questions_come_one_by_one_what_is_kept_of_another_question_is_sent_too(desk: Desk) -> None:
    sitting = desk.sit(one_by_one=True)
    context = desk.window()
    page = desk.page(context)
    page.route("**/responses/**", failing)
    page.locator("#q1").get_by_label("The lower town").check()
    expect(note(page, 1)).to_have_text(KEPT)
    page.close()

    other = opened(context, f"{sitting.address}?question=2")

    expect(other.locator("#q2")).to_be_visible()
    becomes("m2", sitting.attempt, position=1)
    journal_empties(other)


def test_whoever_types_without_a_pause_is_saved_at_least_every_two_seconds(desk: Desk) -> None:
    sitting = desk.sit()
    page = desk.page()
    started = time.monotonic()

    line(page).press_sequentially("on and on " * 8, delay=1000 / KEYS_A_SECOND)
    seconds = time.monotonic() - started

    saves = AnswerEvent.objects.filter(response__attempt=sitting.attempt).count()
    assert int(seconds / 3) <= saves <= seconds + 1


def leave_behind(page: Page) -> None:
    """One answer is only on the device, in two texts of which the first was sent in vain, and its page is closed."""
    page.route("**/responses/**", failing)
    line(page).fill("thirst")
    expect(note(page)).to_have_text(KEPT)
    line(page).fill("thirst machine")
    wait_for(lambda: len(journal_of(page)) == 2, what="the second text in the journal")
    page.close()


def test_home_says_that_an_answer_is_only_on_this_device_and_leads_to_where_it_is_sent(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    leave_behind(desk.page(context))

    home = opened(context, "/")
    expect(home.get_by_role("status")).to_contain_text("One answer is only on this device.")
    home.get_by_role("link", name="Open the attempt to send what you answered").click()

    becomes("thirst machine", sitting.attempt)
    journal_empties(home)
    home.goto("/")
    assert "only on this device" not in home.inner_text("body")


def test_home_tells_nobody_of_answers_that_are_another_persons(desk: Desk) -> None:
    desk.sit()
    somebody_else = Sitting(Client())
    context = desk.window()
    leave_behind(desk.page(context))

    sign_in(context, somebody_else.enrollment.user, desk.server.url)
    home = context.new_page()
    with home.expect_response("**/time/") as answered:
        home.goto("/")

    assert answered.value.status == 404
    assert "only on this device" not in home.inner_text("body")
    assert len(journal_of(home)) == 2


def test_what_is_kept_of_an_attempt_that_was_submitted_elsewhere_is_forgotten(desk: Desk) -> None:
    sitting = desk.sit()
    context = desk.window()
    leave_behind(desk.page(context))
    sitting.submit()

    home = opened(context, "/")

    journal_empties(home)
    assert "only on this device" not in home.inner_text("body")
