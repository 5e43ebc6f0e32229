"""An attempt's page in a browser, what the browser keeps of its answers, and what the server has of them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Request, Route

from quizzes.models import Attempt, Response
from tests.e2e.browsers import PATIENCE
from tests.services import wait_for

KEPT = "Kept on this device, sending when you are back online"

READ = """() => new Promise((tell) => {
  const asked = indexedDB.open('postil');
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onerror = () => tell([]);
  asked.onsuccess = () => {
    const all = asked.result.transaction('answers').objectStore('answers').getAll();
    all.onsuccess = () => { asked.result.close(); tell(all.result); };
  };
})"""


def journal_of(page: Page) -> list[Any]:
    """The answers in this browser's journal, of whichever attempt, the oldest first; [] where it has none."""
    return sorted(page.evaluate(READ), key=lambda entry: entry["at"])


def kept_in(page: Page) -> set[Any]:
    """The answers that stand in the journal, which are texts."""
    return {entry["answer"] for entry in journal_of(page)}


def line(page: Page) -> Locator:
    return page.locator("#q4").get_by_role("textbox")


def note(page: Page, position: int = 4) -> Locator:
    return page.locator(f"#q{position} [data-note]")


def answer_at(position: int, of: Attempt) -> Any:
    return Response.objects.get(attempt=of, position=position).answer


def becomes(text: str, of: Attempt, *, position: int = 4) -> None:
    """The server has this answer, as soon as the page could send it."""
    wait_for(lambda: answer_at(position, of) == text, what=f"{text!r} on the server", seconds=2 * PATIENCE / 1000)


def failing(route: Route) -> None:
    route.abort()


def journal_empties(page: Page) -> None:
    wait_for(lambda: journal_of(page) == [], what="the empty journal", seconds=PATIENCE / 1000)


def journal_becomes(page: Page, wanted: list[tuple[Any, int]]) -> None:
    """It has these answers, each with the sequence that it comes after, within twenty seconds."""

    def is_so() -> bool:
        return [(entry["answer"], entry["sequence"]) for entry in journal_of(page)] == wanted

    wait_for(is_so, what=f"{wanted} in the journal")


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def requests_of(page: Page) -> list[Request]:
    """What the page asks for from now on; the list goes on growing."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 -- a method of a list takes no attributes
    return sent
