"""Another question like one that was answered: for practice, beside every score."""

from __future__ import annotations

from random import Random

from django.db.models import Q, QuerySet

from course.models import Concept
from quizzes.domain.on_the_spot import PractisedQuestion, practised
from quizzes.domain.practising import practisable
from quizzes.domain.seating import seed_for
from quizzes.domain.tries import decides_at_once
from quizzes.errors import QuizError
from quizzes.models import Attempt, Question, QuestionVersion, Response
from quizzes.policy import Shown, shown_now, shown_while_answering


class NothingAlike(QuizError):
    code = "nothing_alike"
    message = "There is no other question like this one to practise with."


def another_like(attempt: Attempt, *, position: int, turn: int = 0) -> PractisedQuestion:
    """A published question on the same concept, or with a tag in common, that the attempt does not ask.

    `turn` 0, 1, 2, … goes through all of them, in an order of this attempt. Offered where the question's own key may
    be seen, and never taken from what a quiz that is no practice asks or draws from. Raises NothingAlike,
    Response.DoesNotExist.
    """
    response = Response.objects.select_related("version__question__concept").get(attempt=attempt, position=position)
    if Shown.KEY not in _shown(attempt, response):
        raise NothingAlike
    alike = _alike(attempt, response.version.question)
    found = [version for version in alike if decides_at_once(version.kind, version.content)]
    if not found:
        raise NothingAlike
    order = Random(seed_for(attempt.seed, position)).sample(found, len(found))  # noqa: S311 -- an order is no secret
    version = order[turn % len(order)]
    concept: Concept | None = response.version.question.concept
    seed = seed_for(attempt.seed, position + 1000 * (turn + 1))
    return practised(version, seed=seed, concept=concept.term if concept else "")


def _shown(attempt: Attempt, response: Response) -> frozenset[Shown]:
    if attempt.submitted_at is not None:
        return shown_now(attempt.policy, submitted=True, closed=False)
    return shown_while_answering(attempt.policy, settled=response.is_settled and bool(response.tries))


def _alike(attempt: Attempt, question: Question) -> QuerySet[QuestionVersion]:
    tags = question.tags.values("name")
    alike = Q(question__tags__name__in=tags)
    if question.concept_id is not None:
        alike |= Q(question__concept=question.concept_id)
    asked = Response.objects.filter(attempt=attempt).values("version__question")
    return practisable(question.course_id).filter(alike).exclude(question__in=asked).distinct()
