"""A learner reads in a real browser: notes open and close by mouse and keyboard, pages fit and can be perceived."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from accounts.domain.people import change_own, create_person
from course.domain.progress import mark_read
from course.models import Course, Enrollment, LessonReading
from course.reading.outline import PassageKind
from quizzes.models import Quiz
from tests.e2e.browsers import PATIENCE, signed_in, violations_in_both_themes
from tests.factories import make_enrollment
from tests.web.learner.books import add_quiz, make_book, take
from tests.web.learner.notebooks import note_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINES = [
    (PassageKind.PARAGRAPH, "A lake feeds two towns, and the upper town has built a dry wall across its only outlet."),
    (PassageKind.HEADING, "What the wall is called"),
    (PassageKind.PARAGRAPH, "In the lower town it is a thirst machine. Nobody there calls it a wall. " * 4),
    (PassageKind.LIST_ITEM, "The upper town speaks of safety."),
    (PassageKind.LIST_ITEM, "The lower town speaks of theft."),
    (PassageKind.QUOTE, "Water has no owner, said the oldest of them."),
    (PassageKind.TABLE, "Town | Water | What it says of the other town in its newspapers"),
    (PassageKind.TABLE, "Upper | plenty | that it sleeps"),
    (PassageKind.FIGURE, "The wall in May, before the snow melts."),
    (PassageKind.PARAGRAPH, "A dry wall is not a dam: the thirst machine lets some of the water pass."),
]


class Reader:
    """A course with everything in it, a learner of it, and their browser."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.contexts: list[BrowserContext] = []
        self.console: list[str] = []
        self.course: Course = make_book(
            lessons=3, lines=LINES, terms=["thirst machine", "dry wall"], summary="One lake."
        )
        self.quiz: Quiz = add_quiz(self.course, concept="thirst machine", title="The wall, checked")
        self.enrollment: Enrollment = make_enrollment(self.course)

    @property
    def home(self) -> str:
        return f"/courses/{self.course.slug}/"

    def lesson(self, number: int = 1) -> str:
        return f"{self.home}lessons/part-{number}/"

    def opens(self, address: str, *, visitor: bool = False, **options: Any) -> Page:
        if visitor:
            context = self.browser.new_context(base_url=self.server.url, **options)
            context.set_default_timeout(PATIENCE)
        else:
            context = signed_in(self.browser, self.enrollment.user, self.server.url, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.console.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(address)
        return page


@pytest.fixture
def reader(browser: Browser, live_server: LiveServer) -> Iterator[Reader]:
    made = Reader(browser, live_server)
    yield made
    for context in made.contexts:
        context.close()


NARROW = {"width": 800, "height": 900}


def test_a_word_opens_its_note_and_escape_gives_focus_back(reader: Reader) -> None:
    page = reader.opens(reader.lesson(), viewport=NARROW)
    word = page.get_by_role("button", name="thirst machine")
    note = page.get_by_role("complementary", name="Thirst machine")
    expect(note).to_be_hidden()
    expect(word).to_have_attribute("aria-expanded", "false")
    word.click()
    expect(note).to_be_visible()
    expect(word).to_have_attribute("aria-expanded", "true")
    expect(note).to_contain_text("What is meant.")
    page.mouse.move(1, 1)
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(word).to_be_focused()
    assert reader.console == []


def test_one_note_is_open_at_a_time_and_stays_until_it_is_closed(reader: Reader) -> None:
    page = reader.opens(reader.lesson(), viewport=NARROW)
    words = [page.get_by_role("button", name=name) for name in ("dry wall", "thirst machine")]
    first, second = (page.get_by_role("complementary", name=name) for name in ("Dry wall", "Thirst machine"))
    words[0].click()
    second_word = words[1]
    second_word.click()
    expect(first).to_be_hidden()
    expect(words[0]).to_have_attribute("aria-expanded", "false")
    second.hover()
    page.mouse.move(1, 1)
    page.get_by_role("heading", level=1).click()
    expect(second).to_be_visible()
    second.get_by_role("button", name="Close the note").click()
    expect(second).to_be_hidden()
    expect(second_word).to_be_focused()


def test_a_note_is_opened_gone_through_and_closed_by_keyboard(reader: Reader) -> None:
    page = reader.opens(reader.lesson(), viewport=NARROW)
    word, note = page.get_by_role("button", name="dry wall"), page.get_by_role("complementary", name="Dry wall")
    word.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        if note.evaluate("note => note.contains(document.activeElement)"):
            break
    assert note.evaluate("note => note.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(word).to_be_focused()
    page.keyboard.press("Escape")
    expect(word).to_be_focused()


def test_where_there_is_a_margin_the_first_note_shows_what_it_is_for(reader: Reader) -> None:
    page = reader.opens(reader.lesson(), viewport={"width": 1280, "height": 900})
    note = page.get_by_role("complementary", name="Dry wall")
    expect(note).to_be_visible()
    expect(page.get_by_role("complementary", name="Thirst machine")).to_be_hidden()
    passage, beside = page.locator(".passage p").first.bounding_box(), note.bounding_box()
    assert passage is not None
    assert beside is not None
    assert beside["x"] > passage["x"] + passage["width"]
    assert abs(beside["y"] - passage["y"]) < 40
    page.keyboard.press("Escape")
    expect(note).to_be_visible()


def test_a_link_to_a_note_opens_it_and_a_link_to_a_passage_marks_it(reader: Reader) -> None:
    slug = reader.course.concepts.get(term="thirst machine").slug
    page = reader.opens(f"{reader.lesson()}#n-{slug}", viewport=NARROW)
    expect(page.get_by_role("complementary", name="Thirst machine")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="thirst machine")).to_be_focused()
    start = reader.course.lessons.get(position=1).revision.passages.get(position=9).start
    page.goto(f"{reader.lesson()}#p-{start}")
    washed = "node => getComputedStyle(node).backgroundColor"
    assert page.locator(f"#p-{start} > p").evaluate(washed) != page.locator("body").evaluate(washed)


def test_the_whole_way_goes_by_keyboard_alone(reader: Reader) -> None:
    page = reader.opens("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to what is next")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Start reading: Chapter 1, part 1 of 3")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reader.lesson()}")
    tab_to(page, "thirst machine")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Thirst machine")).to_be_visible()
    page.keyboard.press("Escape")
    tab_to(page, "Mark as read and go on to part 2")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reader.lesson(2)}")
    assert LessonReading.objects.get().enrollment == reader.enrollment


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"“{name}” cannot be reached with the Tab key")


def test_without_javascript_every_note_is_open_and_the_way_goes_on(reader: Reader) -> None:
    page = reader.opens(reader.lesson(), java_script_enabled=False)
    for name in ("Dry wall", "Thirst machine"):
        expect(page.get_by_role("complementary", name=name)).to_be_visible()
    page.get_by_role("button", name="Mark as read and answer two questions").click()
    page.wait_for_url(f"**/quizzes/{reader.quiz.slug}/")


def test_a_visitor_reads_under_the_strict_policy_without_an_account(reader: Reader) -> None:
    page = reader.opens("/", visitor=True)
    page.get_by_role("link", name="Start reading").click()
    page.wait_for_url(f"**{reader.lesson()}")
    page.get_by_role("button", name="thirst machine").click()
    expect(page.get_by_role("complementary", name="Thirst machine")).to_be_visible()
    page.get_by_role("button", name="Mark as read and continue: Chapter 2, part 2 of 3").click()
    page.wait_for_url(f"**{reader.lesson(2)}")
    expect(page.get_by_role("listitem").filter(has_text="Chapter 1")).to_contain_text("read")
    assert reader.console == []


def test_what_a_visitor_read_is_theirs_once_they_sign_in(reader: Reader) -> None:
    person = create_person("visitor@example.org", name="Vera", password="three quiet words")
    page = reader.opens(reader.lesson(), visitor=True)
    page.get_by_role("button", name="Mark as read and continue").click()
    page.wait_for_url(f"**{reader.lesson(2)}")
    page.get_by_role("contentinfo").or_(page.get_by_role("main")).get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").fill("visitor@example.org")
    page.get_by_label("Password").fill("three quiet words")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{reader.lesson(2)}")
    expect(page.get_by_role("listitem").filter(has_text="Chapter 1")).to_contain_text("read")
    reading = LessonReading.objects.get()
    assert (reading.enrollment.user, reading.lesson.position) == (person, 1)


def top_of(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"]


def test_a_lesson_prints_as_a_handout_with_its_terms(reader: Reader) -> None:
    page = reader.opens(reader.lesson(), viewport={"width": 718, "height": 1000}, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    text_ends = max(map(top_of, page.locator(".passage > :first-child").all()))
    for name in ("Dry wall", "Thirst machine"):
        note = page.get_by_role("complementary", name=name)
        expect(note).to_contain_text("What is meant.")
        assert top_of(note) > text_ends
    source = page.get_by_role("contentinfo")
    expect(source).to_contain_text("Ilse Brandt")
    expect(source).to_contain_text("CC BY-SA 4.0")
    for gone in (".masthead", ".rail", ".pager", ".acts", ".note blockquote", ".pick"):
        expect(page.locator(gone).first).to_be_hidden()
    paper, ink = ("getComputedStyle(document.documentElement).backgroundColor", "getComputedStyle(document.body).color")
    assert (page.evaluate(paper), page.evaluate(ink)) == ("rgb(252, 251, 248)", "rgb(29, 28, 26)")


def test_the_printed_handout_has_text_numbered_notes_and_source_and_nothing_else(reader: Reader) -> None:
    page = reader.opens(reader.lesson())
    pages = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    printed = "".join("".join(each.extract_text() for each in pages).split())
    places = [
        printed.find("".join(each.split()))
        for each in (
            "Chapter 1",
            "has built a dry wall1 across its only outlet",
            "it is a thirst machine2 .",
            "Water has no owner",
            "1 Dry wall",
            "What is meant.",
            "2 Thirst machine",
            "Ilse Brandt",
            "(https://lake.example.org/wall)",
        )
    ]
    assert places == sorted(places)
    assert places[0] >= 0
    for gone in ("Home", "Sign out", "Chapter 2", "All concepts", "Highlight", "Text and theme", "words, about"):
        assert "".join(gone.split()) not in printed


def test_ones_own_notes_are_printed_if_one_wants(reader: Reader) -> None:
    note_on(reader.enrollment, "only outlet", "Is there no other?")
    note_on(reader.enrollment, "speaks of safety", number=2)
    page = reader.opens(reader.lesson(), viewport={"width": 1280, "height": 900})
    notes, marks = page.locator(".by-you"), page.locator("mark")
    wanted = page.get_by_label("Print my notes too")
    for printed in (True, False):
        page.emulate_media(media="screen")
        wanted.set_checked(printed)
        page.emulate_media(media="print")
        assert [notes.nth(at).is_visible() for at in (0, 1)] == [printed, False]
        background = marks.first.evaluate("mark => getComputedStyle(mark).backgroundColor")
        assert (background == "rgba(0, 0, 0, 0)") == (not printed)
    expect(page.locator("article")).not_to_contain_text("Print my notes")


def test_a_lesson_asks_for_five_things_at_most(reader: Reader) -> None:
    page = reader.opens("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(reader.lesson())
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 5


def test_every_page_can_be_perceived_and_fits(reader: Reader) -> None:
    mark_read(reader.course.lessons.get(position=1), enrollment=reader.enrollment)
    take(reader.quiz, reader.enrollment, right=1)
    page = reader.opens("/", viewport={"width": 1280, "height": 900})
    for address in ("/", reader.home, reader.lesson(), "/progress/", f"{reader.home}progress/"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations_in_both_themes(page) == [], address
        for width in (1024, 640, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        assert violations_in_both_themes(page) == [], address


def test_every_page_fits_with_letters_twice_as_large(reader: Reader) -> None:
    page = reader.opens("/", viewport={"width": 640, "height": 900})
    for address in ("/", reader.home, reader.lesson(), "/progress/"):
        page.goto(address)
        page.add_style_tag(content="html { font-size: 200% }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, address


def contrast_of(page: Page) -> float:
    """How text stands out from the paper, by WCAG's formula: 1 to 21."""
    ratio: float = page.evaluate("""() => {
      const style = getComputedStyle(document.querySelector(".prose p"));
      const paper = getComputedStyle(document.documentElement);
      const light = (colour) => {
        const linear = (v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        const [r, g, b] = colour.match(/[0-9.]+/g).map((v) => linear(v / 255));
        return .2126 * r + .7152 * g + .0722 * b + .05;
      };
      const [one, other] = [light(style.color), light(paper.backgroundColor)];
      return Math.max(one, other) / Math.min(one, other);
    }""")
    return ratio


@pytest.mark.parametrize("javascript", [True, False])
def test_a_look_is_chosen_in_the_page_and_goes_along_to_another_browser(reader: Reader, javascript: bool) -> None:
    page = reader.opens(reader.lesson(), java_script_enabled=javascript)
    page.get_by_role("link", name="Text and theme").click()
    page.get_by_label("High contrast").check()
    page.get_by_label("Widest").check()
    page.get_by_role("button", name="Keep this and go back").click()
    page.wait_for_url(f"**{reader.lesson()}")
    other = reader.opens(reader.lesson())
    for each in (page, other):
        expect(each.locator("html")).to_have_attribute("data-theme", "contrast")
        expect(each.locator("html")).to_have_attribute("data-spacing", "widest")
    assert contrast_of(other) == 21


@pytest.mark.parametrize("width", [1280, 320])
def test_high_contrast_in_the_widest_and_largest_can_be_perceived_and_fits(reader: Reader, width: int) -> None:
    change_own(reader.enrollment.user, theme="contrast", size="largest", spacing="widest", language="")
    page = reader.opens(reader.lesson(), viewport={"width": width, "height": 900})
    for address in (reader.lesson(), "/", "/accounts/reading/"):
        page.goto(address)
        assert violations_in_both_themes(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_list_of_parts_says_how_long_is_left(reader: Reader) -> None:
    page = reader.opens(reader.lesson(), viewport={"width": 1280, "height": 900})
    expect(page.get_by_role("navigation", name=reader.course.title)).to_contain_text("About two minutes left to read")
    for lesson in reader.course.lessons.all():
        mark_read(lesson, enrollment=reader.enrollment)
    page.reload()
    expect(page.get_by_role("navigation", name=reader.course.title)).to_contain_text("You have read all of it")
