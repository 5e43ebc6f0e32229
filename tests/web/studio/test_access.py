"""Who may come in, and that only a form changes anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Concept, Course, PassageDecision, Role, TextEdit
from tests.factories import NOW, make_course, make_person
from tests.web.studio.drafts import address_of, drop, make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def pages(course: Course) -> list[str]:
    version = versions_of(course)[0].uuid
    return [
        address_of(course),
        address_of(course, "text"),
        address_of(course, "lessons"),
        address_of(course, "concepts"),
        address_of(course, "concepts", "suggestion-0"),
        address_of(course, "bank"),
        address_of(course, "bank", "duplicates"),
        address_of(course, "bank", "pools"),
        address_of(course, "bank", versions_of(course)[0].question.uuid),
        address_of(course, "questions"),
        address_of(course, "questions", version),
        address_of(course, "questions", version, "edit"),
    ]


def deeds(course: Course) -> list[tuple[str, dict[str, str]]]:
    version = versions_of(course)[0].uuid
    return [
        (address_of(course, "publish"), {}),
        (address_of(course, "concepts", "asked"), {}),
        (address_of(course, "concepts", "suggestion-0", "decide"), {"do": "accept"}),
        (address_of(course, "concepts", "suggestion-0", "define"), {"definition": "Water."}),
        (address_of(course, "concepts", "suggestion-0", "rename"), {"term": "Water"}),
        (address_of(course, "concepts", "suggestion-0", "merge"), {"into": "lake 0"}),
        (address_of(course, "concept-groups"), {"concept": "suggestion-0", "do": "accept"}),
        (address_of(course, "concept-picks"), {"number": "1", "phrase": "towns", "nth": "1"}),
        (address_of(course, "concept-undo"), {"deed": "nothing"}),
        (address_of(course, "bank", "change"), {"all": "1", "do": "archive"}),
        (address_of(course, "lessons", "the-wall", "accept"), {}),
        (address_of(course, "questions", version, "decide"), {"do": "accept"}),
        (f"/studio/builds/{course.uuid}/retry/", {}),
    ]


def edits(course: Course) -> list[tuple[str, dict[str, str]]]:
    """What pages that show something take as a form."""
    lesson = {"seen": "0", "lesson": str(course.lessons.get().uuid)}
    return [
        (address_of(course, "text"), {"seen": "0", "do": "drop 1"}),
        (address_of(course, "lessons"), {**lesson, "do": "rename", "title": "Mine"}),
    ]


def untouched(course: Course) -> bool:
    course.refresh_from_db()
    return (
        course.state == "draft"
        and not PassageDecision.objects.exists()
        and not TextEdit.objects.exists()
        and set(Concept.objects.values_list("state", "term", "definition")) == {("suggested", "lake 0", "")}
        and all(version.reviewed_at is None and version.state == "draft" for version in versions_of(course))
    )


def with_role(role: Role) -> Callable[[Course], User]:
    def make(course: Course) -> User:
        person = make_person()
        enrol(course, person=person, role=role, at=NOW)
        return person

    return make


STRANGERS = [
    pytest.param(lambda _: make_person(), id="a person without a part"),
    pytest.param(lambda _: make_author(), id="another author"),
    *(pytest.param(with_role(role), id=role) for role in Role if role not in (Role.OWNER, Role.EDITOR)),
]


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR])
def test_owner_and_editor_see_every_page(client: Client, role: Role) -> None:
    course = make_draft(make_author())
    client.force_login(with_role(role)(course))
    assert [client.get(page).status_code for page in pages(course)] == [200] * 12
    assert client.get(f"/studio/builds/{course.uuid}/").status_code == 302


@pytest.mark.parametrize("stranger", STRANGERS)
def test_for_anybody_else_the_course_does_not_exist(client: Client, stranger: Callable[[Course], User]) -> None:
    course = make_draft(make_author())
    drop(course, position=0)
    client.force_login(stranger(course))

    assert [client.get(page).status_code for page in pages(course)] == [404] * 12
    assert client.get(f"/studio/builds/{course.uuid}/").status_code == 404
    assert [client.post(page, form).status_code for page, form in deeds(course)] == [404] * 13
    assert [client.post(page, form).status_code for page, form in edits(course)] == [404] * 2
    assert client.post(pages(course)[-1], {}).status_code == 404
    assert untouched(course)


def grading_pages(course: Course) -> list[str]:
    question = versions_of(course)[0].question.uuid
    parts: list[tuple[object, ...]] = [("grading",), ("grading", question), ("grading", question, "rubric")]
    return [address_of(course, *each) for each in parts]


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.GRADER])
def test_owner_editor_and_grader_may_grade(client: Client, role: Role) -> None:
    course = make_draft(make_author())
    client.force_login(with_role(role)(course))
    assert [client.get(page).status_code for page in grading_pages(course)] == [200] * 3


@pytest.mark.parametrize("stranger", [each for each in STRANGERS if each.id != Role.GRADER])
def test_for_anybody_else_there_is_nothing_to_grade(client: Client, stranger: Callable[[Course], User]) -> None:
    course = make_draft(make_author())
    client.force_login(stranger(course))
    pages = grading_pages(course)
    assert [client.get(page).status_code for page in pages] == [404] * 3
    assert [client.post(page, {"do": "undo"}).status_code for page in pages[1:]] == [404] * 2


def test_who_grades_is_asked_to_sign_in_and_needs_the_forms_token() -> None:
    course = make_draft(make_author())
    client = Client(enforce_csrf_checks=True)
    pages = grading_pages(course)
    assert all(client.get(page)["Location"].startswith("/accounts/login/?next=/studio/") for page in pages)
    client.force_login(with_role(Role.GRADER)(course))
    assert [client.post(page, {"do": "undo"}).status_code for page in pages[1:]] == [403] * 2
    assert client.post(pages[0]).status_code in (403, 405)


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    course = make_draft(make_author())
    drop(course, position=0)
    wanted = ["/studio/", "/studio/import/", f"/studio/builds/{course.uuid}/", *pages(course)]

    answers = [client.get(page) for page in wanted] + [
        client.post(page, form) for page, form in [*deeds(course), *edits(course)]
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert all(answer["Location"].startswith("/accounts/login/?next=/studio/") for answer in answers)
    assert untouched(course)


def test_who_left_the_course_is_a_stranger(client: Client) -> None:
    author = make_author()
    course = make_draft(author)
    course.enrollments.update(left_at=NOW)
    client.force_login(author)
    assert client.get(address_of(course)).status_code == 404


def test_an_assistant_finds_the_people_of_their_course_from_its_page_and_in_the_studio(client: Client) -> None:
    course = make_course(owner=make_author())
    client.force_login(with_role(Role.ASSISTANT)(course))
    people = f'href="{address_of(course, "people")}"'
    assert people in client.get("/studio/").content.decode()
    assert people in client.get(f"/courses/{course.slug}/").content.decode()


@pytest.mark.parametrize(
    ("role", "place"), [(Role.OWNER, ()), (Role.EDITOR, ()), (Role.GRADER, ("grading",)), (Role.LEARNER, None)]
)
def test_the_course_leads_to_ones_own_work_on_it(client: Client, role: Role, place: tuple[str, ...] | None) -> None:
    course = make_course(owner=make_author())
    client.force_login(with_role(role)(course))
    page = client.get(f"/courses/{course.slug}/").content.decode()
    assert (place is not None) == ("Your work on it in the studio" in page)
    assert place is None or f'href="{address_of(course, *place)}">Your work' in page


def test_only_authors_create(client: Client) -> None:
    client.force_login(make_person())
    assert client.get("/studio/").status_code == 403
    assert client.get("/studio/import/").status_code == 403
    assert client.post("/studio/import/", {"text": "A lake."}).status_code == 403
    assert not Course.objects.exists()


def test_an_editor_who_may_not_create_sees_the_list_without_the_button(client: Client) -> None:
    course = make_draft(make_author())
    client.force_login(with_role(Role.EDITOR)(course))
    page = client.get("/studio/").content.decode()
    assert course.title in page
    assert "Import an article" not in page


def test_looking_changes_nothing(client: Client) -> None:
    author = make_author()
    course = make_draft(author)
    drop(course, position=0)
    client.force_login(author)

    answers = [client.get(page, form).status_code for page, form in deeds(course)]

    assert answers == [405] * 13
    assert untouched(course)


def test_a_form_without_its_token_is_refused() -> None:
    author = make_author()
    course = make_draft(author)
    drop(course, position=0)
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)

    answers = [client.post(page, form).status_code for page, form in [*deeds(course), *edits(course)]]

    assert answers == [403] * 15
    assert client.post("/studio/import/", {"text": "A lake."}).status_code == 403
    assert untouched(course)


def test_a_question_of_another_course_is_not_found(client: Client) -> None:
    author = make_author()
    course, other = make_draft(author), make_draft(author)
    client.force_login(author)
    foreign = versions_of(other)[0].uuid
    assert client.get(address_of(course, "questions", foreign)).status_code == 404
    assert client.post(address_of(course, "questions", foreign, "decide"), {"do": "accept"}).status_code == 404
    assert client.get(address_of(course, "questions", foreign, "edit")).status_code == 404
