"""A person forgotten: what they wrote is gone, and what was counted and graded stays without a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet
from oauth2_provider.models import get_access_token_model, get_application_model, get_refresh_token_model

from accounts.domain.audit import record
from accounts.models import InboxMessage, KeyedCall, MailRule, MutedKind, PersonalToken, User
from course.domain.parts import TAUGHT
from course.errors import LastOwner
from course.models import Course, Enrollment, Role
from jobs.domain import ClaimedJob, enqueue
from jobs.domain.clock import DatabaseClock
from jobs.models import Job
from language import marked
from quizzes.domain.erasing_lists import erase_from_lists, lists_touched
from quizzes.domain.erasing_reasons import ERASED, erase_reasons, runs_that_name
from quizzes.domain.erasing_words import (
    Forgotten,
    Touched,
    belongings_touched,
    counted_rows,
    delete_belongings,
    erase_words,
    hold_parts,
    words_touched,
)
from quizzes.models import WeeklyGoal

ERASE_PERSON = "erase_person"
IS_KNOWN = ~Q(name="") | Q(email__isnull=False) | Q(is_active=True)


def what_erasing_touches(person: User) -> tuple[Forgotten, ...]:
    """What erasing the person would touch, by sort of row; those without rows are left out. Changes nothing."""
    return counted_rows(_touched(person))


def ask_to_erase(person: User, *, actor: User | None) -> Job:
    """A job will erase the person; asking again while it waits is the same job. They cannot sign in from now on.

    Raises LastOwner while a course would be left without an owner.
    """
    with transaction.atomic():
        _shut_out(person)
        record("asked to erase a person", subject=f"person:{person.uuid}", actor=actor)
        return enqueue(ERASE_PERSON, subject=person.uuid)


def begin_erasing(claimed: ClaimedJob) -> UUID | None:
    """Whom the job is about: all is done where it is recorded, in one transaction."""
    return claimed.subject


def record_erased(_claimed: ClaimedJob, subject: UUID | None) -> dict[str, int]:
    """The person is erased; returns how many rows of each sort were touched."""
    person = User.objects.filter(uuid=subject).first() if subject else None
    return {} if person is None else dict(erase_person(person))


def give_up_erasing(_job: Job, _error: str) -> None:
    """Nothing was erased, as all is one transaction; the job waits for a person, who runs it again."""


def erase_person_now(person: User) -> Mapping[str, int]:
    """As ask_to_erase and the job behind it, at once. Returns and raises as erase_person."""
    _shut_out(person)
    return erase_person(person)


@transaction.atomic
def _shut_out(person: User) -> None:
    """They cannot sign in from now on, nor is anything stored that they send: committed before they are erased."""
    _leave_to_heirs(person)
    User.objects.filter(pk=person.pk).update(is_active=False)


@transaction.atomic
def erase_person(person: User) -> Mapping[str, int]:
    """Nothing that the person is known by, or put in their own words, is kept; again, it changes nothing.

    Attempts, choices, grades, results and statistics stay with a person without name and address. Their parts are
    held. Set-based: a constant number of statements. Returns the rows touched by sort. Raises LastOwner as
    ask_to_erase.
    """
    _leave_to_heirs(person)
    hold_parts(_parts(person))
    touched = {each.what: each.rows for each in what_erasing_touches(person)}
    erase_reasons(person)
    erase_from_lists(person)
    erase_words(_parts(person))
    delete_belongings(_parts(person))
    _erase_belongings(person)
    User.objects.filter(IS_KNOWN, pk=person.pk).update(
        name="",
        email=None,
        email_verified_at=None,
        awaited_since=None,
        password=make_password(None),
        is_active=False,
        is_staff=False,
        is_superuser=False,
        may_author=False,
    )
    if touched:
        record("erased a person", subject=f"person:{person.uuid}", detail={"rows": touched})
    return touched


def _leave_to_heirs(person: User) -> None:
    """The person teaches nowhere any more. The courses they own are locked: no other owner leaves one meanwhile."""
    owners = Enrollment.objects.filter(role=Role.OWNER, left_at__isnull=True)
    owned = list(Course.objects.select_for_update().filter(pk__in=owners.filter(user=person).values("course")))
    inherited = set(owners.filter(course__in=owned).exclude(user=person).values_list("course", flat=True))
    orphans = [course.title for course in owned if course.pk not in inherited]
    if orphans:
        raise LastOwner(f"Nobody else owns “{orphans[0]}”. Hand it over, or delete it, before its owner is erased.")
    teaching = Enrollment.objects.filter(user=person, left_at__isnull=True).exclude(role__in=TAUGHT)
    teaching.update(left_at=DatabaseClock())


def _touched(person: User) -> list[Touched]:
    """Every sort of row that erasing touches and that still has something to erase."""
    return [
        (
            marked("account"),
            marked("stays without name, address and password"),
            User.objects.filter(IS_KNOWN, pk=person.pk),
        ),
        *_belongings(person),
        *belongings_touched(_parts(person)),
        *words_touched(_parts(person)),
        (marked("reason of a regrade"), marked("is emptied where it speaks of the person"), runs_that_name(person)),
        *lists_touched(person),
        (marked("line of the staff’s log"), marked("loses the name"), _log(person).exclude(object_repr=ERASED)),
    ]


def _belongings(person: User) -> list[Touched]:
    """Every sort of row that is the person's alone, beside what their parts hold."""
    return [
        (marked("address"), marked("is deleted"), EmailAddress.objects.filter(user=person)),
        (marked("personal token"), marked("is deleted"), PersonalToken.objects.filter(user=person)),
        (marked("answer to a program"), marked("is deleted"), KeyedCall.objects.filter(user=person)),
        (marked("inbox message"), marked("is deleted"), InboxMessage.objects.filter(user=person)),
        (marked("rule about mail"), marked("is deleted"), MailRule.objects.filter(user=person)),
        (marked("sort of message kept out of mail"), marked("is deleted"), MutedKind.objects.filter(user=person)),
        (marked("weekly goal"), marked("is deleted"), WeeklyGoal.objects.filter(user=person)),
        *((marked("key of another system"), marked("is deleted"), rows) for rows in _systems(person)),
    ]


def _parts(person: User) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(user=person)


def _log(person: User) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(
        content_type__app_label="accounts", content_type__model="user", object_id=str(person.pk)
    )


def _systems(person: User) -> list[QuerySet[Any]]:
    owning = (get_access_token_model(), get_refresh_token_model(), get_application_model())
    return [model.objects.filter(user=person) for model in owning]


def _erase_belongings(person: User) -> None:
    _log(person).update(object_repr=ERASED, change_message="")
    for _what, _becomes, rows in _belongings(person):
        rows.delete()
