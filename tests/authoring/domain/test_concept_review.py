"""Concepts stand beside the words that name them, and in groups that a person can look over."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.domain.concept_hub import concept_hub
from authoring.domain.concept_review import Group, accept_asked_concepts, review_concepts
from course.domain.concepts import add_mentions
from course.models import Anchor, AnchorStatus, Concept, ConceptState, Course
from course.reading.outline import ConceptKind, Span
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import take_back
from quizzes.domain.questions import accept, reject
from quizzes.models import Question
from tests.factories import TEXT, make_concept, make_course, make_revision
from tests.web.studio.drafts import drop, make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def named(course: Course, term: str, *words: str, **fields: Any) -> Concept:
    """A concept that is named by these words, each where it stands first."""
    concept = make_concept(course, term)
    Concept.objects.filter(pk=concept.pk).update(**fields)
    concept.refresh_from_db()
    spans = [Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in words]
    add_mentions(course.lessons.get().revision, places=[(concept, span) for span in spans])
    return concept


def marked(course: Course) -> list[tuple[str, str]]:
    """What is marked in the text, each with the term it stands for."""
    pieces = [piece for each in review_concepts(course).passages for piece in each.pieces]
    return [(piece.text, piece.concept.term) for piece in pieces if piece.concept]


def test_a_concept_has_its_note_at_the_passage_that_names_it_first() -> None:
    course = make_course()
    named(course, "town", "upper town", "lower town")
    named(course, "machine", "thirst machine")
    notes = [[row.concept.term for row in each.notes] for each in review_concepts(course).passages]
    assert notes == [["town"], ["machine"]]
    assert marked(course) == [("upper town", "town"), ("lower town", "town"), ("thirst machine", "machine")]


def test_notes_stand_in_the_order_of_the_words_whatever_their_rank() -> None:
    course = make_course()
    named(course, "wall", "wall")
    named(course, "lake", "lake")
    assert [row.concept.term for row in review_concepts(course).passages[0].notes] == ["lake", "wall"]
    assert [row.concept.term for row in review_concepts(course).rows] == ["wall", "lake"]


def test_a_term_inside_another_is_not_marked_but_has_its_note() -> None:
    course = make_course()
    named(course, "thirst machine", "thirst machine")
    named(course, "machine", "machine")
    assert marked(course) == [("thirst machine", "thirst machine")]
    assert [row.concept.term for row in review_concepts(course).passages[1].notes] == ["thirst machine", "machine"]


def test_a_rejected_concept_is_not_marked_and_keeps_its_note() -> None:
    course = make_course()
    named(course, "lake", "lake", state=ConceptState.REJECTED)
    assert marked(course) == []
    assert [row.concept.term for row in review_concepts(course).passages[0].notes] == ["lake"]


def test_a_concept_that_nothing_read_names_is_listed_apart() -> None:
    course = make_draft(make_author(), questions=0, concepts=1)
    drop(course, position=0)
    review = review_concepts(course)
    assert [row.concept.term for row in review.unplaced] == ["lake 0"]
    assert [each.passage.number for each in review.passages] == [2]


def test_merged_terms_are_told_beside_the_concept_that_holds_them() -> None:
    course = make_course()
    town, upper, lower = (named(course, term, term) for term in ("two towns", "upper town", "lower town"))
    merge_concepts(lower, into=upper, by=None)
    merge_concepts(upper, into=town, by=None)
    (row,) = review_concepts(course).rows
    assert (row.concept, set(row.synonyms), row.places) == (town, {"upper town", "lower town"}, 3)
    assert [term for _, term in marked(course)] == ["two towns"] * 3


@pytest.mark.parametrize(
    ("fields", "questions", "group"),
    [
        ({"state": "suggested", "kind": "expression"}, 0, Group.EXPRESSION),
        ({"state": "suggested", "kind": "topic"}, 0, Group.TOPIC),
        ({"state": "suggested", "kind": "name"}, 0, Group.NAME),
        ({"state": "suggested", "kind": "name"}, 1, Group.ASKED),
        ({"state": "accepted"}, 0, Group.UNASKED),
        ({"state": "accepted"}, 1, Group.ACCEPTED),
        ({"state": "rejected"}, 1, Group.REJECTED),
    ],
)
def test_a_concept_is_in_one_group(fields: dict[str, str], questions: int, group: Group) -> None:
    course = make_draft(make_author(), questions=questions, concepts=1)
    Concept.objects.update(**fields)
    assert list(review_concepts(course).groups) == [group]


def test_a_rejected_question_asks_nothing() -> None:
    author = make_author()
    course = make_draft(author, questions=1, concepts=1)
    Concept.objects.update(state=ConceptState.ACCEPTED)
    assert not review_concepts(course).rows[0].lacks_question
    reject(versions_of(course)[0], by=author, reason="Trivial.")
    assert review_concepts(course).rows[0].lacks_question


@pytest.mark.parametrize(
    ("states", "pair"),
    [
        (("suggested", "suggested"), [("Brandt", "Ilse Brandt")]),
        (("accepted", "accepted"), [("Brandt", "Ilse Brandt")]),
        (("suggested", "accepted"), [("Ilse Brandt", "Brandt")]),
        (("accepted", "suggested"), [("Brandt", "Ilse Brandt")]),
        (("suggested", "rejected"), []),
    ],
)
def test_concepts_that_may_be_one_are_told_so_that_they_can_be_merged(
    states: tuple[str, str], pair: list[tuple[str, str]]
) -> None:
    course = make_course()
    for term, state in zip(("Ilse Brandt", "Brandt"), states, strict=True):
        named(course, term, state=state)
    found = review_concepts(course).alike
    assert [(row.concept.term, other.concept.term) for row, other, _ in found] == pair
    for row, other, _ in found:
        merge_concepts(row.concept, into=other.concept, by=None)


def test_only_the_text_that_is_read_now_names_anything() -> None:
    course = make_course()
    concept = named(course, "wall", "wall", "lake")
    lesson = course.lessons.get()
    later = make_revision(f"Look: {TEXT}")
    for number, anchor in enumerate(Anchor.objects.filter(mention__concept=concept).order_by("start")):
        anchor.pk, anchor.revision, anchor.start, anchor.end = None, later, anchor.start + 6, anchor.end + 6
        anchor.status = AnchorStatus.ORPHANED if number else AnchorStatus.MOVED
        anchor.save(force_insert=True)
    assert review_concepts(course).rows[0].places == 2
    lesson.revision, lesson.end = later, lesson.end + 6
    lesson.save()
    assert (review_concepts(course).rows[0].places, marked(course)) == (1, [("lake", "wall")])
    (passage,) = concept_hub(Concept.objects.select_related("course").get(pk=concept.pk)).passages
    assert [text for text, is_named in passage.pieces if is_named] == ["lake"]


def test_forty_suggestions_are_in_four_groups_that_hold_each_once() -> None:
    course = make_draft(make_author(), questions=9, concepts=40)
    for number, concept in enumerate(course.concepts.order_by("pk")):
        Concept.objects.filter(pk=concept.pk).update(kind=list(ConceptKind)[number % 3])
    groups = review_concepts(course).groups
    assert {group: len(rows) for group, rows in groups.items()} == {
        Group.ASKED: 9,
        Group.EXPRESSION: 11,
        Group.TOPIC: 10,
        Group.NAME: 10,
    }
    assert sum(map(len, groups.values())) == len({row.concept.pk for rows in groups.values() for row in rows}) == 40


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 12)), max_size=6))
def test_whatever_is_marked_the_pieces_joined_are_the_passage(wanted: list[tuple[int, int]]) -> None:
    course = make_course()
    concept = make_concept(course)
    spans = {Span(start, min(start + length, len(TEXT))) for start, length in wanted}
    add_mentions(course.lessons.get().revision, places=[(concept, span) for span in spans])
    review = review_concepts(course)
    assert ["".join(piece.text for piece in each.pieces) for each in review.passages] == TEXT.split("\n")
    whole = [span for span in spans if "\n" not in TEXT[span.start : span.end]]
    assert bool(marked(course)) == bool(whole)


@pytest.mark.parametrize("count", [5, 60])
def test_reviewing_takes_the_same_statements_whatever_the_number(count: int) -> None:
    course = make_draft(make_author(), questions=count, concepts=count)
    with CaptureQueriesContext(connection) as asked:
        assert len(review_concepts(course).rows) == count
    assert len(asked) == 5


def test_the_concepts_that_accepted_questions_ask_about_are_accepted_in_one_deed() -> None:
    author = make_author()
    course = make_draft(author, questions=2, concepts=3)
    accept(versions_of(course)[0], by=author)
    count, deed = accept_asked_concepts(course, by=author)
    assert count == 1
    states = course.concepts.order_by("rank").values_list("state", flat=True)
    assert list(states) == [ConceptState.ACCEPTED, ConceptState.SUGGESTED, ConceptState.SUGGESTED]
    assert accept_asked_concepts(course) == (0, None)
    assert deed is not None
    take_back(course, deed=deed)
    assert set(states.all()) == {ConceptState.SUGGESTED}


def test_a_course_without_anything_has_nothing_to_review() -> None:
    review = review_concepts(make_draft(make_author(), questions=0, concepts=0, contents=[]))
    assert (review.rows, review.groups, review.unplaced) == ((), {}, ())
    assert not Question.objects.exists()
