"""Instructors who have ten questions graded again at once, while learners go on; called in a process of its own."""

from __future__ import annotations

import time
from typing import Any

from config.benchmarks.crowding import Crowd, grow
from jobs.models import Job, JobState
from quizzes.domain.regrades import apply_regrade, plan_regrade
from quizzes.domain.versions import new_version, publish_version
from quizzes.models import (
    Attempt,
    AttemptState,
    QuestionVersion,
    Quiz,
    RegradeLine,
    RegradeRun,
    RunState,
    VersionState,
)

LOOK_SECONDS = 0.1
OVER = (RunState.APPLIED, RunState.DISCARDED)


def prepare(*, learners: int) -> None:
    """So many learners have answered the quiz, and another option of each question is the right one now."""
    quiz = Quiz.objects.select_related("course", "lesson").get()
    grow(Crowd(quiz.course, quiz, Attempt.objects.filter(state=AttemptState.SUBMITTED)[0]), learners=learners)
    for version in QuestionVersion.objects.filter(question__items__quiz=quiz, state=VersionState.PUBLISHED):
        publish_version(new_version(version, content=with_another_key(version.content)), by=None)


def with_another_key(content: dict[str, Any]) -> dict[str, Any]:
    """The content with the option after the right one as the right one."""
    options = content["options"]
    right = next(at for at, option in enumerate(options) if option["correct"])
    following = (right + 1) % len(options)
    return content | {"options": [option | {"correct": at == following} for at, option in enumerate(options)]}


def regrade(*, at_most: float) -> dict[str, Any]:
    """Every question is graded again by a run of its own, all of them at once; each is applied once it is planned.

    {"responses", "changed", "seconds", "given_up"}, once none is left or so many seconds are over.
    """
    quiz = Quiz.objects.select_related("course").get()
    begun = time.monotonic()
    for item in quiz.items.select_related("question"):
        plan_regrade(quiz.course, question=item.question, reason="Another option is right.", actor=None)
    while RegradeRun.objects.exclude(state__in=OVER).exists() and time.monotonic() - begun < at_most:
        for run in RegradeRun.objects.filter(state=RunState.PLANNED):
            apply_regrade(run, actor=None)
        time.sleep(LOOK_SECONDS)
    return {
        "responses": RegradeLine.objects.count(),
        "changed": RegradeLine.objects.filter(applied_at__isnull=False).count(),
        "seconds": round(time.monotonic() - begun, 1),
        "given_up": Job.objects.filter(state__in=[JobState.FAILED, JobState.QUARANTINED]).count(),
    }
