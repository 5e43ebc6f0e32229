"""What a certificate takes, set on the course's page."""

from __future__ import annotations

import pytest
from django.test import Client

from course.models import CertificateFor, Course
from tests.factories import make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course(client: Client) -> Course:
    owner = make_person("Olga", may_author=True)
    client.force_login(owner)
    return make_course(owner=owner)


@pytest.mark.parametrize("wanted", CertificateFor.values)
def test_what_is_chosen_is_kept_and_shown(client: Client, course: Course, wanted: str) -> None:
    answer = client.post(f"/studio/courses/{course.slug}/certificate/", {"for": wanted})
    page = client.get(f"/studio/courses/{course.slug}/").content.decode()

    assert answer["Location"] == f"/studio/courses/{course.slug}/#certificate"
    assert Course.objects.get().certificate_for == wanted
    assert f'value="{wanted}" checked' in page


@pytest.mark.parametrize("sent", [{}, {"for": ""}, {"for": "everything"}, {"for": "\x00"}])
def test_what_is_no_choice_changes_nothing(client: Client, course: Course, sent: dict[str, str]) -> None:
    Course.objects.update(certificate_for=CertificateFor.READING)

    assert client.post(f"/studio/courses/{course.slug}/certificate/", sent).status_code == 303
    assert Course.objects.get().certificate_for == CertificateFor.READING
