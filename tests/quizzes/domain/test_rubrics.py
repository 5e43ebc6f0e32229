"""The rubric itself: where it comes from, what may be done to it, and the arithmetic of shares."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.rubrics import (
    MOST_ITEMS,
    add_item,
    authored_items,
    bring_back_item,
    fill_rubric,
    fraction_of,
    item_named,
    move_item,
    retire_item,
    retired_items,
    reword_item,
    rubric_of,
    shares_of,
)
from quizzes.errors import RubricFull
from quizzes.models import Question, RubricItem
from quizzes.questions import question_type
from tests.factories import NOW
from tests.quizzes.domain.waiting_answers import OPEN, Desk

POINTS = st.lists(st.decimals(-10, 10, places=2), max_size=8)


def texts(question: Question) -> list[str]:
    return [item.text for item in rubric_of(question)]


class TestShares:
    @given(POINTS)
    def test_what_can_be_earned_adds_up_to_one_exactly(self, points: list[Decimal]) -> None:
        shares = shares_of(points)
        earned = [share for share, each in zip(shares, points, strict=True) if each > 0]
        assert sum(earned, Decimal(0)) == (1 if earned else 0)

    @given(POINTS)
    def test_shares_keep_the_order_of_points_and_fit_their_column(self, points: list[Decimal]) -> None:
        shares = shares_of(points)
        assert all(-1 <= share <= 1 and share == round(share, 6) for share in shares)
        pairs = sorted(zip(points, shares, strict=True))
        assert [share for _, share in pairs] == sorted(shares)

    @pytest.mark.parametrize(
        ("points", "shares"),
        [
            ([2, 1, -1], ["0.666667", "0.333333", "-0.333333"]),
            ([1, 1, 1], ["0.333334", "0.333333", "0.333333"]),
            ([5], ["1"]),
            ([0, -2], ["0", "0"]),
            ([1, -3], ["1", "-1"]),
            ([], []),
        ],
    )
    def test_an_authors_points_become_shares(self, points: list[int], shares: list[str]) -> None:
        assert shares_of([Decimal(each) for each in points]) == [Decimal(each) for each in shares]

    @given(st.lists(st.decimals(-1, 1, places=6), max_size=8))
    def test_what_items_give_together_is_a_fraction(self, shares: list[Decimal]) -> None:
        assert 0 <= fraction_of(shares) <= 1

    @pytest.mark.parametrize(
        ("shares", "fraction"),
        [([], "0"), (["0.5", "0.25"], "0.75"), (["0.9", "0.9"], "1"), (["0.5", "-0.75"], "0")],
    )
    def test_too_much_is_all_and_too_little_is_nothing(self, shares: list[str], fraction: str) -> None:
        assert fraction_of([Decimal(share) for share in shares]) == Decimal(fraction)


@pytest.mark.django_db
class TestWhereItComesFrom:
    def test_a_question_without_items_offers_its_authors(self) -> None:
        desk = Desk()
        assert texts(desk.question) == ["Names the wall", "Says who built it", "Praises the wall"]
        assert not RubricItem.objects.exists()

    def test_what_was_offered_keeps_its_uuid_when_it_is_stored(self) -> None:
        desk = Desk()
        offered = [item.uuid for item in rubric_of(desk.question)]
        assert [item.uuid for item in fill_rubric(desk.question)] == offered

    def test_filling_twice_stores_it_once(self) -> None:
        desk = Desk()
        assert [item.pk for item in fill_rubric(desk.question)] == [item.pk for item in fill_rubric(desk.question)]
        assert RubricItem.objects.count() == 3

    def test_whose_items_were_all_retired_is_not_filled_again(self) -> None:
        desk = Desk()
        for item in fill_rubric(desk.question):
            retire_item(item, at=NOW)
        assert fill_rubric(desk.question) == []

    def test_an_item_is_found_by_its_uuid_in_its_own_question_only(self) -> None:
        desk, other = Desk(), Desk()
        uuid = rubric_of(desk.question)[0].uuid
        assert str(item_named(desk.question, uuid)) == "Names the wall"
        assert item_named(other.question, uuid) is None
        assert item_named(desk.question, uuid4()) is None

    @pytest.mark.parametrize(
        "rubric",
        [
            None,
            "a text",
            [],
            ["a text"],
            [{"text": "  ", "points": 1}],
            [{"text": "Without points"}],
            [{"text": "Yes or no", "points": True}],
            [{"text": "In words", "points": "two"}],
        ],
    )
    def test_rows_that_say_nothing_are_left_out(self, rubric: Any) -> None:
        assert authored_items(Question(uuid=uuid4()), {**OPEN, "rubric": rubric}) == []


def test_what_an_open_response_gives_points_for_becomes_its_rubric() -> None:
    content = next(iter(question_type("open_response").examples())).content
    items = authored_items(Question(uuid=uuid4()), content)
    assert [(item.text, item.fraction) for item in items] == [
        (row["text"], Decimal(str(row["points"])) / 2) for row in content["rubric"]
    ]


@pytest.mark.django_db
class TestChanges:
    def test_an_item_added_comes_last(self) -> None:
        desk = Desk()
        add_item(desk.question, text="Names a year", fraction=Decimal("0.1"), at=NOW)
        assert texts(desk.question)[-1] == "Names a year"

    def test_new_words_stand_in_the_rubric(self) -> None:
        desk = Desk()
        item = fill_rubric(desk.question)[0]
        reword_item(item, text="Speaks of the wall", feedback="You found the wall.")
        found = rubric_of(desk.question)[0]
        assert (found.text, found.feedback) == ("Speaks of the wall", "You found the wall.")

    @pytest.mark.parametrize(
        ("which", "up", "order"),
        [
            (0, False, [1, 0, 2]),
            (2, True, [0, 2, 1]),
            (1, True, [1, 0, 2]),
            (0, True, [0, 1, 2]),
            (2, False, [0, 1, 2]),
        ],
    )
    def test_an_item_moves_one_place(self, which: int, up: bool, order: list[int]) -> None:
        desk = Desk()
        items = fill_rubric(desk.question)
        move_item(items[which], up=up)
        assert [item.pk for item in rubric_of(desk.question)] == [items[place].pk for place in order]

    def test_a_retired_item_moves_nowhere(self) -> None:
        desk = Desk()
        first, second, third = fill_rubric(desk.question)
        retire_item(second, at=NOW)
        move_item(second, up=True)
        assert [item.pk for item in rubric_of(desk.question)] == [first.pk, third.pk]

    def test_retiring_takes_it_out_of_the_offer_and_back_it_comes_last(self) -> None:
        desk = Desk()
        first = fill_rubric(desk.question)[0]
        retire_item(first, at=NOW)
        retire_item(first)
        first.refresh_from_db()
        assert first.retired_at == NOW
        assert [item.pk for item in retired_items(desk.question)] == [first.pk]

        bring_back_item(first)
        bring_back_item(first)

        assert texts(desk.question) == ["Says who built it", "Praises the wall", "Names the wall"]
        assert retired_items(desk.question) == []

    def test_a_full_rubric_says_so(self) -> None:
        desk = Desk()
        for number in range(MOST_ITEMS - 3):
            add_item(desk.question, text=f"Item {number}", fraction=Decimal(0), at=NOW)
        with pytest.raises(RubricFull, match="Retire one"):
            add_item(desk.question, text="One too many", fraction=Decimal(0), at=NOW)

    def test_nothing_is_brought_back_into_a_full_rubric(self) -> None:
        desk = Desk()
        first = fill_rubric(desk.question)[0]
        retire_item(first, at=NOW)
        for number in range(MOST_ITEMS - 2):
            add_item(desk.question, text=f"Item {number}", fraction=Decimal(0), at=NOW)
        before = texts(desk.question)

        with pytest.raises(RubricFull, match="Retire one"):
            bring_back_item(first)
        assert texts(desk.question) == before
        assert [item.pk for item in retired_items(desk.question)] == [first.pk]

        retire_item(rubric_of(desk.question)[0], at=NOW)
        bring_back_item(first)
        assert texts(desk.question) == [*before[1:], first.text]

    def test_bringing_back_what_stands_changes_nothing_even_in_a_full_rubric(self) -> None:
        desk = Desk()
        for number in range(MOST_ITEMS - 3):
            add_item(desk.question, text=f"Item {number}", fraction=Decimal(0), at=NOW)
        before = texts(desk.question)

        bring_back_item(rubric_of(desk.question)[0])

        assert texts(desk.question) == before


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_to_a_rubric_its_places_differ_and_no_item_is_lost(seed: int) -> None:
    desk, chance = Desk(), Random(seed)
    fill_rubric(desk.question)
    known = set(RubricItem.objects.values_list("pk", flat=True))

    for step in range(30):
        offered, retired = rubric_of(desk.question), retired_items(desk.question)
        do = chance.choice(["add", "up", "down", "retire", "back"])
        if do == "add":
            known.add(add_item(desk.question, text=f"Step {step}", fraction=Decimal(0), at=NOW).pk)
        elif do == "back" and retired:
            bring_back_item(chance.choice(retired))
        elif do in ("up", "down") and offered:
            which = chance.randrange(len(offered))
            move_item(offered[which], up=do == "up")
            there = min(max(which + (-1 if do == "up" else 1), 0), len(offered) - 1)
            assert rubric_of(desk.question)[there].pk == offered[which].pk
        elif do == "retire" and offered:
            retire_item(chance.choice(offered), at=NOW)
        items = list(RubricItem.objects.filter(question=desk.question))
        assert {item.pk for item in items} == known
        assert len({item.position for item in items}) == len(items)


@pytest.mark.django_db
@pytest.mark.parametrize("which", [0, 1, 2])
def test_up_and_down_again_leaves_the_order_as_it_was(which: int) -> None:
    desk = Desk()
    before = [item.pk for item in fill_rubric(desk.question)]
    there = max(which - 1, 0)

    move_item(rubric_of(desk.question)[which], up=True)
    if there != which:
        move_item(rubric_of(desk.question)[there], up=False)

    assert [item.pk for item in rubric_of(desk.question)] == before


@pytest.mark.django_db
def test_what_is_done_to_one_rubric_leaves_another_as_it_is() -> None:
    desk, other = Desk(), Desk()
    fill_rubric(other.question)
    before = list(RubricItem.objects.filter(question=other.question).order_by("pk").values())

    add_item(desk.question, text="One more", fraction=Decimal(0), at=NOW)
    move_item(rubric_of(desk.question)[0], up=False)
    retire_item(rubric_of(desk.question)[0], at=NOW)
    bring_back_item(retired_items(desk.question)[0])

    assert list(RubricItem.objects.filter(question=other.question).order_by("pk").values()) == before
