"""Assembling a quiz and changing the text of a course in a real browser: by mouse, by keyboard, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from course.models import TextChange
from quizzes.models import Quiz, QuizItem
from tests.course.domain.revised_courses import ESSAY, TAX, asking, make_essay, row
from tests.e2e.browsers import signed_in, violations
from tests.factories import single_choice
from tests.quizzes.domain.regraded import run_every_job
from tests.web.studio.drafts import address_of, make_author, make_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Desk:
    """An author and their browser."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.author: User = make_author("Ines")

    def opens(self, address: str, **options: Any) -> Page:
        context = signed_in(self.browser, self.author, self.server.url, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    def quiz(self) -> Quiz:
        """A quiz of three questions, each told from the others by its stem."""
        stems = ("Who built it?", "Who drinks of it?", "Who pays for it?")
        course = make_draft(self.author, contents=[("single_choice", single_choice(stem)) for stem in stems])
        return Quiz.objects.get(course=course)


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Desk]:
    made = Desk(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def order(quiz: Quiz) -> list[int]:
    return list(QuizItem.objects.filter(quiz=quiz).order_by("position").values_list("pk", flat=True))


def test_a_line_is_dragged_to_its_place(desk: Desk) -> None:
    quiz = desk.quiz()
    first, second, third = order(quiz)
    page = desk.opens(address_of(quiz.course, "quizzes", quiz.slug))
    lines = page.locator("[data-arrange] > li")
    lines.nth(2).locator("p").drag_to(lines.nth(0), target_position={"x": 20, "y": 2})
    expect(page.get_by_text("Now number 1.")).to_be_visible()
    assert order(quiz) == [third, first, second]


@pytest.mark.parametrize("scripts", [True, False])
def test_lines_are_moved_and_moved_back_by_keyboard(desk: Desk, scripts: bool) -> None:
    quiz = desk.quiz()
    first, second, third = order(quiz)
    page = desk.opens(address_of(quiz.course, "quizzes", quiz.slug), java_script_enabled=scripts)
    page.get_by_role("button", name=re.compile("^Down.*Who built it")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Now number 2.")).to_be_visible()
    assert order(quiz) == [second, first, third]
    page.get_by_role("button", name=re.compile("Undo: put in another order")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taken back: put in another order.")).to_be_visible()
    assert order(quiz) == [first, second, third]


def test_a_changed_text_is_seen_applied_confirmed_and_undone(desk: Desk) -> None:
    course = make_essay(desk.author)
    page = desk.opens(address_of(course, "text", "changes"))
    page.get_by_label("Paste the changed text").fill(ESSAY.replace("named that", "called this"))
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_text("You may leave this page.")).to_be_visible()
    run_every_job("plan_text_change")
    apply = page.get_by_role("button", name="Apply: learners read revision 2")
    expect(apply).to_be_visible(timeout=10_000)
    assert violations(page) == []
    apply.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="It still holds").click()
    expect(page.get_by_text("Every question’s evidence stands word for word")).to_be_visible()
    assert row(course, asking(TAX)) == ("exact", TAX.replace("named that", "called this"))
    page.get_by_role("button", name="Undo: learners read revision 1 again").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    assert TextChange.objects.get().state == "undone"
    assert row(course, asking(TAX)) == ("exact", TAX)


def test_a_preview_says_that_it_is_one_and_reads_well_to_machines(desk: Desk) -> None:
    quiz = desk.quiz()
    page = desk.opens(address_of(quiz.course, "quizzes", quiz.slug, "preview"))
    expect(page.get_by_text("It is no attempt: nothing is kept, graded or counted.")).to_be_visible()
    page.get_by_label("Draw", exact=True).fill("3")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("heading", name="The questions, draw 3")).to_be_visible()
    assert violations(page) == []
