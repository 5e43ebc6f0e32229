"""What the reference site holds for a run: one lesson, its questions, and learners who are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from tests.benchmarks.reference.models import Lesson, Question


def seed(*, text: str, questions: Sequence[Sequence[Any]], learners: int) -> dict[str, Any]:
    """{"lesson", "quiz", "sessions"}: two paths and a session key for each learner.

    A question is [stem, [option, …], position of the right option from 0].
    """
    call_command("migrate", run_syncdb=True, verbosity=0)
    lesson = Lesson.objects.create(title="The lesson", text=text)
    Question.objects.bulk_create(
        Question(lesson=lesson, position=position, stem=stem, options=options, key=key)
        for position, (stem, options, key) in enumerate(questions, 1)
    )
    sessions = [session_of(number) for number in range(learners)]
    return {"lesson": f"/lesson/{lesson.pk}/", "quiz": f"/quiz/{lesson.pk}/", "sessions": sessions}


def session_of(number: int) -> str:
    """The key of a session in which a new learner is signed in."""
    learner = get_user_model()._default_manager.create(username=f"learner{number}")
    store = SessionStore()
    store[SESSION_KEY] = str(learner.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = learner.get_session_auth_hash()
    store.create()
    return str(store.session_key)
