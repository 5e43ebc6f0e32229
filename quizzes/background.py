"""What quizzes does in the background, told to `jobs` at start-up."""

from __future__ import annotations

import jobs.domain as jobs
from quizzes.domain.accommodations import extend_forgotten
from quizzes.domain.attempts import GRADE_ATTEMPT, submit_overdue_attempts
from quizzes.domain.erasing import ERASE_PERSON, begin_erasing, give_up_erasing, record_erased
from quizzes.domain.grading import give_up_grading, grade_attempt, record_grades, regrade_forgotten
from quizzes.domain.list_import_work import (
    apply_list_lines,
    give_up_list_midway,
    give_up_list_plan,
    plan_list_lines,
    record_list_applied,
    record_list_planned,
    record_list_undone,
    undo_list_lines,
)
from quizzes.domain.list_imports import APPLY_LIST, PLAN_LIST, UNDO_LIST, forget_old_lists
from quizzes.domain.reckoning import RECKON, give_up_reckoning, reckon, reckon_stale, record_reckoned
from quizzes.domain.regrade_applying import apply_lines, give_up_applying, record_applied, record_undone, undo_lines
from quizzes.domain.regrade_planning import give_up_plan, plan_lines, record_plan
from quizzes.domain.regrades import APPLY_REGRADE, PLAN_REGRADE, UNDO_REGRADE
from quizzes.domain.retention import (
    ERASE_PAST,
    erase_past,
    erase_when_past,
    give_up_erasing_past,
    record_erased_past,
)


def register_background_work() -> None:
    """Grading, once and again, is done by jobs; overdue attempts and responses without a job are the sweeper's."""
    jobs.register(GRADE_ATTEMPT, work=grade_attempt, record=record_grades, on_give_up=give_up_grading, is_urgent=True)
    jobs.register(PLAN_REGRADE, work=plan_lines, record=record_plan, on_give_up=give_up_plan)
    jobs.register(APPLY_REGRADE, work=apply_lines, record=record_applied, on_give_up=give_up_applying)
    jobs.register(UNDO_REGRADE, work=undo_lines, record=record_undone, on_give_up=give_up_applying)
    jobs.register(PLAN_LIST, work=plan_list_lines, record=record_list_planned, on_give_up=give_up_list_plan)
    jobs.register(APPLY_LIST, work=apply_list_lines, record=record_list_applied, on_give_up=give_up_list_midway)
    jobs.register(UNDO_LIST, work=undo_list_lines, record=record_list_undone, on_give_up=give_up_list_midway)
    jobs.register(RECKON, work=reckon, record=record_reckoned, on_give_up=give_up_reckoning)
    jobs.register(ERASE_PERSON, work=begin_erasing, record=record_erased, on_give_up=give_up_erasing)
    jobs.register(ERASE_PAST, work=erase_past, record=record_erased_past, on_give_up=give_up_erasing_past)
    jobs.register_sweep(extend_forgotten)
    jobs.register_sweep(submit_overdue_attempts)
    jobs.register_sweep(regrade_forgotten)
    jobs.register_sweep(reckon_stale)
    jobs.register_sweep(erase_when_past)
    jobs.register_sweep(forget_old_lists)
