"""What somebody wrote keeps its language and its direction on a page of another: its punctuation stays at its end."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from course.models import Role
from course.reading.outline import PassageKind
from tests.e2e.browsers import signed_in
from tests.e2e.desk import Desk
from tests.factories import make_enrollment, make_person
from tests.web.learner.books import make_book
from tests.web.learner.notebooks import note_on
from tests.web.learner.readers import lesson_address
from tests.web.learner.sittings import further_kinds, kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = "(all) => all.map((each) => each.closest('[lang]').lang)"
ENDS_AFTER_IT_BEGINS = """(all) => all.map((each) => {
  const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT, (node) => node.data.trim() ? 1 : 2);
  const text = texts.nextNode(), at = (place) => {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    return range.getBoundingClientRect();
  };
  const words = text.data.trimEnd(), first = at(text.data.search(/\\S/)), last = at(words.length - 1);
  return last.top > first.top || last.left > first.left;
})"""
RULES = """(all) => all.filter((note) => note.checkVisibility()).map((note) => {
  const style = getComputedStyle(note), article = note.closest(".folio");
  const isAfter = note.getBoundingClientRect().left > article.getBoundingClientRect().left + 10;
  const side = isAfter ? style.borderLeftWidth : style.borderRightWidth;
  return side === "1px" && [style.borderLeftWidth, style.borderRightWidth].includes("0px");
})"""


@pytest.fixture
def mirrored(settings: Any) -> None:
    settings.MIRRORED = True


def all_kinds(desk: Desk, **options: Any) -> Page:
    desk.sit(questions=[*kinds(), *further_kinds()], ask_confidence=True)
    return desk.page(desk.window(**options))


def test_questions_say_their_language_and_our_words_beside_them_ours(desk: Desk) -> None:
    page = all_kinds(desk, locale="fr-FR")
    theirs = page.locator(".stem, .opt, .sentences label, .put li > :is(label, span), .gaps, input.line, textarea")
    ours = page.locator(".stem .meta, .confidence, .flag, [data-note], [aria-live]")
    assert set(theirs.evaluate_all(LANGUAGES)) == {"en"}
    assert set(ours.evaluate_all(LANGUAGES)) == {"fr"}


def test_on_a_mirrored_page_a_question_still_ends_with_its_punctuation(desk: Desk, mirrored: None) -> None:
    page = all_kinds(desk)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    for words in (".stem", ".opt", ".sentences label", ".put li > :is(label, span)"):
        found = page.locator(words).evaluate_all(ENDS_AFTER_IT_BEGINS)
        assert found == [True] * len(found), words
        assert found, words


def test_what_is_typed_takes_the_direction_of_its_own_words(desk: Desk, mirrored: None) -> None:
    page = all_kinds(desk)
    field = page.locator("#q4 input.line")
    field.fill("Is it this?")
    assert field.evaluate("each => each.matches(':dir(ltr)')") is True
    field.fill("هل هذا؟")
    assert field.evaluate("each => each.matches(':dir(rtl)')") is True


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_the_rule_of_a_note_stands_on_the_side_of_the_text(
    browser: Browser, live_server: LiveServer, settings: Any, language: str, is_mirrored: bool
) -> None:
    settings.MIRRORED = is_mirrored
    course = make_book(language=language, lines=[(PassageKind.PARAGRAPH, "The wall above the lake.")], terms=["lake"])
    part = make_enrollment(course)
    note_on(part, "wall", "What is it for?")
    context = signed_in(browser, part.user, live_server.url)
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(lesson_address(course))
    page.locator(".note.concept").evaluate_all("all => all.forEach((note) => { note.hidden = false; })")
    rules = page.locator(".folio .note").evaluate_all(RULES)
    assert rules == [True] * len(rules)
    assert rules
    context.close()


def test_in_the_studio_a_text_ends_where_its_script_ends(browser: Browser, live_server: LiveServer) -> None:
    lines = [(PassageKind.HEADING, "القديمة."), (PassageKind.PARAGRAPH, "أضيئت المنارة القديمة.")]
    course = make_book(language="ar", lines=[*lines, (PassageKind.QUOTE, "كم كلف ذلك.")])
    owner = make_enrollment(course, user=make_person(may_author=True), role=Role.OWNER)
    context = signed_in(browser, owner.user, live_server.url)
    page = context.new_page()
    page.goto(f"/studio/courses/{course.slug}/text/")
    words = page.locator(".passage > [lang=ar]")
    ends = words.evaluate_all(ENDS_AFTER_IT_BEGINS)
    assert ends == [False] * len(ends)
    assert ends
    context.close()
