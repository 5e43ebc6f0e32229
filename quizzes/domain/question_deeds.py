"""What people do to questions, and to the answers to them, in the history of their course."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from accounts.domain.audit import record_each
from accounts.models import User
from course.models import Course
from quizzes.models import Question

TITLED = {
    "archived": "archived a question",
    "restored": "restored a question",
    "tagged": "tagged a question",
    "untagged": "took a tag off a question",
    "waived": "waived a finding",
    "took a waiver back": "took a waiver back",
    "pasted": "pasted a question",
    "graded": "graded answers",
    "confirmed": "confirmed automatic grades",
    "took a grading back": "took a grading back",
}
"""What each deed is called in the audit log."""


def record_questions(
    deed: str, questions: Collection[int], *, by: User | None, detail: dict[str, Any] | None = None
) -> None:
    """What this person did to each of the questions (keys), all of one course, stands in its history.

    `deed` is one of TITLED. What nobody did, as an import, does not; `detail` holds counts and names of rules, never an
    answer or a tag. Three statements, whatever their number.
    """
    if by is None or not questions:
        return
    named = Question.objects.filter(pk__in=questions).order_by("pk").values_list("uuid", flat=True)
    course = Course.objects.filter(questions__in=questions).values_list("uuid", flat=True).order_by("pk").first()
    entries = [(TITLED[deed], f"question:{uuid}", dict(detail or {})) for uuid in named]
    record_each(entries, actor=by, course=course)
