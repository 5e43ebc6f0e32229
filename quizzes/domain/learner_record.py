"""A learner's record: everything that one course keeps about one learner, for whoever answers for the course."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.domain.audit import history
from accounts.models import InboxMessage
from course.models import Enrollment
from quizzes.domain.erasing_parts import messages_about
from quizzes.domain.ledger import cause_in_words, reasons_of
from quizzes.domain.personal_copy import personal_copy
from quizzes.models import ConceptMastery, GradingEvent, Result

FORMAT = "postil-learner-record/1"
PRIVATE = ("notes", "recalls")


def learner_record(part: Enrollment, *, at: datetime | None = None) -> dict[str, Any]:
    """All that the course keeps about the learner, as plain JSON: their own copy of it, and what that leaves out.

    Notes and recalls are the learner's own: they are only counted. What is added is every grading, results and
    masteries whatever the quizzes show by `at`, messages, and what was done with the part. Keys are not in it, nor who
    graded. `part` comes with its person and course; some queries for each attempt.
    """
    copy = personal_copy(part.user, course=part.course, at=at)
    return {
        **copy,
        "format": FORMAT,
        "courses": [_without_private(course) for course in copy["courses"]],
        "gradings": _gradings(part),
        "results": [_result(each) for each in _results(part)],
        "concepts": [_mastery(each) for each in _masteries(part)],
        "messages": [_message(each) for each in messages_about(part)],
        "done_with_the_part": [
            {"at": entry.at.isoformat(), "verb": entry.verb} for entry in history(f"enrollment:{part.uuid}")
        ],
    }


def _without_private(course: dict[str, Any]) -> dict[str, Any]:
    """What stands in the copy without what nobody but the learner reads, whatever part they have."""
    return {**course, **{name: len(course[name]) for name in PRIVATE}}


def _gradings(part: Enrollment) -> list[dict[str, Any]]:
    events = GradingEvent.objects.filter(response__attempt__enrollment=part)
    listed = list(events.select_related("response__attempt__quiz").order_by("at", "pk"))
    reasons = reasons_of(listed)
    return [_grading(event, reasons.get(event.pk, "")) for event in listed]


def _grading(event: GradingEvent, reason: str) -> dict[str, Any]:
    attempt = event.response.attempt
    return {
        "quiz": attempt.quiz.title,
        "attempt": attempt.number,
        "position": event.response.position,
        "at": event.at.isoformat(),
        "cause": cause_in_words(event),
        "fraction": None if event.fraction is None else str(event.fraction),
        "feedback": event.feedback,
        "reason": reason,
    }


def _results(part: Enrollment) -> list[Result]:
    return list(Result.objects.filter(enrollment=part).select_related("quiz").order_by("quiz__title", "pk"))


def _result(result: Result) -> dict[str, Any]:
    return {"quiz": result.quiz.title, "attempts": result.attempts, "fraction": str(result.fraction)}


def _masteries(part: Enrollment) -> list[ConceptMastery]:
    return list(ConceptMastery.objects.filter(enrollment=part).select_related("concept").order_by("concept__term"))


def _mastery(known: ConceptMastery) -> dict[str, Any]:
    return {"concept": known.concept.term, "mastery": None if known.mastery is None else str(known.mastery)}


def _message(message: InboxMessage) -> dict[str, Any]:
    return {"at": message.created_at.isoformat(), "text": message.text}
