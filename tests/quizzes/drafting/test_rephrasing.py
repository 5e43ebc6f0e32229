from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.plainness import is_plain
from quizzes.drafting.rephrasing import rephrased
from quizzes.drafting.words import tokens


def first(sentence: str, around: str) -> str | None:
    return next(rephrased(sentence, around=around), None)


@pytest.mark.parametrize(
    ("sentence", "around", "other"),
    [
        (
            "In the spring of 2019, the harbour town of Merrow lost the last ferry.",
            "last ferry",
            "The harbour town of Merrow lost the last ferry in the spring of 2019.",
        ),
        (
            "After the war, a bridge levy was paid by every lorry in town.",
            "bridge levy",
            "A bridge levy was paid by every lorry in town after the war.",
        ),
        (
            "Although the old bridge was painted, the council keeps the bridge levy.",
            "bridge levy",
            "The council keeps the bridge levy, although the old bridge was painted.",
        ),
        (
            "The Harbour Panel, a group of four captains, reads every new list of ships with care.",
            "Harbour Panel",
            "The Harbour Panel reads every new list of ships with care.",
        ),
        (
            "The paper fleet, which nobody has ever seen, has been printed every autumn since 1990.",
            "paper fleet",
            "The paper fleet has been printed every autumn since 1990.",
        ),
        (
            "The ministry of ships keeps a large paper fleet, and the list was printed in autumn.",
            "paper fleet",
            "The ministry of ships keeps a large paper fleet.",
        ),
        (
            "The paper fleet (a list of ships) has been printed every single autumn since 1990.",
            "paper fleet",
            "The paper fleet has been printed every single autumn since 1990.",
        ),
        (
            "The paper fleet — a list of ships — has been printed every single autumn since 1990.",
            "paper fleet",
            "The paper fleet has been printed every single autumn since 1990.",
        ),
    ],
)
def test_a_sentence_is_said_in_other_words(sentence: str, around: str, other: str) -> None:
    assert first(sentence, around) == other


@pytest.mark.parametrize(
    ("sentence", "around"),
    [
        ("The harbour town of Merrow lost the last ferry in spring.", "last ferry"),
        ("In fact, the harbour town of Merrow lost the last ferry.", "last ferry"),
        ("Without a captain, the last ferry of Merrow was never to sail again.", "last ferry"),
        ("If the bridge is closed, the last ferry of Merrow will sail again.", "last ferry"),
        ("The last ferry of Merrow will sail again if the bridge is closed soon.", "last ferry"),
        ("In its last year, it carried the mayor and the last ferry captain.", "last ferry"),
        ("During the storm, nobody on the last ferry knew that the quay was gone.", "last ferry"),
        ("The mayor sold the last ferry because it had never carried anyone at all.", "last ferry"),
        ("Old maps, dry ropes, rotten oars and the last ferry were sold in spring.", "last ferry"),
    ],
)
def test_what_would_be_untrue_or_unclear_is_left_alone(sentence: str, around: str) -> None:
    assert first(sentence, around) is None


def test_a_wording_without_the_concept_is_no_wording() -> None:
    sentence = "The ministry of ships keeps a large paper fleet, and the list was printed in autumn."
    assert first(sentence, "list") is None


def test_a_front_keeps_its_capital_where_it_is_a_name() -> None:
    sentence = "Because Merrow needs the money, the town council keeps the old bridge levy."
    assert first(sentence, "bridge levy") == (
        "The town council keeps the old bridge levy, because Merrow needs the money."
    )


FRONTS = ("", "In the spring of 2019, ", "Although the bridge was old, ", "Because the bridge was old, ")
PIECES = (
    ", which was small,",
    ", and the lorries paid it",
    ", because the bridge needed paint",
    " in Merrow",
    " (a tax)",
)


@given(st.sampled_from(FRONTS), st.lists(st.sampled_from(PIECES), max_size=5))
def test_other_wordings_are_plain_hold_the_concept_and_bring_in_no_new_word(front: str, pieces: list[str]) -> None:
    sentence = f"{front}the town council kept the bridge levy{''.join(pieces)}."
    known = {word.lower() for word in tokens(sentence)}
    found = list(rephrased(sentence, around="bridge levy"))
    assert len(found) == len(set(found))
    for wording in found:
        assert wording != sentence
        assert "bridge levy" in wording
        assert is_plain(wording)
        assert {word.lower() for word in tokens(wording)} <= known


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    list(rephrased(text, around="bridge levy"))


def test_an_explanation_with_a_row_of_things_in_it_is_no_aside() -> None:
    sentence = "The grey skin of the quay is a reef crust, a layer in which mussels, limpets and weeds hold the stones."
    wordings = list(rephrased(sentence, around="reef crust"))
    assert not any("crust limpets" in wording for wording in wordings)
