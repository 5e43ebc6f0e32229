"""Numbers in messages."""

from __future__ import annotations

from web.studio.wording import counted


def test_small_numbers_are_words() -> None:
    assert [counted(n, "question") for n in (0, 1, 2, 12, 13)] == [
        "No questions",
        "One question",
        "Two questions",
        "Twelve questions",
        "13 questions",
    ]


def test_a_plural_of_its_own_is_used() -> None:
    assert counted(1, "question was", "questions were") == "One question was"
    assert counted(3, "question was", "questions were") == "Three questions were"
