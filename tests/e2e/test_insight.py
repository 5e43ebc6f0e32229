"""Insight, the gradebook and what was answered, in a real browser: by keyboard, without scripts, perceivable."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from course.models import Enrollment, LessonReading
from jobs.domain import run_job
from quizzes.domain.reckoning import ask_to_reckon
from tests.e2e.browsers import signed_in, violations
from tests.factories import NOW
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RIGHT, WRONG = "thirst machine", "wet"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


class Desk:
    """An instructor whose twelve learners answered two questions, and their browser."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.group = Class(questions=2)
        self.group.answered(*[RIGHT] * 6, *[WRONG] * 4, "a lake", "A lake!")
        run_job(ask_to_reckon(self.group.quiz, hint=False).uuid)
        first = Enrollment.objects.filter(attempts__quiz=self.group.quiz).order_by("pk")[0]
        LessonReading.objects.create(enrollment=first, lesson=self.group.course.lessons.get(), read_at=NOW)

    def opens(self, rest: str, **options: object) -> Page:
        context = signed_in(self.browser, self.group.instructor, self.server.url, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(f"/studio/courses/{self.group.course.slug}/{rest}")
        return page

    @property
    def insight(self) -> str:
        return f"quizzes/{self.group.quiz.slug}/insight/"

    @property
    def answers(self) -> str:
        return f"answers/{self.group.version.question.uuid}/"


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Desk]:
    made = Desk(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def tab_to(page: Page, selector: str) -> None:
    """Tab is pressed until what the selector names has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"“{selector}” is not reached by Tab.")


def path(page: Page) -> str:
    return urlsplit(page.url).path


def test_a_point_opens_its_question_by_keyboard(desk: Desk) -> None:
    page = desk.opens(desk.insight)
    tab_to(page, "a.point")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/questions/{desk.group.version.uuid}/")


def test_a_point_opens_its_question_by_mouse_without_scripts(desk: Desk) -> None:
    page = desk.opens(desk.insight, java_script_enabled=False)
    expect(page.get_by_role("link", name="Question 1: What does the lower town call")).to_have_count(1)
    # Both questions were answered alike, so that the second stands on the first: it is the one that is hit.
    page.locator("a.point").last.click()
    page.wait_for_url("**/questions/*/")


def test_from_a_chart_to_one_answer_and_its_ledger_by_keyboard(desk: Desk) -> None:
    page = desk.opens(desk.insight)
    tab_to(page, "a[href*='/answers/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answers/**")
    expect(page.locator(".put")).to_have_text([RIGHT, WRONG, "A lake!"])
    tab_to(page, "a[href*='answer=']")
    page.keyboard.press("Enter")
    page.wait_for_url("**answer=**")
    expect(page.get_by_role("link", name="Why this grade")).to_have_count(6)
    tab_to(page, "a[href*='/responses/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Every grading of it")).to_be_visible()


def test_names_are_shown_when_asked_for_and_lead_to_a_learner(desk: Desk) -> None:
    page = desk.opens(desk.answers)
    page.locator(".answers-given .meta a").first.click()
    assert page.locator("a[href*='/learners/']").count() == 0
    page.get_by_role("button", name="Show names").click()
    page.locator("a[href*='/learners/']").first.click()
    page.wait_for_url("**/learners/**")
    page.get_by_text("What happened when").first.click()
    expect(page.get_by_role("cell", name="submitted")).to_be_visible()


def test_answers_are_filtered_by_verdict_and_the_filter_goes_on(desk: Desk) -> None:
    page = desk.opens(desk.answers)
    page.get_by_label("Verdict").select_option("not right")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".put")).to_have_text([WRONG, "A lake!"])
    page.get_by_role("link", name="Four answers").click()
    page.get_by_role("link", name="All answers").click()
    expect(page.locator(".put")).to_have_count(2)


def test_the_gradebook_is_narrowed_by_keyboard_and_leads_to_a_learner(desk: Desk) -> None:
    page = desk.opens("gradebook/")
    name = page.locator(".book tbody th a").first.inner_text()
    page.get_by_label("Name, email or cohort").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator(".book tbody tr").first).to_contain_text(name)
    tab_to(page, ".book tbody th a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_figure_of_the_text_is_found_from_its_table(desk: Desk) -> None:
    page = desk.opens("insight/")
    page.get_by_role("link", name="The text, by errors").click()
    page.get_by_text("As a table").click()
    page.get_by_role("link", name="The upper town built a wall.").click()
    assert path(page).endswith("/insight/text/")
    expect(page.locator(":target")).to_contain_text("50 %")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_one_of_these_pages_can_be_perceived(desk: Desk, size: dict[str, int], scheme: str) -> None:
    page = desk.opens("insight/", viewport=size, color_scheme=scheme, reduced_motion="reduce")
    here = f"/studio/courses/{desk.group.course.slug}"
    for rest in ("insight/", "insight/text/", desk.insight, "gradebook/", desk.answers):
        page.goto(f"{here}/{rest}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations(page) == [], rest
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], rest
