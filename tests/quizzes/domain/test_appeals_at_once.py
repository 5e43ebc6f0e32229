"""Two people who decide about one appeal at the same moment: the first has decided, and the other changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction

from accounts.models import InboxMessage, User
from quizzes.domain.appeals import accept_for_everybody, accept_for_these, decline, raise_appeal
from quizzes.domain.rebuild import rebuild_results
from quizzes.errors import GradedMeanwhile
from quizzes.models import Appeal, AppealState, QuestionVersion, RegradeRun, Response
from tests.beside import somebody_beside
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.regraded import Class, fractions, run_every_job
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

Decide = Callable[[Appeal, User], Any]


def declined(appeal: Appeal, by: User) -> int:
    return decline(appeal, by=by, decision="The text says thirst.", at=NOW)


def accepted(appeal: Appeal, by: User) -> int:
    return accept_for_these(appeal, by=by, decision="It is dry, too.", at=NOW)


def accepted_for_all(appeal: Appeal, by: User) -> RegradeRun | None:
    return accept_for_everybody(appeal, by=by, decision="It is dry, too.", at=NOW)


@pytest.fixture
def group() -> Class:
    """Two learners who appealed with the same answer, and one who did not."""
    made = Class()
    for response in made.answered("dry machine", "Dry machine!", "wet")[:2]:
        raise_appeal(Response.objects.select_related("version").get(pk=response.pk), text="It is dry.", at=NOW)
    return made


def appeal() -> Appeal:
    return Appeal.objects.select_related("response__attempt__quiz", "response__version__question").order_by("pk")[0]


def told(word: str) -> int:
    """How many messages about appeals say this."""
    return InboxMessage.objects.filter(key__startswith="appeal:", text__contains=word).count()


def states() -> set[str]:
    return set(Appeal.objects.values_list("state", flat=True))


def colleague(group: Class) -> User:
    person: User = make_enrollment(group.course).user
    return person


@pytest.mark.parametrize("late", [accepted, accepted_for_all])
def test_who_accepts_what_was_declined_a_moment_before_gives_no_points(group: Class, late: Decide) -> None:
    other, found = colleague(group), appeal()

    with somebody_beside() as second:
        with transaction.atomic():
            assert declined(found, group.instructor) == 2
            deciding = second.begins(lambda: late(appeal(), other))
        with suppress(GradedMeanwhile):
            deciding.result(timeout=30)
    run_every_job("plan_regrade")
    run_every_job("apply_regrade")

    assert (states(), fractions()) == ({AppealState.DECLINED}, ["0", "0", "0"])
    assert (told("the grade stands"), told("was accepted")) == (2, 0)
    assert QuestionVersion.objects.count() == 1


def test_who_declines_what_was_accepted_a_moment_before_takes_no_points_away(group: Class) -> None:
    other, found = colleague(group), appeal()

    with somebody_beside() as second:
        with transaction.atomic():
            assert accepted(found, group.instructor) == 2
            deciding = second.begins(lambda: declined(appeal(), other))
        assert deciding.result(timeout=30) == 0

    assert (states(), fractions()) == ({AppealState.ACCEPTED}, ["1", "1", "0"])
    assert (told("the grade stands"), told("was accepted")) == (0, 2)


@pytest.mark.parametrize("decide", [declined, accepted, accepted_for_all])
def test_deciding_a_second_time_changes_nothing(group: Class, decide: Decide) -> None:
    found = appeal()
    decide(found, group.instructor)
    for kind in ("plan_regrade", "apply_regrade"):
        run_every_job(kind)
    before = fractions(), QuestionVersion.objects.count(), RegradeRun.objects.count(), InboxMessage.objects.count()

    with suppress(GradedMeanwhile):
        decide(found, group.instructor)
    for kind in ("plan_regrade", "apply_regrade"):
        run_every_job(kind)

    assert before == (
        fractions(),
        QuestionVersion.objects.count(),
        RegradeRun.objects.count(),
        InboxMessage.objects.count(),
    )


@pytest.mark.parametrize("pair", [(declined, accepted), (accepted, declined), (accepted, accepted)])
def test_whoever_comes_first_grades_and_words_agree(group: Class, pair: tuple[Decide, Decide]) -> None:
    people = [group.instructor, colleague(group)]

    numbers = at_once(lambda number: pair[number](appeal(), people[number]), threads=2)

    assert sorted(numbers) == [0, 2]
    [state] = states()
    points = "1" if state == AppealState.ACCEPTED else "0"
    assert fractions() == [points, points, "0"]
    assert {told("the grade stands"), told("was accepted")} == {0, 2}
    assert rebuild_results(check=True) == []
