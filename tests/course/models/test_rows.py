"""What a row of courses says of itself, in which order rows come, what they may become and what goes with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model, ProtectedError

from course.models import (
    Anchor,
    Concept,
    ConceptChange,
    Course,
    CourseState,
    Enrollment,
    JoinCode,
    Lesson,
    Mention,
    Passage,
    TextChange,
    TextEdit,
)
from course.models.text_changes import UNDECIDED, TextChangeState
from tests.course.models.scene import rows
from tests.factories import TEXT
from tests.rules_of_tables import changed

DAY = timedelta(days=1)
TRANSITIONS: Mapping[Any, set[Any]] = TextChange.TRANSITIONS


@pytest.fixture
def scene() -> dict[str, Any]:
    return rows()


SAID: Mapping[str, str] = {
    "lesson": "The wall",
    "other article": "The wall above the lake",
    "passage": "paragraph 0",
    "concept": "thirst machine",
    "cohort": "Autumn",
    "code": "AAAAA-BBBBB",
    "edit": "1. drop: A line",
    "undo": "2. undo: A line",
    "old slug": "the-lake",
    "text change": "text change, planning",
    "decided change": "text change, applied",
    "anchor of a mention": "0–6 (exact)",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SAID)
def test_a_row_says_what_it_is(scene: dict[str, Any], name: str) -> None:
    assert str(scene[name]) == SAID[name]


@pytest.mark.django_db
def test_no_row_says_what_a_learner_wrote_or_who_they_are(scene: dict[str, Any]) -> None:
    """What a row says of itself ends up in logs and in the pages of administrators."""
    person: Any = scene["other person"]
    note: Any = scene["note"]
    told = {name: str(row) for name, row in scene.items() if row._meta.app_label == "course"}
    private = (person.email, person.name, note.text)
    assert {name for name, words in told.items() if any(each in words for each in private)} == set()
    assert [name for name, words in told.items() if not words.strip()] == []


@pytest.mark.django_db
def test_every_stretch_of_a_text_is_in_it_word_for_word(scene: dict[str, Any]) -> None:
    course: Any = scene["course"]
    lesson = course.lessons.get()
    passages = list(lesson.revision.passages.all())
    assert [TEXT[each.start : each.end] for each in passages] == TEXT.split("\n")
    for anchor in Anchor.objects.all():
        assert anchor.revision.text[anchor.start : anchor.end] == anchor.quote


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "field", "values", "model"),
    [
        ("passage", "position", [0, 1], Passage),
        ("edit", "number", [1, 2, 3], TextEdit),
        ("lesson", "position", [1], Lesson),
    ],
)
def test_rows_come_in_the_order_in_which_they_are_read(
    scene: dict[str, Any], name: str, field: str, values: list[int], model: type[Model]
) -> None:
    row: Any = scene[name]
    holder = {"passage": "revision", "edit": "course", "lesson": "course"}[name]
    found = model._default_manager.filter(**{holder: getattr(row, holder)})
    assert list(found.values_list(field, flat=True)) == values


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "changes", "newest_first"),
    [
        ("code", {"code": "CCCCCDDDDD"}, True),
        ("decided change", {}, True),
        ("concept change", {"kind": "renamed"}, False),
    ],
)
def test_of_what_was_done_the_latest_comes_where_people_look_for_it(
    scene: dict[str, Any], name: str, changes: dict[str, Any], newest_first: bool
) -> None:
    first = scene[name]
    later = changed(first, changes, scene.__getitem__)
    later.save(force_insert=True)
    found = [row.pk for row in type(first)._default_manager.filter(pk__in=[first.pk, later.pk])]
    assert found == ([later.pk, first.pk] if newest_first else [first.pk, later.pk])


@pytest.mark.django_db
def test_concepts_come_by_rank_and_anchors_as_one_reads(scene: dict[str, Any]) -> None:
    concept, anchor = scene["concept"], scene["anchor of a question"]
    changed(concept, {"slug": "first", "term": "reservoir", "rank": 0}, scene.__getitem__).save(force_insert=True)
    for ordinal, start in ((2, 3), (1, 3), (3, 1)):
        changed(anchor, {"ordinal": ordinal, "start": start}, scene.__getitem__).save(force_insert=True)
    assert [each.term for each in Concept.objects.filter(course=scene["course"])] == [
        "reservoir", "thirst machine", "lower town",
    ]  # fmt: skip
    own = Anchor.objects.filter(question=getattr(anchor, "question", None))
    assert [(each.start, each.ordinal) for each in own] == [(0, 0), (1, 3), (3, 1), (3, 2)]


def test_a_changed_text_goes_on_or_is_over() -> None:
    ends = {state for state, targets in TRANSITIONS.items() if not targets}
    assert set(TRANSITIONS) == set(TextChangeState)
    assert ends == {TextChangeState.UNDONE, TextChangeState.DISCARDED}
    assert {target for targets in TRANSITIONS.values() for target in targets} | {UNDECIDED[0]} == set(TextChangeState)


@pytest.mark.parametrize("state", TextChangeState)
def test_from_every_state_of_a_changed_text_it_comes_to_an_end_and_never_back(state: TextChangeState) -> None:
    reached: set[TextChangeState] = set()
    waiting = [state]
    while waiting:
        for target in TRANSITIONS[waiting.pop()] - reached:
            reached.add(target)
            waiting.append(target)
    assert state not in reached
    assert not reached or reached & {TextChangeState.UNDONE, TextChangeState.DISCARDED}


def test_what_is_still_to_decide_is_what_can_be_discarded() -> None:
    assert {state for state, targets in TRANSITIONS.items() if TextChangeState.DISCARDED in targets} == set(UNDECIDED)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["revision", "other revision", "other article"])
def test_a_text_that_something_rests_on_cannot_be_deleted(scene: dict[str, Any], name: str) -> None:
    with pytest.raises(ProtectedError):
        scene[name].delete()
    assert type(scene[name])._default_manager.filter(pk=scene[name].pk).exists()


GONE = {
    "concept": {"course.Concept": 1, "course.Mention": 2, "course.Anchor": 2, "course.ConceptChange": 1},
    "mention": {"course.Mention": 1, "course.Anchor": 1},
    "note": {"course.Note": 1, "course.Anchor": 1},
    "edit": {"course.TextEdit": 2},
    "undo": {"course.TextEdit": 1},
    "cohort": {"course.Cohort": 1},
    "code": {"course.JoinCode": 1},
    "old slug": {"course.OldLessonSlug": 1},
    "decision": {"course.PassageDecision": 1},
    "enrollment": {"course.Enrollment": 1, "course.Note": 2, "course.LessonReading": 1, "course.Anchor": 1},
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", GONE)
def test_with_a_row_goes_what_is_nothing_without_it_and_no_more(scene: dict[str, Any], name: str) -> None:
    _, gone = scene[name].delete()
    assert gone == GONE[name]


@pytest.mark.django_db
def test_a_learner_and_a_code_outlive_their_cohort(scene: dict[str, Any]) -> None:
    Enrollment.objects.filter(pk=scene["enrollment"].pk).update(cohort=scene["cohort"])
    JoinCode.objects.update(cohort=scene["cohort"])
    scene["cohort"].delete()
    assert [each.cohort for each in (Enrollment.objects.get(pk=scene["enrollment"].pk), JoinCode.objects.get())] == [
        None, None,
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_merged_concept_goes_with_the_one_it_is_a_term_of(scene: dict[str, Any]) -> None:
    concept, other = scene["concept"], scene["other concept"]
    Concept.objects.filter(pk=concept.pk).update(state="merged", merged_into=other)
    other.delete()
    assert list(Concept.objects.filter(course=scene["course"])) == []
    assert not Mention.objects.filter(concept=concept).exists()
    assert not ConceptChange.objects.exists()


def test_a_new_course_is_a_draft_that_keeps_and_sends_nothing_of_its_own_accord() -> None:
    course = Course()
    assert (course.state, course.certificate_for, course.sends_text_to, course.keep_answers_days) == (
        CourseState.DRAFT, "nothing", "", None,
    )  # fmt: skip
    assert (course.two_person_review, course.published_at, course.archived_at) == (False, None, None)


def test_a_new_part_gives_no_more_time_and_ends_never() -> None:
    part = Enrollment()
    assert (part.role, part.time_factor, part.extra_days) == ("learner", Decimal(1), 0)
    assert (part.starts_at, part.ends_at, part.left_at) == (None, None, None)


@pytest.mark.parametrize(
    ("code", "shown"), [("AAAAABBBBB", "AAAAA-BBBBB"), ("AAAAAB", "AAAAA-B"), ("ÄÖÜßÉ12345", "ÄÖÜßÉ-12345")]
)
def test_a_code_is_shown_in_two_halves_as_it_is_read_out(code: str, shown: str) -> None:
    assert str(JoinCode(code=code)) == shown
