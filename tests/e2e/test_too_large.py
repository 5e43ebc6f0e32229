"""What is larger than is received, in a real browser: told before it is sent, and never lost where it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from course.models import Course
from jobs.models import Job
from tests.e2e.browsers import PATIENCE, signed_in, violations
from tests.factories import make_course
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Three bytes for each of them, so that characters are fewer than bytes.
MUCH = "港" * 840_000
LITTLE = "One town drinks, and one town pays. " * 40
SAID = "This paste is larger than 2.4 MB."
VALIDITY = "each => each.validationMessage"
LISTS, GRADES = "/studio/courses/{course}/people/list/", "/studio/courses/{course}/gradebook/import/"
LENGTH = "each => each.value.length"


@pytest.fixture
def course() -> Course:
    return make_course(owner=make_author())


@pytest.fixture
def opens(browser: Browser, live_server: LiveServer, course: Course) -> Iterator[Any]:
    contexts = []

    def opens(place: str, *, scripts: bool = True) -> Page:
        owner = course.enrollments.get().user
        contexts.append(signed_in(browser, owner, live_server.url, java_script_enabled=scripts))
        # A browser that breaks that much into lines hears nothing meanwhile.
        contexts[-1].set_default_timeout(4 * PATIENCE)
        page = contexts[-1].new_page()
        page.goto(place.format(course=course.slug))
        return page

    yield opens
    for context in contexts:
        context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


@contextmanager
def nothing_sent(page: Page) -> Iterator[None]:
    """Within, the page posts nothing."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    yield
    page.wait_for_load_state("networkidle")
    assert "POST" not in sent


def test_a_paste_that_is_too_large_is_not_sent_and_a_shorter_one_is(opens: Any) -> None:
    page = opens("/studio/import/")
    paste = page.get_by_label("Paste the article")
    page.get_by_label("Title").fill("The harbour")
    paste.fill(MUCH)
    with nothing_sent(page):
        press(page, "Build the draft course")
    assert paste.evaluate(VALIDITY).startswith(SAID)
    expect(paste).to_be_focused()
    assert (paste.evaluate(LENGTH), page.get_by_label("Title").input_value()) == (len(MUCH), "The harbour")
    assert violations(page) == []

    paste.fill(LITTLE)
    assert paste.evaluate(VALIDITY) == ""
    press(page, "Build the draft course")
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()


@pytest.mark.parametrize(
    ("place", "label", "size", "said"),
    [
        pytest.param("/studio/course-files/", "Course file", 5_000_001, "larger than 5 MB", id="a course file"),
        pytest.param(LISTS, "Or choose a file", 1_000_001, "larger than 1 MB", id="a list of people"),
        pytest.param(GRADES, "Or choose a file", 1_000_001, "larger than 1 MB", id="a list of grades"),
    ],
)
def test_a_file_a_byte_too_large_is_not_sent(opens: Any, place: str, label: str, size: int, said: str) -> None:
    page = opens(place)
    field = page.get_by_label(label)
    field.set_input_files({"name": "a.postil", "mimeType": "text/plain", "buffer": b"a" * size})
    with nothing_sent(page):
        page.locator("main form button[type=submit]").first.click()
    assert said in field.evaluate(VALIDITY)
    field.set_input_files({"name": "a.postil", "mimeType": "text/plain", "buffer": b"a" * (size - 1)})
    assert field.evaluate(VALIDITY) == ""


@pytest.mark.parametrize(("letters", "is_too_much"), [(999_998, False), (999_999, True)])
def test_a_line_break_counts_as_it_is_sent(opens: Any, letters: int, is_too_much: bool) -> None:
    page = opens(LISTS)
    page.get_by_label("Paste the list").fill("\n" + "a" * letters)
    assert bool(page.get_by_label("Paste the list").evaluate(VALIDITY)) == is_too_much


def test_what_a_browser_kept_is_looked_at_without_being_typed_again(opens: Any) -> None:
    page = opens("/studio/import/")
    page.get_by_label("Paste the article").fill(MUCH)
    page.goto("/studio/")
    page.go_back()
    assert page.get_by_label("Paste the article").evaluate(VALIDITY).startswith(SAID)


def test_without_scripts_going_back_keeps_what_was_typed_and_it_can_be_sent_shorter(opens: Any) -> None:
    page = opens("/studio/import/", scripts=False)
    page.get_by_label("Title").fill("The harbour")
    page.get_by_label("Paste the article").fill(MUCH)
    press(page, "Build the draft course")
    expect(page.get_by_role("heading", level=1)).to_have_text("This is too much at once")
    expect(page.get_by_text(SAID)).to_be_visible()
    assert Job.objects.count() == 0

    page.go_back()
    paste = page.get_by_label("Paste the article")
    assert (len(paste.input_value()), page.get_by_label("Title").input_value()) == (len(MUCH), "The harbour")
    paste.fill(LITTLE)
    press(page, "Build the draft course")
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    assert Job.objects.count() == 1
