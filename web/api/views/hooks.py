"""Endpoints that a course's owner has told of what happens in it, and the deliveries to each."""

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

from hooks.domain.deliveries import deliveries_of, replay
from hooks.domain.endpoints import (
    add_endpoint,
    change_endpoint,
    delete_endpoint,
    endpoints_of,
    pause_endpoint,
    ping,
    resume_endpoint,
    rotate_secret,
)
from hooks.models import Delivery, Endpoint
from web.api.callers import caller
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.pagination import LinkedCursorPagination
from web.api.permitted import permitted_course
from web.api.sent import sent
from web.api.serializers.hooks import (
    DeliverySerializer,
    DeliveryWithTriesSerializer,
    EndpointSerializer,
    EndpointTermsSerializer,
    EndpointWithSecretSerializer,
)
from web.api.serializers.problems import ProblemSerializer


def own_endpoints(request: Request, slug: str) -> QuerySet[Endpoint]:
    """The endpoints of the course, if the caller owns it; else 404."""
    return endpoints_of(permitted_course(request, slug, "course.own"))


def own_endpoint(request: Request, slug: str, uuid: UUID) -> Endpoint:
    """One of them."""
    return get_object_or_404(own_endpoints(request, slug), uuid=uuid)


def own_deliveries(request: Request, slug: str, uuid: UUID) -> QuerySet[Any]:
    """What was to be told to one of them, the newest first."""
    return deliveries_of(own_endpoint(request, slug, uuid))


class EndpointList(APIView):
    """The course's endpoints, the oldest first; a new one is told of what happens from now on."""

    @extend_schema(responses=EndpointSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        return Response(EndpointSerializer(own_endpoints(request, slug), many=True).data)

    @extend_schema(
        request=EndpointTermsSerializer, responses={201: EndpointWithSecretSerializer, 409: ProblemSerializer}
    )
    @once
    def post(self, request: Request, slug: str) -> Response:
        """The answer has the secret, which nothing shows again."""
        course = permitted_course(request, slug, "course.own")
        made = add_endpoint(course, **sent(request, EndpointTermsSerializer), actor=caller(request))
        return Response(EndpointWithSecretSerializer(made).data, status=201)


CHANGED = {200: EndpointSerializer, 409: ProblemSerializer, 412: ProblemSerializer}


class EndpointDetail(APIView):
    """One endpoint: where it is, what it is told of, and how it does."""

    @extend_schema(responses=EndpointSerializer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        return tagged(request, EndpointSerializer(own_endpoint(request, slug, uuid)).data)

    @extend_schema(request=EndpointTermsSerializer, responses=CHANGED)
    @transaction.atomic
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """What waits goes to the new address."""
        endpoint = seen(request, own_endpoints(request, slug), EndpointSerializer, uuid=uuid)
        change_endpoint(endpoint, **sent(request, EndpointTermsSerializer), actor=caller(request))
        return tagged(request, EndpointSerializer(own_endpoint(request, slug, uuid)).data)

    @extend_schema(responses={204: None, 412: ProblemSerializer})
    @transaction.atomic
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """It is gone with its secrets and deliveries; nothing more is sent."""
        endpoint = seen(request, own_endpoints(request, slug), EndpointSerializer, uuid=uuid)
        delete_endpoint(endpoint, actor=caller(request))
        return Response(status=204)


class PauseEndpoint(APIView):
    """Nothing is sent until it is resumed, and what happens meanwhile is never told. Again, the same."""

    @extend_schema(request=None, responses=EndpointSerializer)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        endpoint = own_endpoint(request, slug, uuid)
        pause_endpoint(endpoint, actor=caller(request))
        return Response(EndpointSerializer(endpoint).data)


class ResumeEndpoint(APIView):
    """It is told of what happens from now on, also after it was disabled. Again, the same."""

    @extend_schema(request=None, responses=EndpointSerializer)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        endpoint = own_endpoint(request, slug, uuid)
        resume_endpoint(endpoint, actor=caller(request))
        return Response(EndpointSerializer(endpoint).data)


class RotateSecret(APIView):
    """A new secret, which nothing shows again; the old one signs beside it for 24 hours."""

    @extend_schema(request=None, responses=EndpointWithSecretSerializer)
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        endpoint = own_endpoint(request, slug, uuid)
        rotate_secret(endpoint, actor=caller(request))
        return Response(EndpointWithSecretSerializer(endpoint).data)


class Ping(APIView):
    """A test event is on its way."""

    @extend_schema(request=None, responses={202: DeliverySerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        endpoint = own_endpoint(request, slug, uuid)
        return _on_its_way(endpoint, ping(endpoint))


def _on_its_way(endpoint: Endpoint, delivery: Delivery) -> Response:
    return Response(DeliverySerializer(deliveries_of(endpoint).get(pk=delivery.pk)).data, status=202)


class NewestFirst(LinkedCursorPagination):
    """A page at a time, from the newest back."""

    ordering = "-pk"


class DeliveryList(ListAPIView[Delivery]):
    """What was to be told to the endpoint within thirty days, the newest first."""

    serializer_class = DeliverySerializer
    pagination_class = NewestFirst
    queryset = Delivery.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        return own_deliveries(self.request, self.kwargs["slug"], self.kwargs["uuid"])


class DeliveryDetail(APIView):
    """One delivery with what it says and every try."""

    @extend_schema(responses=DeliveryWithTriesSerializer)
    def get(self, request: Request, slug: str, uuid: UUID, delivery: UUID) -> Response:
        found = get_object_or_404(own_deliveries(request, slug, uuid), uuid=delivery)
        return Response(DeliveryWithTriesSerializer(found).data)


class Replay(APIView):
    """The delivery is sent again under its own id; one that waits is left to its next try."""

    @extend_schema(request=None, responses={202: DeliverySerializer, 409: ProblemSerializer})
    @once
    def post(self, request: Request, slug: str, uuid: UUID, delivery: UUID) -> Response:
        found = get_object_or_404(own_deliveries(request, slug, uuid), uuid=delivery)
        replay(found)
        return _on_its_way(found.endpoint, found)
