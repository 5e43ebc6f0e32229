"""Two wordings line by line: nothing of either text is missing from the comparison."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from course.reading.changed_lines import Fate, changed_lines, words_by_fate
from course.reading.compare import compare
from course.reading.lines import count_words
from course.reading.outline import Span
from tests.course.reading.revising import revised


@given(revised())
@settings(deadline=None)
def test_both_texts_are_in_the_lines(case: tuple[str, str, list[Span]]) -> None:
    old, new, _ = case
    pieces = [piece for line in changed_lines(compare(old, new)) for piece in line.pieces]
    assert "".join(text for fate, text in pieces if fate != Fate.NEW).split() == "".join(old.split("\n")).split()
    assert "".join(text for fate, text in pieces if fate != Fate.GONE).split() == "".join(new.split("\n")).split()


@given(revised())
@settings(deadline=None)
def test_a_line_is_changed_exactly_if_its_words_mix_fates(case: tuple[str, str, list[Span]]) -> None:
    old, new, _ = case
    for line in changed_lines(compare(old, new)):
        worded = {fate for fate, text in line.pieces if re.search(r"\w", text)}
        # A full stop that is left alone on its line has no words to go by.
        fates = worded or {fate for fate, text in line.pieces if text.strip()}
        assert fates == {line.fate} if line.fate != Fate.CHANGED else len(fates) > 1


@pytest.mark.parametrize(
    ("old", "new", "fates"),
    [
        ("One.\nTwo.", "One.\nTwo.", ["kept", "kept"]),
        ("One.\nTwo.", "One.\nThree.\nTwo.", ["kept", "new", "kept"]),
        ("One.\nTwo.\nThree.", "One.\nThree.", ["kept", "gone", "kept"]),
        ("One here.\nTwo.", "One there.\nTwo.", ["changed", "kept"]),
        ("One.", "Other words", ["changed"]),
        ("One here.\nTwo.", "One here.\nNew words.\nTwo.", ["kept", "new", "kept"]),
        ("Lake one. Lake two two.\n", "Lake one. Lake two.\nLake two. ", ["changed", "new", "new"]),
        ("", "", []),
    ],
)
def test_each_line_has_its_fate(old: str, new: str, fates: list[str]) -> None:
    assert [line.fate for line in changed_lines(compare(old, new))] == fates


def test_words_are_counted_by_their_fate() -> None:
    old, new = "The lake feeds two towns.", "The lake feeds three old towns."
    counts = words_by_fate(compare(old, new))
    assert counts == {Fate.KEPT: 4, Fate.NEW: 2, Fate.GONE: 1}
    assert counts[Fate.KEPT] + counts[Fate.GONE] == count_words(old)
