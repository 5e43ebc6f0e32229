"""Chat completions as OpenAI made them and many servers speak them, on one's own machine too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from authoring.providers.exchange import asked
from quizzes.drafting.proposals import Prompt, ProviderBusy, ProviderRefused


@dataclass(frozen=True, slots=True)
class OpenAICompatible:
    """A model behind POST /chat/completions; without a key for servers that want none.

    Nothing optional is sent: servers and models differ in what they take.
    """

    name: ClassVar[str] = "openai"
    address: str
    model: str
    key: str
    seconds: float

    def answer(self, prompt: Prompt) -> str:
        """The text of the first choice. Raises ProviderRefused and ProviderBusy."""
        roles = (("system", prompt.system), ("user", prompt.user))
        body = {"model": self.model, "messages": [{"role": role, "content": content} for role, content in roles]}
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        reply = asked(f"{self.address}/chat/completions", headers=headers, body=body, seconds=self.seconds)
        return _text(reply)


def _text(reply: dict[str, Any]) -> str:
    choices = reply.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    if choice.get("finish_reason") == "content_filter" or message.get("refusal"):
        raise ProviderRefused("The model declined to write questions on this lesson.")
    if choice.get("finish_reason") == "length":
        raise ProviderRefused("The model ran out of room before it had finished. Use one that may answer at length.")
    text = message.get("content")
    if not isinstance(text, str) or not text.strip():
        raise ProviderBusy("The model’s service answered without any text.")
    return text
