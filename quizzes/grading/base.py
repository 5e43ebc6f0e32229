"""The contract of a grader. Pure Python: everything a grader needs comes in with the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from quizzes.questions.base import Content, Outcome


class GraderFault(RuntimeError):
    """Our fault: a grader failed or returned what is no outcome. Retried, then visible; never a grade."""


@dataclass(frozen=True, slots=True)
class GradingRequest:
    """One answer to grade. `answer` is as stored, raw or parsed; None when there is none.

    `version` is the number of the question version, for graders that learn from earlier answers to it; `references`
    are graded answers or model answers, `settings` what the author chose for the grader; all plain JSON.
    """

    kind: str
    content: Content
    answer: Any
    version: int = 1
    references: tuple[Mapping[str, Any], ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


class Grader(Protocol):
    """A way of grading, in its own module of this package, which offers it as `GRADER` under the module's name."""

    name: str
    version: int
    may_defer: bool
    """Whether it may return the fraction None: a person must look."""
    heeds_precedents: bool
    """Whether references and settings of the request count for its outcome."""

    def grade(self, request: GradingRequest) -> Outcome:
        """The outcome of a parsed answer: the same request gives the same outcome."""
        ...
