"""`manage.py rebuild`: what it says, what it mends, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quizzes.domain.rebuild import REBUILDS
from quizzes.models import Attempt, ConceptMastery, ItemStatistic, Result
from tests.factories import make_concept, make_course, make_enrollment, make_quiz
from tests.web.learner.books import take

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def attempt() -> Attempt:
    course = make_course()
    quiz = make_quiz(course, concept=make_concept(course))
    return take(quiz, make_enrollment(course), right=1)


def said(*words: str) -> list[str]:
    out = StringIO()
    call_command("rebuild", *words, stdout=out)
    return out.getvalue().splitlines()


def wrong_result() -> None:
    Result.objects.update(fraction=1)


def wrong_mastery() -> None:
    ConceptMastery.objects.update(mastery=1)


def wrong_statistic() -> None:
    ItemStatistic.objects.update(fraction_sum=7)


SPOILT: dict[str, tuple[Callable[[], None], int]] = {
    "results": (wrong_result, 1),
    "progress": (wrong_mastery, 1),
    "statistics": (wrong_statistic, 2),
}


def test_where_all_holds_nothing_is_mended_and_a_check_ends_well(attempt: Attempt) -> None:
    assert said() == [f"{name}: 0 mended" for name in REBUILDS]
    assert said("--check") == [f"{name}: 0 differ" for name in REBUILDS]


@pytest.mark.parametrize("what", SPOILT)
def test_a_check_says_what_differs_changes_nothing_and_ends_with_an_error(attempt: Attempt, what: str) -> None:
    spoil, count = SPOILT[what]
    spoil()
    out = StringIO()

    for _ in range(2):
        with pytest.raises(CommandError, match=r"Run `manage\.py rebuild all` to mend them\.") as refused:
            call_command("rebuild", what, "--check", stdout=out)
        assert refused.value.returncode == 1

    lines = out.getvalue().splitlines()
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :]
    assert (lines[0], len(lines)) == (f"{what}: {count} differ", 2 * (count + 1))


@pytest.mark.parametrize("what", [*SPOILT, "all"])
def test_what_differs_is_mended_once(attempt: Attempt, what: str) -> None:
    for spoil, _ in SPOILT.values():
        spoil()

    said(what)

    again = said(what)
    assert all(line.endswith(": 0 mended") for line in again)
    assert len(again) == (len(REBUILDS) if what == "all" else 1)


def test_only_what_was_named_is_mended(attempt: Attempt) -> None:
    for spoil, _ in SPOILT.values():
        spoil()

    assert said("results") == [
        "results: 1 mended",
        f"  result ({attempt.enrollment_id}, {attempt.quiz_id}): 1.000000, rebuilt 0.500000",
    ]

    assert Result.objects.get().fraction == Decimal("0.5")
    assert ConceptMastery.objects.get().mastery == 1
    assert set(ItemStatistic.objects.values_list("fraction_sum", flat=True)) == {7}


def test_at_most_twenty_are_listed_and_all_are_counted() -> None:
    course = make_course()
    quiz = make_quiz(course, questions=22)
    take(quiz, make_enrollment(course), right=11)
    wrong_statistic()

    lines = said("statistics")

    assert lines[0] == "statistics: 22 mended"
    assert len(lines) == 21


def test_what_cannot_be_rebuilt_is_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice: 'everything'"):
        said("everything")
