"""What is asked about people: more time, a part with its dates, addresses, codes, cohorts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from course.domain.cohorts import put_away
from course.models import Cohort, Course, Enrollment, Role
from tests.factories import NOW, make_course, make_enrollment
from web.studio.people_form import AccommodationForm, CodeForm, CohortForm, EnrolForm, PartForm

WHOLE = [role.value for role in Role]
TAUGHT = ["learner", "observer"]
FAR_OFF = ["Choose a day between 1970 and 2999."]
NO_CHOICE = ["Select a valid choice. That choice is not one of the available choices."]


def told(form: Any) -> dict[str, list[str]]:
    form.is_valid()
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def offered(form: Any, name: str = "role") -> list[str]:
    return [value for value, _ in form.fields[name].choices]


def cohort_of(course: Course, name: str = "Evenings", **fields: Any) -> Cohort:
    return Cohort.objects.create(course=course, name=name, **fields)


def part_form(part: Enrollment, *, by_owner: bool = True, **sent: Any) -> PartForm:
    return PartForm({"role": "learner", **sent}, part=part, by_owner=by_owner)


@pytest.mark.parametrize(
    ("factor", "days", "kept"),
    [
        ("1", "0", {"time_factor": Decimal(1), "extra_days": 0}),
        ("10", "366", {"time_factor": Decimal(10), "extra_days": 366}),
        ("1.25", "7", {"time_factor": Decimal("1.25"), "extra_days": 7}),
        (" 1.5 ", " 7 ", {"time_factor": Decimal("1.5"), "extra_days": 7}),
    ],
)
def test_more_time_is_kept_as_typed(factor: str, days: str, kept: dict[str, Any]) -> None:
    form = AccommodationForm({"time_factor": factor, "extra_days": days})

    assert told(form) == {}
    assert form.cleaned_data == kept


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"time_factor": "0.99"}, {"time_factor": ["Ensure this value is greater than or equal to 1."]}),
        ({"time_factor": "10.01"}, {"time_factor": ["Ensure this value is less than or equal to 10."]}),
        ({"time_factor": "1.255"}, {"time_factor": ["Ensure that there are no more than 2 decimal places."]}),
        ({"time_factor": "1e99"}, {"time_factor": ["Ensure this value is less than or equal to 10."]}),
        ({"time_factor": "sNaN"}, {"time_factor": ["Enter a number."]}),
        ({"extra_days": "1.5"}, {"extra_days": ["Enter a whole number."]}),
        ({"extra_days": "367"}, {"extra_days": ["Ensure this value is less than or equal to 366."]}),
        ({"extra_days": ""}, {"extra_days": ["This field is required."]}),
    ],
)
def test_time_that_nobody_can_have_is_told(sent: dict[str, str], errors: dict[str, list[str]]) -> None:
    assert told(AccommodationForm({"time_factor": "1", "extra_days": "0", **sent})) == errors


@pytest.mark.django_db
@pytest.mark.parametrize(("by_owner", "roles"), [(True, WHOLE), (False, TAUGHT)])
def test_who_does_not_own_the_course_gives_the_parts_of_those_taught(by_owner: bool, roles: list[str]) -> None:
    form = part_form(make_enrollment(make_course()), by_owner=by_owner)

    assert offered(form) == roles
    assert form.is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(set(WHOLE) - set(TAUGHT)))
def test_a_part_that_is_not_theirs_to_give_is_refused_whatever_is_sent(role: str) -> None:
    part = make_enrollment(make_course())

    assert told(part_form(part, by_owner=False, role=role)) == {
        "role": [f"Select a valid choice. {role} is not one of the available choices."]
    }
    assert told(part_form(part, by_owner=True, role=role)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts", "ends", "errors"),
    [
        ("", "", {}),
        ("2027-01-01T08:00", "", {}),
        ("", "2027-01-01T08:00", {}),
        ("2027-01-01T08:00", "2027-01-01T08:01", {}),
        ("1970-01-01T00:00", "2999-12-31T23:59", {}),
        ("2027-01-01T08:00", "2027-01-01T08:00", {"ends_at": ["It ends before it begins. Choose a later end."]}),
        ("2027-01-02T08:00", "2027-01-01T08:00", {"ends_at": ["It ends before it begins. Choose a later end."]}),
        ("soon", "", {"starts_at": ["Enter a valid date/time."]}),
        ("", "2027-01-32T08:00", {"ends_at": ["Enter a valid date/time."]}),
        ("0001-01-01T00:00+14:00", "", {"starts_at": FAR_OFF}),
        ("", "9999-12-31T23:59-12:00", {"ends_at": FAR_OFF}),
        ("", "1969-12-31T23:59", {"ends_at": FAR_OFF}),
    ],
)
def test_a_part_ends_after_it_begins(starts: str, ends: str, errors: dict[str, list[str]]) -> None:
    assert told(part_form(make_enrollment(make_course()), starts_at=starts, ends_at=ends)) == errors


@pytest.mark.django_db
def test_a_moment_with_a_zone_is_the_same_moment() -> None:
    form = part_form(make_enrollment(make_course()), starts_at="2027-01-01T08:00+02:00")

    assert told(form) == {}
    assert form.cleaned_data["starts_at"] == datetime(2027, 1, 1, 6, tzinfo=UTC)


@pytest.mark.django_db
def test_open_cohorts_of_the_course_are_offered_and_the_one_that_is_kept() -> None:
    course = make_course()
    mornings, evenings = cohort_of(course, "Mornings"), cohort_of(course, "Evenings")
    own, old = cohort_of(course, "Nights"), cohort_of(course, "Weekends")
    elsewhere = cohort_of(make_course(), "Elsewhere")
    part = make_enrollment(course, cohort=own)
    for away in (own, old):
        put_away(away, actor=None, at=NOW)

    form: Any = part_form(part)

    assert set(form.fields["cohort"].queryset) == {mornings, evenings, own}
    for cohort in (mornings, own):
        assert told(part_form(part, cohort=str(cohort.uuid))) == {}
    for unknown in (old.uuid, elsewhere.uuid, uuid4()):
        assert told(part_form(part, cohort=str(unknown))) == {"cohort": NO_CHOICE}


@pytest.mark.django_db
@pytest.mark.parametrize("cohort", ["evenings", "\x00", "1", "0f0e6c44"])
def test_a_cohort_is_chosen_by_its_id_alone(cohort: str) -> None:
    form = part_form(make_enrollment(make_course()), cohort=cohort)

    assert list(told(form)) == ["cohort"]


@pytest.mark.django_db
def test_a_part_is_shown_as_it_is_and_sent_back_unchanged() -> None:
    course = make_course()
    part = make_enrollment(course, role=Role.OBSERVER, cohort=cohort_of(course), starts_at=NOW)

    opened = PartForm(None, part=part, by_owner=True)
    sent = {name: str(opened[name].value() or "") for name in opened.fields}
    form = PartForm(sent, part=part, by_owner=True)

    assert told(form) == {}
    assert form.cleaned_data == {"role": "observer", "cohort": part.cohort, "starts_at": NOW, "ends_at": None}


@pytest.mark.django_db
@pytest.mark.parametrize(("by_owner", "roles"), [(True, WHOLE[1:]), (False, TAUGHT)])
def test_nobody_is_enrolled_as_an_owner_and_by_an_editor_only_those_taught(by_owner: bool, roles: list[str]) -> None:
    form = EnrolForm({}, course=make_course(), by_owner=by_owner)

    assert offered(form) == roles
    assert told(form) == {"addresses": ["This field is required."], "role": ["This field is required."]}


@pytest.mark.django_db
def test_addresses_are_typed_with_a_part_and_a_cohort() -> None:
    course = make_course()
    cohort = cohort_of(course)
    sent = {"addresses": "a@example.org, b@example.org", "role": "observer"}

    alone = EnrolForm(sent, course=course, by_owner=False)
    together = EnrolForm({**sent, "cohort": str(cohort.uuid)}, course=course, by_owner=False)

    assert (told(alone), told(together)) == ({}, {})
    assert alone.typed == {"text": "a@example.org, b@example.org", "role": "observer", "cohort": None}
    assert together.typed["cohort"] == "Evenings"


@pytest.mark.django_db
def test_more_addresses_than_anybody_types_are_refused() -> None:
    form = EnrolForm({"addresses": "a" * 50_001, "role": "learner"}, course=make_course(), by_owner=True)

    assert told(form) == {"addresses": ["Ensure this value has at most 50000 characters (it has 50001)."]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {}),
        ({"most_uses": "1"}, {}),
        ({"most_uses": "100000", "expires_at": "2027-01-01T08:00"}, {}),
        ({"most_uses": "0"}, {"most_uses": ["Ensure this value is greater than or equal to 1."]}),
        ({"most_uses": "100001"}, {"most_uses": ["Ensure this value is less than or equal to 100000."]}),
        ({"most_uses": "many"}, {"most_uses": ["Enter a whole number."]}),
        ({"expires_at": "9999-12-31T23:59"}, {"expires_at": FAR_OFF}),
        ({"expires_at": "never"}, {"expires_at": ["Enter a valid date/time."]}),
    ],
)
def test_a_code_is_made_on_terms_that_can_be(sent: dict[str, str], errors: dict[str, list[str]]) -> None:
    assert told(CodeForm(sent, course=make_course())) == errors


@pytest.mark.django_db
def test_a_code_leads_into_an_open_cohort_of_its_course_alone() -> None:
    course = make_course()
    cohort, away = cohort_of(course), cohort_of(course, "Nights", archived_at=NOW)
    elsewhere = cohort_of(make_course())

    assert told(CodeForm({"cohort": str(cohort.uuid)}, course=course)) == {}
    for unknown in (away, elsewhere):
        assert told(CodeForm({"cohort": str(unknown.uuid)}, course=course)) == {"cohort": NO_CHOICE}


@pytest.mark.parametrize(("name", "is_one"), [("Evenings", True), ("x" * 120, True), ("x" * 121, False), ("  ", False)])
def test_a_cohort_has_a_name_that_fits(name: str, is_one: bool) -> None:
    assert CohortForm({"name": name}).is_valid() == is_one
