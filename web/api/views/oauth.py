"""Where systems get their tokens and take them back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views import RevokeTokenView, TokenView

from web.api.limits import Rate, count_refusal, refusals

REFUSED = (400, 401)


class _Limited:
    """Who was refused too often within a minute waits: the secret, whose check is dear, is not looked at."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rate = refusals(request)
        if rate is not None and not rate.left:
            return wait(rate)
        answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]  # -- the view beside this
        if answer.status_code in REFUSED:
            count_refusal(request)
        return answer


def wait(rate: Rate) -> JsonResponse:
    """As RFC 6749 tells errors, and when to come back."""
    answer = JsonResponse({"error": "temporarily_unavailable"}, status=429)
    answer["Retry-After"] = str(rate.reset)
    return answer


class Token(_Limited, TokenView):
    """`/oauth/token/`"""


class Revoke(_Limited, RevokeTokenView):
    """`/oauth/revoke/`"""
