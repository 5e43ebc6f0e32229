"""Questions proposed by a model: what it is sent, what it answered, and the gate that every proposal has to pass."""

from quizzes.drafting.proposals.answer import Proposal, UnreadableAnswer, proposals_in
from quizzes.drafting.proposals.gate import Ground, ProvedDraft, Sifted, sift
from quizzes.drafting.proposals.prompt import BY_MODEL, DRAFTER, PROMPT_VERSION, LessonBrief, Prompt, prompt_for
from quizzes.drafting.proposals.provider import DraftProvider, ProviderBusy, ProviderError, ProviderRefused

__all__ = [
    "BY_MODEL",
    "DRAFTER",
    "PROMPT_VERSION",
    "DraftProvider",
    "Ground",
    "LessonBrief",
    "Prompt",
    "Proposal",
    "ProvedDraft",
    "ProviderBusy",
    "ProviderError",
    "ProviderRefused",
    "Sifted",
    "UnreadableAnswer",
    "prompt_for",
    "proposals_in",
    "sift",
]
