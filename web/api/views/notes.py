"""Notes and highlights of one's own. Nobody else ever comes here for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.enrolment import enrol_oneself
from course.domain.lesson_page import lesson_readable_by
from course.domain.notes import delete_note, notes_of, placed_note, rewrite_note, span_in, write_note
from course.models import Enrollment, Lesson, Note
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.serializers.notes import NoteSerializer, RewriteNoteSerializer, WriteNoteSerializer


def readable_lesson(request: Request, course: str, lesson: str) -> Lesson:
    """The lesson with its course and text, if the caller may read it; else 404."""
    found = lesson_readable_by(caller(request), course=course, slug=lesson)
    if found is None:
        raise Http404
    return found


class NoteList(APIView):
    """All one's notes in the course by lesson, also after one takes part no more; whole, nothing is paged."""

    @extend_schema(responses=NoteSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        own = Enrollment.objects.filter(user=caller(request))
        return Response(NoteSerializer(notes_of(get_object_or_404(own, course__slug=slug)), many=True).data)


class WriteNote(APIView):
    """A note on words of the lesson, or without a text of its own a highlight. Whoever writes one takes part."""

    @extend_schema(request=WriteNoteSerializer, responses={201: NoteSerializer})
    @once
    def post(self, request: Request, slug: str, lesson: str) -> Response:
        found = readable_lesson(request, slug, lesson)
        sent = WriteNoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        span = span_in(found, start=given["start"], end=given["end"])
        part = enrol_oneself(found.course, person=caller(request))
        note = write_note(found, enrollment=part, key=uuid4(), span=span, text=given["text"])
        return Response(shown(note), status=201)


class NoteDetail(APIView):
    """One note of one's own."""

    @extend_schema(responses=NoteSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        return tagged(request, shown(get_object_or_404(own_notes(request), uuid=uuid)))

    @extend_schema(request=RewriteNoteSerializer, responses=NoteSerializer)
    @transaction.atomic
    def patch(self, request: Request, uuid: UUID) -> Response:
        """Says something else; a deleted note is put back by it."""
        note = seen(request, own_notes(request), shown, uuid=uuid)
        sent = RewriteNoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        rewrite_note(note, text=sent.validated_data["text"], seen=sent.validated_data.get("sequence"))
        return tagged(request, shown(note))

    @extend_schema(responses={204: None})
    @transaction.atomic
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Is shown nowhere any more, and forgotten a day later."""
        delete_note(seen(request, own_notes(request), shown, uuid=uuid))
        return Response(status=204)


def own_notes(request: Request) -> Any:
    return Note.objects.filter(enrollment__user=caller(request)).select_related("enrollment")


def shown(note: Note) -> Any:
    """The note as it is answered with."""
    return NoteSerializer(placed_note(note)).data
