"""Credit for parts: more right is never worth less, how an answer was sent or stored changes nothing."""

from __future__ import annotations

import json
from itertools import pairwise, permutations, product
from math import fsum
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions import kinds, question_type
from quizzes.questions.base import Content, QuestionType
from tests.quizzes.questions.cases import CASES, answers_to
from tests.quizzes.questions.test_laws import each_of, parsed_or_none

WORDS = ["lodge", "meadow", "harbour", "chimney", "orchard", "quarry", "tunnel", "window"]
every_case = each_of(CASES)


def earned(kind: str, content: Content, data: Any) -> float:
    question = question_type(kind)
    fraction = question.grade(content, question.parse(content, data)).fraction
    assert fraction is not None
    return fraction


def gaps(number: int) -> Content:
    rows = [{"id": f"g{at}", "accepted": [WORDS[at]]} for at in range(number)]
    return {"stem": "Fill in.", "text": " ".join(f"{{{{g{at}}}}}" for at in range(number)), "gaps": rows}


def sorting(categories: list[int]) -> Content:
    rows = [{"id": f"t{at}", "text": WORDS[at], "category": f"C{of}"} for at, of in enumerate(categories)]
    return {"stem": "Sort.", "categories": ["C0", "C1", "C2"], "things": rows}


def passage(lengths: list[int], proof: set[int]) -> Content:
    rows = [{"id": f"s{at}", "text": "x" * length, "correct": at in proof} for at, length in enumerate(lengths)]
    return {"stem": "Prove it.", "sentences": rows}


def story(length: int) -> Content:
    return {"stem": "Order.", "steps": [{"id": f"p{at}", "text": f"Step {at}"} for at in range(length)]}


def options(rights: list[bool]) -> Content:
    rows = [{"id": f"o{at}", "text": f"Option {at}", "correct": right} for at, right in enumerate(rights)]
    return {"stem": "Which?", "options": rows}


def targets_of(content: Content) -> dict[str, str]:
    shown = question_type("categorise").present(content, 0).data["targets"]
    return {target["text"]: target["id"] for target in shown}


@given(st.lists(st.sampled_from(["right", "wrong", ""]), min_size=2, max_size=8), st.data())
def test_a_gap_put_right_adds_its_share_and_no_gap_is_worth_more_than_another(
    filled: list[str], data: st.DataObject
) -> None:
    content, at = gaps(len(filled)), data.draw(st.integers(0, len(filled) - 1))
    answer = {f"g{n}": WORDS[n] if how == "right" else "nonsense" if how else "" for n, how in enumerate(filled)}
    if any(filled):
        before = earned("cloze", content, answer)
        after = earned("cloze", content, {**answer, f"g{at}": WORDS[at]})
        assert after == pytest.approx(before + (filled[at] != "right") / len(filled))
        emptied = {**answer, f"g{at}": "", f"g{(at + 1) % len(filled)}": WORDS[(at + 1) % len(filled)]}
        assert earned("cloze", content, emptied) <= earned("cloze", content, {**emptied, f"g{at}": WORDS[at]})


@given(st.lists(st.integers(0, 2), min_size=2, max_size=8).filter(lambda found: len(set(found)) > 1), st.data())
def test_a_row_put_right_is_never_worth_less(categories: list[int], data: st.DataObject) -> None:
    content = sorting(categories)
    ids = targets_of(content)
    put = data.draw(st.lists(st.integers(0, 3), min_size=len(categories), max_size=len(categories)).filter(any))
    answer = {f"t{at}": ids[f"C{to - 1}"] for at, to in enumerate(put) if to}
    before = earned("categorise", content, answer)
    for at, of in enumerate(categories):
        after = earned("categorise", content, {**answer, f"t{at}": ids[f"C{of}"]})
        assert after >= before
        assert after > before or after == 0 or answer.get(f"t{at}") == ids[f"C{of}"]


@given(st.lists(st.integers(1, 60), min_size=2, max_size=7), st.data())
def test_more_of_the_proof_pays_and_less_of_the_rest_does(lengths: list[int], data: st.DataObject) -> None:
    places = st.integers(0, len(lengths) - 1)
    proof = data.draw(st.sets(places, min_size=1, max_size=len(lengths) - 1))
    chosen = data.draw(st.sets(places, min_size=1))
    content = passage(lengths, proof)
    before = earned("evidence", content, [f"s{at}" for at in chosen])
    for at in range(len(lengths)):
        other = chosen ^ {at}
        if other:
            after = earned("evidence", content, [f"s{each}" for each in other])
            is_better = (at in proof) == (at in other)
            assert after >= before if is_better else after <= before


@given(st.integers(3, 7).flatmap(lambda length: st.permutations(range(length))))
def test_two_neighbours_put_right_are_worth_the_same_wherever_they_stand(order: list[int]) -> None:
    content, pairs = story(len(order)), len(order) * (len(order) - 1) / 2
    wrong = sum(one > other for at, one in enumerate(order) for other in order[at + 1 :])
    for at, (one, other) in enumerate(pairwise(order)):
        if one > other:
            better = [*order[:at], other, one, *order[at + 2 :]]
            after = earned("ordering", content, [f"p{step}" for step in better])
            assert after == pytest.approx(max(0, 1 - 2 * (wrong - 1) / pairs))
            assert after >= earned("ordering", content, [f"p{step}" for step in order])


@given(st.integers(3, 7).flatmap(lambda length: st.permutations(range(length))))
def test_an_order_and_its_reverse_never_both_earn(order: list[int]) -> None:
    content = story(len(order))
    both = [earned("ordering", content, [f"p{step}" for step in each]) for each in (order, order[::-1])]
    assert min(both) == 0


CHOOSING = {
    "multiple_choice": options([True, True, False, False]),
    "evidence": passage([9, 30, 12, 5], {1, 2}),
}


def choices_of(names: list[str]) -> list[list[str]]:
    """Every set of these but the empty one."""
    rows = product((False, True), repeat=len(names))
    return [[name for name, taken in zip(names, row, strict=True) if taken] for row in rows][1:]


def answers_of(kind: str) -> list[list[str]]:
    return choices_of([row["id"] for row in CHOOSING[kind][question_type(kind).id_rows]])


@pytest.mark.parametrize("kind", CHOOSING)
def test_only_one_choice_of_all_is_worth_everything(kind: str) -> None:
    content = CHOOSING[kind]
    full = [answer for answer in answers_of(kind) if earned(kind, content, answer) == 1]
    assert full == [question_type(kind).model_answer(content)]


@pytest.mark.parametrize("kind", CHOOSING)
def test_in_whatever_order_and_however_often_it_was_clicked_it_is_one_answer(kind: str) -> None:
    content, question = CHOOSING[kind], question_type(kind)
    for answer in answers_of(kind):
        for clicked in [*permutations(answer), [*answer, *answer]]:
            assert question.parse(content, list(clicked)) == question.parse(content, answer)


@pytest.mark.parametrize(
    ("rights", "mean"),
    [
        ([True, False], 1 / 4),
        ([True, False, False], 1 / 8),
        ([True, True, False], (1 + 2 * 0.5 + 0.5) / 8),
        ([True, True, False, False], (1 + 2 * 0.5 + 2 * 0.5) / 16),
    ],
)
def test_what_ticking_by_lot_earns_is_as_worked_out_by_hand(rights: list[bool], mean: float) -> None:
    """Over all sets of options, the empty one among them, which earns nothing."""
    sets = choices_of([f"o{at}" for at in range(len(rights))])
    assert fsum(earned("multiple_choice", options(rights), each) for each in sets) / (len(sets) + 1) == mean


@pytest.mark.parametrize(("length", "mean"), [(3, 5 / 18), (4, 7 / 36)])
def test_what_an_order_by_lot_earns_is_as_worked_out_by_hand(length: int, mean: float) -> None:
    """Half of all orders have tau above 0; of three steps, they earn 1, 1/3 and 1/3."""
    orders = permutations([f"p{step}" for step in range(length)])
    assert fmean(earned("ordering", story(length), list(order)) for order in orders) == pytest.approx(mean)


def as_a_database_keeps_it(value: Any) -> Any:
    """Plain JSON with the names of every object in the order of PostgreSQL's jsonb: shorter ones first."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: (len(name.encode()), name.encode()))
        return {name: as_a_database_keeps_it(value[name]) for name in names}
    return [as_a_database_keeps_it(each) for each in value] if isinstance(value, list) else value


@every_case
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_both_databases_tell_grade_and_file_an_answer_alike(
    question: QuestionType, content: Content, data: st.DataObject
) -> None:
    answer = parsed_or_none(question, content, data.draw(answers_to(question, content)))
    if answer is not None:
        _same_wherever_it_is_kept(question, content, answer)


@every_case
def test_both_databases_tell_the_model_answer_alike(question: QuestionType, content: Content) -> None:
    _same_wherever_it_is_kept(question, content, question.model_answer(content))


def _same_wherever_it_is_kept(question: QuestionType, content: Content, answer: Any) -> None:
    kept, asked = (as_a_database_keeps_it(json.loads(json.dumps(each))) for each in (answer, content))
    assert json.dumps(question.parse(asked, kept)) == json.dumps(question.parse(content, answer))
    assert question.grade(asked, kept) == question.grade(content, answer)
    assert question.summarise(asked, kept) == question.summarise(content, answer)
    assert question.classify(asked, kept) == question.classify(content, answer)
    assert question.review(asked, kept, 3) == question.review(content, answer, 3)
    assert question.present(asked, 3) == question.present(content, 3)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
@pytest.mark.parametrize(
    "sent", [{"confidence": 3}, [[]], [None], [{}], ["", ""], {"": ""}, 0, False, 1e400], ids=range(9)
)
def test_odd_shapes_are_no_answer_of_any_kind(kind: QuestionType, sent: Any) -> None:
    content = next(iter(kind.examples())).content
    assert parsed_or_none(kind, content, sent) is None
