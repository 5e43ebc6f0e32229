"""A question at the end of a section, asked and judged in the margin of a real browser; and without its module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from quizzes.models import AnswerEvent, Attempt
from tests.e2e.browsers import violations_in_both_themes
from tests.quizzes.domain.test_side_questions import PROOFS, Book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROWEST = 1280, 320
RIGHT, WRONG = "The upper town", "The lower town"


class Visitor:
    """Somebody without an account at a lesson whose second section asks two questions."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.book = Book()
        for stem in ("What is it called?", "Who calls it so?"):
            self.book.ask(PROOFS[1], stem=stem)
        self.lesson = f"/courses/{self.book.course.slug}/lessons/{self.book.lesson.slug}/"
        self.context = browser.new_context(base_url=server.url, viewport={"width": WIDE, "height": 900})
        self.without_scripts = browser.new_context(base_url=server.url, java_script_enabled=False)
        self.console: list[str] = []

    def opens_the_lesson(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(self.lesson)
        return page


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    made = Visitor(browser, live_server)
    yield made
    made.context.close()
    made.without_scripts.close()


def margin(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Check yourself")


def test_it_is_asked_and_judged_in_the_margin_and_focus_follows(visitor: Visitor) -> None:
    page = visitor.opens_the_lesson()
    margin(page).get_by_role("link", name="One question on what you just read").click()
    expect(margin(page).get_by_label(RIGHT)).to_be_visible()
    margin(page).get_by_label(WRONG).check()
    margin(page).get_by_role("button", name="Check this answer").click()
    expect(margin(page).get_by_text("Not right", exact=True)).to_be_visible()
    expect(margin(page).get_by_role("heading", level=2)).to_be_focused()
    expect(margin(page).get_by_text("a thirst machine", exact=True)).to_be_visible()
    assert page.url.endswith(visitor.lesson)
    margin(page).get_by_role("link", name="Another question").click()
    margin(page).get_by_label(RIGHT).check()
    page.keyboard.press("Enter")
    expect(margin(page).get_by_text("Right", exact=True)).to_be_visible()
    assert (Attempt.objects.count(), AnswerEvent.objects.count()) == (0, 0)
    assert visitor.console == []


def test_the_whole_of_it_goes_by_keyboard(visitor: Visitor) -> None:
    page = visitor.opens_the_lesson()
    margin(page).get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(margin(page).get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(margin(page).get_by_role("heading", level=2)).to_be_focused()


def test_an_answer_that_says_nothing_is_asked_for_where_it_stands(visitor: Visitor) -> None:
    page = visitor.opens_the_lesson()
    margin(page).get_by_role("link").click()
    margin(page).get_by_role("button", name="Check this answer").click()
    expect(margin(page).get_by_role("alert")).to_contain_text("Answer the question first")
    assert page.url.endswith(visitor.lesson)


def test_it_can_be_perceived_and_fits_before_and_after_the_answer(visitor: Visitor) -> None:
    page = visitor.opens_the_lesson()
    margin(page).get_by_role("link").click()
    expect(margin(page).get_by_label(WRONG)).to_be_visible()
    assert violations_in_both_themes(page) == []
    margin(page).get_by_label(WRONG).check()
    margin(page).get_by_role("button", name="Check this answer").click()
    expect(margin(page).get_by_text("Not right", exact=True)).to_be_visible()
    assert violations_in_both_themes(page) == []
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def test_two_that_are_asked_on_one_page_name_their_parts_apart(visitor: Visitor) -> None:
    visitor.book.ask(PROOFS[0], stem="Who drinks from it?")
    page = visitor.opens_the_lesson()
    for number in (0, 1):
        asked = margin(page).nth(number)
        asked.get_by_role("link").click()
        asked.get_by_label(WRONG).check()
        asked.get_by_role("button", name="Check this answer").click()
        expect(asked.get_by_text("Not right", exact=True)).to_be_visible()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert sorted(set(ids)) == sorted(ids)
    judged = [each.get_attribute("aria-describedby") for each in page.locator(".ask section").all()]
    assert judged == ["ask-1-v1 ask-1-f1", "ask-2-v1 ask-2-f1"]


def test_what_cannot_be_had_in_place_is_had_from_its_page(visitor: Visitor) -> None:
    page = visitor.opens_the_lesson()
    page.route("**/asking*.js", lambda route: route.abort())
    margin(page).get_by_role("link").click()
    page.wait_for_url(f"**{visitor.lesson}aside/2/")
    expect(page.get_by_role("heading", level=1, name="Check yourself")).to_be_visible()


def test_without_javascript_it_has_a_page_of_its_own(visitor: Visitor) -> None:
    page = visitor.without_scripts.new_page()
    page.goto(visitor.lesson)
    page.get_by_role("link", name="One question on what you just read").click()
    page.get_by_label(RIGHT).check()
    page.get_by_role("button", name="Check this answer").click()
    expect(page.get_by_text("Right", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to the text").click()
    page.wait_for_url(f"**{visitor.lesson}#p-*")
