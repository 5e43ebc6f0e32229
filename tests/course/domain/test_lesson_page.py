"""A lesson's passages, cut at the concepts they name."""

from __future__ import annotations

from typing import Any

import pytest

from course.domain.concepts import add_mentions
from course.domain.enrolment import enrol
from course.domain.lesson_page import NamedConcept, Term, lesson_page
from course.domain.progress import mark_read
from course.models import Concept, ConceptState, Course, Lesson, LessonReading, Passage, PassageDecision
from course.reading.outline import PassageKind, Span
from tests.factories import NOW, TEXT, make_concept, make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course() -> Course:
    return make_course()


def lesson_of(course: Course) -> Lesson:
    return Lesson.objects.select_related("revision").get(course=course)


def name(course: Course, *words: str) -> Concept:
    concept = make_concept(course, words[0])
    places = [(concept, Span(TEXT.index(each), TEXT.index(each) + len(each))) for each in words]
    add_mentions(lesson_of(course).revision, places=places)
    return concept


def told(concept: Concept) -> NamedConcept:
    """What a reader is told of it."""
    return NamedConcept(concept.pk, concept.slug, concept.term, concept.definition, concept.kind)


def test_the_pieces_of_a_passage_joined_are_the_passage(course: Course) -> None:
    name(course, "thirst machine")

    page = lesson_page(lesson_of(course), enrollment=None)

    assert "\n".join(passage.text for passage in page.passages) == TEXT


def test_a_concept_stands_where_it_is_named(course: Course) -> None:
    concept = name(course, "thirst machine")

    page = lesson_page(lesson_of(course), enrollment=None)

    assert page.passages[1].pieces == ("The lower town calls it a ", Term("thirst machine", told(concept), True), ".")
    assert page.passages[1].concepts == [told(concept)]


def test_only_the_first_mention_carries_the_note(course: Course) -> None:
    name(course, "upper town", "lower town")

    page = lesson_page(lesson_of(course), enrollment=None)

    firsts = [piece.is_first for passage in page.passages for piece in passage.pieces if isinstance(piece, Term)]
    assert firsts == [True, False]


def test_overlapping_concepts_show_the_first_and_longest(course: Course) -> None:
    longer = name(course, "a thirst machine")
    name(course, "thirst machine")

    page = lesson_page(lesson_of(course), enrollment=None)

    assert page.passages[1].concepts == [told(longer)]


def test_a_suggested_concept_is_not_shown(course: Course) -> None:
    name(course, "thirst machine")
    Concept.objects.update(state=ConceptState.SUGGESTED)

    page = lesson_page(lesson_of(course), enrollment=None)

    assert page.passages[1].pieces == ("The lower town calls it a thirst machine.",)


def test_what_an_instructor_dropped_is_not_read(course: Course) -> None:
    first = Passage.objects.earliest("position")
    PassageDecision.objects.create(course=course, passage=first, kind=PassageKind.BOILERPLATE, decided_at=NOW)

    page = lesson_page(lesson_of(course), enrollment=None)

    assert [passage.start for passage in page.passages] == [TEXT.index("The lower")]


def test_what_an_instructor_restored_is_read(course: Course) -> None:
    first = Passage.objects.earliest("position")
    Passage.objects.filter(pk=first.pk).update(kind=PassageKind.BOILERPLATE, reason="donation")
    assert len(lesson_page(lesson_of(course), enrollment=None).passages) == 1
    PassageDecision.objects.create(course=course, passage=first, kind=PassageKind.PARAGRAPH, decided_at=NOW)

    assert len(lesson_page(lesson_of(course), enrollment=None).passages) == 2


def test_a_decision_in_one_course_changes_no_other(course: Course) -> None:
    other = make_course()
    first = Passage.objects.filter(revision__lessons__course=course).earliest("position")
    PassageDecision.objects.create(course=other, passage=first, kind=PassageKind.BOILERPLATE, decided_at=NOW)

    assert len(lesson_page(lesson_of(course), enrollment=None).passages) == 2


def test_reading_a_lesson_counts_once(course: Course) -> None:
    enrollment = enrol(course, person=make_person(), at=NOW)

    mark_read(lesson_of(course), enrollment=enrollment, at=NOW)
    mark_read(lesson_of(course), enrollment=enrollment)

    assert LessonReading.objects.get().read_at == NOW
    assert [each.is_read for each in lesson_page(lesson_of(course), enrollment=enrollment).siblings] == [True]


def test_a_page_costs_the_same_whatever_it_shows(course: Course, django_assert_num_queries: Any) -> None:
    lesson = lesson_of(course)
    with django_assert_num_queries(3):
        lesson_page(lesson, enrollment=None)
    for words in ("upper town", "lower town", "thirst machine"):
        name(course, words)

    with django_assert_num_queries(3):
        lesson_page(lesson, enrollment=None)
