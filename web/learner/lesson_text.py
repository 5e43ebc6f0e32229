"""The text of a lesson with its notes, set for the page: it is the same for everybody who reads it."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from course.domain.lesson_page import ReadPassage, Section
from course.domain.notes import PlacedNote
from web.learner.lesson_layout import laid_out

KEPT = 64
"""Texts that a process keeps: with the longest article that is taken, about 50 MB; with common ones, 2."""


def lesson_text(
    passages: tuple[ReadPassage, ...], *, course: str, lesson: str = "", asking: tuple[Section, ...] = ()
) -> SafeString:
    """The passages as HTML, each with the notes on the concepts it names first; `course` and `lesson` are slugs.

    At the end of each `asking` section stands its side question. It is set once for the same passages, concepts and
    language of the page, and taken from there afterwards: it is made of nothing else, so that no change of a lesson, a
    definition or a decision leaves an old text behind.
    """
    return _set(passages, course, lesson, asking, get_language())


def text_with_notes(
    request: HttpRequest,
    passages: tuple[ReadPassage, ...],
    *,
    course: str,
    lesson: str = "",
    own: tuple[PlacedNote, ...],
    asking: tuple[Section, ...] = (),
) -> SafeString:
    """The passages as HTML with the reader's `own` notes at their words; set anew, for nobody else sees it."""
    standing = tuple(note for note in own if not note.is_lost)
    blocks = laid_out(passages, standing, asking)
    context = {"blocks": blocks, "course_slug": course, "lesson_slug": lesson}
    return render_to_string("learner/reading/text.html", context, request)


@lru_cache(maxsize=KEPT)
def _set(
    passages: tuple[ReadPassage, ...], course: str, lesson: str, asking: tuple[Section, ...], _language: str | None
) -> SafeString:
    context = {"blocks": laid_out(passages, asking=asking), "course_slug": course, "lesson_slug": lesson}
    return render_to_string("learner/reading/text.html", context)
