"""What insight draws, as tables for spreadsheets: each chart's figures, whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from language import marked, say
from quizzes.domain.insight import QuestionRow, choices_now, question_rows, read_passages, times_of
from quizzes.domain.quiz_statistics import figures_of
from quizzes.models import Quiz, QuizStatistic
from quizzes.statistics.questions import ENOUGH
from web.studio.charts.tenths import tenths_chart

QUESTIONS = (
    marked("Question number"), marked("Question"), marked("Wording"), marked("First attempts"), marked("Facility, %"),
    marked("Deviation, %"), marked("Guess, %"), marked("Intended weight, %"), marked("Effective weight, %"),
    marked("Discrimination"), marked("From"), marked("To"), marked("Efficiency, %"),
    marked("Found after looking"),
)  # fmt: skip
ANSWERS = (
    marked("Question number"), marked("Question"), marked("Answer"), marked("Bucket"), marked("Given"),
    marked("Share, %"), marked("Earns, %"), marked("Weakest fifth, %"), marked("2nd, %"), marked("3rd, %"),
    marked("4th, %"), marked("Strongest fifth, %"),
)  # fmt: skip
PASSAGES = (marked("Passage"), marked("Questions"), marked("Answers"), marked("Lost, %"))
RESULTS = (marked("Result"), marked("Learners"))
TIMES = (marked("Minutes"), marked("Result, %"))


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows."""

    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def said(header: Iterable[str]) -> list[str]:
    """The names of the columns, in the reader's language."""
    return [say(name) for name in header]


def _questions(quiz: Quiz, kept: QuizStatistic | None) -> Table:
    return Table(said(QUESTIONS), (_question(row, figures_of(row, kept)) for row in question_rows(quiz)))


def _question(row: QuestionRow, figures: Mapping[str, Any]) -> list[object]:
    interval = figures.get("interval") or {}
    more = [figures.get(name) for name in ("guess", "intended_weight", "effective_weight")]
    live = [row.sums.responses, row.sums.facility, row.sums.deviation]
    rest = [row.sums.discrimination, interval.get("low"), interval.get("high"), figures.get("efficiency")]
    return [row.number, row.title, row.version.number, *map(_two, [*live, *more, *rest]), row.found]


def _two(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


def _answers(quiz: Quiz, kept: QuizStatistic | None) -> Table:
    return Table(said(ANSWERS), _choices(question_rows(quiz), kept))


def _choices(rows: Sequence[QuestionRow], kept: QuizStatistic | None) -> Iterator[list[object]]:
    """What few gave is told of nobody: as on the page, from so many first attempts on."""
    for row in rows:
        for choice in choices_now(row, figures_of(row, kept).get("choices", [])) if row.is_enough else []:
            shares = [choice["share"], choice["credit"], *choice["fifths"]]
            counted = [choice["label"], choice["bucket"], choice["count"]]
            yield [row.number, row.title, *counted, *(None if each is None else _two(100 * each) for each in shares)]


def _passages(quiz: Quiz, _kept: QuizStatistic | None) -> Table:
    told = [row for row in question_rows(quiz) if row.is_enough]
    lines = (
        [each.quote, each.questions, each.answers, _two(100 * each.lost)] for each in read_passages(quiz.course, told)
    )
    return Table(said(PASSAGES), lines)


def _results(_quiz: Quiz, kept: QuizStatistic | None) -> Table:
    counts = kept.figures["tenths"] if _is_told(kept) and kept else []
    bars = tenths_chart(counts, pass_fraction=None).bars
    return Table(said(RESULTS), ([bar.label, bar.count] for bar in bars))


def _times(quiz: Quiz, kept: QuizStatistic | None) -> Table:
    times = times_of(quiz) if _is_told(kept) else []
    return Table(said(TIMES), ([minutes, _two(100 * fraction)] for minutes, fraction in times))


def _is_told(kept: QuizStatistic | None) -> bool:
    return kept is not None and kept.attempts >= ENOUGH


TABLES: Mapping[str, Callable[[Quiz, QuizStatistic | None], Table]] = {
    "questions": _questions,
    "answers": _answers,
    "passages": _passages,
    "results": _results,
    "times": _times,
}
"""By name, as addresses have it."""
