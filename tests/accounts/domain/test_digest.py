"""The mail digest: to whom, when, what it says, and that it is said once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain.digest import (
    HOLD,
    MAIL_DIGEST,
    ask_for_digests,
    counted_kinds,
    give_up_digest,
    mail_settings,
    set_mail,
    stop_link,
    stop_mail,
)
from accounts.domain.inbox import mark_read, notify
from accounts.domain.people import create_person
from accounts.models import InboxMessage, MailRule, MutedKind, User
from accounts.notices import notice_kinds
from jobs.domain import run_job
from jobs.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EVERY = MailRule.Every


@pytest.fixture
def reachable() -> User:
    return create_person("ada@example.org", name="Ada")


def for_all() -> set[str]:
    """The sorts that everybody is asked about."""
    return {slug for slug, kind in notice_kinds.items() if not kind.to_teachers}


def told(person: User, *kinds: str, ago: timedelta = 2 * HOUR) -> None:
    """The person was told something of each sort, so long ago."""
    for kind in kinds or ("graded",):
        notify(person, kind=kind, text=f"Secret words about {kind}: 83 %.")
    InboxMessage.objects.filter(user=person, mailed_at=None).update(created_at=datetime.now(UTC) - ago)


def mailed() -> list[Any]:
    """The mails of the digests that are due now."""
    mail.outbox.clear()
    ask_for_digests()
    for job in Job.objects.filter(kind=MAIL_DIGEST, finished_at=None):
        run_job(job.uuid)
    return list(mail.outbox)


def test_it_says_how_many_of_which_sort_wait_and_repeats_none(reachable: User) -> None:
    told(reachable, "graded", "graded", "regraded")

    (letter,) = mailed()

    assert (letter.subject, letter.to) == ("3 new messages for you", ["ada@example.org"])
    assert "- people graded your answers to 2 quizzes\n- your answers were graded again\n" in letter.body
    assert "Ada,\n\nthis waits for you at" in letter.body
    assert "/accounts/inbox/" in letter.body
    assert "Secret" not in letter.body
    assert "83" not in letter.body


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("fr", "3 nouveaux messages pour vous", "- des personnes ont noté vos réponses à 2 quiz\n"),
        ("en", "3 new messages for you", "- people graded your answers to 2 quizzes\n"),
        ("", "3 new messages for you", "- people graded your answers to 2 quizzes\n"),
    ],
)
def test_it_is_written_in_the_language_of_its_person(reachable: User, language: str, subject: str, line: str) -> None:
    User.objects.filter(pk=reachable.pk).update(language=language)
    told(reachable, "graded", "graded", "regraded")

    (letter,) = mailed()

    assert letter.subject == subject
    assert line in letter.body
    assert ("waits for you" in letter.body) is (language != "fr")


def test_one_message_is_told_in_the_singular(reachable: User) -> None:
    told(reachable)

    assert [letter.subject for letter in mailed()] == ["One new message for you"]


def test_what_was_mailed_is_never_mailed_again(reachable: User) -> None:
    told(reachable)
    assert len(mailed()) == 1
    MailRule.objects.update(mailed_at=datetime.now(UTC) - 9 * DAY)

    assert mailed() == []

    told(reachable, "regraded")
    (letter,) = mailed()
    assert "graded your answers" not in letter.body


@pytest.mark.parametrize(
    ("every", "since", "comes"),
    [
        (EVERY.DAY, DAY + HOUR, True),
        (EVERY.DAY, DAY - HOUR, False),
        (EVERY.WEEK, 6 * DAY, False),
        (EVERY.WEEK, 7 * DAY + HOUR, True),
        (EVERY.WEEK, None, True),
        (EVERY.NEVER, 90 * DAY, False),
        (EVERY.NEVER, None, False),
    ],
)
def test_it_comes_as_often_as_its_person_wants(
    reachable: User, every: MailRule.Every, since: timedelta | None, comes: bool
) -> None:
    told(reachable)
    MailRule.objects.create(user=reachable, every=every, mailed_at=datetime.now(UTC) - since if since else None)

    assert bool(mailed()) is comes


def test_what_was_told_within_the_hour_waits(reachable: User) -> None:
    told(reachable, ago=HOLD - timedelta(minutes=1))

    assert mailed() == []


def test_what_was_read_is_not_mailed(reachable: User) -> None:
    told(reachable)
    mark_read(reachable)

    assert mailed() == []


def test_what_is_read_while_the_job_waits_is_not_mailed(reachable: User) -> None:
    told(reachable)
    ask_for_digests()
    mark_read(reachable)
    run_job(Job.objects.get(kind=MAIL_DIGEST).uuid)

    assert mail.outbox == []
    assert not MailRule.objects.exists()


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"email_verified_at": None}, {"email": None, "email_verified_at": None}]
)
def test_only_a_verified_address_of_somebody_active_gets_mail(reachable: User, change: dict[str, Any]) -> None:
    told(reachable)
    User.objects.filter(pk=reachable.pk).update(**change)

    assert mailed() == []


def test_a_sort_that_is_kept_out_is_not_counted_and_brings_no_mail_alone(reachable: User) -> None:
    set_mail(reachable, every=EVERY.DAY, mailed=set(notice_kinds) - {"graded"})
    told(reachable, "graded")
    assert mailed() == []

    told(reachable, "graded", "extension")
    (letter,) = mailed()
    assert letter.subject == "One new message for you"
    assert "graded" not in letter.body


def test_another_persons_rules_and_messages_change_nothing(reachable: User) -> None:
    other = create_person("eve@example.org", name="Eve")
    set_mail(other, every=EVERY.NEVER, mailed=[])
    told(reachable)
    told(other)

    assert [letter.to for letter in mailed()] == [["ada@example.org"]]


def test_asking_twice_makes_one_job_for_each_person(reachable: User) -> None:
    told(reachable)

    assert [ask_for_digests(), ask_for_digests()] == [1, 1]
    assert Job.objects.filter(kind=MAIL_DIGEST).count() == 1


def test_a_job_that_is_given_up_leaves_its_person_alone_for_a_period(reachable: User) -> None:
    told(reachable)
    ask_for_digests()
    give_up_digest(Job.objects.get(kind=MAIL_DIGEST), "no server")

    assert ask_for_digests() == 0
    assert InboxMessage.objects.filter(read_at=None, mailed_at=None).count() == 1


def test_a_job_about_somebody_who_is_gone_is_done(reachable: User) -> None:
    told(reachable)
    ask_for_digests()
    reachable.delete()
    run_job(Job.objects.get(kind=MAIL_DIGEST).uuid)

    assert Job.objects.get(kind=MAIL_DIGEST).result == {"mailed": 0}


def test_every_mail_can_be_stopped_by_its_own_link(reachable: User) -> None:
    told(reachable)
    (letter,) = mailed()
    link = stop_link(reachable)

    assert letter.extra_headers["List-Unsubscribe"].startswith("<http")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = link.rstrip("/").rsplit("/", 1)[-1]
    assert [stop_mail(token), stop_mail(token)] == [True, True]
    assert mail_settings(reachable)[0] == EVERY.NEVER


@pytest.mark.parametrize("token", ["", "nothing", "a:b:c", "\x00", "é" * 500])
def test_a_link_that_is_none_stops_nothing(reachable: User, token: str) -> None:
    assert not stop_mail(token)
    assert not MailRule.objects.exists()


def test_without_a_choice_all_sorts_come_once_a_day(reachable: User) -> None:
    every, kinds = mail_settings(reachable)

    assert every == EVERY.DAY
    assert {kind.slug for kind in kinds} == for_all()
    assert all(kind.is_mailed for kind in kinds)
    assert [kind.label for kind in kinds] == sorted(kind.label for kind in kinds)


def test_what_is_chosen_is_kept_and_choosing_again_replaces_it(reachable: User) -> None:
    set_mail(reachable, every=EVERY.WEEK, mailed=["graded"])
    set_mail(reachable, every=EVERY.WEEK, mailed=["graded"])
    assert MutedKind.objects.count() == len(for_all()) - 1

    set_mail(reachable, every=EVERY.DAY, mailed=["graded", "regraded"])
    every, kinds = mail_settings(reachable)

    assert every == EVERY.DAY
    assert {kind.slug for kind in kinds if kind.is_mailed} == {"graded", "regraded"}


@pytest.mark.parametrize("how", ["may author", "was told one"])
def test_what_goes_to_teachers_is_asked_of_them_alone(reachable: User, how: str) -> None:
    assert "invitation" not in {kind.slug for kind in mail_settings(reachable)[1]}
    if how == "may author":
        reachable.may_author = True
        reachable.save()
    else:
        told(reachable, "invitation")

    assert "invitation" in {kind.slug for kind in mail_settings(reachable)[1]}


def test_what_somebody_is_not_asked_about_stays_as_they_left_it(reachable: User) -> None:
    MutedKind.objects.create(user=reachable, kind="invitation")
    set_mail(reachable, every=EVERY.DAY, mailed=for_all())

    assert list(MutedKind.objects.values_list("kind", flat=True)) == ["invitation"]


def test_choosing_does_not_bring_the_next_digest_forward(reachable: User) -> None:
    told(reachable)
    mailed()
    set_mail(reachable, every=EVERY.DAY, mailed=list(notice_kinds))
    told(reachable)

    assert mailed() == []


def test_sorts_are_counted_the_most_first_and_unknown_ones_together() -> None:
    assert counted_kinds(["gone", "graded", "lost", "graded", "graded"]) == [
        "people graded your answers to 3 quizzes",
        "2 other messages",
    ]


def test_asking_takes_two_statements_however_many_are_told() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask_for_digests(at=datetime.now(UTC))
        return sum(query["sql"].startswith(("SELECT", "INSERT")) for query in captured.captured_queries)

    told(create_person("one@example.org"))
    few = statements()
    Job.objects.all().delete()
    for number in range(12):
        told(create_person(f"more{number}@example.org"), "graded", "regraded")

    assert statements() == few
