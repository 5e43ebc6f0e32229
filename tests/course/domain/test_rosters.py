"""What a list of people would do, line by line, and that nothing is done by looking."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.domain.awaited import people_or_awaited
from accounts.domain.people import create_person
from accounts.models import User
from course.domain.cohorts import make_cohort, put_away
from course.domain.rosters import Fate, RosterPlan, plan_roster
from course.models import Cohort, Course, Enrollment, Role
from course.roster import Entry, Roster, read_roster
from tests.factories import NOW, make_course, make_enrollment

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def planned(course: Course, text: str, *, by_owner: bool = True) -> RosterPlan:
    return plan_roster(course, read_roster(text), by_owner=by_owner)


def fates(course: Course, text: str, *, by_owner: bool = True) -> list[Fate]:
    return [line.fate for line in planned(course, text, by_owner=by_owner).lines]


def reason(course: Course, text: str, *, by_owner: bool = True) -> str:
    [line] = planned(course, text, by_owner=by_owner).lines
    assert line.fate == Fate.FAULT
    return line.reason


def email(part: Enrollment) -> str:
    return str(part.user.email)


def test_each_line_says_what_becomes_of_it_and_nothing_is_done() -> None:
    course = make_course()
    mornings = make_cohort(course, name="Mornings", actor=None)
    same, moved = make_enrollment(course, cohort=mornings), make_enrollment(course, cohort=mornings)
    left = make_enrollment(course, left_at=NOW)
    text = f"Email,Cohort\nnew@example.org,Evenings\n{email(same)},\n{email(moved)},Evenings\n{email(left)},\nana,"

    plan = planned(course, text)

    assert [(line.line, line.fate) for line in plan.lines] == [
        (2, Fate.NEW),
        (3, Fate.SAME),
        (4, Fate.CHANGES),
        (5, Fate.BACK),
        (6, Fate.FAULT),
    ]
    assert [line.changes for line in plan.lines[:4]] == [
        {"cohort": ("", "Evenings")},
        {},
        {"cohort": ("Mornings", "Evenings")},
        {},
    ]
    assert plan.lines[4].reason == "“ana” is not an email address. Write it like name@example.org."
    assert plan.new_cohorts == ("Evenings",)
    assert [line.line for line in plan.doings] == [2, 4, 5]
    assert (Cohort.objects.count(), Enrollment.objects.count(), User.objects.count()) == (1, 3, 3)


def test_everything_a_line_says_becomes_of_the_part() -> None:
    course = make_course()
    part = make_enrollment(course)
    header = "Email,Role,Cohort,Time factor,Extra days,Begins,Ends"
    [line] = planned(course, f"{header}\n{email(part)},observer,A,1.5,7,2027-01-01,2027-01-31").lines
    assert line.changes == {
        "role": ("learner", "observer"),
        "cohort": ("", "A"),
        "time_factor": (Decimal("1.00"), Decimal("1.50")),
        "extra_days": (0, 7),
        "starts_at": (None, datetime(2027, 1, 1, tzinfo=UTC)),
        "ends_at": (None, datetime(2027, 2, 1, tzinfo=UTC)),
    }


def test_what_a_line_does_not_say_stays() -> None:
    course = make_course()
    cohort = make_cohort(course, name="A", actor=None)
    kept: dict[str, Any] = {"cohort": cohort, "time_factor": Decimal("1.50"), "extra_days": 3, "ends_at": NOW}
    part = make_enrollment(course, role=Role.GRADER, **kept)
    assert fates(course, f"Email,Role,Cohort,Time,Days,Ends\n{email(part)},,,,,") == [Fate.SAME]


def test_a_time_is_that_of_the_installations_clocks(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Prague"
    [line] = planned(make_course(), "Email,Begins\na@example.org,2027-01-01 09:00").lines
    assert line.after is not None
    assert line.after.starts_at == datetime(2027, 1, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("written", ["evenings", "EVENINGS", " Evenings "])
def test_a_cohort_is_found_in_other_letters(written: str) -> None:
    course = make_course()
    part = make_enrollment(course, cohort=make_cohort(course, name="Evenings", actor=None))
    plan = planned(course, f"Email,Cohort\n{email(part)},{written}\nnew@example.org,{written}")
    assert [line.fate for line in plan.lines] == [Fate.SAME, Fate.NEW]
    assert (plan.lines[1].changes, plan.new_cohorts) == ({"cohort": ("", "Evenings")}, ())


def test_a_new_cohort_is_made_once_in_the_letters_that_come_first() -> None:
    plan = planned(make_course(), "Email,Cohort\na@example.org,Late\nb@example.org,LATE\nc@example.org,")
    assert plan.new_cohorts == ("Late",)
    assert [line.changes for line in plan.lines] == [{"cohort": ("", "Late")}] * 2 + [{}]


def test_nobody_new_comes_into_a_cohort_that_was_put_away_and_who_is_in_it_stays() -> None:
    course = make_course()
    cohort = make_cohort(course, name="A", actor=None)
    part = make_enrollment(course, cohort=cohort)
    put_away(cohort, actor=None)
    assert "“A” is put away" in reason(course, "Email,Cohort\nnew@example.org,a")
    assert fates(course, f"Email,Cohort,Days\n{email(part)},A,3") == [Fate.CHANGES]


def test_the_same_address_twice_is_a_fault_of_the_second() -> None:
    plan = planned(make_course(), "Email\na@example.org\nA@Example.org")
    assert [line.fate for line in plan.lines] == [Fate.NEW, Fate.FAULT]
    assert plan.lines[1].reason == "Line 2 has this address already. Leave one of them out."


def test_a_part_never_ends_before_it_began_whoever_set_its_dates() -> None:
    course = make_course()
    part = make_enrollment(course, starts_at=datetime(2027, 6, 1, tzinfo=UTC))
    assert "It ends before it begins" in reason(course, f"Email,Ends\n{email(part)},2027-05-01")


@pytest.mark.parametrize("by_owner", [True, False])
def test_owners_are_left_alone_and_made_by_nobody(by_owner: bool) -> None:
    course = make_course()
    owner = make_enrollment(course, role=Role.OWNER)
    assert "neither makes owners" in reason(course, "Email,Role\nnew@example.org,owner", by_owner=by_owner)
    assert "neither makes owners" in reason(course, f"Email,Role\n{email(owner)},learner", by_owner=by_owner)
    assert fates(course, f"Email\n{email(owner)}", by_owner=by_owner) == [Fate.SAME]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.GRADER, Role.ASSISTANT])
def test_only_an_owner_gives_and_changes_the_parts_of_staff(role: Role) -> None:
    course = make_course()
    part = make_enrollment(course, role=role)
    for text in (f"Email,Role\nnew@example.org,{role}", f"Email,Role\n{email(part)},learner"):
        assert "Only an owner gives" in reason(course, text, by_owner=False)
        assert Fate.FAULT not in fates(course, text)


def test_a_preview_tells_nothing_of_accounts_elsewhere() -> None:
    create_person("known@example.org", name="Known Elsewhere")
    create_person("claimed@example.org", name="Only claimed", verified=False)
    people_or_awaited({"awaited@example.org": "Awaited Elsewhere"})
    text = "Email,Name\n{}@example.org,As written"
    course = make_course()
    lines = [planned(course, text.format(who)).lines[0] for who in ("known", "claimed", "awaited", "nobody")]
    assert {(line.name, line.fate, line.part, line.before, line.after, line.reason) for line in lines} == {
        ("As written", Fate.NEW, None, None, lines[0].after, "")
    }


def test_who_only_claims_an_address_is_not_found_by_it() -> None:
    course = make_course()
    claimer = create_person("ana@example.org", verified=False)
    Enrollment.objects.create(course=course, user=claimer, enrolled_at=NOW)
    assert fates(course, "Email\nana@example.org") == [Fate.NEW]


def test_a_moment_that_is_one_already_is_taken_as_it_is() -> None:
    """In the hour that clocks have twice, a time on the wall would not say which is meant."""
    course, moment = make_course(), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    [line] = plan_roster(course, Roster((Entry(2, "ana@example.org", starts_at=moment),)), by_owner=True).lines
    assert line.after is not None
    assert line.after.starts_at == moment


def test_who_comes_back_is_planned_with_when_they_left() -> None:
    course = make_course()
    left, here = make_enrollment(course, left_at=NOW), make_enrollment(course)
    plan = planned(course, f"Email\n{email(left)}\n{email(here)}")
    assert [line.left_at for line in plan.lines] == [NOW, None]


def test_a_plan_takes_three_queries_for_any_number(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course = make_course()
    parts = [make_enrollment(course) for _ in range(5)]
    long = "Email,Cohort\n" + "".join(f"{email(part)},A\nx{email(part)},B\n" for part in parts)
    for text in (f"Email\n{email(parts[0])}", long):
        with django_assert_num_queries(3):
            planned(course, text)
