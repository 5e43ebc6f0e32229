"""What an instructor does in the studio on the way from a paste to a course, and while it is taken."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic

from playwright.sync_api import Locator, Page, expect

from tests.e2e.play import Play

SECONDS_FOR_A_WORKER = 30.0

QUIZ = "A look back"
DOUBT = "I meant the same in other words."
DECISION = "Read the passage once more: it says otherwise."


def arrange_the_parts(play: Play) -> None:
    """A part is cut in the text, named on the page of the parts, joined again, and all of it taken back by numbers."""
    who = play.goes_to("The text")
    begins = who.page.get_by_text(re.compile(r"^Part \d+ begins here$"))
    count = begins.count()
    line = who.page.locator(".passage:not(:has(h2)):not(:has(del)):has(details)").nth(2)
    who.hands.press(line.locator("summary"))
    who.hands.press(line.get_by_role("button", name="Begin a part here"))
    expect(begins).to_have_count(count + 1)
    who.follow("Arrange the parts")
    titles = who.page.locator("[data-part] [name=title]")
    expect(titles).to_have_count(count + 1)
    first, second = titles.nth(0).input_value(), titles.nth(1).input_value()
    assert second == f"{first}, continued"
    who.hands.write(titles.nth(1), "What was made of it")
    who.page.keyboard.press("Enter")
    expect(who.page.get_by_text("You renamed a part")).to_be_visible()
    who.press("Join with the next after part 1")
    expect(titles).to_have_count(count)
    who.press("Undo")
    expect(titles).to_have_count(count + 1)
    expect(titles.nth(1)).to_have_value("What was made of it")
    who.press("Join with the next after part 1")
    expect(titles).to_have_count(count)
    expect(titles.nth(0)).to_have_value(first)


def edit_a_question(play: Play) -> None:
    """The first question that is open still is reworded; a learner's view follows, and it is saved and accepted."""
    who = play.goes_to("Questions")
    who.follow("Review question")
    expect(who.heading).to_contain_text("Drafted question")
    who.page.keyboard.press("e")
    expect(who.heading).to_have_text("Edit the question")
    stem = who.page.locator("[name=stem]")
    reworded = f"{stem.input_value()} Answer as the article does."
    who.hands.write(stem, reworded)
    expect(who.page.locator("#preview")).to_contain_text("Answer as the article does.")
    who.press("Save and accept")
    expect(who.page.get_by_text("accepted").first).to_be_visible()
    expect(who.page.get_by_role("heading", level=1)).not_to_have_text("Edit the question")


def assemble_a_quiz(play: Play) -> None:
    """A quiz over the whole course asks two questions, weighed and put in order, and is seen as a learner will."""
    who = play.goes_to("Quizzes")
    who.write("Title", QUIZ, exact=True)
    who.hands.pick(who.page.get_by_label("Mode"), "Check: it counts, and everything is shown after submitting")
    who.press("Make it")
    expect(who.heading).to_have_text(QUIZ)
    who.open("Add questions of the bank")
    boxes = who.page.locator("details.picker input[name=question]")
    who.hands.tick(boxes.nth(0))
    who.hands.tick(boxes.nth(1))
    who.press("Add what is ticked")
    lines = who.page.locator(".arranged > li")
    expect(lines).to_have_count(2)
    second = lines.nth(1).locator("p").first.inner_text()
    weigh(play, lines.nth(1))
    who.hands.press(lines.nth(1).get_by_role("button", name="Up"))
    expect(lines.nth(0).locator("p").first).to_have_text(second)
    expect(who.page.get_by_text("Two things to answer, 4 points.")).to_be_visible()
    who.follow("Preview", exact=True)
    expect(who.heading).to_have_text("What a new learner sees")
    expect(who.page.locator(".frame.questions")).to_have_count(2)


def weigh(play: Play, line: Locator) -> None:
    who = play.instructor
    who.hands.write(line.locator("[name=max_points]"), "3")
    who.hands.press(line.get_by_role("button", name="Keep"))
    expect(line.locator("[name=max_points]")).to_have_value("3")


def make_a_code(play: Play) -> str:
    """A code by which one learner comes in."""
    who = play.goes_to("People")
    who.follow("Codes to join by")
    who.write("People it lets in", "1")
    who.press("Make a code")
    code = who.page.locator(".lines strong")
    expect(code).to_have_count(1)
    return code.inner_text()


def join(play: Play, code: str) -> None:
    """A newcomer signs up, types the code and stands in the course; the code is used up."""
    who = play.learner
    who.sign_up(play.learner_name)
    who.sign_in()
    who.page.goto("/join/")
    who.write("Code", code)
    who.press("Join", exact=True)
    who.page.wait_for_url(f"**{play.course}")
    play.instructor.page.reload()
    expect(play.instructor.page.get_by_text("One person came in, of 1 at most.")).to_be_visible()


def watch(play: Play) -> None:
    """The monitor of the first quiz is open and says that somebody is at it."""
    who = play.goes_to("Quizzes")
    who.hands.press(who.page.get_by_role("link", name="Who is at it now").first)
    expect(who.heading).to_have_text("One learner at work")
    who.stay()


def see_it_end(play: Play) -> None:
    """The monitor learns by itself that the attempt was graded."""
    who = play.instructor
    graded = who.page.locator(".rules div").last.locator("dd")
    expect(graded).to_have_text("1", timeout=15_000)
    expect(who.heading).to_have_text("No learners at work")
    assert who.has_stayed()


def question_a_grade(play: Play) -> None:
    """The learner appeals against the first answer that was not right."""
    who = play.learner
    who.follow("Question this grade")
    who.hands.write(who.page.locator("#appeal textarea"), DOUBT)
    who.press("Send")
    expect(who.page.get_by_text("appealed, being looked at")).to_be_visible()


def decide_the_appeal(play: Play) -> None:
    """It is declined with a reason, which the learner reads."""
    who = play.goes_to("Appeals")
    expect(who.heading).to_have_text("One answer to look at again")
    who.hands.press(who.page.locator(".queue a").first)
    expect(who.page.get_by_text(DOUBT)).to_be_visible()
    who.hands.write(who.page.locator("form [name=decision]"), DECISION)
    who.press("Decline")
    expect(who.page.get_by_text("declined").first).to_be_visible()
    play.learner.page.reload()
    expect(play.learner.page.get_by_text(DECISION)).to_be_visible()


def look_into_the_quiz(play: Play, percent: int) -> None:
    """The gradebook has the result; insight is reckoned by the worker and says how many attempts it knows."""
    who = play.instructor
    who.follow("The course in the studio")
    play.goes_to("Gradebook")
    row = who.page.locator(".book tbody tr", has_text=play.learner_name)
    expect(row.locator("td").first).to_have_text(f"{percent} %")
    who.hands.press(who.page.locator(".book thead a").first)
    who.press("Reckon anew")
    figures = who.page.get_by_text(re.compile(r"as of .*, over one attempt"))
    load_until(who.page, lambda: figures.count() > 0)
    expect(figures).to_be_visible()
    expect(who.heading).to_have_text("Too few attempts to tell")


def load_until(page: Page, is_done: Callable[[], bool]) -> None:
    """The page is loaded again, as it asks for, until a worker has done its part or half a minute is over."""
    ends = monotonic() + SECONDS_FOR_A_WORKER
    while not is_done() and monotonic() < ends:
        page.reload()


def change_the_text(play: Play) -> None:
    """A text without its last paragraphs comes in; what it loses is seen, and it is applied and taken back."""
    who = play.instructor
    who.follow("The course in the studio")
    play.goes_to("The text")
    who.follow("Bring in a changed text")
    lines = [line for line in play.file.article.text.split("\n") if line.strip()]
    who.write("Paste the changed text", "\n\n".join(lines[:-3]))
    who.press("See what would change")
    apply = who.page.get_by_role("button", name="Apply: learners read revision 2")
    expect(apply).to_be_visible(timeout=20_000)
    expect(who.page.locator(".compared .gone").first).to_be_visible()
    who.hands.press(apply)
    who.press("Undo: learners read revision 1 again")
    expect(who.page.get_by_text("Undone.")).to_be_visible()


def be_forgotten(play: Play) -> None:
    """The learner erases the account: the gradebook has a result still, and no name to it."""
    learner, who = play.learner, play.instructor
    learner.page.goto("/accounts/")
    learner.follow("erase your account")
    learner.write("Type “erase” if you are sure", "erase")
    learner.press("Erase my account")
    expect(learner.heading).to_have_text("Your account is being erased")
    play.goes_to("Gradebook")
    expect(who.heading).to_have_text("Gradebook")
    name = who.page.get_by_text(play.learner_name)
    load_until(who.page, lambda: name.count() == 0)
    expect(name).to_have_count(0)
    expect(who.page.locator(".book tbody tr")).to_have_count(1)
