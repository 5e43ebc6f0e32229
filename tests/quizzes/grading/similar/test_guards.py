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
        ("negation", "The wind was too strong to cross the bay, not too weak or strong."),
        ("copied_question", "Why did the ferry to Holm stay in the harbour on Monday? The wind."),
        ("copied_question", "The ferry to Holm did stay in the harbour on Monday, the wind was strong."),
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
        "The ferry to Holm did stay in the harbour on Monday because the wind was too strong to cross the bay.",
        "The wind was too strong, not weak, to cross the bay.",
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


STORY = "Ada sank a stone and a cork in salt water. The cork came up clear of the water. What shows that it floats?"


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        ("It was clear of it.", False),
        ("The cork came up clear of the water.", True),
        ("What shows that it floats?", True),
        ("Salt is in a stone.", True),
    ],
)
def test_what_is_picked_from_the_story_is_no_copy_unless_it_is_copied(answer: str, objects: bool) -> None:
    question = asked(STORY, ("Nothing of it stays below: all is clear.",))
    assert ("copied_question" in objections(Case(question, question.read(answer)))) is objects


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        ("The wind and the tide kept the ferry in.", False),
        ("The tide and wind kept the ferry in.", False),
        ("The wind or tide kept the ferry in.", False),
        ("The ferry kept the wind and tide in.", True),
        ("The in kept tide and the ferry wind.", True),
    ],
)
def test_what_and_joins_may_come_in_any_order(answer: str, objects: bool) -> None:
    assert ("word_order" in objecting(answer, references=("The wind and tide kept the ferry in.",))) is objects


@pytest.mark.parametrize(
    ("reference", "objects"),
    [
        ("Gusts kept the 4 boats in the bay.", False),
        ("Gusts kept these 4 boats in the bay.", False),
        ("Gusts kept 4 boats in the bay.", True),
        ("Gusts of 4 knots kept the boats in the bay.", True),
    ],
)
def test_a_figure_may_be_missing_only_where_an_article_says_that_it_is_known(reference: str, objects: bool) -> None:
    found = objecting("Gusts kept the boats in the bay.", references=(reference,))
    assert ("numbers_and_names" in found) is objects


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        ("The pitch is higher, not lower.", False),
        ("The pitch is not higher.", True),
        ("The pitch is not lower.", True),
        ("The pitch is lower, not higher.", True),
        ("The pitch is not higher but lower.", True),
    ],
)
def test_denying_the_opposite_stresses_and_denying_the_word_denies(answer: str, objects: bool) -> None:
    found = objecting(answer, references=("The pitch is higher.",))
    assert ("negation" in found) is objects


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


def test_hardly_any_shuffle_with_words_left_out_passes() -> None:
    words = "The long gale kept the ferry to Holm in the old harbour".split()
    reference = " ".join(words)
    chance = Random(7)
    shuffles = [" ".join(chance.sample(words, len(words) - 1 - number % 3)) for number in range(200)]
    caught = sum("word_order" in objecting(each, references=(reference,)) for each in shuffles)
    assert caught >= 195


@pytest.mark.parametrize("foreign", [1, 2, 3, 4])
def test_hardly_any_shuffle_passes_for_foreign_words_among_it(foreign: int) -> None:
    words = "The long gale kept the ferry to Holm in the old harbour".split()
    reference, chance = " ".join(words), Random(foreign)
    others = "copper tides lantern valley whistle mirror".split()
    caught = 0
    for _ in range(200):
        mixed = [*words, *chance.sample(others, foreign)]
        chance.shuffle(mixed)
        caught += "word_order" in objecting(" ".join(mixed), references=(reference,))
    assert caught >= 195


@pytest.mark.parametrize(
    "answer",
    [
        "The wind that day was simply too strong for any boat to cross the bay.",
        "To cross the bay, the wind was too strong for it.",
        "Because the wind was much too strong that night to cross the whole bay.",
    ],
)
def test_own_words_among_those_of_a_reference_are_no_shuffle(answer: str) -> None:
    assert "word_order" not in objecting(answer)


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        ("The gale kept the ferry in the harbour.", False),
        ("A gale kept it in the harbour.", False),
        ("In the harbour the gale kept the ferry.", False),
        ("The ferry stayed in the harbour: the gale kept it.", False),
        ("The kept ferry gale in harbour the.", True),
        ("kept ferry the in gale really harbour the", True),
        ("The gale kept the in ferry harbour.", True),
        ("The in the harbour kept ferry, so windy and so cold it was.", False),
    ],
)
def test_what_has_only_words_of_a_reference_needs_their_order_and_articles_a_noun(answer: str, objects: bool) -> None:
    found = objecting(answer, references=("The gale kept the ferry in the harbour.",))
    assert ("word_order" in found) is objects


def test_words_too_few_to_have_an_order_are_left_alone() -> None:
    assert all("word_order" not in objecting(" ".join(pair)) for pair in permutations(["wind", "strong"]))


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        ("The keeper rang the bell for the captain.", False),
        ("The captain rang the bell for the keeper.", True),
        ("That night the captain rang the bell for the keeper, as ever.", True),
        ("The captain, they say, rang the great bell for the keeper.", True),
        ("The bell rang the keeper for the captain.", True),
        ("For the captain the keeper rang the bell.", False),
        ("The old keeper rang a bell for the captain.", False),
    ],
)
def test_two_words_in_each_others_place_are_who_did_what_to_whom(answer: str, objects: bool) -> None:
    found = objecting(answer, references=("The keeper rang the bell for the captain.",))
    assert ("word_order" in found) is objects


@pytest.mark.parametrize("wind", ["strong northern", "northern strong"])
def test_two_words_side_by_side_may_be_exchanged(wind: str) -> None:
    reference = "The strong northern wind held the ferry in the harbour of Holm all day."
    answer = reference.replace("strong northern", wind)
    assert "word_order" not in objecting(answer, references=(reference,))


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        ("Unless the wind was too strong to cross the bay.", True),
        ("Too strong to cross the bay, instead of the wind, was the tide.", True),
        ("In the absence of wind too strong to cross the bay.", True),
        ("The wind was far from too strong to cross the bay.", True),
        ("The wind was anything but too strong to cross the bay.", True),
        ("The wind was too strong to cross the bay, except on Monday.", True),
        ("The wind was rather too strong to cross the bay.", False),
        ("From so far the wind was too strong to cross the bay.", False),
        ("Anything can happen, but the wind was too strong to cross the bay.", False),
    ],
)
def test_what_turns_a_statement_round_without_denying_it_is_an_objection(answer: str, objects: bool) -> None:
    assert ("negation" in objecting(answer)) is objects


def test_what_a_reference_turns_round_an_answer_may_turn_round() -> None:
    references = ("It sails unless the wind is strong.", "It stays instead of sailing in a gale.")
    assert "negation" not in objecting("It sails unless the wind is strong there", references=references)
    assert "negation" in objecting("It sails except when the wind is strong", references=references)


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        ("The wind was too strong or the pilot was drunk.", True),
        ("Either the pilot was drunk or the wind was too strong.", True),
        ("The wind was too strong / a drunk pilot.", True),
        ("A drunk pilot, a mutiny or the wind that was too strong to cross the bay.", True),
        ("The wind was too strong to cross the bay or harbour.", False),
        ("The wind was 40/50 and too strong to cross the bay.", False),
        ("The pilot was drunk, and the wind too strong.", False),
        ("The wind was too strong, and the door was of oak.", False),
        ("or", False),
        ("/ the wind", False),
    ],
)
def test_who_offers_something_else_beside_a_model_answer_has_not_decided(answer: str, objects: bool) -> None:
    assert ("alternatives" in objecting(answer)) is objects


def test_what_the_references_leave_open_an_answer_may_leave_open() -> None:
    references = ("Wind or fog kept it in.", "A gale or a storm kept it in.")
    assert objecting("A storm or fog kept it in", references=references) == []
    assert "alternatives" in objecting("A storm or thieves kept it in", references=references)


@pytest.mark.parametrize("sign", ["or ", "/ ", "and or / "])
def test_a_very_long_answer_is_looked_through_at_once(sign: str) -> None:
    assert "too_long" in objecting(sign * 20_000 + WIND * 2_000)


def test_there_are_ten_guards() -> None:
    assert list(GUARDS) == [
        "too_long", "negation", "word_order", "word_list", "copied_question", "alternatives", "quoted", "language",
        "no_words", "numbers_and_names",
    ]  # fmt: skip
