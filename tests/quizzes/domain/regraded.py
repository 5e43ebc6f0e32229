"""Attempts that were graded and are to be graded again: what the tests of regrade runs start from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Course, Role
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.regrades import apply_regrade, plan_regrade, undo_regrade
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import Attempt, QuestionVersion, Quiz, RegradeRun, Response, VersionState
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_person, make_quiz

CONTENT: Mapping[str, Any] = {"stem": "What does the lower town call the wall?", "accepted": ["thirst machine"]}
REASON = "“Dry machine” was right as well."


def run_every_job(kind: str) -> None:
    """Each job of the kind that waits is done, here."""
    for job in Job.objects.filter(kind=kind, finished_at__isnull=True):
        run_job(job.uuid)


class Class:
    """A quiz of one short answer worth a point, learners who answered it, and an instructor."""

    def __init__(self, *, questions: int = 1, **fields: Any) -> None:
        self.course: Course = make_course()
        contents = [("short_text", {**CONTENT, "stem": f"{CONTENT['stem']} ({n})"}) for n in range(questions)]
        self.quiz: Quiz = make_quiz(self.course, questions=contents, concept=make_concept(self.course), **fields)
        self.instructor: User = make_person("Iva")
        enrol(self.course, person=self.instructor, role=Role.OWNER, at=NOW)

    @property
    def version(self) -> QuestionVersion:
        """What the first question reads now."""
        question = self.quiz.items.order_by("position")[0].question_id
        return QuestionVersion.objects.get(question=question, state=VersionState.PUBLISHED)

    def answered(self, *answers: str) -> list[Response]:
        """Somebody new submitted each answer, to every question, and it was graded."""
        for text in answers:
            self.submitted(text)
        run_every_job("grade_attempt")
        return list(Response.objects.filter(attempt__quiz=self.quiz).order_by("pk"))

    def submitted(self, text: str) -> Attempt:
        """Somebody new submitted the answer to every question, and it waits to be graded."""
        attempt = start_attempt(self.quiz, enrollment=make_enrollment(self.course), at=NOW)
        for response in attempt.responses.all():
            save_answer(attempt, given=GivenAnswer(response.position, text, 0), at=NOW)
        return submit_attempt(attempt, at=NOW + timedelta(minutes=5), hint=False)

    def accept(self, *texts: str) -> QuestionVersion:
        """From now on the first question accepts exactly these texts."""
        draft = new_version(self.version, content={**self.version.content, "accepted": list(texts)}, at=NOW)
        return publish_version(draft, by=self.instructor, at=NOW)

    def plan(self, **fields: Any) -> RegradeRun:
        """A planned run over the quiz, or what `fields` say."""
        scope = {} if {"responses", "question"} & set(fields) else {"quiz": self.quiz}
        run = plan_regrade(
            self.course, **{"reason": REASON, "actor": self.instructor, "hint": False, **scope, **fields}
        )
        run_every_job("plan_regrade")
        run.refresh_from_db()
        return run

    def apply(self, run: RegradeRun) -> RegradeRun:
        apply_regrade(run, actor=self.instructor, hint=False)
        run_every_job("apply_regrade")
        run.refresh_from_db()
        return run

    def undo(self, run: RegradeRun) -> RegradeRun:
        undo_regrade(run, actor=self.instructor, hint=False)
        run_every_job("undo_regrade")
        run.refresh_from_db()
        return run


def fractions() -> list[str]:
    """The fraction of each response, in the order they were answered."""
    return [
        str(each.normalize())
        for each in Response.objects.order_by("pk").values_list("fraction", flat=True)
        if each is not None
    ]
