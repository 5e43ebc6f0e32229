"""A reason for grading again that speaks of a person who is erased: gone from every table, and no other reason is."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from accounts.domain.inbox import notify
from accounts.models import AuditEntry, InboxMessage, User
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.appeals import raise_appeal
from quizzes.domain.erasing import erase_person
from quizzes.domain.erasing_reasons import ERASED, names
from quizzes.domain.ledger import ledger_of
from quizzes.domain.regrades import apply_regrade, plan_regrade
from quizzes.models import Appeal, GradingEvent, RegradeRun, Response, RunState
from tests.factories import NOW
from tests.quizzes.domain.test_erasing import EMAIL, NAME, Known, dump, known, marks

pytestmark = [pytest.mark.django_db, pytest.mark.database]
__all__ = ["known"]


def reason_of(known: Known, words: str, *, over: Any = None) -> RegradeRun:
    """A regrade of the whole quiz, or of some responses, was applied for this reason."""
    run = plan_regrade(
        known.course, reason=words, actor=None, quiz=None if over else known.attempt.quiz, responses=over or (), at=NOW
    )
    for state in (RunState.PLANNED, RunState.APPLIED):
        for job in Job.objects.filter(state="queued"):
            run_job(job.uuid)
        run.refresh_from_db()
        assert run.state == state
        if state == RunState.PLANNED:
            apply_regrade(run, actor=None)
    return run


def graded_otherwise(known: Known) -> None:
    """Choices stand at another grade than their grader gives, so that a regrade changes them."""
    Response.objects.filter(attempt__quiz=known.attempt.quiz, position=1).update(fraction=Decimal("0.25"))


@pytest.mark.parametrize(
    "words",
    [
        f"{NAME} was right.",
        "Ms Quackenbush was right.",
        "xenia was right",
        f"Asked by {EMAIL}",
        "XENIA’s answer counts.",
        f"{'A long story. ' * 33} So says Quackenbush.",
    ],
)
def test_a_reason_that_names_them_is_gone_wherever_it_was_told(known: Known, words: str) -> None:
    graded_otherwise(known)
    run = reason_of(known, words)
    assert InboxMessage.objects.filter(kind="regraded", user=known.other.user).count() == 1

    listed = erase_person(known.person)

    assert listed["reason of a regrade"] == 1
    assert marks(dump()) == []
    run.refresh_from_db()
    assert (run.reason, run.state) == (ERASED, RunState.APPLIED)
    assert "Why is no longer kept." in InboxMessage.objects.get(kind="regraded", user=known.other.user).text
    assert erase_person(known.person) == {}


@pytest.mark.parametrize("words", ["The key was wrong.", "A xeniaphobe asked.", "Quack!", "Xe"])
def test_a_reason_that_names_nobody_stays(known: Known, words: str) -> None:
    graded_otherwise(known)
    run = reason_of(known, words)
    before = InboxMessage.objects.get(kind="regraded", user=known.other.user).text
    assert "reason of a regrade" not in erase_person(known.person)
    run.refresh_from_db()
    assert run.reason == words
    assert InboxMessage.objects.get(kind="regraded", user=known.other.user).text == before
    assert words in before


def test_a_reason_for_which_nobody_else_was_graded_is_about_them_whatever_it_says(known: Known) -> None:
    graded_otherwise(known)
    theirs = list(known.attempt.responses.select_related("attempt", "version").filter(position=1))
    run = reason_of(known, "The tall one in the first row.", over=theirs)
    erase_person(known.person)
    run.refresh_from_db()
    assert run.reason == ERASED


def test_the_log_and_the_ledger_never_hold_the_reason(known: Known) -> None:
    graded_otherwise(known)
    reason_of(known, "A reason like no other.")
    assert "like no other" not in json.dumps(list(AuditEntry.objects.values("detail", "subject", "verb")))
    assert "like no other" not in json.dumps(list(GradingEvent.objects.values("detail", "feedback")))
    response = known.attempt.responses.select_related("version__question", "attempt__quiz").get(position=1)
    assert [entry.reason for entry in ledger_of(response)][-1] == "A reason like no other."


def test_an_appeal_of_somebody_else_that_was_accepted_for_a_reason_that_names_them_loses_it(known: Known) -> None:
    graded_otherwise(known)
    appeal = raise_appeal(Response.objects.get(attempt__enrollment=known.other, position=1), text="Why?")
    run = reason_of(known, f"As {NAME} said.")
    Appeal.objects.filter(pk=appeal.pk).update(run=run, state="accepted", decided_at=NOW, decision=run.reason)
    notify(known.other.user, kind="appeal_decided", key=f"appeal:{appeal.uuid}", text=f"Accepted: {run.reason}")
    erase_person(known.person)
    assert marks(dump()) == []
    appeal.refresh_from_db()
    assert (appeal.text, appeal.decision, appeal.state) == ("Why?", "", "accepted")


@pytest.mark.parametrize(
    ("name", "found", "passed_over"),
    [
        ("Ann Lee", ["Ann", "ann’s", "dear LEE"], ["Annual", "sleek", "Le"]),
        ("Bo Li", [], ["Bo", "Li"]),
        ("", [], ["", "anything"]),
        ("Zoë d’Arc", ["zoë", "d’Arc", "Arc"], ["Zo"]),
        ("C++ (x|y)", [], ["C", "x"]),
    ],
)
def test_parts_of_a_name_are_found_as_whole_words(name: str, found: list[str], passed_over: list[str]) -> None:
    pattern = names(User(name=name))
    assert [text for text in (*found, *passed_over) if pattern.search(text)] == found
