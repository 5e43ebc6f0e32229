"""What a browser may keep: which attempts, and under which release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import storage
from django.contrib.staticfiles.finders import find
from django.http import HttpResponse
from django.templatetags.static import static

from quizzes.models import AttemptState, QuizMode
from web.learner.keeping import HEADER, SHARED, WORKER, kept_offline, may_go_on_offline, worker_source


def attempt(**changes: Any) -> SimpleNamespace:
    """A practice in progress without a time limit, but for the changes."""
    mode = changes.pop("mode", QuizMode.PRACTICE)
    usual = {"quiz": SimpleNamespace(mode=mode), "state": AttemptState.IN_PROGRESS, "deadline_at": None}
    return SimpleNamespace(**usual | changes)


def test_a_practice_in_progress_may_be_kept() -> None:
    assert may_go_on_offline(attempt()) is True


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"mode": QuizMode.CHECK}, id="a check"),
        pytest.param({"mode": QuizMode.EXAM}, id="an exam"),
        pytest.param({"deadline_at": datetime(2026, 5, 1, tzinfo=UTC)}, id="its time is counted"),
        pytest.param({"state": AttemptState.SUBMITTED}, id="it is submitted"),
        pytest.param({"state": AttemptState.VOID}, id="it is void"),
    ],
)
def test_no_other_attempt_may_be_kept(changes: Mapping[str, Any]) -> None:
    assert may_go_on_offline(attempt(**changes)) is False


def test_a_kept_response_is_the_same_but_for_its_header() -> None:
    response = HttpResponse("text")
    assert kept_offline(response) is response
    assert (response[HEADER], response.content) == ("offline", b"text")


@pytest.fixture
def fresh_source() -> Iterator[Any]:
    worker_source.cache_clear()
    yield worker_source
    worker_source.cache_clear()


def test_the_worker_names_every_shared_file_and_where_the_rest_of_it_stands(fresh_source: Any) -> None:
    release, files, rest = fresh_source().splitlines()
    assert release.startswith('const RELEASE = "')
    assert all(f'"{static(name)}"' in files for name in SHARED)
    assert rest == f'importScripts("{static(WORKER)}");'


def test_another_set_of_files_is_another_release(fresh_source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fresh_source()
    fresh_source.cache_clear()
    assert fresh_source() == before
    fresh_source.cache_clear()
    monkeypatch.setattr(storage.staticfiles_storage, "manifest_hash", "another", raising=False)
    assert fresh_source() != before


def test_every_shared_file_is_there() -> None:
    assert [name for name in (*SHARED, WORKER) if find(name) is None] == []
