"""Drafting with a model: its owner allows it, whoever edits asks for it, and all of them see how far it is."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.model_asking import ask_model, asking_of
from authoring.domain.model_consent import allow_model, destination, forbid_model, is_allowed
from course.models import Course
from web.api.callers import caller
from web.api.idempotency import once
from web.api.permitted import permitted_course
from web.api.serializers.models import ModelAskedSerializer, ModelRuleSerializer, ModelSerializer
from web.api.serializers.problems import ProblemSerializer
from web.api.views.editing import edited_course


class DraftingModel(APIView):
    """Whether a model is set up and allowed, and how far it is with each lesson it was asked about."""

    @extend_schema(responses=ModelSerializer)
    def get(self, request: Request, slug: str) -> Response:
        return Response(_shown(edited_course(request, slug)))

    @extend_schema(request=None, responses={202: ModelAskedSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str) -> Response:
        """Asks the model for questions on each lesson that it is not at work on."""
        asked = ask_model(edited_course(request, slug), by=caller(request))
        return Response(ModelAskedSerializer({"lessons": asked}).data, status=202)


class ModelRule(APIView):
    """For the owner: text may be sent to the model at this address, or to none."""

    @extend_schema(request=ModelRuleSerializer, responses={200: ModelSerializer, 409: ProblemSerializer})
    def put(self, request: Request, slug: str) -> Response:
        course = permitted_course(request, slug, "course.own")
        sent = ModelRuleSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        if sent.validated_data["address"]:
            allow_model(course, address=sent.validated_data["address"], by=caller(request))
        else:
            forbid_model(course, by=caller(request))
        return Response(_shown(course))


def _shown(course: Course) -> Any:
    shown = {"destination": destination(), "is_allowed": is_allowed(course), "lessons": asking_of(course).lessons}
    return ModelSerializer(shown).data
