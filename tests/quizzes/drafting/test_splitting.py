from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from course.reading.outline import Span
from quizzes.drafting.splitting import split


def sentences(text: str) -> list[str]:
    return [span.quote(text) for span in split(text, Span(0, len(text)))]


def test_sentences_end_at_their_marks() -> None:
    assert sentences("The quay is empty. Who cares? Nobody!") == ["The quay is empty.", "Who cares?", "Nobody!"]


def test_closing_quotation_marks_stay_with_their_sentence() -> None:
    assert sentences("“We wait.” Then it rained.") == ["“We wait.”", "Then it rained."]


def test_titles_and_initials_end_no_sentence() -> None:
    assert sentences("Mr. Hale met J. Bront at the U.S. office.") == ["Mr. Hale met J. Bront at the U.S. office."]


def test_a_quotation_that_goes_on_is_one_sentence() -> None:
    assert sentences("“Why?” she asked. He left.") == ["“Why?” she asked.", "He left."]


def test_the_number_of_a_paragraph_is_no_sentence() -> None:
    assert sentences("2.1. The quay is empty. Nobody pays.") == ["The quay is empty.", "Nobody pays."]
    assert sentences("3) The quay is empty.") == ["The quay is empty."]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Heading\nOne here. Two here.\nRest"
    assert [span.quote(text) for span in split(text, Span(8, 27))] == ["One here.", "Two here."]


@given(st.text(alphabet="aB .!?“”\n", max_size=120))
def test_sentences_are_trimmed_ordered_and_lose_no_letter(text: str) -> None:
    spans = list(split(text, Span(0, len(text))))
    quotes = [span.quote(text) for span in spans]
    assert all(quote == quote.strip() and quote for quote in quotes)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert "".join("".join(quotes).split()) == "".join(text.split())
