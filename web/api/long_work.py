"""The answer to what takes longer than an answer: 202, and where to look."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from web.api.serializers.jobs import AcceptedSerializer


def job_address(request: Request, job: UUID) -> str:
    """Where to look how far the job is."""
    return request.build_absolute_uri(reverse("api:job", args=[job]))


def accepted(request: Request, job: UUID) -> Response:
    """202 with the job's public id and its address, which `Location` has too."""
    status = job_address(request, job)
    body = AcceptedSerializer({"job": job, "status": status}).data
    return Response(body, status=202, headers={"Location": status, "Retry-After": "1"})
