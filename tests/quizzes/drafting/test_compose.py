from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.outline import ConceptKind, ConceptOutline, Outline, Span
from quizzes.drafting import DraftedQuestion, draft, lint, lint_quiz
from quizzes.drafting.drafters.true_false import LONGEST_STATEMENT
from quizzes.questions.registry import question_type
from tests.quizzes.drafting.drafters.proposals import outline_on
from tests.quizzes.drafting.samples import harbour, option_texts, outline_of, parts_of, striking

ENGLISH_KINDS = {"single_choice", "multiple_choice", "true_false", "short_text", "cloze", "evidence"}


def drafts_on(outline: Outline, term: str, **definitions: str) -> list[DraftedQuestion]:
    named = {name.replace("_", " "): text for name, text in definitions.items()}
    return [each for each in draft(outline, definitions=named).questions if each.concept == term]


def kinds_on(outline: Outline, term: str, **definitions: str) -> set[str]:
    return {each.kind for each in drafts_on(outline, term, **definitions)}


def test_every_kind_is_drafted_somewhere() -> None:
    outline = harbour()
    meanings = {each.term: f"what the town calls thing number {each.rank}" for each in outline.concepts[:4]}
    drafts = (*draft(outline).questions, *draft(outline, definitions=meanings).questions)
    assert {each.kind for each in drafts} == ENGLISH_KINDS


def test_every_draft_is_accepted_by_its_kind_and_breaks_no_rule() -> None:
    outline = harbour()
    for each in draft(outline).questions:
        assert question_type(each.kind).check(each.content) == []
        assert lint(each.kind, each.content, evidence=[each.evidence.quote(outline.text)], article=outline.text) == []


def test_no_draft_tells_the_answer_of_another() -> None:
    assert lint_quiz([(each.kind, each.content) for each in draft(harbour()).questions]) == []


def test_every_concept_is_drafted_or_has_a_reason() -> None:
    outline = harbour()
    drafts = draft(outline)
    drafted = {each.concept for each in drafts.questions}
    without = {each.concept for each in drafts.undrafted}
    assert drafted | without == {concept.term for concept in outline.concepts}
    assert not drafted & without


def test_a_concept_has_each_kind_once_and_few_drafts() -> None:
    pairs = Counter((each.concept, each.kind) for each in draft(harbour()).questions)
    concepts = Counter(each.concept for each in draft(harbour()).questions)
    assert max(pairs.values()) == 1
    assert max(concepts.values()) <= 4


def test_drafts_stand_in_order_of_the_concepts() -> None:
    outline = harbour()
    ranks = {concept.term: concept.rank for concept in outline.concepts}
    order = [ranks[each.concept] for each in draft(outline).questions]
    assert order == sorted(order)


def test_the_same_outline_gives_the_same_drafts() -> None:
    assert draft(harbour()) == draft(harbour())


def test_a_concept_that_stands_only_in_a_heading_gets_two_kinds() -> None:
    assert len(kinds_on(striking(harbour(), "lantern economy"), "lantern economy")) >= 2


def test_a_definition_adds_a_kind() -> None:
    meaning = "a trade that wakes when shops are closed"
    assert len(kinds_on(harbour(), "lantern economy", lantern_economy=meaning)) >= 3
    assert any(
        meaning in each.content["stem"] for each in drafts_on(harbour(), "lantern economy", lantern_economy=meaning)
    )


def test_a_definition_is_found_whatever_its_case_and_article() -> None:
    meaning = "a trade that wakes when shops are closed"
    found = draft(harbour(), definitions={"The Lantern Economy": meaning})
    assert any(meaning in each.content["stem"] for each in found.questions)


def test_the_key_is_proved_by_the_evidence() -> None:
    outline = harbour()
    for each in draft(outline).questions:
        if each.drafter in {"expression_for_meaning", "name_the_expression", "gap_in_sentence"}:
            assert each.concept.casefold() in each.evidence.quote(outline.text).casefold()


def test_a_swapped_meaning_is_false_and_names_its_owner() -> None:
    statements = [each for each in draft(harbour()).questions if each.kind == "true_false"]
    assert statements
    for each in statements:
        assert set(each.content["feedback"]) == {"true", "false", "not_stated"}
        assert each.content["feedback"][each.content["answer"]].startswith("Right.")
        assert len(each.content["stem"].split()) <= LONGEST_STATEMENT + 8


def test_every_option_has_feedback() -> None:
    for each in draft(harbour()).questions:
        assert all(option["feedback"].endswith((".", "”", "?")) for option in each.content.get("options", []))
        assert each.content["explanation"]


def test_a_term_that_no_lesson_holds_is_left_with_a_reason() -> None:
    outline = harbour()
    lost = ConceptOutline("ghost pier", ConceptKind.EXPRESSION, 99, ())
    (reason,) = [u.reason for u in draft(replace(outline, concepts=(lost,))).undrafted]
    assert reason == "It stands in no sentence of a lesson. Restore its passage, or choose another place for it."


def test_a_lonely_concept_in_a_heading_is_told_to_need_a_definition() -> None:
    outline = outline_of(parts_of("# The paper fleet\n\nShips rot."), ["paper fleet"])
    (undrafted,) = draft(outline).undrafted
    assert undrafted.reason == "It stands in a heading only. Write a definition, and questions can be drafted from it."


@pytest.mark.parametrize("language", ["de", "fr", "ru"])
def test_another_language_gets_gaps_and_no_english_frames(language: str) -> None:
    text = (
        "# Der Hafen\n\nDie Stadt am Meer verlor im Frühling ihre letzte Papierflotte und bekam nie eine andere. "
        "Die Planer nennen das leere Wasser seitdem gern eine stille Straße ohne Ende."
    )
    drafts = draft(outline_of(parts_of(text), ["Papierflotte", "stille Straße"], language=language))
    assert {each.kind for each in drafts.questions} == {"cloze"}
    assert {each.content["stem"] for each in drafts.questions} == {
        "Complete the sentence with the missing word or words."
    }


def test_an_outline_without_anything_has_no_drafts() -> None:
    drafts = draft(Outline("", "", "en", (), (), ()))
    assert (drafts.questions, drafts.undrafted) == ((), ())


@given(
    st.text(alphabet="Ab .,?“”-’\n", max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 20)), max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_no_outline_makes_drafting_fail(text: str, mentions: list[tuple[int, int]]) -> None:
    outline = outline_of([("", [text]), ("Ab b", [text, "Ab"])], [])
    spans = [Span(start, start + length) for start, length in mentions]
    concepts = tuple(
        ConceptOutline(span.quote(outline.text), ConceptKind.EXPRESSION, rank, (span,))
        for rank, span in enumerate(spans, 1)
    )
    drafts = draft(replace(outline, concepts=concepts))
    for each in drafts.questions:
        assert lint(each.kind, each.content, evidence=[each.evidence.quote(outline.text)], article=outline.text) == []


def test_right_and_wrong_options_never_share_a_text() -> None:
    for each in draft(harbour()).questions:
        if each.kind in {"single_choice", "multiple_choice"}:
            right, wrong = option_texts(each.content, correct=True), option_texts(each.content, correct=False)
            assert right
            assert len(wrong) >= 2
            assert not {text.casefold() for text in right} & {text.casefold() for text in wrong}


def test_the_number_of_a_sentence_is_asked_once_whatever_concept_it_is_asked_on() -> None:
    text = (
        "#\n\nThe harbour guild promised fixed tolls to all captains who moor in thirty years.\n\n"
        "Nobody in the town of Merrow has ever seen a captain wait so long for anything."
    )
    drafters = [
        each.drafter
        for each in draft(outline_on(text, "harbour guild", "fixed tolls")).questions
        if "thirty" in each.evidence.quote(outline_on(text, "harbour guild").text)
    ]
    numbers = [name for name in drafters if name in {"which_number", "number_in_figures"}]
    assert len(numbers) <= 1
    assert not numbers or not {"statement_true", "statement_false"} & set(drafters)


def test_a_sentence_is_stated_once_whatever_concepts_stand_in_it() -> None:
    text = "The tide tax and the rope rules of Merrow were kept in a barn since the old war."
    outline = outline_of([("", [text])], ["tide tax", "rope rules"])
    assert sum(each.kind == "true_false" for each in draft(outline).questions) <= 1
