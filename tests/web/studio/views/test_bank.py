"""The bank by forms and addresses alone: searched, paged, tagged, archived and restored."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from authoring.domain.bank import PAGE
from course.models import Course
from quizzes.domain.archiving import restore_questions
from quizzes.domain.questions import reject
from quizzes.domain.quiz_items import add_pool
from quizzes.domain.tagging import set_tags
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import QuestionTag, Quiz
from quizzes.pools import Pool
from tests.factories import make_enrollment, single_choice
from tests.web.learner.books import add_quiz, make_book, take
from tests.web.studio.drafts import HOSTILE, address_of, make_author, make_draft, versions_of
from tests.web.studio.forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=3)


def page_of(client: Client, course: Course, **asked: str) -> str:
    answer = client.get(address_of(course, "bank"), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def listed(page: str) -> list[str]:
    return re.findall(r"Choose: ([^<]+)<", page)


def change(client: Client, course: Course, query: str = "", **sent: Any) -> str:
    """What the page says after this form was sent from a page with this query."""
    answer = client.post(address_of(course, "bank", "change") + query, sent, follow=True)
    assert answer.redirect_chain[0] == (address_of(course, "bank") + query, 303)
    return unescape(answer.content.decode())


def chosen(course: Course, *numbers: int) -> list[str]:
    return [str(versions_of(course)[number].question.uuid) for number in numbers]


def test_every_question_is_listed_with_its_state_and_its_usage(client: Client, course: Course) -> None:
    publish_version(versions_of(course)[0], by=None)
    page = page_of(client, course)
    assert listed(page) == ["Who built wall 2?", "Who built wall 1?", "Who built wall 0?"]
    assert "Three questions." in page
    assert page.count("asked by <a") == 3
    assert page.count("not answered yet") == 3
    assert re.findall(r"</svg>\s*(published|to read)\b", page) == ["to read", "to read", "published"]


def test_the_steps_lead_to_the_bank(client: Client, course: Course) -> None:
    page = client.get(address_of(course)).content.decode()
    assert f'<a href="{address_of(course, "bank")}">Question bank</a>' in page


def test_what_is_searched_stays_in_its_form(client: Client, course: Course) -> None:
    page = page_of(client, course, text="wall 1", state="undecided")
    assert listed(page) == ["Who built wall 1?"]
    assert "One question is found." in page
    assert (form_on(page)["text"], form_on(page)["state"], form_on(page)["kind"]) == ("wall 1", "undecided", "")


def test_fields_are_unfolded_once_they_narrow_the_search(client: Client, course: Course) -> None:
    unfolded = '<details class="more" open>'
    assert unfolded not in page_of(client, course, text="wall")
    assert unfolded in page_of(client, course, usage="used")


@pytest.mark.parametrize(
    "asked", [{"state": "lost"}, {"kind": "riddle"}, {"tag": "none"}, {"page": "x"}, {"page": "-1"}]
)
def test_what_is_not_there_to_be_asked_for_asks_for_nothing(
    client: Client, course: Course, asked: dict[str, str]
) -> None:
    assert len(listed(page_of(client, course, **asked))) == 3


def test_nothing_found_and_nothing_there_say_what_to_do(client: Client, author: User, course: Course) -> None:
    page = page_of(client, course, text="canal")
    assert "Nothing in the bank is like this." in page
    assert "Show all questions" in page
    empty = page_of(client, make_draft(author, questions=0, contents=[]))
    assert "There is no question yet." in empty
    assert "To the concepts" in empty


def test_what_is_on_the_page_is_text_and_nothing_else(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", single_choice(HOSTILE))])
    page = client.get(address_of(course, "bank"), {"text": HOSTILE}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_keep_the_search(client: Client, author: User) -> None:
    course = make_draft(author, questions=PAGE + 3)
    page = page_of(client, course, text="wall", page="2")
    assert len(listed(page)) == 3
    assert "Page 2 of 2" in page
    assert 'rel="prev" href="?text=wall&page=1"' in page
    assert "With all 53 that were found" in page


def test_chosen_questions_are_tagged_and_untagged(client: Client, course: Course) -> None:
    page = change(client, course, question=chosen(course, 0, 2), do="tag", tag="Hard ones")
    assert "Two questions are tagged “hard-ones” now." in page
    assert page.count('href="?tag=hard-ones"') == 2
    page = change(client, course, question=chosen(course, 0), do="untag", tag="hard ones")
    assert "One question has lost “hard-ones”." in page
    assert set(QuestionTag.objects.values_list("question__versions", flat=True)) == {versions_of(course)[2].pk}


def test_all_that_was_found_is_changed_on_every_page(client: Client, author: User) -> None:
    course = make_draft(author, questions=PAGE + 3)
    reject(versions_of(course)[0], by=author, reason="Trivial.")
    page = change(client, course, "?text=wall", all="1", do="tag", tag="walls")
    assert f"{PAGE + 2} questions are tagged “walls” now." in page
    assert not QuestionTag.objects.filter(question=versions_of(course)[0].question).exists()


def test_archived_questions_are_found_by_their_state_and_restored(client: Client, course: Course) -> None:
    publish_version(versions_of(course)[0], by=None)
    page = change(client, course, question=chosen(course, 0, 1), do="archive")
    assert "Two questions are archived." in page
    assert listed(page) == ["Who built wall 2?"]
    page = page_of(client, course, state="withdrawn")
    assert listed(page) == ["Who built wall 1?", "Who built wall 0?"]
    assert ">Restore<" in page
    page = change(client, course, "?state=withdrawn", question=chosen(course, 0, 1), do="restore")
    assert "Two questions are back as before." in page
    assert len(listed(page_of(client, course))) == 3
    assert [version.state for version in versions_of(course)] == ["published", "draft", "draft"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"do": "archive"}, "Choose at least one question. Nothing was changed."),
        ({"do": "tag", "tag": "hard"}, "Choose at least one question. Nothing was changed."),
        ({"do": "tag", "tag": " ?! ", "all": "1"}, "Write the tag. Nothing was changed."),
        ({"do": "burn", "all": "1"}, "Nothing was changed."),
        ({"do": "archive", "question": "nothing"}, "Nothing was changed."),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_changed(
    client: Client, course: Course, sent: dict[str, str], said: str
) -> None:
    assert said in change(client, course, **sent)
    assert not QuestionTag.objects.exists()
    assert {version.state for version in versions_of(course)} == {"draft"}


def test_questions_of_another_course_are_left_alone(client: Client, author: User, course: Course) -> None:
    other = make_draft(author, questions=1)
    assert "No questions are archived." in change(client, course, question=chosen(other, 0), do="archive")
    assert versions_of(other)[0].state == "draft"


def test_a_pool_is_told_as_a_use(client: Client, course: Course) -> None:
    published = publish_version(versions_of(course)[0], by=None)
    set_tags(published.question, names=["hard"])
    add_pool(Quiz.objects.get(), pool=Pool(1, tag="hard"))
    published.question.items.all().delete()
    page = page_of(client, course, state="published")
    assert f'asked by a pool of <a href="{address_of(course, "quizzes", "the-wall")}">The wall</a>' in page


def test_a_wording_that_waits_beside_a_published_one_is_told(client: Client, course: Course) -> None:
    published = publish_version(versions_of(course)[0], by=None)
    new_version(published, content=single_choice("Who dug the canal?"))
    page = page_of(client, course)
    assert page.count("a new wording is being written") == 1
    assert "Who dug the canal?" not in page


@pytest.mark.parametrize(("learners", "said"), [(3, "3 first answers"), (10, "50\u00a0% right in 10 first answers")])
def test_how_it_does_is_told_when_there_is_enough_to_say(
    client: Client, author: User, learners: int, said: str
) -> None:
    course = make_book(lessons=1)
    course.enrollments.create(user=author, role="owner", enrolled_at=course.created_at)
    quiz = add_quiz(course, concept="term1x", questions=1)
    for number in range(learners):
        take(quiz, make_enrollment(course), right=number % 2)
    assert f"· {said}" in page_of(client, course)


@pytest.mark.parametrize("count", [10, 1_000])
def test_the_bank_takes_the_same_statements_whatever_there_is(
    client: Client, author: User, django_assert_num_queries: Any, count: int
) -> None:
    course = make_draft(author, questions=count)
    with django_assert_num_queries(13):
        client.get(address_of(course, "bank"), {"text": "wall"})


def test_what_was_archived_is_taken_back_as_a_whole_and_nothing_else_with_it(client: Client, course: Course) -> None:
    change(client, course, do="archive", question=chosen(course, 2))
    page = change(client, course, do="archive", question=chosen(course, 0, 1, 2))
    assert "Undo: archived two questions" in page

    page = change(client, course, do="undo")

    assert "Taken back. Two questions are not archived any more." in page
    assert [version.state for version in versions_of(course)] == ["draft", "draft", "retired"]
    assert "Undo:" not in page


def test_what_was_restored_is_taken_back_too(client: Client, course: Course) -> None:
    change(client, course, do="archive", question=chosen(course, 0, 1))
    page = change(client, course, "?state=withdrawn", do="restore", question=chosen(course, 0))
    assert "Undo: restored one question" in page
    page = change(client, course, "?state=withdrawn", do="undo")
    assert [version.state for version in versions_of(course)] == ["retired", "retired", "draft"]
    assert len(listed(page)) == 2


def test_archiving_one_question_on_its_own_page_is_taken_back_in_the_bank(client: Client, course: Course) -> None:
    (uuid,) = chosen(course, 1)
    client.post(address_of(course, "bank", uuid), {"do": "archive"})
    assert "Undo: archived one question" in page_of(client, course)
    change(client, course, do="undo")
    assert versions_of(course)[1].state == "draft"


def test_what_was_restored_meanwhile_by_somebody_else_stays(client: Client, course: Course) -> None:
    change(client, course, do="archive", question=chosen(course, 0, 1))
    restore_questions([versions_of(course)[0].question_id])
    assert "Taken back. One question is not archived any more." in change(client, course, do="undo")


def test_there_is_nothing_to_take_back_twice_nor_in_another_course(client: Client, author: User) -> None:
    first, second = make_draft(author, questions=1), make_draft(author, questions=1)
    change(client, first, do="archive", question=chosen(first, 0))
    assert "Undo:" not in page_of(client, second)
    assert "There is nothing to take back." in change(client, second, do="undo")
    change(client, first, do="undo")
    assert "There is nothing to take back." in change(client, first, do="undo")
    assert [versions_of(each)[0].state for each in (first, second)] == ["draft", "draft"]
