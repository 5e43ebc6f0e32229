"""Merging takes everything along, and taking apart gives everything back, in whatever order."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from course.domain.concept_changes import decide_concepts
from course.domain.lesson_page import Term, lesson_page
from course.errors import CannotMerge, ChangedSince
from course.models import ConceptState, Lesson, Mention
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import standing_merges, take_back
from quizzes.domain.rebuild import rebuild_progress
from quizzes.models import ConceptMastery, Question, QuizItem
from tests.factories import NOW, make_concept, make_course
from tests.quizzes.domain.merging import TERMS, Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def scene() -> Class:
    return Class()


def merge(scene: Class, own: str, into: str) -> UUID:
    return merge_concepts(scene.concept(own), into=scene.concept(into), by=None)


def test_everything_of_the_concept_goes_over(scene: Class) -> None:
    one, other = scene.concept("term1x"), scene.concept("term2x")
    mentions = set(Mention.objects.filter(concept__in=[one, other]))
    questions = set(Question.objects.filter(concept__in=[one, other]))
    merge(scene, "term1x", "term2x")
    assert set(Mention.objects.filter(concept=other)) == mentions
    assert set(Question.objects.filter(concept=other)) == questions
    assert set(QuizItem.objects.filter(pool__concept=other.slug).values_list("quiz__title", "pool__take")) == {
        ("Check", 1)
    }
    assert not QuizItem.objects.filter(pool__concept=one.slug).exists()
    one.refresh_from_db()
    assert (one.state, one.merged_into) == (ConceptState.MERGED, other)


def test_mastery_is_what_the_answers_to_both_amount_to(scene: Class) -> None:
    merge(scene, "term1x", "term2x")
    rows = ConceptMastery.objects.filter(concept__term="term2x").order_by("enrollment")
    # None and one right of two in each quiz: (0 + 1) / (4 + 2) and (2 + 1) / (4 + 2).
    assert list(rows.values_list("mastery", flat=True)) == [Decimal("0.166667"), Decimal("0.5")]
    assert [len(row.evidence) for row in rows] == [4, 4]
    assert not ConceptMastery.objects.filter(concept__term="term1x").exists()
    assert rebuild_progress(check=True) == []


def test_learners_read_both_terms_as_one_concept(scene: Class) -> None:
    merge(scene, "term1x", "term2x")
    lesson = Lesson.objects.select_related("revision").get(course=scene.course, position=1)
    named = [
        (piece.text, piece.concept.term)
        for passage in lesson_page(lesson, enrollment=None).passages
        for piece in passage.pieces
        if isinstance(piece, Term)
    ]
    assert named == [("term1x", "term2x"), ("term1x", "term2x")]


def test_taking_a_merge_back_restores_everything(scene: Class) -> None:
    before = scene.everything()
    deed = merge(scene, "term1x", "term2x")
    assert scene.everything() != before
    take_back(scene.course, deed=deed)
    assert scene.everything() == before
    assert take_back(scene.course, deed=deed) == ()
    assert scene.everything() == before


def test_merges_in_any_order_come_apart_in_any_order(scene: Class) -> None:
    before = scene.everything()
    pairs = st.lists(st.tuples(st.sampled_from(TERMS), st.sampled_from(TERMS)), min_size=1, max_size=5)

    @settings(max_examples=25, deadline=None)
    @given(pairs, st.randoms(use_true_random=False))
    def law(wanted: list[tuple[str, str]], order: Random) -> None:
        with transaction.atomic():
            deeds = [deed for own, into in wanted if (deed := merged_if_possible(scene, own, into))]
            assert rebuild_progress(check=True) == []
            order.shuffle(deeds)
            for deed in deeds:
                take_back(scene.course, deed=deed)
                assert rebuild_progress(check=True) == []
            assert scene.everything() == before
            transaction.set_rollback(True)

    law()


def merged_if_possible(scene: Class, own: str, into: str) -> UUID | None:
    try:
        return merge(scene, own, into)
    except CannotMerge:
        return None


def test_a_question_that_went_elsewhere_since_stays_there(scene: Class) -> None:
    deed = merge(scene, "term1x", "term2x")
    question = Question.objects.filter(course=scene.course).order_by("pk").first()
    assert question is not None
    Question.objects.filter(pk=question.pk).update(concept=scene.concept("term3x"))
    take_back(scene.course, deed=deed)
    question.refresh_from_db()
    assert question.concept == scene.concept("term3x")
    assert Question.objects.filter(concept=scene.concept("term1x")).count() == 1


def test_what_the_other_one_got_meanwhile_it_keeps(scene: Class) -> None:
    deed = merge(scene, "term1x", "term2x")
    Question.objects.filter(concept=scene.concept("term3x")).update(concept=scene.concept("term2x"))
    take_back(scene.course, deed=deed)
    assert Question.objects.filter(concept=scene.concept("term2x")).count() == 4
    assert Question.objects.filter(concept=scene.concept("term1x")).count() == 2


@pytest.mark.parametrize("case", ["itself", "a merged one", "another course", "merged already"])
def test_what_cannot_be_merged_changes_nothing(scene: Class, case: str) -> None:
    merge(scene, "term3x", "term4x")
    before = scene.everything()
    own = scene.concept("term3x" if case == "merged already" else "term1x")
    into = {
        "itself": own,
        "a merged one": scene.concept("term3x"),
        "another course": make_concept(make_course()),
        "merged already": scene.concept("term2x"),
    }[case]
    with pytest.raises(CannotMerge):
        merge_concepts(own, into=into, by=None)
    assert scene.everything() == before


def test_an_accepted_concept_is_not_hidden_behind_one_that_is_not(scene: Class) -> None:
    decide_concepts([scene.concept("term2x")], state=ConceptState.REJECTED, by=None)
    with pytest.raises(CannotMerge, match=r"Accept “term2x” first: learners are shown “term1x” already\."):
        merge(scene, "term1x", "term2x")
    merge(scene, "term2x", "term1x")
    assert scene.concept("term2x").merged_into == scene.concept("term1x")


def test_a_decision_on_a_concept_that_was_merged_since_is_not_taken_back(scene: Class) -> None:
    rejected = decide_concepts([scene.concept("term1x")], state=ConceptState.REJECTED, by=None)
    assert rejected is not None
    merged = merge(scene, "term1x", "term2x")
    with pytest.raises(ChangedSince):
        take_back(scene.course, deed=rejected)
    take_back(scene.course, deed=merged)
    take_back(scene.course, deed=rejected)
    assert scene.concept("term1x").state == ConceptState.ACCEPTED


def test_the_merges_that_stand_are_listed(scene: Class) -> None:
    first, second = merge(scene, "term1x", "term2x"), merge(scene, "term2x", "term3x")
    assert [change.deed for change in standing_merges(scene.course)] == [first, second]
    take_back(scene.course, deed=first)
    assert [change.concept.term for change in standing_merges(scene.course)] == ["term2x"]


@pytest.mark.parametrize("learners", [1, 6])
def test_merging_takes_the_same_statements_whatever_the_number(learners: int) -> None:
    scene = Class(learners=learners, answered=2)
    with CaptureQueriesContext(connection) as asked:
        merge_concepts(scene.concept("term1x"), into=scene.concept("term2x"), by=None, at=NOW)
    assert len(asked) == 21
