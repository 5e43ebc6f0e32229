"""The seam to a model: whoever answers a prompt is a draft provider. Nothing here knows how to reach one."""

from __future__ import annotations

from typing import Protocol

from quizzes.drafting.proposals.prompt import Prompt


class ProviderError(Exception):
    """No answer was had. The message is a sentence for the course's owner, and holds no key."""


class ProviderRefused(ProviderError):
    """Asking again cannot help: the model refused, or the service will not serve us as we are set up."""


class ProviderBusy(ProviderError):
    """Asking again may help; `retry_after` is how many seconds the service asked us to wait, 0 when it did not say."""

    def __init__(self, message: str, *, retry_after: float = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class DraftProvider(Protocol):
    """One model behind one address."""

    @property
    def name(self) -> str:
        """The sort of service, as it is stored with each draft."""

    @property
    def model(self) -> str:
        """The model's name, as its operator calls it."""

    @property
    def address(self) -> str:
        """Where everything is sent."""

    def answer(self, prompt: Prompt) -> str:
        """The whole text that the model answered. Raises ProviderRefused and ProviderBusy."""
