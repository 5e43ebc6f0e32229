"""Where a page of the studio leads: to all that somebody may open in its course, and to nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from django.test import Client

from course.models import Course, Enrollment, Role
from tests.factories import make_course, make_enrollment
from tests.quizzes.domain.regraded import Class
from tests.web.studio.drafts import make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MAKING = ("", "text/", "lessons/", "concepts/", "questions/", "bank/", "quizzes/", "history/")
GRADING = ("gradebook/", "insight/", "grading/", "appeals/", "regrades/")
PLACES: Mapping[Role, tuple[str, ...]] = {
    Role.OWNER: (*MAKING, "webhooks/", "people/", *GRADING),
    Role.EDITOR: (*MAKING, "people/", *GRADING),
    Role.GRADER: GRADING,
    Role.ASSISTANT: ("people/",),
}
OF_A_QUIZ = {
    Role.OWNER: ("", "preview/", "monitor/", "insight/"),
    Role.GRADER: ("monitor/", "insight/"),
    Role.ASSISTANT: ("monitor/",),
}
NAVIGATION = re.compile(r'<nav aria-label="This course">(.*?)</nav>', re.DOTALL)
QUIZ_NAVIGATION = re.compile(r'<nav class="acts" aria-label="This quiz">(.*?)</nav>', re.DOTALL)
LINK = re.compile(r'href="(/studio/[^"]*)"')
HERE = re.compile(r'href="([^"]*)" aria-current="page"')


def studio(course: Course, rest: str = "") -> str:
    return f"/studio/courses/{course.slug}/{rest}"


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def links_in(pattern: re.Pattern[str], page: str) -> list[str]:
    return [link for found in pattern.findall(page) for link in LINK.findall(found)]


def group_with(role: Role) -> tuple[Class, Enrollment]:
    """A published course that is answered, and somebody with this part in it."""
    group = Class()
    group.answered("thirst machine")
    return group, make_enrollment(group.course, role=role)


@pytest.mark.parametrize("role", PLACES, ids=str)
def test_every_place_leads_to_all_the_others_and_says_which_one_is_open(client: Client, role: Role) -> None:
    group, part = group_with(role)
    client.force_login(part.user)
    places = [studio(group.course, rest) for rest in PLACES[role]]
    for place in places:
        page = seen(client, place)
        assert sorted(links_in(NAVIGATION, page)) == sorted(places), place
        assert HERE.findall(page) == [place]


@pytest.mark.parametrize("role", OF_A_QUIZ, ids=str)
def test_the_pages_of_a_quiz_lead_to_each_other(client: Client, role: Role) -> None:
    group, part = group_with(role)
    client.force_login(part.user)
    pages = [studio(group.course, f"quizzes/{group.quiz.slug}/{rest}") for rest in OF_A_QUIZ[role]]
    for address in pages:
        assert links_in(QUIZ_NAVIGATION, seen(client, address)) == pages, address


def reached(client: Client, begin: str) -> Iterator[tuple[str, int]]:
    """Every page of the studio that links lead to from here, with how it answers."""
    known, waiting = {begin}, [begin]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        yield address, answer.status_code
        page = answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""
        found = {urlsplit(link).path for link in LINK.findall(page)} - known
        known |= found
        waiting.extend(sorted(found))


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("role", PLACES, ids=str)
def test_no_link_of_the_studio_leads_to_what_its_reader_may_not_open(client: Client, role: Role) -> None:
    group, part = group_with(role)
    client.force_login(part.user)
    found = dict(reached(client, "/studio/"))
    assert {address: status for address, status in found.items() if status not in (200, 302)} == {}
    assert {studio(group.course, rest) for rest in PLACES[role]} <= set(found)


def test_a_draft_with_nothing_decided_says_in_the_list_of_places_what_there_is_to_do(client: Client) -> None:
    author = make_author()
    course = make_draft(author, questions=3, concepts=2)
    client.force_login(author)
    (places,) = NAVIGATION.findall(seen(client, studio(course, "people/")))
    words = " ".join(re.sub(r"<[^>]+>", " ", places).split())
    assert words == (
        "Draft course Overview not published The text Parts one part Concepts 2 to decide Questions 3 to read "
        "Question bank Quizzes What was done Webhooks Learners People Gradebook Insight Answers to grade Appeals "
        "Grading again"
    )


@pytest.mark.parametrize("rest", PLACES[Role.OWNER])
def test_a_place_of_a_course_with_nothing_in_it_has_a_heading_and_a_way_on(client: Client, rest: str) -> None:
    author = make_author()
    course = make_course(owner=author)
    client.force_login(author)
    page = seen(client, studio(course, rest))
    assert page.count("<h1") == 1
    assert len(links_in(NAVIGATION, page)) == len(PLACES[Role.OWNER])


def test_a_grader_finds_courses_in_which_nothing_waits(client: Client) -> None:
    group, part = group_with(Role.GRADER)
    client.force_login(part.user)
    page = " ".join(re.sub(r"<[^>]+>", " ", seen(client, "/studio/")).split())
    assert f"You grade in {group.course.title} nothing waits" in page
    assert "To grade" not in page
