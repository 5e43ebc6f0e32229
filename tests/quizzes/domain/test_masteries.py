"""Mastery as its evidence makes it: the newest answer to each question, however often and in whatever order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import reduce
from itertools import permutations
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from course.models import Course, Enrollment
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_overdue_attempts
from quizzes.domain.masteries import (
    Evidence,
    masteries_from,
    mastery_row,
    merged,
    refresh_many_masteries,
    refresh_masteries,
    save_masteries,
)
from quizzes.domain.rebuild import rebuild_progress
from quizzes.mastery import ENOUGH, FIRM, GROWING, MasteryState, mastery, state_of
from quizzes.models import Attempt, ConceptMastery, QuizItem, Response
from tests.factories import NOW, make_enrollment
from tests.web.learner.books import add_quiz, make_book, take

START = datetime(2026, 1, 1, tzinfo=UTC)
fractions = st.lists(st.decimals(0, 1, places=6), min_size=ENOUGH, max_size=12)
pieces = st.builds(
    lambda hours, fraction: {"fraction": str(fraction), "at": (START + timedelta(hours=hours)).isoformat()},
    st.integers(0, 50),
    st.decimals(0, 1, places=2),
)
evidence = st.dictionaries(st.sampled_from("abcde"), pieces, max_size=5)


@given(fractions)
def test_mastery_lies_strictly_between_nothing_and_certainty(given_fractions: list[Decimal]) -> None:
    value = mastery(given_fractions)
    assert value is not None
    assert 0 < value < 1


@given(fractions)
def test_mastery_does_not_ask_for_the_order(given_fractions: list[Decimal]) -> None:
    assert mastery(sorted(given_fractions)) == mastery(given_fractions[::-1]) == mastery(given_fractions)


@given(fractions, st.integers(0, 11))
def test_a_better_answer_never_lowers_mastery(given_fractions: list[Decimal], at: int) -> None:
    at %= len(given_fractions)
    better = [Decimal(1) if n == at else fraction for n, fraction in enumerate(given_fractions)]
    before, after = mastery(given_fractions), mastery(better)
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize(
    ("right", "of", "value", "state"),
    [
        (0, 0, None, MasteryState.NOT_ENOUGH),
        (1, 1, None, MasteryState.NOT_ENOUGH),
        (0, 2, "0.25", MasteryState.SHAKY),
        (1, 2, "0.5", MasteryState.GROWING),
        (2, 2, "0.75", MasteryState.FIRM),
        (2, 3, "0.6", MasteryState.GROWING),
        (3, 3, "0.8", MasteryState.FIRM),
        (8, 10, "0.75", MasteryState.FIRM),
        (4, 10, "0.416667", MasteryState.SHAKY),
        (100, 100, "0.990196", MasteryState.FIRM),
    ],
)
def test_mastery_of_so_many_right_answers(right: int, of: int, value: str | None, state: MasteryState) -> None:
    found = mastery([Decimal(1)] * right + [Decimal(0)] * (of - right))
    assert found == (None if value is None else Decimal(value))
    assert state_of(found) == state


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, MasteryState.NOT_ENOUGH),
        (Decimal(0), MasteryState.SHAKY),
        (GROWING - Decimal("0.000001"), MasteryState.SHAKY),
        (GROWING, MasteryState.GROWING),
        (FIRM - Decimal("0.000001"), MasteryState.GROWING),
        (FIRM, MasteryState.FIRM),
        (Decimal(1), MasteryState.FIRM),
    ],
)
def test_the_word_for_a_mastery_at_each_border(value: Decimal | None, state: MasteryState) -> None:
    assert state_of(value) == state


@given(evidence)
def test_merging_nothing_or_the_same_changes_nothing(kept: Evidence) -> None:
    assert merged(kept, {}) == merged({}, kept) == merged(kept, kept) == kept


@given(evidence, evidence)
def test_of_two_answers_to_a_question_the_newer_one_is_kept(before: Evidence, fresh: Evidence) -> None:
    kept = merged(before, fresh)
    assert set(kept) == {*before, *fresh}
    for question, piece in kept.items():
        known = [found[question] for found in (before, fresh) if question in found]
        assert piece in known
        assert piece["at"] == max(each["at"] for each in known)


@given(evidence, evidence, evidence)
def test_merging_step_by_step_is_merging_at_once(one: Evidence, two: Evidence, three: Evidence) -> None:
    assert merged(merged(one, two), three) == merged(one, merged(two, three))


@given(st.lists(evidence, max_size=5), st.randoms())
def test_evidence_does_not_ask_for_the_order_in_which_it_came(found: list[Evidence], order: Random) -> None:
    shuffled = order.sample(found, len(found))
    nothing: Evidence = {}
    assert reduce(merged, found, nothing) == reduce(merged, shuffled, nothing)


@pytest.mark.parametrize("came", [("0.000000", "1.000000"), ("1.000000", "0.000000")])
def test_of_two_answers_of_one_moment_the_better_one_is_kept(came: tuple[str, str]) -> None:
    first, second = ({"a": {"fraction": fraction, "at": START.isoformat()}} for fraction in came)
    assert merged(first, second)["a"]["fraction"] == "1.000000"


def test_moments_are_compared_in_time_whatever_their_offsets() -> None:
    late, early = "2026-01-01T12:00:00+00:00", "2026-01-01T13:00:00+05:00"
    kept = {"a": {"fraction": "1", "at": late}}
    assert merged(kept, {"a": {"fraction": "0", "at": early}}) == kept


def test_a_row_is_what_its_evidence_amounts_to() -> None:
    at = START.isoformat()
    row = mastery_row(3, 5, evidence={name: {"fraction": "1", "at": at} for name in "abc"}, at=NOW)
    assert (row.enrollment_id, row.concept_id, row.mastery, row.updated_at) == (3, 5, Decimal("0.8"), NOW)
    assert mastery_row(3, 5, evidence={}, at=NOW).mastery is None


def known(enrollment: Enrollment) -> dict[str, tuple[int, Decimal | None]]:
    """For each concept that has evidence: how many questions it rests on, and the mastery."""
    rows = ConceptMastery.objects.filter(enrollment=enrollment).select_related("concept")
    return {row.concept.term: (len(row.evidence), row.mastery) for row in rows}


@pytest.fixture
def course() -> Course:
    return make_book()


@pytest.mark.django_db
class TestKeptMasteries:
    @pytest.mark.parametrize(
        ("right", "value"), [(0, Decimal("0.2")), (1, Decimal("0.4")), (2, Decimal("0.6")), (3, Decimal("0.8"))]
    )
    def test_a_graded_attempt_is_evidence_for_what_it_asked_about(
        self, course: Course, right: int, value: Decimal
    ) -> None:
        enrollment = make_enrollment(course)
        take(add_quiz(course, concept="term1x", questions=3), enrollment, right=right)
        assert known(enrollment) == {"term1x": (3, value)}

    @pytest.mark.parametrize("order", list(permutations(range(2))))
    def test_the_newest_attempt_counts_whichever_was_graded_last(self, course: Course, order: tuple[int, ...]) -> None:
        quiz, enrollment = add_quiz(course, concept="term1x", questions=2), make_enrollment(course)
        for right, hours_ago in ((0, 48), (2, 1)):
            take(quiz, enrollment, right=right, hours_ago=hours_ago, graded=False)
        jobs = list(Job.objects.order_by("pk"))
        for place in order:
            run_job(jobs[place].uuid)
        assert known(enrollment) == {"term1x": (2, Decimal("0.75"))}

    @pytest.mark.parametrize("order", list(permutations(range(2))))
    def test_two_quizzes_that_end_at_one_moment_tell_the_same_whichever_is_graded_first(
        self, course: Course, order: tuple[int, ...]
    ) -> None:
        quiz = add_quiz(course, concept="term1x", questions=2, closes_at=NOW)
        other = add_quiz(course, lesson=2, questions=0, closes_at=NOW)
        for item in quiz.items.all():
            QuizItem.objects.create(quiz=other, question=item.question, position=item.position)
        enrollment = make_enrollment(course)
        for asking, answer in ((quiz, "k7"), (other, "m2")):
            attempt = start_attempt(asking, enrollment=enrollment, at=NOW - timedelta(hours=1))
            given_ = [GivenAnswer(position, answer, 0) for position in (1, 2)]
            save_answers(attempt, given=given_, at=NOW - timedelta(minutes=30))
        assert submit_overdue_attempts(at=NOW + timedelta(hours=1)) == 2
        assert set(Attempt.objects.values_list("submitted_at", flat=True)) == {NOW}

        jobs = list(Job.objects.filter(kind="grade_attempt").order_by("pk"))
        for place in order:
            run_job(jobs[place].uuid)

        assert known(enrollment) == {"term1x": (2, Decimal("0.75"))}
        assert rebuild_progress(check=True) == []

    def test_questions_about_nothing_are_evidence_for_nothing(self, course: Course) -> None:
        enrollment = make_enrollment(course)
        take(add_quiz(course, questions=3), enrollment, right=3)
        assert known(enrollment) == {}

    def test_evidence_of_one_learner_says_nothing_of_another(self, course: Course) -> None:
        quiz = add_quiz(course, concept="term1x", questions=2)
        one, two = make_enrollment(course), make_enrollment(course)
        take(quiz, one, right=2)
        take(quiz, two, right=0)
        assert (known(one), known(two)) == (
            {"term1x": (2, Decimal("0.75"))},
            {"term1x": (2, Decimal("0.25"))},
        )

    def test_an_attempt_that_does_not_count_is_no_evidence(self, course: Course) -> None:
        enrollment = make_enrollment(course)
        attempt = take(add_quiz(course, concept="term1x", questions=2), enrollment, right=2)
        ConceptMastery.objects.all().delete()
        attempt.counts = False
        graded = [(response, Decimal(1)) for response in attempt.responses.select_related("version__question")]
        refresh_masteries(attempt, graded=graded, at=NOW)
        assert known(enrollment) == {}

    def test_what_was_kept_is_what_the_answers_make_of_it(self, course: Course) -> None:
        enrollment = make_enrollment(course)
        for concept, right in (("term1x", 1), ("term2x", 2)):
            take(add_quiz(course, concept=concept, questions=2), enrollment, right=right)
        kept = {row.concept_id: (row.evidence, row.mastery) for row in ConceptMastery.objects.all()}
        made = masteries_from(Response.objects.all(), at=NOW)
        assert {concept: (row.evidence, row.mastery) for (_, concept), row in made.items()} == kept

    def test_a_concept_whose_answers_no_longer_count_is_not_known_at_all(self, course: Course) -> None:
        enrollment = make_enrollment(course)
        take(add_quiz(course, concept="term1x", questions=2), enrollment, right=2)
        responses = list(Response.objects.select_related("attempt", "version__question"))
        Attempt.objects.update(counts=False)
        refresh_many_masteries(responses, at=NOW)
        assert known(enrollment) == {}

    def test_many_are_made_anew_in_as_many_statements_as_one(self, course: Course) -> None:
        quizzes = [add_quiz(course, concept=concept, questions=2) for concept in ("term1x", "term2x")]

        def statements() -> int:
            responses = list(Response.objects.select_related("attempt", "version__question"))
            with CaptureQueriesContext(connection) as captured:
                refresh_many_masteries(responses, at=NOW)
            return len([query for query in captured if "SAVEPOINT" not in query["sql"]])

        take(quizzes[0], make_enrollment(course), right=2)
        few = statements()
        for _ in range(2):
            enrollment = make_enrollment(course)
            for quiz in quizzes:
                take(quiz, enrollment, right=1)
        assert statements() == few

    def test_saving_again_stands_in_place_of_what_was_before(self, course: Course) -> None:
        enrollment = make_enrollment(course)
        concept = course.concepts.get(term="term1x")
        for fraction in ("0", "1"):
            pieces_now = {name: {"fraction": fraction, "at": START.isoformat()} for name in "ab"}
            save_masteries([mastery_row(enrollment.pk, concept.pk, evidence=pieces_now, at=NOW)])
        assert known(enrollment) == {"term1x": (2, Decimal("0.75"))}
