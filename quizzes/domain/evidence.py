"""What a learner's standing on each concept rests on: which questions, answered how and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from quizzes.domain.progress import ConceptStanding, CourseProgress
from quizzes.domain.questions import title_of
from quizzes.domain.reading_pages import is_shown
from quizzes.mastery import MasteryState, mastery, state_of
from quizzes.models import AnswerEvent, Attempt, QuestionVersion, QuizItem, VersionState
from quizzes.policy import Shown


@dataclass(frozen=True, slots=True)
class Evidence:
    """One question that was answered: its stem, the fraction of the latest graded answer, and when it was given."""

    stem: str
    fraction: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownConcept:
    """A concept as its learner may see it now. `held_back` counts answers whose verdict is shown only later."""

    standing: ConceptStanding
    mastery: Decimal | None
    state: MasteryState
    evidence: tuple[Evidence, ...]
    held_back: int

    @property
    def right(self) -> Decimal:
        """The sum of the fractions: how many questions are answered right, parts included."""
        return sum((piece.fraction for piece in self.evidence), Decimal(0))


def shown_concepts(progress: CourseProgress, *, at: datetime) -> list[ShownConcept]:
    """Each concept with the evidence that may be shown at `at`, and the mastery that this evidence amounts to.

    Answers in a quiz whose verdicts are held back until it closes do not count before. One query for the stems, and
    one more when a quiz holds something back.
    """
    held = _held_back(progress, at)
    stems = _stems({question for standing in progress.concepts for question in standing.evidence})
    return [_shown(standing, stems, held) for standing in progress.concepts]


def _held_back(progress: CourseProgress, at: datetime) -> Collection[str]:
    quizzes = [q.pk for q in progress.quizzes if not is_shown(q, progress.enrollment, Shown.VERDICT, at=at)]
    if not quizzes:
        return ()
    items = QuizItem.objects.filter(quiz__in=quizzes, question__isnull=False)
    return {str(question) for question in items.values_list("question__uuid", flat=True)}


def _stems(questions: Iterable[str]) -> dict[str, str]:
    versions = QuestionVersion.objects.filter(question__uuid__in=list(questions)).exclude(state=VersionState.DRAFT)
    newest_last = versions.order_by("question", "number").select_related("question")
    return {str(version.question.uuid): title_of(version) for version in newest_last}


def _shown(standing: ConceptStanding, stems: Mapping[str, str], held: Collection[str]) -> ShownConcept:
    shown = {question: piece for question, piece in standing.evidence.items() if question not in held}
    evidence = sorted(
        (
            Evidence(stems.get(question, ""), Decimal(piece["fraction"]), datetime.fromisoformat(piece["at"]))
            for question, piece in shown.items()
        ),
        key=lambda piece: piece.at,
        reverse=True,
    )
    value = mastery([piece.fraction for piece in evidence])
    return ShownConcept(standing, value, state_of(value), tuple(evidence), len(standing.evidence) - len(shown))


def answers_given(attempt: Attempt) -> list[tuple[int, int, datetime]]:
    """Every save in the attempt, in order of time: the question's position, the sequence, and when; one query."""
    events = AnswerEvent.objects.filter(response__attempt=attempt).order_by("at", "pk")
    return list(events.values_list("response__position", "sequence", "at"))
