"""Which drafts are kept: how many, of which sort, and in which words a concept without any is told why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.outline import Outline
from quizzes.drafting import Drafts, draft
from quizzes.drafting.candidates import WORTH_FURTHER_DOWN
from quizzes.drafting.compose import (
    FEW_BY_PLACE,
    FRAGMENT,
    PER_CONCEPT,
    PER_DEFINED_CONCEPT,
    PLACE_ONLY,
)
from quizzes.drafting.terms import FIRST_CONCEPTS
from tests.quizzes.drafting.drafters.proposals import outline_on
from tests.quizzes.drafting.invented import MEANINGS, THINGS, outlines
from tests.quizzes.drafting.samples import HARBOUR_TERMS, HARBOUR_TEXT, harbour, outline_of, parts_of, striking

NOWHERE = "It stands in no sentence of a lesson. Restore its passage, or choose another place for it."
HEADING = "It stands in a heading only. Write a definition, and questions can be drafted from it."
LEANS = "Its sentences lean on others or are too long or short to be asked alone. Write a definition for it."
LOW = "It ranks low, and only simple questions on its place were found. Write a definition for it if it matters."
POOR = "Every question tried gave its answer away or lacked wrong options of the same form. Write a definition for it."


def reasons(drafts: Drafts) -> dict[str, str]:
    return {each.concept: each.reason for each in drafts.undrafted}


def ranked(outline: Outline, term: str, rank: int) -> Outline:
    """The outline with the term at this rank."""
    return replace(
        outline,
        concepts=tuple(replace(each, rank=rank) if each.term == term else each for each in outline.concepts),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#\n\nNobody came to the fair that year.", NOWHERE),
        ("# The clay bell\n\nNobody came to the fair that year.", HEADING),
        ("#\n\nIt was the clay bell that they wanted.", LEANS),
        ("#\n\nThe clay bell rang.", LEANS),
        (f"#\n\nThe clay bell rang {'and rang ' * 30}for years.", LEANS),
        ("#\n\nThey rang the clay bell of war.", FRAGMENT),
        (
            f"#\n\nThe bells of Hask rang {'in the tower of the mill ' * 4}and in the clay bell house below the road.",
            POOR,
        ),
    ],
)
def test_a_concept_without_a_draft_is_told_why_and_what_to_do(text: str, reason: str) -> None:
    drafts = draft(outline_on(text, "clay bell"))
    assert (drafts.questions, reasons(drafts)) == ((), {"clay bell": reason})


def test_further_down_only_questions_are_kept_that_ask_for_more_than_a_place() -> None:
    text = HARBOUR_TEXT.replace("The\ncarts are gone", "The\nold slipway is gone")
    outline = outline_of(parts_of(text), [*HARBOUR_TERMS, "old slipway"])
    low = draft(ranked(outline, "old slipway", FIRST_CONCEPTS + 1))
    own = [each for each in low.questions if each.concept == "old slipway"]
    assert all(each.strength >= WORTH_FURTHER_DOWN for each in own)
    assert own or reasons(low)["old slipway"] == LOW


@pytest.mark.parametrize(("rank", "most"), [(1, PER_CONCEPT), (20, PER_CONCEPT), (21, 1), (60, 1)])
def test_a_concept_has_as_many_drafts_as_its_rank_allows(rank: int, most: int) -> None:
    for term in ("bridge levy", "silent street", "night market", "paper fleet"):
        kept = [each for each in draft(ranked(harbour(), term, rank)).questions if each.concept == term]
        assert len(kept) <= most


def test_a_concept_that_its_author_has_defined_may_have_one_more_in_other_kinds() -> None:
    for term in ("bridge levy", "night market", "lantern economy"):
        drafts = draft(harbour(), definitions={term: "stalls that wake when all shops are shut"})
        kinds = [each.kind for each in drafts.questions if each.concept == term]
        assert len(kinds) == len(set(kinds)) <= PER_DEFINED_CONCEPT
        assert kinds


@given(outlines())
@settings(max_examples=15)
def test_beyond_the_first_few_a_place_is_only_asked_for_where_nothing_else_is(outline: Outline) -> None:
    ranks = {concept.term: concept.rank for concept in outline.concepts}
    strengths: dict[str, list[int]] = {}
    for each in draft(outline).questions:
        strengths.setdefault(each.concept, []).append(each.strength)
    for concept, own in strengths.items():
        if ranks[concept] > FEW_BY_PLACE and len(own) > 1:
            assert min(own) > PLACE_ONLY or max(own) <= PLACE_ONLY


@given(outlines())
@settings(max_examples=15)
def test_a_lone_kind_of_answer_is_no_good_bet(outline: Outline) -> None:
    questions = draft(outline).questions
    concepts = Counter(each.concept for each in questions)
    spare = Counter(
        each.content["answer"] for each in questions if each.kind == "true_false" and concepts[each.concept] > 1
    )
    answers = Counter(each.content["answer"] for each in questions if each.kind == "true_false")
    for answer in spare:
        middle = sorted(answers[each] for each in ("true", "false", "not_stated"))[1]
        assert (
            answers[answer] <= middle + 1 or answers[answer] < max(answers.values()) or spare[answer] < answers[answer]
        )


@given(outlines(), st.sampled_from(MEANINGS))
@settings(max_examples=15)
def test_a_definition_keeps_its_concept_among_those_that_are_asked(outline: Outline, meaning: str) -> None:
    stand = [concept.term for concept in outline.concepts if concept.mentions and concept.term in THINGS]
    if stand:
        drafts = draft(outline, definitions={stand[0]: meaning})
        asked = {each.concept for each in drafts.questions}
        assert stand[0] in asked or reasons(drafts)[stand[0]] in {NOWHERE, HEADING, POOR, LEANS}


@given(outlines())
@settings(max_examples=15)
def test_what_no_lesson_reads_changes_no_draft(outline: Outline) -> None:
    more = replace(outline, text=outline.text + "Donate now and read the clay bell twice a week.\n")
    assert draft(more).undrafted == draft(outline).undrafted
    assert [each.content for each in draft(more).questions] == [each.content for each in draft(outline).questions]


def test_two_concepts_of_one_name_are_both_answered_for() -> None:
    outline = harbour()
    double = replace(outline, concepts=(*outline.concepts, replace(outline.concepts[0], rank=40)))
    drafts = draft(double)
    assert {each.concept for each in drafts.questions} | reasons(drafts).keys() == {
        concept.term for concept in outline.concepts
    }


def test_an_article_twice_as_long_by_repetition_asks_nothing_that_has_two_answers() -> None:
    twice = outline_of(parts_of(HARBOUR_TEXT) * 2, HARBOUR_TERMS)
    drafters = {each.drafter for each in draft(twice).questions}
    assert not drafters & {"expression_in_passage", "part_with_expression", "expressions_of_a_part"}
    assert "expression_for_meaning" in drafters


def test_only_what_is_striking_is_asked_a_second_time_for_its_place() -> None:
    for outline, most in ((harbour(), 1), (striking(harbour(), "lantern economy"), 2)):
        own = [each for each in draft(outline).questions if each.concept == "lantern economy"]
        assert len(own) <= most
        assert all(each.strength > PLACE_ONLY for each in own) or most == 1
