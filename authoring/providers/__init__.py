"""The only door to a model: one file for each sort of service, over one way of asking. Only workers pass it."""

from __future__ import annotations

from django.conf import settings

from authoring.providers.anthropic import Anthropic
from authoring.providers.openai import OpenAICompatible
from quizzes.drafting.proposals import DraftProvider

ADAPTERS = {each.name: each for each in (Anthropic, OpenAICompatible)}


def provider_in_force() -> DraftProvider | None:
    """The model that this installation is set up with; None without one."""
    chosen = dict(settings.DRAFTING_MODEL)
    return ADAPTERS[chosen.pop("provider")](**chosen) if chosen else None
