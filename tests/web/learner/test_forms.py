"""What a form or a script sends, read into answers."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.attempts import GivenAnswer
from quizzes.errors import AnswerTooLarge, NotAnAnswer, UnkeepableAnswer
from web.learner.forms import answer_at, answer_sent, answers_in, positions_in

KEY = "0a8f2d3e-5c55-4f6e-9c0e-0a2b7d9f3c11"


def form(text: str) -> QueryDict:
    return QueryDict(text)


@pytest.mark.parametrize(
    ("sent", "raw"),
    [
        ("answer-3=x7&sequence-3=0", "x7"),
        ("answer-3=x7&answer-3=p2&sequence-3=0", ["x7", "p2"]),
        ("answer-3=x7&many=3&sequence-3=0", ["x7"]),
        ("answer-3=x7&many=4&sequence-3=0", "x7"),
        ("many=3&sequence-3=0", []),
        ("sequence-3=0", None),
        ("answer-3-g1=a&answer-3-g2=&sequence-3=0", {"g1": "a", "g2": ""}),
        ("answer-31-g1=a&sequence-3=0", None),
        ("answer-3-a=2&answer-3-b=1&answer-3-c=3&order=3", ["b", "a", "c"]),
        ("answer-3-a=1&answer-3-b=1&answer-3-c=3&order=3", ["a b", "", "c"]),
        ("answer-3-a=&answer-3-b=2&answer-3-c=&order=3", ["", "b"]),
        ("answer-3-a=&answer-3-b=&order=3", []),
        ("answer-3-a=4&answer-3-b=0&answer-3-c=x&order=3", []),
        ("answer-3-a=999999&answer-3-b=1&order=3", ["b"]),
        ("order=3", []),
        ("answer-3-a=2&answer-3-b=1&order=4", {"a": "2", "b": "1"}),
        ("answer-3=two+words", "two words"),
    ],
)
def test_each_shape_of_answer_is_told_from_the_names(sent: str, raw: Any) -> None:
    assert answer_at(form(sent), 3).raw == raw


def test_everything_that_goes_with_an_answer_is_read() -> None:
    sent = form(f"answer-3=x7&sequence-3=4&flag-3=1&confidence-3=2&client_key-3={KEY}")

    assert answer_at(sent, 3) == GivenAnswer(3, "x7", 4, UUID(KEY), confidence=2, flagged=True)


def test_without_a_sequence_nothing_is_checked_and_the_flag_stays() -> None:
    assert answer_at(form("answer-3=x7"), 3) == GivenAnswer(3, "x7", None)


def test_a_form_without_the_flag_takes_it_away() -> None:
    assert answer_at(form("answer-3=x7&sequence-3=0"), 3).flagged is False


@pytest.mark.parametrize("odd", ["confidence-3=9", "confidence-3=x", "client_key-3=x", "sequence-3=-1", "sequence-3=x"])
def test_odd_extras_count_as_missing(odd: str) -> None:
    read = answer_at(form(f"answer-3=x7&{odd}"), 3)

    assert (read.confidence, read.client_key, read.sequence) == (None, None, None)


def test_positions_are_those_the_form_speaks_of() -> None:
    sent = form("sequence-10=0&answer-2-g1=a&flag-1=1&question=7&go=8&many=9&answer-x=1&answer=1&sequence-=0")

    assert positions_in(sent) == [1, 2, 10]


def test_what_was_never_answered_and_still_is_not_is_left_out() -> None:
    sent = form("sequence-1=0&answer-1=&sequence-2=0&answer-2=x&sequence-3=1&sequence-4=0&flag-4=1&sequence-5=0&many=5")

    assert [answer.position for answer in answers_in(sent)] == [2, 3, 4]


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6))
def test_any_form_can_be_read(fields: dict[str, str]) -> None:
    sent = QueryDict(mutable=True)
    sent.update(fields)

    assert [answer.position for answer in answers_in(sent)] == sorted({a.position for a in answers_in(sent)})


def request_with(body: str) -> Any:
    return RequestFactory().put("/", body, content_type="application/json")


def test_a_script_sends_the_same_as_an_object() -> None:
    sent = {"answer": ["x7"], "sequence": 4, "client_key": KEY, "confidence": 2, "flagged": False}

    read = answer_sent(request_with(json.dumps(sent)), 3)

    assert read == GivenAnswer(3, ["x7"], 4, UUID(KEY), confidence=2, flagged=False)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("[]", NotAnAnswer),
        ("nonsense", NotAnAnswer),
        ("[" * 100_000, UnkeepableAnswer),
        (" " * 200_001, AnswerTooLarge),
    ],
)
def test_what_is_no_object_is_refused(body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        answer_sent(request_with(body), 1)
