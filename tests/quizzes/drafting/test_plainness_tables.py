"""Which sentences can be read alone, which mentions are whole: each guard with what it holds back and lets pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.plainness import (
    LONGEST,
    SHORTEST,
    is_fragment,
    is_plain,
    is_whole,
    opens_well,
    points_outside,
    stands_free,
    without_lead,
)

REST = "the parish of Hask has kept a bell in its barn"


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        (f"{' '.join(['lamp'] * (SHORTEST - 1))}.", False),
        (f"{' '.join(['lamp'] * SHORTEST)}.", True),
        (f"{' '.join(['lamp'] * LONGEST)}.", True),
        (f"{' '.join(['lamp'] * (LONGEST + 1))}.", False),
        (f"So {REST}", False),
        (f"So {REST}?", False),
        (f"So {REST}!", True),
        (f"So {REST}.”", False),
        (f"“So {REST}.”", True),
        (f"“So {REST}”.", True),
        (f"So {REST} (which is red.", False),
        (f"So {REST} (which is red).", True),
        (f"So {REST})(.", True),
        (f"So {REST}。", True),
        (f"So {REST}۔", True),
        (f"So {REST};", False),
        ("", False),
    ],
)
def test_a_whole_statement_has_its_length_its_end_and_its_marks_in_pairs(sentence: str, whole: bool) -> None:
    assert is_whole(sentence) is whole


@pytest.mark.parametrize(
    ("opening", "well"),
    [
        ("Today", True), ("Most years", True), ("Hask and all of", True), ("Overall,", True), ("However,", True),
        ("But", True), ("And", True), ("It says that", False), ("They know that", False), ("Which is why", False),
        ("There", False), ("When", False), ("“Truly", False), ("‘Truly", False), ('"Truly', False), ("(Truly", False),
        ("Item by item", True), ("Italians say", True), ("Butter:", True), ("After that", False), ("First", False),
        ("Not", False), ("Without rain", False), ("Yet", True), ("But it", False), ("But, of course,", True),
        ("…", True),
    ],
)  # fmt: skip
def test_a_statement_opens_with_a_word_that_needs_nothing_before_it(opening: str, well: bool) -> None:
    assert opens_well(f"{opening} {REST}.") is well


@pytest.mark.parametrize(
    ("sentence", "outside"),
    [
        ("The parish kept this in a barn.", True),
        ("The parish kept these bells in a barn.", True),
        ("The parish kept such bells in a barn.", True),
        ("The parish kept the former in a barn.", True),
        ("The parish kept that.", True),
        ("The parish kept that bell in a barn.", False),
        ("In spring we kept the bell.", True),
        ("The parish told us of its bell.", True),
        ("The parish kept my bell in a barn.", True),
        ("The parish kept its bell in a barn.", False),
        ("Its bell hung in a barn.", True),
        ("In their barn the bell was hung.", True),
        ("He kept the bell in a barn.", True),
        ("Nobody said he kept the bell.", True),
        ("Old Brisk said he kept the bell.", False),
        ("The clerk of Hask said that he kept the bell.", False),
        ("The bell was said to ring itself.", False),
        ("THIS is the bell.", True),
        ("The thistle hid the bell.", False),
        ("The US kept the bell.", False),
        ("The bell is here.", True),
        ("The bell hung in heresy.", False),
        ("The bell of the parish rang in that winter.", True),
        ("The bell of the parish was sold by then.", True),
        ("Two ropes and a hook of iron held her.", True),
        ("Two ropes and a hook of iron held her, as Oda Brisk wrote.", True),
        ("In spring Oda Brisk and the clerk rang it until she fell.", False),
        ("Two ropes held the ringer until he fell.", False),
        ("Under the rules of the guild, it rings at noon.", True),
        ("Under the rules of the guild, the bell rings when it is noon.", False),
    ],
)
def test_a_word_that_stands_for_something_else_has_it_in_the_same_sentence(sentence: str, outside: bool) -> None:
    assert points_outside(sentence) is outside


@pytest.mark.parametrize(
    ("sentence", "bare"),
    [
        (f"However, {REST}.", f"T{REST[1:]}."),
        (f"In fact, {REST}.", f"T{REST[1:]}."),
        (f"But {REST}.", f"T{REST[1:]}."),
        (f"And {REST}.", f"T{REST[1:]}."),
        (f"Whatever they say, {REST}.", f"Whatever they say, {REST}."),
        (f"However much they say, {REST}.", f"However much they say, {REST}."),
        (f"Still {REST}.", f"Still {REST}."),
        (f"Still, {REST}.", f"T{REST[1:]}."),
        (f"Butter and {REST}.", f"Butter and {REST}."),
        (f"Since then, {REST}.", f"T{REST[1:]}."),
        (f"However, (as they say) {REST}.", f"T{REST[1:]}."),
        ("However,", "However,"),
        ("However, — no.", "However, — no."),
        ("lamp", "Lamp"),
        ("", ""),
    ],
)
def test_only_an_opening_that_ties_is_taken_off(sentence: str, bare: str) -> None:
    assert without_lead(sentence) == bare


@pytest.mark.parametrize(
    ("before", "after", "free"),
    [
        ("the ", " fell.", True), ("the ", ".", True), ("the ", "", True), ("", " was old.", True),
        ("the ", " tower fell.", False), ("the ", " towers.", False), ("the ", " quickly fell.", True),
        ("the ", " burning in the yard.", True), ("the ", " painted red.", True), ("the ", " of Hask.", False),
        ("the ", "” of Hask.", True), ("the “", "” tower.", False), ("the half-", " fell.", False),
        ("the ", "-like tower.", False), ("the ", "'s tower.", False), ("the ", "’ tower.", False),
        ("and/", " fell.", False), ("the ", "/tower", False), ("the ", " and the tower.", True),
        ("the ", " 1911.", True), ("the ", " — a tower.", True),
    ],
)  # fmt: skip
def test_a_mention_is_free_where_no_name_goes_on_beside_it(before: str, after: str, free: bool) -> None:
    assert stands_free(before, after) is free


@pytest.mark.parametrize(("after", "free"), [(" turm", True), ("-turm", False), (" of", False), (" Turm.", True)])
def test_in_other_languages_only_marks_and_of_bind(after: str, free: bool) -> None:
    assert stands_free("der ", after, english=False) is free


@pytest.mark.parametrize(
    ("before", "term", "after", "torn"),
    [
        ("the ", "fog", " of war", True),
        ("the ", "fog", " and war", False),
        ("the ", "fog became", "", True),
        ("the ", "fog of", " war", True),
        ("the ", "fog it", "", True),
        ("has ", "counted beds", "", True),
        ("was ", "painted doors", "", True),
        ("the ", "painted doors", "", False),
        ("Brisk ", "painted doors", "", True),
        ("has ", "painted", "", False),
        ("has ", "iron doors", "", False),
        ("never ", "lost time", "", True),
        ("the ", "lost time", "", False),
        ("the ", "—", "", True),
        ("the ", "", "", True),
    ],
)
def test_a_piece_is_known_by_what_it_ends_on_and_what_stands_before_it(
    before: str, term: str, after: str, torn: bool
) -> None:
    assert is_fragment(before, term, after) is torn


@given(st.text(max_size=120))
def test_a_plain_sentence_is_whole_opens_well_and_points_nowhere(text: str) -> None:
    assert is_plain(text) == (is_whole(text) and opens_well(text) and not points_outside(text))
    assert is_plain(text, english=False) == is_whole(text)


@given(st.sampled_from(["However, ", "But ", "In fact, ", "And ", ""]), st.text(alphabet="aB, ‘.", max_size=40))
def test_what_is_left_of_a_sentence_is_its_own_end(lead: str, text: str) -> None:
    bare = without_lead(lead + text)
    assert (lead + text).lower().endswith(bare[1:].lower())
    assert bare[:1] == bare[:1].upper()


@given(st.text(max_size=30), st.text(max_size=20), st.text(max_size=30))
def test_any_mention_is_free_or_not_and_torn_or_not(before: str, term: str, after: str) -> None:
    assert stands_free(before, after) in {True, False}
    assert is_fragment(before, term, after) in {True, False}


@pytest.mark.parametrize(
    ("sentence", "outside"),
    [
        ("In a poll of the parish two out of three people supported it.", True),
        ("The old guild of Hask described it as the end of the bell.", True),
        ("The parish of Hask sold the bell and bought it back.", False),
        ("Whoever finds the bell of Hask may keep it.", False),
        ("The mayor of Hask, Oda Brisk, rejected the idea.", True),
        ("The idea of a second bell pleased the parish of Hask.", False),
        ("The one in Hask had a bell of tin.", True),
        ("The second, which was cast in Senn, had a crack.", True),
        ("The second bell was cast in a barn of Senn.", False),
        ("Ringers there speak of a clay bell.", True),
        ("In the barns of Hask there are no bells.", False),
        ("With that bell the parish of Hask could ring in the year.", True),
        ("The bell of the parish would then be a loss.", True),
        ("If the barns burn, they will lose the bells of Hask.", False),
    ],
)
def test_what_was_named_before_makes_a_sentence_lean(sentence: str, outside: bool) -> None:
    assert points_outside(sentence) is outside
