"""Notes and highlights of one's own: writing, changing and listing them. Nobody else ever comes here for them."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import signed_in, uuid_in
from course.domain.enrolment import enrol_oneself
from course.domain.lesson_page import plain_passages
from course.domain.notes import PlacedNote, delete_note, notes_of, own_note, put_note_back, rewrite_note, write_note
from course.errors import NoteKeyTaken, NoteTooLong, TextEdited, TooManyNotes
from course.models import Enrollment, Lesson, Note
from quizzes.questions.controls import is_small_number
from web.learner.errors import told
from web.learner.note_form import NoteForm
from web.learner.notes_text import notes_as_text
from web.learner.views.reading import readable_lesson, see_other

REFUSALS = (NoteTooLong, TooManyNotes, NoteKeyTaken, TextEdited)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@told
def of_lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """A form for a note on a passage of the lesson; a POST writes it, or highlights, and leads to where it stands."""
    found = readable_lesson(request, course, lesson)
    if found is None:
        raise Http404
    form = NoteForm(request.POST or None, lesson=found, passages=plain_passages(found))
    if request.method == "POST" and form.is_valid():
        try:
            note = _written(form.cleaned_data, found, person=signed_in(request))
            return see_other(_place_of(note, found.course.slug, found.slug))
        except REFUSALS as refused:
            form.add_error(None, str(refused))
    context = {"course": found.course, "lesson": found, "form": form}
    return render(request, "learner/notes/lesson.html", context, status=422 if form.is_bound else 200)


def _written(given: dict[str, Any], lesson: Lesson, *, person: User) -> Note:
    enrollment = enrol_oneself(lesson.course, person=person)
    return write_note(lesson, enrollment=enrollment, key=given["key"], span=given["span"], text=given["text"])


@login_required
@require_POST
@told
def note(request: HttpRequest, note: UUID) -> HttpResponse:
    """One's note is kept with this text, deleted, or put back, as `do` says; then where it stands, or stood."""
    own = own_note(signed_in(request), note)
    deed = request.POST.get("do", "keep")
    if deed == "delete":
        delete_note(own)
    elif deed == "put back":
        put_note_back(own)
    else:
        seen = request.POST.get("sequence", "")
        text = request.POST.get("text", "").replace("\x00", "")
        rewrite_note(own, text=text, seen=int(seen) if is_small_number(seen) else None)
    asked = f"?deleted={own.uuid}" if deed == "delete" else ""
    course = own.lesson.course.slug
    if request.POST.get("back") == "course":
        return see_other(f"{reverse('learner:notes', args=[course])}{asked}#note-{own.uuid}")
    return see_other(_place_of(own, course, own.lesson.slug, asked))


def _place_of(note: Note, course: str, lesson: str, asked: str = "") -> str:
    return f"{reverse('learner:lesson', args=[course, lesson])}{asked}#note-{note.uuid}"


@never_cache
@login_required
@require_safe
def of_course(request: HttpRequest, course: str) -> HttpResponse:
    """All one's notes in the course, by part; also after one takes part no more."""
    part = _part_in(request, course)
    notes = notes_of(part, deleted=uuid_in(request.GET.get("deleted", "")))
    context = {"course": part.course, "notes": notes, "lessons": list(by_lesson(notes))}
    return render(request, "learner/notes/course.html", context)


@never_cache
@login_required
@require_safe
def as_text(request: HttpRequest, course: str) -> HttpResponse:
    """All one's notes in the course as a text file."""
    part = _part_in(request, course)
    text = notes_as_text(part.course.title, notes_of(part))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="notes-{part.course.slug}.txt"'
    return answer


def by_lesson(notes: tuple[PlacedNote, ...]) -> Any:
    """The notes with the lesson they belong to, in order."""
    for (slug, title), group in groupby(notes, key=lambda note: (note.lesson_slug, note.lesson_title)):
        yield {"slug": slug, "title": title, "notes": list(group)}


def _part_in(request: HttpRequest, course: str) -> Enrollment:
    own = Enrollment.objects.filter(user=signed_in(request)).select_related("course")
    return get_object_or_404(own, course__slug=course)
