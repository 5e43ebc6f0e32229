"""What a learner reads of a grade that is another than it was: before, why, and what counts as right by now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quizzes.domain.grade_changes import GradeChange, History, key_difference
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.models import GradingEvent, QuestionVersion, Response
from quizzes.policy import Shown
from tests.factories import single_choice
from tests.quizzes.domain.regraded import CONTENT, REASON, Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ALL = frozenset(Shown)
HALF = Decimal("0.5")


def history_of(*responses: Response) -> History:
    events = GradingEvent.objects.filter(response__in=responses).order_by("number")
    return History.of(responses, list(events.select_related("version")))


def changed(response: Response, shown: frozenset[Shown] = ALL) -> GradeChange | None:
    found = Response.objects.select_related("version").get(pk=response.pk)
    return history_of(found).change(found, shown)


@pytest.fixture
def scene() -> Class:
    return Class()


def test_a_first_grade_changed_nothing(scene: Class) -> None:
    [response] = scene.answered("a wall")

    assert changed(response) is None


def test_what_was_never_graded_has_no_history(scene: Class) -> None:
    response = scene.submitted("a wall").responses.select_related("version").get()
    history = history_of(response)

    assert (history.newest(response), history.newest_events()) == (None, [])
    assert history.wording(response) == response.version
    assert history.change(response, ALL) is None


def test_a_regrade_tells_what_was_before_why_and_what_counts_as_right_by_now(scene: Class) -> None:
    [response] = scene.answered("dry machine")
    scene.accept("thirst machine", "dry machine")
    scene.apply(scene.plan())

    assert changed(response) == GradeChange(Decimal(0), "graded again", REASON, gained=("dry machine",), lost=())


def test_an_answer_that_counts_no_more_is_told_as_lost(scene: Class) -> None:
    [response] = scene.answered("thirst machine")
    scene.accept("dry machine")
    scene.apply(scene.plan())

    change = changed(response)

    assert change is not None
    assert (change.before, change.gained, change.lost) == (Decimal(1), ("dry machine",), ("thirst machine",))


@pytest.mark.parametrize("hidden", [Shown.KEY, Shown.VERDICT])
def test_what_the_policy_holds_back_is_not_in_the_change(scene: Class, hidden: Shown) -> None:
    [response] = scene.answered("dry machine")
    scene.accept("thirst machine", "dry machine")
    scene.apply(scene.plan())

    change = changed(response, ALL - {hidden})

    if hidden == Shown.VERDICT:
        assert change is None
    else:
        assert change == GradeChange(Decimal(0), "graded again", REASON)


def test_an_undone_regrade_says_that_the_earlier_grade_stands_again(scene: Class) -> None:
    [response] = scene.answered("dry machine")
    scene.accept("thirst machine", "dry machine")
    run = scene.apply(scene.plan())
    scene.undo(run)

    change = changed(response)

    assert change is not None
    assert (change.before, change.gained, change.lost) == (Decimal(1), (), ())
    assert Response.objects.get(pk=response.pk).fraction == 0


def test_the_word_of_a_person_is_told_with_their_reason_and_so_is_taking_it_back(scene: Class) -> None:
    [response] = scene.answered("a wall")
    override_grade(response, fraction=HALF, reason="The wall is half of it.", actor=scene.instructor)
    given = changed(response)
    take_back_override(response, actor=scene.instructor)
    taken = changed(response)

    assert given == GradeChange(Decimal(0), "set by a person", "The wall is half of it.")
    assert taken is not None
    assert (taken.before, taken.reason) == (HALF, "")


def test_a_grade_that_was_given_once_more_is_no_change(scene: Class) -> None:
    [response] = scene.answered("a wall")
    override_grade(response, fraction=Decimal(0), reason="It stays nothing.", actor=scene.instructor)

    assert changed(response) is None


def version(kind: str, content: dict[str, Any]) -> QuestionVersion:
    return QuestionVersion(kind=kind, content=content)


def with_key(key: str) -> dict[str, Any]:
    content = single_choice()
    return {**content, "options": [{**each, "correct": each["id"] == key} for each in content["options"]]}


KEYS: dict[str, tuple[QuestionVersion, QuestionVersion, tuple[str, ...], tuple[str, ...]]] = {
    "the other option": (
        version("single_choice", with_key("k7")),
        version("single_choice", with_key("m2")),
        ("The lower town",),
        ("The upper town",),
    ),
    "the same key": (version("single_choice", with_key("k7")), version("single_choice", with_key("k7")), (), ()),
    "one word more": (
        version("short_text", dict(CONTENT)),
        version("short_text", {**CONTENT, "accepted": ["thirst machine", "dry machine"]}),
        ("dry machine",),
        (),
    ),
    "the same words in another order": (
        version("short_text", {**CONTENT, "accepted": ["a", "b"]}),
        version("short_text", {**CONTENT, "accepted": ["b", "a"]}),
        (),
        (),
    ),
}


@pytest.mark.parametrize(("asked", "now", "gained", "lost"), KEYS.values(), ids=KEYS)
def test_keys_are_compared_by_the_texts_that_learners_read(
    asked: QuestionVersion, now: QuestionVersion, gained: tuple[str, ...], lost: tuple[str, ...]
) -> None:
    assert key_difference(asked, now) == (gained, lost)
    assert key_difference(now, asked) == (lost, gained)
    assert key_difference(now, now) == ((), ())


@pytest.mark.parametrize("learners", [1, 6])
def test_a_history_takes_two_statements_whatever_its_length(learners: int) -> None:
    scene = Class()
    scene.answered(*["dry machine"] * learners)
    scene.accept("thirst machine", "dry machine")
    scene.apply(scene.plan())
    responses = list(Response.objects.select_related("version"))
    events = list(GradingEvent.objects.order_by("number"))

    with CaptureQueriesContext(connection) as asked:
        history = History.of(responses, events)
        changes = [history.change(each, frozenset({Shown.VERDICT})) for each in responses]

    assert len(asked) == 2
    assert changes == [GradeChange(Decimal(0), "graded again", REASON)] * learners
