"""Caches made anew from what they are caches of: grading events, responses, attempts and recalls.

Who mends them locks every learner first: a grade that came between looking and mending would be lost again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from course.models import Enrollment
from jobs.domain.clock import database_now
from quizzes.domain.fold import weighted_fraction
from quizzes.domain.grading_locks import lock_learners, rules_held
from quizzes.domain.item_statistics import SUMS, Key, total
from quizzes.domain.masteries import masteries_from, save_masteries
from quizzes.domain.results import result_of, save_results
from quizzes.domain.row_updates import update_each
from quizzes.memory import Memory, Rating, recalled
from quizzes.models import (
    Attempt,
    AttemptState,
    Card,
    CauseKind,
    ConceptMastery,
    Grading,
    GradingEvent,
    ItemStatistic,
    Quiz,
    Recall,
    Response,
    Result,
    ResultRule,
)
from quizzes.statistics.sums import Sums

BATCH = 400


@dataclass(frozen=True, slots=True)
class Difference:
    """A cached value that is not what its sources make of it; `mended` once it was replaced."""

    what: str
    cached: str
    rebuilt: str


@transaction.atomic
def rebuild_results(*, check: bool, at: datetime | None = None) -> list[Difference]:
    """Response, attempt and quiz results are what the newest grading events make of them; returns what was not.

    With `check` nothing is written or locked.
    """
    now = at or database_now()
    _lock_everybody(check)
    return [*_responses(check), *_attempts(check, now), *_results(check, now)]


def _lock_everybody(check: bool) -> None:
    """Nobody grades until the transaction ends, unless it only checks; and no quiz gets another result rule."""
    if not check:
        lock_learners(Enrollment.objects.filter(attempts__isnull=False).values("pk"))
        rules_held(Quiz.objects.values_list("pk", flat=True))


def _responses(check: bool) -> list[Difference]:
    """A response stands as its newest grading says, whoever gave it; checking an answer before submitting is none."""
    gradings = GradingEvent.objects.filter(response=OuterRef("pk")).exclude(cause_kind=CauseKind.TRY)
    decided = Response.objects.filter(grading__in=[Grading.GRADED, Grading.PENDING_MANUAL])
    newest = Subquery(gradings.order_by("-number").values("fraction")[:1])
    rows = decided.filter(Exists(gradings)).annotate(newest=newest).values_list("pk", "fraction", "newest")
    wrong = [row for row in rows if row[1] != row[2]]
    if not check:
        mended = [(pk, _state(value), value) for pk, _, value in wrong]
        for start in range(0, len(mended), BATCH):
            update_each(Response, ["grading", "fraction"], mended[start : start + BATCH])
    return [Difference(f"response {pk}", str(cached), str(value)) for pk, cached, value in wrong]


def _state(fraction: Decimal | None) -> Grading:
    return Grading.PENDING_MANUAL if fraction is None else Grading.GRADED


def _attempts(check: bool, now: datetime) -> list[Difference]:
    parts: dict[int, list[tuple[Decimal | None, Decimal]]] = {}
    submitted = Response.objects.filter(attempt__state=AttemptState.SUBMITTED)
    for attempt, fraction, points in submitted.values_list("attempt", "fraction", "max_points"):
        parts.setdefault(attempt, []).append((fraction, points))
    attempts = Attempt.objects.filter(state=AttemptState.SUBMITTED).only("fraction", "credit").in_bulk()
    rebuilt = {pk: _folded(rows, attempts[pk].credit) for pk, rows in parts.items()}
    wrong = [(pk, attempts[pk].fraction, value) for pk, value in rebuilt.items() if attempts[pk].fraction != value]
    if not check:
        for pk, _, value in wrong:
            Attempt.objects.filter(pk=pk).update(fraction=value, graded_at=None if value is None else now)
    return [Difference(f"attempt {pk}", str(before), str(value)) for pk, before, value in wrong]


def _folded(rows: Sequence[tuple[Decimal | None, Decimal]], credit: Decimal) -> Decimal | None:
    graded = [(fraction, points) for fraction, points in rows if fraction is not None]
    return weighted_fraction(graded, credit=credit) if len(graded) == len(rows) else None


def _results(check: bool, now: datetime) -> list[Difference]:
    pairs = Attempt.objects.filter(counts=True, enrollment__isnull=False, fraction__isnull=False).order_by()
    rules = pairs.values_list("enrollment", "quiz", "quiz__result_rule").distinct()
    wanted = {
        (enrollment, quiz): result_of(quiz, enrollment, rule=ResultRule(rule), at=now)
        for enrollment, quiz, rule in rules
    }
    cached = {(row.enrollment_id, row.quiz_id): row for row in Result.objects.all()}
    return _replaced("result", cached, wanted, lambda row: str(row.fraction), save_results, check)


@transaction.atomic
def rebuild_progress(*, check: bool, at: datetime | None = None) -> list[Difference]:
    """Every concept's mastery is what the learner's graded answers make of it; returns what was not."""
    now = at or database_now()
    _lock_everybody(check)
    wanted = masteries_from(Response.objects.all(), at=now)
    cached = {(row.enrollment_id, row.concept_id): row for row in ConceptMastery.objects.all()}
    return _replaced("mastery", cached, wanted, lambda row: str(row.mastery), save_masteries, check)


@transaction.atomic
def rebuild_statistics(*, check: bool) -> list[Difference]:
    """Each choice's statistic in each quiz sums the learners' first attempts; returns what was not. One full scan."""
    _lock_everybody(check)
    wanted = {key: _statistic(key, sums) for key, sums in total(Response.objects.all()).items()}
    kept = ItemStatistic.objects.filter(responses__gt=0)
    cached = {(row.quiz_id, row.version_id, row.choice): row for row in kept}
    return _replaced("statistic", cached, wanted, _statistic_text, _save_statistics, check)


def _statistic(key: Key, sums: Sums) -> ItemStatistic:
    return ItemStatistic(quiz_id=key[0], version_id=key[1], choice=key[2], **asdict(sums))


def _statistic_text(row: ItemStatistic) -> str:
    return "/".join(str(getattr(row, name)) for name in SUMS)


def _save_statistics(rows: list[ItemStatistic]) -> None:
    ItemStatistic.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["version", "quiz", "choice"], update_fields=SUMS
    )


@transaction.atomic
def rebuild_cards(*, check: bool) -> list[Difference]:
    """Every card remembers what its recalls make of it; returns what was not."""
    memories: dict[int, Memory | None] = dict.fromkeys(Card.objects.values_list("pk", flat=True))
    counts = Counter[int]()
    for recall in Recall.objects.order_by("card", "number").iterator():
        memories[recall.card_id] = recalled(memories[recall.card_id], Rating(recall.rating), at=recall.at)
        counts[recall.card_id] += 1
    differences = []
    for card in Card.objects.iterator():
        cached, (memory, count) = (card.memory, card.recalls_made), (memories[card.pk], counts[card.pk])
        if cached != (memory, count):
            differences.append(Difference(f"card {card.pk}", str(cached), str((memory, count))))
            if not check:
                card.remember(memory, count)
                card.save()
    return differences


def _replaced(
    what: str,
    cached: Mapping[Any, Any],
    wanted: Mapping[Any, Any],
    written: Callable[[Any], str],
    save: Callable[[list[Any]], None],
    check: bool,
) -> list[Difference]:
    """What differs between the cached rows and the wanted ones, after saving the wanted ones unless only checking."""
    wrong = {key: row for key, row in wanted.items() if key not in cached or written(cached[key]) != written(row)}
    gone = [row for key, row in cached.items() if key not in wanted]
    if not check:
        save(list(wrong.values()))
        for row in gone:
            row.delete()
    return [
        *(
            Difference(f"{what} {key}", written(cached[key]) if key in cached else "none", written(row))
            for key, row in wrong.items()
        ),
        *(Difference(f"{what} {row.pk}", written(row), "none") for row in gone),
    ]


REBUILDS: Mapping[str, Callable[..., list[Difference]]] = {
    "results": rebuild_results,
    "progress": rebuild_progress,
    "statistics": rebuild_statistics,
    "cards": rebuild_cards,
}
