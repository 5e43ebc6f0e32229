"""What a reader's own notes are on, cut out of a passage and shown in each sort of block."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.lesson_page import ReadPassage, Term
from course.domain.notes import PlacedNote
from course.models import AnchorStatus, NoteKind
from course.reading.outline import PassageKind
from tests.factories import NOW
from web.learner.lesson_layout import Marked, Opener, laid_out
from web.learner.marked_words import MarkedPiece, marked_pieces

CONCEPT: Any = SimpleNamespace(pk=1, slug="wall", term="wall", kind="expression", definition="")
WALL = Term("wall", CONCEPT, is_first=True)
LATER = Term("wall", CONCEPT, is_first=False)


def passage(*pieces: str | Term, start: int = 100, kind: PassageKind = PassageKind.PARAGRAPH) -> ReadPassage:
    length = sum(len(piece if isinstance(piece, str) else piece.text) for piece in pieces)
    return ReadPassage(start, kind, 0, start, start + length, tuple(pieces))


def note(start: int, end: int, number: int = 1, **fields: Any) -> PlacedNote:
    given: dict[str, Any] = {"text": "", "quote": "", "status": AnchorStatus.EXACT, **fields}
    return PlacedNote(
        UUID(int=number),
        NoteKind.HIGHLIGHT,
        start=start,
        end=end,
        lesson_slug="",
        lesson_title="",
        updated_at=NOW,
        **given,
    )


def seen(pieces: Any) -> list[Any]:
    """Marked words in brackets with the number of their note, terms in capitals."""
    return [
        f"[{UUID(piece.note).int}:{_text(piece.piece)}]" if isinstance(piece, MarkedPiece) else _text(piece)
        for piece in pieces
    ]


def _text(piece: Any) -> str:
    return piece.text.upper() if isinstance(piece, Term) else str(piece)


@pytest.mark.parametrize(
    ("notes", "pieces"),
    [
        ([], ["They built a ", "WALL", ", high."]),
        ([note(0, 50)], ["They built a ", "WALL", ", high."]),
        ([note(100, 104)], ["[1:They]", " built a ", "WALL", ", high."]),
        ([note(90, 104)], ["[1:They]", " built a ", "WALL", ", high."]),
        ([note(105, 110)], ["They ", "[1:built]", " a ", "WALL", ", high."]),
        ([note(111, 119)], ["They built ", "[1:a ]", "[1:WALL]", "[1:, ]", "high."]),
        ([note(114, 116)], ["They built a ", "[1:WALL]", ", high."]),
        ([note(118, 400)], ["They built a ", "WALL", ",", "[1: high.]"]),
        ([note(100, 110), note(105, 110, 2)], ["[1:They ]", "[2:built]", " a ", "WALL", ", high."]),
        ([note(100, 107), note(103, 110, 2)], ["[1:The]", "[2:y bu]", "[2:ilt]", " a ", "WALL", ", high."]),
    ],
)
def test_a_passage_is_cut_where_notes_begin_and_end_and_terms_stay_whole(notes: list[PlacedNote], pieces: Any) -> None:
    assert seen(marked_pieces(passage("They built a ", WALL, ", high."), notes)) == pieces


spans = st.tuples(st.integers(90, 140), st.integers(1, 30)).map(lambda span: (span[0], span[0] + span[1]))


@given(st.lists(spans, max_size=6))
def test_no_letter_is_lost_and_exactly_what_a_note_is_on_is_marked(places: list[tuple[int, int]]) -> None:
    one = passage("Around ", LATER, " the old ", WALL, " grass grows, and more grass")
    notes = [note(start, end, number) for number, (start, end) in enumerate(places, 1)]
    pieces, at = marked_pieces(one, notes), one.start
    assert "".join(piece if isinstance(piece, str) else piece.text for piece in pieces) == one.text
    for piece in pieces:
        size = len(piece if isinstance(piece, str) else piece.text)
        is_on = any(start < at + size and at < end for start, end in places)
        assert isinstance(piece, MarkedPiece) == is_on
        at += size


class TestBlocks:
    def test_marked_words_that_open_a_concepts_note_still_open_it(self) -> None:
        (block,) = laid_out([passage("A ", WALL, " and a ", LATER, ".")], [note(102, 106), note(113, 117, 2)])
        marked = [piece for piece in block.pieces if isinstance(piece, Marked)]
        assert [(piece.text, piece.opener) for piece in marked] == [("wall", Opener("", WALL, "")), ("wall", None)]
        assert [piece for piece in block.pieces if isinstance(piece, str)] == ["A ", " and a ", "."]

    def test_a_table_is_cut_into_its_cells_first(self) -> None:
        (block,) = laid_out([passage("Town | Water\nUpper | much", kind=PassageKind.TABLE)], [note(102, 118)])
        assert [
            [[piece.text if isinstance(piece, Marked) else piece for piece in cell] for cell in row]
            for _, row in block.rows
        ] == [[["To", "wn "], [" Water"]], [["Upper", " "], [" much"]]]
        kinds = [type(piece) for _, row in block.rows for cell in row for piece in cell]
        assert kinds == [str, Marked, Marked, Marked, str, str]

    def test_a_note_stands_beside_the_block_in_which_its_words_begin(self) -> None:
        blocks = laid_out(
            [passage("One.", start=0), passage("Two.", start=10), passage("Three.", start=20)],
            [note(1, 3), note(12, 24, 2)],
        )
        assert [[own.uuid.int for own in block.own] for block in blocks] == [[1], [2], []]
        assert [[own.uuid.int for own in block.marks] for block in blocks] == [[1], [2], [2]]

    @pytest.mark.parametrize(("at", "beside"), [(0, 0), (16, 1), (99, 2)])
    def test_one_on_words_that_are_left_out_stands_next_to_where_they_were(self, at: int, beside: int) -> None:
        blocks = laid_out(
            [passage("One.", start=5), passage("Two.", start=20), passage("Three.", start=30)], [note(at, at + 2)]
        )
        assert [bool(block.own) for block in blocks] == [number == beside for number in range(3)]

    def test_a_deleted_one_keeps_its_place_and_marks_nothing(self) -> None:
        (block,) = laid_out([passage("One.", start=0)], [note(0, 3, is_deleted=True)])
        assert (block.own[0].is_deleted, block.pieces) == (True, ("One.",))

    def test_without_any_passage_nothing_stands_anywhere(self) -> None:
        assert laid_out([], [note(0, 3)]) == []
