"""What has to be there before every page is looked at: drafts, lists and what a model was asked."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from authoring.domain.demo import INSTRUCTOR, LEARNER, SAMPLE
from quizzes.formats.course_file import parse
from tests.authoring.providers.service import as_json
from tests.e2e.installation import Installation
from tests.e2e.people import Person
from tests.quizzes.drafting.proposals.replies import reply

COURSE = "/courses/belarus-between-two-chairs/"


def import_draft(installation: Installation, *, ending: str = "Support our work: make a donation today.") -> str:
    """The slug of a draft course made of the sample's text, with a last line that is not of it."""
    text = parse(SAMPLE.read_text(encoding="utf-8")).article.text
    path = installation.folder / "two-chairs.txt"
    path.write_text(f"{text}\n\n{ending}\n", encoding="utf-8")
    said = installation.manage("import_article", str(path), "--title", "A draft", "--owner", INSTRUCTOR, "--json")
    return str(json.loads(said)["slug"])


def bring_lists_in(instructor: Person) -> dict[str, str]:
    """A list of people that was applied, and one of grades that waits; both have a line at fault."""
    page, found = instructor.page, {}
    page.goto(f"/studio{COURSE}people/list/")
    page.get_by_label("Paste the list").fill("Email,Name,Cohort\nana@example.org,Ana,Evenings\nbroken,,")
    instructor.press("See what it would do")
    page.get_by_role("button", name="Do it: one line").click(timeout=20_000)
    expect(page.get_by_role("button", name="Undo the whole list")).to_be_visible(timeout=20_000)
    found["list"] = address_of(page)
    page.goto(f"/studio{COURSE}gradebook/import/")
    page.get_by_label("Paste the list").fill(f"Email,checkpoint-1\n{LEARNER},50\nnobody@example.org,50")
    page.get_by_label("Why").fill("Oral exam.")
    instructor.press("See what it would change")
    expect(page.get_by_role("button", name="Do it: one line")).to_be_visible(timeout=20_000)
    return found | {"grades": address_of(page)}


def tell_another_system(instructor: Person) -> dict[str, str]:
    """An endpoint that nobody stands behind, and a test on its way to it."""
    page, found = instructor.page, {}
    page.goto(f"/studio{COURSE}webhooks/")
    page.get_by_label("Address").fill("https://lms.example.invalid/postil")
    instructor.press("Make an endpoint")
    expect(page.get_by_text("Copy this secret now.")).to_be_visible()
    instructor.follow("https://lms.example.invalid/postil")
    found["endpoint"] = address_of(page)
    instructor.press("Send a test")
    page.get_by_role("region", name="What was sent").get_by_role("link").first.click()
    return found | {"delivery": address_of(page)}


def ask_a_model(instructor: Person) -> str:
    """A draft about which a model was asked: it refused one part, and had nothing to propose for the others."""
    studio = allow_a_model(instructor, ending="So much for the first model.")
    instructor.installation.service.answers(as_json({"error": {"message": "Too long."}}, status=400), reply())
    instructor.page.goto(f"{studio}questions/")
    instructor.press("Draft more with a model")
    instructor.page.goto(f"{studio}questions/")
    asking = instructor.page.get_by_role("region", name="With a model")
    expect(asking.get_by_text("Answered", exact=True)).to_be_visible(timeout=30_000)
    expect(asking.get_by_text("No answer", exact=True)).to_have_count(1)
    return studio


def allow_a_model(instructor: Person, *, ending: str) -> str:
    """The address of a new draft whose text, with a line of its own, may be sent to the model."""
    studio = f"/studio/courses/{import_draft(instructor.installation, ending=ending)}/"
    instructor.page.goto(studio)
    instructor.page.get_by_role("button", name="Allow sending to").click()
    expect(instructor.page.get_by_role("button", name="Send nothing more")).to_be_visible()
    return studio


def explore(instructor: Person) -> dict[str, str]:
    """What was answered to a question, a group of it, and somebody who answered."""
    page, found = instructor.page, {}
    page.goto(f"/studio{COURSE}quizzes/final-check/insight/")
    instructor.follow("What was answered")
    found["answers"] = address_of(page)
    page.locator(".answers-given .meta a").first.click()
    found["given"] = address_of(page)
    page.goto(f"/studio{COURSE}gradebook/?q=learner")
    page.locator(".book tbody th a").first.click()
    return found | {"answerer": address_of(page)}


def open_learner(instructor: Person) -> str:
    instructor.page.goto(f"/studio{COURSE}people/?q=learner")
    instructor.page.locator(".lines li > div > a").first.click()
    return address_of(instructor.page)


def ask_for_nothing(instructor: Person) -> str:
    """A fetch from a name that nothing goes by."""
    instructor.page.goto("/studio/import/")
    instructor.page.get_by_label("Or give its address").fill("https://nothing.invalid/article")
    instructor.press("Build the draft course")
    expect(instructor.page.get_by_text("not fetched")).to_be_visible(timeout=20_000)
    return urlsplit(instructor.page.url).path


def address_of(page: Page) -> str:
    return urlsplit(page.url)._replace(scheme="", netloc="").geturl()
