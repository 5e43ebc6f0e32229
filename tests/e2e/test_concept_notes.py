"""Concept notes under a pointer: shown, gone over to, sent away and kept, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.test_reading import NARROW, Reader
from tests.factories import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(browser: Browser, live_server: LiveServer) -> Iterator[Reader]:
    made = Reader(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


WIDE = {"width": 1280, "height": 900}
ON_ITS_WAY = 1_200
"""Milliseconds for which a note stays that the pointer has left."""


class Pointed:
    """A lesson with a margin, its clock in the test's hands, and the note of a word that is not open yet."""

    def __init__(self, reader: Reader, viewport: dict[str, int] = WIDE) -> None:
        self.page = reader.opens("about:blank", viewport=viewport)
        self.page.clock.install(time=NOW)
        self.page.goto(reader.lesson())
        # From here on it moves only when the test says so, however slow the machine is.
        self.page.clock.pause_at(NOW + timedelta(hours=1))
        self.word = self.page.get_by_role("button", name="thirst machine").first
        self.note = self.page.get_by_role("complementary", name="Thirst machine")
        self.example = self.page.get_by_role("complementary", name="Dry wall")

    def point(self, at: Locator) -> None:
        at.hover()
        self.page.clock.run_for(200)

    def point_nowhere(self, milliseconds: int) -> None:
        self.page.mouse.move(2, 2)
        self.page.clock.run_for(milliseconds)


def test_a_pointer_over_a_word_shows_its_note_and_may_go_over_to_it(reader: Reader) -> None:
    at = Pointed(reader)
    expect(at.note).to_be_hidden()
    at.point(at.word)
    expect(at.note).to_be_visible()
    expect(at.word).to_have_attribute("aria-expanded", "true")
    at.point_nowhere(ON_ITS_WAY - 300)
    expect(at.note).to_be_visible()
    at.point(at.note.get_by_text("What is meant."))
    at.page.clock.run_for(10 * ON_ITS_WAY)
    expect(at.note).to_be_visible()
    at.point_nowhere(ON_ITS_WAY + 1)
    expect(at.note).to_be_hidden()
    expect(at.word).to_have_attribute("aria-expanded", "false")
    expect(at.example).to_be_visible()
    assert reader.console == []


def test_a_pointer_that_only_crosses_a_word_opens_nothing(reader: Reader) -> None:
    at = Pointed(reader)
    at.word.hover()
    at.page.clock.run_for(100)
    at.point_nowhere(5_000)
    expect(at.note).to_be_hidden()


def test_escape_sends_a_note_away_that_a_pointer_shows_and_leaves_the_others(reader: Reader) -> None:
    at = Pointed(reader)
    at.point(at.word)
    at.page.keyboard.press("Escape")
    expect(at.note).to_be_hidden()
    expect(at.example).to_be_visible()
    expect(at.word).not_to_be_focused()


def test_a_click_keeps_what_the_pointer_showed(reader: Reader) -> None:
    at = Pointed(reader)
    at.point(at.word)
    at.word.click()
    at.point_nowhere(10 * ON_ITS_WAY)
    expect(at.note).to_be_visible()
    expect(at.example).to_be_hidden()
    at.word.click()
    expect(at.note).to_be_hidden()


def test_focus_in_a_note_keeps_it_when_the_pointer_leaves(reader: Reader) -> None:
    at = Pointed(reader)
    at.point(at.word)
    at.note.get_by_role("link", name="All concepts").focus()
    at.point_nowhere(10 * ON_ITS_WAY)
    expect(at.note).to_be_visible()
    at.page.keyboard.press("Escape")
    expect(at.note).to_be_hidden()
    expect(at.word).to_be_focused()


def test_a_note_that_a_pointer_shows_can_be_closed_by_its_button(reader: Reader) -> None:
    at = Pointed(reader)
    at.point(at.word)
    at.note.get_by_role("button", name="Close the note").click()
    expect(at.note).to_be_hidden()
    expect(at.example).to_be_visible()


def test_without_a_margin_a_note_would_move_the_text_and_waits_for_a_click(reader: Reader) -> None:
    at = Pointed(reader, NARROW)
    at.point(at.word)
    at.page.clock.run_for(1_000)
    expect(at.note).to_be_hidden()
