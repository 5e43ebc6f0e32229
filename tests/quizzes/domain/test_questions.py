"""Several people who decide about the questions of one course at the same moment, while it is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.domain.audit import history_of_course
from authoring.domain.publish import publish_course
from course.models import Course
from quizzes.domain.questions import accept, accept_all, lock_accepted, publish_accepted, put_back, reject
from quizzes.domain.versions import new_version
from quizzes.models import QuestionVersion, VersionState
from tests.beside import Beside, somebody_beside
from tests.factories import NOW, make_person, single_choice
from tests.quizzes.domain.test_concurrency import at_once
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

LATER = NOW + timedelta(days=1)


def as_soon_as(begins: str, *, beside: Beside, do: Callable[[], object]) -> Callable[..., Any]:
    """A wrapper of statements: before the first that begins so, somebody beside does this."""
    begun: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not begun and sql.startswith(begins):
            begun.append(sql)
            beside.begins(do)
        return execute(sql, params, many, context)

    return note


@pytest.fixture
def course() -> Course:
    """A course with one published question, and two drafts of which one is accepted."""
    made = make_draft(make_author(), questions=3)
    first, second, _ = versions_of(made)
    accept(first, by=None, at=NOW)
    publish_accepted(made, at=NOW)
    accept(second, by=None, at=NOW)
    return made


def states(course: Course) -> list[tuple[int, str, bool]]:
    """Of each wording its number, its state, and whether somebody has accepted it."""
    rows = QuestionVersion.objects.filter(question__course=course).order_by("question", "number")
    return [(row.number, row.state, row.reviewed_at is not None) for row in rows]


def test_a_question_accepted_while_others_are_published_waits_for_the_next_publishing(course: Course) -> None:
    third = versions_of(course)[2]

    with somebody_beside() as reviewer:
        hook = as_soon_as(
            'UPDATE "quizzes_questionversion"', beside=reviewer, do=lambda: accept(third, by=None, at=NOW)
        )
        with connection.execute_wrapper(hook):
            assert publish_accepted(course, at=LATER) == 1

    assert states(course) == [(1, "published", True), (1, "published", True), (1, "draft", True)]
    assert publish_accepted(course, at=LATER) == 1


def test_a_new_wording_accepted_while_others_are_published_leaves_one_published(course: Course) -> None:
    """The wording before it was not to be replaced when publishing began, and two are never published."""
    first = versions_of(course)[0]
    draft = new_version(first, content=single_choice("Who built it?"), at=NOW)

    with somebody_beside() as reviewer:
        hook = as_soon_as(
            'UPDATE "quizzes_questionversion"', beside=reviewer, do=lambda: accept(draft, by=None, at=NOW)
        )
        with connection.execute_wrapper(hook):
            assert publish_accepted(course, at=LATER) == 1

    assert states(course)[:2] == [(1, "published", True), (2, "draft", True)]
    assert publish_accepted(course, at=LATER) == 1
    assert states(course)[:2] == [(1, "retired", True), (2, "published", True)]


def test_what_is_accepted_after_it_was_looked_for_problems_is_not_published_unseen(course: Course) -> None:
    publish_course(course, at=NOW)
    broken = versions_of(course)[2]
    QuestionVersion.objects.filter(pk=broken.pk).update(content={"stem": "", "options": []})

    with somebody_beside() as reviewer:
        hook = as_soon_as(
            'UPDATE "quizzes_questionversion"', beside=reviewer, do=lambda: accept(broken, by=None, at=NOW)
        )
        with connection.execute_wrapper(hook):
            publish_course(course, at=LATER)

    assert QuestionVersion.objects.get(pk=broken.pk).state == VersionState.DRAFT


@pytest.mark.parametrize("deed", [put_back, lambda version, by: reject(version, by=by, reason="Trivial.", at=NOW)])
def test_who_changes_their_mind_while_a_course_is_published_is_told_that_it_was(
    course: Course, deed: Callable[..., None]
) -> None:
    """Whoever is first has decided: either it was published, or it was not accepted any more."""
    second = versions_of(course)[1]
    person = make_person()

    def act(number: int) -> str:
        try:
            if number:
                return str(publish_accepted(course, at=LATER))
            deed(second, by=person)
            return "decided"
        except Exception as refused:  # noqa: BLE001 -- its name is what is looked at
            return type(refused).__name__

    decided, published = at_once(act, threads=2)

    second.refresh_from_db()
    assert (decided, published, second.state == VersionState.PUBLISHED) in [
        ("decided", "0", False),
        ("NoLongerADraft", "1", True),
    ]


def test_who_clicks_five_times_has_accepted_once(course: Course) -> None:
    person, third = make_person(), versions_of(course)[2]

    at_once(lambda _: accept(QuestionVersion.objects.get(pk=third.pk), by=person, at=NOW), threads=5)

    deeds = [entry.verb for entry in history_of_course(course.uuid) if entry.actor == person]
    assert deeds == ["accepted a question"]
    assert states(course)[2] == (1, "draft", True)


def test_publishing_twice_at_once_publishes_each_question_once(course: Course) -> None:
    accept_all(versions_of(course), by=None, at=NOW)

    published = at_once(lambda _: publish_accepted(course, at=LATER), threads=4)

    assert sorted(published) == [0, 0, 0, 2]
    assert [state for _, state, _ in states(course)] == ["published"] * 3


@pytest.mark.parametrize("count", [1, 12])
def test_publishing_takes_three_statements_whatever_their_number(count: int) -> None:
    course = make_draft(make_author(), questions=count)
    accept_all(versions_of(course), by=None, at=NOW)

    with CaptureQueriesContext(connection) as asked:
        assert publish_accepted(course, at=NOW) == count

    assert len([each for each in asked if each["sql"].startswith(("SELECT", "UPDATE"))]) == 3


def test_only_what_is_accepted_and_undecided_otherwise_is_held(course: Course) -> None:
    first, second, third = versions_of(course)
    reject(third, by=None, reason="Trivial.", at=NOW)
    draft = new_version(first, content=single_choice("Who built it?"), at=NOW)
    accept(draft, by=None, at=NOW)
    other = make_draft(make_author(), questions=1)
    accept_all(versions_of(other), by=None, at=NOW)

    with transaction.atomic():
        assert lock_accepted(course) == sorted([second.pk, draft.pk])
