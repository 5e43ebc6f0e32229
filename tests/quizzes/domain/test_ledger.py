"""The grade that stands, how it came about, and doing it once more: the same, or the cause that explains most."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from quizzes.domain.ledger import LEARNED, OTHER_REASONS, SAME, Trace, ledger_of, trace_of
from quizzes.models import CauseKind, GradingEvent, QuestionVersion, Response, VersionState
from tests.factories import NOW, make_course, make_quiz
from tests.quizzes.domain.free_text import SURE_RIGHT, UNSURE, decide, free_text_quiz, graded, trust
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def traced(response: Response) -> Trace:
    fresh = Response.objects.select_related("attempt__quiz", "version__question").get(pk=response.pk)
    trace = trace_of(fresh, at=NOW)
    assert trace is not None
    return trace


def again(response: Response) -> tuple[bool, Decimal | None, str]:
    found = traced(response).again
    assert found is not None
    return found.is_same, found.fraction, found.said


def change_version(response: Response, **fields: Any) -> None:
    """What nobody may do: a published version is another one now."""
    versions = QuestionVersion.objects.filter(pk=response.version_id)
    versions.update(state=VersionState.DRAFT, published_at=None)
    versions.update(**fields)


@pytest.mark.parametrize("raw", ["k7", "m2"])
def test_what_a_rule_graded_is_the_same_once_more(raw: str) -> None:
    response = graded(make_quiz(make_course(), questions=1), raw)
    assert again(response) == (True, response.fraction, SAME)


def test_what_waits_for_a_person_is_the_same_once_more() -> None:
    assert again(graded(free_text_quiz(), UNSURE)) == (True, None, SAME)


def test_doing_it_once_more_keeps_nothing() -> None:
    response = graded(free_text_quiz(), SURE_RIGHT)
    before = list(GradingEvent.objects.values())
    traced(response)
    assert list(GradingEvent.objects.values()) == before


def test_a_grader_that_has_learned_may_give_the_same_for_other_reasons() -> None:
    quiz = free_text_quiz()
    response, other = graded(quiz, UNSURE), graded(quiz, "There are records which it kept of the water and its height.")
    decide(other, "1")
    assert again(response) == (True, None, OTHER_REASONS)


def test_a_grader_that_has_learned_nothing_of_this_answer_gives_the_same_for_the_same_reasons() -> None:
    quiz = free_text_quiz()
    response, other = graded(quiz, UNSURE), graded(quiz, "Zebras.")
    decide(other, "0")
    assert traced(response).entry.has_learned
    assert again(response) == (True, None, SAME)


def test_an_answer_that_a_person_graded_since_is_known_now() -> None:
    quiz = free_text_quiz()
    first, second = graded(quiz, UNSURE), graded(quiz, UNSURE)
    decide(second, "1")
    assert again(first) == (False, Decimal(1), LEARNED)


def test_a_grade_that_trust_gave_is_none_without_it() -> None:
    quiz = free_text_quiz()
    trust(quiz)
    response = graded(quiz, SURE_RIGHT)
    trust(quiz, is_on=False)
    assert again(response) == (False, None, LEARNED)


def test_a_persons_grade_stands_and_is_not_done_again() -> None:
    response = graded(free_text_quiz(), UNSURE)
    decide(response, "0.5")
    trace = traced(response)
    assert (trace.entry.number, trace.entry.fraction, trace.again) == (2, Decimal("0.5"), None)


def test_after_a_regrade_its_grading_is_what_stands() -> None:
    group = Class()
    (response,) = group.answered("dry machine")
    group.accept("dry machine")
    group.apply(group.plan())
    trace = traced(response)
    assert (trace.entry.number, trace.entry.cause, trace.entry.fraction) == (2, "graded again", Decimal(1))
    assert again(response) == (True, Decimal(1), SAME)


def test_a_wording_changed_under_a_grade_is_told_before_anything_else() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    Response.objects.filter(pk=response.pk).update(answer="m2")
    is_same, fraction, said = again(response)
    assert (is_same, fraction) == (False, Decimal(0))
    assert said == "The answer or the wording is another than it was graded by."


def test_a_question_that_broke_since_cannot_be_graded_today() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    change_version(response, content={})
    is_same, fraction, said = again(response)
    assert (is_same, fraction) == (False, None)
    assert said.startswith("Today it cannot be graded: ")


def test_another_grader_is_named_beside_the_one_that_graded() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    event = GradingEvent.objects.get()
    GradingEvent.objects.bulk_create([_copy(event, grader="single_choice@0")])
    assert again(response) == (True, Decimal(1), "It was graded by single_choice@0; today that is single_choice@1.")


def test_a_grader_that_gives_another_fraction_for_the_same_is_to_be_reported() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    GradingEvent.objects.bulk_create([_copy(GradingEvent.objects.get(), fraction=Decimal("0.25"))])
    is_same, fraction, said = again(response)
    assert (is_same, fraction) == (False, Decimal(1))
    assert "report this to your administrators" in said


def test_what_was_not_graded_has_no_trace() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    other = Response(pk=0, version=response.version, attempt=response.attempt)
    assert trace_of(other, at=NOW) is None


def test_what_was_checked_while_answering_is_no_grade() -> None:
    response = graded(make_quiz(make_course(), questions=1), "k7")
    GradingEvent.objects.bulk_create([_copy(GradingEvent.objects.get(), cause_kind=CauseKind.TRY, fraction=Decimal(0))])
    assert traced(response).entry.number == 1


def test_every_entry_has_the_detail_of_its_event() -> None:
    response = graded(free_text_quiz(), UNSURE)
    assert [entry.detail for entry in ledger_of(response)] == [GradingEvent.objects.get().detail]


def _copy(event: GradingEvent, **fields: Any) -> GradingEvent:
    """A later event of another cause that says the same but for these."""
    kept = {name: getattr(event, name) for name in ("response", "version", "inputs_hash", "detail", "feedback", "at")}
    kept |= {"grader": event.grader, "fraction": event.fraction, "cause_kind": event.cause_kind}
    return GradingEvent(**{**kept, "number": event.number + 1, "cause": event.response.attempt.uuid, **fields})
