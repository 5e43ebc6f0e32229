"""The text and the lessons of a course: every line with what was decided, and edits that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.lesson_facts import lesson_facts
from authoring.domain.lessons import merge_lessons, move_break, move_lesson, rename_lesson, split_lesson
from authoring.domain.passages import decide_passage, seen_passages
from authoring.domain.text_edits import Editor, edition, last_edit, undo_last_edit
from course.domain.origins import articles_of, change_origin, digest_of, facts_of
from course.models import Course, TextEdit
from course.reading.outline import PassageKind
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.serializers.problems import ProblemSerializer
from web.api.serializers.texts import (
    EditDoneSerializer,
    EditedLessonsSerializer,
    EditedTextSerializer,
    OriginChangesSerializer,
    OriginSerializer,
    TextEditSerializer,
)
from web.api.views.editing import edited_course

REQUIRED = "This field is required."
Deed = Callable[..., TextEdit | None]


class EditedText(APIView):
    """Every line of the article in order: how it is read, what the cleaner took it for and why."""

    @extend_schema(responses=EditedTextSerializer)
    def get(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        return Response(EditedTextSerializer({**_standing(course), "lines": seen_passages(course)}).data)


class EditedLessons(APIView):
    """The lessons with their length and reading level."""

    @extend_schema(responses=EditedLessonsSerializer)
    def get(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        return Response(EditedLessonsSerializer({**_standing(course), "lessons": lesson_facts(course)}).data)


def _standing(course: Course) -> dict[str, Any]:
    return {"edition": edition(course), "last": last_edit(course)}


def _reads_as(kind: PassageKind | None) -> Deed:
    def decide(course: Course, *, line: int, editor: Editor) -> TextEdit | None:
        return decide_passage(course, number=line, kind=kind, editor=editor)

    return decide


def _begins(by: int) -> Deed:
    def move(course: Course, *, lesson: UUID, editor: Editor) -> TextEdit:
        return move_break(course, lesson=lesson, by=by, editor=editor)

    return move


def _split(course: Course, *, line: int, editor: Editor) -> TextEdit:
    return split_lesson(course, number=line, editor=editor)


DEEDS: Mapping[str, tuple[tuple[str, ...], Deed]] = {
    "keep": (("line",), _reads_as(None)),
    "drop": (("line",), _reads_as(PassageKind.BOILERPLATE)),
    "heading": (("line",), _reads_as(PassageKind.HEADING)),
    "paragraph": (("line",), _reads_as(PassageKind.PARAGRAPH)),
    "split": (("line",), _split),
    "earlier": (("lesson",), _begins(-1)),
    "later": (("lesson",), _begins(1)),
    "rename": (("lesson", "title"), rename_lesson),
    "join": (("lesson",), merge_lessons),
    "move": (("lesson", "to"), move_lesson),
    "undo": ((), undo_last_edit),
}
"""What each edit needs to be told, and the domain's function for it."""


class TextEdits(APIView):
    """Edits the text or its lessons. Who has not seen the newest edition overwrites nothing."""

    @extend_schema(
        request=TextEditSerializer,
        responses={200: EditDoneSerializer, 400: ProblemSerializer, 409: ProblemSerializer},
    )
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        sent = TextEditSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        needed, deed = DEEDS[told["do"]]
        if missing := [name for name in needed if name not in told]:
            raise ValidationError({name: [REQUIRED] for name in missing})
        edit = deed(course, **{name: told[name] for name in needed}, editor=Editor(caller(request), told["seen"]))
        return Response(EditDoneSerializer({"edition": edition(course), "edit": edit}).data)


class Origins(APIView):
    """What readers are told of each article of the course."""

    @extend_schema(responses=OriginSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        return Response(OriginSerializer(articles_of(edited_course(request, slug)), many=True).data)


class Origin(APIView):
    """What readers are told of one article; its language is that of the course."""

    @extend_schema(responses=OriginSerializer)
    def get(self, request: Request, slug: str, article: UUID) -> Response:
        found = get_object_or_404(articles_of(edited_course(request, slug)), uuid=article)
        return tagged(request, OriginSerializer(found).data)

    @extend_schema(
        request=OriginChangesSerializer,
        responses={200: OriginSerializer, 400: ProblemSerializer, 412: ProblemSerializer},
    )
    @transaction.atomic
    def patch(self, request: Request, slug: str, article: UUID) -> Response:
        course = edited_course(request, slug)
        found = seen(request, articles_of(course), OriginSerializer, uuid=article)
        sent = OriginChangesSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        before = facts_of(found)
        facts = replace(before, **sent.validated_data)
        change_origin(course, found, facts=facts, seen=digest_of(before), actor=caller(request))
        found.refresh_from_db()
        return tagged(request, OriginSerializer(found).data)
