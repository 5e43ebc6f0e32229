"""What is to decide about a draft, counted and put in order."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authoring.domain.review import Decision, QueuedQuestion, last_decided, queue_behind, review_queue, with_tallies
from authoring.domain.review_checks import accept_clean, questions_under_review
from course.models import Course
from course.reading.outline import Span
from quizzes.domain.questions import NewQuestion, accept, add_questions, publish_accepted, put_back, reject
from quizzes.models import Origin, Quiz, QuizItem
from tests.factories import NOW, single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def decisions(course: Course) -> list[str]:
    return [question.decision.value for question in questions_under_review(course)]


def test_what_is_read_behind_a_question_is_found_by_any_wording_of_it() -> None:
    course = make_draft(make_author(), questions=3)
    queue = review_queue(course)
    assert queue_behind(course, queue, None) == queue
    assert [list(queue_behind(course, queue, each.uuid)) for each in queue] == [queue[1:], queue[2:], []]
    assert queue_behind(course, queue, UUID(int=7)) == queue
    add_questions(
        course,
        questions=[NewQuestion("single_choice", single_choice(), None, [Span(0, 23)])],
        revision=course.lessons.get().revision,
        at=NOW,
    )
    later = review_queue(course)
    assert [each.question for each in queue_behind(course, later, queue[0].uuid)] == [
        each.question for each in queue[1:]
    ]


def test_questions_stand_in_reading_order_with_their_lesson_and_proof() -> None:
    course = make_draft(make_author(), questions=1)
    revision = course.lessons.get().revision
    earlier = NewQuestion("single_choice", single_choice("What does the lake feed?"), None, [Span(0, 23)])
    add_questions(course, questions=[earlier], revision=revision, at=NOW)

    questions = questions_under_review(course)

    assert [question.number for question in questions] == [1, 2]
    assert [question.version.content["stem"] for question in questions] == [
        "What does the lake feed?",
        "Who built wall 0?",
    ]
    assert [question.evidence[0].quote for question in questions] == [
        "A lake feeds two towns.",
        "The upper town built a wall.",
    ]
    assert {question.lesson for question in questions} == {course.lessons.get()}


def test_a_question_without_evidence_comes_last_and_is_found_wanting() -> None:
    course = make_draft(make_author(), questions=1)
    bare = NewQuestion("single_choice", single_choice("Why?"), None, [])
    add_questions(course, questions=[bare], revision=course.lessons.get().revision, at=NOW)

    last = questions_under_review(course)[-1]

    assert last.version.content["stem"] == "Why?"
    assert (last.lesson, last.evidence, last.is_clean) == (None, (), False)


def test_a_decision_is_read_from_the_version() -> None:
    course = make_draft(make_author(), questions=4)
    one, two, three, _ = versions_of(course)
    accept(one, by=None)
    publish_accepted(course, at=NOW)
    accept(two, by=None)
    reject(three, by=None, reason="No.")

    assert decisions(course) == ["published", "accepted", "rejected", "undecided"]
    put_back(three)
    assert decisions(course) == ["published", "accepted", "undecided", "undecided"]


def test_the_rules_are_held_against_every_question_and_against_pairs() -> None:
    twins = [("single_choice", single_choice("Who built the long wall above the lake?"))] * 2
    course = make_draft(make_author(), contents=twins)

    rules = [[finding.rule for finding in question.findings] for question in questions_under_review(course)]

    assert all("near_duplicates" in found for found in rules)


def test_only_questions_of_one_quiz_are_held_against_each_other() -> None:
    twins = [("single_choice", single_choice("Who built the long wall above the lake?"))] * 2
    course = make_draft(make_author(), contents=twins)
    _, other = versions_of(course)
    elsewhere = Quiz.objects.create(course=course, slug="elsewhere", title="Elsewhere", position=2)

    def rules() -> list[str]:
        return [finding.rule for question in questions_under_review(course) for finding in question.findings]

    assert rules().count("near_duplicates") == 2
    QuizItem.objects.filter(question=other.question).update(quiz=elsewhere)
    assert "near_duplicates" not in rules()
    QuizItem.objects.all().delete()
    assert rules().count("near_duplicates") == 2


def test_a_rejected_question_is_no_duplicate_any_more() -> None:
    twins = [("single_choice", single_choice("Who built the long wall above the lake?"))] * 2
    course = make_draft(make_author(), contents=twins)
    reject(versions_of(course)[0], by=None, reason="The other one is better.")

    rules = [finding.rule for question in questions_under_review(course) for finding in question.findings]

    assert "near_duplicates" not in rules


def test_only_clean_undecided_questions_of_the_lesson_are_accepted_together() -> None:
    author = make_author()
    clean = single_choice("Which town built a wall?")
    course = make_draft(author, contents=[("single_choice", clean), ("single_choice", {**clean, "stem": ""})])
    before = questions_under_review(course)
    expected = sum(question.is_clean for question in before)

    assert accept_clean(course, lesson=course.lessons.get(), by=author) == expected
    after = questions_under_review(course)
    assert [question.decision == Decision.ACCEPTED for question in after] == [question.is_clean for question in before]
    assert accept_clean(course, lesson=course.lessons.get(), by=author) == 0


def test_the_last_decision_is_ones_own_and_can_be_taken_back() -> None:
    mine, theirs = make_author(), make_author()
    course = make_draft(mine, questions=3)
    one, two, three = versions_of(course)
    accept(one, by=mine)
    reject(two, by=mine, reason="No.")
    accept(three, by=theirs)

    last = last_decided(review_queue(course), by=mine)

    assert last is not None
    assert last.uuid == two.uuid
    put_back(two)
    last = last_decided(review_queue(course), by=mine)
    assert last is not None
    assert last.uuid == one.uuid
    publish_accepted(course, at=NOW)
    assert last_decided(review_queue(course), by=mine) is None


def test_tallies_count_what_waits() -> None:
    author = make_author()
    course = make_draft(author, questions=4, concepts=3)
    one, two, *_ = versions_of(course)
    accept(one, by=author)
    reject(two, by=author, reason="No.")

    row = with_tallies(Course.objects.filter(pk=course.pk)).get()

    assert (row.lesson_count, row.undecided, row.accepted, row.published, row.rejected) == (1, 2, 1, 0, 1)
    assert (row.suggested, row.known, row.unknown, row.build_state) == (3, 0, 1, None)


@pytest.mark.parametrize("count", [5, 60])
def test_the_queue_takes_three_statements_whatever_the_number(count: int) -> None:
    course = make_draft(make_author(), questions=count, concepts=count)

    with CaptureQueriesContext(connection) as captured:
        assert len(review_queue(course)) == count

    assert len(captured) == 3


def test_a_queue_says_of_each_question_what_is_known_without_reading_it() -> None:
    author = make_author()
    course = make_draft(author, questions=2)
    one, two = versions_of(course)
    reject(two, by=author, reason="No.", at=NOW)
    lesson = course.lessons.get()

    queue = review_queue(course)

    start = lesson.revision.text.index("The upper town built a wall.")
    assert queue == [
        QueuedQuestion(1, one.pk, one.uuid, one.question_id, Decision.UNDECIDED, None, None, lesson, start),
        QueuedQuestion(2, two.pk, two.uuid, two.question_id, Decision.REJECTED, author.pk, NOW, lesson, start),
    ]
    assert [each.is_asked for each in queue] == [True, False]


def test_a_question_stands_where_the_first_of_its_proof_does() -> None:
    course = make_draft(make_author(), questions=1)
    revision = course.lessons.get().revision
    twice = NewQuestion("single_choice", single_choice("Which two?"), None, [Span(60, 70), Span(2, 6)])
    add_questions(course, questions=[twice], revision=revision, at=NOW)
    assert review_queue(course)[0].start == 2


def test_a_course_without_anything_has_nothing_to_review() -> None:
    course = make_draft(make_author(), questions=0, concepts=0, contents=[])
    assert questions_under_review(course) == []


def test_drafts_keep_who_drafted_them() -> None:
    course = make_draft(make_author(), questions=1)
    version = questions_under_review(course)[0].version
    assert (version.origin, version.drafter) == (Origin.DRAFTED, "who_did_it@1")
