from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.outline import Span
from course.reading.sentences import sentences


def split(text: str, language: str = "en") -> list[str]:
    return [span.quote(text) for span in sentences(text, Span(0, len(text)), language)]


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Dr. Lund came at 4 p.m. from the U.S. embassy. kyiv will wait. See e.g. Fig. 2 for more."
    assert split(text) == [
        "Dr. Lund came at 4 p.m. from the U.S. embassy.",
        "kyiv will wait.",
        "See e.g. Fig. 2 for more.",
    ]


def test_equal_sentences_have_their_own_places() -> None:
    text = "So it is. So it is. So it is."
    assert [span.start for span in sentences(text, Span(0, len(text)))] == [0, 10, 20]


def test_only_the_span_is_read() -> None:
    text = "One here. Two here. Three here."
    assert [span.quote(text) for span in sentences(text, Span(10, 19))] == ["Two here."]


@pytest.mark.parametrize("language", ["de", "fr", "xx", ""])
def test_other_languages_are_split_too(language: str) -> None:
    assert split("Das ist ein Satz. Das ist noch einer.", language) == ["Das ist ein Satz.", "Das ist noch einer."]


def test_a_very_long_line_is_read_in_pieces() -> None:
    text = "This is one of a great many sentences. " * 1_000
    assert split(text.strip()) == ["This is one of a great many sentences."] * 1_000


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_sentences_cover_every_visible_character_in_order(text: str) -> None:
    spans = sentences(text, Span(0, len(text)))
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.quote(text) == span.quote(text).strip() != "" for span in spans)
    assert "".join("".join(span.quote(text).split()) for span in spans) == "".join(text.split())
