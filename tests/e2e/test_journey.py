"""The whole product in a real browser: an article is pasted, reviewed, published, learnt, and graded by a worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from authoring.domain.demo import SAMPLE
from quizzes.formats.course_file import parse
from tests.e2e.hands import Hands, Keyboard
from tests.e2e.installation import ROOT, Installation
from tests.e2e.people import Person, answer
from tests.e2e.play import Play
from tests.e2e.studio_steps import (
    arrange_the_parts,
    assemble_a_quiz,
    be_forgotten,
    change_the_text,
    decide_the_appeal,
    edit_a_question,
    join,
    look_into_the_quiz,
    make_a_code,
    question_a_grade,
    see_it_end,
    watch,
)

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
    """The article that Postil was first made for, where it is on this machine."""
    return ARTICLE.read_text(encoding="utf-8") if ARTICLE.is_file() else sample_text()


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
    who.write("Paste the article", play.text)
    who.write("Title", play.title, exact=True)
    with play.installation.without_worker():
        who.press("Build the draft course")
        expect(who.page.get_by_text("Waiting for a worker")).to_be_visible()
        assert who.page.get_by_role("progressbar").get_attribute("max") == "3"
    who.page.wait_for_url("**/studio/courses/*/", timeout=30_000)
    expect(who.heading).to_have_text(play.title)
    play.slug = who.page.url.rstrip("/").rpartition("/")[2]
    assert play.installation.done_by_worker() > before


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
            who.hands.press(notes.nth(number).get_by_role("button", name=verb).first)
    who.hands.press(notes.nth(3).get_by_role("button", name="Accept"))
    for label, word in zip(labels, ("accepted", "accepted", "rejected", "accepted"), strict=True):
        expect(label).to_contain_text(word)
    who.hands.press(labels[3].get_by_role("link"))
    who.write("What it means here", "What a newcomer has to know of it.")
    who.press("Keep the definition")
    expect(who.page.locator("#means + p")).to_have_text("What a newcomer has to know of it.")


def number_in_heading(who: Person) -> int:
    """Which question is reviewed: what is drafted meanwhile for an explained concept may stand before the first."""
    expect(who.heading).to_contain_text(re.compile(r"question \d+ of"))
    found = re.search(r"question (\d+) of", who.heading.inner_text())
    assert found is not None
    return int(found[1])


def decide_on_questions(play: Play) -> None:
    """The first is accepted, the second rejected with a reason, and of the first lesson all that break no rule."""
    who = play.instructor
    who.page.goto(f"{play.studio}questions/")
    who.follow("Review question 1")
    number = number_in_heading(who)
    expect(who.page.locator(".passage mark").first).to_be_visible()
    if play.scripts:
        who.page.keyboard.press("a")
        expect(who.heading).to_contain_text(f"question {number + 1} of")
        who.page.keyboard.press("r")
        who.page.keyboard.press("1")
    else:
        who.press("Accept")
        expect(who.heading).to_contain_text(f"question {number + 1} of")
        who.open("Reject")
        who.hands.tick(who.page.get_by_label("It gives its answer away."))
        who.press("Reject it")
    expect(who.heading).to_contain_text(f"question {number + 2} of")
    who.page.goto(f"{play.studio}questions/")
    expect(who.page.get_by_text(re.compile(r"^(1|One) accepted, (1|one) rejected")).first).to_be_visible()
    who.hands.press(who.page.locator("section.queue").first.get_by_role("button", name="Accept"))
    expect(who.page.get_by_text(re.compile(r"questions? of “.+” accepted\."))).to_be_visible()


def publish(play: Play) -> None:
    who = play.instructor
    who.page.goto(play.studio)
    asked = who.page.get_by_role("button", name="Accept the concepts they ask about")
    if asked.count():
        who.hands.press(asked)
        expect(who.page.get_by_text(re.compile(r"concepts? (was|were) accepted\."))).to_be_visible()
    who.press("Publish")
    expect(who.page.get_by_text("Published.", exact=False).first).to_be_visible()
    expect(who.page.get_by_text("Open to learners since")).to_be_visible()
    play.know_the_keys()


def read_first_lesson(play: Play) -> None:
    """The learner reads the first lesson with a note open, and marks it as read."""
    who = play.learner
    # Too narrow for a margin, so that no note is open from the start.
    who.page.set_viewport_size({"width": 800, "height": 900})
    who.follow("Start reading")
    if play.scripts:
        open_a_note(who)
    else:
        expect(who.page.locator("aside.note.concept").first).to_be_visible()
    who.press("Mark as read and answer")
    expect(who.page.get_by_role("button", name="Start the quiz")).to_be_visible()


def find_the_course(play: Play) -> None:
    """A newcomer signs up and finds the course at the first page."""
    who = play.learner
    who.sign_up(play.learner_name)
    who.sign_in()
    who.page.goto("/")
    who.follow(play.title, exact=True)
    who.page.wait_for_url(f"**{play.course}")


def open_a_note(who: Person) -> None:
    word = who.page.locator("article button[aria-expanded]").first
    who.hands.press(word)
    expect(word).to_have_attribute("aria-expanded", "true")
    expect(who.page.locator("aside.note.concept:visible")).to_have_count(1)
    who.page.keyboard.press("Escape")
    expect(who.page.locator("aside.note.concept:visible")).to_have_count(0)
    expect(word).to_be_focused()


def start(play: Play) -> None:
    play.learner.press("Start the quiz")
    expect(play.learner.page.locator("section[data-position]").first).to_be_visible()


def answer_all_but_the_last(play: Play) -> list[bool]:
    """Every second question is answered right, the others wrong, the last not at all; a reload keeps the answers."""
    who, keys = play.learner, play.file.questions
    sections = who.page.locator("section[data-position]").all()
    given = [position % 2 == 0 for position in range(len(sections) - 1)]
    assert len(given) >= 2
    for section, right in zip(sections, given, strict=False):
        answer(section, key_of(section, keys), right=right, hands=who.hands)
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
    assert play.installation.done_by_worker() > before
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
    expect(attempts).to_contain_text(f"{percent_of(given)} %")
    expect(attempts).to_contain_text("Attempt 1")


def percent_of(given: list[bool]) -> int:
    """What the answers earned, of everything; the last was not answered."""
    return round(100 * sum(given) / (len(given) + 1))


@pytest.mark.door("without JavaScript")
def test_an_article_becomes_a_learners_graded_answer_without_javascript(
    installation: Installation, browser: Browser
) -> None:
    play = Play(installation, browser, sample_text(), "plain", scripts=False, hands=Hands())
    try:
        arrive_as_instructor(play)
        import_article(play)
        look_at_the_text(play)
        decide_on_concepts(play)
        decide_on_questions(play)
        publish(play)
        find_the_course(play)
        read_first_lesson(play)
        start(play)
        given = answer_all_but_the_last(play)
        submit(play, given)
        look_at_the_review(play, given)
        look_at_the_progress(play, given)
        assert play.instructor.complaints + play.learner.complaints == []
    finally:
        play.close()


@pytest.mark.parametrize(
    ("text", "hands"),
    [
        pytest.param(sample_text, Hands(), id="sample-text-by-mouse", marks=pytest.mark.door("learner and studio")),
        pytest.param(real_text, Keyboard(), id="real-article-by-keyboard", marks=pytest.mark.door("keyboard")),
    ],
)
def test_an_instructor_goes_from_a_paste_to_what_answers_say(
    installation: Installation, browser: Browser, text: Callable[[], str], hands: Hands
) -> None:
    play = Play(
        installation, browser, text(), "keys" if isinstance(hands, Keyboard) else "mouse", scripts=True, hands=hands
    )
    try:
        arrive_as_instructor(play)
        import_article(play)
        look_at_the_text(play)
        arrange_the_parts(play)
        decide_on_concepts(play)
        decide_on_questions(play)
        edit_a_question(play)
        publish(play)
        assemble_a_quiz(play)
        join(play, make_a_code(play))
        read_first_lesson(play)
        start(play)
        watch(play)
        given = answer_all_but_the_last(play)
        submit(play, given)
        see_it_end(play)
        look_at_the_review(play, given)
        question_a_grade(play)
        decide_the_appeal(play)
        look_into_the_quiz(play, percent_of(given))
        change_the_text(play)
        be_forgotten(play)
        assert play.instructor.complaints + play.learner.complaints == []
    finally:
        play.close()
