"""A grade is questioned and mended in a real browser: by a learner, then an instructor, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from quizzes.models import Appeal, Attempt, RegradeRun, RunState
from tests.e2e.browsers import signed_in, violations_in_both_themes
from tests.quizzes.domain.regraded import Class, run_every_job
from tests.web.studio.drafts import address_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Case:
    """A class of learners with one disputed answer, and browsers for its people."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.console: list[str] = []
        self.group = Class(pass_fraction="0.5")
        self.group.answered("dry machine", "thirst machine")
        self.attempt = Attempt.objects.order_by("pk")[0]
        enrollment = self.attempt.enrollment
        assert enrollment is not None
        self.learner = enrollment.user

    def opens(self, address: str, *, person: User, **options: object) -> Page:
        context = signed_in(self.browser, person, self.server.url, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(address)
        return page

    @property
    def review(self) -> str:
        return f"/attempts/{self.attempt.uuid}/"


@pytest.fixture
def case(browser: Browser, live_server: LiveServer) -> Iterator[Case]:
    made = Case(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def press_on(page: Page, role: Literal["link", "button"], name: str) -> None:
    """The control has the focus, as by Tab, and Enter is pressed on it."""
    control = page.get_by_role(role, name=name).first
    control.focus()
    expect(control).to_be_focused()
    page.keyboard.press("Enter")


def test_from_a_learners_doubt_to_a_grade_that_says_why_it_changed(case: Case) -> None:
    learner = case.opens(case.review, person=case.learner)
    press_on(learner, "link", "Question this grade")
    learner.get_by_label("Why is this grade not right?").focus()
    learner.keyboard.type("The lower town calls it dry as well.")
    learner.keyboard.press("Tab")
    learner.keyboard.press("Enter")
    expect(learner.get_by_text("appealed, being looked at")).to_be_visible()

    instructor = case.opens(address_of(case.group.course, "appeals"), person=case.group.instructor)
    press_on(instructor, "link", "“dry machine”")
    expect(instructor.get_by_text("The lower town calls it dry as well.")).to_be_visible()
    expect(instructor.get_by_text("One grade of 2 looked at would change:")).to_be_visible()
    instructor.get_by_label("Your reason").focus()
    instructor.keyboard.type("Right: the second sentence says so.")
    instructor.keyboard.press("Tab")
    instructor.keyboard.press("Enter")
    expect(instructor.get_by_text("appeal accepted", exact=True)).to_be_visible()

    press_on(instructor, "link", "See the grades that changed")
    expect(instructor.get_by_role("heading", level=1)).to_have_text("Looking at what would change")
    run_every_job("plan_regrade")
    run_every_job("apply_regrade")
    expect(instructor.get_by_role("heading", level=1)).to_have_text("One grade of 2")
    expect(instructor.get_by_text("passes now")).to_be_visible()

    learner.goto(case.review)
    expect(learner.get_by_text("The grade changed")).to_be_visible()
    expect(learner.get_by_text("It was 0 of 1; graded again: Right: the second sentence says so.")).to_be_visible()
    expect(learner.get_by_text("Now right as well: “dry machine”")).to_be_visible()
    assert case.console == []


def test_a_regrade_is_seen_applied_and_undone(case: Case) -> None:
    case.group.accept("thirst machine", "dry machine")
    page = case.opens(address_of(case.group.course, "regrades"), person=case.group.instructor)
    page.get_by_label("Quiz").select_option(label=case.group.quiz.title)
    page.get_by_label("Why").fill("Another word is right as well.")
    press_on(page, "button", "See what would change")
    expect(page.get_by_role("heading", level=1)).to_have_text("Looking at what would change")
    run_every_job("plan_regrade")
    expect(page.get_by_role("heading", level=1)).to_have_text("One grade would change")

    press_on(page, "button", "Apply: change one grade")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giving the new grades")
    run_every_job("apply_regrade")
    expect(page.get_by_role("heading", level=1)).to_have_text("One grade of 2")
    press_on(page, "button", "Undo: give back the earlier grades")
    expect(page.get_by_role("heading", level=1)).to_have_text("Giving back the earlier grades")
    run_every_job("undo_regrade")
    expect(page.get_by_text("undone", exact=True)).to_be_visible()
    assert RegradeRun.objects.get().state == RunState.UNDONE
    assert case.console == []


def test_all_of_it_works_without_javascript(case: Case) -> None:
    learner = case.opens(f"{case.review}responses/1/why/", person=case.learner, java_script_enabled=False)
    learner.get_by_label("Why is this grade not right?").fill("It is dry.")
    learner.get_by_role("button", name="Send").click()
    expect(learner.get_by_text("appealed, being looked at")).to_be_visible()

    address = address_of(case.group.course, "appeals", Appeal.objects.get().uuid)
    instructor = case.opens(address, person=case.group.instructor, java_script_enabled=False)
    instructor.get_by_label("Your reason").fill("For you alone.")
    instructor.get_by_role("button", name="Accept for one appeal only").click()
    expect(instructor.get_by_text("For you alone.")).to_be_visible()


def test_every_page_of_it_can_be_perceived_by_everybody(case: Case) -> None:
    case.group.accept("thirst machine", "dry machine")
    run = case.group.plan()
    learner = case.opens(f"{case.review}responses/1/why/", person=case.learner)
    assert violations_in_both_themes(learner) == []
    learner.get_by_label("Why is this grade not right?").fill("It is dry.")
    learner.get_by_role("button", name="Send").click()
    expect(learner.get_by_text("appealed, being looked at")).to_be_visible()
    case.group.apply(run)
    learner.goto(case.review)
    assert violations_in_both_themes(learner) == []

    instructor = case.opens("/studio/", person=case.group.instructor)
    for parts in (
        ("regrades",),
        ("regrades", run.uuid),
        ("appeals",),
        ("appeals", Appeal.objects.get().uuid),
        ("responses", case.attempt.uuid, 1),
    ):
        instructor.goto(address_of(case.group.course, *parts))
        assert violations_in_both_themes(instructor) == [], parts
        instructor.set_viewport_size({"width": 320, "height": 700})
        assert instructor.evaluate("document.documentElement.scrollWidth") <= 320, parts
        instructor.set_viewport_size({"width": 1280, "height": 900})
    assert case.console == []
