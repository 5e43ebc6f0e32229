"""What is measured while Postil runs, for a Prometheus to fetch: rows of the database, and counts of this process."""

from __future__ import annotations

from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.counters import autosaves
from config.exposition import CONTENT_TYPE, Metric, by, histogram, single
from config.proxies import is_among, networks
from jobs.domain import hints
from jobs.domain.dwell import dwell_of
from jobs.domain.health import Health, health
from quizzes.domain.attempts import GRADE_ATTEMPT
from quizzes.domain.ungraded import Ungraded, ungraded

BEARER = "Bearer "
RARE = {
    "fenced_total": ("fenced", "Runs of a job that were thrown away because another worker had taken it over."),
    "expired_total": ("expired", "Leases that ended before their worker did."),
    "rehint_total": ("hinted again", "Jobs that the sweeper announced because nobody had taken them."),
    "inline_total": ("run inline", "Jobs that the sweeper did itself."),
    "quarantined_total": ("quarantined", "Jobs given up after their last try."),
    "failed_total": ("failed", "Jobs given up because no further try could help."),
}
"""By metric, the tally it is and what that counts."""


@never_cache
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Every metric as text, for who asks from an allowed network or with the token; for others there is nothing here.

    Eight statements at most, whatever the number of rows, and at most 0.4 s of waiting for a broker that is away.
    """
    if not (_is_near(request) or _has_token(request)):
        raise Http404
    return HttpResponse("".join(metric.text() for metric in measured()), content_type=CONTENT_TYPE)


def _is_near(request: HttpRequest) -> bool:
    return is_among(request.META.get("REMOTE_ADDR", ""), networks(settings.METRICS_FROM))


def _has_token(request: HttpRequest) -> bool:
    said = request.headers.get("Authorization", "")
    wanted: str = settings.METRICS_TOKEN
    return bool(wanted) and compare_digest(said.encode(), f"{BEARER}{wanted}".encode())


def measured() -> list[Metric]:
    """Every metric with what it is now."""
    found = health()
    return [*_grades(ungraded(), found), *_sweeper(found), *_rare(found), *_broker(found), *_saves()]


def _grades(waiting: Ungraded, found: Health) -> Iterator[Metric]:
    dwell = dwell_of(GRADE_ATTEMPT, found.tallies)
    yield Metric("postil_ungraded_total", "gauge", "Submitted answers without a grade.", by("state", waiting.counts))
    yield Metric(
        "postil_oldest_ungraded_age_seconds",
        "gauge",
        "For how long the oldest answer waits for a worker to grade it.",
        single(waiting.oldest_age),
    )
    yield Metric(
        "postil_grading_dwell_seconds",
        "histogram",
        "From submitting an attempt to its grade, as the sweeper counted.",
        histogram(dwell.within, count=dwell.done, total=dwell.seconds),
    )
    yield Metric(
        "postil_grading_attempts_total", "counter", "Tries that the graded attempts took.", single(dwell.tries)
    )


def _sweeper(found: Health) -> Iterator[Metric]:
    last = found.swept_at.timestamp() if found.swept_at else None
    yield Metric(
        "postil_sweeper_last_success_timestamp_seconds",
        "gauge",
        "When the sweeper last went through all it has to do.",
        single(last),
    )
    yield Metric("postil_sweeper_age_seconds", "gauge", "For how long it was not heard of.", single(found.sweeper_age))
    yield Metric("postil_sweeper_silent", "gauge", "1 when that is longer than a minute.", single(not found.is_swept))


def _rare(found: Health) -> Iterator[Metric]:
    yield Metric("postil_jobs", "gauge", "Jobs that are not done.", by("state", {**found.live, **found.given_up}))
    yield Metric(
        "postil_oldest_due_age_seconds", "gauge", "For how long the oldest job is due.", single(found.oldest_due_age)
    )
    for name, (tally, words) in RARE.items():
        yield Metric(f"postil_{name}", "counter", words, single(found.tallies.get(tally, 0)))


def _broker(found: Health) -> Iterator[Metric]:
    waiting = hints.waiting()
    yield Metric("postil_broker_up", "gauge", "Whether the broker answers.", single(waiting is not None))
    yield Metric("postil_broker_messages", "gauge", "Hints that no worker has taken yet.", single(waiting))
    words = "Hints that this process could not publish."
    yield Metric("postil_publish_errors_total", "counter", words, single(found.publish_errors))


def _saves() -> Iterator[Metric]:
    words = "Saves of an answer that met a newer one, in this process."
    yield Metric("postil_autosave_409_total", "counter", words, single(autosaves.stale))
    words = "Saves of an answer that failed through our fault, in this process."
    yield Metric("postil_autosave_fail_total", "counter", words, single(autosaves.failed))
