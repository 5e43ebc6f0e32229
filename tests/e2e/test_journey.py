"""The whole product in a real browser: an article is pasted, reviewed, published, learnt, and graded by a worker."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from authoring.domain.demo import SAMPLE
from quizzes.formats.course_file import CourseFile, parse
from tests.e2e.installation import ROOT, Installation
from tests.e2e.people import Person, answer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARTICLE = ROOT.parent / "shared" / "article.txt"
DONATION = "Support independent journalism: make a donation and become a member today."
RELATED = "Related articles:"


def sample_text() -> str:
    """The article of the sample course as somebody would copy it from a page, with two lines that are not of it."""
    text = parse(SAMPLE.read_text(encoding="utf-8")).article.text
    middle = text.index("\n\n", len(text) // 3)
    return f"{text[:middle]}\n\n{DONATION}{text[middle:]}\n\n{RELATED}\n"


def real_text() -> str:
    if not ARTICLE.is_file():
        pytest.skip(f"the real article, {ARTICLE}, is not on this machine")
    return ARTICLE.read_text(encoding="utf-8")


class Play:
    """One instructor, one learner, one article."""

    def __init__(self, installation: Installation, browser: Browser, text: str, name: str, *, scripts: bool) -> None:
        self.installation, self.text, self.title, self.scripts = installation, text, f"Two chairs, {name}", scripts
        self.instructor = Person(installation, browser, f"instructor-{name}@example.org", scripts)
        self.learner = Person(installation, browser, f"learner-{name}@example.org", scripts)
        self.slug = ""
        self.file: CourseFile

    def close(self) -> None:
        self.instructor.context.close()
        self.learner.context.close()

    @property
    def studio(self) -> str:
        return f"/studio/courses/{self.slug}/"

    @property
    def course(self) -> str:
        return f"/courses/{self.slug}/"

    def know_the_keys(self) -> None:
        """`file` holds the course as it was published, with the key of every question."""
        self.file = parse(self.installation.manage("export_course", self.slug))


def arrive_as_instructor(play: Play) -> None:
    who = play.instructor
    who.choose_password(play.installation.password_link(who.address))
    who.sign_out()
    who.sign_in()
    who.follow("Studio", exact=True)
    who.follow("Import an article")


def import_article(play: Play) -> None:
    """The article is pasted; its build is seen waiting, then done by the worker, and the page goes on by itself."""
    who, before = play.instructor, play.installation.done_by_worker()
    who.page.get_by_label("Paste the article").fill(play.text)
    who.page.get_by_label("Title", exact=True).fill(play.title)
    with play.installation.without_worker():
        who.press("Build the draft course")
        expect(who.page.get_by_text("Waiting for a worker")).to_be_visible()
        assert who.page.get_by_role("progressbar").get_attribute("max") == "3"
    who.page.wait_for_url("**/studio/courses/*/", timeout=30_000)
    expect(who.heading).to_have_text(play.title)
    play.slug = who.page.url.rstrip("/").rpartition("/")[2]
    assert play.installation.done_by_worker() == before + 1


def look_at_the_text(play: Play) -> None:
    """Dropped lines stand with their reasons; one is restored and left out again."""
    who = play.instructor
    who.follow("Look at what and why")
    dropped = who.page.locator(".passage:has(del)")
    expect(who.page.get_by_text("This line asks readers for money or a subscription.").first).to_be_visible()
    count = dropped.count()
    assert count >= 2
    who.press("Keep this line")
    expect(dropped).to_have_count(count - 1)
    who.press("Leave it out again")
    expect(dropped).to_have_count(count)
    parts = who.page.locator("details.rail nav[aria-labelledby=found] li")
    assert parts.count() >= 5


def decide_on_concepts(play: Play) -> None:
    """Two concepts are accepted (by keyboard where there is one), one is rejected and one explained."""
    who = play.instructor
    who.page.goto(f"{play.studio}concepts/")
    notes = who.page.locator(".concept-note")
    labels = [notes.nth(number).locator(".label") for number in range(4)]
    if play.scripts:
        for label, key in zip(labels, "aar", strict=False):
            who.page.keyboard.press("j")
            who.page.keyboard.press(key)
            expect(label).to_contain_text("rejected" if key == "r" else "accepted")
    else:
        for number, verb in enumerate(("Accept", "Accept", "Reject")):
            notes.nth(number).get_by_role("button", name=verb).first.click()
    notes.nth(3).get_by_role("button", name="Accept").click()
    for label, word in zip(labels, ("accepted", "accepted", "rejected", "accepted"), strict=True):
        expect(label).to_contain_text(word)
    labels[3].get_by_role("link").click()
    who.page.get_by_label("What it means here").fill("What a newcomer has to know of it.")
    who.press("Keep the definition")
    expect(who.page.locator("#means + p")).to_have_text("What a newcomer has to know of it.")


def decide_on_questions(play: Play) -> None:
    """The first is accepted, the second rejected with a reason, and of the first lesson all that break no rule."""
    who = play.instructor
    who.page.goto(f"{play.studio}questions/")
    who.follow("Review question 1")
    expect(who.heading).to_contain_text("question 1 of")
    expect(who.page.locator(".passage mark").first).to_be_visible()
    if play.scripts:
        who.page.keyboard.press("a")
        expect(who.heading).to_contain_text("question 2 of")
        who.page.keyboard.press("r")
        who.page.keyboard.press("1")
    else:
        who.press("Accept")
        expect(who.heading).to_contain_text("question 2 of")
        who.page.locator("summary", has_text="Reject").click()
        who.page.get_by_label("It gives its answer away.").check()
        who.press("Reject it")
    expect(who.heading).to_contain_text("question 3 of")
    who.page.goto(f"{play.studio}questions/")
    expect(who.page.get_by_text(re.compile(r"^(1|One) accepted, (1|one) rejected")).first).to_be_visible()
    who.page.locator("section.queue").first.get_by_role("button", name="Accept").click()
    expect(who.page.get_by_text(re.compile(r"questions? of “.+” accepted\."))).to_be_visible()


def publish(play: Play) -> None:
    who = play.instructor
    who.page.goto(play.studio)
    asked = who.page.get_by_role("button", name="Accept the concepts they ask about")
    if asked.count():
        asked.click()
        expect(who.page.get_by_text(re.compile(r"concepts? (was|were) accepted\."))).to_be_visible()
    who.press("Publish")
    expect(who.page.get_by_text("Published.", exact=False).first).to_be_visible()
    expect(who.page.get_by_text("Learners see it since")).to_be_visible()
    play.know_the_keys()


def read_first_lesson(play: Play) -> None:
    """A newcomer signs up, finds the course, reads its first lesson with a note open, and marks it as read."""
    who = play.learner
    who.sign_up("Lea Lernt")
    who.sign_in()
    who.page.goto("/")
    who.follow(play.title, exact=True)
    who.page.wait_for_url(f"**{play.course}")
    # Too narrow for a margin, so that no note is open from the start.
    who.page.set_viewport_size({"width": 800, "height": 900})
    who.follow("Start reading")
    if play.scripts:
        open_a_note(who)
    else:
        expect(who.page.locator("aside.note.concept").first).to_be_visible()
    who.press("Mark as read and answer")
    expect(who.page.get_by_role("button", name="Start the quiz")).to_be_visible()


def open_a_note(who: Person) -> None:
    word = who.page.locator("article button[aria-expanded]").first
    word.click()
    expect(word).to_have_attribute("aria-expanded", "true")
    expect(who.page.locator("aside.note.concept:visible")).to_have_count(1)
    who.page.keyboard.press("Escape")
    expect(who.page.locator("aside.note.concept:visible")).to_have_count(0)
    expect(word).to_be_focused()


def answer_all_but_the_last(play: Play) -> list[bool]:
    """Every second question is answered right, the others wrong, the last not at all; a reload keeps the answers."""
    who, keys = play.learner, play.file.questions
    who.press("Start the quiz")
    sections = who.page.locator("section[data-position]").all()
    given = [position % 2 == 0 for position in range(len(sections) - 1)]
    assert len(given) >= 2
    for section, right in zip(sections, given, strict=False):
        answer(section, key_of(section, keys), right=right)
        if play.scripts:
            expect(section.locator("[data-note]")).to_contain_text("Saved", timeout=5_000)
    if not play.scripts:
        who.press("Save", exact=True)
    before = state_of(who)
    who.page.reload()
    assert state_of(who) == before
    assert sum(bool(value) for value in before) >= len(given)
    return given


def key_of(section: Locator, questions: Any) -> Any:
    """The content of the question that the page asks."""
    shown = section.inner_text()
    return next(entry.content for entry in questions if is_shown(entry.content, shown))


def is_shown(content: Any, shown: str) -> bool:
    """Whether the stem and all there is to choose from stand on the page: a stem alone is asked of many passages."""
    rows = [*content.get("options", ()), *content.get("sentences", ())]
    gaps = content["text"].partition("{{")[0].strip() if "gaps" in content else ""
    return all(words in shown for words in [content["stem"], gaps, *(row["text"] for row in rows)])


def state_of(who: Person) -> list[str]:
    """What stands in every control of the attempt."""
    controls = who.page.locator("section[data-position] :is(input[name^=answer], select)").all()
    return [str(each.is_checked()) * each.is_checked() if box(each) else each.input_value() for each in controls]


def box(control: Locator) -> bool:
    return control.get_attribute("type") in {"radio", "checkbox"}


def submit(play: Play, given: list[bool]) -> None:
    """The summary names what is open; submitted, the attempt waits for the worker, and shows the grade by itself."""
    who, before = play.learner, play.installation.done_by_worker()
    who.press("Look over and submit")
    expect(who.page.get_by_role("link", name=f"Question {len(given) + 1}")).to_be_visible()
    with play.installation.without_worker():
        who.press("Submit as it is")
        expect(who.heading).to_contain_text("being graded")
        if play.scripts:
            who.stay()
    expect(who.page.locator("article.reviewed")).to_be_visible(timeout=30_000)
    if play.scripts:
        assert who.has_stayed()
    assert play.installation.done_by_worker() == before + 1
    assert play.installation.pid("worker") != play.installation.pid("web")


def look_at_the_review(play: Play, given: list[bool]) -> None:
    """Every question has its verdict in words, and the passage that proves it, word for word."""
    who, article = play.learner, play.file.article.text
    verdicts = who.page.locator("article.reviewed section .verdict .state")
    wanted = ["Right" if right else "Not right" for right in given] + ["Not answered"]
    expect(verdicts).to_have_text(wanted)
    for section in who.page.locator("article.reviewed section").all():
        quotes = [mark.text_content() or "" for mark in section.locator("aside.note mark").all()]
        assert quotes
        assert all(quote in article for quote in quotes)


def look_at_the_progress(play: Play, given: list[bool]) -> None:
    who = play.learner
    who.follow("Your progress")
    attempts = who.page.locator("section[aria-labelledby=attempts]")
    expect(attempts).to_contain_text(f"{round(100 * sum(given) / (len(given) + 1))} %")
    expect(attempts).to_contain_text("Attempt 1")


@pytest.mark.parametrize(
    ("source", "scripts"),
    [("sample", True), ("sample", False), ("real", True)],
    ids=["sample-text", "sample-text-without-javascript", "real-article"],
)
def test_an_article_becomes_a_learners_graded_answer(
    installation: Installation, browser: Browser, source: str, scripts: bool
) -> None:
    text = sample_text() if source == "sample" else real_text()
    play = Play(installation, browser, text, f"{source}-{'with' if scripts else 'without'}", scripts=scripts)
    try:
        arrive_as_instructor(play)
        import_article(play)
        look_at_the_text(play)
        decide_on_concepts(play)
        decide_on_questions(play)
        publish(play)
        read_first_lesson(play)
        given = answer_all_but_the_last(play)
        submit(play, given)
        look_at_the_review(play, given)
        look_at_the_progress(play, given)
        assert play.instructor.complaints + play.learner.complaints == []
    finally:
        play.close()
