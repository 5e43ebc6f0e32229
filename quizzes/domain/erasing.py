"""A person forgotten: what they wrote is gone, and what was counted and graded stays without a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import JSONField, Q, QuerySet, Value
from oauth2_provider.models import get_access_token_model, get_application_model, get_refresh_token_model

from accounts.domain.audit import record
from accounts.models import InboxMessage, PersonalToken, User
from course.domain.parts import TAUGHT
from course.errors import LastOwner
from course.models import Course, Enrollment, Note, Role
from jobs.domain import ClaimedJob, enqueue
from jobs.domain.clock import DatabaseClock
from jobs.models import Job
from quizzes.domain.erasing_reasons import ERASED, erase_reasons, runs_that_name
from quizzes.models import AnswerEvent, Appeal, CauseKind, GradingEvent, RegradeLine, Response
from quizzes.questions import kinds
from quizzes.questions.base import Control

ERASE_PERSON = "erase_person"
IN_OWN_WORDS = frozenset({Control.LINE, Control.LONG_TEXT, Control.NUMBER, Control.GAPS})
"""Controls whose answers the learner types; what is chosen is not theirs to be known by, and statistics need it."""
BY_PEOPLE = (CauseKind.MANUAL, CauseKind.OVERRIDE, CauseKind.APPEAL)
NOTHING = Value(None, JSONField())
"""JSON's null: the column is not empty, which a tried answer may not be, and the guards let it pass as erasing."""
IS_KNOWN = ~Q(name="") | Q(email__isnull=False) | Q(is_active=True)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Rows of one sort that erasing a person touches: `rows` of them, and what becomes of them, in words."""

    what: str
    rows: int
    becomes: str


def what_erasing_touches(person: User) -> tuple[Forgotten, ...]:
    """What erasing the person would touch, by sort of row; those without rows are left out. Changes nothing."""
    found = [Forgotten(what, rows.count(), becomes) for what, becomes, rows in _touched(person)]
    return tuple(each for each in found if each.rows)


def ask_to_erase(person: User, *, actor: User | None) -> Job:
    """A job will erase the person; asking again while it waits is the same job. They cannot sign in from now on.

    Raises LastOwner while a course would be left without an owner.
    """
    with transaction.atomic():
        _leave_to_heirs(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
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


@transaction.atomic
def erase_person(person: User) -> Mapping[str, int]:
    """Nothing that the person is known by, or put in their own words, is kept; again, it changes nothing.

    Attempts, choices, grades, results and statistics stay with a person without name and address. Set-based: a
    constant number of statements. Returns the rows touched by sort. Raises LastOwner as ask_to_erase.
    """
    _leave_to_heirs(person)
    touched = {each.what: each.rows for each in what_erasing_touches(person)}
    _erase_words(person)
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


def _touched(person: User) -> list[tuple[str, str, QuerySet[Any]]]:
    """Every sort of row that erasing touches and that still has something to erase."""
    typed = _typed(person)
    words = ~Q(feedback="") | ~Q(detail={})
    return [
        ("account", "stays without name, address and password", User.objects.filter(IS_KNOWN, pk=person.pk)),
        ("address", "is deleted", EmailAddress.objects.filter(user=person)),
        ("personal token", "is deleted", PersonalToken.objects.filter(user=person)),
        ("inbox message", "is deleted", InboxMessage.objects.filter(user=person)),
        ("note in a margin", "is deleted", Note.objects.filter(enrollment__user=person)),
        ("answer in own words", "is emptied; its grade stays", typed.exclude(_is_nothing("answer"))),
        ("earlier wording of an answer", "is emptied", _typed_events(person).exclude(_is_nothing("answer"))),
        ("appeal", "loses its words; its outcome stays", _appeals(person).exclude(text=ERASED, decision="")),
        ("grading", "stays in the ledger without its words", _told(person).filter(words)),
        ("line of a regrade", "loses its words; its grades stay", _lines(person).exclude(outcome={})),
        ("reason of a regrade", "is emptied where it speaks of the person", runs_that_name(person)),
        ("line of the staff’s log", "loses the name", _log(person).exclude(object_repr=ERASED)),
        *(("key of another system", "is deleted", rows) for rows in _systems(person)),
    ]


def _is_nothing(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{field: NOTHING})


def _typed(person: User) -> QuerySet[Response]:
    by_hand = [kind.kind for kind in kinds() if kind.control in IN_OWN_WORDS]
    return Response.objects.filter(attempt__enrollment__user=person, version__kind__in=by_hand)


def _typed_events(person: User) -> QuerySet[AnswerEvent]:
    return AnswerEvent.objects.filter(response__in=_typed(person).order_by().values("pk"))


def _appeals(person: User) -> QuerySet[Appeal]:
    return Appeal.objects.filter(response__attempt__enrollment__user=person)


def _told(person: User) -> QuerySet[GradingEvent]:
    """Gradings whose words may speak of the person or repeat theirs: what people wrote, and on typed answers all."""
    theirs = GradingEvent.objects.filter(response__attempt__enrollment__user=person)
    return theirs.filter(Q(cause_kind__in=BY_PEOPLE) | Q(response__in=_typed(person).order_by().values("pk")))


def _lines(person: User) -> QuerySet[RegradeLine]:
    """Lines of regrades that are over: one that is still to be applied needs what it says."""
    return RegradeLine.objects.filter(response__attempt__enrollment__user=person, applied_at__isnull=False)


def _log(person: User) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(
        content_type__app_label="accounts", content_type__model="user", object_id=str(person.pk)
    )


def _systems(person: User) -> list[QuerySet[Any]]:
    owning = (get_access_token_model(), get_refresh_token_model(), get_application_model())
    return [model.objects.filter(user=person) for model in owning]


def _erase_words(person: User) -> None:
    erase_reasons(person)
    # Events first: they are found by the responses, whose kind does not change.
    _typed_events(person).order_by().update(answer=NOTHING)
    _told(person).order_by().update(feedback="", detail={})
    _lines(person).order_by().update(outcome={})
    _typed(person).order_by().filter(tries__gt=0).update(tried=NOTHING)
    _typed(person).order_by().update(answer=NOTHING)
    _appeals(person).order_by().update(text=ERASED, decision="")


def _erase_belongings(person: User) -> None:
    Note.objects.filter(enrollment__user=person).delete()
    InboxMessage.objects.filter(user=person).delete()
    PersonalToken.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    _log(person).update(object_repr=ERASED, change_message="")
    for rows in _systems(person):
        rows.delete()
