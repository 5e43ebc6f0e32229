"""Layout of lessons, case by case: headings of every order, tables of every shape, quotes of every length."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.lesson_page import ReadPassage, Term
from course.reading.outline import PassageKind
from web.learner.lesson_layout import (
    LONGEST_QUOTE,
    RIGHT_TO_LEFT,
    Opener,
    direction,
    laid_out,
    sentence_around,
    shown,
)


def concept(pk: int = 1, **fields: Any) -> Any:
    return SimpleNamespace(**{"pk": pk, "slug": f"c{pk}", "kind": "expression", "definition": "", **fields})


WALL = Term("wall", concept(), is_first=True)
LATER = Term("wall", concept(), is_first=False)


def passage(
    *pieces: str | Term, kind: PassageKind = PassageKind.PARAGRAPH, start: int = 0, level: int = 0
) -> ReadPassage:
    return ReadPassage(start, kind, level, start, start + 1, tuple(pieces))


def headings(levels: list[int]) -> list[int]:
    blocks = laid_out([passage("x", kind=PassageKind.HEADING, start=n, level=v) for n, v in enumerate(levels)])
    return [block.level for block in blocks]


@given(st.lists(st.integers(0, 9), max_size=12))
def test_headings_begin_at_two_skip_no_level_and_go_no_deeper_than_six(levels: list[int]) -> None:
    found = headings(levels)
    assert all(2 <= level <= 6 for level in found)
    assert found[:1] in ([], [2])
    assert all(below <= above + 1 for above, below in pairwise(found))


@given(st.lists(st.integers(0, 9), max_size=12))
def test_a_heading_is_never_deeper_than_the_one_before_unless_its_level_is(levels: list[int]) -> None:
    for (one, shown_one), (two, shown_two) in pairwise(zip(levels, headings(levels), strict=True)):
        if one == two:
            assert shown_one == shown_two
        if two < one:
            assert shown_two <= shown_one


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ([1], [2]),
        ([6], [2]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
        ([6, 5, 4, 3], [2, 2, 2, 2]),
        ([1, 3, 1, 3], [2, 3, 2, 3]),
        ([0, 2], [2, 3]),
        ([2, 0], [2, 2]),
        ([1, 0, 3, 2], [2, 2, 3, 3]),
    ],
)
def test_headings_case_by_case(levels: list[int], found: list[int]) -> None:
    assert headings(levels) == found


@pytest.mark.parametrize("kind", [kind for kind in PassageKind if kind is not PassageKind.HEADING])
def test_only_a_heading_has_a_level(kind: PassageKind) -> None:
    (block,) = laid_out([passage("x", kind=kind, level=3)])
    assert (block.kind, block.level) == (kind.value, 0)


@pytest.mark.parametrize(
    ("kinds", "blocks"),
    [
        ("", []),
        ("p", [1]),
        ("ppp", [1, 1, 1]),
        ("lll", [3]),
        ("ttt", [3]),
        ("llptt", [2, 1, 2]),
        ("ltl", [1, 1, 1]),
        ("lplpl", [1, 1, 1, 1, 1]),
        ("qq", [1, 1]),
        ("hlllh", [1, 3, 1]),
    ],
)
def test_runs_of_list_items_and_of_rows_are_gathered_and_nothing_else(kinds: str, blocks: list[int]) -> None:
    named = {"p": PassageKind.PARAGRAPH, "l": PassageKind.LIST_ITEM, "t": PassageKind.TABLE, "q": PassageKind.QUOTE}
    named["h"] = PassageKind.HEADING
    laid = laid_out([passage("x", kind=named[kind], start=n) for n, kind in enumerate(kinds)])
    assert [len(block.passages) for block in laid] == blocks


@given(st.lists(st.sampled_from(PassageKind), max_size=15))
def test_every_passage_is_in_one_block_and_in_its_order(kinds: list[PassageKind]) -> None:
    passages = [passage("x", kind=kind, start=n) for n, kind in enumerate(kinds)]
    assert [each for block in laid_out(passages) for each in block.passages] == passages


def cells(*pieces: str | Term) -> list[list[str]]:
    (block,) = laid_out([passage(*pieces, kind=PassageKind.TABLE)])
    return [["".join(_words(piece) for piece in cell).strip() for cell in row] for _, row in block.rows]


def _words(piece: Any) -> str:
    return f"{piece.ahead}{piece.term.text}{piece.behind}" if isinstance(piece, Opener) else str(piece)


@pytest.mark.parametrize(
    ("pieces", "rows"),
    [
        ((), [[""]]),
        (("a",), [["a"]]),
        (("a | b",), [["a", "b"]]),
        (("a|b\nc|d",), [["a", "b"], ["c", "d"]]),
        (("| a | b |",), [["", "a", "b", ""]]),
        (("a\n\nb",), [["a"], [""], ["b"]]),
        (("a | ", WALL, " | b"), [["a", "wall", "b"]]),
        ((WALL, "\n", LATER), [["wall"], ["wall"]]),
        (("the ", WALL, "s | b"), [["the walls", "b"]]),
    ],
)
def test_a_table_is_cut_at_bars_and_line_breaks(pieces: tuple[str | Term, ...], rows: list[list[str]]) -> None:
    assert cells(*pieces) == rows


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((), ()),
        (("",), ()),
        (("a", "b"), ("ab",)),
        (("a ", LATER, " b"), ("a wall b",)),
        ((WALL,), (Opener("", WALL, ""),)),
        (("a ", WALL), ("a ", Opener("", WALL, ""))),
        (("a-", WALL), (Opener("a-", WALL, ""),)),
        (("(", WALL, ")."), (Opener("(", WALL, ")."),)),
        ((WALL, "s of stone"), (Opener("", WALL, "s"), " of stone")),
        ((WALL, " of stone"), (Opener("", WALL, ""), " of stone")),
        ((WALL, LATER), (Opener("", WALL, "wall"),)),
        ((WALL, "\nnext"), (Opener("", WALL, ""), "\nnext")),
        (("x" * 12, WALL), (Opener("x" * 12, WALL, ""),)),
        (("x" * 13, WALL), ("x" * 12, Opener("x", WALL, ""))),
        ((WALL, "x" * 12), (Opener("", WALL, "x" * 12),)),
        ((WALL, "x" * 13), (Opener("", WALL, "x"), "x" * 12)),
    ],
)
def test_what_opens_a_note_and_what_stays_beside_it(pieces: tuple[str | Term, ...], expected: tuple[Any, ...]) -> None:
    assert shown(pieces) == expected


@pytest.mark.parametrize(
    ("definition", "sentence", "quote"),
    [
        ("", "They built a wall.", "They built a wall."),
        ("A thing of stone.", "They built a wall.", "They built a wall."),
        ("They built a wall.", "They built a wall.", ""),
        ("So it was: They built a wall. Later.", "They built a wall.", ""),
    ],
)
def test_a_note_quotes_a_sentence_unless_the_definition_says_it_already(
    definition: str, sentence: str, quote: str
) -> None:
    term = Term("wall", concept(definition=definition), is_first=True)
    (block,) = laid_out([passage(sentence.removesuffix("wall."), term, ".")])
    assert [note.quote for note in block.notes] == [quote]


def test_uses_count_passages_from_one_without_headings_and_leave_out_the_own() -> None:
    about = concept()
    first, again = Term("wall", about, is_first=True), Term("wall", about, is_first=False)
    blocks = laid_out(
        [
            passage("Towns", kind=PassageKind.HEADING, start=0),
            passage(first, start=10),
            passage("Nothing.", start=20),
            passage("Walls", again, kind=PassageKind.HEADING, start=30),
            passage(again, again, start=40),
            passage(again, kind=PassageKind.LIST_ITEM, start=50),
        ]
    )
    (note,) = blocks[1].notes
    assert [(use.number, use.start) for use in note.uses] == [(2, 30), (3, 40), (4, 50)]


def test_notes_of_a_gathered_list_stand_at_the_list_in_order() -> None:
    one, two = (Term(name, concept(pk), is_first=True) for pk, name in enumerate(("wall", "lake"), 1))
    (block,) = laid_out(
        [passage(one, kind=PassageKind.LIST_ITEM, start=0), passage(two, kind=PassageKind.LIST_ITEM, start=9)]
    )
    assert [note.id for note in block.notes] == ["n-c1", "n-c2"]


def test_a_concept_of_a_kind_that_is_not_known_yet_is_called_a_key_concept() -> None:
    (block,) = laid_out([passage(Term("wall", concept(kind="later"), is_first=True))])
    assert block.notes[0].label == "Key concept"


@pytest.mark.parametrize(
    ("before", "after", "quote"),
    [
        ("One! Two? ", " three. Four.", "term three."),
        ("One… two ", " three… four", "two term three…"),
        ("(So it was.) Then ", " came.) And", "Then term came."),
        ("“Go!” he said. The ", " fell.” Then", "The term fell."),
        ("At 3.5 per cent the ", " fell by 2.5 points. Then", "At 3.5 per cent the term fell by 2.5 points."),
        ("Line one.\nThe ", " fell.\nLine two.", "The term fell."),
        ("  ", "  ", "term"),
        ("a ", "", "a term"),
        ("", " b", "term b"),
    ],
)
def test_where_a_sentence_begins_and_ends(before: str, after: str, quote: str) -> None:
    assert sentence_around(before, "term", after) == quote


@pytest.mark.parametrize(
    ("ahead", "behind", "starts_cut", "ends_cut"),
    [(10, 10, False, False), (200, 10, True, False), (10, 200, False, True), (200, 200, True, True)],
)
def test_a_long_sentence_is_cut_on_the_side_that_is_long(
    ahead: int, behind: int, starts_cut: bool, ends_cut: bool
) -> None:
    quote = sentence_around("a " * (ahead // 2), "term", " b" * (behind // 2))
    assert (quote.startswith("…"), quote.endswith("…")) == (starts_cut, ends_cut)
    assert len(quote) <= LONGEST_QUOTE + 2


@given(
    st.text("ab .!", max_size=200),
    st.text("cd", min_size=1, max_size=150),
    st.text("ab .!", max_size=200),
    st.integers(0, 200),
)
def test_a_quote_keeps_to_any_length_that_its_term_fits_in(before: str, term: str, after: str, most: int) -> None:
    assert len(sentence_around(before, term, after, most=most)) <= max(most, len(term)) + 2


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_languages_written_from_right_to_left_keep_that_with_a_region(language: str) -> None:
    assert {direction(form) for form in (language, language.upper(), f"{language}-XX", f"{language}_XX")} == {"rtl"}


@pytest.mark.parametrize("language", ["en", "de", "be", "zh-Hans", "ja", "arn", "hebrew", "x-ar", "", "-"])
def test_all_others_are_written_from_left_to_right(language: str) -> None:
    assert direction(language) == "ltr"
