"""A draft is edited whatever its kind: every problem at once, what was typed kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course
from quizzes.domain.questions import accept, publish_accepted
from quizzes.domain.versions import new_version, publish_version
from quizzes.questions import kinds, question_type
from tests.factories import NOW, single_choice
from tests.web.studio.drafts import address_of, make_author, make_draft, versions_of
from tests.web.studio.forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CONTENT = single_choice()


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def address(course: Course) -> str:
    return address_of(course, "questions", versions_of(course)[0].uuid, "edit")


def opened(client: Client, course: Course) -> dict[str, str]:
    """The form as a browser would send it back untouched."""
    return form_on(client.get(address(course)).content.decode())


def save(client: Client, course: Course, **changes: str) -> Any:
    names = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address(course), {**opened(client, course), **names})


@pytest.mark.parametrize("kind", [each.kind for each in kinds()])
def test_every_kind_comes_back_as_it_was(client: Client, author: User, kind: str) -> None:
    for content in {str(each.content): each.content for each in question_type(kind).examples()}.values():
        course = make_draft(author, contents=[(kind, content)])
        answer = save(client, course)
        assert answer.status_code == 303
        version = versions_of(course)[0]
        assert (version.content, version.origin) == (content, "drafted")


def test_changed_words_are_kept_under_new_ids(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])

    save(client, course, stem="Which town built it?", options__1__text="The lower town, later")

    version = versions_of(course)[0]
    assert version.content["stem"] == "Which town built it?"
    assert [option["text"] for option in version.content["options"]] == ["The upper town", "The lower town, later"]
    assert [option["correct"] for option in version.content["options"]] == [True, False]
    assert {option["id"] for option in version.content["options"]}.isdisjoint({"k7", "m2"})
    assert (version.origin, version.reviewed_at) == ("human", None)


def test_a_spare_row_adds_an_option_and_an_empty_one_takes_it_away(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])
    save(client, course, options__2__text="The fish")
    assert len(versions_of(course)[0].content["options"]) == 3
    save(client, course, options__1__text="", options__1__feedback="")
    assert [option["text"] for option in versions_of(course)[0].content["options"]] == ["The upper town", "The fish"]


def test_every_problem_is_told_at_once_and_what_was_typed_is_kept(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])

    answer = save(client, course, stem="", options__0__correct="", options__1__text="The <b>fish</b>")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "two problems to mend" in page
    assert "Write the question." in page
    assert "Mark exactly one option as right; 0 are." in page
    assert "The &lt;b&gt;fish&lt;/b&gt;" in page
    assert versions_of(course)[0].content == CONTENT


def test_saving_can_accept_at_once(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    answer = save(client, course, stem="Which town built it?", do="accept")
    assert answer["Location"] == address_of(course, "questions", versions_of(course)[1].uuid)
    assert versions_of(course)[0].is_accepted


def test_editing_an_accepted_draft_asks_for_review_again(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    save(client, course, stem="Which town built it?")
    assert not versions_of(course)[0].is_accepted


def test_a_published_question_is_edited_as_a_new_version(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)
    assert "Your edit is a new version" in client.get(address(course)).content.decode()

    answer = save(client, course, stem="Which town built it?")

    published, draft = versions_of(course)
    assert (published.content["stem"], published.state) == ("Who built wall 0?", "published")
    assert (draft.content["stem"], draft.state, draft.number) == ("Which town built it?", "draft", 2)
    assert answer["Location"] == address_of(course, "questions", draft.uuid)
    accept(draft, by=author)
    publish_accepted(course, at=NOW)
    assert [version.state for version in versions_of(course)] == ["retired", "published"]


def test_a_version_that_was_replaced_is_not_edited(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    sent = opened(client, course)
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)
    publish_version(new_version(versions_of(course)[0], content=CONTENT, at=NOW), by=author, at=NOW)

    client.post(address(course), sent)

    assert len(versions_of(course)) == 2
    assert versions_of(course)[0].content["stem"] == "Who built wall 0?"


def test_hints_and_tags_are_kept(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])

    save(client, course, hints="Look at the wall.\r\n\r\nAnd at the towns.", tags="Rivers, old walls,, rivers")

    version = versions_of(course)[0]
    assert version.content["hints"] == ["Look at the wall.", "And at the towns."]
    assert sorted(version.question.tags.values_list("name", flat=True)) == ["old-walls", "rivers"]
    assert opened(client, course)["tags"] == "old-walls, rivers"


def test_a_hint_that_cannot_be_is_said_at_its_field(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])

    answer = save(client, course, hints="x" * 501)

    assert answer.status_code == 422
    assert "Shorten entry 1 of the hints to 500 characters." in answer.content.decode()


def test_a_renamed_gap_is_renamed_in_the_text(client: Client, author: User) -> None:
    cloze = {"stem": "Complete it.", "text": "A {{g1}} feeds.", "gaps": [{"id": "g1", "accepted": ["lake"]}]}
    course = make_draft(author, contents=[("cloze", cloze)])

    answer = save(client, course, text="A {{g1}} feeds two {{town}}.", gaps__1__id="town", gaps__1__accepted="towns")

    assert answer.status_code == 303
    content = versions_of(course)[0].content
    first, second = (gap["id"] for gap in content["gaps"])
    assert content["text"] == f"A {{{{{first}}}}} feeds two {{{{{second}}}}}."
    assert content["gaps"][1]["accepted"] == ["towns"]
