"""What a control can send is told from what it cannot, before any question is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from quizzes.questions import kinds
from quizzes.questions.base import Control
from quizzes.questions.shapes import LISTS, TEXTS, has_shape
from tests.quizzes.questions.cases import json_values

OBJECTS = {Control.GAPS, Control.ASSIGN}


def test_every_control_sends_a_text_a_list_or_an_object_and_only_one_of_them() -> None:
    assert set(Control) == TEXTS | LISTS | OBJECTS
    assert len(Control) == len(TEXTS) + len(LISTS) + len(OBJECTS)


@pytest.mark.parametrize("control", Control)
@pytest.mark.parametrize(
    ("raw", "sent_by"),
    [
        (None, set(Control)),
        ("", TEXTS),
        ("x", TEXTS),
        ("\x00", TEXTS),
        ([], LISTS),
        (["x", ""], LISTS),
        ([1], set()),
        ([["x"]], set()),
        ([None], set()),
        ({}, OBJECTS),
        ({"g1": "x"}, OBJECTS),
        ({"g1": None}, set()),
        ({"g1": ["x"]}, set()),
        (("x",), set()),
        (0, set()),
        (True, set()),
        (1.5, set()),
    ],
    ids=range(17),
)
def test_each_shape_is_sent_by_its_controls_alone(control: Control, raw: Any, sent_by: set[Control]) -> None:
    assert has_shape(control, raw) is (control in sent_by)


@given(raw=json_values)
@settings(max_examples=50, deadline=None)
def test_any_json_has_a_shape_or_not_and_never_raises(raw: Any) -> None:
    found = {control for control in Control if has_shape(control, raw)}
    assert found in (set(Control), TEXTS, LISTS, OBJECTS, set())


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_what_a_kind_stores_is_of_the_shape_that_its_control_sends(kind: Any) -> None:
    for example in kind.examples():
        assert has_shape(kind.control, kind.model_answer(example.content))
