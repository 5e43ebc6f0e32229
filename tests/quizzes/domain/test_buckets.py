"""The bucket of an answer, whatever it is."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.domain.buckets import UNANSWERED, bucket_of
from quizzes.models import QuestionVersion
from quizzes.questions import kinds
from tests.factories import single_choice


def version(kind: str, content: Any) -> QuestionVersion:
    return QuestionVersion(kind=kind, content=content)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: str(kind.kind))
def test_every_answer_that_can_be_graded_has_the_bucket_of_its_kind(kind: Any) -> None:
    for example in kind.examples():
        if example.expected is None and not example.by_person:
            continue
        answer = kind.parse(example.content, example.data)
        filed = bucket_of(version(kind.kind, example.content), example.data)
        assert filed == kind.classify(example.content, answer) != UNANSWERED


@pytest.mark.parametrize("answer", [None, "", "z9", 5, [], ["k7", "m2"], {"k7": True}])
def test_what_is_no_answer_to_it_is_filed_as_none(answer: Any) -> None:
    assert bucket_of(version("single_choice", single_choice()), answer) == UNANSWERED


@pytest.mark.parametrize(("kind", "content"), [("gone", {}), ("single_choice", {}), ("single_choice", None)])
def test_a_question_that_cannot_be_read_files_everything_as_none(kind: str, content: Any) -> None:
    assert bucket_of(version(kind, content), "k7") == UNANSWERED
