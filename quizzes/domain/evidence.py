"""What a learner's standing on each concept rests on: which questions, answered how and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from course.models import Enrollment
from quizzes.domain.deadlines import window_of
from quizzes.domain.progress import ConceptStanding, CourseProgress
from quizzes.domain.questions import title_of
from quizzes.domain.remembering import chances_now
from quizzes.mastery import MasteryState, mastery, state_of
from quizzes.models import AnswerEvent, Attempt, AttemptState, QuestionVersion, Response, VersionState
from quizzes.policy import Shown, shown_now


@dataclass(frozen=True, slots=True)
class Evidence:
    """One question that was answered: its stem, the fraction of the latest graded answer, and when it was given.

    `known` is the chance in [0, 1] that it is known now where it was recalled since, else the fraction.
    """

    stem: str
    fraction: Decimal
    at: datetime
    known: Decimal


@dataclass(frozen=True, slots=True)
class ShownConcept:
    """A concept as its learner may see it now. `held_back` counts answers whose verdict is shown only later.

    `mastery` is reckoned of graded answers alone; `known` in the same way of how well each question is known now, so
    that it rises with every recall and falls with every day after. None below two questions.
    """

    standing: ConceptStanding
    mastery: Decimal | None
    state: MasteryState
    evidence: tuple[Evidence, ...]
    held_back: int

    @property
    def known(self) -> Decimal | None:
        """How well the concept is known at this moment, in [0, 1]."""
        return mastery([piece.known for piece in self.evidence])

    @property
    def right(self) -> Decimal:
        """The sum of the fractions: how many questions are answered right, parts included."""
        return sum((piece.fraction for piece in self.evidence), Decimal(0))


def shown_concepts(progress: CourseProgress, *, at: datetime) -> list[ShownConcept]:
    """Each concept with the evidence that may be shown at `at`, and the mastery that this evidence amounts to.

    Answers in an attempt whose verdicts are held back until its quiz closes do not count before, wherever its questions
    come from and whatever became of the quiz. Where there is evidence three queries, and one more when something is
    held back; else none.
    """
    held = _held_back(progress, at)
    answered = {question for standing in progress.concepts for question in standing.evidence}
    chances = chances_now(progress.enrollment, at=at) if answered else {}
    stems = _stems(answered)
    return [_shown(standing, stems, held, chances) for standing in progress.concepts]


def _held_back(progress: CourseProgress, at: datetime) -> Collection[str]:
    if not any(standing.evidence for standing in progress.concepts):
        return ()
    submitted = Attempt.objects.filter(enrollment=progress.enrollment, state=AttemptState.SUBMITTED, counts=True)
    attempts = submitted.select_related("quiz").order_by("pk")
    held = [attempt.pk for attempt in attempts if not _is_told(attempt, progress.enrollment, at)]
    if not held:
        return ()
    asked = Response.objects.filter(attempt__in=held).order_by()
    return {str(question) for question in asked.values_list("version__question__uuid", flat=True)}


def _is_told(attempt: Attempt, enrollment: Enrollment, at: datetime) -> bool:
    closed = window_of(attempt.quiz, enrollment).is_closed(at)
    return Shown.VERDICT in shown_now(attempt.policy, submitted=True, closed=closed)


def _stems(questions: Iterable[str]) -> dict[str, str]:
    versions = QuestionVersion.objects.filter(question__uuid__in=list(questions)).exclude(state=VersionState.DRAFT)
    newest_last = versions.order_by("question", "number").select_related("question")
    return {str(version.question.uuid): title_of(version) for version in newest_last}


def _shown(
    standing: ConceptStanding, stems: Mapping[str, str], held: Collection[str], chances: Mapping[str, float]
) -> ShownConcept:
    shown = {question: piece for question, piece in standing.evidence.items() if question not in held}
    pieces = (_evidence(piece, stems.get(question, ""), chances.get(question)) for question, piece in shown.items())
    evidence = sorted(pieces, key=lambda piece: piece.at, reverse=True)
    value = mastery([piece.fraction for piece in evidence])
    return ShownConcept(standing, value, state_of(value), tuple(evidence), len(standing.evidence) - len(shown))


def _evidence(kept: Mapping[str, str], stem: str, chance: float | None) -> Evidence:
    fraction = Decimal(kept["fraction"])
    known = fraction if chance is None else round(Decimal(chance), 6)
    return Evidence(stem, fraction, datetime.fromisoformat(kept["at"]), known)


def answers_given(attempt: Attempt) -> list[tuple[int, int, datetime]]:
    """Every save in the attempt, in order of time: the question's position, the sequence, and when; one query."""
    events = AnswerEvent.objects.filter(response__attempt=attempt).order_by("at", "pk")
    return list(events.values_list("response__position", "sequence", "at"))
