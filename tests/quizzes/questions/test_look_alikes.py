"""What nobody sees is no answer and no text of a question, and no two of its rows look alike."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.grading import GradingRequest, grade
from quizzes.questions import kinds, question_type
from quizzes.questions.base import Content, Control, InvalidAnswer, QuestionType
from tests.quizzes.questions.choosing import problems_of

UNSEEN = ["\u200b", "\u00ad", "\u2060 \u200e", "\u3164", "\u2800", "\ufe0f", "\x07", "\u034f\n"]
unseen = pytest.mark.parametrize("text", UNSEEN, ids=lambda text: " ".join(f"{ord(each):X}" for each in text))
ALIKE = [("Café", "Cafe\u0301"), ("Miller’s", "Miller's"), ("up\u200bper", "upper"), ("co‑op", "Co-op")]
alike = pytest.mark.parametrize(("one", "other"), ALIKE, ids=range(4))


def content_of(kind: str) -> Content:
    return next(iter(question_type(kind).examples())).content


@unseen
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_an_answer_that_nobody_sees_counts_as_none(kind: QuestionType, text: str) -> None:
    content = next(iter(kind.examples())).content
    sent: Any = text
    if kind.control in {Control.GAPS, Control.ASSIGN}:
        sent = {row["id"]: text for row in content[kind.id_rows]}
    outcome = grade(GradingRequest(kind.kind, content, sent))
    assert (outcome.fraction, outcome.detail) == (0.0, {"parts": [], "unanswered": True})


@unseen
@pytest.mark.parametrize("kind", ["short_text", "open_response", "numeric"])
def test_who_sends_what_nobody_sees_is_asked_again(kind: str, text: str) -> None:
    asked = []
    for sent in ("", text, [text]):
        with pytest.raises(InvalidAnswer) as refusal:
            question_type(kind).parse(content_of(kind), sent)
        asked.append(str(refusal.value))
    assert len(set(asked)) == 1


@unseen
def test_a_gap_filled_with_what_nobody_sees_is_an_empty_one(text: str) -> None:
    content = content_of("cloze")
    answer = question_type("cloze").parse(content, {"g1": "observatory", "g2": text})
    assert answer == {"g1": "observatory"}


@unseen
@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "evidence", "matching", "categorise", "ordering"])
def test_a_row_of_which_nobody_sees_anything_has_no_text(kind: str, text: str) -> None:
    question, content = question_type(kind), dict(content_of(kind))
    content[question.id_rows] = [{**content[question.id_rows][0], "text": text}, *content[question.id_rows][1:]]
    assert [(code, where) for where, code, _ in problems_of(kind, content)] == [
        ("missing_text", f"{question.id_rows}.0.text")
    ]


@alike
@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice", "ordering", "matching", "categorise"])
def test_two_rows_that_a_reader_cannot_tell_apart_are_told_to_the_author(kind: str, one: str, other: str) -> None:
    question, content = question_type(kind), dict(content_of(kind))
    first, second, *rest = content[question.id_rows]
    content[question.id_rows] = [{**first, "text": one}, {**second, "text": other}, *rest]
    assert [(code, where) for where, code, _ in problems_of(kind, content)] == [
        ("duplicate_text", f"{question.id_rows}.1.text")
    ]


@alike
def test_two_words_of_a_gap_that_look_alike_are_told_to_the_author(one: str, other: str) -> None:
    gap = {"id": "g1", "accepted": [one], "options": [one, other, "rain"]}
    content = {"stem": "Complete it.", "text": "A {{g1}}.", "gaps": [gap]}
    assert [(code, where) for where, code, _ in problems_of("cloze", content)] == [("duplicate_text", "gaps.0.options")]


@alike
def test_a_category_is_found_however_it_was_typed(one: str, other: str) -> None:
    things = [{"id": "t1", "text": "First", "category": other}, {"id": "t2", "text": "Second", "category": "Fog"}]
    content = {"stem": "Sort.", "categories": [one, "Fog"], "things": things}
    question = question_type("categorise")
    assert problems_of("categorise", content) == []
    assert [target["text"] for target in question.present(content, 1).data["targets"]] == [one, "Fog"]
    assert question.grade(content, question.model_answer(content)).fraction == 1.0
    assert problems_of("categorise", {**content, "categories": [one, other, "Fog"]}) == [
        ("categories", "duplicate_text", "Two of the categories are the same. Delete one.")
    ]


@alike
def test_rows_that_go_with_texts_that_look_alike_go_with_one(one: str, other: str) -> None:
    pairs = [
        {"id": "p1", "text": "First", "match": one},
        {"id": "p2", "text": "Second", "match": other},
        {"id": "p3", "text": "Third", "match": "Fog"},
    ]
    content = {"stem": "Match.", "pairs": pairs}
    question = question_type("matching")
    right = question.model_answer(content)
    assert problems_of("matching", content) == []
    assert sorted(target["text"] for target in question.present(content, 1).data["targets"]) == sorted([one, "Fog"])
    assert right["p1"] == right["p2"] != right["p3"]
    assert question.grade(content, dict.fromkeys(right, right["p1"])).fraction == 0.0
    assert [code for _, code, _ in problems_of("matching", {**content, "pairs": pairs[:2]})] == ["all_alike"]
    assert problems_of("matching", {**content, "pairs": pairs[1:], "distractors": [one]}) == [
        ("distractors.0", "distractor_matches", "This text goes with something. Delete it here or there.")
    ]


def test_the_ids_of_targets_are_those_of_answers_that_were_stored_before() -> None:
    pairs = [
        {"id": "p1", "text": "a", "match": "“Zebra”"},
        {"id": "p2", "text": "b", "match": "Äpfel"},
        {"id": "p3", "text": "c", "match": "apple"},
        {"id": "p4", "text": "d", "match": "E\u0301t\u00e9"},
    ]
    ids = {"p1": "q3t", "p2": "x3s", "p3": "x9z", "p4": "j5j"}
    assert question_type("matching").model_answer({"stem": "?", "pairs": pairs}) == ids
