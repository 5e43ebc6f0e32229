"""A grader in a real browser: the queue by keyboard alone, the sum that follows the ticks, pages to perceive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from course.models import Role
from quizzes.domain.manual_queue import groups_waiting, waiting_count
from quizzes.domain.saved_comments import save_comment
from quizzes.models import Audit, GradingEvent, Response
from tests.e2e.browsers import signed_in, violations_in_both_themes
from tests.factories import NOW
from tests.quizzes.domain.test_manual_grading import give, ticked
from tests.quizzes.domain.waiting_answers import Desk
from tests.web.studio.drafts import address_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Grader:
    """A grader of a course with answers waiting, and their browser."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.console: list[str] = []
        self.desk = Desk(role=Role.GRADER)
        suggestion = {"suggestion": 0.666667, "path": ["It is near to two answers that earned 2 of 3."]}
        self.desk.answered("the reservoir", "The reservoir.", "the resrevoir", suggestion=suggestion)
        self.desk.answered("the wall", "the lake")
        save_comment(self.desk.question, text="Say who built it.", by=self.desk.grader, at=NOW)

    def opens(self, *parts: object, **options: object) -> Page:
        context = signed_in(self.browser, self.desk.grader, self.server.url, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(address_of(self.desk.course, "grading", *parts))
        return page

    @property
    def uuid(self) -> object:
        return self.desk.question.uuid


@pytest.fixture
def grader(browser: Browser, live_server: LiveServer) -> Iterator[Grader]:
    made = Grader(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def expect_answer(page: Page, number: int, total: int) -> None:
    """The page of this answer is there, and its keys work: the module shows their list once it listens."""
    expect(page.get_by_text(f"Answer {number} of {total}")).to_be_visible()
    expect(page.get_by_text("Keyboard shortcuts")).to_be_visible()


def test_the_queue_is_graded_by_keyboard_alone(grader: Grader) -> None:
    page = grader.opens(grader.uuid)
    sizes = [group.size for group in groups_waiting(grader.desk.question)]
    expect_answer(page, 1, 3)

    page.keyboard.press("j")
    expect_answer(page, 2, 3)
    page.keyboard.press("k")
    expect_answer(page, 1, 3)
    page.keyboard.press("1")
    page.keyboard.press("3")
    page.keyboard.press("3")
    expect(page.get_by_text("2 of 3 points", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect_answer(page, 1, 2)
    assert waiting_count(grader.desk.course) == 5 - sizes[0]

    page.keyboard.press("e")
    expect(page.get_by_label("Comment for the learner")).to_be_focused()
    page.keyboard.type("1 more: name the town, j. z?")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.keyboard.press("s")
    expect(page.get_by_role("checkbox", name="Say who built it.")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect_answer(page, 1, 1)
    told = GradingEvent.objects.order_by("pk").values_list("feedback", flat=True).last()
    assert told == "Says who built it\nSay who built it.\n1 more: name the town, j. z?"

    page.keyboard.press("z")
    expect(page.get_by_text("Taken back")).to_be_visible()
    expect_answer(page, 1, 2)
    page.keyboard.press("0")
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    expect_answer(page, 1, 1)
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("All graded")
    assert waiting_count(grader.desk.course) == 0
    assert {str(fraction) for fraction in Response.objects.values_list("fraction", flat=True)} == {
        "0.666667",
        "0.000000",
        "1.000000",
    }
    assert grader.console == []


def test_an_audit_stands_by_one_key(grader: Grader) -> None:
    give(grader.desk, ticked(grader.desk, 0))
    grader.desk.audited("the water")
    page = grader.opens(grader.uuid)
    expect_answer(page, 1, 1)
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("All graded")
    assert Audit.objects.get().state == "confirmed"


def test_enter_on_a_link_follows_it_and_grades_nothing(grader: Grader) -> None:
    page = grader.opens(grader.uuid)
    expect_answer(page, 1, 3)
    page.keyboard.press("1")
    page.get_by_role("link", name="J Skip").focus()
    page.keyboard.press("Enter")
    expect_answer(page, 2, 3)
    assert waiting_count(grader.desk.course) == 5


def test_a_variant_left_out_waits_on(grader: Grader) -> None:
    group = next(group for group in groups_waiting(grader.desk.question) if group.size == 3)
    page = grader.opens(grader.uuid)
    page.goto(f"{page.url}?answer={group.digest}")
    page.get_by_label("the resrevoir").uncheck()
    page.keyboard.press("1")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("Two answers graded.")).to_be_visible()
    assert waiting_count(grader.desk.course) == 3


def test_without_javascript_it_is_a_plain_form(grader: Grader) -> None:
    page = grader.opens(grader.uuid, java_script_enabled=False)
    expect(page.get_by_text("Keyboard shortcuts")).not_to_be_visible()
    for _ in range(3):
        page.get_by_label("Names the wall").check()
        page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All graded")
    page.get_by_role("button", name="Undo the last").click()
    expect(page.get_by_text("Taken back")).to_be_visible()


def test_everybody_can_perceive_these_pages(grader: Grader) -> None:
    """No violation for axe, nothing wider than a phone, and nothing the browser complains about."""
    for parts in ((), (grader.uuid,), (grader.uuid, "rubric")):
        page = grader.opens(*parts)
        for details in page.locator("main details").all():
            details.evaluate("each => each.open = true")
        assert violations_in_both_themes(page) == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    give(grader.desk, ticked(grader.desk, 0))
    for parts in ((), (grader.uuid,), (grader.uuid, "rubric")):
        assert violations_in_both_themes(grader.opens(*parts)) == []
    assert grader.console == []
