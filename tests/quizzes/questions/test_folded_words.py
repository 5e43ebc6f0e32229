"""Words to search by: every kind of dash and quotation mark is one, and what is not asked is left out."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions.words import asked_text, folded, search_text

ODD = "‐‑‒–—―−﹘﹣－‘’‚‛“”„«»＂＇ﬁ½ΣςßİıǅÅ\u0301\u0345\u00a0\u2028"


@pytest.mark.parametrize("dash", "-‐‑‒–—―−﹘﹣－")
def test_a_word_is_found_whichever_dash_it_was_typed_with(dash: str) -> None:
    assert folded(f"Co{dash}op") == "co-op"


@pytest.mark.parametrize("mark", "'‘’‚‛＇")
def test_an_apostrophe_is_found_whichever_mark_it_is(mark: str) -> None:
    assert folded(f"Miller{mark}s") == "miller's"


@pytest.mark.parametrize("mark", '"“”„‟«»＂')
def test_a_quotation_is_found_whichever_marks_it_has(mark: str) -> None:
    assert folded(f"{mark}Yes{mark}") == '"yes"'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ΟΔΟΣ", "οδοσ"),
        ("Ｆｕｌｌ　Ｗｉｄｔｈ", "full width"),
        ("ﬀ ﬁ ﬂ", "ff fi fl"),
        ("a\u2028b\u00a0c\td", "a b c d"),
        ("e\u0301te\u0301", "été"),
        ("МОСТ", "мост"),
        ("橋", "橋"),
        ("جسر", "جسر"),
        ("x" * 100_000, "x" * 100_000),
    ],
    ids=range(9),
)
def test_every_script_is_folded_alike(text: str, found: str) -> None:
    assert folded(text) == found


@given(st.text(alphabet=ODD + "aZ ", max_size=12))
def test_folding_is_done_at_once(text: str) -> None:
    once = folded(text)
    assert folded(once) == once == once.strip()
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, ""),
        (3, ""),
        ("A text", "a text"),
        (["One", ["Two", 4, None]], "one\ntwo"),
        ({"stem": "Ask", "n": 3, "yes": True}, "ask"),
        ({"stem": "  ", "text": "Said"}, "said"),
        ({"id": "x7q", "text": "x7q"}, ""),
        ({"rows": [{"id": "a", "text": "A"}, {"id": "b", "text": "a"}]}, "a"),
        ({"text": "Put {{g1}}{{g2}} here"}, "put ... ... here"),
        ({"text": ("One", "Two")}, "one\ntwo"),
    ],
    ids=range(10),
)
def test_every_text_is_a_line_but_ids_and_gaps(content: Any, found: str) -> None:
    assert search_text(content) == found


def test_what_is_said_about_a_question_is_found_and_not_compared() -> None:
    content = {
        "stem": "Ask",
        "explanation": "Why",
        "hints": ["Look"],
        "options": [{"id": "o1", "text": "Yes", "feedback": "Right"}],
        "feedback": {"true": "Told"},
    }
    assert search_text(content) == "ask\nwhy\nlook\nyes\nright\ntold"
    assert asked_text(content) == "ask\nyes"


@given(st.dictionaries(st.sampled_from(["stem", "text", "hints", "explanation"]), st.text(max_size=9)))
def test_what_is_asked_is_part_of_what_is_found(content: dict[str, str]) -> None:
    assert set(asked_text(content).split("\n")) <= {*search_text(content).split("\n"), ""}
