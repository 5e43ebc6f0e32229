from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.outline import Span
from quizzes.drafting.contents import (
    choice_content,
    cloze_content,
    drawn,
    in_quotes,
    quoted_at_end,
    shortened,
    snippet,
    statement_content,
)
from quizzes.drafting.terms import Sentence
from quizzes.questions.registry import question_type


@given(st.text(max_size=20), st.integers(1, 50))
def test_a_draw_lies_in_its_range_and_is_repeatable(seed: str, below: int) -> None:
    assert 0 <= drawn(seed, below) < below
    assert drawn(seed, below) == drawn(seed, below)


def test_choices_are_accepted_content_with_different_ids() -> None:
    content = choice_content("Which?", right={"A": "Right."}, wrong={"B": "No.", "C": "No."}, explanation="So.")
    assert question_type("single_choice").check(content) == []
    assert len({option["id"] for option in content["options"]}) == 3


def test_the_order_of_options_does_not_depend_on_which_is_right() -> None:
    one = choice_content("Which?", right={"A": ""}, wrong={"B": "", "C": ""}, explanation="")
    other = choice_content("Which?", right={"C": ""}, wrong={"A": "", "B": ""}, explanation="")
    assert [option["text"] for option in one["options"]] == [option["text"] for option in other["options"]]


def test_a_statement_is_accepted_content() -> None:
    content = statement_content("It rains.", answer="false", notes={"true": "No.", "false": "Right."}, explanation="")
    assert question_type("true_false").check(content) == []


@pytest.mark.parametrize("options", [(), ("levy", "tax")])
def test_a_gap_is_accepted_content_with_and_without_a_list(options: tuple[str, ...]) -> None:
    content = cloze_content(
        "Complete it.",
        before="A ",
        after=" is paid.",
        accepted=["levy"],
        options=options,
        feedback="So.",
        explanation="",
    )
    assert question_type("cloze").check(content) == []


@pytest.mark.parametrize(("text", "quoted"), [("a ‘b’", "“a ‘b’”"), ("a “b”", "“a ‘b’”"), ('a "b"', "“a ‘b’”")])
def test_quotation_marks_inside_become_single(text: str, quoted: str) -> None:
    assert in_quotes(text) == quoted


def test_a_quotation_at_the_end_has_one_full_stop() -> None:
    assert [quoted_at_end("It rains."), quoted_at_end("rain")] == ["“It rains.”", "“rain”."]


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("one two, three four", words=2) == "one two …"
    assert shortened("one two", words=2) == "one two"


def test_a_snippet_shows_the_words_around_a_mention() -> None:
    text = "- " + " ".join(f"w{number}" for number in range(30)) + "."
    start = text.index("w15")
    found = snippet(Sentence(0, Span(0, len(text)), text, 0, 1), start, start + 3)
    assert found == "… w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20 w21 w22 …"


def test_a_snippet_keeps_marks_glued_to_the_mention() -> None:
    text = "They pay a “levy”, daily."
    start = text.index("levy")
    assert snippet(Sentence(0, Span(0, len(text)), text, 0, 1), start, start + 4) == text
