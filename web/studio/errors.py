"""What cannot be done, told to an author: a message on the page where they stand, and nothing else changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from course.errors import CourseError
from quizzes.errors import QuizError
from web.studio.access import see

View = Callable[..., HttpResponse]


def told(view: View) -> View:
    """The view of one question with its errors told on that question's page."""

    @wraps(view)
    def telling(request: HttpRequest, *, course: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, course=course, **kwargs)
        except (QuizError, CourseError) as error:
            messages.warning(request, str(error))
            return see(reverse("studio:question", args=[course.slug, kwargs["question"]]))

    return telling
