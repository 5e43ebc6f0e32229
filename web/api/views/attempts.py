"""Attempts over REST: start, answer, submit, look. The same domain functions as the pages'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course.domain.enrolment import enrol_oneself
from course.models import Enrollment
from jobs.domain.clock import database_now
from quizzes.domain.attempt_page import attempt_items
from quizzes.domain.attempts import AttemptOf, GivenAnswer, save_answer, submit_attempt
from quizzes.domain.navigation import go_on
from quizzes.domain.one_call import Taken, take_quiz
from quizzes.domain.own_attempt import attempt_with
from quizzes.domain.quiz_page import quiz_with
from quizzes.domain.review import review_of
from quizzes.domain.tries import check_answer, open_hint
from quizzes.domain.waiting import wait_until_graded
from quizzes.models import Attempt, AttemptState, Grading, Quiz
from quizzes.models import Response as ResponseRow
from quizzes.rules import attempts_of, own_part, require_may_answer, require_published
from web.api.callers import caller
from web.api.idempotency import once
from web.api.sent import sent
from web.api.serializers.attempts import (
    AttemptItemSerializer,
    AttemptSerializer,
    GoneOnSerializer,
    SaveAnswerSerializer,
    SavedAnswerSerializer,
    StartAttemptSerializer,
    StartedAttemptSerializer,
    SubmittedSerializer,
)
from web.api.serializers.problems import ProblemSerializer
from web.api.shown import shown
from web.api.waiting import milliseconds

WAIT = OpenApiParameter("wait", description="Hold the answer until graded, at most this long: `300ms`.")


def own_attempt(request: Request, uuid: UUID, *related: str) -> Attempt:
    """The caller's own attempt; else 404."""
    found: Attempt = get_object_or_404(attempts_of(request.user).select_related(*related), uuid=uuid)
    return found


def status_url(request: Request, attempt: Attempt) -> str:
    return request.build_absolute_uri(reverse("api:attempt", args=[attempt.uuid]))


class StartAttempt(APIView):
    """Starts an attempt at a quiz, or gives the one in progress; with `answers` and `submit` it is done in one call."""

    @extend_schema(
        request=StartAttemptSerializer,
        responses={201: StartedAttemptSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    @once
    def post(self, request: Request, uuid: UUID) -> Response:
        asked = sent(request, StartAttemptSerializer)
        quiz = quiz_with(uuid, request.user)
        require_published(quiz)
        part = own_part(quiz) or enrol_oneself(quiz.course, person=caller(request))
        taken = _taken(quiz, require_may_answer(part), asked)
        body = {"items": taken.items, "status": status_url(request, taken.attempt), **_facts(taken.attempt)}
        return Response(shown(StartedAttemptSerializer, body), status=201, headers={"Location": body["status"]})


def _taken(quiz: Quiz, enrollment: Enrollment, asked: dict[str, Any]) -> Taken:
    answers = _by_position(asked.get("answers", {}))
    try:
        return take_quiz(quiz, enrollment=enrollment, answers=answers, submit=asked["submit"])
    except ResponseRow.DoesNotExist:
        raise ValidationError({"answers": ["This attempt has no question at one of these positions."]}) from None


def _facts(attempt: Attempt) -> dict[str, Any]:
    return {"uuid": attempt.uuid, "state": attempt.state, "deadline_at": attempt.deadline_at}


def _by_position(answers: dict[str, Any]) -> dict[int, Any]:
    if not all(position.isascii() and position.isdigit() and len(position) < 6 for position in answers):
        raise ValidationError({"answers": ["Name each answer by the position of its question: 1, 2, …"]})
    return {int(position): raw for position, raw in answers.items()}


class AttemptDetail(APIView):
    """An attempt, as far as its policy shows it now: questions while it runs, the review once it is submitted."""

    @extend_schema(responses=AttemptSerializer, parameters=[WAIT])
    def get(self, request: Request, uuid: UUID) -> Response:
        attempt = attempt_with(uuid, request.user)
        held = milliseconds(request.query_params.get("wait", ""))
        if held and attempt.state == AttemptState.SUBMITTED and attempt.graded_at is None:
            wait_until_graded(attempt, milliseconds=held)
            attempt.now = database_now()
        review = review_of(attempt, at=attempt.now)
        is_open = attempt.state == AttemptState.IN_PROGRESS
        body = {
            "attempt": attempt,
            "grading": review.grading,
            "fraction": review.fraction,
            "points": review.points,
            "max_points": review.max_points,
            "items": attempt_items(attempt) if is_open else [],
            "review": [] if is_open else review.items,
        }
        waits = not is_open and review.grading == Grading.PENDING
        return Response(shown(AttemptSerializer, body), headers={"Retry-After": "1"} if waits else None)


class SaveAnswer(APIView):
    """Keeps one answer. A half-typed or invalid one is kept too, with a warning."""

    @extend_schema(
        request=SaveAnswerSerializer,
        responses={200: SavedAnswerSerializer, 409: ProblemSerializer, 422: ProblemSerializer},
    )
    def put(self, request: Request, uuid: UUID, position: int) -> Response:
        fields = sent(request, SaveAnswerSerializer)
        given = GivenAnswer(
            position, fields["answer"], fields["sequence"], fields.get("client_key"), fields.get("confidence")
        )
        try:
            saved = save_answer(AttemptOf(caller(request).pk, uuid), given=given)
        except ResponseRow.DoesNotExist:
            raise Http404 from None
        return Response(shown(SavedAnswerSerializer, saved))


class CheckAnswer(APIView):
    """Checks the saved answer at once, where the attempt's policy shows something then. The same answer is one try."""

    @extend_schema(request=None, responses={200: AttemptItemSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, uuid: UUID, position: int) -> Response:
        return _acted(request, uuid, position, check_answer)


class OpenHint(APIView):
    """Opens the question's next hint, at the cost that the quiz names."""

    @extend_schema(request=None, responses={200: AttemptItemSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, uuid: UUID, position: int) -> Response:
        return _acted(request, uuid, position, open_hint)


def _acted(request: Request, uuid: UUID, position: int, act: Callable[..., Any]) -> Response:
    attempt = own_attempt(request, uuid)
    try:
        act(attempt, position=position)
    except ResponseRow.DoesNotExist:
        raise Http404 from None
    item = next(item for item in attempt_items(attempt) if item.position == position)
    return Response(shown(AttemptItemSerializer, item))


class GoOn(APIView):
    """Goes on from the question at this position, where one comes after the other; there is no way back."""

    @extend_schema(request=None, responses={200: GoneOnSerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, uuid: UUID, position: int) -> Response:
        try:
            following = go_on(own_attempt(request, uuid), position=position)
        except ResponseRow.DoesNotExist:
            raise Http404 from None
        return Response(GoneOnSerializer({"position": following}).data)


class SubmitAttempt(APIView):
    """Submits an attempt. It is graded in the background; submitting again gives the same answer."""

    @extend_schema(request=None, responses={202: SubmittedSerializer})
    @once
    def post(self, request: Request, uuid: UUID) -> Response:
        attempt = submit_attempt(attempt_with(uuid, request.user))
        url = status_url(request, attempt)
        body = {"uuid": attempt.uuid, "state": attempt.state, "status": url}
        return Response(shown(SubmittedSerializer, body), status=202, headers={"Location": url})
