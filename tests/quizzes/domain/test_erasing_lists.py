"""Lists that came in forget whoever is erased, in a course or as a whole, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from accounts.domain.people import create_person
from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Course, Enrollment
from quizzes.domain.erasing import erase_person, what_erasing_touches
from quizzes.domain.erasing_lists import lists_touched
from quizzes.domain.erasing_parts import erase_part, what_erasing_part_touches
from quizzes.models import ImportLine, ListImport, ListKind
from tests.factories import make_course, make_person
from tests.quizzes.domain.listed import applied, became, grades, looked_at, undone
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EMAIL, NAME = "xenia@example.org", "Xenia Quackenbush"
LIST = f"Email,Name,Days\n{EMAIL},{NAME},3\nother@example.org,Other,3"


@pytest.fixture
def course() -> Course:
    return make_course(owner=make_person("Olga"))


@pytest.fixture
def person() -> User:
    return create_person(EMAIL, name=NAME)


def owner_of(course: Course) -> User:
    return course.enrollments.get(role="owner").user


def known_by_lists() -> str:
    rows = [*ListImport.objects.values(), *ImportLine.objects.values()]
    return json.dumps(rows, default=str, ensure_ascii=False).lower()


def erased_as_a_whole(person: User, course: Course) -> None:
    erase_person(person)


def erased_from_the_course(person: User, course: Course) -> None:
    part = Enrollment.objects.select_related("user", "course").get(user=person, course=course)
    erase_part(part, actor=None)


WAYS = pytest.mark.parametrize("erase", [erased_as_a_whole, erased_from_the_course])


@WAYS
@pytest.mark.parametrize("step", ["looked at", "applied", "undone"])
def test_no_list_knows_them_any_more_and_others_stay(
    course: Course, person: User, erase: Callable[[User, Course], None], step: str
) -> None:
    enrol(course, person=person)
    run = looked_at(course, LIST, actor=owner_of(course))
    if step != "looked at":
        run = applied(run)
    if step == "undone":
        run = undone(run)

    erase(person, course)

    assert "xenia" not in known_by_lists()
    assert "quackenbush" not in known_by_lists()
    assert became(run, "address") == ([] if step == "looked at" else [("other@example.org",)])


@WAYS
def test_a_reason_that_names_them_is_emptied_and_another_stays(erase: Callable[[User, Course], None]) -> None:
    group = Class()
    group.answered("wet", "wet")
    person = Enrollment.objects.filter(attempts__quiz=group.quiz).order_by("pk")[0].user
    User.objects.filter(pk=person.pk).update(name=NAME)
    person.refresh_from_db()
    runs = [
        applied(looked_at(group.course, grades(group, 50), kind=ListKind.GRADES, actor=group.instructor)),
        applied(looked_at(group.course, grades(group, 60), kind=ListKind.GRADES, actor=group.instructor)),
    ]
    ListImport.objects.filter(pk=runs[0].pk).update(reason="Xenia spoke well.")

    erase(person, group.course)

    assert list(ListImport.objects.order_by("pk").values_list("reason", flat=True)) == ["Erased.", "Oral exam."]


def test_another_courses_list_is_not_this_ones_to_empty(course: Course, person: User) -> None:
    elsewhere = make_course(owner=owner_of(course))
    part = enrol(course, person=person)
    run = applied(looked_at(elsewhere, LIST, actor=owner_of(course)))
    waiting = looked_at(elsewhere, LIST, actor=owner_of(course))

    erase_part(part, actor=None)

    assert became(run) == ["done", "done"]
    assert ListImport.objects.filter(pk=waiting.pk).exists()


def test_what_would_be_touched_is_listed_and_then_done_once(course: Course, person: User) -> None:
    part = enrol(course, person=person)
    applied(looked_at(course, LIST, actor=owner_of(course)))
    looked_at(course, LIST.replace("3", "4"), actor=owner_of(course))
    wanted = {"list that waits to be applied": 1, "line of a list": 2}
    for listed in (what_erasing_touches(person), what_erasing_part_touches(part)):
        assert wanted.items() <= {each.what: each.rows for each in listed}.items()

    erase_person(person)

    person.refresh_from_db()
    assert [rows.count() for _, _, rows in lists_touched(person)] == [0, 0, 0]
    assert became(ListImport.objects.get(), "address") == [("other@example.org",)]


def test_somebody_without_an_address_is_no_line_without_one(course: Course) -> None:
    looked_at(course, "Email,Name\n,Nobody", actor=owner_of(course))
    nobody = User.objects.create_user(None)
    assert [rows.count() for _, _, rows in lists_touched(nobody)] == [0, 0, 0]
    assert ImportLine.objects.get().address == ""
