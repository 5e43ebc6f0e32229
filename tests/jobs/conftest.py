"""Kinds of work that tests put in, and a broker that nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest

from jobs.domain import ClaimedJob, forget, hints, register
from jobs.models import Job


@dataclass
class Recorder:
    """Work whose course a test decides, and what became of it."""

    kind: str = "tests.record"
    error: Exception | None = None
    result: Any = None
    record_error: Exception | None = None
    give_up_error: Exception | None = None
    worked: list[ClaimedJob] = field(default_factory=list)
    recorded: list[ClaimedJob] = field(default_factory=list)
    given_up: list[tuple[int, str]] = field(default_factory=list)

    def work(self, claimed: ClaimedJob) -> Any:
        self.worked.append(claimed)
        if self.error is not None:
            raise self.error
        return self.result

    def record(self, claimed: ClaimedJob, result: Any) -> Any:
        self.recorded.append(claimed)
        if self.record_error is not None:
            raise self.record_error
        return result

    def on_give_up(self, job: Job, error: str) -> None:
        if self.give_up_error is not None:
            raise self.give_up_error
        self.given_up.append((job.pk, error))


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the other apps registered is out of the way: these tests know no app above this one."""
    monkeypatch.setattr("jobs.domain.registry._sweeps", [])
    with patch.dict("jobs.domain.registry._kinds", clear=True):
        yield


@pytest.fixture
def recorder(nobody_else: None) -> Iterator[Recorder]:
    del nobody_else
    made = Recorder()
    register(made.kind, work=made.work, record=made.record, on_give_up=made.on_give_up)
    yield made
    forget(made.kind)


@pytest.fixture(autouse=True)
def fresh_breaker() -> Iterator[None]:
    hints.breaker.__init__()  # type: ignore[misc]  # -- the one breaker of the process, as a new process has it
    yield
    hints.breaker.__init__()  # type: ignore[misc]  # -- as above
