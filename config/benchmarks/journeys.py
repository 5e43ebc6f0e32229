"""The journey that is measured: open the lesson and the quiz, start, answer ten questions, submit, see the grade."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.benchmarks.visitor import Lost, Page, Visitor

# The page that waits is asked again as often as a person could tell the difference, and not for ever.
LOOK_SECONDS = 0.02
LONGEST_WAIT = 15.0
STATUS = re.compile(r'hx-get="([^"]+)"')
GRADED = re.compile(r'class="graded"|<h1>Graded:')
SEE_OTHER = 303


@dataclass(frozen=True)
class Journey:
    """Milliseconds from the submit's departure to the page with the grade, and from the first request to that page."""

    grade_ms: float
    whole_ms: float
    requests: int
    wire: int


def play(port: int, *, seeded: Mapping[str, Any], session: str) -> Journey:
    """One learner goes all the way. Raises Lost where a page is not what it had to be."""
    visitor = Visitor(port, {"sessionid": session})
    try:
        began = time.perf_counter()
        summary = answer_everything(visitor, seeded)
        submitted = time.perf_counter()
        see_grade(visitor, followed(visitor.send(summary.form("/submit/"))))
        ended = time.perf_counter()
    finally:
        visitor.close()
    return Journey((ended - submitted) * 1000, (ended - began) * 1000, visitor.requests, visitor.wire)


def answer_everything(visitor: Visitor, seeded: Mapping[str, Any]) -> Page:
    """The page before the submit: lesson, quiz, start, attempt, save and summary are behind us."""
    opened(visitor.get(seeded["lesson"]))
    quiz = opened(visitor.get(seeded["quiz"]))
    attempt = followed(visitor.send(quiz.form("/start/")))
    answering = opened(visitor.get(attempt))
    return opened(visitor.get(followed(visitor.send(answering.form(attempt), go="summary"))))


def see_grade(visitor: Visitor, path: str) -> None:
    """The grade is on the page, or was brought to the page that waits, which is looked at again and again."""
    page = visitor.get(path)
    ends = time.perf_counter() + LONGEST_WAIT
    while not GRADED.search(page.html):
        status = STATUS.search(page.html)
        if status is None or time.perf_counter() > ends:
            raise Lost(f"{page.path} ({page.status}) never showed a grade: {page.html[:300]}")
        time.sleep(LOOK_SECONDS)
        page = visitor.get(status[1], **{"HX-Request": "true"})


def opened(page: Page) -> Page:
    if page.status != 200:
        raise Lost(f"{page.path} answered {page.status}.")
    return page


def followed(page: Page) -> str:
    """Where the answer to a form leads."""
    if page.status != SEE_OTHER:
        raise Lost(f"{page.path} answered {page.status} instead of leading on: {page.html[:300]}")
    return page.location
