"""How a course reads each passage: as the cleaner saw it, or as an instructor decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from authoring.domain import layout as layouts
from authoring.domain.layout import Layout, Stretch, Text
from authoring.domain.text_edits import Decided, Editor, decide, open_edit
from course.domain.anchors import anchors_that_stand
from course.domain.lesson_page import UNREAD
from course.errors import CannotRearrange
from course.models import Course, EditKind, Lesson, Passage, Revision, TextEdit
from course.reading.lines import count_words
from course.reading.outline import PassageKind, Span
from quizzes.models import QuestionVersion, VersionState

CHOICES = (
    PassageKind.PARAGRAPH,
    PassageKind.HEADING,
    PassageKind.LIST_ITEM,
    PassageKind.QUOTE,
    PassageKind.FIGURE,
    PassageKind.BOILERPLATE,
)
"""What an instructor can make of a passage; boilerplate leaves it out."""

SUBJECT = 60


@dataclass(frozen=True, slots=True)
class SeenPassage:
    """A passage with its text, as the course reads it: `kind` after the instructor's decision, `found` before it.

    `number` counts the passages of the course from 1 and names the passage in its pages. `is_decided` says whether an
    instructor overruled the cleaner.
    """

    number: int
    passage: Passage
    revision: Revision
    text: str
    kind: PassageKind
    lesson: Stretch | None
    starts_lesson: bool
    is_decided: bool

    @property
    def found(self) -> PassageKind:
        """What the cleaner took it for."""
        return PassageKind(self.passage.kind)

    @property
    def span(self) -> Span:
        """Where it stands, half-open, in characters of the revision's text."""
        return Span(self.passage.start, self.passage.end)

    @property
    def is_read(self) -> bool:
        """Whether learners read it as things stand."""
        return self.kind not in UNREAD and (self.is_decided or not self.passage.reason)

    @property
    def is_in_lesson(self) -> bool:
        """Whether its lesson reaches over all of it; what stands between two lessons is in neither."""
        lesson = self.lesson
        return lesson is not None and lesson.start <= self.span.start and self.span.end <= lesson.end

    @property
    def is_dropped(self) -> bool:
        """Whether the cleaner dropped it, whatever was decided since."""
        return self.found in UNREAD or bool(self.passage.reason)

    @property
    def words(self) -> int:
        """How many words of running text it adds to its lesson."""
        return count_words(self.text) if self.is_read and self.kind != PassageKind.HEADING else 0


def seen_passages(course: Course, layout: Layout | None = None) -> list[SeenPassage]:
    """Every passage of the course's articles in reading order, dropped ones too; three queries, two with `layout`."""
    cut = _layout_of(course) if layout is None else layout
    revisions = Revision.objects.in_bulk({each.text.revision for each in cut})
    seen = []
    for number, row in enumerate(_rows(course, {each.text for each in cut}), 1):
        home = layouts.home(cut, Text(row.revision_id, row.cleaner), row.start)
        kind = PassageKind(row.effective_kind)
        starts = home is not None and home.start == row.start and kind == PassageKind.HEADING
        revision = revisions[row.revision_id]
        text = revision.text[row.start : row.end]
        is_decided = row.decided_kind is not None
        seen.append(SeenPassage(number, row, revision, text, kind, home, starts, is_decided))
    return seen


def _layout_of(course: Course) -> Layout:
    lessons = Lesson.objects.filter(course=course.pk).order_by("position")
    return tuple(map(layouts.stretch_of, lessons))


def _rows(course: Course, texts: Iterable[Text]) -> Any:
    of_article = Q(pk__in=[])
    for revision, cleaner in texts:
        of_article |= Q(revision=revision, cleaner=cleaner)
    return (
        Passage.objects.filter(of_article)
        .annotate(decision=FilteredRelation("decisions", condition=Q(decisions__course=course.pk)))
        .annotate(decided_kind=F("decision__kind"), effective_kind=Coalesce("decision__kind", "kind"))
        .order_by("revision", "position")
    )


def passage_at(passages: Sequence[SeenPassage], number: int) -> SeenPassage:
    """The passage with this number. Raises CannotRearrange when there is none."""
    if not 1 <= number <= len(passages):
        raise CannotRearrange("This line is not there any more. Look at the text as it is now.")
    return passages[number - 1]


@transaction.atomic
def decide_passage(course: Course, *, number: int, kind: PassageKind | None, editor: Editor) -> TextEdit | None:
    """The passage is of this kind in this course; boilerplate or a pull quote leaves it out, any other has it read.

    None reads it as what the cleaner found, or as a paragraph where that had left it out. What the cleaner found needs
    no decision: deciding for it takes an earlier decision away. Returns None when nothing changes. Raises TextEdited
    when the text changed since the editor looked, and CannotRearrange for a number that no passage has.
    """
    opened = open_edit(course, editor)
    seen = passage_at(seen_passages(course, opened.was.layout), number)
    kind = kind or (PassageKind.PARAGRAPH if seen.is_dropped else seen.found)
    leaves_out = kind in UNREAD
    if (not seen.is_read) if leaves_out else (seen.is_read and seen.kind == kind):
        return None
    is_as_found = seen.is_dropped if leaves_out else (kind == seen.found and not seen.passage.reason)
    opened.decided = decide(
        course, [Decided(seen.passage.pk, "" if is_as_found else kind.value)], editor=editor, at=opened.at
    )
    opened.settle(_read_in(course, opened.was.layout, seen))
    return opened.close(_edit_kind(seen, kind), subject=shortened(seen.text))


def _edit_kind(seen: SeenPassage, kind: PassageKind) -> EditKind:
    if kind in UNREAD:
        return EditKind.DROP
    return EditKind.RECAST if seen.is_read else EditKind.KEEP


def _read_in(course: Course, layout: Layout, seen: SeenPassage) -> Layout:
    """The layout in which the passage's lesson reaches over it; the cleaner may have cut the lesson without it."""
    wider = layouts.reach(layout, seen.lesson, seen.span) if seen.lesson else layout
    return layouts.with_words(wider, words_of(seen_passages(course, wider)))


def words_of(passages: Iterable[SeenPassage]) -> dict[UUID, int]:
    """The words of running text in each lesson."""
    words: dict[UUID, int] = {}
    for seen in passages:
        if seen.lesson and seen.is_in_lesson:
            words[seen.lesson.uuid] = words.get(seen.lesson.uuid, 0) + seen.words
    return words


def shortened(text: str) -> str:
    """The first words of a passage, to name it by."""
    return text if len(text) <= SUBJECT else f"{text[: SUBJECT - 1].rsplit(' ', 1)[0]}…"


def questions_proven_in(course: Course, passages: Sequence[SeenPassage]) -> dict[int, int]:
    """How many questions that are or may be asked each of the passages proves, by its number; one query."""
    if not passages:
        return {}
    asked = QuestionVersion.objects.filter(question__course=course.pk).exclude(state=VersionState.RETIRED)
    anchors = anchors_that_stand().filter(
        question__in=asked.values("uuid"), revision__in={seen.revision.pk for seen in passages}
    )
    places = list(anchors.order_by("pk").values_list("revision", "start", "question"))
    return {
        seen.number: len({which for text, at, which in places if text == seen.revision.pk and at in _span(seen)})
        for seen in passages
    }


def _span(seen: SeenPassage) -> range:
    return range(seen.span.start, seen.span.end)
