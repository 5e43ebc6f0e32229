"""What happens in a course is told once, with the grade it is about, by public ids alone; and costs others nothing."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from accounts.models import InboxMessage
from hooks.domain.endpoints import add_endpoint, pause_endpoint
from hooks.models import Delivery, EventType
from jobs.domain import run_job
from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.domain.appeals import accept_for_everybody, accept_for_these, decline, raise_appeal
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt, submit_overdue_attempts
from quizzes.domain.erasing import erase_person
from quizzes.domain.erasing_parts import erase_part, what_erasing_part_touches
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.quiz_history import keep_settings
from quizzes.models import Attempt, Response, ResultRule
from tests.factories import NOW, make_enrollment
from tests.hooks.hooked import EVERYTHING
from tests.hooks.receiver import ADDRESS
from tests.quizzes.domain.regraded import Class, run_every_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SUBMITTED, GRADED, CHANGED = EventType.ATTEMPT_SUBMITTED, EventType.ATTEMPT_GRADED, EventType.RESULT_CHANGED


@pytest.fixture
def scene() -> Class:
    """A class whose course tells an endpoint everything."""
    made = Class()
    add_endpoint(made.course, address=ADDRESS, types=EVERYTHING, actor=made.instructor)
    return made


def heard() -> list[str]:
    """The types of what was told since this was asked last, in order."""
    types = list(Delivery.objects.order_by("pk").values_list("type", flat=True))
    Delivery.objects.all().delete()
    return types


def newest(kind: EventType) -> dict[str, Any]:
    data: dict[str, Any] = Delivery.objects.filter(type=kind).order_by("-pk")[0].data
    return data


def test_a_submit_is_told_at_once_and_its_grade_with_the_result(scene: Class) -> None:
    attempt = scene.submitted("thirst machine")
    assert heard() == [SUBMITTED]
    run_every_job("grade_attempt")
    assert heard() == [GRADED, CHANGED]
    submit_attempt(attempt)
    run_every_job("grade_attempt")
    assert heard() == []


def test_what_is_told_names_everything_by_public_ids_and_leads_to_it(scene: Class) -> None:
    [response] = scene.answered("thirst machine")
    attempt = response.attempt
    learner = attempt.enrollment
    assert learner is not None
    course = scene.course
    links = {
        "course": f"http://127.0.0.1:8000/api/v1/courses/{course.slug}/",
        "gradebook": f"http://127.0.0.1:8000/api/v1/courses/{course.slug}/gradebook/",
        "page": f"http://127.0.0.1:8000/studio/courses/{course.slug}/learners/{learner.uuid}/",
    }
    named = {"course": str(course.uuid), "slug": course.slug, "quiz": str(scene.quiz.uuid), "links": links}
    assert newest(CHANGED) == {**named, "learner": str(learner.uuid)}
    both = {**named, "learner": str(learner.uuid), "attempt": str(attempt.uuid)}
    assert newest(SUBMITTED) == newest(GRADED) == both
    assert {delivery.learner for delivery in Delivery.objects.all()} == {learner.uuid}


def test_nothing_that_is_told_holds_a_name_an_answer_or_a_grade(scene: Class) -> None:
    learner = make_enrollment(scene.course)
    learner.user.name, learner.user.email = "Xenia Quackenbush", "xenia@example.org"
    learner.user.save()
    attempt = start_attempt(scene.quiz, enrollment=learner, at=NOW)
    save_answer(attempt, given=GivenAnswer(1, "secret-answer", 0), at=NOW)
    submit_attempt(attempt, at=NOW)
    run_every_job("grade_attempt")
    response = Response.objects.get()
    override_grade(response, fraction=Decimal("0.421875"), reason="secret-reason", actor=scene.instructor)
    decline(raise_appeal(response, text="secret-text"), by=scene.instructor, decision="secret-decision")

    told = json.dumps(list(Delivery.objects.order_by("pk").values_list("type", "data")))
    assert Delivery.objects.count() == 6
    kept_back = ("Xenia", "xenia", "secret", "0.42", scene.course.title, scene.quiz.title, "fraction", "points")
    assert [word for word in kept_back if word in told] == []
    keys = {key for data in Delivery.objects.values_list("data", flat=True) for key in data}
    assert keys == {"course", "slug", "quiz", "learner", "attempt", "appeal", "links"}


def test_every_link_leads_to_an_address_there_is(scene: Class) -> None:
    [response] = scene.answered("a wall")
    decline(raise_appeal(response, text="Mine is right."), by=scene.instructor, decision="No.")
    links = {link for data in Delivery.objects.values_list("data", flat=True) for link in data["links"].values()}
    assert len(links) == 4
    assert all(resolve(link.removeprefix("http://127.0.0.1:8000")).func for link in links)
    assert "no_such_address" not in {
        resolve(link.removeprefix("http://127.0.0.1:8000")).func.__name__ for link in links
    }


def test_what_the_sweeper_hands_in_is_told_too(scene: Class) -> None:
    scene.quiz.time_limit_seconds = 600
    scene.quiz.save()
    start_attempt(scene.quiz, enrollment=make_enrollment(scene.course), at=NOW)
    submit_overdue_attempts(at=NOW + timedelta(hours=1))
    assert heard() == [SUBMITTED]


def test_a_grade_by_hand_is_told_and_its_result_only_where_it_is_another(scene: Class) -> None:
    [response] = scene.answered("a wall")
    heard()
    override_grade(response, fraction=Decimal("0.5"), reason="Half.", actor=scene.instructor)
    assert heard() == [GRADED, CHANGED]
    override_grade(response, fraction=Decimal("0.5"), reason="Still half.", actor=scene.instructor)
    assert heard() == [GRADED]
    take_back_override(response, actor=scene.instructor)
    assert heard() == [GRADED, CHANGED]


def test_a_second_attempt_that_changes_no_result_tells_of_none(scene: Class) -> None:
    scene.quiz.attempts_allowed = None
    scene.quiz.save()
    learner = make_enrollment(scene.course)
    for number, text in enumerate(("thirst machine", "a wall")):
        at = NOW + timedelta(hours=number)
        attempt = start_attempt(scene.quiz, enrollment=learner, at=at)
        save_answer(attempt, given=GivenAnswer(1, text, 0), at=at)
        submit_attempt(attempt, at=at)
        run_every_job("grade_attempt")
    assert heard() == [SUBMITTED, GRADED, CHANGED, SUBMITTED, GRADED]


def test_a_regrade_and_its_undoing_tell_of_each_grade_that_changed(scene: Class) -> None:
    scene.answered("a wall", "thirst machine")
    scene.accept("a wall")
    heard()
    run = scene.apply(scene.plan())
    assert Counter(heard()) == {GRADED: 2, CHANGED: 2}
    scene.undo(run)
    assert Counter(heard()) == {GRADED: 2, CHANGED: 2}


def test_a_regrade_of_many_takes_no_more_statements_than_of_few() -> None:
    def statements(many: int) -> int:
        scene = Class()
        add_endpoint(scene.course, address=ADDRESS, types=EVERYTHING, actor=None)
        scene.answered(*["a wall"] * many)
        scene.accept("a wall")
        run = scene.plan()
        with CaptureQueriesContext(connection) as asked:
            scene.apply(run)
        return len(asked)

    assert statements(8) == statements(2)


def test_another_result_rule_tells_of_the_results_that_it_changes(scene: Class) -> None:
    scene.quiz.attempts_allowed = None
    scene.quiz.save()
    both, one = make_enrollment(scene.course), make_enrollment(scene.course)
    for learner, text in ((both, "thirst machine"), (both, "a wall"), (one, "thirst machine")):
        attempt = start_attempt(scene.quiz, enrollment=learner, at=NOW)
        save_answer(attempt, given=GivenAnswer(1, text, 0), at=NOW)
        submit_attempt(attempt, at=NOW)
        run_every_job("grade_attempt")
    Delivery.objects.all().delete()

    scene.quiz.result_rule = ResultRule.LAST
    with transaction.atomic():
        keep_settings(scene.quiz, names=["result_rule"])

    [told] = Delivery.objects.all()
    assert (told.type, told.learner) == (CHANGED, both.uuid)


def test_a_declined_appeal_is_told_once_for_each_who_raised_it(scene: Class) -> None:
    responses = scene.answered("a wall", "A wall")
    appeals = [raise_appeal(response, text="Mine is right.") for response in responses]
    heard()
    assert decline(appeals[0], by=scene.instructor, decision="No.") == 2
    told = {delivery.data["appeal"] for delivery in Delivery.objects.all()}
    assert told == {str(appeal.uuid) for appeal in appeals}
    page = newest(EventType.APPEAL_DECIDED)["links"]["page"]
    assert page.startswith(f"http://127.0.0.1:8000/studio/courses/{scene.course.slug}/appeals/")
    assert heard() == [EventType.APPEAL_DECIDED] * 2
    assert decline(appeals[0], by=scene.instructor, decision="No.") == 0
    assert heard() == []


def test_an_accepted_appeal_is_told_with_the_grades_that_it_changes(scene: Class) -> None:
    [response] = scene.answered("a wall")
    heard()
    accept_for_these(raise_appeal(response, text="Mine."), by=scene.instructor, decision="Yes.")
    assert heard() == [GRADED, CHANGED, EventType.APPEAL_DECIDED]


def test_one_accepted_for_everybody_is_told_before_its_regrade(scene: Class) -> None:
    [response] = scene.answered("a wall")
    heard()
    accept_for_everybody(raise_appeal(response, text="Mine."), by=scene.instructor, decision="Yes.")
    assert heard() == [EventType.APPEAL_DECIDED]
    for kind in ("plan_regrade", "apply_regrade"):
        run_every_job(kind)
    assert heard() == [GRADED, CHANGED]


def test_what_is_rolled_back_is_not_told(scene: Class) -> None:
    [response] = scene.answered("a wall")
    heard()
    with transaction.atomic():
        override_grade(response, fraction=Decimal(1), reason="All.", actor=scene.instructor)
        transaction.set_rollback(True)
    assert (heard(), InboxMessage.objects.filter(kind="graded").count()) == ([], 0)


def test_what_nobody_in_particular_answers_tells_nothing(scene: Class) -> None:
    attempt = scene.submitted("thirst machine")
    Attempt.objects.filter(pk=attempt.pk).update(enrollment=None, anonymous_key=scene.course.uuid)
    heard()
    run_every_job("grade_attempt")
    assert (heard(), Attempt.objects.get().fraction) == ([], Decimal(1))


def statements_of_an_answer(scene: Class) -> tuple[int, int]:
    """How many statements submitting takes, and grading."""
    attempt = start_attempt(scene.quiz, enrollment=make_enrollment(scene.course), at=NOW)
    attempt = Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)
    with CaptureQueriesContext(connection) as submitting:
        submit_attempt(attempt, hint=False)
    job = Job.objects.get(kind="grade_attempt", finished_at__isnull=True)
    with CaptureQueriesContext(connection) as grading:
        run_job(job.uuid)
    return len(submitting), len(grading)


def test_a_course_that_nobody_hears_asks_nothing_to_find_out() -> None:
    """No statement that is run knows of endpoints but as a part of one that is run anyway."""
    scene = Class()
    attempt = start_attempt(scene.quiz, enrollment=make_enrollment(scene.course), at=NOW)
    attempt = Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)
    with CaptureQueriesContext(connection) as asked:
        submit_attempt(attempt, hint=False)
        run_every_job("grade_attempt")
    about = [query["sql"] for query in asked if "hooks_" in query["sql"]]
    assert len(about) == 2
    assert [sql for sql in about if 'FROM "quizzes_response"' not in sql or "EXISTS" not in sql] == []


def test_a_paused_endpoint_costs_what_none_does_and_an_active_one_a_few_statements(scene: Class) -> None:
    alone, listening = statements_of_an_answer(Class()), statements_of_an_answer(scene)
    [endpoint] = scene.course.endpoints.all()
    pause_endpoint(endpoint, actor=None)
    assert statements_of_an_answer(scene) == alone
    assert [more - usual for more, usual in zip(listening, alone, strict=True)] == [5, 8]


def test_erasing_a_learner_of_the_course_leaves_nothing_that_was_told_of_them(scene: Class) -> None:
    scene.answered("a wall", "thirst machine")
    part, other = (response.attempt.enrollment for response in Response.objects.order_by("pk"))
    assert part is not None
    assert other is not None
    listed = {each.what: each.rows for each in what_erasing_part_touches(part)}
    assert listed["event for another system"] == 3

    erase_part(part, actor=scene.instructor, at=database_now())

    assert set(Delivery.objects.values_list("learner", flat=True)) == {other.uuid}


def test_erasing_an_account_leaves_nothing_that_was_told_of_it(scene: Class) -> None:
    scene.answered("a wall", "thirst machine")
    part, other = (response.attempt.enrollment for response in Response.objects.order_by("pk"))
    assert part is not None
    assert other is not None
    erase_person(part.user)
    assert set(Delivery.objects.values_list("learner", flat=True)) == {other.uuid}
