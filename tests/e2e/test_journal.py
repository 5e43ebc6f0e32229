"""What a browser keeps of answers until the server has them: what is said of it, and who sends it."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests.e2e.browsers import sign_in
from tests.e2e.desk import Desk
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
)
from tests.services import wait_for
from tests.web.learner.sittings import Sitting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.promise(22)]

NOT_KEPT = "Not saved yet, and this browser keeps nothing. Leave this page open: it is sent when you are back online"
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
