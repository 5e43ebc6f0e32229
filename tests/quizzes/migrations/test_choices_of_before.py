"""Databases from before choices were counted: what was answered in them counts for each choice, forth and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError

from quizzes.domain.rebuild import rebuild_statistics
from quizzes.models import ItemStatistic, QuestionVersion, Quiz
from tests.factories import NOW, make_course, make_enrollment, make_quiz, single_choice
from tests.migrating import brought_up_to_date, migrated_to

# What it tests changes no more, and each test migrates the whole database twice.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.full]

BEFORE, FILLED = "0019_weekly_goals", "0021_choices_of_before"
KEY, OTHER = "k7", "m2"
# What a migration does never changes: in each run one history goes forth and one back, and rarer ones in full runs.
rarer = pytest.mark.full
SUMS = ("responses", "fraction_sum", "fraction_squares", "rest_sum", "rest_squares", "rest_products")
MILLION = 1_000_000
SHORT = {"stem": "What does the lower town call the wall?", "accepted": ["thirst machine"]}


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    with brought_up_to_date():
        yield


class Old:
    """A quiz of one choice and one short answer, and a database that has never counted choices."""

    def __init__(self) -> None:
        self.quiz: Quiz = make_quiz(
            make_course(), questions=[("single_choice", single_choice()), ("short_text", SHORT)]
        )
        self.chosen, self.written = QuestionVersion.objects.order_by("pk")
        self.learners = [make_enrollment(self.quiz.course) for _ in range(8)]
        self.apps = migrated_to("quizzes", BEFORE)

    def answered(
        self, choice: Any, words: Any, *fractions: str | None, learner: int, number: int = 1, **fields: Any
    ) -> None:
        """A row for an attempt and each of its responses, as that version of Postil wrote them."""
        graded = [None if each is None else Decimal(each) for each in fractions]
        whole = None if None in graded else sum(graded, Decimal(0)) / 2  # type: ignore[arg-type]  # -- none is None
        known = {"state": "submitted", "submitted_at": NOW, "fraction": whole, "seed": 1, "policy": {}}
        attempt = self.apps.get_model("quizzes", "Attempt").objects.create(
            quiz_id=self.quiz.pk,
            enrollment_id=self.learners[learner].pk,
            number=number,
            started_at=NOW - timedelta(hours=1),
            **(known | fields),
        )
        for position, (version, answer) in enumerate(((self.chosen, choice), (self.written, words)), 1):
            fraction = graded[position - 1]
            self.apps.get_model("quizzes", "Response").objects.create(
                attempt=attempt,
                position=position,
                version_id=version.pk,
                max_points=1,
                answer=answer,
                grading="pending_manual" if fraction is None else "graded",
                fraction=fraction,
            )

    def counted(self, version: QuestionVersion, *sums: int) -> None:
        """A statistic of before: one row for a version in a quiz."""
        self.apps.get_model("quizzes", "ItemStatistic").objects.create(
            quiz_id=self.quiz.pk, version_id=version.pk, **dict(zip(SUMS, sums, strict=True))
        )


def filled() -> Old:
    """Three first attempts graded whole, and one of every sort that does not count."""
    old = Old()
    old.answered(KEY, "thirst machine", "1", "1", learner=0)
    old.answered(KEY, "a wall", "1", "0", learner=1)
    old.answered(None, None, "0", "0", learner=2)
    old.answered(OTHER, "thirst machine", "0", "1", learner=0, number=2)
    old.answered(OTHER, "dry machine", "0", None, learner=3)
    old.answered(OTHER, "thirst machine", "0", "1", learner=4, counts=False)
    old.answered(OTHER, "thirst machine", "0", "1", learner=5, state="void")
    old.answered(
        OTHER, "thirst machine", "0", "1", learner=6, state="in_progress", submitted_at=None, fraction=None
    )
    old.counted(old.chosen, 3, 2 * MILLION, 2 * MILLION**2, MILLION, MILLION**2, MILLION**2)
    old.counted(old.written, 3, MILLION, MILLION**2, 2 * MILLION, 2 * MILLION**2, MILLION**2)
    return old


def rows(apps: Any = None) -> list[tuple[Any, ...]]:
    """Every statistic there is, with its choice in those that have one."""
    model = apps.get_model("quizzes", "ItemStatistic") if apps else ItemStatistic
    choice = ("choice",) if apps is None else ()
    # In Python, because every database sorts texts in its own way.
    return sorted(model.objects.order_by().values_list("version_id", *choice, *SUMS))


def by_choice(old: Old) -> list[tuple[Any, ...]]:
    return [
        (old.chosen.pk, "No answer", 1, 0, 0, 0, 0, 0),
        (old.chosen.pk, KEY, 2, 2 * MILLION, 2 * MILLION**2, MILLION, MILLION**2, MILLION**2),
        (old.written.pk, "", 3, MILLION, MILLION**2, 2 * MILLION, 2 * MILLION**2, MILLION**2),
    ]


def test_what_was_answered_before_counts_for_each_choice_and_as_rebuilding_would_count_it() -> None:
    old = filled()

    migrated_to("quizzes", FILLED)

    assert rows() == by_choice(old)
    assert rebuild_statistics(check=True) == []


def test_the_way_back_puts_the_choices_of_a_version_together_as_they_were() -> None:
    old = filled()
    before = rows(old.apps)
    migrated_to("quizzes", FILLED)

    assert rows(migrated_to("quizzes", BEFORE)) == before

    migrated_to("quizzes", FILLED)
    assert rows() == by_choice(old)


@rarer
def test_a_cache_that_went_wrong_before_is_right_afterwards() -> None:
    old = Old()
    old.answered(OTHER, "a wall", "0", "0", learner=0)
    old.counted(old.chosen, 7, MILLION, MILLION, 0, 0, 0)

    migrated_to("quizzes", FILLED)

    assert rows() == [(old.chosen.pk, OTHER, 1, 0, 0, 0, 0, 0), (old.written.pk, "", 1, 0, 0, 0, 0, 0)]


@rarer
def test_whatever_stood_there_as_an_answer_has_its_place() -> None:
    old = Old()
    for learner, answer in enumerate((KEY, [KEY], "gone", {"id": KEY}, "", 7, [])):
        old.answered(answer, None, "0", "0", learner=learner)

    migrated_to("quizzes", FILLED)

    assert [(choice, count) for version, choice, count, *_ in rows() if version == old.chosen.pk] == [
        ("No answer", 5),
        (KEY, 2),
    ]
    assert rebuild_statistics(check=True) == []


@rarer
def test_a_version_of_a_kind_that_is_gone_is_one_row() -> None:
    old = Old()
    QuestionVersion.objects.filter(pk=old.chosen.pk).update(state="draft", published_at=None)
    QuestionVersion.objects.filter(pk=old.chosen.pk).update(kind="gone")
    for learner, answer in enumerate((KEY, OTHER)):
        old.answered(answer, None, "0", "0", learner=learner)

    migrated_to("quizzes", FILLED)

    assert rows() == [(old.chosen.pk, "", 2, 0, 0, 0, 0, 0), (old.written.pk, "", 2, 0, 0, 0, 0, 0)]


@rarer
def test_an_empty_database_goes_there_and_back() -> None:
    migrated_to("quizzes", BEFORE)
    migrated_to("quizzes", FILLED)

    assert rows() == []


def test_what_was_frozen_before_is_frozen_afterwards() -> None:
    with brought_up_to_date():
        Old()

    with pytest.raises(DatabaseError, match="frozen"):
        QuestionVersion.objects.update(content={"stem": "Another"})
