"""Through the one door comes a grade in bounds, a broken question or a fault of ours, whatever is brought to it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading import (
    GraderFault,
    GradingRequest,
    UnknownGrader,
    grade,
    graded_by,
    grader_label,
    grader_named,
    graders,
    heeds_precedents,
)
from quizzes.grading.base import Grader
from quizzes.grading.guard import MAX_DETAIL, MAX_FEEDBACK
from quizzes.questions import kinds
from quizzes.questions.base import BrokenQuestion, Content, Outcome, QuestionType
from tests.quizzes.questions.cases import CASES, answers_to, json_values, spoilt
from tests.quizzes.questions.test_laws import each_of

every_case = each_of(CASES)
every_kind = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
people = st.lists(
    st.fixed_dictionaries({"text": st.sampled_from(["yes", "no", "the wind", "", "\x00"]) | json_values,
                           "fraction": st.floats() | st.sampled_from([0, 0.5, 1, True, None, "1"])}),
    max_size=4,
)  # fmt: skip


def outcome_or_why(request: GradingRequest) -> Outcome | str:
    """What came out of the door."""
    try:
        return grade(request)
    except (BrokenQuestion, GraderFault) as error:
        return type(error).__name__


@every_case
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_answered_is_graded_in_bounds_and_the_same_every_time(
    question: QuestionType, content: Content, data: st.DataObject
) -> None:
    answer = data.draw(answers_to(question, content))
    told = tuple(data.draw(people)) if heeds_precedents(question.kind, content) else ()
    request = GradingRequest(question.kind, content, answer, references=told, settings={"automatic_accept": True})
    before = copy.deepcopy((content, told))
    outcome = grade(request)
    assert outcome.fraction is None or 0 <= outcome.fraction <= 1
    assert len(outcome.feedback) <= MAX_FEEDBACK
    assert len(json.dumps(outcome.detail)) <= MAX_DETAIL
    assert json.dumps([outcome.fraction, outcome.feedback, dict(outcome.detail)]) == json.dumps(
        [(again := grade(request)).fraction, again.feedback, dict(again.detail)]
    )
    assert repr((content, told)) == repr(before)


@every_case
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoilt_question_is_told_to_its_author_or_graded_as_ever(
    question: QuestionType, content: Content, data: st.DataObject
) -> None:
    bad = spoilt(content, data.draw)
    answer = data.draw(answers_to(question, content))
    came = outcome_or_why(GradingRequest(question.kind, bad, answer))
    if isinstance(came, str):
        assert came == "BrokenQuestion"
        assert question.check(bad)


@every_kind
@given(content=json_values, answer=json_values)
@settings(max_examples=40, deadline=None)
def test_no_content_at_all_is_never_charged_to_the_learner(kind: QuestionType, content: Any, answer: Any) -> None:
    came = outcome_or_why(GradingRequest(kind.kind, content, answer))
    if isinstance(came, Outcome):
        assert came.fraction is None or came.detail.get("unanswered")
    else:
        assert came == "BrokenQuestion"


@every_kind
def test_an_empty_answer_earns_nothing_and_says_which_sort_of_nothing(kind: QuestionType) -> None:
    content = next(iter(kind.examples())).content
    none, junk = grade(GradingRequest(kind.kind, content, None)), grade(GradingRequest(kind.kind, content, [[]]))
    assert (none.fraction, none.feedback) == (0.0, "You did not answer this question.")
    assert junk.fraction == 0.0
    assert junk.feedback.startswith("This counted as unanswered. ")
    assert junk.feedback.endswith(".")
    assert none.detail == junk.detail == {"parts": [], "unanswered": True}


@every_kind
def test_a_label_says_what_has_to_change_for_a_fraction_to_change(kind: QuestionType) -> None:
    for example in kind.examples():
        name, _, version = grader_label(kind.kind, example.content).partition("@")
        by = kind.grader_for(example.content)
        assert name == (kind.kind if by == "rules" else by)
        assert int(version) == (kind.version if by == "rules" else grader_named(by).version)
        assert heeds_precedents(kind.kind, example.content) is grader_named(by).heeds_precedents


@pytest.mark.parametrize("grader", graders().values(), ids=graders())
def test_a_grader_is_registered_once_under_its_name_and_defers_only_if_it_may(grader: Grader) -> None:
    assert grader_named(grader.name) is grader
    assert grader.version >= 1
    assert grader.heeds_precedents is (grader.name == "similarity")
    assert grader.may_defer is (grader.name != "rules")


def test_who_is_registered_cannot_be_replaced() -> None:
    with pytest.raises(TypeError):
        graders()["rules"] = graders()["rubric"]  # type: ignore[index]  # -- that it cannot be is the test
    assert list(graders()) == sorted(graders())


@pytest.mark.parametrize("name", ["", "Rules", "rules@1", "guard", "registry", "similar"])
def test_what_is_no_grader_is_named_with_those_there_are(name: str) -> None:
    with pytest.raises(UnknownGrader, match=r"There are: rubric, rules, similarity\.$"):
        grader_named(name)


@every_kind
@pytest.mark.parametrize("by", ["rules", "rubric"])
def test_rules_and_rubric_look_at_no_earlier_answer(kind: QuestionType, by: str) -> None:
    content = next(iter(kind.examples())).content
    answer = kind.model_answer(content)
    plain = GradingRequest(kind.kind, content, answer)
    told = GradingRequest(kind.kind, content, answer, 9, ({"text": "x", "fraction": 0},), {"automatic_accept": True})
    if by == "rubric" or kind.grader == "rules":
        assert graded_by(graders()[by], plain) == graded_by(graders()[by], told)
