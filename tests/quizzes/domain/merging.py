"""A course whose terms are named, asked about and answered, and everything of it that merging moves."""

from __future__ import annotations

from typing import Any

from course.models import Concept, Course, Enrollment, Mention
from quizzes.domain.quiz_items import add_pool
from quizzes.models import ConceptMastery, Question, QuizItem
from quizzes.pools import Pool
from tests.factories import make_enrollment
from tests.web.learner.books import add_quiz, make_book, take

TERMS = ("term1x", "term2x", "term3x", "term4x")


class Class:
    """A published course with a quiz and a pool on each term, and learners who answered some."""

    def __init__(self, *, learners: int = 2, answered: int = 3) -> None:
        self.course: Course = make_book(lessons=len(TERMS), terms=TERMS)
        self.quizzes = [add_quiz(self.course, lesson=n, concept=term) for n, term in enumerate(TERMS, 1)]
        self.learners: list[Enrollment] = [make_enrollment(self.course) for _ in range(learners)]
        for number, learner in enumerate(self.learners):
            for quiz in self.quizzes[:answered]:
                take(quiz, learner, right=number % 3)
        for quiz, term in zip(self.quizzes, TERMS, strict=True):
            add_pool(quiz, pool=Pool(1, concept=self.concept(term).slug))

    def concept(self, term: str) -> Concept:
        return Concept.objects.get(course=self.course, term=term)

    def everything(self) -> dict[str, Any]:
        """What merging moves, in a form that two moments can be compared by."""
        own = {"concept__course": self.course}
        return {
            "concepts": list(Concept.objects.filter(course=self.course).order_by("pk").values()),
            "mentions": set(Mention.objects.filter(**own).values_list("uuid", "concept")),
            "questions": set(Question.objects.filter(course=self.course).values_list("uuid", "concept")),
            "pools": set(QuizItem.objects.filter(pool__isnull=False).values_list("uuid", "pool__concept")),
            "masteries": sorted(
                (row.concept_id, row.enrollment_id, row.mastery, sorted(row.evidence.items()))
                for row in ConceptMastery.objects.filter(**own)
            ),
        }
