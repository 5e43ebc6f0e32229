"""Background work, whatever area it came from."""

from __future__ import annotations

from django.urls import path

from web.api.views import jobs

urlpatterns = [
    path("jobs/<uuid:uuid>/", jobs.JobDetail.as_view(), name="job"),
]
