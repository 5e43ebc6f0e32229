"""What is told of a changed text is what applying it does, for every sort of place and however the text changed."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.domain.build import CLEANER
from authoring.domain.text_change_report import TextChangeReport, change_report, text_change_report
from authoring.domain.text_changes import change_text_now
from course.domain.anchors import anchors_that_stand
from course.domain.concept_changes import Found, decide_concepts, define_concept
from course.domain.text_changes import LessonsWithoutText, apply_text_change, discard_text_change, undo_text_change
from course.models import Anchor, AnchorStatus, ConceptState, Course, TextChange
from course.reading.outline import Source, Span
from quizzes.domain.archiving import archive_questions
from quizzes.domain.questions import NewQuestion, add_questions
from tests.course.domain.revised_courses import ESSAY, LINES, TAX, asking, make_essay, propose, revise
from tests.course.reading.revising import Edit, edits
from tests.factories import NOW, make_concept, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REWORDED = ESSAY.replace("named that the sleeping tax", "called this the sleeping tax")
WITHOUT = ESSAY.replace(f" {TAX}", "")


def told(course: Course, text: str) -> TextChangeReport:
    return text_change_report(change_text_now(course, Source(text), actor=None, at=NOW))


def titles(report: TextChangeReport) -> list[tuple[str, str, str]]:
    return [(each.status, each.before, each.after) for each in report.questions]


def defined(course: Course, quote: str) -> None:
    """The course's concept is defined in these words of its text."""
    revision = course.lessons.select_related("revision")[0].revision
    start = revision.text.index(quote)
    proof = Found(revision, Span(start, start + len(quote)))
    define_concept(course.concepts.get(), definition="A tax on sleep.", proof=proof)


def test_white_space_at_the_end_moves_nothing() -> None:
    report = told(make_essay(), f"{ESSAY}\n\n")
    assert (report.exact, report.moved, report.orphaned, report.questions, report.concepts) == (7, 0, 0, (), ())
    assert (report.decisions, report.emptied) == ((), ())


def test_another_text_altogether_orphans_everything_and_is_read_in_one_part_alone() -> None:
    report = told(make_essay(), "Quite other words.")
    assert (report.exact, report.moved, report.orphaned) == (0, 0, 7)
    assert [status for status, _, _ in titles(report)] == ["orphaned"] * 6
    assert [lesson.title for lesson in report.emptied] == ["The harbour that waits"]


def test_a_question_that_nobody_is_asked_any_more_is_not_named() -> None:
    course = make_essay()
    archive_questions([asking(TAX).question_id])
    assert titles(told(course, REWORDED)) == []


def test_a_question_proved_twice_is_named_for_each_proof_that_changes() -> None:
    course = make_essay()
    revision = course.lessons.select_related("revision")[0].revision
    spans = [Span(ESSAY.index(quote), ESSAY.index(quote) + len(quote)) for quote in (TAX, "Nobody liked it much.")]
    add_questions(course, questions=[NewQuestion("single_choice", single_choice(), None, spans)], revision=revision)
    report = told(course, REWORDED.replace("Nobody liked it much.", "Nobody liked it at all."))
    # One question of one proof for each sentence, and the new one with both.
    assert Counter(before for _, before, _ in titles(report)) == {TAX: 2, "Nobody liked it much.": 2}
    assert {after for _, _, after in titles(report)} == {
        "Fishermen called this the sleeping tax.",
        "Nobody liked it at all.",
    }


@pytest.mark.parametrize(("state", "is_named"), [("accepted", True), ("suggested", True), ("rejected", False)])
def test_a_concept_that_loses_a_mention_is_named_unless_it_was_rejected(state: str, is_named: bool) -> None:
    course = make_essay()
    decide_concepts([course.concepts.get()], state=ConceptState(state), by=None)
    found = [(each.concept.term, each.orphaned, each.moved, each.left) for each in told(course, WITHOUT).concepts]
    assert found == ([("sleeping tax", 1, 0, 0)] if is_named else [])


@pytest.mark.parametrize(("text", "is_lost"), [(WITHOUT, True), (f"{ESSAY} A new word.", False), (REWORDED, True)])
def test_a_definition_whose_words_changed_is_told(text: str, is_lost: bool) -> None:
    course = make_essay()
    defined(course, TAX)
    assert any(each.has_lost_definition for each in told(course, text).concepts) == is_lost


def test_concepts_are_told_by_rank() -> None:
    course = make_essay()
    revision = course.lessons.select_related("revision")[0].revision
    first = make_concept(course, "interest")
    type(first).objects.filter(pk=first.pk).update(rank=0)
    start = ESSAY.index("interest")
    mention = first.mentions.create()
    Anchor.objects.create(revision=revision, mention=mention, start=start, end=start + 8, quote="interest")
    assert [each.concept.term for each in told(course, "\n\n".join(LINES[:-1])).concepts] == [
        "interest",
        "sleeping tax",
    ]


@pytest.mark.parametrize("decide", ["keep", "discard", "apply", "undo"])
def test_the_report_says_the_same_whatever_was_decided_since(decide: str) -> None:
    change = propose(make_essay(), REWORDED)
    before = text_change_report(change)
    if decide == "discard":
        discard_text_change(change)
    elif decide != "keep":
        change = apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
    if decide == "undo":
        change = undo_text_change(change, actor=None, at=NOW)
    after = text_change_report(TextChange.objects.select_related("course", "old", "new").get(pk=change.pk))
    assert (after.places, after.words, titles(after)) == (before.places, before.words, titles(before))


def test_a_report_as_json_says_what_the_report_says() -> None:
    change = propose(make_essay(), REWORDED.replace(" Nobody liked it much.", ""))
    report = text_change_report(change)
    told_of = json.loads(json.dumps(change_report(change, report)))
    versions = [each.pop("version") for each in told_of["questions"]]
    assert versions == [str(each.version.uuid) for each in report.questions]
    assert told_of == {
        "change": str(change.uuid),
        "state": "planned",
        "from": 1,
        "to": 2,
        "words": {"kept": 56, "new": 2, "gone": 6},
        "places": {"exact": 5, "moved": 1, "orphaned": 1},
        "questions": [
            {
                "question": "What of “Nobody liked it much.”?",
                "status": "orphaned",
                "before": "Nobody liked it much.",
                "after": "",
            },
            {
                "question": "What of “Fishermen named that the sleep”?",
                "status": "moved",
                "before": TAX,
                "after": "Fishermen called this the sleeping tax.",
            },
        ],
        "concepts": [],
        "emptied": [],
    }


def statements(lines: int) -> int:
    more = [f"Sentence {number} is about the harbour and its silver leash." for number in range(lines)]
    course = make_essay(lines=[*LINES, *more])
    changed = [line.replace("silver", "golden") for line in more]
    change = propose(course, "\n\n".join([*LINES, *changed]))
    with CaptureQueriesContext(connection) as captured:
        report = text_change_report(change)
    assert report.moved == lines
    return len(captured)


def test_thirty_changed_sentences_are_told_in_as_many_statements_as_one() -> None:
    assert statements(30) == statements(1)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits(), min_size=1, max_size=4))
def test_what_is_told_before_is_what_stands_after(made: list[Edit]) -> None:
    lines = list(LINES)
    for edit in made:
        lines = edit.made_to(lines)
    text = "\n\n".join(lines)
    with transaction.atomic():
        course = make_essay()
        if text.strip() and text != ESSAY:
            change = change_text_now(course, Source(text), actor=None, at=NOW)
            report = text_change_report(change)
            total = Anchor.objects.filter(revision=change.old).count()
            assert sum(report.places.values()) == total
            try:
                change = apply_text_change(change, cleaner=CLEANER, actor=None, at=NOW)
            except LessonsWithoutText:
                assert report.emptied
            else:
                statuses = Counter(Anchor.objects.filter(revision=change.new).values_list("status", flat=True))
                assert statuses == {status.value: count for status, count in report.places.items() if count}
                standing = anchors_that_stand().filter(revision=change.new)
                assert standing.count() == total - report.places[AnchorStatus.ORPHANED]
                quotes = [(each.quote, text[each.start : each.end]) for each in standing]
                assert [quote for quote, _ in quotes] == [words for _, words in quotes]
        transaction.set_rollback(True)


def test_a_text_that_was_looked_at_is_told_as_it_stands_only_while_it_is_shown() -> None:
    course = make_essay()
    change = revise(course, REWORDED)
    Anchor.objects.filter(revision=change.new, status=AnchorStatus.MOVED).update(status=AnchorStatus.EXACT)
    assert text_change_report(change).moved == 0
    undone = undo_text_change(change, actor=None, at=NOW)
    assert text_change_report(undone).moved == 1
