"""Sentences that prove a claim: the worked fractions, what each answer is told, and what its author is."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion
from tests.quizzes.questions.choosing import problems_of, with_option

QUESTION = question_type("evidence")
PLACE = "Give the sentence’s place in the article as two whole numbers, start before end."
EXACT = "You chose exactly what proves it."


def passage(*rows: tuple[int, bool]) -> dict[str, Any]:
    """A question with sentences of these lengths, some of which are the proof."""
    made = [{"id": f"s{place}", "text": "x" * length, "correct": right} for place, (length, right) in enumerate(rows)]
    return {"stem": "Where does it say so?", "sentences": made}


LIGHT = passage((20, False), (30, True), (50, True), (60, False))


@pytest.mark.parametrize(
    ("chosen", "fraction", "feedback"),
    [
        ("s1 s2", 1.0, EXACT),
        ("s1", 30 / 80, "Proving sentences chosen: 1 of 2. Sentences chosen that do not prove it: 0."),
        ("s2", 50 / 80, "Proving sentences chosen: 1 of 2. Sentences chosen that do not prove it: 0."),
        ("s0 s1 s2", 80 / 100 * 60 / 80, "Proving sentences chosen: 2 of 2. Sentences chosen that do not prove it: 1."),
        ("s1 s2 s3", 80 / 140 * 20 / 80, "Proving sentences chosen: 2 of 2. Sentences chosen that do not prove it: 1."),
        ("s0 s1", 30 / 100 * 60 / 80, "Proving sentences chosen: 1 of 2. Sentences chosen that do not prove it: 1."),
        ("s0", 0.0, "Proving sentences chosen: 0 of 2. Sentences chosen that do not prove it: 1."),
        ("s0 s3", 0.0, "Proving sentences chosen: 0 of 2. Sentences chosen that do not prove it: 2."),
        ("s0 s1 s2 s3", 0.0, "Proving sentences chosen: 2 of 2. Sentences chosen that do not prove it: 2."),
    ],
)
def test_overlap_times_restraint_by_hand(chosen: str, fraction: float, feedback: str) -> None:
    outcome = QUESTION.grade(LIGHT, chosen.split())
    assert outcome.fraction == pytest.approx(fraction, abs=1e-12)
    assert outcome.feedback == feedback


def every_choice(content: dict[str, Any]) -> list[tuple[str, ...]]:
    """Every choice of at least one sentence."""
    names = [row["id"] for row in content["sentences"]]
    return list(chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1)))


@given(
    rows=st.lists(st.tuples(st.integers(1, 90), st.booleans()), min_size=2, max_size=5).filter(
        lambda rows: len({right for _, right in rows}) == 2
    )
)
def test_only_the_proof_earns_1_and_only_choices_without_it_or_of_all_earn_0(rows: list[tuple[int, bool]]) -> None:
    content = passage(*rows)
    proof = tuple(row["id"] for row in content["sentences"] if row["correct"])
    for chosen in every_choice(content):
        fraction = QUESTION.grade(content, list(chosen)).fraction or 0.0
        assert (fraction == 1) == (chosen == proof)
        all_the_rest = set(chosen) >= {row["id"] for row in content["sentences"]} - set(proof)
        assert (fraction == 0) == (not set(chosen) & set(proof) or all_the_rest)


@given(st.permutations(LIGHT["sentences"]))
def test_the_order_of_the_sentences_changes_no_fraction(sentences: list[dict[str, Any]]) -> None:
    turned = {**LIGHT, "sentences": sentences}
    for chosen in every_choice(LIGHT):
        assert QUESTION.grade(turned, list(chosen)) == QUESTION.grade(LIGHT, list(chosen))


@given(factor=st.integers(2, 9))
def test_an_article_in_larger_letters_changes_no_fraction(factor: int) -> None:
    larger = {**LIGHT, "sentences": [{**row, "text": row["text"] * factor} for row in LIGHT["sentences"]]}
    for chosen in every_choice(LIGHT):
        assert QUESTION.grade(larger, list(chosen)).fraction == pytest.approx(
            QUESTION.grade(LIGHT, list(chosen)).fraction
        )


def test_blank_ends_weigh_nothing_and_a_blank_sentence_weighs_one() -> None:
    padded = {**LIGHT, "sentences": [{**row, "text": f"  {row['text']}\n"} for row in LIGHT["sentences"]]}
    assert QUESTION.grade(padded, ["s1"]).fraction == QUESTION.grade(LIGHT, ["s1"]).fraction
    blank = passage((3, True), (4, False))
    blank["sentences"][0]["text"] = "   "
    assert QUESTION.grade(blank, ["s0"]).fraction == 1.0


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        (0, 1, False),
        (7, 8, False),
        (None, None, False),
        (3, 3, True),
        (4, 3, True),
        (-1, 3, True),
        (0, None, True),
        (None, 9, True),
        (0.0, 1.0, True),
        (False, True, True),
        ("0", "1", True),
    ],
)
def test_a_place_is_two_whole_numbers_or_none(start: Any, end: Any, is_told: bool) -> None:
    content = with_option(LIGHT, 2, rows="sentences", start=start, end=end)
    assert problems_of("evidence", content) == ([("sentences.2", "bad_offsets", PLACE)] if is_told else [])


@pytest.mark.parametrize(
    ("rights", "found"),
    [
        ((False, False), [("sentences", "none_correct", "Mark the sentence that proves it.")]),
        ((True, True), [("sentences", "all_correct", "Add a sentence that proves nothing.")]),
        ((True, False), []),
    ],
)
def test_some_sentence_proves_it_and_some_does_not(rights: tuple[bool, ...], found: list[tuple[str, ...]]) -> None:
    assert problems_of("evidence", passage(*((9, right) for right in rights))) == found


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (1, ("sentences", "too_few", "Write at least 2 of the sentences; there are 1.")),
        (81, ("sentences", "too_many", "Keep at most 80 of the sentences; there are 81.")),
    ],
)
def test_a_passage_has_two_to_eighty_sentences(number: int, found: tuple[str, str, str]) -> None:
    assert found in problems_of("evidence", passage(*((5, place == 0) for place in range(number))))
    assert problems_of("evidence", passage(*((5, place == 0) for place in range(80)))) == []


def test_two_sentences_may_say_the_same_as_articles_do() -> None:
    content = with_option(LIGHT, 3, rows="sentences", text="x" * 20)
    assert problems_of("evidence", content) == []


def test_a_sentence_may_be_as_long_as_a_paragraph() -> None:
    assert problems_of("evidence", with_option(LIGHT, 0, rows="sentences", text="x" * 2_000)) == []
    assert problems_of("evidence", with_option(LIGHT, 0, rows="sentences", text="x" * 2_001)) == [
        ("sentences.0.text", "text_too_long", "Shorten a sentence to 2,000 characters.")
    ]


def test_an_answer_reads_in_the_order_of_the_passage_with_what_is_left_out_marked() -> None:
    content = passage((1, True), (1, False), (1, True))
    for place, text in enumerate(["It rained.", "Nobody\ncame.", "The fair closed."]):
        content["sentences"][place]["text"] = text
    assert QUESTION.summarise(content, ["s2", "s0"]) == "It rained. […] The fair closed."
    assert QUESTION.summarise(content, ["s1"]) == "Nobody came."


def test_places_in_the_article_are_not_shown_before_the_review() -> None:
    content = with_option(LIGHT, 1, rows="sentences", start=20, end=50)
    assert [set(each) for each in QUESTION.present(content, 1).data["sentences"]] == [{"id", "text"}] * 4


def test_without_a_proof_there_is_nothing_to_grade_by() -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.grade(passage((5, False), (6, False)), ["s0"])
    assert str(broken.value) == "No sentence of the question proves it."
