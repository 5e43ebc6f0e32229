"""Whom an instructor gives more time, and how much."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict

from accounts.models import User
from course.models import Cohort, Enrollment
from quizzes.models import Attempt
from tests.factories import NOW
from web.studio.extending_form import ExtendingForm

ANA, BOB = UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a001"), UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a002")
COHORT = Cohort(uuid=UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a003"), name="Evenings")


def form(query: str | None) -> ExtendingForm:
    timed = Attempt(
        enrollment=Enrollment(uuid=ANA, user=User(name="Ana"), cohort=COHORT), deadline_at=NOW + timedelta(minutes=42)
    )
    free = Attempt(enrollment=Enrollment(uuid=BOB, user=User(name="Bob")))
    return ExtendingForm(query if query is None else QueryDict(query), at_work=[timed, free], cohorts=[COHORT])


def told(bound: Any) -> dict[str, list[str]]:
    bound.is_valid()
    return {name: [str(error) for error in errors] for name, errors in bound.errors.items()}


def test_everybody_at_work_stands_with_their_cohort_and_end() -> None:
    fields: Any = form(None).fields

    assert fields["learners"].choices == [
        (str(ANA), "Ana, Evenings, until 12:42"),
        (str(BOB), "Bob, without a limit"),
    ]
    assert fields["whom"].choices == [
        ("ticked", "Those ticked below"),
        ("everybody", "Everybody at work"),
        (str(COHORT.uuid), "Cohort: Evenings"),
    ]


@pytest.mark.parametrize(
    ("query", "minutes", "days", "learners", "cohort"),
    [
        (f"whom=ticked&learners={BOB}&learners={ANA}&minutes=5", 5, 0, [BOB, ANA], None),
        ("whom=everybody&days=1", 0, 1, [], None),
        ("whom=everybody&minutes=600&days=366", 600, 366, [], None),
        (f"whom={COHORT.uuid}&minutes=0&days=2", 0, 2, [], COHORT.uuid),
    ],
)
def test_what_is_given_is_read(query: str, minutes: int, days: int, learners: list[UUID], cohort: UUID | None) -> None:
    bound = form(query)

    assert told(bound) == {}
    given = bound.cleaned_data
    assert (given["minutes"], given["days"], given["learners"], bound.cohort) == (minutes, days, learners, cohort)


def test_who_has_handed_in_meanwhile_is_no_mistake() -> None:
    gone = UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a009")

    bound = form(f"whom=ticked&learners={gone}&minutes=5")

    assert told(bound) == {}
    assert bound.cleaned_data["learners"] == [gone]


NOTHING = {"minutes": ["Say how many minutes or days they get."]}
NOBODY = {"learners": ["Tick at least one learner, or choose everybody or a cohort."]}


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("whom=everybody", NOTHING),
        ("whom=everybody&minutes=0&days=0", NOTHING),
        ("whom=ticked&minutes=5", NOBODY),
        ("whom=ticked", {**NOTHING, **NOBODY}),
        ("minutes=5", {"whom": ["This field is required."]}),
        (
            f"whom={ANA}&minutes=5",
            {"whom": [f"Select a valid choice. {ANA} is not one of the available choices."]},
        ),
        ("whom=everybody&minutes=-1", {"minutes": ["Ensure this value is greater than or equal to 0."]}),
        ("whom=everybody&minutes=601", {"minutes": ["Ensure this value is less than or equal to 600."]}),
        ("whom=everybody&days=367", {"days": ["Ensure this value is less than or equal to 366."]}),
        ("whom=everybody&minutes=1.5", {"minutes": ["Enter a whole number."]}),
        ("whom=everybody&days=٣x", {"days": ["Enter a whole number."]}),
        (
            "whom=ticked&learners=Ana&minutes=5",
            {"learners": ["Select a valid choice. Ana is not one of the available choices."]},
        ),
    ],
)
def test_what_gives_nobody_anything_is_told(query: str, errors: dict[str, list[str]]) -> None:
    assert told(form(query)) == errors
