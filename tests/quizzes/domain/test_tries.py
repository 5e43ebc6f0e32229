"""Checking answers and opening hints while answering."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempt_page import AttemptItem, attempt_items
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.rebuild import rebuild_results
from quizzes.domain.tries import NOT_NOW, NOT_SHOWN, NOTHING_YET, check_answer, decides_at_once, open_hint
from quizzes.errors import AnswerSettled, AttemptClosed, CannotCheck, NoMoreHints, NotYetAsked
from quizzes.models import Attempt, GradingEvent, QuestionVersion, Response
from quizzes.questions import kinds
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TENTH: dict[str, Any] = {"try_penalty": Decimal("0.1"), "hint_penalty": Decimal("0.2")}
RIGHT, WRONG = "k7", "m2"


def hinted(*hints: str) -> Mapping[str, Any]:
    return {**single_choice(), "hints": list(hints)}


def started(content: Mapping[str, Any] | None = None, **fields: Any) -> Attempt:
    course = make_course()
    quiz = make_quiz(course, questions=[("single_choice", content or single_choice())] * 2, **fields)
    return start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)


def answered(attempt: Attempt, raw: Any, position: int = 1) -> None:
    save_answer(attempt, given=GivenAnswer(position, raw, None), at=NOW)


def tried(attempt: Attempt, raw: Any, position: int = 1) -> Response:
    answered(attempt, raw, position)
    return check_answer(attempt, position=position, at=NOW)


def graded(attempt: Attempt) -> Response:
    submit_attempt(attempt, at=NOW)
    run_job(Job.objects.get().uuid)
    return Response.objects.get(attempt=attempt, position=1)


def shown(attempt: Attempt) -> AttemptItem:
    return attempt_items(attempt)[0]


def verdict(attempt: Attempt) -> str | None:
    checked = shown(attempt).checked
    return checked.verdict if checked else None


def test_a_try_is_graded_at_once_and_stands_as_an_event() -> None:
    attempt = started()

    response = tried(attempt, WRONG)

    assert (response.tries, response.tried, response.is_settled, response.grading) == (1, WRONG, False, "not_ready")
    event = GradingEvent.objects.get()
    assert (event.cause_kind, event.number, event.fraction, event.at) == ("try", 1, Decimal(0), NOW)
    assert verdict(attempt) == "not right"


def test_the_same_answer_checked_again_is_the_same_try() -> None:
    attempt = started()
    tried(attempt, WRONG)

    again = tried(attempt, WRONG)

    assert (again.tries, GradingEvent.objects.count()) == (1, 1)


def test_a_right_answer_is_settled_and_its_key_may_be_shown() -> None:
    attempt = started()

    tried(attempt, RIGHT)

    checked = shown(attempt).checked
    assert checked is not None
    assert (checked.verdict, checked.explanation) == ("right", "The second sentence says so.")
    assert [part["right"] for part in (checked.parts or {})["parts"]].count(True) == 1
    assert [place.quote for place in checked.evidence] == ["The upper town built a wall."]
    with pytest.raises(AnswerSettled):
        answered(attempt, WRONG)


def test_before_that_nothing_gives_the_answer_away() -> None:
    attempt = started()

    tried(attempt, WRONG)

    checked = shown(attempt).checked
    assert checked is not None
    assert (checked.parts, checked.explanation, checked.evidence, checked.path) == (None, "", (), ())
    assert checked.feedback == "It only has a name for it."


def test_the_last_try_settles_a_wrong_answer_too() -> None:
    attempt = started(tries_allowed=2)

    assert tried(attempt, WRONG).is_settled is False
    assert shown(attempt).tries_left == 1
    answered(attempt, None)
    answered(attempt, WRONG)
    assert tried(attempt, WRONG).tries == 1
    assert tried(attempt, RIGHT).is_settled is True
    with pytest.raises(AnswerSettled):
        tried(attempt, WRONG)


def test_out_of_tries_the_answer_stays_wrong() -> None:
    attempt = started(tries_allowed=1)

    assert tried(attempt, WRONG).is_settled is True
    assert (shown(attempt).may_check, verdict(attempt)) == (False, "not right")
    with pytest.raises(AnswerSettled):
        answered(attempt, RIGHT)


def test_an_answer_changed_since_its_try_shows_no_verdict() -> None:
    attempt = started()
    tried(attempt, WRONG)

    answered(attempt, RIGHT)

    assert (verdict(attempt), shown(attempt).tries) == (None, 1)


@pytest.mark.parametrize(
    ("tries", "last", "fraction"),
    [
        ([RIGHT], RIGHT, "1"),
        ([WRONG], RIGHT, "0.9"),
        ([WRONG, RIGHT], RIGHT, "0.9"),
        ([WRONG, WRONG, RIGHT], RIGHT, "0.9"),
        ([WRONG], WRONG, "0"),
        ([], RIGHT, "1"),
    ],
)
def test_each_answer_after_the_first_try_costs_whether_it_was_checked_or_not(
    tries: list[str], last: str, fraction: str
) -> None:
    attempt = started(**TENTH)
    for raw in tries:
        tried(attempt, raw)
    answered(attempt, last)

    assert graded(attempt).fraction == Decimal(fraction)


def test_the_grade_says_how_it_came_about_and_the_verdict_is_about_the_answer() -> None:
    attempt = started(hinted("Look at the second sentence."), **TENTH)
    tried(attempt, WRONG)
    open_hint(attempt, position=1, at=NOW)
    tried(attempt, RIGHT)

    assert verdict(attempt) == "right"
    assert graded(attempt).fraction == Decimal("0.7")
    events = list(GradingEvent.objects.filter(response__position=1))
    assert [(event.number, event.cause_kind, event.fraction) for event in events] == [
        (1, "try", Decimal(0)),
        (2, "try", Decimal("0.7")),
        (3, "submit", Decimal("0.7")),
    ]
    assert {name: events[-1].detail[name] for name in ("raw", "penalty", "tries", "hints")} == {
        "raw": 1.0,
        "penalty": 0.3,
        "tries": 2,
        "hints": 1,
    }
    assert rebuild_results(check=True) == []


def test_no_penalty_takes_more_than_there_is() -> None:
    attempt = started(hinted("a", "b"), try_penalty=Decimal("0.9"), hint_penalty=Decimal("0.9"))
    tried(attempt, WRONG)
    open_hint(attempt, position=1, at=NOW)
    tried(attempt, RIGHT)

    assert graded(attempt).fraction == 0


def test_hints_are_opened_one_by_one_until_there_is_none_left() -> None:
    attempt = started(hinted("Look at the wall.", "Look at the upper town."))
    assert (shown(attempt).hints, shown(attempt).hints_left) == ((), 2)

    open_hint(attempt, position=1, at=NOW)
    assert (shown(attempt).hints, shown(attempt).hints_left) == (("Look at the wall.",), 1)
    open_hint(attempt, position=1, at=NOW)
    with pytest.raises(NoMoreHints):
        open_hint(attempt, position=1, at=NOW)


@pytest.mark.parametrize("mode", ["check", "exam"])
def test_where_nothing_is_shown_before_submitting_nothing_is_checked_and_no_hint_opened(mode: str) -> None:
    attempt = started(hinted("Look at the wall."), mode=mode)
    answered(attempt, RIGHT)

    item = shown(attempt)
    assert (item.may_check, item.hints_left) == (False, 0)
    with pytest.raises(CannotCheck, match=NOT_SHOWN):
        check_answer(attempt, position=1, at=NOW)
    with pytest.raises(NoMoreHints):
        open_hint(attempt, position=1, at=NOW)


def test_an_author_decides_what_a_check_shows() -> None:
    attempt = started(feedback_policy={"after_answer": ["verdict"]}, tries_allowed=1)

    tried(attempt, WRONG)

    checked = shown(attempt).checked
    assert checked is not None
    assert (checked.verdict, checked.feedback, checked.parts, checked.evidence) == ("not right", "", None, ())


@pytest.mark.parametrize("raw", [None, "  "])
def test_nothing_answered_is_no_try(raw: Any) -> None:
    attempt = started()
    answered(attempt, raw)

    with pytest.raises(CannotCheck, match=NOTHING_YET):
        check_answer(attempt, position=1, at=NOW)
    assert Response.objects.get(attempt=attempt, position=1).tries == 0


def test_what_would_not_count_is_no_try() -> None:
    attempt = started()
    answered(attempt, "elsewhere")

    with pytest.raises(CannotCheck, match="Choose"):
        check_answer(attempt, position=1, at=NOW)
    assert GradingEvent.objects.count() == 0


@pytest.mark.parametrize("broken", [{"content": {}}, {"content": {"options": "none"}}, {"kind": "of_another_age"}])
def test_a_broken_question_costs_no_try(broken: dict[str, Any]) -> None:
    attempt = started()
    answered(attempt, RIGHT)
    QuestionVersion.objects.update(state="retired", published_at=None)
    QuestionVersion.objects.update(**broken)

    with pytest.raises(CannotCheck, match=NOT_NOW):
        check_answer(attempt, position=1, at=NOW)
    assert (Response.objects.get(attempt=attempt, position=1).tries, GradingEvent.objects.count()) == (0, 0)


def test_nothing_is_checked_or_opened_after_the_end() -> None:
    attempt = started(hinted("a"), time_limit_seconds=60)
    answered(attempt, RIGHT)

    for act in (check_answer, open_hint):
        with pytest.raises(AttemptClosed):
            act(attempt, position=1, at=NOW + timedelta(seconds=76))


def test_one_question_after_the_other_only_the_one_asked_is_checked() -> None:
    attempt = started(hinted("a"), navigation="sequential")

    for act in (check_answer, open_hint):
        with pytest.raises(NotYetAsked):
            act(attempt, position=2, at=NOW)
    assert [item.position for item in attempt_items(attempt)] == [1]
    assert attempt_items(attempt)[0].of == 2


def test_a_settled_question_opens_no_hint() -> None:
    attempt = started(hinted("a"))
    tried(attempt, RIGHT)

    with pytest.raises(AnswerSettled):
        open_hint(attempt, position=1, at=NOW)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_what_can_be_checked_is_what_no_person_may_have_to_read(kind: Any) -> None:
    assert decides_at_once(kind.kind, {}) is (kind.grader == "rules")


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.grader == "rules"], ids=lambda kind: kind.kind)
def test_every_such_kind_can_be_tried_until_right(kind: Any) -> None:
    course = make_course()
    content = next(iter(kind.examples())).content
    quiz = make_quiz(course, questions=[(kind.kind, content)])
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)

    response = tried(attempt, kind.model_answer(content))

    assert (response.is_settled, verdict(attempt)) == (True, "right")


def test_no_statement_is_spent_where_nothing_was_checked(django_assert_num_queries: Any) -> None:
    attempt = started()
    answered(attempt, WRONG)

    with django_assert_num_queries(1):
        attempt_items(attempt)
