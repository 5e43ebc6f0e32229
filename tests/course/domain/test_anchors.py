"""Anchors: where the proof of a question stands."""

from __future__ import annotations

import pytest

from course.domain.anchors import places_of_evidence
from course.models import Anchor, Lesson
from quizzes.models import QuestionVersion
from tests.factories import make_course, make_quiz

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
