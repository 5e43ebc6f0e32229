"""What people gave for earlier answers to a question, for graders that do not know the key by rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, TextField, Window
from django.db.models.functions import Coalesce, RowNumber, Substr

from course.domain.anchors import newest_standing_first
from course.models import Passage
from quizzes.answer_groups import reads_as
from quizzes.domain.manual_queue import BY_PEOPLE, IMPORTED, TAKEN_BACK
from quizzes.grading import heeds_precedents
from quizzes.models import AutomaticAccept, GradingEvent, QuestionVersion, Response
from quizzes.penalties import raw_fraction
from quizzes.questions import UnknownKind, question_type

MOST_REFERENCES = 200
"""Different answers to one question that its grader is given, the newest first."""
LOOKED_AT = 2 * MOST_REFERENCES
"""Graded answers of one question that are read to find them: many say the same."""


@dataclass(frozen=True, slots=True)
class Precedents:
    """For one question: `references` as {"text", "fraction"}, and `settings` as {"automatic_accept": bool}, with
    {"encoder": {"folder", "digest"}} where this installation has one.

    `passages` has by version (uuid) the text that its evidence stands in.
    """

    references: tuple[Mapping[str, Any], ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    passages: Mapping[UUID, str] = field(default_factory=dict)

    def for_version(self, version: UUID) -> Precedents:
        """The same with the passage of this version, if it has one, among the settings: what its grader is given."""
        passage = self.passages.get(version)
        settings = self.settings if passage is None else {**self.settings, "passage": passage}
        return replace(self, settings=settings, passages={})

    @property
    def digest(self) -> str:
        """References and settings as a hash, "" where there are none. Grading by the same hash gives the same."""
        if not self.references and not self.settings:
            return ""
        told = json.dumps([list(map(dict, self.references)), dict(self.settings)], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()


NONE = Precedents()


def precedents_for(responses: Iterable[Response]) -> dict[int, Precedents]:
    """By question (key), what its grader is to know; only for those that rules alone do not grade.

    Two queries whatever the number of responses, a third where a grader heeds what it is told, none where rules grade
    all. They come with version and question.
    """
    versions = {response.version_id: response.version for response in responses}.values()
    asking = [version for version in versions if _asks_people(version)]
    questions = {version.question_id for version in asking}
    if not questions:
        return {}
    heeding = {version.question_id for version in asking if heeds_precedents(version.kind, version.content)}
    passages = passages_told(heeding) if heeding else {}
    trusted = AutomaticAccept.objects.filter(question__in=questions, is_on=True).values_list("question", flat=True)
    references = _references(questions)
    on = set(trusted)
    return {
        key: Precedents(references.get(key, ()), {"automatic_accept": key in on, **_encoder(key in heeding)}, passages)
        for key in questions
    }


def _encoder(is_heeded: bool) -> dict[str, Any]:
    """The sentence encoder of this installation as a setting of a grader, if there is one and it is heeded."""
    return {"encoder": dict(settings.ENCODER)} if is_heeded and settings.ENCODER else {}


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
    later = GradingEvent.objects.filter(response=OuterRef("response"), number__gt=OuterRef("number"))
    newer = later.exclude(detail__has_key=IMPORTED)
    decided = GradingEvent.objects.filter(
        ~Exists(newer), version__question__in=list(questions), cause_kind__in=BY_PEOPLE, fraction__isnull=False
    ).exclude(detail__has_any_keys=[TAKEN_BACK, IMPORTED])
    place = Window(RowNumber(), partition_by=F("version__question"), order_by=[F("at").desc(), F("pk").desc()])
    newest = decided.annotate(place=place).filter(place__lte=LOOKED_AT).order_by("place")
    return newest.values_list("version__question", "response__answer", "fraction", "detail")


def passages_told(questions: Iterable[int]) -> dict[UUID, str]:
    """By version (uuid) of these questions, the passages that its evidence begins in, in the text that is read today.

    What the text of today has lost counts where it last stood. A revision read by several versions of the cleaner has
    several passages there: the one read last counts.
    """
    around = Passage.objects.filter(
        revision=OuterRef("revision"), start__lte=OuterRef("start"), end__gt=OuterRef("start")
    )
    text = around.order_by("-pk").annotate(text=Substr("revision__text", F("start") + 1, F("end") - F("start")))
    versions = QuestionVersion.objects.filter(question__in=questions).values("uuid")
    rows = (
        newest_standing_first()
        .filter(question__in=versions)
        .annotate(passage=Coalesce(Subquery(text.values("text")[:1]), "quote", output_field=TextField()))
    )
    found: dict[UUID, dict[int, list[str]]] = {}
    for version, revision, passage in rows.values_list("question", "revision", "passage"):
        if version is not None:
            found.setdefault(version, {}).setdefault(revision, []).append(passage)
    return {version: "\n".join(dict.fromkeys(next(iter(of.values())))) for version, of in found.items()}
