"""The editor in a real browser: every kind written by keyboard alone, seen as on a phone, and answers tried in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from quizzes.models import QuestionVersion
from quizzes.questions import kinds, question_type
from quizzes.questions.base import QuestionType
from tests.e2e.test_studio import Instructor
from tests.web.studio.views.test_writing import without_ids
from web.studio.question_form import QuestionForm, says_the_same

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_PRESSES = 900
HERE = """() => {
  const at = document.activeElement;
  const details = at.tagName === "SUMMARY" ? at.parentElement : null;
  return {
    tag: at.tagName, type: at.type ?? "", name: at.name ?? "", value: at.value ?? "", checked: at.checked ?? false,
    chosen: at.type === "radio" ? document.querySelector(`[name="${at.name}"]:checked`)?.value ?? "" : "",
    opens: details && !details.open ? [...details.querySelectorAll("[name]")].map((each) => each.name) : [],
    typeable: [...document.querySelectorAll("#asked [name]:not([type=hidden])")].map((each) => each.name),
  };
}"""


@pytest.fixture
def instructor(browser: Browser, live_server: LiveServer) -> Iterator[Instructor]:
    made = Instructor(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


def wanted_for(kind: QuestionType, content: Any) -> dict[str, str]:
    """What has to be in each field of the form for this content; what is ticked wants "true"."""
    wanted: dict[str, str] = {}
    for asked in QuestionForm(kind, content).fields():
        wanted[asked.field.name] = str(asked.value)
        for row in asked.rows:
            for cell in row.cells:
                if cell.column.shape == "one":
                    wanted |= {f"{asked.field.name}-{cell.column.name}": str(row.index)} if cell.value == "true" else {}
                elif cell.column.shape != "hidden" and (cell.column.shape, cell.value) != ("boolean", "false"):
                    wanted[cell.html_name] = str(cell.value)
    return {name: value for name, value in wanted.items() if value}


class Hands:
    """Somebody at the keyboard who goes through the form by Tab and fills in what is wanted."""

    def __init__(self, page: Page, wanted: dict[str, str]) -> None:
        self.page, self.left = page, dict(wanted)

    def write(self) -> None:
        """The form says what is wanted, and the button that saves it was pressed."""
        for _ in range(MOST_PRESSES):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(HERE)
            if here["tag"] == "BUTTON" and here["value"] == "save" and not self.left:
                self.page.keyboard.press("Enter")
                return
            self.fill(here)
        raise AssertionError(f"Never filled in: {sorted(self.left)}")

    def fill(self, here: dict[str, Any]) -> None:
        name, wanted = here["name"], self.left.get(here["name"])
        if here["tag"] == "SUMMARY" and any(each in self.left for each in here["opens"]):
            self.page.keyboard.press("Enter")
        elif here["tag"] == "BUTTON" and here["value"].startswith("more ") and self.lacks(here):
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        elif wanted is not None:
            self.enter(here, wanted)
            del self.left[name]

    def lacks(self, here: dict[str, Any]) -> bool:
        """Whether the list needs another row before what is wanted can be typed."""
        start = f"{here['value'].split()[1]}-"
        return any(name.startswith(start) and name not in here["typeable"] for name in self.left)

    def enter(self, here: dict[str, Any], wanted: str) -> None:
        if here["type"] in ("radio", "checkbox"):
            self.page.keyboard.press("Space")
        elif here["tag"] == "SELECT":
            self.choose(wanted)
            return
        else:
            self.page.keyboard.type(wanted)
            return
        while here["type"] == "radio" and self.page.evaluate(HERE)["chosen"] != wanted:
            self.page.keyboard.press("ArrowDown")

    def choose(self, wanted: str) -> None:
        for _ in range(20):
            if self.page.evaluate(HERE)["value"] == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"There is no choice {wanted!r}.")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_kind_is_written_by_keyboard_alone(instructor: Instructor, kind: QuestionType) -> None:
    content = next(iter(kind.examples())).content
    before = QuestionVersion.objects.count()
    page = instructor.opens(f"{instructor.at('questions', 'new')}?kind={kind.kind}")

    Hands(page, wanted_for(kind, content)).write()

    expect(page.get_by_text("Your question stands as a draft.")).to_be_visible()
    assert QuestionVersion.objects.count() == before + 1
    version = QuestionVersion.objects.order_by("-pk")[0]
    assert kind.check(version.content) == []
    assert says_the_same(without_ids(kind, version.content), without_ids(kind, content))
    assert instructor.console == []


STEM = "What does the guide call the hour in which the tide turns?"
CONTENT = {
    "stem": STEM,
    "accepted": ["slack water"],
    "near_misses": [{"text": "high water", "feedback": "That is when the tide stands highest."}],
}


def edited(instructor: Instructor, **options: Any) -> Page:
    version = next(each for each in QuestionVersion.objects.order_by("pk") if each.kind == "short_text")
    QuestionVersion.objects.filter(pk=version.pk).update(content=CONTENT)
    return instructor.opens(instructor.at("questions", version.uuid, "edit"), **options)


def preview(page: Page) -> Locator:
    return page.locator("#preview")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_preview_is_no_wider_than_a_phone_and_follows_what_is_typed(instructor: Instructor, width: int) -> None:
    page = edited(instructor, viewport={"width": width, "height": 800})
    frame = preview(page).locator(".frame")
    box = frame.bounding_box()
    assert box is not None
    assert box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Question", exact=True).fill("What is the hour called?")
    expect(frame).to_contain_text("What is the hour called?")
    assert instructor.console == []


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("slack water", "Right"), ("slakc water", "Right"), ("high water", "Not right"), ("noon", "Not right")],
)
def test_an_answer_is_tried_by_keyboard_and_graded_by_the_function_that_grades(
    instructor: Instructor, answer: str, verdict: str
) -> None:
    page = edited(instructor)
    preview(page).get_by_role("textbox").focus()
    page.keyboard.type(answer)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(preview(page).locator(".verdict")).to_contain_text(verdict)
    outcome = question_type("short_text").grade(CONTENT, answer)
    for step in outcome.detail["path"]:
        expect(preview(page)).to_contain_text(step)
    if outcome.feedback:
        expect(preview(page)).to_contain_text(outcome.feedback)
    expect(page.get_by_label("Question", exact=True)).to_have_value(STEM)


MIXED = {
    "stem": "Which of the two towns by the lake built a wall?",
    "options": [
        {"id": "k7", "text": "Upper town.", "correct": True},
        {"id": "m2", "text": "Lower town", "correct": False},
        {"id": "p4", "text": "Middle town", "correct": False},
    ],
}


def test_a_finding_is_mended_after_a_look_and_taken_back_by_key(instructor: Instructor) -> None:
    version = next(each for each in QuestionVersion.objects.order_by("pk") if each.kind == "single_choice")
    QuestionVersion.objects.filter(pk=version.pk).update(content=MIXED)
    page = instructor.opens(instructor.at("questions", version.uuid))
    expect(page.get_by_text("Keyboard shortcuts")).to_be_visible()
    page.get_by_text("Mend it: same_form").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".changes del")).to_have_text("Upper town. – This is right")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mended:")).to_be_visible()
    expect(page.locator(".drafted")).to_contain_text("Upper town key")

    page.keyboard.press("z")

    expect(page.get_by_text("Taken back: the question reads as it did before.")).to_be_visible()
    version.refresh_from_db()
    assert version.content == MIXED
    assert instructor.console == []
