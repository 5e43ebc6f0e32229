"""How the questions of a quiz do, from sums that are kept: nothing here looks at an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, Sum

from course.domain.anchors import standing_anchors
from course.models import Course
from quizzes.domain.buckets import UNTOLD
from quizzes.domain.chosen_attempts import attempts_counting
from quizzes.domain.item_statistics import sums_kept
from quizzes.domain.questions import title_of
from quizzes.domain.sightings import found_after_looking
from quizzes.models import ItemStatistic, QuestionVersion, Quiz, QuizItem
from quizzes.statistics.questions import ENOUGH
from quizzes.statistics.sums import MILLION, Sums

FAR = 1_000_000


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One wording of a question in a quiz: its place in the list from 1 on, what it asks, and its sums.

    `choices` are the sums of each of its choices by their buckets, where they are counted while grading; `found` is how
    often it was found after looking by who had missed it.
    """

    number: int
    version: QuestionVersion
    title: str
    sums: Sums
    choices: Mapping[str, Sums] = field(default_factory=dict)
    found: int = 0

    @property
    def is_enough(self) -> bool:
        """Whether its figures are told."""
        return self.sums.responses >= ENOUGH


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """Words of the article that questions rest on: how many do, and the share of what was lost on them, 0 to 1."""

    quote: str
    start: int
    questions: int
    answers: int
    lost: float


def question_rows(quiz: Quiz) -> list[QuestionRow]:
    """Every wording that somebody was graded on, in the order of the quiz, what pools drew behind it; four queries."""
    kept: dict[int, dict[str, Sums]] = {}
    for row in ItemStatistic.objects.filter(quiz=quiz, responses__gt=0).order_by("choice"):
        kept.setdefault(row.version_id, {})[row.choice] = sums_kept(row)
    versions = QuestionVersion.objects.select_related("question").in_bulk(list(kept))
    seats = QuizItem.objects.filter(quiz=quiz, question__isnull=False).values_list("question", "position")
    places = dict(seats)
    rows = sorted(versions.values(), key=lambda version: (places.get(version.question_id, FAR), version.pk))
    found = found_after_looking(quiz)
    return [_row(at, each, kept[each.pk], found.get(each.pk, 0)) for at, each in enumerate(rows, 1)]


def _row(number: int, version: QuestionVersion, kept: Mapping[str, Sums], found: int) -> QuestionRow:
    told = {} if UNTOLD in kept else kept
    return QuestionRow(number, version, title_of(version), sum(kept.values(), Sums()), told, found)


def choices_now(row: QuestionRow, reckoned: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The choices that the job told apart, with how many gave them, which share, and what they earned, as of now.

    As reckoned where choices are not counted while grading; fifths of learners always are.
    """
    return [{**choice, **_now(row, str(choice["bucket"]))} for choice in reckoned]


def _now(row: QuestionRow, bucket: str) -> dict[str, Any]:
    sums = row.choices.get(bucket)
    if sums is None:
        return {}
    credit = sums.fraction_sum / MILLION / sums.responses
    return {"count": sums.responses, "share": sums.responses / row.sums.responses, "credit": credit}


def read_passages(course: Course, rows: list[QuestionRow]) -> list[ReadPassage]:
    """The passages of the course's text of today that prove these questions, in reading order; one query."""
    by_version: dict[Any, Sums] = {row.version.uuid: row.sums for row in rows}
    anchors = standing_anchors(course).filter(question__in=by_version).order_by("start", "end")
    found: dict[tuple[int, int], tuple[str, dict[Any, Sums]]] = {}
    for start, end, quote, question in anchors.values_list("start", "end", "quote", "question"):
        _, own = found.setdefault((start, end), (quote, {}))
        own[question] = by_version[question]
    return [_passage(start, quote, own) for (start, _), (quote, own) in found.items()]


def _passage(start: int, quote: str, own: Mapping[Any, Sums]) -> ReadPassage:
    together = sum(own.values(), Sums())
    return ReadPassage(quote, start, len(own), together.responses, 1 - (together.facility or 0.0) / 100)


def times_of(quiz: Quiz) -> list[tuple[float, float]]:
    """Minutes and fraction, 0 to 1, of every graded first attempt that counts, as they were begun; one query."""
    first = attempts_counting().filter(quiz=quiz, number=1, fraction__isnull=False)
    rows: Any = first.order_by("pk").values_list("started_at", "submitted_at", "fraction")
    return [(round((end - start).total_seconds() / 60, 1), float(fraction)) for start, end, fraction in rows]


def fingerprint_of(quiz: Quiz) -> str:
    """A short text that changes whenever a first attempt at the quiz counts otherwise; "" for none. One query."""
    return fingerprints(ItemStatistic.objects.filter(quiz=quiz)).get(quiz.pk, "")


def fingerprints(rows: QuerySet[ItemStatistic]) -> dict[int, str]:
    """By quiz (key), the fingerprint of the statistics it has; quizzes without any have none."""
    summed = (
        rows.order_by()
        .values_list("quiz")
        .annotate(Sum("responses"), Sum("fraction_sum"), Sum("fraction_squares"), Sum("rest_products"))
    )
    return {quiz: ":".join(map(str, sums)) for quiz, *sums in summed if sums[0]}
