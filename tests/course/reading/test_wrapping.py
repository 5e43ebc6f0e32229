from __future__ import annotations

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.wrapping import unwrap
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


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab .\n-", max_size=400))
def test_unwrapping_changes_nothing_but_line_ends_to_spaces(text: str) -> None:
    after = unwrap(text)
    assert len(after) == len(text)
    assert after.replace("\n", " ") == text.replace("\n", " ")
