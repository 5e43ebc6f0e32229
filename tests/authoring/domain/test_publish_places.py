"""Each problem of publishing leads to where it is mended; courses are unpublished, archived and restored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.domain.audit import history
from authoring.domain.passages import decide_passage, seen_passages
from authoring.domain.publish import (
    Mend,
    archive_course,
    last_published,
    problems_to_mend,
    publish_course,
    restore_course,
    unpublish_course,
)
from course.models import Anchor, Course, CourseState
from course.reading.outline import PassageKind, Span
from course.rules import courses_readable_by
from quizzes.domain.questions import NewQuestion, accept, add_questions
from quizzes.domain.quiz_shelf import archive_quiz
from quizzes.errors import CannotPublish
from quizzes.models import QuestionVersion, Quiz
from tests.authoring.domain.cuts import editor_of, make_cut_course
from tests.course.domain.revised_courses import ESSAY, TAX, asking, make_essay, revise
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice
from tests.web.studio.drafts import drop

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(course: Course) -> list[tuple[str, str]]:
    return [(problem.mend, problem.name) for problem in problems_to_mend(course)]


def test_a_question_is_mended_on_its_own_page() -> None:
    course = make_course()
    [version] = add_questions(
        course,
        questions=[NewQuestion("single_choice", single_choice(), None, [])],
        revision=course.lessons.get().revision,
    )
    accept(version, by=None, at=NOW)
    assert told(course) == [(Mend.QUESTION, str(version.uuid))]


def test_evidence_that_a_changed_text_lost_holds_publishing_up() -> None:
    course = make_essay()
    version = asking(TAX)
    assert told(course) == []
    revise(course, ESSAY.replace(TAX, "The sleeping tax is a name."))
    assert told(course) == [(Mend.QUESTION, str(version.uuid))]


def test_a_concept_whose_mentions_are_all_lost_is_named() -> None:
    course = make_essay()
    revise(course, ESSAY.replace(f" {TAX}", ""))
    concept = course.concepts.get()
    assert (Mend.CONCEPT, concept.slug) in told(course)


def test_evidence_of_a_text_from_before_proves_nothing_now() -> None:
    course = make_essay()
    change = revise(course, f"A word before.\n\n{ESSAY}")
    version = asking(TAX)
    Anchor.objects.filter(revision=change.new, question=version.uuid).delete()
    assert told(course) == [(Mend.QUESTION, str(version.uuid))]


def in_line(course: Course, number: int, *, until: int = 0) -> QuestionVersion:
    """An accepted question that the whole line proves, or all lines up to another."""
    lines = seen_passages(course)
    first, last = lines[number - 1], lines[max(number, until) - 1]
    span = Span(first.span.start, last.span.end)
    asked = NewQuestion("single_choice", single_choice(f"What does line {number} say?"), None, [span])
    [version] = add_questions(course, questions=[asked], revision=first.revision)
    accept(version, by=None, at=NOW)
    return version


def decide(course: Course, number: int, kind: PassageKind | None) -> None:
    decide_passage(course, number=number, kind=kind, editor=editor_of(course))


def test_evidence_in_a_line_that_is_left_out_holds_publishing_up_until_the_line_is_kept() -> None:
    course = make_cut_course(published=False)
    version = in_line(course, 2)
    assert told(course) == []

    decide(course, 2, PassageKind.BOILERPLATE)
    [problem] = problems_to_mend(course)
    assert (problem.mend, problem.name) == (Mend.QUESTION, str(version.uuid))
    assert "“What does line 2 say?” stands in a line that is left out, so nobody can read it." in problem.message
    with pytest.raises(CannotPublish) as refused:
        publish_course(course, at=NOW)
    assert refused.value.problems == [problem.message]

    decide(course, 2, None)
    assert told(course) == []


def test_evidence_in_a_line_that_the_cleaner_dropped_is_told_as_well() -> None:
    course = make_cut_course(cuts=(0,))
    version = in_line(course, 1)
    drop(course, position=0)
    assert told(course) == [(Mend.QUESTION, str(version.uuid))]


def test_evidence_between_two_parts_is_read_by_nobody() -> None:
    course = make_cut_course()
    version = in_line(course, 3)
    second = seen_passages(course)[1]
    course.lessons.filter(position=1).update(end=second.span.end)
    assert told(course) == [(Mend.QUESTION, str(version.uuid))]


def test_evidence_over_two_lines_needs_both_of_them() -> None:
    course = make_cut_course()
    version = in_line(course, 1, until=2)
    assert told(course) == []
    decide(course, 2, PassageKind.BOILERPLATE)
    assert told(course) == [(Mend.QUESTION, str(version.uuid))]


def test_a_question_with_several_faults_is_told_once() -> None:
    course = make_cut_course()
    version = in_line(course, 2)
    decide(course, 2, PassageKind.BOILERPLATE)
    anchor = Anchor.objects.get(question=version.uuid)
    anchor.pk, anchor.ordinal, anchor.quote = None, 1, "Something else"
    anchor.save()
    [problem] = problems_to_mend(course)
    assert "not in the article word for word" in problem.message


@pytest.mark.parametrize("questions", [1, 9])
def test_the_problems_take_the_same_statements_for_few_and_many(questions: int, django_assert_num_queries: Any) -> None:
    course = make_cut_course()
    for number in range(questions):
        in_line(course, number % 6 + 1)
    decide(course, 1, PassageKind.BOILERPLATE)
    with django_assert_num_queries(12):
        problems_to_mend(course)


BROKEN: dict[str, dict[str, Any]] = {
    "has a pass mark but asks nothing": {"pass_fraction": Decimal("0.5")},
    "closes before its time limit is over": {
        "time_limit_seconds": 3_601,
        "opens_at": NOW,
        "closes_at": NOW + timedelta(hours=1),
    },
    "Late credit counts from the closing": {"late_credit": [{"hours": 1, "credit": 0.5}]},
    "There is no moment": {"feedback_policy": {"never": []}},
}


@pytest.mark.parametrize("words", BROKEN)
def test_a_quiz_is_mended_in_its_settings_and_archived_it_holds_nothing_up(words: str) -> None:
    course = make_course()
    make_quiz(course, questions=1)
    quiz = make_quiz(course, questions=0, **BROKEN[words])
    [problem] = problems_to_mend(course)
    assert (problem.mend, problem.name) == (Mend.QUIZ, quiz.slug)
    assert words in problem.message
    archive_quiz(quiz, actor=None, at=NOW)
    assert problems_to_mend(course) == []


def test_a_window_as_long_as_the_limit_is_long_enough_for_everybody() -> None:
    course = make_course()
    times: dict[str, Any] = {"time_limit_seconds": 3_600, "opens_at": NOW, "closes_at": NOW + timedelta(hours=1)}
    make_quiz(course, questions=1, **times)
    make_enrollment(course, time_factor=Decimal(2))
    assert problems_to_mend(course) == []


def test_everything_is_told_at_once() -> None:
    course = make_course(published=False)
    make_concept(course)
    make_quiz(course, questions=0, pass_fraction=Decimal("0.5"))
    QuestionVersion.objects.all().delete()
    assert [mend for mend, _ in told(course)] == [Mend.COURSE, Mend.CONCEPT, Mend.QUIZ]


STEPS: dict[str, tuple[Callable[..., None], CourseState, CourseState]] = {
    "unpublished": (unpublish_course, CourseState.PUBLISHED, CourseState.DRAFT),
    "archived": (archive_course, CourseState.PUBLISHED, CourseState.ARCHIVED),
    "archived as a draft": (archive_course, CourseState.DRAFT, CourseState.ARCHIVED),
    "restored": (restore_course, CourseState.ARCHIVED, CourseState.DRAFT),
    "not published": (unpublish_course, CourseState.DRAFT, CourseState.DRAFT),
    "not archived": (restore_course, CourseState.PUBLISHED, CourseState.PUBLISHED),
}


@pytest.mark.parametrize("name", STEPS)
def test_each_step_leads_from_one_state_to_another_and_is_recorded_once(name: str) -> None:
    step, before, after = STEPS[name]
    course = make_course()
    Course.objects.filter(pk=course.pk).update(state=before)
    for _ in range(2):
        step(course, actor=None)
    course.refresh_from_db()
    assert course.state == after
    assert history(f"course:{course.uuid}").count() == (before != after)


def test_what_is_unpublished_is_found_by_nobody_and_comes_back_with_everything() -> None:
    course = make_course()
    quiz = make_quiz(course, questions=1)
    learner = make_enrollment(course).user
    unpublish_course(course, actor=None)
    assert not courses_readable_by(learner).exists()
    publish_course(course)
    assert courses_readable_by(learner).get() == course
    assert Quiz.objects.get(pk=quiz.pk).items.count() == 1


def test_an_archived_course_is_not_published() -> None:
    course = make_course()
    make_quiz(course, questions=1)
    archive_course(course, actor=None)
    with pytest.raises(CannotPublish) as refused:
        publish_course(course)
    assert refused.value.problems == ["This course is archived. Restore it first."]


def test_the_last_publishing_is_that_of_the_newest_question() -> None:
    course = make_course(published=False)
    assert last_published(course) is None
    [version] = add_questions(
        course,
        questions=[NewQuestion("single_choice", single_choice(), None, [Span(24, 52)])],
        revision=course.lessons.get().revision,
    )
    accept(version, by=None, at=NOW)
    publish_course(course, at=NOW + timedelta(days=2))
    assert last_published(course) == NOW + timedelta(days=2)
