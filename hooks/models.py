"""Endpoints of other systems, what they want to hear of, and everything that is or was on its way to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from course.models import Course
from hooks.sending.signing import PREFIX


class EventType(models.TextChoices):
    """What happens in a course that another system may want to hear of; `ping` is only ever asked for."""

    ATTEMPT_SUBMITTED = "attempt.submitted"
    ATTEMPT_GRADED = "attempt.graded"
    RESULT_CHANGED = "result.changed"
    COURSE_PUBLISHED = "course.published"
    APPEAL_DECIDED = "appeal.decided"
    PING = "ping"


TOLD = tuple(kind for kind in EventType if kind != EventType.PING)
"""What can be subscribed to."""


class EndpointState(models.TextChoices):
    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


class Endpoint(models.Model):
    """An address of another system that is told of what happens in a course.

    Both secrets sign until `old_secret_until`. `failing_since` is when the first try failed after which none went well.
    Paused by a person it is told nothing new; disabled is the same after days of failing.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="endpoints")
    address = models.CharField(max_length=1_000)
    state = models.CharField(max_length=8, choices=EndpointState, default=EndpointState.ACTIVE)
    secret = models.CharField(max_length=80)
    old_secret = models.CharField(max_length=80, blank=True, default="")
    old_secret_until = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "address"], name="one_endpoint_for_an_address"),
            models.CheckConstraint(condition=Q(state__in=EndpointState.values), name="endpoint_state_known"),
            models.CheckConstraint(condition=Q(address__startswith="http"), name="endpoint_has_an_address"),
            models.CheckConstraint(condition=Q(secret__startswith=PREFIX), name="endpoint_has_a_secret"),
            models.CheckConstraint(
                condition=Q(old_secret="", old_secret_until__isnull=True)
                | Q(old_secret__startswith=PREFIX, old_secret_until__isnull=False),
                name="old_secret_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=EndpointState.DISABLED) | Q(failing_since__isnull=False),
                name="disabled_endpoint_has_failed",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Subscription(models.Model):
    """That an endpoint is told of one type of event."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="subscriptions")
    type = models.CharField(max_length=17, choices=[(kind.value, kind.value) for kind in TOLD])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "type"], name="one_subscription_for_a_type"),
            models.CheckConstraint(
                condition=Q(type__in=[kind.value for kind in TOLD]), name="subscribed_type_can_be_told"
            ),
        ]

    def __str__(self) -> str:
        return self.type


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(models.Model):
    """One event for one endpoint; its uuid is the webhook-id of every try. `learner` is the public id of a part."""

    TRANSITIONS = {
        DeliveryState.WAITING: {DeliveryState.DELIVERED, DeliveryState.FAILED},
        DeliveryState.DELIVERED: {DeliveryState.WAITING},
        DeliveryState.FAILED: {DeliveryState.WAITING},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    type = models.CharField(max_length=17, choices=EventType)
    data = models.JSONField()
    learner = models.UUIDField(null=True)
    state = models.CharField(max_length=9, choices=DeliveryState, default=DeliveryState.WAITING)
    happened_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index("happened_at", name="deliveries_by_age"),
            models.Index("learner", name="deliveries_of_a_learner", condition=Q(learner__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=EventType.values), name="delivered_type_known"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False)
                | (~Q(state=DeliveryState.DELIVERED) & Q(delivered_at__isnull=True)),
                name="what_is_delivered_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} ({self.state})"


class DeliveryTry(models.Model):
    """One time that a delivery was sent: how long it took, and what came back, in words and as far as it is kept.

    `claim` is the token of the job's claim it was made under, so that a claim makes one try at most.
    """

    LONGEST_EXCERPT = 500

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    claim = models.UUIDField(unique=True)
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    excerpt = models.CharField(max_length=LONGEST_EXCERPT, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__gte=100, status__lte=999), name="try_has_a_status_of_http"
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=False) | ~Q(error=""), name="a_try_without_a_status_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.error or str(self.status)
