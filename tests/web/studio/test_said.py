"""Everything that the studio says in code goes through the reader's language, and no label is fixed in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.utils.functional import Promise
from django.utils.translation import override

from course.domain.roster_applying import Enrolled
from course.domain.rosters import Fate
from course.models import Concept, ConceptChange, ConceptChangeKind, EditKind
from language import Speaker, speak_with, speaker
from quizzes.domain.concept_undo import Deed
from quizzes.domain.drift import Drift
from tests.web.studio.test_list_words import did
from web.studio import answer_words, course_heat, course_words, edit_wording, grading_words, insight_words, list_words
from web.studio.concept_words import deed_in_words
from web.studio.wording import counted, exact_percent, waited

INSIDE = re.compile(r"«[^«»]*»")
WORDS = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture
def quoting() -> Iterator[None]:
    """The process speaks a language of quotation marks: «One question», so that what is not said stands outside."""
    before = speaker()
    speak_with(
        Speaker(
            lambda: "quoting",
            lambda message: f"«{message}»",
            lambda one, several, amount: f"«{one if amount == 1 else several}»",
            tuple,
        )
    )
    yield
    speak_with(before)


def outside(said: str) -> str:
    """What stands in no quotation marks, however deep they are."""
    while INSIDE.search(said):
        said = INSIDE.sub("", said)
    return said


def deed(kind: ConceptChangeKind, *terms: str) -> Deed:
    concepts = [Concept(pk=at, term=term) for at, term in enumerate(terms, 1)]
    told = {"term": "40", "state": "accepted"}
    changes = [ConceptChange(kind=kind, concept=each, concept_id=each.pk, before=told, after=told) for each in concepts]
    return Deed(UUID(int=7), tuple(changes))


TOLD = {"attempts": {"first": {"mean": 0.5, "count": 12}}, "quiz": {"consistency": 70.0}}


@pytest.mark.parametrize(
    "say",
    [
        lambda: answer_words.answers_reading([]),
        lambda: answer_words.learner_reading(0, 0, 3),
        lambda: answer_words.learner_reading(2, 1, 3),
        lambda: course_heat.heat_reading([]),
        lambda: course_words.quizzes_reading([]),
        lambda: grading_words.agreement_reading(0, 0),
        lambda: grading_words.agreement_reading(3, 4),
        lambda: grading_words.drift_reading(Drift((), (), None, 0)),
        lambda: insight_words.headline([], 3),
        lambda: insight_words.headline([], 300),
        lambda: insight_words.overview([], 3),
        lambda: insight_words.overview([], 300),
        lambda: insight_words.passages_reading([]),
        lambda: insight_words.choices_reading([]),
        lambda: insight_words.times_reading([(1, 0.1), (2, 0.5), (3, 0.9)]),
        lambda: insight_words.times_reading([(1, 0.9), (2, 0.5), (3, 0.1)]),
        lambda: insight_words.times_reading([(1, 0.5)]),
        lambda: insight_words.results_reading(TOLD),
        lambda: list_words.enrolled_in_words(Enrolled()),
        lambda: list_words.enrolled_in_words(did(Fate.NEW, Fate.BACK, Fate.CHANGES)),
        lambda: deed_in_words(deed(ConceptChangeKind.DECIDED, "1")),
        lambda: deed_in_words(deed(ConceptChangeKind.DECIDED, "1", "2")),
        lambda: deed_in_words(deed(ConceptChangeKind.PICKED, "1", "2")),
        lambda: deed_in_words(deed(ConceptChangeKind.RENAMED, "1")),
        lambda: deed_in_words(deed(ConceptChangeKind.MERGED, "1")),
        lambda: waited(timedelta(minutes=5)),
        lambda: waited(timedelta(hours=1)),
        lambda: waited(timedelta(hours=5)),
        lambda: waited(timedelta(days=1)),
        lambda: waited(timedelta(days=5)),
        lambda: counted(0, "line is", "lines are"),
        lambda: counted(1, "line is", "lines are"),
        lambda: counted(40, "line is", "lines are"),
        *(lambda kind=kind: edit_wording.said_of(kind) for kind in edit_wording.BY_YOU),
        *(lambda kind=kind: edit_wording.said_of(kind, "7") for kind in edit_wording.BY_NAME),
    ],
)
def test_every_word_is_said(say: Callable[[], str], quoting: None) -> None:
    said = say()
    assert INSIDE.search(said)
    assert WORDS.findall(outside(said)) == []


@pytest.mark.parametrize(
    ("written", "in_english", "in_french"),
    [
        (lambda: grading_words.points(Decimal("1.50")), "1.5", "1,5"),
        (lambda: grading_words.points(Decimal("-0.333333")), "−0.33", "−0,33"),
        (lambda: grading_words.points(Decimal(1000)), "1000", "1000"),
        (lambda: grading_words.signed(Decimal("0.25")), "+0.25", "+0,25"),
        (lambda: insight_words.figure(12.345, 2), "12.35", "12,35"),
        (lambda: insight_words.figure(-0.5, 1), "−0.5", "−0,5"),
        (lambda: insight_words.figure(-0.2), "0", "0"),
        (lambda: insight_words.figure(None), "–", "–"),
        (lambda: exact_percent(Decimal("0.666667")), "66.67\u00a0%", "66,67\u00a0%"),
        (lambda: exact_percent(Decimal(1)), "100\u00a0%", "100\u00a0%"),
    ],
)
def test_figures_are_written_as_the_reader_writes_them(
    written: Callable[[], str], in_english: str, in_french: str
) -> None:
    said = []
    for code in ("en", "fr"):
        with override(code):
            said.append(written())
    assert said == [in_english, in_french]


FORMS = (
    "answers_form",
    "bank_forms",
    "concept_forms",
    "extending_form",
    "forms",
    "gradebook_form",
    "origin_form",
    "people_form",
    "quiz_form",
    "text_forms",
    "uploads",
)


def forms_of(name: str) -> list[type[forms.Form]]:
    module = import_module(f"web.studio.{name}")
    return [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, forms.Form)]


def words_of(field: Any) -> list[Any]:
    """Its label, what stands below it, and what it offers to choose from."""
    offered: Any = field.choices if type(field) is forms.ChoiceField else ()
    named = [label for value, label in offered if value != label]
    return [word for word in (field.label, field.help_text, *named) if word]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_keeps_no_word_in_the_language_of_whoever_came_first(name: str) -> None:
    fixed = {
        (form.__name__, field, word)
        for form in forms_of(name)
        for field, asked in form.base_fields.items()
        for word in words_of(asked)
        if not isinstance(word, Promise)
    }
    assert fixed == set()


def test_every_kind_of_edit_is_told() -> None:
    assert {*edit_wording.BY_YOU, EditKind.UNDO} == set(EditKind)
