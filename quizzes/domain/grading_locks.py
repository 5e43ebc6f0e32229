"""What everybody locks who changes grades, in one order: learners by their keys, then the rules of their quizzes.

Learners are locked so that grades of one fold one after the other. The rule by which a quiz's attempts make a result
is only held: gradings do not wait for each other, a change of the rule waits for them and they for it. Otherwise one
that ends beside a change would leave a result by the old rule, which the change no longer sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connections, router

from course.models import Enrollment
from quizzes.models import Attempt, Quiz

QUIZZES, LEARNERS = Quiz._meta.db_table, Enrollment._meta.db_table  # noqa: SLF001 -- Django documents _meta as public


def lock_learner(attempt: Attempt) -> None:
    """The attempt's learner is locked and its quiz, which comes with it, has the rule in force; one statement.

    Both hold until the transaction ends. An attempt of nobody in particular has neither.
    """
    if attempt.enrollment_id is None:
        return
    [(_, rule)] = _rows(
        f"SELECT quiz.id, quiz.result_rule FROM {QUIZZES} quiz, {LEARNERS} learner "  # noqa: S608 -- names are the models'
        "WHERE quiz.id = %s AND learner.id = %s",
        [attempt.quiz_id, attempt.enrollment_id],
        # Not FOR UPDATE: whoever changes the rule stores results, which refer to the learner.
        locking="FOR NO KEY UPDATE OF learner FOR SHARE OF quiz",
    )
    attempt.quiz.result_rule = rule


def lock_learners(enrollments: Any) -> None:
    """These learners, by key or as a query for keys, are locked until the transaction ends; one statement."""
    learners = Enrollment.objects.filter(pk__in=enrollments).order_by("pk")
    list(learners.select_for_update(no_key=True).values_list("pk"))


def hold_rules(attempts: Iterable[Attempt]) -> None:
    """The quizzes of the attempts, which come with them, have the rules in force until the transaction ends.

    One statement. The learners were locked before.
    """
    quizzes: dict[int, list[Quiz]] = {}
    for attempt in attempts:
        quizzes.setdefault(attempt.quiz_id, []).append(attempt.quiz)
    for key, rule in rules_held(quizzes).items():
        for quiz in quizzes[key]:
            quiz.result_rule = rule


def rules_held(quizzes: Iterable[int]) -> dict[int, str]:
    """By quiz (key) the result rule in force, which stays so until the transaction ends; one statement, or none."""
    keys = list(quizzes)
    if not keys:
        return {}
    places = ", ".join(["%s"] * len(keys))
    statement = f"SELECT id, result_rule FROM {QUIZZES} WHERE id IN ({places}) ORDER BY id"  # noqa: S608 -- as above
    return dict(_rows(statement, keys, locking="FOR SHARE"))


def _rows(statement: str, values: list[int], *, locking: str) -> list[tuple[int, str]]:
    """The statement's rows. SQLite has one writer at a time, and nothing to lock."""
    connection = connections[router.db_for_write(Quiz)]
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} {locking}" if connection.features.has_select_for_update else statement, values)
        return list(cursor.fetchall())
