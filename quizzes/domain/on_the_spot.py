"""A question asked for practice and judged on the spot: nothing of it is stored, and it counts nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from course.domain.anchors import Place, places_of_evidence
from quizzes.domain.keepable import is_empty, keepable
from quizzes.domain.review import ReviewedItem, reviewed_item
from quizzes.domain.seating import seed_for
from quizzes.domain.tries import NOTHING_YET
from quizzes.errors import CannotCheck, NotAnAnswer
from quizzes.grading import GradingRequest, grade
from quizzes.models import Grading, GradingEvent, QuestionVersion, Response
from quizzes.policy import Shown
from quizzes.questions import question_type
from quizzes.questions.base import Presentation
from quizzes.questions.shapes import has_shape

POSITION = 1
"""It stands alone on its page."""


@dataclass(frozen=True, slots=True)
class PractisedQuestion:
    """One question for practice as it is asked. `concept` is what it is about, or ""."""

    version: QuestionVersion
    seed: int
    presentation: Presentation
    concept: str


def practised(version: QuestionVersion, *, seed: int, concept: str) -> PractisedQuestion:
    """The question as it is asked with this seed."""
    asked = question_type(version.kind).present(version.content, seed=seed_for(seed, POSITION))
    return PractisedQuestion(version, seed, asked, concept)


def judged_on_the_spot(question: PractisedQuestion, *, raw: object, evidence: tuple[Place, ...] = ()) -> ReviewedItem:
    """The whole review of this answer: verdict, why, the key and this evidence. Raises CannotCheck for no answer."""
    if is_empty(raw):
        raise CannotCheck(NOTHING_YET)
    version = question.version
    outcome = grade(GradingRequest(version.kind, version.content, raw, version.number))
    if outcome.detail.get("unanswered"):
        raise CannotCheck(outcome.feedback)
    response = Response(
        position=POSITION, version=version, max_points=1, answer=raw, grading=Grading.GRADED, fraction=outcome.fraction
    )
    event = GradingEvent(feedback=outcome.feedback, detail=dict(outcome.detail))
    return reviewed_item(response, event, frozenset(Shown), evidence, question.seed)


def judged_with_proof(question: PractisedQuestion, *, raw: object) -> ReviewedItem:
    """As judged_on_the_spot, with what proves the question in the text as it stands now; two queries.

    Raises AnswerTooLarge, UnkeepableAnswer or NotAnAnswer for what is no answer to it at all.
    """
    if not has_shape(question_type(question.version.kind).control, keepable(raw)):
        raise NotAnAnswer
    version = question.version.uuid
    return judged_on_the_spot(question, raw=raw, evidence=places_of_evidence([version]).get(version, ()))
