"""A character that no database keeps is no reason to fail: wherever words are typed, it is left out or refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Concept, ConceptState, Course
from quizzes.models import QuestionTag, QuestionVersion, RegradeRun, Waiver
from quizzes.questions import question_type
from tests.quizzes.domain.regraded import Class
from tests.web.studio.asked import untouched
from tests.web.studio.drafts import address_of, make_author, make_draft, versions_of
from web.studio.question_form import QuestionForm

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NUL = "\x00"


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=1, concepts=2)


def typed(kind: str, content: Any) -> dict[str, Any]:
    return {**untouched(QuestionForm(question_type(kind), content).fields()), "do": "save"}


def test_a_concept_of_no_course_is_decided_nothing_about(client: Client, course: Course) -> None:
    slugs = [f"sugges{NUL}tion-0", "suggestion-1"]

    answer = client.post(address_of(course, "concept-groups"), {"do": "accept", "concept": slugs})

    assert answer.status_code == 303
    accepted = Concept.objects.filter(course=course, state=ConceptState.ACCEPTED)
    assert list(accepted.values_list("slug", flat=True)) == ["suggestion-1"]


def test_a_reason_to_grade_again_is_kept_without_it(client: Client) -> None:
    taken = Class()
    client.force_login(taken.instructor)
    [response] = taken.answered("dry machine")
    address = address_of(taken.course, "responses", response.attempt.uuid, 1)

    answer = client.post(address, {"do": "again", "reason": f"It was{NUL} right."})

    run = RegradeRun.objects.get()
    assert (answer.status_code, run.reason) == (303, "It was right.")
    assert answer["Location"] == address_of(taken.course, "regrades", run.uuid)


def test_a_new_question_is_not_kept_with_it(client: Client, course: Course) -> None:
    content = {**versions_of(course)[0].content, "stem": f"Who{NUL} built the dam?"}
    address = f"{address_of(course, 'questions', 'new')}?kind=single_choice"

    answer = client.post(address, {**typed("single_choice", content), "tags": f"ha{NUL}rd", "concept": NUL})

    assert answer.status_code == 422
    assert QuestionVersion.objects.filter(question__course=course).count() == 1


def test_an_edited_question_is_not_kept_with_it(client: Client, course: Course) -> None:
    [version] = versions_of(course)
    address = address_of(course, "questions", version.uuid, "edit")
    seen = client.get(address).context["seen"]
    content = {**version.content, "explanation": f"So it{NUL} says."}

    answer = client.post(address, {**typed("single_choice", content), "seen": seen})

    assert answer.status_code == 422
    assert [each.content for each in versions_of(course)] == [version.content]


def test_a_tag_is_kept_without_it(client: Client, course: Course) -> None:
    [version] = versions_of(course)
    address = address_of(course, "bank", version.question.uuid)

    client.post(address, {"do": "tags", "tags": f"ha{NUL}rd, {NUL}"})

    assert list(QuestionTag.objects.values_list("name", flat=True)) == ["hard"]


def test_a_pasted_question_stays_in_its_box_with_it(client: Client, course: Course) -> None:
    pasted = f"Did it{NUL} rain? {{TRUE}}\n"

    answer = client.post(address_of(course, "questions", "paste"), {"do": "keep", "gift": pasted})

    assert (answer.status_code, answer.context["text"]) == (200, pasted)
    assert len(answer.context["problems"]) == 1
    assert len(versions_of(course)) == 1


@pytest.mark.parametrize(
    "place", ["people/?q=%00ana", "history/?verb=%00&who=%00", "bank/?text=%00&tag=%00", "gradebook/?q=%00&cohort=%00"]
)
def test_looking_for_it_is_looking_for_nothing(client: Client, course: Course, place: str) -> None:
    assert client.get(f"{address_of(course)}{place}").status_code == 200


def test_a_reason_to_waive_a_finding_is_kept_without_it(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    [version] = versions_of(course)
    page = client.get(address_of(course, "questions", version.uuid))
    finding = next(each.finding for each in page.context["checks"].open if each.is_waivable)

    client.post(
        address_of(course, "questions", version.uuid, "check"),
        {"do": "waive", "rule": finding.rule, "said": finding.message, "reason": f"It is{NUL} so."},
    )

    assert Waiver.objects.get().reason == "It is so."
