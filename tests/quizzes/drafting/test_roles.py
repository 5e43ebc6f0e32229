"""What a sentence does is told by its words, and asked in words of ours."""

from __future__ import annotations

import pytest

from quizzes.drafting.roles import ROLES, roles_of


def done_by(text: str) -> set[str]:
    """What the sentence does, as the questions say it."""
    return {role.stem.removeprefix("Which sentence of this passage ").removesuffix("?") for role in roles_of(text)}


TOLD = [
    ("They dropped the toll if boats came.", "makes something depend on a condition"),
    ("But the boats stayed away.", "turns against what has been said up to that point"),
    ("It sank because of the ice.", "says outright what something is the cause of, or the reason for"),
    ("Rope was dearer than tar.", "compares one thing with another"),
    ("To keep thieves away, they kept a goose.", "says for what purpose something is or was done"),
    ("It froze, which made the ferry useless.", "says what something leads to"),
    ("The hull is old, while the mast is new.", "sets two things against each other"),
    ("They plan to sell the mill.", "looks ahead to what is still to come"),
    ("There are tools such as the adze.", "gives an example of something"),
    ("Perhaps the bell was never rung.", "leaves it open whether something is so"),
    ("The bridge lay there like a dropped comb.", "describes something by an image, likening it to something else"),
    ("The town should sell the mill.", "says what ought to be done"),
    ("Prices fell by a third.", "tells of something that has become more or less"),
    ("They tested the ice by throwing stones.", "says by what means something is done"),
    ("Critics call the plan a dream.", "brings in somebody who disagrees"),
    ("She concedes that the mill is old.", "tells of somebody who grants the other side something"),
    ("Miners call it the blue room.", "gives something its name"),
    ("It is the largest mill on the river.", "sets one thing apart from all others of its kind"),
    ("In other words, nobody had counted.", "draws a conclusion from what has been said"),
    ("All boats pay, except for the ferry.", "tells of an exception"),
    ("The work took three years.", "says how long something lasts, or lasted"),
    ("The bell cost 900 pounds.", "puts a sum of money on something"),
    ("The ferry no longer runs.", "tells of what was once so and is so no longer"),
    ("They meet every week.", "says how often something happens"),
    ("The bank refused a loan.", "tells of somebody who turns something down or denies it"),
    ("The mayor wants to sell it.", "says what somebody would like"),
    ("It was not a gift but a debt.", "puts one idea aside and another in its place"),
    ("Nearly a third of the boats sank.", "gives a number that is only a rough one"),
]


@pytest.mark.parametrize(("text", "does"), TOLD)
def test_a_sentence_is_known_by_what_it_does(text: str, does: str) -> None:
    assert does in done_by(text)


@pytest.mark.parametrize(
    ("text", "does_not"),
    [
        ("It looks like a boat.", "describes something by an image, likening it to something else"),
        ("They would like a boat.", "describes something by an image, likening it to something else"),
        ("It must be old.", "says what ought to be done"),
        ("He fell from grace.", "says how often something happens"),
        ("They met by evening.", "says by what means something is done"),
        ("It is used to cut rope.", "tells of what was once so and is so no longer"),
        ("The council has not ruled out a ferry.", "tells of somebody who turns something down or denies it"),
        ("They rock it until it seems to sleep.", "leaves it open whether something is so"),
        ("They count so that others might think.", "leaves it open whether something is so"),
        ("Critics called it an excuse.", "gives something its name"),
        ("Nobody dares to call it the great lock.", "gives something its name"),
        ("It was not only a gift but a debt.", "puts one idea aside and another in its place"),
        ("It made the same choice, whether right or wrong.", "makes something depend on a condition"),
    ],
)
def test_like_words_do_something_else(text: str, does_not: str) -> None:
    assert does_not not in done_by(text)


def test_each_role_is_asked_in_words_of_its_own() -> None:
    assert len({role.stem for role in ROLES}) == len(ROLES)


@pytest.mark.parametrize(("text", "does"), TOLD)
def test_what_one_sentence_does_another_that_does_it_is_not_let_past(text: str, does: str) -> None:
    (role,) = [role for role in roles_of(text) if role.stem == f"Which sentence of this passage {does}?"]
    assert role.may_not.search(text)
