"""Forms and JSON of learners, case by case: what browsers send, what scripts send, and what neither would."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.attempts import GivenAnswer
from quizzes.errors import AnswerTooLarge, NotAnAnswer, UnkeepableAnswer
from web.learner.forms import answer_at, answer_sent, answers_in, is_place, positions_in

KEY = UUID("0a8f2d3e-5c55-4f6e-9c0e-0a2b7d9f3c11")
ids = st.text("abcxyz019", min_size=1, max_size=4)
texts = st.text("a b\u00e9<&=+%", max_size=8)


def form(fields: Any) -> QueryDict:
    return QueryDict(urlencode(fields, doseq=True))


def sent(body: Any, *, method: str = "put", content_type: str = "application/json") -> Any:
    text = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return getattr(RequestFactory(), method)("/", text, content_type=content_type)


@given(texts)
def test_one_value_is_the_answer_to_the_letter(text: str) -> None:
    assert answer_at(form({"answer-3": text}), 3).raw == text


@given(st.lists(texts, min_size=2, max_size=5))
def test_several_values_are_a_list_in_their_order(values: list[str]) -> None:
    assert answer_at(form({"answer-3": values}), 3).raw == values


@given(st.lists(texts, max_size=1))
def test_a_question_named_many_always_has_a_list(values: list[str]) -> None:
    assert answer_at(form({"answer-3": values, "many": "3"}), 3).raw == values


@given(st.dictionaries(ids, texts, min_size=1, max_size=5))
def test_gaps_are_read_by_their_names(gaps: dict[str, str]) -> None:
    assert answer_at(form({f"answer-3-{name}": text for name, text in gaps.items()}), 3).raw == gaps


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_an_order_is_read_from_the_places_whatever_the_order_of_the_fields(steps: list[str]) -> None:
    places = {f"answer-3-{name}": str(place) for place, name in enumerate(steps, 1)}
    assert answer_at(form({**dict(sorted(places.items())), "order": "3"}), 3).raw == steps


@given(st.dictionaries(ids, st.integers(-2, 9).map(str) | st.just("") | st.just("x"), max_size=5))
def test_an_order_of_any_places_names_each_step_once_at_most(places: dict[str, str]) -> None:
    raw = answer_at(form({**{f"answer-3-{name}": place for name, place in places.items()}, "order": "3"}), 3).raw
    named = " ".join(raw).split()
    assert len(named) == len(set(named))
    assert set(named) <= set(places)
    assert len(raw) <= len(places)


@given(st.sets(st.integers(0, 999_999), max_size=6))
def test_every_position_of_a_form_is_found_once_and_in_order(positions: set[int]) -> None:
    fields = {f"sequence-{position}": "0" for position in positions}
    fields |= {f"answer-{position}-g1": "x" for position in positions}
    assert positions_in(form(fields)) == sorted(positions)


@pytest.mark.parametrize("name", ["answer-1", "sequence-1", "flag-1", "confidence-1", "client_key-1", "answer-1-g1"])
def test_a_field_that_goes_with_an_answer_names_its_position(name: str) -> None:
    assert positions_in(form({name: ""})) == [1]


@pytest.mark.parametrize(
    "name",
    [
        *("answer", "answer-", "answer-x", "answer-1x", "answer--1", "answer-+1", "answer- 1", "answer-1.0"),
        *("answer-²", "answer-١", "answer-1234567", "ANSWER-1", "answers-1", "question-1", "many-1", "1", "-1", ""),
        *("csrfmiddlewaretoken", "sequence", "sequence-", "sequence-x"),
    ],
)
def test_any_other_field_names_none(name: str) -> None:
    assert positions_in(form({name: "x"})) == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *(("0", True), ("1", True), ("007", True), ("999999", True)),
        *(("1000000", False), ("", False), ("-1", False), ("+1", False), ("1.0", False), (" 1", False), ("1 ", False)),
        *(("²", False), ("١", False), ("１", False), ("1_0", False), ("one", False), ("0x1", False), ("1e3", False)),
    ],
)
def test_a_place_is_a_few_plain_digits(text: str, is_one: bool) -> None:
    assert is_place(text) is is_one


@pytest.mark.parametrize(
    ("fields", "given_answer"),
    [
        ({"answer-3": "x"}, GivenAnswer(3, "x", None)),
        ({"answer-3": "x", "sequence-3": "0"}, GivenAnswer(3, "x", 0, flagged=False)),
        ({"answer-3": "x", "sequence-3": "7", "flag-3": ""}, GivenAnswer(3, "x", 7, flagged=True)),
        ({"answer-3": "x", "flag-3": "1"}, GivenAnswer(3, "x", None)),
        ({"answer-3": "x", "sequence-3": "0", "flag-4": "1"}, GivenAnswer(3, "x", 0, flagged=False)),
        ({"answer-3": "x", "confidence-3": "1"}, GivenAnswer(3, "x", None, confidence=1)),
        ({"answer-3": "x", "confidence-3": "3"}, GivenAnswer(3, "x", None, confidence=3)),
        ({"answer-3": "x", "confidence-3": "0"}, GivenAnswer(3, "x", None)),
        ({"answer-3": "x", "confidence-3": "4"}, GivenAnswer(3, "x", None)),
        ({"answer-3": "x", "confidence-3": " 2"}, GivenAnswer(3, "x", None)),
        ({"answer-3": "x", "client_key-3": str(KEY)}, GivenAnswer(3, "x", None, KEY)),
        ({"answer-3": "x", "client_key-3": KEY.hex}, GivenAnswer(3, "x", None, KEY)),
        ({"answer-3": "x", "client_key-3": "0"}, GivenAnswer(3, "x", None)),
        ({"answer-3": "x", "sequence-3": "9" * 6}, GivenAnswer(3, "x", 999_999, flagged=False)),
        ({"answer-3": "x", "sequence-3": "9" * 7}, GivenAnswer(3, "x", None, flagged=False)),
        ({"answer-3": ["x", "y"], "sequence-3": ["1", "2"]}, GivenAnswer(3, ["x", "y"], 2, flagged=False)),
        ({}, GivenAnswer(3, None, None)),
    ],
    ids=str,
)
def test_a_form_field_by_field(fields: dict[str, Any], given_answer: GivenAnswer) -> None:
    assert answer_at(form(fields), 3) == given_answer


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"sequence-1": "0"}, []),
        ({"sequence-1": "0", "answer-1": ""}, []),
        ({"sequence-1": "0", "answer-1": "  "}, []),
        ({"sequence-1": "0", "answer-1-g1": "", "answer-1-g2": ""}, []),
        ({"sequence-1": "0", "many": "1"}, []),
        ({"sequence-1": "0", "order": "1", "answer-1-a": ""}, []),
        ({"sequence-1": "1"}, [1]),
        ({"sequence-1": "1", "answer-1": ""}, [1]),
        ({"sequence-1": "0", "flag-1": "1"}, [1]),
        ({"sequence-1": "0", "answer-1": "x"}, [1]),
        ({"answer-1": "x"}, [1]),
        ({"answer-1-g1": "", "answer-1-g2": "x"}, [1]),
        ({"sequence-2": "0", "answer-2": "x", "answer-1": "y"}, [1, 2]),
    ],
    ids=str,
)
def test_only_what_was_answered_or_flagged_or_taken_back_is_kept(fields: dict[str, str], kept: list[int]) -> None:
    assert [answer.position for answer in answers_in(form(fields))] == kept


@pytest.mark.parametrize(
    ("body", "given_answer"),
    [
        ({}, GivenAnswer(3, None, None)),
        ({"answer": "x"}, GivenAnswer(3, "x", None)),
        ({"answer": None, "sequence": 0}, GivenAnswer(3, None, 0)),
        ({"answer": ["x", "y"], "sequence": 4}, GivenAnswer(3, ["x", "y"], 4)),
        ({"answer": {"g1": "x"}, "sequence": 4}, GivenAnswer(3, {"g1": "x"}, 4)),
        ({"answer": 4.5, "sequence": -1}, GivenAnswer(3, 4.5, -1)),
        ({"answer": "x", "sequence": True}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "sequence": "4"}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "sequence": 1.0}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "sequence": None}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "client_key": str(KEY)}, GivenAnswer(3, "x", None, KEY)),
        ({"answer": "x", "client_key": "x"}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "client_key": 7}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "client_key": [str(KEY)]}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "confidence": 3}, GivenAnswer(3, "x", None, confidence=3)),
        ({"answer": "x", "confidence": 4}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "confidence": "3"}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "confidence": [3]}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "flagged": True}, GivenAnswer(3, "x", None, flagged=True)),
        ({"answer": "x", "flagged": False}, GivenAnswer(3, "x", None, flagged=False)),
        ({"answer": "x", "flagged": 1}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "flagged": "yes"}, GivenAnswer(3, "x", None)),
        ({"answer": "x", "position": 9, "more": [1]}, GivenAnswer(3, "x", None)),
    ],
    ids=str,
)
def test_an_object_member_by_member(body: dict[str, Any], given_answer: GivenAnswer) -> None:
    assert answer_sent(sent(body), 3) == given_answer


@pytest.mark.parametrize("body", [" ", "null", "true", "7", '"x"', "[]", "[{}]", "{", "{'a': 1}", "answer-3=x", "\x00"])
def test_what_is_no_object_is_not_an_answer(body: str) -> None:
    with pytest.raises(NotAnAnswer, match="Send the answer as a JSON object"):
        answer_sent(sent(body), 3)


@pytest.mark.parametrize("body", [b"\xff", b'{"answer": "\xe4"}', b"\xfe\xff\x00{"])
def test_bytes_that_are_no_text_are_not_an_answer(body: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        answer_sent(sent(body), 3)


@pytest.mark.parametrize("opening", ["[", '{"answer":', '{"answer":['])
def test_nesting_without_end_cannot_be_kept(opening: str) -> None:
    with pytest.raises((UnkeepableAnswer, NotAnAnswer)):
        answer_sent(sent(opening * 15_000), 3)


def test_complete_nesting_beyond_any_answer_cannot_be_kept() -> None:
    with pytest.raises(UnkeepableAnswer):
        answer_sent(sent('{"answer": ' + "[" * 90_000 + "]" * 90_000 + "}"), 3)


@pytest.mark.parametrize("surplus", [0, 1])
def test_a_body_may_have_two_hundred_thousand_bytes(surplus: int) -> None:
    body = '{"answer": "x"}'.ljust(200_000 + surplus)
    if surplus:
        with pytest.raises(AnswerTooLarge):
            answer_sent(sent(body), 3)
    else:
        assert answer_sent(sent(body), 3).raw == "x"


@pytest.mark.parametrize("method", ["put", "post"])
def test_a_form_is_read_from_a_put_as_from_a_post(method: str) -> None:
    request = sent("answer-3=a+b&sequence-3=2", method=method, content_type="application/x-www-form-urlencoded")
    assert answer_sent(request, 3) == GivenAnswer(3, "a b", 2, flagged=False)


@given(
    st.dictionaries(
        st.sampled_from(["answer", "sequence", "client_key", "confidence", "flagged", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
            max_leaves=6,
        ),
    )
)
def test_any_object_is_read_and_its_answer_is_kept_as_it_is(body: dict[str, Any]) -> None:
    read = answer_sent(sent(body), 3)
    assert read.raw == body.get("answer")
    assert read.confidence in (None, 1, 2, 3)
    assert read.flagged in (None, True, False)
