"""Content that a program writes: sound or refused with every problem, whatever JSON it is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.question_writing import QuestionUnsound, sound
from quizzes.questions import kinds, question_type
from quizzes.questions.base import Problem, QuestionType
from tests.factories import single_choice

words = st.text("aé\x00\ud800\u202e 7", max_size=4)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    ["stem", "options", "text", "gaps", "answers", "pairs", "steps", "sentences", "things", "hints"]
)


@given(st.sampled_from([kind.kind for kind in kinds()]), st.dictionaries(names, json, max_size=5))
def test_any_json_is_sound_for_its_kind_or_refused_with_its_problems(kind: str, content: dict[str, Any]) -> None:
    checked: dict[str, Any] = {}
    problems: list[Problem] = []
    try:
        checked = sound(kind, content)
    except QuestionUnsound as refused:
        problems = refused.problems
    assert bool(problems) is (not checked)
    assert not checked or question_type(kind).check(checked) == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_what_is_sound_stays_sound_under_ids_that_nobody_knew(kind: QuestionType) -> None:
    for example in kind.examples():
        first, again = sound(kind.kind, example.content), sound(kind.kind, example.content)
        assert kind.check(first) == kind.check(again) == []
        assert (first != again) is bool(kind.id_rows and example.content.get(kind.id_rows))


@pytest.mark.parametrize(
    "value", ["\x00", "\ud800", 10**31, float("nan"), float("inf"), {"\x00": 1}, [["\udfff"]]], ids=repr
)
def test_what_no_database_keeps_is_one_problem_of_the_whole(value: Any) -> None:
    with pytest.raises(QuestionUnsound) as refused:
        sound("single_choice", {**single_choice(), "more": value})
    assert [problem.code for problem in refused.value.problems] == ["unstorable"]
