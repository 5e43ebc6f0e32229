from __future__ import annotations

import pytest

from quizzes.drafting.rules.options import is_phrase_in
from tests.quizzes.drafting.rules.cases import cloze, rules_broken, single, statement


def test_an_option_more_than_twice_as_long_is_told() -> None:
    assert "option_lengths" in rules_broken(
        "single_choice", single(options=("Bridge levy", "Rust dividend of all the hulls"))
    )


def test_very_short_options_are_of_like_length() -> None:
    assert "option_lengths" not in rules_broken("single_choice", single(options=("Nets", "Ox", "Oars")))


@pytest.mark.parametrize(
    "options",
    [
        ("Bridge levy", "Rust dividends"),
        ("A bridge levy", "Rust dividend"),
        ("The bridge levy", "Rust dividend"),
        ("Bridge levy", "rust dividend"),
        ("Bridge levy.", "Rust dividend"),
        ("1100 crowns", "Rust dividend"),
    ],
)
def test_options_of_another_form_are_told(options: tuple[str, ...]) -> None:
    assert "same_form" in rules_broken("single_choice", single(options=options))


def test_whole_clauses_may_begin_with_an_article_or_not() -> None:
    options = ("The town has paid for all its lorries", "Lorries are paid for by the town alone")
    assert "same_form" not in rules_broken("single_choice", single(options=options))


def test_quotations_keep_their_own_form() -> None:
    content = single(options=("“The mill”", "“Bells of iron”", "“A cold house”"))
    assert "same_form" not in rules_broken("single_choice", content)


def test_a_name_that_ends_in_s_is_one_person() -> None:
    content = single(options=("Donal Reyes", "Ada Brun", "Tom Hale"))
    assert "same_form" not in rules_broken("single_choice", content)


def test_the_article_before_a_blank_fits_every_option() -> None:
    content = cloze(
        "Every lorry pays an {{g1}} in town.", accepted=("entry levy",), options=("entry levy", "rust dividend")
    )
    assert "same_form" in rules_broken("cloze", content)


def test_an_absolute_that_the_passage_does_not_say_is_told() -> None:
    assert "absolutes" in rules_broken("true_false", statement("The council of the town always pays for its lorries."))


def test_an_absolute_of_the_passage_itself_is_fine() -> None:
    assert "absolutes" not in rules_broken(
        "true_false", statement("The council charges every lorry that enters the town.")
    )


@pytest.mark.parametrize("text", ["All of the above", "None of these", "Both A and B"])
def test_an_option_about_other_options_is_told(text: str) -> None:
    assert "all_of_the_above" in rules_broken("single_choice", single(options=("Bridge levy", "Rust dividend", text)))


def test_a_distractor_in_the_proving_sentence_is_told() -> None:
    assert "distractor_in_same_sentence" in rules_broken("single_choice", single(options=("Bridge levy", "Council")))


def test_a_distractor_that_fills_the_blank_truly_is_told() -> None:
    content = cloze("Fishermen speak of a {{g1}} in the town.", options=("bridge levy", "rust dividend"))
    assert "distractor_true_in_lesson" in rules_broken("cloze", content)


def test_a_distractor_of_which_the_article_says_the_same_is_told() -> None:
    content = single(
        stem="What do the economists of the town regard as the list?", options=("Bridge levy", "Comfort budget")
    )
    assert "distractor_true_in_lesson" in rules_broken("single_choice", content)


@pytest.mark.parametrize(("phrase", "found"), [("rust", True), ("rus", False), ("of a rust", True), ("", False)])
def test_a_phrase_is_found_by_whole_words(phrase: str, found: bool) -> None:
    assert is_phrase_in(phrase, "they speak of a rust dividend") is found
