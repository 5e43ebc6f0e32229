"""Parts, codes, cohorts and the log of a course in the studio, in a browser without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from course.domain.cohorts import make_cohort
from course.domain.join_codes import make_code
from course.models import Cohort, Course, Enrollment, JoinCode, Role
from tests.factories import make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga", may_author=True)
    client.force_login(owner)
    return make_course(owner=owner)


def address(course: Course, *parts: object) -> str:
    return "/".join(["/studio/courses", course.slug, *map(str, parts)]) + "/"


def part_form(part: Enrollment, **fields: str) -> dict[str, str]:
    return {"role": part.role, "cohort": "", "starts_at": "", "ends_at": "", **fields}


def followed(client: Client, answer: Any) -> str:
    assert answer.status_code == 303
    return str(client.get(answer["Location"]).content.decode())


def test_a_part_is_shown_and_changed(client: Client, course: Course) -> None:
    part, cohort = make_enrollment(course), make_cohort(course, name="Evenings", actor=None)
    page = client.get(address(course, "people", part.uuid, "part")).content.decode()
    sent = part_form(part, role="observer", cohort=str(cohort.uuid), ends_at="2030-05-01T12:00")

    answer = client.post(address(course, "people", part.uuid, "part"), sent)

    assert f"The role of {part.user}" in page
    assert "Kept for" in followed(client, answer)
    part.refresh_from_db()
    assert (part.role, part.cohort, f"{part.ends_at:%Y-%m-%d}") == (Role.OBSERVER, cohort, "2030-05-01")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"role": "king"}, "Select a valid choice"),
        ({"starts_at": "2030-01-02T00:00", "ends_at": "2030-01-01T00:00"}, "It ends before it begins."),
        ({"cohort": "somewhere"}, "is not a valid UUID"),
        ({"ends_at": "soon"}, "Enter a valid date/time."),
    ],
)
def test_a_part_that_cannot_be_is_refused_beside_its_field(
    client: Client, course: Course, fields: dict[str, str], error: str
) -> None:
    part = make_enrollment(course)
    answer = client.post(address(course, "people", part.uuid, "part"), part_form(part, **fields))
    assert (answer.status_code, error in answer.content.decode()) == (422, True)


def test_a_cohort_of_another_course_cannot_be_chosen(client: Client, course: Course) -> None:
    part, elsewhere = make_enrollment(course), make_cohort(make_course(), name="Elsewhere", actor=None)
    sent = part_form(part, cohort=str(elsewhere.uuid))
    assert client.post(address(course, "people", part.uuid, "part"), sent).status_code == 422


def test_the_last_owner_is_told_why_they_stay(client: Client, course: Course) -> None:
    own = course.enrollments.get()
    answer = client.post(address(course, "people", own.uuid, "part"), part_form(own, role="editor"))
    assert "A course keeps an owner." in followed(client, answer)


def test_somebody_is_taken_out_and_taken_back(client: Client, course: Course) -> None:
    part = make_enrollment(course)
    end = address(course, "people", part.uuid, "end")

    assert "grades too" in followed(client, client.post(end, {"do": "out"}))
    assert str(part.user) in client.get(address(course, "people"), {"group": "left"}).content.decode()
    assert "Take back" in client.get(address(course, "people", part.uuid, "part")).content.decode()
    assert "takes part again" in followed(client, client.post(end, {"do": "back"}))
    assert Enrollment.objects.get(pk=part.pk).left_at is None


def test_an_owner_hands_the_course_over(client: Client, course: Course) -> None:
    part = make_enrollment(course, role=Role.EDITOR)
    answer = client.post(address(course, "people", part.uuid, "owner"))
    assert "owns the course now" in followed(client, answer)
    assert Enrollment.objects.get(pk=part.pk).role == Role.OWNER


def test_an_editor_neither_makes_staff_nor_touches_them(course: Course) -> None:
    client = Client()
    client.force_login(make_enrollment(course, role=Role.EDITOR).user)
    learner, grader = make_enrollment(course), make_enrollment(course, role=Role.GRADER)

    raised = client.post(address(course, "people", learner.uuid, "part"), part_form(learner, role="owner"))

    assert raised.status_code == 422
    assert client.get(address(course, "people", grader.uuid, "part")).status_code == 404
    assert client.post(address(course, "people", grader.uuid, "end")).status_code == 404
    assert client.post(address(course, "people", learner.uuid, "owner")).status_code == 404


def test_a_code_is_made_shown_with_its_link_replaced_and_withdrawn(client: Client, course: Course) -> None:
    page = followed(client, client.post(address(course, "people", "codes"), {"most_uses": "2"}))
    code = JoinCode.objects.get()
    assert str(code) in page
    assert f"/join/{code.code}/" in page
    assert "of 2 at most" in page

    assert "now." in followed(client, client.post(address(course, "people", "codes", code.uuid), {"do": "replace"}))
    again = client.post(address(course, "people", "codes", code.uuid), {"do": "replace"})
    assert "withdrawn already" in followed(client, again)
    new = JoinCode.objects.get(withdrawn_at__isnull=True)
    withdrawn = client.post(address(course, "people", "codes", new.uuid), {"do": "withdraw"})
    assert "lets nobody in any more" in followed(client, withdrawn)


@pytest.mark.parametrize("sent", [{"most_uses": "0"}, {"most_uses": "many"}, {"expires_at": "never"}])
def test_terms_that_cannot_be_make_no_code(client: Client, course: Course, sent: dict[str, str]) -> None:
    assert client.post(address(course, "people", "codes"), sent).status_code == 422
    assert not JoinCode.objects.exists()


def test_cohorts_are_made_renamed_put_away_and_brought_back(client: Client, course: Course) -> None:
    make = address(course, "people", "cohorts")
    assert "is there." in followed(client, client.post(make, {"name": "Early"}))
    assert "has a cohort of this name" in followed(client, client.post(make, {"name": "Early"}))
    assert client.post(make, {"name": ""}).status_code == 422
    change = address(course, "people", "cohorts", Cohort.objects.get().uuid)

    assert "is called Late now" in followed(client, client.post(change, {"name": "Late"}))
    assert "needs a name" in followed(client, client.post(change, {"name": ""}))
    assert "put away on" in followed(client, client.post(change, {"do": "away"}))
    assert "put away on" not in followed(client, client.post(change, {"do": "back"}))


def test_the_log_says_who_did_what_and_can_be_narrowed(client: Client, course: Course) -> None:
    make_code(course, actor=course.enrollments.get().user)
    make_cohort(course, name="Early", actor=None)

    page = client.get(address(course, "history")).content.decode()
    narrowed = client.get(address(course, "history"), {"verb": "made a code", "who": "olga\x00"}).content.decode()
    nothing = client.get(address(course, "history"), {"who": "nobody"}).content.decode()

    assert page.count("<tr>") == 3
    assert narrowed.count("<tr>") == 2
    assert "Nothing that matches." in nothing
