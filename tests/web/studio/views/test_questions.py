"""The review: one question beside its passage, decided, taken back, and never lost to a race."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from authoring.domain.review_checks import questions_under_review
from course.models import Course
from quizzes.domain.questions import accept, publish_accepted, reject
from tests.factories import NOW, single_choice
from tests.web.learner.sittings import kinds
from tests.web.studio.drafts import REASON, address_of, make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def question(course: Course, index: int = 0, *below: str) -> str:
    return address_of(course, "questions", versions_of(course)[index].uuid, *below)


def decide(client: Client, course: Course, index: int, do: str, **form: str) -> Any:
    return client.post(question(course, index, "decide"), {"do": do, **form})


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def in_words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_queue_lists_questions_by_part_with_their_state(client: Client, author: User) -> None:
    course = make_draft(author, questions=3)
    accept(versions_of(course)[0], by=author)
    page = in_words(read(client, address_of(course, "questions")))
    assert "1 accepted, 2 to read." in page
    assert "Review question 2" in page
    assert "Who built wall 0? Single choice, on lake 0" in page


def test_the_review_shows_key_proof_checks_and_who_drafted(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    page = read(client, question(course))
    words = in_words(page)
    assert "<mark>The upper town built a wall.</mark>" in page
    assert "Drafted question 1 of 2" in words
    assert re.search(r"The upper town key", words)
    assert "Evidence stands word for word in the text" in words
    assert "Drafted by rule “who did it”, version 1." in words


def test_what_a_rule_finds_is_told_with_the_rules_name(client: Client, author: User) -> None:
    twins = [("single_choice", single_choice("Who built the long wall above the lake?"))] * 2
    course = make_draft(author, contents=twins)
    assert "<code>near_duplicates</code>" in read(client, question(course))
    assert "<code>near_duplicates</code>" in read(client, address_of(course, "questions"))


def test_every_kind_has_its_review_and_its_preview(client: Client, author: User) -> None:
    course = make_draft(author, contents=kinds())
    pages = [read(client, question(course, index)) for index in range(6)]
    assert all("What a learner sees on a phone" in page for page in pages)
    assert "<q>thirst machine</q>" in pages[3]
    assert '<span class="blank">1</span>' in pages[4]
    assert "The upper town built a wall." in in_words(pages[5])


def test_broken_content_is_shown_with_what_is_wrong(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", {"stem": "What?", "options": []})])
    page = read(client, question(course))
    assert "Write at least 2 of the options; there are 0." in page
    assert "What a learner sees" not in page


def test_accepting_leads_to_the_next_that_waits(client: Client, author: User) -> None:
    course = make_draft(author, questions=4)
    reject(versions_of(course)[2], by=author, reason=REASON)

    answer = decide(client, course, 1, "accept")

    assert (answer.status_code, answer["Location"]) == (303, question(course, 3))
    assert "Question 2 accepted." in read(client, question(course, 3))
    assert decide(client, course, 3, "accept")["Location"] == question(course, 0)
    assert decide(client, course, 0, "accept")["Location"] == address_of(course, "questions")
    assert [version.reviewed_by == author for version in versions_of(course)] == [True] * 4


def test_the_queue_says_why_a_question_was_rejected(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    reject(versions_of(course)[1], by=author, reason=REASON)
    assert client.get(address_of(course, "questions")).content.decode().count(f"because: {REASON}") == 1


def test_rejecting_takes_a_reason(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    assert decide(client, course, 0, "reject")["Location"] == question(course, 0)
    assert "Choose why you reject it" in read(client, question(course, 0))
    assert decide(client, course, 0, "reject", why="nonsense")["Location"] == question(course, 0)
    assert versions_of(course)[0].state == "draft"

    assert decide(client, course, 0, "reject", why="trivial")["Location"] == question(course, 1)
    assert (versions_of(course)[0].state, versions_of(course)[0].review_note) == ("retired", REASON)
    assert REASON in read(client, question(course, 0))
    decide(client, course, 1, "reject", why="other", note="It repeats the lede.")
    assert versions_of(course)[1].review_note == "It repeats the lede."


def test_the_last_decisions_are_undone_one_by_one(client: Client, author: User) -> None:
    course = make_draft(author, questions=3)
    decide(client, course, 0, "accept")
    decide(client, course, 1, "reject", why="clue")
    assert "Undo: rejected question 2" in in_words(read(client, question(course, 2)))

    assert decide(client, course, 1, "undo")["Location"] == question(course, 1)

    page = in_words(read(client, question(course, 1)))
    assert "Taken back" in page
    assert "Undo: accepted question 1" in page
    decide(client, course, 0, "undo")
    assert "Undo:" not in in_words(read(client, question(course, 1)))
    assert [version.reviewed_at for version in versions_of(course)] == [None] * 3


def test_pressing_twice_changes_nothing_more(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    first, second = decide(client, course, 0, "accept"), decide(client, course, 0, "accept")
    assert first["Location"] == second["Location"] == question(course, 1)
    assert [version.is_accepted for version in versions_of(course)] == [True, False]


@pytest.mark.parametrize("do", ["accept", "reject", "undo"])
def test_a_question_published_meanwhile_says_so(client: Client, author: User, do: str) -> None:
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)

    answer = client.post(question(course, 0, "decide"), {"do": do, "why": "clue"}, follow=True)

    assert answer.redirect_chain == [(question(course, 0), 303)]
    page = answer.content.decode()
    assert "This question has been published meanwhile." in page
    assert 'value="accept"' not in page
    assert versions_of(course)[0].state == "published"


def test_an_unknown_deed_changes_nothing(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    assert decide(client, course, 0, "explode").status_code == 303
    assert versions_of(course)[0].reviewed_at is None


def test_all_clean_drafts_of_a_part_are_accepted_at_once(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", single_choice("Which town built a wall?"))])
    page = read(client, address_of(course, "questions"))
    clean = "no rule." in page
    answer = client.post(address_of(course, "lessons", "the-wall", "accept"), follow=True)
    assert "of “The wall” accepted." in answer.content.decode()
    assert versions_of(course)[0].is_accepted is clean
    assert client.post(address_of(course, "lessons", "nowhere", "accept")).status_code == 404


@pytest.mark.parametrize("count", [5, 60])
def test_the_review_takes_the_same_statements_whatever_there_is(
    client: Client, author: User, django_assert_num_queries: Any, count: int
) -> None:
    course = make_draft(author, questions=count, concepts=count)
    here, queue = question(course, 2), address_of(course, "questions")
    with django_assert_num_queries(16):
        client.get(here)
    with django_assert_num_queries(12):
        client.get(queue)


TWIN = single_choice("Who built the long wall above the lake?")
LONG = [("single_choice", TWIN), *(("single_choice", single_choice(f"Who saw gate {n}?")) for n in range(104))]


@pytest.fixture
def long(author: User) -> Course:
    """A draft of 106 questions in one part, of which the first and the last ask the same."""
    return make_draft(author, contents=[*LONG, ("single_choice", TWIN)])


def numbers_on(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<span class="meta num">(\d+)</span>', page)]


def test_a_long_queue_comes_a_hundred_at_a_time_and_counts_all(client: Client, long: Course) -> None:
    first, second = (read(client, f"{address_of(long, 'questions')}?page={page}") for page in (1, 2))
    assert (numbers_on(first), numbers_on(second)) == (list(range(1, 101)), list(range(101, 107)))
    for page in (first, second):
        words = in_words(page)
        assert "106 questions" in words
        assert "106 to read. Nothing reaches" in words
        assert "Review question 1 " in words


def test_a_finding_with_a_question_of_another_page_is_told_on_both(client: Client, long: Course) -> None:
    for page in (1, 2):
        shown = read(client, f"{address_of(long, 'questions')}?page={page}")
        assert shown.count("<code>near_duplicates</code>") >= 1, page


def test_what_breaks_no_rule_is_counted_where_all_of_a_part_is_shown(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    clean = sum(each.is_clean for each in questions_under_review(course))
    words = in_words(read(client, address_of(course, "questions")))
    assert clean == 0 or "no rule." in words
    assert "on this page" not in words


def test_a_part_that_goes_on_is_accepted_as_a_whole_and_says_so(client: Client, author: User, long: Course) -> None:
    clean = [each.number for each in questions_under_review(long) if each.is_clean]
    words = in_words(read(client, address_of(long, "questions")))
    if clean:
        assert "on this page" in words
        assert "Accept all that break none" in words

    client.post(f"/studio/courses/{long.slug}/lessons/{long.lessons.get().slug}/accept/")

    accepted = [each.number for each in questions_under_review(long) if each.decision == "accepted"]
    assert accepted == clean


def test_a_page_that_there_is_not_shows_the_last(client: Client, long: Course) -> None:
    assert numbers_on(read(client, f"{address_of(long, 'questions')}?page=99")) == list(range(101, 107))
    assert numbers_on(read(client, f"{address_of(long, 'questions')}?page=first")) == list(range(1, 101))
