"""A course goes over to a changed text: nothing is silently wrong, nothing is lost, and all of it goes back."""

from __future__ import annotations

import itertools

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.domain.build import CLEANER
from authoring.domain.passages import decide_passage, seen_passages
from authoring.domain.text_edits import Editor, edition
from course.domain.anchors import confirm_evidence, places_of_evidence, standing_anchors
from course.domain.lesson_page import plain_passages
from course.domain.progress import mark_read
from course.domain.text_changes import (
    LessonsWithoutText,
    TextChangeNotReady,
    apply_text_change,
    discard_text_change,
    lesson_as_of,
    undo_text_change,
)
from course.models import (
    Anchor,
    AnchorStatus,
    Lesson,
    LessonReading,
    Passage,
    PassageDecision,
    TextChange,
    TextChangeState,
)
from course.models.reading import Note, NoteKind
from course.reading.outline import PassageKind, Span
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.review import review_of
from quizzes.models import Attempt, Quiz, QuizItem
from tests.course.domain.revised_courses import ESSAY, LINES, TAX, asking, lie, make_essay, propose, revise, row
from tests.course.reading.revising import Edit, edits
from tests.factories import NOW, make_enrollment

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REWORDED = ESSAY.replace("named that the sleeping tax", "called this the sleeping tax")


def test_before_it_is_applied_nothing_is_shown_of_it() -> None:
    course = make_essay()
    before = lie(course), Anchor.objects.count()
    change = propose(course, REWORDED)
    assert change.state == TextChangeState.PLANNED
    assert (lie(course), Anchor.objects.count()) == before


def test_applied_every_quote_has_its_row_in_the_new_text() -> None:
    course = make_essay()
    change = revise(course, f"A word before.\n\n{REWORDED}")

    old = {(each.question, each.mention_id): each for each in Anchor.objects.filter(revision=change.old)}
    new = {(each.question, each.mention_id): each for each in Anchor.objects.filter(revision=change.new)}
    assert set(old) == set(new)
    assert row(course, asking(TAX)) == ("moved", "Fishermen called this the sleeping tax.")
    others = [key for key in old if key[0] != asking(TAX).uuid]
    assert all((new[key].status, new[key].quote) == ("exact", old[key].quote) for key in others)
    assert all(change.new.text[each.start : each.end] == each.quote for each in new.values())


def test_what_is_said_no_more_is_orphaned_and_proves_nothing() -> None:
    course = make_essay()
    version = asking(TAX)
    revise(course, ESSAY.replace(f" {TAX}", ""))
    assert row(course, version) == ("orphaned", TAX)
    assert places_of_evidence([version.uuid]) == {}
    assert not standing_anchors(course).filter(question=version.uuid).exists()


def test_parts_keep_their_addresses_their_readers_and_their_new_extent() -> None:
    course = make_essay()
    enrollment = make_enrollment(course)
    first, second = Lesson.objects.filter(course=course).order_by("position")
    mark_read(second, enrollment=enrollment, at=NOW)

    revise(course, ESSAY.replace(LINES[2], "A quay on loan").replace(LINES[1], f"{LINES[1]}\n\nThe sea rose."))

    assert lie(course) == [
        ("part-1", "The harbour that waits", f"{LINES[0]}\n\n{LINES[1]}\n\nThe sea rose."),
        ("part-2", "A quay on loan", f"A quay on loan\n\n{LINES[3]}\n\n{LINES[4]}"),
    ]
    assert LessonReading.objects.get().lesson_id == second.pk
    assert Lesson.objects.get(pk=first.pk).words == 23


def test_a_title_that_an_author_gave_stays() -> None:
    course = make_essay()
    Lesson.objects.filter(slug="part-2").update(title="What the quay costs")
    revise(course, ESSAY.replace(LINES[2], "A quay on loan"))
    assert lie(course)[1][:2] == ("part-2", "What the quay costs")


def test_a_part_of_which_nothing_is_left_holds_the_change_up() -> None:
    course = make_essay()
    before = lie(course)
    change = propose(course, "\n\n".join(LINES[:2]))
    with pytest.raises(LessonsWithoutText, match="“A borrowed quay”"):
        apply_text_change(change, cleaner=CLEANER, actor=None)
    assert lie(course) == before
    assert not Anchor.objects.filter(revision=change.new).exists()


def test_undone_everything_lies_where_it_lay() -> None:
    course = make_essay()
    before = lie(course)
    change = revise(course, ESSAY.replace(LINES[2], "A quay on loan").replace(f" {TAX}", ""))
    undone = undo_text_change(change, actor=None, at=NOW)
    assert undone.state == TextChangeState.UNDONE
    assert lie(course) == before
    assert row(course, asking(TAX)) == ("exact", TAX)


def test_what_was_written_since_is_carried_back() -> None:
    course = make_essay()
    change = revise(course, f"A word before.\n\n{ESSAY}")
    enrollment, lesson = make_enrollment(course), Lesson.objects.get(slug="part-2")
    note = Note.objects.create(
        enrollment=enrollment, lesson=lesson, number=1, kind=NoteKind.HIGHLIGHT, created_at=NOW, updated_at=NOW
    )
    start = change.new.text.index(TAX)
    Anchor.objects.create(revision=change.new, note=note, start=start, end=start + len(TAX), quote=TAX)
    undo_text_change(change, actor=None, at=NOW)
    back = Anchor.objects.get(note=note, revision=change.old)
    assert (back.status, back.quote, back.start) == ("exact", TAX, ESSAY.index(TAX))


def test_the_old_text_brought_back_is_the_old_revision() -> None:
    course = make_essay()
    before = lie(course)
    change = revise(course, REWORDED)
    again = revise(course, ESSAY)
    assert (again.old, again.new) == (change.new, change.old)
    assert lie(course) == before
    assert row(course, asking(TAX)) == ("exact", TAX)


def test_moved_is_said_until_somebody_looked() -> None:
    course = make_essay()
    version = asking(TAX)
    revise(course, REWORDED)
    revise(course, f"A word before.\n\n{REWORDED}")
    assert row(course, version)[0] == "moved"
    assert (confirm_evidence(version.uuid), confirm_evidence(version.uuid)) == (1, 0)
    assert row(course, version)[0] == "exact"


def test_lost_words_that_come_back_are_found_and_said_to_have_moved() -> None:
    course = make_essay()
    version = asking(TAX)
    revise(course, ESSAY.replace(f" {TAX}", ""))
    revise(course, f"{ESSAY.replace(f' {TAX}', '')} It rained. {TAX}")
    assert row(course, version) == ("moved", TAX)


@pytest.mark.parametrize("applied_before", [False, True])
def test_an_attempt_keeps_the_text_and_the_evidence_it_began_with(applied_before: bool) -> None:
    course = make_essay()
    version, lesson = asking(TAX), Lesson.objects.get(slug="part-2")
    quiz = Quiz.objects.create(course=course, lesson=lesson, slug="quay", title="The quay")
    QuizItem.objects.create(quiz=quiz, question=version.question, position=1)
    change = propose(course, REWORDED)
    if applied_before:
        apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
    quiz.refresh_from_db()
    attempt = start_attempt(quiz, enrollment=make_enrollment(course), at=NOW)
    if not applied_before:
        apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
    submit_attempt(attempt, at=NOW, hint=False)

    attempt = Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)
    [place] = review_of(attempt, at=NOW).items[0].evidence
    reworded = "Fishermen called this the sleeping tax."
    assert place.quote == (reworded if applied_before else TAX)
    assert (place.lesson_slug, place.status) == ("part-2", "moved")
    own = lesson_as_of(Lesson.objects.get(pk=lesson.pk), attempt.revision_id)
    assert own.revision == (change.new if applied_before else change.old)
    assert (reworded in plain_passages(own)[-1].text) == applied_before


def test_evidence_that_is_lost_today_is_still_quoted_to_who_began_before() -> None:
    course = make_essay()
    version = asking(TAX)
    change = revise(course, ESSAY.replace(f" {TAX}", ""))
    [place] = places_of_evidence([version.uuid], revision=change.old_id)[version.uuid]
    assert (place.quote, place.status, place.lesson_slug) == (TAX, AnchorStatus.ORPHANED, "")


def test_a_decision_about_a_line_goes_over_with_the_line() -> None:
    course = make_essay()
    Passage.objects.filter(start=ESSAY.index(LINES[4]), cleaner=CLEANER).update(
        kind=PassageKind.BOILERPLATE, reason="donation"
    )
    dropped = next(each for each in seen_passages(course) if each.is_dropped)
    decide_passage(course, number=dropped.number, kind=None, editor=Editor(None, edition(course), NOW))
    change = revise(course, f"A word before.\n\n{ESSAY}")
    decision = PassageDecision.objects.get(passage__revision=change.new)
    assert (decision.kind, decision.passage.start) == ("paragraph", change.new.text.index(LINES[4]))
    assert lie(course)[1][2].endswith(TAX)


def test_applying_twice_and_undoing_what_is_not_applied_is_refused() -> None:
    course = make_essay()
    change = propose(course, REWORDED)
    with pytest.raises(TextChangeNotReady):
        undo_text_change(change, actor=None)
    apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
    for refused in (
        lambda: apply_text_change(change, cleaner=CLEANER, actor=None),
        lambda: discard_text_change(change),
    ):
        with pytest.raises(TextChangeNotReady):
            refused()


def test_a_change_below_a_later_one_is_not_undone() -> None:
    course = make_essay()
    first = revise(course, REWORDED)
    revise(course, f"A word before.\n\n{REWORDED}")
    with pytest.raises(TextChangeNotReady):
        undo_text_change(first, actor=None)


@pytest.mark.parametrize("by_now", [None, PassageKind.QUOTE])
def test_a_text_that_is_shown_again_goes_by_what_is_decided_by_now(by_now: PassageKind | None) -> None:
    course = make_essay()

    def decide(kind: PassageKind | None) -> None:
        decide_passage(course, number=2, kind=kind, editor=Editor(None, edition(course), NOW))

    decide(PassageKind.BOILERPLATE)
    undo_text_change(revise(course, REWORDED), actor=None, at=NOW)
    decide(by_now)
    shown = [(each.kind, each.is_read) for each in seen_passages(course)]
    revise(course, REWORDED)
    assert [(each.kind, each.is_read) for each in seen_passages(course)] == shown
    first = course.lessons.get(position=1)
    assert first.words == sum(each.words for each in seen_passages(course)[:2])


def test_what_was_decided_about_a_line_of_the_new_text_alone_is_kept_for_when_it_comes_again() -> None:
    course, longer = make_essay(), f"{ESSAY}\n\nAnd the ice came back that year, as it always had."
    change = revise(course, longer)
    decide_passage(course, number=6, kind=PassageKind.BOILERPLATE, editor=Editor(None, edition(course), NOW))
    undo_text_change(change, actor=None, at=NOW)
    revise(course, longer)
    assert [each.is_read for each in seen_passages(course)] == [True] * 5 + [False]


def test_discarded_twice_is_discarded() -> None:
    course = make_essay()
    change = propose(course, REWORDED)
    discard_text_change(change)
    discard_text_change(change)
    change.refresh_from_db()
    assert change.state == TextChangeState.DISCARDED


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "nearly"},
        {"state": "applied"},
        {"state": "undone", "applied_at": NOW},
    ],
)
def test_the_database_knows_the_rules_of_a_text_change(fields: dict[str, object]) -> None:
    change = propose(make_essay(), REWORDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextChange.objects.filter(pk=change.pk).update(**fields)


def test_a_text_is_not_changed_into_itself_nor_twice_at_once() -> None:
    change = propose(make_essay(), REWORDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextChange.objects.filter(pk=change.pk).update(old=change.new)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextChange.objects.create(course=change.course, old=change.new, new=change.old, created_at=NOW)


@given(made=st.lists(edits(), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_editor_does_no_quote_is_silently_wrong_and_all_goes_back(made: list[Edit], db: None) -> None:
    lines = list(LINES)
    for edit in made:
        lines = edit.made_to(lines)
    text = "\n\n".join(lines)
    with transaction.atomic():
        course = make_essay()
        before = lie(course)
        if text.strip() and text != ESSAY:
            change = propose(course, text)
            try:
                change = apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
            except LessonsWithoutText:
                assert lie(course) == before
            else:
                _is_sound(change)
                undo_text_change(change, actor=None, at=NOW)
                assert lie(course) == before
        transaction.set_rollback(True)


def _is_sound(change: TextChange) -> None:
    for anchor in Anchor.objects.filter(revision=change.new):
        before = Anchor.objects.get(
            revision=change.old, question=anchor.question, mention=anchor.mention_id, ordinal=anchor.ordinal
        )
        stands = change.new.text[anchor.start : anchor.end]
        if anchor.status == AnchorStatus.EXACT:
            assert stands == anchor.quote == before.quote
        elif anchor.status == AnchorStatus.MOVED:
            assert stands == anchor.quote
        else:
            assert anchor.quote == before.quote
    spans = sorted(Span(each.start, each.end) for each in Lesson.objects.filter(course=change.course))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
