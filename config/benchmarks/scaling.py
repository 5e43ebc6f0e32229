"""What pages and statistics cost as a course grows; called in a process and a database of its own.

CPU is that of this process and of the database's process that serves it, in milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.domain.people import create_person
from config.benchmarks.bank import fill_bank
from config.benchmarks.course import bench_course, learner
from config.benchmarks.crowding import Crowd, first_learner, grow, tell_planner
from config.benchmarks.machine import PROC, TICK, read_process
from config.benchmarks.statements import count_journey, counted
from course.domain.enrolment import enrol
from course.models import Role
from jobs.domain import run_job
from quizzes.domain.insight import question_rows
from quizzes.domain.rebuild import rebuild_statistics
from quizzes.domain.reckoning import ask_to_reckon
from quizzes.models import QuestionVersion, QuizStatistic, Response, VersionState

FEWEST_MS = 200.0
MOST_TIMES = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """How large the course is when it is looked at."""

    learners: int
    questions: int


def measure(*, stages: list[list[int]]) -> dict[str, Any]:
    """{"stages": what each page costs at each of them, "sums": what the statistics cost at the last}.

    A stage is [learners, questions in the bank]; they grow.
    """
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What several processes share cannot be told apart from the others' work.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
    crowd = first_learner(bench_course(questions=10))
    clients = signed_in(crowd)
    journey_cost(clients[1], crowd)
    found = [at_stage(crowd, clients, Stage(*stage)) for stage in stages]
    return {"stages": found, "sums": statistics_of(crowd)}


def signed_in(crowd: Crowd) -> tuple[Client, Client]:
    """An owner of the course, and a learner of it who has done nothing yet."""
    owner, newcomer = create_person("owner@example.org", name="Owner"), learner(crowd.course, 1)
    enrol(crowd.course, person=owner, role=Role.OWNER)
    clients = Client(headers={"host": "127.0.0.1"}), Client(headers={"host": "127.0.0.1"})
    for client, person in zip(clients, (owner, newcomer), strict=True):
        client.force_login(person)
    return clients


def at_stage(crowd: Crowd, clients: tuple[Client, Client], stage: Stage) -> dict[str, Any]:
    """The course has grown so far, its figures are reckoned, and every page was asked for."""
    before = time.perf_counter()
    fill_bank(crowd.course, questions=stage.questions)
    grow(crowd, learners=stage.learners)
    tell_planner()
    filled = time.perf_counter() - before
    rebuild_statistics(check=False)
    run_job(ask_to_reckon(crowd.quiz, hint=False).uuid)
    owner, newcomer = clients
    pages = {name: page_cost(owner, path) for name, path in studio_pages(crowd).items()}
    pages |= {name: page_cost(newcomer, path) for name, path in learner_pages(crowd).items()}
    return {
        "learners": stage.learners,
        "questions": stage.questions,
        "responses": Response.objects.count(),
        "seconds_to_fill": round(filled, 1),
        "pages": pages,
        "journey": journey_cost(newcomer, crowd),
    }


def studio_pages(crowd: Crowd) -> dict[str, str]:
    """By name the address of each page of the studio that shows many of something."""
    course, quiz = crowd.course.slug, crowd.quiz.slug
    bank = reverse("studio:bank", args=[course])
    asked = crowd.model.responses.order_by("position")[0].version.question
    waiting = QuestionVersion.objects.filter(question__course=crowd.course, state=VersionState.DRAFT).first()
    review = [reverse("studio:question", args=[course, waiting.uuid])] if waiting else []
    return {
        "insight": reverse("studio:insight", args=[course, quiz]),
        "monitor": reverse("studio:monitor", args=[course, quiz]),
        "gradebook": reverse("studio:gradebook", args=[course]),
        "gradebook, filtered": reverse("studio:gradebook", args=[course]) + "?standing=in+progress",
        "people": reverse("studio:people", args=[course]),
        "people, found": reverse("studio:people", args=[course]) + "?q=learner+7",
        "answers to a question": reverse("studio:answers", args=[course, asked.uuid]),
        "manual queue": reverse("studio:grading", args=[course]),
        "regrades": reverse("studio:regrades", args=[course]),
        "bank": bank,
        "bank, last page": f"{bank}?page=1000",
        "bank, searched": f"{bank}?q=soft",
        "bank, by tag": f"{bank}?tag=first",
        "bank, unused": f"{bank}?usage=unused",
        "bank, a question": reverse("studio:bank-question", args=[course, asked.uuid]),
        "duplicates": reverse("studio:bank-duplicates", args=[course]),
        "pools": reverse("studio:bank-pools", args=[course]),
        "review queue": reverse("studio:questions", args=[course]),
        **dict(zip(["review of one question"], review, strict=False)),
    }


def learner_pages(crowd: Crowd) -> dict[str, str]:
    course = crowd.course.slug
    return {
        "home": reverse("learner:home"),
        "course": reverse("learner:course", args=[course]),
        "progress": reverse("learner:course-progress", args=[course]),
    }


def page_cost(client: Client, path: str) -> dict[str, float]:
    """{"statements", "ms"} of one request, after one that finds out what is asked once."""
    ask(client, path)
    with counted() as found:
        ask(client, path)
    return {"statements": found.count, "ms": spent(lambda: ask(client, path))}


def ask(client: Client, path: str) -> None:
    """Raises ValueError for any answer but a page."""
    status = client.get(path).status_code
    if status != 200:
        raise ValueError(f"{path} answered {status}")


def journey_cost(client: Client, crowd: Crowd) -> dict[str, float]:
    """{"statements", "ms"} of an attempt from the lesson to the review, grading and one autosave included."""
    course, quiz = crowd.course.slug, crowd.quiz.slug
    lesson = reverse("learner:lesson", args=[course, "lesson"])
    paths = {"lesson": lesson, "quiz": reverse("learner:quiz", args=[course, quiz])}
    count_journey(client, **paths)
    steps = count_journey(client, **paths)
    return {
        "statements": sum(found.count for found in steps.values()),
        "ms": spent(lambda: count_journey(client, **paths)),
    }


def spent(do: Callable[[], object]) -> float:
    """CPU of one call, the mean of enough calls for the clock's steps; milliseconds."""
    times, before = 0, cpu()
    while times < MOST_TIMES and (not times or cpu() - before < FEWEST_MS):
        do()
        times += 1
    return round((cpu() - before) / times, 2)


def cpu() -> float:
    return time.process_time() * 1000 + database_cpu()


def database_cpu() -> float:
    """Of the process that serves this connection, in steps of 10 ms; 0 where the database is in this process."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    process = read_process(PROC / str(connection.connection.info.backend_pid))
    return process.ticks * 1000 / TICK if process else 0.0


def statistics_of(crowd: Crowd) -> dict[str, float]:
    """CPU of the figures of the quiz: by looking at every answer, by what is kept, by the job, and made anew."""
    return {
        "full scan": spent(lambda: full_scan(crowd)),
        "kept": spent(lambda: kept(crowd)),
        "job": spent(lambda: run_job(ask_to_reckon(crowd.quiz, hint=False).uuid)),
        "rebuild": spent(lambda: rebuild_statistics(check=True)),
    }


def kept(crowd: Crowd) -> tuple[object, object]:
    """Facility, item-rest and choices of every question as pages read them."""
    return question_rows(crowd.quiz), QuizStatistic.objects.get(quiz=crowd.quiz)


COUNTING = """
    FROM quizzes_response r JOIN quizzes_attempt a ON a.id = r.attempt_id
    WHERE a.quiz_id = %s AND a.number = 1 AND a.counts AND a.state = 'submitted' AND a.fraction IS NOT NULL
"""
FULL_SCAN = (
    f"SELECT r.version_id, COUNT(*), AVG(r.fraction) {COUNTING} GROUP BY r.version_id",
    f"SELECT r.version_id, r.answer, COUNT(*) {COUNTING} GROUP BY r.version_id, r.answer",
    f"""
    SELECT version_id, COUNT(*), SUM(own), SUM(own * own), SUM(total - own), SUM((total - own) * (total - own)),
        SUM(own * (total - own))
    FROM (
        SELECT r.version_id, r.fraction * r.max_points AS own,
            SUM(r.fraction * r.max_points) OVER (PARTITION BY r.attempt_id) AS total
        {COUNTING}
    ) AS one GROUP BY version_id
    """,  # noqa: S608 -- of this module
)


def full_scan(crowd: Crowd) -> Sequence[Any]:
    """The same figures asked of all answers in plain SQL: facility, choices, and what item-rest is made of."""
    found = []
    with connection.cursor() as cursor:
        for statement in FULL_SCAN:
            cursor.execute(statement, [crowd.quiz.pk])
            found += cursor.fetchall()
    return found
