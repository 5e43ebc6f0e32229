from __future__ import annotations

from datetime import timedelta

import pytest

from course.domain.progress import mark_read
from quizzes.domain.progress import course_progress
from quizzes.domain.remembering import recall
from quizzes.mastery import MasteryState
from quizzes.memory import Rating
from quizzes.models import Question
from tests.factories import NOW, make_enrollment
from tests.web.learner.books import add_quiz, make_book, take
from web.learner.standing import LOOKS, Standing, standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_every_state_has_a_look() -> None:
    assert set(LOOKS) == set(MasteryState)


def test_the_page_leads_from_reading_to_quizzes_to_nothing() -> None:
    course = make_book(lessons=2)
    quiz = add_quiz(course, title="The check")
    enrollment = make_enrollment(course)

    def now() -> Standing:
        return standing_of(course_progress(enrollment), at=NOW)

    assert (now().heading, now().action) == ("You are at the beginning", "Start reading: Chapter 1, part 1 of 2")
    assert now().reading == "You have not read or answered anything yet."
    mark_read(course.lessons.get(position=1), enrollment=enrollment)
    assert (now().heading, now().action) == ("One of three steps done", "Continue: Chapter 2, part 2 of 2")
    assert now().reading == "You have read one of two parts and not yet taken the quiz."
    mark_read(course.lessons.get(position=2), enrollment=enrollment)
    assert now().action == "Take the quiz: The check"
    take(quiz, enrollment)
    assert (now().action, now().reading) == ("", "You have read every part and taken every quiz.")


def test_the_ring_counts_what_the_heading_counts() -> None:
    course = make_book(lessons=2)
    enrollment = make_enrollment(course)

    def told() -> tuple[str, int, int, bool]:
        standing = standing_of(course_progress(enrollment), at=NOW)
        return standing.heading, standing.ring.done, standing.ring.total, standing.rings_concepts

    take(add_quiz(course, concept="term1x"), enrollment, right=0)
    assert told() == ("One of three steps done", 1, 3, False)
    take(add_quiz(course, concept="term2x"), enrollment, right=2)
    assert told() == ("One of two concepts is firm", 1, 2, True)


def test_the_map_names_what_is_least_sure() -> None:
    course = make_book(lessons=2)
    enrollment = make_enrollment(course)
    take(add_quiz(course, concept="term1x"), enrollment, right=2)
    standing = standing_of(course_progress(enrollment), at=NOW)
    assert standing.map_reading == "You know every concept with enough answers well now."
    take(add_quiz(course, concept="term2x"), enrollment, right=0)
    standing = standing_of(course_progress(enrollment), at=NOW)
    assert standing.map_reading == (
        "“Term2x” is the least sure now of those with enough answers; it belongs to part 2."
    )
    assert (standing.heading, standing.lede) == (
        "One of two concepts is firm",
        "One concept would gain from another look.",
    )


def fills(standing: Standing) -> list[str]:
    """How full each circle of the map is drawn, in order; "" where nothing is known."""
    assert standing.map is not None
    return [node.fill for node in standing.map.nodes]


def test_the_map_fills_by_what_is_known_now_and_fades_with_the_days_after_a_recall() -> None:
    course = make_book(lessons=2)
    enrollment = make_enrollment(course)
    quiz = add_quiz(course, concept="term1x", questions=2)
    take(quiz, enrollment, right=0)
    missed = standing_of(course_progress(enrollment), at=NOW)
    for question in Question.objects.filter(items__quiz=quiz):
        recall(enrollment, question.uuid, rating=Rating.EASY, number=1, at=NOW)

    days = [standing_of(course_progress(enrollment), at=NOW + timedelta(days=days)) for days in (0, 30, 300)]

    drawn = [float(fills(each)[0]) for each in (missed, *days)]
    assert drawn[0] < drawn[3] < drawn[2] < drawn[1]
    assert [each.concepts[0].now for each in (missed, days[0])] == ["25 %", "75 %"]
    assert {each.concepts[0].percent for each in days} == {"25 %"}
    assert [fills(each)[1] for each in days] == ["", "", ""]


def test_the_map_names_what_has_faded_most() -> None:
    course = make_book(lessons=2)
    enrollment = make_enrollment(course)
    first, second = (add_quiz(course, concept=term, questions=2) for term in ("term1x", "term2x"))
    take(first, enrollment, right=0)
    take(second, enrollment, right=1)
    assert "“Term1x”" in standing_of(course_progress(enrollment), at=NOW).map_reading
    for question in Question.objects.filter(items__quiz=first):
        recall(enrollment, question.uuid, rating=Rating.EASY, number=1, at=NOW)

    assert "“Term2x”" in standing_of(course_progress(enrollment), at=NOW).map_reading


def test_parts_of_a_point_are_counted_as_parts() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    take(add_quiz(course, concept="term1x", questions=4), enrollment, right=3)
    mastery = enrollment.masteries.get()
    mastery.evidence = {key: {**piece, "fraction": "0.500000"} for key, piece in mastery.evidence.items()}
    question, piece = next(iter(mastery.evidence.items()))
    mastery.evidence[question] = {**piece, "fraction": "1.000000"}
    mastery.save()
    assert standing_of(course_progress(enrollment), at=NOW).concepts[0].found == "2.5 of 4 right"
    mastery.evidence[question] = {**piece, "fraction": "0.333333"}
    mastery.save()
    assert standing_of(course_progress(enrollment), at=NOW).concepts[0].found == "1.83 of 4 right"


def test_the_timeline_is_that_of_the_newest_submitted_attempt() -> None:
    course = make_book()
    enrollment = make_enrollment(course)
    quiz = add_quiz(course, questions=2)
    take(quiz, enrollment, hours_ago=30)
    newest = take(quiz, enrollment)
    timeline = standing_of(course_progress(enrollment), at=NOW + timedelta(hours=1)).timeline
    assert timeline is not None
    assert timeline.attempt == newest
    assert [(question, event) for _, question, event in timeline.rows] == [
        ("1", "answered"),
        ("2", "answered"),
        ("all", "submitted"),
    ]
    assert (timeline.reading, timeline.remark) == (
        "You answered two questions and changed none of your answers.",
        "It took two minutes from start to submitting.",
    )
