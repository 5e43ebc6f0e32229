"""The parts of a course: their order, titles, length and level; joined, renamed and moved, each step undoable."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain import layout as layouts
from authoring.domain.arrangement import arrangement_of
from authoring.domain.lesson_facts import lesson_facts
from authoring.domain.lessons import merge_lessons, move_lesson, rename_lesson
from authoring.domain.text_edits import Editor, edition, last_edit, undo_last_edit
from course.errors import CannotRearrange, CourseError
from web.studio.access import author, for_editors, see
from web.studio.text_forms import LessonForm
from web.studio.views.text import CONFLICT, last_shown

STEPS = {"up": -1, "down": 1}


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def lessons(request: HttpRequest, *, course: Any) -> HttpResponse:
    """Every part in order; a POST joins, renames or moves one, or takes the last edit back."""
    if request.method != "POST":
        return _page(request, course)
    form = LessonForm(request.POST)
    if not form.is_valid():
        return _page(request, course, refused=CannotRearrange.message)
    try:
        _do(course, form, form.editor(author(request)))
    except CourseError as error:
        return _page(request, course, refused=str(error))
    lesson = form.cleaned_data["lesson"]
    return see(f"{reverse('studio:lessons', args=[course.slug])}{f'#l-{lesson}' if lesson else ''}")


def _do(course: Any, form: LessonForm, editor: Editor) -> None:
    do, lesson = form.cleaned_data["do"], form.cleaned_data["lesson"]
    if do == "undo":
        undo_last_edit(course, editor=editor)
    elif do == "rename":
        rename_lesson(course, lesson=lesson, title=form.cleaned_data["title"], editor=editor)
    elif do == "join":
        merge_lessons(course, lesson=lesson, editor=editor)
    elif do == "place":
        move_lesson(course, lesson=lesson, to=form.cleaned_data["place"], editor=editor)
    else:
        layout = arrangement_of(course).layout
        at = layout.index(layouts.stretch(layout, lesson)) + 1
        move_lesson(course, lesson=lesson, to=max(1, at + STEPS[do]), editor=editor)


def _page(request: HttpRequest, course: Any, *, refused: str = "") -> HttpResponse:
    context = {
        "section": "studio",
        "step": "lessons",
        "course": course,
        "seen": edition(course),
        "last": last_shown(last_edit(course), request),
        "refused": refused,
        "rows": lesson_facts(course),
    }
    return render(request, "studio/lessons.html", context, status=CONFLICT if refused else 200)
