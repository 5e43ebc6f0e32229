"""A lesson as it is read: its passages in order, the concepts named in each, and what stands before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from course.domain.anchors import anchors_that_stand
from course.models import Anchor, ConceptState, Enrollment, Lesson, LessonReading, Passage
from course.reading.outline import PassageKind
from course.rules import courses_readable_to, reader_key
from jobs.domain.prepared import first, prepared

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

UNREAD = (PassageKind.BOILERPLATE, PassageKind.PULL_QUOTE)
"""Kinds that are kept and shown to the instructor, but not read."""


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """What a reader is told of a concept; `kind` is a ConceptKind."""

    pk: int
    slug: str
    term: str
    definition: str
    kind: str


@dataclass(frozen=True, slots=True)
class Term:
    """Words of a passage that name a concept; `is_first` on its first mention in the lesson, where the note stands."""

    text: str
    concept: NamedConcept
    is_first: bool


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage cut into plain strings and terms, in order; joined, they are the passage."""

    position: int
    kind: PassageKind
    level: int
    start: int
    end: int
    pieces: tuple[str | Term, ...]

    @property
    def text(self) -> str:
        """The passage as plain text."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def concepts(self) -> list[NamedConcept]:
        """The concepts whose notes stand at this passage, in order."""
        return [piece.concept for piece in self.pieces if isinstance(piece, Term) and piece.is_first]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """Everything a lesson's page shows. `siblings` are all lessons of the course in order, each with `is_read`."""

    lesson: Lesson
    passages: tuple[ReadPassage, ...]
    siblings: tuple[Any, ...]

    @property
    def index(self) -> int:
        """The lesson's place among its siblings, from 0."""
        return next(i for i, sibling in enumerate(self.siblings) if sibling.pk == self.lesson.pk)

    @property
    def previous(self) -> Any:
        """The lesson before, or None."""
        return self.siblings[self.index - 1] if self.index else None

    @property
    def next(self) -> Any:
        """The lesson after, or None."""
        return self.siblings[self.index + 1] if self.index + 1 < len(self.siblings) else None

    @property
    def minutes(self) -> int:
        """How long a careful reader needs, at least 1."""
        return max(1, round(self.lesson.words / WORDS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a lesson from one heading to the next; `number` counts from 1.

    Half-open, in characters of the revision's text. Its last passage starts at `last`.
    """

    number: int
    start: int
    end: int
    last: int


def sections_of(passages: Iterable[ReadPassage]) -> tuple[Section, ...]:
    """The lesson's sections in order; headings without a passage of their own stand before the next one's."""
    sections: list[Section] = []
    start: int | None = None
    is_open = False
    for passage in passages:
        start = passage.start if start is None else start
        if passage.kind == PassageKind.HEADING:
            start, is_open = (passage.start, False) if is_open else (start, False)
        elif is_open:
            sections[-1] = replace(sections[-1], end=passage.end, last=passage.start)
        else:
            sections.append(Section(len(sections) + 1, start, passage.end, passage.start))
            start, is_open = passage.end, True
    return tuple(sections)


WORDS_A_MINUTE = 200
"""A careful reader's pace: Brysbaert, Journal of Memory and Language 109 (2019), 238 for non-fiction, rounded down."""


def lesson_page(lesson: Lesson, *, enrollment: Enrollment | None, siblings: Iterable[Any] | None = None) -> LessonPage:
    """The lesson's page; three queries beside the revision's text, which comes with `lesson`.

    `siblings` stands in for the course's lessons where a caller knows more of them than what was read.
    """
    return LessonPage(
        lesson=lesson,
        passages=tuple(_read_passages(lesson, _mentions_in(lesson))),
        siblings=tuple(lessons_with_reading(lesson.course_id, enrollment) if siblings is None else siblings),
    )


def plain_passages(lesson: Lesson) -> tuple[ReadPassage, ...]:
    """The lesson's passages as they are read, without its concepts; one query beside the revision's text."""
    return tuple(_read_passages(lesson, ()))


def lesson_readable_by(person: User | AnonymousUser, *, course: str, slug: str) -> Lesson | None:
    """The lesson with its course, revision and article, if the person may read it; None when there is none. One query.

    `course` is the course's slug.
    """
    found: Lesson | None = first(_lessons(person=reader_key(person), course=course, slug=slug))
    return found


@prepared
def _lessons(*, person: int | None, course: str, slug: str) -> QuerySet[Lesson]:
    lessons = Lesson.objects.filter(course__in=courses_readable_to(person).filter(slug=course), slug=slug)
    return lessons.select_related("course", "revision__article")


def passages_of(lesson: Lesson) -> QuerySet[Any]:
    """All passages of the lesson with `effective_kind`: what the course's instructor decided, else the cleaner's."""
    return passages_seen(lesson).filter(start__gte=lesson.start, end__lte=lesson.end)


def passages_seen(lesson: Lesson) -> QuerySet[Any]:
    """All passages of the lesson's revision as its cleaner saw them, in order, with `effective_kind` in its course."""
    return _seen(revision=lesson.revision_id, cleaner=lesson.cleaner, course=lesson.course_id)


def _seen(*, revision: int, cleaner: str, course: int) -> QuerySet[Any]:
    return (
        Passage.objects.filter(revision=revision, cleaner=cleaner)
        .annotate(decision=FilteredRelation("decisions", condition=Q(decisions__course=course)))
        .annotate(decided_kind=F("decision__kind"), effective_kind=Coalesce("decision__kind", "kind"))
        .order_by("position")
    )


@prepared
def _passages(*, revision: int, cleaner: str, course: int, start: int, end: int) -> QuerySet[Any, Any]:
    seen = _seen(revision=revision, cleaner=cleaner, course=course).filter(start__gte=start, end__lte=end)
    return seen.values_list(
        "position", "kind", "level", "start", "end", "reason", "decided_kind", "effective_kind", named=True
    )


def lessons_with_reading(course: int, enrollment: Enrollment | int | None) -> QuerySet[Any]:
    """The course's lessons in order, each annotated with `is_read` for the learner."""
    read = LessonReading.objects.filter(enrollment=enrollment, lesson=OuterRef("pk"))
    return Lesson.objects.filter(course=course).annotate(is_read=Exists(read)).order_by("position")


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a concept is named: half-open, in characters of the revision's text."""

    start: int
    end: int
    concept: NamedConcept


def _mentions_in(lesson: Lesson) -> list[_Mention]:
    rows = _mentions(revision=lesson.revision_id, start=lesson.start, end=lesson.end, course=lesson.course_id)
    return [_Mention(start, end, NamedConcept(*concept)) for start, end, *concept in rows]


@prepared
def _mentions(*, revision: int, start: int, end: int, course: int) -> QuerySet[Anchor, Any]:
    anchors = anchors_that_stand().filter(
        revision=revision,
        start__gte=start,
        end__lte=end,
        mention__concept__course=course,
        mention__concept__state=ConceptState.ACCEPTED,
    )
    named = [f"mention__concept__{field}" for field in ("pk", "slug", "term", "definition", "kind")]
    return anchors.order_by("start", "-end").values_list("start", "end", *named)


def _read_passages(lesson: Lesson, mentions: Sequence[_Mention]) -> list[ReadPassage]:
    text, passages = lesson.revision.text, []
    seen: set[int] = set()
    for passage in _passages(
        revision=lesson.revision_id,
        cleaner=lesson.cleaner,
        course=lesson.course_id,
        start=lesson.start,
        end=lesson.end,
    ):
        kind = PassageKind(passage.effective_kind)
        was_overruled = passage.decided_kind is not None
        if kind in UNREAD or (passage.reason and not was_overruled) or _is_title(passage, lesson):
            continue
        inside = [each for each in mentions if passage.start <= each.start and each.end <= passage.end]
        pieces = _pieces(text, passage.start, passage.end, inside, seen)
        passages.append(ReadPassage(passage.position, kind, passage.level, passage.start, passage.end, tuple(pieces)))
    return passages


def _is_title(passage: Any, lesson: Lesson) -> bool:
    return bool(passage.effective_kind == PassageKind.HEADING and passage.start == lesson.start)


def _pieces(text: str, start: int, end: int, mentions: Sequence[_Mention], seen: set[int]) -> list[str | Term]:
    pieces: list[str | Term] = []
    reached = start
    for each in mentions:
        if each.start < reached:
            continue
        is_first = each.concept.pk not in seen
        pieces += [text[reached : each.start], Term(text[each.start : each.end], each.concept, is_first)]
        seen.add(each.concept.pk)
        reached = each.end
    return [piece for piece in [*pieces, text[reached:end]] if piece]
