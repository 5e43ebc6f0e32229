"""An instructor in a real browser: the review by keyboard alone, builds that go on by themselves, pages to perceive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from authoring.domain.lessons import split_lesson
from authoring.domain.passages import decide_passage
from authoring.domain.text_edits import Editor
from course.models import Concept, Course
from jobs.domain import claim, run_job
from jobs.models import Job
from tests.authoring.domain.test_build import ESSAY
from tests.e2e.browsers import signed_in, violations_in_both_themes
from tests.web.learner.sittings import kinds
from tests.web.studio.drafts import REASON, address_of, drop, make_author, make_draft, versions_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Instructor:
    """An author with a draft course, and their browser."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.console: list[str] = []
        self.author: User = make_author("Ines")
        self.course: Course = make_draft(self.author, contents=kinds(), concepts=3)
        drop(self.course, position=0)

    def opens(self, address: str, **options: Any) -> Page:
        context = signed_in(self.browser, self.author, self.server.url, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(address)
        return page

    def at(self, *parts: object) -> str:
        return address_of(self.course, *parts)

    def question(self, number: int) -> str:
        return self.at("questions", versions_of(self.course)[number - 1].uuid)

    def states(self) -> list[str]:
        names = {("draft", True): "accepted", ("draft", False): "undecided", ("retired", True): "rejected"}
        return [names[version.state, version.reviewed_at is not None] for version in versions_of(self.course)]


@pytest.fixture
def instructor(browser: Browser, live_server: LiveServer) -> Iterator[Instructor]:
    made = Instructor(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def expect_question(page: Page, number: int) -> None:
    """The page of this question is there, and its keys work: the module shows their list once it listens."""
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Drafted question {number} of 6")
    expect(page.get_by_text("Keyboard shortcuts")).to_be_visible()


def test_the_review_goes_by_keyboard_alone(instructor: Instructor) -> None:
    page = instructor.opens(instructor.question(1))
    heading = page.get_by_role("heading", level=1)
    expect_question(page, 1)

    page.keyboard.press("a")
    expect_question(page, 2)
    page.keyboard.press("r")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("2")
    expect_question(page, 3)
    page.keyboard.press("j")
    expect_question(page, 4)
    page.keyboard.press("k")
    expect_question(page, 3)
    assert instructor.states() == ["accepted", "rejected", *["undecided"] * 4]
    assert versions_of(instructor.course)[1].review_note == REASON

    page.keyboard.press("r")
    page.keyboard.press("5")
    expect(page.get_by_label("in your own words")).to_be_focused()
    page.keyboard.type("A jazz band, really?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect_question(page, 4)
    assert versions_of(instructor.course)[2].review_note == "A jazz band, really?"

    page.keyboard.press("z")
    expect_question(page, 3)
    page.keyboard.press("z")
    expect_question(page, 2)
    page.keyboard.press("z")
    expect_question(page, 1)
    assert instructor.states() == ["undecided"] * 6
    page.keyboard.press("e")
    expect(heading).to_have_text("Edit the question")
    page.get_by_label("Question", exact=True).press_sequentially("aerz? ")
    expect(heading).to_have_text("Edit the question")
    assert instructor.console == []


def test_single_keys_are_listed_and_can_be_turned_off(instructor: Instructor) -> None:
    page = instructor.opens(instructor.question(1))
    expect_question(page, 1)
    page.keyboard.press("?")
    switch = page.get_by_role("button", name="Turn single keys off")
    expect(switch).to_be_focused()
    switch.click()
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.reload()
    expect_question(page, 1)
    page.keyboard.press("a")
    expect_question(page, 1)
    assert instructor.states() == ["undecided"] * 6

    page.keyboard.press("?")
    page.get_by_role("button", name="Turn single keys on").click()
    page.keyboard.press("j")
    expect_question(page, 2)


def test_keys_with_control_belong_to_the_browser(instructor: Instructor) -> None:
    page = instructor.opens(instructor.question(1))
    expect_question(page, 1)
    page.keyboard.press("Control+a")
    expect_question(page, 1)
    assert instructor.states() == ["undecided"] * 6


def test_concepts_are_decided_by_keyboard_in_place(instructor: Instructor) -> None:
    page = instructor.opens(instructor.at("concepts"))
    rows = page.locator("[data-item]")
    expect(page.get_by_text("Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("a")
    expect(rows.nth(0)).to_contain_text("accepted")
    expect(page.get_by_text("One concept accepted, 2 to decide.")).to_be_visible()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("r")
    expect(rows.nth(1)).to_contain_text("rejected")
    page.keyboard.press("z")
    expect(rows.nth(1)).not_to_contain_text("rejected")
    states = Concept.objects.filter(course=instructor.course).order_by("rank").values_list("state", flat=True)
    assert list(states) == ["accepted", "suggested", "suggested"]
    assert instructor.console == []


def test_a_dropped_line_is_restored_in_place(instructor: Instructor) -> None:
    page = instructor.opens(instructor.at("text"))
    page.get_by_role("button", name="Keep this line").click()
    again = page.get_by_role("button", name="Leave it out again")
    expect(again).to_be_focused()
    again.click()
    expect(page.get_by_role("button", name="Keep this line")).to_be_focused()


def test_lines_are_decided_by_keyboard_alone(instructor: Instructor) -> None:
    page = instructor.opens(instructor.at("text"))
    expect(page.get_by_text("Keyboard shortcuts")).to_be_visible()
    first, second = page.locator("[data-item]").nth(0), page.locator("[data-item]").nth(1)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(first).to_contain_text("Kept by you")
    expect(first).to_be_focused()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("b")
    expect(second).to_contain_text("Part 2 begins here")
    expect(second).to_be_focused()
    page.keyboard.press("z")
    expect(second).not_to_contain_text("Part 2 begins here")
    page.keyboard.press("z")
    expect(first).to_contain_text("Left out: donation")
    assert instructor.console == []


def titles(page: Page) -> list[str]:
    return [each.input_value() for each in page.get_by_role("textbox").all()]


def test_parts_are_renamed_moved_and_joined_by_keyboard_alone(instructor: Instructor) -> None:
    decide_passage(instructor.course, number=1, kind=None, editor=Editor(None, 0))
    split_lesson(instructor.course, number=2, editor=Editor(None, 1))
    page = instructor.opens(instructor.at("lessons"))
    page.get_by_label("Part 2").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("The machine")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You renamed a part")).to_be_visible()
    page.get_by_role("button", name="Move up part 2").press("Enter")
    expect(page.get_by_text("You moved a part")).to_be_visible()
    assert titles(page) == ["The machine", "The wall"]
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("z")
    expect(page.get_by_text("You renamed a part")).to_be_visible()
    page.get_by_role("button", name="Join with the next after part 1").press("Enter")
    expect(page.get_by_label("Part 2")).to_have_count(0)
    assert instructor.console == []


def test_a_part_is_dragged_to_its_place(instructor: Instructor) -> None:
    decide_passage(instructor.course, number=1, kind=None, editor=Editor(None, 0))
    split_lesson(instructor.course, number=2, editor=Editor(None, 1))
    page = instructor.opens(instructor.at("lessons"))
    parts = page.locator("[data-part]")
    parts.nth(1).locator(".grip").drag_to(parts.nth(0), target_position={"x": 40, "y": 3})
    expect(page.get_by_text("You moved a part")).to_be_visible()
    assert titles(page) == ["The wall, continued", "The wall"]
    assert instructor.console == []


def test_a_build_goes_on_by_itself(instructor: Instructor) -> None:
    page = instructor.opens("/studio/import/")
    page.get_by_label("Paste the article").fill(ESSAY)
    page.get_by_role("button", name="Build the draft course").click()
    expect(page.get_by_role("status").last).to_contain_text("Waiting for a worker")
    job = Job.objects.get()
    claimed = claim(job.uuid)
    assert claimed is not None
    claimed.heartbeat(current=1, total=3)
    expect(page.get_by_text("Drafting questions, step 2 of 3")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Drafting questions, step 2 of 3")).to_be_visible()
    Job.objects.update(state="queued", lease_until=None, token=None, next_try_at=job.created_at)
    run_job(job.uuid)
    expect(page.get_by_role("heading", level=1)).to_have_text("The harbour that waits")
    expect(page.get_by_role("link", name=re.compile("^Review"))).to_be_visible()
    assert instructor.console == []


def pages(instructor: Instructor) -> list[str]:
    return [
        "/studio/",
        "/studio/import/",
        instructor.at(),
        instructor.at("lessons"),
        instructor.at("quizzes"),
        instructor.at("gradebook"),
        instructor.at("text"),
        instructor.at("concepts"),
        instructor.at("concepts", "suggestion-0"),
        instructor.at("questions"),
        *[instructor.question(number) for number in range(1, 7)],
        f"{instructor.question(5)}edit/",
    ]


def test_every_page_can_be_perceived(instructor: Instructor) -> None:
    page = instructor.opens("/studio/")
    found = {}
    for address in pages(instructor):
        page.goto(address)
        found[address] = violations_in_both_themes(page)
    assert {address: each for address, each in found.items() if each} == {}


def name_at_length(course: Course) -> None:
    """The course, its parts, concepts and quizzes have names of many words, one of them longer than a phone is wide."""
    name = f"Of the two towns, the wall that one of them built, and its {'counter' * 9}revolution"
    Course.objects.filter(pk=course.pk).update(title=name)
    course.lessons.update(title=name)
    course.quizzes.update(title=name)
    for concept in Concept.objects.filter(course=course):
        Concept.objects.filter(pk=concept.pk).update(term=f"{'counter' * 9}revolution {concept.rank}")


@pytest.mark.parametrize("size", [(320, ""), (640, "largest")])
def test_no_page_scrolls_sideways_however_long_its_words(instructor: Instructor, size: tuple[int, str]) -> None:
    name_at_length(instructor.course)
    width, text = size
    page = instructor.opens("/studio/", viewport={"width": width, "height": 800})
    page.context.add_cookies([{"name": "size", "value": text, "url": instructor.server.url}])
    for address in pages(instructor):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
