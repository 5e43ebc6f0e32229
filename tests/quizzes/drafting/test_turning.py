from __future__ import annotations

import pytest

from quizzes.drafting.turning import turned_round


@pytest.mark.parametrize(
    ("statement", "turned"),
    [
        ("The town gained a ferry.", "The town lost a ferry."),
        ("The bridge is not safe.", "The bridge is not unsafe."),
        ("The plan is not realistic.", "The plan is realistic."),
        ("The panel has four captains.", "The panel has seven captains."),
        ("The quay is empty.", "The quay is not empty."),
        ("The first boat wins.", "The last boat wins."),
        ("The town sold half of its boats.", "The town sold a tenth of its boats."),
        ("The town kept half a quay.", "The town kept a tenth of a quay."),
        ("The mayor can build a boat.", "The mayor cannot build a boat."),
    ],
)
def test_one_place_is_turned(statement: str, turned: str) -> None:
    assert turned_round(statement) == turned


@pytest.mark.parametrize(
    "statement",
    [
        "The mayor waited.",
        "The first is a toll that everybody pays.",
        "There is a boat without a mast.",
        "The captains first looked at the quay.",
        "The town kept its ferry for longer.",
        "The fare rose from two to three.",
        "The left half sank sooner.",
        "The slow-moving ferry waited.",
        "Sooner or later the town will gain and lose a ferry, which is a pity.",
        "The quay is empty because the boat was sold.",
        "The town bought two boats and three carts that nobody used.",
    ],
)
def test_a_statement_without_a_safe_place_is_left_alone(statement: str) -> None:
    assert turned_round(statement) is None
