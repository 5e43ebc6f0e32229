"""What is told of a quiz and its questions in figures: as it stands, and as a job reckoned it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizzes.domain.insight import QuestionRow, ReadPassage, choices_now, fingerprint_of, question_rows, read_passages
from quizzes.models import Quiz, QuizStatistic
from quizzes.statistics.questions import ENOUGH


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """A question with its figures, in per cent; nothing of them below ENOUGH first attempts but how many there are.

    `reckoned` is what the job made of it: guess, weights, efficiency, interval of the discrimination. `choices` say how
    many gave which answer now.
    """

    row: QuestionRow
    facility: float | None
    deviation: float | None
    discrimination: float | None
    reckoned: Mapping[str, Any]
    choices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """A quiz in figures. `reckoned` is None, or as it was at `reckoned_at`, which `is_stale` says is not now.

    Below ENOUGH attempts nothing is reckoned that is told: `is_enough` is False then.
    """

    attempts: int
    is_enough: bool
    reckoned_at: datetime | None
    is_stale: bool
    reckoned: Mapping[str, Any] | None
    questions: tuple[ToldQuestion, ...]
    passages: tuple[ReadPassage, ...]


def statistics_of(quiz: Quiz) -> QuizStatistics:
    """What is told of the quiz, which comes with its course; seven queries whatever the number of attempts."""
    rows, kept = question_rows(quiz), QuizStatistic.objects.filter(quiz=quiz).first()
    told = [row for row in rows if row.is_enough]
    is_enough = kept is not None and kept.attempts >= ENOUGH
    return QuizStatistics(
        attempts=max((row.sums.responses for row in rows), default=0),
        is_enough=is_enough,
        reckoned_at=kept.reckoned_at if kept else None,
        is_stale=kept is not None and kept.fingerprint != fingerprint_of(quiz),
        reckoned=kept.figures if kept and is_enough else None,
        questions=tuple(_told(row, figures_of(row, kept)) for row in rows),
        passages=tuple(read_passages(quiz.course, told)),
    )


def figures_of(row: QuestionRow, kept: QuizStatistic | None) -> dict[str, Any]:
    """What was reckoned of the row's question; nothing where it was not."""
    questions = kept.figures["questions"] if kept else []
    return next((each for each in questions if each["version"] == str(row.version.uuid)), {})


def _told(row: QuestionRow, figures: Mapping[str, Any]) -> ToldQuestion:
    if not row.is_enough:
        return ToldQuestion(row, None, None, None, {}, ())
    choices = tuple(choices_now(row, figures.get("choices", [])))
    sums = row.sums
    return ToldQuestion(row, sums.facility, sums.deviation, sums.discrimination, figures, choices)
