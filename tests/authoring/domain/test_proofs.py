"""The sentences that can prove an answer, and those that do."""

from __future__ import annotations

import pytest

from authoring.domain.passages import seen_passages
from authoring.domain.proofs import Wording, prove_by, proving, sentences_read_in, write_question
from course.models import Anchor
from course.reading.outline import Span
from quizzes.domain.questions import NoLongerADraft, accept, publish_accepted
from tests.factories import NOW, single_choice
from tests.web.studio.drafts import PROOF, drop, make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_sentences_are_those_of_what_is_read_in_order() -> None:
    course = make_draft(make_author(), questions=1)
    lesson = course.lessons.get()
    text = lesson.revision.text

    found = [span for each in sentences_read_in(lesson, seen_passages(course), language="en") for span in each]

    assert PROOF in found
    assert found == sorted(found, key=lambda span: span.start)
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() != "" for span in found)
    dropped = drop(course, position=0)
    lesson.refresh_from_db()
    left = [span for each in sentences_read_in(lesson, seen_passages(course), language="en") for span in each]
    assert [span for span in found if span not in left] == [
        span for span in found if dropped.start <= span.start < dropped.end
    ]


@pytest.mark.parametrize(
    ("evidence", "proves"),
    [
        (Span(10, 20), [Span(10, 20)]),
        (Span(12, 14), [Span(10, 20)]),
        (Span(19, 21), [Span(10, 20), Span(20, 30)]),
        (Span(20, 21), [Span(20, 30)]),
        (Span(0, 10), []),
        (Span(30, 40), []),
    ],
)
def test_a_sentence_proves_where_the_evidence_stands_in_it(evidence: Span, proves: list[Span]) -> None:
    lesson = make_draft(make_author(), questions=0, contents=[]).lessons.get()
    anchor = Anchor(revision=lesson.revision, start=evidence.start, end=evidence.end)
    assert proving([Span(10, 20), Span(20, 30)], [anchor], lesson) == proves


def test_evidence_of_another_text_proves_nothing_here() -> None:
    lesson = make_draft(make_author(), questions=0, contents=[]).lessons.get()
    other = make_draft(
        make_author(), questions=0, contents=[], text="Another text.\n\nIt has two paragraphs."
    ).lessons.get()
    assert proving([Span(0, 5)], [Anchor(revision=other.revision, start=0, end=5)], lesson) == []


def test_a_question_is_written_with_its_proof_and_its_writer() -> None:
    author = make_author()
    course = make_draft(author, questions=0, contents=[])
    wording = Wording("single_choice", single_choice())
    version = write_question(course, wording=wording, lesson=course.lessons.get(), proof=[PROOF], by=author, at=NOW)
    assert (version.written_by, version.created_at, version.number) == (author, NOW, 1)
    assert Anchor.objects.get(question=version.uuid).quote == "The upper town built a wall."


def test_what_was_published_is_not_proved_anew() -> None:
    author = make_author()
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)
    with pytest.raises(NoLongerADraft):
        prove_by(versions_of(course)[0], lesson=course.lessons.get(), proof=[Span(0, 5)], by=author)
    assert Anchor.objects.get(question=versions_of(course)[0].uuid).quote == "The upper town built a wall."
