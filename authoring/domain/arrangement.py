"""The layout of a course in the database: as it stands, and put into the place of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from authoring.domain import lesson_readings
from authoring.domain.layout import Layout, Stretch, Text, home, stretch_of
from authoring.domain.lesson_readings import Reading
from course.models import Course, Lesson, Note, OldLessonSlug
from quizzes.models import Quiz

OUT_OF_THE_WAY = 1_000_000
"""Above every position: lessons stand there while others take their places, because no two may share one."""

COLUMNS = ("position", "slug", "title", "summary", "start", "end", "words")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The lessons of a course and what hangs on them: quizzes and old slugs, each with the uuid of its lesson."""

    layout: Layout
    quizzes: Mapping[str, str]
    old_slugs: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Plain JSON that `arrangement_of_json` reads."""
        layout = [{**asdict(each), "uuid": str(each.uuid), "text": list(each.text)} for each in self.layout]
        return {"layout": layout, "quizzes": dict(self.quizzes), "old_slugs": dict(self.old_slugs)}


def arrangement_of_json(stored: Mapping[str, Any]) -> Arrangement:
    """What `as_json` wrote."""
    layout = tuple(
        Stretch(**{**each, "uuid": UUID(each["uuid"]), "text": Text(*each["text"])}) for each in stored["layout"]
    )
    return Arrangement(layout, stored["quizzes"], stored["old_slugs"])


def arrangement_of(course: Course) -> Arrangement:
    """How the course's lessons stand now; three queries."""
    quizzes = Quiz.objects.filter(course=course.pk, lesson__isnull=False).order_by("pk")
    old = OldLessonSlug.objects.filter(course=course.pk).order_by("slug")
    return Arrangement(
        layout=tuple(map(stretch_of, Lesson.objects.filter(course=course.pk).order_by("position"))),
        quizzes={str(quiz): str(lesson) for quiz, lesson in quizzes.values_list("uuid", "lesson__uuid")},
        old_slugs={slug: str(lesson) for slug, lesson in old.values_list("slug", "lesson__uuid")},
    )


def settle(course: Course, *, was: Arrangement, now: Layout) -> list[Reading]:
    """The lessons stand as in `now`; returns the readings that were taken away, for whoever takes this back.

    Nothing that hangs on a lesson is lost: what was joined with another hands over quizzes, notes and addresses, and
    an address that a lesson gives up leads to it. Who has read all of what makes up a new lesson has read it.
    """
    if now == was.layout:
        return []
    _store(course, was.layout, now)
    lessons = {lesson.uuid: lesson for lesson in Lesson.objects.filter(course=course.pk)}
    heirs = _heirs(was.layout, now)
    taken = lesson_readings.carry_over(lessons, was=was.layout, now=now, heirs=heirs)
    for gone, heir in heirs.items():
        Quiz.objects.filter(lesson=lessons[gone]).update(lesson=lessons[heir])
        Note.objects.filter(lesson=lessons[gone]).update(lesson=lessons[heir])
    _move_notes(was.layout, now, lessons)
    _keep_addresses(course, _addresses(was, now, heirs), lessons)
    Lesson.objects.filter(pk__in=[lessons[gone].pk for gone in heirs]).delete()
    return taken


def _store(course: Course, was: Layout, now: Layout) -> None:
    """Every lesson of `now` has its row; those that are gone keep theirs, out of the way, until all is handed over."""
    if [each.uuid for each in was] != [each.uuid for each in now]:
        Lesson.objects.filter(course=course.pk).update(position=F("position") + OUT_OF_THE_WAY)
    Lesson.objects.bulk_create(
        (_row(course, each, position) for position, each in enumerate(now, 1)),
        update_conflicts=True,
        unique_fields=["uuid"],
        update_fields=COLUMNS,
    )


def _row(course: Course, each: Stretch, position: int) -> Lesson:
    return Lesson(
        uuid=each.uuid,
        course=course,
        revision_id=each.text.revision,
        cleaner=each.text.cleaner,
        slug=each.slug,
        position=position,
        title=each.title,
        summary=each.summary,
        start=each.start,
        end=each.end,
        words=each.words,
    )


def _heirs(was: Layout, now: Layout) -> dict[UUID, UUID]:
    """For each lesson that is gone, the one that holds its text now."""
    staying = {each.uuid for each in now}
    gone = [each for each in was if each.uuid not in staying]
    found = {each.uuid: home(now, each.text, each.start) for each in gone}
    return {uuid: heir.uuid for uuid, heir in found.items() if heir is not None}


def _move_notes(was: Layout, now: Layout, lessons: Mapping[UUID, Lesson]) -> None:
    """Learners' notes belong to the lesson that shows the words they are on."""
    known = {each.uuid: (each.start, each.end) for each in was}
    for each in now:
        if known.get(each.uuid) != (each.start, each.end):
            inside = Note.objects.filter(
                anchors__revision=each.text.revision,
                anchors__start__gte=each.start,
                anchors__start__lt=each.end,
                lesson__in=list(lessons.values()),
            )
            Note.objects.filter(pk__in=inside.values("pk")).update(lesson=lessons[each.uuid])


def _addresses(was: Arrangement, now: Layout, heirs: Mapping[UUID, UUID]) -> dict[str, UUID]:
    """Each slug that is no lesson's any more, with the lesson that it leads to."""
    given_up = {each.slug: each.uuid for each in was.layout}
    old = {slug: UUID(lesson) for slug, lesson in was.old_slugs.items()}
    live = {each.slug for each in now}
    return {slug: heirs.get(lesson, lesson) for slug, lesson in {**old, **given_up}.items() if slug not in live}


def _keep_addresses(course: Course, addresses: Mapping[str, UUID], lessons: Mapping[UUID, Lesson]) -> None:
    OldLessonSlug.objects.filter(course=course.pk).delete()
    OldLessonSlug.objects.bulk_create(
        OldLessonSlug(course=course, lesson=lessons[lesson], slug=slug) for slug, lesson in addresses.items()
    )


def put_back(course: Course, *, now: Arrangement, before: Arrangement, readings: Iterable[Reading]) -> list[Reading]:
    """The arrangement is as it was before; what happened since is kept as far as it has a place in it.

    `readings` come back beside those made since. An address given up since leads to the lesson it belonged to.
    """
    taken = settle(course, was=now, now=before.layout)
    lessons = {lesson.uuid: lesson for lesson in Lesson.objects.filter(course=course.pk)}
    lesson_readings.bring_back(lessons, readings)
    _return_quizzes(before, lessons)
    since = arrangement_of(course)
    old = {slug: UUID(uuid) for slug, uuid in {**since.old_slugs, **before.old_slugs}.items()}
    _keep_addresses(course, old, lessons)
    return taken


def _return_quizzes(before: Arrangement, lessons: Mapping[UUID, Lesson]) -> None:
    """Each quiz stands at the lesson where it stood."""
    stands = {str(uuid): lesson.pk for uuid, lesson in lessons.items()}
    for quiz in Quiz.objects.filter(uuid__in=list(before.quizzes)).select_related("lesson"):
        wanted = stands.get(before.quizzes[str(quiz.uuid)])
        if wanted is not None and quiz.lesson_id != wanted:
            Quiz.objects.filter(pk=quiz.pk).update(lesson=wanted)
