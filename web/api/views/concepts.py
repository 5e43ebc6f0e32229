"""The concepts of a course under review: why each was suggested, what hangs on it, and every decision undoable."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.concept_editing import change_concept
from authoring.domain.concept_hub import concept_hub
from authoring.domain.concept_picking import pick_phrase
from authoring.domain.concept_review import accept_asked_concepts, review_concepts
from course.domain.concept_changes import decide_concepts
from course.models import Concept, ConceptState
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import last_deed, take_back
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.sent import sent
from web.api.serializers.concepts import (
    ConceptChangesSerializer,
    ConceptHubSerializer,
    ConceptReviewSerializer,
    DeedSerializer,
    GroupDecisionSerializer,
    MergeIntoSerializer,
    PickedSerializer,
    PickSerializer,
    TakenBackSerializer,
    UndoSerializer,
)
from web.api.views.editing import edited_course


class ReviewedConcepts(APIView):
    """Every concept with its reasons, by rank; words of the text become another."""

    @extend_schema(responses=ConceptReviewSerializer)
    def get(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        last = last_deed(course, by=caller(request))
        shown = {"concepts": review_concepts(course).rows, "last": last and last.uuid}
        return Response(ConceptReviewSerializer(shown).data)

    @extend_schema(request=PickSerializer, responses={201: PickedSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        fields = sent(request, PickSerializer)
        concept, deed = pick_phrase(
            course, number=fields["line"], phrase=fields["phrase"], nth=fields["nth"], by=caller(request)
        )
        return Response(PickedSerializer({"concept": concept, "deed": deed}).data, status=201)


def _concepts(request: Request, slug: str) -> Any:
    return Concept.objects.filter(course=edited_course(request, slug)).select_related("course", "merged_into")


def _shown(concept: Concept) -> Any:
    return ConceptHubSerializer(concept_hub(concept)).data


class ConceptHub(APIView):
    """One concept with everything that hangs on it."""

    @extend_schema(responses=ConceptHubSerializer, operation_id="courses_drafts_concept_hub")
    def get(self, request: Request, slug: str, concept: str) -> Response:
        return tagged(request, _shown(get_object_or_404(_concepts(request, slug), slug=concept)))

    @extend_schema(request=ConceptChangesSerializer, responses=ConceptHubSerializer)
    @transaction.atomic
    def patch(self, request: Request, slug: str, concept: str) -> Response:
        """Accepts, rejects, renames or defines it; a new definition has more questions drafted."""
        rows = _concepts(request, slug)
        found = seen(request, rows, _shown, slug=concept)
        change_concept(found, changes=sent(request, ConceptChangesSerializer), by=caller(request))
        return tagged(request, _shown(rows.get(pk=found.pk)))


class MergeConcept(APIView):
    """Makes the concept another term of the one that is named, which is answered."""

    @extend_schema(request=MergeIntoSerializer, responses=ConceptHubSerializer)
    @once
    def post(self, request: Request, slug: str, concept: str) -> Response:
        rows = _concepts(request, slug)
        found = get_object_or_404(rows, slug=concept)
        into = get_object_or_404(rows, slug=sent(request, MergeIntoSerializer)["into"])
        merge_concepts(found, into=into, by=caller(request))
        return Response(_shown(rows.get(pk=into.pk)))


class DecideConcepts(APIView):
    """Decides about several concepts in one deed; those that are merged stay as they are."""

    @extend_schema(request=GroupDecisionSerializer, responses=DeedSerializer)
    @once
    def post(self, request: Request, slug: str) -> Response:
        rows = _concepts(request, slug)
        fields = sent(request, GroupDecisionSerializer)
        chosen = list(rows.filter(slug__in=fields["concepts"]).order_by("rank", "pk"))
        deed = decide_concepts(chosen, state=ConceptState(fields["state"]), by=caller(request))
        return Response(DeedSerializer({"deed": deed}).data)


class AcceptAskedConcepts(APIView):
    """Accepts every concept that an accepted question asks about."""

    @extend_schema(request=None, responses=DeedSerializer)
    @once
    def post(self, request: Request, slug: str) -> Response:
        _, deed = accept_asked_concepts(edited_course(request, slug), by=caller(request))
        return Response(DeedSerializer({"deed": deed}).data)


class UndoConcepts(APIView):
    """Takes a deed back, be it the last or an old one; what has been changed since is not."""

    @extend_schema(request=UndoSerializer, responses=TakenBackSerializer)
    @once
    def post(self, request: Request, slug: str) -> Response:
        course = edited_course(request, slug)
        changes = take_back(course, deed=sent(request, UndoSerializer)["deed"], by=caller(request))
        return Response(TakenBackSerializer({"changes": len(changes)}).data)
