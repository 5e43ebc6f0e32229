"""A list of people or of grades comes into a course: what it would do, line by line, then that, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from course.models import Course
from course.tables import NotATable
from quizzes.domain.list_imports import (
    ListNotReady,
    apply_list,
    discard_list,
    go_on,
    job_of,
    lines_to_read,
    look_again,
    look_at,
    tally_of,
    undo_list,
)
from quizzes.models import ImportLine, ListImport, ListKind
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.long_work import accepted
from web.api.pagination import NewestFirst
from web.api.permitted import permitted_course
from web.api.sent import asked, sent
from web.api.serializers.list_imports import (
    AcceptedListSerializer,
    ImportLineQuerySerializer,
    ImportLineSerializer,
    ListImportSerializer,
    NewGradeListSerializer,
    NewListSerializer,
    PlannedListSerializer,
)
from web.api.serializers.problems import ProblemSerializer

PERMISSIONS: Mapping[ListKind, str] = {ListKind.PEOPLE: "course.enrol", ListKind.GRADES: "course.grade"}
SHAPES: Mapping[ListKind, type[Serializer[Any]]] = {
    ListKind.PEOPLE: NewListSerializer,
    ListKind.GRADES: NewGradeListSerializer,
}
BEGUN = {202: AcceptedListSerializer, 409: ProblemSerializer}
REPLACED = {**BEGUN, 412: ProblemSerializer}


class OfAKind(GenericAPIView[Any]):
    """What every address of lists knows: of which kind they are, and who may bring one in."""

    kind: ListKind = ListKind.PEOPLE
    queryset = ListImport.objects.none()

    def course(self, slug: str) -> Course:
        """The course, if the caller may bring in lists of this kind; else 404."""
        return permitted_course(self.request, slug, PERMISSIONS[self.kind])

    def lists(self, slug: str) -> QuerySet[ListImport]:
        """Those of this course and kind; else 404."""
        return ListImport.objects.select_related("course").filter(course=self.course(slug), kind=self.kind)

    def found(self, slug: str, uuid: UUID) -> ListImport:
        """The list of this course and kind; else 404."""
        return get_object_or_404(self.lists(slug), uuid=uuid)

    def given(self, request: Request) -> dict[str, Any]:
        """The text and the reason that were sent."""
        return sent(request, SHAPES[self.kind])


def _at_work(request: Request, run: ListImport) -> Response:
    job = job_of(run)
    response = accepted(request, run.uuid if job is None else job.uuid)
    response.data = AcceptedListSerializer({**response.data, "list": run.uuid}).data
    return response


class Lists(OfAKind, ListAPIView[ListImport]):
    """The lists of this kind that came into the course, the newest first; each is kept for ninety days."""

    serializer_class = ListImportSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[ListImport]:
        return ListImport.objects.filter(course=self.course(self.kwargs["slug"]), kind=self.kind)

    @extend_schema(request=NewGradeListSerializer, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str) -> Response:
        """A job looks at what the list would do; nothing else happens by it."""
        course = self.course(slug)
        try:
            run = look_at(course, kind=self.kind, actor=caller(request), **self.given(request))
        except NotATable as error:
            raise ValidationError({"text": [str(error)]}) from None
        return _at_work(request, run)


def _planned(run: ListImport) -> Any:
    tally = [{"fate": fate, "state": state, "lines": n} for (fate, state), n in tally_of(run).items()]
    job = job_of(run)
    return PlannedListSerializer({"list": run, "job": job and job.uuid, "tally": tally}).data


class ListDetail(OfAKind, APIView):
    """One list, how far it is, and how many of its lines do what."""

    @extend_schema(responses=PlannedListSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        return tagged(request, _planned(self.found(slug, uuid)))

    @extend_schema(request=NewGradeListSerializer, responses=REPLACED)
    @transaction.atomic
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """A job looks at this text in place of the one before, as long as it is not applied."""
        run = seen(request, self.lists(slug), _planned, uuid=uuid)
        try:
            look_again(run, actor=caller(request), **self.given(request))
        except NotATable as error:
            raise ValidationError({"text": [str(error)]}) from None
        return _at_work(request, run)

    @extend_schema(responses={200: ListImportSerializer, 409: ProblemSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The list is set aside and its text forgotten; nothing was done by it."""
        run = seen(request, self.lists(slug), _planned, uuid=uuid)
        discard_list(run)
        return Response(ListImportSerializer(run).data)


@extend_schema(parameters=[ImportLineQuerySerializer])
class ListLines(OfAKind, ListAPIView[ImportLine]):
    """Line by line, what the list does: what was there before, what becomes of it, and what is wrong with a line."""

    serializer_class = ImportLineSerializer

    def get_queryset(self) -> QuerySet[ImportLine]:
        run = self.found(self.kwargs["slug"], self.kwargs["uuid"])
        fate = asked(self.request, ImportLineQuerySerializer)["fate"]
        return lines_to_read(run).filter(fate=fate) if fate else lines_to_read(run)


class ApplyList(OfAKind, APIView):
    """What the list was shown to do is done by a job, unless the course changed since: then it is looked at anew."""

    @extend_schema(request=None, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        run = self.found(slug, uuid)
        apply_list(run, actor=caller(request))
        return _at_work(request, run)


class UndoList(OfAKind, APIView):
    """What the list did, and nobody changed since, is taken back by a job."""

    @extend_schema(request=None, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        run = self.found(slug, uuid)
        undo_list(run, actor=caller(request))
        return _at_work(request, run)


class RetryList(OfAKind, APIView):
    """A job behind the list that was given up goes on from where it stopped."""

    @extend_schema(request=None, responses=BEGUN)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        run = self.found(slug, uuid)
        if not go_on(run):
            raise ListNotReady("No job behind this list was given up, so there is nothing to go on with.")
        return _at_work(request, run)
