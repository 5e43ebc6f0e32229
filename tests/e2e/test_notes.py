"""A learner marks words and writes in the margin, by mouse, by keyboard, without scripts, and without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from course.models import Course, Enrollment, Note
from course.reading.outline import PassageKind
from tests.e2e.browsers import signed_in, violations_in_both_themes
from tests.factories import make_enrollment
from tests.web.learner.books import make_book
from tests.web.learner.notebooks import note_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINES = [
    (PassageKind.PARAGRAPH, "A lake 🌊 feeds two towns, and a dry wall stands across its only outlet, built by hand."),
    (PassageKind.LIST_ITEM, "The upper town speaks of safety."),
    (PassageKind.LIST_ITEM, "The lower town speaks of theft, and of two towns."),
    (PassageKind.PARAGRAPH, "Nobody in the lower town calls the dry wall a wall. " * 3),
]
SELECT = """([words, nth]) => {
  const article = document.querySelector("article"), walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const nodes = [], starts = []; let text = "";
  for (let node; (node = walker.nextNode());) { nodes.push(node); starts.push(text.length); text += node.data; }
  let at = -1;
  for (let n = 0; n < nth; n += 1) at = text.indexOf(words, at + 1);
  const place = (offset, isEnd) => {
    const n = starts.findLastIndex((start) => (isEnd ? start < offset : start <= offset));
    return [nodes[n], offset - starts[n]];
  };
  getSelection().setBaseAndExtent(...place(at), ...place(at + words.length, true));
}"""
"""Selects the nth of these words in the article, wherever its elements cut them."""


class Reader:
    """A course of one page, a learner of it, and their browser."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.course: Course = make_book(lines=LINES, terms=["dry wall"])
        self.part: Enrollment = make_enrollment(self.course)
        self.address = f"/courses/{self.course.slug}/lessons/part-1/"

    def window(self, **options: Any) -> Page:
        context = signed_in(self.browser, self.part.user, self.server.url, **options)
        self.contexts.append(context)
        return context.new_page()

    def opens(self, **options: Any) -> Page:
        page = self.window(**options)
        page.goto(self.address)
        return page

    def touched(self, **options: Any) -> Page:
        """The page of a learner who has begun to move on it, with all its scripts."""
        page = self.window(**options)
        # Where there are notes, the script of notes comes with the page and waits for no touch.
        with page.expect_response(re.compile("annotating")):
            page.goto(self.address)
            page.keyboard.press("Shift")
        return page


@pytest.fixture
def reader(browser: Browser, live_server: LiveServer) -> Iterator[Reader]:
    made = Reader(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def select(page: Page, words: str, nth: int = 1) -> None:
    page.evaluate(SELECT, [words, nth])


def own(page: Page) -> Locator:
    return page.locator("aside.by-you")


def kept() -> list[tuple[str, str]]:
    return list(Note.objects.filter(deleted_at=None).order_by("pk").values_list("anchors__quote", "text"))


def test_selected_words_are_highlighted_in_place(reader: Reader) -> None:
    """The second time they stand in a note on a concept, which is no part of the text."""
    page = reader.touched()
    select(page, "two towns", nth=3)
    page.get_by_role("button", name="Highlight").click()
    expect(own(page)).to_contain_text("Highlighted")
    expect(page.locator("mark")).to_have_text("two towns")
    assert page.locator("mark").evaluate("mark => mark.closest('li').textContent") == LINES[2][1]
    assert kept() == [("two towns", "")]
    expect(page.locator(".pick")).to_be_hidden()


def test_a_selection_made_before_the_scripts_came_counts(reader: Reader) -> None:
    page = reader.opens()
    select(page, "only outlet")
    expect(page.get_by_role("button", name="Highlight")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("🌊 feeds", "🌊 feeds"),
        ("a dry wall stands", "a dry wall stands"),
        ("safety.The lower", "safety.\nThe lower"),
    ],
    ids=["beyond the first plane", "over a concept", "from one item into the next"],
)
def test_what_is_selected_is_what_is_kept(reader: Reader, words: str, quote: str) -> None:
    page = reader.touched()
    select(page, words)
    page.get_by_role("button", name="Highlight").click()
    expect(own(page)).to_be_visible()
    assert kept() == [(quote, "")]


def test_a_note_is_written_changed_deleted_and_put_back(reader: Reader) -> None:
    page = reader.touched()
    select(page, "only outlet")
    page.get_by_role("button", name="Write a note").click()
    expect(page.get_by_label("Your note. Only you see it.")).to_be_focused()
    page.keyboard.type("Is there no other?")
    page.get_by_role("button", name="Keep the note").click()
    expect(own(page)).to_be_focused()
    expect(own(page)).to_contain_text("Is there no other?")
    own(page).get_by_text("Change or delete").click()
    own(page).get_by_label("Your note").fill("There is none.")
    own(page).get_by_role("button", name="Keep").click()
    expect(own(page).locator("p", has_text="There is none.")).to_be_visible()
    own(page).get_by_text("Change or delete").click()
    own(page).get_by_role("button", name="Delete the note").click()
    expect(own(page)).to_contain_text("The note is deleted.")
    assert (kept(), page.url.endswith(reader.address)) == ([], True)
    own(page).get_by_role("button", name="Put it back").click()
    expect(own(page)).to_contain_text("There is none.")
    assert kept() == [("only outlet", "There is none.")]


def test_after_a_change_concepts_still_open_and_close(reader: Reader) -> None:
    page = reader.touched(viewport={"width": 800, "height": 900})
    select(page, "only outlet")
    page.get_by_role("button", name="Highlight").click()
    expect(own(page)).to_be_visible()
    word, note = page.get_by_role("button", name="dry wall"), page.get_by_role("complementary", name="Dry wall")
    expect(note).to_be_hidden()
    word.click()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(word).to_be_focused()


def test_leaving_a_note_gives_focus_back_to_its_passage(reader: Reader) -> None:
    page = reader.touched()
    select(page, "only outlet")
    page.get_by_role("button", name="Write a note").click()
    page.keyboard.press("Escape")
    expect(page.locator(".pick")).to_be_hidden()
    assert "only outlet" in page.evaluate("document.activeElement.textContent")
    assert kept() == []


def test_by_keyboard_alone_a_passage_is_chosen_and_written_about(reader: Reader) -> None:
    page = reader.opens()
    link = page.get_by_role("link", name="choose a passage")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Which passage?").focus()
    page.keyboard.type("Nobody")
    page.keyboard.press("Tab")
    page.keyboard.type("calls the dry wall")
    page.keyboard.press("Tab")
    page.keyboard.type("By keys.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(own(page)).to_contain_text("By keys.")
    assert kept() == [("calls the dry wall", "By keys.")]


def test_without_scripts_a_note_is_written_changed_and_deleted(reader: Reader) -> None:
    page = reader.opens(java_script_enabled=False)
    page.get_by_role("link", name="choose a passage").click()
    page.get_by_label("Which words of it?").fill("two towns")
    page.get_by_label("Which passage?").select_option(index=1)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_label("Which words of it?")).to_have_text("two towns")
    page.get_by_label("Which passage?").select_option(index=2)
    page.get_by_label("Your note").fill("Said in anger.")
    page.get_by_role("button", name="Keep it").click()
    expect(own(page)).to_contain_text("Said in anger.")
    own(page).locator("summary").click()
    own(page).get_by_role("button", name="Delete the note").click()
    own(page).get_by_role("button", name="Put it back").click()
    expect(own(page)).to_contain_text("Said in anger.")
    assert kept() == [("two towns", "Said in anger.")]


def test_offline_a_note_is_kept_on_the_device_and_sent_once_the_network_is_back(reader: Reader) -> None:
    page = reader.touched()
    context = reader.contexts[0]
    context.set_offline(True)
    select(page, "only outlet")
    page.get_by_role("button", name="Write a note").click()
    page.keyboard.type("Written on the train")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("status")).to_contain_text("kept on this device")
    assert kept() == []
    context.set_offline(False)
    expect(own(page)).to_contain_text("Written on the train")
    assert kept() == [("only outlet", "Written on the train")]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_was_changed_and_deleted_offline_is_sent_in_its_order(reader: Reader) -> None:
    note_on(reader.part, "only outlet", "One")
    note_on(reader.part, "speaks of safety", "Gone?", number=2)
    page = reader.touched()
    reader.contexts[0].set_offline(True)
    first, second = own(page).nth(0), own(page).nth(1)
    for text in ("Two", "Three"):
        if not first.locator("details").evaluate("details => details.open"):
            first.locator("summary").click()
        first.get_by_label("Your note").fill(text)
        first.get_by_role("button", name="Keep").click()
    second.locator("summary").click()
    second.get_by_role("button", name="Delete the note").click()
    expect(page.get_by_role("status")).to_contain_text("kept on this device")
    assert kept() == [("only outlet", "One"), ("speaks of safety", "Gone?")]
    reader.contexts[0].set_offline(False)
    expect(own(page).nth(1)).to_contain_text("The note is deleted.")
    page.wait_for_function("!Object.keys(localStorage).length")
    assert kept() == [("only outlet", "Three")]


def test_what_somebody_else_left_on_the_device_is_not_sent(reader: Reader) -> None:
    page = reader.touched()
    reader.contexts[0].set_offline(True)
    select(page, "only outlet")
    page.get_by_role("button", name="Highlight").click()
    expect(page.get_by_role("status")).to_contain_text("kept on this device")
    [left] = page.evaluate("Object.entries(localStorage)")
    other = make_enrollment(reader.course)
    reader.part = other
    theirs = reader.opens()
    theirs.evaluate("([name, entry]) => localStorage.setItem(name, entry)", left)
    with theirs.expect_response(re.compile("annotating")):
        theirs.reload()
    select(theirs, "two towns")
    theirs.get_by_role("button", name="Highlight").click()
    expect(own(theirs)).to_be_visible()
    assert list(Note.objects.values_list("enrollment", "anchors__quote")) == [(other.pk, "two towns")]
    assert theirs.evaluate("Object.keys(localStorage)") == [left[0]]


def test_a_note_whose_answer_was_lost_is_sent_again_after_a_reload_and_written_once(reader: Reader) -> None:
    page = reader.touched()
    page.route("**/notes/", lambda route: (route.fetch(), route.abort()))
    select(page, "only outlet")
    page.get_by_role("button", name="Highlight").click()
    expect(page.get_by_role("status")).to_contain_text("kept on this device")
    page.unroute_all()
    page.reload()
    expect(own(page)).to_be_visible()
    page.wait_for_function("!Object.keys(localStorage).length")
    assert kept() == [("only outlet", "")]


def test_what_the_server_refuses_is_said_and_stays_in_the_form(reader: Reader) -> None:
    page = reader.touched()
    select(page, "only outlet")
    page.get_by_role("button", name="Write a note").click()
    page.get_by_label("Your note. Only you see it.").evaluate("field => { field.value = 'x'.repeat(4001); }")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("status")).to_contain_text("A note holds 4,000 characters.")
    assert len(page.get_by_label("Your note. Only you see it.").input_value()) == 4001


@pytest.mark.parametrize("width", [1280, 360])
def test_notes_are_perceivable_and_fit(reader: Reader, width: int) -> None:
    note_on(reader.part, "only outlet", "Is there no other? " * 8)
    note_on(reader.part, "two towns", number=2)
    page = reader.opens(viewport={"width": width, "height": 800})
    own(page).first.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations_in_both_themes(page) == []


def test_beside_the_text_a_note_stands_at_the_height_of_its_passage(reader: Reader) -> None:
    note_on(reader.part, "calls the dry wall", "Here.")
    page = reader.opens(viewport={"width": 1280, "height": 800})
    page.get_by_role("button", name="Close the note").click()
    note, passage = own(page).bounding_box(), page.locator(".passage", has_text="Nobody in").bounding_box()
    assert note is not None
    assert passage is not None
    assert abs(note["y"] - passage["y"]) <= 4
    assert note["x"] > passage["x"] + 500


@pytest.mark.parametrize("scripts", [True, False])
def test_two_tabs_that_change_a_note_keep_both_and_say_so(reader: Reader, scripts: bool) -> None:
    note_on(reader.part, "only outlet", "One")
    tabs = [reader.opens(java_script_enabled=scripts) for _ in range(2)]
    for page, text in zip(tabs, ("Here.", "There."), strict=True):
        own(page).locator("summary").click()
        own(page).get_by_label("Your note").fill(text)
        own(page).get_by_role("button", name="Keep").click()
        expect(own(page).locator("p", has_text=text).first).to_be_visible()
    second = tabs[1]
    expect(own(second)).to_contain_text("changed in two places at once, and both are kept")
    assert kept() == [("only outlet", "Here.\n\nThere.")]
    own(second).locator("summary").click()
    own(second).get_by_label("Your note").fill("Here and there.")
    own(second).get_by_role("button", name="Keep").click()
    expect(own(second).locator("p", has_text="Here and there.")).to_be_visible()
    expect(own(second)).not_to_contain_text("changed in two places")
    assert kept() == [("only outlet", "Here and there.")]
