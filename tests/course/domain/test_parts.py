"""Parts in a course, changed and ended, and the owner that it always keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.domain.audit import history_of_course
from course.domain.parts import change_part, changeable_parts, end_part, give_back_part, hand_over
from course.errors import LastOwner
from course.models import Cohort, Course, Enrollment, Role
from quizzes.domain.attempts import start_attempt
from quizzes.models import Attempt
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def owned() -> tuple[Course, Enrollment]:
    course = make_course(owner=make_person())
    return course, course.enrollments.get()


def changed(part: Enrollment, **fields: Any) -> bool:
    kept: dict[str, Any] = {"role": part.role, "cohort": part.cohort, "starts_at": None, "ends_at": None}
    return change_part(part, **{**kept, **fields}, actor=None)


def roles(course: Course) -> dict[int, str]:
    return dict(course.enrollments.values_list("user", "role"))


def test_role_cohort_and_dates_are_changed_together_and_recorded_without_names() -> None:
    course, owner = owned()
    cohort = Cohort.objects.create(course=course, name="Evenings")
    part = make_enrollment(course)
    dates = {"starts_at": NOW, "ends_at": NOW + timedelta(days=30)}

    assert change_part(part, role=Role.OBSERVER, cohort=cohort, **dates, actor=owner.user)

    kept = Enrollment.objects.get(pk=part.pk)
    assert (kept.role, kept.cohort, kept.starts_at, kept.ends_at) == (Role.OBSERVER, cohort, *dates.values())
    entry = history_of_course(course.uuid).get()
    assert (entry.verb, entry.subject) == ("changed a part", f"enrollment:{part.uuid}")
    assert entry.detail == {
        "changed": ["cohort", "ends_at", "role", "starts_at"],
        "from": "learner",
        "to": "observer",
    }


def test_the_same_again_changes_and_records_nothing() -> None:
    course, _ = owned()
    assert not changed(make_enrollment(course))
    assert not history_of_course(course.uuid).exists()


def test_an_owner_has_no_dates() -> None:
    course, _ = owned()
    part = make_enrollment(course, ends_at=NOW)
    changed(part, role=Role.OWNER, ends_at=NOW)
    assert (part.role, part.ends_at) == (Role.OWNER, None)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNER])
def test_the_last_owner_becomes_nothing_else(role: Role) -> None:
    course, owner = owned()
    with pytest.raises(LastOwner, match="keeps an owner"):
        changed(owner, role=role)
    assert roles(course) == {owner.user_id: Role.OWNER}


def test_the_last_owner_does_not_leave_and_one_of_two_does() -> None:
    course, owner = owned()
    with pytest.raises(LastOwner):
        end_part(owner, actor=None)
    second = make_enrollment(course, role=Role.OWNER)

    assert end_part(owner, actor=None, at=NOW)
    with pytest.raises(LastOwner):
        end_part(second, actor=None)


def test_an_ended_part_keeps_what_was_done_and_can_be_given_back() -> None:
    course, _ = owned()
    part = make_enrollment(course)
    attempt = start_attempt(make_quiz(course), enrollment=part)

    assert end_part(part, actor=None, at=NOW)
    assert not end_part(part, actor=None, at=NOW)
    assert Enrollment.objects.get(pk=part.pk).left_at == NOW
    assert Attempt.objects.get().enrollment == part

    assert give_back_part(part, actor=None)
    assert not give_back_part(part, actor=None)
    assert Enrollment.objects.get(pk=part.pk).left_at is None
    assert list(part.attempts.all()) == [attempt]
    assert [entry.verb for entry in history_of_course(course.uuid)] == ["gave a part back", "ended a part"]


def test_handing_over_makes_one_an_owner_and_the_other_an_editor() -> None:
    course, owner = owned()
    heir = make_enrollment(course, ends_at=NOW)

    hand_over(course, to=heir, actor=owner.user)

    assert roles(course) == {owner.user_id: Role.EDITOR, heir.user_id: Role.OWNER}
    assert Enrollment.objects.get(pk=heir.pk).ends_at is None


@pytest.mark.parametrize("case", ["to oneself", "by an editor", "to somebody who left", "to somebody elsewhere"])
def test_what_is_no_handing_over_changes_nothing(case: str) -> None:
    course, owner = owned()
    editor = make_enrollment(course, role=Role.EDITOR)
    left = make_enrollment(course, left_at=NOW)
    elsewhere = make_enrollment(make_course())
    actor, to = {
        "to oneself": (owner, owner),
        "by an editor": (editor, left),
        "to somebody who left": (owner, left),
        "to somebody elsewhere": (owner, elsewhere),
    }[case]
    before = roles(course)

    with pytest.raises(LastOwner, match="Only an owner"):
        hand_over(course, to=to, actor=actor.user)
    assert roles(course) == before
    assert roles(elsewhere.course) == {elsewhere.user_id: Role.LEARNER}
    assert not history_of_course(course.uuid).exists()


def test_an_editor_changes_learners_and_observers_and_an_owner_everybody() -> None:
    course, _ = owned()
    for role in Role:
        make_enrollment(course, role=role)
    make_enrollment(make_course())

    assert {part.role for part in changeable_parts(course, by_owner=False)} == {"learner", "observer"}
    assert {part.role for part in changeable_parts(course, by_owner=True)} == set(Role.values)
