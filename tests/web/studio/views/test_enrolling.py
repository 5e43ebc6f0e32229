"""People are enrolled by typing their addresses, in a browser without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.domain.invitations import INVITE
from course.models import Course, Enrollment, Role
from jobs.domain.clock import database_now
from jobs.models import Job
from tests.factories import make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga")
    client.force_login(owner)
    return make_course(owner=owner)


def learners(course: Course) -> list[str | None]:
    return list(course.enrollments.filter(role=Role.LEARNER).order_by("pk").values_list("user__email", flat=True))


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def add(client: Client, course: Course, addresses: str, **fields: str) -> Any:
    sent = {"addresses": addresses, "role": "learner", "cohort": "", **fields}
    return client.post(f"/studio/courses/{course.slug}/people/add/", sent)


def invited() -> int:
    return Job.objects.filter(kind=INVITE).count()


def test_people_are_enrolled_and_invited_by_typing_their_addresses(client: Client, course: Course) -> None:
    cohort = make_cohort(course, name="Evenings", actor=None)
    answer = add(client, course, "New One <new@example.org>, other@example.org", cohort=str(cohort.uuid))
    assert "Two people are enrolled." in client.get(answer["Location"]).content.decode()
    assert learners(course) == ["new@example.org", "other@example.org"]
    assert {part.cohort for part in course.enrollments.filter(role=Role.LEARNER)} == {cohort}
    assert invited() == 2


def test_of_addresses_with_a_fault_nobody_is_enrolled(client: Client, course: Course) -> None:
    answer = add(client, course, "new@example.org broken new@example.org")
    assert answer.status_code == 422
    assert "broken: “broken” is not an email address." in words(answer)
    assert "new@example.org: Line 1 has this address already." in words(answer)
    assert (learners(course), invited()) == ([], 0)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"addresses": ""}, "This field is required."),
        ({"addresses": ", ;"}, "Write at least one email address."),
        ({"addresses": "a@b.org " * 501}, "more than 500 addresses"),
        ({"addresses": "a@b.org", "role": "owner"}, "Select a valid choice."),
        ({"addresses": "a@b.org", "cohort": "no uuid"}, "is not a valid UUID"),
    ],
    ids=["nothing", "no address", "too many", "an owner", "no cohort"],
)
def test_what_cannot_be_enrolled_is_told_in_the_form(
    client: Client, course: Course, sent: dict[str, str], sentence: str
) -> None:
    answer = add(client, course, **sent)
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_an_editor_is_offered_no_parts_of_staff(client: Client, course: Course) -> None:
    editor = make_person()
    enrol(course, person=editor, role=Role.EDITOR)
    client.force_login(editor)
    assert add(client, course, "a@b.org", role="editor").status_code == 422
    assert add(client, course, "a@b.org", role="observer").status_code == 303


def test_enrolling_somebody_again_changes_and_sends_nothing(client: Client, course: Course) -> None:
    add(client, course, "new@example.org")
    Job.objects.all().delete()
    answer = add(client, course, "new@example.org")
    assert "Nothing was left to do" in client.get(answer["Location"]).content.decode()
    assert (learners(course), invited()) == (["new@example.org"], 0)


def test_who_has_not_come_is_listed_and_invited_again_from_their_part(client: Client, course: Course) -> None:
    add(client, course, "new@example.org")
    Job.objects.all().delete()
    part = course.enrollments.get(role=Role.LEARNER)
    page = f"/studio/courses/{course.slug}/people/"
    assert "not come yet" in words(client.get(f"{page}?group=awaited"))
    assert "An invitation to new@example.org is on its way." in words(client.get(f"{page}{part.uuid}/part/"))

    answer = client.post(f"{page}{part.uuid}/invitation/")

    assert "Another invitation goes out" in words(client.get(answer["Location"]))
    assert invited() == 1
    Enrollment.objects.filter(pk=part.pk).update(invited_at=database_now())
    answer = client.post(f"{page}{part.uuid}/invitation/")
    assert "only just now" in words(client.get(answer["Location"]))


def test_the_list_of_who_has_not_come_holds_nobody_else(client: Client, course: Course) -> None:
    make_enrollment(course)
    assert "No people" in words(client.get(f"/studio/courses/{course.slug}/people/?group=awaited"))
