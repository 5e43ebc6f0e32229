from __future__ import annotations

import pytest

from course.reading.cues import cues
from course.reading.reasons import REASONS, reason_in_words


def test_every_reason_of_the_cue_lists_is_explained() -> None:
    lists = cues()
    assert {*lists.strong, *lists.weak, *lists.whole} <= set(REASONS)


def test_a_passage_that_is_read_needs_no_explanation() -> None:
    assert reason_in_words("") == ""
    assert reason_in_words("donation") == REASONS["donation"]


@pytest.mark.parametrize(("line", "found"), [("By Ada Lund", True), ("by ada lund", False), ("By Élodie Écart", True)])
def test_capitals_count_where_a_cue_asks_for_a_name(line: str, found: bool) -> None:
    assert bool(cues().strong["byline"].search(line)) is found


@pytest.mark.parametrize(
    "line", ["Figure 3: The quay", "Photo: Ada Lund", "The quay. © Tidewater Post", "Picture by A. Lund"]
)
def test_captions_are_told_by_their_credits(line: str) -> None:
    assert cues().caption.search(line)


@pytest.mark.parametrize("line", ["References", "See also:", "3. Conclusion", "ZUTATEN", "Voir aussi"])
def test_usual_section_titles_are_known_in_any_case(line: str) -> None:
    assert cues().section.fullmatch(line)
