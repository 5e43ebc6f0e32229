"""Appeals: the answers that learners want looked at again, and one decision for all who gave the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from jobs.domain.clock import database_now
from quizzes.domain.answers_in_words import answer_in_words, settled
from quizzes.domain.appeals import (
    AppealedAnswer,
    accept_for_everybody,
    accept_for_these,
    acceptance_of,
    appealed_answers,
    decline,
    together_with,
)
from quizzes.domain.questions import title_of
from quizzes.errors import GradedMeanwhile
from quizzes.models import Appeal, AppealState
from web.api.callers import caller
from web.api.following import AFTER, following, named_place, page_size
from web.api.idempotency import once
from web.api.permitted import permitted_course
from web.api.sent import sent
from web.api.serializers.problems import ProblemSerializer
from web.api.serializers.regrades import (
    AcceptedRunSerializer,
    AcceptSerializer,
    AppealedAnswerSerializer,
    AppealSerializer,
    DecidedSerializer,
    DecisionSerializer,
)
from web.api.views.regrades import at_work

MOST_LINES = 50
BEHIND = OpenApiParameter(AFTER, description="The appeal behind which the page begins; `next` carries it.")


class Appeals(GenericAPIView[Appeal]):
    """Every appealed answer that waits for a decision, the longest waiting first."""

    serializer_class = AppealedAnswerSerializer
    queryset = Appeal.objects.none()

    @extend_schema(responses=AppealedAnswerSerializer(many=True), parameters=[BEHIND])
    def get(self, request: Request, slug: str) -> Response:
        course, most = permitted_course(request, slug, "course.grade"), page_size(request)
        # One more than is shown says whether there are more.
        found = appealed_answers(course, after=named_place(request), most=most + 1)
        rows = AppealedAnswerSerializer([_row(each) for each in found[:most]], many=True).data
        return following(request, rows, cursor=str(found[most - 1].appeal.uuid) if len(found) > most else "")


def _row(appealed: AppealedAnswer) -> dict[str, Any]:
    response = appealed.appeal.response
    answer = answer_in_words(response.version, response.answer)
    return {"appealed": appealed, "title": title_of(response.version), "answer": answer}


def _appeal(request: Request, slug: str, uuid: UUID) -> Appeal:
    course = permitted_course(request, slug, "course.grade")
    together = Appeal.objects.select_related(
        "response__attempt__quiz", "response__version__question", "question", "run"
    )
    return get_object_or_404(together, question__course=course, uuid=uuid)


class AppealDetail(APIView):
    """One answer, who appeals with it, and what accepting it changes for whom. Nothing is changed by looking."""

    @extend_schema(responses=AppealSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        appeal = _appeal(request, slug, uuid)
        is_open, version = appeal.state == AppealState.OPEN, appeal.response.version
        body = {
            "appeal": appeal,
            "answer": answer_in_words(version, appeal.response.answer),
            "asked": settled(version),
            "said": together_with(appeal) if is_open else [appeal],
            "acceptance": _acceptance(appeal) if is_open else None,
        }
        return Response(AppealSerializer(body).data)


def _acceptance(appeal: Appeal) -> dict[str, Any]:
    found = acceptance_of(appeal, at=database_now())
    return {
        "has_room": found.content is not None,
        "is_proposed": found.proposal is not None,
        "looked_at": found.looked_at,
        "of": found.of,
        "changed": len(found.lines),
        "changes": found.lines[:MOST_LINES],
    }


class AcceptAppeal(APIView):
    """Everybody who appealed with this answer is right.

    `for_everybody`: the question takes the answer from now on and a run grades all answers again, or, where the course
    asks for two people and this is the first, that is proposed. Otherwise they alone have full points.
    """

    @extend_schema(
        request=AcceptSerializer,
        responses={200: DecidedSerializer, 202: AcceptedRunSerializer, 409: ProblemSerializer},
    )
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        appeal, fields = _appeal(request, slug, uuid), sent(request, AcceptSerializer)
        if not fields["for_everybody"]:
            return _decided(accept_for_these, appeal, by=caller(request), decision=fields["decision"])
        run = accept_for_everybody(appeal, by=caller(request), decision=fields["decision"])
        return Response(DecidedSerializer({"appeals": 0}).data) if run is None else at_work(request, run)


class DeclineAppeal(APIView):
    """The grade stands for everybody who appealed with this answer, and they read why."""

    @extend_schema(request=DecisionSerializer, responses={200: DecidedSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        appeal = _appeal(request, slug, uuid)
        return _decided(decline, appeal, by=caller(request), **sent(request, DecisionSerializer))


def _decided(decide: Callable[..., int], appeal: Appeal, **how: Any) -> Response:
    decided = decide(appeal, **how)
    if not decided:
        raise GradedMeanwhile("Somebody decided about this appeal first. Nothing of yours was saved.")
    return Response(DecidedSerializer({"appeals": decided}).data)
