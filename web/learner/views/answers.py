"""What the scripts of an attempt's page ask: that one answer is kept, and how much time is left."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from language import again, say
from quizzes.domain.attempts import AttemptOf, save_answer
from quizzes.domain.time_left import time_left
from web.learner.errors import told_as_json
from web.learner.forms import answer_sent
from web.learner.quiz_wording import limit_in_words, more_time_in_words


@require_http_methods(["POST", "PUT"])
@never_cache
@told_as_json
def response(request: HttpRequest, *, attempt: UUID, position: int) -> HttpResponse:
    """The answer is kept: {"sequence", "saved_at", "warning", "client_key"}, the key as it was sent."""
    if not request.user.is_authenticated:
        return _signed_out(say("You are signed out. Sign in again, and your answer will be sent."))
    given = answer_sent(request, position)
    saved = save_answer(AttemptOf(request.user.pk, attempt), given=given)
    return JsonResponse(
        {
            "sequence": saved.sequence,
            "saved_at": saved.saved_at and localtime(saved.saved_at),
            "warning": again(saved.warning),
            "client_key": given.client_key,
        }
    )


@require_GET
@never_cache
@told_as_json
def time(request: HttpRequest, *, attempt: UUID) -> HttpResponse:
    """What a running timer asks now and then: {"running", "seconds_left", "limit", "news"}, the last two in words."""
    if not request.user.is_authenticated:
        return _signed_out(say("You are signed out. Sign in again to see how much time is left."))
    left = time_left(person=request.user.pk, uuid=attempt)
    words = {"limit": limit_in_words(left.window), "news": more_time_in_words(left.window)}
    return JsonResponse({"running": left.is_running, "seconds_left": left.seconds, **words})


def _signed_out(detail: str) -> HttpResponse:
    return JsonResponse({"code": "signed_out", "detail": detail}, status=401)
