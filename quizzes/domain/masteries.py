"""A learner's mastery of the concepts an attempt asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from jobs.domain.prepared import prepared
from quizzes.mastery import mastery
from quizzes.models import Attempt, ConceptMastery, Grading, Response

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
    before = dict(_kept(enrollment=attempt.enrollment_id, concepts=sorted(news)))
    save_masteries(
        [
            mastery_row(attempt.enrollment_id, concept, evidence=merged(before.get(concept, {}), fresh), at=at)
            for concept, fresh in news.items()
        ]
    )


@prepared
def _kept(*, enrollment: int, concepts: list[int]) -> QuerySet[Any, Any]:
    kept = ConceptMastery.objects.filter(enrollment=enrollment, concept__in=concepts)
    return kept.values_list("concept", "evidence")


def refresh_many_masteries(responses: Iterable[Response], *, at: datetime) -> None:
    """The concepts of these responses stand at what their learners' graded answers make of them, in few statements.

    A concept without any graded answer left is not known at all. The responses come with attempt and question.
    """
    wanted = {
        (response.attempt.enrollment_id, response.version.question.concept_id)
        for response in responses
        if response.attempt.counts
    }
    pairs = {(learner, concept) for learner, concept in wanted if learner is not None and concept is not None}
    if not pairs:
        return
    learners, concepts = ({pair[place] for pair in pairs} for place in (0, 1))
    answered = Response.objects.filter(attempt__enrollment__in=learners, version__question__concept__in=concepts)
    found = masteries_from(answered, at=at)
    save_masteries([row for key, row in found.items() if key in pairs])
    if pairs - set(found):
        kept = ConceptMastery.objects.filter(enrollment__in=learners, concept__in=concepts)
        rows = kept.values_list("pk", "enrollment", "concept")
        gone = [key for key, *pair in rows if tuple(pair) in pairs and tuple(pair) not in found]
        ConceptMastery.objects.filter(pk__in=gone).delete()


def refresh_masteries_of(concepts: Sequence[int], *, at: datetime) -> None:
    """These concepts (keys) are known as the graded answers to their questions make them; a constant few statements."""
    found = masteries_from(Response.objects.filter(version__question__concept__in=concepts), at=at)
    save_masteries(list(found.values()))
    kept = ConceptMastery.objects.filter(concept__in=concepts).values_list("pk", "enrollment", "concept")
    gone = [key for key, *pair in kept if tuple(pair) not in found]
    ConceptMastery.objects.filter(pk__in=gone).delete()


def masteries_from(responses: QuerySet[Response], *, at: datetime) -> dict[tuple[int, int], ConceptMastery]:
    """What the graded ones among these responses say of each learner (enrolment) and concept, unsaved. One query."""
    answered = responses.filter(
        grading=Grading.GRADED,
        attempt__counts=True,
        attempt__enrollment__isnull=False,
        version__question__concept__isnull=False,
    ).values_list(
        "attempt__enrollment",
        "version__question__concept",
        "version__question__uuid",
        "fraction",
        "attempt__submitted_at",
    )
    evidence: dict[tuple[int, int], Evidence] = {}
    for enrollment, concept, question, fraction, submitted_at in answered.order_by("attempt__submitted_at"):
        piece = {str(question): {"fraction": str(fraction), "at": str(submitted_at and submitted_at.isoformat())}}
        evidence[enrollment, concept] = merged(evidence.get((enrollment, concept), {}), piece)
    return {key: mastery_row(*key, evidence=pieces, at=at) for key, pieces in evidence.items()}


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
