"""Cutting a course's texts into lessons: split, joined, renamed, moved; each an edit that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction

from authoring.domain import layout as layouts
from authoring.domain.arrangement import Arrangement
from authoring.domain.layout import Break, Layout, Stretch
from authoring.domain.passages import SeenPassage, passage_at, seen_passages, shortened, words_of
from authoring.domain.slugs import unique_slug
from authoring.domain.text_edits import Editor, OpenEdit, open_edit
from course.domain.anchors import anchors_that_stand
from course.errors import CannotRearrange
from course.models import Course, EditKind, Lesson, TextEdit
from course.reading.outline import PassageKind
from quizzes.models import QuestionVersion, Quiz


@transaction.atomic
def split_lesson(course: Course, *, number: int, editor: Editor) -> TextEdit:
    """A new lesson begins at the passage with this number; a heading there is its title.

    Who has read the lesson has read both. A quiz that asks about the new lesson's text stands at its end. Raises
    TextEdited, and CannotRearrange when nothing would be left to read on one side.
    """
    opened = open_edit(course, editor)
    passages = seen_passages(course, opened.was.layout)
    first = passage_at(passages, number)
    lesson = _lesson_with(first)
    at = _break_at(passages, first)
    title = first.text if first.kind == PassageKind.HEADING else f"{lesson.title}, continued"
    new, slug = uuid4(), _free_slug(opened.was, title)
    now = layouts.split(opened.was.layout, lesson, at=at, new=new, slug=slug, title=title[:300])
    _settle(opened, now, changed=(lesson.uuid, new))
    _send_quizzes_on(lesson, Lesson.objects.get(uuid=new))
    return opened.close(EditKind.SPLIT, subject=title)


def _lesson_with(passage: SeenPassage) -> Stretch:
    lesson = passage.lesson
    if lesson is None or not lesson.start < passage.span.start < lesson.end:
        raise CannotRearrange("A part begins here already, or no part holds this line.")
    return lesson


def _break_at(passages: Sequence[SeenPassage], first: SeenPassage) -> Break:
    """Where a lesson ends so that the next begins with this passage."""
    ahead = passages[first.number - 2]
    return Break(end=ahead.span.end, start=first.span.start)


def _settle(opened: OpenEdit, now: Layout, *, changed: Sequence[UUID]) -> None:
    """The layout stands with its words counted. Raises CannotRearrange when a changed lesson has nothing to read."""
    passages = seen_passages(opened.course, now)
    reading = {seen.lesson.uuid for seen in passages if seen.lesson and seen.words}
    if not reading.issuperset(changed):
        raise CannotRearrange("Each part needs something to read. Choose another place.")
    counted = {uuid: words for uuid, words in words_of(passages).items() if uuid in changed}
    opened.settle(layouts.with_words(now, counted))


def _free_slug(was: Arrangement, title: str, *, own: Stretch | None = None) -> str:
    """A slug of the title; one that a lesson had leads there for ever, but a lesson may have its own again."""
    mine = str(own.uuid) if own else ""
    taken = {each.slug for each in was.layout if each != own}
    taken |= {slug for slug, lesson in was.old_slugs.items() if lesson != mine}
    return unique_slug(title, taken=taken, fallback=own.slug if own else "lesson")


def _send_quizzes_on(lesson: Stretch, new: Lesson) -> None:
    """Quizzes of the lesson that ask about text of the new one are asked after that."""
    proven = anchors_that_stand().filter(
        revision=new.revision_id, start__gte=new.start, start__lt=new.end, question__isnull=False
    )
    asked = QuestionVersion.objects.filter(uuid__in=proven.values("question")).values("question")
    later = Quiz.objects.filter(lesson__uuid=lesson.uuid, items__question__in=asked)
    Quiz.objects.filter(pk__in=list(later.values_list("pk", flat=True))).update(lesson=new)


@transaction.atomic
def merge_lessons(course: Course, *, lesson: UUID, editor: Editor) -> TextEdit:
    """The lesson holds the text of the one after it, whose quizzes, notes and addresses are its own now.

    Who has read both has read it; every reading comes back when this is taken back. Raises TextEdited, and
    CannotRearrange unless the two follow each other.
    """
    opened = open_edit(course, editor)
    kept = layouts.stretch(opened.was.layout, lesson)
    _settle(opened, layouts.merge(opened.was.layout, kept), changed=(kept.uuid,))
    return opened.close(EditKind.MERGE, subject=kept.title)


@transaction.atomic
def rename_lesson(course: Course, *, lesson: UUID, title: str, editor: Editor) -> TextEdit | None:
    """The lesson has this title and an address made of it; its old address leads there. None when nothing changes."""
    opened = open_edit(course, editor)
    named = layouts.stretch(opened.was.layout, lesson)
    wanted = " ".join(title.split())[:300]
    if not wanted:
        raise CannotRearrange("A part needs a title.")
    if wanted == named.title:
        return None
    slug = _free_slug(opened.was, wanted, own=named)
    opened.settle(layouts.rename(opened.was.layout, named, title=wanted, slug=slug))
    return opened.close(EditKind.RENAME, subject=shortened(named.title))


@transaction.atomic
def move_lesson(course: Course, *, lesson: UUID, to: int, editor: Editor) -> TextEdit | None:
    """The lesson is read as number `to`, from 1; the others keep their order. None when it stands there already."""
    opened = open_edit(course, editor)
    moved = layouts.stretch(opened.was.layout, lesson)
    now = layouts.move(opened.was.layout, moved, to=to - 1)
    if now == opened.was.layout:
        return None
    opened.settle(now)
    return opened.close(EditKind.MOVE, subject=moved.title)


@transaction.atomic
def move_break(course: Course, *, lesson: UUID, by: int, editor: Editor) -> TextEdit:
    """The lesson begins so many read passages later, or earlier when `by` is negative; the one before it ends there.

    Raises TextEdited, and CannotRearrange when it begins its text or one of the two would have nothing to read.
    """
    opened = open_edit(course, editor)
    layout = opened.was.layout
    begun = layouts.stretch(layout, lesson)
    earlier = layouts.before(layout, begun)
    if earlier is None:
        raise CannotRearrange("This part begins its text, so its beginning stays where it is.")
    passages = seen_passages(course, layout)
    beside = [seen for seen in passages if seen.is_read and seen.lesson in (earlier, begun)]
    starts = [seen for seen in beside if seen.span.start >= begun.start]
    place = beside.index(starts[0]) + by if starts else -1
    if not 0 < place < len(beside):
        raise CannotRearrange("Each part needs something to read. Choose another place.")
    now = layouts.move_break(layout, begun, at=_break_at(passages, beside[place]))
    _settle(opened, now, changed=(begun.uuid, earlier.uuid))
    return opened.close(EditKind.BREAK, subject=begun.title)
