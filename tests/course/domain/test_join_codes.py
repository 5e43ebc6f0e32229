"""Codes that let people into a course."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.audit import history_of_course
from course.domain.cohorts import bring_back, make_cohort, put_away
from course.domain.join_codes import (
    LENGTH,
    LETTERS,
    code_typed,
    join,
    make_code,
    open_codes,
    replace_code,
    withdraw_code,
)
from course.errors import CodeRefused
from course.models import Cohort, Course, CourseState, Enrollment, JoinCode, Role
from tests.factories import NOW, make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def made(course: Course | None = None, **terms: Any) -> JoinCode:
    return make_code(course or make_course(), actor=None, at=NOW, **terms)


def test_who_joins_is_a_learner_in_the_codes_cohort() -> None:
    course = make_course()
    cohort = Cohort.objects.create(course=course, name="Evenings")
    person = make_person()

    part = join(made(course, cohort=cohort).code, person=person, at=NOW)

    assert (part.user, part.role, part.cohort, part.enrolled_at) == (person, Role.LEARNER, cohort, NOW)
    assert JoinCode.objects.get().uses == 1


def test_joining_again_keeps_the_part_and_uses_nothing_up() -> None:
    code, person = made(most_uses=1), make_person()

    first = join(code.code, person=person, at=NOW)

    with pytest.raises(CodeRefused):
        code_typed(code.code, at=NOW)
    JoinCode.objects.update(most_uses=2)
    assert join(code.code, person=person, at=NOW) == first
    assert JoinCode.objects.get().uses == 1


def test_who_owns_the_course_stays_its_owner() -> None:
    owner = make_person()
    code = made(make_course(owner=owner))

    assert join(code.code, person=owner, at=NOW).role == Role.OWNER
    assert JoinCode.objects.get().uses == 0


def test_who_was_taken_out_does_not_come_in_by_a_code() -> None:
    code = made()
    left = make_enrollment(code.course, left_at=NOW)

    with pytest.raises(CodeRefused, match="taken out"):
        join(code.code, person=left.user, at=NOW)
    assert JoinCode.objects.get().uses == 0


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param({"withdrawn_at": NOW}, id="withdrawn"),
        pytest.param({"expires_at": NOW}, id="out of date, to the instant"),
        pytest.param({"most_uses": 2, "uses": 2}, id="used up"),
        pytest.param({"code": "ANOTHER234"}, id="another code"),
    ],
)
def test_a_code_that_lets_nobody_in_says_no_more_than_that(spoil: dict[str, Any]) -> None:
    code = made()
    JoinCode.objects.update(**spoil)

    with pytest.raises(CodeRefused) as refused:
        join(code.code, person=make_person(), at=NOW)
    assert str(refused.value) == CodeRefused.message
    assert not Enrollment.objects.exists()


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.ARCHIVED])
def test_a_code_waits_for_its_course_to_be_published(state: CourseState) -> None:
    code = made()
    Course.objects.update(state=state)
    with pytest.raises(CodeRefused):
        code_typed(code.code, at=NOW)


@pytest.mark.parametrize("typed", ["{0}", "{1}", " {0} ", "{2}", "{1}.", "{3}"])
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    code = made()
    spaced = " ".join(code.code)
    assert code_typed(typed.format(code.code, code, code.code.lower(), spaced), at=NOW) == code


@given(text=st.text(max_size=60))
def test_whatever_else_is_typed_is_refused(text: str) -> None:
    with pytest.raises(CodeRefused):
        code_typed(text, at=NOW)


def test_codes_are_hard_to_guess_and_easy_to_read_out() -> None:
    codes = {made().code for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in codes)
    assert not set("01IOil") & set(LETTERS)


def test_a_replaced_code_is_over_and_the_new_one_has_the_uses_that_were_left() -> None:
    code = made(most_uses=3, expires_at=NOW + timedelta(days=1))
    join(code.code, person=make_person(), at=NOW)

    new = replace_code(code, actor=None, at=NOW)

    assert (new.most_uses, new.expires_at, new.uses) == (2, code.expires_at, 0)
    with pytest.raises(CodeRefused):
        code_typed(code.code, at=NOW)
    assert code_typed(new.code, at=NOW) == new


def test_a_code_is_withdrawn_once_and_that_is_kept_on_record() -> None:
    owner = make_person()
    code = make_code(make_course(owner=owner), actor=owner, at=NOW)

    assert withdraw_code(code, actor=owner, at=NOW)
    assert not withdraw_code(code, actor=owner, at=NOW)
    with pytest.raises(CodeRefused, match="withdrawn already"):
        replace_code(code, actor=owner, at=NOW)

    log = [(entry.verb, entry.actor) for entry in history_of_course(code.course.uuid)]
    assert log == [("withdrew a code", owner), ("made a code", owner)]


def test_a_code_that_is_used_up_is_not_replaced() -> None:
    code = made(most_uses=1)
    join(code.code, person=make_person(), at=NOW)

    with pytest.raises(CodeRefused, match="used up"):
        replace_code(code, actor=None, at=NOW)
    assert JoinCode.objects.get().withdrawn_at is None


def test_a_code_lets_nobody_into_a_cohort_that_was_put_away() -> None:
    course = make_course()
    cohort = make_cohort(course, name="Evenings", actor=None)
    code = made(course, cohort=cohort)
    put_away(cohort, actor=None, at=NOW)
    waiting = make_person()

    with pytest.raises(CodeRefused):
        join(code.code, person=waiting, at=NOW)
    assert (cohort.enrollments.count(), list(open_codes(at=NOW))) == (0, [])

    bring_back(cohort, actor=None)
    assert join(code.code, person=waiting, at=NOW).cohort == cohort


def test_a_cohort_put_away_shuts_no_code_of_another() -> None:
    course = make_course()
    away, open_one = (make_cohort(course, name=name, actor=None) for name in ("Evenings", "Mornings"))
    codes = [made(course), made(course, cohort=open_one), made(course, cohort=away)]
    put_away(away, actor=None, at=NOW)

    assert [code in open_codes(at=NOW) for code in codes] == [True, True, False]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    most_uses=st.none() | st.integers(1, 3),
    hours=st.none() | st.integers(-2, 2),
    deeds=st.lists(st.sampled_from(["join", "join", "withdraw", "replace", "again"]), max_size=7),
)
def test_whatever_is_done_with_codes_no_more_people_come_in_than_they_were_made_for(
    most_uses: int | None, hours: int | None, deeds: list[str]
) -> None:
    expires = None if hours is None else NOW + timedelta(hours=hours)
    course = make_course()
    code = made(course, most_uses=most_uses, expires_at=expires)
    people = []
    for deed in deeds:
        with suppress(CodeRefused):
            if deed == "join":
                people.append(make_person())
                join(code.code, person=people[-1], at=NOW)
            elif deed == "again" and people:
                join(code.code, person=people[0], at=NOW)
            elif deed == "withdraw":
                withdraw_code(code, actor=None, at=NOW)
            elif deed == "replace":
                code = replace_code(code, actor=None, at=NOW)

    inside = Enrollment.objects.filter(course=course).count()
    assert inside == sum(JoinCode.objects.filter(course=course).values_list("uses", flat=True))
    assert most_uses is None or inside <= most_uses
    assert expires is None or expires > NOW or inside == 0
    assert open_codes(at=NOW).filter(course=course).count() <= 1
