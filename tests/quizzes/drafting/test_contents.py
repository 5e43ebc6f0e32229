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


@pytest.mark.parametrize("space", ["\u00a0", "\t", "\u2003", "\n", "\u3000"])
def test_a_snippet_keeps_words_apart_whatever_space_stands_beside_the_mention(space: str) -> None:
    text = f"They pay a{space}levy{space}daily."
    start = text.index("levy")
    assert snippet(Sentence(0, Span(0, len(text)), text, 0, 1), start, start + 4) == "They pay a levy daily."


def test_half_a_character_is_offered_like_any_other() -> None:
    content = cloze_content(
        "Complete it.", before="A \ud83d ", after=".", accepted=["levy"], options=["levy", "tax \ud800"], feedback="",
        explanation="",
    )  # fmt: skip
    assert sorted(content["gaps"][0]["options"]) == ["levy", "tax \ud800"]


@given(st.text(max_size=40), st.text(min_size=1, max_size=10), st.text(max_size=40))
def test_a_snippet_holds_the_mention_and_no_word_that_the_sentence_lacks(before: str, term: str, after: str) -> None:
    text = f"{before} {term} {after}"
    shown = snippet(Sentence(0, Span(0, len(text)), text, 0, 1), len(before) + 1, len(before) + 1 + len(term))
    assert term in shown
    assert set(shown.split()) - {"…"} <= set(text.split()) | {term} | set(term.split())


@given(st.text(max_size=60))
def test_a_quotation_keeps_its_words_and_has_two_outer_marks(text: str) -> None:
    quoted = in_quotes(text)
    assert (quoted[0], quoted[-1]) == ("“", "”")
    assert not set(quoted[1:-1]) & set('“”"')
    assert len(quoted) == len(text) + 2


@given(st.text(max_size=80), st.integers(1, 12))
def test_what_is_shortened_has_no_more_words_and_begins_as_it_did(text: str, words: int) -> None:
    short = shortened(text, words=words)
    assert len(short.removesuffix(" …").split()) <= words
    assert " ".join(text.split()).startswith(short.removesuffix(" …"))
