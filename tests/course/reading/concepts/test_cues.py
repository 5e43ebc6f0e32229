"""Each cue by itself: the words that name, frame, define or set beside, and the words that only look like them."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from course.reading.concepts.lexicon import english_lexicon

LEXICON = english_lexicon()
CUES = json.loads((files("course.reading.concepts") / "data" / "cues.json").read_text(encoding="utf-8"))
AFTER = {"defining_after": LEXICON.defining_after, "apposing_after": LEXICON.apposing_after}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("they call it a cage", True), ("they called the wall a cage", True), ("known as a cage", True),
        ("known in all of Hask as a cage", True), ("nicknamed the cage", True), ("described the wall as a cage", True),
        ("referred to as a cage", True), ("spoke darkly of a cage", True), ("a so-called cage", True),
        ("a name for it: a cage", True), ("the notion of a cage", True), ("remembered as a cage", True),
        ("they recall a cage", False), ("a caller in a cage", False), ("they know a cage", False),
        ("determined to cage", False), ("in the long-term cage", False), ("well-known as a cage", True),
        ("a mis-named cage", False), ("they saw a cage", False),
    ],
)  # fmt: skip
def test_words_of_naming_are_told_from_their_likes(text: str, names: bool) -> None:
    assert (LEXICON.naming.search(text) is not None) is names


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("it was seen as a cage", True), ("it became a cage", True), ("the role of a cage", True),
        ("turned the town into a cage", True), ("suffers from a cage", True), ("they left a cage", False),
        ("becoming", False),
    ],
)  # fmt: skip
def test_words_of_framing_are_told_from_their_likes(text: str, frames: bool) -> None:
    assert (LEXICON.framing.search(text) is not None) is frames


@pytest.mark.parametrize(
    ("after", "cue"),
    [
        (", meaning a wall", "defining_after"), (", which means a wall", "defining_after"),
        (", that is, a wall", "defining_after"), (", in other words a wall", "defining_after"),
        ("”, which is to say a wall", "defining_after"), (": the belief that walls help", "defining_after"),
        (" means that nobody is paid", "defining_after"), (", the spirits of a mine", "apposing_after"),
        (" and a wall", None), (", and left", None), (" stood there", None), (".", None), ("", None),
    ],
)  # fmt: skip
def test_an_explanation_begins_right_behind_the_term(after: str, cue: str | None) -> None:
    found = [name for name, pattern in AFTER.items() if pattern.match(after)]
    assert found[:1] == ([cue] if cue else [])


@pytest.mark.parametrize("name", ["naming", "framing", "defining_after", "apposing_after", "naming_after"])
def test_every_cue_is_a_pattern_by_itself_that_matches_no_empty_text(name: str) -> None:
    assert [cue for cue in CUES[name] if re.compile(cue, re.IGNORECASE).fullmatch("")] == []
    assert len(set(CUES[name])) == len(CUES[name])


@pytest.mark.parametrize("filler", ["describe ", "known so ", "what a ", "referred to x ", "speak ", "the term ", ", "])
def test_no_cue_takes_long_over_words_that_repeat_its_beginning(filler: str) -> None:
    text = filler * 20_000
    for pattern in (LEXICON.naming, LEXICON.framing):
        assert sum(1 for _ in pattern.finditer(text)) >= 0
    for pattern in AFTER.values():
        assert pattern.match(text) is None or filler == ", "


@pytest.mark.parametrize("mark", ["”", '"', "’", ")", "»"])
def test_a_closing_mark_may_stand_between_a_term_and_its_explanation(mark: str) -> None:
    assert LEXICON.defining_after.match(f"{mark}, meaning a wall") is not None
    assert LEXICON.defining_after.match(f" {mark} {mark}, meaning a wall") is None


@pytest.mark.parametrize("cue", ["CALL", "Known As", "So-Called", "TERMED"])
def test_capitals_make_no_difference_to_a_cue(cue: str) -> None:
    assert LEXICON.naming.search(f"they {cue} a cage") is not None
