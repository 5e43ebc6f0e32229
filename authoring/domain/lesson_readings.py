"""What learners have read stays true when lessons are cut and joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from authoring.domain.layout import Layout
from course.models import Enrollment, Lesson, LessonReading

Reading = tuple[UUID, int, datetime]
"""A lesson, the learner's enrollment, and when they had read it to its end."""

Readers = Mapping[int, datetime]
"""Who has read something (enrollments) and when."""


def carry_over(
    lessons: Mapping[UUID, Lesson], *, was: Layout, now: Layout, heirs: Mapping[UUID, UUID]
) -> list[Reading]:
    """A new lesson is read by who had read every lesson it is cut from, a joined one by who had read all its parts.

    A lesson that only gains or loses some lines keeps its readers. Returns the readings of joined lessons as they were.
    """
    known = {each.uuid for each in was}
    cut = {each.uuid: [old.uuid for old in was if each.overlaps(old)] for each in now if each.uuid not in known}
    joined = {heir: [heir, *(gone for gone in heirs if heirs[gone] == heir)] for heir in heirs.values()}
    parts = {uuid for uuids in [*cut.values(), *joined.values()] for uuid in uuids} & known
    readers = _readers(lessons, parts)
    _add(lessons, ((new, *reading) for new, old in cut.items() for reading in _of_all(readers, old).items()))
    for heir, uuids in joined.items():
        both = _of_all(readers, [uuid for uuid in uuids if uuid in known])
        LessonReading.objects.filter(lesson=lessons[heir]).exclude(enrollment__in=list(both)).delete()
    handed = [uuid for uuids in joined.values() for uuid in uuids if uuid in known]
    return [(uuid, *reading) for uuid in handed for reading in readers[uuid].items()]


def bring_back(lessons: Mapping[UUID, Lesson], readings: Iterable[Reading]) -> None:
    """The readings stand again with their moments, beside those of others; of who has left for good, none do."""
    wanted = [each for each in readings if each[0] in lessons]
    here = set(Enrollment.objects.filter(pk__in={who for _, who, _ in wanted}).values_list("pk", flat=True))
    LessonReading.objects.bulk_create(
        _rows(lessons, (each for each in wanted if each[1] in here)),
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["enrollment", "lesson"],
        update_fields=["read_at"],
    )


def _readers(lessons: Mapping[UUID, Lesson], uuids: Iterable[UUID]) -> dict[UUID, dict[int, datetime]]:
    readers: dict[UUID, dict[int, datetime]] = {uuid: {} for uuid in uuids}
    rows = LessonReading.objects.filter(lesson__in=[lessons[uuid] for uuid in readers])
    for uuid, enrollment, at in rows.values_list("lesson__uuid", "enrollment", "read_at"):
        readers[uuid][enrollment] = at
    return readers


def _of_all(readers: Mapping[UUID, Readers], uuids: Sequence[UUID]) -> dict[int, datetime]:
    """Who has read every one of them, each with when the last was read."""
    parts = [readers.get(uuid, {}) for uuid in uuids]
    everybody = set.intersection(*(set(part) for part in parts)) if parts else set()
    return {enrollment: max(part[enrollment] for part in parts) for enrollment in everybody}


def _add(lessons: Mapping[UUID, Lesson], readings: Iterable[Reading]) -> None:
    LessonReading.objects.bulk_create(_rows(lessons, readings), batch_size=1_000, ignore_conflicts=True)


def _rows(lessons: Mapping[UUID, Lesson], readings: Iterable[Reading]) -> list[LessonReading]:
    return [LessonReading(lesson=lessons[uuid], enrollment_id=who, read_at=at) for uuid, who, at in readings]
