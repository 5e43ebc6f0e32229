"""A list of people is applied as it was shown: whole, once, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.audit import history_of_course
from accounts.domain.people import create_person, find_person
from accounts.models import User
from course.domain.cohorts import make_cohort, put_away
from course.domain.parts import change_part, end_part
from course.domain.roster_applying import Enrolled, RosterChanged, apply_roster
from course.domain.rosters import Fate, plan_roster
from course.models import Cohort, Course, Enrollment, Role
from course.roster import read_roster
from quizzes.domain.attempts import start_attempt
from quizzes.domain.enrolling import enrol_by_list
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def seen(course: Course, text: str, *, by_owner: bool = True) -> str:
    return plan_roster(course, read_roster(text), by_owner=by_owner).digest


def applied(course: Course, text: str, *, digest: str | None = None, by_owner: bool = True) -> Enrolled:
    shown = digest or seen(course, text, by_owner=by_owner)
    return apply_roster(course, read_roster(text), seen=shown, by_owner=by_owner, actor=None, at=NOW)


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

    assert (len(enrolled.new), len(enrolled.back), enrolled.changed) == (2, 1, 1)
    assert enrolled.retimed == (moved.pk,)
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


def test_twice_is_once() -> None:
    course = make_course()
    text = f"Email,Cohort,Days\nnew@example.org,A,3\n{make_enrollment(course, left_at=NOW).user.email},B,"
    digest = seen(course, text)
    first = applied(course, text, digest=digest)
    after, entries = rows(course), history_of_course(course.uuid).count()

    assert applied(course, text, digest=digest) == Enrolled() != first
    assert (rows(course), history_of_course(course.uuid).count()) == (after, entries)


def leaves(course: Course, part: Enrollment) -> None:
    end_part(part, actor=None)


def becomes_an_observer(course: Course, part: Enrollment) -> None:
    change_part(part, role=Role.OBSERVER, cohort=None, starts_at=None, ends_at=None, actor=None)


def comes_in_alone(course: Course, part: Enrollment) -> None:
    Enrollment.objects.create(course=course, user=create_person("new@example.org"), enrolled_at=NOW)


def cohort_goes(course: Course, part: Enrollment) -> None:
    put_away(Cohort.objects.get(name="A"), actor=None)


@pytest.mark.parametrize("meanwhile", [leaves, becomes_an_observer, comes_in_alone, cohort_goes])
def test_what_was_not_shown_is_not_done(meanwhile: Callable[[Course, Enrollment], None]) -> None:
    course = make_course(owner=make_person())
    make_cohort(course, name="A", actor=None)
    part = make_enrollment(course)
    text = f"Email,Cohort,Days\nnew@example.org,A,\n{part.user.email},,3"
    digest = seen(course, text)
    meanwhile(course, part)
    before = rows(course)

    with pytest.raises(RosterChanged, match="have changed since you looked"):
        applied(course, text, digest=digest)

    assert rows(course) == before
    assert not User.objects.filter(awaited_since__isnull=False).exists()


@pytest.mark.parametrize("digest", ["", "0" * 64, "made up"])
def test_a_digest_that_nobody_was_shown_does_nothing(digest: str) -> None:
    course = make_course()
    roster = read_roster("Email\nnew@example.org")
    with pytest.raises(RosterChanged):
        apply_roster(course, roster, seen=digest, by_owner=True, actor=None)
    assert not course.enrollments.exists()


def test_what_an_owner_was_shown_an_editor_does_not_do() -> None:
    course = make_course()
    text = "Email,Role\nnew@example.org,editor\nlearner@example.org,"
    with pytest.raises(RosterChanged):
        applied(course, text, digest=seen(course, text, by_owner=True), by_owner=False)
    assert not course.enrollments.exists()


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
        digest = seen(course, text)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            applied(course, text, digest=digest)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_more_time_by_a_list_reaches_an_attempt_that_runs() -> None:
    course = make_course()
    part = make_enrollment(course)
    attempt = start_attempt(make_quiz(course, time_limit_seconds=600), enrollment=part)
    text = f"Email,Time\n{part.user.email},2\nnew@example.org,3"

    enrol_by_list(course, read_roster(text), seen=seen(course, text), by_owner=True, actor=None)

    attempt.refresh_from_db()
    assert attempt.deadline_at == attempt.started_at + timedelta(seconds=1_200)


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
        plan = plan_roster(course, read_roster(text), by_owner=True)
        applied(course, text)
        after = plan_roster(course, read_roster(text), by_owner=True)
        good = [line.address for line in plan.lines if line.fate != Fate.FAULT]
        assert [line.address for line in after.lines if line.fate == Fate.SAME] == good
        assert not after.doings
