"""`manage.py why`: how an answer came to its grade, and whether grading it once more gives the same."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobs.domain.clock import database_now
from quizzes.domain.ledger import Trace, trace_of
from quizzes.models import Response


class Command(BaseCommand):
    help = (
        "Prints how an answer came to its grade and grades it once more, without keeping that. Exit 1 when it differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("attempt", type=UUID, help="the attempt's uuid, as its address has it")
        parser.add_argument("position", type=int, help="the question's number in the attempt, from 1")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")

    def handle(self, *, attempt: UUID, position: int, json: bool, **_: Any) -> None:
        response = found(attempt, position)
        trace = trace_of(response, at=database_now())
        if trace is None:
            raise CommandError(f"Answer {position} of the attempt {attempt} was not graded yet.", returncode=2)
        self.stdout.write(as_json(response, trace) if json else "\n".join(lines(response, trace)))
        if trace.again is not None and not trace.again.is_same:
            sys.exit(1)


def found(attempt: UUID, position: int) -> Response:
    """The response with its attempt, quiz, version and question. Raises CommandError."""
    together = Response.objects.select_related("attempt__quiz", "version__question")
    try:
        return together.get(attempt__uuid=attempt, position=position)
    except Response.DoesNotExist:
        raise CommandError(f"There is no answer {position} of an attempt {attempt}.", returncode=2) from None


def as_json(response: Response, trace: Trace) -> str:
    entry, again = trace.entry, trace.again
    told = {
        "attempt": str(response.attempt.uuid),
        "position": response.position,
        "kind": entry.version.kind,
        "version": entry.version.number,
        "answer": response.answer,
        "grading": response.grading,
        "grade": {
            "number": entry.number,
            "at": entry.at.isoformat(),
            "cause": entry.cause,
            "grader": entry.grader,
            "by": entry.who,
            "fraction": number(entry.fraction),
            "feedback": entry.feedback,
            "reason": entry.reason,
            "path": list(entry.path),
            "detail": entry.detail,
            "same_inputs": entry.same_inputs,
            "told_something_else_since": entry.has_learned,
        },
        "again": again and {"same": again.is_same, "fraction": number(again.fraction), "said": again.said},
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def lines(response: Response, trace: Trace) -> Iterator[str]:
    entry = trace.entry
    yield f"Answer {response.position}, {entry.version.kind}, version {entry.version.number} of its question:"
    yield f"  {json.dumps(response.answer, ensure_ascii=False)}"
    by = f" by {entry.who}" if entry.who else ""
    yield f"{fraction_in_words(entry.fraction)}, {entry.cause}{by} ({entry.grader}, {entry.at:%Y-%m-%d %H:%M:%S %Z})"
    yield from (f"  {sentence}" for sentence in (entry.reason, *entry.path, entry.feedback) if sentence)
    yield from (f"  {line}" for line in measured(entry.detail))
    if not entry.same_inputs:
        yield "Its inputs are not those that were kept."
    if entry.has_learned:
        yield "Its grader would be told something else today than it was told then."
    yield again_in_words(trace)


def measured(detail: Mapping[str, Any]) -> Iterator[str]:
    """What a grader of free text measured: its suggestion, what objects, with which encoder, and every feature."""
    if suggestion := detail.get("suggestion"):
        yield f"suggestion: {suggestion['fraction']:g}, probability {suggestion['probability']:g}"
        yield f"guards that object: {', '.join(detail.get('guards', ())) or 'none'}"
    if encoder := detail.get("encoder"):
        yield f"sentence encoder: {encoder['name']}, digest {encoder['digest']}"
    yield from (f"{name} = {value:g}" for name, value in detail.get("features", {}).items())


def again_in_words(trace: Trace) -> str:
    if trace.again is None:
        return "A person decided: there is nothing to do once more."
    if trace.again.is_same:
        return f"same: {trace.again.said}"
    return f"differs because: {trace.again.said} It would be {fraction_in_words(trace.again.fraction)} now."


def fraction_in_words(fraction: Any) -> str:
    return "without a fraction" if fraction is None else f"{fraction:.6f} of 1"


def number(fraction: Any) -> float | None:
    return None if fraction is None else float(fraction)
