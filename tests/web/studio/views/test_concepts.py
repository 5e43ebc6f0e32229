"""Concepts are accepted, rejected and picked in the text, one by one or in groups, and every deed can be taken back."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from course.models import Anchor, Concept, ConceptChange, Course, CourseState
from quizzes.domain.concept_merging import merge_concepts
from tests.web.studio.drafts import HOSTILE, address_of, make_author, make_draft
from tests.web.studio.forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


def page_of(client: Client, course: Course) -> str:
    return client.get(address_of(course, "concepts")).content.decode()


def told_after(client: Client, course: Course, *parts: str, **sent: Any) -> str:
    """What the page says after this form was sent."""
    return client.post(address_of(course, *parts), sent, follow=True).content.decode()


def test_a_suggestion_is_marked_in_the_text_and_has_its_reasons_beside_it(client: Client, author: User) -> None:
    course = make_draft(author, questions=0)
    page = page_of(client, course)
    assert 'A <mark class="is-suggested">lake</mark> feeds two towns.' in page
    assert "It stands in a heading." in page
    assert "Expression, one mention, no question" in page


def test_what_is_on_the_page_is_text_and_nothing_else(client: Client, author: User) -> None:
    course = make_draft(author, questions=0)
    Concept.objects.update(term=HOSTILE, definition=HOSTILE, reasons=[HOSTILE])
    page = page_of(client, course)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        (["accept"], "accepted"),
        (["accept", "accept"], "accepted"),
        (["reject"], "rejected"),
        (["accept", "undo"], "suggested"),
        (["reject", "undo", "accept"], "accepted"),
        (["something else"], "suggested"),
    ],
)
def test_a_decision_holds_until_the_next(client: Client, author: User, deeds: list[str], state: str) -> None:
    course = make_draft(author)
    for deed in deeds:
        answer = client.post(address_of(course, "concepts", "suggestion-0", "decide"), {"do": deed})
        assert (answer.status_code, answer["Location"]) == (303, f"{address_of(course, 'concepts')}#c-suggestion-0")
    assert Concept.objects.get().state == state


def test_the_last_deed_is_offered_to_be_undone_until_it_is(client: Client, author: User) -> None:
    course = make_draft(author, concepts=2)
    client.post(address_of(course, "concepts", "suggestion-0", "decide"), {"do": "accept"})
    client.post(address_of(course, "concepts", "suggestion-1", "decide"), {"do": "reject"})
    page = page_of(client, course)
    assert "Undo: rejected “lake 1”" in page
    page = told_after(client, course, "concept-undo", deed=form_on(page)["deed"])
    assert "Taken back." in page
    assert "Undo: accepted “lake 0”" in page
    page = told_after(client, course, "concept-undo", deed=form_on(page)["deed"])
    assert "Undo:" not in page
    assert set(Concept.objects.values_list("state", flat=True)) == {"suggested"}


@pytest.mark.parametrize(("deed", "said"), [("nothing", "nothing to take back"), (str(UUID(int=7)), "already")])
def test_undoing_nothing_says_so(client: Client, author: User, deed: str, said: str) -> None:
    assert said in told_after(client, make_draft(author), "concept-undo", deed=deed)


def test_what_was_changed_since_is_told_and_stays(client: Client, author: User) -> None:
    course = make_draft(author)
    for do in ("accept", "reject"):
        client.post(address_of(course, "concepts", "suggestion-0", "decide"), {"do": do})
    first = ConceptChange.objects.order_by("pk")[0]
    assert "changed again since" in told_after(client, course, "concept-undo", deed=str(first.deed))
    assert Concept.objects.get().state == "rejected"


def test_a_group_is_decided_as_it_was_listed(client: Client, author: User) -> None:
    course = make_draft(author, questions=0, concepts=4)
    Concept.objects.filter(slug="suggestion-3").update(state="rejected")
    listed = ["suggestion-0", "suggestion-1", "suggestion-3", "of-no-course"]
    page = told_after(client, course, "concept-groups", concept=listed, do="accept")
    assert "Two concepts accepted." in page
    assert "Undo: accepted 2 concepts" in page
    states = dict(Concept.objects.values_list("slug", "state"))
    assert states == {
        "suggestion-0": "accepted",
        "suggestion-1": "accepted",
        "suggestion-2": "suggested",
        "suggestion-3": "rejected",
    }


def test_forty_suggestions_are_looked_over_in_groups(client: Client, author: User) -> None:
    course = make_draft(author, questions=5, concepts=40)
    Concept.objects.filter(rank__gt=20).update(kind="name")
    page = page_of(client, course)
    groups = re.findall(r"<summary>([A-Z][a-z ]+) <span class=\"state\">(\d+) to decide", page)
    assert groups == [("Asked about by questions", "5"), ("Expressions", "15"), ("Names", "20")]


def test_picked_words_are_a_concept_wherever_they_stand(client: Client, author: User) -> None:
    course = make_draft(author, questions=0, concepts=0)
    sent = form_on(page_of(client, course)) | {"number": "1", "phrase": " town "}
    answer = client.post(address_of(course, "concept-picks"), sent)
    assert (answer.status_code, answer["Location"]) == (303, f"{address_of(course, 'concepts')}#c-town")
    page = page_of(client, course)
    assert 'The upper <mark class="is-accepted">town</mark> built' in page
    assert 'The lower <mark class="is-accepted">town</mark> calls' in page
    assert "Undo: picked “town”" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"number": "1", "phrase": "Upper town"}, "do not stand in the text like this"),
        ({"number": "1", "phrase": "thirst machine"}, "do not stand in the text like this"),
        ({"number": "7", "phrase": "lake"}, "Select a valid choice"),
        ({"number": "1", "phrase": ""}, "This field is required"),
    ],
)
def test_words_that_do_not_stand_there_are_asked_again(
    client: Client, author: User, sent: dict[str, str], said: str
) -> None:
    course = make_draft(author, questions=0, concepts=0)
    answer = client.post(address_of(course, "concept-picks"), {"nth": "1", **sent})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert form_on(answer.content.decode())["phrase"] == sent["phrase"]
    assert not Anchor.objects.exists()


def test_concepts_that_may_be_one_are_merged_where_they_are_listed(client: Client, author: User) -> None:
    course = make_draft(author, questions=0, concepts=2)
    assert "Perhaps one concept" not in page_of(client, course)
    Concept.objects.filter(slug="suggestion-1").update(term="Lakes 0s")
    Concept.objects.filter(slug="suggestion-0").update(term="lakes-0")
    page = page_of(client, course)
    assert "They are the same words, spelled in two ways." in page
    into = form_on(page)["into"]
    answer = client.post(address_of(course, "concepts", "suggestion-1", "merge"), {"into": into})
    assert (into, answer.status_code) == ("lakes-0", 303)
    assert "also Lakes 0s" in page_of(client, course)


def test_a_text_without_concepts_says_what_to_do(client: Client, author: User) -> None:
    page = page_of(client, make_draft(author, questions=0, concepts=0))
    assert "No concept was found in this text. Pick the words that matter." in page


@pytest.mark.parametrize(("state", "said"), [(CourseState.PUBLISHED, True), (CourseState.DRAFT, False)])
def test_it_is_said_when_learners_see_it_at_once(client: Client, author: User, state: str, said: bool) -> None:
    course = make_draft(author)
    Course.objects.filter(pk=course.pk).update(state=state, published_at=course.created_at)
    assert ("learners see what you change at once" in page_of(client, course)) == said


def test_accepted_concepts_that_no_question_asks_about_are_flagged(client: Client, author: User) -> None:
    course = make_draft(author, questions=1, concepts=2)
    Concept.objects.update(state="accepted")
    page = page_of(client, course)
    assert "No question asks about 1 of the accepted." in page
    assert "Accepted, and no question asks about them" in page


def test_a_script_gets_the_passage_and_what_the_page_says_of_all(client: Client, author: User) -> None:
    course = make_draft(author)
    address = address_of(course, "concepts", "suggestion-0", "decide")
    part = client.post(address, {"do": "accept"}, headers={"HX-Request": "true"}).content.decode()
    assert 'id="c-suggestion-0"' in part
    assert '<mark class="is-accepted">lake</mark>' in part
    assert "Take it back" in part
    assert "<html" not in part
    for beside in ("tally", "concept-step", "groups", "concept-undo"):
        assert re.search(rf'id="{beside}"[^>]* hx-swap-oob="true"', part), beside


def test_a_script_gets_a_concept_that_nothing_names_too(client: Client, author: User) -> None:
    course = make_draft(author)
    Anchor.objects.filter(mention__isnull=False).delete()
    address = address_of(course, "concepts", "suggestion-0", "decide")
    part = client.post(address, {"do": "reject"}, headers={"HX-Request": "true"}).content.decode()
    assert "Nothing that is read names" in part


def test_a_concept_of_another_course_is_not_found(client: Client, author: User) -> None:
    course, _ = make_draft(author, concepts=1), make_draft(author, concepts=2)
    assert client.post(address_of(course, "concepts", "suggestion-1", "decide"), {"do": "accept"}).status_code == 404


def test_the_concepts_that_accepted_questions_ask_about_are_accepted(client: Client, author: User) -> None:
    course = make_draft(author)
    question = course.questions.get(pk=course.questions.order_by("pk")[0].pk).versions.get()
    client.post(address_of(course, "questions", question.uuid, "decide"), {"do": "accept"})
    assert "One concept was accepted." in told_after(client, course, "concepts", "asked")


@pytest.mark.parametrize("count", [10, 60])
def test_concepts_take_the_same_statements_whatever_their_number(
    client: Client, author: User, django_assert_num_queries: Any, count: int
) -> None:
    course = make_draft(author, questions=count, concepts=count)
    client.post(address_of(course, "concepts", "suggestion-0", "decide"), {"do": "accept"})
    with django_assert_num_queries(10):
        client.get(address_of(course, "concepts"))


@pytest.mark.parametrize("do", ["accept", "reject", "undo", ""])
def test_a_concept_that_was_merged_meanwhile_is_decided_nothing_about(client: Client, author: User, do: str) -> None:
    course = make_draft(author, questions=0, concepts=2)
    merged, target = course.concepts.order_by("pk")
    merge_concepts(merged, into=target, by=author)
    before = list(Concept.objects.order_by("pk").values())
    address = address_of(course, "concepts", merged.slug, "decide")

    page = client.post(address, {"do": do})
    script = client.post(address, {"do": do}, headers={"HX-Request": "true"})

    assert (page.status_code, script.status_code, script["HX-Refresh"]) == (303, 204, "true")
    assert list(Concept.objects.order_by("pk").values()) == before
