"""What people gave for earlier answers to a question, for graders that do not know the key by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from quizzes.answer_groups import reads_as
from quizzes.domain.manual_queue import BY_PEOPLE, TAKEN_BACK
from quizzes.models import AutomaticAccept, GradingEvent, QuestionVersion, Response
from quizzes.penalties import raw_fraction
from quizzes.questions import UnknownKind, question_type

MOST_REFERENCES = 200
"""Different answers to one question that its grader is given, the newest first."""
LOOKED_AT = 2 * MOST_REFERENCES
"""Graded answers of one question that are read to find them: many say the same."""


@dataclass(frozen=True, slots=True)
class Precedents:
    """For one question: `references` as {"text", "fraction"}, and `settings` as {"automatic_accept": bool}."""

    references: tuple[Mapping[str, Any], ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


NONE = Precedents()


def precedents_for(responses: Iterable[Response]) -> dict[int, Precedents]:
    """By question (key), what its grader is to know; only for those that rules alone do not grade.

    Two queries whatever the number of responses, none where rules grade all. They come with version and question.
    """
    versions = {response.version_id: response.version for response in responses}.values()
    questions = {version.question_id for version in versions if _asks_people(version)}
    if not questions:
        return {}
    trusted = AutomaticAccept.objects.filter(question__in=questions, is_on=True).values_list("question", flat=True)
    references = _references(questions)
    on = set(trusted)
    return {key: Precedents(references.get(key, ()), {"automatic_accept": key in on}) for key in questions}


def _asks_people(version: QuestionVersion) -> bool:
    try:
        return question_type(version.kind).grader_for(version.content) != "rules"
    except UnknownKind:
        return False


def _references(questions: Iterable[int]) -> dict[int, tuple[Mapping[str, Any], ...]]:
    found: dict[int, dict[str, Mapping[str, Any]]] = {}
    for question, answer, fraction, detail in _standing(questions):
        known = found.setdefault(question, {})
        if isinstance(answer, str) and len(known) < MOST_REFERENCES:
            right = raw_fraction(fraction, detail)
            known.setdefault(reads_as(answer), {"text": answer, "fraction": float(right or 0)})
    return {question: tuple(known.values()) for question, known in found.items()}


def _standing(questions: Iterable[int]) -> QuerySet[GradingEvent, Any]:
    """The newest decisions of people that still stand: question, answer, fraction and detail of each."""
    newer = GradingEvent.objects.filter(response=OuterRef("response"), number__gt=OuterRef("number"))
    decided = GradingEvent.objects.filter(
        ~Exists(newer), version__question__in=list(questions), cause_kind__in=BY_PEOPLE, fraction__isnull=False
    ).exclude(detail__has_key=TAKEN_BACK)
    place = Window(RowNumber(), partition_by=F("version__question"), order_by=[F("at").desc(), F("pk").desc()])
    newest = decided.annotate(place=place).filter(place__lte=LOOKED_AT).order_by("place")
    return newest.values_list("version__question", "response__answer", "fraction", "detail")
