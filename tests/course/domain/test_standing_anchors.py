"""After a changed text, whatever is shown or decided rests on the anchors that stand in the text of today."""

from __future__ import annotations

from typing import Any

import pytest

from authoring.domain.bank import Search, found_in_bank
from authoring.domain.passages import questions_proven_in, seen_passages
from course.domain.anchors import anchors_of_every_text, anchors_that_stand, newest_standing_first, standing_anchors
from course.domain.concept_changes import Found, define_concept, pick_concept, stored_proof
from course.domain.text_changes import undo_text_change
from course.models import Anchor, Course, Lesson
from course.reading.outline import Span
from quizzes.domain.insight import QuestionRow, read_passages
from quizzes.domain.precedents import passages_told
from quizzes.models import QuestionVersion
from quizzes.statistics.sums import Sums
from tests.course.domain.revised_courses import ESSAY, LINES, TAX, asking, make_essay, revise
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LOST = ESSAY.replace(f" {TAX}", "")
LATER = f"A word before.\n\n{ESSAY}"


def in_part(course: Course, slug: str) -> set[int]:
    """The questions that the bank finds in the part."""
    return {version.pk for version in found_in_bank(course, Search(lesson=slug))}


def told(version: QuestionVersion) -> str:
    """The passage that a grader of this question is told."""
    return passages_told([version.question_id]).get(version.uuid, "")


def shown(course: Course) -> int:
    return Lesson.objects.filter(course=course)[0].revision_id


def place_of(course: Course, words: str) -> Found:
    revision = Lesson.objects.filter(course=course).select_related("revision")[0].revision
    start = revision.text.index(words)
    return Found(revision, Span(start, start + len(words)))


def test_the_bank_finds_no_question_in_a_part_that_lost_its_evidence() -> None:
    course = make_essay()
    version = asking(TAX)
    assert version.pk in in_part(course, "part-2")
    change = revise(course, LOST)
    assert version.pk not in in_part(course, "part-2")
    undo_text_change(change, actor=None, at=NOW)
    assert version.pk in in_part(course, "part-2")


def test_a_line_proves_no_question_whose_evidence_was_lost_near_it() -> None:
    course = make_essay()
    assert sum(questions_proven_in(course, seen_passages(course)).values()) == 6
    revise(course, LOST)
    assert sum(questions_proven_in(course, seen_passages(course)).values()) == 5


def test_a_grader_is_told_the_passage_of_the_text_of_today() -> None:
    course = make_essay()
    version = asking(TAX)
    change = revise(course, ESSAY.replace("If a ship docks", "When a ship docks"))
    assert told(version).startswith("When a ship docks")
    undo_text_change(change, actor=None, at=NOW)
    assert told(version).startswith("If a ship docks")


def test_a_grader_is_told_where_lost_evidence_last_stood_and_never_where_it_might_have_been() -> None:
    course = make_essay()
    version = asking(TAX)
    revise(course, ESSAY.replace(LINES[4], "When a ship docks for a week, nothing doubles."))
    assert told(version) == LINES[4]


def test_a_definition_rests_on_its_words_in_the_text_of_today() -> None:
    course = make_essay()
    concept = course.concepts.get()
    define_concept(concept, definition="A tax.", proof=place_of(course, TAX), by=None, at=NOW)
    old = stored_proof(concept)
    change = revise(course, LATER)
    start = LATER.index(TAX)
    assert stored_proof(concept) == [shown(course), start, start + len(TAX)]
    undo_text_change(change, actor=None, at=NOW)
    assert stored_proof(concept) == old


def test_a_definition_whose_words_were_lost_keeps_where_they_stood() -> None:
    course = make_essay()
    concept = course.concepts.get()
    define_concept(concept, definition="A tax.", proof=place_of(course, TAX), by=None, at=NOW)
    old = stored_proof(concept)
    revise(course, LOST)
    assert stored_proof(concept) == old


def test_words_on_which_a_mention_was_orphaned_can_be_picked_again() -> None:
    course = make_essay()
    concept = course.concepts.get()
    revise(course, LOST)
    orphan = Anchor.objects.get(mention__concept=concept, revision=shown(course))
    revision = orphan.revision
    pick_concept(
        course,
        term=concept.term,
        slug="again",
        places=[Found(revision, Span(orphan.start, orphan.end))],
        by=None,
        at=NOW,
    )
    standing = standing_anchors(course).get(mention__concept=concept)
    assert (standing.start, standing.end) == (orphan.start, orphan.end)


def test_the_passages_of_a_quiz_are_those_of_the_text_of_today() -> None:
    course = make_essay()
    rows = [QuestionRow(1, asking(TAX), "", Sums())]
    assert len(read_passages(course, rows)) == 1
    revise(course, LATER)
    assert [each.start for each in read_passages(course, rows)] == [LATER.index(TAX)]
    revise(course, LOST)
    assert read_passages(course, rows) == []


@pytest.mark.parametrize(
    ("text", "standing", "first"),
    [(ESSAY, 1, "old"), (LATER, 2, "new"), (LOST, 1, "old")],
    ids=["unchanged", "moved on", "lost"],
)
def test_the_first_to_stand_is_that_of_today_if_it_has_one(text: str, standing: int, first: str) -> None:
    course = make_essay()
    version, old = asking(TAX), shown(course)
    if text != ESSAY:
        revise(course, text)
    revisions = {"old": old, "new": shown(course)}
    found: Any = newest_standing_first().filter(question=version.uuid)
    assert found[0].revision_id == revisions[first]
    assert anchors_that_stand().filter(question=version.uuid).count() == standing
    assert anchors_of_every_text().filter(question=version.uuid).count() == (1 if text == ESSAY else 2)
