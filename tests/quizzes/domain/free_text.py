"""One question with model answers in free words, learners who answer it, and people who grade and trust."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.people_grades import record_person_grades
from quizzes.models import AutomaticAccept, CauseKind, QuestionVersion, Quiz, Response
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz

EVIDENCE = (
    "For nine summers the keepers of the sluice have written down how high the water stood at noon, and in each of "
    "these summers the lower town had a third less of it than the treaty of the lake had promised."
)
TEXT = f"A lake feeds two towns.\n{EVIDENCE}\nThe lower town calls the wall a thirst machine."
QUOTED = " ".join(EVIDENCE.split()[:26])
CONTENT: Mapping[str, Any] = {
    "stem": "What does the lower town have to show for its complaint?",
    "accepted": ["a third less water"],
    "references": [
        "The keepers wrote down that it had a third less water than promised.",
        "Records of nine summers show a third less water than the treaty promised.",
    ],
}
UNSURE = "It kept records of the water."
SURE_RIGHT = "Records of nine summers show that it had a third less water than promised."


def free_text_quiz() -> Quiz:
    """A quiz of one question with model answers in free words, whose evidence is a long sentence."""
    return make_quiz(make_course(text=TEXT), questions=[("short_text", CONTENT)])


def submitted(quiz: Quiz, *answers: str) -> Job:
    """The job of a new learner's submitted attempt."""
    attempt = start_attempt(quiz, enrollment=make_enrollment(quiz.course), at=NOW)
    save_answers(attempt, given=[GivenAnswer(place, each, 0) for place, each in enumerate(answers, 1)], at=NOW)
    return Job.objects.get(subject=submit_attempt(attempt, at=NOW).uuid)


def graded(quiz: Quiz, answer: str) -> Response:
    """The response of a new learner to the quiz's question, graded as a worker would."""
    job = submitted(quiz, answer)
    assert run_job(job.uuid)
    return Response.objects.select_related("attempt__quiz", "version__question").get(attempt__uuid=str(job.subject))


def trust(quiz: Quiz, *, is_on: bool = True) -> None:
    question = QuestionVersion.objects.get(question__items__quiz=quiz).question
    AutomaticAccept.objects.update_or_create(question=question, defaults={"is_on": is_on, "changed_at": NOW})


def decide(response: Response, fraction: str) -> None:
    """A person grades it."""
    record_person_grades(
        [response],
        fraction_by_response={response.pk: Decimal(fraction)},
        feedback="",
        detail={},
        actor=make_person(),
        cause_kind=CauseKind.MANUAL,
        at=NOW + timedelta(minutes=1),
    )
