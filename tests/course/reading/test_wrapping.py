from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.clean import clean
from course.reading.formats import read_text
from course.reading.outline import PassageKind
from course.reading.wrapping import unwrap, wrap_width
from tests.course.reading.samples import PASTE, gold_pages


def wrapped(text: str, width: int, between: str = "\n\n") -> str:
    return between.join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.strip().split("\n"))


def test_a_hard_wrapped_text_has_its_paragraphs_back() -> None:
    for width in (60, 72, 80):
        assert unwrap(wrapped(PASTE, width)) == PASTE.strip().replace("\n", "\n\n")


def test_a_text_with_a_line_for_each_paragraph_is_unchanged() -> None:
    for page in gold_pages():
        assert unwrap(page.text) == page.text


def test_list_items_of_a_wrapped_text_stay_apart() -> None:
    text = wrapped(PASTE, 72) + "\n\n- a first item, long enough to go on below\n- a second one"
    assert unwrap(text).split("\n")[-1] == "- a second one"


def test_a_poem_keeps_its_lines() -> None:
    lines = [
        "The boats are in, the nets are dry,",
        "the crane is lying on the quay,",
        "and no one knows",
        "the reason why",
    ]
    poem = "\n".join(lines)
    assert unwrap(poem) == poem


def test_paragraphs_without_empty_lines_between_them_are_found_by_their_short_last_lines() -> None:
    paragraphs = [line for line in PASTE.strip().split("\n") if len(line) > 100]
    found = unwrap(wrapped("\n".join(paragraphs), 72, between="\n")).split("\n")
    assert found == paragraphs


def test_a_word_divided_at_the_end_of_a_line_is_whole_again() -> None:
    divided = wrapped(PASTE, 72).replace("nobody answered", "no-\nbody answered")
    assert "that nobody answered" in unwrap(divided)


def test_a_compound_divided_at_its_hyphen_keeps_it_where_the_text_writes_it_so() -> None:
    first = (
        "The well-known crane of the town had stood on the quay for longer than the oldest of the fishermen "
        "could say, a well-"
    )
    text = wrapped(PASTE, 72) + "\n\n" + wrapped(first, 72).rstrip() + "\nknown sight."
    assert unwrap(text).endswith("a well-known sight.")


def printed(*, rows: int) -> str:
    """The paste as printed pages with a running head and a page number between them."""
    lines = wrapped(PASTE, 68).split("\n")
    pages = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    return "\n".join(
        "\n".join([*page, "", str(number), "The Harbour Review, No. 12", ""]) for number, page in enumerate(pages, 7)
    )


@pytest.mark.parametrize("rows", [11, 13, 14, 17])
def test_page_numbers_and_running_heads_do_not_cut_paragraphs_in_two(rows: int) -> None:
    found = unwrap(printed(rows=rows)).split("\n")
    assert [line for line in PASTE.strip().split("\n") if line not in found and len(line) > 100] == []


@pytest.mark.parametrize("rows", [11, 13, 14, 17])
def test_page_numbers_and_running_heads_are_no_part_of_the_article(rows: int) -> None:
    source = read_text(printed(rows=rows))
    kept = {p.span.quote(source.text) for p in clean(source).passages if p.kind is not PassageKind.BOILERPLATE}
    assert not [text for text in kept if text.isdecimal() or text.startswith("The Harbour Review")]


@pytest.mark.parametrize(
    ("lines", "width"),
    [
        ([], 0),
        (["", " ", ""], 0),
        (["short", "lines", "in", "small", "letters"], 0),
        (["x" * 300, "y" * 300], 0),
        ([f"A whole sentence with number {n} that ends where it should." for n in range(9)], 0),
    ],
)
def test_what_no_machine_has_wrapped_has_no_width(lines: list[str], width: int) -> None:
    assert wrap_width(lines) == width


def test_the_width_is_that_of_the_longest_lines() -> None:
    lines = wrapped(PASTE, 72).split("\n")
    assert wrap_width(lines) == max(map(len, lines))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab .\n-", max_size=400))
def test_unwrapping_loses_nothing_but_line_ends_and_hyphens(text: str) -> None:
    after = unwrap(text)
    assert len(after) <= len(text)
    assert "".join(after.replace("-", "").split()) == "".join(text.replace("-", "").split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*PASTE.split("\n"), "", "12", "13", "14", "Page 3"]), max_size=30), st.integers(45, 90)
)
def test_unwrapping_keeps_every_word_of_printed_pages(lines: list[str], width: int) -> None:
    text = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in lines)
    assert sorted(unwrap(text).split()) == sorted(text.split())


def test_the_first_line_belongs_to_its_paragraph_although_its_indent_is_gone() -> None:
    sentence = "The harbour had one crane, and no one in the whole town could say who owned it or what it was worth. "
    paragraphs = [textwrap.fill(f"    {sentence * 3}", 72) for _ in range(3)]
    wrapped = "\n".join(paragraphs).strip()
    assert [line.strip() for line in unwrap(wrapped).split("\n")] == [(sentence * 3).strip()] * 3
