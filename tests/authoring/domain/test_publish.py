"""Publishing names every problem at once, or learners see the course."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.audit import history
from authoring.domain.publish import (
    archive_course,
    last_published,
    publish_course,
    publishing_problems,
    restore_course,
    unpublish_course,
)
from course.models import Anchor, Concept, Course, CourseState, Lesson
from course.reading.outline import Span
from hooks.domain.endpoints import add_endpoint
from hooks.domain.events import place_of
from hooks.models import Delivery
from quizzes.domain.questions import NewQuestion, NoLongerADraft, accept, add_questions, put_back, reject
from quizzes.domain.quiz_items import add_pool
from quizzes.errors import CannotPublish
from quizzes.models import QuestionTag, QuestionVersion, Quiz, VersionState
from quizzes.pools import Pool
from tests.factories import NOW, make_concept, make_course, make_person, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def drafted(count: int = 1) -> tuple[Course, list[QuestionVersion]]:
    course = make_course(published=False)
    lesson = Lesson.objects.select_related("revision").get(course=course)
    news = [
        NewQuestion("single_choice", single_choice(f"Who built it, {n}?"), None, [Span(24, 52)]) for n in range(count)
    ]
    return course, add_questions(course, questions=news, revision=lesson.revision, at=NOW)


def test_an_accepted_question_is_published_with_its_course() -> None:
    course, (version, other) = drafted(2)
    accept(version, by=make_person(), at=NOW)

    assert publish_course(course, at=NOW) == 1

    states = dict(QuestionVersion.objects.values_list("pk", "state"))
    assert states == {version.pk: VersionState.PUBLISHED, other.pk: VersionState.DRAFT}
    assert (course.state, course.published_at) == (CourseState.PUBLISHED, NOW)


def test_a_rejected_question_is_not_published() -> None:
    course, (version, other) = drafted(2)
    accept(version, by=None, at=NOW)
    reject(other, by=None, reason="Two options are right.", at=NOW)

    publish_course(course, at=NOW)

    other.refresh_from_db()
    assert (other.state, other.review_note) == (VersionState.RETIRED, "Two options are right.")


def test_all_problems_are_named_at_once_and_nothing_changes() -> None:
    course, (broken, unproven, misquoted) = drafted(3)
    for version in (broken, unproven, misquoted):
        accept(version, by=None, at=NOW)
    QuestionVersion.objects.filter(pk=broken.pk).update(content={"stem": "No options?", "options": []})
    Anchor.objects.filter(question=unproven.uuid).delete()
    anchor = Anchor.objects.get(question=misquoted.uuid)
    Anchor.objects.filter(pk=anchor.pk).delete()
    anchor.pk, anchor.quote = None, "Other words."
    anchor.save()
    make_concept(course, "drought")
    Quiz.objects.create(course=course, slug="q", title="Asks nothing", pass_fraction=Decimal("0.5"))

    with pytest.raises(CannotPublish) as refused:
        publish_course(course, at=NOW)

    problems = "\n".join(refused.value.problems)
    assert "“No options?”" in problems
    assert "has no passage that proves its answer" in problems
    assert "is not in the article word for word" in problems
    assert "“drought” is mentioned nowhere" in problems
    assert "“Asks nothing” has a pass mark but asks nothing" in problems
    course.refresh_from_db()
    assert course.state == CourseState.DRAFT


def test_a_course_without_an_accepted_question_is_not_published() -> None:
    course, _ = drafted()

    assert any("No question is accepted yet" in problem for problem in publishing_problems(course))


def test_publishing_again_publishes_what_was_accepted_since() -> None:
    course, (first, second) = drafted(2)
    accept(first, by=None, at=NOW)
    publish_course(course, at=NOW)
    accept(second, by=None, at=NOW)

    assert publish_course(course, at=NOW) == 1
    assert publish_course(course, at=NOW) == 0


def test_a_published_question_is_no_longer_a_draft_to_decide_on() -> None:
    course, (version,) = drafted()
    accept(version, by=None, at=NOW)
    publish_course(course, at=NOW)

    with pytest.raises(NoLongerADraft):
        accept(version, by=None, at=NOW)
    with pytest.raises(NoLongerADraft):
        put_back(version)


def test_a_decision_can_be_taken_back() -> None:
    _, (version,) = drafted()
    reject(version, by=make_person(), reason="Unclear.", at=NOW)

    put_back(version)

    version.refresh_from_db()
    assert (version.state, version.reviewed_at, version.review_note) == (VersionState.DRAFT, None, "")


def test_concepts_that_nobody_accepted_are_no_problem() -> None:
    course, (version,) = drafted()
    accept(version, by=None, at=NOW)
    make_concept(course)
    Concept.objects.update(state="suggested")

    assert publishing_problems(course) == []


def test_a_pool_that_could_run_short_keeps_the_course_from_being_published() -> None:
    course, (version, other) = drafted(2)
    for each in (version, other):
        accept(each, by=None, at=NOW)
        QuestionTag.objects.create(question=each.question, name="walls")
    quiz = Quiz.objects.create(course=course, slug="drawn", title="Drawn", pass_fraction=Decimal("0.5"))
    add_pool(quiz, pool=Pool(3, tag="walls"))

    assert publishing_problems(course) == [
        (
            "The quiz “Drawn” draws 3 of the questions tagged “walls”, and can be sure of 2. "
            "Accept more of them, or draw fewer."
        )
    ]
    quiz.items.all().delete()
    add_pool(quiz, pool=Pool(2, tag="walls"))
    assert publishing_problems(course) == []


def test_a_page_that_is_out_of_date_publishes_nothing_that_somebody_archived() -> None:
    course, (version,) = drafted()
    accept(version, by=None, at=NOW)
    seen_before = Course.objects.get(pk=course.pk)
    archive_course(course, actor=make_person())
    with pytest.raises(CannotPublish) as refusal:
        publish_course(seen_before, at=NOW)
    assert refusal.value.problems == ["This course is archived. Restore it first."]
    version.refresh_from_db()
    assert (Course.objects.get(pk=course.pk).state, version.state) == (CourseState.ARCHIVED, VersionState.DRAFT)


def test_the_first_publishing_is_kept_though_a_page_has_not_seen_it() -> None:
    course, (version, other) = drafted(2)
    accept(version, by=None, at=NOW)
    seen_before = Course.objects.get(pk=course.pk)
    publish_course(course, at=NOW)
    accept(other, by=None, at=NOW)
    assert publish_course(seen_before, at=NOW + timedelta(days=1)) == 1
    assert (seen_before.state, seen_before.published_at) == (CourseState.PUBLISHED, NOW)
    assert last_published(seen_before) == NOW + timedelta(days=1)


def test_endpoints_are_told_when_something_is_published_and_only_then() -> None:
    course, (version, other) = drafted(2)
    add_endpoint(course, address="https://lms.example.org/", types={"course.published"}, actor=None)
    accept(version, by=make_person(), at=NOW)
    told = []
    for step in (publish_course, publish_course, lambda _: accept(other, by=make_person(), at=NOW), publish_course):
        step(course)
        told.append(Delivery.objects.count())
    unpublish_course(course, actor=None)
    publish_course(course)
    assert [*told, Delivery.objects.count()] == [1, 1, 1, 2, 3]
    assert [delivery.data for delivery in Delivery.objects.all()] == [place_of(course)] * 3


def test_publishing_twice_is_told_once_and_unpublishing_between_them_twice() -> None:
    course, (version,) = drafted()
    owner = make_person()
    accept(version, by=None, at=NOW)
    assert [publish_course(course, actor=owner, at=NOW) for _ in range(2)] == [1, 0]
    unpublish_course(course, actor=owner)
    unpublish_course(course, actor=owner)
    assert publish_course(course, actor=owner, at=NOW) == 0
    said = [(entry.verb, entry.detail) for entry in history(f"course:{course.uuid}")]
    assert sorted(said, key=str) == [
        ("published", {"questions": 0}), ("published", {"questions": 1}), ("unpublished", {}),
    ]  # fmt: skip


PATHS = st.lists(st.sampled_from(["publish", "unpublish", "archive", "restore"]), max_size=8)
AFTER = {
    ("draft", "publish"): "published",
    ("published", "publish"): "published",
    ("published", "unpublish"): "draft",
    ("published", "archive"): "archived",
    ("draft", "archive"): "archived",
    ("archived", "restore"): "draft",
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PATHS)
def test_a_course_is_always_in_the_state_that_its_last_step_leaves_it_in(path: list[str]) -> None:
    steps = {"unpublish": unpublish_course, "archive": archive_course, "restore": restore_course}
    with transaction.atomic():
        course, (version,) = drafted()
        accept(version, by=None, at=NOW)
        state = "draft"
        for step in path:
            # Every step is taken from a page of its own, some of them opened long ago.
            stale = Course(pk=course.pk, uuid=course.uuid, state=CourseState.DRAFT)
            if step != "publish":
                steps[step](stale, actor=None)
            elif state != "archived":
                publish_course(stale, at=NOW)
            else:
                with pytest.raises(CannotPublish):
                    publish_course(stale, at=NOW)
            state = AFTER.get((state, step), state)
            row = Course.objects.get(pk=course.pk)
            assert (row.state, row.archived_at is not None) == (state, state == "archived")
        transaction.set_rollback(True)
