"""A kind takes a further right answer into its content, or says that it has no room."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.questions import kinds, question_type

SHORT = {
    "stem": "What does the guide call the hour in which the tide turns?",
    "accepted": ["slack water"],
    "near_misses": [{"text": "still water", "feedback": "Nearly."}],
}
GAPS = {
    "stem": "Fill the gaps.",
    "text": "The {{g1}} opens in {{g2}}.",
    "gaps": [
        {"id": "g1", "accepted": ["observatory"]},
        {"id": "g2", "accepted": ["autumn"], "options": ["winter", "autumn", "summer"]},
    ],
}


@pytest.mark.parametrize(
    ("kind", "content", "answer"),
    [
        ("short_text", SHORT, "slack tide"),
        ("short_text", SHORT, "still water"),
        ("cloze", GAPS, {"g1": "star house", "g2": "autumn"}),
        ("cloze", GAPS, {"g1": "star house", "g2": "winter"}),
    ],
)
def test_the_further_answer_earns_everything_and_the_old_ones_still_do(kind: str, content: Any, answer: Any) -> None:
    asked = question_type(kind)
    before = asked.model_answer(content)
    wider = asked.with_accepted(content, answer)

    assert wider is not None
    assert asked.check(wider) == []
    assert asked.grade(wider, answer).fraction == 1
    assert asked.grade(wider, before).fraction == 1


@pytest.mark.parametrize(
    ("kind", "content", "answer"),
    [
        ("short_text", SHORT, "slack water"),
        ("cloze", GAPS, {"g1": "star house"}),
    ],
)
def test_what_is_right_already_or_can_never_be_right_finds_no_room(kind: str, content: Any, answer: Any) -> None:
    assert question_type(kind).with_accepted(content, answer) is None


def test_the_content_given_stays_as_it_is() -> None:
    question_type("short_text").with_accepted(SHORT, "slack tide")
    assert SHORT["accepted"] == ["slack water"]


@pytest.mark.parametrize("asked", kinds(), ids=lambda asked: asked.kind)
def test_whatever_a_kind_widens_passes_its_own_check(asked: Any) -> None:
    for example in asked.examples():
        if example.expected is None:
            continue
        answer = asked.parse(example.content, example.data)
        wider = asked.with_accepted(example.content, answer)
        assert wider is None or (asked.check(wider) == [] and asked.grade(wider, answer).fraction == 1)
