"""What authoring does in the background, told to `jobs` at start-up."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import jobs.domain as jobs
from authoring.domain.kinds import ASK_MODEL, BUILD_COURSE, DRAFT_FURTHER, FETCH_ARTICLE, PLAN_TEXT_CHANGE
from jobs.domain import ClaimedJob
from jobs.models import Job


def register_background_work() -> None:
    """Reading an article is background work: the longest takes some seconds."""
    jobs.register(BUILD_COURSE, work=_build, record=_record, on_give_up=_give_up, lease_seconds=120)
    jobs.register(FETCH_ARTICLE, work=_fetch, record=_record_fetch, on_give_up=_give_up_fetch, lease_seconds=120)
    jobs.register(DRAFT_FURTHER, work=_draft, record=_record_drafts, on_give_up=_give_up_drafting, lease_seconds=120)
    jobs.register(PLAN_TEXT_CHANGE, work=_plan, record=_record_plan, on_give_up=_give_up_plan, lease_seconds=120)
    jobs.register(ASK_MODEL, work=_ask, record=_record_answer, on_give_up=_give_up_asking, lease_seconds=60)


# Every process registers the kinds, but only a worker reads and drafts: what these import would cost the others
# start-up time and memory for nothing.
def _builder() -> Any:
    return import_module("authoring.domain.build")


def _fetcher() -> Any:
    return import_module("authoring.domain.fetching")


def _drafter() -> Any:
    return import_module("authoring.domain.further_drafts")


def _changer() -> Any:
    return import_module("authoring.domain.text_changes")


def _asker() -> Any:
    return import_module("authoring.domain.model_drafts")


def _build(claimed: ClaimedJob) -> Any:
    return _builder().build_course(claimed)


def _record(claimed: ClaimedJob, built: Any) -> dict[str, Any]:
    recorded: dict[str, Any] = _builder().record_build(claimed, built)
    return recorded


def _give_up(job: Job, error: str) -> None:
    _builder().give_up_build(job, error)


def _fetch(claimed: ClaimedJob) -> Any:
    return _fetcher().fetch_article(claimed)


def _record_fetch(claimed: ClaimedJob, brought: Any) -> dict[str, Any]:
    recorded: dict[str, Any] = _fetcher().record_fetch(claimed, brought)
    return recorded


def _give_up_fetch(job: Job, error: str) -> None:
    _fetcher().give_up_fetch(job, error)


def _draft(claimed: ClaimedJob) -> Any:
    return _drafter().draft_further(claimed)


def _record_drafts(claimed: ClaimedJob, further: Any) -> dict[str, int]:
    recorded: dict[str, int] = _drafter().record_further(claimed, further)
    return recorded


def _give_up_drafting(job: Job, error: str) -> None:
    _drafter().give_up_drafting(job, error)


def _plan(claimed: ClaimedJob) -> Any:
    return _changer().plan_text_change(claimed)


def _record_plan(claimed: ClaimedJob, planned: Any) -> dict[str, Any]:
    recorded: dict[str, Any] = _changer().record_text_change(claimed, planned)
    return recorded


def _give_up_plan(job: Job, error: str) -> None:
    _changer().give_up_text_change(job, error)


def _ask(claimed: ClaimedJob) -> Any:
    return _asker().ask_about_lesson(claimed)


def _record_answer(claimed: ClaimedJob, answered: Any) -> dict[str, Any]:
    recorded: dict[str, Any] = _asker().record_answer(claimed, answered)
    return recorded


def _give_up_asking(job: Job, error: str) -> None:
    _asker().give_up_asking(job, error)
