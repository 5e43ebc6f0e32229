"""Parts, passages and quotations by tables: each is asked by words of its own, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.quizzes.drafting.drafters.proposals import drafts, outline_on, proposed
from tests.quizzes.drafting.samples import option_texts


def part(heading: str, *sentences: str) -> str:
    return f"# {heading}\n\n" + "\n\n".join(sentences) + "\n\n"


BELL, GATE, MILL, DITCH, VOTE = "clay bell", "iron gate", "salt mill", "lime ditch", "marsh vote"
PARTS = (
    part("On sound", f"The {BELL} was rung.", f"The {VOTE} was held.")
    + part("On doors", f"The {GATE} was shut.")
    + part("On bread", f"The {MILL} was burnt.")
    + part("On water", f"The {DITCH} was dry.")
)


def asked_in(text: str, drafter: str) -> list[Mapping[str, Any]]:
    outline = outline_on(text, BELL, GATE, MILL, DITCH, VOTE)
    return [each.content for each in proposed(drafter, BELL, outline=outline)]


def test_a_part_is_asked_by_a_heading_of_its_own() -> None:
    (content,) = asked_in(PARTS, "part_with_expression")
    assert option_texts(content, correct=True) == ["On sound"]
    (content,) = asked_in(PARTS, "expressions_of_a_part")
    assert set(option_texts(content, correct=True)) == {"Clay bell", "Marsh vote"}


@pytest.mark.parametrize("drafter", ["part_with_expression", "expressions_of_a_part"])
@pytest.mark.parametrize("title", ["On sound", "ON SOUND"])
def test_a_heading_that_two_parts_have_names_neither(drafter: str, title: str) -> None:
    assert asked_in(PARTS + part(title, "Nobody came."), drafter) == []


def test_a_part_begins_in_words_of_its_own_or_is_not_asked_by_them() -> None:
    opening = "Everybody in the valley had waited for that day."
    text = part(f"The {BELL} at last", opening) + PARTS.replace(f"The {BELL} was rung.", "Rain fell.")
    (content,) = asked_in(text, "expression_in_heading")
    assert opening.rstrip(".") in content["stem"]
    assert asked_in(text + part("On rain", opening.upper(), "It rained."), "expression_in_heading") == []


def test_a_passage_is_asked_by_the_end_that_is_its_own() -> None:
    first = f"Everybody in the valley had waited. The {BELL} was rung. Nobody slept that night at all."
    text = part("One", first) + PARTS.replace(f"The {BELL} was rung.", "Rain fell.")
    assert len(asked_in(text, "expression_in_passage")) == 2
    (content,) = asked_in(text + part("Two", "Everybody in the valley had waited. Snow fell."), "expression_in_passage")
    assert "the passage that ends “Nobody slept that night at all”" in content["stem"]


QUOTED = (
    "“The bell is mad. The clay bell should be thrown into the well behind the barn of the miller. It is time,” says "
    "Oda Brisk."
)


def test_of_a_quotation_in_three_sentences_none_alone_is_somebody_s_view() -> None:
    text = f"The parish met in the barn. {QUOTED} Nobody answered her for some time that evening."
    assert drafts("sentence_of_others", "clay bell", text) == []


@pytest.mark.parametrize(
    ("sentence", "again"),
    [
        ("The clay bell rang if boats came.", "The clay bell rang if boats came."),
        ("However, the clay bell rang.", "However,  the clay bell rang."),
    ],
)
def test_a_sentence_that_stands_there_twice_is_not_looked_for(sentence: str, again: str) -> None:
    long = "The parish council met in a cold room beside the market and talked about its roof until dawn that day."
    assert len(drafts("sentence_with_role", "clay bell", f"{long} {sentence} All went home.")) == 1
    assert drafts("sentence_with_role", "clay bell", f"{long} {sentence} {again} All went home.") == []


def test_two_explanations_that_could_be_exchanged_are_not_swapped() -> None:
    rows = {
        BELL: "a charge on every boat that leaves",
        GATE: "a law that forbids all knots but one",
        MILL: "a horn that nobody can hear today",
        DITCH: "a poll in which only sailors count",
    }
    told = "".join(f"They fear a {name}, {meaning}.\n\n" for name, meaning in rows.items())
    assert len(asked_in(f"#\n\n{told}", "explanations_of_the_article")) == 1
    same = told.replace(rows[GATE], rows[MILL]).replace(rows[DITCH], rows[MILL])
    assert asked_in(f"#\n\n{same}", "explanations_of_the_article") == []
