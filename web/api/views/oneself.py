"""What belongs to whoever calls: what they were told, their goal, their parts, what is kept about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.inbox import mark_read, newest_messages, open_message
from accounts.models import InboxMessage, User
from course.domain.join_codes import join
from jobs.domain.clock import database_now
from quizzes.domain.erasing import ask_to_erase, what_erasing_touches
from quizzes.domain.personal_copy import personal_copy
from quizzes.domain.weekly_goal import goal_of, pause_goal, set_goal, standing_of_goal
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.long_work import accepted
from web.api.pagination import NewestFirst
from web.api.serializers.jobs import AcceptedSerializer
from web.api.serializers.oneself import (
    EraseSerializer,
    JoinSerializer,
    MessageSerializer,
    MessagesReadSerializer,
    OwnGoalSerializer,
    OwnPartSerializer,
    ReadUpToSerializer,
    SetGoalSerializer,
    TouchedSerializer,
)
from web.api.serializers.problems import ProblemSerializer


class Inbox(ListAPIView[InboxMessage]):
    """What one was told, newest first; the read messages among them."""

    serializer_class = MessageSerializer
    pagination_class = NewestFirst
    queryset = InboxMessage.objects.none()

    def get_queryset(self) -> QuerySet[InboxMessage]:
        return newest_messages(caller(self.request))


class ReadMessages(APIView):
    """Counts one's messages as read, or those not newer than `up_to`."""

    @extend_schema(request=ReadUpToSerializer, responses=MessagesReadSerializer)
    @once
    def post(self, request: Request) -> Response:
        sent = ReadUpToSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        person, named = caller(request), sent.validated_data.get("up_to")
        newest = get_object_or_404(person.inbox, uuid=named) if named else None
        return Response(MessagesReadSerializer({"read": mark_read(person, up_to=newest)}).data)


class ReadMessage(APIView):
    """Counts one message as read."""

    @extend_schema(request=None, responses=MessageSerializer)
    @once
    def post(self, request: Request, uuid: UUID) -> Response:
        open_message(caller(request), uuid)
        return Response(MessageSerializer(caller(request).inbox.get(uuid=uuid)).data)


class Goal(APIView):
    """On how many days a week one wants to learn, and how one stands. Seen by nobody else."""

    @extend_schema(responses=OwnGoalSerializer)
    def get(self, request: Request) -> Response:
        return tagged(request, _goal(caller(request)))

    @extend_schema(request=SetGoalSerializer, responses={200: OwnGoalSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def put(self, request: Request) -> Response:
        """Sets the goal, takes it away, or pauses it."""
        person = seen(request, User.objects.all(), _goal, pk=caller(request).pk)
        sent = SetGoalSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        set_goal(person, days=sent.validated_data["days"])
        if sent.validated_data["is_paused"]:
            pause_goal(person)
        return tagged(request, _goal(person))


def _goal(person: User) -> Any:
    goal, standing = goal_of(person), standing_of_goal(person, at=database_now())
    shown = {"days": goal and goal.days, "is_paused": bool(goal and goal.paused_at), "standing": standing}
    return OwnGoalSerializer(shown).data


class Join(APIView):
    """Makes whoever calls a learner of a code's course."""

    @extend_schema(request=JoinSerializer, responses={201: OwnPartSerializer})
    @once
    def post(self, request: Request) -> Response:
        sent = JoinSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        part = join(sent.validated_data["code"], person=caller(request))
        return Response(OwnPartSerializer(part).data, status=201)


class OwnCopy(APIView):
    """Everything that is kept about whoever calls, as far as they may see it."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        return Response(personal_copy(caller(request)))


class OwnErasure(APIView):
    """The end of what is kept about whoever calls."""

    @extend_schema(responses=TouchedSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What erasing oneself would touch. Changes nothing."""
        return Response(TouchedSerializer(what_erasing_touches(caller(request)), many=True).data)

    @extend_schema(request=EraseSerializer, responses={202: AcceptedSerializer})
    @once
    def post(self, request: Request) -> Response:
        """Erases whoever calls; their tokens are good for nothing from now on."""
        EraseSerializer(data=request.data).is_valid(raise_exception=True)
        return accepted(request, ask_to_erase(caller(request), actor=caller(request)).uuid)
