"""A learner answers in a real browser: nothing that was saved is lost, nothing is overwritten in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from quizzes.models import Response
from tests.e2e.browsers import violations_in_both_themes
from tests.e2e.desk import Desk
from tests.e2e.kept import KEPT, journal_of
from tests.web.learner.sittings import grade_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answer_at(position: int) -> Any:
    return Response.objects.get(position=position).answer


def question(page: Page, position: int) -> Any:
    return page.locator(f"#q{position}")


def note(page: Page, position: int) -> Any:
    return question(page, position).locator("[data-note]")


def eventually(page: Page, found: Callable[[], bool]) -> bool:
    """Whether it came true within five seconds, looking every 50 ms."""
    for _ in range(100):
        if found():
            return True
        page.wait_for_timeout(50)
    return False


def failing(route: Route) -> None:
    route.abort()


def test_every_kind_of_answer_saves_itself_within_two_seconds(desk: Desk) -> None:
    desk.sit()
    page = desk.page()

    page.get_by_label("The upper town", exact=True).first.check()
    question(page, 2).get_by_label("The lower town").check()
    question(page, 3).get_by_label("False").check()
    question(page, 4).get_by_role("textbox").fill("thirst machine")
    question(page, 5).get_by_label("Gap 1").select_option("upper")
    question(page, 5).get_by_label("Gap 2").fill("wall")
    question(page, 6).get_by_label("The upper town built a wall.").check()

    for position in range(1, 7):
        expect(note(page, position)).to_contain_text("Saved", timeout=2_000)
    expect(page.get_by_role("status")).to_contain_text("Saved")
    wanted = ["k7", ["q2"], "false", "thirst machine", {"g1": "upper", "g2": "wall"}, ["s1"]]
    assert [answer_at(position) for position in range(1, 7)] == wanted
    assert journal_of(page) == []
    assert desk.console == []


def test_the_navigator_says_what_is_answered_begun_flagged_and_open(desk: Desk) -> None:
    desk.sit()
    page = desk.page()
    marks = page.get_by_role("navigation", name="Questions").get_by_role("link")

    page.get_by_label("The upper town", exact=True).first.check()
    question(page, 5).get_by_label("Gap 2").fill("wall")
    question(page, 3).get_by_label("Flag for later").check()

    expect(marks).to_have_text(["1 answered", "2 open", "3 flagged", "4 open", "5 begun", "6 open"])
    expect(page.locator("[data-progress]")).to_have_text("1 answered, 1 begun, 3 open, 1 flagged.")
    assert eventually(page, lambda: Response.objects.get(position=3).flagged)
    page.reload()
    expect(marks).to_have_text(["1 answered", "2 open", "3 flagged", "4 open", "5 begun", "6 open"])


@pytest.mark.promise(22)
def test_leaving_in_the_middle_of_a_word_loses_nothing(desk: Desk) -> None:
    sitting = desk.sit()
    page = desk.page()

    question(page, 4).get_by_role("textbox").press_sequentially("thirst mach")
    page.goto(sitting.quiz_address)

    assert eventually(page, lambda: answer_at(4) == "thirst mach")


def test_what_could_not_be_sent_is_sent_after_loading_the_page_again(desk: Desk) -> None:
    desk.sit()
    page = desk.page()
    page.route("**/responses/**", failing)

    question(page, 4).get_by_role("textbox").fill("thirst machine")
    question(page, 1).get_by_label("The lower town").check()
    expect(note(page, 4)).to_have_text(KEPT)
    assert answer_at(4) is None
    page.unroute("**/responses/**")
    page.reload()

    expect(question(page, 4).get_by_role("textbox")).to_have_value("thirst machine")
    expect(question(page, 1).get_by_label("The lower town")).to_be_checked()
    assert eventually(page, lambda: (answer_at(4), answer_at(1)) == ("thirst machine", "m2"))
    assert eventually(page, lambda: journal_of(page) == [])


@pytest.mark.promise(22)
def test_a_lost_connection_is_said_and_made_up_for_when_it_returns(desk: Desk) -> None:
    desk.sit()
    context = desk.window()
    page = desk.page(context)

    context.set_offline(True)
    question(page, 4).get_by_role("textbox").fill("thirst machine")
    question(page, 4).get_by_role("textbox").blur()
    expect(note(page, 4)).to_have_text(KEPT)
    expect(page.get_by_role("status")).to_have_text(f"{KEPT}: question 4")
    context.set_offline(False)

    assert eventually(page, lambda: answer_at(4) == "thirst machine")
    expect(note(page, 4)).to_contain_text("Saved")
    assert eventually(page, lambda: journal_of(page) == [])


def test_an_answer_whose_receipt_got_lost_is_not_taken_for_somebody_elses(desk: Desk) -> None:
    desk.sit()
    page = desk.page()
    lost: list[str] = []

    def swallow(route: Route) -> None:
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    page.route("**/responses/**", swallow, times=1)
    question(page, 4).get_by_role("textbox").fill("thirst")
    question(page, 4).get_by_role("textbox").blur()
    expect(note(page, 4)).to_have_text(KEPT)
    question(page, 4).get_by_role("textbox").fill("thirst machine")

    assert eventually(page, lambda: answer_at(4) == "thirst machine")
    assert len(lost) == 1
    assert "Another tab" not in note(page, 4).inner_text()


@pytest.mark.promise(21)
@pytest.mark.parametrize(("choice", "stands"), [("Keep mine", "second"), ("Take the other", "first")])
def test_two_tabs_show_both_texts_and_let_the_learner_choose(desk: Desk, choice: str, stands: str) -> None:
    desk.sit()
    first, second = desk.page(), desk.page()

    question(first, 4).get_by_role("textbox").fill("first")
    expect(note(first, 4)).to_contain_text("Saved")
    question(second, 4).get_by_role("textbox").fill("second")
    expect(note(second, 4)).to_contain_text("saved “first” meanwhile; here stands “second”.")
    assert answer_at(4) == "first"
    second.get_by_role("button", name=choice).click()

    expect(question(second, 4).get_by_role("textbox")).to_have_value(stands)
    assert eventually(second, lambda: answer_at(4) == stands)
    assert eventually(second, lambda: journal_of(second) == [])


def test_another_device_goes_on_where_this_one_stopped(desk: Desk) -> None:
    desk.sit()
    here = desk.page()
    question(here, 1).get_by_label("The lower town").check()
    expect(note(here, 1)).to_contain_text("Saved")

    there = desk.page()

    expect(question(there, 1).get_by_label("The lower town")).to_be_checked()
    question(there, 1).get_by_label("The upper town").check()
    assert eventually(there, lambda: answer_at(1) == "k7")


def test_after_submitting_elsewhere_the_page_says_that_nothing_changes_any_more(desk: Desk) -> None:
    sitting = desk.sit()
    page = desk.page()
    sitting.submit()

    question(page, 1).get_by_label("The lower town").check()

    expect(note(page, 1)).to_have_text("This attempt has been submitted, so its answers no longer change.")


def test_who_was_signed_out_keeps_the_answer_on_the_device(desk: Desk) -> None:
    desk.sit()
    context = desk.window()
    page = desk.page(context)
    cookies = context.cookies()
    context.clear_cookies(name="sessionid")

    question(page, 4).get_by_role("textbox").fill("thirst machine")
    expect(note(page, 4)).to_contain_text("Kept on this device.")
    context.add_cookies([{"name": "sessionid", "value": each["value"], "url": desk.server.url}
                         for each in cookies if each["name"] == "sessionid"])  # fmt: skip
    page.reload()

    assert eventually(page, lambda: answer_at(4) == "thirst machine")


def submit_as_it_is(page: Page) -> None:
    page.get_by_role("button", name="Look over and submit").click()
    page.get_by_role("button", name="Submit as it is").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded")


def test_the_grade_comes_live_without_loading_the_page_again(desk: Desk) -> None:
    desk.sit()
    page = desk.page()
    question(page, 1).get_by_label("The upper town").check()

    submit_as_it_is(page)
    page.evaluate("window.untouched = true")
    grade_everything()

    expect(page.get_by_role("heading", level=1)).to_have_text("One of six points")
    assert page.evaluate("window.untouched") is True
    assert page.title().startswith("One of six points")
    expect(page.get_by_text("The passage that settles question 1")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Graded: One of six points.")
    expect(page.locator("main.spread")).to_have_count(1)
    assert desk.console == []


def test_waiting_for_the_grade_outlives_a_lost_connection(desk: Desk) -> None:
    desk.sit()
    page = desk.page()

    page.route("**/status/", failing, times=1)
    submit_as_it_is(page)
    grade_everything()

    expect(page.get_by_role("heading", level=1)).to_have_text("None of six points", timeout=15_000)


def test_the_whole_way_works_without_javascript(desk: Desk) -> None:
    sitting = desk.sit(one_by_one=True)
    page = desk.window(java_script_enabled=False).new_page()
    page.goto(sitting.quiz_address)

    page.get_by_role("link", name="Continue your attempt").click()
    page.get_by_label("The upper town").check()
    page.get_by_role("button", name="Next question").click()
    expect(page.locator("#q2h")).to_be_focused()
    page.get_by_label("The upper town").check()
    page.get_by_label("The lower town").check()
    page.get_by_role("button", name="Next question").click()
    page.get_by_label("False").check()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("textbox").fill("thirst machine")
    page.get_by_role("button", name="Next question").click()
    page.get_by_label("Gap 1").select_option("upper")
    page.get_by_label("Gap 2").fill("wall")
    page.get_by_role("button", name="6 open").click()
    page.get_by_label("The upper town built a wall.").check()
    page.get_by_role("button", name="Look over and submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All six questions answered")
    page.get_by_role("button", name="Submit your answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded")
    grade_everything()

    expect(page.get_by_role("heading", level=1)).to_have_text("Six of six points", timeout=10_000)


def test_the_whole_way_works_by_keyboard_alone(desk: Desk) -> None:
    desk.sit()
    page = desk.page()
    keys = page.keyboard

    question(page, 1).get_by_role("radio").first.focus()
    keys.press("b")
    expect(question(page, 1).get_by_role("radio").nth(1)).to_be_checked()
    keys.press("1")
    expect(question(page, 1).get_by_role("radio").first).to_be_checked()
    question(page, 2).get_by_role("checkbox").first.focus()
    keys.press("2")
    keys.press("3")
    keys.press("Space")
    expect(question(page, 2).locator(":checked")).to_have_count(1)
    question(page, 4).get_by_role("textbox").focus()
    keys.type("abc 123")
    expect(question(page, 4).get_by_role("textbox")).to_have_value("abc 123")
    question(page, 6).get_by_role("checkbox").first.focus()
    keys.press("Space")
    for _ in range(20):
        keys.press("Tab")
        if page.evaluate("document.activeElement.value") == "summary":
            break
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Four of six questions answered")
    page.get_by_role("button", name="Submit").focus()
    keys.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("being graded")


def violations_wide_and_narrow(page: Page, address: str) -> list[str]:
    page.goto(address)
    found: list[str] = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} wide, {each}" for each in violations_in_both_themes(page)]
    return found


def test_axe_finds_nothing_on_any_page(desk: Desk) -> None:
    sitting = desk.sit(time_limit_seconds=2400, attempts_allowed=3)
    sitting.save(
        {"answer-1": "m2", "sequence-1": "0", "answer-5-g1": "lower", "answer-5-g2": "wall", "sequence-5": "0"}
    )
    page = desk.window().new_page()
    found: dict[str, list[str]] = {}

    for address in (sitting.quiz_address, sitting.address, f"{sitting.address}summary/"):
        found[address] = violations_wide_and_narrow(page, address)
    sitting.submit()
    found["waiting"] = violations_wide_and_narrow(page, sitting.address)
    sitting.grade()
    found["review"] = violations_wide_and_narrow(page, sitting.address)

    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_scrolls_sideways(desk: Desk, width: int) -> None:
    sitting = desk.sit(time_limit_seconds=2400)
    sitting.answer_everything_rightly()
    page = desk.window(viewport={"width": width, "height": 800}).new_page()
    wide: list[str] = []

    def look(address: str) -> None:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'") if width == 640 else None
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)

    for address in (sitting.quiz_address, sitting.address, f"{sitting.address}summary/"):
        look(address)
    sitting.submit()
    look(sitting.address)
    sitting.grade()
    look(sitting.address)

    assert wide == []


def test_an_attempt_of_ten_questions_asks_for_seven_things_at_most(desk: Desk) -> None:
    sitting = desk.sit(questions=10)
    page = desk.window().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(sitting.address, wait_until="networkidle")

    assert len(asked) <= 7, asked
    assert page.evaluate("document.querySelectorAll('*').length") <= 350
