"""Somebody whose browser asks for French: what Postil says is French, and what they read keeps its own language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from authoring.domain.demo import INSTRUCTOR, LEARNER
from tests.e2e.browsers import violations
from tests.e2e.installation import Installation
from tests.e2e.people import Person
from tests.e2e.sights import COURSE
from tests.messages import catalog_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VALUE = re.compile(r"%\(\w+\)s|{\w*}")
FEWEST_WORDS = {True: 3, False: 4}
"""Of a whole sentence, and of a stretch between two values: fewer may stand in a name or a title by chance."""
QUIET_PLACES = (
    *("/accounts/", "/accounts/inbox/", "/accounts/mail/", "/accounts/reading/", "/progress/goal/", "/own/erase/"),
    *("/join/", "/offline/", COURSE, f"{COURSE}progress/", f"{COURSE}remember/", f"{COURSE}notes/"),
)
PLACES = ("", "questions/", "bank/", "quizzes/", "quizzes/checkpoint-1/", "gradebook/", "history/", "people/")
OWN_WORDS = """() => {
  const isOurs = (each) => each.closest("[lang]").lang === document.documentElement.lang;
  const isSaid = (each) => isOurs(each) && !each.closest("script, style");
  const all = [...document.querySelectorAll("body, body *, title")].filter(isSaid);
  const texts = all.flatMap(each => [...each.childNodes]).filter(each => each.nodeType === Node.TEXT_NODE);
  const names = all.flatMap(each => ["aria-label", "title", "placeholder", "alt"].map(name => each.getAttribute(name)));
  const drawn = all.flatMap(each => ["::before", "::after"].map(which => getComputedStyle(each, which).content));
  return [...texts.map(each => each.data), ...names.filter(Boolean), ...drawn.filter(each => /^"/.test(each))];
}"""
"""What a page says to eyes and ears outside of what is marked as being in another language, style sheets included."""


def _folded(text: str) -> str:
    return text.casefold().strip(" .:")


@cache
def english() -> tuple[str, ...]:
    """Every stretch of words between the values of a sentence that French says otherwise."""
    told = [message.id for message in catalog_of("fr") if message.id and message.id != message.string]
    forms = [form for each in told for form in ([each] if isinstance(each, str) else each)]
    stretches = {(" ".join(part.split()), VALUE.search(form) is None) for form in forms for part in VALUE.split(form)}
    return tuple(sorted({part for part, is_whole in stretches if len(part.split()) >= FEWEST_WORDS[is_whole]}))


TITLES = {"In your own words"}
"""What the sample course calls a quiz, in words that are ours elsewhere."""
SHORT = frozenset(
    each.id
    for each in catalog_of("fr")
    if isinstance(each.id, str) and len(each.id) > 3 and isinstance(each.string, str)
    if _folded(each.string) != _folded(each.id) and not VALUE.search(each.id)
) - {each.string for each in catalog_of("fr")}
"""Whole messages, the shortest too, that mean something in English alone."""


def left_in_english(page: Page) -> list[str]:
    """The stretches of our sentences that stand on the page in English; longer ones first."""
    said = [" ".join(text.split()) for text in page.evaluate(OWN_WORDS)]
    within = {part for part in english() for text in said if part in text}
    whole = {text for text in said if text in SHORT or _small(text) in SHORT}
    return sorted((within | whole) - TITLES, key=len, reverse=True)


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


@pytest.fixture(scope="module")
def people(installation: Installation, browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """The learner and the instructor of the sample course, each in a browser that asks for French."""
    installation.manage("load_demo")
    found = {}
    for who in (LEARNER, INSTRUCTOR):
        person = Person(installation, browser, who)
        person.sign_in()
        state = person.context.storage_state()
        found[who] = browser.new_context(base_url=installation.url, locale="fr-FR", storage_state=state)
        person.context.close()
    yield found
    for context in found.values():
        context.close()


def is_french(page: Page) -> None:
    """The page says so, and says nothing of ours in English; axe finds nothing wrong with it."""
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert left_in_english(page) == []
    assert violations(page) == []


@pytest.mark.door("in French")
def test_a_learner_reads_answers_and_is_graded_in_french(people: dict[str, BrowserContext]) -> None:
    page = people[LEARNER].new_page()
    page.goto("/")
    is_french(page)
    page.goto(f"{COURSE}lessons/who-can-change-belarus/")
    is_french(page)
    expect(page.locator("article")).to_have_attribute("lang", "en")
    expect(page.locator(".note.concept .label").first).to_have_attribute("lang", "fr")

    page.goto(f"{COURSE}quizzes/checkpoint-5/")
    is_french(page)
    page.get_by_role("button", name="Commencer").first.click()
    page.wait_for_url("**/attempts/*/**")
    is_french(page)
    page.locator("section[data-position] input[type=radio]").first.check()
    page.get_by_role("button", name="Relire et remettre").click()
    page.wait_for_url("**/summary/")
    is_french(page)
    page.get_by_role("button", name="Remettre tel quel").click()
    expect(page.locator(".verdict").first).to_be_visible(timeout=30_000)
    is_french(page)
    page.goto("/progress/")
    is_french(page)
    page.close()


@pytest.mark.parametrize("place", QUIET_PLACES)
def test_a_learners_quieter_pages_are_french_too(people: dict[str, BrowserContext], place: str) -> None:
    page = people[LEARNER].new_page()
    page.goto(place)
    is_french(page)
    page.close()


@pytest.mark.parametrize("place", PLACES)
def test_an_instructor_works_in_french(people: dict[str, BrowserContext], place: str) -> None:
    page = people[INSTRUCTOR].new_page()
    page.goto(f"/studio{COURSE}{place}")
    is_french(page)
    page.close()
