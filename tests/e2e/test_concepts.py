"""Concepts in a real browser: words picked with the mouse and by keyboard, decided, merged and taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from course.models import Anchor, Concept
from quizzes.domain.versions import publish_version
from tests.e2e.test_studio import Instructor
from tests.web.studio.drafts import versions_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SELECT = """([number, words, nth]) => {
  const text = document.querySelector(`[data-picks="${number}"]`);
  const found = (at) => walker.currentNode.data.indexOf(words, at);
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = nth;
  while (walker.nextNode()) {
    for (let at = found(0); at >= 0; at = found(at + 1)) {
      left -= 1;
      if (!left) return getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    }
  }
}"""


@pytest.fixture
def instructor(browser: Browser, live_server: LiveServer) -> Iterator[Instructor]:
    made = Instructor(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def on_concepts(instructor: Instructor) -> Page:
    page = instructor.opens(instructor.at("concepts"))
    expect(page.get_by_text("Keyboard shortcuts")).to_be_visible()
    return page


def quotes(term: str) -> list[tuple[int, str]]:
    anchors = Anchor.objects.filter(mention__concept__term=term).order_by("start")
    return [(anchor.start, anchor.quote) for anchor in anchors]


def test_selected_words_are_made_a_concept_by_key(instructor: Instructor) -> None:
    page = on_concepts(instructor)
    page.evaluate(SELECT, [2, "thirst machine", 1])
    expect(page.get_by_role("button", name="Make “thirst machine” a concept")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_text("“thirst machine” is a concept, marked wherever")).to_be_visible()
    expect(page.locator("mark", has_text="thirst machine")).to_be_visible()
    assert [quote for _, quote in quotes("thirst machine")] == ["thirst machine"]
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back.", exact=True)).to_be_visible()
    assert not Concept.objects.filter(term="thirst machine").exists()
    assert instructor.console == []


def test_the_occurrence_that_was_selected_is_marked(instructor: Instructor) -> None:
    page = on_concepts(instructor)
    page.evaluate(SELECT, [2, "hi", 2])
    page.get_by_role("button", name="Make “hi” a concept").click()
    expect(page.get_by_text("“hi” is a concept")).to_be_visible()
    text = instructor.course.lessons.get().revision.text
    second = text.index("hi", text.index("hi", text.index("\n")) + 1)
    assert quotes("hi") == [(second, "hi")]


def test_words_are_picked_by_keyboard_alone(instructor: Instructor) -> None:
    page = on_concepts(instructor)
    page.keyboard.press("p")
    expect(page.get_by_label("Words that stand there")).to_be_focused()
    page.keyboard.type("lower town")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“lower town” is a concept")).to_be_visible()
    assert [quote for _, quote in quotes("lower town")] == ["lower town"]


def test_a_selection_that_leaves_its_passage_offers_nothing(instructor: Instructor) -> None:
    page = on_concepts(instructor)
    page.keyboard.press("Control+a")
    expect(page.locator("[data-pick-button]")).to_be_hidden()


def test_concepts_are_merged_and_taken_apart_by_keyboard(instructor: Instructor) -> None:
    page = on_concepts(instructor)
    page.keyboard.press("j")
    page.keyboard.press("m")
    into = page.get_by_label("Into which concept")
    into.focus()
    page.keyboard.type("lake 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("lake 1")
    expect(page.get_by_role("button", name="Take apart")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back.", exact=True)).to_be_visible()
    assert not Concept.objects.filter(state="merged").exists()


def test_a_decision_by_mouse_leaves_the_focus_with_its_concept(instructor: Instructor) -> None:
    page = on_concepts(instructor)
    note = page.locator(".concept-note").nth(1)
    note.get_by_role("button", name="Reject").click()
    expect(note).to_contain_text("rejected")
    expect(note).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".concept-note").nth(2)).to_be_focused()
    assert instructor.console == []


def test_everything_goes_without_scripts(instructor: Instructor) -> None:
    page = instructor.opens(instructor.at("concepts"), java_script_enabled=False)
    page.locator(".concept-note").nth(0).get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Undo: accepted “lake 0”").click()
    expect(page.get_by_text("Taken back.", exact=True)).to_be_visible()
    page.get_by_text("Pick words of the text").click()
    page.get_by_label("Words that stand there").fill("upper town")
    page.get_by_label("In the passage").select_option("2")
    page.get_by_role("button", name="Make it a concept").click()
    expect(page.get_by_text("do not stand in the text like this")).to_be_visible()
    expect(page.get_by_label("Words that stand there")).to_have_value("upper town")


def test_the_bar_is_there_while_it_has_something_to_do_and_on_other_pages_always(instructor: Instructor) -> None:
    page = on_concepts(instructor)
    expect(page.locator(".bar")).to_be_hidden()
    page.locator(".concept-note").nth(0).get_by_role("button", name="Accept").click()
    expect(page.locator(".bar")).to_be_visible()
    publish_version(versions_of(instructor.course)[0], by=None)
    page.goto(instructor.question(1))
    expect(page.get_by_role("link", name="Edit as a new version")).to_be_visible()
