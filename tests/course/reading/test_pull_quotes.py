from __future__ import annotations

from course.reading.formats import read_text
from course.reading.lines import lines_of
from course.reading.pull_quotes import pull_quotes

BODY = (
    "The council met on a Tuesday and talked for three hours about the crane. Nobody who had a boat was asked, and "
    "nobody who was asked had a boat. In the end the matter was left to a committee that never met."
)
OTHER = "Fishing went on from the beach, as it had before the war, with rollers made of old pipes and much shouting."


def repeated(text: str) -> dict[str, str]:
    source = read_text(text)
    lines = lines_of(source)
    return {lines[number].text: span.quote(source.text) for number, span in pull_quotes(lines).items()}


def test_a_line_that_repeats_a_sentence_is_a_pull_quote() -> None:
    line = "“Nobody who had a boat was asked, and nobody who was asked had a boat.”"
    assert repeated(f"{BODY}\n{line}\n{OTHER}") == {
        line: "Nobody who had a boat was asked, and nobody who was asked had a boat"
    }


def test_a_reworded_line_is_a_pull_quote() -> None:
    line = "Nobody with a boat was asked, and nobody who was asked had one, or a boat."
    assert list(repeated(f"{OTHER}\n{line}\n{BODY}")) == [line]


def test_a_line_may_stand_before_what_it_repeats() -> None:
    line = "the matter was left to a committee that never met, in the end"
    assert list(repeated(f"{line}\n{OTHER}\n{BODY}")) == [line]


def test_a_short_heading_that_the_text_repeats_is_no_pull_quote() -> None:
    assert repeated(f"{OTHER}\nA committee that never met again\n{BODY}") == {}


def test_paragraphs_about_the_same_thing_are_no_pull_quotes() -> None:
    line = "The committee that was to meet about the crane was never asked by anybody who had a boat."
    assert repeated(f"{BODY}\n{line}\n{OTHER}") == {}


def test_two_equal_paragraphs_are_both_read() -> None:
    assert repeated(f"{BODY}\n{BODY}\n{OTHER}") == {}


def test_of_six_words_all_must_come_again() -> None:
    assert repeated(f"{BODY}\nThe council met on a Tuesday.\n{OTHER}")
    assert repeated(f"{BODY}\nThe council met on a Friday.\n{OTHER}") == {}
