"""The laws that every registered kind keeps. A new kind is held to them without a line here."""

from __future__ import annotations

import copy
import json
import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions import kinds
from quizzes.questions.answers import is_storable
from quizzes.questions.base import BrokenQuestion, Content, Control, InvalidAnswer, Outcome, QuestionType
from quizzes.questions.ids import with_fresh_ids
from tests.quizzes.questions.cases import CASES, answers_to, json_values, nested, rows_in, spoilt

SEED = 20_261_122
SHUFFLED = {"options", "pairs", "things", "distractors"}
"""What a page shows in an order of its own."""
SHAPES = {"text", "lines", "boolean", "number", "choice", "options"}
every_kind = pytest.mark.parametrize("question", kinds(), ids=lambda question: question.kind)


def each_of(cases: list[tuple[QuestionType, Content]]) -> pytest.MarkDecorator:
    """One test for each question and content."""
    names = [f"{question.kind}-{number}" for number, (question, _) in enumerate(cases)]
    return pytest.mark.parametrize(("question", "content"), cases, ids=names)


def decides(question: QuestionType, content: Content) -> bool:
    """Whether the kind knows its own key; else a person decides."""
    return question.grader_for(content) == "rules"


every_case = each_of(CASES)
every_case_with_a_key = each_of([case for case in CASES if decides(*case)])


def parsed_or_none(question: QuestionType, content: Content, data: Any) -> Any:
    """The parsed answer, None for what is no answer."""
    try:
        return question.parse(content, data)
    except InvalidAnswer:
        return None


def texts_in(value: Any) -> list[str]:
    """Every text in plain JSON."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_in(each)]
    return [text for each in value for text in texts_in(each)] if isinstance(value, list | tuple) else []


@every_kind
def test_a_kind_is_named_for_people_and_programs(question: QuestionType) -> None:
    assert question.kind.isidentifier()
    assert question.label[0].isupper()
    assert isinstance(question.control, Control)
    assert question.version >= 1
    assert question.grader in {"rules", "similarity", "rubric"}


@every_kind
def test_author_fields_are_ready_for_a_form(question: QuestionType) -> None:
    fields = question.author_fields()
    names = [field.name for field in fields]
    assert names[0] == "stem"
    assert len(set(names)) == len(names)
    assert {field.shape for field in fields} <= SHAPES
    assert all(field.label for field in fields)
    assert all(field.choices for field in fields if field.shape == "choice")
    asked_for = {name for example in question.examples() for name in example.content}
    assert asked_for <= set(names)


@every_kind
def test_examples_are_many_and_of_every_sort(question: QuestionType) -> None:
    expected = [example.expected for example in question.examples()]
    assert len(expected) >= 4
    assert ({1.0, 0.0, None} if question.grader == "rules" else {None}) <= set(expected)


@every_kind
def test_each_example_earns_what_it_says(question: QuestionType) -> None:
    for example in question.examples():
        if example.by_person:
            answer = question.parse(example.content, example.data)
            assert question.grade(example.content, answer).fraction is None
        elif example.expected is None:
            with pytest.raises(InvalidAnswer):
                question.parse(example.content, example.data)
        else:
            answer = question.parse(example.content, example.data)
            assert question.grade(example.content, answer).fraction == pytest.approx(example.expected, abs=1e-12)


@every_case
def test_content_of_examples_checks_clean(question: QuestionType, content: Content) -> None:
    assert question.check(content) == []


@every_case
def test_the_model_answer_is_an_answer(question: QuestionType, content: Content) -> None:
    model = question.model_answer(content)
    assert question.parse(content, model) == model


@every_case_with_a_key
def test_the_model_answer_earns_the_full_fraction(question: QuestionType, content: Content) -> None:
    assert question.grade(content, question.model_answer(content)).fraction == 1.0


@every_case
def test_presenting_is_deterministic_plain_json(question: QuestionType, content: Content) -> None:
    first, again = question.present(content, SEED), question.present(copy.deepcopy(content), SEED)
    assert first == again
    assert json.loads(json.dumps(first.data)) == first.data
    assert first.control == question.control


@every_case
def test_presenting_shows_no_trace_of_the_key(question: QuestionType, content: Content) -> None:
    marked = with_canaries(content)
    shown = question.present(marked, SEED)
    written = json.dumps([shown.stem, shown.data])
    assert "CANARY" in json.dumps(marked)
    assert "CANARY" not in written
    assert not {"correct", "accepted", "feedback", "explanation", "answer"} & set(keys_in(shown.data))


@every_case
def test_presenting_is_the_same_wherever_the_key_is(question: QuestionType, content: Content) -> None:
    for moved in with_key_moved(content):
        assert question.present(moved, SEED) == question.present(content, SEED)


@each_of([case for case in CASES if SHUFFLED & set(case[1]) and not case[1].get("keep_order")])
def test_the_order_of_authoring_does_not_show(question: QuestionType, content: Content) -> None:
    turned = {name: value[::-1] if name in SHUFFLED else value for name, value in content.items()}
    assert question.present(turned, SEED) == question.present(content, SEED)


@every_case
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_sent_is_an_answer_or_refused_and_graded_in_bounds(
    question: QuestionType, content: Content, data: st.DataObject
) -> None:
    before = copy.deepcopy(content)
    answer = parsed_or_none(question, content, data.draw(answers_to(question, content)))
    if answer is not None:
        assert question.parse(content, answer) == answer
        stored = json.loads(json.dumps(answer))
        assert stored == answer
        assert question.parse(content, stored) == answer
        assert all(map(is_storable, texts_in(answer)))
        assert_graded(question, content, answer)
    assert content == before


def assert_graded(question: QuestionType, content: Content, answer: Any) -> None:
    """The answer is graded, reviewed, summed up and sorted, each the same when done twice."""
    outcome = question.grade(content, answer)
    assert outcome == question.grade(content, answer)
    assert outcome.fraction is None or 0 <= outcome.fraction <= 1
    assert json.loads(json.dumps(outcome.detail)) == outcome.detail
    assert {part["verdict"] for part in outcome.detail["parts"]} <= {
        "right", "wrong", "missed", "left", "empty", "near miss"
    }  # fmt: skip
    assert "\n" not in question.summarise(content, answer)
    assert question.classify(content, answer) == question.classify(content, copy.deepcopy(answer)) != ""
    assert_reviewable(question, content, answer)


def assert_reviewable(question: QuestionType, content: Content, answer: Any) -> None:
    """The review is plain JSON of the shape that templates rely on."""
    review = question.review(content, answer, SEED)
    assert json.loads(json.dumps(review)) == review
    assert isinstance(review["why"], str)
    for part in review["parts"]:
        assert isinstance(part["right"], bool) or (part["right"] is None and not decides(question, content))
        assert {"text", "chosen", "feedback"} <= part.keys() or {"given", "accepted"} <= part.keys()


@every_case
def test_an_unanswered_question_can_be_reviewed(question: QuestionType, content: Content) -> None:
    assert_reviewable(question, content, None)
    parts = question.review(content, None, SEED)["parts"]
    assert not any(part.get("chosen") or part.get("given") for part in parts)


@every_case
def test_only_the_full_fraction_is_1(question: QuestionType, content: Content) -> None:
    model = question.model_answer(content)
    for name in model if isinstance(model, list | dict) else ():
        less = [each for each in model if each != name] if isinstance(model, list) else {**model, name: ""}
        answer = parsed_or_none(question, content, less)
        if answer is not None:
            assert (question.grade(content, answer).fraction or 0) < 1


@every_kind
@given(content=json_values)
@settings(max_examples=80, deadline=None)
def test_checking_any_json_finds_problems_and_never_raises(question: QuestionType, content: Any) -> None:
    problems = question.check(content)
    assert problems
    assert all(problem.code.replace("_", "").isalpha() and problem.message.endswith(".") for problem in problems)


@every_case
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_spoilt_content_is_broken_or_still_works_and_never_crashes(
    question: QuestionType, content: Content, data: st.DataObject
) -> None:
    bad = spoilt(content, data.draw)
    problems = question.check(bad)
    assert all(problem.message.endswith(".") for problem in problems)
    try:
        question.present(bad, SEED)
        question.review(bad, None, SEED)
        answer = question.model_answer(bad)
        fraction = question.grade(bad, question.parse(bad, answer)).fraction
    except (BrokenQuestion, InvalidAnswer):
        assert problems
    else:
        assert problems or fraction == (1.0 if question.grader == "rules" else None)


@every_case
@pytest.mark.parametrize(
    "data",
    [None, True, 3, float("nan"), 10**4_000, nested(2_000), {"a": nested(500)}, "\x00", ["\ud800"], b"x", "a" * 10**6],
    ids=lambda data: type(data).__name__,
)  # fmt: skip
def test_hostile_answers_are_refused_with_a_sentence(question: QuestionType, content: Content, data: Any) -> None:
    with pytest.raises(InvalidAnswer, match=r"\.$"):
        question.parse(content, data)


@every_case
def test_fresh_ids_change_names_and_nothing_else(question: QuestionType, content: Content) -> None:
    renamed = with_fresh_ids(question.kind, content, "seed")
    assert question.check(renamed) == []
    assert question.grade(renamed, question.model_answer(renamed)).fraction == (
        1.0 if question.grader == "rules" else None
    )
    assert with_fresh_ids(question.kind, renamed, "seed") == renamed
    rows = question.id_rows
    if rows:
        assert [row["id"] for row in renamed[rows]] != [row["id"] for row in content[rows]]
        assert [{**row, "id": ""} for row in renamed[rows]] == [{**row, "id": ""} for row in content[rows]]


@every_case
def test_grading_takes_a_bounded_number_of_calls(question: QuestionType, content: Content) -> None:
    """Counted, not timed: a thousand grades stay far below a second on any machine."""
    answer = question.model_answer(content)
    calls = calls_of(lambda: [question.grade(content, answer) for _ in range(1_000)])
    assert calls < 1_000 * 700


def calls_of(work: Any) -> int:
    """How many Python and C calls the work makes."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def keys_in(value: Any) -> list[str]:
    """Every name of every object in plain JSON."""
    if isinstance(value, dict):
        return [*value, *(name for each in value.values() for name in keys_in(each))]
    return [name for each in value for name in keys_in(each)] if isinstance(value, list | tuple) else []


def with_canaries(content: Content) -> Content:
    """The content with a text to be recognised in every place that only a review may show."""
    marked: dict[str, Any] = copy.deepcopy({**content, "explanation": "CANARY why"})
    for row in [marked, *rows_in(marked)]:
        row["feedback"] = "CANARY feedback"
        if "accepted" in row:
            row["accepted"] = [*row["accepted"], "CANARY accepted"]
        marked["references"] = ["CANARY reference"]
    if "answer" in marked:
        marked["feedback"] = {"true": "CANARY", "false": "CANARY", "not_stated": "CANARY"}
    for name in ("near_misses", "rubric"):
        if name in marked:
            marked[name] = [*marked[name], {"id": "canary", "text": "CANARY", "feedback": "CANARY", "points": 1}]
    for name in ("model", "patterns"):
        if name in marked:
            marked[name] = "CANARY" if isinstance(marked[name], str) else [*marked[name], "CANARY"]
    return marked


def with_key_moved(content: Content) -> list[Content]:
    """Contents that differ from this one only in what is right."""
    moved = [turned for name, part in TURNED for turned in with_turned(content, name, part)]
    if "answer" in content:
        moved += [{**content, "answer": word} for word in ("true", "false", "not_stated")]
    if "accepted" in content:
        moved.append({**content, "accepted": ["something much longer than it was", "x"], "near_misses": []})
    if "gaps" in content:
        gaps = [{**gap, "accepted": gap.get("options", ["a quite different length"])[:1]} for gap in content["gaps"]]
        moved.append({**content, "gaps": gaps})
    if "value" in content:
        moved.append({**content, "value": 31, "tolerance": "90 %", "near_misses": [], "units": [{"text": "t"}]})
    if "model" in content:
        moved.append({**content, "model": "Quite another answer.", "rubric": content["rubric"][:1]})
    return moved


TURNED = (("options", "correct"), ("sentences", "correct"), ("pairs", "match"), ("things", "category"))


def with_turned(content: Content, name: str, part: str) -> list[Content]:
    """The content with what makes its rows right handed on from row to row."""
    rows = content.get(name, [])
    turns = ([row[part] for row in rows[turn:] + rows[:turn]] for turn in range(1, len(rows)))
    return [{**content, name: [{**row, part: key} for row, key in zip(rows, keys, strict=True)]} for keys in turns]


def test_outcomes_outside_the_scale_cannot_be_made() -> None:
    for fraction in (-0.1, 1.1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="fraction lies in"):
            Outcome(fraction)
