"""The text of a lesson with its notes, set for the page: it is the same for everybody who reads it."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from course.domain.lesson_page import ReadPassage
from web.learner.lesson_layout import laid_out

KEPT = 64
"""Texts that a process keeps: with the longest article that is taken, about 50 MB; with common ones, 2."""


def lesson_text(passages: tuple[ReadPassage, ...], *, course: str) -> SafeString:
    """The passages as HTML, each with the notes on the concepts it names first; `course` is the course's slug.

    It is set once for the same passages, concepts and language of the page, and taken from there afterwards: it is made
    of nothing else, so that no change of a lesson, a definition or a decision leaves an old text behind.
    """
    return _set(passages, course, get_language())


@lru_cache(maxsize=KEPT)
def _set(passages: tuple[ReadPassage, ...], course: str, _language: str | None) -> SafeString:
    return render_to_string("learner/reading/text.html", {"blocks": laid_out(passages), "course_slug": course})
