"""What a changed text does to a course, for the person who decides about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from authoring.domain.build import CLEANER
from course.domain.anchors import anchors_of_every_text
from course.domain.carrying import CarriedAnchor, CarriedDecision
from course.domain.text_changes import plan_of
from course.models import Anchor, AnchorStatus, Concept, ConceptState, Lesson, Mention, TextChange, TextChangeState
from course.reading.changed_lines import ChangedLine, Fate, changed_lines, words_by_fate
from quizzes.domain.questions import title_of
from quizzes.models import QuestionVersion, VersionState


@dataclass(frozen=True, slots=True)
class AffectedQuestion:
    """A question whose evidence is in other words, at another place, or gone: what stood there, and what does now."""

    version: QuestionVersion
    title: str
    status: AnchorStatus
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AffectedConcept:
    """A concept that is named less often, or whose definition quotes what is no longer said; `left` mentions stand."""

    concept: Concept
    moved: int
    orphaned: int
    left: int
    has_lost_definition: bool


@dataclass(frozen=True, slots=True)
class TextChangeReport:
    """The change in words and in what it moves. `lines` come in runs of one fate; `places` count all anchors."""

    lines: tuple[tuple[Fate, tuple[ChangedLine, ...]], ...]
    words: Mapping[Fate, int]
    places: Mapping[AnchorStatus, int]
    questions: tuple[AffectedQuestion, ...]
    concepts: tuple[AffectedConcept, ...]
    decisions: tuple[CarriedDecision, ...]
    emptied: tuple[Lesson, ...]

    @property
    def exact(self) -> int:
        """Places that stand word for word where they stood."""
        return self.places[AnchorStatus.EXACT]

    @property
    def moved(self) -> int:
        """Places to look at: in other words, or elsewhere."""
        return self.places[AnchorStatus.MOVED]

    @property
    def orphaned(self) -> int:
        """Places that are gone."""
        return self.places[AnchorStatus.ORPHANED]


def text_change_report(change: TextChange) -> TextChangeReport:
    """The report on a change that is planned or was applied; of an applied one the places are as they stand today.

    `change` comes with course and both revisions. A constant number of queries.
    """
    plan = plan_of(change, cleaner=CLEANER)
    anchors = _as_today(change, plan.anchors) if change.state == TextChangeState.APPLIED else plan.anchors
    runs = groupby(changed_lines(plan.comparison), key=lambda line: line.fate)
    counts = Counter(each.status for each in anchors)
    return TextChangeReport(
        lines=tuple((fate, tuple(lines)) for fate, lines in runs),
        words=words_by_fate(plan.comparison),
        places={status: counts[status] for status in AnchorStatus},
        questions=tuple(_questions(anchors, change.new.text)),
        concepts=tuple(_concepts(change, anchors)),
        decisions=tuple(each for each in plan.decisions if each.status != AnchorStatus.EXACT),
        emptied=tuple(plan.emptied),
    )


def _as_today(change: TextChange, carried: Sequence[CarriedAnchor]) -> list[CarriedAnchor]:
    """With what was confirmed, or chosen again, since the change was applied."""
    rows = {_source(row): row for row in anchors_of_every_text().filter(revision=change.new)}
    return [
        replace(each, status=AnchorStatus(row.status)) if (row := rows.get(_source(each.anchor))) else each
        for each in carried
    ]


def _source(anchor: Anchor) -> tuple[Any, ...]:
    return anchor.mention_id, anchor.note_id, anchor.definition_id, anchor.question, anchor.ordinal


def _questions(carried: Iterable[CarriedAnchor], text: str) -> list[AffectedQuestion]:
    affected = [each for each in carried if each.anchor.question and each.status != AnchorStatus.EXACT]
    versions = QuestionVersion.objects.filter(uuid__in={each.anchor.question for each in affected})
    by_uuid = {version.uuid: version for version in versions.exclude(state=VersionState.RETIRED)}
    return [
        AffectedQuestion(
            version=version,
            title=title_of(version),
            status=each.status,
            before=each.anchor.quote,
            after="" if each.status == AnchorStatus.ORPHANED else each.span.quote(text),
        )
        for each in affected
        if each.anchor.question and (version := by_uuid.get(each.anchor.question))
    ]


def _concepts(change: TextChange, carried: Iterable[CarriedAnchor]) -> list[AffectedConcept]:
    concepts = Concept.objects.filter(course=change.course_id).exclude(state=ConceptState.REJECTED)
    owners = dict(Mention.objects.filter(concept__in=concepts).values_list("pk", "concept"))
    tallies: dict[int, Counter[AnchorStatus]] = {}
    unsaid = set()
    for each in carried:
        owner = owners.get(each.anchor.mention_id or 0)
        if owner is not None:
            tallies.setdefault(owner, Counter())[each.status] += 1
        elif each.anchor.definition_id and each.status != AnchorStatus.EXACT:
            unsaid.add(each.anchor.definition_id)
    rows = [
        _concept(concept, tallies.get(concept.pk, Counter()), concept.pk in unsaid)
        for concept in concepts.order_by("rank", "pk")
    ]
    return [row for row in rows if row.orphaned or row.moved or row.has_lost_definition]


def _concept(concept: Concept, tally: Counter[AnchorStatus], has_lost_definition: bool) -> AffectedConcept:
    orphaned = tally[AnchorStatus.ORPHANED]
    return AffectedConcept(concept, tally[AnchorStatus.MOVED], orphaned, tally.total() - orphaned, has_lost_definition)


def change_report(change: TextChange, report: TextChangeReport) -> dict[str, Any]:
    """The report as `import_article --course … --json` prints it."""
    return {
        "change": str(change.uuid),
        "state": change.state,
        "from": change.old.number,
        "to": change.new.number,
        "words": {fate.value: count for fate, count in report.words.items()},
        "places": {status.value: count for status, count in report.places.items()},
        "questions": [
            {
                "version": str(each.version.uuid),
                "question": each.title,
                "status": each.status.value,
                "before": each.before,
                "after": each.after,
            }
            for each in report.questions
        ],
        "concepts": [
            {"term": each.concept.term, "moved": each.moved, "orphaned": each.orphaned, "left": each.left}
            for each in report.concepts
        ],
        "emptied": [lesson.title for lesson in report.emptied],
    }
