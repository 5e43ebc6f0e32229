"""What is sent to change a text or its parts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from authoring.domain.text_edits import Editor
from web.studio.text_forms import DEEDS, LessonForm, TextForm

LESSON = "0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a001"


@pytest.mark.parametrize("do", DEEDS)
def test_a_deed_names_the_passage_it_is_done_to(do: str) -> None:
    form = TextForm({"do": f"{do} 12", "seen": "3"})

    assert form.is_valid(), form.errors
    assert form.deed() == (do, 12)


def test_undo_is_done_to_no_passage() -> None:
    form = TextForm({"do": "undo", "seen": "0"})

    assert form.is_valid(), form.errors
    assert form.deed() == ("undo", 0)


def test_the_editor_is_who_sent_it_with_the_edition_they_saw() -> None:
    form, person = TextForm({"do": "undo", "seen": "17"}), User(name="Ana")

    assert form.is_valid(), form.errors
    assert form.editor(person) == Editor(person, 17)


@pytest.mark.parametrize(
    "do",
    ["", "keep", "keep 0", "keep -1", "keep 01", "keep 1 2", "keep  1", "undo 1", "burn 1", "keep 1000000", "KEEP 1"],
)
def test_what_is_no_deed_is_refused(do: str) -> None:
    assert not TextForm({"do": do, "seen": "0"}).is_valid()


@pytest.mark.parametrize("do", ["undo", "keep 1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\x00", " "])
def test_nothing_may_follow_a_deed(do: str, end: str) -> None:
    assert not TextForm({"do": do + end, "seen": "0"}).is_valid()


@given(do=st.text(max_size=20))
def test_whatever_is_sent_is_a_deed_of_the_page_or_refused(do: str) -> None:
    form = TextForm({"do": do, "seen": "0"})
    if form.is_valid():
        name, number = form.deed()
        assert (name == "undo" and number == 0) or (name in DEEDS and 1 <= number < 1_000_000)


@pytest.mark.parametrize("seen", ["", "-1", "1.5", "first", "\x00"])
def test_without_the_edition_that_was_seen_nothing_is_done(seen: str) -> None:
    assert not TextForm({"do": "undo", "seen": seen}).is_valid()
    assert not LessonForm({"do": "undo", "seen": seen}).is_valid()


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"do": "undo"}, []),
        ({"do": "join", "lesson": LESSON}, []),
        ({"do": "rename", "lesson": LESSON, "title": "The wall"}, []),
        ({"do": "place", "lesson": LESSON, "place": "2"}, []),
        ({"do": "join"}, ["Which part?"]),
        ({"do": "up", "lesson": "first"}, ["Enter a valid UUID.", "Which part?"]),
        ({"do": "place", "lesson": LESSON}, ["Which place?"]),
        (
            {"do": "place", "lesson": LESSON, "place": "0"},
            ["Ensure this value is greater than or equal to 1.", "Which place?"],
        ),
        (
            {"do": "place", "lesson": LESSON, "place": "100001"},
            ["Ensure this value is less than or equal to 100000.", "Which place?"],
        ),
        ({"do": "burn", "lesson": LESSON}, ["Select a valid choice. burn is not one of the available choices."]),
        (
            {"do": "rename", "lesson": LESSON, "title": "x" * 301},
            ["Ensure this value has at most 300 characters (it has 301)."],
        ),
    ],
)
def test_a_part_is_changed_by_a_deed_that_says_enough(given_: dict[str, str], told: list[str]) -> None:
    form: Any = LessonForm({"seen": "0", **given_})
    form.is_valid()

    assert [str(error) for errors in form.errors.values() for error in errors] == told
