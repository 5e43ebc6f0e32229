"""How far background work is, for whoever caused it or works on its course."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authoring.domain.job_watching import watched_job
from jobs.models import LIVE, Job
from web.api.callers import caller
from web.api.serializers.jobs import JobSerializer


class JobDetail(APIView):
    """One job. While it is queued or running, `Retry-After` says when to look again."""

    @extend_schema(responses=JobSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        try:
            job = watched_job(uuid, by=caller(request))
        except Job.DoesNotExist:
            raise Http404 from None
        headers = {"Retry-After": "1"} if job.state in LIVE else None
        return Response(JobSerializer(job).data, headers=headers)
