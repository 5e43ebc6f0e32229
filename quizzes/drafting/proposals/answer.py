"""What a model answered, read as proposals. Nothing in it is believed yet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

LONGEST_ANSWER = 400_000
"""Characters of a model's answer that are looked at; a whole lesson of questions has a tenth."""
MOST_PROPOSALS = 40
_FENCED = re.compile(r"```[a-z]*\s*\n(?P<inside>.*?)\n\s*```", re.DOTALL)


class UnreadableAnswer(ValueError):
    """The model answered something that holds no proposals; asked again, it may do better."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One question as a model proposed it: `evidence` is what it says stands in the text."""

    kind: str
    concept: str
    evidence: tuple[str, ...]
    content: Mapping[str, Any]


def proposals_in(answer: str) -> list[Proposal]:
    """The proposals of a model's answer in order, at most 40; what is missing in one is "" or empty.

    A fence or a sentence around the JSON is overlooked. Raises UnreadableAnswer for what is no such JSON.
    """
    if len(answer) > LONGEST_ANSWER:
        raise UnreadableAnswer(f"The model’s answer has {len(answer):,} characters, more than questions could need.")
    written = _read(_object_in(answer))
    entries = written.get("questions") if isinstance(written, dict) else None
    if not isinstance(entries, list):
        raise UnreadableAnswer("The model’s answer holds no list of questions.")
    return [_proposal(entry) for entry in entries[:MOST_PROPOSALS]]


def _object_in(answer: str) -> str:
    fenced = _FENCED.search(answer)
    text = fenced["inside"] if fenced else answer
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise UnreadableAnswer("The model’s answer is no JSON.")
    return text[start : end + 1]


def _read(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise UnreadableAnswer(f"The model’s answer is no JSON: {error}.") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _proposal(entry: Any) -> Proposal:
    fields = entry if isinstance(entry, dict) else {}
    quotes = fields.get("evidence")
    quotes = [quotes] if isinstance(quotes, str) else quotes if isinstance(quotes, list) else []
    content = fields.get("content")
    return Proposal(
        kind=_text(fields.get("kind")),
        concept=_text(fields.get("concept")).strip(),
        evidence=tuple(quote for quote in quotes if isinstance(quote, str)),
        content=content if isinstance(content, dict) else {},
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
