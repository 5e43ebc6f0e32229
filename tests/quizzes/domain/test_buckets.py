"""The bucket of an answer, whatever it is."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.domain.buckets import LONGEST_CHOICE, UNANSWERED, UNTOLD, WRITTEN, bucket_of, choice_of, kinds_chosen
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


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: str(kind.kind))
def test_a_choice_is_the_bucket_of_what_is_chosen_and_untold_of_what_is_written(kind: Any) -> None:
    for example in kind.examples():
        asked = version(kind.kind, example.content)
        expected = UNTOLD if kind.control in WRITTEN else bucket_of(asked, example.data)

        assert choice_of(asked, example.data) == expected


def test_kinds_that_are_chosen_and_kinds_that_are_written_are_all_there_are() -> None:
    written = {kind.kind for kind in kinds() if kind.control in WRITTEN}

    assert written == {"cloze", "numeric", "open_response", "short_text"}
    assert {*kinds_chosen()} | written == {kind.kind for kind in kinds()}


@pytest.mark.parametrize(("characters", "is_told"), [(3, True), (LONGEST_CHOICE, True), (LONGEST_CHOICE + 1, False)])
def test_a_choice_that_is_too_long_for_a_key_is_untold(characters: int, is_told: bool) -> None:
    option = "k" * characters
    content = single_choice()
    content["options"] = [{**content["options"][0], "id": option}, *content["options"][1:]]

    assert choice_of(version("single_choice", content), option) == (option if is_told else UNTOLD)


def test_no_answer_to_a_choice_is_counted_too() -> None:
    assert choice_of(version("single_choice", single_choice()), None) == UNANSWERED


def test_an_answer_to_a_kind_that_is_gone_is_untold() -> None:
    assert choice_of(version("gone", {}), "k7") == UNTOLD
