from __future__ import annotations

import pytest

from tests.quizzes.drafting.rules.cases import cloze, rules_broken, single, statement


@pytest.mark.parametrize("words", [7, 41])
def test_a_question_is_neither_short_nor_long(words: int) -> None:
    assert "stem_length" in rules_broken("single_choice", single(stem=" ".join(["word"] * words)))


@pytest.mark.parametrize("words", [8, 40])
def test_the_bounds_of_length_are_fine(words: int) -> None:
    assert "stem_length" not in rules_broken("single_choice", single(stem=" ".join(["word"] * words)))


@pytest.mark.parametrize("opener", ["It", "This charge", "He", "But the council", "Such a levy"])
def test_a_statement_does_not_lean_on_the_one_before(opener: str) -> None:
    stem = f"{opener} is paid for every lorry that enters the town."
    assert "stem_starts_with_pronoun" in rules_broken("true_false", statement(stem))


def test_a_gap_at_the_beginning_is_no_pronoun() -> None:
    assert "stem_starts_with_pronoun" not in rules_broken(
        "cloze", cloze("{{g1}} is what the council pays for lorries.")
    )


@pytest.mark.parametrize("word", ["levy", "levies", "bridges"])
def test_a_word_of_the_key_in_the_stem_gives_it_away(word: str) -> None:
    stem = f"Which expression does the author use when {word} are paid?"
    assert "stem_gives_key_away" in rules_broken("single_choice", single(stem=stem))


def test_a_word_that_all_options_share_gives_nothing_away() -> None:
    stem = "Which budget of the town is paid by the lorries alone?"
    content = single(stem=stem, options=("Bridge budget", "Comfort budget", "Harbour budget"))
    assert "stem_gives_key_away" not in rules_broken("single_choice", content)


def test_two_blanks_in_a_choice_are_told() -> None:
    assert "single_blank" in rules_broken(
        "single_choice", single(stem="The ____ pays a ____ on every lorry in the town.")
    )


@pytest.mark.parametrize("text", ["The council pays a charge.", "The {{g1}} pays {{g1}}.", "The {{g2}} pays a charge."])
def test_every_gap_stands_in_the_text_once(text: str) -> None:
    assert "single_blank" in rules_broken("cloze", cloze(text))


@pytest.mark.parametrize(
    "text", ["The half-{{g1}} is paid by lorries.", "The {{g1}}-style charge is paid.", "The {{g1}}’s price rose."]
)
def test_a_blank_is_no_part_of_a_longer_word(text: str) -> None:
    assert "blank_inside_compound" in rules_broken("cloze", cloze(text))


@pytest.mark.parametrize(
    "text", ["Lorries pay a {{g1}}, which is high.", "Lorries pay ({{g1}}) daily.", "Lorries pay a {{g1}}."]
)
def test_a_blank_beside_a_mark_is_whole(text: str) -> None:
    assert "blank_inside_compound" not in rules_broken("cloze", cloze(text))


def test_a_quoted_blank_is_told() -> None:
    assert "key_quoted" in rules_broken("cloze", cloze("Lorries pay a “{{g1}}” when they enter."))


def test_a_key_that_repeats_the_stem_more_than_the_rest_is_told() -> None:
    content = single(
        stem="Which of these does a lorry pay on entering town?", options=("A lorry fee", "A rust gain", "A sea tax")
    )
    assert "overlap_with_stem" in rules_broken("single_choice", content)
