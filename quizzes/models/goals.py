"""How many days a week somebody wants to learn on; their own choice, and nobody else's business."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class WeeklyGoal(models.Model):
    """So many days of each week. Paused, nothing is counted and nothing is lost."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly_goal")
    days = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=7), name="goal_of_one_to_seven_days"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.days} days a week"
