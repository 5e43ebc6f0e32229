"""The words that can prove an answer, and those that do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.passages import seen_passages
from authoring.domain.proofs import (
    Wording,
    cut_to_passages,
    evidence_standing,
    joined,
    prove_by,
    save_proved,
    sentences_of,
    words_within,
    write_question,
)
from course.domain.concept_changes import Found
from course.models import Anchor, Course, Revision
from course.reading.outline import Span
from quizzes.domain.questions import NoLongerADraft, accept, publish_accepted
from quizzes.domain.wordings import WordingChanged, print_of
from tests.factories import NOW, single_choice
from tests.web.studio.drafts import PROOF, drop, make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST, SECOND, THIRD = Span(0, 23), PROOF, Span(53, 94)
"""The sentences of the factories' text; the third is a paragraph of its own."""


@pytest.fixture
def course() -> Course:
    return make_draft(make_author(), questions=1)


def found(course: Course, *spans: Span) -> list[Found]:
    revision = course.lessons.get().revision
    return [Found(revision, span) for span in spans]


def spans(pieces: list[Found]) -> list[Span]:
    return [each.span for each in pieces]


def test_sentences_cover_a_passage_without_the_white_space_between(course: Course) -> None:
    per_passage = [sentences_of(each, language="en") for each in seen_passages(course)]
    assert per_passage == [[FIRST, SECOND], [THIRD]]


@pytest.mark.parametrize(
    ("marked", "pieces"),
    [
        (Span(2, 6), [Span(2, 6)]),
        (Span(23, 53), [SECOND]),
        (Span(40, 60), [Span(40, 52), Span(53, 60)]),
        (Span(0, 94), [Span(0, 52), THIRD]),
        (Span(52, 53), []),
        (Span(23, 24), []),
    ],
)
def test_marked_words_are_cut_to_what_is_read(course: Course, marked: Span, pieces: list[Span]) -> None:
    assert spans(cut_to_passages(found(course, marked)[0], seen_passages(course))) == pieces


def test_a_line_that_is_left_out_proves_nothing(course: Course) -> None:
    drop(course, position=0)
    assert spans(cut_to_passages(found(course, Span(0, 94))[0], seen_passages(course))) == [THIRD]


def test_words_of_another_text_are_not_cut_to_this_one(course: Course) -> None:
    other = make_draft(make_author(), questions=0, contents=[], text="Another text.\nIt has two lines.")
    assert cut_to_passages(found(course, FIRST)[0], seen_passages(other)) == []


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("lake", Span(2, 6)),
        ("  The upper town built a wall. ", SECOND),
        ("town", Span(17, 21)),
        ("Lake", None),
        ("wall.\nThe", None),
        ("", None),
        ("  ", None),
    ],
)
def test_words_are_found_letter_by_letter_within_a_passage(course: Course, words: str, place: Span | None) -> None:
    hit = words_within(words, seen_passages(course))
    assert (hit.span if hit else None) == place


def test_words_are_not_found_in_what_is_left_out(course: Course) -> None:
    drop(course, position=0)
    assert words_within("lake", seen_passages(course)) is None


pieces_of_a_text = st.lists(
    st.tuples(st.integers(1, 2), st.integers(0, 40), st.integers(1, 12)).map(
        lambda drawn: Found(Revision(pk=drawn[0]), Span(drawn[1], drawn[1] + drawn[2]))
    ),
    max_size=12,
)


def letters(pieces: list[Found]) -> set[Any]:
    return {(each.revision.pk, at) for each in pieces for at in range(each.span.start, each.span.end)}


@given(pieces_of_a_text)
def test_joined_pieces_have_the_same_letters_each_once_and_in_order(pieces: list[Found]) -> None:
    whole = joined(pieces)
    assert letters(whole) == letters(pieces)
    assert sum(each.span.end - each.span.start for each in whole) == len(letters(pieces))
    assert [(each.revision.pk, each.span.start) for each in whole] == sorted(
        (each.revision.pk, each.span.start) for each in whole
    )
    assert joined(whole) == whole


def test_pieces_that_only_touch_stay_two() -> None:
    revision = Revision(pk=1)
    assert len(joined([Found(revision, Span(0, 5)), Found(revision, Span(5, 9))])) == 2


def test_a_question_is_written_with_its_proof_and_its_writer() -> None:
    author = make_author()
    course = make_draft(author, questions=0, contents=[])
    version = write_question(
        course,
        wording=Wording("single_choice", single_choice()),
        lesson=course.lessons.get(),
        proof=found(course, Span(4, 9), SECOND),
        by=author,
        at=NOW,
    )
    assert (version.written_by, version.created_at, version.number) == (author, NOW, 1)
    anchors = Anchor.objects.filter(question=version.uuid).order_by("ordinal")
    text = course.lessons.get().revision.text
    assert [(each.ordinal, each.quote) for each in anchors] == [(0, text[4:9]), (1, "The upper town built a wall.")]


def test_another_proof_replaces_the_first_and_asks_for_review_again(course: Course) -> None:
    author = make_author()
    version = versions_of(course)[0]
    accept(version, by=author)

    assert prove_by(course, version, proof=found(course, FIRST, THIRD), by=author)

    version.refresh_from_db()
    assert spans(evidence_standing(course, version)) == [FIRST, THIRD]
    assert (version.reviewed_at, version.written_by) == (None, author)


def test_the_same_proof_changes_nothing(course: Course) -> None:
    version = versions_of(course)[0]
    accept(version, by=None)
    before = list(Anchor.objects.values())
    assert not prove_by(course, version, proof=found(course, SECOND), by=make_author())
    version.refresh_from_db()
    assert version.is_accepted
    assert version.written_by is None
    assert list(Anchor.objects.values()) == before


def test_what_was_published_is_not_proved_anew(course: Course) -> None:
    accept(versions_of(course)[0], by=None)
    publish_accepted(course, at=NOW)
    with pytest.raises(NoLongerADraft):
        prove_by(course, versions_of(course)[0], proof=found(course, FIRST), by=make_author())
    assert spans(evidence_standing(course, versions_of(course)[0])) == [SECOND]


def test_a_published_question_has_another_proof_in_its_next_version(course: Course) -> None:
    published = versions_of(course)[0]
    accept(published, by=None)
    publish_accepted(course, at=NOW)
    published.refresh_from_db()

    draft = save_proved(
        course,
        published,
        content=published.content,
        proof=found(course, FIRST),
        seen=print_of(published),
        by=make_author(),
    )

    assert (draft.number, draft.state) == (2, "draft")
    assert spans(evidence_standing(course, published)) == [SECOND]
    assert spans(evidence_standing(course, draft)) == [FIRST]


def test_who_did_not_see_the_other_proof_is_told(course: Course) -> None:
    version = versions_of(course)[0]
    seen = print_of(version)
    prove_by(course, version, proof=found(course, FIRST), by=make_author())

    with pytest.raises(WordingChanged):
        save_proved(
            course,
            version,
            content=version.content,
            proof=found(course, THIRD),
            seen=seen,
            by=make_author(),
        )
    assert spans(evidence_standing(course, version)) == [FIRST]


def test_no_proof_given_keeps_what_there_is_and_an_empty_one_takes_it_away(course: Course) -> None:
    version, author = versions_of(course)[0], make_author()
    for proof, left in ((None, [SECOND]), ([], [])):
        save_proved(course, version, content=version.content, proof=proof, seen=print_of(version), by=author)
        assert spans(evidence_standing(course, version)) == left


def test_marks_anywhere_are_cut_to_letters_that_are_read(course: Course) -> None:
    drop(course, position=0)
    passages, revision = seen_passages(course), course.lessons.get().revision
    read = [(each.span.start, each.span.end) for each in passages if each.is_read]
    text = revision.text
    for start in range(0, len(text), 3):
        for end in range(start, len(text) + 4, 5):
            pieces = spans(cut_to_passages(Found(revision, Span(start, end)), passages))
            assert all(start <= each.start < each.end <= end for each in pieces)
            assert all(each.quote(text) == each.quote(text).strip() for each in pieces)
            letters = {at for each in pieces for at in range(each.start, each.end) if not text[at].isspace()}
            wanted = {at for first, last in read for at in range(max(first, start), min(last, end))}
            assert letters == {at for at in wanted if not text[at].isspace()}


def test_cutting_what_was_cut_changes_nothing(course: Course) -> None:
    passages = seen_passages(course)
    for piece in cut_to_passages(found(course, Span(0, 94))[0], passages):
        assert cut_to_passages(piece, passages) == [piece]
        assert words_within(piece.words, passages) == piece


@pytest.mark.parametrize(
    "words", ["\x00", ".*", "A lake feeds two towns. The upper town built a wall.\nThe", "a" * 10_000]
)
def test_words_that_no_passage_holds_prove_nothing(course: Course, words: str) -> None:
    assert words_within(words, seen_passages(course)) is None


def test_a_proof_given_and_taken_back_leaves_the_words_that_were_there(course: Course) -> None:
    author, version = make_author(), versions_of(course)[0]
    before = evidence_standing(course, version)
    for proof in (found(course, THIRD), found(course, FIRST, THIRD), [], before):
        assert prove_by(course, version, proof=proof, by=author)
        assert not prove_by(course, version, proof=proof, by=author)
        assert evidence_standing(course, version) == proof
    rows = Anchor.objects.filter(question=version.uuid).values_list("start", "end", "quote", "ordinal")
    assert list(rows) == [(PROOF.start, PROOF.end, "The upper town built a wall.", 0)]
