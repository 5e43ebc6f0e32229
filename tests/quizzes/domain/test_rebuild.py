"""Caches are what the events make of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.rebuild import Difference, rebuild_cards, rebuild_progress, rebuild_results, rebuild_statistics
from quizzes.domain.remembering import recall, set_aside
from quizzes.memory import Rating
from quizzes.models import (
    Attempt,
    Card,
    CauseKind,
    ConceptMastery,
    Grading,
    GradingEvent,
    ItemStatistic,
    Response,
    Result,
)
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def graded_attempt() -> Attempt:
    course = make_course()
    quiz = make_quiz(course, concept=make_concept(course))
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
    save_answers(attempt, given=[GivenAnswer(1, "k7", 0), GivenAnswer(2, "m2", 0)], at=NOW)
    submit_attempt(attempt, at=NOW)
    run_job(Job.objects.get().uuid)
    attempt.refresh_from_db()
    return attempt


def test_what_grading_cached_is_what_rebuilding_makes() -> None:
    graded_attempt()

    assert rebuild_results(check=True) == []
    assert rebuild_progress(check=True) == []


def test_a_check_names_what_differs_and_changes_nothing() -> None:
    attempt = graded_attempt()
    Attempt.objects.update(fraction=1)

    differences = rebuild_results(check=True)

    assert differences == [
        Difference(f"attempt {attempt.pk}", "1.000000", "0.500000"),
        Difference(f"result ({attempt.enrollment_id}, {attempt.quiz_id})", "0.500000", "1.000000"),
    ]
    assert Attempt.objects.get().fraction == 1


def test_rebuilding_mends_results_and_mastery() -> None:
    graded_attempt()
    Result.objects.all().delete()
    ConceptMastery.objects.update(mastery=1)

    rebuild_results(check=False)
    rebuild_progress(check=False)

    assert Result.objects.get().fraction == Decimal("0.5")
    assert ConceptMastery.objects.get().mastery == Decimal("0.5")


def test_grading_keeps_the_statistics_that_rebuilding_makes() -> None:
    graded_attempt()
    kept = list(ItemStatistic.objects.order_by("version").values_list("responses", "fraction_sum", "rest_sum"))

    assert kept == [(1, 1_000_000, 0), (1, 0, 1_000_000)]
    assert rebuild_statistics(check=True) == []


def test_rebuilding_mends_statistics_and_a_check_names_them() -> None:
    graded_attempt()
    ItemStatistic.objects.filter(fraction_sum=0).update(fraction_sum=5)
    row = ItemStatistic.objects.get(fraction_sum=5)

    wrong = Difference(
        f"statistic {(row.quiz_id, row.version_id, row.choice)}",
        "1/5/0/1000000/1000000000000/0",
        "1/0/0/1000000/1000000000000/0",
    )
    assert rebuild_statistics(check=True) == [wrong]
    assert rebuild_statistics(check=False) == [wrong]
    assert rebuild_statistics(check=True) == []


def test_a_lost_statistic_is_made_anew() -> None:
    graded_attempt()
    ItemStatistic.objects.all().delete()

    assert len(rebuild_statistics(check=False)) == 2

    assert ItemStatistic.objects.count() == 2


def test_a_statistic_without_responses_goes() -> None:
    graded_attempt()
    Attempt.objects.update(number=2)

    rebuild_statistics(check=False)

    assert not ItemStatistic.objects.exists()


def test_a_card_is_what_its_recalls_make_of_it_and_rebuilding_mends_it() -> None:
    attempt = graded_attempt()
    question = attempt.responses.get(position=2).version.question.uuid
    part = attempt.enrollment
    assert part is not None
    for number, rating in enumerate((Rating.GOOD, Rating.HARD, Rating.AGAIN), 1):
        recall(part, question, rating=rating, number=number, at=NOW + number * timedelta(days=2))
    kept = Card.objects.values().get()
    assert rebuild_cards(check=True) == []

    Card.objects.update(stability=1, recalls_made=1)
    named = rebuild_cards(check=True)
    untouched = Card.objects.get().stability
    mended = rebuild_cards(check=False)

    assert ([each.what for each in named], untouched) == ([f"card {kept['id']}"], 1)
    assert mended == named
    assert Card.objects.values().get() == kept


def test_a_card_that_was_only_set_aside_has_nothing_to_mend() -> None:
    attempt = graded_attempt()
    assert attempt.enrollment is not None
    set_aside(attempt.enrollment, attempt.responses.get(position=2).version.question.uuid, at=NOW)

    assert rebuild_cards(check=False) == []
    assert Card.objects.get().memory is None


def then_graded(kind: CauseKind, fraction: str | None) -> Response:
    """The first response of a graded attempt, whose newest event says this; nothing was folded from it."""
    response = graded_attempt().responses.get(position=1)
    GradingEvent.objects.create(
        response=response,
        number=2,
        version=response.version,
        grader="person",
        cause=uuid4(),
        cause_kind=kind,
        inputs_hash="0" * 64,
        fraction=None if fraction is None else Decimal(fraction),
        at=NOW,
    )
    return response


@pytest.mark.parametrize("kind", [kind for kind in CauseKind if kind != CauseKind.TRY])
def test_the_newest_grading_counts_whatever_it_comes_from(kind: CauseKind) -> None:
    response = then_graded(kind, "0.25")

    assert f"response {response.pk}" in [difference.what for difference in rebuild_results(check=True)]
    rebuild_results(check=False)

    response.refresh_from_db()
    assert (response.grading, response.fraction) == (Grading.GRADED, Decimal("0.25"))
    assert rebuild_results(check=True) == []


def test_checking_an_answer_before_submitting_is_no_grade() -> None:
    then_graded(CauseKind.TRY, "0.25")

    assert rebuild_results(check=True) == []


def test_a_grade_that_was_taken_back_waits_for_a_person_again() -> None:
    response = then_graded(CauseKind.MANUAL, None)

    rebuild_results(check=False)

    response.refresh_from_db()
    assert (response.grading, response.fraction) == (Grading.PENDING_MANUAL, None)
    assert Attempt.objects.get().fraction is None
    assert rebuild_results(check=True) == []
