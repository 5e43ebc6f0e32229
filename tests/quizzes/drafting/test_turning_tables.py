"""Statements turned round in one place: every pair of opposites, every number, every guard with both its sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.turning import turned_round

PAIRS = [
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"), ("larger", "smaller"),
    ("higher", "lower"), ("strong", "weak"), ("stronger", "weaker"), ("rose", "fell"), ("rises", "falls"),
    ("before", "after"), ("gained", "lost"), ("allows", "forbids"), ("allowed", "forbade"), ("possible", "impossible"),
    ("likely", "unlikely"), ("cheap", "expensive"), ("quick", "slow"), ("quickly", "slowly"), ("early", "late"),
    ("supports", "opposes"), ("supported", "opposed"), ("accepted", "refused"), ("willing", "unwilling"),
    ("popular", "unpopular"), ("opened", "closed"), ("longer", "shorter"), ("doubled", "halved"),
    ("improved", "worsened"), ("safe", "unsafe"), ("peaceful", "violent"), ("more", "less"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[one for one, _ in PAIRS])
def test_opposites_are_turned_into_each_other(one: str, other: str) -> None:
    there, back = (f"In that year the weir grew {word} than the locks." for word in (one, other))
    if one in {"more", "less"}:
        assert turned_round(there) is None
    else:
        assert (turned_round(there), turned_round(back)) == (back, there)


@pytest.mark.parametrize(
    ("statement", "turned"),
    [
        ("The guild won the case.", "The guild lost the case."),
        ("The guild lost the case.", "The guild gained the case."),
        ("The chance was slim.", "The chance was good."),
        ("It was largely forgotten.", "It was hardly forgotten."),
        ("The first lock leaked.", "The last lock leaked."),
        ("Millers paid two coins a day.", "Millers paid five coins a day."),
        ("Millers paid eleven coins a day.", "Millers paid seven coins a day."),
        ("A hundred millers came.", "A thousand millers came."),
        ("Half the millers came.", None),
        ("Then two men lower a bell.", "Then five men lower a bell."),
        ("Millers paid two fifths of it.", None),
        ("The mill shuts at five in the afternoon.", None),
        ("The mill shuts at five o'clock.", None),
        ("Then half the millers came.", "Then a tenth of the millers came."),
        ("The lock has been mended.", "The lock has not been mended."),
        ("The locks have been mended.", "The locks have not been mended."),
        ("The lock will leak.", "The lock will not leak."),
        ("The lock could leak.", "The lock could not leak."),
        ("The lock would leak.", "The lock would not leak."),
        ("The locks were dry.", "The locks were not dry."),
        ("The lock can leak.", "The lock cannot leak."),
        ("The lock has not leaked.", "The lock has leaked."),
        ("The lock should not leak.", "The lock should leak."),
        ("About twenty millers came.", "About fifty millers came."),
        ("Only two millers came.", "Only five millers came."),
        ("Millers over there paid two coins.", "Millers over there paid five coins."),
        ("The flood came after the war.", "The flood came before the war."),
        ("The lock will open, perhaps.", None),
        ("The old man will sign.", "The old man will not sign."),
        ("The lock was hardly dry.", "The lock was largely dry."),
        ("The lock was lost in the flood.", "The lock was not lost in the flood."),
        ("The lock was named after a miller.", "The lock was not named after a miller."),
    ],
)
def test_each_way_of_turning_changes_one_place(statement: str, turned: str | None) -> None:
    assert turned_round(statement) == turned


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "The miller slept.",
        "More or less, the lock leaked.",
        "The lock leaked for the first time.",
        "The lock opened last winter.",
        "The lock opened the day before the flood.",
        "Nobody opened the lock.",
        "Never was the lock safe.",
        "The lock opened early.",
        "The lock does not leak.",
        "Locks do not leak.",
        "The lock did not leak.",
        "The lock is not old but new.",
        "The lock is not only old.",
        "The lock was, they say, dry.",
        "The lock was dry and cold.",
        "The lock which was dry burst.",
        "The lock was dry; the mill was wet.",
        "Nobody was there.",
        "Nothing is known of it.",
        "If rain is near they shut it.",
        "Twenty-two millers came.",
        "In spring two thousand millers came.",
        "Mill-two stood open.",
        "OPENED LOCKS LEAK.",
        "At least seven millers came.",
        "At most two millers came.",
        "There came more than nine millers.",
        "There came fewer than nine millers.",
        "There came up to twelve millers.",
        "It cost over twenty coins.",
        "It took as many as eight millers.",
        "There came two or more millers.",
        "There came nine or fewer millers.",
        "The lock leaked after all.",
        "Before long the lock leaked.",
        "One after another the millers left.",
        "The millers looked after the lock.",
        "The good miller slept.",
        "The lock is only old.",
        "The lock was also dry.",
        "The lock was scarcely dry.",
        "The lock is not yet dry.",
        "The lock is not at all dry.",
        "There is not any water.",
        "The lock was not until noon of use.",
        "They read the will to everybody.",
        "Millers kicked a tin can about.",
        "Millers had closed the lock twice before.",
        "Millers had seen the lock before, in spring.",
        "The new sails stand higher up.",
        "The lock lost power in the night.",
        "The lock holds more boats.",
    ],
)
def test_where_no_single_place_is_safe_nothing_is_turned(statement: str) -> None:
    assert turned_round(statement) is None


WORDS = st.sampled_from("The lock mill was not opened two never first, and is more can has been 橋 Ł".split())


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_a_turned_statement_is_another_one_that_differs_in_few_words(statement: str) -> None:
    turned = turned_round(statement)
    if turned is not None:
        assert turned != statement
        before, after = statement.split(" "), turned.split(" ")
        assert abs(len(before) - len(after)) <= 1
        assert len(set(before) ^ set(after)) <= 3


@given(st.text(max_size=60))
def test_any_text_is_turned_or_left_and_the_same_each_time(text: str) -> None:
    assert turned_round(text) == turned_round(text) != text or turned_round(text) is None


@pytest.mark.parametrize(
    ("statement", "turned"),
    [
        ("The guild rang 36 bells.", "The guild rang 72 bells."),
        ("The guild rang 60 bells.", "The guild rang 30 bells."),
        ("The guild rang 61 bells.", "The guild rang 122 bells."),
        ("The guild rang 4,000 bells.", "The guild rang 2,000 bells."),
        ("The guild rang 3 bells.", None),
        ("The guild rang more than 36 bells.", None),
        ("The guild rang 36 bells in 1911.", None),
        ("The guild rang two bells on 36 days.", "The guild rang five bells on 36 days."),
        ("The guild rang bells in 1911 towers.", None),
        ("The guild met on 24 March.", None),
        ("It was the rarest bell of all.", "It was the commonest bell of all."),
        ("The bell rings from early morning to noon.", None),
        ("The bell would then ring.", None),
        ("The bell was second to none.", None),
    ],
)
def test_figures_are_doubled_or_halved_and_what_would_sound_odd_is_left(statement: str, turned: str | None) -> None:
    assert turned_round(statement) == turned


@pytest.mark.parametrize(
    "statement",
    [
        "The guild found a lost bell.",
        "It is larger than the bell accepted, and it rings.",
        "The guild met before anybody came.",
        "The guild grew stronger, while the mill had a fence.",
        "The guild met half an hour from noon.",
    ],
)
def test_a_description_an_any_and_a_contrast_are_not_turned(statement: str) -> None:
    assert turned_round(statement) is None
