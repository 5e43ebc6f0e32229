"""What a browser may keep for times without a connection, and the release that it belongs to."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.templatetags.static import static

from quizzes.models import AttemptState, QuizMode

HEADER = "Postil-Keep"
"""On the pages that may be kept; static/js/worker.js looks for it."""

WORKER = "js/worker.js"
SHARED = (
    "postil.css",
    "icons.svg",
    "favicon.svg",
    "js/offline.js",
    "js/unsent.js",
    "js/words.js",
    "js/journal.js",
    "js/answering.js",
    "js/submitting.js",
)
"""Files that kept pages need, also where another module asks for them and no page names them."""


def kept_offline(response: HttpResponse) -> HttpResponse:
    """The same response, which a browser may keep until somebody else signs in."""
    response[HEADER] = "offline"
    return response


def may_go_on_offline(attempt: Any) -> bool:
    """Whether the attempt's page may be kept: a practice in progress whose time nobody counts.

    Such a page tells of a key only what its learner has been told on it already.
    """
    is_untimed = attempt.state == AttemptState.IN_PROGRESS and attempt.deadline_at is None
    return bool(is_untimed and attempt.quiz.mode == QuizMode.PRACTICE)


@cache
def worker_source() -> str:
    """The service worker: another text for every release whose files differ in anything."""
    files = [static(name) for name in SHARED]
    worker = static(WORKER)
    release = hashlib.sha256(json.dumps([files, worker, manifest_hash()]).encode()).hexdigest()[:12]
    lines = [f"const RELEASE = {json.dumps(release)};", f"const FILES = {json.dumps(files)};"]
    return "\n".join([*lines, f"importScripts({json.dumps(worker)});", ""])


def manifest_hash() -> str:
    """What all static files come to; "" where they have no manifest, as while developing."""
    return str(getattr(staticfiles_storage, "manifest_hash", ""))
