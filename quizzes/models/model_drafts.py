"""Where drafts come from that a model proposed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from quizzes.models.questions import QuestionVersion

DIGEST_LENGTH = 64


class Provider(models.TextChoices):
    """The sorts of service that a model answers through."""

    OPENAI = "openai", "an OpenAI-compatible service"
    ANTHROPIC = "anthropic", "Anthropic"


class ModelDraft(models.Model):
    """Which model proposed a wording, and the SHA-256 of the prompt that it answered. Never changed.

    A table of its own: whoever answers or grades has no use for it.
    """

    version = models.OneToOneField(
        QuestionVersion, on_delete=models.CASCADE, primary_key=True, related_name="model_draft"
    )
    provider = models.CharField(max_length=9, choices=Provider.choices)
    model = models.CharField(max_length=200)
    prompt_hash = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(provider__in=Provider.values), name="model_draft_provider_known"),
            models.CheckConstraint(condition=~Q(model=""), name="model_draft_names_its_model"),
            models.CheckConstraint(
                condition=Exact(Length("prompt_hash"), DIGEST_LENGTH), name="model_draft_has_a_whole_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"drafted by {self.model}"
