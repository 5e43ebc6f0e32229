"""An attempt as its learner sees it while answering: what is asked by now, what was answered, never a key."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.domain.attempt_page import AttemptItem, SubmitSummary, attempt_items, submit_summary
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt
from quizzes.domain.navigation import go_on
from quizzes.domain.tries import check_answer, open_hint
from quizzes.models import Attempt, Navigation, Response
from quizzes.questions import kinds
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KEY, OTHER = "k7", "m2"
SECRETS = ("The second sentence says so.", "Yes, in the second sentence.", "It only has a name for it.", "correct")


def begun(*, contents: list[tuple[str, Any]] | int = 3, **fields: Any) -> Attempt:
    quiz = make_quiz(make_course(), questions=contents, **fields)
    return start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)


def answered(attempt: Attempt, answers: dict[int, Any]) -> None:
    save_answers(attempt, given=[GivenAnswer(place, raw, None) for place, raw in answers.items()], at=NOW)


def everything_in(items: list[AttemptItem]) -> str:
    """All that the page is given of the questions, as one text."""
    return json.dumps([asdict(item) for item in items], default=str)


def test_what_was_saved_is_shown_as_it_was_saved() -> None:
    attempt = begun()
    save_answers(attempt, given=[GivenAnswer(2, OTHER, 0, confidence=3, flagged=True)], at=NOW)

    first, second, _ = attempt_items(attempt)

    assert (first.answer, first.sequence, first.saved_at, first.is_answered) == (None, 0, None, False)
    assert (second.answer, second.sequence, second.saved_at, second.is_answered) == (OTHER, 1, NOW, True)
    assert (second.confidence, second.flagged, second.warning) == (3, True, "")
    assert [first.of, first.of_points] == [3, 3.0]


@pytest.mark.parametrize("mode", ["check", "exam", "practice"])
def test_no_key_nor_anything_said_of_it_is_there_before_an_answer_was_checked(mode: str) -> None:
    attempt = begun(mode=mode)
    answered(attempt, {1: KEY, 2: OTHER})

    told = everything_in(attempt_items(attempt))

    assert [secret for secret in SECRETS if secret in told] == []


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_a_question_of_every_kind_is_shown_without_its_explanation(kind: Any) -> None:
    example = next(iter(kind.examples()))
    secret = "Only who has answered is told this."
    attempt = begun(contents=[(kind.kind, {**example.content, "explanation": secret})], mode="exam")

    [item] = attempt_items(attempt)

    assert (item.kind, item.may_check, item.checked) == (kind.kind, False, None)
    assert secret not in everything_in([item])


def test_points_are_those_of_the_attempt() -> None:
    quiz = make_quiz(make_course(), questions=2)
    quiz.items.filter(position=2).update(max_points=Decimal("2.5"))
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)
    quiz.items.update(max_points=9)

    assert [(item.max_points, item.of_points) for item in attempt_items(attempt)] == [(1.0, 3.5), (2.5, 3.5)]


def test_the_same_attempt_shows_the_same_order_of_options_every_time() -> None:
    options = [{"id": f"o{n}", "text": f"Wall {n}", "correct": n == 0} for n in range(6)]
    attempt = begun(contents=[("single_choice", {**single_choice(), "options": options})] * 3)

    shown = [[item.presentation for item in attempt_items(attempt)] for _ in range(3)]

    assert shown[0] == shown[1] == shown[2]
    assert len({json.dumps(each.data, default=str) for each in shown[0]}) > 1


class TestOneAfterTheOther:
    @pytest.mark.parametrize("gone_on", [0, 1, 2])
    def test_only_what_was_asked_by_now_is_shown(self, gone_on: int) -> None:
        attempt = begun(navigation=Navigation.SEQUENTIAL)
        for position in range(1, gone_on + 1):
            go_on(attempt, position=position, at=NOW)

        items = attempt_items(attempt)

        assert [item.position for item in items] == list(range(1, gone_on + 2))
        assert [item.is_settled for item in items] == [True] * gone_on + [False]
        assert {item.of for item in items} == {3}

    def test_after_the_last_all_are_shown_and_none_can_be_changed(self) -> None:
        attempt = begun(navigation=Navigation.SEQUENTIAL)
        for position in (1, 2, 3):
            go_on(attempt, position=position, at=NOW)

        assert [(item.position, item.is_settled) for item in attempt_items(attempt)] == [
            (1, True),
            (2, True),
            (3, True),
        ]


class TestChecking:
    def test_tries_that_are_left_are_told_and_never_below_none(self) -> None:
        attempt = begun(mode="practice", tries_allowed=2)
        seen = []
        for answer in (OTHER, KEY):
            answered(attempt, {1: answer})
            check_answer(attempt, position=1, at=NOW)
            item = attempt_items(attempt)[0]
            seen.append((item.tries, item.tries_left, item.may_check, item.is_settled))

        assert seen == [(1, 1, True, False), (2, 0, False, True)]
        Response.objects.filter(attempt=attempt, position=1).update(tries=7)
        assert attempt_items(attempt)[0].tries_left == 0

    def test_hints_are_shown_as_they_are_opened_and_no_further(self) -> None:
        content = {**single_choice(), "hints": ["Look at the second sentence.", "It is not the lower town."]}
        attempt = begun(contents=[("single_choice", content)], mode="practice")
        seen = []
        for _ in range(2):
            seen.append((attempt_items(attempt)[0].hints, attempt_items(attempt)[0].hints_left))
            open_hint(attempt, position=1, at=NOW)
        [item] = attempt_items(attempt)

        assert seen == [((), 2), (("Look at the second sentence.",), 1)]
        assert (len(item.hints), item.hints_left) == (2, 0)

    @pytest.mark.parametrize("mode", ["check", "exam"])
    def test_where_nothing_is_shown_before_submitting_there_are_no_hints(self, mode: str) -> None:
        content = {**single_choice(), "hints": ["Look at the second sentence."]}
        attempt = begun(contents=[("single_choice", content)], mode=mode)

        [item] = attempt_items(attempt)

        assert (item.hints, item.hints_left, item.may_check) == ((), 0, False)

    def test_the_key_of_a_checked_answer_comes_only_once_it_is_settled(self) -> None:
        attempt = begun(mode="practice", tries_allowed=2)
        answered(attempt, {1: OTHER})
        check_answer(attempt, position=1, at=NOW)
        before = attempt_items(attempt)[0].checked
        answered(attempt, {1: KEY})
        changed = attempt_items(attempt)[0].checked
        check_answer(attempt, position=1, at=NOW)
        after = attempt_items(attempt)[0].checked

        assert before is not None
        assert (before.verdict, before.parts, before.evidence) == ("not right", None, ())
        assert changed is None
        assert after is not None
        assert after.verdict == "right"
        assert after.parts is not None


@pytest.mark.parametrize("questions", [1, 20])
def test_a_page_takes_one_statement_whatever_it_asks(questions: int) -> None:
    attempt = begun(contents=questions, mode="check")
    answered(attempt, dict.fromkeys(range(1, questions + 1), KEY))

    with CaptureQueriesContext(connection) as asked:
        assert len(attempt_items(attempt)) == questions

    assert len(asked) == 1


@pytest.mark.parametrize("questions", [1, 12])
def test_checked_answers_take_three_more_statements_whatever_their_number(questions: int) -> None:
    attempt = begun(contents=questions, mode="practice")
    answered(attempt, dict.fromkeys(range(1, questions + 1), KEY))
    for position in range(1, questions + 1):
        check_answer(attempt, position=position, at=NOW)

    with CaptureQueriesContext(connection) as asked:
        assert all(item.checked for item in attempt_items(attempt))

    assert len(asked) <= 4


given_answers = st.dictionaries(st.integers(1, 4), st.sampled_from([KEY, OTHER, "gone", "", None]))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=given_answers)
def test_before_submitting_every_question_is_answered_or_listed(answers: dict[int, Any]) -> None:
    attempt = begun(contents=4)
    answered(attempt, answers)

    summary = submit_summary(attempt_items(attempt))

    empty = tuple(place for place in range(1, 5) if answers.get(place) in (None, ""))
    assert summary.unanswered == empty
    assert (summary.answered + len(summary.unanswered), summary.total) == (4, 4)
    assert [position for position, _ in summary.invalid] == [p for p in range(1, 5) if answers.get(p) == "gone"]
    assert all(message.endswith(".") for _, message in summary.invalid)


def test_an_attempt_that_asks_nothing_has_nothing_to_submit() -> None:
    assert submit_summary([]) == SubmitSummary(answered=0, total=0, unanswered=(), invalid=())
