from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.lesson_page import ReadPassage, Term
from course.reading.outline import PassageKind
from web.learner.lesson_layout import Opener, direction, laid_out, sentence_around, shown


def concept(pk: int = 1, **fields: Any) -> Any:
    return SimpleNamespace(**{"pk": pk, "slug": f"c{pk}", "kind": "expression", "definition": "", **fields})


def passage(
    *pieces: str | Term, kind: PassageKind = PassageKind.PARAGRAPH, start: int = 0, level: int = 0
) -> ReadPassage:
    return ReadPassage(start, kind, level, start, start + 1, tuple(pieces))


def words_of(pieces: tuple[Any, ...]) -> str:
    return "".join(p.ahead + p.term.text + p.behind if isinstance(p, Opener) else p for p in pieces)


def test_list_items_and_table_rows_that_follow_each_other_are_one_block() -> None:
    kinds = [PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.LIST_ITEM, PassageKind.PARAGRAPH]
    blocks = laid_out([passage("x", kind=kind, start=n) for n, kind in enumerate(kinds)])
    assert [(block.kind, block.start, len(block.passages)) for block in blocks] == [
        ("paragraph", 0, 1),
        ("list_item", 1, 2),
        ("paragraph", 3, 1),
    ]
    assert blocks[1].items == [(1, ("x",)), (2, ("x",))]


@pytest.mark.parametrize(
    ("levels", "on_the_page"),
    [([2, 3, 2], [2, 3, 2]), ([3, 2], [2, 2]), ([1, 4, 6], [2, 3, 4]), ([2, 2], [2, 2]), ([0], [2])],
)
def test_headings_stand_below_the_title_and_skip_no_level(levels: list[int], on_the_page: list[int]) -> None:
    blocks = laid_out([passage("x", kind=PassageKind.HEADING, start=n, level=v) for n, v in enumerate(levels)])
    assert [block.level for block in blocks] == on_the_page


def test_a_table_is_cut_into_rows_and_cells_with_its_concepts_whole() -> None:
    term = Term("the wall", concept(), is_first=True)
    (block,) = laid_out([passage("Town | ", term, "\nUpper | Water", kind=PassageKind.TABLE, start=7)])
    rows = [(start, [words_of(cell).strip() for cell in row]) for start, row in block.rows]
    assert rows == [(7, ["Town", "the wall"]), (7, ["Upper", "Water"])]


def test_a_note_quotes_its_sentence_and_leads_to_the_other_uses() -> None:
    about = concept()
    first = passage("It began. They built ", Term("a wall", about, is_first=True), ", high and grey. It stood.")
    heading = passage("Later", kind=PassageKind.HEADING, start=40)
    again = passage("Around ", Term("the wall", about, is_first=False), " grass grows.", start=50)
    blocks = laid_out([first, heading, again])
    (note,) = blocks[0].notes
    assert note.id == "n-c1"
    assert note.label == "Key concept"
    assert note.quote == "They built a wall, high and grey."
    assert [(use.number, use.start) for use in note.uses] == [(2, 50)]
    assert (blocks[1].notes, blocks[2].notes) == ((), ())


def test_a_note_does_not_say_the_same_twice() -> None:
    about = concept(definition="A wall is a thing of stone.")
    (block,) = laid_out([passage("A wall is ", Term("a thing", about, is_first=True), " of stone.")])
    assert block.notes[0].quote == ""


@pytest.mark.parametrize(("kind", "label"), [("expression", "Key concept"), ("name", "Name"), ("topic", "Topic")])
def test_a_note_names_its_kind(kind: str, label: str) -> None:
    (block,) = laid_out([passage(Term("Minsk", concept(kind=kind), is_first=True))])
    assert block.notes[0].label == label


def test_what_is_written_against_a_term_stays_with_it() -> None:
    term = Term("soft landing", concept(), is_first=True)
    assert shown(("for a (“", term, "”): a way")) == ("for a ", Opener("(“", term, "”):"), " a way")


def test_terms_side_by_side_are_both_kept() -> None:
    one, two = (Term(text, concept(n), is_first=True) for n, text in enumerate(("soft", "landing")))
    assert shown((one, two, "!")) == (Opener("", one, ""), Opener("", two, "!"))


def test_a_later_mention_is_plain_text() -> None:
    assert shown(("the ", Term("wall", concept(), is_first=False), " again")) == ("the wall again",)


def test_of_a_script_without_spaces_one_letter_stays_with_the_term() -> None:
    term = Term("墙", concept(), is_first=True)
    assert shown(("水" * 40, term, "水" * 40)) == ("水" * 39, Opener("水", term, "水"), "水" * 39)


PIECES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.builds(Term, text=st.text(min_size=1, max_size=10), concept=st.just(concept()), is_first=st.booleans()),
    ),
    max_size=8,
)


@given(PIECES)
def test_no_letter_is_lost_or_moved(pieces: list[str | Term]) -> None:
    given_words = "".join(piece.text if isinstance(piece, Term) else piece for piece in pieces)
    assert words_of(shown(pieces)) == given_words


@pytest.mark.parametrize(
    ("before", "after", "quote"),
    [
        ("", "", "term"),
        ("One. Two ", " three. Four.", "Two term three."),
        ("He said: “Go!” Then ", " came.", "Then term came."),
        ("In 1863 ", ", he rose.", "In 1863 term, he rose."),
    ],
)
def test_the_sentence_around_a_term_is_found(before: str, after: str, quote: str) -> None:
    assert sentence_around(before, "term", after) == quote


@given(st.text(max_size=400), st.text(min_size=1, max_size=40), st.text(max_size=400))
def test_a_quote_holds_the_term_and_is_short(before: str, term: str, after: str) -> None:
    quote = sentence_around(before, term, after)
    assert term in quote
    assert len(quote) <= 100 + 2


def test_a_long_sentence_is_cut_at_words() -> None:
    quote = sentence_around("word " * 60, "term", " word" * 60)
    assert quote.startswith("…word ")
    assert quote.endswith(" word…")


@pytest.mark.parametrize(
    ("language", "way"), [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("fa_IR", "rtl"), ("", "ltr"), ("ARC", "rtl")]
)
def test_the_way_a_language_is_written(language: str, way: str) -> None:
    assert direction(language) == way
