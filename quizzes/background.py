"""What quizzes does in the background, told to `jobs` at start-up."""

from __future__ import annotations

import jobs.domain as jobs
from quizzes.domain.accommodations import extend_forgotten
from quizzes.domain.attempts import GRADE_ATTEMPT, submit_overdue_attempts
from quizzes.domain.grading import give_up_grading, grade_attempt, record_grades, regrade_forgotten


def register_background_work() -> None:
    """Grading is a kind of job; overdue attempts and responses without a job are found by the sweeper."""
    jobs.register(GRADE_ATTEMPT, work=grade_attempt, record=record_grades, on_give_up=give_up_grading)
    jobs.register_sweep(extend_forgotten)
    jobs.register_sweep(submit_overdue_attempts)
    jobs.register_sweep(regrade_forgotten)
