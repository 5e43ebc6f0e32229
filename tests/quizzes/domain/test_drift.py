"""How graders compare, from what they decided; sums by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_every
from hypothesis import strategies as st

from quizzes.domain.drift import FEWEST, GraderDay, drift_from, drift_of
from quizzes.domain.manual_grading import GivenGrade, grade_variants, undo_last
from tests.factories import NOW
from tests.quizzes.domain.test_manual_grading import give, variants_of
from tests.quizzes.domain.waiting_answers import Desk

DAY = date(2026, 11, 22)
DAYS = st.lists(
    st.builds(
        GraderDay,
        grader=st.integers(1, 4),
        name=st.just("Somebody"),
        day=st.just(DAY),
        mean=st.floats(0, 1),
        count=st.integers(1, 30),
    ),
    max_size=12,
)


def day(grader: int, mean: float, count: int = FEWEST) -> GraderDay:
    return GraderDay(grader, "ABC"[grader - 1], DAY, mean, count)


@pytest.mark.django_db
@pytest.mark.database
class TestFromGrades:
    def test_each_persons_day_is_the_mean_of_what_they_gave(self) -> None:
        desk = Desk()
        berta = desk.staff("Berta")
        for answer, fraction, by, hours in [
            ("one", "1", desk.grader, 0),
            ("two", "0.5", desk.grader, 1),
            ("three", "0.25", desk.grader, 24),
            ("four", "0", berta, 24),
        ]:
            desk.answered(answer)
            given, at = GivenGrade(own_fraction=Decimal(fraction)), NOW + timedelta(hours=hours)
            grade_variants(desk.question, variants=variants_of(desk.question), given=given, by=by, at=at)

        drift = drift_of(desk.question)

        assert [(each.name, each.day, each.mean, each.count) for each in drift.days] == [
            ("Anna", DAY, 0.75, 2),
            ("Anna", DAY + timedelta(days=1), 0.25, 1),
            ("Berta", DAY + timedelta(days=1), 0.0, 1),
        ]
        assert drift.count == 4
        assert drift.mean == pytest.approx(1.75 / 4)

    def test_what_was_taken_back_counts_for_nothing(self) -> None:
        desk = Desk()
        desk.answered("one")
        give(desk, GivenGrade(own_fraction=Decimal(1)))
        undo_last(desk.question, by=desk.grader)
        assert drift_of(desk.question).days == ()

    @pytest.mark.parametrize("count", [1, 40])
    def test_one_query_whatever_there_is(self, count: int, django_assert_num_queries: Any) -> None:
        desk = Desk()
        desk.answered(*["one"] * count)
        give(desk, GivenGrade(own_fraction=Decimal(1)))
        with django_assert_num_queries(1):
            drift_of(desk.question)


class TestComparison:
    def test_a_person_is_compared_with_all_others_together(self) -> None:
        drift = drift_from([day(1, 0.5), day(2, 0.8, 30), day(3, 0.4)])
        first = drift.graders[0]
        assert (first.name, first.others_count) == ("A", 40)
        assert first.others == pytest.approx(0.7)
        assert first.difference == pytest.approx(-0.2)

    def test_who_is_furthest_from_the_others_is_found(self) -> None:
        furthest = drift_from([day(1, 0.5), day(2, 0.5), day(3, 0.2)]).furthest
        assert furthest is not None
        assert furthest.name == "C"

    @pytest.mark.parametrize(
        "days",
        [
            pytest.param([], id="nothing"),
            pytest.param([day(1, 0.5, 100)], id="one person"),
            pytest.param([day(1, 0.5, FEWEST - 1), day(2, 0.9, 100)], id="too few of one"),
            pytest.param([day(1, 0.5, 100), day(2, 0.9, FEWEST - 1)], id="too few of the others"),
        ],
    )
    def test_too_little_says_nothing(self, days: list[GraderDay]) -> None:
        assert drift_from(days).furthest is None

    @for_every(DAYS)
    def test_every_grade_is_counted_once(self, days: list[GraderDay]) -> None:
        drift = drift_from(days)
        assert sum(each.count for each in drift.graders) == drift.count == sum(each.count for each in days)
        assert all(each.count + each.others_count == drift.count for each in drift.graders)
        assert all(0 <= each.mean <= 1 + 1e-9 for each in drift.graders)
