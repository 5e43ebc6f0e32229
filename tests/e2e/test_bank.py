"""The bank in a real browser: searched and changed by keyboard alone, and by mouse without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from quizzes.domain.versions import publish_version
from quizzes.models import QuestionTag
from tests.e2e.test_studio import Instructor
from tests.web.studio.drafts import versions_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def instructor(browser: Browser, live_server: LiveServer) -> Iterator[Instructor]:
    made = Instructor(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def titles(page: Page) -> list[str]:
    return page.locator(".bank li > div > a").all_inner_texts()


def tab_to(page: Page, name: str) -> None:
    """Tab is pressed until what has this name has the focus."""
    wanted = page.locator(":is(button, a, summary, input):focus", has_text=name)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.count():
            return
    raise AssertionError(f"“{name}” is not reached by Tab.")


def test_questions_are_found_tagged_and_archived_by_keyboard_alone(instructor: Instructor) -> None:
    page = instructor.opens(instructor.at("bank"))
    count = len(titles(page))
    assert count == len(versions_of(instructor.course))
    page.get_by_label("Words of the question").focus()
    page.keyboard.type("wall")
    page.keyboard.press("Enter")
    expect(page.get_by_text("found.")).to_be_visible()
    found = titles(page)
    assert 0 < len(found) <= count
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.get_by_label("Tag", exact=True).last.focus()
    page.keyboard.type("walls")
    tab_to(page, "Add the tag")
    page.keyboard.press("Enter")
    expect(page.get_by_text("One question is tagged “walls” now.")).to_be_visible()
    assert QuestionTag.objects.get().name == "walls"
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    tab_to(page, "Archive")
    page.keyboard.press("Enter")
    expect(page.get_by_text("One question is archived.")).to_be_visible()
    assert titles(page) == found[1:]
    assert instructor.console == []


def test_archived_questions_are_restored_without_scripts(instructor: Instructor) -> None:
    for version in versions_of(instructor.course):
        publish_version(version, by=None)
    page = instructor.opens(instructor.at("bank"), java_script_enabled=False)
    before = titles(page)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Archive").click()
    page.get_by_text("By state, kind, concept").click()
    page.get_by_label("State").select_option("Archived")
    page.get_by_role("button", name="Search").click()
    assert titles(page) == before[:1]
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("One question is back as before.")).to_be_visible()
    page.goto(instructor.at("bank"))
    assert titles(page) == before
