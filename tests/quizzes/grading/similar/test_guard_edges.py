"""Each guard at its edge: what is just too much, and what just is not; and figures, names and letters one by one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading.similar.asked import asked
from quizzes.grading.similar.guards import (
    FEWEST_TO_TELL,
    LEAST_FUNCTION_WORDS,
    LONGEST,
    LONGEST_QUOTE,
    WORDS_BEYOND,
    Case,
    objections,
)
from quizzes.grading.similar.texts import read
from quizzes.grading.similar.vocabulary import falsity, function_words, languages, negations, opposites

QUESTION = "What happened to the mill of Sund?"
MILL = "The flood of 1911 carried the wheel down to Falun in 3 hours."
SHORT = "The flood carried the wheel away."
FILLING = "so they say and so it was told in the houses by the river when evenings were long".split()


def objecting(answer: str, *references: str, question: str = QUESTION, passage: str = "") -> list[str]:
    here = asked(question, references or (MILL,))
    return objections(Case(here, here.read(answer), passage))


def filled(words: int) -> str:
    """The short answer and then so many words of no weight that it has so many in all."""
    own = SHORT.rstrip(".").split()
    return " ".join([*own, *(FILLING * 20)[: words - len(own)]])


@pytest.mark.parametrize(("beyond", "objects"), [(0, False), (1, True)])
def test_an_answer_may_have_sixty_words_more_than_three_times_a_model_answer(beyond: int, objects: bool) -> None:
    words = 3 * len(read(SHORT).words) + WORDS_BEYOND + beyond
    assert ("too_long" in objecting(filled(words), SHORT)) is objects
    assert "too_long" not in objecting(filled(words), SHORT, f"{SHORT} {SHORT}")


@pytest.mark.parametrize(("characters", "objects"), [(LONGEST, False), (LONGEST + 1, True)])
def test_an_answer_may_have_four_thousand_characters(characters: int, objects: bool) -> None:
    word = "x" * (characters - len(SHORT) - 1)
    assert ("too_long" in objecting(f"{SHORT} {word}", SHORT)) is objects


@pytest.mark.parametrize(("words", "objects"), [(LONGEST_QUOTE - 1, False), (LONGEST_QUOTE, True)])
@pytest.mark.parametrize("place", [0, 7])
def test_twenty_five_words_in_a_row_are_a_quote(words: int, objects: bool, place: int) -> None:
    passage = " ".join(f"w{number}" for number in range(60))
    quote = " ".join(passage.split()[place : place + words])
    assert ("quoted" in objecting(f"so, {quote} and so", passage=passage)) is objects
    broken = quote.split()
    broken[words // 2] = "other"
    assert "quoted" not in objecting(" ".join(broken), passage=passage)


@pytest.mark.parametrize(("bare", "objects"), [(5, False), (6, True)])
def test_of_seven_words_one_has_to_hold_the_others_together(bare: int, objects: bool) -> None:
    telling = "flood wheel river mill stone water".split()[:bare]
    answer = " ".join([*telling, "the"]) if bare < 6 else " ".join([*telling, "flour"])
    share = sum(word in function_words() for word in answer.split()) / len(answer.split())
    assert (share < LEAST_FUNCTION_WORDS) is objects
    assert ("word_list" in objecting(answer, SHORT)) is objects


@pytest.mark.parametrize("words", ["wheel", "wheel flood"])
def test_two_words_are_no_list(words: str) -> None:
    assert "word_list" not in objecting(words, SHORT)


GERMAN = "die Flut hat das Rad mit sich in den Fluss genommen".split()


@pytest.mark.parametrize(
    ("words", "objects"), [(FEWEST_TO_TELL - 1, False), (FEWEST_TO_TELL, True), (len(GERMAN), True)]
)
def test_a_language_is_told_from_six_words_on(words: int, objects: bool) -> None:
    assert ("language" in objecting(" ".join(GERMAN[:words]), SHORT)) is objects


@pytest.mark.parametrize("code", sorted(set(languages()) - {"en"}))
def test_the_commonest_words_of_every_other_language_are_told_from_english(code: str) -> None:
    own = sorted(languages()[code] - languages()["en"])[:8]
    assert "language" in objecting(" ".join(own), SHORT)


@pytest.mark.parametrize("answer", ["наводнение", "πλημμύρα", "洪水", "наводнение wheel", "الفيضان"])
def test_a_script_is_told_from_the_first_letter_on(answer: str) -> None:
    assert "language" in objecting(answer, SHORT)


@given(st.integers(0, 9_999).filter(lambda number: number not in (1911, 3)))
def test_any_other_figure_in_the_place_of_one_is_an_objection(number: int) -> None:
    assert "numbers_and_names" in objecting(MILL.replace("1911", str(number)))
    assert "numbers_and_names" in objecting(MILL.replace("3 hours", f"{number} hours"))


@pytest.mark.parametrize("typed", ["3", "three", "Three"])
def test_a_figure_may_be_written_as_a_word(typed: str) -> None:
    assert "numbers_and_names" not in objecting(MILL.replace("3", typed))


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        (MILL.replace("Falun", "Holm"), True),
        (MILL.replace("down to Falun ", ""), True),
        (MILL.replace("Falun", "falun"), False),
        (MILL.replace("Falun", "FALUN"), False),
        (f"{MILL} So they say in Sund.", False),
        (f"{MILL} So they say in Holm.", False),
    ],
)
def test_a_name_is_said_whatever_its_capitals_and_another_may_be_said_beside_it(answer: str, objects: bool) -> None:
    assert ("numbers_and_names" in objecting(answer)) is objects


@pytest.mark.parametrize(("letter", "objects"), [("A", False), ("B", True), ("C", True), ("Z", True)])
def test_letters_name_things_where_a_model_answer_names_things_by_them(letter: str, objects: bool) -> None:
    reference = "Bulb A is in a closed path with the battery."
    found = objecting(reference.replace("A", letter), reference, question="Which bulb is lit?")
    assert ("numbers_and_names" in found) is objects


@pytest.mark.parametrize("word", sorted(negations() - falsity()))
def test_every_negation_denies_a_model_answer_that_has_none(word: str) -> None:
    assert "negation" in objecting(f"The flood {word} carried the wheel away.", SHORT)


@pytest.mark.parametrize("word", sorted(negations()))
def test_a_word_of_the_lists_is_one_that_can_be_read(word: str) -> None:
    assert read(word).words in ((word,), ("can", "not"))


@pytest.mark.parametrize("word", sorted(falsity()))
def test_every_word_for_falsity_is_an_objection_even_beside_another_denial(word: str) -> None:
    assert "negation" in objecting(f"{SHORT} That is {word}.", SHORT)
    assert "negation" in objecting(f"It is not {word}: {SHORT}", SHORT)


@pytest.mark.parametrize(
    ("one", "other"),
    [("open", "closed"), ("higher", "lower"), ("before", "after"), ("hot", "cold"), ("increases", "decreases"),
     ("heavy", "light"), ("long", "short"), ("left", "right"), ("more", "less"), ("strong", "weak")],
)  # fmt: skip
def test_an_opposite_in_the_place_of_a_word_is_an_objection_either_way(one: str, other: str) -> None:
    sentence = "The {} gate by the weir was what they spoke of."
    for here, there in ((one, other), (other, one)):
        assert read(there).stems[0] in opposites()[read(here).stems[0]]
        assert "negation" in objecting(sentence.format(here), sentence.format(there))
        assert "negation" not in objecting(sentence.format(here), sentence.format(here))


SENTENCE = st.lists(
    st.sampled_from("the a flood wheel river mill carried stood of in and old stone water away by".split()),
    min_size=5,
    max_size=14,
    unique=True,
).map(lambda words: " ".join([*words, "downstream."]).capitalize())


@given(SENTENCE)
@settings(max_examples=150, deadline=None)
def test_no_guard_objects_to_a_model_answer_as_it_stands(reference: str) -> None:
    assert objecting(reference, reference, question="Tell what was seen.") == []


@given(SENTENCE, st.sampled_from(["upper", "marks", "spaces", "quotes"]))
@settings(max_examples=100, deadline=None)
def test_capitals_marks_and_spaces_are_no_objection(reference: str, how: str) -> None:
    hands = {
        "upper": reference.upper(),
        "marks": re.sub(r"\.$", "!?", reference),
        "spaces": reference.replace(" ", " \u00a0"),
        "quotes": f"“{reference}”",
    }
    assert objecting(hands[how], reference, question="Tell.") == objecting(reference, reference, question="Tell.")
