"""Every page as everybody sees it: perceivable, fitting, quiet, and asking nobody else for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from authoring.domain.demo import INSTRUCTOR, LEARNER, SAMPLE
from quizzes.formats.course_file import parse
from tests.e2e.browsers import OF_COLOURS, violations, violations_in_both_themes, violations_in_high_contrast
from tests.e2e.installation import Installation
from tests.e2e.pages import PAGES
from tests.e2e.people import Person
from tests.e2e.sights import (
    COURSE,
    allow_a_model,
    ask_a_model,
    ask_for_nothing,
    bring_lists_in,
    explore,
    import_draft,
    open_learner,
    tell_another_system,
)
from tests.e2e.spacing import TWICE, WIDER, lost_words, set_as
from tests.quizzes.drafting.proposals.replies import reply

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, NARROW, NARROWEST = 1280, 360, 320
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MARK = """([mark, which]) => document.body.querySelectorAll(which).forEach(
  each => each.checkVisibility({visibilityProperty: true}) && each.setAttribute(`data-${mark}`, ''))"""
"""Whatever is to be seen of a selection bears the mark."""


@dataclass
class Walk:
    """Everybody signed in, and the addresses that only they know."""

    people: dict[str, Person]
    known: dict[str, str]

    def address(self, who: str, name: str) -> str:
        return PAGES[who][name].format(**self.known)


@dataclass
class Visit:
    """One page in a window of its own, with what the browser complained about and whom it asked."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def _hear(self, said: ConsoleMessage) -> None:
        # A page that is not there or not allowed is told so by its status, which the browser repeats.
        is_its_own = said.location.get("url") == self.page.url
        if said.type in {"error", "warning"} and not is_its_own:
            self.complaints.append(said.text)

    def width_needed(self, width: int) -> int:
        self.page.set_viewport_size({"width": width, "height": 800})
        return int(self.page.evaluate("document.documentElement.scrollWidth"))


OUTSIDE_THE_STUDIO = [who for who in PAGES if who != "instructor"]


@pytest.fixture(scope="module")
def walk(installation: Installation, browser: Browser) -> Iterator[Walk]:
    installation.manage("load_demo")
    people = {
        "visitor": Person(installation, browser, ""),
        "learner": Person(installation, browser, LEARNER),
        "newcomer": Person(installation, browser, "newcomer@example.org"),
        "instructor": Person(installation, browser, INSTRUCTOR),
    }
    people["newcomer"].choose_password(installation.password_link("newcomer@example.org"))
    for name in ("learner", "instructor"):
        people[name].sign_in()
    draft = import_draft(installation)
    known = {"studio": f"/studio/courses/{draft}/", "course": f"/courses/{draft}/"}
    known |= sit_down(people["learner"]) | open_question(people["instructor"], known["studio"])
    known |= open_concepts(people["instructor"], known["studio"])
    known["change"] = change_text(people["instructor"])
    known["fetch"] = ask_for_nothing(people["instructor"])
    known |= reword_a_question(people["instructor"]) | explore(people["instructor"])
    known["learner"] = open_learner(people["instructor"])
    known["modelled"] = ask_a_model(people["instructor"])
    known |= bring_lists_in(people["instructor"]) | tell_another_system(people["instructor"])
    yield Walk(people, known)
    for person in people.values():
        person.context.close()


@pytest.fixture(scope="module")
def mirror(installation: Installation) -> Iterator[str]:
    """Where the same pages are laid out from the right."""
    with installation.mirrored() as address:
        yield address


def sit_down(learner: Person) -> dict[str, str]:
    """An attempt in progress with an answer and a flag, and one that is graded."""
    learner.page.goto(f"{COURSE}quizzes/checkpoint-1/")
    reviewed = learner.page.locator(".earlier a").first.get_attribute("href") or ""
    learner.page.goto(f"{COURSE}quizzes/final-check/")
    learner.press("Start")
    first = learner.page.locator("section[data-position]").first
    first.get_by_label("Flag for later").check()
    expect(learner.page.get_by_text("1 flagged").first).to_be_visible()
    return {"attempt": urlsplit(learner.page.url).path, "reviewed": reviewed}


def change_text(instructor: Person) -> str:
    """A changed text of the published course that loses a passage and rewords another, planned and not applied."""
    text = parse(SAMPLE.read_text(encoding="utf-8")).article.text
    first, *rest = [line for line in text.split("\n") if line.strip()]
    page = instructor.page
    page.goto(f"/studio{COURSE}text/changes/")
    page.get_by_label("Paste the changed text").fill(
        "\n\n".join([first, *rest[:3], rest[4].replace(" the ", " a "), *rest[5:]])
    )
    instructor.press("See what would change")
    expect(page.get_by_role("button", name="Discard")).to_be_visible(timeout=20_000)
    return urlsplit(page.url).path


def open_question(instructor: Person, studio: str) -> dict[str, str]:
    instructor.page.goto(f"{studio}questions/")
    instructor.follow("Review question 1")
    return {"question": urlsplit(instructor.page.url).path}


def open_concepts(instructor: Person, studio: str) -> dict[str, str]:
    """A suggested concept, and one that learners have answered questions about."""
    found = {}
    for name, page in (("concept", studio), ("known", f"/studio{COURSE}")):
        instructor.page.goto(f"{page}concepts/")
        instructor.page.locator(".concept-note .label a").first.click()
        found[name] = urlsplit(instructor.page.url).path
    return found | {"known": found["known"].removeprefix("/studio")}


def reword_a_question(instructor: Person) -> dict[str, str]:
    """A published question with a new wording beside it."""
    instructor.page.goto(f"/studio{COURSE}bank/?state=published")
    instructor.page.locator(".bank li > div > a").first.click()
    instructor.page.get_by_role("link", name="Edit as a new version").click()
    instructor.page.locator("[name=stem]").fill("What does the commentary say, in other words?")
    instructor.press("Save", exact=True)
    instructor.page.goto(f"/studio{COURSE}bank/?state=published")
    instructor.page.get_by_role("link", name="Wordings and tags").first.click()
    expect(instructor.page.get_by_role("heading", name="What wording 2 changed")).to_be_visible()
    return {"banked": urlsplit(instructor.page.url).path}


def every_page() -> list[Any]:
    return [pytest.param(who, name, id=f"{who}: {name}") for who, pages in PAGES.items() for name in pages]


@pytest.mark.door("every page, at a glance")
@pytest.mark.parametrize(("who", "name"), every_page())
def test_a_page_can_be_perceived_on_a_phone_and_stays_quiet(walk: Walk, who: str, name: str) -> None:
    is_quiet_under(glance_at, walk, who, name)


@pytest.mark.parametrize(("who", "name"), every_page())
def test_a_page_can_be_perceived_fits_and_stays_quiet(walk: Walk, who: str, name: str) -> None:
    is_quiet_under(look_at, walk, who, name)


# The studio's pages take as long as all others, and are laid out by the same classes.
@pytest.mark.door("every page, mirrored")
@pytest.mark.parametrize("who", [*OUTSIDE_THE_STUDIO, pytest.param("instructor", marks=pytest.mark.full)])
def test_pages_laid_out_from_the_right_fit_and_can_be_perceived(walk: Walk, mirror: str, who: str) -> None:
    """Colours are those of the other direction, which are looked at there."""
    visit = Visit(walk.people[who].context.new_page())
    for name in PAGES[who]:
        visit.page.goto(mirror + walk.address(who, name))
        visit.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        needed = [max(visit.width_needed(width), width) for width in (WIDE, NARROWEST)]
        found = violations(visit.page, without=OF_COLOURS)
        assert (name, needed, found) == (name, [WIDE, NARROWEST], [])
        expect(visit.page.locator("html")).to_have_attribute("dir", "rtl")
    assert visit.complaints == []
    visit.page.close()


@pytest.mark.parametrize("who", [*OUTSIDE_THE_STUDIO, pytest.param("instructor", marks=pytest.mark.full)])
def test_text_that_is_set_wider_or_twice_as_large_is_neither_cut_off_nor_covered(walk: Walk, who: str) -> None:
    page = walk.people[who].context.new_page()
    for name in PAGES[who]:
        page.goto(walk.address(who, name))
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for style, width in ((WIDER, WIDE), (WIDER, NARROWEST), (TWICE, WIDE)):
            page.set_viewport_size({"width": width, "height": 800})
            with set_as(page, style):
                needed = page.evaluate("document.documentElement.scrollWidth")
                assert (name, style, width, max(needed, width), lost_words(page)) == (name, style, width, width, [])
    page.close()


def is_quiet_under(look: Callable[[Visit, str], None], walk: Walk, who: str, name: str) -> None:
    """The page passes the look without a complaint of the browser's, and asked nobody else for anything."""
    person = walk.people[who]
    visit = Visit(person.context.new_page())
    try:
        look(visit, walk.address(who, name))
        assert visit.complaints == []
        assert visit.hosts == {urlsplit(person.installation.url).netloc}
    finally:
        visit.page.close()


def glance_at(visit: Visit, address: str) -> None:
    """Narrow, in one theme, everything folded out: axe finds nothing, and nothing has to be scrolled to."""
    page = visit.page
    page.emulate_media(reduced_motion="reduce", color_scheme="light")
    page.goto(address)
    assert page.locator("h1").count() == 1
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert visit.width_needed(NARROW) <= NARROW
    assert violations(page) == []


def look_at(visit: Visit, address: str) -> None:
    """Wide and narrow, in every theme, everything folded out, axe finds nothing, and nothing has to be scrolled to."""
    page = visit.page
    page.goto(address)
    assert page.locator("h1").count() == 1
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert visit.width_needed(WIDE) <= WIDE
    assert violations_in_both_themes(page) == []
    page.evaluate(MARK, ["seen", ":not([data-seen])"])
    assert visit.width_needed(NARROW) <= NARROW
    # Nothing changes its colours when it becomes narrow: they are looked at of what was not to be seen before.
    page.evaluate(MARK, ["appeared", ":not([data-seen])"])
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert violations(page, OF_COLOURS, within="[data-appeared]") == [], theme
    assert violations(page, without=OF_COLOURS) == []
    assert visit.width_needed(NARROWEST) <= NARROWEST
    assert violations_in_high_contrast(page) == []


def test_a_page_that_waits_for_a_grade_can_be_perceived_and_fits(walk: Walk) -> None:
    learner = walk.people["learner"]
    with learner.installation.without_worker():
        learner.page.goto(f"{COURSE}quizzes/checkpoint-4/")
        learner.press("Start")
        learner.press("Look over and submit")
        learner.press("Submit as it is")
        expect(learner.heading).to_contain_text("being graded")
        visit = Visit(learner.page)
        look_at(visit, urlsplit(learner.page.url).path)
    assert visit.complaints == []


def test_a_page_that_waits_for_a_build_can_be_perceived_and_fits(walk: Walk) -> None:
    instructor = walk.people["instructor"]
    with instructor.installation.without_worker():
        instructor.page.goto("/studio/import/")
        instructor.page.get_by_label("Paste the article").fill("One town drinks. " * 40)
        instructor.press("Build the draft course")
        expect(instructor.page.get_by_text("Waiting for a worker")).to_be_visible()
        visit = Visit(instructor.page)
        look_at(visit, urlsplit(instructor.page.url).path)
    assert visit.complaints == []


def test_a_page_that_waits_for_a_model_can_be_perceived_and_fits(walk: Walk) -> None:
    instructor = walk.people["instructor"]
    studio = allow_a_model(instructor, ending="So much for a model that takes its time.")
    instructor.installation.service.answers(reply())
    with instructor.installation.without_worker():
        instructor.page.goto(f"{studio}questions/")
        instructor.press("Draft more with a model")
        expect(instructor.page.get_by_role("progressbar", name="Parts answered")).to_be_visible()
        visit = Visit(instructor.page)
        look_at(visit, f"{studio}questions/")
    assert visit.complaints == []
    assert visit.hosts == {urlsplit(instructor.installation.url).netloc}
