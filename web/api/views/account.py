"""The account of whoever calls: who they are, what reaches them by mail, and the tokens in their name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.digest import mail_settings, set_mail
from accounts.domain.people import change_own
from accounts.domain.tokens import live_tokens, revoke_token
from accounts.models import PersonalToken, User
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.pagination import NewestFirst
from web.api.sent import sent
from web.api.serializers.account import (
    ChangeOwnSerializer,
    OwnMailSerializer,
    OwnSerializer,
    SetMailSerializer,
    TokenSerializer,
)
from web.api.serializers.problems import ProblemSerializer


class Own(APIView):
    """Who calls, and how pages look to them."""

    @extend_schema(responses=OwnSerializer)
    def get(self, request: Request) -> Response:
        return tagged(request, OwnSerializer(caller(request)).data)

    @extend_schema(request=ChangeOwnSerializer, responses={200: OwnSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def patch(self, request: Request) -> Response:
        """Sets what is named; the rest stays."""
        person = seen(request, User.objects.all(), OwnSerializer, pk=caller(request).pk)
        change_own(person, **sent(request, ChangeOwnSerializer))
        return tagged(request, OwnSerializer(person).data)


class OwnMail(APIView):
    """How often a digest of the inbox comes by mail, and what it counts."""

    @extend_schema(responses=OwnMailSerializer)
    def get(self, request: Request) -> Response:
        return tagged(request, _mail(caller(request)))

    @extend_schema(request=SetMailSerializer, responses={200: OwnMailSerializer, 412: ProblemSerializer})
    @transaction.atomic
    def put(self, request: Request) -> Response:
        """Sets both."""
        person = seen(request, User.objects.all(), _mail, pk=caller(request).pk)
        kinds = {kind.slug for kind in mail_settings(person)[1]}
        set_mail(person, **sent(request, SetMailSerializer, kinds=kinds))
        return tagged(request, _mail(person))


def _mail(person: User) -> Any:
    every, kinds = mail_settings(person)
    return OwnMailSerializer({"every": every, "kinds": kinds}).data


class OwnTokens(ListAPIView[PersonalToken]):
    """The personal tokens of whoever calls that are not revoked, newest first; never a secret."""

    serializer_class = TokenSerializer
    pagination_class = NewestFirst
    queryset = PersonalToken.objects.none()

    def get_queryset(self) -> QuerySet[PersonalToken]:
        return live_tokens(caller(self.request))


class OwnToken(APIView):
    """One personal token of whoever calls."""

    @extend_schema(responses=TokenSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        return tagged(request, TokenSerializer(get_object_or_404(live_tokens(caller(request)), uuid=uuid)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, uuid: UUID) -> Response:
        """Revokes it, also where it is the token of this very call. Again, there is nothing."""
        get_object_or_404(live_tokens(caller(request)), uuid=uuid)
        revoke_token(caller(request), uuid)
        return Response(status=204)
