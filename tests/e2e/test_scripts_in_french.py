"""What scripts say while somebody answers, orders, reads and loses the connection, to whoever reads French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobs.domain.clock import database_now
from quizzes.models import Attempt, QuizMode
from tests.e2e.browsers import sign_in
from tests.e2e.desk import Desk
from tests.e2e.kept import failing, line, note
from tests.e2e.mortal import MortalServer, mortal_server
from tests.factories import make_enrollment
from tests.services import wait_for
from tests.web.learner.books import make_book
from tests.web.learner.readers import lesson_address
from tests.web.learner.sittings import Sitting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "Gardé sur cet appareil, envoi quand vous serez de nouveau en ligne"
LANGUAGE_OF_OFFLINE = """async () => {
  const page = await caches.match('/offline/', { ignoreVary: true });
  return (await page?.text())?.match(/<html[^>]* lang="([^"]+)"/)[1] ?? '';
}"""


@pytest.fixture
def context(desk: Desk) -> BrowserContext:
    """An attempt without a limit of time, in a browser that asks for French."""
    desk.sit()
    return desk.window(locale="fr-FR")


def test_an_answer_is_said_to_be_saved_with_the_time_as_the_page_writes_it(desk: Desk, context: BrowserContext) -> None:
    page = desk.page(context)
    line(page).fill("thirst machine")
    expect(note(page)).to_have_text(re.compile(r"^Enregistré à \d\d:\d\d$"))
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Enregistré à \d\d:\d\d$"))
    said = note(page).inner_text()
    page.reload()
    expect(note(page)).to_have_text(said)


def test_the_states_are_counted_on_as_the_page_began(desk: Desk, context: BrowserContext) -> None:
    page = desk.page(context)
    tally = page.locator("[data-progress]")
    expect(tally).to_have_text("Ouvert : 6.")
    line(page).fill("thirst machine")
    page.locator("#q3").get_by_label("Marquer pour plus tard").check()
    expect(tally).to_have_text("Répondu : 1, ouvert : 4, marqué : 1.")
    expect(note(page)).to_contain_text("Enregistré")
    page.reload()
    expect(tally).to_have_text("Répondu : 1, ouvert : 4, marqué : 1.")


def test_what_is_only_here_is_said_in_one_number_and_in_several(desk: Desk, context: BrowserContext) -> None:
    page = desk.page(context)
    context.set_offline(True)
    line(page).fill("thirst machine")
    expect(note(page)).to_have_text(KEPT)
    expect(page.locator("[data-saved]")).to_have_text(f"{KEPT} : question 4")
    page.locator("#q1").get_by_label("The lower town").check()
    expect(page.locator("[data-saved]")).to_have_text(re.compile(rf"^{KEPT}\s: questions 1 et 4$"))
    page.get_by_role("button", name="Relire et remettre").click()
    expect(page.locator("[data-saved]")).to_contain_text("La page suivante s’ouvrira d’elle-même")


def test_other_pages_say_what_is_still_on_this_device(desk: Desk, context: BrowserContext) -> None:
    page = desk.page(context)
    page.route("**/responses/**", failing)
    line(page).fill("thirst machine")
    expect(note(page)).to_have_text(KEPT)
    page.goto("/")
    expect(page.locator("#status")).to_contain_text("Une réponse n’est que sur cet appareil.")
    expect(page.get_by_role("link", name="Ouvrir la tentative pour envoyer vos réponses")).to_be_visible()


def test_two_tabs_quote_both_answers_and_offer_the_choice(desk: Desk, context: BrowserContext) -> None:
    one, other = desk.page(context), desk.page(context)
    line(one).fill("first machine")
    expect(note(one)).to_contain_text("Enregistré")
    line(other).fill("second machine")
    expect(note(other)).to_contain_text(
        "a enregistré « first machine » entre-temps ; ici se trouve « second machine »."
    )
    note(other).get_by_role("button", name="Prendre l’autre").click()
    expect(note(other)).to_have_text("L’autre réponse est retenue")


def test_submitting_without_a_connection_waits_in_words(desk: Desk, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{desk.sitting.address}summary/")
    context.set_offline(True)
    page.get_by_role("button", name="Remettre tel quel").click()
    expect(page.locator("form [role=status]")).to_contain_text("Vous êtes hors ligne, et rien n’est encore remis.")


def test_the_timer_counts_announces_and_ends(desk: Desk) -> None:
    desk.sit(time_limit_seconds=660)
    context = desk.window(locale="fr-FR")
    page = desk.page(context)
    page.clock.install()
    page.reload()
    context.set_offline(True)
    voice = page.locator("[data-announce]")
    for seconds, words in ((75, "Il reste 10 minutes"), (310, "Il reste 5 minutes"), (215, "Il reste 1 minute")):
        page.clock.run_for(seconds * 1000)
        expect(voice).to_have_text(words)
    page.keyboard.press("Alt+KeyT")
    expect(voice).to_have_text(re.compile(r"^Il reste (1 min \d+ s|\d+ s)$"))


def test_the_end_of_the_time_is_said_while_answers_are_submitted(desk: Desk) -> None:
    desk.sit(time_limit_seconds=600)
    Attempt.objects.update(deadline_at=database_now() + timedelta(seconds=4))
    page = desk.page(desk.window(locale="fr-FR"))
    page.route("**/submit/", failing)
    expect(page.locator("[data-announce]")).to_have_text(
        re.compile("^(Le temps est écoulé. Vos réponses sont en cours de remise.|Vous êtes hors ligne, et rien)"),
        timeout=10_000,
    )


@pytest.fixture
def server(transactional_db: None) -> Iterator[MortalServer]:
    with mortal_server() as running:
        yield running


@pytest.fixture
def reader(browser: Browser, server: MortalServer) -> Iterator[BrowserContext]:
    """A browser that asks for English; who reads in it has chosen French."""
    made = browser.new_context(base_url=server.url, locale="en-GB")
    yield made
    made.close()


def in_french(reader: BrowserContext, server: MortalServer, sitting: Sitting | None = None) -> tuple[Page, str]:
    """The home page with the worker in charge, and the address of a lesson."""
    course = make_book()
    person = (sitting.enrollment if sitting else make_enrollment(course)).user
    person.language = "fr"
    person.save()
    sign_in(reader, person, server.url)
    page = reader.new_page()
    page.goto("/")
    wait_for(lambda: bool(page.evaluate("navigator.serviceWorker.controller !== null")), what="the worker")
    return page, lesson_address(course, 1)


def is_kept(page: Page, address: str) -> bool:
    return bool(page.evaluate("address => caches.match(address, { ignoreVary: true }).then(Boolean)", address))


def test_a_kept_lesson_says_of_what_moment_it_is_in_the_language_its_reader_chose(
    reader: BrowserContext, server: MortalServer
) -> None:
    page, lesson = in_french(reader, server)
    page.goto(lesson)
    wait_for(lambda: page.evaluate(LANGUAGE_OF_OFFLINE) == "fr", what="the page for what is not kept, in French")
    wait_for(lambda: is_kept(page, lesson), what="the lesson")

    server.kill()
    page.reload()
    expect(page.locator(".notice")).to_have_text(
        re.compile(r"^Vous êtes hors ligne\. Cette page est telle qu’elle était le \d+ \w+ \d{4}.* \d\d:\d\d\.$")
    )
    page.goto("/progress/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page nécessite une connexion")


def test_a_course_says_that_it_stays_on_this_device(reader: BrowserContext, server: MortalServer) -> None:
    page, lesson = in_french(reader, server)
    page.goto(lesson.partition("lessons/")[0])
    page.get_by_role("button", name="Garder ce cours sur cet appareil").click()
    expect(page.get_by_text("Ce cours est sur cet appareil.")).to_be_visible()


def test_a_practice_that_was_kept_says_so_too(reader: BrowserContext, server: MortalServer) -> None:
    sitting = Sitting(Client(), mode=QuizMode.PRACTICE)
    sitting.start()
    page, _ = in_french(reader, server, sitting)
    page.goto(sitting.address)
    wait_for(lambda: is_kept(page, sitting.address), what="the page")
    server.kill()
    page.reload()
    expect(page.locator(".notice")).to_contain_text("Cette page est telle qu’elle était le")
    line(page).fill("thirst machine")
    expect(note(page)).to_have_text(KEPT)
