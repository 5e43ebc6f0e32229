"""Opaque ids: short, different, and without a word about what they name."""

from __future__ import annotations

import copy
import re
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import UnknownKind, question_type
from quizzes.questions.ids import opaque_ids, with_fresh_ids


@given(count=st.integers(0, 300), seed=st.text(max_size=20))
def test_ids_are_different_and_of_one_length(count: int, seed: str) -> None:
    ids = opaque_ids(count, seed)
    assert len(set(ids)) == len(ids) == count
    assert len({len(name) for name in ids}) <= 1
    assert all(re.fullmatch(r"[b-z][2-9][b-z2-9]*", name) for name in ids)


def test_the_same_seed_draws_the_same_ids_and_another_others() -> None:
    assert opaque_ids(4, "a") == opaque_ids(4, "a")
    assert not set(opaque_ids(4, "a")) & set(opaque_ids(4, "b"))


def test_many_ids_are_still_different() -> None:
    assert len(set(opaque_ids(5_000, "many"))) == 5_000


def test_the_place_in_the_list_does_not_show_in_the_sorting_order() -> None:
    ranks = [sorted(ids).index(ids[0]) for ids in (opaque_ids(4, f"seed {number}") for number in range(2_000))]
    assert abs(mean(ranks) - 1.5) < 0.1


def test_no_id_spells_a_word() -> None:
    assert not re.search(r"[aeioul01]", "".join(opaque_ids(2_000, "words")))


def test_rows_without_an_id_get_one_and_the_content_given_stays() -> None:
    content = {"stem": "?", "options": [{"text": "yes", "correct": True}, {"id": "no", "text": "no"}]}
    before = copy.deepcopy(content)
    fresh = with_fresh_ids("single_choice", content, "seed")
    assert [option["id"] for option in fresh["options"]] == opaque_ids(2, "seed")
    assert content == before


def test_a_cloze_text_follows_its_gaps() -> None:
    content = {
        "stem": "Complete it.",
        "text": "{{g2}} and {{g1}}, {{g1}}, {{other}}",
        "gaps": [{"id": "g1", "accepted": ["a"]}, {"id": "g2", "accepted": ["b"]}],
    }
    one, two = opaque_ids(2, "seed")
    fresh = with_fresh_ids("cloze", content, "seed")
    assert fresh["text"] == f"{{{{{two}}}}} and {{{{{one}}}}}, {{{{{one}}}}}, {{{{other}}}}"
    assert question_type("cloze").id_rows == "gaps"


@pytest.mark.parametrize("kind", ["short_text", "true_false"])
def test_kinds_without_ids_come_back_equal(kind: str) -> None:
    content = {"stem": "?", "answer": "true", "accepted": ["x"]}
    assert with_fresh_ids(kind, content, "seed") == content


@pytest.mark.parametrize("rows", [None, 3, "abc", [1, 2], [{"text": "a"}, None]])
def test_content_too_broken_for_ids_comes_back_unchanged(rows: object) -> None:
    for kind, name in (("single_choice", "options"), ("cloze", "gaps"), ("evidence", "sentences")):
        assert with_fresh_ids(kind, {"stem": "?", name: rows}, "seed") == {"stem": "?", name: rows}


def test_an_unknown_kind_is_said() -> None:
    with pytest.raises(UnknownKind):
        with_fresh_ids("essay_machine", {}, "seed")
