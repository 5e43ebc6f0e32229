"""The gradebook in the studio, and as files."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from django.test import Client

from course.domain.enrolment import enrol
from course.models import Cohort, Enrollment, Role
from tests.factories import NOW, make_person
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RIGHT = "thirst machine"


def address(group: Class, rest: str = "") -> str:
    return f"/studio/courses/{group.course.slug}/gradebook/{rest}"


@pytest.fixture
def group(client: Client) -> Class:
    found = Class()
    found.answered(RIGHT, "wet")
    client.force_login(found.instructor)
    return found


def rename(name: str) -> Enrollment:
    """The learner who answered first is called so."""
    enrollment = Enrollment.objects.filter(role=Role.LEARNER).order_by("pk")[0]
    enrollment.user.name = name
    enrollment.user.save()
    return enrollment


def test_it_shows_learners_and_their_results(client: Client, group: Class) -> None:
    rename("Ana Moravec")

    page = client.get(address(group)).content.decode()

    assert "Two learners, one quiz." in " ".join(page.split())
    assert "Ana Moravec" in page
    assert page.count("100 %") == 2
    assert page.count("<tr>") == 3


def test_nobody_yet_and_nobody_found_are_told_apart(client: Client) -> None:
    empty = Class()
    client.force_login(empty.instructor)

    nobody, nobody_like_that = (client.get(address(empty), asked).content.decode() for asked in ({}, {"q": "Zora"}))
    people = f'<a class="btn primary" href="/studio/courses/{empty.course.slug}/people/">Let learners in</a>'

    assert "Learners stand here once" in nobody
    assert people in nobody
    assert 'role="search"' not in nobody
    assert "Nobody is like that" in nobody_like_that
    assert people not in nobody_like_that
    assert 'role="search"' in nobody_like_that


def test_what_makes_no_sense_asks_for_nothing(client: Client, group: Class) -> None:
    answer = client.get(address(group), {"drop": "-3", "cohort": "nothing", "standing": "gone", "page": "x"})

    assert answer.status_code == 200
    assert answer.content.decode().count("<tr>") == 3


def test_the_address_keeps_what_is_asked_and_the_files_follow_it(client: Client, group: Class) -> None:
    rename("Ana")

    page = client.get(address(group), {"q": "Ana", "drop": "1"}).content.decode()

    assert page.count("<tr>") == 2
    assert f'href="{address(group, "csv/")}?q=Ana&amp;drop=1"' in page
    rows = list(csv.reader(StringIO(client.get(address(group, "csv/"), {"q": "Ana"}).content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Learner", "Ana"]


def test_a_file_has_everybody_and_no_formula(client: Client, group: Class) -> None:
    learner = rename("=HYPERLINK(1)")
    learner.cohort = Cohort.objects.create(course=group.course, name="+1")
    learner.save()

    text = client.get(address(group, "csv/")).content.decode("utf-8-sig")

    header, first, second = csv.reader(StringIO(text))
    assert header == ["Learner", "Email", "Cohort", group.quiz.title, "Together, %"]
    assert [first[0], first[2:]] == ["'=HYPERLINK(1)", ["'+1", "100.0", "100.0"]]
    assert second[2:] == ["", "0.0", "0.0"]


def test_a_workbook_has_texts_and_numbers(client: Client, group: Class) -> None:
    rename("=A & <B>\x0b")

    answer = client.get(address(group, "xlsx/"))

    assert answer["Content-Disposition"].endswith('-gradebook.xlsx"')
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        sheet = fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert sheet.find(f".//{space}f") is None
    rows = [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{space}row")]
    assert rows[1][0] == "=A & <B>"
    assert [float(each) for each in rows[1][3:]] == [100, 100]
    kinds = [cell.get("t") for cell in list(sheet.iter(f"{space}row"))[1]]
    assert kinds == ["inlineStr", "inlineStr", "inlineStr", None, None]


def test_there_are_no_other_files(client: Client, group: Class) -> None:
    assert client.get(address(group, "pdf/")).status_code == 404


def test_more_learners_cost_no_query(client: Client, group: Class, django_assert_max_num_queries: Any) -> None:
    group.answered(*[RIGHT] * 20)
    with django_assert_max_num_queries(12):
        client.get(address(group))


@pytest.mark.parametrize("role", [Role.LEARNER, Role.OBSERVER, Role.ASSISTANT])
def test_others_find_nothing(client: Client, group: Class, role: Role) -> None:
    person = make_person()
    enrol(group.course, person=person, role=role, at=NOW)
    client.force_login(person)

    assert [client.get(address(group, rest)).status_code for rest in ("", "csv/", "xlsx/")] == [404] * 3


def test_the_course_leads_there(client: Client, group: Class) -> None:
    assert address(group) in client.get(f"/studio/courses/{group.course.slug}/").content.decode()
