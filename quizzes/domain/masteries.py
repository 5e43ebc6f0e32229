"""A learner's mastery of the concepts an attempt asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from quizzes.mastery import mastery
from quizzes.models import Attempt, ConceptMastery, Response

Evidence = dict[str, dict[str, str]]


def refresh_masteries(attempt: Attempt, *, graded: Sequence[tuple[Response, Decimal]], at: datetime) -> None:
    """The concepts of the graded responses carry them as evidence, newest answer for each question; two statements.

    An attempt that does not count is no evidence.
    """
    if attempt.enrollment_id is None or not attempt.counts:
        return
    news = _evidence_by_concept(attempt, graded)
    if not news:
        return
    kept = ConceptMastery.objects.filter(enrollment=attempt.enrollment_id, concept__in=news)
    before = {row.concept_id: row.evidence for row in kept}
    save_masteries(
        [
            mastery_row(attempt.enrollment_id, concept, evidence=merged(before.get(concept, {}), fresh), at=at)
            for concept, fresh in news.items()
        ]
    )


def _evidence_by_concept(attempt: Attempt, graded: Sequence[tuple[Response, Decimal]]) -> dict[int, Evidence]:
    answered_at = (attempt.submitted_at or attempt.started_at).isoformat()
    news: dict[int, Evidence] = {}
    for response, fraction in graded:
        question = response.version.question
        if question.concept_id is not None:
            news.setdefault(question.concept_id, {})[str(question.uuid)] = {
                "fraction": str(fraction),
                "at": answered_at,
            }
    return news


def merged(before: Evidence, fresh: Evidence) -> Evidence:
    """Evidence with the newest answer for each question; an older one never replaces a newer one."""
    newer = {question: piece for question, piece in fresh.items() if _is_newer(piece, before.get(question))}
    return {**before, **newer}


def _is_newer(piece: dict[str, str], kept: dict[str, str] | None) -> bool:
    return kept is None or datetime.fromisoformat(piece["at"]) >= datetime.fromisoformat(kept["at"])


def mastery_row(enrollment: int, concept: int, *, evidence: Evidence, at: datetime) -> ConceptMastery:
    """The mastery that the evidence amounts to, unsaved."""
    value = mastery([Decimal(piece["fraction"]) for piece in evidence.values()])
    return ConceptMastery(enrollment_id=enrollment, concept_id=concept, evidence=evidence, mastery=value, updated_at=at)


def save_masteries(rows: Sequence[ConceptMastery]) -> None:
    """Each mastery stands, in place of the one before; one statement."""
    ConceptMastery.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["enrollment", "concept"],
        update_fields=["evidence", "mastery", "updated_at"],
    )
