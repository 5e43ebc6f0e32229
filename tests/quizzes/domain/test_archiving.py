"""What is archived is asked by nobody, and restored it is what it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.domain.review import Decision, decision_on
from course.models import Course
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.domain.attempts import start_attempt
from quizzes.domain.questions import NoLongerADraft, accept, edit_draft, put_back, reject
from quizzes.domain.versions import new_version, publish_version
from quizzes.errors import NothingToAsk
from quizzes.models import QuestionVersion, Quiz
from tests.factories import make_course, make_enrollment, make_quiz, single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def states(course: Course) -> list[tuple[Any, ...]]:
    return list(QuestionVersion.objects.filter(question__course=course).order_by("pk").values_list())


def questions_of(course: Course) -> list[int]:
    return list(course.questions.order_by("pk").values_list("pk", flat=True))


def test_a_quiz_does_not_ask_what_is_archived_and_attempts_that_run_do() -> None:
    course = make_course()
    quiz: Quiz = make_quiz(course, questions=2)
    first, second = questions_of(course)
    running = start_attempt(quiz, enrollment=make_enrollment(course))
    assert archive_questions([first]) == {first}
    assert running.responses.count() == 2
    assert start_attempt(quiz, enrollment=make_enrollment(course)).responses.get().version.question_id == second
    archive_questions([second])
    with pytest.raises(NothingToAsk):
        start_attempt(quiz, enrollment=make_enrollment(course))
    assert restore_questions([first, second]) == {first, second}
    assert start_attempt(quiz, enrollment=make_enrollment(course)).responses.count() == 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["accept", "reject", "publish", "publish and redraft"]), min_size=1, max_size=4))
def test_whatever_a_question_was_archiving_and_restoring_gives_it_back(fates: list[str]) -> None:
    course = make_draft(make_author(), questions=len(fates))
    for version, fate in zip(versions_of(course), fates, strict=True):
        if fate == "reject":
            reject(version, by=None, reason="Trivial.")
        elif fate == "accept":
            accept(version, by=None)
        else:
            publish_version(version, by=None)
            if fate == "publish and redraft":
                new_version(version, content=single_choice("Who did it?"))
    before = states(course)
    assert len(archive_questions(questions_of(course))) == len(fates) - fates.count("reject")
    assert set(QuestionVersion.objects.filter(question__course=course).values_list("state", flat=True)) == {"retired"}
    assert archive_questions(questions_of(course)) == set()
    restore_questions(questions_of(course))
    assert states(course) == before
    assert restore_questions(questions_of(course)) == set()


def test_what_is_archived_is_not_rejected_and_cannot_be_decided() -> None:
    course = make_draft(make_author(), questions=1)
    (version,) = versions_of(course)
    archive_questions([version.question_id])
    version.refresh_from_db()
    assert decision_on(version) == Decision.WITHDRAWN
    with pytest.raises(NoLongerADraft):
        accept(version, by=None)
    with pytest.raises(NoLongerADraft):
        reject(version, by=None, reason="Trivial.")
    with pytest.raises(NoLongerADraft):
        put_back(version)
    with pytest.raises(NoLongerADraft):
        edit_draft(version, content=single_choice("Who did it?"))
    restore_questions([version.question_id])
    version.refresh_from_db()
    assert decision_on(version) == Decision.UNDECIDED


def test_a_wording_that_is_asked_meanwhile_stays_the_one_that_is_asked() -> None:
    course = make_course()
    make_quiz(course, questions=1)
    (old,) = versions_of(course)
    archive_questions([old.question_id])
    new = publish_version(new_version(old, content=single_choice("Who did it?")), by=None)
    assert restore_questions([old.question_id]) == {old.question_id}
    assert QuestionVersion.objects.get(question=old.question_id, state="published") == new
    assert not QuestionVersion.objects.exclude(archived_from="").exists()


@pytest.mark.parametrize(
    ("state", "before"), [("draft", "draft"), ("published", "draft"), ("retired", "retired"), ("retired", "gone")]
)
def test_the_database_refuses_what_is_half_archived(state: str, before: str) -> None:
    course = make_draft(make_author(), questions=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion.objects.filter(question__course=course).update(state=state, archived_from=before)


@pytest.mark.parametrize("count", [1, 30])
def test_archiving_takes_the_same_statements_whatever_the_number(count: int) -> None:
    course = make_draft(make_author(), questions=count)
    with CaptureQueriesContext(connection) as asked:
        archive_questions(questions_of(course))
        restore_questions(questions_of(course))
    assert len([each for each in asked if each["sql"].startswith("UPDATE")]) == 2
