"""A lesson's passages laid out for the page: lists and tables gathered, headings nested, a note for each concept."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from course.domain.lesson_page import NamedConcept, ReadPassage, Section, Term
from course.domain.notes import PlacedNote
from course.reading.outline import PassageKind
from language import marked, say
from web.learner.marked_words import MarkedPiece, Piece, marked_pieces

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
LONGEST_QUOTE = 100
LONGEST_JOINED = 12
LABELS = {"expression": marked("Key concept"), "name": marked("Name"), "topic": marked("Topic")}


@dataclass(frozen=True, slots=True)
class Opener:
    """Words that open a note, and what is written against them: at a line's end a button would part from it."""

    ahead: str
    term: Term
    behind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Words with a note of the reader's own, whose uuid is `note`; where they also open a concept's note, `opener`."""

    note: str
    text: str
    opener: Opener | None = None


Shown = str | Opener | Marked
Row = tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Another passage that names a concept: its number in the lesson, headings aside, and where it starts."""

    number: int
    start: int


@dataclass(frozen=True, slots=True)
class ConceptNote:
    """What stands in the margin about a concept: `quote` is the sentence that names it, `uses` the passages after."""

    concept: NamedConcept
    label: str
    quote: str
    uses: tuple[Use, ...]

    @property
    def id(self) -> str:
        return f"n-{self.concept.slug}"


@dataclass(frozen=True, slots=True)
class Block:
    """One passage, or several that belong together: the items of a list, the rows of a table.

    `own` are the reader's notes that begin here, `marks` all that are on its words. `asks` is the number of the section
    that ends with it, where a side question stands; 0 without one.
    """

    kind: str
    passages: tuple[ReadPassage, ...]
    notes: tuple[ConceptNote, ...]
    level: int = 0
    own: tuple[PlacedNote, ...] = ()
    marks: tuple[PlacedNote, ...] = ()
    asks: int = 0

    @property
    def start(self) -> int:
        return self.passages[0].start

    @property
    def pieces(self) -> tuple[Shown, ...]:
        return shown(marked_pieces(self.passages[0], self.marks))

    @property
    def items(self) -> list[tuple[int, tuple[Shown, ...]]]:
        """The items of a list, each with where its passage starts."""
        return [(passage.start, shown(marked_pieces(passage, self.marks))) for passage in self.passages]

    @property
    def rows(self) -> list[tuple[int, Row]]:
        """The rows of a table, each with where its passage starts and with its cells."""
        return [(passage.start, row) for passage in self.passages for row in _rows(marked_pieces(passage, self.marks))]


def direction(language: str) -> str:
    """Which way the language is written: "ltr" or "rtl"."""
    return "rtl" if language.lower().replace("_", "-").split("-")[0] in RIGHT_TO_LEFT else "ltr"


def laid_out(
    passages: Sequence[ReadPassage], own: Sequence[PlacedNote] = (), asking: Sequence[Section] = ()
) -> list[Block]:
    """The passages as blocks, in order, with the reader's `own` notes, and where the `asking` sections end."""
    asks = {section.last: section.number for section in asking}
    uses = _uses(passages)
    levels = _heading_levels(passages)
    groups = list(_groups(passages))
    beside = _beside([group[-1].end for _, group in groups], own)
    return [
        Block(
            kind=kind,
            passages=tuple(group),
            notes=tuple(note for passage in group for note in _notes(passage, uses)),
            level=levels.get(group[0].start, 0),
            own=tuple(beside.get(number, ())),
            marks=tuple(note for note in own if _is_on(note, group)),
            asks=asks.get(group[-1].start, 0),
        )
        for number, (kind, group) in enumerate(groups)
    ]


def _is_on(note: PlacedNote, group: Sequence[ReadPassage]) -> bool:
    return not note.is_deleted and note.start < group[-1].end and group[0].start < note.end


def _beside(ends: Sequence[int], own: Iterable[PlacedNote]) -> dict[int, list[PlacedNote]]:
    """The notes that stand beside each block, by its number: where their words begin, or next to where they were."""
    beside: dict[int, list[PlacedNote]] = {}
    for note in own:
        beside.setdefault(min(bisect_right(ends, note.start), len(ends) - 1), []).append(note)
    return beside


def shown(pieces: Sequence[Piece]) -> tuple[Shown, ...]:
    """The pieces as plain strings and openers; only the words that name a concept first open its note."""
    found: list[Shown] = [""]
    for piece in pieces:
        before = found.pop()
        if isinstance(piece, MarkedPiece):
            found += [before, _marked(piece)]
        elif isinstance(piece, Term) and piece.is_first:
            found += _opened(before, piece)
        else:
            found += _followed(before, piece.text if isinstance(piece, Term) else piece)
    return tuple(piece for piece in found if piece)


def _marked(piece: MarkedPiece) -> Marked:
    term = piece.piece
    opener = Opener("", term, "") if isinstance(term, Term) and term.is_first else None
    return Marked(piece.note, piece.text, opener)


def _opened(before: Shown, term: Term) -> list[Shown]:
    if not isinstance(before, str):
        return [before, Opener("", term, "")]
    ahead = _joined(re.split(r"\s", before)[-1], before[-1:])
    return [before[: len(before) - len(ahead)], Opener(ahead, term, "")]


def _followed(before: Shown, text: str) -> list[Shown]:
    if isinstance(before, str):
        return [before + text]
    if isinstance(before, Marked):
        return [before, text]
    behind = _joined(re.split(r"\s", text, maxsplit=1)[0], text[:1])
    return [Opener(before.ahead, before.term, behind), text[len(behind) :]]


def _joined(run: str, nearest: str) -> str:
    """What must not part from the words: the letters against them, but of a script without spaces one at most."""
    return run if len(run) <= LONGEST_JOINED else nearest


def _groups(passages: Iterable[ReadPassage]) -> Iterator[tuple[str, list[ReadPassage]]]:
    gathered = (PassageKind.LIST_ITEM, PassageKind.TABLE)
    for kind, run in groupby(passages, key=lambda passage: passage.kind):
        if kind in gathered:
            yield kind.value, list(run)
        else:
            yield from ((kind.value, [passage]) for passage in run)


def _heading_levels(passages: Sequence[ReadPassage]) -> dict[int, int]:
    """The level of each heading on the page, by its start: 2 stands below the title, and none is skipped."""
    levels: dict[int, int] = {}
    above: list[int] = []
    for heading in (passage for passage in passages if passage.kind == PassageKind.HEADING):
        above = [level for level in above if level < heading.level]
        levels[heading.start] = min(len(above) + 2, 6)
        above.append(heading.level)
    return levels


def _uses(passages: Sequence[ReadPassage]) -> dict[int, list[Use]]:
    """For each concept (by key) the passages that name it."""
    uses: dict[int, list[Use]] = {}
    number = 0
    for passage in passages:
        number += passage.kind != PassageKind.HEADING
        named = {piece.concept.pk for piece in passage.pieces if isinstance(piece, Term)}
        for concept in named:
            uses.setdefault(concept, []).append(Use(number, passage.start))
    return uses


def _notes(passage: ReadPassage, uses: dict[int, list[Use]]) -> Iterator[ConceptNote]:
    for piece, before, after in _with_surroundings(passage.pieces):
        concept = piece.concept
        if piece.is_first:
            quote = sentence_around(before, piece.text, after)
            yield ConceptNote(
                concept=concept,
                label=say(LABELS.get(concept.kind, "Key concept")),
                quote="" if _says_the_same(concept.definition, quote) else quote,
                uses=tuple(use for use in uses[concept.pk] if use.start != passage.start),
            )


def _with_surroundings(pieces: Sequence[str | Term]) -> Iterator[tuple[Term, str, str]]:
    texts = [piece.text if isinstance(piece, Term) else piece for piece in pieces]
    for index, piece in enumerate(pieces):
        if isinstance(piece, Term):
            yield piece, "".join(texts[:index]), "".join(texts[index + 1 :])


def sentence_around(before: str, term: str, after: str, *, most: int = LONGEST_QUOTE) -> str:
    """The sentence that names the term, shortened with ellipses at words to about `most` characters."""
    start = re.split(r"(?<=[.!?…])[”’\"')]*\s+", before)[-1].lstrip()
    end = re.split(r"(?<=[.!?…])(?=[”’\"')]*\s)", after, maxsplit=1)[0].rstrip()
    room = max(0, most - len(term))
    if len(start) + len(end) <= room:
        return f"{start}{term}{end}"
    ahead = max(room // 2, room - len(end))
    start = _last_words(start, ahead)
    return f"{start}{term}{_first_words(end, room - len(start))}"


def _last_words(text: str, most: int) -> str:
    return text if len(text) <= most else "…" + text[len(text) - most :].partition(" ")[2]


def _first_words(text: str, most: int) -> str:
    return text if len(text) <= most else text[: max(0, most)].rpartition(" ")[0] + "…"


def _says_the_same(definition: str, quote: str) -> bool:
    return bool(definition) and quote.strip(" .…") in definition


def _rows(pieces: Sequence[Piece]) -> Iterator[Row]:
    """Cells stand between bars, rows between line breaks; a concept stays whole in its cell."""
    row: list[list[Piece]] = [[]]
    for piece in pieces:
        for part in _cut_at_cells(piece):
            if part == "\n":
                yield _cells(row)
                row = [[]]
            elif part == "|":
                row.append([])
            elif part:
                row[-1].append(part)
    yield _cells(row)


def _cut_at_cells(piece: Piece) -> Iterator[Piece]:
    if isinstance(piece, str):
        yield from re.split(r"(\||\n)", piece)
    elif isinstance(piece, MarkedPiece) and isinstance(piece.piece, str):
        cut = re.split(r"(\||\n)", piece.piece)
        yield from (part if part in ("|", "\n", "") else MarkedPiece(piece.note, part) for part in cut)
    else:
        yield piece


def _cells(row: list[list[Piece]]) -> Row:
    return tuple(shown(cell) for cell in row)
