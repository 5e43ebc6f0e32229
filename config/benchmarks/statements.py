"""How many statements the journey sends through Django's connection, counted in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

from config.benchmarks.visitor import Page
from jobs.domain import run_job
from jobs.models import LIVE, Job

BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Statements:
    """What was sent; `brackets` are those that only begin and end a transaction."""

    sent: list[str] = field(default_factory=list)
    brackets: int = 0

    @property
    def count(self) -> int:
        return len(self.sent)

    def note(self, sql: str) -> None:
        if sql.lstrip().upper().startswith(BRACKETS):
            self.brackets += 1
        else:
            self.sent.append(sql)


@contextmanager
def counted() -> Iterator[Statements]:
    """Everything the connection sends during the block."""
    found = Statements()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found.note(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


@dataclass
class Counter:
    """One learner's browser whose every request is counted under a name."""

    client: Client
    steps: dict[str, Statements] = field(default_factory=dict)

    def get(self, name: str, path: str) -> Page:
        with self._counting(name):
            response = self.client.get(path)
        return page_of(path, response)

    def send(self, name: str, form: tuple[str, dict[str, str]], **more: str) -> Page:
        action, fields = form
        with self._counting(name):
            response = self.client.post(action, fields | more)
        return page_of(action, response)

    def put(self, name: str, path: str, sent: dict[str, Any]) -> int:
        with self._counting(name):
            return int(self.client.put(path, sent, content_type="application/json").status_code)

    def grade(self, name: str) -> None:
        """The worker's part: every live job is run once."""
        jobs = list(Job.objects.filter(state__in=LIVE).values_list("uuid", flat=True))
        with self._counting(name):
            for job in jobs:
                run_job(UUID(str(job)))

    @contextmanager
    def _counting(self, name: str) -> Iterator[None]:
        with counted() as found:
            yield
        self.steps[name] = found


def page_of(path: str, response: HttpResponseBase) -> Page:
    body = b"".join(response) if response.streaming else getattr(response, "content", b"")
    return Page(path, response.status_code, response.headers.get("Location", ""), body.decode(), len(body))


JOURNEY = ("lesson", "quiz", "start", "attempt", "save", "summary", "submit", "review")


def count_journey(client: Client, *, lesson: str, quiz: str) -> dict[str, Statements]:
    """The statements of each of the journey's eight requests, and of `grading` and one `autosave` beside it.

    The client is signed in. The journey's attempt is submitted and graded afterwards.
    """
    learner = Counter(client)
    learner.get("lesson", lesson)
    page = learner.get("quiz", quiz)
    attempt = learner.send("start", page.form("/start/")).location
    form = learner.get("attempt", attempt).form(attempt)
    summary = learner.send("save", form, go="summary").location
    first = form[1]["answer-1"]
    learner.put("autosave", f"{attempt}responses/1/", {"answer": first, "sequence": None, "flagged": True})
    review = learner.send("submit", learner.get("summary", summary).form("/submit/")).location
    learner.grade("grading")
    learner.get("review", review)
    return learner.steps


def totals(steps: dict[str, Statements]) -> dict[str, int]:
    """What the gates are about: the journey's eight requests, the grading task, one autosave."""
    journey = sum(steps[name].count for name in JOURNEY)
    return {"journey": journey, "grading": steps["grading"].count, "autosave": steps["autosave"].count}


def count(*, lesson: str, quiz: str, session: str) -> dict[str, Any]:
    """As JSON, for another process: totals, each step, and the brackets of all steps together."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = session
    # The first request of a process finds out things that are asked once.
    count_journey(client, lesson=lesson, quiz=quiz)
    steps = count_journey(client, lesson=lesson, quiz=quiz)
    each = {name: found.count for name, found in steps.items()}
    return totals(steps) | {"steps": each, "brackets": sum(found.brackets for found in steps.values())}
