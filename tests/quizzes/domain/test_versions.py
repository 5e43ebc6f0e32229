"""A published question is edited by a new version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from course.models import Anchor
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.questions import NoLongerADraft
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import Attempt, Question, QuestionVersion, Quiz, QuizItem, Response
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def other_key() -> dict[str, Any]:
    content = single_choice("Who calls it a thirst machine?")
    for option in content["options"]:
        option["correct"] = not option["correct"]
    return content


@pytest.fixture
def quiz() -> Quiz:
    return make_quiz(make_course(), questions=1)


def published() -> QuestionVersion:
    return QuestionVersion.objects.get(state="published")


def test_an_edit_is_the_next_version_with_the_same_evidence(quiz: Quiz) -> None:
    before = published()

    draft = new_version(before, content=other_key(), at=NOW)

    assert (draft.number, draft.state, draft.content) == (2, "draft", other_key())
    places = [list(Anchor.objects.filter(question=v.uuid).values_list("start", "end")) for v in (before, draft)]
    assert places[0] == places[1] != []
    assert published() == before


def test_editing_again_changes_the_same_draft(quiz: Quiz) -> None:
    first = new_version(published(), content=other_key(), at=NOW)

    again = new_version(published(), content=single_choice("Who built it?"), at=NOW)

    assert again.pk == first.pk
    assert QuestionVersion.objects.count() == 2


def test_a_published_version_takes_the_place_of_the_one_before(quiz: Quiz) -> None:
    before = published()

    publish_version(new_version(before, content=other_key(), at=NOW), by=make_person(), at=NOW)

    assert published().number == 2
    before.refresh_from_db()
    assert before.state == "retired"


def test_what_is_published_cannot_be_published_again(quiz: Quiz) -> None:
    with pytest.raises(NoLongerADraft):
        publish_version(published(), by=None, at=NOW)


@pytest.mark.promise(26)
def test_twenty_running_attempts_keep_the_question_they_began_with(quiz: Quiz, reached: Callable[[str], None]) -> None:
    attempts = [start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW) for _ in range(20)]
    seen = list(Response.objects.order_by("pk").values_list("pk", "version", "position"))

    for attempt in attempts[:10]:
        save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)
    edited = publish_version(new_version(published(), content=other_key(), at=NOW), by=None, at=NOW)
    QuizItem.objects.update(position=7)
    for attempt in attempts[10:]:
        save_answer(attempt, given=GivenAnswer(1, "k7", 0), at=NOW)
    QuizItem.objects.all().delete()
    Question.objects.update(concept=None)
    for attempt in attempts:
        submit_attempt(attempt, at=NOW)
    for job in Job.objects.filter(state="queued"):
        run_job(job.uuid)

    pinned = list(Response.objects.order_by("pk").values_list("pk", "version", "position"))
    reached(f"{sum(row in seen for row in pinned)} of {len(seen)} on their own wording")
    assert pinned == seen
    assert list(Attempt.objects.values_list("fraction", flat=True)) == [1] * 20
    assert edited.pk not in {version for _, version, _ in seen}


def test_an_attempt_that_starts_after_the_edit_asks_the_new_version(quiz: Quiz) -> None:
    edited = publish_version(new_version(published(), content=other_key(), at=NOW), by=None, at=NOW)

    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)

    assert attempt.responses.get().version == edited
