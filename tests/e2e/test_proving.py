"""Proof marked in a real browser: with the mouse, by keyboard, and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from course.models import Anchor
from tests.e2e.test_studio import Instructor
from tests.web.studio.drafts import versions_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SELECT = """([from, to]) => {
  const found = (words) => {
    const walker = document.createTreeWalker(document.querySelector("#article .passages"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at >= 0) return [walker.currentNode, at];
    }
  };
  const [first, start] = found(from);
  const [last, end] = found(to);
  getSelection().setBaseAndExtent(first, start, last, end + to.length);
}"""


@pytest.fixture
def instructor(browser: Browser, live_server: LiveServer) -> Iterator[Instructor]:
    made = Instructor(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def quotes(instructor: Instructor) -> list[str]:
    version = versions_of(instructor.course)[0]
    return list(Anchor.objects.filter(question=version.uuid).order_by("start").values_list("quote", flat=True))


def mark(page: Page, first: str, last: str) -> None:
    page.evaluate(SELECT, [first, last])
    page.get_by_role("button", name="Mark the selected words as proof").click()
    expect(page.locator("#article mark", has_text=first).first).to_be_visible()


def test_selected_words_become_the_proof_and_nothing_typed_is_lost(instructor: Instructor) -> None:
    page = instructor.opens(f"{instructor.question(1)}edit/")
    expect(page.get_by_role("button", name="Mark the selected words as proof")).to_be_hidden()
    page.get_by_label("Question", exact=True).fill("Who is thirsty?")

    mark(page, "thirst machine", "thirst machine")

    expect(page.locator("#article mark", has_text="thirst machine")).to_be_visible()
    expect(page.get_by_label("Question", exact=True)).to_have_value("Who is thirsty?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()
    assert quotes(instructor)[-1] == "thirst machine"
    assert instructor.console == []


def test_one_piece_is_added_and_another_taken_out(instructor: Instructor) -> None:
    page = instructor.opens(f"{instructor.question(1)}edit/")
    page.locator("#proof").get_by_role("checkbox").first.uncheck()
    mark(page, "calls it", "thirst")
    mark(page, "lower", "town")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()
    assert quotes(instructor) == ["lower town", "calls it a thirst"]


def test_sentences_are_chosen_by_keyboard_alone(instructor: Instructor) -> None:
    page = instructor.opens(f"{instructor.question(1)}edit/")
    page.locator("#proof").get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("From the sentence")).to_be_focused()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#article mark").first).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()
    assert quotes(instructor) == ["The lower town calls it a thirst machine."]


def test_it_goes_without_scripts_for_a_question_written_by_hand(instructor: Instructor) -> None:
    page = instructor.opens(f"{instructor.at('questions', 'new')}?kind=true_false", java_script_enabled=False)
    page.get_by_label("Or only these words").fill("no such words")
    page.get_by_role("button", name="Mark them").click()
    expect(page.get_by_text("These words do not stand in this part like this.")).to_be_visible()
    expect(page.get_by_label("Or only these words")).to_have_value("no such words")
    page.get_by_label("Or only these words").fill("thirst machine")
    page.get_by_role("button", name="Mark them").click()
    expect(page.locator("#article mark")).to_have_text("thirst machine")
