"""How far the asking is, whatever became of each part's jobs; and who asks twice asks once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.audit import history
from accounts.models import User
from authoring.domain.kinds import ASK_MODEL, BUILD_COURSE
from authoring.domain.model_asking import AskedLesson, Asking, ask_model, asking_of
from authoring.domain.model_consent import NotAllowed, forbid_model
from course.models import Course, Lesson
from jobs.domain import cancel, claim, requeue
from jobs.models import LIVE, Job, JobState
from tests.authoring.domain.asking import allowed, harbour, model_at
from tests.authoring.providers.service import Service
from tests.factories import NOW, make_course, make_person
from tests.quizzes.domain.test_concurrency import at_once
from tests.web.studio.drafts import make_author

database = pytest.mark.database
results: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.just({}),
    st.fixed_dictionaries(
        {"questions": st.integers(0, 9)},
        optional={"turned_away": st.dictionaries(st.sampled_from(["lint", "duplicate", "form"]), st.integers(0, 9))},
    ),
)
parts = st.lists(st.tuples(st.sampled_from(sorted(set(JobState) - {JobState.CANCELLED})), results), max_size=6)


@given(parts)
def test_the_whole_is_the_sum_of_its_parts(found: list[tuple[JobState, dict[str, Any] | None]]) -> None:
    asking = Asking(tuple(AskedLesson(Lesson(), Job(state=state, result=result)) for state, result in found))
    assert asking.added == sum(each.added for each in asking.lessons)
    assert asking.turned_away == sum(each.turned_away for each in asking.lessons)
    assert asking.over + sum(state in LIVE for state, _ in found) == len(found)
    assert asking.is_live == any(state in LIVE for state, _ in found)
    assert len(asking.given_up) == sum(state in ("failed", "quarantined") for state, _ in found)
    assert asking.is_answered == any(state == "done" for state, _ in found)
    assert asking.added == sum((result or {}).get("questions", 0) for _, result in found)


@pytest.fixture
def owner(db: None) -> User:
    return make_author()


@pytest.fixture
def course(owner: User, service: Service) -> Iterator[Course]:
    """Two parts, whose owner allows the model."""
    with model_at(service):
        yield allowed(harbour(owner), service, by=owner)


def standing(course: Course) -> list[tuple[str, str]]:
    return [(each.lesson.title, each.job.state) for each in asking_of(course).lessons]


def ended(job: Job, state: JobState, **fields: Any) -> None:
    """The job ended so, however it came to that."""
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=NOW, next_try_at=None, **fields)


@database
def test_nobody_asked_is_nothing_asked(course: Course) -> None:
    asking = asking_of(course)
    assert (asking.lessons, asking.is_live, asking.is_answered, asking.over, asking.given_up) == (
        (),
        False,
        False,
        0,
        (),
    )


@database
def test_only_parts_that_none_is_about_to_answer_are_asked_about_again(course: Course, owner: User) -> None:
    assert ask_model(course, by=owner, hint=False) == 2
    assert ask_model(course, by=owner, hint=False) == 0
    first, second = Job.objects.order_by("pk")
    ended(first, JobState.DONE, result={"questions": 3, "turned_away": {"lint": 2}})
    claim(second.uuid)
    assert ask_model(course, by=owner, hint=False) == 1
    asking = asking_of(course)
    assert standing(course) == [("The wall", "queued"), ("The thaw", "running")]
    # The newest job stands for its part: what an older one brought is not counted again.
    assert (asking.added, asking.turned_away, asking.over) == (0, 0, 0)
    said = [entry.detail["parts"] for entry in history(f"course:{course.uuid}").filter(verb__startswith="asked")]
    assert sorted(said) == [1, 2]


@database
def test_a_part_that_was_given_up_is_asked_about_by_a_new_job_and_the_old_cannot_come_back(
    course: Course, owner: User
) -> None:
    ask_model(course, by=owner, hint=False)
    first, _ = Job.objects.order_by("pk")
    ended(first, JobState.QUARANTINED)
    assert [each.lesson.title for each in asking_of(course).given_up] == ["The wall"]
    assert ask_model(course, by=owner, hint=False) == 1
    assert asking_of(course).given_up == ()
    with pytest.raises(IntegrityError), transaction.atomic():
        requeue(first.uuid)


@database
def test_what_was_cancelled_was_never_asked(course: Course, owner: User) -> None:
    ask_model(course, by=owner, hint=False)
    forbid_model(course, by=owner)
    assert standing(course) == []
    with pytest.raises(NotAllowed):
        ask_model(course, by=owner, hint=False)
    assert Job.objects.filter(state=JobState.CANCELLED).count() == 2


@database
def test_a_job_that_is_cancelled_leaves_the_answer_from_before_in_sight(course: Course, owner: User) -> None:
    ask_model(course, by=owner, hint=False)
    for job in Job.objects.all():
        ended(job, JobState.DONE, result={"questions": 2})
    ask_model(course, by=owner, hint=False)
    for job in Job.objects.filter(state=JobState.QUEUED):
        cancel(job.uuid)
    assert (asking_of(course).added, asking_of(course).is_answered) == (4, True)


@database
def test_parts_stand_in_reading_order_and_without_those_that_are_gone(course: Course, owner: User) -> None:
    ask_model(course, by=owner, hint=False)
    Lesson.objects.filter(title="The wall").update(position=9)
    assert [title for title, _ in standing(course)] == ["The thaw", "The wall"]
    Lesson.objects.filter(title="The thaw").delete()
    assert [title for title, _ in standing(course)] == ["The wall"]


@database
def test_other_courses_and_other_work_are_none_of_its_asking(course: Course, owner: User) -> None:
    other = make_course()
    Job.objects.create(kind=ASK_MODEL, key="x", subject=other.lessons.get().uuid, created_at=NOW, next_try_at=NOW)
    lesson = course.lessons.get(position=1)
    Job.objects.create(kind=BUILD_COURSE, key="y", subject=lesson.uuid, created_at=NOW, next_try_at=NOW)
    assert standing(course) == []
    assert asking_of(Course(pk=0)).lessons == ()


@database
@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_two_statements_whatever_there_is(course: Course, count: int) -> None:
    lesson = course.lessons.get(position=1)
    for number in range(count):
        job = Job(kind=ASK_MODEL, key=f"k{number}", subject=lesson.uuid, created_at=NOW + timedelta(days=number))
        job.next_try_at = NOW
        job.save()
    with CaptureQueriesContext(connection) as captured:
        assert len(asking_of(course).lessons) == 1
    assert len(captured) == 2


@pytest.mark.django_db(transaction=True)
@database
def test_of_many_who_ask_at_once_each_is_told_what_they_asked(service: Service) -> None:
    owner = make_person()
    with model_at(service):
        course = allowed(harbour(owner), service, by=owner)
        assert sorted(at_once(lambda _: ask_model(course, by=owner, hint=False), threads=4)) == [0, 0, 0, 2]
    assert Job.objects.count() == 2
