"""A list of people is applied as it was planned: whole, once, or not at all."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.audit import history_of_course
from accounts.domain.awaited import people_or_awaited
from accounts.domain.people import create_person, find_person
from accounts.models import User
from course.domain.roster_applying import Enrolled, RosterChanged, apply_roster
from course.domain.rosters import Fate, RosterPlan, plan_roster
from course.models import Cohort, Course, Enrollment
from course.roster import read_roster
from tests.factories import NOW, make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


CAUSE = UUID(int=7)


def planned(course: Course, text: str) -> RosterPlan:
    return plan_roster(course, read_roster(text), by_owner=True)


def applied(course: Course, text: str, *, cause: UUID | None = None) -> Enrolled:
    return apply_roster(course, planned(course, text), actor=None, at=NOW, cause=cause)


def rows(course: Course) -> list[tuple[object, ...]]:
    """Everything that lists change, by address."""
    wanted = ("user__email", "role", "cohort__name", "time_factor", "extra_days", "starts_at", "ends_at", "left_at")
    return list(course.enrollments.order_by("user__email", "pk").values_list(*wanted))


def test_people_come_in_come_back_and_change_in_one_go() -> None:
    course = make_course()
    known, left, moved = make_person(), make_enrollment(course, left_at=NOW), make_enrollment(course)
    text = (
        "Email,Name,Role,Cohort,Time,Days\n"
        f"{known.email},Other name,observer,A,,\n"
        "new@example.org,New Person,,A,1.5,2\n"
        f"{left.user.email},,,,,\n"
        f"{moved.user.email},,,B,,7\n"
        "broken,,,,,\n"
    )

    enrolled = applied(course, text)

    assert (len(enrolled.new), enrolled.back, enrolled.changed) == (2, [left], [moved])
    assert enrolled.retimed == [moved]
    assert set(enrolled.cohorts) == set(Cohort.objects.values_list("uuid", flat=True))
    assert set(rows(course)) == {
        (known.email, "observer", "A", Decimal("1.00"), 0, None, None, None),
        ("new@example.org", "learner", "A", Decimal("1.50"), 2, None, None, None),
        (left.user.email, "learner", None, Decimal("1.00"), 0, None, None, None),
        (moved.user.email, "learner", "B", Decimal("1.00"), 7, None, None, None),
    }
    assert [cohort.name for cohort in Cohort.objects.order_by("name")] == ["A", "B"]
    known.refresh_from_db()
    assert known.name != "Other name"


def test_who_has_no_account_is_awaited_and_cannot_sign_in() -> None:
    applied(make_course(), "Email,Name\nnew@example.org,New Person")
    person = User.objects.get(email="new@example.org")
    assert (person.name, person.awaited_since, person.email_verified_at) == ("New Person", NOW, None)
    assert not person.has_usable_password()
    assert find_person("new@example.org") is None


def test_an_account_that_only_claims_the_address_gets_nothing() -> None:
    claimer = create_person("ana@example.org", password="three quiet words", verified=False)
    applied(make_course(), "Email\nana@example.org")
    assert not claimer.enrollments.exists()
    assert Enrollment.objects.get().user.awaited_since == NOW


def test_somebody_awaited_in_one_course_is_the_same_person_in_another() -> None:
    one, two = make_course(), make_course()
    applied(one, "Email\nana@example.org")
    applied(two, "Email\nAna@example.org")
    assert one.enrollments.get().user == two.enrollments.get().user


def test_every_part_has_its_entry_without_names() -> None:
    course = make_course()
    moved, left = make_enrollment(course), make_enrollment(course, left_at=NOW)
    applied(course, f"Email,Cohort\nnew@example.org,A\n{moved.user.email},A\n{left.user.email},")
    new = Enrollment.objects.get(user__email="new@example.org")
    said = {entry.subject: (entry.verb, entry.detail) for entry in history_of_course(course.uuid)}
    assert said == {
        f"enrollment:{new.uuid}": ("enrolled", {"by": "list", "changed": ["cohort"], "to": "learner"}),
        f"enrollment:{moved.uuid}": ("changed a part", {"by": "list", "changed": ["cohort"], "to": "learner"}),
        f"enrollment:{left.uuid}": ("gave a part back", {"by": "list", "changed": [], "to": "learner"}),
    }


@pytest.mark.parametrize(("cause", "named"), [(None, {}), (CAUSE, {"list": str(CAUSE)})], ids=["typed", "a list"])
def test_an_entry_names_the_list_that_it_came_by(cause: UUID | None, named: dict[str, str]) -> None:
    course = make_course()
    applied(course, "Email\nnew@example.org", cause=cause)
    [entry] = history_of_course(course.uuid)
    assert entry.detail == {"by": "list", "changed": [], "to": "learner", **named}


def test_twice_is_once() -> None:
    course = make_course()
    text = f"Email,Cohort,Days\nnew@example.org,A,3\n{make_enrollment(course, left_at=NOW).user.email},B,"
    applied(course, text)
    after, entries = rows(course), history_of_course(course.uuid).count()

    assert applied(course, text) == Enrolled()
    assert (rows(course), history_of_course(course.uuid).count()) == (after, entries)


def test_somebody_who_joined_since_the_plan_stops_all_of_it() -> None:
    course = make_course()
    plan = planned(course, "Email,Cohort\nnew@example.org,A\nother@example.org,A")
    Enrollment.objects.create(
        course=course, user=people_or_awaited({"new@example.org": ""})["new@example.org"], enrolled_at=NOW
    )

    with pytest.raises(RosterChanged, match="have changed just now"):
        apply_roster(course, plan, actor=None)

    assert [row[0] for row in rows(course)] == ["new@example.org"]
    assert not Cohort.objects.exists()


def test_a_list_of_faults_does_nothing() -> None:
    course = make_course()
    assert applied(course, "Email\nana\n@\n,") == Enrolled()
    assert not User.objects.exists()


def test_a_list_takes_the_same_statements_for_two_people_and_for_sixty() -> None:
    counts = []
    for size in (2, 60):
        course = make_course()
        parts = [make_enrollment(course) for _ in range(size)]
        lines = [f"{part.user.email},A" for part in parts] + [f"new{size}-{n}@example.org,B" for n in range(size)]
        text = "Email,Cohort\n" + "\n".join(lines)
        plan = planned(course, text)
        with CaptureQueriesContext(connection) as captured:
            apply_roster(course, plan, actor=None)
        counts.append(len(captured))
    assert counts[0] == counts[1]


ADDRESSES = [f"person-{n}@example.org" for n in range(4)]
LINES = st.lists(
    st.tuples(
        st.sampled_from([*ADDRESSES, "broken"]),
        st.sampled_from(["", "learner", "observer", "king"]),
        st.sampled_from(["", "A", "a", "B"]),
        st.sampled_from(["", "1", "1.5", "20"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, min_size=1, max_size=3))
def test_after_any_lists_the_last_one_has_nothing_left_to_do(db: None, lists: list[list[tuple[str, ...]]]) -> None:
    course = make_course()
    for lines in lists:
        text = "Email,Role,Cohort,Time\n" + "\n".join(",".join(line) for line in lines)
        plan = planned(course, text)
        applied(course, text)
        after = planned(course, text)
        good = [line.address for line in plan.lines if line.fate != Fate.FAULT]
        assert [line.address for line in after.lines if line.fate == Fate.SAME] == good
        assert not after.doings
