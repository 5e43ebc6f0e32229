"""A session of remembering in a real browser, by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quizzes.models import Recall
from tests.e2e.browsers import violations
from tests.e2e.desk import Desk
from tests.factories import single_choice
from tests.web.learner.sittings import sequences

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTIONS = [("single_choice", single_choice(f"Question {n}?")) for n in (1, 2)]


def missed(desk: Desk, **fields: Any) -> Page:
    """All of it was answered wrong and graded; the deck stands in the browser."""
    sitting = desk.sit(**fields)
    sitting.save({f"answer-{n}": "m2" for n in (1, 2)} | sequences(2))
    sitting.submit()
    sitting.grade()
    page = desk.page()
    page.goto(f"/courses/{sitting.quiz.course.slug}/remember/")
    return page


def test_a_session_is_answered_and_rated_by_keys_until_nothing_is_due(desk: Desk) -> None:
    page = missed(desk, questions=QUESTIONS)
    page.get_by_role("link", name="Begin: two questions").press("Enter")

    for question, key in (("Question 1?", "3"), ("Question 2?", "1")):
        expect(page.get_by_text(question)).to_be_visible()
        page.get_by_label("The upper town").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Check this answer").press("Enter")
        expect(page.get_by_role("group", name="How well did you know it?")).to_be_visible()
        assert violations(page) == []
        with page.expect_navigation():
            page.keyboard.press(key)

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing to remember just now")
    assert list(Recall.objects.order_by("pk").values_list("rating", flat=True)) == [3, 1]
    assert violations(page) == []
    assert desk.console == []


def test_digits_typed_into_an_answer_rate_nothing(desk: Desk) -> None:
    typed = ("short_text", {"stem": "How many towns?", "accepted": ["2", "two"]})
    page = missed(desk, questions=[typed])
    page.get_by_role("link", name="Begin: one question").press("Enter")

    page.get_by_role("textbox").press_sequentially("12")
    expect(page.get_by_role("textbox")).to_have_value("12")

    assert not Recall.objects.exists()
