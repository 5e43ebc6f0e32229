"""Words that somebody selected or typed, found again in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.outline import Span
from course.reading.quoting import words_in

TEXT = "A lake feeds two towns.\n\nDonate now!\n\n“The lake’s wall” – a dam?\n\nTown | Water\nUpper | a lake"
FIRST, DONATE, SECOND, TABLE = (
    Span(TEXT.index(line), TEXT.index(line) + len(line))
    for line in ("A lake feeds two towns.", "Donate now!", "“The lake’s wall” – a dam?", "Town | Water\nUpper | a lake")
)
READ = (FIRST, SECOND, TABLE)


def quote(words: str, near: int = 0) -> str | None:
    found = words_in(TEXT, words, spans=READ, near=near)
    return found.quote(TEXT) if found else None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("two towns", "two towns"),
        ("  two \n towns ", "two towns"),
        ("TWO Towns.", "two towns."),
        ('"The lake\'s wall"', "“The lake’s wall”"),
        ("wall” - a", "wall” – a"),
        ("wall” — a", "wall” – a"),
        ("la\u00adke feeds", "lake feeds"),
        ("la\u200bke feeds", "lake feeds"),
        ("TownWaterUpper", "Town | Water\nUpper"),
        ("Town Water Upper", "Town | Water\nUpper"),
        ("towns. “The", "towns.\n\nDonate now!\n\n“The"),
    ],
    ids=lambda words: words.encode("unicode_escape").decode()[:20],
)
def test_words_are_found_however_they_were_shown_or_typed(words: str, found: str) -> None:
    assert quote(words) == found


@pytest.mark.parametrize("words", ["", "  ", "|", "\u00ad", "two rivers", "Donate", "now! “The", "towns lake", "\x00"])
def test_what_does_not_stand_in_what_is_read_is_nowhere(words: str) -> None:
    assert quote(words) is None


@pytest.mark.parametrize(
    ("near", "start"),
    [(0, 2), (TEXT.index("lake’s"), TEXT.index("lake’s")), (len(TEXT), TEXT.rindex("lake")), (-5, 2), (10**9, 89)],
)
def test_of_several_places_the_nearest_counts(near: int, start: int) -> None:
    found = words_in(TEXT, "lake", spans=READ, near=near)
    assert found is not None
    assert found.start == start


def test_signs_that_grow_when_they_are_folded_keep_every_place() -> None:
    text = "İstanbul, İzmir and the lake"
    found = words_in(text, "the lake", spans=[Span(0, len(text))])
    assert found == Span(text.index("the lake"), len(text))


@given(st.data())
def test_every_stretch_of_a_text_is_found_where_it_was_taken(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab cÄ|’-\n"), min_size=1, max_size=40))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = words_in(text, text[start:end], spans=[Span(0, len(text))], near=start)
    inner = text[start:end].strip(" |\n")
    if not inner:
        assert found is None
    else:
        assert found is not None
        assert found.quote(text).replace("’", "'").lower() == inner.replace("’", "'").lower()
        assert abs(found.start - start) <= abs(start + text[start:end].index(inner) - start)
