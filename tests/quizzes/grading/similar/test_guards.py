"""Each guard with the sentence it is there for, and one beside it that it lets pass."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from quizzes.grading.similar.asked import asked
from quizzes.grading.similar.guards import GUARDS, LONGEST, Case, objections

QUESTION = "Why did the ferry to Holm stay in the harbour on Monday?"
WIND = "The wind was too strong to cross the bay."
ENGINE = "Its engine had lost 40 litres of oil after the crossing from Sund."
DENIED = "It was not allowed to leave before the inspection."
REFERENCES = (WIND, ENGINE, DENIED)
PASSAGE = (
    "On Monday the keeper of the light noted that gusts from the north had torn two buoys from their chains and that "
    "every captain in the harbour was told to wait until the evening."
)


def objecting(answer: str, *, passage: str = "", references: tuple[str, ...] = REFERENCES) -> list[str]:
    question = asked(QUESTION, references)
    return objections(Case(question, question.read(answer), passage))


@pytest.mark.parametrize("reference", REFERENCES)
def test_no_guard_objects_to_a_reference(reference: str) -> None:
    assert objecting(reference) == []


@pytest.mark.parametrize(
    ("guard", "answer"),
    [
        ("too_long", f"{WIND} " * 30),
        ("too_long", "wind " * (LONGEST // 5 + 1)),
        ("negation", "The wind was not too strong to cross the bay."),
        ("negation", "It is false that the wind was too strong to cross the bay."),
        ("negation", "It was allowed to leave before the inspection."),
        ("negation", "It is false that it was not allowed to leave before the inspection."),
        ("negation", "The wind was too weak to cross the bay."),
        ("negation", "Der Wind war nicht zu stark to cross the bay."),
        ("word_order", "strong cross the to bay wind too was The."),
        ("word_list", "wind strong cross bay"),
        ("copied_question", "The ferry to Holm did stay in the harbour on Monday."),
        ("copied_question", "Why did the ferry to Holm stay in the harbour on Monday? The wind."),
        ("language", "Die Fähre blieb im Hafen, weil der Wind zu stark für die Bucht war."),
        ("language", "Ветер был слишком сильным."),
        ("no_words", "🙂 …!"),
        ("no_words", ""),
        ("numbers_and_names", "Its engine had lost 400 litres of oil after the crossing from Sund."),
        ("numbers_and_names", "Its engine had lost litres of oil after the crossing from Sund."),
        ("numbers_and_names", "Its engine had lost 40 litres of oil after the crossing from Falun."),
    ],
)
def test_a_guard_objects_to_its_sentence(guard: str, answer: str) -> None:
    assert guard in objecting(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "the wind in the bay was simply too strong",
        "Because it was too windy to cross the bay, the wind being so strong.",
        "It wasn't allowed to leave before they had done the inspection",
        "Its engine lost forty or 40 litres of oil after it came from Sund",
        "they couldn't leave before the inspection",
        "strong wind",
    ],
)
def test_no_guard_objects_to_a_right_answer_in_other_words(answer: str) -> None:
    assert objecting(answer) == []


def test_a_long_quote_of_the_passage_goes_to_a_person() -> None:
    quote = " ".join(PASSAGE.split()[:26])
    assert "quoted" in objecting(quote, passage=PASSAGE)
    assert "quoted" not in objecting(quote)
    assert "quoted" not in objecting(" ".join(PASSAGE.split()[:24]), passage=PASSAGE)


def test_a_quote_is_found_whatever_its_marks_and_capitals() -> None:
    assert "quoted" in objecting(PASSAGE.upper().replace(" and ", " – and, "), passage=PASSAGE)


def test_nothing_else_is_said_of_an_answer_without_words() -> None:
    assert objecting("?!") == ["no_words"]


def test_a_word_list_is_as_good_as_a_reference_that_is_one() -> None:
    assert objecting("strong northern wind", references=("strong northern wind",)) == []


def test_what_another_reference_denies_is_no_denial_of_the_nearest() -> None:
    references = ("The bay was calm and the pier was open.", "The pier was not open.")
    assert "negation" not in objecting("The bay was calm and the pier open.", references=references)


def test_hardly_any_shuffle_of_a_sentence_passes() -> None:
    words = WIND.rstrip(".").split()
    chance = Random(7)
    shuffles = [" ".join(chance.sample(words, len(words))) for _ in range(200)]
    assert sum("word_order" in objecting(shuffle) for shuffle in shuffles) >= 199


def test_words_too_few_to_have_an_order_are_left_alone() -> None:
    assert all("word_order" not in objecting(" ".join(pair)) for pair in permutations(["wind", "strong"]))


def test_there_are_nine_guards() -> None:
    assert list(GUARDS) == [
        "too_long", "negation", "word_order", "word_list", "copied_question", "quoted", "language", "no_words",
        "numbers_and_names",
    ]  # fmt: skip
