"""A learner at a quiz: signed in, with one question of every kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from course.models import Enrollment
from jobs.domain import run_job
from jobs.models import Job
from quizzes.models import Attempt, Quiz
from tests.accounts.pages import Page
from tests.factories import make_concept, make_course, make_enrollment, make_quiz, single_choice

CANARY = "canary-of-the-key"
"""Stands in everything of a question that a learner must not see before its moment."""


def kinds() -> list[tuple[str, Mapping[str, Any]]]:
    """One question of every kind, with the canary in keys, feedback and explanations."""
    return [
        ("single_choice", with_canary(single_choice())),
        (
            "multiple_choice",
            {
                "stem": "Who drinks from the lake?",
                "explanation": CANARY,
                "options": [
                    {"id": "p1", "text": "The upper town", "correct": True, "feedback": CANARY},
                    {"id": "q2", "text": "The lower town", "correct": True, "feedback": CANARY},
                    {"id": "r3", "text": "The fish alone", "correct": False, "feedback": CANARY},
                ],
            },
        ),
        (
            "true_false",
            {
                "stem": "The lower town built the wall.",
                "explanation": CANARY,
                "answer": "false",
                "feedback": {"true": CANARY, "false": CANARY, "not_stated": CANARY},
            },
        ),
        (
            "short_text",
            {
                "stem": "What does the lower town call the wall?",
                "explanation": CANARY,
                "accepted": ["thirst machine", CANARY],
                "near_misses": [{"text": "water machine", "feedback": CANARY}],
            },
        ),
        (
            "cloze",
            {
                "stem": "Complete the sentence.",
                "explanation": CANARY,
                "text": "The {{g1}} town built a {{g2}}.",
                "gaps": [
                    {"id": "g1", "accepted": ["upper"], "options": ["upper", "lower"], "feedback": CANARY},
                    {"id": "g2", "accepted": ["wall", CANARY], "feedback": CANARY},
                ],
            },
        ),
        (
            "evidence",
            {
                "stem": "Which sentence says who built it?",
                "explanation": CANARY,
                "sentences": [
                    {"id": "s8", "text": "A lake feeds two towns.", "correct": False},
                    {"id": "s1", "text": "The upper town built a wall.", "correct": True},
                ],
            },
        ),
    ]


def further_kinds() -> list[tuple[str, Mapping[str, Any]]]:
    """One question of each kind that is answered by a number, by assigning, by putting in order or at length."""
    return [
        (
            "numeric",
            {
                "stem": "How high is the wall?",
                "explanation": CANARY,
                "value": 4.5,
                "tolerance": 0.5,
                "units": [{"text": "m"}, {"text": "cm", "factor": 0.01}],
                "near_misses": [{"text": "3", "feedback": CANARY}],
            },
        ),
        (
            "matching",
            {
                "stem": "Who does what?",
                "explanation": CANARY,
                "pairs": [
                    {"id": "h2b", "text": "The upper town", "match": "builds the wall", "feedback": CANARY},
                    {"id": "c7k", "text": "The lower town", "match": "goes without water", "feedback": CANARY},
                    {"id": "t4w", "text": "The lake", "match": "feeds both", "feedback": CANARY},
                ],
                "distractors": ["pays the fishermen"],
            },
        ),
        (
            "ordering",
            {
                "stem": "In which order? The earliest comes first.",
                "explanation": CANARY,
                "steps": [
                    {"id": "d5m", "text": "The lake feeds both towns.", "feedback": CANARY},
                    {"id": "x3f", "text": "The wall is built.", "feedback": CANARY},
                    {"id": "q9g", "text": "The lower town runs dry.", "feedback": CANARY},
                ],
            },
        ),
        (
            "open_response",
            {
                "stem": "Explain what the wall changed.",
                "explanation": CANARY,
                "model": CANARY,
                "rubric": [{"id": "m8p", "text": CANARY, "points": 1}],
                "min_words": 5,
                "max_words": 40,
            },
        ),
    ]


def with_canary(content: Mapping[str, Any]) -> dict[str, Any]:
    options = [{**option, "feedback": CANARY} for option in content["options"]]
    return {**content, "explanation": CANARY, "options": options}


RIGHT = {
    "answer-1": "k7",
    "answer-2": ["p1", "q2"],
    "answer-3": "false",
    "answer-4": "thirst machine",
    "answer-5-g1": "upper",
    "answer-5-g2": "wall",
    "answer-6": ["s1"],
}
"""A form that answers every question of `kinds` rightly, on a page that was never saved."""


def sequences(count: int, value: int = 0) -> dict[str, str]:
    return {f"sequence-{position}": str(value) for position in range(1, count + 1)}


class Sitting:
    """One learner, one quiz, one browser without JavaScript."""

    def __init__(
        self, client: Client, *, questions: Sequence[tuple[str, Mapping[str, Any]]] | int | None = None, **fields: Any
    ) -> None:
        course = make_course()
        wanted = kinds() if questions is None else questions
        self.quiz: Quiz = make_quiz(course, questions=wanted, concept=make_concept(course), **fields)
        self.enrollment: Enrollment = make_enrollment(course)
        self.client = client
        self.attempt_address = ""
        client.force_login(self.enrollment.user)

    @property
    def quiz_address(self) -> str:
        return f"/courses/{self.quiz.course.slug}/quizzes/{self.quiz.slug}/"

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.get(quiz=self.quiz, enrollment=self.enrollment)

    @property
    def address(self) -> str:
        if not self.attempt_address:
            self.attempt_address = f"/attempts/{self.attempt.uuid}/"
        return self.attempt_address

    def start(self) -> Attempt:
        self.client.post(f"{self.quiz_address}start/")
        assert self.address
        return self.attempt

    def get(self, below: str = "") -> str:
        return self.client.get(f"{self.address}{below}").content.decode()

    def save(self, form: Mapping[str, Any]) -> Any:
        return self.client.post(self.address, form)

    def put(self, position: int, sent: Mapping[str, Any]) -> Any:
        address = f"{self.address}responses/{position}/"
        return self.client.put(address, dict(sent), content_type="application/json")

    def submit(self) -> None:
        self.client.post(f"{self.address}submit/")

    def grade(self) -> None:
        """The worker's part, done at once."""
        grade_everything()

    def answer_everything_rightly(self) -> None:
        self.save({**RIGHT, **sequences(6), "many": ["2", "6"]})


def grade_everything() -> None:
    for job in list(Job.objects.filter(kind="grade_attempt", finished_at__isnull=True)):
        run_job(UUID(str(job.uuid)))


def statements_of(request: Callable[[], Any]) -> int:
    """How many statements the request sends to the database, without those that only begin and end transactions."""
    with CaptureQueriesContext(connection) as captured:
        request()
    bounds = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].startswith(bounds) for query in captured.captured_queries)


class LearnerPage(Page):
    """A page whose fields stand inside their labels, so that they need no id."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = any(name == "id" for name, _ in attrs) or tag not in {"input", "select", "textarea"}
        super().handle_starttag(tag, attrs if named else [*attrs, ("id", f"unnamed-{len(self.ids)}")])
