"""What is special about kinds that put rows to targets; the laws of all kinds are tested together."""

from __future__ import annotations

from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion
from quizzes.questions.ids import with_fresh_ids

MATCHING, CATEGORISE = question_type("matching"), question_type("categorise")
PAIRS: dict[str, Any] = {
    "stem": "What goes with what?",
    "pairs": [
        {"id": "p1", "text": "ally", "match": "Moscow"},
        {"id": "p2", "text": "peacemaker", "match": "Kyiv", "feedback": "Think of the second chair."},
        {"id": "p3", "text": "guarantor", "match": "Minsk"},
        {"id": "p4", "text": "observer", "match": "moscow "},
    ],
    "distractors": ["Warsaw"],
}
THINGS: dict[str, Any] = {
    "stem": "What is it?",
    "categories": ["Fact", "Claim"],
    "things": [
        {"id": "t1", "text": "It rained.", "category": "Fact"},
        {"id": "t2", "text": "It will snow.", "category": "claim", "feedback": "Nobody knows yet."},
        {"id": "t3", "text": "It froze.", "category": "Fact"},
    ],
}


def targets(kind: Any, content: dict[str, Any], seed: int = 1) -> dict[str, str]:
    """The ids of the targets by their texts."""
    return {target["text"]: target["id"] for target in kind.present(content, seed).data["targets"]}


def codes(kind: str, content: Any) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in question_type(kind).check(content)}


def test_each_text_is_offered_once_and_distractors_with_them() -> None:
    assert sorted(targets(MATCHING, PAIRS)) == ["Kyiv", "Minsk", "Moscow", "Warsaw"]
    assert list(targets(CATEGORISE, THINGS)) == ["Fact", "Claim"]


def test_both_sides_are_shown_in_orders_that_have_nothing_to_do_with_each_other() -> None:
    content = {**PAIRS, "pairs": PAIRS["pairs"][:3], "distractors": []}
    seen = set()
    for seed in range(400):
        data = MATCHING.present(content, seed).data
        right = MATCHING.model_answer(content)
        shown = [target["id"] for target in data["targets"]]
        seen.add(tuple(shown.index(right[row["id"]]) for row in data["rows"]))
    assert len(seen) == 6


def test_categories_keep_their_order_for_every_seed() -> None:
    assert {tuple(targets(CATEGORISE, THINGS, seed)) for seed in range(20)} == {("Fact", "Claim")}


@given(seed=st.text(max_size=8))
def test_the_id_of_a_target_tells_nothing_of_its_rows(seed: str) -> None:
    content = dict(with_fresh_ids("matching", {**PAIRS, "pairs": PAIRS["pairs"][:3]}, seed))
    rows, matches = content["pairs"], [row["match"] for row in content["pairs"]]
    turned = [{**row, "match": text} for row, text in zip(rows, matches[1:] + matches[:1], strict=True)]
    assert targets(MATCHING, content) == targets(MATCHING, {**content, "pairs": turned})


def test_the_id_of_a_target_is_another_for_other_rows() -> None:
    ids = [targets(MATCHING, dict(with_fresh_ids("matching", PAIRS, f"seed {number}")))["Kyiv"] for number in range(50)]
    assert len(set(ids)) > 40


@pytest.mark.parametrize(
    ("rights", "fraction"),
    [(["Moscow", "Kyiv", "Minsk", "Moscow"], 1.0), (["Moscow", "Kyiv", "Minsk", "Kyiv"], 0.5),
     (["Moscow", "Warsaw", "Warsaw", "Moscow"], 0.0), (["Moscow"] * 4, 0.0), (["Kyiv"] * 4, 0.0)],
)  # fmt: skip
def test_only_what_goes_beyond_the_best_blind_answer_earns(rights: list[str], fraction: float) -> None:
    ids = targets(MATCHING, PAIRS)
    answer = {f"p{number}": ids[right] for number, right in enumerate(rights, start=1)}
    assert MATCHING.grade(PAIRS, MATCHING.parse(PAIRS, answer)).fraction == fraction


@given(categories=st.lists(st.sampled_from(["A", "B", "C"]), min_size=2, max_size=12), data=st.data())
def test_the_fraction_is_lambda_and_no_constant_answer_earns_anything(
    categories: list[str], data: st.DataObject
) -> None:
    categories[0], categories[1] = "A", "B"
    things = [{"id": f"t{n}", "text": str(n), "category": category} for n, category in enumerate(categories)]
    content = {"stem": "?", "categories": ["A", "B", "C"], "things": things}
    ids = targets(CATEGORISE, content)
    names = st.sampled_from([thing["id"] for thing in things])
    sorted_into = data.draw(st.dictionaries(names, st.sampled_from("ABC"), min_size=1))
    right = sum(sorted_into.get(thing["id"]) == thing["category"] for thing in things)
    most = max(map(categories.count, "ABC"))
    answer = CATEGORISE.parse(content, {name: ids[category] for name, category in sorted_into.items()})
    assert CATEGORISE.grade(content, answer).fraction == max(0, right - most) / (len(things) - most)
    for constant in ids.values():
        assert CATEGORISE.grade(content, {thing["id"]: constant for thing in things}).fraction == 0


def test_putting_rows_anywhere_earns_next_to_nothing_on_average() -> None:
    pairs = [{"id": f"p{n}", "text": f"left {n}", "match": f"right {n}"} for n in range(6)]
    content = {"stem": "?", "pairs": pairs}
    ids = sorted(targets(MATCHING, content).values())
    orders = ([target["id"] for target in MATCHING.present(content, seed).data["targets"]] for seed in range(500))
    earned = [
        MATCHING.grade(content, {f"p{n}": name for n, name in enumerate(order)}).fraction or 0 for order in orders
    ]
    assert len(ids) == 6
    assert mean(earned) < 0.1


def test_the_outcome_says_which_rows_are_right_and_how_it_was_reckoned() -> None:
    ids = targets(MATCHING, PAIRS)
    outcome = MATCHING.grade(PAIRS, {"p1": ids["Moscow"], "p2": ids["Warsaw"], "p4": ids["Moscow"]})
    assert outcome.feedback == "Rows put right: 2 of 4.\nThink of the second chair."
    assert outcome.detail == {
        "parts": [
            {"id": "p1", "verdict": "right"},
            {"id": "p2", "verdict": "wrong"},
            {"id": "p3", "verdict": "empty"},
            {"id": "p4", "verdict": "right"},
        ],
        "path": ["Right are 2 of 4 rows; 2 would be without knowing any: (2 - 2) ÷ (4 - 2), never below 0."],
    }


def test_the_review_tells_for_each_row_what_was_given_and_what_is_right() -> None:
    ids = targets(CATEGORISE, THINGS)
    review = CATEGORISE.review(THINGS, {"t2": ids["Fact"]}, 1)
    parts = {part["id"]: part for part in review["parts"]}
    assert [part["id"] for part in review["parts"]] == [row["id"] for row in CATEGORISE.present(THINGS, 1).data["rows"]]
    assert parts["t2"] == {
        "id": "t2",
        "text": "It will snow.",
        "given": "Fact",
        "accepted": ["Claim"],
        "right": False,
        "feedback": "Nobody knows yet.",
    }
    assert (parts["t1"]["given"], parts["t1"]["right"]) == ("", False)


def test_answers_read_in_one_line_and_sort_into_buckets() -> None:
    ids = targets(CATEGORISE, THINGS)
    answer = {"t1": ids["Fact"], "t2": ids["Fact"]}
    assert CATEGORISE.summarise(THINGS, answer) == "It rained.: Fact; It will snow.: Fact"
    assert CATEGORISE.classify(THINGS, answer) == f"t1={ids['Fact']} t2={ids['Fact']}"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"pairs": [{"id": "p1", "text": "a", "match": "b"}]}, {("too_few", "pairs")}),
        ({"pairs": PAIRS["pairs"][::3]}, {("all_alike", "pairs")}),
        ({"distractors": ["Warsaw", "KYIV"]}, {("distractor_matches", "distractors.1")}),
        ({"distractors": ["Warsaw", " warsaw"]}, {("duplicate_text", "distractors.1")}),
        ({"pairs": [*PAIRS["pairs"][:2], {"id": "p3", "text": "x"}]}, {("missing_text", "pairs.2.match")}),
        (
            {"pairs": [*PAIRS["pairs"][:2], {"id": "p3", "text": "Ally", "match": "x"}]},
            {("duplicate_text", "pairs.2.text")},
        ),
    ],
    ids=range(6),
)  # fmt: skip
def test_matching_says_what_is_wrong_with_it(change: dict[str, Any], found: set[tuple[str, str]]) -> None:
    assert codes("matching", {**PAIRS, **change}) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"categories": ["Fact"]}, {("too_few", "categories"), ("unknown_category", "things.1.category")}),
        ({"categories": ["Fact", "Claim", "fact "]}, {("duplicate_text", "categories")}),
        ({"things": THINGS["things"][::2]}, {("all_alike", "things")}),
        ({"things": [*THINGS["things"], {"id": "t4", "text": "x", "category": "Guess"}]},
         {("unknown_category", "things.3.category")}),
    ],
    ids=range(4),
)  # fmt: skip
def test_categorise_says_what_is_wrong_with_it(change: dict[str, Any], found: set[tuple[str, str]]) -> None:
    assert codes("categorise", {**THINGS, **change}) == found


def test_rows_that_all_belong_to_one_are_a_broken_question() -> None:
    content = {**THINGS, "things": THINGS["things"][::2]}
    with pytest.raises(BrokenQuestion, match="belong to the same"):
        CATEGORISE.grade(content, {})
