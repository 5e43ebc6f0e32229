"""A model's answer is read for what it is: proposals, or nothing."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.proposals import Proposal, UnreadableAnswer, proposals_in
from quizzes.drafting.proposals.answer import LONGEST_ANSWER, MOST_PROPOSALS
from tests.quizzes.drafting.proposals.replies import CLEAN, proposal, reply

WANTED = [proposal(kind, concept="icebreaker") for kind in sorted(CLEAN)]


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "```json\n{}\n```",
        "```\n{}\n```\n",
        "Here you are:\n\n```json\n{}\n```\nGood luck!",
        "Sure. {}",
        " \n{}\n ",
    ],
)
def test_proposals_are_found_whatever_stands_around_them(around: str) -> None:
    assert proposals_in(around.replace("{}", reply(*WANTED))) == WANTED


def test_one_quote_may_stand_without_a_list() -> None:
    written = '{"questions": [{"kind": "cloze", "evidence": "It froze.", "content": {}}]}'
    assert proposals_in(written) == [Proposal("cloze", "", ("It froze.",), {})]


@pytest.mark.parametrize(
    "entry", [None, 3, "x", [], {}, {"kind": 1, "concept": None, "evidence": {"a": 1}, "content": "no"}]
)
def test_an_entry_of_another_shape_is_an_empty_proposal(entry: object) -> None:
    assert proposals_in(json.dumps({"questions": [entry]})) == [Proposal("", "", (), {})]


def test_quotes_that_are_no_texts_are_left_out() -> None:
    written = json.dumps({"questions": [{"kind": "cloze", "evidence": ["a", 1, None, "b"], "content": {}}]})
    assert proposals_in(written) == [Proposal("cloze", "", ("a", "b"), {})]


def test_no_more_than_the_most_are_looked_at() -> None:
    assert len(proposals_in(reply(*[proposal()] * (MOST_PROPOSALS + 5)))) == MOST_PROPOSALS


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "no JSON"),
        ("I am sorry, but I cannot help with that.", "no JSON"),
        ("}{", "no JSON"),
        (reply(*WANTED)[:-40], "no JSON"),
        ('{"questions": [NaN]}', "no JSON"),
        ('{"questions": [' + "[" * 100_000 + "]" * 100_000 + "]}", "no JSON"),
        ('{"questions": [' + "9" * 5_000 + "]}", "no JSON"),
        ('{"answer": "yes"}', "no list"),
        ('{"questions": {"kind": "cloze"}}', "no list"),
        ("x" * (LONGEST_ANSWER + 1), "more than questions could need"),
    ],
    ids=["empty", "refusal", "backwards", "cut off", "NaN", "deep", "huge number", "other", "object", "too long"],
)
def test_what_holds_no_proposals_says_why(answer: str, said: str) -> None:
    with pytest.raises(UnreadableAnswer, match=said):
        proposals_in(answer)


@given(st.text())
def test_any_text_is_read_or_refused(answer: str) -> None:
    with suppress(UnreadableAnswer):
        assert isinstance(proposals_in(answer), list)


@given(st.integers(0, len(reply(*WANTED)) - 1))
def test_what_is_cut_off_anywhere_never_reads_as_something_else(length: int) -> None:
    with pytest.raises(UnreadableAnswer):
        proposals_in(reply(*WANTED)[:length])
