"""A course file goes in and comes out as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.domain.course_export import export_course
from authoring.domain.course_import import CourseExists, import_course
from authoring.domain.publish import publish_course
from course.models import Course, CourseState, Role
from quizzes.domain.concept_merging import merge_concepts
from quizzes.formats.course_file import parse, write
from quizzes.models import QuestionTag, QuestionVersion, VersionState
from tests.factories import NOW, make_person
from tests.web.learner.books import make_book

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SAMPLE = Path(__file__).parents[3] / "authoring/samples/belarus-between-two-chairs.postil"


def test_the_sample_course_comes_out_as_it_went_in() -> None:
    file = parse(SAMPLE.read_text())

    course = import_course(file, owner=make_person(), at=NOW)

    assert write(export_course(course)) == SAMPLE.read_text()


def test_an_imported_course_is_a_draft_of_its_owner() -> None:
    owner = make_person()

    course = import_course(parse(SAMPLE.read_text()), owner=owner, at=NOW)

    assert course.state == CourseState.DRAFT
    assert course.enrollments.get().user == owner
    assert course.enrollments.get().role == Role.OWNER
    assert set(QuestionVersion.objects.values_list("state", flat=True)) == {VersionState.DRAFT}


def test_publishing_an_imported_course_publishes_its_accepted_questions() -> None:
    course = import_course(parse(SAMPLE.read_text()), at=NOW)

    published = publish_course(course, at=NOW)

    assert published == QuestionVersion.objects.count()
    assert write(export_course(course)) == SAMPLE.read_text()


def test_a_slug_that_is_taken_is_refused_and_nothing_is_stored() -> None:
    import_course(parse(SAMPLE.read_text()), at=NOW)

    with pytest.raises(CourseExists):
        import_course(parse(SAMPLE.read_text()), at=NOW)

    assert Course.objects.count() == 1


RULES = """closes_at: 2026-12-24T18:00:00+00:00
ask_confidence: yes
tries_allowed: 3
try_penalty: 0.25
hint_penalty: 0.1
mastery_right: 4
mastery_of: 5
build_on_last: yes
practice_after_close: yes
late_credit:
  - within 24 hours: 0.8
  - within 48.5 hours: 0.5
"""
POOLS = "  - draw 1 tagged borders (1.5 points each)\n  - draw 1 on co-aggressor\n"
TAGS = "tags:\n  - borders\n  - two-chairs\nhints:\n  - Look at the first paragraph.\n"


def test_every_rule_of_a_quiz_tags_hints_and_pools_come_out_as_they_went_in() -> None:
    text = SAMPLE.read_text()
    quiz = text.index("questions:\n", text.index("== quiz"))
    text = text[:quiz] + RULES + text[quiz:]
    text = text.replace(
        "questions:\n", "questions:\n  - draw 1 tagged borders (1.5 points each)\n  - draw 1 on co-aggressor\n", 1
    )
    state = text.index("state: published\n", text.index("== question")) + len("state: published\n")
    text = (
        text[:state] + "tags:\n  - borders\n  - two-chairs\nhints:\n  - Look at the first paragraph.\n" + text[state:]
    )
    file = parse(text)

    course = import_course(file, at=NOW)

    quiz_row = course.quizzes.order_by("position")[0]
    assert (quiz_row.tries_allowed, quiz_row.mastery_of, quiz_row.items.filter(pool__isnull=False).count()) == (3, 5, 2)
    tagged = QuestionTag.objects.filter(name__in=["borders", "two-chairs"])
    assert tagged.count() == 2
    assert parse(write(export_course(course))) == file


def test_a_merged_concept_is_exported_as_what_it_was_merged_into() -> None:
    course = make_book(lessons=2, terms=["term1x", "term2x"])
    one, other = course.concepts.get(term="term1x"), course.concepts.get(term="term2x")
    merge_concepts(one, into=other, by=None)
    entry = export_course(course)
    assert [(concept.term, len(concept.mentions)) for concept in entry.concepts] == [("term2x", 4)]
