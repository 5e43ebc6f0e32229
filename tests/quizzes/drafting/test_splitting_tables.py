"""Sentences of many hands and scripts, at exact places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.outline import Span
from quizzes.drafting.splitting import split


def cut(text: str) -> list[str]:
    return [span.quote(text) for span in split(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n ", []),
        ("No mark at the end", ["No mark at the end"]),
        ("One. two goes on.", ["One. two goes on."]),
        ("One. Two.", ["One.", "Two."]),
        ("One! Two? Three…", ["One!", "Two?", "Three…"]),
        ("What?! No.", ["What?!", "No."]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("He left (at last.) She went.", ["He left (at last.)", "She went."]),
        ("One. “Two.” Three.", ["One.", "“Two.”", "Three."]),
        ("One. (Two.) Three.", ["One.", "(Two.)", "Three."]),
        ("It cost 3.50 in 1911. Then 4.", ["It cost 3.50 in 1911.", "Then 4."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("A heading\n\nOne. Two.", ["A heading", "One.", "Two."]),
        ("One line\nand on. Two.", ["One line\nand on.", "Two."]),
        ("One.  \t Two.", ["One.", "Two."]),
        ("One. 2 came.", ["One.", "2 came."]),
        ("Eins. Über zwei.", ["Eins.", "Über zwei."]),
        ("Раз. Два.", ["Раз.", "Два."]),
        ("一つ。二つ！三つ？", ["一つ。", "二つ！", "三つ？"]),
        ("「一つ。」二つ。", ["「一つ。", "」二つ。"]),
        ("נכון. לא.", ["נכון.", "לא."]),
        ("Er rief: „Geh!“ Sie ging. „Nie“, sagte er.", ["Er rief: „Geh!“", "Sie ging.", "„Nie“, sagte er."]),
        ("»Geh.« Sie ging.", ["»Geh.«", "Sie ging."]),
        ("Se fue. ¿Por qué? ¡No!", ["Se fue.", "¿Por qué?", "¡No!"]),
        ("من جاء؟ جاء علي. ثم ذهب.", ["من جاء؟", "جاء علي.", "ثم ذهب."]),
        ("وہ آیا۔ وہ گیا۔", ["وہ آیا۔", "وہ گیا۔"]),
        ("वह आया। वह गया।", ["वह आया।", "वह गया।"]),
    ],
    ids=range(28),
)
def test_a_text_is_cut_at_its_marks(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@pytest.mark.parametrize(
    "short",
    ["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sgt", "Gen", "Col", "Lt", "Capt", "Rev", "Hon", "Sen", "Rep", "Gov", "No",
     "Nos", "Fig", "vs", "cf", "al", "e.g", "i.e", "approx", "Inc", "Ltd", "Co", "Corp", "Jr", "Sr", "J", "U.S"],
)  # fmt: skip
def test_an_abbreviation_ends_no_sentence_but_the_last(short: str) -> None:
    assert cut(f"They met {short}. Miller today. Then rain.") == [f"They met {short}. Miller today.", "Then rain."]
    assert cut(f"They met {short}.") == [f"They met {short}."]


@pytest.mark.parametrize("word", ["Lamp", "gallop", "Coal", "Cove", "album", "Damn", "Adr", "Visit"])
def test_a_word_that_only_ends_like_one_ends_its_sentence(word: str) -> None:
    assert cut(f"They saw {word}. Then rain.") == [f"They saw {word}.", "Then rain."]


@given(st.text(alphabet="aA.。！ ”\n)1", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_every_sentence_lies_within_its_span(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    spans = list(split(text, Span(start, end))) if start < end else []
    assert all(start <= span.start < span.end <= end for span in spans)
    assert "".join("".join(span.quote(text).split()) for span in spans) == "".join(text[start:end].split())


@given(st.lists(st.sampled_from(["The mill stands.", "Who came?", "Nobody!", "一つ。"]), min_size=1, max_size=6))
def test_sentences_put_together_are_cut_apart_again(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences
