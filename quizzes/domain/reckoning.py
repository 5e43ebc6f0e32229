"""The job that looks at all first attempts at a quiz, for the figures that need them side by side."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from jobs.domain import ClaimedJob, enqueue
from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.domain.buckets import UNANSWERED, WRITTEN, bucket_of
from quizzes.domain.bundles import Bundle, answered_bundles, first_attempts
from quizzes.domain.insight import fingerprint_of, fingerprints, times_of
from quizzes.models import Attempt, AttemptState, ItemStatistic, QuestionVersion, Quiz, QuizStatistic, Response
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.base import BrokenQuestion, Control
from quizzes.statistics.choices import Choice, Given, choices_of
from quizzes.statistics.questions import question_figures
from quizzes.statistics.quiz import quiz_figures, spreads
from quizzes.statistics.sheet import Column, Sheet, pair_of

log = logging.getLogger(__name__)
RECKON = "reckon_statistics"
"""The kind of the job; its subject is the quiz's uuid."""
PAUSE = timedelta(minutes=15)
"""How old figures may be before the sweeper asks for new ones."""
MOST_CHOICES = 12
MOST_DOTS = 400
TENTHS = 10
OTHERS = "Answers that only one person gave"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is stored: JSON figures of so many attempts, as they stood at `fingerprint`."""

    quiz: Quiz
    attempts: int
    figures: dict[str, Any]
    fingerprint: str


def ask_to_reckon(quiz: Quiz, *, hint: bool = True) -> Job:
    """A job will reckon the quiz's figures; while one waits, it is that one."""
    return enqueue(RECKON, subject=quiz.uuid, hint=hint)


def reckon_stale(*, at: datetime | None = None) -> int:
    """Quizzes whose attempts count otherwise than when they were reckoned have a job; returns how many. Two queries.

    None is reckoned more often than every quarter of an hour.
    """
    now = at or database_now()
    current = fingerprints(ItemStatistic.objects.all())
    kept = {row.quiz_id: row for row in QuizStatistic.objects.defer("figures")}
    stale = [
        quiz
        for quiz, fingerprint in current.items()
        if quiz not in kept or (kept[quiz].fingerprint != fingerprint and kept[quiz].reckoned_at <= now - PAUSE)
    ]
    for quiz in Quiz.objects.filter(pk__in=stale):
        ask_to_reckon(quiz)
    return len(stale)


def reckon(claimed: ClaimedJob) -> Reckoned | None:
    """The figures of the job's quiz; None for a quiz that is gone. Writes nothing; one scan of its first attempts."""
    quiz = Quiz.objects.filter(uuid=str(claimed.subject)).first()
    if quiz is None:
        return None
    # Asked before the scan: what is graded meanwhile makes the figures stale, and never current by mistake.
    fingerprint = fingerprint_of(quiz)
    figures = _figures(quiz, list(answered_bundles(first_attempts(Response.objects.filter(attempt__quiz=quiz)))))
    return Reckoned(quiz, figures["quiz"]["count"], figures, fingerprint)


def record_reckoned(_claimed: ClaimedJob, reckoned: Reckoned | None) -> dict[str, int]:
    """The quiz has these figures, in place of those before."""
    if reckoned is None:
        return {}
    kept = {"attempts": reckoned.attempts, "figures": reckoned.figures, "fingerprint": reckoned.fingerprint}
    QuizStatistic.objects.update_or_create(quiz=reckoned.quiz, defaults={**kept, "reckoned_at": database_now()})
    return {"attempts": reckoned.attempts}


def give_up_reckoning(job: Any, error: str) -> None:
    """The figures stay as old as they are."""
    log.error("Reckoning the statistics of quiz %s was given up: %s", job.subject, error)


def _figures(quiz: Quiz, answers: Sequence[Bundle]) -> dict[str, Any]:
    own = Attempt.objects.filter(quiz=quiz, counts=True, state=AttemptState.SUBMITTED, fraction__isnull=False)
    results = _results(own)
    return {
        "quiz": asdict(quiz_figures(Sheet(list(_columns(answers, by="position").values()), _totals(answers)))),
        "points": max((float(each.possible) for each in answers), default=0.0),
        "attempts": {which.value: asdict(found) for which, found in spreads(results).items()},
        "tenths": _tenths([of_one[0] for of_one in results]),
        "durations": _durations(times_of(quiz)),
        "questions": _questions(answers),
    }


def _columns(answers: Iterable[Bundle], *, by: str) -> dict[int, Column]:
    """A column for each position or version, in their order."""
    pairs: dict[int, Counter[tuple[float, float]]] = {}
    points: dict[int, float] = {}
    for each in answers:
        key = getattr(each, by)
        own = float(each.fraction * each.points)
        pairs.setdefault(key, Counter())[pair_of(own, float(each.earned))] += each.count
        points[key] = max(points.get(key, 0.0), float(each.points))
    return {key: Column(pairs[key], points[key]) for key in sorted(pairs)}


def _totals(answers: Sequence[Bundle]) -> Counter[float]:
    """How many attempts came to which total: everybody was asked something first."""
    first = min((each.position for each in answers), default=0)
    totals: Counter[float] = Counter()
    for each in answers:
        if each.position == first:
            totals[float(each.earned)] += each.count
    return totals


def _results(attempts: Any) -> list[list[float]]:
    """For each learner the fractions of their attempts, in order."""
    rows = attempts.order_by("enrollment", "anonymous_key", "number").values_list(
        "enrollment", "anonymous_key", "fraction"
    )
    return [[float(fraction) for _, _, fraction in own] for _, own in groupby(rows.iterator(), key=lambda row: row[:2])]


def _tenths(fractions: Sequence[float]) -> list[int]:
    counts = Counter(min(TENTHS - 1, int(fraction * TENTHS)) for fraction in fractions)
    return [counts[tenth] for tenth in range(TENTHS)]


def _durations(times: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Minutes and fraction; of many, as many as can be told apart, spread over all of them."""
    return [list(each) for each in times[:: max(1, -(-len(times) // MOST_DOTS))]]


def _questions(answers: Sequence[Bundle]) -> list[dict[str, Any]]:
    columns = _columns(answers, by="version")
    versions = QuestionVersion.objects.in_bulk(list(columns))
    by_version: dict[int, list[Bundle]] = {}
    for each in answers:
        by_version.setdefault(each.version, []).append(each)
    guessed = [replace(column, guess=_guess(versions[key])) for key, column in columns.items()]
    figures = question_figures(Sheet(guessed, _totals(answers)))
    return [
        {"version": str(versions[key].uuid), **asdict(found), "choices": _choices(versions[key], by_version[key])}
        for key, found in zip(columns, figures, strict=True)
    ]


def _guess(version: QuestionVersion) -> float | None:
    """What choosing one by lot earns. Other kinds take guessing off already, or cannot be guessed."""
    try:
        kind = question_type(version.kind)
        shown = kind.present(version.content, 0)
    except (UnknownKind, BrokenQuestion):
        return None
    options = shown.data.get("options", ())
    return 1 / len(options) if shown.control == Control.CHOOSE_ONE and options else None


def _choices(version: QuestionVersion, answers: Sequence[Bundle]) -> list[dict[str, Any]]:
    filed = [(bucket_of(version, each.answer), each) for each in answers]
    counts: Counter[str] = Counter()
    for bucket, each in filed:
        counts[bucket] += each.count
    # What one person alone wrote is theirs, and says nothing of the question.
    alone = {bucket for bucket, count in counts.items() if count == 1 and bucket != UNANSWERED and _is_written(version)}
    given = [
        Given(
            OTHERS if bucket in alone and each.fraction < 1 else bucket,
            float(each.fraction),
            float(each.earned),
            each.count,
        )
        for bucket, each in filed
    ]
    examples = {bucket: each.answer for bucket, each in filed}
    found = choices_of(given)[:MOST_CHOICES]
    return [{**asdict(choice), "label": _label(version, choice, examples)} for choice in found]


def _is_written(version: QuestionVersion) -> bool:
    try:
        return question_type(version.kind).control in WRITTEN
    except UnknownKind:
        return False


def _label(version: QuestionVersion, choice: Choice, examples: dict[str, Any]) -> str:
    if choice.bucket in (UNANSWERED, OTHERS) or question_type(version.kind).control == Control.LONG_TEXT:
        return choice.bucket
    return question_type(version.kind).summarise(version.content, examples[choice.bucket])[:200]
