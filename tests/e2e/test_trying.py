"""Checking answers and opening hints in a real browser, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from quizzes.models import Response
from tests.e2e.browsers import violations
from tests.e2e.desk import Desk
from tests.factories import single_choice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HINTED = ("single_choice", {**single_choice(), "hints": ["Look at the second sentence."]})
TYPED = ("short_text", {"stem": "What does the lower town call the wall?", "accepted": ["thirst machine"]})


def test_an_answer_is_checked_changed_and_settled_by_keyboard_alone(desk: Desk) -> None:
    desk.sit(questions=[HINTED, TYPED])
    page = desk.page()
    first = page.locator("#q1")

    first.get_by_label("The lower town").focus()
    page.keyboard.press("Space")
    first.get_by_role("button", name="Check this answer").focus()
    page.keyboard.press("Enter")
    expect(first.locator(".checked")).to_contain_text("Not right")
    assert page.url.endswith("?question=1#q1h")

    first.get_by_label("The upper town").focus()
    page.keyboard.press("Space")
    expect(first.locator(".checked")).to_have_count(0)
    first.get_by_role("button", name="Check this answer").focus()
    page.keyboard.press("Enter")
    expect(first).to_contain_text("This answer no longer changes.")
    expect(first.get_by_role("radio")).to_have_count(0)

    assert Response.objects.get(position=1).tries == 2
    assert violations(page) == []
    assert desk.console == []


def test_enter_in_a_line_saves_and_checks_nothing(desk: Desk) -> None:
    desk.sit(questions=[HINTED, TYPED])
    page = desk.page()

    page.locator("#q2").get_by_role("textbox").press_sequentially("thirst machine")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#q2 [data-note]")).to_contain_text("Saved")

    assert Response.objects.get(position=2).answer == "thirst machine"
    assert list(Response.objects.values_list("tries", flat=True)) == [0, 0]


def test_a_hint_opens_where_it_was_asked_for(desk: Desk) -> None:
    desk.sit(questions=[HINTED, TYPED])
    page = desk.page()

    page.locator("#q1").get_by_role("button", name="Open a hint").press("Enter")

    expect(page.locator("#q1")).to_contain_text("Look at the second sentence.")
    expect(page.locator("#q1").get_by_role("button", name="Open a hint")).to_have_count(0)
