"""What was answered in own words is kept as long as its course says, and no figure changes when it is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEntry
from authoring.domain.publish import archive_course, restore_course
from course.domain.parts import end_part, give_back_part
from course.models import Course, Enrollment, Role
from jobs.domain import run_job
from jobs.domain.claim import claim
from jobs.domain.sweep import sweep
from jobs.models import Job
from quizzes.domain import retention
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.rebuild import rebuild_results
from quizzes.domain.retention import (
    BATCH,
    LEAST_DAYS,
    MOST_DAYS,
    days_kept,
    erase_past_batch,
    erase_when_past,
    keep_answers_for,
    parts_past,
    what_is_past,
)
from quizzes.models import AnswerEvent, Response
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz
from tests.quizzes.domain.test_erasing import NAME, Known, dump, figures, known

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["known"]

DAY = timedelta(days=1)
LATER = NOW + timedelta(days=400)


@pytest.fixture
def part(known: Known) -> Enrollment:
    """A part that ended on the day NOW, in a course that keeps answers for a hundred days after."""
    Course.objects.filter(pk=known.course.pk).update(keep_answers_days=100)
    part = Enrollment.objects.get(user=known.person)
    end_part(part, actor=None, at=NOW)
    return part


def own_words(part: Enrollment) -> list[Any]:
    return list(Response.objects.filter(attempt__enrollment=part, position=2).values_list("answer", flat=True))


@pytest.mark.parametrize(("days", "is_past"), [(0, False), (99, False), (100, True), (4_000, True)])
def test_a_part_is_past_from_the_day_on_that_its_course_says(part: Enrollment, days: int, is_past: bool) -> None:
    assert parts_past(at=NOW + days * DAY).contains(part) == is_past


@pytest.mark.parametrize(
    "fields",
    [{"left_at": NOW}, {"ends_at": NOW}, {"left_at": NOW, "ends_at": LATER}, {"left_at": LATER, "ends_at": NOW}],
)
def test_leaving_or_the_end_of_its_dates_ends_a_part_whichever_comes_first(fields: dict[str, Any]) -> None:
    course = make_course()
    Course.objects.filter(pk=course.pk).update(keep_answers_days=30)
    part = make_enrollment(course, starts_at=NOW - DAY, **fields)
    assert list(parts_past(at=NOW + 29 * DAY)) == []
    assert list(parts_past(at=NOW + 30 * DAY)) == [part]


def test_archiving_a_course_ends_every_part_and_restoring_it_begins_them_again() -> None:
    course = make_course()
    Course.objects.filter(pk=course.pk).update(keep_answers_days=30)
    part = make_enrollment(course)
    archive_course(course, actor=None)
    archived_at = Course.objects.get(pk=course.pk).archived_at
    assert archived_at is not None
    assert list(parts_past(at=archived_at + 29 * DAY)) == []
    assert list(parts_past(at=archived_at + 30 * DAY)) == [part]
    restore_course(course, actor=None)
    assert Course.objects.get(pk=course.pk).archived_at is None
    assert list(parts_past(at=archived_at + 30 * DAY)) == []


@pytest.mark.parametrize("role", Role)
def test_only_parts_of_learners_and_observers_are_past(role: Role) -> None:
    course = make_course(owner=make_person())
    Course.objects.filter(pk=course.pk).update(keep_answers_days=30)
    part = make_enrollment(course, role=role, left_at=NOW)
    assert parts_past(at=LATER).contains(part) == (role in (Role.LEARNER, Role.OBSERVER))


@pytest.mark.parametrize(
    ("own", "usual", "kept"), [(None, 0, None), (None, 365, 365), (30, 0, 30), (30, 365, 30), (3_650, 365, 3_650)]
)
def test_a_course_goes_by_its_own_rule_else_by_the_installations(own: int | None, usual: int, kept: int | None) -> None:
    course = make_course()
    Course.objects.filter(pk=course.pk).update(keep_answers_days=own)
    part = make_enrollment(course, left_at=NOW)
    course.refresh_from_db()
    with override_settings(KEEP_ANSWERS_DAYS=usual):
        assert days_kept(course) == kept
        days = kept or 0
        assert list(parts_past(at=NOW + days * DAY)) == ([part] if kept else [])
        assert list(parts_past(at=NOW + days * DAY - timedelta(seconds=1))) == []


def test_words_go_and_every_figure_and_name_stays(known: Known, part: Enrollment) -> None:
    before = figures()
    assert erase_past_batch(at=LATER) == 1

    assert own_words(part) == [None]
    assert set(
        AnswerEvent.objects.filter(response__attempt__enrollment=part, response__position=2).values_list(
            "answer", flat=True
        )
    ) == {None}
    assert figures() == before
    assert rebuild_results(check=True) == []
    assert Enrollment.objects.get(pk=part.pk).user.name == NAME
    assert own_words(known.other) == ["To keep the water for themselves."]
    assert part.notes.count() == 1


def test_what_is_listed_is_what_is_erased_and_told_without_a_name(known: Known, part: Enrollment) -> None:
    before = dump()
    [past] = what_is_past(at=LATER)
    assert dump() == before
    assert (past.course, past.parts) == (known.course, 1)
    erase_past_batch(at=LATER)
    [entry] = AuditEntry.objects.filter(verb="erased past answers")
    rows = {each.what: each.rows for each in past.rows}
    assert (entry.actor, entry.course, entry.detail) == (None, known.course.uuid, {"parts": 1, "rows": rows})
    assert (rows["answer in own words"], rows["earlier wording of an answer"], rows["appeal"]) == (1, 2, 1)
    assert what_is_past(at=LATER) == []


def test_a_part_is_done_once_and_again_when_it_ended_again(part: Enrollment) -> None:
    assert [erase_past_batch(at=LATER), erase_past_batch(at=LATER)] == [1, 0]
    before = dump()
    assert (erase_past_batch(at=LATER), dump()) == (0, before)
    give_back_part(part, actor=None)
    assert not parts_past(at=LATER + 500 * DAY).exists()
    end_part(part, actor=None, at=LATER + DAY)
    assert not parts_past(at=LATER + 100 * DAY).exists()
    assert list(parts_past(at=LATER + 101 * DAY)) == [part]


def test_answers_on_their_way_to_a_grade_are_left_until_they_have_it(known: Known, part: Enrollment) -> None:
    give_back_part(part, actor=None)
    attempt = start_attempt(make_quiz(known.course), enrollment=part)
    save_answer(attempt, given=GivenAnswer(1, "k7", None))
    submit_attempt(attempt)
    end_part(part, actor=None, at=NOW)
    assert not parts_past(at=LATER).exists()
    for job in Job.objects.filter(state="queued"):
        run_job(job.uuid)
    assert list(parts_past(at=LATER)) == [part]


def test_batches_are_of_one_course_and_none_is_larger_than_it_may_be() -> None:
    first, second = make_course(), make_course()
    Course.objects.update(keep_answers_days=30)
    ended = [(first, BATCH + 1), (second, 1)]
    for course, number in ended:
        for _ in range(number):
            make_enrollment(course, left_at=NOW)
    assert [erase_past_batch(at=LATER) for _ in range(4)] == [BATCH, 1, 1, 0]
    assert not AuditEntry.objects.exists()


def test_the_sweeper_asks_for_a_job_only_where_something_is_past(part: Enrollment) -> None:
    erase_when_past(NOW)
    assert not Job.objects.filter(kind=retention.ERASE_PAST).exists()
    erase_when_past(LATER)
    erase_when_past(LATER)
    assert Job.objects.filter(kind=retention.ERASE_PAST).count() == 1


def test_nothing_is_kept_for_a_time_by_default(known: Known) -> None:
    end_part(Enrollment.objects.get(user=known.person), actor=None, at=NOW)
    erase_when_past(NOW + 100_000 * DAY)
    assert not Job.objects.filter(kind=retention.ERASE_PAST).exists()


def test_a_worker_that_died_between_batches_is_followed_by_one_that_goes_on(
    part: Enrollment, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 1)
    Enrollment.objects.filter(pk__in=[part.pk, known.other.pk]).update(left_at=NOW - 200 * DAY)
    erase_when_past()
    job = Job.objects.get(kind=retention.ERASE_PAST)
    dead = claim(job.uuid)
    assert erase_past_batch() == 1
    assert sorted(answer is None for each in (part, known.other) for answer in own_words(each)) == [False, True]

    Job.objects.filter(pk=job.pk).update(lease_until=NOW - 200 * DAY)
    sweep()
    run_job(job.uuid)

    assert [*own_words(part), *own_words(known.other)] == [None, None]
    assert (dead is not None, Job.objects.get(pk=job.pk).result) == (True, {"parts": 1})
    assert not parts_past().exists()


@pytest.mark.parametrize("days", [LEAST_DAYS, 365, MOST_DAYS, None])
def test_a_rule_is_set_once_and_audited(days: int | None) -> None:
    owner = make_person()
    course = make_course(owner=owner)
    Course.objects.filter(pk=course.pk).update(keep_answers_days=77)

    assert [keep_answers_for(course, days=days, by=owner) for _ in range(2)] == [True, False]

    assert Course.objects.get(pk=course.pk).keep_answers_days == days
    [entry] = AuditEntry.objects.filter(course=course.uuid)
    assert (entry.verb, entry.actor, entry.detail) == (
        "set how long answers are kept",
        owner,
        {"from": 77, "to": days},
    )


@pytest.mark.parametrize("days", [LEAST_DAYS - 1, 0, MOST_DAYS + 1])
def test_a_time_out_of_range_is_refused_and_not_audited(days: int) -> None:
    owner = make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_answers_for(make_course(owner=owner), days=days, by=owner)
    assert not AuditEntry.objects.exists()


def test_who_left_before_their_dates_are_over_is_erased_once_and_again_when_those_are() -> None:
    course = make_course()
    Course.objects.filter(pk=course.pk).update(keep_answers_days=30)
    part = make_enrollment(course, left_at=NOW, ends_at=NOW + 90 * DAY)
    assert [erase_past_batch(at=NOW + 30 * DAY), erase_past_batch(at=NOW + 30 * DAY)] == [1, 0]
    assert not parts_past(at=NOW + 119 * DAY).exists()
    assert list(parts_past(at=NOW + 120 * DAY)) == [part]
    assert [erase_past_batch(at=NOW + 120 * DAY), erase_past_batch(at=NOW + 5_000 * DAY)] == [1, 0]


def test_a_course_archived_after_its_learners_left_is_gone_over_once_more() -> None:
    course = make_course()
    Course.objects.filter(pk=course.pk).update(keep_answers_days=30)
    part = make_enrollment(course, left_at=NOW)
    erase_past_batch(at=NOW + 30 * DAY)
    Course.objects.filter(pk=course.pk).update(state="archived", archived_at=NOW + 40 * DAY)
    assert not parts_past(at=NOW + 69 * DAY).exists()
    assert list(parts_past(at=NOW + 70 * DAY)) == [part]
    assert [erase_past_batch(at=NOW + 70 * DAY), erase_past_batch(at=NOW + 5_000 * DAY)] == [1, 0]


RULES = st.sampled_from([None, 30, 31, 365, 3_650])
ENDS = st.one_of(st.none(), st.integers(0, 500))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(RULES, ENDS), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), ENDS, ENDS, ENDS), min_size=1, max_size=6),
    st.sampled_from([0, 30, 400]),
    st.integers(0, 900),
)
def test_past_are_parts_an_end_of_which_is_past_and_came_after_what_was_erased(
    rules: list[tuple[int | None, int | None]],
    ends: list[tuple[int, int | None, int | None, int | None]],
    usual: int,
    today: int,
) -> None:
    """Reckoned by days from NOW, one part after the other, as the rule is told."""

    def day(number: int | None) -> datetime | None:
        return None if number is None else NOW + number * DAY

    with transaction.atomic(), override_settings(KEEP_ANSWERS_DAYS=usual):
        courses = [make_course() for _ in rules]
        for course, (kept, archived) in zip(courses, rules, strict=True):
            state = "published" if archived is None else "archived"
            Course.objects.filter(pk=course.pk).update(keep_answers_days=kept, state=state, archived_at=day(archived))
        expected = set()
        for which, left, over, erased in ends:
            course, (kept, archived) = courses[which % len(courses)], rules[which % len(courses)]
            part = make_enrollment(course, left_at=day(left), ends_at=day(over), answers_erased_at=day(erased))
            wait = kept or usual
            of_part = [end for end in (left, over, archived) if end is not None and (erased is None or erased < end)]
            if wait and any(end + wait <= today for end in of_part):
                expected.add(part.pk)
        assert set(parts_past(at=NOW + today * DAY).values_list("pk", flat=True)) == expected
        transaction.set_rollback(True)
