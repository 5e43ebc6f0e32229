from __future__ import annotations

import pytest

from quizzes.drafting.plainness import is_plain, leans, stands_free, without_lead


@pytest.mark.parametrize(
    "sentence",
    [
        "The council pays a charge on every lorry that enters the town.",
        "Overall, the West tends to view the leader as a puppet of others.",
        "Merrow lost its last ferry in the spring of that long year.",
    ],
)
def test_a_sentence_with_its_own_nouns_is_plain(sentence: str) -> None:
    assert is_plain(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "If a lorry enters the old town, the driver pays a charge to the council.",
        "After the last lorry has left, the old gate is closed for the night.",
    ],
)
def test_a_sentence_that_opens_with_its_side_clause_is_plain(sentence: str) -> None:
    assert is_plain(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "If they enter the old town, the driver pays a charge to the council.",
        "After the last lorry and the gate of the old town in the night.",
        "It was also, as many now think, a cage of velvet and gold.",
        "Which the council pays, a charge on every lorry in the town.",
        "The council pays for this every time that a lorry enters.",
        "Too short to be asked.",
        "The council pays a charge “on every lorry that enters the town.",
        "Has the council paid a charge on every lorry that came?",
        "The latter pays a charge on every lorry that enters the town.",
        " ".join(["word"] * 41) + ".",
        "Each begins with a charge on every lorry that enters the town.",
        "Some are paid a charge on every lorry that enters the town.",
        "The boats that are older than that follow the rules of the town.",
        'The council calls it "a charge on every lorry that enters the town.',
    ],
)
def test_a_sentence_that_leans_or_is_broken_is_not_plain(sentence: str) -> None:
    assert not is_plain(sentence)


def test_other_languages_are_judged_by_length_and_marks_alone() -> None:
    assert is_plain("Es war einmal ein kleiner Hafen an der grauen See.", english=False)


def test_an_opening_that_only_ties_is_taken_off() -> None:
    assert without_lead("SENN BAY — the town waits.") == "The town waits."
    assert without_lead("However, (and rightly) the town waits.") == "The town waits."


@pytest.mark.parametrize(
    ("before", "after", "free"),
    [
        ("They pay the ", ", which is high.", True),
        ("They pay the ", " and go.", True),
        ("They pay the Kastous-", " regiment.", False),
        ("They pay the ", "-style levy.", False),
        ("They pay the ", "’s debts.", False),
        ("They pay the ", " regiment of the town.", False),
    ],
)
def test_a_mention_stands_free_when_nothing_is_glued_to_it(before: str, after: str, free: bool) -> None:
    assert stands_free(before, after) is free


@pytest.mark.parametrize(
    ("sentence", "is_leaning"),
    [
        ("It has been paid in coins since that day.", True),
        ("But the town paid in coins for years.", True),
        ("We met her there on the same day.", True),
        ("The town of Merrow paid in coins for years.", False),
        ("I have lived in Merrow for fourteen years.", False),
        ("It was “paid in coins” since that day.", False),
        ("Has it been paid in coins since then?", False),
        ("It was paid late.", False),
        ("None of them paid in coins for years.", False),
    ],
)
def test_a_sentence_goes_on_from_the_one_before_by_its_own_words(sentence: str, is_leaning: bool) -> None:
    assert leans(sentence) is is_leaning
