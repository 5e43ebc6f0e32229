"""Addresses made of titles."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.slugs import LONGEST, unique_slug

titles = st.text("abc ABC-_’éß中!", max_size=90)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The wall above the lake", "the-wall-above-the-lake"),
        ("  The   wall  ", "the-wall"),
        ("The wall: part 2", "the-wall-part-2"),
        ("L’été à Minsk", "lete-a-minsk"),
        ("C++ & Rust?", "c-rust"),
        ("snake_case", "snake_case"),
        ("../../etc/passwd", "etcpasswd"),
        ("<script>", "script"),
        ("中国", "course"),
        ("", "course"),
        ("!!!", "course"),
        ("-", "course"),
    ],
)
def test_a_title_becomes_an_address(title: str, slug: str) -> None:
    assert unique_slug(title, taken=(), fallback="course") == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), "x" * LONGEST),
        ("word " * 11 + "words", "-".join(["word"] * 11 + ["words"])),
        ("word " * 12 + "words", "-".join(["word"] * 12)),
        ("word " * 30, "-".join(["word"] * 12)),
    ],
)
def test_a_long_title_is_cut_at_a_word(title: str, slug: str) -> None:
    found = unique_slug(title, taken=(), fallback="course")
    assert len(found) <= LONGEST
    assert found == slug


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        ([], "wall"),
        (["lake"], "wall"),
        (["wall"], "wall-2"),
        (["wall", "wall-2"], "wall-3"),
        (["wall", "wall-3"], "wall-2"),
        (["wall-2"], "wall"),
        (["Wall"], "wall"),
        (["wall", *(f"wall-{number}" for number in range(2, 50))], "wall-50"),
    ],
)
def test_a_taken_address_is_numbered_from_two(taken: list[str], slug: str) -> None:
    assert unique_slug("Wall", taken=taken, fallback="course") == slug


@given(titles, st.sets(st.sampled_from(["a", "b", "ab", "abc", "course", "course-2"])))
def test_an_address_is_free_and_can_stand_in_an_address(title: str, taken: set[str]) -> None:
    slug = unique_slug(title, taken=taken, fallback="course")
    assert slug not in taken
    assert re.fullmatch(r"[a-z0-9_-]{1,80}", slug)


@given(st.lists(titles, max_size=8))
def test_titles_that_come_one_after_the_other_all_get_addresses_of_their_own(given_titles: list[str]) -> None:
    taken: list[str] = []
    for title in given_titles:
        taken.append(unique_slug(title, taken=taken, fallback="course"))
    assert len(set(taken)) == len(given_titles)
