from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from course.domain.lesson_page import NamedConcept, ReadPassage, Term
from course.reading.outline import PassageKind
from web.learner import lesson_text as module
from web.learner.lesson_text import lesson_text

WALL = NamedConcept(1, "wall", "wall", "What keeps the lake out.", "expression")


@pytest.fixture(autouse=True)
def nothing_set_yet() -> None:
    module._set.cache_clear()


def passages(*pieces: Any, concept: NamedConcept = WALL) -> tuple[ReadPassage, ...]:
    """A new value at each call, as each request reads one from the database."""
    cut = pieces or ("They built a ", Term("wall", concept, is_first=True), " of stone.")
    return (ReadPassage(1, PassageKind.PARAGRAPH, 0, 10, 40, cut),)


def times_set() -> int:
    return module._set.cache_info().misses


def test_the_same_text_is_set_once_for_everybody() -> None:
    first, again = lesson_text(passages(), course="lake"), lesson_text(passages(), course="lake")
    assert (again, times_set()) == (first, 1)


@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        (replace(WALL, definition="A dam."), "<p>A dam.</p>"),
        (replace(WALL, term="rampart"), ">Rampart</dfn>"),
        (replace(WALL, slug="rampart"), 'id="n-rampart"'),
        (replace(WALL, kind="name"), ">Name</p>"),
    ],
    ids=["definition", "term", "slug", "kind"],
)
def test_whatever_changes_of_a_concept_is_on_the_page_at_once(concept: NamedConcept, expected: str) -> None:
    assert expected not in lesson_text(passages(), course="lake")
    assert expected in lesson_text(passages(concept=concept), course="lake")


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": PassageKind.QUOTE},
        {"start": 11},
        {"pieces": ("They built a ", Term("wall", WALL, is_first=False), " of stone.")},
        {"pieces": ("They built a ", Term("wall", WALL, is_first=True), " of wood.")},
    ],
    ids=["kind", "place", "note", "words"],
)
def test_whatever_changes_of_a_passage_is_on_the_page_at_once(changed: dict[str, Any]) -> None:
    before = lesson_text(passages(), course="lake")
    assert lesson_text((replace(passages()[0], **changed),), course="lake") != before


def test_each_course_has_its_own_addresses() -> None:
    lake, sea = (lesson_text(passages(), course=course) for course in ("lake", "sea"))
    assert ('href="/courses/lake/#concept-wall"' in lake, 'href="/courses/sea/#concept-wall"' in sea) == (True, True)
    assert "/courses/lake/" not in sea


def test_each_language_of_the_page_has_its_own_text() -> None:
    lesson_text(passages(), course="lake")
    with translation.override("fr"):
        lesson_text(passages(), course="lake")
    assert times_set() == 2


def test_markup_in_a_text_or_a_definition_stays_text() -> None:
    hostile = "<script>alert(1)</script>"
    text = lesson_text(
        passages(hostile, Term(hostile, replace(WALL, definition=hostile), is_first=True)), course="lake"
    )
    assert "<script>" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


def test_a_lesson_without_text_says_so() -> None:
    assert "This part has no text yet." in lesson_text((), course="lake")


def test_more_texts_than_are_kept_push_the_oldest_out() -> None:
    for n in range(module.KEPT + 1):
        lesson_text(passages(f"Text {n}."), course="lake")
    lesson_text(passages("Text 0."), course="lake")
    assert (times_set(), module._set.cache_info().currsize) == (module.KEPT + 2, module.KEPT)
