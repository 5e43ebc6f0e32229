"""Findings that are mended by rule: the finding goes, nothing else comes, and the key stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.fixes import FIXES, fixed
from quizzes.drafting.lint import lint, rule_ids
from quizzes.questions import kinds, question_type

QUESTION = "Which of these changes did the people of the harbour town see first?"


def choice(*texts: str, right: int = 0, stem: str = QUESTION) -> dict[str, Any]:
    options = [{"id": f"k{n}", "text": text, "correct": n == right} for n, text in enumerate(texts)]
    return {"stem": stem, "options": options}


def rules_broken_by(content: Mapping[str, Any]) -> list[str]:
    return [finding.rule for finding in lint("single_choice", content, evidence=[], article="")]


def texts(content: Mapping[str, Any] | None) -> list[str]:
    return [option["text"] for option in (content or {"options": []})["options"]]


@pytest.mark.parametrize(
    ("right", "kept"),
    [
        (0, ["Green boats", "Yellow nets", "Wooden huts"]),
        (1, ["Green boats", "Yellow nets", "Wooden huts"]),
        (2, ["Yellow nets", "green  boats", "Wooden huts"]),
    ],
)
def test_of_two_equal_options_the_right_one_stays_else_the_first(right: int, kept: list[str]) -> None:
    content = choice("Green boats", "Yellow nets", "green  boats", "Wooden huts", right=right)
    assert texts(fixed("single_choice", content, "option_twice")) == kept


def test_an_option_about_the_others_goes_while_three_are_left() -> None:
    content = choice("Green boats", "Yellow nets", "Wooden huts", "None of these")
    assert texts(fixed("single_choice", content, "all_of_the_above")) == ["Green boats", "Yellow nets", "Wooden huts"]
    assert fixed("single_choice", choice("Green boats", "Yellow nets", "None of these"), "all_of_the_above") is None
    key = choice("Green boats", "Yellow nets", "Wooden huts", "None of these", right=3)
    assert fixed("single_choice", key, "all_of_the_above") is None


def test_options_get_one_form() -> None:
    content = choice("green boats.", "Yellow nets", "Wooden huts")
    assert texts(fixed("single_choice", content, "same_form")) == ["Green boats", "Yellow nets", "Wooden huts"]


def test_what_takes_a_person_is_not_fixed() -> None:
    mixed = choice("a boat", "The net", "The hut")
    assert fixed("single_choice", mixed, "same_form") is None


def test_a_blank_loses_its_quotation_marks() -> None:
    content = choice("boats", "nets", "huts", stem="The people of the harbour town saw the “____” before any others.")
    mended = fixed("single_choice", content, "key_quoted")
    assert mended is not None
    assert mended["stem"] == "The people of the harbour town saw the ____ before any others."


@pytest.mark.parametrize("rule", [*rule_ids(), "no_such_rule"])
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_where_a_rule_finds_nothing_there_is_nothing_to_fix(kind: Any, rule: str) -> None:
    for example in kind.examples():
        if rule not in [each.rule for each in lint(kind.kind, example.content, evidence=[], article="")]:
            assert fixed(kind.kind, example.content, rule) is None


@pytest.mark.parametrize(
    "content", [{}, {"options": None}, {"options": [1]}, {"stem": 3, "options": [{}]}, [], None, 3]
)
@pytest.mark.parametrize("rule", sorted(FIXES))
def test_broken_content_is_left_alone(rule: str, content: Any) -> None:
    assert fixed("single_choice", content, rule) is None


words = st.sampled_from(["boats", "Nets.", "a hut", "the sea", "all of these", "None of the above", "Boats", "quays."])


@given(st.lists(words, min_size=2, max_size=6), st.data(), st.sampled_from(sorted(FIXES)))
def test_a_fix_takes_its_finding_away_adds_none_and_keeps_the_key(
    offered: list[str], drawn: st.DataObject, rule: str
) -> None:
    right = drawn.draw(st.integers(0, len(offered) - 1))
    content = choice(*offered, right=right)
    mended = fixed("single_choice", content, rule)
    if mended is None:
        return
    before, after = (
        [each.rule for each in lint("single_choice", each, evidence=[], article="")] for each in (content, mended)
    )
    assert rule in before
    assert rule not in after
    assert set(after) < set(before)
    assert [row["id"] for row in mended["options"] if row["correct"]] == [f"k{right}"]
    assert question_type("single_choice").check(mended) == []
    assert fixed("single_choice", mended, rule) is None
