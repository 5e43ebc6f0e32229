"""One concept in one place: explained with its proof, renamed, merged and taken apart, without any script."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Anchor, Concept, ConceptState, Course, CourseState
from jobs.models import Job
from quizzes.domain.questions import reject
from tests.factories import make_concept, make_course, make_enrollment
from tests.quizzes.domain.merging import Class
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
    return make_draft(author, questions=2, concepts=2)


def page_of(client: Client, course: Course, slug: str = "suggestion-0") -> str:
    answer = client.get(address_of(course, "concepts", slug))
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, course: Course, deed: str, slug: str = "suggestion-0", **sent: str) -> Any:
    return client.post(address_of(course, "concepts", slug, deed), sent)


def test_everything_about_the_concept_is_there(client: Client, course: Course) -> None:
    page = page_of(client, course)
    assert "Nobody has said yet what it means here." in page
    assert "One question asks about it" in page
    assert "Who built wall 0?" in page
    assert "One passage names it" in page
    assert "A <mark>lake</mark> feeds two towns." in page
    assert "Nobody is enrolled yet." in page


def test_a_concept_without_a_question_is_flagged(client: Client, author: User, course: Course) -> None:
    assert page_of(client, course).count("No question asks about it") == 0
    reject(versions_of(course)[0], by=author, reason="Trivial.")
    Concept.objects.update(undrafted="It is a piece of a longer phrase.")
    page = page_of(client, course)
    assert "No question asks about it. It is a piece of a longer phrase." in page
    assert "rejected" in page


def test_a_decision_on_its_own_page_comes_back_to_it(client: Client, course: Course) -> None:
    answer = post(client, course, "decide", do="reject", then="hub")
    assert (answer.status_code, answer["Location"]) == (303, address_of(course, "concepts", "suggestion-0"))
    page = page_of(client, course)
    assert "Expression, rejected." in page
    assert ("> Accept<" in page, "> Reject<" in page) == (True, False)


def test_what_is_on_the_page_is_text_and_nothing_else(client: Client, course: Course) -> None:
    Concept.objects.update(term=HOSTILE, definition=HOSTILE, undrafted=HOSTILE)
    assert "<script>alert" not in page_of(client, course)


def test_a_definition_is_kept_with_the_words_it_rests_on(client: Client, course: Course) -> None:
    sent = {"definition": "  What feeds the towns. ", "quote": " A lake feeds two towns. "}
    answer = post(client, course, "define", **sent)
    assert (answer.status_code, answer["Location"]) == (303, address_of(course, "concepts", "suggestion-0"))
    concept = Concept.objects.get(slug="suggestion-0")
    assert concept.definition == "What feeds the towns."
    assert Anchor.objects.get(definition=concept).quote == "A lake feeds two towns."
    page = page_of(client, course)
    assert "It rests on" in page
    assert form_on(page)["quote"].strip() == "A lake feeds two towns."
    assert "Undo: defined “lake 0”" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"definition": "Water.", "quote": "a lake feeds"}, "do not stand in the text like this"),
        ({"definition": "Water.", "quote": "built a wall.\nThe lower"}, "do not stand in the text like this"),
        ({"definition": "x" * 2_001, "quote": ""}, "at most 2000 characters"),
    ],
)
def test_a_definition_that_cannot_be_is_asked_again_with_what_was_typed(
    client: Client, course: Course, sent: dict[str, str], said: str
) -> None:
    answer = post(client, course, "define", **sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert form_on(page)["definition"].strip() == sent["definition"]
    assert Concept.objects.get(slug="suggestion-0").definition == ""
    assert not Anchor.objects.filter(definition__isnull=False).exists()


def test_questions_are_drafted_from_a_new_definition_and_from_no_new_quote(client: Client, course: Course) -> None:
    post(client, course, "define", definition="What feeds the towns.", quote="")
    assert Job.objects.filter(kind="draft_further").count() == 1
    Job.objects.all().delete()
    post(client, course, "define", definition="What feeds the towns.", quote="A lake")
    assert not Job.objects.exists()
    assert Anchor.objects.get(definition__isnull=False).quote == "A lake"


def test_a_new_name_is_shown_and_the_address_stays(client: Client, course: Course) -> None:
    assert post(client, course, "rename", term="reservoir").status_code == 303
    assert '<h1 lang="en">reservoir</h1>' in page_of(client, course)
    assert "Undo: renamed “lake 0” to “reservoir”" in page_of(client, course)


@pytest.mark.parametrize("term", ["", "x" * 201])
def test_a_name_that_cannot_be_changes_nothing(client: Client, course: Course, term: str) -> None:
    assert post(client, course, "rename", term=term).status_code == 422
    assert Concept.objects.filter(term="lake 0").exists()


def test_a_merged_concept_is_found_at_the_one_it_went_to(client: Client, course: Course) -> None:
    answer = post(client, course, "merge", into=" LAKE 1 ")
    assert (answer.status_code, answer["Location"]) == (303, address_of(course, "concepts", "suggestion-1"))
    answer = client.get(address_of(course, "concepts", "suggestion-0"))
    assert (answer.status_code, answer["Location"]) == (302, address_of(course, "concepts", "suggestion-1"))
    page = page_of(client, course, "suggestion-1")
    assert "Two questions ask about it" in page
    assert "Take apart" in page
    client.post(address_of(course, "concept-undo"), {"deed": form_on(page)["deed"]})
    assert "One question asks about it" in page_of(client, course)


@pytest.mark.parametrize("into", ["", "a thing nobody knows", "lake 0"])
def test_merging_with_what_is_not_there_is_asked_again(client: Client, course: Course, into: str) -> None:
    answer = post(client, course, "merge", into=into)
    assert answer.status_code == 422
    assert form_on(answer.content.decode())["into"] == into
    assert not Concept.objects.filter(state=ConceptState.MERGED).exists()


def test_learners_do_not_lose_what_they_are_shown(client: Client, course: Course) -> None:
    Concept.objects.filter(slug="suggestion-0").update(state=ConceptState.ACCEPTED)
    answer = post(client, course, "merge", into="lake 1")
    assert answer.status_code == 422
    assert "Accept “lake 1” first: learners are shown “lake 0” already." in answer.content.decode()


@pytest.mark.parametrize("deed", ["rename", "define"])
def test_a_merged_concept_is_not_changed_behind_the_back_of_the_other(
    client: Client, course: Course, deed: str
) -> None:
    post(client, course, "merge", into="lake 1")
    post(client, course, deed, term="reservoir", definition="Water.")
    merged = Concept.objects.get(slug="suggestion-0")
    assert (merged.term, merged.definition) == ("lake 0", "")


@pytest.mark.parametrize(
    ("course_state", "state", "said"),
    [("published", "accepted", True), ("published", "suggested", False), ("draft", "accepted", False)],
)
def test_it_is_said_when_learners_see_it_at_once(
    client: Client, course: Course, course_state: str, state: str, said: bool
) -> None:
    Course.objects.filter(pk=course.pk).update(state=CourseState(course_state), published_at=course.created_at)
    Concept.objects.update(state=state)
    assert ("learners see what you change at once" in page_of(client, course)) == said


def test_the_class_is_told_in_one_sentence_with_a_chart_and_its_table(client: Client, author: User) -> None:
    scene = Class(learners=3, answered=1)
    scene.course.enrollments.create(user=author, role="owner", enrolled_at=scene.course.created_at)
    make_enrollment(scene.course)
    page = page_of(client, scene.course, scene.concept("term1x").slug)
    assert "Of 3 learners who answered enough questions, it is firm in 1, growing in 1, shaky in 1." in page
    assert "Of 1 more, too little is known." in page
    assert page.count("<rect class=") == 4
    assert '<tr><th scope="row">Growing</th><td class="n">1</td></tr>' in page


@pytest.mark.parametrize("deed", ["", "decide", "define", "rename", "merge"])
def test_a_concept_of_another_course_is_not_found(client: Client, course: Course, deed: str) -> None:
    other = make_concept(make_course())
    address = address_of(course, "concepts", other.slug, *[deed] * bool(deed))
    answer = client.post(address, {"do": "accept"}) if deed else client.get(address)
    assert answer.status_code == 404


@pytest.mark.parametrize("count", [2, 40])
def test_a_hub_takes_the_same_statements_whatever_hangs_on_it(
    client: Client, author: User, django_assert_num_queries: Any, count: int
) -> None:
    course = make_draft(author, questions=count, concepts=count)
    Concept.objects.exclude(slug="suggestion-0").update(
        state=ConceptState.MERGED, merged_into=Concept.objects.get(slug="suggestion-0")
    )
    with django_assert_num_queries(15):
        client.get(address_of(course, "concepts", "suggestion-0"))
