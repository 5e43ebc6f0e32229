"""Postil without a connection: what was opened or kept can be read, a practice goes on, and nobody finds another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from quizzes.models import QuizMode
from tests.e2e.browsers import sign_in
from tests.e2e.kept import KEPT, answer_at, becomes, line, note
from tests.e2e.mortal import MortalServer, mortal_server
from tests.factories import make_enrollment
from tests.services import wait_for
from tests.web.learner.books import make_book
from tests.web.learner.readers import lesson_address
from tests.web.learner.sittings import Sitting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTICE = "You are offline. This page is as it was on"
NEEDS_A_CONNECTION = "This page needs a connection"
KEPT_PAGES = """async () => {
  const pages = [];
  for (const name of (await caches.keys()).filter((each) => each.startsWith('postil-pages-')))
    for (const { url } of await (await caches.open(name)).keys()) pages.push(new URL(url).pathname);
  return pages.sort();
}"""
RELEASES = "async () => (await caches.keys()).filter((each) => each.startsWith('postil-')).sort()"
IN_CHARGE = "navigator.serviceWorker.controller !== null"


@pytest.fixture
def server(transactional_db: None) -> Iterator[MortalServer]:
    with mortal_server() as running:
        yield running


@pytest.fixture
def context(browser: Browser, server: MortalServer) -> Iterator[BrowserContext]:
    """A browser that obeys the policy it is told, unlike one that tests look into with scripts of their own."""
    made = browser.new_context(base_url=server.url)
    yield made
    made.close()


def signed_in(context: BrowserContext, server: MortalServer, person: User) -> Page:
    """The home page, with the worker in charge of what comes after it."""
    sign_in(context, person, server.url)
    page = context.new_page()
    page.goto("/")
    wait_for(lambda: bool(page.evaluate(IN_CHARGE)), what="the worker")
    return page


def kept(page: Page) -> list[str]:
    """The addresses of the pages on this device."""
    found: list[str] = page.evaluate(KEPT_PAGES)
    return found


def are_kept(page: Page, *addresses: str) -> None:
    wait_for(lambda: set(addresses) <= set(kept(page)), what=f"{addresses} on the device")


def test_a_lesson_that_was_opened_can_be_read_without_a_connection(
    server: MortalServer, context: BrowserContext
) -> None:
    course = make_book()
    opened, other = lesson_address(course, 1), lesson_address(course, 2)
    page = signed_in(context, server, make_enrollment(course).user)
    page.goto(opened)
    text = page.locator("main").inner_text()
    are_kept(page, opened)

    server.kill()
    page.reload()

    expect(page.locator(".notice")).to_contain_text(NOTICE)
    assert page.locator("main").inner_text() == text
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).display") == "flex"
    page.goto(other)
    expect(page.get_by_role("heading", level=1)).to_have_text(NEEDS_A_CONNECTION)
    page.get_by_role("list").get_by_role("link", name="part 1 of").click()
    expect(page.locator(".notice")).to_contain_text(NOTICE)
    server.start()
    page.goto(other)
    expect(page.locator(".notice")).to_have_count(0)


def test_a_course_that_was_told_to_stay_is_there_as_a_whole(server: MortalServer, context: BrowserContext) -> None:
    course = make_book()
    lessons = [lesson_address(course, number) for number in (1, 2)]
    page = signed_in(context, server, make_enrollment(course).user)
    page.goto(f"/courses/{course.slug}/")
    page.get_by_role("button", name="Keep this course on this device").click()
    expect(page.get_by_text("This course is on this device.")).to_be_visible()

    server.kill()
    for address in lessons:
        page.goto(address)
        expect(page.locator(".notice")).to_contain_text(NOTICE)


def test_a_practice_goes_on_without_a_connection_and_is_sent_afterwards(
    server: MortalServer, context: BrowserContext
) -> None:
    sitting = Sitting(Client(), mode=QuizMode.PRACTICE)
    sitting.start()
    page = signed_in(context, server, sitting.enrollment.user)
    page.goto(sitting.address)
    line(page).fill("saved")
    expect(note(page)).to_contain_text("Saved")
    are_kept(page, sitting.address)

    server.kill()
    page.reload()
    expect(line(page)).to_have_value("saved")
    line(page).fill("saved, and then not")
    page.locator("#q1").get_by_label("The lower town").check()
    expect(note(page, 1)).to_have_text(KEPT)
    page.reload()
    expect(line(page)).to_have_value("saved, and then not")
    expect(page.locator("#q1").get_by_label("The lower town")).to_be_checked()
    assert answer_at(4, sitting.attempt) == "saved"
    server.start()

    becomes("saved, and then not", sitting.attempt)
    becomes("m2", sitting.attempt, position=1)


def test_no_exam_is_kept(server: MortalServer, context: BrowserContext) -> None:
    sitting = Sitting(Client(), mode=QuizMode.EXAM)
    sitting.start()
    page = signed_in(context, server, sitting.enrollment.user)
    page.goto(sitting.address)
    page.goto("/progress/")

    server.kill()
    page.goto(sitting.address)

    expect(page.get_by_role("heading", level=1)).to_have_text(NEEDS_A_CONNECTION)
    assert kept(page) == []


def test_signing_out_leaves_nothing_for_the_next_person(server: MortalServer, context: BrowserContext) -> None:
    course = make_book()
    page = signed_in(context, server, make_enrollment(course).user)
    page.goto(lesson_address(course))
    are_kept(page, lesson_address(course))

    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(f"{server.url}/")
    assert kept(page) == []

    server.kill()
    page.goto(lesson_address(course))
    expect(page.get_by_role("heading", level=1)).to_have_text(NEEDS_A_CONNECTION)
    assert "Signed in as" not in page.content()


def test_what_may_no_longer_be_read_goes_with_the_next_look_at_it(
    server: MortalServer, context: BrowserContext
) -> None:
    sitting = Sitting(Client(), mode=QuizMode.PRACTICE)
    sitting.start()
    page = signed_in(context, server, sitting.enrollment.user)
    page.goto(sitting.address)
    are_kept(page, sitting.address)

    sitting.submit()
    page.goto(sitting.address)

    wait_for(lambda: kept(page) == [], what="the end of the kept page")


def test_a_button_without_a_connection_says_that_nothing_was_done(
    server: MortalServer, context: BrowserContext
) -> None:
    course = make_book()
    page = signed_in(context, server, make_enrollment(course).user)
    page.goto(lesson_address(course))
    are_kept(page, lesson_address(course))

    server.kill()
    page.locator("form[action$='/read/'] button").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(NEEDS_A_CONNECTION)
    expect(page.get_by_text("If you have just pressed a button, go back and press it again then.")).to_be_visible()


def test_a_new_release_brings_a_new_worker_and_carries_over_what_was_kept(
    server: MortalServer, context: BrowserContext
) -> None:
    course = make_book()
    page = signed_in(context, server, make_enrollment(course).user)
    page.goto(lesson_address(course))
    are_kept(page, lesson_address(course))
    before: list[Any] = page.evaluate(RELEASES)

    server.kill()
    server.release_again()
    server.start()
    page.goto("/")
    wait_for(lambda: len(set(page.evaluate(RELEASES)) - set(before)) == 2, what="the caches of the new release")
    wait_for(lambda: not set(page.evaluate(RELEASES)) & set(before), what="the end of the old ones")

    assert kept(page) == [lesson_address(course)]
    server.kill()
    page.goto(lesson_address(course))
    expect(page.locator(".notice")).to_contain_text(NOTICE)
    sheet = page.locator("link[rel=stylesheet]").get_attribute("href")
    assert page.evaluate("sheet => fetch(sheet).then(reply => reply.ok)", sheet) is True
