"""A draft is edited whatever its kind: every problem at once, what was typed kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course
from quizzes.domain.questions import accept, publish_accepted
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import QuestionVersion, Response
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

    answer = save(client, course, stem="", options__correct="", options__1__text="The <b>fish</b>")

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


def press(client: Client, course: Course, button: str, **changes: str) -> str:
    """The page after a button that saves nothing."""
    answer = save(client, course, do=button, **changes)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_row_moves_without_a_script_and_nothing_is_saved(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])

    page = press(client, course, "down options 0", stem="Which town?")

    sent = form_on(page)
    assert (sent["options-0-text"], sent["options-1-text"]) == ("The lower town", "The upper town")
    assert (sent["options-correct"], sent["stem"]) == ("1", "Which town?")
    assert "Not saved yet; what you typed is kept." in page
    assert versions_of(course)[0].content == CONTENT


def test_what_was_moved_is_saved_as_it_stands(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])
    sent = form_on(press(client, course, "down options 0"))
    assert client.post(address(course), {**sent, "do": "save"}).status_code == 303
    options = versions_of(course)[0].content["options"]
    assert [(each["text"], each["correct"]) for each in options] == [
        ("The lower town", False),
        ("The upper town", True),
    ]


def test_more_rows_open_where_they_were_asked(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])
    page = press(client, course, "more options 0", options__2__text="A", options__3__text="B")
    assert '<details class="more" open>' in page
    assert {"options-4-text", "options-5-text"} <= set(form_on(page))
    assert form_on(page)["options-3-text"] == "B"


def test_a_single_choice_asks_for_its_key_by_radio_buttons(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])
    page = client.get(address(course)).content.decode()
    assert page.count('type="radio" id="f-options-') == len(CONTENT["options"]) + 2
    assert 'type="checkbox" id="f-options-' not in page
    assert form_on(page)["options-correct"] == "0"


def test_an_answer_is_tried_on_what_is_typed_and_counts_nowhere(client: Client, author: User) -> None:
    number = {"stem": "How far?", "value": 2, "tolerance": "0.1"}
    course = make_draft(author, contents=[("numeric", number)])

    assert "Not right" in press(client, course, "preview", answer__1="2.5")
    page = press(client, course, "preview", answer__1="2.5", tolerance="0.5")

    assert "Right" in page
    assert "Not right" not in page
    assert form_on(page)["answer-1"] == "2.5"
    assert not Response.objects.exists()
    assert versions_of(course)[0].content == number


def test_what_is_unsound_has_no_preview_and_says_when(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])
    page = press(client, course, "preview", stem="")
    assert "It is shown here once nothing is missing." in page
    assert form_on(page)["options-0-text"] == "The upper town"


def test_of_two_editors_the_second_sees_both_wordings_and_decides(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", CONTENT)])
    mine = {**opened(client, course), "stem": "Mine?"}
    save(client, course, stem="Theirs?")

    answer = client.post(address(course), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "somebody changed this question while you were editing it" in page
    assert '<p lang="en">Theirs?</p>' in page
    assert form_on(page)["stem"] == "Mine?"
    assert versions_of(course)[0].content["stem"] == "Theirs?"
    assert client.post(address(course), form_on(page)).status_code == 303
    assert versions_of(course)[0].content["stem"] == "Mine?"


def test_what_is_published_while_it_is_edited_stays_and_nothing_typed_is_lost(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    mine = {**opened(client, course), "stem": "Mine?"}
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)

    assert client.post(address(course), mine).status_code == 303

    assert [version.content["stem"] for version in versions_of(course)] == ["Who built wall 0?", "Mine?"]


def test_what_is_withdrawn_while_it_is_edited_keeps_the_words_on_the_page(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    mine = {**opened(client, course), "stem": "Mine?"}
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)
    QuestionVersion.objects.update(state="retired")

    answer = client.post(address(course), mine)

    assert answer.status_code == 409
    assert form_on(answer.content.decode())["stem"] == "Mine?"


def test_editing_a_published_question_again_goes_on_with_its_draft(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)
    save(client, course, stem="Second?")
    assert opened(client, course)["stem"] == "Second?"
    save(client, course, stem="Third?")
    assert [version.content["stem"] for version in versions_of(course)] == ["Who built wall 0?", "Third?"]


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
