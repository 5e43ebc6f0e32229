"""A file holds no ids, except where a content names its own rows."""

from __future__ import annotations

import pytest

from quizzes.formats.course_file.ids import without_ids
from quizzes.questions import kinds
from quizzes.questions.base import Content
from quizzes.questions.ids import with_fresh_ids

EXAMPLES = [(kind.kind, example.content) for kind in kinds() for example in kind.examples()]


def test_options_lose_their_ids() -> None:
    content = {"stem": "Which?", "options": [{"id": "x7q", "text": "This", "correct": True}]}
    assert without_ids("single_choice", content) == {"stem": "Which?", "options": [{"text": "This", "correct": True}]}


def test_gaps_keep_plain_ids_because_the_text_names_them() -> None:
    content = {
        "text": "A {{q3}} and a {{k8}}.",
        "gaps": [{"id": "q3", "accepted": ["a"]}, {"id": "k8", "accepted": ["b"]}],
    }
    assert without_ids("cloze", content) == {
        "text": "A {{g1}} and a {{g2}}.",
        "gaps": [{"id": "g1", "accepted": ["a"]}, {"id": "g2", "accepted": ["b"]}],
    }


@pytest.mark.parametrize(("kind", "content"), EXAMPLES)
def test_taking_ids_away_and_giving_them_back_changes_nothing_else(kind: str, content: Content) -> None:
    bare = without_ids(kind, content)
    assert without_ids(kind, with_fresh_ids(kind, bare, "seed")) == bare
    assert without_ids(kind, bare) == bare


@pytest.mark.parametrize("rows", [None, 3, [1], "x"])
def test_content_too_broken_for_ids_comes_back_as_it_is(rows: object) -> None:
    assert without_ids("single_choice", {"options": rows}) == {"options": rows}
