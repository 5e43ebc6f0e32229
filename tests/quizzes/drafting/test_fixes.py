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


def test_options_lose_their_articles_where_some_have_none() -> None:
    content = choice("a boat", "The net", "hut")
    assert texts(fixed("single_choice", content, "same_form")) == ["Boat", "Net", "Hut"]


def test_the_option_that_stands_out_goes_where_no_form_fits_all() -> None:
    content = choice("Green boats", "Yellow nets", "Wooden huts", "3 rafts")
    assert texts(fixed("single_choice", content, "same_form")) == ["Green boats", "Yellow nets", "Wooden huts"]


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("same_form", choice("Green boats", "Yellow nets", "3 rafts")),
        ("same_form", choice("3 rafts", "Yellow nets", "Wooden huts", "Green boats")),
        ("option_lengths", choice("Boats that had been green in every year before that one", "Nets", "Huts", "Rafts")),
        ("absolutes", choice("Boats that never leave", "Nets that dry", "Huts that stand", "Rafts that float")),
        ("stem_length", choice("Boats", "Nets", "Huts", stem="Which?")),
    ],
)
def test_what_takes_a_person_is_not_fixed(rule: str, content: dict[str, Any]) -> None:
    assert rule in rules_broken_by(content)
    assert fixed("single_choice", content, rule) is None


LONG = "Boats that had been painted green in every year before"


@pytest.mark.parametrize(
    ("offered", "kept"),
    [
        (["Nets", "Huts", LONG, "Rafts"], ["Nets", "Huts", "Rafts"]),
        (["Nets", LONG, "Huts", LONG.replace("green", "red"), "Rafts"], ["Nets", "Huts", "Rafts"]),
        (["Nets that dry in the wind", "Hut", "Huts that stand by the sea", "Rafts that float off"], None),
    ],
)
def test_wrong_options_of_another_length_go_while_three_are_left(offered: list[str], kept: list[str] | None) -> None:
    mended = texts(fixed("single_choice", choice(*offered), "option_lengths"))
    assert mended == (kept or [each for each in offered if each != "Hut"])


def test_of_wrong_options_only_the_absolute_one_goes() -> None:
    offered = ["Boats that leave", "Nets that never dry", "Huts that stand", "Rafts that float"]
    mended = fixed("single_choice", choice(*offered), "absolutes")
    assert texts(mended) == [offered[0], *offered[2:]]


ARTICLE = "The boats came first. The harbour town built huts and nets afterwards."


def test_a_wrong_option_that_the_passage_names_goes() -> None:
    content = choice("Some boats", "huts", "Green rafts", "Old quays")
    told = ["The harbour town built huts and nets afterwards."]
    before = [each.rule for each in lint("single_choice", content, evidence=told, article=ARTICLE)]
    assert "distractor_in_same_sentence" in before
    mended = fixed("single_choice", content, "distractor_in_same_sentence", evidence=told, article=ARTICLE)
    assert texts(mended) == ["Some boats", "Green rafts", "Old quays"]


def test_a_wrong_option_that_is_right_as_well_goes() -> None:
    stem = "The harbour town built ____ and nets afterwards."
    content = choice("boats", "huts", "rafts", "quays", stem=stem)
    mended = fixed("single_choice", content, "distractor_true_in_lesson", article=ARTICLE)
    assert texts(mended) == ["boats", "rafts", "quays"]


def test_every_fix_mends_something_of_a_rule_that_there_is() -> None:
    assert set(FIXES) <= set(rule_ids())


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


words = st.sampled_from(
    ["boats", "Nets.", "a hut", "the sea", "all of these", "None of the above", "Boats", "quays.", "never a net", LONG]
)


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
