"""What holds of every draft, over articles that nobody wrote: it is proved, has one key, and nothing else is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.outline import Outline, PassageKind
from quizzes.drafting import DraftedQuestion, draft, lint, lint_quiz
from quizzes.drafting.words import folded
from quizzes.questions.registry import question_type
from tests.quizzes.drafting.guessing import advantage, longest, most_overlap
from tests.quizzes.drafting.invented import MEANINGS, outlines
from tests.quizzes.drafting.samples import option_texts

many = settings(max_examples=15)
CHOICES = {"single_choice", "multiple_choice"}


def drafts_of(outline: Outline, *drafters: str) -> Iterator[DraftedQuestion]:
    """The drafts of these drafters, of all where none is named."""
    yield from (each for each in draft(outline).questions if not drafters or each.drafter in drafters)


def passages_read(outline: Outline) -> list[str]:
    """The texts of the passages that lessons read."""
    read = {position for lesson in outline.lessons for position in lesson.passages}
    return [each.span.quote(outline.text) for each in outline.passages if each.position in read]


def right_and_wrong(found: DraftedQuestion) -> tuple[list[str], list[str]]:
    return option_texts(found.content, correct=True), option_texts(found.content, correct=False)


def quoted_in(stem: str) -> str:
    """What stands between the outer quotation marks of a stem."""
    return stem[stem.index("“") + 1 : stem.rindex("”")]


def explains(outline: Outline, term: str, meaning: str) -> bool:
    """Whether a sentence of the article says, in one of the ways there are, that the term means this."""
    joints = r",|, meaning| is"
    return re.search(rf"{re.escape(term)}(?:{joints}) {re.escape(meaning)}", outline.text, re.IGNORECASE) is not None


@given(outlines())
@many
def test_the_evidence_is_a_stretch_of_one_passage_or_heading_without_space_around_it(outline: Outline) -> None:
    places = {passage.span for passage in outline.passages if passage.kind is not PassageKind.BOILERPLATE}
    for each in drafts_of(outline):
        quote = outline.text[each.evidence.start : each.evidence.end]
        assert quote == quote.strip() != ""
        assert any(place.start <= each.evidence.start < each.evidence.end <= place.end for place in places)


@given(outlines())
@many
def test_every_draft_is_content_of_its_kind_breaks_no_rule_and_tells_no_other_s_answer(outline: Outline) -> None:
    found = list(drafts_of(outline))
    for each in found:
        assert question_type(each.kind).check(each.content) == []
        assert lint(each.kind, each.content, evidence=[each.evidence.quote(outline.text)], article=outline.text) == []
    assert lint_quiz([(each.kind, each.content) for each in found]) == []


@given(outlines())
@many
def test_a_choice_has_one_key_and_a_list_of_a_gap_one_accepted_entry(outline: Outline) -> None:
    for each in drafts_of(outline):
        if each.kind == "single_choice":
            right, wrong = right_and_wrong(each)
            assert (len(right), 2 <= len(wrong) <= 3) == (1, True)
        for gap in each.content.get("gaps", ()):
            options = gap.get("options", [*gap["accepted"][:1]])
            assert sum(option in gap["accepted"] for option in options) == 1
        if each.kind == "evidence":
            assert 0 < sum(row["correct"] for row in each.content["sentences"]) < len(each.content["sentences"])


@given(outlines())
@many
def test_what_is_offered_differs_and_begins_alike(outline: Outline) -> None:
    for each in drafts_of(outline):
        offered = [gap["options"] for gap in each.content.get("gaps", ()) if gap.get("options")]
        offered += [[row["text"] for row in each.content["options"]]] if each.kind in CHOICES else []
        for options in offered:
            assert len({folded(text) for text in options}) == len(options)
            assert len({text[:1].isupper() for text in options}) == 1
            assert len({text.endswith(".") for text in options}) == 1


@given(outlines())
@many
def test_a_right_sentence_never_stands_among_the_wrong_ones_too(outline: Outline) -> None:
    for each in drafts_of(outline, "evidence"):
        rows = each.content["sentences"]
        right = {folded(row["text"]) for row in rows if row["correct"]}
        assert not right & {folded(row["text"]) for row in rows if not row["correct"]}
        assert [row["text"] for row in rows] == [outline.text[row["start"] : row["end"]] for row in rows]


@given(outlines())
@many
def test_no_wrong_expression_has_the_meaning_that_is_asked_for(outline: Outline) -> None:
    for each in drafts_of(outline, "expression_for_meaning"):
        meaning = quoted_in(each.content["stem"])
        right, wrong = right_and_wrong(each)
        assert explains(outline, right[0], meaning)
        assert not [term for term in wrong if explains(outline, term, meaning)]


@given(outlines())
@many
def test_no_meaning_is_wrong_that_the_article_gives_the_expression_elsewhere(outline: Outline) -> None:
    for each in drafts_of(outline, "meaning_of_expression"):
        assert not [text for text in right_and_wrong(each)[1] if explains(outline, each.concept, text)]
    for each in drafts_of(outline, "statement_false"):
        if found := re.fullmatch(r"In the article, “(.+)” stands for (.+)\.", each.content["stem"]):
            assert not explains(outline, found[1], found[2])
    for each in drafts_of(outline, "explanations_of_the_article"):
        assert not [text for text in right_and_wrong(each)[1] if explains(outline, *text.split(": ", 1))]


@given(outlines())
@many
def test_one_expression_is_accepted_where_one_is_asked_for_by_its_meaning(outline: Outline) -> None:
    for each in drafts_of(outline, "name_the_expression"):
        meaning = quoted_in(each.content["stem"])
        others = {concept.term for concept in outline.concepts if folded(concept.term) != folded(each.concept)}
        assert not [term for term in others if explains(outline, term, meaning)]


@given(outlines())
@many
def test_nobody_is_a_wrong_holder_who_says_the_same_somewhere(outline: Outline) -> None:
    whole = folded(outline.text)
    for each in drafts_of(outline, "attribution"):
        (holder,), others = right_and_wrong(each)
        quote = each.evidence.quote(outline.text)
        assert holder.casefold() in quote.casefold()
        assert not [other for other in others if folded(quote.replace(holder, other)) in whole]


@given(outlines())
@many
def test_nobody_is_a_wrong_namer_who_gives_the_name_somewhere(outline: Outline) -> None:
    for each in drafts_of(outline, "attribution"):
        if each.content["stem"].startswith("Who, according to the article, uses"):
            others = right_and_wrong(each)[1]
            said = [rf"{other} call the empty square behind the church the {each.concept}\b" for other in others]
            said += [rf"{other} compared the [-\w ]+ with the {each.concept}\b" for other in others]
            assert not [pattern for pattern in said if re.search(pattern, outline.text, re.IGNORECASE)]


@given(outlines())
@many
def test_a_statement_that_is_false_or_not_stated_stands_nowhere(outline: Outline) -> None:
    whole = folded(outline.text)
    for each in drafts_of(outline, "statement_false", "statement_not_stated"):
        assert folded(each.content["stem"]).rstrip(".") not in whole


@given(outlines())
@many
def test_a_true_statement_brings_in_no_word_that_its_evidence_lacks(outline: Outline) -> None:
    framed = ("In the article, “", "The article attributes the expression “")
    for each in drafts_of(outline, "statement_true"):
        if not each.content["stem"].startswith(framed):
            words = re.findall(r"\w+", each.content["stem"].casefold())
            assert set(words) <= set(re.findall(r"\w+", each.evidence.quote(outline.text).casefold()))


@given(outlines())
@many
def test_nothing_wrong_is_said_of_the_thing_anywhere(outline: Outline) -> None:
    whole = folded(outline.text)
    for each in drafts_of(outline, "what_is_said_of_it"):
        thing = quoted_in(each.content["stem"])
        assert not [text for text in right_and_wrong(each)[1] if folded(f"{thing} {text.partition(' ')[2]}") in whole]


@given(outlines())
@many
def test_a_passage_is_told_by_words_that_only_one_begins_or_ends_with(outline: Outline) -> None:
    passages = [folded(text).rstrip(".") for text in passages_read(outline)]
    for each in drafts_of(outline, "expression_in_passage"):
        begins = "passage that begins" in each.content["stem"]
        words = folded(quoted_in(each.content["stem"])).translate({ord("‘"): "“", ord("’"): "”"})
        meant = [text for text in passages if (text.startswith(words) if begins else text.endswith(words))]
        (key,), wrong = right_and_wrong(each)
        assert any(folded(key) in text for text in meant)
        assert not [text for text in wrong for passage in meant if folded(text) in passage]


@given(outlines())
@many
def test_a_part_is_told_by_a_heading_of_its_own(outline: Outline) -> None:
    titles = Counter(folded(lesson.title) for lesson in outline.lessons if lesson.heading is not None)
    for each in drafts_of(outline, "expressions_of_a_part"):
        assert titles[folded(quoted_in(each.content["stem"]))] == 1
    for each in drafts_of(outline, "part_with_expression"):
        right, wrong = right_and_wrong(each)
        assert {titles[folded(title)] for title in (*right, *wrong)} == {1}


@given(outlines())
@many
def test_no_other_concept_stands_in_the_very_same_gap_somewhere(outline: Outline) -> None:
    sentences = {folded(each) for text in passages_read(outline) for each in re.split(r"(?<=[.?”])\s", text)}
    for each in drafts_of(outline, "gap_in_sentence"):
        (gap,) = each.content["gaps"]
        for concept in outline.concepts:
            if folded(concept.term) not in map(folded, gap["accepted"]):
                filled = each.content["text"].replace(f"{{{{{gap['id']}}}}}", concept.term)
                assert folded(filled) not in sentences


@given(outlines())
@many
def test_the_gap_hides_all_of_the_concept_and_its_context_does_not_tell_it(outline: Outline) -> None:
    for each in drafts_of(outline, "gap_in_sentence", "gap_in_heading"):
        (gap,) = each.content["gaps"]
        assert folded(gap["accepted"][0]) not in folded(each.content["text"])
        assert folded(each.content["text"].split("{{")[0])[-20:] in folded(outline.text)


@given(outlines())
@many
def test_the_same_article_is_drafted_in_the_same_way_however_its_concepts_are_listed(outline: Outline) -> None:
    assert draft(outline) == draft(replace(outline, concepts=outline.concepts[::-1]))


@given(outlines())
@many
def test_every_concept_is_asked_or_has_one_reason_and_few_questions(outline: Outline) -> None:
    drafts = draft(outline)
    asked = Counter(each.concept for each in drafts.questions)
    reasons = Counter(each.concept for each in drafts.undrafted)
    assert asked.keys() | reasons.keys() == {concept.term for concept in outline.concepts}
    assert not asked.keys() & reasons.keys()
    assert set(reasons.values()) <= {1}
    assert max(asked.values(), default=0) <= 3


@given(outlines())
@many
def test_the_feedback_and_the_explanation_are_sentences_that_give_no_other_key(outline: Outline) -> None:
    for each in drafts_of(outline):
        notes = [row["feedback"] for row in each.content.get("options", ())]
        notes += each.content["feedback"].values() if each.kind == "true_false" else []
        notes += [gap["feedback"] for gap in each.content.get("gaps", ())]
        for note in (*notes, each.content["explanation"]):
            assert note[:1].isupper()
            assert note.endswith((".", "”", "?"))
        assert sum(note.startswith("Right") for note in notes) == {
            "single_choice": 1, "multiple_choice": 2, "true_false": 1
        }.get(each.kind, 0)  # fmt: skip


@given(outlines(), st.sampled_from(MEANINGS))
@many
def test_of_two_concepts_that_the_author_defines_alike_neither_is_wrong_beside_the_other(
    outline: Outline, meaning: str
) -> None:
    terms = [concept.term for concept in outline.concepts][:2]
    found = draft(outline, definitions=dict.fromkeys(terms, meaning)).questions
    asking = [each for each in found if meaning in each.content["stem"]]
    for each in asking:
        wrong = right_and_wrong(each)[1] if each.kind == "single_choice" else []
        assert not {folded(text) for text in wrong} & set(map(folded, terms))
        assert each.drafter != "name_the_expression" or len(terms) == 1


@given(outlines())
@many
def test_beside_two_other_questions_none_asks_for_the_place_but_the_first_of_its_kind(outline: Outline) -> None:
    by_place = {"expression_in_passage", "part_with_expression", "expressions_of_a_part"}
    found = list(drafts_of(outline))
    kinds = Counter(each.kind for each in found)
    for concept in outline.concepts:
        own = [each for each in found if each.concept == concept.term]
        spare = [each for each in own if each.drafter in by_place]
        assert len(own) <= 2 or len(spare) <= 1
        assert len(own) <= 2 or all(each.kind == "multiple_choice" or kinds[each.kind] == 1 for each in spare)


@pytest.fixture(scope="module")
def drafted() -> list[DraftedQuestion]:
    """The drafts of a hundred and twenty articles, the same in each run."""
    found: list[DraftedQuestion] = []

    @given(outlines())
    @settings(max_examples=120, derandomize=True, database=None)
    def gather(outline: Outline) -> None:
        found.extend(drafts_of(outline))

    gather()
    return found


def test_the_longest_option_is_the_key_no_more_often_than_chance_has_it(drafted: list[DraftedQuestion]) -> None:
    assert advantage(drafted, longest) <= 0.10
    assert advantage(drafted, most_overlap) <= 0.10


def test_the_key_of_a_choice_stands_in_every_place_alike(drafted: list[DraftedQuestion]) -> None:
    places = Counter(
        [row["correct"] for row in each.content["options"]].index(True)
        for each in drafted
        if each.kind == "single_choice" and len(each.content["options"]) == 4
    )
    assert set(places) == {0, 1, 2, 3}


def test_every_drafter_is_at_work_in_these_articles(drafted: list[DraftedQuestion]) -> None:
    assert {each.drafter for each in drafted} >= {
        "attribution", "evidence", "expression_for_meaning", "expression_in_heading", "expression_in_passage",
        "expressions_of_a_part", "gap_in_heading", "gap_in_sentence", "meaning_of_expression", "name_the_expression",
        "statement_false", "statement_not_stated", "statement_true", "what_is_said_of_it", "which_number",
    }  # fmt: skip
