"""What has no meaning changes nothing: names of ids, notes of the author, more of the same key, the seed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizzes.questions import kinds
from quizzes.questions.base import Content, Control, QuestionType
from quizzes.questions.ids import with_fresh_ids
from quizzes.questions.words import asked_text
from tests.quizzes.questions.cases import CASES


def each_of(cases: list[tuple[QuestionType, Content]]) -> pytest.MarkDecorator:
    """One test for each question and content."""
    names = [f"{question.kind}-{number}" for number, (question, _) in enumerate(cases)]
    return pytest.mark.parametrize(("question", "content"), cases, ids=names)


every_case = each_of(CASES)
every_case_named_by_its_rows = each_of([case for case in CASES if case[0].control != Control.ASSIGN])
"""Without those in which the ids of the targets are drawn from the ids of the rows."""


def answers_of(question: QuestionType, content: Content) -> list[Any]:
    """Every answer among the examples of this content, and the model answer."""
    sent = [each.data for each in question.examples() if each.content == content and each.expected is not None]
    return [question.parse(content, data) for data in sent] + [question.model_answer(content)]


def renamed(value: Any, names: dict[str, str]) -> Any:
    """An answer in which each id goes by its new name."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {names.get(name, name): renamed(each, names) for name, each in value.items()}
    return [renamed(each, names) for each in value] if isinstance(value, list) else value


@every_case_named_by_its_rows
def test_new_ids_change_no_verdict(question: QuestionType, content: Content) -> None:
    fresh = with_fresh_ids(question.kind, content, "another seed")
    rows = question.id_rows
    names = {old["id"]: new["id"] for old, new in zip(content.get(rows, ()), fresh.get(rows, ()), strict=True)}
    for answer in answers_of(question, content):
        before = question.grade(content, answer)
        after = question.grade(fresh, question.parse(fresh, renamed(answer, names)))
        assert (after.fraction, after.feedback) == (before.fraction, before.feedback)


@every_case
def test_what_the_author_notes_beside_changes_no_grade_and_no_page(question: QuestionType, content: Content) -> None:
    noted = {**content, "explanation": "Because.", "hints": ["Look."], "note": {"by": "me"}}
    assert question.check(noted) == []
    assert question.present(noted, 4) == question.present(content, 4)
    for answer in answers_of(question, content):
        assert question.grade(noted, answer) == question.grade(content, answer)
        assert question.review(noted, answer, 4)["why"] == "Because."


@every_case
def test_the_seed_changes_only_the_order_of_what_is_shown(question: QuestionType, content: Content) -> None:
    shown = [sorted(json.dumps(question.present(content, seed).data, sort_keys=True)) for seed in range(6)]
    assert all(each == shown[0] for each in shown)


@every_case
def test_a_content_that_was_stored_is_the_same_question(question: QuestionType, content: Content) -> None:
    stored = json.loads(json.dumps(content))
    assert question.check(stored) == []
    assert question.present(stored, 2) == question.present(content, 2)
    assert question.model_answer(stored) == question.model_answer(content)
    assert asked_text(stored) == asked_text(content)


@every_case
def test_every_answer_of_an_example_is_told_in_one_line_and_filed(question: QuestionType, content: Content) -> None:
    for answer in answers_of(question, content):
        line = question.summarise(content, answer)
        assert line == " ".join(line.split()) != ""
        assert question.classify(content, answer) == question.classify(content, json.loads(json.dumps(answer)))


@pytest.mark.parametrize("question", kinds(), ids=lambda question: question.kind)
@pytest.mark.parametrize("content", [None, [], "text", 4, {"stem": None}, {"stem": ["x"]}], ids=range(6))
def test_a_question_of_any_json_has_a_title_and_a_grader(question: QuestionType, content: Any) -> None:
    assert isinstance(question.title(content), str)
    assert question.grader_for(content) in {"rules", "similarity", "rubric"}
