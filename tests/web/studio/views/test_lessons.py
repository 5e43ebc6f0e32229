"""The parts of a course are arranged by forms alone; every step can be taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course, TextEdit
from tests.authoring.domain.cuts import lesson_of, make_cut_course
from tests.web.studio.drafts import HOSTILE, address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author("Ada")
    client.force_login(person)
    return person


@pytest.fixture
def course(author: User) -> Course:
    return make_cut_course(cuts=(0, 2, 4), owner=author)


def page_of(client: Client, course: Course) -> str:
    return str(client.get(address_of(course, "lessons")).content.decode())


def press(client: Client, course: Course, do: str, position: int = 0, **fields: str) -> Any:
    """The button of the lesson at this position, on the page as it stands."""
    found = re.search(r'name="seen" value="(\d+)"', page_of(client, course))
    assert found is not None
    lesson = {"lesson": str(lesson_of(course, position).uuid)} if position else {}
    return client.post(address_of(course, "lessons"), {"seen": found[1], "do": do, **lesson, **fields})


def titles(course: Course) -> list[str]:
    return list(course.lessons.order_by("position").values_list("title", flat=True))


DEEDS = [
    pytest.param("up", 2, {}, ["Part 2", "Part 1", "Part 3"], id="up"),
    pytest.param("up", 1, {}, ["Part 1", "Part 2", "Part 3"], id="up from the top"),
    pytest.param("down", 2, {}, ["Part 1", "Part 3", "Part 2"], id="down"),
    pytest.param("down", 3, {}, ["Part 1", "Part 2", "Part 3"], id="down from the end"),
    pytest.param("place", 3, {"place": "1"}, ["Part 3", "Part 1", "Part 2"], id="dragged to the top"),
    pytest.param("place", 1, {"place": "99"}, ["Part 2", "Part 3", "Part 1"], id="dragged beyond the end"),
    pytest.param("join", 2, {}, ["Part 1", "Part 2"], id="joined"),
    pytest.param("rename", 2, {"title": "The wall"}, ["Part 1", "The wall", "Part 3"], id="renamed"),
]


@pytest.mark.parametrize(("do", "position", "fields", "after"), DEEDS)
def test_a_deed_is_done_and_taken_back(
    client: Client, course: Course, do: str, position: int, fields: dict[str, str], after: list[str]
) -> None:
    uuid = lesson_of(course, position).uuid
    answer = press(client, course, do, position, **fields)
    assert (answer.status_code, answer["Location"]) == (303, f"{address_of(course, 'lessons')}#l-{uuid}")
    assert titles(course) == after
    if TextEdit.objects.exists():
        press(client, course, "undo")
    assert titles(course) == ["Part 1", "Part 2", "Part 3"]


def test_each_part_says_how_long_it_takes(client: Client, course: Course) -> None:
    assert page_of(client, course).count("18 words, one minute") == 3


def test_a_long_part_has_a_level_by_a_named_formula(client: Client, author: User) -> None:
    long = make_cut_course(
        cuts=(0,), lines=["The lake feeds two towns, and the upper town built a wall."] * 10, owner=author
    )
    page = page_of(client, long)
    assert "Automated Readability Index" in page
    assert "reading level: grade 2 of school<" in page
    Course.objects.filter(pk=long.pk).update(language="sv")
    assert re.search(r"reading level \d+: ", page_of(client, long))
    assert "LIX" in page_of(client, long)
    assert "grade of school" not in page_of(client, long)


def test_only_parts_that_follow_each_other_are_offered_to_be_joined(client: Client, course: Course) -> None:
    assert page_of(client, course).count('value="join"') == 2
    press(client, course, "up", 3)
    assert page_of(client, course).count('value="join"') == 0


REFUSED = [
    pytest.param({"do": "join"}, id="no part"),
    pytest.param({"do": "burn", "lesson": "{1}"}, id="no such deed"),
    pytest.param({"do": "rename", "lesson": "{1}", "title": "  "}, id="no title"),
    pytest.param({"do": "place", "lesson": "{1}"}, id="no place"),
    pytest.param({"do": "join", "lesson": "{3}"}, id="nothing after the last"),
    pytest.param({"do": "up", "lesson": "6f0b1f0e-1111-4111-8111-111111111111"}, id="a part that is gone"),
    pytest.param({"do": "undo"}, id="nothing to undo"),
    pytest.param({"do": "join", "lesson": "{1}", "seen": "7"}, id="another edition"),
]


@pytest.mark.parametrize("form", REFUSED)
def test_what_cannot_be_done_is_told_and_changes_nothing(client: Client, course: Course, form: dict[str, str]) -> None:
    known = {f"{{{position}}}": str(lesson_of(course, position).uuid) for position in (1, 2, 3)}
    sent = {name: known.get(value, value) for name, value in form.items()}
    answer = client.post(address_of(course, "lessons"), {"seen": "0", **sent})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert titles(course) == ["Part 1", "Part 2", "Part 3"]
    assert not TextEdit.objects.exists()


def test_a_title_is_escaped(client: Client, course: Course) -> None:
    press(client, course, "rename", 1, title=HOSTILE)
    assert "<script>alert" not in page_of(client, course)


def test_a_course_without_parts_says_what_to_do(client: Client, course: Course) -> None:
    course.lessons.all().delete()
    assert "There is no part yet." in page_of(client, course)


@pytest.mark.parametrize("cuts", [(0,), (0, 1, 2, 3, 4, 5)])
def test_the_page_takes_the_same_statements_whatever_the_number_of_parts(
    client: Client, author: User, django_assert_num_queries: Any, cuts: tuple[int, ...]
) -> None:
    course = make_cut_course(cuts=cuts, owner=author)
    with django_assert_num_queries(11):
        client.get(address_of(course, "lessons"))
