"""Every kind of question is answered over REST as its contract writes its answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.questions import kinds
from quizzes.questions.base import Control, QuestionType
from tests.factories import make_course, make_person, make_quiz
from tests.web.api.callers import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MISSHAPEN: dict[Control, Any] = {
    Control.CHOOSE_ONE: ["k7"], Control.CHOOSE_MANY: "k7", Control.SENTENCES: {"k7": "k7"}, Control.GAPS: ["a"],
    Control.LINE: 4, Control.NUMBER: 42, Control.ORDER: {"k7": "1"}, Control.ASSIGN: ["k7"], Control.LONG_TEXT: ["a"],
}  # fmt: skip
every_kind = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)


@pytest.fixture
def caller() -> Caller:
    return Caller(make_person())


def content_of(kind: QuestionType) -> Any:
    return next(iter(kind.examples())).content


def started(caller: Caller, kind: QuestionType) -> Any:
    quiz = make_quiz(make_course(), questions=[(kind.kind, content_of(kind))])
    return caller.post(f"quizzes/{quiz.uuid}/attempts/")


@every_kind
def test_what_is_presented_is_plain_json_without_the_key(caller: Caller, kind: QuestionType) -> None:
    answer = started(caller, kind)
    [item] = answer.json()["items"]
    assert (answer.status_code, item["kind"], item["control"]) == (201, kind.kind, kind.control)
    assert item["presentation"]["stem"] == content_of(kind)["stem"]
    assert not {"correct", "accepted", "feedback", "match", "category", "value", "model", "rubric"} & names_in(item)


@every_kind
def test_the_model_answer_is_kept_without_a_warning_and_graded(caller: Caller, kind: QuestionType) -> None:
    attempt = started(caller, kind).json()["uuid"]
    model = kind.model_answer(content_of(kind))

    saved = caller.put(f"attempts/{attempt}/responses/1/", {"answer": model, "sequence": 0, "confidence": 3})
    caller.post(f"attempts/{attempt}/submit/")
    run_job(Job.objects.get().uuid)

    graded = caller.get(f"attempts/{attempt}/").json()
    assert (saved.status_code, saved.json()["warning"]) == (200, "")
    wanted = ("pending_manual", None) if kind.grader == "rubric" else ("graded", 1.0)
    assert (graded["grading"], graded["fraction"]) == wanted


@every_kind
def test_json_of_another_shape_is_no_answer_at_all(caller: Caller, kind: QuestionType) -> None:
    attempt = started(caller, kind).json()["uuid"]
    refused = caller.put(f"attempts/{attempt}/responses/1/", {"answer": MISSHAPEN[kind.control], "sequence": 0})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_answer")


def names_in(value: Any) -> set[str]:
    """Every name of every object in plain JSON."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    own = set(json.loads(json.dumps(value))) if isinstance(value, dict) else set()
    return own.union(*(names_in(part) for part in parts))
