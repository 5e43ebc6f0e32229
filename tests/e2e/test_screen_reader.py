"""What a screen reader is told, by Chromium's accessibility tree: names, groups, states, and what is announced."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browsers import signed_in
from tests.e2e.desk import Desk
from tests.e2e.kept import KEPT, failing
from tests.e2e.spoken import CONTROLS, Spoken, names, of_role, spoken
from tests.factories import make_enrollment
from tests.web.learner.books import make_book
from tests.web.learner.readers import lesson_address
from tests.web.learner.sittings import further_kinds, kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


BESIDE = {"Flag for later", "Check this answer"}


def attempt(desk: Desk, *, java_script_enabled: bool = True, **fields: Any) -> Page:
    """An attempt with a question of every kind."""
    desk.sit(questions=[*kinds(), *further_kinds()], **fields)
    return desk.page(java_script_enabled=java_script_enabled)


def controls_in(told: list[Spoken], position: str) -> list[tuple[str, str]]:
    """Role and name of everything that an answer is given with."""
    inside = [each for each in told if each.role in CONTROLS and each.is_in("region", f"Question {position},")]
    return [(each.role, each.name) for each in inside if each.name not in BESIDE]


def walk_of(desk: Desk) -> list[str]:
    sitting = desk.sit()
    course = sitting.quiz.course
    own = ["/", "/progress/", f"/courses/{course.slug}/", f"/courses/{course.slug}/progress/"]
    return [*own, "/accounts/inbox/", sitting.quiz_address, sitting.address, f"{sitting.address}summary/"]


def test_every_page_has_one_first_heading_and_its_landmarks_and_names_all_that_can_be_worked(desk: Desk) -> None:
    addresses = walk_of(desk)
    page = desk.page()
    for address in addresses:
        page.goto(address)
        told = spoken(page)
        counted = [len(of_role(told, role)) for role in ("banner", "main", "contentinfo")]
        assert (address, counted) == (address, [1, 1, 1])
        first = [each for each in of_role(told, "heading") if each.states["level"] == 1]
        assert (address, len(first)) == (address, 1)
        assert [each for each in told if each.role in CONTROLS and not each.name] == []
        assert names(told, "link")[0].startswith("Skip to")
        assert len(names(told, "navigation")) == len(set(names(told, "navigation")))


def test_choices_stand_in_a_group_that_is_named_by_their_question(desk: Desk) -> None:
    told = spoken(attempt(desk))
    choices = [each for each in of_role(told, "radio", "checkbox") if each.name != "Flag for later"]
    groups = {each.name: [name for role, name in each.within if role == "group"] for each in choices}
    assert all(len(inside) == 1 and inside[0] for inside in groups.values()), groups
    assert groups["False"] == ["The lower town built the wall."]
    assert groups["The fish alone"] == ["Who drinks from the lake? Choose every one that fits."]


def test_every_other_control_is_named_by_what_it_is_for(desk: Desk) -> None:
    told = spoken(attempt(desk))
    assert controls_in(told, "four") == [("textbox", "What does the lower town call the wall?")]
    assert [name for _, name in controls_in(told, "five")] == ["Gap 1", "Gap 2"]
    rows = controls_in(told, "eight")
    assert {role for role, _ in rows} == {"combobox"}
    assert all(name for _, name in rows)
    steps = controls_in(told, "nine")
    assert [role for role, _ in steps[:3]] == ["combobox", "button", "button"]
    step = steps[0][1].removeprefix("Place of “").removesuffix("”")
    assert [name for _, name in steps[:3]] == [f"Place of “{step}”", f"Move up: {step}", f"Move down: {step}"]


def test_what_is_announced_is_one_polite_status_and_never_each_letter(desk: Desk) -> None:
    page = attempt(desk)
    (status,) = of_role(spoken(page), "status")
    assert (status.states["live"], status.states["atomic"]) == ("polite", True)
    heard = page.evaluate_handle(
        """() => {
          const heard = [], region = document.querySelector('[data-saved]');
          new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true });
          return heard;
        }"""
    )
    page.locator("#q4 input.line").press_sequentially("thirst machine", delay=30)
    expect(page.locator("#q4 [data-note]")).to_contain_text("Saved")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    assert len(heard.json_value()) <= 2


def test_the_navigator_says_each_state_in_words(desk: Desk) -> None:
    page = attempt(desk)
    page.locator("#q4 input.line").fill("thirst machine")
    page.locator("#q3").get_by_label("Flag for later").check()
    expect(page.locator("[data-progress]")).to_contain_text("1 flagged")
    links = [each.name for each in of_role(spoken(page), "link") if each.is_in("navigation", "Questions")]
    assert links[2:4] == ["3 flagged", "4 answered"]


def test_moving_a_step_and_choosing_sentences_is_announced_with_where_and_how_many(desk: Desk) -> None:
    page = attempt(desk)
    order = page.locator("[data-order]").first
    order.get_by_role("button", name="Move down").first.click()
    moved = page.locator("[data-order] + [aria-live=polite]").first
    expect(moved).to_have_text(re.compile(r"^Moved to 2 of \d+\.$"))
    sentences = page.locator(".sentences").first
    told = sentences.locator("[aria-live=polite]")
    for box, words in ((0, "1 sentence chosen"), (1, "2 sentences chosen")):
        sentences.get_by_role("checkbox").nth(box).focus()
        page.keyboard.press("Space")
        expect(told).to_have_text(words)
    page.keyboard.press("Space")
    expect(told).to_have_text("1 sentence chosen")


def test_a_timer_is_silent_while_its_moments_are_announced_beside_it(desk: Desk) -> None:
    page = attempt(desk, time_limit_seconds=1200)
    told = spoken(page)
    (timer,) = of_role(told, "timer")
    assert timer.states.get("live", "off") == "off"
    assert page.locator("[data-announce]").get_attribute("aria-live") == "polite"
    summary = next(each for each in of_role(told, "DisclosureTriangle") if each.name.startswith("Time left"))
    assert summary.states["expanded"] is True
    assert page.locator("summary[aria-keyshortcuts='Alt+T']").count() == 1


def told_of(page: Page, name: str) -> tuple[str, str]:
    """The description of the one control or group of this name, and whether it says that it is invalid."""
    (found,) = [each for each in of_role(spoken(page), *CONTROLS, "group", "region") if each.name.startswith(name)]
    return found.description, str(found.states.get("invalid", "false"))


def test_a_warning_is_told_with_the_field_it_is_about_until_the_answer_counts(desk: Desk) -> None:
    page = attempt(desk)
    height = page.get_by_label("How high is the wall?")
    height.fill("rather high")
    warning = "Type one number, such as 1200 or 0.5."
    expect(page.locator("#q7 [data-note]")).to_have_text(warning)
    assert told_of(page, "How high is the wall?") == (warning, "true")
    page.reload()
    assert told_of(page, "How high is the wall?") == (warning, "true")
    height.fill("4.5 m")
    expect(page.locator("#q7 [data-note]")).to_contain_text("Saved")
    assert told_of(page, "How high is the wall?") == ("", "false")


def test_each_place_of_a_half_done_order_says_what_is_missing(desk: Desk) -> None:
    """Without scripts, which give every step a place."""
    page = attempt(desk, java_script_enabled=False)
    page.locator("[data-order] select").first.select_option("1")
    page.get_by_role("button", name="Save").last.click()
    note = page.locator("#q9 [data-note]")
    expect(note).to_contain_text("Steps without a place: 2.")
    boxes = [each for each in of_role(spoken(page), "combobox") if each.name.startswith("Place of")]
    assert {(each.description, each.states["invalid"]) for each in boxes} == {(note.inner_text(), "true")}


def test_where_an_answer_is_kept_alone_is_told_with_it_and_what_is_saved_is_not(desk: Desk) -> None:
    page = attempt(desk)
    lower = page.locator("#q1").get_by_label("The lower town")
    page.route("**/responses/1/", failing)
    lower.check()
    expect(page.locator("#q1 [data-note]")).to_have_text(KEPT)
    assert told_of(page, "Who built the wall?") == (KEPT, "false")
    page.unroute("**/responses/1/")
    expect(page.locator("#q1 [data-note]")).to_contain_text("Saved", timeout=20_000)
    assert told_of(page, "Who built the wall?") == ("", "false")


def test_what_came_of_checking_is_told_with_the_answer_until_it_changes(desk: Desk) -> None:
    desk.sit()
    page = desk.page()
    first = page.locator("#q1")
    first.get_by_label("The lower town").check()
    first.get_by_role("button", name="Check this answer").click()
    expect(first.locator(".checked")).to_contain_text("Not right")
    description, _ = told_of(page, "Who built the wall?")
    assert description.startswith("Not right")
    first.get_by_label("The upper town").check()
    expect(first.locator(".checked")).to_have_count(0)
    assert told_of(page, "Who built the wall?")[0] == ""


def test_an_answer_that_another_tab_changed_too_says_so_where_it_is_typed(desk: Desk) -> None:
    sitting = desk.sit()
    page = desk.page()
    sitting.put(4, {"answer": "a dam", "sequence": 0})
    page.get_by_label("What does the lower town call the wall?").fill("thirst machine")
    expect(page.locator("#q4 [data-note]")).to_contain_text("meanwhile")
    description, _ = told_of(page, "What does the lower town call the wall?")
    assert description.startswith("Another tab or device saved “a dam” meanwhile; here stands “thirst machine”.")


def test_what_a_practised_answer_is_missing_is_told_with_its_question(desk: Desk) -> None:
    sitting = desk.sit()
    sitting.submit()
    sitting.grade()
    concept = sitting.quiz.course.concepts.get()
    page = desk.window().new_page()
    page.goto(f"/courses/{sitting.quiz.course.slug}/practice/{concept.slug}/")
    page.get_by_role("button", name="Check this answer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    (group,) = [each for each in of_role(spoken(page), "group") if each.name]
    assert group.description == page.get_by_role("alert").inner_text().strip()


def test_asking_one_by_one_brings_the_focus_to_the_new_questions_heading(desk: Desk) -> None:
    desk.sit(one_by_one=True)
    page = desk.page()
    page.get_by_role("button", name="Next question").click()
    expect(page.locator("#q2h")).to_be_focused()
    focused = [each for each in of_role(spoken(page), "heading") if each.states.get("focused")]
    assert [each.name for each in focused] == ["Question two, one point"]


def test_a_concept_is_a_button_that_says_whether_its_note_is_open_and_gets_the_focus_back(
    browser: Browser, live_server: LiveServer
) -> None:
    course = make_book()
    context = signed_in(browser, make_enrollment(course).user, live_server.url)
    page = context.new_page()
    # Where there is a margin, the first note is shown from the beginning.
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto(lesson_address(course))
    term = page.locator(".term").first
    name = term.inner_text()
    assert _state_of(page, name) is False
    term.click()
    assert _state_of(page, name) is True
    assert [each for each in names(spoken(page), "complementary") if each.lower() == name.lower()] != []
    page.keyboard.press("Escape")
    expect(term).to_be_focused()
    assert _state_of(page, name) is False
    context.close()


def _state_of(page: Page, name: str) -> Any:
    (button,) = [each for each in of_role(spoken(page), "button") if each.name == name]
    return button.states["expanded"]


def test_a_review_says_each_verdict_in_words_before_its_question(desk: Desk) -> None:
    desk.sit()
    desk.sitting.answer_everything_rightly()
    desk.sitting.submit()
    desk.sitting.grade()
    told = spoken(desk.page())
    texts = [each.name for each in told if each.role in {"StaticText", "heading"}]
    verdicts = [name for name in texts if name in {"Right", "Partly right", "Not right", "Not answered"}]
    assert len(verdicts) == 6
    questions = [each for each in of_role(told, "region") if each.description]
    assert [each.description.split(" of ")[0] for each in questions] == ["Right 1"] * 6
    assert {each.states["level"] for each in of_role(told, "heading")} <= {1, 2, 3}
