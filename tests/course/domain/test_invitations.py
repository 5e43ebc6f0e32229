"""Invitations by mail: sent once for each person, by a job, and taken up by the holder of the address alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from accounts.domain.audit import history
from accounts.domain.awaited import people_or_awaited
from accounts.domain.inbox import unread_messages
from accounts.domain.people import find_person
from accounts.models import InboxMessage, User
from course.domain.enrolment import enrol
from course.domain.invitations import INVITE, invite_again, invite_each, send_invitation
from course.errors import CannotInvite
from course.models import Course, Enrollment, Role
from jobs.domain import claim, run_job
from jobs.domain.finish import fail
from jobs.models import Job
from quizzes.domain.erasing import erase_person
from tests.factories import NOW, make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADDRESS = "ana@example.org"


def awaited_part(course: Course | None = None) -> Enrollment:
    person = people_or_awaited({ADDRESS: "Ana"}, at=NOW)[ADDRESS]
    part = enrol(course or make_course(), person=person, at=NOW)
    return Enrollment.objects.select_related("user", "course").get(pk=part.pk)


def invite(*parts: Enrollment, actor: User | None = None) -> None:
    invite_each([part.uuid for part in parts], actor=actor)
    send_due()


def send_due() -> None:
    for uuid in Job.objects.filter(kind=INVITE, finished_at__isnull=True).order_by("pk").values_list("uuid", flat=True):
        run_job(uuid)


def link(message: EmailMessage) -> str:
    [found] = re.findall(r"https?://\S+/(?:accounts|courses)/\S+", str(message.body))
    return str(found)


def test_who_is_awaited_gets_the_way_to_an_account_and_on_to_the_course(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://postil.example/"
    part = awaited_part()
    invite(part)

    [message] = mail.outbox
    assert (message.to, message.subject) == ([ADDRESS], f"“{part.course.title}”: you take part")
    assert link(message).startswith("https://postil.example/accounts/invitation/")
    page = client.get(link(message).removeprefix("https://postil.example"), follow=True)
    assert page.redirect_chain[-1][0] == f"/accounts/signup/?next=%2Fcourses%2F{part.course.slug}%2F"

    sent = {"name": "", "email": ADDRESS, "password1": "three quiet words", "next": f"/courses/{part.course.slug}/"}
    answer = client.post("/accounts/signup/", sent)

    assert answer["Location"] == f"/courses/{part.course.slug}/"
    assert find_person(ADDRESS) == part.user
    assert client.session["_auth_user_id"] == str(part.user.pk)


def test_who_has_an_account_gets_the_way_to_the_course() -> None:
    part = make_enrollment(make_course(), role=Role.OBSERVER)
    invite(part)
    [message] = mail.outbox
    assert link(message) == f"http://127.0.0.1:8000/courses/{part.course.slug}/"
    assert "Sign in with it" in str(message.body)
    assert "Your part there: observer." in str(message.body)


def test_an_unpublished_course_says_that_it_is_seen_later() -> None:
    invite(awaited_part(make_course(published=False)))
    assert "not published yet" in str(mail.outbox[0].body)


def test_a_title_of_several_lines_makes_no_header_of_its_own() -> None:
    course = make_course()
    course.title = "One\r\nBcc: eve@example.org"
    course.save()
    invite(awaited_part(course))
    assert mail.outbox[0].subject == "“One Bcc: eve@example.org”: you take part"
    assert mail.outbox[0].recipients() == [ADDRESS]


@pytest.mark.parametrize(
    ("language", "subject"), [("fr", "«\u00a0{}\u00a0»\u00a0: vous participez"), ("en", "“{}”: you take part")]
)
def test_it_is_written_in_the_language_of_its_person(language: str, subject: str) -> None:
    part = awaited_part()
    User.objects.filter(pk=part.user.pk).update(language=language)
    invite(part)

    [message] = mail.outbox
    assert message.subject == subject.format(part.course.title)
    assert ("You were enrolled" in str(message.body)) is (language == "en")


def test_names_stand_in_a_mail_as_they_are() -> None:
    course = make_course()
    course.title = "Tea & <cake>"
    course.save()
    invite(awaited_part(course))
    assert "“Tea & <cake>”" in str(mail.outbox[0].body)


def test_the_part_says_when_its_person_was_invited() -> None:
    part = awaited_part()
    assert part.invited_at is None
    invite(part)
    part.refresh_from_db()
    assert part.invited_at is not None


def test_nothing_goes_out_before_the_transaction_is_over(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    part = awaited_part()
    with django_capture_on_commit_callbacks() as callbacks:
        invite_each([part.uuid], actor=None)
    assert (len(mail.outbox), len(callbacks), Job.objects.get().state) == (0, 1, "queued")


def test_inviting_twice_before_it_is_sent_sends_one() -> None:
    part = awaited_part()
    invite_each([part.uuid], actor=None)
    invite(part)
    assert len(mail.outbox) == 1


def test_a_job_that_is_repeated_after_it_was_recorded_sends_nothing() -> None:
    invite(awaited_part())
    assert not run_job(Job.objects.get().uuid)
    assert len(mail.outbox) == 1


def test_inviting_many_takes_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    subjects = [uuid4() for _ in range(120)]
    with django_assert_num_queries(1):
        invite_each(subjects, actor=None)
    assert Job.objects.filter(kind=INVITE).count() == 120


def left(part: Enrollment) -> None:
    Enrollment.objects.filter(pk=part.pk).update(left_at=NOW)


def erased(part: Enrollment) -> None:
    erase_person(part.user)


def inactive(part: Enrollment) -> None:
    User.objects.filter(pk=part.user.pk).update(is_active=False)


def gone(part: Enrollment) -> None:
    part.delete()


@pytest.mark.parametrize("happens", [left, erased, inactive, gone])
def test_whoever_is_gone_by_then_gets_no_mail(happens: Any) -> None:
    part = awaited_part()
    invite_each([part.uuid], actor=None)
    happens(part)
    send_due()
    assert (mail.outbox, Job.objects.get(kind=INVITE).state) == ([], "done")
    assert not Enrollment.objects.filter(invited_at__isnull=False).exists()


def test_who_verified_the_address_at_the_same_moment_gets_the_part_and_the_course() -> None:
    part = awaited_part()
    holder = User.objects.create_user(ADDRESS, email_verified_at=NOW)
    invite(part)
    part.refresh_from_db()
    assert part.user == holder
    assert not User.objects.filter(awaited_since__isnull=False).exists()
    assert "/accounts/invitation/" not in str(mail.outbox[0].body)


def test_whoever_invited_is_told_when_the_mail_cannot_be_sent() -> None:
    actor, part = make_person(), awaited_part()
    invite_each([part.uuid], actor=actor)
    job = Job.objects.get()
    claimed = claim(job.uuid)
    assert claimed is not None

    fail(claimed, "no route to host")

    [message] = unread_messages(actor)
    assert message.url == f"/studio/courses/{part.course.slug}/people/{part.uuid}/part/"
    assert "could not be sent" in message.text
    assert ADDRESS not in message.text


def test_nobody_is_told_of_what_nobody_sent() -> None:
    invite_each([awaited_part().uuid], actor=None)
    claimed = claim(Job.objects.get().uuid)
    assert claimed is not None
    fail(claimed, "no route to host")
    assert not InboxMessage.objects.exists()


def test_another_invitation_goes_out_after_ten_minutes_and_is_recorded() -> None:
    part = awaited_part()
    Enrollment.objects.filter(pk=part.pk).update(invited_at=NOW)

    with pytest.raises(CannotInvite, match="only just now"):
        invite_again(part, actor=None, at=NOW + timedelta(minutes=9))
    invite_again(part, actor=None, at=NOW + timedelta(minutes=11))
    send_due()

    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert [entry.verb for entry in history(f"enrollment:{part.uuid}")] == ["invited again"]


@pytest.mark.parametrize("case", ["has come", "has left"])
def test_who_needs_no_invitation_gets_none(case: str) -> None:
    part = make_enrollment(make_course()) if case == "has come" else awaited_part()
    if case == "has left":
        Enrollment.objects.filter(pk=part.pk).update(left_at=NOW)
    with pytest.raises(CannotInvite, match="needs no invitation"):
        invite_again(part, actor=None)
    assert not Job.objects.exists()


def test_a_repeat_after_a_worker_died_sends_again_rather_than_not_at_all() -> None:
    invite_each([awaited_part().uuid], actor=None)
    claimed = claim(Job.objects.get().uuid)
    assert claimed is not None
    assert [send_invitation(claimed), send_invitation(claimed)] == [True, True]
    assert len(mail.outbox) == 2
