"""Shows every registered kind of question, with its examples graded on the spot."""

from __future__ import annotations

import json
from math import isclose
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quizzes.grading import GradingRequest, grade, grader_label
from quizzes.questions import kinds
from quizzes.questions.base import Example, InvalidAnswer, QuestionType


class Command(BaseCommand):
    help = "List every kind of question with its label, grader, control and examples, each graded on the spot."
    requires_system_checks = ()
    """None: it asks nothing of the installation."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON list instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        described = [_described(question) for question in kinds()]
        if options["json"]:
            self.stdout.write(json.dumps(described, ensure_ascii=False, indent=2))
        else:
            for kind in described:
                self.stdout.write("\n".join(_lines(kind)) + "\n")
        if not all(example["holds"] for kind in described for example in kind["examples"]):
            raise CommandError("Some examples do not earn what they say. Correct the kind or its examples.")


def _described(question: QuestionType) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "label": question.label,
        "grader": question.grader,
        "graded_by": grader_label(question.kind, {}),
        "control": question.control.value,
        "version": question.version,
        "examples": [_graded(question, example) for example in question.examples()],
    }


def _graded(question: QuestionType, example: Example) -> dict[str, Any]:
    """The example beside what it earns now; a refused answer has no fraction but the sentence that refuses it,
    and one that a person decides has none either.
    """
    shown = {"note": example.note, "content": example.content, "answer": example.data, "expected": example.expected}
    try:
        answer = question.parse(example.content, example.data)
    except InvalidAnswer as refusal:
        holds = example.expected is None and not example.by_person
        return {**shown, "fraction": None, "refused": str(refusal), "feedback": "", "holds": holds}
    outcome = grade(GradingRequest(question.kind, example.content, answer))
    waits = example.by_person and outcome.fraction is None
    holds = waits or _are_close(outcome.fraction, example.expected)
    return {**shown, "fraction": outcome.fraction, "refused": "", "feedback": outcome.feedback, "holds": holds}


def _are_close(fraction: float | None, expected: float | None) -> bool:
    return fraction is not None and expected is not None and isclose(fraction, expected, abs_tol=1e-6)


def _lines(kind: dict[str, Any]) -> list[str]:
    head = f"{kind['kind']} – {kind['label']} (control {kind['control']}, grader {kind['grader']}, {kind['graded_by']})"
    return [head, *(_example_line(example) for example in kind["examples"])]


def _example_line(example: dict[str, Any]) -> str:
    answer = json.dumps(example["answer"], ensure_ascii=False)
    fraction = example["fraction"]
    earned = example["refused"] or ("a person decides" if fraction is None else f"{fraction:.3f}")
    doubt = "" if example["holds"] else f"  (expected {example['expected']})"
    return f"  {answer}  →  {earned}{doubt}  {example['note']}"
