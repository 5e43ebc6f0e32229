"""What the rules find in those of a queue that are looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext

from authoring.domain.review import review_queue
from authoring.domain.review_checks import accept_clean, held_against_rules, questions_under_review
from course.models import Course
from quizzes.domain.questions import accept, edit_draft, publish_accepted, reject
from quizzes.domain.waivers import waive
from quizzes.drafting.lint import trace, trace_of_json
from quizzes.drafting.subject import Subject
from quizzes.models import QuestionVersion, Quiz, QuizItem
from tests.factories import NOW, single_choice
from tests.web.learner.sittings import kinds
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TWIN = ("single_choice", single_choice("Who built the long wall above the lake?"))
OTHER = ("single_choice", single_choice("Which rope did the harbour keep?"))


def rules_of(course: Course, *numbers: int) -> list[list[str]]:
    """By question looked at, the rules it breaks; only those of these numbers are looked at."""
    queue = review_queue(course)
    looked_at = [each for each in queue if each.number in numbers]
    return [[found.rule for found in each.findings] for each in held_against_rules(course, looked_at, queue)]


def everything_in(course: Course) -> None:
    """Questions of the course in all states, some in a quiz of their own, one finding waived."""
    versions = versions_of(course)
    accept(versions[0], by=None)
    publish_accepted(course, at=NOW)
    accept(versions[1], by=None)
    reject(versions[2], by=None, reason="No.")
    elsewhere = Quiz.objects.create(course=course, slug="elsewhere", title="Elsewhere", position=2)
    QuizItem.objects.filter(question=versions[4].question).update(quiz=elsewhere)
    QuizItem.objects.filter(question=versions[5].question).delete()


def test_each_looked_at_alone_has_the_findings_it_has_among_all() -> None:
    course = make_draft(make_author(), contents=[*kinds(), TWIN, TWIN, OTHER])
    everything_in(course)
    queue, every = review_queue(course), questions_under_review(course)
    alone = [held_against_rules(course, [each], queue)[0] for each in queue]
    assert alone == every
    assert any(each.findings for each in every)


def test_a_waived_finding_stands_apart_whoever_is_looked_at() -> None:
    author = make_author()
    course = make_draft(author, contents=[TWIN, OTHER, TWIN])
    first = questions_under_review(course)[0]
    twin = next(found for found in first.findings if found.rule == "near_duplicates")
    waive(first.version.question, finding=twin, by=author, reason="One is for the end.")
    queue = review_queue(course)
    (alone,) = held_against_rules(course, queue[:1], queue)
    assert [each.finding for each in alone.waived] == [twin]
    assert "near_duplicates" not in [found.rule for found in alone.findings]
    assert "near_duplicates" in rules_of(course, 3)[0]


def test_the_order_is_that_of_those_looked_at() -> None:
    course = make_draft(make_author(), contents=[TWIN, OTHER, TWIN])
    queue = review_queue(course)
    assert [each.number for each in held_against_rules(course, queue[::-1], queue)] == [3, 2, 1]


def test_nothing_looked_at_finds_nothing() -> None:
    course = make_draft(make_author(), contents=[TWIN, OTHER])
    assert held_against_rules(course, [], review_queue(course)) == []


@pytest.mark.parametrize("count", [3, 40])
def test_one_is_looked_at_in_as_many_statements_whatever_the_number(count: int) -> None:
    course = make_draft(make_author(), questions=count, concepts=count)
    queue = review_queue(course)
    with CaptureQueriesContext(connection) as captured:
        held_against_rules(course, queue[:1], queue)
    assert len(captured) == 6


def test_only_contents_of_those_that_stand_with_it_are_read() -> None:
    course = make_draft(make_author(), contents=[TWIN, OTHER, TWIN])
    elsewhere = Quiz.objects.create(course=course, slug="elsewhere", title="Elsewhere", position=2)
    alone = versions_of(course)[1]
    QuizItem.objects.filter(question=alone.question).update(quiz=elsewhere)
    queue = review_queue(course)
    with CaptureQueriesContext(connection) as captured:
        held_against_rules(course, queue[1:2], queue)
    (read,) = [query["sql"] for query in captured if "content" in query["sql"] and "JOIN" not in query["sql"]]
    assert f"IN ({alone.pk})" in read


def test_accepting_what_is_clean_leaves_other_parts_alone() -> None:
    author = make_author()
    course = make_draft(author, contents=[TWIN, OTHER])
    lesson = course.lessons.get()
    clean = [each.version.pk for each in questions_under_review(course) if each.is_clean]
    elsewhere = make_draft(make_author("Another"), contents=[OTHER])
    assert accept_clean(elsewhere, lesson=lesson, by=author) == 0
    assert accept_clean(course, lesson=lesson, by=author) == len(clean)
    assert [each.pk for each in versions_of(course) if each.reviewed_at] == clean


def test_contents_are_taken_apart_once_for_all_questions_of_a_part() -> None:
    course = make_draft(make_author(), contents=[TWIN, OTHER, ("single_choice", single_choice("Whose lake is it?"))])
    queue = review_queue(course)
    held_against_rules(course, queue[:1], queue)
    before = trace_of_json.cache_info()
    held_against_rules(course, queue[1:2], queue)
    after = trace_of_json.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (0, 3)


def test_a_draft_that_reads_otherwise_is_taken_apart_anew() -> None:
    course = make_draft(make_author(), contents=[TWIN, OTHER])
    assert "near_duplicates" not in rules_of(course, 1)[0]
    edit_draft(versions_of(course)[1], content=TWIN[1])
    assert "near_duplicates" in rules_of(course, 1)[0]
    edit_draft(versions_of(course)[1], content=OTHER[1])
    assert "near_duplicates" not in rules_of(course, 1)[0]


@pytest.mark.parametrize("kind", kinds(), ids=lambda each: each[0])
def test_the_trace_of_what_the_database_keeps_is_that_of_the_content(kind: tuple[str, Any]) -> None:
    course = make_draft(make_author(), contents=[kind])
    written = Cast("content", TextField())
    stored = QuestionVersion.objects.filter(question__course=course).values_list("kind", written).get()
    assert trace_of_json(*stored) == trace(Subject(*kind))
