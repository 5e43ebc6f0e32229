"""Fills a course with learners who answered its quiz: each table in one statement, whatever their number.

The first of them took the quiz as people do; the others' attempts are copies of that one with answers of their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction

from config.benchmarks.course import learner
from course.models import Course, Enrollment, Role
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.models import Attempt, Quiz, Response

TABLES = ("course_enrollment", "quizzes_attempt", "quizzes_response")
# One learner in so many takes the quiz again now.
RUNS_AGAIN = 20


@dataclass(frozen=True, slots=True)
class Crowd:
    """A course with one quiz, and the attempt that all others are modelled on."""

    course: Course
    quiz: Quiz
    model: Attempt

    @property
    def learners(self) -> int:
        """How many learners there are, the first among them."""
        return Enrollment.objects.filter(course=self.course, role=Role.LEARNER).count()


def first_learner(course: Course) -> Crowd:
    """Somebody is enrolled in the course of one quiz, and has submitted it without an answer; it is graded."""
    quiz = Quiz.objects.select_related("course", "lesson").get(course=course)
    person = learner(course, 0)
    attempt = start_attempt(quiz, enrollment=Enrollment.objects.get(course=course, user=person))
    submit_attempt(attempt, hint=False)
    for job in Job.objects.filter(subject=attempt.uuid):
        run_job(job.uuid)
    return Crowd(course, quiz, Attempt.objects.get(pk=attempt.pk))


@transaction.atomic
def grow(crowd: Crowd, *, learners: int) -> None:
    """So many learners are in the course; who came with this call answered every question of its quiz once.

    One in twenty of those takes it again now. Kept sums are not written: they can be made anew of what is.
    """
    there = crowd.learners
    if learners <= there:
        return
    with connection.cursor() as cursor:
        facts = _facts(crowd) | {f"last_{table}": _last(cursor, table) for table in TABLES}
        facts |= {"first": there + 1, "last": learners, "runs_again": RUNS_AGAIN}
        for statement in statements(_choices(crowd)):
            cursor.execute(statement, facts)


def tell_planner() -> None:
    """The planner knows how many rows there are, as autovacuum tells it before long; SQLite's asks for nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _last(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608 -- a name of this module
    return int(cursor.fetchone()[0])


def _facts(crowd: Crowd) -> dict[str, Any]:
    begun = crowd.model.started_at
    return {
        "course": crowd.course.pk,
        "quiz": crowd.quiz.pk,
        "model": crowd.model.pk,
        "password": f"{UNUSABLE_PASSWORD_PREFIX}bench",
        "begun": begun,
        "ended": begun + timedelta(minutes=9),
        "yes": True,
        "no": False,
    }


def _choices(crowd: Crowd) -> str:
    """A row for each option of each question: version, place from 0 (the right one first), answer, what it earns."""
    rows = []
    for response in Response.objects.filter(attempt=crowd.model).select_related("version"):
        options = sorted(response.version.content["options"], key=lambda option: not option["correct"])
        rows += [
            f"({response.version_id}, {place}, '{json.dumps(option['id'])}', {int(option['correct'])})"
            for place, option in enumerate(options)
        ]
    return f"(VALUES {', '.join(rows)})"


def _uuid(number: str) -> str:
    hexadecimal = f"lpad(to_hex({number}), 32, '0')::uuid"
    return hexadecimal if connection.vendor == "postgresql" else f"printf('%%032x', {number})"


def _json(text: str) -> str:
    return f"CAST({text} AS {'jsonb' if connection.vendor == 'postgresql' else 'text'})"


def statements(choices: str) -> list[str]:
    """What fills the tables, in order."""
    return [
        people(),
        ENROLLMENTS,
        attempts(),
        responses(choices),
        gradings(),
        FRACTIONS,
        RESULTS,
        MASTERIES,
        running(),
        RUNNING_RESPONSES,
    ]


def people() -> str:
    return f"""
        INSERT INTO accounts_user (password, is_superuser, uuid, name, may_author, is_active, is_staff,
                                   theme, size, spacing, language)
        WITH RECURSIVE numbers(n) AS (
            SELECT CAST(%(first)s AS integer) UNION ALL SELECT n + 1 FROM numbers WHERE n < %(last)s)
        SELECT %(password)s, %(no)s, {_uuid("n")}, 'Learner ' || n, %(no)s, %(yes)s, %(no)s, '', '', '', ''
        FROM numbers
    """  # noqa: S608 -- expressions of this module


ENROLLMENTS = """
    INSERT INTO course_enrollment (uuid, course_id, user_id, role, time_factor, extra_days, enrolled_at)
    SELECT u.uuid, %(course)s, u.id, 'learner', 1, 0, %(begun)s FROM accounts_user u
    WHERE u.password = %(password)s AND NOT EXISTS (SELECT 1 FROM course_enrollment e WHERE e.user_id = u.id)
    ORDER BY u.id
"""


def attempts() -> str:
    return f"""
        INSERT INTO quizzes_attempt (uuid, enrollment_id, number, seed, state, started_at, submitted_at, submit_cause,
            fraction, graded_at, quiz_id, revision_id, policy, counts, credit)
        SELECT {_uuid("e.id")}, e.id, 1, e.id, 'submitted', %(begun)s, %(ended)s, {_uuid("e.id")},
            0, %(ended)s, m.quiz_id, m.revision_id, m.policy, m.counts, m.credit
        FROM course_enrollment e CROSS JOIN quizzes_attempt m
        WHERE m.id = %(model)s AND e.course_id = %(course)s AND e.role = 'learner'
            AND e.id > %(last_course_enrollment)s
        ORDER BY e.id
    """  # noqa: S608 -- expressions of this module


# A number below 1,000 for each learner and question, and how able and how easy they are: no statement of its own
# for any row, and the same rows in every run.
DRAW = "((a.enrollment_id * 7919 + m.version_id * 10473 + a.enrollment_id * m.version_id %% 97 * 311) %% 1000)"
LIKELY = "(((a.enrollment_id * 613) %% 1000 + 200 + (m.version_id * 271) %% 600) / 2)"


def responses(choices: str) -> str:
    place = f"(CASE WHEN {DRAW} < {LIKELY} THEN 0 ELSE 1 + {DRAW} %% 3 END)"
    return f"""
        INSERT INTO quizzes_response (attempt_id, position, item_id, version_id, max_points, answer, flagged, tries,
            hints, is_settled, sequence, saved_at, grading, fraction)
        SELECT a.id, m.position, m.item_id, m.version_id, m.max_points, {_json("o.column3")}, %(no)s, 0,
            0, %(no)s, 1, %(ended)s, 'graded', o.column4
        FROM quizzes_attempt a CROSS JOIN quizzes_response m
        JOIN {choices} AS o ON o.column1 = m.version_id AND o.column2 = {place}
        WHERE m.attempt_id = %(model)s AND a.quiz_id = %(quiz)s AND a.id > %(last_quizzes_attempt)s
        ORDER BY a.id, m.position
    """  # noqa: S608 -- expressions of this module


def gradings() -> str:
    return f"""
        INSERT INTO quizzes_gradingevent (response_id, number, version_id, grader, cause, cause_kind, inputs_hash,
            fraction, feedback, detail, at)
        SELECT r.id, 1, r.version_id, 'single_choice@1', a.submit_cause, 'submit', '',
            r.fraction, '', {_json("'{}'")}, %(ended)s
        FROM quizzes_response r JOIN quizzes_attempt a ON a.id = r.attempt_id
        WHERE r.id > %(last_quizzes_response)s ORDER BY r.id
    """  # noqa: S608 -- expressions of this module


FRACTIONS = """
    UPDATE quizzes_attempt SET fraction = (
        SELECT ROUND(1.0 * SUM(r.fraction * r.max_points) / SUM(r.max_points), 6)
        FROM quizzes_response r WHERE r.attempt_id = quizzes_attempt.id)
    WHERE id > %(last_quizzes_attempt)s
"""
RESULTS = """
    INSERT INTO quizzes_result (enrollment_id, quiz_id, attempt_id, attempts, fraction, updated_at)
    SELECT enrollment_id, quiz_id, id, 1, fraction, %(ended)s FROM quizzes_attempt WHERE id > %(last_quizzes_attempt)s
"""
MASTERIES = """
    INSERT INTO quizzes_conceptmastery (enrollment_id, concept_id, evidence, mastery, updated_at)
    SELECT a.enrollment_id, k.concept_id, k.evidence, a.fraction, %(ended)s
    FROM quizzes_attempt a CROSS JOIN quizzes_conceptmastery k
    JOIN quizzes_attempt m ON m.enrollment_id = k.enrollment_id
    WHERE m.id = %(model)s AND a.id > %(last_quizzes_attempt)s
"""


def running() -> str:
    return f"""
        INSERT INTO quizzes_attempt (uuid, enrollment_id, number, seed, state, started_at, quiz_id, revision_id, policy,
            counts, credit)
        SELECT {_uuid("1000000000 + e.id")}, e.id, 2, e.id, 'in_progress', %(ended)s, m.quiz_id, m.revision_id,
            m.policy, m.counts, m.credit
        FROM course_enrollment e CROSS JOIN quizzes_attempt m
        WHERE m.id = %(model)s AND e.id > %(last_course_enrollment)s
            AND (e.id - %(last_course_enrollment)s) %% %(runs_again)s = 1
    """  # noqa: S608 -- expressions of this module


RUNNING_RESPONSES = """
    INSERT INTO quizzes_response (attempt_id, position, item_id, version_id, max_points, flagged, tries, hints,
        is_settled, sequence, grading)
    SELECT a.id, m.position, m.item_id, m.version_id, m.max_points, %(no)s, 0, 0, %(no)s, 0, 'not_ready'
    FROM quizzes_attempt a CROSS JOIN quizzes_response m
    WHERE m.attempt_id = %(model)s AND a.id > %(last_quizzes_attempt)s AND a.state = 'in_progress'
"""
