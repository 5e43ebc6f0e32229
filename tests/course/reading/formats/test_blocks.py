from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course.reading.formats.blocks import Block, source_of
from course.reading.outline import PassageKind


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from([None, *PassageKind])), max_size=8))
def test_every_mark_covers_its_block(pairs: list[tuple[str, PassageKind | None]]) -> None:
    source = source_of([Block("word"), *(Block(text, kind) for text, kind in pairs)])
    lines = source.text.split("\n\n")
    for mark in source.marks:
        assert mark.span.quote(source.text) in lines


def test_blocks_without_words_leave_no_trace() -> None:
    assert source_of([Block("a"), Block(" \n "), Block("b  c\nd")]).text == "a\n\nb c d"
