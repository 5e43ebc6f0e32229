"""A learner's mastery of the concepts an attempt asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from course.models import Course, Enrollment
from jobs.domain.prepared import prepared
from quizzes.domain.row_updates import BATCH, replace_each
from quizzes.mastery import mastery
from quizzes.models import Attempt, ConceptMastery, Grading, Question, Response

Evidence = dict[str, dict[str, str]]


def refresh_masteries(attempt: Attempt, *, graded: Sequence[tuple[Response, Decimal]], at: datetime) -> None:
    """The concepts of the graded responses carry them as evidence, newest answer for each question; two statements.

    An attempt that does not count is no evidence.
    """
    if attempt.enrollment_id is None or not attempt.counts:
        return
    news = _pieces(attempt, graded)
    if not news:
        return
    known: dict[int, Evidence] = {}
    for question, concept, kept in _concepts_asked(enrollment=attempt.enrollment_id, questions=sorted(news)):
        known[concept] = merged(known.get(concept, kept or {}), news[question])
    if known:
        learner = attempt.enrollment_id
        save_masteries([mastery_row(learner, concept, evidence=pieces, at=at) for concept, pieces in known.items()])


@prepared
def _concepts_asked(*, enrollment: int, questions: list[int]) -> QuerySet[Any, Any]:
    """By question (key) its concept as it is now, which may have been merged since the grading began, and what is kept.

    The learner's enrolment is locked, so it stays so until the transaction ends.
    """
    own = FilteredRelation("concept__masteries", condition=Q(concept__masteries__enrollment=enrollment))
    asked: Any = Question.objects.filter(pk__in=questions, concept__isnull=False).annotate(own=own)
    rows: QuerySet[Any, Any] = asked.order_by("pk").values_list("pk", "concept", "own__evidence")
    return rows


def hold_gradings(course: Course) -> None:
    """Nobody in the course is graded, and nobody joins it, until the transaction ends.

    Whoever changes which concept a question asks about calls this before anything else is locked: a grading under way
    is waited for, and one that comes after sees the change. Each grading holds its learner's enrolment.
    """
    Course.objects.select_for_update().only("pk").get(pk=course.pk)
    list(Enrollment.objects.select_for_update().filter(course=course.pk).order_by("pk").values_list("pk"))


def refresh_many_masteries(responses: Iterable[Response], *, at: datetime) -> None:
    """The concepts of these responses stand at what their learners' graded answers make of them, in few statements.

    A concept without any graded answer left is not known at all. The responses come with attempt and version; their
    learners' enrolments are locked.
    """
    wanted = {
        (response.attempt.enrollment_id, response.version.question_id)
        for response in responses
        if response.attempt.counts and response.attempt.enrollment_id is not None
    }
    asked = Question.objects.filter(pk__in={question for _, question in wanted}, concept__isnull=False)
    concept_of = dict(asked.order_by("pk").values_list("pk", "concept"))
    pairs = {(learner, concept_of[question]) for learner, question in wanted if question in concept_of}
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


def _pieces(attempt: Attempt, graded: Sequence[tuple[Response, Decimal]]) -> dict[int, Evidence]:
    """By question (key) the evidence of its answer."""
    at = (attempt.submitted_at or attempt.started_at).isoformat()
    return {
        response.version.question_id: {str(response.version.question.uuid): {"fraction": str(fraction), "at": at}}
        for response, fraction in graded
    }


def merged(before: Evidence, fresh: Evidence) -> Evidence:
    """Evidence with the newest answer for each question, of two of one moment the better one, in whatever order."""
    newer = {
        question: piece
        for question, piece in fresh.items()
        if question not in before or _rank(piece) >= _rank(before[question])
    }
    return {**before, **newer}


def _rank(piece: dict[str, str]) -> tuple[datetime, Decimal]:
    # Two quizzes that ask the same may close, and be submitted by the sweeper, at the same moment: whichever is graded
    # first, both grading and rebuilding have to come to the same.
    return datetime.fromisoformat(piece["at"]), Decimal(piece["fraction"])


def mastery_row(enrollment: int, concept: int, *, evidence: Evidence, at: datetime) -> ConceptMastery:
    """The mastery that the evidence amounts to, unsaved."""
    value = mastery([Decimal(piece["fraction"]) for piece in evidence.values()])
    return ConceptMastery(enrollment_id=enrollment, concept_id=concept, evidence=evidence, mastery=value, updated_at=at)


def save_masteries(rows: Sequence[ConceptMastery]) -> None:
    """Each mastery stands, in place of the one before; one statement for each thousand."""
    kept = [(row.enrollment_id, row.concept_id, row.evidence, row.mastery, row.updated_at) for row in rows]
    for start in range(0, len(kept), BATCH):
        replace_each(ConceptMastery, _MASTERY, kept[start : start + BATCH], unique=("enrollment", "concept"))


_MASTERY = ("enrollment", "concept", "evidence", "mastery", "updated_at")
