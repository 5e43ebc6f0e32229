"""Anthropic's messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from authoring.providers.exchange import asked
from quizzes.drafting.proposals import Prompt, ProviderBusy, ProviderRefused

API_VERSION = "2023-06-01"
MOST_TOKENS = 8_000
"""The service wants a bound; a lesson's questions in full have half of it."""


@dataclass(frozen=True, slots=True)
class Anthropic:
    """A model behind POST /v1/messages."""

    name: ClassVar[str] = "anthropic"
    address: str
    model: str
    key: str
    seconds: float

    def answer(self, prompt: Prompt) -> str:
        """The text of all blocks of text. Raises ProviderRefused and ProviderBusy."""
        messages = [{"role": "user", "content": prompt.user}]
        body = {"model": self.model, "max_tokens": MOST_TOKENS, "system": prompt.system, "messages": messages}
        headers = {"x-api-key": self.key, "anthropic-version": API_VERSION}
        return _text(asked(f"{self.address}/v1/messages", headers=headers, body=body, seconds=self.seconds))


def _text(reply: dict[str, Any]) -> str:
    if reply.get("stop_reason") == "refusal":
        raise ProviderRefused("The model declined to write questions on this lesson.")
    if reply.get("stop_reason") == "max_tokens":
        raise ProviderRefused(f"The model ran out of room: its answer had more than {MOST_TOKENS:,} tokens.")
    blocks = reply.get("content")
    texts = [block.get("text") for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    text = "".join(each for each in texts if isinstance(each, str))
    if not text.strip():
        raise ProviderBusy("The model’s service answered without any text.")
    return text
