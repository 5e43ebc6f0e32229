"""What a control shows and what its fields send belong together, whatever the kind."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from quizzes.questions import kinds
from quizzes.questions.base import QuestionType
from quizzes.questions.controls import MANY, Part, is_small_number, parts_of, raw_answer


def fields_of(kind: QuestionType, parts: list[Part], text: str) -> QueryDict:
    """What a browser sends for these parts, untouched."""
    sent = QueryDict(mutable=True)
    if kind.control in MANY:
        sent["many"] = "1"
    if kind.control == "order":
        sent["order"] = "1"
    if not parts:
        sent["answer-1"] = text
    for part in parts:
        _add(sent, part, kind)
    return sent


def _add(sent: QueryDict, part: Part, kind: QuestionType) -> None:
    if part.targets:
        sent[f"answer-1-{part.id}"] = next((name for name, _, chosen in part.targets if chosen), "")
    elif kind.control == "order":
        sent[f"answer-1-{part.id}"] = str(part.place or "")
    elif part.gap:
        sent[f"answer-1-{part.id}"] = part.text
    elif part.chosen:
        sent.appendlist("answer-1", part.id)


@pytest.mark.parametrize("seed", [1, 2, 7])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_what_is_shown_of_an_answer_sends_the_same_answer(kind: QuestionType, seed: int) -> None:
    for example in kind.examples():
        answer = kind.model_answer(example.content)
        parts = parts_of(kind.present(example.content, seed), answer)
        sent = fields_of(kind, parts, answer if isinstance(answer, str) else "")
        assert kind.parse(example.content, raw_answer(sent, 1)) == kind.parse(example.content, answer)


@pytest.mark.parametrize("raw", [None, "", "x", [], ["x"], [None], {}, {"x": 1}, 3, True, [["a"]], {"a": {"b": 1}}])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_no_raw_answer_keeps_a_question_from_being_shown(kind: QuestionType, raw: Any) -> None:
    content = next(iter(kind.examples())).content
    nothing = parts_of(kind.present(content, 1), None)
    shown = parts_of(kind.present(content, 1), raw)
    assert sorted(part.id for part in shown) == sorted(part.id for part in nothing)


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("", None),
        ("answer-1=x", "x"),
        ("answer-2=x", None),
        ("answer-1=x&answer-1=y", ["x", "y"]),
        ("many=1", []),
        ("many=2&answer-1=x", "x"),
        ("answer-1-a=x&answer-1-b=", {"a": "x", "b": ""}),
        ("order=1&answer-1-a=2&answer-1-b=1", ["b", "a"]),
        ("order=1&answer-1-a=2&answer-1-b=", ["", "a"]),
        ("order=1&answer-1-a=1&answer-1-b=1", ["a b"]),
        ("order=1&answer-1-a=9&answer-1-b=x", []),
    ],
)
def test_fields_say_an_answer(sent: str, answer: Any) -> None:
    assert raw_answer(QueryDict(sent), 1) == answer


@pytest.mark.parametrize(("text", "is_one"), [("0", True), ("12", True), ("1234567", False), ("", False), ("²", False)])
def test_places_are_small_plain_numbers(text: str, is_one: bool) -> None:
    assert is_small_number(text) is is_one
