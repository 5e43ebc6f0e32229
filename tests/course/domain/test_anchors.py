"""Anchors: where the proof of a question stands."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from course.domain.anchors import (
    CONTEXT,
    anchor_at,
    anchors_that_stand,
    confirm_evidence,
    newest_standing_first,
    places_of_evidence,
    standing_anchors,
)
from course.domain.articles import add_revision
from course.models import Anchor, AnchorStatus, Lesson, Revision
from course.reading.outline import Span
from quizzes.models import QuestionVersion
from tests.factories import NOW, TEXT, make_course, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_evidence_names_its_lesson_and_the_passage_it_stands_in() -> None:
    make_quiz(make_course(), questions=1)
    version = QuestionVersion.objects.get()

    [place] = places_of_evidence([version.uuid])[version.uuid]

    assert place.quote == "The upper town built a wall."
    assert (place.start, place.end, place.passage_start) == (24, 52, 0)
    assert (place.lesson_slug, place.lesson_title) == ("the-wall", "The wall")


def test_evidence_outside_every_lesson_keeps_its_own_start() -> None:
    make_quiz(make_course(), questions=1)
    version = QuestionVersion.objects.get()
    Lesson.objects.update(start=60)

    [place] = places_of_evidence([version.uuid])[version.uuid]

    assert (place.lesson_slug, place.passage_start) == ("", 24)


def test_a_question_without_evidence_has_no_places() -> None:
    make_quiz(make_course(), questions=1)
    Anchor.objects.all().delete()

    assert places_of_evidence([QuestionVersion.objects.get().uuid]) == {}


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(st.text(min_size=1, max_size=120))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(texts_and_spans())
def test_an_anchor_quotes_its_span_and_the_words_around_it(found: tuple[str, Span]) -> None:
    text, span = found

    anchor = anchor_at(Revision(text=text), span, question=uuid4())

    assert text[anchor.start : anchor.end] == anchor.quote
    assert text[: span.start].endswith(anchor.prefix)
    assert text[span.end :].startswith(anchor.suffix)
    assert (len(anchor.prefix), len(anchor.suffix)) == (min(CONTEXT, span.start), min(CONTEXT, len(text) - span.end))
    assert anchor.status == AnchorStatus.EXACT


def proven(*spans: Span) -> QuestionVersion:
    """A question that these spans of the factories' text prove."""
    make_quiz(make_course(), questions=1)
    version = QuestionVersion.objects.get()
    Anchor.objects.all().delete()
    revision = Lesson.objects.get().revision
    Anchor.objects.bulk_create(
        anchor_at(revision, span, question=version.uuid, ordinal=ordinal) for ordinal, span in enumerate(spans)
    )
    return version


FIRST, SECOND, THIRD = Span(0, 23), Span(24, 52), Span(53, 94)


def shown_in_another_text(*, moved_by: int, without: int | None = None) -> Revision:
    """The course shows another wording, in which every anchor stands so much later, or one of them not at all."""
    lesson = Lesson.objects.get()
    newer = add_revision(lesson.revision.article, text="x" * moved_by + TEXT, at=NOW)
    for anchor in Anchor.objects.order_by("ordinal"):
        row = anchor_at(
            newer,
            Span(anchor.start + moved_by, anchor.end + moved_by),
            question=anchor.question,
            ordinal=anchor.ordinal,
        )
        row.status = AnchorStatus.ORPHANED if anchor.ordinal == without else AnchorStatus.MOVED
        row.save()
    Lesson.objects.update(revision=newer, end=lesson.end + moved_by)
    return newer


@pytest.mark.parametrize("spans", [(FIRST, SECOND, THIRD), (THIRD, FIRST, SECOND), (SECOND, THIRD, FIRST)])
def test_evidence_comes_in_reading_order_however_it_was_given(spans: tuple[Span, ...]) -> None:
    version = proven(*spans)

    places = places_of_evidence([version.uuid])[version.uuid]

    assert [place.start for place in places] == [FIRST.start, SECOND.start, THIRD.start]


def test_an_attempt_has_the_quotes_it_began_with_and_the_places_of_today() -> None:
    version = proven(FIRST, SECOND)
    old = Lesson.objects.get().revision_id
    newer = shown_in_another_text(moved_by=7)

    then = places_of_evidence([version.uuid], revision=old)[version.uuid]
    now = places_of_evidence([version.uuid])[version.uuid]

    assert [(each.start, each.status) for each in then] == [(0, AnchorStatus.MOVED), (24, AnchorStatus.MOVED)]
    assert [each.start for each in now] == [7, 31]
    assert [each.lesson_slug for each in (*then, *now)] == ["the-wall"] * 4
    assert places_of_evidence([version.uuid], revision=newer.pk)[version.uuid] == now


def test_evidence_that_the_text_lost_is_shown_to_who_began_before_and_to_nobody_else() -> None:
    version = proven(FIRST, SECOND)
    old = Lesson.objects.get().revision_id
    shown_in_another_text(moved_by=7, without=0)

    then = places_of_evidence([version.uuid], revision=old)[version.uuid]
    now = places_of_evidence([version.uuid])[version.uuid]

    assert [(each.start, each.status) for each in then] == [(0, AnchorStatus.ORPHANED), (24, AnchorStatus.MOVED)]
    assert [each.start for each in now] == [31]


def test_what_was_looked_at_is_exact_and_looking_again_changes_nothing() -> None:
    version = proven(FIRST, SECOND)
    shown_in_another_text(moved_by=7, without=0)

    assert [confirm_evidence(version.uuid) for _ in range(2)] == [1, 0]

    [place] = places_of_evidence([version.uuid])[version.uuid]
    assert place.status == AnchorStatus.EXACT
    assert Anchor.objects.filter(status=AnchorStatus.ORPHANED).count() == 1


def test_only_what_points_into_the_text_of_today_and_stands_there_counts() -> None:
    proven(FIRST, SECOND)
    course = Lesson.objects.get().course
    newer = shown_in_another_text(moved_by=7, without=0)

    assert [(each.revision_id, each.ordinal) for each in standing_anchors(course)] == [(newer.pk, 1)]
    assert anchors_that_stand().count() == 3
    assert [each.revision_id == newer.pk for each in newest_standing_first()] == [True, False, False]


@pytest.mark.parametrize("questions", [0, 1, 15])
def test_evidence_takes_one_statement_whatever_the_number_of_questions(questions: int) -> None:
    if questions:
        make_quiz(make_course(), questions=questions)
    wanted = list(QuestionVersion.objects.values_list("uuid", flat=True))

    with CaptureQueriesContext(connection) as asked:
        found = places_of_evidence(wanted)

    assert (len(asked), len(found)) == (min(1, questions), questions)
