"""Lists of people: shown line by line, then done as they were shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.domain.audit import history_of_course
from accounts.models import User
from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.models import Cohort, Course, Enrollment, Role
from jobs.models import Job
from quizzes.domain.attempts import start_attempt
from quizzes.domain.imported_people import (
    CHANGED_MEANWHILE,
    SO_ALREADY,
    apply,
    changes_of,
)
from quizzes.models import Attempt, RunState
from tests.factories import NOW, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.listed import applied, became, looked_at, undone
from tests.quizzes.domain.listed_people import (
    LEFT,
    becomes_an_observer,
    cohort_goes,
    comes_in_alone,
    course,
    email,
    leaves,
    owner,
    rows,
    the_part,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["course", "owner"]


def test_a_preview_says_line_by_line_what_would_happen_and_nothing_does(course: Course, owner: User) -> None:
    here, left = make_enrollment(course), make_enrollment(course, left_at=LEFT)
    text = (
        f"Email,Name,Cohort,Time\nnew@example.org,New,A,1.5\n{email(left)},,,\n{email(here)},,A,\n"
        f"{email(here)},,,\nbroken,,,\n"
    )
    before = rows(course)

    run = looked_at(course, text, actor=owner)

    assert run.state == RunState.PLANNED
    assert became(run, "line", "address", "fate", "said") == [
        (2, "new@example.org", "new", ""),
        (3, email(left), "back", ""),
        (4, email(here), "changes", ""),
        (5, email(here), "fault", "Line 4 has this address already. Leave one of them out."),
        (6, "broken", "fault", "“broken” is not an email address. Write it like name@example.org."),
    ]
    assert [changes_of(line) for line in run.lines.all()[:3]] == [
        {"cohort": ("", "A"), "time_factor": ("1.00", "1.50")},
        {"left_at": (LEFT.isoformat(), None)},
        {"cohort": ("", "A")},
    ]
    assert rows(course) == before
    assert not Cohort.objects.exists()
    assert not User.objects.filter(awaited_since__isnull=False).exists()


def test_what_was_shown_is_done_and_everybody_new_or_back_is_invited(course: Course, owner: User) -> None:
    here, left, same = make_enrollment(course), make_enrollment(course, left_at=LEFT), make_enrollment(course)
    text = f"Email,Cohort\nnew@example.org,A\n{email(left)},\n{email(here)},A\n{email(same)},\nbroken,\n"

    run = applied(looked_at(course, text, actor=owner))

    assert (run.state, run.text) == (RunState.APPLIED, "")
    assert became(run) == ["done", "done", "done", "planned", "planned"]
    assert {(row[0], row[2], row[7]) for row in rows(course)} == {
        ("new@example.org", "A", None),
        (email(left), None, None),
        (email(here), "A", None),
        (email(same), None, None),
    }
    assert set(Job.objects.filter(kind="invite").values_list("subject", flat=True)) == {
        the_part(course).uuid,
        left.uuid,
    }
    assert run.cohorts == [str(Cohort.objects.get().uuid)]


def test_every_part_has_its_entry_and_the_list_one_without_names(course: Course, owner: User) -> None:
    run = undone(applied(looked_at(course, "Email,Name\nnew@example.org,Xenia Quackenbush", actor=owner)))
    entries = history_of_course(course.uuid)
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("took an enrolment back", owner),
        ("undid a list", owner),
        ("enrolled", owner),
        ("applied a list", owner),
    ]
    assert {entry.subject for entry in entries if entry.verb.endswith("a list")} == {f"list:{run.uuid}"}
    assert {entry.detail.get("list") for entry in entries} == {None, str(run.uuid)}
    assert not any("Quackenbush" in str(entry.detail) + entry.subject for entry in entries)


def test_more_time_by_a_list_reaches_an_attempt_that_runs_and_stays_with_it(course: Course, owner: User) -> None:
    part = make_enrollment(course)
    attempt = start_attempt(make_quiz(course, time_limit_seconds=600), enrollment=part)
    run = applied(looked_at(course, f"Email,Time\n{email(part)},2", actor=owner))
    attempt.refresh_from_db()
    assert attempt.deadline_at == attempt.started_at + timedelta(seconds=1_200)

    undone(run)

    part.refresh_from_db()
    assert part.time_factor == 1
    assert Attempt.objects.get().deadline_at == attempt.deadline_at


@pytest.mark.parametrize("meanwhile", [leaves, becomes_an_observer, comes_in_alone, cohort_goes])
def test_a_preview_that_no_longer_holds_is_made_anew_and_nothing_is_done(
    course: Course, owner: User, meanwhile: Callable[[Course, Enrollment], None]
) -> None:
    make_cohort(course, name="A", actor=None)
    part = make_enrollment(course)
    run = looked_at(course, f"Email,Cohort,Days\nnew@example.org,A,\n{email(part)},,3", actor=owner)
    meanwhile(course, part)
    before = rows(course)

    run = applied(run)

    assert (run.state, run.is_outdated) == (RunState.PLANNED, True)
    assert rows(course) == before
    run = applied(run)
    assert (run.state, run.is_outdated) == (RunState.APPLIED, False)


def test_what_an_owner_was_shown_an_editor_does_not_do(course: Course, owner: User) -> None:
    editor = enrol(course, person=make_person(), role=Role.EDITOR).user
    run = looked_at(course, "Email,Role\nnew@example.org,editor\nlearner@example.org,", actor=owner)

    run = applied(run, actor=editor)

    assert (run.state, run.is_outdated) == (RunState.PLANNED, True)
    assert became(run, "fate") == [("fault",), ("new",)]
    assert [row[0] for row in rows(course)] == [editor.email]


def left_again(course: Course, _part: Enrollment) -> None:
    comes_in_alone(course, _part)
    Enrollment.objects.filter(user__email="new@example.org").update(left_at=LEFT)


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (comes_in_alone, SO_ALREADY),
        (left_again, CHANGED_MEANWHILE),
        (cohort_goes, "The cohort “A” is put away. Bring it back, or name another."),
    ],
)
def test_a_line_that_changes_while_the_list_is_applied_is_passed_over_and_says_why(
    course: Course, owner: User, meanwhile: Callable[[Course, Enrollment], None], said: str
) -> None:
    make_cohort(course, name="A", actor=None)
    part = make_enrollment(course)
    cohort = "A" if meanwhile is cohort_goes else ""
    run = looked_at(course, f"Email,Cohort,Days\nnew@example.org,{cohort},\n{email(part)},,3", actor=owner)
    meanwhile(course, part)
    lines = list(run.lines.all())

    apply(run, lines, NOW)

    assert [(line.state, line.said, line.done_at) for line in lines] == [("passed_over", said, None), ("done", "", NOW)]
    part.refresh_from_db()
    assert part.extra_days == 3


def test_what_else_changed_of_a_part_meanwhile_is_no_reason_to_pass_it_over(course: Course, owner: User) -> None:
    part = make_enrollment(course)
    run = looked_at(course, f"Email,Days\n{email(part)},3", actor=owner)
    becomes_an_observer(course, part)
    lines = list(run.lines.all())

    apply(run, lines, NOW)

    part.refresh_from_db()
    assert (lines[0].state, part.role, part.extra_days) == ("done", "observer", 3)
