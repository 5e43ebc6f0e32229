"""Answers that were graded, many in few statements: what the tests of the response explorer start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.models import User
from course.models import Cohort, Course, Enrollment
from quizzes.domain.given_answers import AnswerFilter, GivenGroup, given_groups, versions_asked
from quizzes.models import Attempt, AttemptState, Grading, Question, QuestionVersion, Quiz, Response, VersionState
from tests.factories import NOW, make_concept, make_course, make_person, make_quiz

SHORT: dict[str, Any] = {"stem": "What does the lower town call the wall?", "accepted": ["thirst machine"]}
RIGHT, WRONG = Decimal(1), Decimal(0)


class Asked:
    """A course whose quiz asks one question, of a short answer unless told otherwise, and an instructor."""

    def __init__(self, *, kind: str = "short_text", content: dict[str, Any] | None = None, **fields: Any) -> None:
        self.instructor: User = make_person("Iva", may_author=True)
        self.course: Course = make_course(owner=self.instructor)
        asked = [(kind, content or dict(SHORT))]
        self.quiz: Quiz = make_quiz(self.course, questions=asked, concept=make_concept(self.course), **fields)
        self.question = Question.objects.get(items__quiz=self.quiz)

    @property
    def version(self) -> QuestionVersion:
        return QuestionVersion.objects.get(question=self.question, state=VersionState.PUBLISHED)

    def learners(self, count: int, *, cohort: Cohort | None = None) -> list[Enrollment]:
        """So many new learners; two statements for each thousand."""
        people = User.objects.bulk_create(
            (User(name=f"Learner {n}", password="!") for n in range(count)), batch_size=1_000
        )
        return Enrollment.objects.bulk_create(
            Enrollment(course=self.course, user=person, enrolled_at=NOW, cohort=cohort) for person in people
        )

    def answered(self, answer: Any, *, times: int = 1, **how: Any) -> list[Response]:
        """So many new learners gave this answer, at their first attempt."""
        return self.attempted(self.learners(times, cohort=how.pop("cohort", None)), answer, **how)

    def attempted(
        self,
        learners: Sequence[Enrollment],
        answer: Any,
        *,
        fraction: Decimal | None = WRONG,
        number: int = 1,
        state: AttemptState = AttemptState.SUBMITTED,
        quiz: Quiz | None = None,
        version: QuestionVersion | None = None,
        **fields: Any,
    ) -> list[Response]:
        """Each learner gave this answer at the attempt of that number; two statements. None waits for a person."""
        attempts = Attempt.objects.bulk_create(
            _attempt(quiz or self.quiz, learner, number, state, fraction, **fields) for learner in learners
        )
        asked = version or self.version
        return Response.objects.bulk_create(_response(each, asked, answer, fraction) for each in attempts)

    def groups(self, **wanted: Any) -> list[GivenGroup]:
        versions = versions_asked(self.question)
        return given_groups(self.question, versions=versions, wanted=AnswerFilter(**wanted))


def _attempt(
    quiz: Quiz, learner: Enrollment, number: int, state: AttemptState, fraction: Decimal | None, **fields: Any
) -> Attempt:
    is_over = state == AttemptState.SUBMITTED
    at = NOW + timedelta(days=number)
    given = {"fraction": fraction, "graded_at": at, "submitted_at": at, "submit_cause": uuid4()} if is_over else {}
    return Attempt(
        quiz=quiz, enrollment=learner, number=number, seed=1, state=state, policy={}, started_at=at, **(given | fields)
    )


def _response(attempt: Attempt, version: QuestionVersion, answer: Any, fraction: Decimal | None) -> Response:
    grading = Grading.PENDING_MANUAL if fraction is None else Grading.GRADED
    return Response(
        attempt=attempt, position=1, version=version, max_points=1, answer=answer, sequence=1,
        grading=grading, fraction=fraction,
    )  # fmt: skip


def told(groups: Iterable[GivenGroup]) -> list[tuple[Any, int, str]]:
    """Of each group its first answer, how often it was given, and the verdict on it."""
    return [(group.variants[0].answer, group.count, group.verdict.value) for group in groups]
