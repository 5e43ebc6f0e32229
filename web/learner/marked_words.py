"""The words of a passage that a reader's own notes are on, cut out of its text and its terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from course.domain.lesson_page import ReadPassage, Term
from course.domain.notes import PlacedNote


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A string or a whole term that the note with this uuid is on."""

    note: str
    piece: str | Term

    @property
    def text(self) -> str:
        return self.piece if isinstance(self.piece, str) else self.piece.text


Piece = str | Term | MarkedPiece


def marked_pieces(passage: ReadPassage, notes: Sequence[PlacedNote]) -> tuple[Piece, ...]:
    """The passage's pieces, each cut where a note begins or ends; joined, they are still the passage.

    A term is never cut: it is marked when a note touches it. Of several notes on the same words the shortest marks.
    """
    near = [note for note in notes if note.start < passage.end and passage.start < note.end]
    return tuple(_marked(passage, near)) if near else passage.pieces


def _marked(passage: ReadPassage, notes: Sequence[PlacedNote]) -> Iterator[Piece]:
    start = passage.start
    for piece in passage.pieces:
        end = start + len(piece if isinstance(piece, str) else piece.text)
        if isinstance(piece, Term):
            yield _with_note(piece, start, end, notes)
        else:
            cuts = sorted({start, end, *(cut for note in notes for cut in (note.start, note.end) if start < cut < end)})
            for one, other in pairwise(cuts):
                yield _with_note(piece[one - start : other - start], one, other, notes)
        start = end


def _with_note(piece: str | Term, start: int, end: int, notes: Sequence[PlacedNote]) -> Piece:
    over = [note for note in notes if note.start < end and start < note.end]
    if not over:
        return piece
    return MarkedPiece(str(min(over, key=lambda note: (note.end - note.start, -note.start)).uuid), piece)
