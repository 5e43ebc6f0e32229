"""How answers are graded: one file for each grader, and one guarded door. A file dropped in here registers itself."""

from __future__ import annotations

from quizzes.grading.base import Grader, GraderFault, GradingRequest
from quizzes.grading.guard import grade, graded_by
from quizzes.grading.registry import (
    MisnamedGrader,
    UnknownGrader,
    grader_label,
    grader_named,
    graders,
    heeds_precedents,
)

__all__ = [
    "Grader",
    "GraderFault",
    "GradingRequest",
    "MisnamedGrader",
    "UnknownGrader",
    "grade",
    "graded_by",
    "grader_label",
    "grader_named",
    "graders",
    "heeds_precedents",
]
