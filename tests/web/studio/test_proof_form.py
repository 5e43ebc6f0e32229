"""The text beside a question: what is marked in it, and the ways to mark more."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from authoring.domain.proofs import prove_by
from course.domain.concept_changes import Found
from course.models import Course, Lesson
from course.reading.outline import PassageKind, Span
from tests.factories import CLEANER, TEXT
from tests.web.studio.drafts import PROOF, drop, make_author, make_draft, versions_of
from web.studio.proof_form import ProofForm, place_of, proof_form

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UPPER = "The upper town built a wall."


@pytest.fixture
def course() -> Course:
    return make_draft(make_author(), questions=1)


def place(course: Course, start: int, end: int) -> str:
    return place_of(Found(course.lessons.all()[0].revision, Span(start, end)))


def said(**fields: str | list[str]) -> QueryDict:
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist({"from_": "from"}.get(name, name), value if isinstance(value, list) else [value])
    return sent


def form_of(course: Course, **options: Any) -> ProofForm:
    form = proof_form(course, **options)
    assert form is not None
    return form


def in_two_parts(course: Course) -> tuple[Lesson, Lesson]:
    first = course.lessons.get()
    first.end = 52
    first.save()
    place = {"revision": first.revision, "cleaner": CLEANER, "start": 53, "end": 94}
    second = Lesson.objects.create(course=course, slug="more", position=2, title="More", words=8, **place)
    return first, second


def marks(form: ProofForm) -> list[str]:
    return [each.text for passage in form.passages for each in passage.stretches if each.is_marked]


def test_the_text_stands_there_whole_with_its_sentences_numbered(course: Course) -> None:
    form = form_of(course)
    assert ["".join(each.text for each in passage.stretches) for passage in form.passages] == [
        "A lake feeds two towns. The upper town built a wall.",
        "The lower town calls it a thirst machine.",
    ]
    assert [each.number for passage in form.passages for each in passage.stretches] == [1, 2, 3]
    assert [(each.number, each.value) for each in form.sentences] == [
        (1, place(course, 0, 23)),
        (2, place(course, 24, 52)),
        (3, place(course, 53, 94)),
    ]


def test_the_evidence_is_marked_in_the_text_and_chosen(course: Course) -> None:
    form = form_of(course, version=versions_of(course)[0])
    assert [(each.text, each.value) for each in form.pieces] == [(UPPER, place(course, 24, 52))]
    assert marks(form) == [UPPER]


@pytest.mark.parametrize(
    ("start", "end", "marked"),
    [
        (2, 6, ["lake"]),
        (17, 34, ["towns. ", "The upper"]),
        (40, 60, ["uilt a wall.", "The low"]),
        (0, 94, ["A lake feeds two towns. ", UPPER, "The lower town calls it a thirst machine."]),
    ],
)
def test_the_text_is_cut_at_sentences_and_marks_without_losing_a_letter(
    course: Course, start: int, end: int, marked: list[str]
) -> None:
    form = form_of(course, sent=said(proof=place(course, start, end)))
    assert marks(form) == marked
    assert ["".join(each.text for each in passage.stretches) for passage in form.passages] == TEXT.split("\n")


@pytest.mark.parametrize(
    ("sent", "chosen"),
    [
        ({"marked": (2, 6)}, ["lake"]),
        ({"marked": (47, 63)}, ["wall.", "The lower"]),
        ({"words": "thirst machine"}, ["thirst machine"]),
        ({"from": (24, 52)}, [UPPER]),
        ({"to": (0, 23)}, ["A lake feeds two towns."]),
        ({"from": (0, 23), "to": (24, 52)}, ["A lake feeds two towns. The upper town built a wall."]),
        ({"from": (53, 94), "to": (24, 52)}, [UPPER, "The lower town calls it a thirst machine."]),
        ({"marked": (2, 6), "words": "thirst"}, ["lake"]),
        ({"words": "thirst", "from": (0, 23)}, ["thirst"]),
    ],
)
def test_words_are_marked_by_mouse_by_typing_and_by_sentences(
    course: Course, sent: dict[str, Any], chosen: list[str]
) -> None:
    fields = {name: place(course, *value) if isinstance(value, tuple) else value for name, value in sent.items()}
    sending = QueryDict(mutable=True)
    sending.update({"do": "mark", "proof": "", **fields})
    form = form_of(course, sent=sending)
    assert [each.text for each in form.pieces] == chosen
    assert (form.problem, form.words) == ("", "")


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "Choose the sentence that begins the proof"),
        ({"words": "thirsty machine"}, "These words do not stand in this part like this."),
        ({"words": "wall. The"}, "These words do not stand in this part like this."),
        ({"marked": "nonsense"}, "Select words of the text"),
        ({"from": "nonsense", "to": "<script>"}, "Choose the sentence that begins the proof"),
    ],
)
def test_what_cannot_be_marked_is_said_and_changes_nothing(course: Course, sent: dict[str, str], problem: str) -> None:
    form = form_of(course, sent=said(do="mark", proof=place(course, 2, 6), **sent))
    assert problem in form.problem
    assert form.words == sent.get("words", "")
    assert [each.text for each in form.pieces] == ["lake"]


def test_what_overlaps_becomes_one_piece(course: Course) -> None:
    form = form_of(course, sent=said(do="mark", proof=place(course, 28, 38), marked=place(course, 24, 33)))
    assert [each.text for each in form.pieces] == ["The upper town"]


def test_nothing_is_marked_before_the_button_is_pressed(course: Course) -> None:
    form = form_of(course, sent=said(do="preview", proof="", words="lake", from_=place(course, 0, 23)))
    assert (form.pieces, form.words) == ([], "lake")


def test_what_is_left_out_meanwhile_stays_as_long_as_it_is_evidence(course: Course) -> None:
    version = versions_of(course)[0]
    drop(course, position=0)
    sent = said(proof=[place(course, PROOF.start, PROOF.end), place(course, 2, 6)])
    assert [each.text for each in form_of(course, version=version, sent=sent).pieces] == [UPPER]
    assert form_of(course, sent=sent).pieces == []


def test_a_heading_is_shown_and_proves_nothing(course: Course) -> None:
    course.lessons.get().revision.passages.filter(position=0).update(kind=PassageKind.HEADING)
    form = form_of(course, sent=said(do="mark", proof=place(course, 0, 60)))
    assert [passage.at != "" for passage in form.passages] == [False, True]
    assert [each.number for each in form.sentences] == [1]
    assert [each.text for each in form.pieces] == ["The low"]


def test_proof_in_another_part_is_kept_while_this_part_is_shown(course: Course) -> None:
    _, second = in_two_parts(course)
    version = versions_of(course)[0]
    form = form_of(course, version=version, sent=said(lesson=second.slug, proof=place(course, 24, 52)))
    assert (form.lesson, [each.text for each in form.pieces]) == (second, [UPPER])
    assert marks(form) == []
    assert [each.number for each in form.sentences] == [1]


def test_the_part_with_the_evidence_is_shown_first(course: Course) -> None:
    first, second = in_two_parts(course)
    version, author = versions_of(course)[0], make_author()
    assert form_of(course, version=version).lesson == first
    prove_by(course, version, proof=[Found(first.revision, Span(57, 67))], by=author)
    assert form_of(course, version=version).lesson == second


def test_a_course_without_text_has_no_form(course: Course) -> None:
    course.lessons.all().delete()
    assert proof_form(course) is None
