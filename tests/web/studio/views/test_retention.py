"""For how long a course keeps answers, in a browser without JavaScript, and at the command line."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from course.domain.parts import end_part
from course.models import Course, Enrollment, Role
from quizzes.models import Response
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.test_erasing import Known, known

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["known"]


@pytest.fixture
def address(known: Known, client: Client) -> str:
    client.force_login(known.course.enrollments.get(role=Role.OWNER).user)
    return f"/studio/courses/{known.course.slug}/people/retention/"


def test_the_rule_is_read_set_and_taken_away(client: Client, known: Known, address: str) -> None:
    people = client.get(f"/studio/courses/{known.course.slug}/people/").content.decode()
    assert f'href="{address}"' in people
    assert "for as long as the course exists" in client.get(address).content.decode()

    assert client.post(address, {"days": "90"}).status_code == 303
    assert "90 days after" in client.get(address).content.decode()
    assert Course.objects.get(pk=known.course.pk).keep_answers_days == 90

    client.post(address, {"days": ""})
    assert Course.objects.get(pk=known.course.pk).keep_answers_days is None
    with override_settings(KEEP_ANSWERS_DAYS=400):
        assert "400 days after" in client.get(address).content.decode()


@pytest.mark.parametrize("days", ["0", "29", "3651", "-1", "soon", "1e9", "90.5", "٣" * 40])
def test_what_is_no_time_is_refused_beside_its_field(client: Client, known: Known, address: str, days: str) -> None:
    answer = client.post(address, {"days": days})
    assert (answer.status_code, 'id="id_days_error"' in answer.content.decode()) == (422, True)
    assert Course.objects.get(pk=known.course.pk).keep_answers_days is None


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.OWNER}))
def test_nobody_but_an_owner_finds_it(known: Known, address: str, role: str) -> None:
    other = Client()
    other.force_login(make_enrollment(known.course, role=Role(role)).user)
    assert (other.get(address).status_code, other.post(address, {"days": "90"}).status_code) == (404, 404)
    assert address not in other.get(f"/studio/courses/{known.course.slug}/people/").content.decode()


def ended(known: Known) -> None:
    end_part(Enrollment.objects.get(user=known.person), actor=None, at=NOW.replace(year=2020))
    Course.objects.filter(pk=known.course.pk).update(keep_answers_days=30)


def test_the_page_lists_what_is_past_and_touches_nothing(client: Client, known: Known, address: str) -> None:
    assert "Nothing." in client.get(address).content.decode()
    ended(known)
    page = client.get(address).content.decode()
    assert "of one part that ended" in page
    assert "Earlier wording of an answer" in page
    assert Response.objects.get(attempt=known.attempt, position=2).answer is not None


def test_the_command_lists_first_and_erases_only_when_told_to(known: Known, capsys: pytest.CaptureFixture[str]) -> None:
    ended(known)
    call_command("erase_past_answers")
    listed = capsys.readouterr().out
    assert f"{known.course.slug}: 1 parts" in listed
    assert "1  answer in own words: is emptied; its grade stays" in listed
    assert "Nothing was changed." in listed
    assert Response.objects.get(attempt=known.attempt, position=2).answer is not None

    call_command("erase_past_answers", "--apply")
    assert capsys.readouterr().out.endswith("Erased in 1 parts.\n")
    assert Response.objects.get(attempt=known.attempt, position=2).answer is None
    call_command("erase_past_answers")
    assert capsys.readouterr().out == "Nothing was changed. Say --apply to erase what is listed.\n"
