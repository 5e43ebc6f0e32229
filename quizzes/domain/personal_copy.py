"""A personal copy: everything that is kept about one person, as they may see it, in a form that people can read."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.domain.digest import mail_settings
from accounts.models import AuditEntry, User
from course.domain.anchors import anchors_of_every_text
from course.models import Course, Enrollment, LessonReading, Note
from jobs.domain.clock import database_now
from quizzes.domain.completion import certificate_of
from quizzes.domain.questions import title_of
from quizzes.domain.review import ReviewedItem, review_of
from quizzes.domain.weekly_goal import goal_of
from quizzes.memory import Rating
from quizzes.models import AnswerEvent, Appeal, Attempt, AttemptState, QuestionVersion, Recall

FORMAT = "postil-personal-copy/1"


def personal_copy(person: User, *, course: Course | None = None, at: datetime | None = None) -> dict[str, Any]:
    """What is kept about the person, as plain JSON; with `course`, only what belongs to that course.

    Grades and feedback are in it as far as the quiz's policy shows them to the person at `at`, keys never: a copy
    opens no door that a page keeps shut. Some queries for each attempt.
    """
    now = at or database_now()
    parts = Enrollment.objects.filter(user=person).select_related("course", "cohort").order_by("enrolled_at", "pk")
    if course is not None:
        parts = parts.filter(course=course.pk)
    about = {"uuid": str(person.uuid), "name": person.name, "email": person.email, "joined_at": _time(person.joined_at)}
    copy = {"format": FORMAT, "made_at": _time(now), "person": about, "courses": [_part(each, now) for each in parts]}
    return copy if course is not None else {**copy, **_account(person)}


def _account(person: User) -> dict[str, Any]:
    every, kinds = mail_settings(person)
    return {
        "look": {"theme": person.theme, "size": person.size, "spacing": person.spacing},
        "personal_tokens": [
            {
                "name": token.name,
                "scope": token.scope,
                "areas": token.areas.split(),
                "created_at": _time(token.created_at),
            }
            for token in person.personal_tokens.order_by("pk")
        ],
        "inbox": [
            {"at": _time(message.created_at), "text": message.text, "read_at": _time(message.read_at)}
            for message in person.inbox.order_by("pk")
        ],
        "mail": {
            "every": every,
            "kept_out": [kind.slug for kind in kinds if not kind.is_mailed],
        },
        "weekly_goal": _goal(person),
        "deeds": [
            {"at": _time(entry.at), "verb": entry.verb, "subject": entry.subject}
            for entry in AuditEntry.objects.filter(actor=person).order_by("pk")
        ],
    }


def _part(part: Enrollment, now: datetime) -> dict[str, Any]:
    readings = LessonReading.objects.filter(enrollment=part).select_related("lesson").order_by("read_at", "pk")
    attempts = Attempt.objects.filter(enrollment=part).select_related("quiz", "enrollment").order_by("started_at", "pk")
    appeals = Appeal.objects.filter(response__attempt__enrollment=part).order_by("pk")
    return {
        "course": part.course.title,
        "role": part.role,
        "cohort": part.cohort.name if part.cohort else None,
        "enrolled_at": _time(part.enrolled_at),
        "starts_at": _time(part.starts_at),
        "ends_at": _time(part.ends_at),
        "left_at": _time(part.left_at),
        "invited_at": _time(part.invited_at),
        "time_factor": str(part.time_factor),
        "extra_days": part.extra_days,
        "lessons_read": [{"lesson": each.lesson.title, "at": _time(each.read_at)} for each in readings],
        "notes": _notes(part),
        "attempts": [_attempt(each, now) for each in attempts],
        "recalls": _recalls(part),
        "certificate": _certificate(part),
        "appeals": [
            {"at": _time(each.created_at), "text": each.text, "state": each.state, "decision": each.decision}
            for each in appeals
        ],
    }


def _goal(person: User) -> dict[str, Any] | None:
    goal = goal_of(person)
    if goal is None:
        return None
    return {"days": goal.days, "set_at": _time(goal.set_at), "paused_at": _time(goal.paused_at)}


def _certificate(part: Enrollment) -> dict[str, Any] | None:
    issued = certificate_of(part)
    if issued is None:
        return None
    return {"code": issued.code, "name": issued.name, "issued_at": _time(issued.issued_at)}


def _recalls(part: Enrollment) -> list[dict[str, Any]]:
    told = QuestionVersion.objects.filter(question__cards__enrollment=part, published_at__isnull=False)
    titles = {version.question_id: title_of(version) for version in told.order_by("number")}
    recalls = Recall.objects.filter(card__enrollment=part).select_related("card").order_by("at", "pk")
    return [
        {
            "question": titles.get(recall.card.question_id, ""),
            "at": _time(recall.at),
            "rating": Rating(recall.rating).name.lower(),
        }
        for recall in recalls
    ]


def _notes(part: Enrollment) -> list[dict[str, Any]]:
    """Deleted ones too, as long as they can be put back."""
    words = anchors_of_every_text().filter(note=OuterRef("pk")).order_by("-revision__number", "-pk")
    notes = Note.objects.filter(enrollment=part).annotate(words=Subquery(words.values("quote")[:1]))
    return [
        {
            "kind": note.kind,
            "lesson": note.lesson.title,
            "words": note.words,
            "text": note.text,
            "written_at": _time(note.created_at),
            "changed_at": _time(note.updated_at),
            "deleted_at": _time(note.deleted_at),
        }
        for note in notes.select_related("lesson").order_by("pk")
    ]


def _attempt(attempt: Attempt, now: datetime) -> dict[str, Any]:
    review = review_of(attempt, at=now)
    typed: dict[int, list[dict[str, Any]]] = {}
    for event in AnswerEvent.objects.filter(response__attempt=attempt).select_related("response").order_by("pk"):
        typed.setdefault(event.response.position, []).append({"at": _time(event.at), "answer": event.answer})
    # What a running attempt has not asked yet is not told here either.
    is_running = attempt.state == AttemptState.IN_PROGRESS
    asked = set(typed) if is_running else {item.position for item in review.items}
    return {
        "quiz": attempt.quiz.title,
        "number": attempt.number,
        "state": attempt.state,
        "started_at": _time(attempt.started_at),
        "submitted_at": _time(attempt.submitted_at),
        "fraction": _number(review.fraction),
        "questions": [_question(item, typed.get(item.position, [])) for item in review.items if item.position in asked],
    }


def _question(item: ReviewedItem, saved: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "position": item.position,
        "question": item.presentation.stem,
        "answer": item.summary,
        "saved": saved,
        "fraction": _number(item.fraction),
        "verdict": item.verdict,
        "feedback": item.feedback,
        "found_after_looking_at": _time(item.found_at),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _number(fraction: Decimal | None) -> str | None:
    return None if fraction is None else str(fraction)
