"""What was done to a quiz, kept in the audit log so that it can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.domain.audit import history, record
from accounts.models import AuditEntry, User
from course.errors import NothingToUndo
from hooks.domain.events import courses_heard
from jobs.domain.clock import database_now
from quizzes.domain.accommodations import extend_running
from quizzes.domain.course_events import telling_of_results
from quizzes.domain.results import refresh_results_on
from quizzes.domain.row_updates import update_each
from quizzes.models import Attempt, Question, Quiz, QuizItem, Result

ASSEMBLED = (
    "title",
    "mode",
    "feedback_policy",
    "navigation",
    "one_by_one",
    "shuffle",
    "article_open",
    "ask_confidence",
    "tries_allowed",
    "try_penalty",
    "hint_penalty",
    "mastery_right",
    "mastery_of",
    "build_on_last",
    "late_credit",
    "practice_after_close",
    "attempts_allowed",
    "delay_seconds",
    "time_limit_seconds",
    "opens_at",
    "closes_at",
    "pass_fraction",
    "result_rule",
)
"""Every field of a quiz that its instructor sets."""

FAR = 1_000_000
"""Added to positions on the way to new ones: no two items may share one, not even within a statement."""


@contextmanager
def recorded(quiz: Quiz, *, verb: str, actor: User | None, **detail: Any) -> Iterator[Quiz]:
    """What the block does to the quiz, which it gets locked, is one entry that can be taken back; none for no change.

    One transaction.
    """
    with transaction.atomic():
        kept = Quiz.objects.select_for_update(of=("self",)).get(pk=quiz.pk)
        before = as_assembled(kept)
        yield kept
        after = as_assembled(Quiz.objects.get(pk=kept.pk))
        if before != after:
            said = {**detail, "before": before, "after": after}
            record(verb, subject=f"quiz:{kept.uuid}", actor=actor, course=kept.course.uuid, detail=said)


def as_assembled(quiz: Quiz) -> dict[str, Any]:
    """The quiz's settings and items as plain JSON; one query."""
    items = QuizItem.objects.filter(quiz=quiz).select_related("question").order_by("position")
    return {
        "settings": {name: _plain(getattr(quiz, name)) for name in ASSEMBLED},
        "items": [
            {
                "uuid": str(item.uuid),
                "question": str(item.question.uuid) if item.question else None,
                "pool": item.pool,
                "max_points": f"{item.max_points:.2f}",
            }
            for item in items
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return f"{value:.6f}" if isinstance(value, Decimal) else value


def last_change(quiz: Quiz) -> AuditEntry | None:
    """The newest thing done to the quiz that was not taken back; None when there is none. One query."""
    entries = [entry for entry in history(f"quiz:{quiz.uuid}")[:200] if "before" in entry.detail]
    taken_back = {entry.detail["undid"] for entry in entries if "undid" in entry.detail}
    done = (entry for entry in entries if "undid" not in entry.detail and entry.pk not in taken_back)
    return next(done, None)


@transaction.atomic
def undo_last_change(quiz: Quiz, *, actor: User | None) -> str:
    """The quiz is as it was before the last thing done to it; returns what that was. The quiz is locked.

    Attempts that run keep what they began with, and the time they have. Raises NothingToUndo.
    """
    kept = Quiz.objects.select_for_update(of=("self",)).get(pk=quiz.pk)
    entry = last_change(kept)
    if entry is None or entry.detail["after"] != as_assembled(kept):
        raise NothingToUndo
    with recorded(kept, verb="took back", actor=actor, undid=entry.pk) as own:
        _restore(own, entry.detail["before"])
    return entry.verb


def keep_settings(quiz: Quiz, *, names: Collection[str]) -> None:
    """These settings of the quiz, which is locked, are saved and in force: running time and results go by them."""
    rule = Quiz.objects.values_list("result_rule", flat=True).get(pk=quiz.pk)
    quiz.save(update_fields=names)
    extend_running(Attempt.objects.filter(quiz=quiz))
    if quiz.result_rule != rule:
        results, is_heard = Result.objects.filter(quiz=quiz), bool(courses_heard([quiz.course_id]))
        with telling_of_results(results, is_heard=is_heard):
            refresh_results_on(quiz, at=database_now())


def _restore(quiz: Quiz, state: Mapping[str, Any]) -> None:
    for name, value in state["settings"].items():
        field: Any = Quiz._meta.get_field(name)  # noqa: SLF001 -- Django documents _meta as public
        setattr(quiz, name, field.to_python(value))
    keep_settings(quiz, names=list(state["settings"]))
    _restore_items(quiz, state["items"])


def _restore_items(quiz: Quiz, stored: list[dict[str, Any]]) -> None:
    """Exactly these items in this order; those whose question is gone for good are left out."""
    asked = {item["question"] for item in stored if item["question"]}
    questions = {str(question.uuid): question.pk for question in Question.objects.filter(uuid__in=asked)}
    wanted = [item for item in stored if item["pool"] or item["question"] in questions]
    QuizItem.objects.filter(quiz=quiz).exclude(uuid__in=[item["uuid"] for item in wanted]).delete()
    known = {str(item.uuid) for item in QuizItem.objects.filter(quiz=quiz)}
    QuizItem.objects.bulk_create(
        QuizItem(
            uuid=item["uuid"],
            quiz=quiz,
            question_id=questions.get(item["question"]),
            pool=item["pool"],
            position=2 * FAR + place,
            max_points=Decimal(item["max_points"]),
        )
        for place, item in enumerate(wanted)
        if item["uuid"] not in known
    )
    put_in_order(quiz, [item["uuid"] for item in wanted])
    points = {item["uuid"]: Decimal(item["max_points"]) for item in wanted}
    rows = [(item.pk, points[str(item.uuid)]) for item in QuizItem.objects.filter(quiz=quiz)]
    update_each(QuizItem, ("max_points",), rows)


def put_in_order(quiz: Quiz, uuids: list[str]) -> None:
    """The quiz's items stand in this order, from position 1 on. Two writes; the quiz is locked by the caller."""
    places = {uuid: place for place, uuid in enumerate(uuids, 1)}
    items = list(QuizItem.objects.filter(quiz=quiz))
    update_each(QuizItem, ("position",), [(item.pk, 4 * FAR + places[str(item.uuid)]) for item in items])
    update_each(QuizItem, ("position",), [(item.pk, places[str(item.uuid)]) for item in items])
