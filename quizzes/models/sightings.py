"""What learners found in the text after they had missed it."""

from __future__ import annotations

from django.db import models

from quizzes.models.attempts import Response


class Sighting(models.Model):
    """The learner looked at the passage after an answer that was not right, and says that they found it there.

    Their own word, said once for each response; it changes no grade and no card.
    """

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="sighting")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.response_id} found after looking"
