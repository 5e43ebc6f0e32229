"""A changed text is proposed: refused where there is nothing to do, planned by a job, told in a report."""

from __future__ import annotations

import pytest

from accounts.domain.audit import history
from authoring.domain.build import CLEANER
from authoring.domain.text_change_report import text_change_report
from authoring.domain.text_changes import (
    TextChangeWaits,
    TextUnchanged,
    job_of,
    propose_text,
    retry_planning,
    undecided_change,
)
from course.domain.anchors import confirm_evidence
from course.domain.text_changes import apply_text_change, discard_text_change
from course.errors import NoTextYet
from course.models import Course, Passage, Revision, TextChange, TextChangeState
from course.reading.changed_lines import Fate
from course.reading.outline import Mark, PassageKind, Source, Span
from jobs.domain import run_job
from jobs.models import JobState
from tests.course.domain.revised_courses import ESSAY, LINES, TAX, asking, make_essay, propose, revise
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REWORDED = ESSAY.replace("named that the sleeping tax", "called this the sleeping tax")


def test_the_same_text_makes_no_revision() -> None:
    course = make_essay()
    with pytest.raises(TextUnchanged):
        propose_text(course, Source(ESSAY), actor=None)
    assert (Revision.objects.count(), TextChange.objects.count()) == (1, 0)


def test_one_changed_text_waits_at_a_time() -> None:
    course = make_essay()
    change = propose(course, REWORDED)
    with pytest.raises(TextChangeWaits):
        propose_text(course, Source(f"{ESSAY} More."), actor=None)
    discard_text_change(change)
    assert undecided_change(course) is None
    assert propose(course, f"{ESSAY} More.").state == TextChangeState.PLANNED


def test_a_course_without_lessons_has_no_text_to_change() -> None:
    course = Course.objects.create(slug="empty", title="Empty", created_at=NOW)
    with pytest.raises(NoTextYet):
        propose_text(course, Source(ESSAY), actor=None)


def test_planning_is_a_job_that_says_how_far_it_is() -> None:
    job = job_of(propose(make_essay(), REWORDED))
    assert job is not None
    assert (job.state, job.current, job.total) == (JobState.DONE, 2, 3)


def test_planning_that_was_given_up_can_be_tried_again() -> None:
    course = make_essay()
    change = propose_text(course, Source(REWORDED), actor=None, at=NOW, hint=False)
    job = job_of(change)
    assert job is not None
    assert not retry_planning(change)
    type(job).objects.filter(pk=job.pk).update(
        state=JobState.QUARANTINED, finished_at=NOW, next_try_at=None, lease_until=None
    )
    assert retry_planning(change)
    run_job(job.uuid)
    change.refresh_from_db()
    assert change.state == TextChangeState.PLANNED


def test_what_was_discarded_while_it_was_read_stays_discarded() -> None:
    course = make_essay()
    change = propose_text(course, Source(REWORDED), actor=None, at=NOW, hint=False)
    discard_text_change(change)
    job = job_of(change)
    assert job is not None
    run_job(job.uuid)
    change.refresh_from_db()
    assert change.state == TextChangeState.DISCARDED


def kinds_of(text: str) -> dict[str, str]:
    found = Passage.objects.filter(cleaner=CLEANER).order_by("-revision", "position")
    newest = [each for each in found if each.revision_id == found[0].revision_id]
    return {text[each.start : each.end]: each.kind for each in newest}


def test_kept_lines_are_read_as_before_whatever_a_reader_would_say() -> None:
    course = make_essay()
    Passage.objects.filter(start=ESSAY.index(LINES[3]), cleaner=CLEANER).update(kind=PassageKind.QUOTE)
    propose(course, REWORDED)
    assert kinds_of(REWORDED)[LINES[3]] == "quote"
    assert kinds_of(REWORDED)[LINES[0]] == "heading"


@pytest.mark.parametrize(
    ("line", "kind"), [("A quay on loan", "heading"), ("A quay was borrowed from a city far away.", "paragraph")]
)
def test_a_short_line_in_place_of_a_heading_is_one(line: str, kind: str) -> None:
    text = ESSAY.replace(LINES[2], line)
    propose(make_essay(), text)
    assert kinds_of(text)[line] == kind


def test_what_the_new_file_says_of_its_lines_counts() -> None:
    text = f"{ESSAY}\n\nWhat the winter will bring\n\nThe council votes on it in December, and nobody can say how."
    start = text.index("What the winter")
    source = Source(text, marks=(Mark(Span(start, start + 26), PassageKind.HEADING, 2),))
    change = propose_text(make_essay(), source, actor=None, at=NOW, hint=False)
    job = job_of(change)
    assert job is not None
    run_job(job.uuid)
    assert kinds_of(text)["What the winter will bring"] == "heading"


def test_the_report_says_what_moves_and_what_is_lost() -> None:
    course = make_essay()
    change = propose(course, REWORDED.replace(" Nobody liked it much.", ""))
    report = text_change_report(change)

    assert (report.exact, report.moved, report.orphaned) == (5, 1, 1)
    told = {each.status: (each.before, each.after) for each in report.questions}
    assert told == {
        "moved": (TAX, "Fishermen called this the sleeping tax."),
        "orphaned": ("Nobody liked it much.", ""),
    }
    assert report.concepts == ()
    assert report.words == {Fate.KEPT: 56, Fate.NEW: 2, Fate.GONE: 6}
    assert [fate for fate, _ in report.lines] == ["kept", "changed", "kept", "changed"]


def test_the_report_names_concepts_that_are_named_no_more() -> None:
    course = make_essay()
    [concept] = text_change_report(propose(course, ESSAY.replace(f" {TAX}", ""))).concepts
    assert (concept.concept.term, concept.orphaned, concept.left) == ("sleeping tax", 1, 0)


def test_the_report_on_an_applied_change_knows_what_was_looked_at_since() -> None:
    change = revise(make_essay(), REWORDED)
    assert text_change_report(change).moved == 1
    confirm_evidence(asking(TAX).uuid)
    report = text_change_report(change)
    assert (report.moved, report.questions) == (0, ())


def test_a_part_without_text_is_named_in_the_report() -> None:
    change = propose(make_essay(), "\n\n".join(LINES[:2]))
    assert [lesson.title for lesson in text_change_report(change).emptied] == ["A borrowed quay"]


def test_applying_is_told_to_the_audit_log() -> None:
    course = make_essay()
    apply_text_change(propose(course, REWORDED), cleaner=CLEANER, actor=None)
    [entry] = history(f"course:{course.uuid}")
    assert (entry.verb, entry.detail["from"], entry.detail["to"]) == ("changed the text", 1, 2)
