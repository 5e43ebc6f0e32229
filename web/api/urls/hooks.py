"""Who is told of what happens in a course, and what became of it."""

from __future__ import annotations

from django.urls import path

from web.api.views import hooks

ENDPOINTS = "courses/<slug:slug>/webhooks/"
ENDPOINT = f"{ENDPOINTS}<uuid:uuid>/"
DELIVERIES = f"{ENDPOINT}deliveries/"

urlpatterns = [
    path(ENDPOINTS, hooks.EndpointList.as_view(), name="webhooks"),
    path(ENDPOINT, hooks.EndpointDetail.as_view(), name="webhook"),
    path(f"{ENDPOINT}pause/", hooks.PauseEndpoint.as_view(), name="webhook-pause"),
    path(f"{ENDPOINT}resume/", hooks.ResumeEndpoint.as_view(), name="webhook-resume"),
    path(f"{ENDPOINT}secret/", hooks.RotateSecret.as_view(), name="webhook-secret"),
    path(f"{ENDPOINT}ping/", hooks.Ping.as_view(), name="webhook-ping"),
    path(DELIVERIES, hooks.DeliveryList.as_view(), name="webhook-deliveries"),
    path(f"{DELIVERIES}<uuid:delivery>/", hooks.DeliveryDetail.as_view(), name="webhook-delivery"),
    path(f"{DELIVERIES}<uuid:delivery>/replay/", hooks.Replay.as_view(), name="webhook-replay"),
]
