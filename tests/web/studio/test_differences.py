"""Two wordings side by side: only what differs, in words and never by ids."""

from __future__ import annotations

import pytest

from quizzes.questions import kinds, question_type
from quizzes.questions.base import QuestionType
from tests.factories import single_choice
from web.studio.differences import Difference, differences

CONTENT = single_choice()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_equal_wordings_do_not_differ(kind: QuestionType) -> None:
    for example in kind.examples():
        assert differences(kind, example.content, example.content) == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_a_stem_that_differs_is_shown_in_both(kind: QuestionType) -> None:
    content = next(iter(kind.examples())).content
    found = differences(kind, {**content, "stem": "Mine?"}, {**content, "stem": "Theirs?"})
    assert [(each.mine, each.theirs) for each in found] == [(("Mine?",), ("Theirs?",))]


def test_rows_are_told_in_words() -> None:
    kind = question_type("single_choice")
    renamed = [{**option, "id": f"n{place}"} for place, option in enumerate(CONTENT["options"])]
    assert differences(kind, CONTENT, {**CONTENT, "options": renamed}) == []
    shorter = {**CONTENT, "options": [{"id": "k7", "text": "The fish", "correct": True, "feedback": "No."}]}
    assert differences(kind, shorter, {**CONTENT, "options": []}) == [
        Difference("Options", ("The fish – No. – This is right",), ())
    ]


def test_every_shape_has_words() -> None:
    kind = question_type("numeric")
    mine = {"stem": "How far?", "value": 2, "unit_required": True, "hints": ["Look.", "Again."]}
    theirs = {"stem": "How far?", "value": 3, "unit_required": False}
    assert [(each.mine, each.theirs) for each in differences(kind, mine, theirs)] == [
        (("2",), ("3",)),
        (("yes",), ("no",)),
        (("Look.", "Again."), ()),
    ]
    told = differences(question_type("true_false"), {"feedback": {"true": "No."}}, {})
    assert [each.mine for each in told] == [("true: No.",)]
