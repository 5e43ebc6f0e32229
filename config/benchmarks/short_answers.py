"""Short answers that people graded, with what the grader of free text sees in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from quizzes.grading.similar.asked import Asked, asked
from quizzes.grading.similar.encoder import Encoder
from quizzes.grading.similar.features import Features
from quizzes.grading.similar.guards import Case, objections
from quizzes.grading.similar.texts import Text
from quizzes.grading.similarity import all_features

RIGHT = "correct"
BESIDE_THE_PROJECT = Path(__file__).resolve().parents[3] / "shared" / "data" / "short-answers"


class NoShortAnswers(ValueError):
    """A file is missing or not of the format; the message says which and what is wrong."""


@dataclass(frozen=True)
class GradedAnswer:
    """One answer to one question, and whether a person found it right; `group` tells questions apart."""

    group: int
    asked: Asked
    text: str
    is_right: bool
    encoder: Encoder | None = field(default=None, compare=False)

    @cached_property
    def read(self) -> Text:
        return self.asked.read(self.text)

    @cached_property
    def features(self) -> Features:
        return all_features(self.asked, self.read, self.encoder)

    @cached_property
    def objections(self) -> list[str]:
        return objections(Case(self.asked, self.read))

    @property
    def references(self) -> int:
        return len(self.asked.references)


@dataclass(frozen=True)
class Corpus:
    """The answers of one file, in its order."""

    name: str
    answers: tuple[GradedAnswer, ...]

    @cached_property
    def questions(self) -> tuple[Asked, ...]:
        """Each question once."""
        return tuple({answer.group: answer.asked for answer in self.answers}.values())


def corpora(paths: Sequence[Path], *, encoder: Encoder | None = None) -> list[Corpus]:
    """Each file's answers, seen with the encoder if there is one; no two questions share a group.

    Raises NoShortAnswers.
    """
    found: list[Corpus] = []
    groups = 0
    for path in paths:
        answers = tuple(replace(each, encoder=encoder) for each in _answers(path, first_group=groups))
        groups += len({answer.group for answer in answers})
        found.append(Corpus(path.stem, answers))
    return found


def _answers(path: Path, *, first_group: int) -> Iterator[GradedAnswer]:
    try:
        # Not splitlines: JSON may hold other signs that part lines.
        text = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NoShortAnswers(f"{path} cannot be read: {error}.") from error
    lines = [(number, line) for number, line in enumerate(text, 1) if line.strip()]
    for group, (number, line) in enumerate(lines, first_group):
        try:
            yield from _answers_of(json.loads(line), group=group)
        except (ValueError, KeyError, TypeError) as error:
            wanted = '{"question", "references": [{"text"}], "answers": [{"text", "label"}]}'
            raise NoShortAnswers(f"{path}, line {number} is not of the form {wanted}.") from error


def _answers_of(row: Mapping[str, Any], *, group: int) -> Iterator[GradedAnswer]:
    question = asked(str(row["question"]), tuple(str(each["text"]) for each in row["references"]))
    if not question.references:
        raise ValueError("A question needs a reference.")
    for answer in row["answers"]:
        yield GradedAnswer(group, question, str(answer["text"]), answer["label"] == RIGHT)
