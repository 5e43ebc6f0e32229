"""What an entry of the audit log speaks of, in words: the log itself holds public ids alone, and no names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from accounts.models import AuditEntry
from course.models import Cohort, Concept, Enrollment
from hooks.models import Endpoint
from language import marked, say
from quizzes.domain.questions import title_of
from quizzes.models import Appeal, Attempt, ListImport, ListKind, QuestionVersion, Quiz, RegradeRun

Names = Mapping[str, str]
LONGEST = 80

LISTS = {ListKind.PEOPLE: marked("a list of people"), ListKind.GRADES: marked("a list of grades")}
PLAIN = {
    "course": marked("the course"),
    "article": marked("the article"),
    "code": marked("a join code"),
    "person": marked("a person"),
}
"""Kinds of things that have no name of their own."""

GONE = {
    "quiz": marked("a quiz that is gone"),
    "question": marked("a question that is gone"),
    "concept": marked("a concept that is gone"),
    "cohort": marked("a cohort that is gone"),
    "enrollment": marked("a part that is gone"),
    "appeal": marked("an appeal that is gone"),
    "attempt": marked("an attempt that is gone"),
    "regrade": marked("a regrade that is gone"),
    "list": marked("a list that is gone"),
    "endpoint": marked("an endpoint that is gone"),
}
"""Kinds that have a name while they are there."""


def things_named(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """By subject, what each entry speaks of as it is called today; a query for each kind of thing, two for regrades."""
    wanted: dict[str, dict[str, str]] = {}
    for entry in entries:
        kind, _, public_id = entry.subject.partition(":")
        wanted.setdefault(kind, {})[public_id] = entry.subject
    named = {}
    for kind, subjects in wanted.items():
        names = NAMES[kind]([each for each in subjects if _is_uuid(each)]) if kind in NAMES else {}
        for public_id, subject in subjects.items():
            named[subject] = names.get(public_id) or say(PLAIN.get(kind) or GONE.get(kind) or subject)
    return named


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _quizzes(ids: list[str]) -> Names:
    rows = Quiz.objects.filter(uuid__in=ids).values_list("uuid", "title")
    return {str(uuid): say("the quiz “{title}”", title=title) for uuid, title in rows}


def _questions(ids: list[str]) -> Names:
    titles = _titles(question__uuid__in=ids)
    return {str(question.uuid): say("the question “{title}”", title=title) for question, title in titles.items()}


def _titles(**which: Any) -> dict[Any, str]:
    """By question, what it asks in its newest version, cut to what fits in a line."""
    versions = QuestionVersion.objects.filter(**which).select_related("question").order_by("number")
    return {version.question: _short(title_of(version)) for version in versions}


def _concepts(ids: list[str]) -> Names:
    rows = Concept.objects.filter(uuid__in=ids).order_by("pk").values_list("uuid", "term")
    return {str(uuid): say("the concept “{term}”", term=term) for uuid, term in rows}


def _cohorts(ids: list[str]) -> Names:
    rows = Cohort.objects.filter(uuid__in=ids).order_by("pk").values_list("uuid", "name")
    return {str(uuid): say("the cohort “{name}”", name=name) for uuid, name in rows}


def _parts(ids: list[str]) -> Names:
    parts: Any = Enrollment.objects.filter(uuid__in=ids).select_related("user")
    return {str(part.uuid): say("the part of {user}", user=part.user) for part in parts}


def _appeals(ids: list[str]) -> Names:
    rows: Any = Appeal.objects.filter(uuid__in=ids)
    related = rows.select_related("response__version__question", "response__attempt__enrollment__user")
    return {str(appeal.uuid): _appeal_named(appeal) for appeal in related}


def _appeal_named(appeal: Any) -> str:
    title, enrollment = _short(title_of(appeal.response.version)), appeal.response.attempt.enrollment
    if enrollment is None:
        return say("an appeal about “{title}”", title=title)
    return say("the appeal of {user} about “{title}”", user=enrollment.user, title=title)


def _attempts(ids: list[str]) -> Names:
    attempts: Any = Attempt.objects.filter(uuid__in=ids).select_related("quiz", "enrollment__user")
    return {str(attempt.uuid): _attempt_named(attempt) for attempt in attempts}


def _attempt_named(attempt: Any) -> str:
    if attempt.enrollment is None:
        return say("an attempt at “{title}” without an account", title=attempt.quiz.title)
    number, user = attempt.number, attempt.enrollment.user
    return say("attempt {number} of {user} at “{title}”", number=number, user=user, title=attempt.quiz.title)


def _regrades(ids: list[str]) -> Names:
    runs: Any = list(RegradeRun.objects.filter(uuid__in=ids).select_related("quiz", "question"))
    asked = [run.question for run in runs if run.question]
    titles = _titles(question__in=asked) if asked else {}
    return {str(run.uuid): _regrade_named(run.quiz, titles.get(run.question)) for run in runs}


def _regrade_named(quiz: Quiz | None, title: str | None) -> str:
    if quiz and title is not None:
        return say("a regrade of “{title}” in “{quiz}”", title=title, quiz=quiz.title)
    if quiz:
        return say("a regrade of the quiz “{title}”", title=quiz.title)
    return say("a regrade") if title is None else say("a regrade of “{title}”", title=title)


def _lists(ids: list[str]) -> Names:
    rows = ListImport.objects.filter(uuid__in=ids).order_by("pk").values_list("uuid", "kind")
    return {str(uuid): say(LISTS[ListKind(kind)]) for uuid, kind in rows}


def _endpoints(ids: list[str]) -> Names:
    # Whoever reads the history may not be shown all of the address: it may hold a secret.
    rows = Endpoint.objects.filter(uuid__in=ids).values_list("uuid", "address")
    return {str(uuid): say("the endpoint at {host}", host=urlsplit(address).hostname) for uuid, address in rows}


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


NAMES: Mapping[str, Callable[[list[str]], Names]] = {
    "quiz": _quizzes,
    "question": _questions,
    "concept": _concepts,
    "cohort": _cohorts,
    "enrollment": _parts,
    "appeal": _appeals,
    "attempt": _attempts,
    "regrade": _regrades,
    "list": _lists,
    "endpoint": _endpoints,
}
