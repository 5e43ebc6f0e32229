"""Whatever becomes of grades, in whatever order: what is shown is what the events make of it, and undoing undoes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.domain.appeals import accept_for_these, decline, raise_appeal
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.gradebook import Filter, lines_of
from quizzes.domain.grading_again import attempts_given_up, grade_again
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.quiz_history import undo_last_change
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.rebuild import REBUILDS
from quizzes.models import (
    Appeal,
    Attempt,
    ConceptMastery,
    Grading,
    GradingEvent,
    ItemStatistic,
    Quiz,
    RegradeRun,
    Response,
    Result,
    ResultRule,
    RunState,
)
from tests.factories import NOW, make_concept
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WORDS = ["thirst machine", "dry machine", "wet", ""]
RULES = list(ResultRule)


class History:
    """A class of two learners, and what is done to their grades: each deed takes a number that chooses for it."""

    def __init__(self) -> None:
        self.scene = Class(questions=2)
        self.hours = 0
        self.learners = [self.scene.submitted(words).enrollment for words in WORDS[:2]]
        run_every_job("grade_attempt")

    def response(self, number: int) -> Response:
        rows = list(Response.objects.exclude(grading=Grading.NOT_READY).order_by("pk").select_related("version"))
        return rows[number % len(rows)]

    def answers_again(self, number: int) -> None:
        learner, self.hours = self.learners[number % 2], self.hours + 1
        assert learner is not None
        at = NOW + timedelta(hours=self.hours)
        attempt = start_attempt(self.scene.quiz, enrollment=learner, at=at)
        for response in attempt.responses.all():
            words = WORDS[(number + response.position) % len(WORDS)]
            save_answer(attempt, given=GivenAnswer(response.position, words, None), at=at)
        submit_attempt(attempt, at=at + timedelta(minutes=1), hint=False)
        run_every_job("grade_attempt")

    def sets_by_hand(self, number: int) -> None:
        fraction = Decimal(number % 5) / 4
        override_grade(self.response(number), fraction=fraction, reason="So it is.", actor=self.scene.instructor)

    def takes_back(self, number: int) -> None:
        take_back_override(self.response(number), actor=self.scene.instructor)

    def grades_again(self, number: int) -> None:
        self.scene.accept(*WORDS[: 1 + number % 3])
        self.scene.apply(self.scene.plan(only_if_higher=number % 4 == 3))

    def undoes(self, _number: int) -> None:
        run = RegradeRun.objects.filter(state=RunState.APPLIED).order_by("-pk").first()
        if run is not None:
            self.scene.undo(run)

    def changes_the_rule(self, number: int) -> None:
        quiz = Quiz.objects.get(pk=self.scene.quiz.pk)
        change_settings(quiz, changes={"result_rule": RULES[number % len(RULES)]}, actor=None)

    def appeals(self, number: int) -> None:
        response = self.response(number)
        if response.grading != Grading.GRADED:
            return
        appeal = raise_appeal(response, text="It is right.", at=NOW)
        appeal = Appeal.objects.select_related("response__attempt__quiz", "response__version").get(pk=appeal.pk)
        decide = accept_for_these if number % 2 else decline
        decide(appeal, by=self.scene.instructor, decision="Looked at.", at=NOW)


DEEDS: dict[str, Callable[[History, int], None]] = {
    "answers again": History.answers_again,
    "sets by hand": History.sets_by_hand,
    "takes back": History.takes_back,
    "grades again": History.grades_again,
    "undoes": History.undoes,
    "changes the rule": History.changes_the_rule,
    "appeals": History.appeals,
}
deeds = st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 11)), max_size=6)


def wrong() -> dict[str, list[Any]]:
    """What each check finds to differ from what was graded, by its name."""
    return {name: found for name, rebuild in REBUILDS.items() if (found := rebuild(check=True))}


def standing() -> dict[str, Any]:
    """All that rests on grades."""
    return {
        "responses": list(Response.objects.order_by("pk").values_list("pk", "grading", "fraction")),
        "attempts": list(Attempt.objects.order_by("pk").values_list("pk", "fraction")),
        "results": sorted(Result.objects.values_list("enrollment", "quiz", "attempt", "attempts", "fraction")),
        "masteries": sorted(ConceptMastery.objects.values_list("enrollment", "concept", "mastery")),
        "statistics": sorted(
            ItemStatistic.objects.filter(responses__gt=0).values_list("version", "choice", "responses", "fraction_sum")
        ),
    }


@settings(max_examples=9, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=deeds)
def test_after_any_history_every_cache_is_what_the_events_make_of_it(done: list[tuple[str, int]]) -> None:
    history = History()

    for deed, number in done:
        DEEDS[deed](history, number)

    assert wrong() == {}
    for response in Response.objects.all():
        numbers = list(
            GradingEvent.objects.filter(response=response).order_by("number").values_list("number", flat=True)
        )
        assert numbers == list(range(1, len(numbers) + 1))
    quiz = Quiz.objects.get(pk=history.scene.quiz.pk)
    lines = lines_of([each for each in history.learners if each], quizzes=[quiz], wanted=Filter())
    results = dict(Result.objects.values_list("enrollment", "fraction"))
    assert [line.cells[0].fraction for line in lines] == [results[line.enrollment.pk] for line in lines]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=deeds, accepted=st.integers(1, 3), only_if_higher=st.booleans())
def test_a_regrade_that_is_undone_leaves_everything_as_it_was(
    before: list[tuple[str, int]], accepted: int, only_if_higher: bool
) -> None:
    history = History()
    for deed, number in before:
        DEEDS[deed](history, number)
    history.scene.accept(*WORDS[:accepted])
    stood = standing()

    run = history.scene.apply(history.scene.plan(only_if_higher=only_if_higher))
    history.scene.undo(run)

    assert standing() == stood
    assert wrong() == {}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=deeds, number=st.integers(0, 11))
def test_a_rule_that_is_taken_back_leaves_every_result_as_it_was(before: list[tuple[str, int]], number: int) -> None:
    history = History()
    for deed, chosen in before:
        DEEDS[deed](history, chosen)
    stood, rule = standing(), Quiz.objects.get(pk=history.scene.quiz.pk).result_rule

    history.changes_the_rule(number)
    if Quiz.objects.get(pk=history.scene.quiz.pk).result_rule != rule:
        undo_last_change(history.scene.quiz, actor=None)

    assert standing() == stood


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=deeds)
def test_whatever_went_wrong_with_caches_rebuilding_brings_them_back(done: list[tuple[str, int]]) -> None:
    history = History()
    for deed, number in done:
        DEEDS[deed](history, number)
    stood = standing()

    Result.objects.all().delete()
    ConceptMastery.objects.all().delete()
    ItemStatistic.objects.all().delete()
    Attempt.objects.filter(state="submitted").update(fraction=None, graded_at=None)
    # Attempts first: the statistics are of those that are graded whole.
    for name in ("results", "progress", "statistics"):
        REBUILDS[name](check=False)

    assert standing() == stood
    assert wrong() == {}


def test_what_could_not_be_graded_and_was_graded_again_stands_as_if_nothing_had_happened() -> None:
    scene = Class(questions=2)
    scene.submitted("thirst machine")
    Response.objects.filter(position=1).update(grading=Grading.FAILED)
    run_every_job("grade_attempt")
    halfway = list(Attempt.objects.values_list("fraction", flat=True)), Result.objects.count()
    assert wrong() == {}

    assert [grade_again(attempt) for attempt in attempts_given_up()] == [1]
    run_every_job("grade_attempt")

    assert halfway == ([None], 0)
    assert standing()["attempts"] == [(Attempt.objects.get().pk, Decimal(1))]
    assert wrong() == {}


def test_a_concept_that_a_question_loses_takes_its_mastery_along_when_it_is_rebuilt() -> None:
    scene = Class(questions=2)
    scene.answered("thirst machine")
    other = make_concept(scene.course, "wall")
    scene.version.question.__class__.objects.filter(pk=scene.version.question_id).update(concept=other)

    assert [each.what.split()[0] for each in REBUILDS["progress"](check=False)] == ["mastery", "mastery"]
    assert REBUILDS["progress"](check=True) == []
