"""Every way to answer that is more than choosing or one line, by keyboard alone: answered, kept, graded, reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from quizzes.models import Response
from quizzes.questions import question_type
from tests.e2e.browsers import violations, violations_in_both_themes
from tests.e2e.desk import Desk
from tests.services import wait_for
from tests.web.learner.sittings import CANARY, further_kinds, grade_everything, kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MATCHING, ORDERING = further_kinds()[1][1], further_kinds()[2][1]
RIGHT_PAIRS = question_type("matching").model_answer(MATCHING)


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Desk]:
    made = Desk(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def question(page: Page, position: int) -> Locator:
    return page.locator(f"#q{position}")


def saved(page: Page, position: int) -> Any:
    """What the server keeps, once the page says that it is saved."""
    expect(question(page, position).locator("[data-note]")).to_contain_text("Saved", timeout=5_000)
    return Response.objects.get(position=position).answer


def tab_to(page: Page, wanted: Locator) -> None:
    """Tab until the wanted element has the focus; nothing is clicked."""
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("The element cannot be reached with the Tab key.")


def choose(page: Page, row: Locator, text: str) -> None:
    """The option of a select is chosen by typing its first letters."""
    tab_to(page, row)
    page.keyboard.type(text)


def steps(page: Page) -> list[str]:
    return page.locator("[data-order] li > span").all_inner_texts()


def move(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")


def answer_all(page: Page) -> None:
    tab_to(page, question(page, 1).get_by_role("textbox"))
    page.keyboard.type("450 cm")
    for row in MATCHING["pairs"]:
        choose(page, question(page, 2).get_by_label(row["text"], exact=True), row["match"])
    for place, step in enumerate(ORDERING["steps"]):
        while steps(page).index(step["text"]) > place:
            move(page, f"Move up: {step['text']}")
    tab_to(page, question(page, 4).get_by_role("textbox"))
    page.keyboard.type("It stopped the water.")
    page.keyboard.press("Enter")
    page.keyboard.type("It made two towns of one.")


def test_each_is_answered_by_keyboard_kept_and_graded(desk: Desk) -> None:
    sitting = desk.sit(questions=further_kinds())
    page = desk.page()

    answer_all(page)
    page.keyboard.press("Tab")

    assert saved(page, 1) == "450 cm"
    assert saved(page, 2) == RIGHT_PAIRS
    assert saved(page, 3) == ["d5m", "x3f", "q9g"]
    assert saved(page, 4) == "It stopped the water.\nIt made two towns of one."
    page.reload()
    expect(question(page, 1).get_by_role("textbox")).to_have_value("450 cm")
    for row in MATCHING["pairs"]:
        expect(question(page, 2).get_by_label(row["text"], exact=True).locator("option:checked")).to_have_text(
            row["match"]
        )
    assert steps(page) == [step["text"] for step in ORDERING["steps"]]
    expect(question(page, 4).get_by_role("textbox")).to_have_value("It stopped the water.\nIt made two towns of one.")
    assert violations(page) == []
    sitting.submit()
    grade_everything()
    page.goto(sitting.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Submitted; a person still reads some answers")
    marks = page.locator(".answers .state")
    expect(marks).to_have_text(["right", "right", "right", "waiting for a person"])
    assert violations(page) == []
    assert desk.console == []


def test_a_moved_step_says_where_it_went_and_keeps_the_focus(desk: Desk) -> None:
    desk.sit(questions=further_kinds()[2:3])
    page = desk.page()
    first, second, third = steps(page)
    said = page.locator("[data-order] + [aria-live]")

    down = page.get_by_role("button", name=f"Move down: {first}")
    tab_to(page, down)
    page.keyboard.press("Enter")
    expect(said).to_have_text("Moved to 2 of 3.")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Moved to 3 of 3.")
    page.keyboard.press("Enter")
    expect(said).to_have_text("It is the last.")

    assert steps(page) == [second, third, first]
    expect(page.locator("[data-order] select")).to_have_count(3)
    assert [place.input_value() for place in page.locator("[data-order] select").all()] == ["1", "2", "3"]


def test_a_place_that_is_chosen_pushes_the_others_along_and_taking_it_back_takes_back_all(desk: Desk) -> None:
    desk.sit(questions=further_kinds()[2:3])
    page = desk.page()
    first, second, third = steps(page)

    choose(page, page.get_by_label(f"Place of “{third}”"), "1")
    assert steps(page) == [third, first, second]
    assert len(saved(page, 1)) == 3
    tab_to(page, page.get_by_label(f"Place of “{first}”"))
    page.keyboard.press("Home")

    expect(page.get_by_role("navigation", name="Questions").get_by_role("link")).to_have_text(["1 open"])
    page.wait_for_function("document.querySelector('[data-note]').textContent.startsWith('Saved')")
    assert Response.objects.get(position=1).answer == []


def test_sentences_that_prove_something_are_chosen_with_the_space_key(desk: Desk) -> None:
    desk.sit(questions=kinds()[5:])
    page = desk.page()

    tab_to(page, page.get_by_label("A lake feeds two towns."))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("The upper town built a wall."))
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")

    page.wait_for_function("document.querySelector('[data-note]').textContent.startsWith('Saved')")
    assert saved(page, 1) == ["s1"]


def test_two_tabs_name_steps_and_targets_by_their_texts(desk: Desk) -> None:
    desk.sit(questions=further_kinds()[1:])
    one, other = desk.page(), desk.page()

    one.get_by_label("The lake", exact=True).select_option("feeds both")
    saved(one, 1)
    other.get_by_label("The lake", exact=True).select_option("builds the wall")

    note = question(other, 1).locator("[data-note]")
    expect(note).to_contain_text("feeds both")
    expect(note).to_contain_text("builds the wall")
    note.get_by_role("button", name="Take the other").click()
    expect(other.get_by_label("The lake", exact=True).locator("option:checked")).to_have_text("feeds both")
    one.get_by_role("button", name="Move down").first.click()
    saved(one, 2)
    other.get_by_role("button", name="Move down").last.click()
    other.get_by_role("button", name="Move up").last.click()
    expect(question(other, 2).locator("[data-note]")).to_contain_text("The lake feeds both towns.")


def test_how_sure_a_learner_is_goes_with_the_answer(desk: Desk) -> None:
    desk.sit(questions=further_kinds()[:1], ask_confidence=True)
    page = desk.page()

    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type("4.5")
    tab_to(page, page.get_by_label("Guessing"))
    page.keyboard.press("ArrowDown")

    page.wait_for_function("document.querySelector('[data-note]').textContent.startsWith('Saved')")
    assert saved(page, 1) == "4.5"
    # The number may have been saved alone before.
    wait_for(lambda: Response.objects.get(position=1).confidence == 2, what="how sure")
    page.reload()
    expect(page.get_by_label("Fairly sure")).to_be_checked()
    assert violations(page) == []


def test_on_a_phone_everything_fits_and_is_large_enough(desk: Desk) -> None:
    desk.sit(questions=further_kinds(), ask_confidence=True)
    page = desk.page(viewport={"width": 320, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for target in page.locator("[data-position] :is(select, button, textarea, input[type=text])").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    assert violations_in_both_themes(page) == []


def test_without_scripts_each_is_answered_by_a_form(desk: Desk) -> None:
    sitting = desk.sit(questions=further_kinds())
    page = desk.page(java_script_enabled=False)

    page.get_by_label("How high is the wall?").fill("4,5 m")
    page.get_by_label("The lake", exact=True).select_option("feeds both")
    for place, step in enumerate(ORDERING["steps"]):
        page.get_by_label(f"Place of “{step['text']}”").select_option(str(min(place + 1, 2)))
    page.get_by_role("button", name="Save").click()

    expect(question(page, 3)).to_contain_text("Two steps stand at place 2. Give each a place of its own.")
    kept: Any = Response.objects.get(position=3).answer
    assert [sorted(place.split()) for place in kept] == [["d5m"], ["q9g", "x3f"]]
    page.get_by_label("Place of “The lower town runs dry.”").select_option("3")
    page.get_by_role("button", name="Save").click()
    assert [Response.objects.get(position=position).answer for position in (1, 3)] == ["4,5 m", ["d5m", "x3f", "q9g"]]
    assert CANARY not in page.content()
    sitting.submit()
    grade_everything()
    page.goto(sitting.address)
    expect(question(page, 2)).to_contain_text("It belongs to builds the wall.")
