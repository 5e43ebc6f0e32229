from __future__ import annotations

import pytest

from quizzes.drafting.definitions import stated_definition, usable_definition


def meaning(sentence: str, term: str) -> str | None:
    start = sentence.index(term)
    return stated_definition(sentence, start, start + len(term))


@pytest.mark.parametrize(
    ("sentence", "term", "expected"),
    [
        (
            "They pay a bridge levy, a charge on every lorry that enters the town.",
            "bridge levy",
            "a charge on every lorry that enters the town",
        ),
        (
            "They speak of a rust dividend, meaning the work that keeps old hulls afloat.",
            "rust dividend",
            "the work that keeps old hulls afloat",
        ),
        (
            "He calls it the wake rule: the belief that a boat makes its own weather.",
            "wake rule",
            "the belief that a boat makes its own weather",
        ),
        (
            "People who fear the bridge are called swimmers in the town.",
            "swimmers",
            "people who fear the bridge",
        ),
        (
            "The Harbour Panel, a group of four retired captains, reads each list.",
            "Harbour Panel",
            "a group of four retired captains",
        ),
        (
            "They must enter a berth, which is any place where a boat lies, with the harbour office.",
            "berth",
            "any place where a boat lies",
        ),
        ("A slipway is a ramp on which boats are moved.", "slipway", "a ramp on which boats are moved"),
        (
            "They live on dead quays, places without boats or masters, and never leave.",
            "dead quays",
            "places without boats or masters",
        ),
        (
            "They owe a tide tax, which is to say a payment for what the sea takes away.",
            "tide tax",
            "a payment for what the sea takes away",
        ),
    ],
)
def test_a_definition_is_cut_out_of_its_sentence(sentence: str, term: str, expected: str) -> None:
    assert meaning(sentence, term) == expected


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("When the court saw the slipway, the town had already sold it.", "slipway"),
        ("They like the slipway and the rest of the quay.", "slipway"),
        ("If it ends at the old slipway, the town risks a long winter.", "slipway"),
        ("For the people of the slipway, the sale of the quay was a shock.", "slipway"),
        ("They want the slipway, the quays are no longer of use to them.", "slipway"),
        ("The slipway, the oldest part of the quay.", "slipway"),
        ("They own a slipway, a slipway of the old kind with two rails.", "slipway"),
        ("It was the slipway, the same as ever in the rain.", "slipway"),
        ("They built the slipway, a ramp.", "slipway"),
        ("The slipway is a mile from the old town.", "slipway"),
        ("The slipway is an hour from Merrow on foot.", "slipway"),
        ("The slipway is a third of the whole quay.", "slipway"),
        ("The slipway is a lot better than it looks.", "slipway"),
        ("The slipway is a good few years older than that.", "slipway"),
        ("According to the slipway, the plan cost the town two boats last year.", "slipway"),
        ("They lost a cart, a slipway, a captain who had sailed with the first ferry.", "slipway"),
        ("The list names three: the slipway, a shed of the old harbour, and a crane that nobody wants.", "slipway"),
        ("They asked for slipways, the first of which was built in spring.", "slipways"),
        ("They sold two tonnes of slipways, which is roughly the harvest of a year.", "slipways"),
        ("The rails of the slipway, a ramp that leads down to the water, rust.", "rails of the slipway"),
        ("They came with a slipway, a practice which the town called the long pull.", "slipway"),
    ],
)
def test_what_only_looks_like_a_definition_is_left_alone(sentence: str, term: str) -> None:
    assert meaning(sentence, term) is None


def test_a_definition_that_holds_the_term_is_of_no_use() -> None:
    assert usable_definition("a levy on every lorry in the town", "bridge levy") is None


def test_a_definition_loses_its_end_mark() -> None:
    assert usable_definition("a charge on every lorry. ", "tax") == "a charge on every lorry"


def test_a_definition_that_leans_on_something_is_of_no_use() -> None:
    assert usable_definition("it was never built by anyone", "quay") is None


@pytest.mark.parametrize(
    ("sentence", "term", "expected"),
    [
        ("Captains of Merrow Lines, a firm of nine old boats, rested.", "Merrow Lines", "a firm of nine old boats"),
        ("The hoot of a tide horn, the bell that nobody has ordered for years.", "tide horn", None),
    ],
)  # fmt: skip
def test_behind_a_part_of_the_subject_only_what_stands_between_commas_explains(
    sentence: str, term: str, expected: str | None
) -> None:
    assert meaning(sentence, term) == expected


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("They ring it after every lost coin, a habit of the oldest guilds in Hask.", "lost coin"),
        ("They pay a bridge levy, a habit that millers describe as a tax.", "bridge levy"),
        ("They pay a bridge levy, a habit that millers refer to as a tax.", "bridge levy"),
    ],
)
def test_one_of_many_and_what_bears_another_name_is_not_explained(sentence: str, term: str) -> None:
    assert meaning(sentence, term) is None
