"""What cannot be done, told to a learner: every QuizError and CourseError becomes a page or a JSON object here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from course.errors import CourseError
from language import again, say
from quizzes.errors import QuizError, StaleAnswer

View = Callable[..., HttpResponse]

STATUSES = {
    "quiz_not_open": 403,
    "attempts_used_up": 403,
    "attempt_too_soon": 403,
    "pool_too_small": 403,
    "may_not_enrol": 403,
    "may_not_answer": 403,
    "not_to_remember": 404,
    "stale_answer": 409,
    "attempt_closed": 410,
    "answer_too_large": 413,
    "unkeepable_answer": 422,
    "not_an_answer": 422,
    "note_too_long": 422,
}
"""HTTP status by the error's code; 409 for any other."""


def told(view: View) -> View:
    """The view with its errors told on a page: what happened, what was kept, where to go."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        except (QuizError, CourseError) as error:
            return render(
                request, "learner/refused.html", {"error": again(str(error)), "places": kwargs}, status=status_of(error)
            )

    return telling


def told_as_json(view: View) -> View:
    """The view with its errors told as {"code", "detail"}; a stale answer brings the newer one and its sequence."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist:
            return JsonResponse({"code": "not_found", "detail": say("There is no such question for you.")}, status=404)
        except StaleAnswer as error:
            newer = {"answer": error.response.answer, "sequence": error.response.sequence}
            return JsonResponse({"code": error.code, "detail": again(str(error)), **newer}, status=409)
        except (QuizError, CourseError) as error:
            return JsonResponse({"code": error.code, "detail": again(str(error))}, status=status_of(error))

    return telling


def status_of(error: QuizError | CourseError) -> int:
    """The HTTP status that goes with the error."""
    return STATUSES.get(error.code, 409)
