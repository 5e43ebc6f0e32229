"""What is special about a text with gaps; the laws of all kinds are tested together."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.questions import question_type


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ({"stem": "Complete it.", "text": "A {{g1}} feeds two {{g2}}.", "gaps": []}, "A ____ feeds two ____."),
        ({"stem": "Complete it.", "text": " "}, "Complete it."),
        ({"stem": "Complete it.", "text": ["no text"]}, "Complete it."),
        ([], ""),
        ("text", ""),
    ],
)
def test_a_cloze_is_called_by_its_text_with_gaps_drawn(content: Any, title: str) -> None:
    assert question_type("cloze").title(content) == title
