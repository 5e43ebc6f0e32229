"""A lesson's sections: from one heading to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.lesson_page import ReadPassage, Section, sections_of
from course.reading.outline import PassageKind

KINDS = {"h": PassageKind.HEADING, "p": PassageKind.PARAGRAPH, "l": PassageKind.LIST_ITEM, "t": PassageKind.TABLE}


def passages(kinds: str) -> list[ReadPassage]:
    """Passages of ten characters, one for each letter, with a character between them."""
    return [ReadPassage(n, KINDS[kind], 1, 11 * n, 11 * n + 10, (kind,)) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "sections"),
    [
        ("", []),
        ("h", []),
        ("p", [(1, 0, 10, 0)]),
        ("ppl", [(1, 0, 32, 22)]),
        ("hp", [(1, 0, 21, 11)]),
        ("php", [(1, 0, 10, 0), (2, 11, 32, 22)]),
        ("hphpp", [(1, 0, 21, 11), (2, 22, 54, 44)]),
        ("phhp", [(1, 0, 10, 0), (2, 11, 43, 33)]),
        ("phph", [(1, 0, 10, 0), (2, 11, 32, 22)]),
        ("hhtlhp", [(1, 0, 43, 33), (2, 44, 65, 55)]),
    ],
)
def test_a_section_goes_from_one_heading_to_the_next(kinds: str, sections: list[tuple[int, int, int, int]]) -> None:
    assert sections_of(passages(kinds)) == tuple(Section(*each) for each in sections)


def starts_inside(section: Section, read: Sequence[ReadPassage]) -> list[ReadPassage]:
    return [passage for passage in read if section.start <= passage.start < section.end]


@given(st.text(alphabet="hplt", max_size=12))
def test_sections_are_numbered_apart_and_hold_every_passage_that_is_no_heading(kinds: str) -> None:
    read = passages(kinds)
    sections = sections_of(read)

    assert [section.number for section in sections] == list(range(1, len(sections) + 1))
    assert all(one.end <= other.start for one, other in pairwise(sections))
    held = [passage for section in sections for passage in starts_inside(section, read)]
    assert [p for p in held if p.kind != PassageKind.HEADING] == [p for p in read if p.kind != PassageKind.HEADING]


@given(st.text(alphabet="hplt", max_size=12))
def test_a_section_ends_with_its_last_passage_which_is_no_heading(kinds: str) -> None:
    read = {passage.start: passage for passage in passages(kinds)}

    for section in sections_of(list(read.values())):
        assert read[section.last].end == section.end
        assert read[section.last].kind != PassageKind.HEADING
