"""One answer on its way in from a script, and a whole form of them: both end in the same domain call."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.domain.attempts import AttemptOf, save_answer
from web.learner.errors import told_as_json
from web.learner.forms import answer_sent


@require_http_methods(["POST", "PUT"])
@never_cache
@told_as_json
def response(request: HttpRequest, *, attempt: UUID, position: int) -> HttpResponse:
    """The answer is kept: {"sequence", "saved_at", "warning", "client_key"}, the key as it was sent."""
    if not request.user.is_authenticated:
        sign_in = "You are signed out. Sign in again, and your answer will be sent."
        return JsonResponse({"code": "signed_out", "detail": sign_in}, status=401)
    given = answer_sent(request, position)
    saved = save_answer(AttemptOf(request.user.pk, attempt), given=given)
    return JsonResponse(
        {
            "sequence": saved.sequence,
            "saved_at": saved.saved_at and localtime(saved.saved_at),
            "warning": saved.warning,
            "client_key": given.client_key,
        }
    )
