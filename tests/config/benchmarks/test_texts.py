from __future__ import annotations

from pathlib import Path

import pytest

from config.benchmarks.course import choices, for_reference, sample
from config.benchmarks.texts import longer_text, renamed, sample_text, texts_in


@pytest.mark.parametrize("words", [100, 1_000, 3_000])
def test_a_longer_text_has_as_many_words_as_asked_and_at_most_a_paragraph_more(words: int) -> None:
    longest = max(len(passage.text.split()) for passage in sample().article.passages)
    assert words <= len(longer_text(words).split()) < words + longest


def test_the_same_length_gives_the_same_text() -> None:
    assert longer_text(2_000) == longer_text(2_000)


def test_each_turn_has_names_of_its_own() -> None:
    assert [renamed("Minsk", turn) for turn in range(6)] == ["Minsk", "Monsk", "Munsk", "Mansk", "Mensk", "Minsk"]


def test_a_longer_text_is_made_of_the_sample() -> None:
    shortest = min(sample_text().split("\n\n"), key=len)
    assert shortest in longer_text(2_000)


def test_only_articles_of_a_folder_are_built(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "gold.json"):
        (tmp_path / name).touch()
    assert [path.name for path in texts_in(tmp_path)] == ["a.md", "b.txt"]


def test_any_number_of_questions_can_be_asked_each_under_a_key_of_its_own() -> None:
    asked = choices(sample(), 40)
    assert len({question.key for question in asked}) == 40


def test_the_reference_asks_the_same_with_the_same_key() -> None:
    (stem, options, key), *_ = for_reference(questions=3)["questions"]
    first = choices(sample(), 1)[0]
    assert stem == first.content["stem"]
    assert options[key] == next(o["text"] for o in first.content["options"] if o["correct"])
