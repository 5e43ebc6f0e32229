"""Rows of a form are moved by buttons: nothing typed is lost, and the choice among them goes along."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import kinds
from quizzes.questions.base import QuestionType
from tests.web.studio.asked import untouched
from web.studio.question_form import QuestionForm, content_sent
from web.studio.row_moves import RowMove, moved, row_move

FORM = {
    "stem": "Who built it?",
    "options-0-text": "The upper town",
    "options-0-feedback": "Yes.",
    "options-1-text": "The lower town",
    "options-2-text": "The fish",
    "options-correct": "0",
    "seen": "1",
}


@pytest.mark.parametrize(
    ("pressed", "move"),
    [
        ("up options 2", RowMove("up", "options", 2)),
        ("down near_misses 10", RowMove("down", "near_misses", 10)),
        ("out pairs 0", RowMove("out", "pairs", 0)),
        ("more units 0", RowMove("more", "units", 0)),
        ("save", None),
        ("accept", None),
        ("", None),
        ("up options", None),
        ("up options -1", None),
        ("up options 1000", None),
        ("over options 1", None),
        ("up options 1 ", None),
        ("up OPTIONS 1", None),
    ],
)
def test_a_button_says_what_it_moves(pressed: str, move: RowMove | None) -> None:
    assert row_move(pressed) == move


def test_a_row_goes_down_with_all_it_has_and_stays_the_right_one() -> None:
    assert moved(FORM, RowMove("down", "options", 0)) == {
        "stem": "Who built it?",
        "options-1-text": "The upper town",
        "options-1-feedback": "Yes.",
        "options-0-text": "The lower town",
        "options-2-text": "The fish",
        "options-correct": "1",
        "seen": "1",
    }


def test_a_row_is_taken_out_and_no_other_is_touched() -> None:
    left = moved(FORM, RowMove("out", "options", 1))
    assert {**left, "options-1-text": "The lower town"} == FORM


@pytest.mark.parametrize("move", [RowMove("up", "options", 0), RowMove("more", "options", 0)])
def test_over_the_edge_and_more_rows_change_nothing(move: RowMove) -> None:
    assert moved(FORM, move) == FORM


def test_a_field_with_a_longer_name_is_another_field() -> None:
    form = {"gap-0-text": "a", "gap-1-text": "b", "gaps-0-text": "c", "gaps-1-text": "d"}
    assert moved(form, RowMove("down", "gap", 0)) == {**form, "gap-0-text": "b", "gap-1-text": "a"}


@given(index=st.integers(1, 99), rows=st.dictionaries(st.integers(0, 99), st.text(max_size=9)))
def test_up_is_undone_by_down(index: int, rows: dict[int, str]) -> None:
    cells = {f"steps-{number}-text": text for number, text in rows.items()}
    up = moved({**cells, "steps-right": "3"}, RowMove("up", "steps", index))
    assert moved(up, RowMove("down", "steps", index - 1)) == {**cells, "steps-right": "3"}
    up.pop("steps-right")
    assert sorted(up.values()) == sorted(cells.values())


def lists_of(kind: QuestionType) -> list[tuple[dict[str, Any], str]]:
    """The contents of a kind's examples, each with every field of it that is a list of two rows or more."""
    return [
        (dict(example.content), field.name)
        for example in kind.examples()
        for field in kind.author_fields()
        if field.shape == "options" and isinstance(rows := example.content.get(field.name), list) and len(rows) > 1
    ]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_in_every_kind_the_rows_of_the_content_follow(kind: QuestionType) -> None:
    for content, name in lists_of(kind):
        sent = untouched(QuestionForm(kind, content).fields())
        rows = content_sent(kind, content, sent)[name]

        down = content_sent(kind, content, moved(sent, RowMove("down", name, 0)))
        out = content_sent(kind, content, moved(sent, RowMove("out", name, 1)))

        assert down[name] == [rows[1], rows[0], *rows[2:]]
        assert out[name] == [rows[0], *rows[2:]]
        assert {**down, name: rows} == {**out, name: rows}
